"""Commands as a person types them."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from typer.testing import CliRunner, Result

from bot.cli import app
from tests.end_to_end.office import Office


def typed(office: Office, *words: str, answer: str | None = None, **env: str) -> Result:
    """Run a command in this process, in the office's own folder."""
    environment = {"BOT_CONFIG": str(office.write_config()), **office.environment, **env}
    with _quiet_signals(), in_folder(office.folder):
        return CliRunner().invoke(app, list(words), input=answer, env=environment)


@contextmanager
def started(office: Office, *words: str, **env: str) -> Iterator[subprocess.Popen[str]]:
    """Run a command in a process of its own."""
    process = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "bot", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=office.folder,
        env=_environment(office, env),
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def ran(office: Office, *words: str, **env: str) -> tuple[int, str, str]:
    """Run a command in a process of its own and return its exit code and what it printed."""
    with started(office, *words, **env) as process:
        out, err = process.communicate(timeout=30)
        return process.returncode, out, err


def _environment(office: Office, env: Mapping[str, str]) -> dict[str, str]:
    path = {"PYTHONPATH": str(Path.cwd()), "PATH": os.environ["PATH"], "HOME": str(office.folder)}
    config = {"BOT_CONFIG": str(office.write_config())}
    return path | config | office.environment | dict(env)


@contextmanager
def _quiet_signals() -> Iterator[None]:
    """Give signals back to the tests after a command has taken them."""
    kept = {each: signal.getsignal(each) for each in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)


@contextmanager
def in_folder(folder: Path) -> Iterator[None]:
    """Work in a folder without anybody's ``.env``."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
