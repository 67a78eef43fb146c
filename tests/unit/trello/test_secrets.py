"""Key, token and secret show up nowhere, whatever happens (G8)."""

import base64
import logging
import traceback
from collections.abc import Callable

import pytest

from bot.ports import Applied, NotApplied, Outcome, TrelloError, Unknown
from bot.trello.client import TrelloApi
from bot.trello.connection import Connection, HeaderCredentials
from tests.unit.trello.doubles import (
    CARD,
    COMMENT,
    KEY,
    RESET,
    SECRET,
    TOKEN,
    RawServer,
    http,
    open_api,
)

LEAK = f"Cannot GET /1/boards/?key={KEY}&token={TOKEN}".encode()
ECHO = f'{{"message":"no","error":"OAuth {TOKEN} {base64.b64encode(KEY.encode()).decode()}"}}'


def pieces() -> set[str]:
    """Every eight characters in a row of a secret or of its base64."""
    spelled = [KEY, TOKEN, SECRET]
    spelled += [base64.b64encode(secret.encode()).decode() for secret in (KEY, TOKEN, SECRET)]
    return {text[at : at + 8] for text in spelled for at in range(len(text) - 7)}


PIECES = pieces()


def assert_clean(*texts: object) -> None:
    for text in map(str, texts):
        assert not [piece for piece in PIECES if piece in text], text


def shown(error: BaseException) -> list[str]:
    """All that a crash report may print of an error, local variables of each frame included."""
    report = traceback.TracebackException.from_exception(error, capture_locals=True)
    return [str(error), repr(error), repr(vars(error)), *report.format(chain=True)]


@pytest.fixture(autouse=True)
def everything_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)


ANSWERS = {
    "good": http("200 OK", b'{"id":"x"}'),
    "reset": RESET,
    "truncated": http("200 OK", b'{"id":'),
    "page": http("200 OK", b"<html>", "text/html"),
    "redirect": http("302 Found", more=f"Location: http://evil.example/?token={TOKEN}\r\n"),
    "unknown route": http("404 Not Found", LEAK, "text/plain"),
    "echo": http("400 Bad Request", ECHO.encode()),
    "echo in plain text": http("400 Bad Request", b"x" * 150 + TOKEN.encode(), "text/plain"),
    "revoked": http("401 Unauthorized", b"invalid token", "text/plain"),
    "no rights": http("401 Unauthorized", b"unauthorized permission requested", "text/plain"),
    "busy": http("429 Too Many Requests", b"x", more="Retry-After: 1\r\n"),
    "down": http("503 Service Unavailable", LEAK, "text/plain"),
}
REQUESTS: dict[str, Callable[[TrelloApi], bytes | Outcome]] = {
    "read": lambda api: api.get(f"/boards/{CARD}", {"fields": "name"}),
    "token": lambda api: api.token_facts(),
    "write": lambda api: api.write("POST", COMMENT, {"text": "Bonjour"}),
    "forbidden": lambda api: api.write("DELETE", f"/boards/{CARD}"),
}


def errors_of(api: TrelloApi, request: Callable[[TrelloApi], bytes | Outcome]) -> list[TrelloError]:
    """Make a request and return the error that it ends in, if any."""
    try:
        match request(api):
            case NotApplied(error) | Unknown(error):
                return [error]
            case Applied(body) | body:
                assert_clean(body)
    except TrelloError as failure:
        return [failure]
    return []


@pytest.mark.covers("S6")
@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
@pytest.mark.parametrize("request_made", REQUESTS.values(), ids=REQUESTS)
def test_s6_no_secret_is_shown(
    request_made: Callable[[TrelloApi], bytes | Outcome],
    answer: bytes,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with RawServer(answer) as server, open_api(server.url) as api:
        errors = errors_of(api, request_made)
    for error in errors:
        assert_clean(*shown(error))
    assert_clean(caplog.text, *(record.__dict__ for record in caplog.records))
    assert_clean(repr(api), repr(api._transport), vars(api._client), vars(api._client.oauth.client))


@pytest.mark.covers("S6")
@pytest.mark.parametrize("request_made", REQUESTS.values(), ids=REQUESTS)
def test_s6_no_secret_is_shown_without_a_connection(
    request_made: Callable[[TrelloApi], bytes | Outcome], caplog: pytest.LogCaptureFixture
) -> None:
    with RawServer(RESET) as server:
        url = server.url
    with open_api(url) as api:
        for error in errors_of(api, request_made):
            assert_clean(*shown(error))
    assert_clean(caplog.text)


@pytest.mark.covers("S7")
@pytest.mark.parametrize("name", ["read", "write"])
@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_s7_no_url_holds_a_secret(name: str, answer: bytes) -> None:
    with RawServer(answer) as server, open_api(server.url) as api:
        errors_of(api, REQUESTS[name])
    assert server.requests
    for request in server.requests:
        assert_clean(request.partition(b"\r\n")[0])
        assert_clean(request.partition(b"\r\n\r\n")[2])


def test_s6_the_connection_library_logs_the_token_route_masked(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with RawServer(ANSWERS["good"]) as server, open_api(server.url) as api:
        api.token_facts()
    assert f"GET /1/tokens/{TOKEN} HTTP/1.1".encode() in server.requests[0]
    assert "/tokens/***" in caplog.text


def test_the_logs_are_left_as_they_were_after_closing() -> None:
    log = logging.getLogger("urllib3.connectionpool")
    before = list(log.filters)
    with open_api():
        assert log.filters != before
    assert log.filters == before


def test_s6_credentials_show_nothing() -> None:
    connection = Connection(KEY, TOKEN, SECRET)
    assert_clean(repr(connection), f"{connection}", repr([connection]))
    assert_clean(repr(HeaderCredentials(connection)))
