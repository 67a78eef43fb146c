"""What the tests of the rule ``stall`` share.

Monday 30 November 2026, 08:00 UTC: Mel gets the card; two of her working days end on Wednesday.
It is 11:00 for her then, and 09:00 for Paul.
"""

from datetime import timedelta
from typing import Any

from msgspec.structs import replace

from bot.domain.changes import AddLabel, Change, PostComment, RemoveLabel
from bot.domain.model import Card
from bot.domain.rules.stall import stall
from tests.builders import (
    BOT,
    MEL,
    PAUL,
    QUESTIONS,
    REVIEW,
    STALLED,
    STRANGER,
    TOM,
    action,
    comment,
    edit,
    logged,
    utc,
)
from tests.unit.domain.handed import (
    after,
    bot_said,
    handed,
    log_of,
    moved,
    passed,
    planned,
    said,
)

CARD = handed(due=utc("2027-01-29 14:00"))
STUCK = after(2)
"""When two of Mel's working days without an act are over."""
SECOND = timedelta(seconds=1)
HAND_OVER = log_of(CARD)[-1]
ON = AddLabel(STALLED, "à regarder")
OFF = RemoveLabel(STALLED, "à regarder")
FULL: tuple[type[Change], ...] = (PostComment, AddLabel)


def kinds(on: Card, now: Any = STUCK, **parts: Any) -> tuple[type[Change], ...]:
    return tuple(type(each) for each in planned(stall, on, now, **parts))


def mel(to: Card, at: Any) -> Card:
    return logged(to, said(MEL, at))


def answered_by_owner(to: Card) -> Card:
    return logged(to, said(PAUL, after(1)))


def touched_by_a_stranger(to: Card) -> Card:
    return logged(to, comment(STRANGER, "je regarde", after(1)), edit(STRANGER, "desc", after(1)))


def touched_by_a_former_assistant(to: Card) -> Card:
    return logged(to, said(TOM, after(1)))


def touched_by_the_bot(to: Card) -> Card:
    own = action("addAttachmentToCard", BOT, after(1))
    return logged(to, edit(BOT, "desc", after(1)), own, bot_said(to, "reply", after(1)))


def moved_in_its_list(to: Card) -> Card:
    return logged(to, edit(MEL.member_id, "pos", after(1)))


def given_a_cover(to: Card) -> Card:
    return logged(to, edit(MEL.member_id, "cover", after(1)))


def labelled_by_mel(to: Card) -> Card:
    return logged(to, edit(MEL.member_id, "idLabels", after(1), labels_on=frozenset({"x"})))


def voted_for(to: Card) -> Card:
    return logged(to, action("voteOnCard", MEL.member_id, after(1)))


def copied_comment(to: Card) -> Card:
    return logged(to, action("copyCommentCard", MEL.member_id, after(1), text="bien"))


NO_ACTS = [
    touched_by_a_stranger,
    touched_by_a_former_assistant,
    touched_by_the_bot,
    moved_in_its_list,
    given_a_cover,
    labelled_by_mel,
    voted_for,
    copied_comment,
]


ASKED = logged(CARD, said(MEL, after(hours=1), "Lequel ?"))
IN_QUESTIONS = moved(CARD, MEL, QUESTIONS, after(hours=1))
IN_REVIEW = moved(CARD, MEL, REVIEW, after(hours=1))
LEFT = logged(
    replace(CARD, member_ids=()), action("removeMemberFromCard", PAUL.member_id, after(hours=1))
)
THEIRS = after(2, hours=1)
"""Two of Paul's working days after these, Wednesday 10:00 in Paris."""


TOLD = passed(stall, CARD, STUCK)
OFFER = log_of(TOLD)[-2]
