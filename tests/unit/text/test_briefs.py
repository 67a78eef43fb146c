from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

from bot.domain.dates import read_due
from bot.domain.fields import Field, read_fields, urls_in
from bot.domain.markdown import unescape
from bot.domain.messages import BriefAttachment, UnwritableError
from bot.domain.model import Language
from bot.domain.policy import Kind, KindText
from bot.domain.tokens import before_signature, references_in
from bot.domain.written import holds_rule
from bot.text import library
from bot.text.briefs import typed
from bot.text.visible import plain
from tests.builders import replace
from tests.unit.text.hostile import CORPUS, IDS, titles
from tests.unit.text.reading import links, skeleton, words
from tests.unit.text.samples import (
    DUE,
    LANGUAGES,
    REF,
    TEMPLATES,
    brief,
    bundled,
    kinds,
    writer,
)

FOUND = {"image", "html_inline", "html_block", "heading_open", "fence", "code_block", "hr"}
FOUND |= {"code_inline", "s_open", "table_open"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_whole_brief_reads_as_agreed(language: Language, snapshot: SnapshotAssertion) -> None:
    assert writer().brief(bundled("facture", language)) == snapshot


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(kinds()))
def test_every_kind_makes_a_brief_without_gaps(name: str, language: Language) -> None:
    text = writer().brief(bundled(name, language))
    assert "\n\n\n" not in text
    assert "\\" not in text
    assert not FOUND & set(skeleton(text))


def _holds_its_decisions(said: str, language: Language) -> None:
    wanted = brief(language, said, steps=(said, "Relire", said))
    text = writer().brief(wanted)
    assert references_in(text) == (REF,)
    assert not holds_rule(text)
    assert not FOUND & set(skeleton(text))
    assert "@" not in text
    read = read_fields(before_signature(text))
    assert read[Field.ASSISTANT].text == "mel_rabe"
    assert read[Field.BRIEF].text == "generic"
    assert read[Field.WORKLOAD].text == "3h"
    assert read[Field.PRIORITY].text == "1"
    assert read_due(read[Field.DUE].text, DUE, "Indian/Antananarivo", lambda _: DUE) == DUE
    assert len(read[Field.METHOD].lines) == 3
    assert urls_in(read[Field.ATTACHMENTS]) == ("https://exemple.fr/devis",)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("said", CORPUS, ids=IDS)
def test_a_brief_about_a_hostile_card_holds_its_decisions(said: str, language: Language) -> None:
    _holds_its_decisions(said, language)


@settings(deadline=None)
@given(titles, st.sampled_from(LANGUAGES))
def test_a_brief_about_any_card_holds_its_decisions(said: str, language: Language) -> None:
    _holds_its_decisions(said, language)


@settings(deadline=None)
@given(titles)
def test_a_card_changes_the_words_of_a_brief_and_nothing_else(said: str) -> None:
    assume(plain(typed(said)))
    attachments = (BriefAttachment("devis.pdf", None),)
    text, usual = (
        writer().brief(brief("fr", each, attachments=attachments)) for each in (said, "mot")
    )
    assert [each for each in skeleton(text) if not each.startswith("link_")] == skeleton(usual)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_title_appears_literally(language: Language) -> None:
    title = "{{ 7*7 }} {% raw %} *Devis* [x](y) <b> - https://exemple.fr/a_b"
    text = writer().brief(brief(language, title))
    assert f"\n{title}" in "\n" + words(text).replace("Objectif : ", "\n").replace(
        "Objectif\u00a0: ", "\n"
    ).replace("Objective: ", "\n")
    assert "https://exemple.fr/a_b" in links(text)


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        (r"devis\_2026\.pdf \- vite\!", "devis_2026.pdf - vite!"),
        ('Lire [https://a.fr/b](https://a.fr/b "smartCard-inline")', "Lire https://a.fr/b"),
        (
            "Lire [le devis](https://a.fr/b), puis [](https://a.fr/c)",
            "Lire le devis (https://a.fr/b), puis https://a.fr/c",
        ),
        ("[x] fait", "[x] fait"),
    ],
)
def test_what_people_typed_in_trellos_editor_reads_as_they_saw_it(written: str, seen: str) -> None:
    assert typed(written) == seen


@pytest.mark.parametrize("step", ["Pour : le client", "Brief : relire", "…", "Assistant : lou", ""])
def test_a_step_that_looks_like_a_field_stays_a_step(step: str) -> None:
    text = writer().brief(brief("fr", steps=("Lire", step, "Relire")))
    lines = read_fields(before_signature(text))[Field.METHOD].lines
    assert lines[1] == f"«\u00a0{step}\u00a0»"
    assert len(lines) == 3


def test_steps_are_read_back_as_they_were_typed() -> None:
    steps = ("Relire devis_2026.pdf", "*Appeler* M. Dupont (2 x)", "[Envoyer] 3 < 4", "1. a")
    text = writer().brief(brief("fr", steps=steps))
    read = read_fields(before_signature(text))[Field.METHOD].lines
    assert tuple(unescape(each) for each in read) == steps


@pytest.mark.parametrize(
    ("name", "url", "line"),
    [
        ("devis.pdf", None, "- devis.pdf"),
        ("Devis", "https://a.fr/b_(c)", "- [Devis](https://a.fr/b_(c))"),
        ("https://a.fr/b", "https://a.fr/b", "- https://a.fr/b"),
        ("", "https://a.fr/b", "- https://a.fr/b"),
        ("https://a.fr/_b_", "https://a.fr/_b_", "- <https://a.fr/_b_>"),
        ("x](https://evil.fr)", "https://a.fr", r"- [x\](evil\.fr)](https://a.fr)"),
        ("clic", "javascript:alert(1)", "- clic"),
        ("", "file:///etc/passwd", r"- file:\/\//etc/passwd"),
        ("Assistant : lou", None, "- «\u00a0Assistant : lou\u00a0»"),
    ],
)
def test_attachments_are_listed_with_a_link_when_there_is_one(
    name: str, url: str | None, line: str
) -> None:
    text = writer().brief(brief("fr", attachments=(BriefAttachment(name, url),)))
    assert line in text.splitlines()


@settings(deadline=None)
@given(titles)
def test_the_address_of_an_attachment_is_read_back(tail: str) -> None:
    url = "https://exemple.fr/" + "".join(
        char for char in tail if char.isalnum() or char in "_-/?="
    )
    assume(url.isascii())
    for name in ("Devis", url):
        text = writer().brief(brief("fr", attachments=(BriefAttachment(name, url),)))
        assert urls_in(read_fields(text)[Field.ATTACHMENTS])[0] == url.rstrip("?")


def test_without_attachments_derivation_and_priority_the_brief_says_so_or_keeps_quiet() -> None:
    bare = replace(brief("fr", attachments=()), derivation=None, priority=None)
    text = writer().brief(bare)
    assert "**Pièces\u00a0:** aucune" in text
    assert "Calcul" not in text
    assert "Priorité" not in text


def test_the_derivation_of_a_first_card_of_the_day_names_no_work_in_front() -> None:
    usual = brief("en")
    assert usual.derivation is not None
    alone = replace(usual.derivation, cards_in_front=0, capacity=None, need=timedelta(hours=3.75))
    text = writer().brief(replace(usual, derivation=alone))
    assert "How: 3h + 25% margin = 3h45." in text


def test_a_sample_keeps_its_markdown_in_a_quotation() -> None:
    told = KindText(title="Devis", sample="**Titre**\n\n- un\n  - deux\n")
    text = writer().brief(brief("fr", kind=Kind("devis", (), {"fr": told})))
    assert "\n> **Titre**\n>\n> - un\n>   - deux\n\n" in text


def test_long_names_and_times_far_away_are_written_too() -> None:
    far = replace(brief("fr"), due=datetime(2199, 1, 1, tzinfo=UTC), workload=timedelta(hours=1440))
    named = replace(far, owner=replace(far.owner, full_name="x" * 16_000))
    assert len(writer().brief(named)) < 5000


@pytest.mark.parametrize(
    "body",
    [
        "{% extends base %}{% block extra %}{{ card.title }}{% endblock %}",
        "{% extends base %}{% block extra %}{{ ''.__class__ }}{% endblock %}",
        "{% extends base %}{% block extra %}",
        "{% include '/etc/passwd' %}",
        "{{ 'x' * 10**9 }}",
    ],
)
def test_a_faulty_kind_is_refused_and_the_others_go_on(body: str) -> None:
    pen = library.writer(TEMPLATES, {"devis": body})
    faulty = Kind("devis", (), {"fr": KindText(title="Devis")})
    with pytest.raises(UnwritableError) as refused:
        pen.brief(brief("fr", kind=faulty))
    assert "\n" not in str(refused.value)
    assert pen.brief(brief("fr"))


def test_a_kinds_own_block_stands_in_its_brief() -> None:
    body = "{% extends base %}{% block extra %}**Client :** {{ card_title }}\n\n{% endblock %}"
    pen = library.writer(TEMPLATES, {"devis": body})
    told = Kind("devis", (), {"fr": KindText(title="Devis")})
    assert "**Client :** \\*Dupont\\*\n" in pen.brief(brief("fr", "*Dupont*", kind=told))
