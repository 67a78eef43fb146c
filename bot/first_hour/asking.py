"""Asks a person at a terminal, in their language; where nobody answers, says what would have."""

import re
import sys
import textwrap
from collections.abc import Callable, Sequence
from getpass import getpass
from typing import TypeVar

import msgspec
from msgspec import Struct
from rich.console import Console
from rich.text import Text

from bot.domain.model import Language
from bot.domain.words import fold
from bot.ports import StopError
from bot.text.catalogue import Phrases
from bot.text.neutral import plain

T = TypeVar("T")

_YES = frozenset({"o", "oui", "y", "yes"})
_NO = frozenset({"n", "non", "no"})
_NONE = frozenset({"-", "0", "aucun", "aucune", "none"})
_UNREADABLE = "\ufffd"
"""Stands for what a terminal of another encoding sends."""


class LeftError(Exception):
    """The person has left: Ctrl-C, or Ctrl-D instead of an answer."""


class Unreadable(ValueError):  # noqa: N818 - it says what an answer is, and is asked anew
    """An answer that cannot be read: the phrase that says why."""

    def __init__(self, phrase: str, **values: str) -> None:
        super().__init__(phrase)
        self.phrase, self.values = phrase, values


class Talk(Struct, frozen=True):
    """A conversation."""

    console: Console
    phrases: Phrases
    language: Language
    yes: bool = False
    """Whether what is proposed is taken without asking."""

    def speaking(self, language: Language) -> "Talk":
        """Return the conversation in another language."""
        return msgspec.structs.replace(self, language=language)

    def phrase(self, name: str, /, **values: str) -> str:
        """Return a sentence; what it quotes from boards is made harmless."""
        harmless = {key: plain(each) for key, each in values.items()}
        return self.phrases.say(name, self.language, **harmless)

    def say(self, name: str, /, style: str = "none", **values: str) -> None:
        """Print a sentence."""
        self._print(self.phrase(name, **values), "  ", style)

    def title(self, name: str, /, **values: str) -> None:
        """Begin a step."""
        self.console.print()
        self._print(self.phrase(name, **values), "", "bold")

    def item(self, mark: str, text: str) -> None:
        """Print an entry of a list."""
        self._print(plain(text), f"  {mark} ")

    def line(self, text: str) -> None:
        """Print what is to be copied, in one piece whatever the width."""
        self.console.print(Text(f"  {text}"), soft_wrap=True)

    def answer(
        self,
        name: str,
        read: Callable[[str], T],
        option: str,
        proposed: str | None = None,
        /,
        **values: str,
    ) -> T:
        """Ask until the answer can be read; nothing typed means what is proposed.

        Raises `StopError` naming the ``option`` that answers, where nobody can.
        """
        while True:
            typed = self._typed(name, option, proposed, **values)
            try:
                return read(typed)
            except Unreadable as problem:
                if self.yes:
                    raise StopError(self.phrase(problem.phrase, **problem.values)) from None
                self.say(problem.phrase, "yellow", **problem.values)

    def agreed(self, name: str, *, proposed: bool = True, option: str = "--yes") -> bool:
        """Ask for yes or no."""
        return self.answer(name, self._yes_or_no, option, self.phrase("yes" if proposed else "no"))

    def secret(self, name: str, option: str) -> str:
        """Ask for what must not show; ``option`` is where else it may stand."""
        if self.yes:
            raise self._unanswered(option)
        while True:
            typed = self._read(option, hidden=f"{self.phrase(name)} ").strip()
            if typed:
                return typed

    def _print(self, text: str, before: str, style: str = "none") -> None:
        """Print below a beginning, broken between words; a no-break space joins two of them."""
        folded = textwrap.fill(
            text,
            self.console.width,
            initial_indent=before,
            subsequent_indent=" " * len(before),
            break_long_words=False,
            break_on_hyphens=False,
        )
        self.console.print(Text(folded, style=style), soft_wrap=True)

    def _typed(self, name: str, option: str, proposed: str | None, /, **values: str) -> str:
        if self.yes and proposed is None:
            raise self._unanswered(option)
        prompt = Text(self.phrase(name, **values))
        if proposed:
            prompt.append(f" [{plain(proposed)}]", style="cyan")
        self.console.print(prompt, end=" ", soft_wrap=True)
        if self.yes:
            self.console.print()
            return proposed or ""
        return self._read(option).strip() or proposed or ""

    def _read(self, option: str, *, hidden: str = "") -> str:
        """Read a line; what answers a ``hidden`` question does not show."""
        at_terminal = sys.stdin.isatty()
        try:
            if hidden and at_terminal:
                # It asks only once nothing shows any more.
                return getpass(hidden)
            self.console.print(hidden, end="", markup=False, highlight=False)
            return input()
        except UnicodeDecodeError:
            return _UNREADABLE
        except EOFError:
            self.console.print()
            if at_terminal:
                raise LeftError from None
            raise self._unanswered(option) from None

    def _unanswered(self, option: str) -> StopError:
        return StopError(self.phrase("unanswered", option=option))

    def _yes_or_no(self, typed: str) -> bool:
        word = fold(typed)
        if word not in _YES | _NO:
            raise Unreadable("yes_or_no")
        return word in _YES


def picked(typed: str, things: Sequence[T], *, none: bool = False) -> tuple[T, ...]:
    """Return the things of which the numbers were typed."""
    if none and fold(typed) in _NONE:
        return ()
    numbered = {str(number): each for number, each in enumerate(things, 1)}
    numbers = dict.fromkeys(each.lstrip("0") for each in re.findall(r"\d+", typed))
    odd = re.sub(r"[\d\s,;.]|et|and", "", typed)
    if not numbers or odd or not numbers.keys() <= numbered.keys():
        raise Unreadable("numbers", most=str(len(things)))
    return tuple(numbered[each] for each in numbers)


def picked_one(typed: str, things: Sequence[T]) -> T:
    """Return the one thing of which the number was typed."""
    found = picked(typed, things)
    if len(found) != 1:
        raise Unreadable("one_number", most=str(len(things)))
    return found[0]
