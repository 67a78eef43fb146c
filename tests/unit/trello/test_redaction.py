import base64
import io
import json
import logging
from collections.abc import Callable
from urllib.parse import quote

import pytest

from bot.redaction import RedactingFilter, Redactor

SECRET = "tok/en+with=signs&0123456789abcdef"
OTHER = "0c4a9e7d3b5f81626d7e8f9a0b1c2d3e"


@pytest.mark.covers("S6")
@pytest.mark.parametrize(
    "text",
    [
        SECRET,
        f"before{SECRET}after",
        quote(SECRET, safe=""),
        quote(SECRET),
        quote(SECRET, safe="").lower(),
        repr(SECRET),
        SECRET.encode().hex(),
        str(SECRET.encode()),
    ],
)
def test_s6_a_known_secret_is_masked_in_every_spelling(text: str) -> None:
    masked = Redactor([SECRET]).mask(text)
    assert "***" in masked
    assert "0123456789" not in masked
    assert "30313233" not in masked


@pytest.mark.parametrize("encode", [base64.b64encode, base64.urlsafe_b64encode])
@pytest.mark.parametrize("before", ["", "a", "ab", "abc", "user:"])
@pytest.mark.parametrize("after", ["", "z", "zy", ":x-oauth"])
def test_s6_a_known_secret_is_masked_inside_base64(
    encode: Callable[[bytes], bytes], before: str, after: str
) -> None:
    spelled = encode(f"{before}{OTHER}{after}".encode()).decode()
    masked = Redactor([OTHER]).mask(spelled)
    assert "***" in masked
    assert len(masked) < len(spelled) / 2 + 12


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Cannot GET /1/boards/?key=abc&token=def", "Cannot GET /1/boards/?key=***&token=***"),
        (
            'oauth_consumer_key="abc", oauth_token="def"',
            'oauth_consumer_key="***", oauth_token="***"',
        ),
        ("GET /1/tokens/abcdef?fields=all", "GET /1/tokens/***?fields=all"),
        ("ATTA0123456789abcdef0123456789", "***"),
        ("/tokens/{token}", "/tokens/{token}"),
        ("a key=word in prose, 5e95d1b4f43f9a06497f17f7",) * 2,
    ],
)
def test_what_looks_like_a_credential_is_masked_though_unknown(text: str, masked: str) -> None:
    assert Redactor().mask(text) == masked


@pytest.mark.parametrize("short", ["", "a", "board"])
def test_ordinary_words_are_not_masked(short: str) -> None:
    assert Redactor([short]).mask("a board is a board") == "a board is a board"


def test_a_secret_too_short_for_base64_is_masked_as_it_stands() -> None:
    assert Redactor(["hidden"]).mask("is hidden here") == "is *** here"


def logged(redactor: Redactor, *args: object, message: str = "%s", **how: object) -> str:
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.addFilter(RedactingFilter(redactor))
    log = logging.Logger("test")
    log.addHandler(handler)
    log.error(message, *args, **how)  # type: ignore[arg-type]
    return out.getvalue()


@pytest.mark.parametrize(
    ("message", "args"),
    [
        (SECRET, ()),
        ("%s", (SECRET,)),
        ("%r", ({"Authorization": SECRET},)),
        ("%(token)s", ({"token": SECRET},)),
        ("%d", (SECRET,)),
        ("%s %s", (SECRET,)),
        ("%s", (ValueError(SECRET),)),
    ],
)
def test_s6_a_record_is_masked_whatever_carries_the_secret(
    message: str, args: tuple[object, ...]
) -> None:
    text = logged(Redactor([SECRET]), *args, message=message)
    assert "***" in text
    assert SECRET not in text


def nested_failure() -> Exception:
    """An exception raised and chained, each part holding the secret."""
    try:
        json.loads(SECRET)
    except ValueError as inner:
        inner.add_note(SECRET)
        outer = KeyError(f"outer {SECRET}")
        outer.__cause__ = inner
        return outer
    raise AssertionError


@pytest.mark.covers("S6")
def test_s6_exceptions_and_stacks_are_masked() -> None:
    text = logged(Redactor([SECRET]), "pass", exc_info=nested_failure(), stack_info=True)
    assert "JSONDecodeError" in text
    assert "KeyError: 'outer ***'" in text
    assert SECRET not in text


def test_a_masked_exception_stays_readable_for_a_second_handler() -> None:
    record = logging.makeLogRecord({"msg": "m", "exc_text": SECRET, "stack_info": SECRET})
    for _ in range(2):
        assert RedactingFilter(Redactor([SECRET])).filter(record)
    assert (record.exc_text, record.stack_info) == ("***", "***")


def test_a_redactor_learns_further_secrets_and_forgets_none() -> None:
    redactor = Redactor(["hidden"])
    redactor.learn(["hidden-too"])
    redactor.learn(["latest"])
    assert redactor.mask("hidden, hidden-too, latest") == "***, ***, ***"


def test_a_redactor_shows_nothing() -> None:
    assert repr(Redactor([SECRET])) == "Redactor()"
