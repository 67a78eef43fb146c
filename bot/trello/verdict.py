"""What an answer, or the lack of one, means: pure decisions on status, body and exception.

The same failure means different things to a read and to a write: a read may be repeated, a write
only when it has certainly not been carried out.
"""

import json
import re
import ssl
from typing import Final

import msgspec
import requests
from urllib3.exceptions import ConnectTimeoutError, MaxRetryError, NewConnectionError, SSLError

from bot.ports import RetryLaterError, SkipError, StopError, TrelloError, refused_credential
from bot.redaction import Redactor
from bot.trello.bodies import UNREADABLE, from_json

_TRIES: Final = 3

_NO_RIGHTS: Final = re.compile(r"unauthorized .*requested")
_NO_SUCH_ROUTE: Final = re.compile(r"Cannot [A-Z]+ /")
_LONGEST_DETAIL: Final = 200
_LARGE: Final = 1 << 16
"""Bytes of an answer from which on parsing it twice costs more than asking again now and then."""
_ENDS: Final = ((b"{", b"}"), (b"[", b"]"))


class AnswerLostError(RetryLaterError):
    """A write whose outcome is unknown: it may have been carried out, now or later."""


class Verdict(msgspec.Struct, frozen=True):
    """A failure and how often in all the request may be sent."""

    error: TrelloError
    tries: int = 1


class Call(msgspec.Struct, frozen=True):
    """A request as far as its failures are concerned."""

    method: str
    path: str

    @property
    def is_read(self) -> bool:
        """Whether repeating it changes nothing at Trello's."""
        return self.method == "GET"

    @property
    def route(self) -> str:
        """Method and path, for people; holds no credential."""
        return f"{self.method} {self.path}"


def judge(call: Call, answer: requests.Response, redactor: Redactor) -> Verdict | None:
    """Return what is wrong with ``answer``; ``None``: it is 200 with JSON."""
    status = answer.status_code
    if status == 200:
        return _judge_body(call, answer)
    if status == 429:
        message = "Trello is busy: too many requests"
        return Verdict(RetryLaterError(message, route=call.route, status=status), tries=_TRIES)
    if status in (408, 449) or not 400 <= status < 500:
        return _judge_trouble(call, answer)
    return Verdict(_refusal(call, status, _detail(answer, redactor)))


def judge_silence(call: Call, reason: requests.RequestException) -> Verdict:
    """Return what a request without a complete answer means."""
    if nothing_sent(reason):
        untrusted = isinstance(reason, requests.exceptions.SSLError)
        message = "Trello's certificate is not trusted" if untrusted else "No connection to Trello"
        return Verdict(RetryLaterError(message, route=call.route), tries=_TRIES)
    if isinstance(reason, requests.Timeout):
        return _lost(call, "Trello did not answer in time")
    return _lost(call, "The connection broke before Trello's answer was complete")


def nothing_sent(reason: requests.RequestException) -> bool:
    """Whether not one byte of the request has left: no connection was ever made.

    Of TLS errors only an untrusted certificate counts: others may come amid an answer.
    """
    if isinstance(reason, requests.ConnectTimeout):
        return True
    wrapped = reason.args[0] if reason.args else None
    if isinstance(wrapped, MaxRetryError):
        wrapped = wrapped.reason
    if isinstance(wrapped, SSLError):
        return bool(wrapped.args) and isinstance(wrapped.args[0], ssl.SSLCertVerificationError)
    return isinstance(wrapped, NewConnectionError | ConnectTimeoutError)


def _judge_body(call: Call, answer: requests.Response) -> Verdict | None:
    """Trello answers every success with JSON (254 of 254 recordings), never with nothing."""
    if "json" not in answer.headers.get("Content-Type", ""):
        return _lost(call, "Trello's answer is not JSON", 200)
    body = answer.content.strip()
    if body == b"null":
        return _lost(call, "Trello's answer is empty", 200)
    large = call.is_read and len(body) > _LARGE
    if not (_is_enclosed(body) if large else _is_json(body)):
        return _lost(call, "Trello's answer cannot be read", 200)
    if call.is_read and answer.headers.get("Age", "0").strip() != "0":
        return _lost(call, "Trello's answer comes from a cache and is old", 200)
    return None


def _is_enclosed(body: bytes) -> bool:
    """Tell whether an answer ends as it began: one that is cut rarely does.

    A large one is parsed once, by whoever reads it in its shape; here that would be for nothing.
    If it was cut all the same, it is asked for in smaller parts.
    """
    return (body[:1], body[-1:]) in _ENDS


def _is_json(body: bytes) -> bool:
    try:
        from_json(body, msgspec.Raw)
    except UNREADABLE:
        return False
    return True


def _judge_trouble(call: Call, answer: requests.Response) -> Verdict:
    """Judge the statuses that do not tell whether a write was carried out."""
    status = answer.status_code
    if 300 <= status < 400:
        message = "Trello's address answers with a redirect, which is not followed"
        return Verdict(_lost(call, message, status).error)
    if status == 449:
        part = _lost(call, "A part of the request failed", status)
        return Verdict(part.error, tries=_reads(call, 2))
    if status < 300:
        return _lost(call, "Trello has accepted the request without carrying it out yet", status)
    return _lost(call, "Trello is down or busy", status)


def _lost(call: Call, message: str, status: int | None = None) -> Verdict:
    kind = RetryLaterError if call.is_read else AnswerLostError
    return Verdict(kind(message, route=call.route, status=status), tries=_reads(call, _TRIES))


def _reads(call: Call, tries: int) -> int:
    return tries if call.is_read else 1


def _refusal(call: Call, status: int, detail: str) -> TrelloError:
    """Map the statuses that say no, by the bodies in Trello's error table."""
    stop = _reason_to_stop(status, detail)
    if stop is not None:
        return StopError(stop, route=call.route, status=status, detail=detail)
    if status in (401, 403):
        message = "The bot has no rights for this"
        return SkipError(message, why="forbidden", route=call.route, status=status, detail=detail)
    if status == 404:
        message = "Trello has no such thing (any more)"
        return SkipError(message, why="gone", route=call.route, status=status, detail=detail)
    return SkipError("Trello refuses this", route=call.route, status=status, detail=detail)


def _reason_to_stop(status: int, detail: str) -> str | None:
    refused = refused_credential(status, detail)
    if refused == "key":
        return "Trello does not know this key; check TRELLO_API_KEY"
    if refused == "token":
        return (
            "Trello refuses the token: it is mistyped, revoked, expired, of another key, or lacks "
            "a right; check TRELLO_API_TOKEN"
        )
    if status == 401 and not _NO_RIGHTS.search(detail):
        return "Trello does not let the bot in; check TRELLO_API_KEY and TRELLO_API_TOKEN"
    if status == 404 and _NO_SUCH_ROUTE.match(detail):
        return "Trello has no such address; check TRELLO_API_URL"
    return None


def _detail(answer: requests.Response, redactor: Redactor) -> str:
    """Trello's own reason in one line; a page of HTML says nothing."""
    if "html" in answer.headers.get("Content-Type", ""):
        return ""
    text = answer.content[:4096].decode("utf-8", errors="replace").strip()
    if text.startswith("{"):
        text = _json_reason(text)
    first_line = "".join(c if c.isprintable() else " " for c in text.partition("\n")[0])
    return redactor.mask(first_line)[:_LONGEST_DETAIL]


def _json_reason(text: str) -> str:
    try:
        body = json.loads(text)
    except ValueError:
        return text
    return ", ".join(str(body[name]) for name in ("error", "message") if name in body)
