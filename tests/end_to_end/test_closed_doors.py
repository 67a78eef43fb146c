"""Fail closed: what cannot be trusted is never acted on."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import pytest

from bot.ports import RetryLaterError, StopError
from bot.reading import check_clock
from bot.sandbox.call import Answer
from tests.end_to_end.faults import Always, answer
from tests.end_to_end.office import Office, Peace


class Spoiled(Peace):
    """Answers of one kind reach the bot changed."""

    def __init__(self, part: str, spoil: Callable[[Any], object]) -> None:
        self._part, self._spoil = part, spoil

    def after(self, request: Any, answer: Answer) -> Answer | None:
        super().after(request, answer)
        if self._part in request.path and request.method == "GET":
            return Answer(answer.status, self._spoil(answer.body), answer.headers)
        return self.nothing


def _without(*keys: str) -> Callable[[Any], object]:
    return lambda body: {key: each for key, each in body.items() if key not in keys}


UNREADABLE: Mapping[str, Callable[[Any], object]] = {
    "an empty list": lambda _: [],
    "an empty object": lambda _: {},
    "null": lambda _: None,
    "a page": lambda _: "<html><body>Maintenance</body></html>",
    "nothing": lambda _: "",
    "a word": lambda _: "ok",
    "cut short": lambda _: b'{"id": "5e93ba98',
    "no cards": _without("cards"),
    "no lists": _without("lists"),
    "no labels": _without("labels"),
    "no members": _without("members"),
    "cards null": lambda body: body | {"cards": None},
    "no name": _without("name"),
}


@pytest.mark.covers("A13")
@pytest.mark.parametrize("spoiled", UNREADABLE)
def test_an_answer_about_a_board_that_cannot_be_read_is_never_an_empty_board(
    office: Office, spoiled: str
) -> None:
    office.complete()
    office.app.faults = Spoiled("/boards/", UNREADABLE[spoiled])
    report = office.apply()
    assert office.writes == []
    assert report.exit_code == 3
    assert len(report.reading.failures) == 1


@pytest.mark.covers("A13")
@pytest.mark.parametrize("spoiled", [each for each in UNREADABLE if "no " not in each][:-1])
def test_an_answer_about_a_card_that_cannot_be_read_is_never_an_empty_log(
    office: Office, spoiled: str
) -> None:
    office.complete()
    office.app.faults = Spoiled("/cards/", UNREADABLE[spoiled])
    assert office.apply().exit_code == 3
    assert office.writes == []


@pytest.mark.covers("A13")
@pytest.mark.parametrize("spoiled", ["an empty list", "an empty object", "null", "a page"])
def test_not_knowing_whose_token_it_is_stops_the_pass(office: Office, spoiled: str) -> None:
    office.complete()
    office.app.faults = Spoiled("/members/me", UNREADABLE[spoiled])
    with pytest.raises(RetryLaterError):
        office.apply()
    assert office.writes == []


@pytest.mark.covers("A22", "D10", "S28")
@pytest.mark.parametrize("off", [timedelta(minutes=3), timedelta(minutes=-3), timedelta(days=9000)])
def test_a_clock_that_differs_from_the_services_writes_nothing(
    office: Office, off: timedelta
) -> None:
    office.complete()
    bot = office.bot
    with pytest.raises(StopError, match="clock"):
        bot.cycle.applied(office.now + off, office.writing())
    assert office.writes == []
    assert bot.cycle.applied(office.now + off, office.writing(compare_clocks=False)).effects


@pytest.mark.covers("D10")
def test_two_minutes_off_are_close_enough(office: Office) -> None:
    check_clock(office.now, None)
    check_clock(office.now, office.now + timedelta(minutes=2))
    with pytest.raises(StopError):
        check_clock(office.now, office.now + timedelta(minutes=2, seconds=1))


@pytest.mark.covers("A1")
@pytest.mark.parametrize(
    ("body", "variable"),
    [
        ("invalid key", "TRELLO_API_KEY"),
        ("invalid token", "TRELLO_API_TOKEN"),
        ({"message": "missing scopes"}, "TRELLO_API_TOKEN"),
    ],
)
def test_refused_credentials_stop_everything(office: Office, body: object, variable: str) -> None:
    office.complete()
    office.app.faults = Always("GET", "/", answer(401, body))
    with pytest.raises(StopError) as stopped:
        office.apply()
    assert variable in str(stopped.value)
    assert len(office.app.requests) == 1


@pytest.mark.covers("G11")
def test_a_token_that_may_only_read_stops_at_the_first_write(office: Office) -> None:
    office.use(office.world.grant(office.robot, scopes=["read"]))
    office.complete()
    office.complete("Autre")
    with pytest.raises(StopError):
        office.apply()
    assert len(office.writes) == 1


@pytest.mark.covers("K8")
def test_a_board_without_comments_is_refused_before_anything_is_written(office: Office) -> None:
    office.complete()
    office.board.prefs["comments"] = "disabled"
    report = office.apply()
    assert report.exit_code == 2
    assert "comments are switched off" in str(report.reading.refusals[0].problem)
    assert office.writes == []


@pytest.mark.covers("J9")
def test_what_trello_refuses_again_and_again_is_named_on_the_portfolio_card(
    office: Office,
) -> None:
    portfolio = office.add_portfolio()
    full, other = office.complete(), office.complete("Autre")
    office.app.faults = Always(
        "POST", f"/cards/{full.id}/checklists", answer(403, "CARD_CHECKLISTS_LIMIT_EXCEEDED")
    )
    for number in range(4):
        office.later(20)
        office.mel.comment(other, f"noté {number}")
        office.apply()
    refused = portfolio.desc.partition("Trello refuse")[2]
    assert full.short_link in refused
    assert office.world.members(other) == ["mel"]


@pytest.mark.covers("A6")
def test_whose_token_it_is_is_asked_once_however_many_passes_are_made(office: Office) -> None:
    for _ in range(9):
        office.apply()
        office.later(1)
    assert sum(each.path == "/members/me" for each in office.app.requests) == 1
