"""The log is sentences on a terminal and JSON lines elsewhere, without a secret in either."""

import json
import logging
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from rich.console import Console

from bot.events import Bug, Down, Pass, Stopping, tell
from bot.logbook import JsonLines, handler
from bot.redaction import Redactor

CANARY = "c0ffee" * 6
PASS = Pass(3, 2, 0, 5, 1, 1, 9, 12, 0.1, 0.01, 1.5, 4)


@pytest.fixture
def log() -> Iterator[logging.Logger]:
    found = logging.getLogger("bot.tested")
    found.setLevel(logging.DEBUG)
    found.propagate = False
    yield found
    found.handlers[:] = []


def listening(log: logging.Logger, *, terminal: bool) -> StringIO:
    written = StringIO()
    console = Console(file=written, force_terminal=terminal, width=200, color_system=None)
    log.addHandler(handler(console, Redactor([CANARY])))
    return written


def lines(written: StringIO) -> list[dict[str, Any]]:
    return [json.loads(each) for each in written.getvalue().splitlines()]


def test_off_a_terminal_each_line_is_an_object_with_its_hour_level_name_and_keys(
    log: logging.Logger,
) -> None:
    written = listening(log, terminal=False)
    tell(log, PASS)
    tell(log, Stopping())
    log.debug("GET %s -> 200", "/boards/x")
    first, second, third = lines(written)
    assert first.pop("at").endswith("Z")
    assert first == {"level": "INFO", **PASS.values}
    assert second["event"] == "stopping"
    assert (third["logger"], third["message"]) == ("bot.tested", "GET /boards/x -> 200")


def test_on_a_terminal_each_line_is_a_sentence_with_its_keys(log: logging.Logger) -> None:
    written = listening(log, terminal=True)
    tell(log, PASS)
    tell(log, Down("503"))
    assert "pass: changes=3 applied=2" in written.getvalue()
    assert "Trello does not answer as it should" in written.getvalue()
    assert "problem=503" in written.getvalue()


@pytest.mark.parametrize("terminal", [True, False])
def test_no_secret_reaches_the_log_in_a_key_a_message_or_a_trace(
    log: logging.Logger, terminal: bool
) -> None:
    written = listening(log, terminal=terminal)
    tell(log, Down(f"GET /tokens/{CANARY}"))
    log.warning("refused: %s", CANARY)
    try:
        int(CANARY)
    except ValueError:
        tell(log, Bug("ValueError", "here:1"), trace=True)
    assert "Traceback" in written.getvalue()
    assert CANARY not in written.getvalue()


def test_nothing_that_is_logged_steers_a_terminal(log: logging.Logger) -> None:
    written = listening(log, terminal=True)
    tell(log, Down("a\x1b[2Jb\x07"))
    log.warning("c\x1b]0;title\x07d")
    assert not {"\x1b", "\x07"} & set(written.getvalue())


@pytest.mark.parametrize(
    "text",
    ["a\nb\r\nc", "é ＠ 👍", "\udc80", "\x00\x1b"],
    ids=["lines", "letters", "half a character", "controls"],
)
def test_whatever_stands_in_a_key_makes_one_line_of_plain_ascii(text: str) -> None:
    # Not through a logger: the tests' own processes cannot tell each other half a character.
    event = Down(text)
    record = logging.makeLogRecord({"msg": "%s", "args": (event,), "event": event.values})
    line = JsonLines().format(record)
    assert line.isascii()
    assert line.splitlines() == [line]
    assert json.loads(line)["problem"] == text
