"""What people changed on a card since the assistant was last told, in short."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import takewhile

from bot.domain.follow_up import AttachmentsChanged, DescriptionChanged, Difference, DueChanged
from bot.domain.model import Action, Card
from bot.domain.traces import instant_in

_MOST_LINES = 150
"""Lines of each text that are compared, besides those alike at both ends: bounded work."""


def differences(card: Card, actions: Sequence[Action]) -> tuple[Difference, ...]:
    """Return the net effect of ``actions`` (oldest first, the newest changes of the card).

    What was changed and changed back is none.
    """
    return (*_description(card, actions), *_due(card, actions), *_attachments(actions))


def _description(card: Card, actions: Sequence[Action]) -> Iterator[Difference]:
    first = next((each for each in actions if each.field == "desc"), None)
    if first is None:
        return
    before, now = _unlike(_lines(first.old or ""), _lines(card.desc))
    added: list[str] = []
    removed: list[str] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, now).get_opcodes():
        if tag != "equal":
            removed += before[i1:i2]
            added += now[j1:j2]
    if added or removed:
        yield DescriptionChanged(tuple(added), tuple(removed))


def _lines(text: str) -> list[str]:
    lines = (" ".join(line.split()) for line in text.splitlines())
    return [line for line in lines if line]


def _unlike(before: list[str], now: list[str]) -> tuple[list[str], list[str]]:
    """Return both texts without the lines that are alike at their beginnings and ends."""
    head = _alike(before, now)
    before, now = before[head:], now[head:]
    tail = _alike(before[::-1], now[::-1])
    return before[: len(before) - tail][:_MOST_LINES], now[: len(now) - tail][:_MOST_LINES]


def _alike(first: list[str], second: list[str]) -> int:
    """Count the lines with which both begin."""
    pairs = zip(first, second, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _due(card: Card, actions: Sequence[Action]) -> Iterator[Difference]:
    first = next((each for each in actions if each.field == "due"), None)
    if first is None:
        return
    before = instant_in(first.old)
    if before != card.due:
        yield DueChanged(before, card.due)


def _attachments(actions: Sequence[Action]) -> Iterator[Difference]:
    names: dict[str, int] = {}
    for action in actions:
        if action.type in {"addAttachmentToCard", "deleteAttachmentFromCard"}:
            name = action.attachment or ""
            step = 1 if action.type == "addAttachmentToCard" else -1
            names[name] = names.get(name, 0) + step
    added = tuple(name for name, count in names.items() if count > 0)
    removed = tuple(name for name, count in names.items() if count < 0)
    if added or removed:
        yield AttachmentsChanged(added, removed)
