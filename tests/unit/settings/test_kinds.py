"""Kinds of task are files; a broken one stops only itself."""

import json
import os
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import WorkingDays
from bot.domain.policy import Step
from bot.kinds import LARGEST_UPLOAD, Kinds, kind_named, load_kinds, policy, unknown_kinds
from bot.paths import built_in_briefs
from bot.wiring import read_kind_file
from tests.unit.settings.documents import settings_with

GOOD = """\
---
names: {fr: Devis, en: Quote}
keywords: {fr: [devis, chiffrage], en: quote}
attachments: required
files: [modele.txt]
links: [https://example.com/prices]
working_document: true
stall: {after: 1d}
fr:
  objective: Envoyer un devis.
  method:
    - {do: Lire la demande, time: 20m}
    - {do: Écrire, time: 1h30}
  sample: |
    **Devis**

    Une ligne.
  decide: La mise en page.
en:
  method: [Read, Write]
---
{% extends "_base.fr.md" %}
"""


def folder_with(folder: Path, **files: str) -> Path:
    for name, content in files.items():
        folder.joinpath(f"{name}.md").write_text(content, encoding="utf-8")
    return folder


def complete(folder: Path) -> Path:
    (folder / "devis").mkdir()
    (folder / "devis" / "modele.txt").write_text("…", encoding="utf-8")
    return folder_with(folder, devis=GOOD)


def only_problem(kinds: Kinds) -> tuple[int | None, str, str, str | None]:
    (problem,) = kinds.problems
    return problem.line, problem.path, problem.message, problem.hint


def test_the_built_in_kinds_are_all_right() -> None:
    kinds = load_kinds([built_in_briefs()])
    assert kinds.problems == ()
    assert {"generic", "article", "facture", "recherche"} <= set(kinds.files)
    assert kinds.files["generic"].kind.title_is_objective


def test_a_kind_is_read_whole(tmp_path: Path) -> None:
    file = load_kinds([complete(tmp_path)]).files["devis"]
    kind = file.kind
    assert kind.keywords == ("devis", "chiffrage", "quote")
    assert kind.attachments_required
    assert kind.working_document
    assert kind.files == ("modele.txt",)
    assert (file.folder / "modele.txt").is_file()
    assert kind.links == ("https://example.com/prices",)
    assert kind.stall_after == WorkingDays(1)
    assert kind.workload == timedelta(hours=1, minutes=50)
    assert kind.text("fr").title == "Devis"
    assert kind.text("fr").method[0] == Step("Lire la demande", timedelta(minutes=20))
    assert kind.text("fr").sample == "**Devis**\n\nUne ligne."
    assert kind.text("fr").decide == ("La mise en page.",)
    assert kind.text("en").method == (Step("Read"), Step("Write"))
    assert file.body == '{% extends "_base.fr.md" %}\n'


def test_windows_lines_and_byte_order_marks_do_not_matter(tmp_path: Path) -> None:
    text = "\ufeff---\nfr: {why: Parce que}\n---\ncorps\n".replace("\n", "\r\n")
    (tmp_path / "devis.md").write_bytes(text.encode())
    file = load_kinds([tmp_path]).files["devis"]
    assert file.kind.text("fr").title == "devis"
    assert file.body == "corps\n"


def test_a_step_without_time_leaves_the_workload_open(tmp_path: Path) -> None:
    folder_with(tmp_path, devis="---\nfr: {method: [{do: a, time: 1h}, b]}\n---\n")
    assert load_kinds([tmp_path]).files["devis"].kind.workload is None


def test_a_stated_workload_wins_over_the_steps(tmp_path: Path) -> None:
    folder_with(tmp_path, devis="---\nworkload: 3h\nfr: {method: [{do: a, time: 1h}]}\n---\n")
    assert load_kinds([tmp_path]).files["devis"].kind.workload == timedelta(hours=3)


def test_layouts_and_notes_are_no_kinds(tmp_path: Path) -> None:
    folder_with(tmp_path, _base="x", README="x")
    (tmp_path / ".md").write_text("x", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("x", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    assert load_kinds([tmp_path, tmp_path / "absent"]) == Kinds({}, {}, ())


def test_the_owners_file_replaces_a_built_in_kind(tmp_path: Path) -> None:
    folder_with(tmp_path, Article="---\nfr: {why: à moi}\n---\n")
    kinds = load_kinds([built_in_briefs(), tmp_path])
    assert kinds.files["Article"].kind.text("fr").why == "à moi"
    assert "article" not in kinds.files


def test_a_broken_replacement_does_not_bring_the_built_in_kind_back(tmp_path: Path) -> None:
    kinds = load_kinds([built_in_briefs(), folder_with(tmp_path, article="nothing")])
    assert "article" not in kinds.files
    assert kinds.broken["article"].startswith("article.md, line 1: the first line must be ---")


FRONT = [
    ("keywrods: {fr: [a]}", 2, "keywrods", "this key is unknown", "did you mean keywords?"),
    ("attachments: yes", 2, "attachments", "allowed here: optional, required", None),
    ("working_document: yes", 2, "working_document", "true or false", "write true"),
    ("working_document: 1", 2, "working_document", "true or false", None),
    ("workload: 0h", 2, "workload", "between 1m and 2000h", None),
    ("stall: {}", 2, "stall.after", "this key is missing", None),
    ("links: [example.com]", 2, "links[0]", "a link is expected", None),
    ("links: ['javascript:alert(1)']", 2, "links[0]", "a link is expected", None),
    ("files: [modele.tx]", 2, "files[0]", "no such file in devis/", "did you mean modele.txt?"),
    ("files: [../../etc/passwd]", 2, "files[0]", "no such file in devis/", None),
    ("files: [/etc/passwd]", 2, "files[0]", "no such file in devis/", None),
    ("files: ['..\\secret']", 2, "files[0]", "no such file in devis/", None),
    ("files: [link.txt]", 2, "files[0]", "no such file in devis/", "did you mean link.txt?"),
    ("files: [large.bin]", 2, "files[0]", "larger than 10 MB", None),
    ("files: [sub]", 2, "files[0]", "no such file in devis/", "did you mean sub?"),
    ("en:\n  method:\n    - {do: a, tiem: 1h}", 4, "en.method[0].tiem", "unknown", "mean time?"),
    ("en:\n  method:\n    - {time: 1h}", 4, "en.method[0].do", "this key is missing", None),
    ("en:\n  method:\n    - [a]", 4, "en.method[0].do", "", None),
    ("en: {why: ' '}", 2, "en.why", "this text is empty", None),
    ("en: {objective: 12}", 2, "en.objective", "text is expected here", "put it in quotes"),
    ("a: *b", 2, "a", "anchors", None),
]


@pytest.mark.covers("S13")
@pytest.mark.parametrize(("front", "expected"), [(case[0], case[1:]) for case in FRONT])
def test_wrong_front_matter_is_named_with_its_line(
    tmp_path: Path, front: str, expected: tuple[int, str, str, str | None]
) -> None:
    line, path, message, hint = expected
    complete(tmp_path)
    (tmp_path / "devis" / "link.txt").symlink_to("/etc/hostname")
    (tmp_path / "devis" / "sub").mkdir()
    with (tmp_path / "devis" / "large.bin").open("wb") as stream:
        stream.truncate(10 * 1024 * 1024 + 1)
    kinds = load_kinds([folder_with(tmp_path, devis=f"---\n{front}\nfr: {{why: a}}\n---\n")])
    found = next(each for each in kinds.problems if each.path.startswith(path.partition(".do")[0]))
    assert found.line == line
    assert message in found.message
    assert hint is None or hint in (found.hint or "")
    assert set(kinds.broken) == {"devis"}


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "the first line must be ---"),
        ("fr: {}\n---\n", 1, "the first line must be ---"),
        ("---\nfr: {}\n", 1, "a second line --- is missing"),
        ("---\n---\n", 2, "at least one of fr: and en: is needed"),
        ("---\nnames: {fr: Devis}\n---\n", 2, "at least one of fr: and en: is needed"),
        ("---\nfr: [\n---\n", 3, "this is not YAML"),
        ("---\na: b: c\n---\n", 2, "this is not YAML"),
    ],
)
def test_a_wrong_file_says_where(tmp_path: Path, text: str, line: int, message: str) -> None:
    found = only_problem(load_kinds([folder_with(tmp_path, devis=text)]))
    assert found[0] == line
    assert message in found[2]


def test_one_broken_file_stops_only_its_kind(tmp_path: Path) -> None:
    kinds = load_kinds([folder_with(complete(tmp_path), other="broken")])
    assert set(kinds.files) == {"devis"}
    assert set(kinds.broken) == {"other"}


@pytest.mark.covers("S13")
@pytest.mark.parametrize(
    "name",
    [
        *("../secret.txt", "..\\secret.txt", "sub/../../secret.txt", "/etc/passwd", "a\0b", ""),
        *("..", ".", "‥/secret.txt", "%2e%2e/secret.txt", "x" * 5_000, "modele.txt/", "MODELE.TXT"),
    ],
)
def test_no_file_outside_the_folder_of_a_kind_can_be_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    complete(tmp_path)
    front = f"files: [{json.dumps(name)}]\nfr: {{why: a}}"
    kinds = load_kinds([folder_with(tmp_path, devis=f"---\n{front}\n---\n")])
    assert set(kinds.broken) == {"devis"}


@pytest.mark.covers("S13")
@pytest.mark.parametrize("linked", ["the folder", "the file", "the file, later", "a pipe, later"])
def test_no_file_is_uploaded_from_where_a_link_leads(tmp_path: Path, linked: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "modele.txt").write_text("secret", encoding="utf-8")
    own = complete(tmp_path) / "devis"
    kinds = load_kinds([tmp_path])
    assert read_kind_file(kinds, "devis", "modele.txt") == "…".encode()
    (own / "modele.txt").unlink()
    if linked == "the folder":
        own.rmdir()
        own.symlink_to(elsewhere)
    elif linked.startswith("a pipe"):
        os.mkfifo(own / "modele.txt")
    else:
        (own / "modele.txt").symlink_to(elsewhere / "modele.txt")
    if "later" not in linked:
        assert set(load_kinds([tmp_path]).broken) == {"devis"}
    with pytest.raises(FileNotFoundError):
        read_kind_file(kinds, "devis", "modele.txt")


def test_a_file_that_has_grown_is_not_read_whole(tmp_path: Path) -> None:
    kinds = load_kinds([complete(tmp_path)])
    with (tmp_path / "devis" / "modele.txt").open("wb") as stream:
        stream.truncate(LARGEST_UPLOAD + 1)
    with pytest.raises(OSError, match="10 MB"):
        read_kind_file(kinds, "devis", "modele.txt")


@pytest.mark.covers("H17", "S13")
def test_a_link_is_no_kind(tmp_path: Path) -> None:
    (tmp_path / "secret.md").symlink_to("/etc/passwd")
    (tmp_path / "folder.md").mkdir()
    assert set(load_kinds([tmp_path]).broken) == {"secret", "folder"}


@pytest.mark.parametrize("name", ["a b", "a.b", "a{{b}}", "x" * 61, "a\u202eb"])
def test_a_kinds_name_has_letters_digits_and_hyphens(tmp_path: Path, name: str) -> None:
    (tmp_path / f"{name}.md").write_text(GOOD, encoding="utf-8")
    (message,) = load_kinds([tmp_path]).broken.values()
    assert "letters, digits and hyphens" in message


@given(content=st.binary() | st.text().map(lambda text: f"---\n{text}\n---\n".encode()))
def test_any_file_is_a_kind_or_broken(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    folder = tmp_path_factory.getbasetemp() / "any"
    folder.mkdir(exist_ok=True)
    (folder / "devis.md").write_bytes(content)
    kinds = load_kinds([folder])
    assert set(kinds.broken) ^ set(kinds.files) == {"devis"}


def test_configured_kinds_must_exist() -> None:
    kinds = load_kinds([built_in_briefs()])
    settings = settings_with(
        "briefs: {default: generik}\n"
        "people: {assistants: [{username: mel, skills: [Article SEO, FACTURE, factur]}]}"
    )
    problems = list(unknown_kinds(settings, kinds))
    assert [(each.line, each.path, each.hint) for each in problems] == [
        (2, "briefs.default", "did you mean generic?"),
        (3, "people.assistants[0].skills[2]", "did you mean facture?"),
    ]


def test_a_kind_is_known_by_file_and_title() -> None:
    kinds = load_kinds([built_in_briefs()])
    assert kind_named("SEO Article", kinds) == "article"
    assert kind_named("ARTICLE", kinds) == "article"
    assert kind_named("nothing", kinds) == "nothing"


def test_the_policy_holds_what_rules_need(tmp_path: Path) -> None:
    kinds = load_kinds([built_in_briefs(), folder_with(tmp_path, devis="broken")])
    rules = policy(settings_with("limits: {max_cards: 5}\nbriefs: {default: Generic}"), kinds)
    assert rules.default_kind == "generic"
    assert rules.max_cards == 5
    assert set(rules.broken_kinds) == {"devis"}
    assert rules.kinds["article"].name == "article"
