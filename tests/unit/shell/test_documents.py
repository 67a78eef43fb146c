"""What the documents say is what the program does, and a wheel carries what it needs."""

import re
import zipfile
from pathlib import Path

import pytest
from hatchling.build import build_wheel

from bot.cli import app

ROOT = Path(__file__).resolve().parents[3]
READMES = ("README.md", "README.fr.md")
PAGES = (
    *READMES,
    "bot/ARCHITECTURE.md",
    "CHANGELOG.md",
    "docs/deploying.md",
    "docs/deploying.fr.md",
    "docs/operating.md",
)


@pytest.mark.parametrize("page", READMES)
def test_the_readme_lists_exactly_the_commands_there_are(page: str) -> None:
    listed = re.findall(
        r"^\| `([a-z]+)(?: [A-Z]+)?` \|", (ROOT / page).read_text("utf-8"), re.MULTILINE
    )
    known = [each.callback.__name__ for each in app.registered_commands if each.callback]
    assert sorted(listed) == sorted(known)


@pytest.mark.parametrize("page", PAGES)
def test_no_link_of_a_page_leads_nowhere(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    targets = re.findall(r"\]\((?!https?:)([^)#]+)\)", text)
    folder = (ROOT / page).parent
    assert [each for each in targets if not (folder / each).exists()] == []


def test_the_wheel_carries_templates_and_sample_configuration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    with zipfile.ZipFile(tmp_path / build_wheel(str(tmp_path))) as wheel:
        names = set(wheel.namelist())
    for source in ("templates", "config"):
        files = [each for each in (ROOT / source).rglob("*") if each.is_file()]
        carried = {f"bot/resources/{each.relative_to(ROOT).as_posix()}" for each in files}
        assert carried - {"bot/resources/config/bot.yaml"} <= names
