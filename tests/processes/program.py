"""The program under test as a process: started cold as an owner does, or forked from a warm one."""

import json
import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from msgspec import Struct

import bot

ROOT = Path(bot.__file__).parents[1]
"""The folder that holds this very program: another installed one must not be tested instead."""
GENEROUS = 60.0
"""Seconds in which any process must have ended; only a hang takes that long."""


class Command(Struct, frozen=True):
    """What to start and where."""

    words: tuple[str, ...]
    env: Mapping[str, str]
    folder: Path
    log: Path
    """What the process prints, on both its outputs."""


class Running(Protocol):
    """A process of the program."""

    def send(self, number: signal.Signals) -> None:
        """Send a signal, unless the process has ended."""

    def over(self, seconds: float = 0.0) -> bool:
        """Tell whether the process ends within so many seconds."""

    def ended(self, seconds: float = GENEROUS) -> int:
        """Wait for the end and return the exit code, negative for a signal; asked once."""


class Start(Protocol):
    """A way to start the program."""

    def __call__(self, command: Command) -> Running:
        """Start it."""


class Cold:
    """``python -m bot`` in a new interpreter."""

    def __init__(self, command: Command) -> None:
        with command.log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                [sys.executable, "-m", "bot", *command.words],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=command.folder,
                env=environment(command),
            )

    def send(self, number: signal.Signals) -> None:
        """Send a signal, unless the process has ended."""
        self._process.send_signal(number)

    def over(self, seconds: float = 0.0) -> bool:
        """Tell whether the process ends within so many seconds."""
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def ended(self, seconds: float = GENEROUS) -> int:
        """Wait for the end and return the exit code, negative for a signal; asked once."""
        if not self.over(seconds):
            self._process.kill()
            self._process.wait()
            raise TimeoutError
        return self._process.returncode


class Warm:
    """A process that has imported the program, and forks one that runs it for each command.

    What comes after the imports is the real program from its first line to its last, but for YAML
    texts that were parsed before (see ``warmed.py``).
    """

    def __init__(self, folder: Path) -> None:
        env = {"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"], "HOME": str(folder)}
        self._parent = subprocess.Popen(
            [sys.executable, "-m", "tests.processes.warmed"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=folder,
            env=env,
        )
        self._codes: dict[int, int] = {}
        self._guard = threading.Lock()

    def __enter__(self) -> "Warm":
        return self

    def __exit__(self, *_: object) -> None:
        self._parent.communicate()

    def __call__(self, command: Command) -> "Forked":
        """Fork and run the program."""
        assert self._parent.stdin is not None
        order = {
            "words": command.words,
            "env": environment(command),
            "folder": str(command.folder),
            "log": str(command.log),
        }
        with self._guard:
            self._parent.stdin.write(json.dumps(order) + "\n")
            self._parent.stdin.flush()
            while (news := self._news())[0] != "started":
                self._codes[news[1]] = news[2]
            return Forked(news[1], self)

    def code(self, pid: int) -> int:
        """Return the exit code of a process that has ended."""
        with self._guard:
            while pid not in self._codes:
                _, ended, code = self._news()
                self._codes[ended] = code
            return self._codes.pop(pid)

    def _news(self) -> tuple[str, int, int]:
        assert self._parent.stdout is not None
        what, pid, code = self._parent.stdout.readline().split()
        return what, int(pid), int(code)


class Forked:
    """The program in a process that was forked from a warm one."""

    def __init__(self, pid: int, parent: Warm) -> None:
        # The number may be given to another process; what this stands for may not.
        self._handle = os.pidfd_open(pid)
        self._pid, self._parent = pid, parent

    def send(self, number: signal.Signals) -> None:
        """Send a signal, unless the process has ended."""
        try:
            signal.pidfd_send_signal(self._handle, number)
        except OSError:
            return  # it has ended

    def over(self, seconds: float = 0.0) -> bool:
        """Tell whether the process ends within so many seconds."""
        waiting = select.poll()
        waiting.register(self._handle, select.POLLIN)
        return bool(waiting.poll(seconds * 1000))

    def ended(self, seconds: float = GENEROUS) -> int:
        """Wait for the end and return the exit code, negative for a signal; asked once."""
        late = not self.over(seconds)
        if late:
            self.send(signal.SIGKILL)
        code = self._parent.code(self._pid)
        os.close(self._handle)
        if late:
            raise TimeoutError
        return code


def environment(command: Command) -> dict[str, str]:
    """Return all of the environment that the program gets."""
    own = {"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"], "HOME": str(command.folder)}
    return own | dict(command.env)
