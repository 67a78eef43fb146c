"""The Procfile's lines, run as a platform runs them: by a shell, on a disk that is empty again."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from bot import wiring
from bot.sandbox import Store
from tests.end_to_end.office import Office, open_office
from tests.end_to_end.receivers import post_of, until, until_it_answers
from tests.unit.shell.test_deploying import ROOT, values
from tests.unit.trello.doubles import RawServer, http

LINES = dict(
    line.split(": ", 1) for line in (ROOT / "Procfile").read_text("utf-8").strip().splitlines()
)
PATH = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
SIGN = "/ping/7d3b5f81-626d-7e8f-9a0b-1c2d3e0c4a9e"


@pytest.fixture
def live(tmp_path: Path) -> Iterator[Office]:
    """An office in whose sandbox time passes, with a state folder where platforms have it."""
    with open_office(tmp_path / "office", store=Store(wiring.clock)) as opened:
        del opened.settings["state"]
        yield opened


@pytest.fixture
def slug(tmp_path: Path) -> Path:
    """A folder with what the Dockerfile copies into the image, and nothing else."""
    folder = tmp_path / "app"
    for *sources, target in (each.split() for each in values("COPY")):
        for name in sources:
            place = folder / target / (name if target == "./" else "")
            copied = folder / target / Path(name).name if target.endswith("/") else place
            copied.parent.mkdir(parents=True, exist_ok=True)
            if (ROOT / name).is_dir():
                skipped = shutil.ignore_patterns("__pycache__")
                shutil.copytree(ROOT / name, folder / target, ignore=skipped)
            else:
                shutil.copy(ROOT / name, copied)
    return folder


@contextmanager
def dyno(line: str, slug: Path, env: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """Run a line in a shell; told to stop by SIGTERM to that shell alone it must end with 0."""
    process = subprocess.Popen(  # noqa: S603 - our own Procfile
        ["sh", "-c", line],  # noqa: S607 - the platform's shell
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=slug,
        env=env,
        start_new_session=True,
    )
    try:
        yield process
        process.send_signal(signal.SIGTERM)
        out, _ = process.communicate(timeout=30)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    assert process.returncode == 0
    log = [json.loads(each) for each in out.splitlines()]
    assert log[-1]["event"] == "stopping"
    assert "CRITICAL" not in {each["level"] for each in log}
    for secret in (env["TRELLO_API_KEY"], env["TRELLO_API_TOKEN"], SIGN):
        assert secret not in out


@pytest.mark.covers("F4")
def test_each_line_of_the_procfile_works_alone_on_an_empty_disk_and_repeats_nothing(
    live: Office, slug: Path, tmp_path: Path
) -> None:
    home, post = tmp_path / "home", post_of(live)
    first = live.complete()
    with RawServer(http("200 OK")) as watchman:
        env = live.environment | {
            "HOME": str(home),
            "PATH": PATH,
            "PORT": post.port,
            "BOT_CONFIG_YAML": json.dumps(live.settings, ensure_ascii=False),
            "DEADMAN_URL": watchman.url.removesuffix("/1") + SIGN,
        }
        with dyno(LINES["web"], slug, env):
            until_it_answers(post.url)
            until(lambda: live.world.texts(first) and watchman.requests)
        said = live.world.texts(first)
        assert list(home.rglob("posted"))
        shutil.rmtree(home)
        second = live.complete("Autre")
        with dyno(LINES["worker"], slug, env):
            until(lambda: live.world.texts(second) and len(watchman.requests) > 1)
    assert live.world.texts(first) == said
    assert [live.world.members(each) for each in (first, second)] == [["mel"], ["mel"]]
    assert {each.split()[1] for each in watchman.requests} == {SIGN.encode()}
