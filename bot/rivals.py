"""Kinds that take each other's cards: two that share a name or a keyword."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from bot.domain.model import Policy
from bot.domain.words import fold
from bot.kinds import Kinds


class Rivals(Struct, frozen=True):
    """Kinds that claim the same word; the first of them gets the cards."""

    word: str
    kinds: tuple[str, ...]
    in_titles: bool
    """Whether the word is a keyword; otherwise it is what they are called."""

    def __str__(self) -> str:
        every = f"{', '.join(self.kinds[:-1])} and {self.kinds[-1]}"
        if self.in_titles:
            said = f"“{self.word}” is a keyword of {every}: a card with it in its title"
        else:
            said = f"{every} are both called “{self.word}”: a card that says so"
        return f"{said} gets {self.kinds[0]}"


def rivals(kinds: Kinds) -> Iterator[Rivals]:
    """Yield each name and keyword that several kinds claim."""
    known = Policy(kinds=kinds.usable, broken_kinds=kinds.broken)
    names = ((called, name) for name in known.kinds for called in known.names_of(name))
    for word, claim in _claimed(names):
        yield Rivals(word, claim, in_titles=False)
    words = ((fold(word), name) for name, kind in known.kinds.items() for word in kind.keywords)
    for word, claim in _claimed(words):
        yield Rivals(word, claim, in_titles=True)


def _claimed(claims: Iterable[tuple[str, str]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    found: dict[str, set[str]] = {}
    for word, name in claims:
        found.setdefault(word, set()).add(name)
    return ((word, tuple(sorted(names))) for word, names in found.items() if len(names) > 1)
