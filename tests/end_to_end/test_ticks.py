"""However seldom or often the bot looks, what is due is done once, and what lapsed is not made up.

Nothing depends on a tick that came: each pass asks what is true at its own hour.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.ports import RetryLaterError
from tests.end_to_end.faults import Always, answer
from tests.end_to_end.moments import LONG
from tests.end_to_end.office import Office, Peace, open_office

WEEK = timedelta(days=7, hours=1)
"""From Monday morning to just after the next digest."""


def _said(office: Office) -> list[str]:
    """Return the references of all comments on the office's two cards."""
    cards = office.world.store.cards.values()
    return [text.rsplit(" ", 1)[1] for each in cards for text in office.world.texts(each)]


def _hours(office: Office, apart: timedelta, until: datetime) -> Iterator[datetime]:
    """Let time pass, and yield each hour at which the bot looks."""
    while office.now <= until:
        yield office.now
        office.world.advance(apart)


def _week(folder: Path, hours: float, times: int = 1, *, forget: bool = False) -> list[str]:
    """Return what a week of looking brings about on a card on which nobody works."""
    with open_office(folder) as office:
        office.add_portfolio()
        office.delegate("Trouver un plombier", LONG)
        for _ in _hours(office, timedelta(hours=hours), office.now + WEEK):
            for _ in range(times):
                office.apply()
            if forget:
                office.fresh_bot(forget=True)
        return _said(office)


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What looking every four hours brings about."""
    said = _week(tmp_path_factory.mktemp("usual"), 4)
    assert len(said) >= 5
    assert len(set(said)) == len(said)
    return said


@pytest.mark.covers("D8", "F6")
@pytest.mark.parametrize(("hours", "times"), [(8, 1), (4, 2)], ids=["left out", "doubled"])
def test_ticks_that_are_left_out_or_doubled_change_nothing(
    tmp_path: Path, usual: list[str], hours: float, times: int
) -> None:
    assert _week(tmp_path, hours, times) == usual


@pytest.mark.covers("F4")
def test_a_bot_that_starts_anew_with_an_empty_folder_at_each_look_says_the_same(
    tmp_path: Path, usual: list[str]
) -> None:
    assert _week(tmp_path, 4, forget=True) == usual


@pytest.mark.covers("A18", "D20")
def test_after_an_outage_of_three_days_what_lapsed_is_not_made_up(office: Office) -> None:
    office.add_portfolio()
    card = office.delegate("Trouver un plombier", LONG)
    office.settled()
    before = _said(office)
    office.app.faults = Always("GET", "/", answer(503))
    for _ in _hours(office, timedelta(hours=1), office.now + timedelta(days=3)):
        with pytest.raises(RetryLaterError):
            office.apply()
    office.app.faults = Peace()
    for _ in _hours(office, timedelta(minutes=20), office.now + timedelta(hours=2)):
        office.apply()
    # Two check-ins lapsed: the one request is for a new date, and names the old one.
    assert len(_said(office)) == len(before) + 1
    assert "est passée" in office.world.texts(card)[-1]
    assert "mercredi 25 novembre 2026" in office.world.texts(card)[-1]
