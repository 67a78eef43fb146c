import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.tokens import (
    SIGNATURE,
    before_signature,
    reference,
    reference_at_end,
    references_in,
    signed,
)

REF = "k7q2mz6xda"


@pytest.mark.covers("C4")
def test_a_reference_is_the_first_ten_characters_of_base32_of_sha_256() -> None:
    # printf '1|5f1b9c2ad4e0b13c7a9d0001|ask|once' | sha256sum as bytes | base32
    assert reference("5f1b9c2ad4e0b13c7a9d0001", "ask") == "lpbw65cmwa"


def test_each_card_kind_and_occurrence_has_a_reference_of_its_own() -> None:
    found = {
        reference(card, kind, occurrence)
        for card in ("a", "b")
        for kind in ("ask", "triage", "hand-over", "limit", "brief")
        for occurrence in ("once", "2026-11-30")
    }
    assert len(found) == 20


@given(st.text())
def test_a_signed_text_is_recognised_whatever_it_says(text: str) -> None:
    assert reference_at_end(signed(text, REF)) == REF
    assert references_in(signed(text, REF))[-1] == REF


def test_a_signature_stands_below_one_empty_line_whatever_ends_the_text() -> None:
    assert signed(" Bonjour\n\n ", REF) == f" Bonjour\n\n{SIGNATURE}{REF}"


@pytest.mark.covers("C4", "K12")
@pytest.mark.parametrize(
    "last_line",
    [
        f"{SIGNATURE}{REF}",
        f"— delegate\\-bot · ref {REF}",
        f"\\— delegate-bot \\· ref {REF}\\",
        f"—  delegate-bot  ·  ref  {REF}",
        f"\u00a0—\u00a0delegate-bot\u00a0·\u00a0ref\u00a0{REF}\u00a0",
        f"– delegate-bot · ref {REF}",
        f"-- delegate-bot · ref {REF}",
        f"--- delegate-bot · ref {REF}",
        f"—delegate-bot·ref {REF}",
        f"*— delegate-bot · ref {REF}*",
        f"__— delegate-bot · ref {REF}__",
        f"— delegate-bot · ref {REF}\u200c",
        f"— delegate-bot · ref {REF}\r\n\u200c\r\n",
    ],
)
def test_what_the_editor_of_trello_does_to_a_signature_is_tolerated(last_line: str) -> None:
    text = f"Bonjour\r\n\r\n{last_line}"
    assert reference_at_end(text) == REF
    assert references_in(text) == (REF,)
    assert before_signature(text) == "Bonjour\r\n\r\n"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\u200c\n",
        REF,
        f"{SIGNATURE}{REF}\nmerci",
        f"Bonjour {SIGNATURE}{REF}",
        f"{SIGNATURE}{REF} et la suite",
        f"{SIGNATURE}{REF.upper()}",
        f"{SIGNATURE}{REF}a",
        f"{SIGNATURE}{REF[:-1]}",
        f"{SIGNATURE}{REF[:-1]}1",
        f"> {SIGNATURE}{REF}",
        f"- {SIGNATURE}{REF}",
        f"— un-autre-robot · ref {REF}",
        f"---- delegate-bot · ref {REF}",
        f"— delegate-bot · ref{REF}",
    ],
)
def test_nothing_else_at_the_end_of_a_text_is_a_signature(text: str) -> None:
    assert reference_at_end(text) is None


def test_a_description_may_hold_several_signatures_and_go_on_below_the_last() -> None:
    text = f"un\n{SIGNATURE}aaaaaaaaaa\ndeux\n{SIGNATURE}bbbbbbbbbb\ntrois"
    assert references_in(text) == ("aaaaaaaaaa", "bbbbbbbbbb")
    assert before_signature(text) == f"un\n{SIGNATURE}aaaaaaaaaa\ndeux\n"


def test_what_stands_above_a_signature_keeps_its_backslashes_and_joined_emoji() -> None:
    above = "C:\\\\temp 👩\u200d💻 \\*\n\n"
    assert before_signature(f"{above}{SIGNATURE}{REF}") == above
    assert before_signature("rien de signé \\*") == "rien de signé \\*"
