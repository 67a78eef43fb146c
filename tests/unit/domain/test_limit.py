from datetime import timedelta

from bot.domain.limit import approval_on, approved_cards, portfolios, question
from bot.domain.messages import AskLimit
from bot.domain.model import Action, Card
from bot.domain.tokens import reference, signed
from tests.builders import (
    BOT,
    MEL,
    NOW,
    PAUL,
    PORTFOLIO,
    board,
    card,
    comment,
    logged,
    portfolio,
    snapshot,
)

CARDS = tuple(card(f"carte {place}") for place in range(40))
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


def asked(*cards: Card, day: int = 30) -> Action:
    links = " ".join(f"`{each.short_link}`" for each in cards)
    text = signed(f"/go pour {links} ?", reference(PORTFOLIO, "limit", f"2026-11-{day}"))
    return comment(BOT, text, NOW - (30 - day) * DAY)


def go(minutes: float = 1, by: str = PAUL.member_id) -> Action:
    return comment(by, "/go", NOW + minutes * MINUTE)


def approved(*log: Action) -> set[str]:
    found = snapshot(*CARDS, logged(portfolio(), *log))
    return {card.name for card in CARDS if card.id in approved_cards(found)}


def test_go_approves_exactly_the_cards_that_the_newest_question_lists() -> None:
    assert approved(asked(*CARDS[:2]), go()) == {"carte 0", "carte 1"}
    assert approved(asked(*CARDS[:2], day=29), asked(CARDS[5]), go()) == {"carte 5"}


def test_nothing_is_approved_without_the_owners_go_after_the_newest_question() -> None:
    assert approved() == set()
    assert approved(go()) == set()
    assert approved(asked(CARDS[0])) == set()
    assert approved(asked(CARDS[0]), go(by=MEL.member_id)) == set()
    assert approved(asked(CARDS[0]), comment(PAUL.member_id, "go", NOW + MINUTE)) == set()
    assert approved(asked(CARDS[0], day=29), go(-5), asked(CARDS[1])) == set()
    assert approved(asked(CARDS[0]), go(0)) == set()


def test_an_unanswered_question_elsewhere_takes_no_approval_back() -> None:
    other = portfolio(id="another portfolio", board_id=board("workshop").id)
    boards = (board(), board("workshop", portfolio=other.id))
    known = snapshot(*CARDS, logged(portfolio(), asked(CARDS[0]), go()), other, boards=boards)
    assert approved_cards(known) == {CARDS[0].id}


def test_a_question_must_bear_the_reference_of_its_day() -> None:
    wrong_day = signed("`12345678`", reference(PORTFOLIO, "limit", "2026-11-20"))
    full = logged(portfolio(), comment(BOT, wrong_day, NOW), go())
    assert approval_on(full, snapshot(full)) is None
    by_person = comment(MEL.member_id, asked(CARDS[0]).text, NOW)
    assert approved(by_person, go()) == set()


def test_the_answer_that_approved_is_known() -> None:
    answer = go()
    full = logged(portfolio(), asked(CARDS[0]), answer, go(2))
    approval = approval_on(full, snapshot(full))
    assert approval is not None
    assert (approval.action_id, approval.short_links) == (
        answer.id,
        frozenset({CARDS[0].short_link}),
    )


def test_boards_may_share_a_portfolio_or_have_none_in_sight() -> None:
    boards = (
        board(),
        board("workshop"),
        board("attic", portfolio=None),
        board("x", portfolio="gone"),
    )
    full = portfolio()
    assert portfolios(boards, snapshot(full, boards=boards)) == (full,)


def test_a_question_lists_what_one_answer_covers_and_comes_once_a_day() -> None:
    full = portfolio()
    message, ref = question(full, CARDS, 20, snapshot(full), NOW)
    listed = tuple((each.short_link, each.name) for each in CARDS[:30])
    assert message == AskLimit(PAUL, 40, 20, listed)
    assert ref == reference(PORTFOLIO, "limit", "2026-11-30")
    assert question(full, CARDS, 20, snapshot(full), NOW + DAY)[1] != ref
