"""Which tests reach which lines, and how long each takes: measured once, then kept.

Tests that have come or changed since are measured alone.  When the program has changed, the lines
that have shifted are found again by their text, and what stands in the place of a line is taken to
be reached by who reached that line: a wrong choice of tests lets a mutant live, it kills none.
"""

import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
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
        if not (self._folder / "seconds.json").exists():
            _carry_over(self._folder, files)
        for each in files:
            kept = self._folder / "sources" / each
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_bytes((ROOT / each).read_bytes())
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


def _carry_over(folder: Path, files: tuple[str, ...]) -> None:
    """Take over what was measured of the program as it last stood, if anything was."""
    known_before = sorted(KEPT.glob("*/seconds.json"), key=lambda each: each.stat().st_mtime)
    if not known_before:
        return
    before = known_before[-1].parent
    reached: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    data = CoverageData(str(before / "lines"))
    data.read()
    for file in files:
        source = before / "sources" / file
        now_at = moved(_lines_of(source), _lines_of(ROOT / file)) if source.exists() else {}
        for line, tests in data.contexts_by_lineno(str(ROOT / file)).items():
            for test in tests:
                reached[test][str(ROOT / file)].update(now_at.get(line, ()))
    now = CoverageData(str(folder / "lines"))
    for test, lines in reached.items():
        now.set_context(test)
        now.add_lines(lines)
    now.close()
    (folder / "seconds.json").write_bytes(known_before[-1].read_bytes())


def moved(before: Sequence[str], after: Sequence[str]) -> Mapping[int, list[int]]:
    """Return for each line, counted from 1, where it stands now, or what stands in its place."""
    now_at: dict[int, list[int]] = defaultdict(list)
    same = SequenceMatcher(None, before, after, autojunk=False)
    for tag, begin, end, new_begin, new_end in same.get_opcodes():
        if tag == "equal":
            for offset in range(1, end - begin + 1):
                now_at[begin + offset].append(new_begin + offset)
        else:
            # What is only added is reached by who reached the line above.
            for line in range(begin + 1, end + 1) or (begin,):
                now_at[line] += range(new_begin + 1, new_end + 1)
    return now_at


def _lines_of(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines()
