"""Starts jobs in processes of their own and answers their requests."""

import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path

import msgspec

from tests.benchmarks.job import Job, Result
from tests.benchmarks.line import Answered, Asked

ROOT = Path(__file__).parents[2]


def run(job: Job, answer: Callable[[Asked], Answered] | None = None) -> Result:
    """Run a job in a process of its own; without ``answer`` from the files beside its boards."""
    here, there = Pipe()
    told = msgspec.structs.replace(job, pipe=there.fileno()) if answer else job
    command = [sys.executable, "-m", "tests.benchmarks.job", msgspec.json.encode(told).decode()]
    with subprocess.Popen(  # noqa: S603 - our own module
        command, stdout=subprocess.PIPE, pass_fds=[there.fileno()], cwd=ROOT
    ) as process:
        there.close()
        if answer:
            _serve(here, answer)
        out, _ = process.communicate()
    here.close()
    if process.returncode:
        message = f"the job {job.name} has failed"
        raise RuntimeError(message)
    return msgspec.json.decode(out, type=Result)


def _serve(here: Connection, answer: Callable[[Asked], Answered]) -> None:
    with suppress(EOFError):
        while True:
            asked = msgspec.msgpack.decode(here.recv_bytes(), type=Asked)
            here.send_bytes(msgspec.msgpack.encode(answer(asked)))
