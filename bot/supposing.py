"""What would become of a card if it were handed over as one kind of task: for ``brief show``."""

from collections.abc import Mapping
from datetime import timedelta

from msgspec import Struct
from msgspec.structs import replace

from bot.domain.calendar import Calendar
from bot.domain.changes import Planned, Reason, Skip
from bot.domain.fields import Field
from bot.domain.fold import snapshot_with
from bot.domain.messages import Missing, Obstacle
from bot.domain.model import (
    Board,
    Card,
    Contents,
    Identity,
    LabelRoles,
    Language,
    ListRoles,
    Person,
    Snapshot,
)
from bot.domain.planner import verdicts
from bot.domain.rules.brief import obstacles
from bot.domain.situation import Situation
from bot.domain.states import is_held, waits_for_triage
from bot.domain.written import written_brief

_CHOSEN = "chosen"
_DELEGATE = "delegate"
_LIST = "list"
_NOBODY = "0" * 24

_NOTES: Mapping[Language, Mapping[Field, str]] = {
    "fr": {
        Field.OBJECTIVE: "objectif : trois devis comparables pour choisir lundi",
        Field.METHOD: "méthode :\n- chercher trois fournisseurs\n- comparer leurs offres",
        Field.WORKLOAD: "charge : 3h",
        Field.ATTACHMENTS: "pièces : https://example.com/devis.pdf",
    },
    "en": {
        Field.OBJECTIVE: "objective: three comparable quotes to choose from on Monday",
        Field.METHOD: "method:\n- find three suppliers\n- compare what they offer",
        Field.WORKLOAD: "workload: 3h",
        Field.ATTACHMENTS: "attachments: https://example.com/quote.pdf",
    },
}
"""What an owner might type where a kind leaves something to them."""

_TITLES: Mapping[Language, str] = {"fr": "Un exemple", "en": "An example"}


class Supposed(Struct, frozen=True):
    """A card with its boards, as if it were handed over as one kind."""

    card: Card
    situation: Situation
    waits_for: tuple[Reason, ...] = ()
    """Labels of the card that would hold it up first, and are supposed away."""

    @property
    def blanks(self) -> tuple[Obstacle, ...]:
        """Everything that the owner would be asked for."""
        fresh = written_brief(self.card) is None
        return obstacles(self.card, self.situation) if fresh else ()

    @property
    def changes(self) -> tuple[Planned, ...]:
        """What the bot would write, in its order."""
        found = verdicts(self.card, self.situation)
        return tuple(each for each in found if isinstance(each, Planned) and each.rule == "brief")

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why the bot would write nothing."""
        found = verdicts(self.card, self.situation)
        return tuple(
            each.reason for each in found if isinstance(each, Skip) and each.rule == "brief"
        )


def as_if(card: Card, kind: str, situation: Situation) -> Supposed:
    """Return the card as if it bore the delegation label and the kind's, the only one there is."""
    snapshot, policy = situation.snapshot, situation.policy
    board = snapshot.board_of(card)
    roles = replace(board.labels, delegate=board.labels.delegate or _DELEGATE, hold=None, core=None)
    alone = replace(policy, kinds={kind: policy.kinds[kind]}, broken_kinds={}, default_kind=kind)
    names = {**board.label_names, _CHOSEN: kind}
    chosen = replace(card, label_ids=card.label_ids | {roles.delegate or _DELEGATE, _CHOSEN})
    boards = {**snapshot.boards, board.id: replace(board, labels=roles, label_names=names)}
    supposed = snapshot_with(replace(snapshot, boards=boards), chosen)
    waits_for = (
        *((Reason("held"),) if is_held(card, snapshot) else ()),
        *((Reason("core_asked"),) if waits_for_triage(card, snapshot) else ()),
    )
    return Supposed(chosen, replace(situation, snapshot=supposed, policy=alone), waits_for)


def example(kind: str, language: Language, situation: Situation) -> Supposed:
    """Return a card with a title alone, on the one board of an example."""
    board = next(iter(situation.snapshot.boards.values()))
    at = situation.now - timedelta(hours=1)
    title, untouched = _TITLES[language], Contents(log=())
    card = Card(_NOBODY, board.id, _LIST, title, "", at, at, contents=untouched)
    return as_if(card, kind, situation)


def answered(supposed: Supposed, language: Language) -> Supposed:
    """Return the example with notes that say what was missing."""
    fields = [each.field for each in supposed.blanks if isinstance(each, Missing)]
    notes = "\n".join(_NOTES[language][each] for each in fields)
    card = supposed.card.having(desc=notes)
    situation = supposed.situation
    known = replace(situation, snapshot=snapshot_with(situation.snapshot, card))
    return replace(supposed, card=card, situation=known)


def example_board(language: Language, calendar: Calendar) -> Snapshot:
    """Return a board that there is not, with an owner and an assistant who read ``language``."""
    owner = Person(_id("paul"), "paul", "Paul", language, calendar)
    assistant = Person(_id("mel"), "mel", "Mel", language, calendar)
    board = Board(
        id=_NOBODY,
        name=_TITLES[language],
        short_link="",
        lists=ListRoles(),
        labels=LabelRoles(delegate=_DELEGATE),
        label_names={},
        list_ids=frozenset({_LIST}),
        member_ids=frozenset({owner.member_id, assistant.member_id}),
        owner=owner,
        assistants=(assistant,),
    )
    me = Identity(_id("bot"), frozenset({_id("bot")}), shared=False)
    return Snapshot(me, {board.id: board}, {})


def _id(name: str) -> str:
    return name.encode().hex().zfill(24)
