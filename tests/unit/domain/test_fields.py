import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.fields import Field, FieldValue, list_in, read_fields, urls_in


def texts(text: str) -> dict[Field, str]:
    return {field: value.text for field, value in read_fields(text).items()}


@pytest.mark.parametrize(
    ("name", "field"),
    [
        *(("objectif", Field.OBJECTIVE), ("méthode", Field.METHOD), ("charge", Field.WORKLOAD)),
        *(("pour", Field.DUE), ("pièces", Field.ATTACHMENTS), ("priorité", Field.PRIORITY)),
        *(("assistant", Field.ASSISTANT), ("brief", Field.BRIEF)),
        *(("objective", Field.OBJECTIVE), ("method", Field.METHOD), ("workload", Field.WORKLOAD)),
        *(("due", Field.DUE), ("attachments", Field.ATTACHMENTS), ("priority", Field.PRIORITY)),
        *(("Échéance", Field.DUE), ("deadline", Field.DUE), ("Date d’échéance", Field.DUE)),
        *(("Pièces jointes", Field.ATTACHMENTS), ("PJ", Field.ATTACHMENTS)),
    ],
)
def test_each_field_has_its_names_in_french_and_english(name: str, field: Field) -> None:
    assert texts(f"{name} : x") == {field: "x"}


@pytest.mark.parametrize(
    "line",
    [
        *("objectif : x", "objectif: x", "objectif:x", "OBJECTIF   :   x", "Objectif : x  "),
        *("Objectif\u00a0: x", "Objectif\u202f:\u202fx", "objectif： x", "objectif\t:\tx"),
        *("**Objectif :** x", "**Objectif** : x", "**Objectif : x**", "__Objectif__ : x"),
        *("__Objectif :__ x", "*Objectif :* x", "_Objectif_ : x", "***Objectif :*** x"),
        *("## Objectif : x", "##Objectif : x ##", "# **Objectif :** x", "- objectif : x"),
        *("* **Objectif :** x", "1. Objectif : x", "• objectif : x", "- [ ] objectif : x"),
        *("   objectif : x", "\u200bobjectif : x", "\ufeffObjectif : x", "obj\u200dectif : x"),
        *(r"\*\*Objectif :\*\* x", r"\- objectif : x", r"objectif \: x", "objectif : x\\"),
        *("@delegatebot objectif : x", "OBJECTIF : x\u200c"),
    ],
)
def test_a_field_line_is_read_however_it_is_typed(line: str) -> None:
    assert texts(f"Bonjour,\n{line}\nMerci") == {Field.OBJECTIVE: "x"}


def test_a_name_may_be_forty_characters_wide() -> None:
    assert texts(f"date{' ' * 30}limite : x") == {Field.DUE: "x"}


@pytest.mark.parametrize(
    "text",
    [
        *("", "pourquoi : x", "ne pas oublier, pour : x", "> objectif : x", "> - objectif : x"),
        *("objectif x", "objectif", "    objectif : x", "\tobjectif : x", "`objectif : x`"),
        *("```\nobjectif : x\n```", "~~~\nobjectif : x", "~~Objectif~~ : x", ": x"),
        *("objectif :", "objectif : -", "objectif : …", "objectif : ?\n- x", "**Objectif : **"),
        *("objectif :\nplus loin", "objectif :\n\nplus loin", "objectif :\n\n  plus loin"),
        *("objectif :\n> - x", "objectif :\n---\n- x", "objectif :\n```\nx\n```", "objectif :\n\n"),
        *("objectif :\n- ", "objectif :\n## Suite"),
        *("****objectif**** : x", "@ objectif : x", "@paul**objectif** : x"),
        f"date{' ' * 31}limite : x",
    ],
)
def test_what_is_no_field_line_or_has_no_value_states_nothing(text: str) -> None:
    assert texts(text) == {}


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("pour : **vendredi**", "**vendredi**"),
        ("**Pour :** **vendredi**", "**vendredi**"),
        ("**Pour : vendredi** (ferme)", "vendredi (ferme)"),
        ("_Pour : le mot_clé_", "le mot_clé"),
        ("pour : 10:30", "10:30"),
        (r"pour : a\_b", r"a\_b"),
        ("**Pour : vendredi", "vendredi"),
        ("**Pour : vendredi **", "vendredi"),
    ],
)
def test_a_value_keeps_what_was_typed(line: str, value: str) -> None:
    assert texts(line) == {Field.DUE: value}


@pytest.mark.parametrize(
    ("below", "lines"),
    [
        ("- a\n* b\n+ c", ("a", "b", "c")),
        ("1. a\n2) b\n• c\n– d", ("a", "b", "c", "d")),
        ("- [ ] a\n- [x] b", ("a", "b")),
        ("- a\n  et suite\n  encore\n- b", ("a et suite encore", "b")),
        ("- a\n    - b", ("a", "b")),
        ("  a\n  b\nc", ("a", "b")),
        (" a\n b\nc", ("a", "b")),
        ("- a\n suite\n- b", ("a suite", "b")),
        ("  a\n  - b\n- c", ("a", "b")),
        ("\n- a\n- b", ("a", "b")),
        ("\u200c\n- a\n- b", ("a", "b")),
        ("- a\n- b\n\n- c", ("a", "b")),
        ("- a\n- b\n\u200c\n- c", ("a", "b")),
        ("- a\nsuite", ("a",)),
        ("- a\n## Suite\n- b", ("a",)),
        ("- a\n```\n- b\n```", ("a",)),
        ("- a\n- charge : 3h\n- b", ("a",)),
        ("  a\n  charge : 3h", ("a",)),
        ("  a\n    charge : 3h", ("a", "charge : 3h")),
        ("- a\n-\n- b", ("a", "b")),
        ("\u00a0\u00a0a\r\n\u00a0\u00a0b", ("a", "b")),
    ],
)
def test_a_method_may_stand_below_its_name(below: str, lines: tuple[str, ...]) -> None:
    value = read_fields(f"Bonjour,\nMéthode :\n{below}")[Field.METHOD]
    assert value == FieldValue(" ".join(lines), lines)


@pytest.mark.parametrize("heading", ["## Objectif :", "# **Objectif :**"])
@pytest.mark.parametrize("blank", ["", "\n", "\u200c\n\n"])
def test_below_a_heading_a_paragraph_is_the_value(heading: str, blank: str) -> None:
    text = f"{heading}\n{blank}Doubler\nles ventes\n\nNon"
    assert texts(text) == {Field.OBJECTIVE: "Doubler les ventes"}


def test_one_letter_is_a_value() -> None:
    assert texts("objectif : X") == {Field.OBJECTIVE: "X"}


def test_the_first_of_two_statements_wins() -> None:
    assert texts("charge : 3h\nworkload: 5h") == {Field.WORKLOAD: "3h"}


def test_a_field_left_blank_does_not_hide_a_later_one() -> None:
    assert texts("charge :\ncharge : 3h") == {Field.WORKLOAD: "3h"}


def test_a_whole_brief_is_read_in_one_go() -> None:
    text = (
        "Notes de Paul\r\n**Objectif :** doubler\r\n\u200c\r\n**Méthode :**\r\n\r\n1\\. a\r\n2\\. b"
        "\r\n\r\n**Charge :** 3h\\\r\n**Pour :** vendredi"
    )
    assert texts(text) == {
        Field.OBJECTIVE: "doubler",
        Field.METHOD: "a b",
        Field.WORKLOAD: "3h",
        Field.DUE: "vendredi",
    }


@pytest.mark.parametrize(
    ("notes", "items"),
    [
        ("À faire :\n- a\n- b\nMerci", ("a", "b")),
        ("1. a\n\n2. b\n\u200c\n3. c", ("a", "b", "c")),
        ("- a\n  suite\n- b", ("a suite", "b")),
        ("- seul\n\nPuis :\n- a\n- b", ("a", "b")),
        ("- https://a.example\n- [x](https://b.example)\n\nPuis\n- a\n- b", ("a", "b")),
        ("- lire https://a.example\n- résumer", ("lire https://a.example", "résumer")),
        ("pièces :\n- x\n- y\n\nPuis\n- a\n- b", ("a", "b")),
        ("- objectif : x\n- charge : 3h", ()),
        ("```\n- a\n- b\n```", ()),
        ("> - a\n> - b", ()),
        ("- a\n---\n- b", ()),
        ("- a\n- -\n", ()),
        ("- [](https://a.fr)\n- [x]()\n- http://b.fr\n- <https://c.fr>", ()),
        ("- https://\n- http://", ("https://", "http://")),
        ("charge : 3h\n- a\n- b", ("a", "b")),
        ("- charge :\n- pour :", ()),
        ("- a\n suite\n- b", ("a suite", "b")),
        ("- https://a.fr\n- résumer", ("https://a.fr", "résumer")),
        ("rien", ()),
        ("  retrait", ()),
        ("", ()),
    ],
)
def test_a_list_in_the_notes_can_be_the_method(notes: str, items: tuple[str, ...]) -> None:
    assert list_in(notes) == items


def test_links_are_found_in_a_value_and_in_a_text() -> None:
    value = read_fields("pièces :\n- https://a.example\n- [b](http://b.example)")[Field.ATTACHMENTS]
    assert urls_in(value) == urls_in(value.text) == ("https://a.example", "http://b.example")


PROSE = st.text(alphabet=st.characters(exclude_characters="`~"))
WORDS = st.from_regex(r"[a-zéà0-9]([a-zéà0-9 ,;]{0,20}[a-zéà0-9])?", fullmatch=True)


@given(PROSE, WORDS)
def test_a_field_line_is_read_below_any_notes(notes: str, value: str) -> None:
    assert read_fields(f"{notes}\nbrief : {value}").keys() >= {Field.BRIEF}


@given(WORDS, PROSE)
def test_a_field_line_is_read_above_any_notes(value: str, notes: str) -> None:
    assert texts(f"objectif : {value}\n{notes}")[Field.OBJECTIVE] == value


HOSTILE = st.text(alphabet=st.sampled_from("pour:：-*_#>1.) \t\n\r\\`~[]x\u200c\u202f\u2028@h/"))


@given(st.one_of(st.text(), HOSTILE))
def test_any_text_can_be_read(text: str) -> None:
    for value in read_fields(text).values():
        assert value.text == " ".join(value.lines)
        assert len(value.text.splitlines()) == 1
    assert all(list_in(text))
