"""``check`` writes every kind's brief once and says what is wrong with its template."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import paths
from bot.kinds import load_kinds
from bot.rehearsal import faults
from bot.text.library import writer

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
FRONT = """---
names: {fr: Devis}
keywords: {fr: [devis]}
fr:
  objective: Trois devis.
  method: [{do: Appeler, time: 20m}, {do: Comparer, time: 40m}]
---
"""


def said(folder: Path, body: str) -> list[str]:
    folder.joinpath("devis.md").write_text(FRONT + body, "utf-8")
    kinds = load_kinds([folder])
    texts = writer(paths.templates_folder(), kinds.sources)
    return list(faults(kinds, texts, NOW))


def test_every_built_in_kind_can_be_written() -> None:
    kinds = load_kinds([paths.built_in_briefs()])
    texts = writer(paths.templates_folder(), kinds.sources)
    assert len(kinds.files) >= 14
    assert list(faults(kinds, texts, NOW)) == []


def test_a_sound_template_is_not_mentioned(tmp_path: Path) -> None:
    assert said(tmp_path, "{% extends base %}") == []


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("{% extends base %}{% block method %}", "line 8: "),
        (
            "{% extends base %}{% block extra %}\n{{ assistent }}{% endblock %}",
            "line 9: 'assistent' is undefined; did you mean assistant?",
        ),
        (
            "{% extends base %}{% block extra %}\n\n{{ steps }}{% endblock %}",
            "line 10: a list cannot be printed: loop over it",
        ),
        (
            "{% extends base %}\n{% block extr %}Vérifier.{% endblock %}",
            "line 9: the layout has no part extr, so it never shows; did you mean extra?",
        ),
        ("{% extends base %}{% block zz %}Vérifier.{% endblock %}", "known: attachments, "),
        ("{% extends base %}\n\nVérifier.", "line 10: this stands outside"),
        ("{% extends base %}{% block workload %}{% endblock %}", "workload"),
        ("{% extends base %}{% block due %}{% endblock %}", "due"),
        ("{% extends base %}{% block extra %}\n---\n{% endblock %}", "a line --- of its own"),
    ],
)
def test_a_faulty_template_is_named_with_its_fault(body: str, problem: str, tmp_path: Path) -> None:
    [fault] = said(tmp_path, body)
    assert "devis.md" in fault
    assert problem in fault


def test_all_that_a_template_lacks_is_told_at_once(tmp_path: Path) -> None:
    body = "{% extends base %}\nlost\n{% block record %}{% endblock %}{% block due %}{% endblock %}"
    told = "\n".join(said(tmp_path, body))
    for word in ("line 9", "line: brief", "line: priority", "line: assistant", "line: due"):
        assert word in told


def test_parts_of_parts_and_notes_to_oneself_are_no_fault(tmp_path: Path) -> None:
    body = (
        "{% extends base %}\n{# a note #}\n{% block extra %}\n"
        "{% block mine %}Vérifier.{% endblock %}\n{% endblock %}\n"
    )
    assert said(tmp_path, body) == []
