"""The real stack of requests and urllib3, against a server on this machine."""

import socket
from collections.abc import Callable

import pytest

from bot.ports import (
    Applied,
    NotApplied,
    RetryLaterError,
    SkipError,
    StopError,
    TrelloError,
    Unknown,
)
from bot.trello.decode import decode
from bot.trello.wire import WireId
from tests.unit.trello.doubles import CARD, COMMENT, RESET, FakeTime, RawServer, http, open_api

JSON = b'{"id":"5e95d1b4f43f9a06497f17f7","data":{"text":"\\u00e9t\xc3\xa9","n":[1,2.5,null]}}'
BUSY = http("429 Too Many Requests", b'{"error":"API_TOKEN_LIMIT_EXCEEDED"}')
BUSY_PAGE = http("429 Too Many Requests", b"<html>slow down</html>", "text/html")
OK = http("200 OK", JSON)


def nobody_listens() -> str:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return f"http://127.0.0.1:{listener.getsockname()[1]}/1"


@pytest.mark.covers("A11", "C1")
def test_c1_a_write_whose_connection_is_reset_is_sent_once_and_unknown() -> None:
    with RawServer(RESET) as server, open_api(server.url) as api:
        assert isinstance(api.write("POST", COMMENT, {"text": "Bonjour"}), Unknown)
    assert len(server.requests) == 1


@pytest.mark.covers("A11")
def test_a11_a_kept_connection_that_breaks_under_a_write_is_not_used_to_send_it_again() -> None:
    with RawServer(OK, RESET, OK) as server, open_api(server.url) as api:
        api.get(f"/cards/{CARD}")
        assert isinstance(api.write("POST", COMMENT, {"text": "Bonjour"}), Unknown)
    assert [request[:4] for request in server.requests] == [b"GET ", b"POST"]


def test_a_read_whose_connection_is_reset_is_asked_three_times_at_most() -> None:
    with RawServer(RESET) as server, open_api(server.url) as api, pytest.raises(RetryLaterError):
        api.get(f"/cards/{CARD}")
    assert len(server.requests) == 3


def test_a_read_survives_two_broken_connections() -> None:
    with RawServer(RESET, RESET, OK) as server, open_api(server.url) as api:
        assert api.get(f"/cards/{CARD}") == JSON


@pytest.mark.covers("A10")
def test_a10_a_write_that_finds_no_server_is_not_applied() -> None:
    with open_api(nobody_listens()) as api:
        outcome = api.write("POST", COMMENT, {"text": "Bonjour"})
    assert isinstance(outcome, NotApplied)
    assert isinstance(outcome.error, RetryLaterError)
    assert api.traffic.writes == 3


def cut_in_transit(length: int) -> bytes:
    """The head promises the whole body."""
    whole = http("200 OK", JSON)
    return whole[: len(whole) - len(JSON) + length]


def cut_before_sending(length: int) -> bytes:
    """The head is true of the shortened body."""
    return http("200 OK", JSON[:length])


@pytest.mark.covers("A12")
@pytest.mark.parametrize("cut", [cut_in_transit, cut_before_sending])
def test_a12_an_answer_cut_at_any_byte_leaves_a_write_unknown(cut: Callable[[int], bytes]) -> None:
    with RawServer(*map(cut, range(len(JSON)))) as server, open_api(server.url) as api:
        outcomes = [api.write("POST", COMMENT, {"text": "x"}) for _ in range(len(JSON))]
    assert {type(outcome) for outcome in outcomes} == {Unknown}
    assert len(server.requests) == len(JSON)


@pytest.mark.covers("A12")
@pytest.mark.parametrize("cut", [cut_in_transit, cut_before_sending])
def test_a12_an_answer_cut_at_any_byte_is_asked_for_again_and_never_believed(
    cut: Callable[[int], bytes],
) -> None:
    answers = [cut(length) for length in range(len(JSON)) for _ in range(3)]
    with RawServer(*answers) as server, open_api(server.url) as api:
        for _ in range(len(JSON)):
            with pytest.raises(RetryLaterError):
                api.get(f"/cards/{CARD}")
    assert len(server.requests) == len(answers)


@pytest.mark.covers("A12")
def test_a12_an_answer_cut_where_it_seems_to_end_is_never_believed() -> None:
    large = b'{"id":"a","more":{"x":"' + b"x" * (1 << 16) + b'"}'
    with RawServer(http("200 OK", large)) as server, open_api(server.url) as api:
        body = api.get(f"/cards/{CARD}")
    with pytest.raises(RetryLaterError):
        decode(body, WireId, "GET /x")


@pytest.mark.covers("A12")
def test_a12_a_head_cut_at_any_byte_leaves_a_write_unknown() -> None:
    head = OK[: len(OK) - len(JSON)]
    with RawServer(*[head[:n] for n in range(len(head))]) as server, open_api(server.url) as api:
        outcomes = {type(api.write("POST", COMMENT, {"text": "x"})) for _ in range(len(head))}
    assert outcomes == {Unknown}


@pytest.mark.covers("A9")
@pytest.mark.parametrize(
    "answer",
    [
        http("200 OK", b"<html>maintenance</html>", "text/html"),
        http("200 OK", b"<html>maintenance</html>"),
        http("200 OK", JSON, "text/plain"),
        http("200 OK", b""),
        http("200 OK", b"null"),
        http("202 Accepted", b"{}"),
        http("204 No Content"),
        http("302 Found", b"", more="Location: http://evil.example/1/\r\n"),
        http("408 Request Timeout", b"late", "text/plain"),
        http("449 Retry With", b'{"originalStatus":500}'),
        http("500 Internal Server Error", b"oops", "text/plain"),
        http("503 Service Unavailable", b"<html>", "text/html"),
        http("504 Gateway Timeout", b"", "text/plain"),
    ],
)
def test_a9_a_write_is_unknown_and_sent_once_after(answer: bytes) -> None:
    with RawServer(answer) as server, open_api(server.url) as api:
        assert isinstance(api.write("PUT", f"/cards/{CARD}", {"desc": "x"}), Unknown)
    assert len(server.requests) == 1


@pytest.mark.covers("A8", "A22")
@pytest.mark.parametrize(
    ("answer", "times"),
    [
        (http("200 OK", b"<html>maintenance</html>", "text/html"), 3),
        (http("200 OK", b"null"), 3),
        (http("200 OK", JSON, more="Age: 31\r\n"), 3),
        (http("408 Request Timeout", b"late", "text/plain"), 3),
        (http("449 Retry With", b'{"originalStatus":500}'), 2),
        (http("500 Internal Server Error", b"oops", "text/plain"), 3),
        (http("502 Bad Gateway", b"<html>", "text/html"), 3),
        (http("503 Service Unavailable", b"<html>", "text/html"), 3),
        (http("504 Gateway Timeout", b"", "text/plain"), 3),
        (http("302 Found", b"", more="Location: http://evil.example/1/\r\n"), 1),
    ],
)
def test_a8_a_read_is_tried_again_so_often(answer: bytes, times: int) -> None:
    with RawServer(answer) as server, open_api(server.url) as api, pytest.raises(RetryLaterError):
        api.get(f"/cards/{CARD}")
    assert len(server.requests) == times


@pytest.mark.covers("A21", "S8")
@pytest.mark.parametrize("where", ["http://127.0.0.1:9/", "//evil.example/", "http://[::1", "\\"])
def test_a21_a_redirect_is_never_followed(where: str) -> None:
    answer = http("301 Moved Permanently", b"", more=f"Location: {where}\r\n")
    with (
        RawServer(answer) as server,
        open_api(server.url) as api,
        pytest.raises(RetryLaterError, match="redirect"),
    ):
        api.get(f"/cards/{CARD}")
    assert len(server.requests) == 1


@pytest.mark.covers("A4", "A7")
@pytest.mark.parametrize("busy", [BUSY, BUSY_PAGE])
def test_a4_a7_a_write_refused_by_the_limit_is_sent_again_after_one_window(busy: bytes) -> None:
    clock = FakeTime(jitter=0.25)
    with RawServer(busy, OK) as server, open_api(server.url, clock) as api:
        assert isinstance(api.write("POST", COMMENT, {"text": "x"}), Applied)
    assert clock.slept == [10.25]
    assert api.traffic.throttled == 1


@pytest.mark.covers("A4")
@pytest.mark.parametrize(
    ("retry_after", "slept"),
    [("3", 3.0), ("0", 1.0), ("99999999", 900.0), ("Wed, 21 Oct 2026 07:28:00 GMT", 10.5)],
)
def test_a4_retry_after_is_kept(retry_after: str, slept: float) -> None:
    clock = FakeTime()
    busy = http("429 Too Many", b"x", "text/plain", f"Retry-After: {retry_after}\r\n")
    with RawServer(busy, OK) as server, open_api(server.url, clock) as api:
        api.get(f"/cards/{CARD}")
    assert clock.slept == [slept]


@pytest.mark.covers("A5")
def test_a5_after_five_refusals_nothing_more_is_asked_in_this_pass() -> None:
    with RawServer(BUSY) as server, open_api(server.url) as api:
        api.begin_pass(1000)
        for _ in range(20):
            with pytest.raises(RetryLaterError):
                api.get(f"/cards/{CARD}")
        assert len(server.requests) == 5
        api.begin_pass(1000)
        assert isinstance(api.write("POST", COMMENT, {"text": "x"}), NotApplied)
    assert len(server.requests) == 8


@pytest.mark.covers("A14")
@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        ("400 Bad Request", b"invalid value for text", SkipError),
        ("401 Unauthorized", b"invalid token", StopError),
        ("401 Unauthorized", b"unauthorized card permission requested", SkipError),
        ("404 Not Found", b"The requested resource was not found.", SkipError),
    ],
)
def test_a14_a_refused_write_is_not_applied(
    status: str, body: bytes, error: type[TrelloError]
) -> None:
    with RawServer(http(status, body, "text/plain")) as server, open_api(server.url) as api:
        outcome = api.write("POST", COMMENT, {"text": "x"})
    assert isinstance(outcome, NotApplied)
    assert isinstance(outcome.error, error)
    assert len(server.requests) == 1


@pytest.mark.covers("A19")
def test_a19_many_requests_share_one_connection() -> None:
    with RawServer(OK) as server, open_api(server.url) as api:
        for _ in range(30):
            api.get(f"/cards/{CARD}")
            api.write("POST", COMMENT, {"text": "x"})
    assert server.connections == 1
