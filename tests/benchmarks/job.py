"""One measurement in a process of its own: ``python -m tests.benchmarks.job JOB``.

The job comes as JSON, its figures go to standard output.  Requests are answered by whoever started
the process, at the other end of a pipe, or from a folder of answers.
"""

import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import msgspec
import requests
from msgspec import Struct

from tests.benchmarks.figures import Figures, measured, peak_memory

if TYPE_CHECKING:
    from bot.cycle import Report
    from tests.benchmarks.worker import BotAtWork

from tests.benchmarks.answers import FromFiles
from tests.benchmarks.line import Answered, Asked, Hours, Line

TICKS = 200
BOT, FORCE = "our passes", "apply --force"
DECODED, PARSED = "decoding alone", "json.loads alone"
GROWTH = "large to small"


class Job(Struct, frozen=True):
    """What to measure."""

    name: str
    """One of ours, or a sweep's."""
    file: str
    """The configuration."""
    key: str
    token: str
    began: datetime
    pipe: int | None = None
    """Where requests are answered; without one, in the configuration's folder."""
    at_once: bool = False
    """Whether several boards are read at once, as the program does."""
    small: "Job | None" = None
    """For `GROWTH`: a hundredth of the cards, on as many boards."""


class Result(Struct, frozen=True):
    """What came out."""

    base: float
    """MB that the program holds before it reads anything."""
    steps: dict[str, Figures]


class Far:
    """Asks whoever is at the other end of a pipe."""

    def __init__(self, pipe: int) -> None:
        self._connection = Connection(pipe)

    def __call__(self, asked: Asked) -> Answered:
        """Return their answer."""
        self._connection.send_bytes(msgspec.msgpack.encode(asked))
        return msgspec.msgpack.decode(self._connection.recv_bytes(), type=Answered)


def sweep(job: Job, answer: Callable[[Asked], Answered]) -> Result:
    """Measure what another tool does."""
    from tests.benchmarks.sweeps import SWEEPS  # noqa: PLC0415 - no other job's programs count

    line = Line(answer, Hours(), held_back=True)
    session = requests.Session()
    session.mount("https://", line)
    base = peak_memory()
    step = SWEEPS[job.name]
    return Result(base, {"cold": measured(line, lambda: step(session, job.key, job.token))})


def passes(job: Job, answer: Callable[[Asked], Answered]) -> Result:
    """Measure reading everything, asking the rules about it, and a usual idle pass."""
    from tests.benchmarks.worker import BotAtWork  # noqa: PLC0415

    line = Line(answer, Hours(), held_back=False)
    grant = {"key": job.key, "token": job.token}
    worker = BotAtWork(Path(job.file), grant, line, job.began, at_once=job.at_once)
    base = peak_memory()
    cold = measured(line, worker.read)
    rules = measured(line, lambda: quiet(worker.apply()))
    ticks = [tick(worker) for _ in range(TICKS)]
    return Result(base, {"cold": cold, "rules": rules, "idle": usual(ticks)})


def forced(job: Job, answer: Callable[[Asked], Answered]) -> Result:
    """Measure ``apply --force`` where many cards have just been labelled."""
    from tests.benchmarks.worker import BotAtWork  # noqa: PLC0415

    line = Line(answer, Hours(), held_back=False)
    worker = BotAtWork(Path(job.file), {"key": job.key, "token": job.token}, line, job.began)
    return Result(peak_memory(), {"force": measured(line, lambda: worker.apply(force=True))})


def beside(job: Job, answer: Callable[[Asked], Answered]) -> Result:
    """Measure reading everything, one board after the other, and decoding the same bytes alone."""
    from tests.benchmarks.decoding import DecodingLine, decoded, parsed  # noqa: PLC0415
    from tests.benchmarks.worker import BotAtWork  # noqa: PLC0415

    line = DecodingLine(answer, decoded if job.name == DECODED else parsed)
    worker = BotAtWork(Path(job.file), {"key": job.key, "token": job.token}, line, job.began)
    base = peak_memory()

    def read() -> None:
        worker.read()
        line.decode_last()

    both = measured(line, read)
    cold = msgspec.structs.replace(both, cpu=both.cpu - line.carrying - line.alone)
    return Result(base, {"cold": cold, job.name: msgspec.structs.replace(both, cpu=line.alone)})


def growth(job: Job, _: Callable[[Asked], Answered]) -> Result:
    """Measure idle ticks on large and on small boards in turn: in one run, at one speed.

    Collections of all garbage take longer in a process that holds both; they are too rare for the
    median to show any.
    """
    from tests.benchmarks.worker import BotAtWork  # noqa: PLC0415

    assert job.small, "small boards are needed too"
    workers: dict[str, BotAtWork] = {}
    for name, each in (("large", job), ("small", job.small)):
        line = Line(FromFiles(Path(each.file).parent, each.began), Hours(), held_back=False)
        grant = {"key": each.key, "token": each.token}
        workers[name] = BotAtWork(Path(each.file), grant, line, each.began)
    base = peak_memory()
    for worker in workers.values():
        quiet(worker.apply())
        tick(worker)
    ticks: dict[str, list[Figures]] = {name: [] for name in workers}
    for number in range(TICKS):
        # Each is as often the second, whose memory the other has just driven out.
        for name in sorted(workers, reverse=number % 2 == 1):
            ticks[name].append(tick(workers[name]))
    return Result(base, {name: usual(each) for name, each in ticks.items()})


def tick(worker: "BotAtWork") -> Figures:
    """Measure one pass, a second later."""
    worker.line.hours.wait(1.0)
    return measured(worker.line, lambda: quiet(worker.apply()))


def quiet(report: "Report") -> None:
    """Refuse a pass that wrote or left something: it would not be the one to measure."""
    if report.exit_code or report.plan.changes:
        message = f"not a quiet pass: {report.exit_code} {report.reading.failures}"
        raise AssertionError(message)


def usual(ticks: list[Figures]) -> Figures:
    """Return the costs of a usual tick; requests and bytes must be the same of all.

    Of so little computing the median is shown: whatever else the machine does falls into a few.
    """
    (asked,) = {(each.requests, each.bytes) for each in ticks}
    return Figures(
        *asked,
        waited=sum(each.waited for each in ticks) / len(ticks),
        cpu=median(each.cpu for each in ticks),
        peak=ticks[-1].peak,
    )


OURS: Mapping[str, Callable[[Job, Callable[[Asked], Answered]], Result]] = {
    BOT: passes,
    FORCE: forced,
    DECODED: beside,
    PARSED: beside,
    GROWTH: growth,
}


def done(job: Job, answer: Callable[[Asked], Answered]) -> Result:
    """Return what a job measures."""
    return OURS.get(job.name, sweep)(job, answer)


if __name__ == "__main__":
    told = msgspec.json.decode(sys.argv[1], type=Job)
    answers = FromFiles(Path(told.file).parent, told.began) if told.pipe is None else Far(told.pipe)
    sys.stdout.write(msgspec.json.encode(done(told, answers)).decode())
