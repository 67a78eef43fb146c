from datetime import timedelta

import pytest

from bot.domain.crossings import MOST_TRIES, bare, is_unsettled, last_written, own_writings
from bot.domain.model import Action, Card
from tests.builders import BOT, NOW, PAUL, card, edit, logged, replace, snapshot

MINUTE = timedelta(minutes=1)


def on_card(*log: Action) -> Card:
    return logged(replace(card(), desc="maintenant"), *log)


def bots(old: str | None, age: timedelta = MINUTE) -> Action:
    return edit(BOT, "desc", NOW - age, old=old)


def persons(old: str | None) -> Action:
    return edit(PAUL.member_id, "desc", NOW, old=old)


@pytest.mark.parametrize(
    ("log", "text"),
    [
        ((), ""),
        ((persons("avant"),), ""),
        ((bots("avant"),), "maintenant"),
        ((bots("avant"), persons("du robot")), "du robot"),
        ((bots("avant"), persons("du robot"), persons("encore")), "du robot"),
        ((bots("avant"), persons(None)), ""),
    ],
)
def test_what_the_bot_last_wrote_is_what_the_next_writing_replaced(
    log: tuple[Action, ...], text: str
) -> None:
    subject = on_card(*log)
    assert last_written(subject, snapshot(subject)) == text


def test_the_bots_own_writings_are_its_own_alone_oldest_first() -> None:
    older, newer = bots("un"), bots("deux")
    subject = on_card(older, persons("entre"), newer, persons("trois"))
    assert own_writings(subject, snapshot(subject)) == [older, newer]
    others = on_card(persons("un"))
    assert own_writings(others, snapshot(others)) == []


@pytest.mark.parametrize(
    ("log", "unsettled"),
    [
        ([bots("x")] * MOST_TRIES, True),
        ([bots("x")] * (MOST_TRIES - 1), False),
        ([*[bots("x")] * (MOST_TRIES - 1), persons("y")], False),
        ([*[bots("x")] * (MOST_TRIES - 1), bots("y", timedelta(days=1))], False),
        ([*[bots("x")] * (MOST_TRIES - 1), bots("y", timedelta(days=1) - MINUTE)], True),
    ],
)
def test_a_description_is_unsettled_when_the_bot_wrote_it_five_times_in_a_day(
    log: list[Action], unsettled: bool
) -> None:
    subject = on_card(*log)
    assert is_unsettled(subject, snapshot(subject), NOW) is unsettled


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ('[a](https://x.fr "smartCard-inline")', "[a](https://x.fr)"),
        ('[a](https://x.fr "")', "[a](https://x.fr)"),
        ('dire "bonjour" (tôt)', 'dire"bonjour"(tôt)'),
        ("- **a** \\_b\u200c", "ab"),
    ],
)
def test_what_the_editor_adds_to_a_line_makes_no_other_line(typed: str, kept: str) -> None:
    assert bare(typed) == kept
