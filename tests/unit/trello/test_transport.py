"""What leaves for Trello and how long it may take, with the network replaced by `responses`."""

import json
from datetime import UTC, datetime

import pytest
import requests
import responses

from bot.ports import NotApplied, RetryLaterError, StopError, Unknown
from bot.trello.client import TrelloApi, Upload
from bot.trello.connection import TRELLO_URL, Connection
from bot.trello.transport import TIMEOUTS, Traffic, Transport
from tests.unit.trello.doubles import CARD, COMMENT, KEY, TOKEN, FakeTime, open_api

CARD_PATH = f"/cards/{CARD}"


def sent(number: int = 0) -> requests.PreparedRequest:
    return responses.calls[number].request


@pytest.mark.covers("S7")
@responses.activate
def test_s7_credentials_travel_in_the_header_alone() -> None:
    responses.get(TRELLO_URL + CARD_PATH, json={})
    responses.post(TRELLO_URL + COMMENT, json={})
    with open_api() as api:
        api.get(CARD_PATH, {"fields": "name,desc"})
        api.write("POST", COMMENT, {"text": "Bonjour"})
    for number in range(2):
        expected = f'OAuth oauth_consumer_key="{KEY}", oauth_token="{TOKEN}"'
        assert sent(number).headers["Authorization"] == expected
        assert KEY not in str(sent(number).url) + str(sent(number).body)
        assert TOKEN not in str(sent(number).url) + str(sent(number).body)


@pytest.mark.covers("A22")
@responses.activate
def test_a_read_asks_for_fresh_json_within_the_timeouts_and_no_redirect() -> None:
    responses.get(TRELLO_URL + CARD_PATH, json={})
    with open_api() as api:
        api.get(CARD_PATH, {"closed": True, "limit": 1000, "fields": "all"})
    assert sent().headers["Cache-Control"] == "no-cache"
    assert sent().headers["Accept"] == "application/json"
    assert str(sent().headers["User-Agent"]).startswith("delegate-bot/")
    assert sent().headers["Accept-Encoding"] == "gzip, deflate"
    assert str(sent().url).endswith("?closed=true&limit=1000&fields=all")
    assert sent().body is None
    asked = sent().req_kwargs  # type: ignore[attr-defined]
    assert (asked["timeout"], asked["verify"]) == (TIMEOUTS, True)


@pytest.mark.covers("J3")
@responses.activate
def test_j3_the_text_of_a_write_travels_as_json_in_the_body() -> None:
    responses.put(TRELLO_URL + CARD_PATH, json={})
    text = "été 🎉 " * 2000
    with open_api() as api:
        api.write("PUT", CARD_PATH, {"desc": text, "due": None})
    assert json.loads(sent().body or "") == {"desc": text, "due": None}
    assert sent().headers["Content-Type"] == "application/json; charset=utf-8"
    assert sent().url == TRELLO_URL + CARD_PATH


@responses.activate
def test_a_file_travels_as_a_form_with_its_fields() -> None:
    responses.post(f"{TRELLO_URL}{CARD_PATH}/attachments", json={})
    with open_api() as api:
        upload = Upload("modèle.txt", b"\x00\xff bytes", "text/plain")
        api.write("POST", f"{CARD_PATH}/attachments", {"name": "Modèle", "setCover": False}, upload)
        assert not responses.calls
        api.write("POST", f"{CARD_PATH}/attachments", {"name": "Modèle"}, upload)
    body = sent().body
    assert str(sent().headers["Content-Type"]).startswith("multipart/form-data; boundary=")
    assert isinstance(body, bytes)
    assert b"\x00\xff bytes" in body
    assert "Modèle".encode() in body


@responses.activate
def test_the_address_is_the_configured_one() -> None:
    responses.get("http://127.0.0.1:5001/trello/1" + CARD_PATH, json={"id": CARD})
    with open_api("http://127.0.0.1:5001/trello/1/") as api:
        assert json.loads(api.get(CARD_PATH)) == {"id": CARD}


@pytest.mark.covers("S8")
@responses.activate
def test_s8_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://evil.example:3128")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nowhere")
    responses.get(TRELLO_URL + CARD_PATH, json={})
    with open_api() as api:
        api.get(CARD_PATH)
    asked = sent().req_kwargs  # type: ignore[attr-defined]
    assert (dict(asked["proxies"]), asked["verify"]) == ({}, True)


@responses.activate
def test_cookies_are_not_kept() -> None:
    responses.get(TRELLO_URL + CARD_PATH, json={}, headers={"Set-Cookie": "a=b; Path=/"})
    with open_api() as api:
        api.get(CARD_PATH)
        api.get(CARD_PATH)
    assert "Cookie" not in sent(1).headers


@responses.activate
def test_the_token_route_gets_the_token_at_the_last_moment() -> None:
    responses.get(f"{TRELLO_URL}/tokens/{TOKEN}", json={"idMember": "x"})
    with open_api() as api:
        assert json.loads(api.token_facts()) == {"idMember": "x"}


@pytest.mark.covers("S21")
@responses.activate
def test_s21_a_forbidden_write_is_not_sent() -> None:
    with open_api() as api:
        outcome = api.write("PUT", CARD_PATH, {"closed": True})
    assert isinstance(outcome, NotApplied)
    assert isinstance(outcome.error, StopError)
    assert not responses.calls


@pytest.mark.covers("S21")
@responses.activate
def test_s21_py_trello_cannot_get_round_the_guard() -> None:
    with open_api() as api:
        with pytest.raises(StopError):
            api._client.fetch_json(CARD_PATH, http_method="DELETE")
        with pytest.raises(StopError):
            api._client.fetch_json(CARD_PATH, http_method="PUT", query_params={"desc": "x"})
        with pytest.raises(StopError):
            api._client.fetch_json(f"{CARD_PATH}?key=x")
    assert not responses.calls


@pytest.mark.covers("S20")
@responses.activate
def test_s20_a_board_outside_the_fence_is_not_asked() -> None:
    with open_api() as api:
        api.fence(frozenset({"AbCd1234"}))
        with pytest.raises(StopError, match="not in the configuration"):
            api.get(f"/boards/{CARD}")
        outcome = api.write("POST", "/labels", {"name": "x", "idBoard": CARD})
    assert isinstance(outcome, NotApplied)
    assert not responses.calls


@responses.activate
def test_a_board_that_could_not_be_read_in_one_pass_may_be_asked_in_the_next() -> None:
    responses.get(f"{TRELLO_URL}/boards/{CARD}", json={})
    with open_api() as api:
        api.fence(frozenset({"AbCd1234"}))
        api.begin_pass(60)
        assert api.get(f"/boards/{CARD}") == b"{}"


@pytest.mark.covers("A10", "A11")
@responses.activate
@pytest.mark.parametrize(
    ("silence", "outcome", "requests_sent"),
    [
        (requests.ConnectTimeout(), NotApplied, 3),
        (requests.ReadTimeout(), Unknown, 1),
        (requests.ConnectionError("reset"), Unknown, 1),
        (requests.exceptions.SSLError("record"), Unknown, 1),
        (requests.exceptions.ChunkedEncodingError(), Unknown, 1),
        (requests.exceptions.ContentDecodingError(), Unknown, 1),
    ],
)
def test_a10_a11_a_write_without_answer(
    silence: Exception, outcome: type, requests_sent: int
) -> None:
    responses.post(TRELLO_URL + COMMENT, body=silence)
    with open_api() as api:
        assert type(api.write("POST", COMMENT, {"text": "x"})) is outcome
    assert len(responses.calls) == requests_sent


@pytest.mark.covers("A8")
@responses.activate
def test_a8_the_waits_between_reads_grow_and_are_spread() -> None:
    responses.get(TRELLO_URL + CARD_PATH, status=503)
    clock = FakeTime(jitter=0.75)
    with open_api(clock=clock) as api, pytest.raises(RetryLaterError):
        api.get(CARD_PATH)
    assert clock.slept == [1.5, 3.0]


@pytest.mark.covers("A17")
@responses.activate
def test_a17_a_read_is_not_repeated_beyond_the_deadline_of_the_pass() -> None:
    responses.get(TRELLO_URL + CARD_PATH, status=503)
    clock = FakeTime(jitter=1)
    with open_api(clock=clock) as api:
        api.begin_pass(3)
        with pytest.raises(RetryLaterError, match="used up"):
            api.get(CARD_PATH)
    assert len(responses.calls) == 2


@pytest.mark.covers("A17")
@responses.activate
def test_a17_a_write_after_the_deadline_is_not_sent() -> None:
    clock = FakeTime()
    with open_api(clock=clock) as api:
        api.begin_pass(60)
        clock.now += 61
        assert isinstance(api.write("POST", COMMENT, {"text": "x"}), NotApplied)
    assert not responses.calls


@pytest.mark.covers("F1")
@responses.activate
def test_f1_a_write_that_waits_is_given_up_when_the_worker_stops() -> None:
    responses.post(TRELLO_URL + COMMENT, status=429)
    clock = FakeTime()
    with open_api(clock=clock) as api:
        clock.stopped = True
        assert isinstance(api.write("POST", COMMENT, {"text": "x"}), NotApplied)
    assert not responses.calls


@responses.activate
@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        (
            {"x-server-time": "1601303496725", "Date": "Mon, 28 Sep 2020 14:00:00 GMT"},
            datetime(2020, 9, 28, 14, 31, 36, 725000, UTC),
        ),
        ({"Date": "Mon, 28 Sep 2020 14:31:36 GMT"}, datetime(2020, 9, 28, 14, 31, 36, 0, UTC)),
        ({"Date": "yesterday"}, None),
        ({"x-server-time": "9" * 40}, None),
        ({}, None),
    ],
)
def test_g7_trellos_clock_is_known_after_an_answer(
    headers: dict[str, str], expected: datetime | None
) -> None:
    responses.get(TRELLO_URL + CARD_PATH, json={}, headers=headers)
    with open_api() as api:
        assert api.server_time is None
        api.get(CARD_PATH)
        assert api.server_time == expected
        api.begin_pass(60)
        assert api.server_time is None


@responses.activate
def test_every_request_sent_is_counted_for_the_report() -> None:
    responses.get(TRELLO_URL + CARD_PATH, status=500)
    responses.post(TRELLO_URL + COMMENT, status=429)
    with open_api() as api:
        with pytest.raises(RetryLaterError):
            api.get(CARD_PATH)
        api.write("POST", COMMENT, {"text": "x"})
        assert api.traffic == Traffic(requests=6, writes=3, throttled=3)
        api.begin_pass(60)
        assert api.traffic == Traffic()


def test_the_real_clock_is_the_default() -> None:
    transport = Transport(Connection(KEY, TOKEN))
    api = TrelloApi(transport)
    assert repr(api) == "TrelloApi(Transport(Connection(url='api.trello.com')))"
    api.close()


def test_an_upload_shows_its_size_only() -> None:
    assert repr(Upload("a.txt", b"private")) == "Upload('a.txt', 7 bytes)"
