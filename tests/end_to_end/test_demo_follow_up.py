"""The follow-up that the demonstration shows: from help offered to work delivered."""

from datetime import date, datetime, time
from typing import get_args
from zoneinfo import ZoneInfo

import pytest

from bot.demo.outcome import HandOver, Sign, Word
from bot.demo.story import WEEK
from bot.demo.words import WORDS
from bot.domain.tokens import reference_at_end
from bot.domain.traces import check_in_reference, late_reference
from bot.sandbox.rows import Action
from bot.sandbox.samples import CardKey, Language
from tests.end_to_end.demo_week import LANGUAGES, Played, flat, played_in, thumbed

FRIDAY = date(2026, 11, 27)
HOURS = ((time(8), time(12)), (time(13), time(17)))
"""In which the assistants work, where they live."""


@pytest.fixture(params=LANGUAGES)
def played(request: pytest.FixtureRequest) -> Played:
    language: Language = request.param
    return played_in(language)


def test_an_assistants_question_reaches_the_owner_once_in_their_own_words(played: Played) -> None:
    card = played.card("article")
    _, passed, _ = played.said_by_bot(card)
    asked, reply = played.words("question").splitlines()[-1], played.words("reply")
    assert passed.data["text"].startswith(f"@{played.owner}, ")
    assert asked in passed.data["text"]
    answer = next(each for each in played.by(played.owner, card) if each.data.get("text") == reply)
    assert passed.date < answer.date < played.said_by_bot(card)[-1].date


def test_a_check_in_comes_before_due_in_working_hours_and_a_tick_answers_it(
    played: Played,
) -> None:
    card, zone = played.card("invoices"), played.sample.text.second.zone
    check_in = played.said_by_bot(card)[1]
    tick = next(
        each for each in played.by(played.second, card) if each.type == "updateCheckItemStateOnCard"
    )
    assert card.due is not None
    ref = check_in_reference(card.id, datetime.fromisoformat(card.due), "1d")
    assert reference_at_end(check_in.data["text"]) == ref
    assert played.readers(card)[1] == played.second
    assert _works(check_in, zone)
    assert check_in.date < tick.date < card.due
    assert played.tells("act_tick_answer", answer=_item(tick))


def test_help_is_offered_when_nothing_moves_and_the_label_goes_when_work_resumes(
    played: Played,
) -> None:
    card, text = played.card("wishes"), played.sample.text
    offer = played.said_by_bot(card)[-1]
    label = [each for each in played.by_bot(card) if each.type.endswith("LabelToCard")]
    label += [each for each in played.by_bot(card) if each.type.endswith("LabelFromCard")]
    put, taken = label
    act = played.by(played.second, card)[0]
    assert played.readers(card)[-1] == played.second
    assert _works(offer, text.second.zone)
    assert put.data["label"]["name"] == taken.data["label"]["name"] == text.labels["stalled"]
    assert offer.date <= put.date < act.date < taken.date
    assert text.labels["stalled"] not in played.stage.world.labels(card)


def test_a_pause_is_acknowledged_and_holds_but_for_the_last_check_in(played: Played) -> None:
    card = played.card("lease")
    pause = next(
        each for each in played.by(played.first, card) if each.data.get("text", "").startswith("/")
    )
    after = [each for each in played.said_by_bot(card) if each.date > pause.date]
    assert thumbed(pause)
    assert [_local(each, played.sample.text.first.zone).date() for each in after] == [FRIDAY]


def test_a_late_card_is_asked_for_a_new_date_when_the_assistant_begins_the_day(
    played: Played,
) -> None:
    card, zone = played.card("posts"), played.sample.text.first.zone
    late = played.said_by_bot(card)[-2]
    redated = next(
        each for each in played.by(played.first, card) if "due" in each.data.get("old", {})
    )
    ref = late_reference(card.id, datetime.fromisoformat(redated.data["old"]["due"]))
    assert reference_at_end(late.data["text"]) == ref
    assert played.readers(card)[-2] == played.first
    assert redated.data["old"]["due"] < late.date < redated.date
    assert _local(late, zone).time() == time(8)


@pytest.mark.parametrize("key", ["article", "posts", "suppliers"])
def test_a_delivery_is_announced_to_the_owner_once(played: Played, key: CardKey) -> None:
    card, review = played.card(key), played.sample.text.lists["review"]
    log = played.stage.world.store.log(card.id)
    moved = next(each for each in log if each.data.get("listAfter", {}).get("name") == review)
    [announced] = [each for each in played.said_by_bot(card) if each.date > moved.date]
    assert announced.data["text"].startswith(f"@{played.owner}, ")


def test_a_delivery_of_nothing_is_asked_about_before_the_owner_is_told(played: Played) -> None:
    card = played.card("invoices")
    asked, told = played.said_by_bot(card)[-2:]
    added = next(
        each for each in played.by(played.second, card) if each.type == "addAttachmentToCard"
    )
    assert played.readers(card)[-2:] == [played.second, played.owner]
    assert asked.date < added.date < told.date


def test_why_is_answered_and_acknowledged(played: Played) -> None:
    card = played.card("suppliers")
    why = next(
        each
        for each in played.stage.world.comments(card)
        if each.data["text"] == played.words("why")
    )
    reply = next(each for each in played.said_by_bot(card) if each.date > why.date)
    assert thumbed(why)
    assert reply.data["text"].startswith(f"@{played.owner}, ")


def test_from_friday_evening_on_the_bot_writes_on_the_portfolio_card_alone(
    played: Played,
) -> None:
    friday = [each for each in WEEK if each.day == FRIDAY.weekday()]
    end = played.stage.local(friday[-1].day, friday[-1].at)
    store, robot = played.stage.world.store, played.sample.robot
    mine = [each for each in store.actions.values() if each.id_member_creator == robot.id]
    since = {each.data["card"]["id"] for each in mine if datetime.fromisoformat(each.date) >= end}
    assert since == {played.card("portfolio").id}


def test_one_more_pass_would_write_nothing(played: Played) -> None:
    assert played.again.plan.changes == ()


def test_the_output_tells_each_part_of_the_follow_up(played: Played) -> None:
    owner, first, second = (
        each.member.full_name.split()[0]
        for each in (played.sample.owner, played.sample.first, played.sample.second)
    )
    label = played.sample.text.labels["stalled"]
    assert played.tells("passed", name=owner)
    assert played.tells("checked_in", name=first)
    assert played.tells("checked_in", name=second)
    assert played.tells("offered_help", name=second)
    assert played.tells("flagged", about=label)
    assert played.tells("unflagged", about=label)
    assert played.tells("asked_date", name=first)
    assert played.tells("asked_deliverable", name=second)
    assert played.tells("delivered", name=owner)
    assert played.tells("replied", name=owner)


def test_each_kind_of_comment_is_shown_in_full_once_as_people_see_it(played: Played) -> None:
    in_full, in_short = (
        _first_line(played.comments(played.card(key))[-1]) for key in ("article", "invoices")
    )
    assert in_full in flat(played.output)
    assert in_short not in flat(played.output)
    assert "delegate-bot · ref" not in played.output


@pytest.mark.parametrize("event", [*get_args(HandOver), *get_args(Word), *get_args(Sign)])
def test_whatever_the_bot_does_the_story_has_a_sentence_for_it(event: str) -> None:
    assert all(event in WORDS[language] for language in LANGUAGES)


def _local(action: Action, zone: str) -> datetime:
    return datetime.fromisoformat(action.date).astimezone(ZoneInfo(zone))


def _works(action: Action, zone: str) -> bool:
    at = _local(action, zone)
    return at.weekday() < 5 and any(start <= at.time() < end for start, end in HOURS)


def _item(tick: Action) -> str:
    return str(tick.data["checkItem"]["name"])


def _first_line(comment: str) -> str:
    return flat(comment.splitlines()[0])
