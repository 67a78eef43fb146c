"""Whom notices outside Trello reach, and of what: decided from what the boards show."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.domain.calendar import Calendar, weekly
from bot.domain.model import Board, Card, LabelRoles, Person, Snapshot
from bot.domain.notices import Trouble, Waiting, out_of_reach, waiting_words
from bot.domain.tokens import TokenKind, reference, signed
from tests.builders import (
    APP,
    BOT,
    DELEGATE,
    DONE,
    HOLD,
    IDEAS,
    MEL,
    NOW,
    PAUL,
    QUESTIONS,
    REVIEW,
    SHARED,
    TODO,
    TOM,
    action,
    an_id,
    board,
    card,
    comment,
    logged,
    move,
    portfolio,
    replace,
    situation,
    snapshot,
)

IMPORTANT = an_id("important")
OWNER = replace(PAUL, channel="owner")
AIDE = replace(MEL, channel="@mel")
MORNING = NOW + timedelta(minutes=30)
"""Monday, half past nine in Paris and half past eleven in Antananarivo."""
FRIDAY_NIGHT = NOW - timedelta(days=2, hours=10)


def the_board(**parts: Any) -> Board:
    labels = LabelRoles(delegate=DELEGATE, hold=HOLD, important=IMPORTANT)
    known: dict[str, Any] = {"owner": OWNER, "assistants": (AIDE, TOM), "labels": labels}
    return board(**(known | parts))


def told(
    subject: Card, to: Person, kind: TokenKind, at: datetime = NOW, once: str = "once"
) -> Card:
    ref = reference(subject.id, kind, once)
    return logged(subject, comment(BOT, signed(f"@{to.username}, voici.", ref), at))


def handed(at: datetime = NOW, **parts: Any) -> Card:
    """Return an important card that Mel has just been told of."""
    known = {"labels": {IMPORTANT}, "member_ids": (MEL.member_id,)} | parts
    return told(card(**known), MEL, "hand-over", at, MEL.member_id)


def words(*cards: Card, at: datetime = MORNING, **parts: Any) -> list[Waiting]:
    return list(waiting_words(seen(*cards, **parts), at))


def seen(*cards: Card, **parts: Any) -> Snapshot:
    return snapshot(*cards, **{"boards": (the_board(),)} | parts)


def causes(*cards: Card, at: datetime = MORNING, **parts: Any) -> list[tuple[str, str | None]]:
    return [(each.to.username, each.about) for each in words(*cards, at=at, **parts)]


def test_a_word_on_an_important_card_is_told_to_the_one_it_speaks_to() -> None:
    (word,) = words(handed())
    ref = reference(word.card.id, "hand-over", MEL.member_id)
    assert (word.to, word.about, word.cause) == (AIDE, "hand-over", ref)
    assert (word.board, word.important) == ("office", True)


@pytest.mark.parametrize("kind", ["late", "check-in", "stall", "changes", "delivery"])
def test_every_kind_of_word_is_told_by_its_name(kind: TokenKind) -> None:
    act = action("updateCard", PAUL.member_id, NOW - timedelta(minutes=9), field="pos")
    due = "2026-12-03T08:00:00Z"
    once = {"late": due, "check-in": f"{due} 1d"}.get(kind, act.id)
    subject = handed(at=NOW - timedelta(hours=2), due=datetime.fromisoformat(due))
    assert causes(told(logged(subject, act), MEL, kind, NOW, once)) == [("mel", kind)]


QUIET: list[tuple[str, Card, dict[str, Any]]] = [
    ("an ordinary card", handed(labels=set()), {}),
    ("a card that was taken back", handed(label_ids=frozenset({IMPORTANT})), {}),
    ("a card on hold", handed(labels={IMPORTANT, HOLD}), {}),
    ("an archived card", handed(closed=True), {}),
    ("a card marked complete", handed(due_complete=True), {}),
    ("a card in a done list", handed(list_id=DONE), {}),
    ("a card in an ignored list", handed(list_id=IDEAS), {}),
    ("a card without a log", replace(handed(), log=None), {}),
    ("a card that somebody else has now", handed(member_ids=(TOM.member_id,)), {}),
    ("a comment that was deleted", replace(handed(), log=()), {}),
    (
        "a word that was answered",
        logged(handed(), comment(MEL.member_id, "ok", NOW + timedelta(minutes=1))),
        {},
    ),
    (
        "a stranger's text with a valid reference",
        logged(
            card(labels={IMPORTANT}, member_ids=(MEL.member_id,)),
            comment(
                PAUL.member_id,
                signed("@mel, non", reference(card().id, "hand-over", MEL.member_id)),
                NOW,
            ),
        ),
        {},
    ),
    (
        "a board without such a label",
        handed(),
        {"boards": (the_board(labels=LabelRoles(delegate=DELEGATE)),)},
    ),
    ("somebody without a channel", handed(), {"boards": (the_board(assistants=(MEL,)),)}),
]


@pytest.mark.parametrize(
    ("subject", "parts"), [each[1:] for each in QUIET], ids=[q[0] for q in QUIET]
)
def test_nothing_is_told_without_a_reason(subject: Card, parts: dict[str, Any]) -> None:
    assert causes(handed()) == [("mel", "hand-over")]
    assert causes(subject, **parts) == []


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-11-27T22:01", 0),
        ("2026-11-28T09:00", 0),
        ("2026-11-30T04:59", 0),
        ("2026-11-30T05:00", 1),  # Monday at eight
        ("2026-11-30T13:59", 1),
        ("2026-11-30T14:00", 0),
        ("2026-12-01T05:00", 0),  # a working day later it is no news
    ],
)
def test_a_word_waits_for_its_readers_morning_and_is_no_news_for_ever(
    at: str, expected: int
) -> None:
    now = datetime.fromisoformat(f"{at}+00:00")
    assert len(words(handed(at=FRIDAY_NIGHT), at=now)) == expected


def test_the_reply_to_a_command_is_no_notice() -> None:
    asked = comment(MEL.member_id, "/why", NOW - timedelta(minutes=1))
    subject = logged(handed(at=NOW - timedelta(hours=2)), asked)
    assert causes(told(subject, MEL, "reply", NOW, asked.id)) == []


def test_of_two_words_the_newer_is_told() -> None:
    subject = handed(at=NOW - timedelta(minutes=30), due=NOW + timedelta(days=1))
    due = f"{subject.due:%Y-%m-%dT%H:%M:%SZ} 1d"
    assert causes(told(subject, MEL, "check-in", NOW, due)) == [("mel", "check-in")]


def test_somebody_whose_account_the_bot_writes_with_is_told_of_every_card() -> None:
    plain = card("Ordinaire")
    asked = logged(
        plain,
        comment(
            PAUL.member_id, signed("@paul, quoi ?", reference(plain.id, "ask")), NOW, app_id=APP
        ),
    )
    assert causes(asked, me=SHARED) == [("paul", "ask")]
    assert [each.important for each in words(asked, me=SHARED)] == [False]
    assert causes(told(plain, PAUL, "ask")) == []
    bare = the_board(labels=LabelRoles(delegate=DELEGATE))
    assert causes(asked, me=SHARED, boards=(bare,)) == [("paul", "ask")]


def test_what_the_owner_is_asked_on_the_portfolio_card_is_told_too() -> None:
    folio = told(portfolio(), PAUL, "digest", NOW, "2026-W49")
    mine = logged(
        portfolio(),
        comment(
            PAUL.member_id,
            signed("@paul, bilan", reference(folio.id, "digest", "2026-W49")),
            NOW,
            app_id=APP,
        ),
    )
    assert causes(mine, me=SHARED) == [("paul", "digest")]
    assert causes(replace(mine, closed=True), me=SHARED) == []
    assert causes(replace(mine, label_ids=frozenset({HOLD})), me=SHARED) == []
    assert causes(folio) == []


def asking(at: datetime, **parts: Any) -> Card:
    """Return an important card on which Mel asks Paul something, as Trello tells him."""
    subject = handed(at=NOW - timedelta(days=3), **parts)
    return logged(subject, comment(MEL.member_id, "@paul lequel des deux ?", at))


def test_a_ball_that_trello_told_of_is_told_once_the_bot_has_had_its_turn() -> None:
    subject = asking(NOW)
    (word,) = words(subject, at=NOW + timedelta(minutes=10))
    assert (word.to, word.about) == (OWNER, "ball")
    assert word.cause == f"{subject.id}:{(subject.log or ())[-1].id}"
    assert causes(subject, at=NOW + timedelta(minutes=9)) == []


BALLS: list[tuple[str, Card]] = [
    ("an ordinary card", asking(NOW, labels=set())),
    (
        "a delivery that the owner has spoken about",
        logged(
            handed(at=NOW - timedelta(days=3), list_id=REVIEW),
            move(MEL.member_id, TODO, REVIEW, NOW),
            comment(PAUL.member_id, "je regarde", NOW + timedelta(minutes=2)),
        ),
    ),
    (
        "an old ball on a card on which something else happens",
        logged(
            asking(NOW - timedelta(days=3, minutes=-5)),
            action("addLabelToCard", an_id("stranger"), NOW),
        ),
    ),
    (
        "a question that was answered",
        logged(asking(NOW), comment(PAUL.member_id, "le premier", NOW + timedelta(minutes=5))),
    ),
    ("a ball of last week", asking(NOW - timedelta(days=3, minutes=-5))),
]


@pytest.mark.parametrize("subject", [each for _, each in BALLS], ids=[each for each, _ in BALLS])
def test_a_ball_is_told_only_while_it_is_news(subject: Card) -> None:
    assert causes(subject) == []


def test_a_ball_of_which_the_bot_has_a_word_is_told_by_that_word() -> None:
    subject = asking(NOW)
    event = (subject.log or ())[-1].id
    passed = told(subject, PAUL, "pass", NOW + timedelta(minutes=1), event)
    assert causes(passed) == [("paul", "pass")]


def test_a_card_that_moves_to_the_questions_is_the_owners_ball() -> None:
    subject = handed(at=NOW - timedelta(days=3), list_id=QUESTIONS)
    moved = logged(subject, move(MEL.member_id, TODO, QUESTIONS, NOW))
    assert causes(moved) == [("paul", "ball")]


def test_a_card_that_its_assistant_leaves_is_the_owners_ball() -> None:
    left = action("removeMemberFromCard", MEL.member_id, NOW, about=MEL.member_id)
    subject = logged(handed(at=NOW - timedelta(days=3), member_ids=()), left)
    assert causes(subject) == [("paul", "ball")]


def test_what_trello_itself_tells_of_an_ordinary_card_is_not_told_again() -> None:
    subject = card(member_ids=(MEL.member_id,))
    ref = reference(subject.id, "hand-over", MEL.member_id)
    said = comment(PAUL.member_id, signed("@mel, voici.", ref), NOW - timedelta(days=3), app_id=APP)
    asked = logged(subject, said, comment(MEL.member_id, "@paul lequel ?", NOW))
    assert causes(asked, me=SHARED) == []
    assert causes(replace(asked, label_ids=asked.label_ids | {IMPORTANT}), me=SHARED) == [
        ("paul", "ball")
    ]


def test_a_card_that_was_never_handed_over_is_no_ball() -> None:
    new = card(labels={IMPORTANT}, desc="", created=NOW)
    assert causes(logged(new, action("createCard", an_id("stranger"), NOW))) == []


@pytest.mark.parametrize("calendar", [weekly("Europe/Paris", {}), PAUL.calendar])
def test_who_never_works_is_told_nothing_and_stops_nobody(calendar: Calendar) -> None:
    rare = weekly("Indian/Antananarivo", {})
    idle = replace(AIDE, calendar=rare)
    others = the_board(owner=replace(OWNER, calendar=calendar), assistants=(idle,))
    assert causes(handed(), boards=(others,)) == []


def test_who_has_begun_to_work_today_has_no_news_of_before() -> None:
    """A calendar that holds no working day before this one cannot say what is news."""
    off = frozenset(NOW.date() - timedelta(days=day) for day in range(1, 3_700))
    idle = replace(AIDE, calendar=replace(AIDE.calendar, off=off))
    assert causes(handed(), boards=(the_board(assistants=(idle,)),)) == []


def test_people_whom_no_notice_reaches_are_those_of_the_portfolios_boards() -> None:
    other = the_board(
        name="other", portfolio=an_id("elsewhere"), assistants=(replace(TOM, channel="@tom"),)
    )
    given = replace(
        situation(portfolio(), boards=(the_board(), other)),
        unreached=frozenset({"owner", "@mel", "@tom", "@gone"}),
    )
    assert out_of_reach(portfolio(), given) == (OWNER, AIDE)
    assert out_of_reach(portfolio(), replace(given, unreached=frozenset())) == ()


def test_a_trouble_is_one_cause_whatever_its_details() -> None:
    clocks = [Trouble("stopped", f"the clock says 10:{minute}") for minute in (31, 32)]
    assert {each.cause for each in clocks} == {"stopped"}
    boards = [Trouble("board", "no rights", board) for board in ("AbCd1234", "EfGh5678")]
    assert [each.cause for each in boards] == ["board:AbCd1234", "board:EfGh5678"]
