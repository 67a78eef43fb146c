"""A trouble is told once when it comes, and once when it is over."""

import logging

import pytest

from bot.events import CardOdd, CardUnread, Over, Trouble
from bot.standing import Standing

LOG = logging.getLogger("bot.standing.test")
ONE, SAME, OTHER = CardUnread("a", "503"), CardUnread("a", "504"), CardUnread("b", "503")


@pytest.fixture
def standing(caplog: pytest.LogCaptureFixture) -> Standing:
    caplog.set_level(logging.INFO, LOG.name)
    return Standing(LOG)


def told(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return the lines told since the last look."""
    lines = [each.getMessage() for each in caplog.records if each.name == LOG.name]
    caplog.clear()
    return lines


def test_a_trouble_is_told_when_it_comes_and_not_while_it_lasts(
    standing: Standing, caplog: pytest.LogCaptureFixture
) -> None:
    for each in (ONE, ONE, SAME, OTHER):
        standing.came(each)
    assert told(caplog) == [str(ONE), str(OTHER)]
    assert list(standing) == [ONE, OTHER]


def test_what_is_over_is_told_once_and_may_come_again(
    standing: Standing, caplog: pytest.LogCaptureFixture
) -> None:
    standing.came(ONE)
    standing.came(OTHER)
    told(caplog)
    standing.over("a")
    standing.over("a")
    standing.over("c")
    assert told(caplog) == [str(Over("card_unread", "a"))]
    standing.came(ONE)
    assert told(caplog) == [str(ONE)]


def test_of_all_that_stand_only_what_is_new_or_over_is_told(
    standing: Standing, caplog: pytest.LogCaptureFixture
) -> None:
    standing.are([ONE, OTHER])
    told(caplog)
    standing.are([SAME, CardOdd("b")])
    assert told(caplog) == [str(CardOdd("b")), str(Over("card_unread", "b"))]
    troubles: list[Trouble] = []
    standing.are(troubles)
    assert told(caplog) == [str(Over("card_odd", "b")), str(Over("card_unread", "a"))]
