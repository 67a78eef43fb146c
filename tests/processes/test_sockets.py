"""Connections that break below HTTP, on the real stack of py-trello, requests and urllib3."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal, TypeAlias

import pytest

from bot.ports import Applied, RetryLaterError, Unknown
from bot.sandbox import Grant
from bot.sandbox.app import Seen
from bot.trello.client import TrelloApi
from bot.trello.connection import Connection
from bot.trello.patience import LONGEST, PatientAdapter
from bot.trello.transport import Transport
from tests.end_to_end.office import READING
from tests.processes.middleman import Trouble, between
from tests.processes.place import APPLY, Place
from tests.processes.recovery import Undisturbed, faults, recover
from tests.processes.troubles import HEARD, LOST, WRITING, AtWrites, always, endless, endless_head
from tests.unit.trello.doubles import FakeTime

Method: TypeAlias = Literal["POST", "PUT", "DELETE"]
METHODS: tuple[Method, ...] = ("POST", "PUT", "DELETE")


@contextmanager
def client(place: Place, url: str, longest: float = LONGEST) -> Iterator[TrelloApi]:
    grant: Grant = place.world.grant(place.world.person("delegatebot"))
    connection = Connection(grant.key, grant.token, url=url)
    transport = Transport(connection, FakeTime().timing, adapter=PatientAdapter(longest))
    yield TrelloApi(transport)
    transport.close()


def a_write(place: Place, method: Method) -> tuple[Method, str, dict[str, str]]:
    """Return a write of that method that is good for one time."""
    card = place.world.card_named(place.board, "Devis du toit")
    if method == "DELETE":
        return method, f"/cards/{card.id}/idLabels/{card.id_labels[0]}", {}
    if method == "PUT":
        return method, f"/cards/{card.id}", {"desc": "Neuf"}
    return method, f"/cards/{card.id}/actions/comments", {"text": "Bonjour"}


def carried_out(place: Place) -> list[Seen]:
    return [each for each in place.app.requests if each.method not in READING]


@pytest.mark.covers("A11", "A12", "C1")
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("trouble", LOST)
def test_c1_a11_a12_a_write_whose_answer_is_lost_is_sent_once_and_unknown(
    place: Place, trouble: str, method: Method
) -> None:
    with between(place.url, always(LOST[trouble])) as wire, client(place, wire.url) as api:
        assert isinstance(api.write(*a_write(place, method)), Unknown)
    assert [each.method for each in wire.requests] == [method]
    assert len(carried_out(place)) == ("not carried out" not in trouble)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("trouble", HEARD)
def test_a_write_whose_whole_answer_comes_in_an_odd_way_is_sent_once_and_applied(
    place: Place, trouble: str, method: Method
) -> None:
    with between(place.url, always(HEARD[trouble])) as wire, client(place, wire.url) as api:
        assert isinstance(api.write(*a_write(place, method)), Applied)
    assert len(wire.requests) == 1


@pytest.mark.covers("A8")
@pytest.mark.parametrize("trouble", LOST)
def test_a8_a_read_whose_answer_is_lost_is_asked_three_times_at_most(
    place: Place, trouble: str
) -> None:
    with (
        between(place.url, always(LOST[trouble])) as wire,
        client(place, wire.url) as api,
        pytest.raises(RetryLaterError),
    ):
        api.get(f"/boards/{place.board.id}")
    assert len(wire.requests) == 3


@pytest.mark.covers("A17")
@pytest.mark.parametrize("trouble", [endless, endless_head])
def test_a17_an_answer_that_dribbles_without_end_is_given_up_and_the_write_unknown(
    place: Place, trouble: Trouble
) -> None:
    with between(place.url, always(trouble)) as wire, client(place, wire.url, 0.4) as api:
        assert isinstance(api.write(*a_write(place, "POST")), Unknown)
    assert len(wire.requests) == 1


@pytest.mark.covers("A11")
@pytest.mark.parametrize("method", METHODS)
def test_a11_a_write_on_a_connection_that_has_been_kept_is_sent_once_when_it_breaks(
    place: Place, method: Method
) -> None:
    trouble = AtWrites({1: LOST["reset, carried out"]})
    with between(place.url, trouble) as wire, client(place, wire.url) as api:
        api.get(f"/boards/{place.board.id}")
        assert isinstance(api.write(*a_write(place, method)), Unknown)
    assert [each.method for each in wire.requests] == ["GET", method]


@pytest.mark.covers("C1")
def test_c1_every_write_of_a_pass_reaches_the_server_once_whatever_breaks_and_the_board_ends_right(
    busy: Place, wanted_busy: Undisturbed
) -> None:
    kinds = [*LOST.values(), *HEARD.values()]
    # The first write is a DELETE, the ninth and tenth are PUTs, the others POSTs and a DELETE.
    troubles = AtWrites(dict(zip((1, 2, 4, 5, 8, 9, 10, 11, 19, 20, 25, 33), kinds, strict=True)))
    busy.settle("0s")
    with between(busy.url, troubles) as wire:
        assert busy.run(*APPLY, env={"TRELLO_API_URL": wire.url}).ended() == 3
    writes = Counter(each.raw for each in wire.requests if each.method in WRITING)
    assert set(writes.values()) == {1}
    recover(busy)
    assert list(faults(busy, wanted_busy)) == []
