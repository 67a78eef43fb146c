"""What becomes of each change of a plan, whatever the board answers."""

import pytest

from bot.domain.changes import AddAttachment, AddLabel, Planned, PostComment, Reason, SetDescription
from bot.domain.model import Card
from bot.domain.situation import Situation
from bot.executor import Effect, by_card
from bot.ports import NotApplied, PassOverError, RetryLaterError, SkipError, StopError
from tests.builders import NOTES, an_id, card, later, policy, portfolio, replace, situation
from tests.unit.shell.board import BUSY, Board, Run, lost, refused

CARD = card()
STEPS = 11
"""Of the hand-over: description, two checklists with six items, member, comment."""
GONE = SkipError("gone", why="gone")


def run(*cards: Card, board: Board | None = None, **how: object) -> Run:
    return Run(board or Board(*cards), situation(*cards), **how)  # type: ignore[arg-type]


def test_undisturbed_every_change_is_applied_and_the_comment_remembered() -> None:
    board = Board(CARD)
    done = run(CARD, board=board)
    assert done.outcomes == ["applied"] * STEPS
    assert [each.planned.rule for each in done.effects] == ["brief"] * STEPS
    assert board.written == [each.planned.change for each in done.effects]
    comment = board.written[-1]
    assert isinstance(comment, PostComment)
    assert done.memory.refs == [comment.ref]
    assert Run(board, situation(*board.cards.values())).planned == ()


def test_the_card_is_read_first_after_its_description_and_before_its_comment() -> None:
    board = Board(CARD)
    run(CARD, board=board)
    assert board.reads == 3


@pytest.mark.parametrize("number", [1, 2, 3, STEPS])
@pytest.mark.parametrize(
    ("error", "told"),
    [
        (BUSY, ("busy", False, False)),
        (PassOverError("over"), ("over", False, True)),
        (SkipError("no"), ("no", True, False)),
    ],
)
def test_after_a_write_that_was_not_applied_the_rest_waits_for_the_next_pass(
    number: int, error: RetryLaterError, told: tuple[str, bool, bool]
) -> None:
    board = Board(CARD, wrong={number: refused(error)})
    first = run(CARD, board=board)
    failed = first.effects[number - 1]
    assert first.outcomes == [
        *["applied"] * (number - 1),
        "not_applied",
        *["dropped"] * (STEPS - number),
    ]
    assert (failed.problem, failed.refused, failed.over) == told
    assert [each.planned for each in first.effects[number:]] == list(first.planned[number:])
    second = Run(board, situation(*board.cards.values()))
    assert len(second.effects) == STEPS - number + 1
    assert Run(board, situation(*board.cards.values())).planned == ()


def test_a_refused_attachment_does_not_keep_the_assistant_waiting() -> None:
    subject = card(desc=f"{NOTES}\npièces : https://example.com/a")
    at = next(
        n for n, e in enumerate(run(subject).planned, 1) if isinstance(e.change, AddAttachment)
    )
    done = run(subject, board=Board(subject, wrong={at: refused(SkipError("no"))}))
    assert done.outcomes == [*["applied"] * (at - 1), "not_applied", *["applied"] * (12 - at)]
    busy = run(subject, board=Board(subject, wrong={at: refused(BUSY)}))
    assert set(busy.outcomes[at:]) == {"dropped"}


def test_only_a_refused_attachment_is_dispensable() -> None:
    first, *_ = run(CARD).effects
    attachment = replace(first.planned, change=AddAttachment("plan"))
    assert Effect(attachment, "not_applied", refused=True).is_dispensable is True
    assert Effect(attachment, "not_applied").is_dispensable is False
    assert Effect(first.planned, "not_applied", refused=True).is_dispensable is False


def test_what_stops_the_bot_stops_the_plan() -> None:
    with pytest.raises(StopError):
        run(CARD, board=Board(CARD, wrong={2: NotApplied(StopError("revoked"))}))


@pytest.mark.parametrize("number", [1, STEPS])
def test_a_lost_write_that_took_effect_is_applied(number: int) -> None:
    board = Board(CARD, wrong={number: lost()})
    board.lost_but_made = {number}
    done = run(CARD, board=board)
    assert done.outcomes == ["applied"] * STEPS
    assert len(done.memory.refs) == 1


def test_a_lost_write_that_took_no_effect_is_made_by_the_next_pass() -> None:
    board = Board(CARD, wrong={STEPS: lost()})
    done = run(CARD, board=board)
    assert done.outcomes[-1] == "not_applied"
    assert done.effects[-1].problem == "no answer"
    assert done.memory.refs == []
    assert Run(board, situation(*board.cards.values())).outcomes == ["applied"]


def test_of_a_lost_write_nothing_is_known_when_the_wait_was_cut_short() -> None:
    done = run(CARD, board=Board(CARD, wrong={2: lost()}), settle=lambda: False)
    assert done.outcomes == ["applied", "unknown", *["dropped"] * (STEPS - 2)]


@pytest.mark.parametrize("error", [BUSY, GONE])
def test_of_a_lost_write_nothing_is_known_when_the_card_cannot_be_read(
    error: RetryLaterError,
) -> None:
    board = Board(CARD, wrong={2: lost()})

    def settle() -> bool:
        board.unreadable[CARD.id] = error
        return True

    done = run(CARD, board=board, settle=settle)
    assert done.outcomes == ["applied", "unknown", *["dropped"] * (STEPS - 2)]


def test_a_stop_ends_between_two_writes_and_nothing_is_wrong_with_the_card() -> None:
    left = iter([True, True, False])
    board = Board(CARD)
    done = run(CARD, board=board, going_on=lambda: next(left))
    assert done.outcomes == ["applied", "applied", *["not_applied"] * (STEPS - 2)]
    assert {each.over for each in done.effects[2:]} == {True}
    assert len(board.written) == 2


OTHER = card("autre")


@pytest.mark.parametrize(
    ("error", "outcome", "problem"), [(GONE, "dropped", None), (BUSY, "not_applied", "busy")]
)
def test_a_card_that_cannot_be_read_stops_no_other(
    error: RetryLaterError, outcome: str, problem: str | None
) -> None:
    board = Board(CARD, OTHER)
    board.unreadable[CARD.id] = error
    done = run(CARD, OTHER, board=board)
    mine = [each for each in done.effects if each.planned.card_id == CARD.id]
    assert {(each.outcome, each.problem, each.over) for each in mine} == {(outcome, problem, False)}
    others = [each.outcome for each in done.effects if each.planned.card_id == OTHER.id]
    assert others == ["applied"] * STEPS


def test_a_card_that_is_gone_when_it_is_written_to_is_dropped_whole() -> None:
    board = Board(CARD, wrong={1: refused(GONE)})
    assert run(CARD, board=board).outcomes == ["not_applied", *["dropped"] * (STEPS - 1)]
    board = Board(CARD, wrong={3: refused(GONE)})
    board.meanwhile[3] = lambda each: replace(each, board_id=an_id("elsewhere"))
    assert run(CARD, board=board).outcomes == ["applied"] * 2 + ["dropped"] * (STEPS - 2)


def test_a_card_that_has_left_the_served_boards_is_left_alone() -> None:
    board = Board(replace(CARD, board_id=an_id("elsewhere")))
    assert run(CARD, board=board).outcomes == ["dropped"] * STEPS
    assert board.written == []


def test_what_a_person_has_settled_meanwhile_is_dropped() -> None:
    board = Board(CARD)
    board.meanwhile[3] = lambda each: replace(each, closed=True)
    done = run(CARD, board=board)
    assert done.outcomes == [*["applied"] * (STEPS - 1), "dropped"]
    assert done.effects[-1].problem is None
    assert done.memory.refs == []


def test_what_comes_after_a_step_that_nobody_planned_waits_for_the_next_pass() -> None:
    board = Board(CARD, wrong={6: refused(BUSY)})
    run(CARD, board=board)
    before = situation(*board.cards.values())
    board.meanwhile[board.reads + 1] = lambda each: replace(each, checklists=())
    second = Run(board, before)
    assert second.outcomes == ["dropped"] * (STEPS - 5)
    assert {each.problem for each in second.effects} == {
        "the card lacks an earlier step: the next pass takes both"
    }
    third = Run(board, situation(*board.cards.values()))
    assert third.outcomes == ["applied"] * (STEPS - 1)


def test_a_description_is_planned_with_the_text_that_was_written() -> None:
    board = Board(CARD)
    board.meanwhile[1] = lambda each: replace(each, desc=f"{NOTES}\nobjectif : ranger")
    first = run(CARD, board=board).effects[0].planned.change
    assert isinstance(first, SetDescription)
    assert "ranger" in first.text


def test_a_minute_later_nothing_is_left_to_do() -> None:
    board = Board(CARD)
    run(CARD, board=board)
    assert Run(board, later(situation(*board.cards.values()), minutes=1)).effects == []


CROWD = tuple(card(f"carte {place}") for place in range(4))


def crowd(portfolio_card: Card) -> Situation:
    return situation(*CROWD, portfolio_card, policy=policy(max_cards=3))


@pytest.mark.parametrize(
    ("made", "outcome", "remembered"), [(True, "applied", 1), (False, "not_applied", 0)]
)
def test_a_lost_question_about_the_limit_is_looked_for_on_the_portfolio(
    made: bool, outcome: str, remembered: int
) -> None:
    board = Board(*CROWD, portfolio(), wrong={1: lost()})
    board.lost_but_made = {1} if made else set()
    done = Run(board, crowd(portfolio()))
    assert [each.planned.reason.code for each in done.effects][:1] == ["over_limit_asked"]
    assert done.outcomes[0] == outcome
    assert len(done.memory.refs) == remembered


def test_no_question_about_the_limit_goes_to_an_archived_portfolio_or_comes_twice() -> None:
    board = Board(*CROWD, portfolio())
    first = Run(board, crowd(portfolio()))
    assert first.outcomes[0] == "applied"
    again = Run(board, crowd(portfolio()))
    assert again.outcomes[0] == "dropped"
    gone = Run(Board(*CROWD, portfolio(closed=True)), crowd(portfolio()))
    assert gone.outcomes[0] == "dropped"


def test_the_changes_to_a_card_are_found_together_wherever_they_stand() -> None:
    one, two, three = (
        Planned("stall", card_id, AddLabel("label", name), Reason("stalled"))
        for card_id, name in (("a", "x"), ("b", "x"), ("a", "y"))
    )
    assert by_card((one, two, three)) == {"a": (one, three), "b": (two,)}
