"""The courier: nobody waits for a service that is slow, silent or broken."""

import threading
from queue import SimpleQueue

import pytest
from pydantic import SecretStr

from bot.courier import Courier, Letter


def letter(subject: str) -> Letter:
    return Letter("owner", SecretStr("json://nowhere"), subject, "body", (subject,))


class Service:
    """Takes letters once it is let."""

    def __init__(self) -> None:
        self.let = threading.Event()
        self.told: SimpleQueue[tuple[str, bool]] = SimpleQueue()

    def send(self, sent: Letter) -> bool:
        if sent.subject == "hang":
            self.let.wait(20)
        if sent.subject == "raise":
            raise OSError(sent.address.get_secret_value())
        return sent.subject != "refuse"

    def hear(self, sent: Letter, arrived: bool) -> None:
        self.told.put((sent.subject, arrived))


@pytest.mark.covers("L6")
def test_a_letter_is_taken_at_once_and_sent_by_and_by() -> None:
    service = Service()
    courier = Courier(service.send, service.hear)
    assert courier.take(letter("hang"))
    assert courier.take(letter("next"))
    assert service.told.empty()
    service.let.set()
    courier.close(20)
    assert [service.told.get(timeout=20) for _ in range(2)] == [("hang", True), ("next", True)]


def test_what_is_refused_or_raises_has_not_arrived_and_stops_nothing() -> None:
    service = Service()
    courier = Courier(service.send, service.hear)
    for each in ("refuse", "raise", "last"):
        assert courier.take(letter(each))
    courier.close(20)
    told = [service.told.get(timeout=20) for _ in range(3)]
    assert told == [("refuse", False), ("raise", False), ("last", True)]


def test_where_no_thread_can_begin_letters_wait_for_the_next_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def lack(_: threading.Thread) -> None:
        raise RuntimeError

    service = Service()
    courier = Courier(service.send, service.hear)
    with monkeypatch.context() as without:
        without.setattr(threading.Thread, "start", lack)
        assert courier.take(letter("first"))
    courier.close(0)
    assert courier.take(letter("second"))
    courier.close(20)
    told = [service.told.get(timeout=20) for _ in range(2)]
    assert told == [("first", True), ("second", True)]


def test_no_more_is_taken_than_can_be_carried() -> None:
    service = Service()
    courier = Courier(service.send, service.hear)
    taken = [courier.take(letter("hang")) for _ in range(60)]
    assert 50 <= sum(taken) <= 51
    courier.close(0)
    service.let.set()


def test_a_courier_without_letters_closes_at_once() -> None:
    service = Service()
    Courier(service.send, service.hear).close(20)
    assert service.told.empty()


def test_a_fault_of_who_hears_of_a_letter_stops_no_other_and_is_told_as_a_bug(
    caplog: pytest.LogCaptureFixture,
) -> None:
    service = Service()

    def hear(sent: Letter, arrived: bool) -> None:
        service.hear(sent, arrived)
        if sent.subject == "first":
            raise KeyError

    courier = Courier(service.send, hear)
    for each in ("first", "second", "last"):
        assert courier.take(letter(each))
    courier.close(20)
    told = [service.told.get(timeout=20) for _ in range(3)]
    assert told == [("first", True), ("second", True), ("last", True)]
    assert [each.event["event"] for each in caplog.records] == ["bug"]  # type: ignore[attr-defined]


def test_a_courier_that_has_ended_begins_anew_with_the_next_letter() -> None:
    service = Service()
    courier = Courier(service.send, service.hear)
    for each in ("first", "second"):
        assert courier.take(letter(each))
        courier.close(20)
        assert service.told.get(timeout=20) == (each, True)
