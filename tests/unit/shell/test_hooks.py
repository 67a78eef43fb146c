"""Which calls are believed, and the little they say."""

import json
from typing import Any

import pytest

from bot.hooks import (
    FORGED,
    MOST_BYTES,
    NO_SUCH_PATH,
    OTHER_HOST,
    OTHER_METHOD,
    UNREADABLE,
    Hook,
    board_moved,
    hook_at,
    refused_at_door,
)
from bot.sandbox.deliveries import signature
from tests.contract.trello_facts import folder

BOARD = "5e93ba98614ac22d22f085c4"
SECRET = "a-secret-of-the-application"
URL = "https://bot.example/hook/0123456789abcdef0123456789abcdef"
HOOK = Hook(URL, SECRET)

VECTOR = (
    b'{"model":{"id":"5e93ba98614ac22d22f085c4"},'
    b'"action":{"type":"commentCard","data":{"text":"\xc3\xa9t\xc3\xa9"}}}'
)
SIGNED = "nvFaiNy3tTQxMWHZ80eYQMWK5C0="
"""Of the vector followed by the address, as openssl dgst -sha1 -hmac computes it."""


def signed(body: bytes, url: str = URL, secret: str = SECRET) -> str:
    return signature(secret, body, url)


@pytest.mark.covers("K10")
def test_k10_a_call_signed_over_raw_body_and_registered_address_names_the_board() -> None:
    assert board_moved(HOOK, VECTOR, SIGNED) == BOARD


@pytest.mark.covers("K10", "S10")
@pytest.mark.parametrize(
    ("body", "signature"),
    [
        (VECTOR, ""),
        (VECTOR, "nonsense"),
        (VECTOR, SIGNED.lower()),
        (VECTOR, SIGNED + "="),
        (VECTOR, SIGNED.rstrip("=")),
        (VECTOR, f" {SIGNED}"),
        (VECTOR, "é" * 28),
        (VECTOR, "\udce9" * 28),
        (VECTOR + b" ", SIGNED),
        (json.dumps(json.loads(VECTOR)).encode(), SIGNED),
        (VECTOR.replace(b"5e", b"6e"), SIGNED),
        (b"", SIGNED),
        (VECTOR, signed(VECTOR, URL + "/")),
        (VECTOR, signed(VECTOR, URL.replace("https", "http"))),
        (VECTOR, signed(VECTOR, "")),
        (VECTOR, signed(VECTOR, secret="another secret")),
        (VECTOR, signed(VECTOR, secret="")),
    ],
)
def test_s10_k10_a_call_without_exactly_its_signature_is_refused(
    body: bytes, signature: str
) -> None:
    assert board_moved(HOOK, body, signature) is FORGED


@pytest.mark.covers("S11")
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"5e93ba98614ac22d22f085c4",
        b'{"model": {"id": "5e93ba98',
        b'{"model": {}}',
        b'{"model": null}',
        b'{"model": {"id": 7}}',
        b'{"model": {"id": "../../etc/passwd"}}',
        b'{"model": {"id": "5e93ba98614ac22d22f085c4\\n"}}',
        b'{"model": {"id": "5E93BA98614AC22D22F085C4"}}',
        b'{"model": {"id": ["5e93ba98614ac22d22f085c4"]}}',
        b"\xff\xfe{}",
        b'{"action": ' + b"[" * 100_000 + b"]" * 100_000 + b', "model": {}}',
        b'{"model": ' + b'{"model": ' * 20_000,
        b"\x1f\x8b\x08\x00not really gzip",
    ],
    ids=range(16),
)
def test_s11_signed_content_that_cannot_be_read_is_refused_and_nothing_else(body: bytes) -> None:
    assert board_moved(HOOK, body, signed(body)) is UNREADABLE


@pytest.mark.parametrize(
    "more",
    [
        {"id": "another", "url": "http://169.254.169.254/"},
        {"name": "@everyone /go"},
        {"prefs": {"deep": [[[{}]]]}},
    ],
)
def test_nothing_but_the_boards_id_is_taken_from_a_call(more: dict[str, Any]) -> None:
    content = {"action": more, "webhook": more, "model": {**more, "id": BOARD}}
    body = json.dumps(content).encode()
    assert board_moved(HOOK, body, signed(body)) == BOARD


def test_every_recorded_call_names_its_board() -> None:
    found = 0
    for file in sorted(folder().joinpath("recordings/webhooks").glob("*.json")):
        body = file.read_bytes()
        content = json.loads(body)
        if isinstance(content, dict) and "model" in content:
            assert len(body) < MOST_BYTES
            assert board_moved(HOOK, body, signed(body)) == content["model"]["id"]
            found += 1
    if not found:
        pytest.skip("the recorded calls are not here (set TRELLO_FACTS)")


@pytest.mark.covers("K9")
@pytest.mark.parametrize("method", ["HEAD", "GET", "POST"])
@pytest.mark.parametrize(
    "host", ["bot.example", "bot.example:443", "BOT.example", "127.0.0.1:8000", "[::1]:80"]
)
def test_k9_the_hooks_own_path_is_open_on_the_public_host_and_behind_a_proxy_here(
    method: str, host: str
) -> None:
    (path,) = HOOK.paths
    assert refused_at_door(HOOK, path, host, method) is None


@pytest.mark.covers("S10")
@pytest.mark.parametrize(
    "host",
    [
        "",
        "evil.example",
        "bot.example.evil.example",
        "bot.example@x",
        "[::1",
        "10.0.0.1",
        "a b",
    ],
)
def test_s10_a_call_for_another_host_is_refused(host: str) -> None:
    (path,) = HOOK.paths
    assert refused_at_door(HOOK, path, host, "POST") is OTHER_HOST


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "X"])
def test_another_method_is_refused(method: str) -> None:
    (path,) = HOOK.paths
    assert refused_at_door(HOOK, path, "bot.example", method) is OTHER_METHOD


@pytest.mark.covers("S26")
@pytest.mark.parametrize(
    "path",
    [
        "/", "", "/hook", "/hook/", "/hook/0123456789abcdef0123456789abcde",
        "/hook/0123456789abcdef0123456789abcdef/", "//hook/0123456789abcdef0123456789abcdef",
        "/hook/../hook/0123456789abcdef0123456789abcdef", "/../../etc/passwd", "/docs", "/metrics",
        "/hook/0123456789ABCDEF0123456789ABCDEF", "/1/boards", "/.env",
    ],
)  # fmt: skip
def test_s26_no_other_path_is_served(path: str) -> None:
    assert refused_at_door(HOOK, path, "bot.example", "GET") is NO_SUCH_PATH


def test_without_a_hook_no_path_is_served() -> None:
    (path,) = HOOK.paths
    assert refused_at_door(None, path, "bot.example", "POST") is NO_SUCH_PATH


def test_the_address_is_the_same_at_every_start_and_tells_nothing_of_the_secret() -> None:
    hook = hook_at("https://bot.example/trello/", SECRET)
    assert hook == hook_at("https://bot.example/trello", SECRET)
    assert hook.url.startswith("https://bot.example/trello/hook/")
    assert hook.url != hook_at("https://bot.example/trello", "another").url
    assert SECRET not in hook.url + repr(hook)
    short = hook.url.removeprefix("https://bot.example/trello")
    assert hook.paths == {f"/trello{short}", short}


@pytest.mark.parametrize("refusal", [FORGED, UNREADABLE, NO_SUCH_PATH, OTHER_HOST, OTHER_METHOD])
def test_no_refusal_makes_trello_delete_the_webhook(refusal: Any) -> None:
    assert 400 <= refusal.status < 500
    assert refusal.status != 410
