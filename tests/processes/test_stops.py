"""SIGTERM, once or several times, at a chosen moment: the write in hand is the last, exit 0."""

import signal

import pytest

from bot.sandbox.rows import Card
from tests.processes.logs import PASS, SETTLING, STOPPING, heard
from tests.processes.place import APPLY, Place
from tests.processes.recovery import Undisturbed, faults, recover
from tests.processes.strikes import Strike

INFO = {"LOG_LEVEL": "INFO"}
TERM = signal.SIGTERM


@pytest.mark.covers("F1", "F2")
def test_f1_f2_told_to_stop_amid_a_write_a_worker_finishes_it_and_begins_no_other(
    live: Place,
) -> None:
    strike = Strike(3, "answered", (TERM, TERM, signal.SIGINT, TERM), writes=True)
    assert live.run("worker", strike=strike).ended() == 0
    assert live.writes == 3
    assert {each.status for each in live.app.requests} == {200}


@pytest.mark.covers("F1")
def test_f1_told_to_stop_amid_a_later_pass_a_worker_finishes_the_write_and_begins_no_other(
    live: Place,
) -> None:
    worker = live.run("worker")
    heard(live.log(), PASS)
    before = live.writes
    live.desk.expect(
        Strike(2, "answered", (TERM, TERM), lambda: heard(live.log(), STOPPING), writes=True)
    )
    live.desk.meet(worker)
    another_card(live)
    assert worker.ended() == 0
    assert live.writes == before + 2
    live.settle("10m")
    recover(live)
    assert live.world.members(live.world.card_named(live.board, "Encore un appel")) == ["mel"]


def another_card(place: Place) -> Card:
    """Let the owner delegate one more card."""
    card = place.world.card_named(place.board, "Appel 1")
    paul = place.world.person("paul")
    notes = card.desc.partition("\n\n---\n")[0]
    list_ = place.app.store.lists[card.id_list]
    return paul.add_card(list_, "Encore un appel", desc=notes, labels=["delegate"])


@pytest.mark.covers("F1")
def test_f1_a_pass_told_to_stop_leaves_the_rest_to_the_next_which_need_not_wait(
    place: Place, wanted: Undisturbed
) -> None:
    place.settle("10m")
    strike = Strike(5, "answered", (TERM, TERM), writes=True)
    assert place.run(*APPLY, strike=strike).ended() == 3
    assert place.writes == 5
    recover(place)
    assert list(faults(place, wanted)) == []


@pytest.mark.covers("F1")
def test_f1_told_to_stop_while_it_waits_for_a_lost_answer_a_worker_ends_at_once(
    live: Place,
) -> None:
    live.settle("10m")
    strike = Strike(2, "applied", writes=True)
    worker = live.run("worker", strike=strike, env={"LOG_LEVEL": "DEBUG"})
    heard(live.log(), ": ConnectionError")
    worker.send(TERM)
    assert worker.ended() == 0
    assert live.writes == 2
    live.settle("1s")
    assert live.run("apply", env=INFO).ended() == 0
    heard(live.log(), SETTLING)
