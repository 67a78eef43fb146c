"""Two test runs of our own: one that measures what reaches what, one that tries the mutants."""

import time
from collections.abc import Iterator

import pytest
from msgspec import Struct

from tests.mutation import reach, scope
from tests.mutation.living import reasons
from tests.mutation.mutants import Mutant, Source
from tests.mutation.readers import lines_reading, names, test_file
from tests.mutation.records import Record, read, write
from tests.mutation.server import Server, name_of
from tests.mutation.swap import in_class_body

_ALWAYS = ["-p", "no:randomly", "-p", "no:cacheprovider", "--capture=no", "-q"]
LOG = reach.KEPT / "log.jsonl"


class Asked(Struct):
    """What a run is asked to do."""

    files: tuple[str, ...]
    until: float
    seconds: float
    workers: int
    again: bool = False
    """Try also what may live, or has survived the same tests: there may be more time for it now."""


class Executed(Struct):
    """What a run has done."""

    mutants: int = 0
    seconds: float = 0.0


class _Same:
    """Makes property tests try the same examples each time, and not look for smaller ones."""

    def pytest_collection(self) -> None:
        # Imported late: pytest rewrites its assertions first.
        from hypothesis import Phase, settings  # noqa: PLC0415

        settings.register_profile(
            "mutation",
            deadline=None,
            derandomize=True,
            database=None,
            phases=(Phase.explicit, Phase.generate),
        )
        settings.load_profile("mutation")


def measured(files: tuple[str, ...]) -> int:
    """Measure each test that is new; return the exit code."""
    code = pytest.main(
        [*_ALWAYS, "-k", scope.CHOICE, *scope.TESTS],
        plugins=[_Same(), reach.Measuring(files)],
    )
    return 0 if code in {pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED} else int(code)


def tried(asked: Asked, files: tuple[str, ...]) -> Executed:
    """Try every mutant that is left."""
    trying = _Trying(asked, files)
    began = time.monotonic()
    pytest.main([*_ALWAYS, "-k", scope.CHOICE, *scope.TESTS], plugins=[_Same(), trying])
    trying.executed.seconds = time.monotonic() - began
    return trying.executed


class _Trying:
    """A pytest plugin: in the place of the tests, their mutants."""

    def __init__(self, asked: Asked, files: tuple[str, ...]) -> None:
        self._asked, self._files = asked, files
        self._reach = reach.known(files)
        self._reasons = reasons()
        self._lines = {each: reach.tests_by_line(files, each) for each in files}
        self.executed = Executed()

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        session.config._tmp_path_factory.getbasetemp()  # type: ignore[attr-defined]
        items = {e.nodeid: e for e in session.items if e.nodeid in self._reach.seconds}
        server = Server(items, self._reach.seconds, self._asked.seconds, self._asked.workers)
        for file in self._asked.files:
            for record in self._file(server, Source(file), set(items)):
                write(LOG, record)
                self.executed.mutants += record.fate not in {"no_test", "not_run"}
        return True

    def _file(self, server: Server, source: Source, tests: set[str]) -> Iterator[Record]:
        log, begun = read(LOG), False
        for mutant in (each.mutant for each in source.sites):
            if mutant.key in log:
                server.remember(mutant, log[mutant.key].by)
        for site in source.sites:
            if time.monotonic() > self._asked.until:
                break
            mutant = site.mutant
            reaching = self._reaching(source, mutant, tests)
            name = name_of(f"{each} {self._reach.texts[each]}" for each in reaching)
            if self._is_known(log.get(mutant.key), mutant, name):
                continue
            if not begun:
                server.control(source, reaching)
                begun = True
            if reaching or in_class_body(source, mutant):
                yield from server.try_out(source, site, reaching, name)
            else:
                yield Record(mutant.key, mutant.text, "no_test", tests=name)
        yield from server.rest()

    def _reaching(self, source: Source, mutant: Mutant, tests: set[str]) -> set[str]:
        lines = self._lines[mutant.file]
        at, statement = mutant.lines
        if not mutant.on_import:
            return tests & (set(lines.get(at, ())) or set(lines.get(statement, ())))
        if body := source.body_from(statement):
            return tests & {test for line in body for test in lines.get(line, ())}
        name = mutant.function.rsplit(".", 1)[-1]
        read_at = lines_reading(name, self._files)
        reaching = {test for file, line in read_at for test in self._lines[file].get(line, ())}
        return tests & reaching | {test for test in tests if names(test_file(test), name)}

    def _is_known(self, known: Record | None, mutant: Mutant, tests: str) -> bool:
        if known is None or known.function != mutant.text:
            return False
        if known.fate in {"killed", "timeout", "not_run"}:
            return True
        may_live = mutant.name in self._reasons
        return not self._asked.again and (may_live or known.tests == tests)
