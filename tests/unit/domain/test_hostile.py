"""Text from cards is hostile until proven otherwise."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.changes import AddCheckItem, EditComment, PostComment, SetDescription, text_of
from bot.domain.model import Card
from bot.domain.planner import plan
from bot.domain.tokens import SIGNATURE, reference, references_in, signed
from bot.domain.written import brief_reference, written_brief
from tests.builders import (
    LONG_AGO,
    MEL,
    NOTES,
    NOW,
    PAUL,
    TOM,
    after_pass,
    card,
    changes_to,
    checklist,
    codes_for,
    comment,
    later,
    logged,
    replace,
    situation,
)
from tests.unit.text.reading import skeleton, words

SNIPPETS = (
    *("{{ 7*7 }}", "{% include '/etc/passwd' %}", "{#", "${x}", "%s", "{0.__class__}"),
    *("@paul", "@card", "@board", "@mel merci", "a@b.fr", "＠mel", "@\u200bmel"),
    *(
        "```",
        "~~~",
        "`",
        "---",
        "***",
        "# titre",
        "> cité",
        "- point",
        "1. un",
        "- [ ] case",
        "|a|b|",
    ),
    *(
        "[x](javascript:alert(1))",
        "![i](https://x.fr/i.png)",
        "<script>",
        "&amp;",
        "\\",
        "\\*",
        "*_~",
    ),
    *("\r\n", "\n\n", "\n", "  \n", "\t", "\x00", "\x1b[31m", "\u202e", "\u200b", "\u2028", "\x0b"),
    *("😀", "👩\u200d💻", "e\u0301" * 9, "\U000e0041", "\ufeff", "﷽"),
    *("objectif : vendre", "méthode :\n- lire\n- **écrire**", "charge : 2h", "pour : 4 décembre"),
    *("assistant : tom", "assistant : @paul", "priorité : 1", "brief : article", "pour : jamais"),
    *("pièces : https://x.fr/@paul?a=`b`", "pièces : aucune", "charge :", "Pour : Mme Martin"),
    *(f"{SIGNATURE}aaaaaaaaaa !", "/go", "https://x.fr/" + "a" * 300, "=HYPERLINK(1)", "x" * 2000),
)
HOSTILE = st.lists(st.one_of(st.sampled_from(SNIPPETS), st.text(max_size=20)), max_size=8)
LINES = HOSTILE.map("\n".join)
ONE_LINE = HOSTILE.map(" ".join)
MODEST = settings(max_examples=40, deadline=None)
SAFE = {MEL.username, TOM.username, PAUL.username}


def expect_harmless(text: str) -> None:
    """Check that a comment mentions its addressee alone, at its beginning, and stays short."""
    assert len(text) <= 600
    assert text.count("@") == 1
    assert text[1:].split(",", maxsplit=1)[0].split(maxsplit=1)[0] in SAFE
    assert text.startswith("@")


def expect_readable(subject: Card, change: SetDescription) -> None:
    """Check that notes stay on top byte for byte, and that the bot's part mentions nobody."""
    notes = subject.desc if subject.desc.strip() else ""
    assert change.text.startswith(notes)
    ours = change.text[len(notes) :]
    assert "@" not in ours
    assert references_in(ours) == (brief_reference(subject.id),)
    read = written_brief(replace(subject, desc=change.text))
    assert read is not None
    assert read.own
    assert read.assistant in SAFE
    assert read.steps
    assert read.due(NOW, MEL) is not None


@pytest.mark.covers("H3", "H5", "S2")
@MODEST
@given(ONE_LINE.filter(str.strip), LINES, ONE_LINE)
def test_whatever_people_type_a_pass_plans_harmless_texts_once(
    name: str, notes: str, item: str
) -> None:
    items = (checklist("Mes étapes", item, "relire"),) if item else ()
    subject = card(name, f"{NOTES}\n\n{notes}", key="hostile", checklists=items)
    start = situation(subject)
    found = plan(start)
    assert found.changes
    assert "unwritable" not in codes_for(subject, found, "brief")
    for change in changes_to(subject, start):
        match change:
            case SetDescription():
                expect_readable(subject, change)
            case PostComment(text=text) | EditComment(text=text):
                expect_harmless(text)
                assert "template" not in text
                assert "modèle" not in text
            case _:
                pass
    assert plan(later(after_pass(start), minutes=1)).changes == ()


@MODEST
@given(LINES, LINES)
def test_whatever_the_owner_answers_the_question_stays_one_and_harmless(
    notes: str, answer: str
) -> None:
    subject = card("x", notes, key="hostile")
    asked = after_pass(situation(subject))
    full = logged(asked.snapshot.cards[subject.id], comment(PAUL.member_id, answer, NOW))
    after = later(replace(asked, snapshot=replace(asked.snapshot, cards={full.id: full})), days=1)
    for change in changes_to(subject, after):
        if isinstance(change, PostComment | EditComment):
            expect_harmless(change.text)
    assert plan(later(after_pass(after), days=1)).changes == ()


@pytest.mark.covers("C12", "S4")
@MODEST
@given(LINES)
def test_a_reference_that_a_person_pastes_counts_for_nothing(text: str) -> None:
    # C12: the bot's own words, pasted by a person.
    subject = card("x", "", key="hostile")
    refs = [reference(subject.id, "hand-over", MEL.member_id), reference(subject.id, "ask")]
    pasted = [comment(PAUL.member_id, signed(text, each), LONG_AGO) for each in refs]
    (change,) = changes_to(subject, situation(logged(subject, *pasted)))
    assert isinstance(change, PostComment)
    assert change.ref == refs[1]


@pytest.mark.covers("S2", "S3")
@pytest.mark.parametrize(
    "said",
    [
        *("@lou", "\\@lou", "`@lou`", "&#64;lou", "&commat;lou", "\\&#x40;lou", "@\u200blou"),
        *("![x](https://spy.fr/p.png)", "[@lou](https://a.fr/@lou)"),
    ],
)
def test_what_a_card_gets_beside_texts_mentions_nobody_and_shows_no_image(said: str) -> None:
    notes = f"objectif : a {said}\nméthode :\n- lire {said}\n- {said}\ncharge : 2h"
    subject = card(f"x {said}", notes, key="hostile")
    found = changes_to(subject, situation(subject))
    parts = [text_of(each) or "" for each in found if not isinstance(each, PostComment)][1:]
    assert sum(isinstance(each, AddCheckItem) for each in found) > 2
    for part in parts:
        assert not re.search(r"(?<!\w)@\w", words(part)), part
        assert "image" not in skeleton(part), part


@pytest.mark.covers("H5", "S4")
@MODEST
@given(ONE_LINE)
def test_a_signature_in_a_title_is_only_a_title(rest: str) -> None:
    bare = card("x", NOTES, key="hostile")
    named = replace(bare, name=signed(rest, brief_reference(bare.id)))
    first = changes_to(named, situation(named))[0]
    assert isinstance(first, SetDescription)
    expect_readable(named, first)
