"""A card that waited while the bot was away gets one comment, and the other request a day later."""

from datetime import timedelta

import pytest

from bot.domain.changes import Planned, PostComment
from bot.domain.model import Card, Instant
from bot.domain.planner import verdicts
from tests.builders import MEL, PAUL, REVIEW, TODO, logged, utc
from tests.unit.domain.handed import after, done_by_bot, handed, moved, said, seen

CARD = handed(due=utc("2027-01-29 14:00"))
BACK = utc("2026-12-08 08:00")
"""Tuesday morning, for Paul and for Mel."""
TOMORROW = utc("2026-12-09 08:00")
ASKED = logged(CARD, said(MEL, after(hours=1), "Lequel ?"))
DELIVERED = moved(logged(CARD, said(MEL, after(hours=1), "Voici.")), MEL, REVIEW, after(hours=2))
RETURNED = moved(ASKED, PAUL, TODO, after(2))


def posted(on: Card, now: Instant) -> list[PostComment]:
    found = verdicts(on, seen(on, now=now))
    changes = [each.change for each in found if isinstance(each, Planned)]
    return [each for each in changes if isinstance(each, PostComment)]


@pytest.mark.parametrize(("subject", "word"), [(ASKED, "Passed"), (DELIVERED, "Delivered")])
def test_the_owner_gets_one_comment_on_a_card_that_waited_for_them(
    subject: Card, word: str
) -> None:
    (found,) = posted(subject, BACK)
    assert found.mentions == ("paul",)
    assert f"@paul {word} " in found.text
    told = done_by_bot(subject, [found], BACK)
    assert posted(told, BACK + timedelta(hours=1)) == []
    (later,) = posted(told, TOMORROW)
    assert "OwnerAwaited" in later.text


def test_what_the_owner_is_told_keeps_no_request_from_the_assistant() -> None:
    back = logged(ASKED, said(PAUL, after(2), "le premier"))
    assert {each.mentions for each in posted(back, BACK)} == {("paul",), ("mel",)}


def test_what_answers_an_act_comes_at_once_though_something_was_asked_today() -> None:
    first = done_by_bot(ASKED, posted(ASKED, BACK), BACK)
    answered = logged(first, said(PAUL, BACK + timedelta(minutes=1), "le premier"))
    asked_again = logged(answered, said(MEL, BACK + timedelta(minutes=9), "bloqué"))
    (again,) = posted(asked_again, BACK + timedelta(minutes=10))
    assert "@paul Passed " in again.text
