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
    texts = writer(paths.templates_folder(), {name: f.body for name, f in kinds.files.items()})
    return list(faults(kinds, texts, NOW))


def test_every_built_in_kind_can_be_written() -> None:
    kinds = load_kinds([paths.built_in_briefs()])
    texts = writer(paths.templates_folder(), {name: f.body for name, f in kinds.files.items()})
    assert len(kinds.files) >= 14
    assert list(faults(kinds, texts, NOW)) == []


def test_a_sound_template_is_not_mentioned(tmp_path: Path) -> None:
    assert said(tmp_path, "{% extends base %}") == []


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("{% extends base %}{% block method %}", "line 1"),
        ("{% extends base %}{% block extra %}{{ clinet }}{% endblock %}", "clinet"),
        ("{% extends base %}{% block record %}{% endblock %}", "brief"),
        ("{% extends base %}{% block workload %}{% endblock %}", "workload"),
        ("{% extends base %}{% block due %}{% endblock %}", "due"),
        ("{% extends base %}{% block extra %}\n---\n{% endblock %}", "---"),
    ],
)
def test_a_faulty_template_is_named_with_its_fault(body: str, problem: str, tmp_path: Path) -> None:
    [fault] = said(tmp_path, body)
    assert "devis.md (fr)" in fault
    assert problem in fault
