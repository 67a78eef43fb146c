"""YAML is read safely: nothing explodes, hangs or is guessed."""

from contextlib import suppress
from time import perf_counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.settings import SettingsError
from bot.settings.document import Document, dotted, undotted
from bot.settings.reading import read_document
from tests.unit.settings.documents import problems_of

ALIAS_BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{name}: &{name} [{','.join([f'*{before}'] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.covers("G1")
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("9:30", "9:30"),
        ("12:00", "12:00"),
        ("no", "no"),
        ("on", "on"),
        ("2026-12-24", "2026-12-24"),
        ("017", 17),
        ("1_000", "1_000"),
        ("+3", 3),
        ("1.5", 1.5),
        ("1e3", 1000.0),
        ("true", True),
        ("null", None),
        ("~", None),
        ("", None),
        ('"true"', "true"),
        ("'12'", "12"),
        ("|\n  two\n  lines\n", "two\nlines\n"),
        ("[a, 1]", ["a", 1]),
    ],
)
def test_scalars_follow_yaml_1_2(text: str, value: object) -> None:
    assert read_document(f"key: {text}", "file").tree == {"key": value}


def test_lines_are_those_of_the_file() -> None:
    document = read_document("a:\n  - b: 1\n    c:\n      - x\n      - y\n", "file")
    assert [document.line(undotted(path)) for path in ("a", "a[0].b", "a[0].c[1]")] == [1, 2, 5]
    assert document.line(undotted("a[0].c[1].further.down")) == 5


def test_a_path_is_written_as_people_write_it() -> None:
    path = ("people", "assistants", 0, "hours")
    assert dotted(path) == "people.assistants[0].hours"
    assert undotted("people.assistants[0].hours") == path


@pytest.mark.covers("G2", "G14", "S12")
@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (ALIAS_BOMB, 1, "anchors"),
        ("a: 1\nb: *a\n", 2, "anchors"),
        ("a: !!python/object/apply:os.system [ls]", 1, "tags"),
        ("a: 1\nb: !thing x", 2, "tags"),
        ("&a b: 1", 1, "anchors"),
        ("[" * 5000, 1, "nested too deeply"),
        ("a: 1\nb: " + "{a: " * 21 + "}" * 21, 2, "nested too deeply"),
        ("\n".join(" " * n + "a:" for n in range(40)), 21, "nested too deeply"),
        ("a: 1\nb: 2\na: 3", 3, "stands here twice; the first is on line 1"),
        ("? [1, 2]\n: x", 1, "a key must be one word"),
        ("a: 1\n---\nb: 2", 2, "second document"),
        ("a: 1\n\tb: 2", 2, "not YAML"),
        ("a: b: c", 1, "not YAML"),
        ("a: [1", 1, "not YAML"),
        ("a: 1\nb: \x07", 2, "control character"),
        (b"a: 1\nb: \xe9\n", 2, "not UTF-8"),
        ("\ufffe".encode("utf-16"), 1, "not UTF-8"),
    ],
)
def test_what_yaml_should_not_hold_is_refused_with_its_line(
    text: str | bytes, line: int, message: str
) -> None:
    lines = [problem.line for problem in problems_of(text) if message in problem.message]
    assert lines[:1] == [line]


@pytest.mark.covers("G14", "S12")
@pytest.mark.parametrize(
    "text", [ALIAS_BOMB, "[" * 5000, "{" * 60_000, "a: 1\n" * 2_000_000, "&a [" * 9000]
)
def test_bombs_are_refused_at_once(text: str) -> None:
    began = perf_counter()
    assert problems_of(text)
    assert perf_counter() - began < 1.0


@pytest.mark.covers("G14", "S12")
def test_a_long_file_is_refused_by_its_size() -> None:
    (problem,) = problems_of("# comment\n" * 10_000)
    assert problem.message == "the file has 100000 bytes; at most 65536 are read"


def test_a_byte_order_mark_is_no_part_of_the_file() -> None:
    assert problems_of("\ufeffboards: [AbCd1234]") == ()
    assert problems_of("\ufeffboards: [AbCd1234]".encode()) == ()


def test_tabs_are_named_as_the_cause() -> None:
    assert problems_of("a:\n\tb: 2")[0].hint == "indent with spaces, not tabs"


@given(st.text() | st.binary())
@example("%YAML 9.9\n---\na: 1")
@example("!<tag:yaml.org,2002:str> a")
@example('"\\ud800"')
@example("\x85")
@example("- " * 30)
@example("? ")
@example("a: >9\n x")
def test_any_text_is_a_document_or_a_settings_error(content: str | bytes) -> None:
    with suppress(SettingsError):
        assert isinstance(read_document(content, "file"), Document)


PIECES = """
boards people owner hours notify : [ ] { } a 1 2d &x *x ! | > ' " # % @ ${A} ? , 0x1 AbCd1234 ~ ---
... \\ é lun-ven 9:00-8:00 skills assistants username
"""
YAML_PIECES = st.lists(
    st.sampled_from([*PIECES.split(), " ", ": ", "\n", "\n  ", "- ", "\t"]), max_size=40
).map("".join)


@given(YAML_PIECES)
def test_any_configuration_is_settings_or_problems(content: str) -> None:
    for problem in problems_of(content):
        assert str(problem).isprintable() or "\n" in str(problem)
        assert problem.message
