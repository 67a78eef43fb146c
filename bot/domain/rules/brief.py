"""brief: a requested card becomes a complete brief in the assistant's hands.

Everything is filled in one order, each thing only if it is blank, the description first: it holds
every decision, and the later steps read them back from there.
"""

from collections.abc import Iterator
from datetime import timedelta

from bot.domain.acts import comment_with, last_touch
from bot.domain.changes import (
    EditComment,
    Planned,
    Reason,
    SetDescription,
    Skip,
    Verdict,
)
from bot.domain.filling import absence, missing_parts, start_of
from bot.domain.fold import card_after
from bot.domain.gather import gather
from bot.domain.messages import Ask, Brief, BrokenTemplate, Obstacle, TooLong, UnwritableError
from bot.domain.model import Card, Snapshot
from bot.domain.people import assistant_on
from bot.domain.posting import posting
from bot.domain.proof import lost_decision
from bot.domain.situation import Situation
from bot.domain.states import (
    ever_handed_over,
    handed_over_to,
    is_done,
    silence,
    waits_for_triage,
)
from bot.domain.tokens import reference
from bot.domain.written import LONGEST_DESCRIPTION, length_of, with_brief, written_brief

QUIET = timedelta(minutes=5)
"""A question about blanks waits until nobody has touched the card for this long."""


def brief(card: Card, situation: Situation) -> Iterator[Verdict]:
    """Fill a requested card, or ask its owner, once, for what is missing."""
    reason = _settled(card, situation)
    if reason is not None:
        yield Skip("brief", card.id, reason)
        return
    if _is_requested(card, situation.snapshot):
        yield from _describe(card, situation)
        return
    nobody = absence(card, situation)
    if nobody is not None:
        yield _ask(card, (nobody,), situation)
        return
    yield from missing_parts(card, situation)


def obstacles(card: Card, situation: Situation) -> tuple[Obstacle, ...]:
    """Return everything that keeps a card without a brief from being described."""
    found = gather(card, situation.snapshot, situation.policy, situation.now)
    if found.brief is None:
        return found.obstacles
    written = _written(card, found.brief, situation)
    return () if isinstance(written, str) else (written,)


def _settled(card: Card, situation: Situation) -> Reason | None:
    snapshot = situation.snapshot
    quiet = silence(card, snapshot)
    if quiet is not None:
        return quiet
    if is_done(card, snapshot):
        return Reason("done")
    assistant = assistant_on(card, snapshot.board_of(card))
    if assistant is not None and handed_over_to(card, assistant.member_id, snapshot):
        return Reason("handed_over", {"assistant": assistant.username})
    if assistant is None and ever_handed_over(card, snapshot):
        return Reason("assistant_left")
    asked_first = _is_requested(card, snapshot) and waits_for_triage(card, snapshot)
    return Reason("core_asked") if asked_first else None


def _is_requested(card: Card, snapshot: Snapshot) -> bool:
    return written_brief(card) is None and not ever_handed_over(card, snapshot)


def _describe(card: Card, situation: Situation) -> Iterator[Verdict]:
    found = gather(card, situation.snapshot, situation.policy, situation.now)
    if found.brief is None:
        yield _ask(card, found.obstacles, situation)
        return
    written = _written(card, found.brief, situation)
    if not isinstance(written, str):
        yield _ask(card, (written,), situation)
        return
    due = found.brief.due if card.due is None else None
    start = start_of(card, found.brief.due, found.brief.assistant, situation.now)
    change = SetDescription(written, due, start)
    yield Planned("brief", card.id, change, found.kind.why)
    filled = card_after(card, change, situation.snapshot.me, situation.now)
    yield from missing_parts(filled, situation)


def _written(card: Card, wanted: Brief, situation: Situation) -> str | Obstacle:
    """Return the new description, or why it cannot be written."""
    try:
        text = situation.texts.brief(wanted)
    except UnwritableError as problem:
        return BrokenTemplate(wanted.kind.name, str(problem))
    lost = lost_decision(card, wanted, text, situation.now)
    if lost is not None:
        return BrokenTemplate(wanted.kind.name, lost)
    whole = with_brief(card.desc, text)
    return TooLong(LONGEST_DESCRIPTION) if length_of(whole) > LONGEST_DESCRIPTION else whole


def _ask(card: Card, obstacles: tuple[Obstacle, ...], situation: Situation) -> Verdict:
    """Ask once; when what is missing changes, the same comment is edited, which notifies nobody."""
    snapshot = situation.snapshot
    owner = snapshot.board_of(card).owner
    ref = reference(card.id, "ask")
    asked = comment_with(card, ref, snapshot)
    if asked is None and ref in snapshot.remembered:
        return Skip("brief", card.id, Reason("question_deleted"))
    text = situation.texts.message(Ask(owner, obstacles), ref)
    if asked is not None and asked.text.split() == text.split():
        return Skip("brief", card.id, Reason("incomplete"))
    quiet_until = last_touch(card, snapshot) + QUIET
    if situation.now < quiet_until:
        return Skip("brief", card.id, Reason("touched_just_now"), quiet_until)
    if asked is None:
        message = Ask(owner, obstacles)
        return posting(("brief", card), message, ref, Reason("incomplete"), situation)
    if asked.member_id != snapshot.me.member_id:
        return Skip("brief", card.id, Reason("asked_by_former_account"))
    return Planned("brief", card.id, EditComment(asked.id, text, ref), Reason("blanks_remain"))
