"""A hand-over for nobody, so that the first real one finds everything compiled."""

import msgspec

from bot.domain.changes import kind_of
from bot.rehearsal import hand_over
from tests.end_to_end.office import Office


def test_a_rehearsed_hand_over_goes_from_description_to_comment_and_writes_nothing(
    office: Office,
) -> None:
    office.add_portfolio()
    card = office.complete()
    before = office.face(card)
    reading = office.bot.cycle.read(office.now)
    asked = len(office.app.requests)
    found = [kind_of(each.change) for each in hand_over(office.bot.cycle, reading, office.now)]
    assert found[0] == "set_description"
    assert found[-2:] == ["post_comment", "set_portfolio"]
    assert len(office.app.requests) == asked
    assert office.face(card) == before


def test_where_nothing_can_be_handed_over_nothing_is_rehearsed(office: Office) -> None:
    reading = office.bot.cycle.read(office.now)
    snapshot = reading.snapshot
    boards = {
        key: msgspec.structs.replace(
            each, labels=msgspec.structs.replace(each.labels, delegate=None), list_ids=frozenset()
        )
        for key, each in snapshot.boards.items()
    }
    snapshot = msgspec.structs.replace(snapshot, boards=boards)
    without = msgspec.structs.replace(reading, snapshot=snapshot)
    assert hand_over(office.bot.cycle, without, office.now) == ()


def test_every_board_is_rehearsed_in_its_peoples_languages(office: Office) -> None:
    other = office.add_board("Second")
    office.settings["boards"].append(other.short_link)
    office.fresh_bot()
    reading = office.bot.cycle.read(office.now)
    found = hand_over(office.bot.cycle, reading, office.now)
    assert sum(kind_of(each.change) == "post_comment" for each in found) == 2
