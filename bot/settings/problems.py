"""What is wrong with a file or the environment, said so that its owner can put it right."""

from collections.abc import Iterable
from difflib import get_close_matches

from msgspec import Struct

from bot.domain.words import fold

LONGEST_SHOWN = 60
"""Characters of a found value that are quoted back."""
MOST_PRINTED = 100
"""Problems that an error's text spells out; all are in ``problems``."""


class Problem(Struct, frozen=True):
    """One thing to put right, with where it stands and what would do instead."""

    where: str
    """The file as the owner named it, or ``environment``."""
    line: int | None
    """Counted from 1; ``None``: no line is to blame."""
    path: str
    """The key, such as ``people.assistants[0].timezone``; empty for the whole file."""
    found: str
    """What stands there, masked where it may be a secret; empty when nothing does."""
    message: str
    """What is wrong and what is allowed."""
    hint: str | None = None
    """The likely correction, if one can be guessed."""

    def __str__(self) -> str:
        place = self.where if self.line is None else f"{self.where}, line {self.line}"
        head = f"{place}: {self.path}" if self.path else place
        found = f"found: {self.found}" if self.found else None
        parts = (part for part in (head, found, self.message, self.hint) if part)
        # A name from a board may hold line breaks, and would look like lines of ours.
        return "\n  ".join(" ".join(part.splitlines()) for part in parts)


class SettingsError(Exception):
    """Everything that is wrong, at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=_reading_order))
        super().__init__("\n\n".join(map(str, self.problems[:MOST_PRINTED])) + self._rest())

    def _rest(self) -> str:
        more = len(self.problems) - MOST_PRINTED
        return f"\n\n… and {more} more" if more > 0 else ""


def shown(text: str) -> str:
    """Return ``text`` fit for a terminal: one line, no control characters, not too long."""
    visible = spelt_out(text[: 2 * LONGEST_SHOWN])
    return visible if len(visible) <= LONGEST_SHOWN else visible[: LONGEST_SHOWN - 1] + "…"


class Wrong(ValueError):  # noqa: N818 - it says what a value is, and becomes a Problem
    """A value that cannot be read, with what is allowed and perhaps what was meant."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def spelt_out(text: str) -> str:
    """Return ``text`` with control and invisible characters spelt out."""
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """Return a question naming the likeliest of ``known``, blind to case and accents."""
    guess = closest(word, known)
    return None if guess is None else f"did you mean {shown(guess)}?"


def closest(word: str, known: Iterable[str], alike: float = 0.6) -> str | None:
    """Return the one of ``known`` that ``word`` most likely stands for, at least so much alike."""
    if len(word) > LONGEST_SHOWN:
        return None
    by_plain = {fold(candidate): candidate for candidate in known}
    matches = get_close_matches(fold(word), by_plain, n=1, cutoff=alike)
    return by_plain[matches[0]] if matches else None


def _reading_order(problem: Problem) -> tuple[str, int, str]:
    return (problem.where, problem.line or 0, problem.path)
