import ssl

import pytest
import requests
from urllib3.connection import HTTPConnection
from urllib3.connectionpool import HTTPConnectionPool
from urllib3.exceptions import (
    ConnectTimeoutError,
    MaxRetryError,
    NameResolutionError,
    NewConnectionError,
    ProtocolError,
    ReadTimeoutError,
    SSLError,
)

from bot.ports import RetryLaterError, SkipError, StopError, TrelloError
from bot.redaction import Redactor
from bot.trello.verdict import AnswerLostError, Call, judge, judge_silence, nothing_sent

READ = Call("GET", "/cards/5e95d1b4f43f9a06497f17f7")
WRITE = Call("POST", "/cards/5e95d1b4f43f9a06497f17f7/actions/comments")


def answer(
    status: int, body: str = "", kind: str = "text/plain; charset=utf-8"
) -> requests.Response:
    response = requests.Response()
    response.status_code = status
    response.headers["Content-Type"] = kind
    response._content = body.encode()
    return response


def failure(call: Call, response: requests.Response) -> TrelloError:
    verdict = judge(call, response, Redactor())
    assert verdict is not None
    return verdict.error


@pytest.mark.covers("A1")
@pytest.mark.parametrize("call", [READ, WRITE])
@pytest.mark.parametrize(
    ("status", "body"),
    [
        (401, "invalid key"),
        (401, "invalid token"),
        (401, "invalid app token"),
        (401, "expired token"),
        (401, '{"message":"missing scopes"}'),
        (401, "<html>"),
        (401, ""),
        (404, "Cannot GET /members/me"),
        (404, "Cannot POST /1/cards/?key=a&token=b"),
    ],
)
def test_a1_the_operator_is_told_when_trello_does_not_let_the_bot_in(
    call: Call, status: int, body: str
) -> None:
    assert type(failure(call, answer(status, body))) is StopError


@pytest.mark.covers("A2", "A3", "A14")
@pytest.mark.parametrize("call", [READ, WRITE])
@pytest.mark.parametrize(
    ("status", "body", "why"),
    [
        (400, "invalid id", "refused"),
        (400, "invalid value for text", "refused"),
        (400, '{"message":"invalid value for name","error":"ERROR"}', "refused"),
        (401, "unauthorized permission requested", "forbidden"),
        (401, "unauthorized card permission requested", "forbidden"),
        (401, "unauthorized board list requested 5e95d1b4f43f9a06497f17f7", "forbidden"),
        (403, '{"error":"API_TOO_MANY_CARDS_REQUESTED"}', "forbidden"),
        (403, "", "forbidden"),
        (404, "The requested resource was not found.", "gone"),
        (404, "model not found", "gone"),
        (409, "", "refused"),
        (413, "", "refused"),
        (414, "<html>414</html>", "refused"),
        (418, "[]", "refused"),
    ],
)
def test_a2_a3_a14_one_card_or_board_is_skipped(
    call: Call, status: int, body: str, why: str
) -> None:
    error = failure(call, answer(status, body))
    assert isinstance(error, SkipError)
    assert (error.why, error.status, error.route) == (why, status, call.route)


@pytest.mark.covers("K1")
@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("member is already on the card", True),
        ("that label is already on the card", True),
        ("invalid value for value", False),
    ],
)
def test_k1_adding_what_is_there_can_be_told_from_a_refusal(body: str, expected: bool) -> None:
    error = failure(WRITE, answer(400, body))
    assert isinstance(error, SkipError)
    assert error.already_there is expected


@pytest.mark.parametrize(
    ("body", "kind", "detail"),
    [
        ("invalid id\nat line 3", "text/plain", "invalid id"),
        ('{"message":"Rate","error":"LIMIT"}', "application/json", "LIMIT, Rate"),
        ("{broken", "application/json", "{broken"),
        ("<html>secret page</html>", "text/html", ""),
        ("\x1b[31mred\x07", "text/plain", " [31mred "),
        ("x" * 900, "text/plain", "x" * 200),
        ("?key=abc&token=def", "text/plain", "?key=***&token=***"),
    ],
)
def test_trellos_reason_is_one_masked_line(body: str, kind: str, detail: str) -> None:
    assert failure(WRITE, answer(400, body, kind)).detail == detail


def test_an_error_says_what_happened_and_where() -> None:
    error = failure(READ, answer(404, "model not found"))
    assert str(error) == (
        'Trello has no such thing (any more): "model not found"'
        " (GET /cards/5e95d1b4f43f9a06497f17f7 -> 404)"
    )
    assert str(RetryLaterError("Busy")) == "Busy"
    assert str(StopError("Wrong", detail="why")) == 'Wrong: "why"'


def test_a_good_answer_has_no_failure() -> None:
    good = answer(200, ' {"_value":null} ', "application/json; charset=utf-8")
    assert judge(WRITE, good, Redactor()) is None


def test_a_list_so_deep_that_it_cannot_be_read_is_a_failure() -> None:
    deep = answer(200, "[" * 100_000, "application/json")
    assert isinstance(failure(WRITE, deep), AnswerLostError)


POOL = HTTPConnectionPool("127.0.0.1", 1)
WIRE = HTTPConnection("127.0.0.1", 1)


@pytest.mark.covers("A10")
@pytest.mark.parametrize(
    ("reason", "unsent"),
    [
        (NewConnectionError(WIRE, "refused"), True),
        (NameResolutionError("api.trello.com", WIRE, OSError()), True),  # type: ignore[arg-type]
        (ConnectTimeoutError(WIRE, "late"), True),
        (SSLError(ssl.SSLCertVerificationError("self-signed")), True),
        (SSLError(ssl.SSLError("record layer failure")), False),
        (SSLError(), False),
        (ProtocolError("aborted"), False),
        (ReadTimeoutError(POOL, "/", "late"), False),
    ],
)
def test_a10_only_a_connection_never_made_has_sent_nothing(reason: Exception, unsent: bool) -> None:
    assert nothing_sent(requests.ConnectionError(reason)) is unsent
    assert nothing_sent(requests.ConnectionError(MaxRetryError(POOL, "/", reason))) is unsent


@pytest.mark.parametrize(
    ("silence", "message"),
    [
        (requests.ConnectTimeout(), "No connection"),
        (requests.ConnectionError(), "broke"),
        (requests.ReadTimeout(), "in time"),
        (
            requests.exceptions.SSLError(SSLError(ssl.SSLCertVerificationError("x"))),
            "certificate",
        ),
    ],
)
def test_the_message_says_what_broke(silence: requests.RequestException, message: str) -> None:
    assert message in judge_silence(READ, silence).error.message


@pytest.mark.parametrize(
    ("status", "body", "refused", "variable"),
    [
        (401, "invalid key", "key", "TRELLO_API_KEY"),
        (401, "invalid token", "token", "TRELLO_API_TOKEN"),
        (401, "invalid app token", "token", "TRELLO_API_TOKEN"),
        (401, "expired token", "token", "TRELLO_API_TOKEN"),
        (401, '{"message":"missing scopes"}', "token", "TRELLO_API_TOKEN"),
        (401, "", None, "TRELLO_API_KEY and TRELLO_API_TOKEN"),
        (404, "Cannot GET /1/x", None, "TRELLO_API_URL"),
    ],
)
def test_a_refusal_says_which_credential_is_wrong(
    status: int, body: str, refused: str | None, variable: str
) -> None:
    error = failure(READ, answer(status, body))
    assert isinstance(error, StopError)
    assert error.refused == refused
    assert error.message.endswith(f"check {variable}")
