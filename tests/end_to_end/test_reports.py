"""What a pass tells of itself: it counts what was written, and the log holds ids, not words."""

import logging
import threading
from datetime import timedelta

import pytest

from bot.journal import Journal
from bot.worker import Ticker
from tests.end_to_end.faults import Always, answer
from tests.end_to_end.moments import MOMENTS
from tests.end_to_end.office import READING, Office
from tests.end_to_end.scenarios import SCENARIOS

MINUTE = timedelta(minutes=1)
PRIVATE = ("plombier", "Atelier", "Paul", "Mel", "Bloqué", "devis")
"""What stands in titles, in what people type and in what the bot writes."""


def _told(
    office: Office, log: pytest.LogCaptureFixture, level: int = logging.INFO
) -> dict[str, int]:
    """Make one pass of a worker, and return the counts in its line of the log."""
    log.set_level(level)
    journal = Journal()
    Ticker(lambda: office.apply(seen=journal.wrote), MINUTE, threading.Event(), journal)()
    (line,) = [each for each in log.messages if each.startswith("pass: ")]
    counts = (each.split("=") for each in line.split()[1:])
    return {name: int(count) for name, count in counts if count.isdecimal()}


def _carried_out(office: Office) -> int:
    return sum(e.method not in READING and e.status == 200 for e in office.app.requests)


@pytest.mark.covers("C3", "M5")
@pytest.mark.parametrize("name", SCENARIOS)
def test_as_many_changes_are_told_as_the_service_has_carried_out(
    office: Office, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    SCENARIOS[name](office)
    before, asked = _carried_out(office), len(office.app.requests)
    told = _told(office, caplog)
    assert told["applied"] == told["changes"] == _carried_out(office) - before
    assert told["repaired"] == (name in {"crossed", "doubled"})
    assert told["requests"] == len(office.app.requests) - asked


@pytest.mark.covers("M4", "M5")
def test_what_was_refused_is_not_counted_as_done_and_shows_in_the_exit_code(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    office.complete()
    office.app.faults = Always("POST", "/idMembers", answer(400, "invalid value for value"))
    told = _told(office, caplog)
    assert told["applied"] == _carried_out(office) == told["changes"] - 2
    assert told["exit"] == 3


@pytest.mark.covers("M6")
@pytest.mark.parametrize("level", [logging.INFO, logging.DEBUG])
@pytest.mark.parametrize("refused", ["nothing", "/"])
@pytest.mark.parametrize("name", ["stalled", "check_in", "passed_by_a_question", "changed", "why"])
def test_the_log_holds_ids_and_no_word_of_a_card_not_at_debug_either(
    office: Office, caplog: pytest.LogCaptureFixture, name: str, refused: str, level: int
) -> None:
    MOMENTS[name](office)
    office.app.faults = Always("POST", refused, answer(400, "invalid value for value"))
    _told(office, caplog, level)
    assert "card=" in caplog.text
    assert ("GET /cards/" in caplog.text) == (level == logging.DEBUG)
    shown = caplog.text + "".join(str(vars(each)) for each in caplog.records)
    assert [each for each in PRIVATE if each in shown] == []
