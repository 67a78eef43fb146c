"""Kinds that take each other's cards: they share a name or a keyword."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from bot.domain.policy import Policy
from bot.domain.words import fold
from bot.kinds import Kinds

_MOST_QUOTED = 4


class Rivals(Struct, frozen=True):
    """Kinds that claim the same words; the first of them gets the cards."""

    kinds: tuple[str, ...]
    words: tuple[str, ...]
    in_titles: bool
    """Whether the words are keywords; otherwise they are what the kinds are called."""

    def __str__(self) -> str:
        who = f"{', '.join(self.kinds[:-1])} and {self.kinds[-1]}"
        share = "share the keyword" if self.in_titles else "are both called"
        card = "with it in its title" if self.in_titles else "that says so"
        more = len(self.words) - _MOST_QUOTED
        quoted = ", ".join(f"“{each}”" for each in self.words[:_MOST_QUOTED])
        rest = f" and {more} more" if more > 0 else ""
        return f"{who} {share} {quoted}{rest}: a card {card} gets {self.kinds[0]}"


def rivals(kinds: Kinds) -> Iterator[Rivals]:
    """Yield the kinds that claim the same names, then those that claim the same keywords."""
    known = Policy(kinds=kinds.usable, broken_kinds=kinds.broken)
    names = ((called, name) for name in known.kinds for called in known.names_of(name))
    yield from _claimed(names, in_titles=False)
    words = ((fold(word), name) for name, kind in known.kinds.items() for word in kind.keywords)
    yield from _claimed(words, in_titles=True)


def _claimed(claims: Iterable[tuple[str, str]], *, in_titles: bool) -> Iterator[Rivals]:
    kinds: dict[str, set[str]] = {}
    for word, name in claims:
        kinds.setdefault(word, set()).add(name)
    shared: dict[tuple[str, ...], list[str]] = {}
    for word, names in kinds.items():
        if len(names) > 1:
            shared.setdefault(tuple(sorted(names)), []).append(word)
    return (Rivals(who, tuple(sorted(words)), in_titles) for who, words in shared.items())
