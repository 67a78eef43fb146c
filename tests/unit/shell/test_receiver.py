"""The receiver before the open internet: over real sockets, with whatever strangers send."""

import ast
import json
import logging
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from werkzeug.test import Client

import bot
from bot.hooks import MOST_BYTES, Hook, hook_at
from bot.ports import StopError
from bot.receiver import Receiver, receiving
from bot.sandbox.deliveries import signature

BOARD = "5e93ba98614ac22d22f085c4"
SECRET = "a-secret-of-the-application"
HOOK = hook_at("https://bot.example", SECRET)
(PATH,) = HOOK.paths
OWN = "delegate-bot 1234"


def call(number: int = 0, size: int = 0) -> bytes:
    content = {"model": {"id": BOARD}, "action": {"id": number, "data": "x" * size}}
    return json.dumps(content).encode()


@pytest.fixture
def moved() -> list[str]:
    return []


@pytest.fixture
def client(moved: list[str]) -> Client:
    return Client(Receiver(HOOK, moved.append, OWN))


def post(client: Client, body: bytes, **headers: str) -> int:
    sent = {"Host": "bot.example", "X-Trello-Webhook": signature(SECRET, body, HOOK.url)}
    given = {name.replace("_", "-"): each for name, each in headers.items()}
    return client.post(PATH, data=body, headers=sent | given).status_code


# What is answered


def test_a_call_of_trellos_is_answered_with_200_and_tells_which_board_moved(
    client: Client, moved: list[str]
) -> None:
    assert post(client, call()) == 200
    assert moved == [BOARD]


@pytest.mark.covers("K9")
@pytest.mark.parametrize("method", ["HEAD", "GET"])
def test_k9_registering_is_answered_unsigned_and_changes_nothing(
    client: Client, moved: list[str], method: str
) -> None:
    answer = client.open(PATH, method=method, headers={"Host": "bot.example"})
    assert (answer.status_code, answer.data) == (200, b"")
    assert moved == []


@pytest.mark.covers("C9", "K11", "S11")
def test_c9_k11_a_call_repeated_a_thousand_times_asks_for_one_pass(
    client: Client, moved: list[str]
) -> None:
    for _ in range(1000):
        assert post(client, call()) == 200
    assert moved == [BOARD]
    assert post(client, call(1)) == 200
    assert moved == [BOARD, BOARD]


def test_what_is_remembered_of_calls_is_bounded(client: Client, moved: list[str]) -> None:
    for number in range(1100):
        post(client, call(number))
    assert len(moved) == 1100
    assert post(client, call(1099)) == 200
    assert len(moved) == 1100
    assert post(client, call(0)) == 200
    assert len(moved) == 1101


def test_calls_about_the_bots_own_writes_ask_for_no_pass(client: Client, moved: list[str]) -> None:
    assert post(client, call(1), X_Trello_Client_Identifier=OWN) == 200
    assert moved == []
    assert post(client, call(2), X_Trello_Client_Identifier="somebody") == 200
    assert moved == [BOARD]


def test_a_bot_without_a_name_takes_no_call_for_its_own(moved: list[str]) -> None:
    client = Client(Receiver(HOOK, moved.append))
    assert post(client, call(1), X_Trello_Client_Identifier="") == 200
    assert moved == [BOARD]


@pytest.mark.covers("S10")
def test_s10_a_forged_call_is_refused_without_a_word_and_asks_for_nothing(
    client: Client, moved: list[str]
) -> None:
    forged = {"Host": "bot.example", "X-Trello-Webhook": signature("wrong", call(), HOOK.url)}
    answer = client.post(PATH, data=call(), headers=forged)
    assert (answer.status_code, answer.data) == (401, b"")
    unsigned = client.post(PATH, data=call(), headers={"Host": "bot.example"})
    assert unsigned.status_code == 401
    assert moved == []


@pytest.mark.covers("S10")
def test_s10_what_a_proxy_is_made_to_say_about_the_host_changes_nothing(
    client: Client, moved: list[str]
) -> None:
    lies = {"X_Forwarded_Host": "evil.example", "X_Forwarded_Proto": "http", "Forwarded": "host=x"}
    assert post(client, call(), **lies) == 200
    assert post(client, call(1), Host="evil.example", X_Forwarded_Host="bot.example") == 421
    assert moved == [BOARD]


def test_s11_a_signed_call_that_cannot_be_read_is_refused(client: Client, moved: list[str]) -> None:
    deep = b'{"model": ' + b"[" * 60_000
    assert [post(client, body) for body in (b"", b"nonsense", deep)] == [400, 400, 400]
    assert moved == []


@pytest.mark.covers("S11")
@pytest.mark.parametrize("size", [MOST_BYTES - 1000, MOST_BYTES + 1])
def test_s11_a_call_is_read_up_to_256_kib(client: Client, moved: list[str], size: int) -> None:
    taken = size < MOST_BYTES
    assert post(client, call(0, size)) == (200 if taken else 413)
    assert len(moved) == taken


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_another_method_is_refused(client: Client, method: str) -> None:
    answer = client.open(PATH, method=method, headers={"Host": "bot.example"}, data=call())
    assert answer.status_code == 405


@pytest.mark.covers("S26")
@pytest.mark.parametrize(
    "path", ["/", "/hook/", "/hook/../..%2fetc/passwd", f"{PATH}/", f"/x{PATH}", "/docs", "/..;/"]
)
def test_s26_nothing_else_is_there(client: Client, path: str) -> None:
    answer = client.get(path, headers={"Host": "bot.example"})
    assert (answer.status_code, answer.data) == (404, b"")


@pytest.mark.covers("S26")
@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(("well", "status"), [(True, 200), (False, 503)])
def test_s26_the_health_path_says_well_or_not_and_nothing_else_also_without_a_hook(
    moved: list[str], method: str, well: bool, status: int
) -> None:
    client = Client(Receiver(None, moved.append, is_well=lambda: well))
    answer = client.open("/health", method=method)
    assert (answer.status_code, answer.data) == (status, b"")
    assert {*answer.headers.keys()} <= {"Content-Type", "Content-Length"}
    assert post(client, call()) == 404
    assert moved == []


def test_trouble_of_one_kind_is_told_once_and_shows_nothing_of_the_call(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    for number in range(50):
        post(client, call(number), X_Trello_Webhook=f"forged{number}")
        client.get(f"/wp-login.php?{number}", headers={"Host": "bot.example"})
        post(client, call(number), Host="evil.example")
    assert len(caplog.records) == 2
    assert "PUBLIC_URL" in caplog.text
    for secret in (SECRET, "forged", "evil", "wp-login", PATH):
        assert secret not in caplog.text


# On a socket


@pytest.fixture
def port(moved: list[str]) -> Iterator[int]:
    hook = Hook(HOOK.url, SECRET)
    with receiving(Receiver(hook, moved.append), "127.0.0.1", 0, seconds=1.0) as url:
        yield int(url.rpartition(":")[2])


def head(length: str, *more: str, body: bytes = b"") -> bytes:
    signed = signature(SECRET, body, HOOK.url)
    lines = [f"POST {PATH} HTTP/1.1", "Host: bot.example", f"X-Trello-Webhook: {signed}"]
    return "\r\n".join([*lines, length, *more, "", ""]).encode()


def chunked(body: bytes, size: int) -> bytes:
    parts = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(f"{len(e):x}\r\n".encode() + e + b"\r\n" for e in parts) + b"0\r\n\r\n"


def answered(port: int, sent: bytes) -> str:
    """Send bytes and return the status line; empty when the line was cut."""
    with socket.create_connection(("127.0.0.1", port), 10) as line:
        try:
            line.sendall(sent)
            return line.makefile("rb").readline().decode().strip()
        except ConnectionError:
            return ""


def test_a_call_with_its_length_and_one_in_chunks_arrive(port: int, moved: list[str]) -> None:
    body = call(1, 30_000)
    plain = head(f"Content-Length: {len(body)}", body=body) + body
    assert "200" in answered(port, plain)
    body = call(2, 30_000)
    pieces = head("Transfer-Encoding: chunked", body=body) + chunked(body, 1000)
    assert "200" in answered(port, pieces)
    assert moved == [BOARD, BOARD]


def test_a_client_that_waits_to_be_told_to_go_on_is_told(port: int, moved: list[str]) -> None:
    body = call()
    with socket.create_connection(("127.0.0.1", port), 10) as line:
        line.sendall(head(f"Content-Length: {len(body)}", "Expect: 100-continue", body=body))
        answer = line.makefile("rb")
        assert b"100" in answer.readline()
        line.sendall(body)
        assert b"200" in answer.read()
    assert moved == [BOARD]


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(head("Content-Length: 52428800") + b"x" * 1000, id="announced"),
        pytest.param(
            head(f"Content-Length: {MOST_BYTES + 1}") + b"x" * (MOST_BYTES + 1), id="sent"
        ),
        pytest.param(
            head("Transfer-Encoding: chunked") + chunked(b"x" * (MOST_BYTES + 1), 65536),
            id="in chunks",
        ),
        pytest.param(
            head("Transfer-Encoding: chunked") + b"fffffff\r\n" + b"x" * (MOST_BYTES + 9),
            id="in one chunk without end",
        ),
    ],
)
def test_s11_more_than_a_call_may_have_is_refused_with_413(
    port: int, moved: list[str], sent: bytes
) -> None:
    assert "413" in answered(port, sent)
    assert moved == []


@pytest.mark.covers("S11")
def test_s11_fifty_megabytes_are_not_read(port: int, moved: list[str]) -> None:
    sent = 0
    with socket.create_connection(("127.0.0.1", port), 10) as line:
        try:
            line.sendall(head("Content-Length: 52428800"))
            for _ in range(800):
                line.sendall(b"x" * 65536)
                sent += 65536
        except (ConnectionError, TimeoutError):
            pass
    assert sent < 52428800
    assert moved == []


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" * 40 + b"\r\n\r\n", id="TLS"),
        pytest.param(b"GET / HTTP/9.9\r\n\r\n", id="another HTTP"),
        pytest.param(b"GET " + b"/" * 70_000 + b" HTTP/1.1\r\n\r\n", id="a long path"),
        pytest.param(b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 200 + b"\r\n", id="many headers"),
        pytest.param(b"GET / HTTP/1.1\r\nA: " + b"b" * 70_000 + b"\r\n\r\n", id="a long header"),
        pytest.param(head("Content-Length: -1") + b"x", id="a length below zero"),
        pytest.param(head("Content-Length: 1e9") + b"x", id="a length in words"),
        pytest.param(head("Transfer-Encoding: chunked") + b"zz\r\nx", id="a chunk without size"),
        pytest.param(head("Transfer-Encoding: chunked") + b"-5\r\nx", id="a chunk below zero"),
        pytest.param(head("X: y") + b"x" * 1000, id="no length"),
        pytest.param(head("Content-Length: 5", "Content-Encoding: gzip") + b"\x1f\x8b\x08\0\0"),
    ],
)
def test_odd_requests_disturb_nobody(port: int, moved: list[str], sent: bytes) -> None:
    status = answered(port, sent)
    assert not status or status.split()[1][0] == "4", status
    assert "200" in answered(port, b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
    assert moved == []


def dripped(port: int, sent: bytes, pause: float) -> float:
    """Send one byte after another and return after how many seconds the line is dead."""
    began = time.monotonic()
    with socket.create_connection(("127.0.0.1", port), 10) as line:
        try:
            for number in range(len(sent)):
                line.sendall(sent[number : number + 1])
                threading.Event().wait(pause)
                if time.monotonic() - began > 8:
                    break
        except ConnectionError:
            pass
    return time.monotonic() - began


@pytest.mark.covers("S11")
@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(b"GET /health HTTP/1.1\r\nA: " + b"b" * 10_000, id="slow head"),
        pytest.param(head("Content-Length: 10000") + b"x" * 10_000, id="slow body"),
        pytest.param(head("Transfer-Encoding: chunked") + b"1\r\nx\r\n" * 5_000, id="slow chunks"),
    ],
)
def test_s11_who_sends_byte_by_byte_is_hung_up_on(port: int, sent: bytes) -> None:
    quick = sent[: sent.index(b"\r\n") + 2]
    assert dripped(port, quick, 0.0) < 8
    assert dripped(port, sent, 0.02) < 8


def test_s11_many_who_say_nothing_keep_nobody_else_waiting_for_long(
    port: int, moved: list[str]
) -> None:
    silent = [socket.create_connection(("127.0.0.1", port), 10) for _ in range(60)]
    try:
        until = time.monotonic() + 10
        body = call()
        whole = head(f"Content-Length: {len(body)}", body=body) + body
        while "200" not in answered(port, whole):
            assert time.monotonic() < until
            threading.Event().wait(0.1)
    finally:
        for each in silent:
            each.close()
    assert moved == [BOARD]


def test_a_client_that_hangs_up_disturbs_nobody(port: int, moved: list[str]) -> None:
    for sent in (b"", b"POST", head("Content-Length: 100") + b"half"):
        with socket.create_connection(("127.0.0.1", port), 10) as line:
            line.sendall(sent)
    assert "404" in answered(port, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    assert moved == []


def test_a_fault_of_our_own_is_told_and_the_next_call_is_heard(
    moved: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    def faulty(board: str) -> None:
        moved.append(board)
        if len(moved) == 1:
            raise ZeroDivisionError

    with receiving(Receiver(HOOK, faulty), "127.0.0.1", 0) as url:
        port = int(url.rpartition(":")[2])
        sent = [head(f"Content-Length: {len(e)}", body=e) + e for e in (call(1), call(2))]
        assert ["500" in answered(port, sent[0]), "200" in answered(port, sent[1])] == [True, True]
        until = time.monotonic() + 10
        # The answer goes out first.
        while "ZeroDivisionError" not in caplog.text and time.monotonic() < until:
            threading.Event().wait(0.01)
    assert "ZeroDivisionError" in caplog.text
    assert SECRET not in caplog.text


@pytest.mark.parametrize(
    ("host", "said"),
    [("127.0.0.1", "in use"), ("192.0.2.1", "assign"), ("no such host.invalid", "")],
)
def test_where_nobody_can_listen_one_sentence_says_so(port: int, host: str, said: str) -> None:
    app = Receiver(None, lambda _: None)
    with pytest.raises(StopError, match="--port") as stopped, receiving(app, host, port):
        pass
    assert f"Port {port} of {host}" in str(stopped.value)
    assert said in str(stopped.value)


@pytest.mark.covers("E6")
def test_e6_the_receiver_has_nothing_to_write_with() -> None:
    """Its modules, and all of ours that they import, know no client and no board."""
    folder = Path(bot.__file__).parent
    seen: set[str] = set()
    waiting = ["bot.receiver"]
    while waiting:
        name = waiting.pop()
        if name in seen or name == "bot.ports":  # its errors; it defines what is asked, no more
            continue
        seen.add(name)
        waiting += _imported(folder.parent / f"{name.replace('.', '/')}.py")
    assert seen == {"bot.receiver", "bot.hooks", "bot.events", "bot.loopback"}


def _imported(file: Path) -> Iterator[str]:
    for each in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(each, ast.ImportFrom) and (each.module or "").startswith("bot"):
            yield str(each.module)


def test_what_is_done_about_a_call_may_take_its_time_without_a_second_call_being_refused(
    moved: list[str],
) -> None:
    def slow(board: str) -> None:
        threading.Event().wait(0.3)
        moved.append(board)

    with receiving(Receiver(HOOK, slow), "127.0.0.1", 0) as url:
        port = int(url.rpartition(":")[2])
        bodies = [call(number) for number in range(4)]
        threads = [
            threading.Thread(
                target=answered, args=(port, head(f"Content-Length: {len(e)}", body=e) + e)
            )
            for e in bodies
        ]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
    assert moved == [BOARD] * 4
