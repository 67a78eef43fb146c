"""One playground for all runs of a test process."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.simulation.place import playground
from tests.simulation.secrets import overheard


@pytest.fixture(scope="session")
def folder() -> Iterator[Path]:
    overheard()
    with playground() as place:
        yield place
