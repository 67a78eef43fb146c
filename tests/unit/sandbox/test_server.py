import socket
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests

from bot.sandbox import serving
from bot.sandbox.call import Answer
from tests.unit.sandbox.shop import Shop


def credentials(shop: Shop) -> dict[str, str]:
    grant = shop.world.grant(shop.robot)
    return {"key": grant.key, "token": grant.token}


def test_a_store_is_served_on_loopback_and_the_connection_kept(shop: Shop) -> None:
    with serving(shop.store) as url, requests.Session() as session:
        for _ in range(3):
            answer = session.get(f"{url}/members/me", params=credentials(shop), timeout=5)
            assert answer.json()["username"] == "robot"
            assert answer.headers.get("Connection") is None
        assert url.startswith("http://127.0.0.1:")
        assert url.endswith("/1")


def test_leaving_hangs_up_on_clients_that_hold_on(shop: Shop) -> None:
    session = requests.Session()
    with serving(shop.app) as url:
        session.get(f"{url}/members/me", params=credentials(shop), timeout=5)
    with pytest.raises(requests.ConnectionError):
        session.get(f"{url}/members/me", params=credentials(shop), timeout=5)
    session.close()


def test_bodies_with_length_and_in_chunks_arrive(shop: Shop) -> None:
    with serving(shop.app) as url, requests.Session() as session:
        path = f"{url}/cards/{shop.card.id}/actions/comments"
        session.post(path, params=credentials(shop), json={"text": "é" * 16000}, timeout=5)
        chunks = iter([b'{"text": ', b'"morceaux"}'])
        kind = {"Content-Type": "application/json", "Transfer-Encoding": "chunked"}
        session.post(path, params=credentials(shop), data=chunks, headers=kind, timeout=5)
    assert shop.world.texts(shop.card)[0] == "é" * 16000


@pytest.mark.parametrize(
    "rest",
    [
        "Content-Length: abc\r\n\r\n",
        "Content-Length: -5\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
)
def test_a_body_that_cannot_be_read_is_answered_with_400(shop: Shop, rest: str) -> None:
    with serving(shop.app) as url:
        address = urlsplit(url)
        with socket.create_connection((address.hostname, address.port or 0), timeout=5) as client:
            client.sendall(f"POST /1/cards HTTP/1.1\r\nHost: localhost\r\n{rest}".encode())
            assert client.makefile().readline().split()[1:2] == ["400"]


def test_a_client_that_hangs_up_amid_its_body_leaves_no_trace(
    shop: Shop, capfd: pytest.CaptureFixture[str]
) -> None:
    with serving(shop.app) as url:
        address = urlsplit(url)
        with socket.create_connection((address.hostname, address.port or 0), timeout=5) as client:
            client.sendall(b"POST /1/cards HTTP/1.1\r\nContent-Length: 100\r\n\r\nhalf")
            client.shutdown(socket.SHUT_WR)
            assert client.recv(1) == b""
    assert capfd.readouterr() == ("", "")


def test_a_head_has_no_body(shop: Shop) -> None:
    with serving(shop.app) as url, requests.Session() as session:
        answer = session.head(url.removesuffix("/1") + "/", timeout=5)
        assert answer.text == ""


def test_a_fault_may_hang_up_after_the_write(shop: Shop) -> None:
    class HangUp:
        def before(self, request: Any) -> Answer | None:
            return None if request.method == "POST" else Answer(500, "")

        def after(self, request: Any, answer: Answer) -> Answer | None:
            raise ConnectionAbortedError(request.path, answer.status)

    shop.app.faults = HangUp()
    with serving(shop.app) as url, requests.Session() as session:
        path = f"{url}/cards/{shop.card.id}/actions/comments"
        with pytest.raises(requests.ConnectionError):
            session.post(path, params=credentials(shop), json={"text": "une fois"}, timeout=5)
    assert shop.world.texts(shop.card) == ["une fois"]


def test_two_servers_live_side_by_side_and_ports_are_free_again(shop: Shop) -> None:
    with serving(shop.store) as first, serving(shop.store) as second:
        assert first != second
        port = int(first.split(":")[2].split("/")[0])
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


def test_writers_at_the_same_time_do_not_mix(shop: Shop) -> None:
    with serving(shop.app) as url, requests.Session() as session:
        path = f"{url}/cards/{shop.card.id}/actions/comments"

        def post(number: int) -> str:
            body = {"text": f"{number}"}
            answer = session.post(path, params=pair, json=body, timeout=10)
            made: str = answer.json()["id"]
            return made

        pair = credentials(shop)
        with ThreadPoolExecutor(8) as pool:
            ids = list(pool.map(post, range(80)))
    assert len(set(ids)) == 80
    assert sorted(shop.world.texts(shop.card), key=int) == [f"{each}" for each in range(80)]
    dates = [each.date for each in shop.store.log(shop.card.id)]
    assert dates == sorted(set(dates))
