import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.markdown import Line, Shape, read_lines, unescape


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("texte", Line("texte", Shape.PLAIN)),
        ("  texte \u200c", Line("texte", Shape.PLAIN, 2)),
        ("\ttexte", Line("texte", Shape.PLAIN, 4)),
        ("\u200btexte", Line("texte", Shape.PLAIN)),
        ("\u200c", Line("", Shape.BLANK)),
        ("\u00a0\u202f", Line("", Shape.BLANK)),
        ("\\", Line("", Shape.BLANK)),
        ("# Titre", Line("Titre", Shape.HEADING)),
        (r"\#\# Titre ##", Line("Titre", Shape.HEADING)),
        ("###Titre", Line("Titre", Shape.HEADING)),
        ("## Apprendre C#", Line("Apprendre C#", Shape.HEADING)),
        ("## 1. Titre", Line("Titre", Shape.HEADING)),
        ("## Titre #X", Line("Titre #X", Shape.HEADING)),
        ("##**Titre**", Line("**Titre**", Shape.HEADING)),
        (r"##\*\*Titre\*\*", Line(r"\*\*Titre\*\*", Shape.HEADING)),
        ("####### Titre", Line("####### Titre", Shape.PLAIN)),
        ("#1 au classement", Line("#1 au classement", Shape.PLAIN)),
        ("- a", Line("a", Shape.ITEM)),
        ("-a", Line("a", Shape.ITEM)),
        (r"\- a", Line("a", Shape.ITEM)),
        ("* a", Line("a", Shape.ITEM)),
        ("*a* b", Line("*a* b", Shape.PLAIN)),
        ("+ a", Line("a", Shape.ITEM)),
        ("• a", Line("a", Shape.ITEM)),
        ("–\u00a0a", Line("a", Shape.ITEM)),
        ("1. a", Line("a", Shape.ITEM)),
        (r"12\. a", Line("a", Shape.ITEM)),
        ("1) a", Line("a", Shape.ITEM)),
        ("1.a", Line("a", Shape.ITEM)),
        ("1.", Line("", Shape.ITEM)),
        ("1️⃣ a", Line("a", Shape.ITEM)),
        ("1\u20e3 a", Line("a", Shape.ITEM)),
        ("- [] a", Line("a", Shape.ITEM)),
        ("- [x]", Line("", Shape.ITEM)),
        ("- [ ] a", Line("a", Shape.ITEM)),
        ("- [x] a", Line("a", Shape.ITEM)),
        (r"- \[ \] a", Line("a", Shape.ITEM)),
        ("- [a](https://x)", Line("[a](https://x)", Shape.ITEM)),
        ("-", Line("", Shape.ITEM)),
        ("-5 degrés", Line("-5 degrés", Shape.PLAIN)),
        ("3.5 kg", Line("3.5 kg", Shape.PLAIN)),
        ("2026. Une année", Line("2026. Une année", Shape.PLAIN)),
        ("---", Line("", Shape.RULE)),
        ("* * *", Line("", Shape.RULE)),
        ("--", Line("--", Shape.PLAIN)),
        ("XXX", Line("XXX", Shape.PLAIN)),
        ("> - a", Line("> - a", Shape.PLAIN)),
        ("a\\", Line("a", Shape.PLAIN)),
        ("a \\", Line("a", Shape.PLAIN)),
        ("aX\\", Line("aX", Shape.PLAIN)),
        ("a\\\\", Line("a\\\\", Shape.PLAIN)),
    ],
)
def test_a_line_is_known_by_its_mark(typed: str, line: Line) -> None:
    assert read_lines(typed) == [line]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x85"])
def test_lines_end_as_any_system_ends_them(end: str) -> None:
    assert [line.text for line in read_lines(f"a{end}b")] == ["a", "b"]


@pytest.mark.parametrize(
    ("text", "outside"),
    [
        ("```\na\n```\nb", ["b"]),
        ("~~~ python\na\n```\n~~~~\nb", ["b"]),
        ("````\na\n```\nb\n````\nc", ["c"]),
        ("  ```\na\n  ```\nb", ["b"]),
        ("```\na\n``` x\nb", []),
        ("```a```\nb", ["```a```", "b"]),
        ("~~~a~~~\nb", []),
        ("``\nb", ["``", "b"]),
        ("```\n", []),
    ],
)
def test_fenced_code_is_known_as_code(text: str, outside: list[str]) -> None:
    found = read_lines(text)
    assert [line.text for line in found if line.shape is not Shape.CODE] == outside
    assert {line.text for line in found if line.shape is Shape.CODE} <= {""}


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        (r"a\_b", "a_b"),
        (r"1\. \*x\*", "1. *x*"),
        (r"\\_", r"\_"),
        (r"C:\dossier", r"C:\dossier"),
        ("fin\\", "fin\\"),
    ],
)
def test_backslashes_of_the_editor_are_undone(typed: str, seen: str) -> None:
    assert unescape(typed) == seen


@given(st.text(alphabet=st.sampled_from("ab \t\n\r\\#-*1.)[]x`~>_\u200c\u2028")))
def test_any_text_has_its_lines(text: str) -> None:
    assert len(read_lines(text)) == len(text.splitlines())
