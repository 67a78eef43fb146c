"""Boards made once, undisturbed runs to compare with, and warm processes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import wiring
from bot.state import StateFolder
from tests.processes import boards
from tests.processes.place import Place, open_place
from tests.processes.program import Warm
from tests.processes.recovery import Undisturbed, undisturbed


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that all places of these tests stand in, with the owner's kinds of brief."""
    folder = tmp_path_factory.mktemp("processes")
    boards.add_kinds(folder)
    return folder


@pytest.fixture(scope="session")
def one_card(shelf: Path) -> Path:
    return boards.one_card(shelf)


@pytest.fixture(scope="session")
def busy_morning(shelf: Path) -> Path:
    return boards.busy_morning(shelf)


@pytest.fixture(scope="session")
def today(shelf: Path) -> Path:
    return boards.today(shelf)


@pytest.fixture(scope="session")
def warm(shelf: Path) -> Iterator[Warm]:
    with Warm(shelf) as started:
        yield started


@pytest.fixture(scope="session")
def wanted(shelf: Path, one_card: Path, warm: Warm) -> Undisturbed:
    """What one pass leaves of the board with one card."""
    with open_place(shelf / "undisturbed", one_card, start=warm) as place:
        return undisturbed(place)


@pytest.fixture(scope="session")
def wanted_busy(shelf: Path, busy_morning: Path, warm: Warm) -> Undisturbed:
    """What one pass leaves of the busy morning."""
    with open_place(shelf / "undisturbed-busy", busy_morning, start=warm) as place:
        return undisturbed(place)


@pytest.fixture(scope="session")
def wanted_today(shelf: Path, today: Path, warm: Warm) -> Undisturbed:
    """What one pass leaves of today's cards."""
    with open_place(shelf / "undisturbed-today", today, wiring.clock, warm) as place:
        return undisturbed(place)


@pytest.fixture
def place(shelf: Path, one_card: Path, warm: Warm) -> Iterator[Place]:
    """A place with one card to hand over, where forked processes work."""
    with open_place(_new(shelf), one_card, start=warm) as opened:
        yield opened


@pytest.fixture
def busy(shelf: Path, busy_morning: Path, warm: Warm) -> Iterator[Place]:
    """A place on whose board one pass writes every kind of change."""
    with open_place(_new(shelf), busy_morning, start=warm) as opened:
        yield opened


@pytest.fixture
def live(shelf: Path, today: Path, warm: Warm) -> Iterator[Place]:
    """A place where time passes, for workers; the last run there ended cleanly."""
    with open_place(_new(shelf), today, wiring.clock, warm) as opened:
        StateFolder(opened.state()).end()
        yield opened


def _new(shelf: Path) -> Path:
    """Return a folder that is not there yet, beside the owner's kinds."""
    return shelf / f"place-{len(list(shelf.iterdir()))}"
