"""``serve``: the worker, and Trello's calls that make it look at once; never more than that."""

import signal
import socket
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import requests

from bot import wiring
from bot.sandbox import Store, delivering
from bot.sandbox.deliveries import signature
from tests.end_to_end.office import Office, open_office
from tests.end_to_end.receivers import (
    Post,
    at_rest,
    post_of,
    receiver,
    until,
    until_it_answers,
)
from tests.end_to_end.shell import ran, started, typed
from tests.end_to_end.test_worker import Watch
from tests.processes.logs import PASS

EIGHT_STEPS = """objectif : trois devis comparables
méthode :
- appeler
- visiter
- mesurer
- chiffrer
- comparer
- négocier
- relire
- envoyer
charge : 2h
pièces :
- https://example.com/plan
- https://example.com/photos
"""


@pytest.fixture
def live(tmp_path: Path) -> Iterator[Office]:
    """An office in whose sandbox time passes, and whose worker looks every ten minutes only."""
    with open_office(tmp_path, store=Store(wiring.clock)) as opened:
        opened.bot.state.end()
        opened.add_portfolio()
        opened.settings["worker"] = {"every": "10m"}
        yield opened


def end(process: subprocess.Popen[str]) -> str:
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 0, err
    return err


def called(post: Post, body: bytes, *, signed: bool = True) -> int:
    secret = post.hook.secret if signed else "another"
    headers = {"X-Trello-Webhook": signature(secret, body, post.hook.url)}
    return requests.post(post.hook.url, data=body, headers=headers, timeout=10).status_code


def test_a_label_leads_to_the_hand_over_without_waiting_for_a_tick(live: Office) -> None:
    """The next tick is ten minutes away: only the webhook can explain what happens here."""
    live.app.latency = timedelta(milliseconds=100)
    card = live.add_card("Trois devis", EIGHT_STEPS)
    watch = Watch("POST", "/actions/comments")
    live.app.faults = watch
    with receiver(live) as (post, process):
        assert typed(live, "setup", "--yes", **post.env).exit_code == 0
        at_rest(live.app)
        live.paul.label(card, "delegate")
        assert watch.seen.wait(60)
        at_rest(live.app)
        before = len(live.app.requests)
        at_rest(live.app, 3.0)
        assert len(live.app.requests) == before
        err = end(process)
    assert live.world.members(card) == ["mel"]
    assert [len(items) for _, items in live.checklists(card)] == [8, 4]
    assert len(card.id_attachments) == 2
    for secret in (live.grant.key, live.grant.token, live.grant.secret):
        assert secret not in err


def test_what_happens_amid_a_pass_is_seen_by_one_that_follows(live: Office) -> None:
    first, second = live.add_card("Un devis", EIGHT_STEPS), live.add_card("Deux", EIGHT_STEPS)
    watch = Watch("POST", "/checklists")
    live.app.faults = watch
    with receiver(live) as (post, process):
        assert typed(live, "setup", "--yes", **post.env).exit_code == 0
        at_rest(live.app)
        live.paul.label(first, "delegate")
        assert watch.seen.wait(30)
        live.paul.label(second, "delegate")
        until(lambda: live.world.texts(second))
        at_rest(live.app)
        end(process)
    assert [live.world.members(each) for each in (first, second)] == [["mel"], ["mel"]]
    assert [len(live.world.texts(each)) for each in (first, second)] == [1, 1]


@pytest.mark.covers("C9", "K11")
def test_c9_k11_calls_replayed_forged_or_about_other_boards_write_nothing(live: Office) -> None:
    card = live.complete()
    with receiver(live) as (post, process):
        until(lambda: live.world.texts(card))
        at_rest(live.app)
        before, writes = len(live.app.requests), len(live.writes)
        own = f'{{"model": {{"id": "{live.board.id}"}}, "action": {{"id": "REPLACED"}}}}'.encode()
        for _ in range(300):
            assert called(post, own) == 200
        for number in range(20):
            other = own.replace(live.board.id.encode(), f"{number:024x}".encode())
            assert called(post, other) == 200
            forged = own.replace(b"REPLACED", str(number).encode())
            assert called(post, forged, signed=False) == 401
        at_rest(live.app)
        # One pass, and each asks for the boards it has and for what moved on them.
        assert 0 < len(live.app.requests) - before <= 3
        assert len(live.writes) == writes
        err = end(process)
    assert err.count(PASS) == 2
    assert err.count("signature") == 1


@pytest.mark.covers("S11")
def test_s11_a_flood_of_true_calls_makes_a_pass_a_second_at_most(live: Office) -> None:
    card = live.complete()
    with receiver(live) as (post, process):
        until(lambda: live.world.texts(card))
        at_rest(live.app)
        own = f'{{"model": {{"id": "{live.board.id}"}}, "action": {{"id": "REPLACED"}}}}'.encode()
        began = wiring.clock()
        for number in range(150):
            assert called(post, own.replace(b"REPLACED", str(number).encode())) == 200
        at_rest(live.app)
        took = (wiring.clock() - began).total_seconds()
        err = end(process)
    assert 2 <= err.count(PASS) <= 3 + took


def test_told_to_stop_in_mid_write_serve_finishes_that_write_and_no_other(live: Office) -> None:
    live.app.latency = timedelta(milliseconds=100)
    card = live.add_card("Trois devis", EIGHT_STEPS)
    watch = Watch("POST", "/checklists")
    watch.signals = (signal.SIGTERM, signal.SIGTERM)
    with receiver(live) as (post, process):
        assert typed(live, "setup", "--yes", **post.env).exit_code == 0
        at_rest(live.app)
        live.app.faults = watch
        watch.process = process.pid
        before = len(live.writes)
        live.paul.label(card, "delegate")
        _, err = process.communicate(timeout=30)
        assert process.returncode == 0, err
    # The write in hand may have been answered by the time the program has heard the signal.
    assert [each.split()[0] for each in live.writes[before:]][:2] == ["PUT", "POST"]
    assert len(live.writes) - before <= 3
    assert live.world.texts(card) == []


@pytest.mark.covers("S10")
@pytest.mark.parametrize("env", [{}, {"PUBLIC_URL": "https://bot.example"}], ids=["none", "half"])
def test_without_address_or_secret_it_works_as_a_worker_and_says_so(
    live: Office, env: dict[str, str]
) -> None:
    card = live.complete()
    post = post_of(live)
    with delivering(live.app), started(live, "serve", "--port", post.port, **env) as process:
        until_it_answers(post.url)
        until(lambda: live.world.texts(card))
        assert requests.head(post.hook.url, timeout=5).status_code == 404
        err = end(process)
    assert live.world.members(card) == ["mel"]
    assert "no webhooks, since the environment sets no" in err
    assert ("PUBLIC_URL" in err) != bool(env)
    assert "TRELLO_API_SECRET" in err
    assert live.app.store.webhooks == {}


@pytest.mark.parametrize("port", ["PORT", "--port"])
def test_a_port_that_is_taken_ends_with_2_and_one_sentence(live: Office, port: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        number = str(taken.getsockname()[1])
        words = ("--host", "127.0.0.1", *(("--port", number) if port == "--port" else ()))
        env = {"PORT": number} if port == "PORT" else {}
        code, _, err = ran(live, "serve", *words, **env)
    assert code == 2
    assert f"Port {number} of 127.0.0.1 cannot be listened on" in " ".join(err.split())
    assert "Traceback" not in err
    assert live.app.requests == []


@pytest.mark.parametrize(
    ("env", "said"),
    [
        ({"PUBLIC_URL": "http://bot.example"}, "https"),
        ({"PUBLIC_URL": "bot.example"}, "PUBLIC_URL"),
        ({"PORT": "http"}, "65535"),
    ],
)
def test_an_address_that_cannot_be_used_ends_with_2_before_anything_is_asked(
    live: Office, env: dict[str, str], said: str
) -> None:
    result = typed(live, "serve", **env)
    assert result.exit_code == 2
    assert said in result.output
    assert live.app.requests == []


@pytest.mark.covers("F7")
def test_f7_after_a_sleep_of_twelve_hours_what_is_due_is_done_once_and_nothing_else(
    office: Office,
) -> None:
    """A platform may put what listens to sleep while nobody calls; whoever calls wakes it."""
    office.add_portfolio()
    first = office.complete()
    office.at("2026-11-24 18:00")
    office.settled()
    said = len(office.world.texts(first))
    second = office.complete("Autre")
    office.world.advance(timedelta(hours=12))
    office.fresh_bot(forget=True)
    office.settled()
    assert office.world.members(second) == ["mel"]
    assert len(office.world.texts(second)) == 1
    assert len(office.world.texts(first)) == said
