"""Which kind of task a card is, and which assistants may take it."""

from collections.abc import Mapping

from msgspec import Struct

from bot.domain.changes import Reason
from bot.domain.fields import Field, FieldValue, unescape
from bot.domain.messages import BrokenTemplate, NobodyForKind, Obstacle, Unreadable
from bot.domain.model import Board, Card, Person
from bot.domain.people import assistant_named, assistant_on
from bot.domain.policy import Kind, Policy
from bot.domain.recall import recalled_by_identity
from bot.domain.words import fold, whole_word_in

Values = Mapping[Field, FieldValue]


class ChosenKind(Struct, frozen=True):
    """A kind and why it was chosen; ``kind`` is ``None`` when its file cannot be used."""

    name: str
    kind: Kind | None
    why: Reason
    obstacles: tuple[Obstacle, ...] = ()


def choose_kind(card: Card, board: Board, policy: Policy, values: Values) -> ChosenKind:
    """Return the kind by label, else by line, else by keyword in the title, else the default."""
    labelled = _by_label(card, board, policy)
    if labelled:
        return _usable(labelled, policy, Reason("kind_by_label"))
    line = values.get(Field.BRIEF)
    if line is not None:
        return _by_line(unescape(line.text), card.name, policy)
    return _by_title(card.name, policy)


def _usable(name: str, policy: Policy, why: Reason) -> ChosenKind:
    broken = policy.broken_kinds.get(name)
    if broken is not None:
        return ChosenKind(name, None, why, (BrokenTemplate(name, broken),))
    return ChosenKind(name, policy.kinds[name], why)


def _by_label(card: Card, board: Board, policy: Policy) -> str | None:
    worn = {fold(board.label_names.get(label, "")) for label in card.label_ids}
    names = sorted({*policy.kinds, *policy.broken_kinds})
    return next((name for name in names if policy.names_of(name) & worn), None)


def _by_line(typed: str, title: str, policy: Policy) -> ChosenKind:
    found = policy.kind_named(typed)
    if found:
        return _usable(found, policy, Reason("kind_by_line"))
    chosen = _by_title(title, policy)
    names = tuple(sorted({*policy.kinds, *policy.broken_kinds}))
    unreadable = Unreadable(Field.BRIEF, typed, names)
    return ChosenKind(chosen.name, chosen.kind, chosen.why, (unreadable, *chosen.obstacles))


@recalled_by_identity(most=256)
def _by_title(title: str, policy: Policy) -> ChosenKind:
    hits = [
        (-len(fold(word)), name, word)
        for name, kind in policy.kinds.items()
        for word in kind.keywords
        if whole_word_in(word, title)
    ]
    if not hits:
        return _usable(policy.default_kind, policy, Reason("kind_by_default"))
    _, name, word = min(hits)
    return _usable(name, policy, Reason("kind_by_keyword", {"word": word}))


def wanted_assistants(
    card: Card, board: Board, kind: Kind, values: Values
) -> tuple[tuple[Person, ...], tuple[Obstacle, ...]]:
    """Return who may take the card: its member, else the one named, else all with the skill."""
    there = assistant_on(card, board)
    if there is not None:
        return (there,), ()
    line = values.get(Field.ASSISTANT)
    skilled = tuple(
        each for each in board.assistants if each.skills is None or kind.name in each.skills
    )
    if line is None:
        return skilled, () if skilled else (NobodyForKind(kind.name),)
    typed = unescape(line.text)
    named = assistant_named(typed, board)
    if named is not None:
        return (named,), ()
    names = tuple(each.username for each in board.assistants)
    return skilled, (Unreadable(Field.ASSISTANT, typed, names),)
