"""What fails or is odd keeps nobody waiting, and what looks empty is not believed at once."""

from typing import Any

import pytest

from bot.sandbox.call import Answer
from bot.trello.rate import Timing
from tests.end_to_end.faults import Always, answer
from tests.end_to_end.office import Office, Peace


def _reads_of(office: Office, path: str) -> int:
    return sum(each.path == path for each in office.app.requests)


@pytest.mark.covers("J6")
def test_a_card_that_always_fails_is_asked_for_ever_more_rarely(office: Office) -> None:
    poison, others = office.complete(), [office.complete(f"Autre {n}") for n in range(3)]
    path = f"/cards/{poison.id}"
    office.app.faults = Always("GET", path, answer(503))
    for _ in range(60):
        for each in others:
            office.mel.comment(each, "noté")
        office.apply()
        office.later(1)
    # Three tries in each of: the first pass, then after 1, 3, 7, 15, 31 minutes and so on.
    assert _reads_of(office, path) <= 8 * 3
    assert all(office.world.members(each) == ["mel"] for each in others)


@pytest.mark.covers("J6")
def test_a_card_that_was_left_alone_is_served_as_soon_as_somebody_touches_it(
    office: Office,
) -> None:
    poison, other = office.complete(), office.complete("Autre")
    office.app.faults = Always("GET", f"/cards/{poison.id}", answer(503))
    for number in range(6):
        office.mel.comment(other, f"noté {number}")
        office.apply()
    office.app.faults = Peace()
    office.mel.comment(other, "noté encore")
    report = office.apply()
    assert office.world.members(poison) == []
    assert report.exit_code == 3
    office.paul.comment(poison, "réparé")
    office.settled()
    assert office.world.members(poison) == ["mel"]


def test_an_outage_leaves_nothing_alone_once_it_is_over(office: Office) -> None:
    cards = [office.complete(f"Carte {n}") for n in range(3)]
    office.app.faults = Always("GET", "/cards/", answer(503))
    for _ in range(9):
        office.apply()
    office.app.faults = Peace()
    office.settled()
    assert all(office.world.members(each) == ["mel"] for each in cards)


@pytest.mark.covers("J6")
def test_a_board_that_always_fails_is_asked_for_ever_more_rarely(office: Office) -> None:
    broken = office.add_board("Cassé")
    office.settings["boards"] = [office.board.short_link, broken.short_link]
    office.fresh_bot()
    path = f"/boards/{broken.short_link}"
    office.app.faults = Always("GET", path, answer(503))
    for _ in range(60):
        assert office.apply().exit_code == 3
        office.later(1)
    assert _reads_of(office, path) <= 8 * 3


@pytest.mark.covers("A17", "J5")
def test_where_a_pass_is_too_short_for_all_every_card_is_reached_in_turn(office: Office) -> None:
    """J5: a reading of five minutes holds about six requests, and so does the writing."""
    cards = [office.complete(f"Carte {n}") for n in range(9)]
    hour = [0.0]

    def moves() -> float:
        hour[0] += 10
        return hour[0]

    office.timing = Timing(moves, sleep=lambda _: None, jitter=lambda: 0.5)
    for _ in range(40):
        office.apply(force=True)
        office.later(1)
    assert all(office.world.members(each) == ["mel"] for each in cards)


@pytest.mark.covers("A16")
@pytest.mark.parametrize("field", ["idLabels", "dateLastActivity", "name"])
def test_one_odd_card_stops_no_other_and_is_left_alone(office: Office, field: str) -> None:
    odd, other = office.complete(), office.complete("Autre")

    class OneOdd(Peace):
        def after(self, request: Any, answer: Answer) -> Answer | None:
            super().after(request, answer)
            if not isinstance(answer.body, dict) or "cards" not in answer.body:
                return None
            cards = [
                each | ({field: 7} if each["id"] == odd.id else {}) for each in answer.body["cards"]
            ]
            return Answer(200, answer.body | {"cards": cards}, answer.headers)

    office.app.faults = OneOdd()
    report = office.apply()
    assert (report.exit_code, report.reading.odd) == (3, (odd.id,))
    assert office.world.members(other) == ["mel"]
    assert not [each for each in office.writes if odd.id in each]
    office.app.faults = Peace()
    office.settled()
    assert office.world.members(odd) == ["mel"]


class Bare(Peace):
    """Answers a kind of read as if there were nothing."""

    def __init__(self, path: str, field: str) -> None:
        self._path, self._field = path, field

    def after(self, request: Any, answer: Answer) -> Answer | None:
        super().after(request, answer)
        if request.method == "GET" and request.path.endswith(self._path):
            return Answer(200, answer.body | {self._field: []}, answer.headers)
        return None


@pytest.mark.covers("A13")
def test_a_board_that_looks_empty_is_not_believed_at_once(office: Office) -> None:
    office.complete()
    office.app.faults = Bare(f"/boards/{office.board.short_link}", "cards")
    report = office.apply()
    assert report.exit_code == 3
    assert "shows nothing" in report.reading.failures[0].problem
    assert office.writes == []


def test_a_board_without_cards_is_no_failure(office: Office) -> None:
    assert office.apply().exit_code == 0


@pytest.mark.covers("A13")
def test_a_log_that_looks_empty_lets_no_hand_over_be_repeated(office: Office) -> None:
    card = office.complete()
    office.settled()
    office.fresh_bot(forget=True)
    office.app.faults = Bare(f"/cards/{card.id}", "actions")
    assert office.written_by(office.apply) == []
    assert len(office.world.texts(card)) == 1


@pytest.mark.covers("E9")
def test_two_programs_that_answer_each_other_come_to_an_end(office: Office) -> None:
    """E9: an automation on the owner's account sends the bot a mistyped command for each word."""
    card = office.complete()
    office.settled()
    heard = len(office.world.texts(card))
    for _ in range(40):
        office.paul.comment(card, "/silense")
        office.apply()
        office.later(1)
    said = [each for each in office.world.texts(card)[heard:] if "delegate-bot" in each]
    assert 1 <= len(said) <= 12
