"""triage: a task of the core business is asked about before it leaves the owner's hands."""

from collections.abc import Iterator

from bot.domain.acts import comment_with
from bot.domain.changes import Reason, Skip, Verdict
from bot.domain.messages import AskCore
from bot.domain.model import Card
from bot.domain.posting import posting
from bot.domain.situation import Situation
from bot.domain.states import ever_handed_over, is_core, is_done, silence, waits_for_triage
from bot.domain.tokens import reference
from bot.domain.written import written_brief


def triage(card: Card, situation: Situation) -> Iterator[Verdict]:
    """Ask the owner, once, whether a requested card with the core label should be delegated."""
    reason = _settled(card, situation)
    if reason is not None:
        yield Skip("triage", card.id, reason)
        return
    snapshot = situation.snapshot
    board = snapshot.board_of(card)
    ref = reference(card.id, "triage")
    if ref in snapshot.remembered or comment_with(card, ref, snapshot):
        yield Skip("triage", card.id, Reason("core_asked"))
        return
    label = board.label_names[board.labels.core or ""]
    reason = Reason("core_label", {"label": label})
    yield posting(("triage", card), AskCore(board.owner, label), ref, reason, situation)


def _settled(card: Card, situation: Situation) -> Reason | None:
    snapshot = situation.snapshot
    quiet = silence(card, snapshot)
    if quiet is not None:
        return quiet
    if is_done(card, snapshot):
        return Reason("done")
    if written_brief(card) is not None or ever_handed_over(card, snapshot):
        return Reason("already_briefed")
    if not is_core(card, snapshot):
        return Reason("not_core")
    return None if waits_for_triage(card, snapshot) else Reason("owner_said_go")
