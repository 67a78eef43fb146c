"""commands: a ``/go`` that answers a question of the bot is acknowledged with a 👍."""

from collections.abc import Iterator

from bot.domain.changes import Planned, React, Reason, Skip, Verdict
from bot.domain.limit import approval_on
from bot.domain.model import Card, Snapshot
from bot.domain.situation import Situation
from bot.domain.states import go_after, silence
from bot.domain.tokens import reference

_EMOJI = "thumbsup"


def commands(card: Card, situation: Situation) -> Iterator[Verdict]:
    """Acknowledge the owner's ``/go``, once."""
    snapshot = situation.snapshot
    answer = _answer(card, snapshot)
    if answer is None:
        yield Skip("commands", card.id, Reason("no_command"))
    elif _acknowledged(card, answer, snapshot):
        yield Skip("commands", card.id, Reason("acknowledged"))
    else:
        yield Planned("commands", card.id, React(answer, _EMOJI), Reason("go"))


def _answer(card: Card, snapshot: Snapshot) -> str | None:
    if card.id == snapshot.board_of(card).portfolio:
        approval = approval_on(card, snapshot)
        return approval.action_id if approval else None
    if silence(card, snapshot) is not None:
        return None
    return go_after(card, reference(card.id, "triage"), snapshot)


def _acknowledged(card: Card, action_id: str, snapshot: Snapshot) -> bool:
    return any(
        reaction.member_id in snapshot.me.accounts and reaction.emoji == _EMOJI
        for action in card.log or ()
        if action.id == action_id
        for reaction in action.reactions
    )
