"""One playground for all runs of a test process."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.simulation.place import playground
from tests.simulation.secrets import listening


@pytest.fixture(scope="session")
def folder() -> Iterator[Path]:
    with playground() as place:
        yield place


@pytest.fixture(autouse=True)
def _ears() -> Iterator[None]:
    with listening():
        yield
