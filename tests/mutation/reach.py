"""Which tests reach which lines, and how long each takes: measured once, then kept.

Tests that have come or changed since are measured alone; when the program has changed, all are.
"""

import time
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest
from coverage import Coverage, CoverageData
from msgspec import Struct

from tests.mutation.mutants import ROOT
from tests.mutation.swap import forget

KEPT = ROOT / ".mutation"


class Reach(Struct):
    """How long each test takes, and the data file that tells which lines it reaches."""

    seconds: dict[str, float] = {}
    texts: dict[str, str] = {}
    """By test: a name of its file as it stood."""


class Measuring:
    """A pytest plugin: measures each test that has not been measured."""

    def __init__(self, files: tuple[str, ...]) -> None:
        self._folder = KEPT / program(files)
        self._folder.mkdir(parents=True, exist_ok=True)
        self._reach = known(files)
        self._failed: set[str] = set()
        self._cov = Coverage(
            data_file=str(self._folder / "lines"),
            config_file=False,
            include=[str(ROOT / each) for each in files],
        )

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave out what has been measured, unless its file has changed since."""
        texts = self._reach.texts
        items[:] = [each for each in items if texts.get(each.nodeid) != text_of(each.path)]

    def pytest_collection_finish(self) -> None:
        """Begin when everything is imported: only what a test runs is its own."""
        self._cov.load()
        self._cov.start()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Measure one test."""
        forget()  # what an earlier test left in a cache would not be reached
        self._cov.switch_context(item.nodeid)
        began = time.process_time()
        done = yield
        self._reach.seconds[item.nodeid] = time.process_time() - began
        self._reach.texts[item.nodeid] = text_of(item.path)
        if len(self._reach.seconds) % 200 == 0:
            self._save()
        return done

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Leave out what fails by itself: it would kill every mutant."""
        if report.failed:
            self._failed.add(report.nodeid)

    def pytest_sessionfinish(self) -> None:
        """Keep it."""
        self._cov.stop()
        self._save()

    def _save(self) -> None:
        self._cov.save()
        for each in self._failed:
            self._reach.seconds.pop(each, None)
            self._reach.texts.pop(each, None)
        (self._folder / "seconds.json").write_bytes(msgspec.json.encode(self._reach))


@cache
def text_of(path: Path) -> str:
    """Return a name of a file as it stands."""
    return sha256(path.read_bytes()).hexdigest()[:8]


def program(files: tuple[str, ...]) -> str:
    """Return a name of the program as it stands."""
    return sha256(b"\0".join((ROOT / each).read_bytes() for each in sorted(files))).hexdigest()[:12]


def known(files: tuple[str, ...]) -> Reach:
    """Return what has been measured of this program."""
    kept = KEPT / program(files) / "seconds.json"
    return msgspec.json.decode(kept.read_bytes(), type=Reach) if kept.exists() else Reach()


def tests_by_line(files: tuple[str, ...], file: str) -> Mapping[int, list[str]]:
    """Return for each line of a file the tests that reach it."""
    data = CoverageData(str(KEPT / program(files) / "lines"))
    data.read()
    return data.contexts_by_lineno(str(ROOT / file))
