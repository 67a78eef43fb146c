"""What is kept of a board goes on exactly as far as what is new explains what has moved."""

from datetime import timedelta

import pytest

from bot.domain.changes import AddMember, Change, PostComment, React, SetDates
from bot.domain.model import Card, Checklist
from bot.kept import KeptBoard, Served, after_own_writes, begun, gone_on
from bot.ports import Entry, Mark
from bot.resolve import SeenBoard
from tests.builders import BOT, MEL, NOW, action, card, replace

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
MADE = Entry(card().id, action("createCard", MEL.member_id, NOW), begins=True)
SAID = Entry(card().id, action("commentCard", MEL.member_id, NOW + MINUTE, text="noté"))


def known(**parts: object) -> Card:
    return replace(card(), log=(MADE.action,), last_activity=NOW, **parts)


def kept(*cards: Card, turns: tuple[Served, ...] = ()) -> KeptBoard:
    return KeptBoard(
        seen=SeenBoard("b", "Bureau", "AbCd1234"),
        cards={each.id: each for each in cards},
        mark=Mark("b", "AbCd1234", activity=NOW),
        heard=NOW,
        turns=turns,
    )


def bare(at: timedelta) -> Card:
    return replace(known(), log=None, last_activity=NOW + at)


def test_a_log_goes_on_with_what_the_boards_log_tells() -> None:
    (found,) = gone_on(kept(known()), [bare(MINUTE)], (SAID,)).values()
    assert found.log == (MADE.action, SAID.action)


@pytest.mark.parametrize("lag", [2 * SECOND, -MINUTE])
def test_a_date_that_the_newest_entry_explains_tells_of_nothing_else(lag: timedelta) -> None:
    (found,) = gone_on(kept(known()), [bare(MINUTE + lag)], (SAID,)).values()
    assert found.log is not None


def test_a_date_that_no_entry_explains_asks_for_the_cards_own_log() -> None:
    (found,) = gone_on(kept(known()), [bare(MINUTE + 3 * SECOND)], (SAID,)).values()
    assert found.log is None


def test_a_card_that_is_as_it_was_stays_the_very_same_object() -> None:
    old = known()
    assert gone_on(kept(old), [replace(old, log=None)], ())[old.id] is old


def test_a_log_that_was_never_read_does_not_begin_in_the_middle() -> None:
    (found,) = gone_on(kept(replace(known(), log=None)), [bare(MINUTE)], (SAID,)).values()
    assert found.log is None


def test_entries_shown_again_stand_once_and_as_they_now_read() -> None:
    old = replace(known(), log=(MADE.action, replace(SAID.action, text="avant")))
    (found,) = gone_on(kept(old), [bare(MINUTE)], (SAID, MADE)).values()
    assert found.log == (MADE.action, SAID.action)


def test_a_card_whose_making_is_told_has_its_whole_log() -> None:
    found = begun([bare(MINUTE)], (SAID, MADE), NOW + 2 * MINUTE)
    assert found[card().id].log == (MADE.action, SAID.action)


def test_a_card_whose_making_is_not_told_is_left_out() -> None:
    assert begun([bare(MINUTE)], (SAID,), NOW + 2 * MINUTE) == {}


@pytest.mark.parametrize(("age", "told"), [(9 * MINUTE, False), (11 * MINUTE, True)])
def test_a_log_that_may_lag_behind_its_card_is_not_taken_for_whole(
    age: timedelta, told: bool
) -> None:
    hidden = bare(2 * MINUTE)
    found = begun([hidden], (SAID, MADE), hidden.last_activity + age)
    assert (card().id in found) is told


# What only the bot has moved

REF = "k7q2mz6xda"
POST = PostComment("Bonjour", REF)
POSTED = Entry(card().id, action("commentCard", BOT, NOW + MINUTE, text="Bonjour"))


def own(*changes: Change, **parts: object) -> KeptBoard:
    return kept(known(), turns=(Served(known(**parts), changes),))


def moved(at: timedelta = MINUTE) -> Mark:
    return Mark("b", "AbCd1234", activity=NOW + at)


def test_what_the_bot_wrote_itself_is_known_without_reading_the_board() -> None:
    found = after_own_writes(own(POST), moved(), (POSTED,), BOT)
    assert found is not None
    assert found.cards[card().id].log == (MADE.action, POSTED.action)
    assert (found.mark, found.turns) == (moved(), ())


@pytest.mark.parametrize(
    ("entries", "at"),
    [
        ((POSTED, SAID), MINUTE),
        ((POSTED,), MINUTE + 3 * SECOND),
        ((), MINUTE),
        ((POSTED, replace(POSTED, action=replace(POSTED.action, id="second"))), MINUTE),
        ((POSTED, Entry("", action("addMemberToBoard", MEL.member_id, NOW))), MINUTE),
    ],
    ids=["somebody's word", "a hidden act", "nothing told", "another's like it", "a new member"],
)
def test_anything_else_that_moved_the_board_is_looked_at(
    entries: tuple[Entry, ...], at: timedelta
) -> None:
    assert after_own_writes(own(POST), moved(at), entries, BOT) is None


def test_a_part_without_an_id_of_its_own_is_looked_at() -> None:

    made = own(POST, checklists=(Checklist("new:Étapes", "Étapes"),))
    assert after_own_writes(made, moved(), (POSTED,), BOT) is None


def test_a_member_that_the_bot_added_and_a_reaction_are_its_own() -> None:
    added = Entry(card().id, action("addMemberToCard", BOT, NOW + MINUTE, about=MEL.member_id))
    mine = own(AddMember(MEL.member_id, "mel"), React("a"))
    assert after_own_writes(mine, moved(), (added,), BOT) is not None


def test_an_act_like_the_bots_own_is_the_persons_who_did_it() -> None:
    """The bot's own entry is in the card's log already: the executor has read it since."""
    dated = Entry(card().id, action("updateCard", BOT, NOW + SECOND, field="due"))
    theirs = Entry(card().id, action("updateCard", MEL.member_id, NOW + MINUTE, field="due"))
    told = replace(known(), log=(MADE.action, dated.action))
    mine = kept(known(), turns=(Served(told, (SetDates(NOW),)),))
    assert after_own_writes(mine, moved(SECOND), (dated,), BOT) is not None
    assert after_own_writes(mine, moved(), (dated, theirs), BOT) is None


AWAY = Entry(card().id, action("moveCardToBoard", MEL.member_id, NOW + MINUTE))


def test_a_card_that_has_been_on_another_board_is_asked_for_its_own_log() -> None:
    (found,) = gone_on(kept(known()), [bare(MINUTE)], (AWAY,)).values()
    assert found.log is None
    assert begun([bare(MINUTE)], (AWAY, MADE), NOW + 2 * MINUTE) == {}


def test_a_return_that_its_own_log_tells_of_is_no_news() -> None:
    old = replace(known(), log=(MADE.action, AWAY.action))
    (found,) = gone_on(kept(old), [bare(MINUTE)], (AWAY,)).values()
    assert found.log == (MADE.action, AWAY.action)
