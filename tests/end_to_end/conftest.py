"""Offices for the tests: French by default, as most owners are."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.office import Office, open_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path) as opened:
        yield opened


@pytest.fixture
def english_office(tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path, "en") as opened:
        yield opened
