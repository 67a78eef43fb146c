"""What a proposal shows is what /go sets, whatever has changed since it was posted."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.domain.changes import SetDates
from bot.domain.follow_up import Proposal
from bot.domain.model import Card, Language, Person
from bot.domain.proposals import date_shown, fate, is_carried_out, offer_of
from bot.domain.rules.answers import answers
from bot.domain.rules.commands import commands
from bot.domain.tokens import signed
from tests.builders import BOT, MEL, PAUL, TOM, edit, logged, office, pen, person, replace, utc
from tests.unit.domain.handed import (
    course,
    desk,
    due_set,
    handed,
    log_of,
    passed,
    planned,
    said,
    seen,
    without,
)

ZONES = {
    "Europe/Paris": "2026-10-24 21:00",
    "America/Toronto": "2026-10-31 21:00",
    "Australia/Lord_Howe": "2027-04-03 09:00",
    "Asia/Kathmandu": "2026-12-31 12:00",
    "Pacific/Apia": "2026-12-30 00:00",
}
"""Zones, each with an instant shortly before its clocks go back, or before a year ends."""
SPRING = {"Europe/Paris": "2027-03-27 21:00", "America/Toronto": "2027-03-13 23:00"}
NIGHTS = [*ZONES.items(), *SPRING.items()]
ELSEWHERE = person("andry", "fr", calendar=office("Indian/Antananarivo", (8, 17)))


def proposal(reader: Person, other: Person, proposed: datetime) -> Proposal:
    long_ago, back = proposed - timedelta(days=9), proposed - timedelta(days=7)
    return Proposal(reader, other, timedelta(hours=8), long_ago, back, long_ago, proposed)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(("zone", "night"), NIGHTS)
def test_the_date_is_read_as_the_projects_own_pen_writes_it(
    zone: str, night: str, language: Language
) -> None:
    reader = person("paul", language, calendar=office(zone, (9, 17)))
    near = replace(ELSEWHERE, calendar=reader.calendar)
    for quarter in range(48):
        at = utc(night) + quarter * timedelta(minutes=15)
        for other in (ELSEWHERE, near):
            message = proposal(reader, other, at)
            text = pen().message(message, "abcdefghij")
            assert date_shown(text, reader, message.until) == at


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_date_is_read_on_every_day_of_a_year(language: Language) -> None:
    reader = person("paul", language)
    for day in range(366):
        at = utc("2026-12-01 08:45") + timedelta(days=day)
        message = proposal(reader, ELSEWHERE, at)
        assert date_shown(pen().message(message, "abcdefghij"), reader, message.until) == at


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", None),
        ("Pas de liste.", None),
        ("- **Date :** bientôt", None),
        ("- sans gras : 8 décembre 2026, 15:00", None),
        ("- **Date :** 8 décembre 2026, 15:00", "2026-12-08 14:00"),
        ("* **Date :** 2026-12-08 15:00 (à Paris)", "2026-12-08 14:00"),
        ("- **Un :** 7 décembre 2026\n\n- **Deux :** 8 décembre 2026, 15:00", "2026-12-08 14:00"),
        ("- **Un :** 7 décembre 2026, 15:00\n- **Deux :** bientôt", None),
        ("- **Un :** 8 décembre 2026, 15:00\n- **Deux :**(rien)", "2026-12-08 14:00"),
        ("- **Date :**8 décembre 2026, 15:00", "2026-12-08 14:00"),
        ("-**Date :** 8 décembre 2026, 15:00", None),
        ("- **** 8 décembre 2026, 15:00", None),
    ],
)
def test_it_is_the_last_line_of_the_list(text: str, shown: str | None) -> None:
    found = date_shown(signed(text, "abcdefghij"), PAUL, utc("2026-12-02 08:00"))
    assert found == (utc(shown) if shown else None)


MINUTE = timedelta(minutes=1)
CARD = handed()
ASKED, BACK = utc("2026-12-01 08:00"), utc("2026-12-02 08:00")
GO_AT = BACK + 60 * MINUTE
NEXT = utc("2026-12-08 14:00")
QUESTION, ANSWER = said(MEL, ASKED, "Lequel ?"), said(PAUL, BACK, "le premier")
RETURNED = logged(CARD, QUESTION, ANSWER)


def proposed(**parts: Any) -> Card:
    return passed(answers, RETURNED, BACK + MINUTE, **parts)


SHOWN = proposed(texts=pen())
BARE = proposed()
"""The same in words that no date can be read from."""
GO = said(PAUL, GO_AT, "/go")
AWAY = replace(MEL, calendar=replace(MEL.calendar, off=frozenset({ASKED.date(), NEXT.date()})))


@pytest.mark.parametrize(
    ("subject", "parts"),
    [
        (SHOWN, {}),
        (SHOWN, {"boards": (desk(assistants=(AWAY, TOM)),)}),
        (without(SHOWN, QUESTION.id), {}),
        (replace(SHOWN, member_ids=(TOM.member_id,)), {}),
    ],
)
def test_go_sets_what_people_saw_whatever_has_changed_since(
    subject: Card, parts: dict[str, Any]
) -> None:
    accepted = logged(subject, GO)
    assert SetDates(NEXT) in planned(answers, accepted, GO_AT + MINUTE, **parts)


def test_what_cannot_be_read_is_what_would_be_proposed_today_for_the_same_return() -> None:
    assert planned(answers, logged(BARE, GO), GO_AT) == [SetDates(NEXT)]
    unknown = without(logged(BARE, GO), QUESTION.id)
    assert planned(answers, unknown, GO_AT) == []
    found = fate(course(unknown), seen(unknown).snapshot)
    assert found is not None
    assert (found.proposed, found.is_open(GO_AT)) == (None, False)


def test_what_cannot_be_read_is_the_date_of_its_own_return_not_of_a_later_one() -> None:
    again = said(MEL, utc("2026-12-02 09:00"), "Et le second ?")
    subject = logged(BARE, again, said(PAUL, utc("2026-12-04 09:00"), "oui"))
    found = fate(course(subject), seen(subject).snapshot)
    assert found is not None
    assert found.proposed == NEXT


def test_a_date_set_with_the_proposal_does_not_close_it() -> None:
    subject = logged(SHOWN, edit(BOT, "due", log_of(SHOWN)[-1].at))
    found = fate(course(subject), seen(subject).snapshot)
    assert found is not None
    assert found.is_open(GO_AT)


def test_a_text_that_somebody_mended_shows_another_date() -> None:
    *before, posted = log_of(SHOWN)
    mended = replace(posted, text=signed("- **Date :** 9 décembre 2026, 15:00", posted.text[-10:]))
    assert planned(answers, replace(SHOWN, log=(*before, mended, GO)), GO_AT) == [
        SetDates(utc("2026-12-09 14:00"))
    ]


def test_where_nothing_was_proposed_there_is_no_fate() -> None:
    assert fate(course(RETURNED), seen(RETURNED).snapshot) is None
    assert planned(answers, logged(CARD, GO), GO_AT) == []


@pytest.mark.parametrize(
    ("dated", "by_bot"),
    [
        (edit(PAUL.member_id, "due", GO_AT + MINUTE), False),
        (edit(MEL.member_id, "due", GO_AT + MINUTE), False),
        (edit(PAUL.member_id, "start", GO_AT + MINUTE), None),
    ],
)
def test_a_date_of_a_persons_closes_a_proposal(dated: Any, by_bot: bool | None) -> None:
    subject = logged(SHOWN, GO, dated)
    found = fate(course(subject), seen(subject).snapshot)
    assert found is not None
    assert found.go == GO
    assert found.is_open(GO_AT + 2 * MINUTE) is (by_bot is None)
    assert not is_carried_out(found, course(subject), seen(subject).snapshot)


def test_the_bots_own_date_carries_a_go_out_but_not_an_earlier_one() -> None:
    done = passed(answers, logged(SHOWN, GO), GO_AT + MINUTE)
    for subject, told in ((done, True), (due_set(SHOWN, NEXT, GO_AT), False)):
        found = fate(course(subject), seen(subject).snapshot)
        assert found is not None
        assert is_carried_out(found, course(subject), seen(subject).snapshot) is told
    early = logged(passed(answers, logged(SHOWN, GO), GO_AT), replace(GO, id="later"))
    assert len(planned(commands, early, GO_AT + MINUTE)) == 1


@pytest.mark.parametrize(
    ("answered", "due"),
    [
        ("2026-12-02 08:00:00", "2026-12-08 14:00"),
        ("2026-12-02 08:00:01", "2026-12-09 05:15"),
        ("2026-12-02 08:14:59", "2026-12-09 05:15"),
        ("2026-12-02 08:15:00", "2026-12-09 05:15"),
        ("2026-12-02 08:15:01", "2026-12-09 05:30"),
        ("2026-12-02 08:15:00.5", "2026-12-09 05:30"),
        ("2026-12-02 08:50:00", "2026-12-09 06:00"),
    ],
)
def test_a_proposed_date_is_rounded_up_to_a_full_quarter_of_an_hour(
    answered: str, due: str
) -> None:
    back = logged(CARD, QUESTION, said(PAUL, utc(answered), "le premier"))
    offer = offer_of(course(back))
    assert offer is not None
    assert offer.message.proposed == utc(due)
