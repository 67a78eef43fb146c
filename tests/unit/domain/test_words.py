import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.words import bare_first_line, fold, whole_word_in


@pytest.mark.parametrize(
    ("typed", "compared"),
    [
        ("À Valider", "a valider"),
        ("Cœur de métier", "coeur de metier"),
        ("Ex æquo", "ex aequo"),
        ("STRASSE straße", "strasse strasse"),
        ("İstanbul ısı", "istanbul isi"),
        ("Łódź Ørsted", "lodz orsted"),
        ("l’été", "l'ete"),
        ("« bien »", '" bien "'),
        ("compte‑rendu – fin", "compte-rendu - fin"),
        ("  a\u00a0b\u202fc\t\nd\u2028e  ", "a b c d e"),
        ("a\u200bb\u202ec\u2066d\ufeff\u00ad\x00", "abcd"),
        ("⚠\ufe0f urgent", "⚠ urgent"),
        ("e\u0301te\u0301", "ete"),
        ("が", "が"),
        ("\ud800", ""),
        ("Đà Nẵng", "da nang"),
        ("a\ufe00b\ufe0fc\ufe10", "abc\ufe10"),
        ("X x", "x x"),
        ("L`EAU  d`ici ", "l'eau d'ici"),
    ],
)
def test_case_accents_and_white_space_make_no_difference(typed: str, compared: str) -> None:
    assert fold(typed) == compared


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(), st.text())
def test_any_keyword_and_title_can_be_compared(word: str, text: str) -> None:
    assert whole_word_in(word, text) in (True, False)


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("article", "Écrire un ARTICLE"),
        ("article", "l'article"),
        ("article", "d’articles"),
        ("article", "(article)"),
        ("article", "article_seo"),
        ("tableau", "deux tableaux"),
        ("article de blog", "Trois articles de blog"),
        ("compte rendu", "Le compte-rendu"),
        ("e-mail", "Trier les e‑mails"),
        ("c++", "Du C++."),
        ("Saisie", "saisie"),
    ],
)
def test_keyword_stands_as_whole_words_in_singular_or_plural(word: str, text: str) -> None:
    assert whole_word_in(word, text)


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("article", "particle"),
        ("article", "articles2"),
        ("article", "articler"),
        ("art", "article"),
        ("c++", "c"),
        ("", "rien"),
        (" ", "rien"),
        ("-", "a-b"),
    ],
)
def test_keyword_inside_another_word_does_not_count(word: str, text: str) -> None:
    assert not whole_word_in(word, text)


@pytest.mark.parametrize(
    ("comment", "said"),
    [
        ("OK !", "ok"),
        ("O.K.", "ok"),
        ("**Pas clair**\nla suite", "pas clair"),
        ("J’attends…", "jattends"),
        ("bloqué", "bloque"),
        ("on-track", "on track"),
        ("\u200c\n\n  ok", "ok"),
        ("@delegatebot @paul ok", "ok"),
        ("@paul", ""),
        ("@paul ok @mel bien", "ok mel bien"),
        ("ok @paul", "ok paul"),
        ("@ @paul ok", "ok"),
        ("a/b c-d", "a b c d"),
        ("> bloqué\nnon", ""),
        ("👍", ""),
        ("", ""),
    ],
)
def test_an_answer_is_the_first_line_without_punctuation(comment: str, said: str) -> None:
    assert bare_first_line(comment) == said
