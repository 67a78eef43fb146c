"""RESULTS.md: the score of each file, and every survivor with its reason."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from bot import wiring
from tests.mutation.living import Name, reasons
from tests.mutation.mutants import Mutant, Source
from tests.mutation.records import Record
from tests.mutation.session import Executed
from tests.provenance import commit, machine

RESULTS = Path(__file__).with_name("RESULTS.md")


class Counted(Struct):
    """What became of the mutants of one file, or of all."""

    killed: int = 0
    may_live: int = 0
    survived: int = 0
    no_test: int = 0
    not_run: int = 0

    @property
    def executed(self) -> int:
        """Return how many have been put to the test."""
        return self.killed + self.may_live + self.survived

    @property
    def score(self) -> str:
        """Return the share of the killed among those that can be noticed at all."""
        of = self.killed + self.survived + self.no_test
        return f"{self.killed / of:.1%}".replace("%", " %") if of else "–"

    def row(self, name: str) -> str:
        """Return a line of the table."""
        cells = (self.killed, self.survived, self.no_test, self.may_live, self.not_run, self.score)
        return f"| {name} | {' | '.join(map(str, cells))} |"


def table(files: tuple[str, ...], log: Mapping[str, Record], executed: Executed) -> str:
    """Return the page."""
    why, rows, total = reasons(), [], Counted()
    living: list[str] = []
    for file in files:
        mutants = [site.mutant for site in Source(file).sites]
        counted = Counted()
        for each in mutants:
            _count(each, log.get(each.key), why, (counted, total))
        rows.append(counted.row(f"`{file}`"))
        living += _survivors(mutants, log, why)
    lines = [
        "# Mutation testing",
        "",
        f"`python -m tests.mutation` at commit {commit()}, {wiring.clock():%d %B %Y},",
        f"on {machine()}.",
        f"{total.executed} mutants have been executed,",
        f"{executed.mutants} of them by the last run, in {executed.seconds / 60:.1f} min.",
        "",
        "A survivor counts against the score, one that no test reaches too.",
        "May live: equivalent, or without a consequence that matters; the reason stands below.",
        "Not run: not executed yet, or part of the body of a class, which is made once.",
        "",
        "| file | killed | survived | no test | may live | not run | score |",
        "|---|---|---|---|---|---|---|",
        total.row("**all**"),
        *rows,
        "",
        "## Survivors",
        "",
        *living,
    ]
    return "\n".join(lines).rstrip() + "\n"


def _count(
    mutant: Mutant, record: Record | None, why: Mapping[Name, str], counts: tuple[Counted, ...]
) -> None:
    field: str = record.fate if record and record.function == mutant.text else "not_run"
    field = {"timeout": "killed"}.get(field, field)
    if field in {"survived", "no_test"} and mutant.name in why:
        field = "may_live"
    for each in counts:
        setattr(each, field, getattr(each, field) + 1)


def _survivors(
    mutants: list[Mutant], log: Mapping[str, Record], why: Mapping[Name, str]
) -> Iterator[str]:
    seen: Counter[Name] = Counter()
    for each in mutants:
        record = log.get(each.key)
        if record and record.function == each.text and record.fate in {"survived", "no_test"}:
            seen[each.name] += 1
    if seen:
        yield from (f"### `{mutants[0].file}`", "")
        for name, times in seen.items():
            _, function, before, after = name
            again = f" ({times} times)" if times > 1 else ""
            reason = why.get(name, "**no reason yet**")
            yield f"- {function}: `{before}` → `{after}`{again}: {reason}"
        yield ""
