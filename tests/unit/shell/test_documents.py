"""What the documents say is what the program does, and a wheel carries what it needs."""

import re
import tomllib
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date
from email import message_from_string
from pathlib import Path
from typing import Any

import pytest
from hatchling.build import build_wheel
from packaging.version import Version
from ruamel.yaml import YAML
from typer.main import get_command
from typer.testing import CliRunner

from bot import __version__
from bot.channels import INSTALL
from bot.cli import app

ROOT = Path(__file__).resolve().parents[3]
READMES = ("README.md", "README.fr.md")
PAGES = (
    *READMES,
    "bot/ARCHITECTURE.md",
    "CHANGELOG.md",
    "SECURITY.md",
    "docs/deploying.md",
    "docs/deploying.fr.md",
    "docs/operating.md",
    "CONTRIBUTING.md",
    "docs/configuration.md",
    "docs/configuration.fr.md",
)
UNRELEASED = "Unreleased"
CODE = r"```[^`]*```|`[^`\n]+`"


def text_of(page: str) -> str:
    return (ROOT / page).read_text("utf-8")


def commands(group: Any, before: str = "") -> Iterator[str]:
    """Yield every command by all its words."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}"


@pytest.mark.parametrize("page", READMES)
def test_the_readme_lists_exactly_the_commands_there_are(page: str) -> None:
    listed = re.findall(r"^\| `([a-z]+(?: [a-z]+)?)(?: [A-Z]+)?` \|", text_of(page), re.MULTILINE)
    assert sorted(listed) == sorted(commands(get_command(app)))


@pytest.mark.parametrize("page", PAGES)
def test_every_command_that_a_page_tells_to_type_exists(page: str) -> None:
    known = set(commands(get_command(app)))
    typed = re.findall(r"delegate-bot ([a-z]+(?: (?:new|check|show)\b)?)", text_of(page))
    assert {each for each in typed if each not in known | {"brief"}} == set()


@pytest.mark.parametrize("page", [*READMES, ".env.example"])
def test_what_to_install_for_notices_is_the_extra_of_that_name(page: str) -> None:
    project = tomllib.loads(text_of("pyproject.toml"))["project"]
    (apprise,) = project["optional-dependencies"]["notify"]
    assert f'pip install "{apprise}"' == INSTALL
    assert INSTALL in text_of(page)


@pytest.mark.parametrize("page", PAGES)
def test_no_link_of_a_page_leads_nowhere(page: str) -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)\)", text_of(page))
    folder = (ROOT / page).parent
    assert [each for each in targets if not (folder / each).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_target_of_make_that_a_page_names_exists(page: str) -> None:
    there = set(re.findall(r"^([a-z]+):", text_of("Makefile"), re.MULTILINE))
    assert {*re.findall(r"\bmake ([a-z]+)\b(?=[ `\n])", code_of(page))} <= there


@pytest.mark.parametrize("page", [each for each in PAGES if each.endswith(".fr.md")])
def test_in_french_no_sign_can_begin_a_line(page: str) -> None:
    prose = re.sub(CODE, "x", text_of(page))
    assert re.findall(r"\S+ [:;!?](?=[\s*)»])|« \S+|\S+ »", prose) == []


def code_of(page: str) -> str:
    return "\n".join(re.findall(CODE, text_of(page)))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[zipfile.ZipFile]:
    """The package as it is built for others."""
    folder = tmp_path_factory.mktemp("wheel")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        name = build_wheel(str(folder))
    with zipfile.ZipFile(folder / name) as opened:
        yield opened


def test_the_wheel_carries_templates_and_sample_configuration(wheel: zipfile.ZipFile) -> None:
    names = set(wheel.namelist())
    for source in ("templates", "config"):
        files = [each for each in (ROOT / source).rglob("*") if each.is_file()]
        carried = {f"bot/resources/{each.relative_to(ROOT).as_posix()}" for each in files}
        assert carried - {"bot/resources/config/bot.yaml"} <= names


def test_the_version_stands_in_one_place_and_is_told_everywhere(wheel: zipfile.ZipFile) -> None:
    [file] = (each for each in wheel.namelist() if each.endswith(".dist-info/METADATA"))
    metadata = message_from_string(wheel.read(file).decode())
    assert metadata["Version"] == __version__ == str(Version(__version__))
    assert CliRunner().invoke(app, ["--version"]).output == f"delegate-bot {__version__}\n"


def sections() -> list[tuple[str, str]]:
    """Return name and date of each section of the changelog, the newest first."""
    found = re.findall(r"^## (\S+)(?: – (\S+))?$", text_of("CHANGELOG.md"), re.MULTILINE)
    assert len(found) == len(re.findall(r"^## ", text_of("CHANGELOG.md"), re.MULTILINE))
    return found


def test_the_changelog_and_the_version_agree() -> None:
    (newest, _), *_ = sections()
    if Version(__version__).is_devrelease:
        assert newest == UNRELEASED
    else:
        assert newest == __version__


def test_released_versions_stand_in_their_order_with_their_days() -> None:
    released = [(Version(name), date.fromisoformat(day)) for name, day in sections() if day]
    assert [name for name, day in sections() if not day] in ([], [UNRELEASED])
    assert released == sorted(released, reverse=True)
    assert all(version < Version(__version__) for version, _ in released[1:])
    if Version(__version__).is_devrelease:
        assert all(version < Version(__version__) for version, _ in released)


def loaded(file: str) -> Mapping[str, Any]:
    parsed: Mapping[str, Any] = YAML(typ="safe", pure=True).load(text_of(file))
    return parsed


def test_hooks_before_a_commit_download_nothing_and_run_the_locked_tools() -> None:
    for repository in loaded(".pre-commit-config.yaml")["repos"]:
        assert repository["repo"] == "local"
        for hook in repository["hooks"]:
            assert hook["language"] == "system"
            assert hook["entry"].startswith(".venv/bin/")
            assert (ROOT / hook["entry"].split()[0]).exists()


def test_continuous_integration_runs_the_checks_of_this_machine_and_no_others() -> None:
    workflow = loaded(".github/workflows/ci.yml")
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    assert [each["run"] for each in steps if "run" in each] == [".ci/run", "make audit"]
    assert workflow["permissions"] == {"contents": "read"}
    for each in (step["uses"] for step in steps if "uses" in step):
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", each)


def test_continuous_integration_tries_every_python_that_is_promised() -> None:
    tried = loaded(".github/workflows/ci.yml")["jobs"]["test"]["strategy"]["matrix"]["python"]
    promised = re.findall(r"Programming Language :: Python :: (3\.\d+)", text_of("pyproject.toml"))
    assert tried == promised
