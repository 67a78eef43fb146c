import re
import string
import unicodedata

import pytest
from hypothesis import given, settings

from bot.text.visible import plain, shortened
from tests.unit.text.hostile import titles

FAMILY = "👩‍👩‍👧‍👦"


@pytest.mark.covers("H6", "S24")
@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("  a\r\nb\tc\u2028d ", "a b c d"),
        ("Objectif\u00a0: 1\u202f250\u00a0€", "Objectif\u00a0: 1\u202f250\u00a0€"),
        ("a \u00a0 b", "a b"),
        ("a\x00b\x1b[31m", "a b [31m"),
        ("\u202egpj.exe\u2066\u2069\u200f", "gpj.exe"),
        ("\U000e0041\U000e0042x\ud800\udc00y\ue000", "xy"),
        ("a\u200bb\u200cc\u2060d\ufeffe\u00adf\u3164g\u2800h", "abcdefgh"),
        ("col·lecció e\u0301te\u0301", "col·lecció e\u0301te\u0301"),
        ("\u0301a", "a"),
        ("a \u0301b", "a b"),
        (FAMILY, FAMILY),
        ("❤️ 🇫🇷 👍🏽", "❤️ 🇫🇷 👍🏽"),
        ("a\u200db\u200d\u200d", "ab"),
        ("a\u200d👩 👩\u200da", "a👩 👩a"),
        ("\u260e\ufe0e \u260e\ufe0f", "\u260e\ufe0e \u260e\ufe0f"),
        ("a\u180b\u180fb\ufe00\ufe0ec\U000e0100d\U000e01efe", "ab\ufe0ecde"),
        ("\U000e00ffa\u0378b\ufe10", "ab\ufe10"),
        (string.ascii_letters, string.ascii_letters),
        ("", ""),
    ],
)
def test_what_cannot_be_seen_is_gone_and_the_rest_stays(typed: str, seen: str) -> None:
    assert plain(typed) == seen


@pytest.mark.covers("S24")
@settings(deadline=None)
@given(titles)
def test_plain_text_is_one_line_of_visible_characters(text: str) -> None:
    seen = plain(text)
    assert plain(seen) == seen
    assert seen.encode("utf-8").decode() == seen
    assert len(seen.splitlines()) <= 1
    unseen = {unicodedata.category(c) for c in seen} & {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}
    assert not unseen
    assert {c for c in seen if unicodedata.category(c) == "Cf"} <= {"\u200d"}


@pytest.mark.covers("H6", "S24")
@pytest.mark.parametrize("mark", ["\u0301", "\u0903", "\u20dd"])
@pytest.mark.parametrize("between", ["", "\u200b", "\u202e"])
def test_a_flood_of_marks_on_one_letter_is_dammed(between: str, mark: str) -> None:
    assert plain("e" + (mark + between) * 10_000) == "e" + mark * 4


@settings(deadline=None)
@given(titles)
def test_a_shortened_text_is_never_longer_than_asked(text: str) -> None:
    seen = plain(text)
    short = shortened(seen, 20)
    assert len(short) <= 20
    assert short == seen or seen.startswith(short.removesuffix("…"))


@pytest.mark.covers("H7")
@pytest.mark.parametrize(
    ("text", "longest", "cut"),
    [
        ("Facture", 7, "Facture"),
        ("Factures", 7, "Factur…"),
        ("Les devis", 5, "Les…"),
        ("ete\u0301s !", 4, "et…"),
        (f"a{FAMILY}", 8, f"a{FAMILY}"),
        (f"a{FAMILY}!", 8, "a…"),
        (f"a{FAMILY}{FAMILY}", 14, f"a{FAMILY}…"),
        *((f"ab👍{skin}c", 4, "ab…") for skin in "🏻🏼🏽🏾🏿"),
        ("ab👍👍c", 4, "ab👍…"),
        ("a🇫🇷🇲🇬", 4, "a🇫🇷…"),
        ("a🇫🇷🇲🇬", 3, "a…"),
        ("a🇦🇿!", 3, "a…"),
        ("🇫🇷🇲🇬🇫🇷", 4, "🇫🇷…"),
        ("a\u1112\u1160b", 3, "a…"),
        ("a\u1112\u11ffb", 3, "a…"),
        ("a\u1112\u1200b", 3, "a\u1112…"),
        ("\u1112\u1161\u11ab\u1112\u1161\u11ab", 5, "\u1112\u1161\u11ab…"),
        ("👩\u200d" * 20, 10, ("👩\u200d" * 20)[:9] + "…"),
        ("^^^^^^", 4, "^^^…"),
    ],
)
def test_a_text_is_cut_between_letters_as_people_see_them(
    text: str, longest: int, cut: str
) -> None:
    assert shortened(text, longest) == cut


def test_no_accent_loses_its_letter() -> None:
    text = "e\u0301" * 50
    assert all(re.fullmatch("(e\u0301)*…", shortened(text, longest)) for longest in range(3, 99))


@pytest.mark.parametrize("first", range(0, 0x2100, 0x100))
def test_every_letter_and_sign_of_western_text_stays_as_it_is(first: int) -> None:
    shown = {"Lu", "Ll", "Lt", "Lo", "Nd", "Po", "Pd", "Ps", "Pe", "Pi", "Pf", "Sm", "Sc", "So"}
    chars = (chr(code) for code in range(first, first + 0x100))
    visible = [each for each in chars if unicodedata.category(each) in shown]
    hidden = "\u115f\u1160\u17b4\u17b5"
    assert [
        each for each in visible if plain(f"a{each}b") != f"a{each}b" and each not in hidden
    ] == []
