"""Which calls about boards ask for a pass: those about boards that are served, and no others."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from werkzeug.wrappers import Request

from bot import wiring
from bot.sandbox import Store
from bot.sandbox.call import Answer
from bot.service import Service
from tests.end_to_end.office import Office, Peace, open_office


@pytest.fixture
def live(tmp_path: Path) -> Iterator[Office]:
    """An office in whose sandbox time passes."""
    with open_office(tmp_path, store=Store(wiring.clock)) as opened:
        yield opened


def service(office: Office) -> Service:
    bot = office.fresh_bot()
    return Service(bot, office.config, office.environment, threading.Event())


def rings(at_work: Service, board_id: str) -> bool:
    """Tell whether a call about a board asks for a pass."""
    asked: list[bool] = []
    at_work._bell.heard_by(lambda: asked.append(True))
    at_work.moved(board_id)
    at_work._bell.answer(threading.Event())
    return bool(asked)


def test_before_the_first_pass_every_call_asks_for_one(live: Office) -> None:
    assert rings(service(live), "0" * 24)


@pytest.mark.parametrize("by", ["short link", "id"])
def test_a_call_about_a_served_board_asks_for_a_pass_and_one_about_another_does_not(
    live: Office, by: str
) -> None:
    other = live.add_board("Second")
    live.settings["boards"] = [live.board.id if by == "id" else live.board.short_link]
    at_work = service(live)
    at_work._ticker()
    assert rings(at_work, live.board.id)
    assert not rings(at_work, other.id)
    assert not rings(at_work, "0" * 24)


def test_a_board_that_is_taken_out_of_the_configuration_asks_for_nothing_any_more(
    live: Office,
) -> None:
    other = live.add_board("Second")
    live.settings["boards"].append(other.short_link)
    at_work = service(live)
    at_work._ticker()
    assert rings(at_work, other.id)
    live.settings["boards"].pop()
    live.write_config()
    at_work._ticker()
    assert rings(at_work, live.board.id)
    assert not rings(at_work, other.id)


class Names(Peace):
    """Notes what clients call themselves."""

    def __init__(self) -> None:
        self.heard: set[str | None] = set()

    def before(self, request: Request) -> Answer | None:
        self.heard.add(request.headers.get("X-Trello-Client-Identifier"))
        return self.nothing


@pytest.mark.parametrize(("client", "heard"), [("delegate-bot 12", "delegate-bot 12"), ("", None)])
def test_every_request_bears_the_name_of_a_bot_that_has_one(
    live: Office, client: str, heard: str | None
) -> None:
    names = live.app.faults = Names()
    live.complete()
    bot = wiring.build(live.write_config(), live.environment, client=client)
    bot.cycle.applied(wiring.clock(), live.writing())
    bot.close()
    assert names.heard == {heard}
    assert live.writes
