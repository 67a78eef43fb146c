"""The dead man's ping: heard after complete passes, in nobody's way, and its address a secret."""

import logging
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from bot import deadman as watching
from bot.deadman import Deadman, secrets_of
from bot.redaction import RedactingFilter, Redactor
from bot.trello.transport import NOISY_LOGGERS
from tests.end_to_end.receivers import until
from tests.unit.shell.test_pulse import Hours
from tests.unit.trello.doubles import RESET, RawServer, http

SECRET = "/ping/7d3b5f81-626d-7e8f-9a0b-1c2d3e0c4a9e"
QUERY = "?token=9f8e7d6c5b4a3928"
WELL = http("200 OK", b"OK", "text/plain")


@pytest.fixture
def hours() -> Hours:
    return Hours()


@contextmanager
def watched(*answers: bytes, hours: Hours) -> Iterator[tuple[RawServer, Callable[[], None]]]:
    """Yield a watchman and how to sign; each sign comes after the rest and is waited for."""
    with RawServer(*answers) as server:
        deadman = Deadman(server.url.removesuffix("/1") + SECRET + QUERY, 5.0, hours)

        def sign() -> None:
            deadman.sign()
            until(lambda: not is_under_way())
            hours.now += watching.REST

        yield server, sign
        deadman.close()


def is_under_way() -> bool:
    """Tell whether a sign is being sent."""
    return any(each.name == watching.THREAD for each in threading.enumerate())


def names(log: pytest.LogCaptureFixture) -> list[str]:
    return [each.event["event"] for each in log.records if hasattr(each, "event")]


@pytest.mark.covers("M1")
def test_m1_a_sign_arrives_and_nothing_is_logged(
    hours: Hours, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    with watched(WELL, hours=hours) as (server, sign):
        sign()
        sign()
    assert [each.split()[:2] for each in server.requests] == [
        [b"GET", (SECRET + QUERY).encode()]
    ] * 2
    assert names(caplog) == []


@pytest.mark.parametrize(
    "bad",
    [
        http("500 Internal Server Error"),
        http("404 Not Found"),
        http("301 Moved", more="Location: http://192.0.2.1/elsewhere\r\n"),
        RESET,
        b"nonsense\r\n\r\n",
    ],
    ids=["500", "404", "redirect", "reset", "nonsense"],
)
def test_a_watchman_who_does_not_hear_is_told_once_and_once_that_he_hears_again(
    hours: Hours, caplog: pytest.LogCaptureFixture, bad: bytes
) -> None:
    caplog.set_level(logging.INFO)
    with watched(bad, bad, bad, WELL, hours=hours) as (server, sign):
        for _ in range(5):
            sign()
    assert len(server.requests) == 5
    assert names(caplog) == ["deadman_lost", "over"]


def test_a_watchman_who_never_answers_holds_nobody_up(
    hours: Hours, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        deadman = Deadman(f"http://127.0.0.1:{silent.getsockname()[1]}{SECRET}", 0.3, hours)
        deadman.sign()
        # It is back while the sign is still under way, and sends no second one meanwhile.
        assert is_under_way()
        hours.now += watching.REST
        deadman.sign()
        until(lambda: not is_under_way())
        silent.accept()[0].close()
        silent.settimeout(0)
        with pytest.raises(BlockingIOError):
            silent.accept()
        deadman.close()
    assert names(caplog) == ["deadman_lost"]


def test_a_machine_without_room_for_a_thread_fails_no_pass(
    hours: Hours, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: threading.Thread) -> None:
        message = "can't start new thread"
        raise RuntimeError(message)

    caplog.set_level(logging.INFO)
    with watched(WELL, hours=hours) as (server, sign):
        with monkeypatch.context() as patched:
            patched.setattr(threading.Thread, "start", full)
            sign()
        assert names(caplog) == ["deadman_lost"]
        sign()
    assert len(server.requests) == 1
    assert names(caplog) == ["deadman_lost", "over"]


def test_many_passes_in_a_moment_make_one_sign(hours: Hours) -> None:
    with RawServer(WELL) as server:
        deadman = Deadman(server.url, 5.0, hours)
        for _ in range(20):
            deadman.sign()
            until(lambda: not is_under_way())
        deadman.close()
    assert len(server.requests) == 1


@pytest.mark.parametrize("answer", [WELL, http("500 No"), RESET], ids=["well", "500", "reset"])
def test_s6_the_address_appears_nowhere_also_where_trellos_secrets_are_masked_first(
    hours: Hours, caplog: pytest.LogCaptureFixture, answer: bytes
) -> None:
    caplog.set_level(logging.DEBUG)
    masks = RedactingFilter(Redactor())
    for name in NOISY_LOGGERS:
        logging.getLogger(name).addFilter(masks)
    with watched(answer, hours=hours) as (_, sign):
        sign()
    for name in NOISY_LOGGERS:
        logging.getLogger(name).removeFilter(masks)
    shown = caplog.text + "".join(str(vars(each)) for each in caplog.records)
    assert SECRET not in shown
    assert QUERY[7:] not in shown
    assert SECRET not in repr(Deadman(f"https://watch.example{SECRET}"))


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("", ("", "", "")),
        ("https://a.example/b/c", ("https://a.example/b/c", "/b/c", "")),
        (' "https://a.example/b?c=d"\n', ("https://a.example/b?c=d", "/b", "c=d")),
        ("http://[", ("http://[",)),
    ],
)
def test_the_log_masks_the_address_and_what_follows_the_host(
    url: str, kept: tuple[str, ...]
) -> None:
    assert secrets_of(url) == kept
