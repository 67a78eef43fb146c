"""The pages about the configuration name every key and variable there is, with its default."""

import ast
import re
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import get_args

import pytest
from pydantic.fields import FieldInfo

from bot.settings import environment
from bot.settings.model import Section, Settings

ROOT = Path(__file__).resolve().parents[3]
PLACES = ("environment.py", "loading.py")
"""The modules of the settings that know what variables are called."""
PAGES = ("docs/configuration.md", "docs/configuration.fr.md")


def rows(page: str) -> list[tuple[str, str, str]]:
    """Return the three cells of each row of a page's tables that begins with code."""
    lines = (ROOT / page).read_text("utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]
    return [(c[0].lstrip("| "), c[1], c[2]) for c in cells if len(c) == 3 and "`" in c[0]]


def named(page: str) -> dict[str, str]:
    """Return what stands in the middle of a row by each name that the row begins with."""
    return {name: default for first, default, _ in rows(page) for name in code(first)}


def code(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def keys(section: type[Section], before: str = "") -> Iterator[tuple[str, FieldInfo]]:
    """Yield every key below a section with what the model says of it."""
    for name, field in section.model_fields.items():
        inner, several = below(field.annotation)
        if inner is None:
            yield f"{before}{name}", field
        else:
            yield from keys(inner, f"{before}{name}{'[]' if several else ''}.")


def below(annotation: object) -> tuple[type[Section] | None, bool]:
    """Return the section that a key holds, and whether it is a list of them."""
    if isinstance(annotation, type) and issubclass(annotation, Section):
        return annotation, False
    inner = [below(each)[0] for each in get_args(annotation)]
    found = next((each for each in inner if each), None)
    return found, found is not None


def as_written(default: object) -> str:
    if isinstance(default, list):
        return f"[{', '.join(default)}]"
    return str(default)


@pytest.mark.parametrize("page", PAGES)
def test_every_key_stands_in_the_table_once_and_no_other(page: str) -> None:
    every = [name for first, _, _ in rows(page) for name in code(first)]
    told = [name for name in every if not re.fullmatch("[A-Z_]+", name)]
    assert sorted(told) == sorted(name for name, _ in keys(Settings))


@pytest.mark.parametrize("page", PAGES)
def test_every_default_is_the_programs(page: str) -> None:
    told = named(page)
    for name, field in keys(Settings):
        if field.is_required() or field.default in (None, ()):
            assert not re.fullmatch("`[^`]+`", told[name]), name
        else:
            assert told[name] == f"`{as_written(field.default)}`", name


def variables() -> set[str]:
    """Return the names that the environment is asked for."""
    sources = ((ROOT / "bot" / "settings" / each).read_text("utf-8") for each in PLACES)
    nodes = (node for source in sources for node in ast.walk(ast.parse(source)))
    texts = {each.value for each in nodes if isinstance(each, ast.Constant)}
    names = {each for each in texts if isinstance(each, str) and re.fullmatch("[A-Z_]{4,}", each)}
    return names - set(environment._LEVELS) - {"ATTA"}


@pytest.mark.parametrize("page", PAGES)
def test_every_variable_of_the_environment_stands_in_the_table(page: str) -> None:
    told = [name for name in named(page) if re.fullmatch("[A-Z_]+", name)]
    assert sorted(told) == sorted(variables())
    assert named(page)["BOT_CONFIG"] == f"`{environment.configuration_file({})}`"
    assert named(page)["TRELLO_API_URL"] == f"`{environment.TRELLO_URL}`"
    assert named(page)["PORT"].startswith(f"`{environment.USUAL_PORT}`")


def test_every_variable_stands_in_the_sample_of_the_environment() -> None:
    text = (ROOT / ".env.example").read_text("utf-8")
    assert {name for name in variables() if name not in text} == set()


def test_both_pages_have_the_same_rows() -> None:
    french, english = (rows(page) for page in PAGES)
    for ours, theirs in zip_longest(french, english):
        assert ours[0] == theirs[0]
        assert code(ours[1]) == code(theirs[1])
        assert code(ours[2]) == code(theirs[2])
