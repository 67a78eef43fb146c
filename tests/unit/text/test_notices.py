"""Letters outside Trello: short, in the reader's language, and nothing that a card says acts."""

import re
from typing import get_args

import pytest

from bot.domain.messages import Digest
from bot.domain.model import Language
from bot.domain.notices import About, Failure, Trouble, Waiting
from bot.domain.tokens import TokenKind
from bot.text import library
from bot.text.notices import trouble_letter, waiting_letter, works_again_letter
from tests.builders import an_id, card, person
from tests.unit.text.hostile import CORPUS, IDS
from tests.unit.text.pictures import EMPTY, LAST, NOW, mel, owner, tom
from tests.unit.text.samples import LANGUAGES, REF, TEMPLATES, writer

PHRASES = library.phrases(TEMPLATES / "messages")
ADDRESS = re.compile(r"https://trello\.com/c/[0-9A-Za-z]{8}")


def waiting(
    title: str = "Devis Dupont",
    about: About | None = "hand-over",
    language: Language = "fr",
    board: str = "Atelier",
    important: bool = True,
) -> Waiting:
    subject = card(title, key="card")
    return Waiting(person("mel", language), subject, board, an_id("cause"), about, important)


def letter(*words: Waiting) -> tuple[str, str]:
    return waiting_letter(words, PHRASES)


def test_one_word_reads_as_agreed() -> None:
    subject, body = letter(waiting())
    assert (
        subject == "Carte importante «\u00a0Devis Dupont\u00a0»\u00a0: cette tâche vous est confiée"
    )
    assert body == (
        "«\u00a0Devis Dupont\u00a0» (Atelier)\u00a0: cette tâche vous est confiée\n"
        f"{card(key='card').url}\n\n"
        "Répondez sur la carte\u00a0: personne ne lit les réponses à ce message."
    )
    subject, body = letter(waiting("Quote", "late", "en", "Office", important=False))
    assert subject == "“Quote”: its date has passed"
    assert body.startswith(
        f"“Quote” (Office): its date has passed\n{card(key='card').url}\n\nPlease"
    )


def test_several_words_are_one_letter_of_a_bounded_length() -> None:
    subject, body = letter(*(waiting(f"Carte {n}") for n in range(30)))
    assert subject == "30 cartes vous attendent"
    assert len(ADDRESS.findall(body)) == 8
    assert "Et 22 de plus." in body
    _, two = letter(waiting("Une"), waiting("Deux"))
    assert len(ADDRESS.findall(two)) == 2
    assert "de plus" not in two


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("about", [None, "ball", *get_args(TokenKind)])
def test_every_kind_of_word_has_its_words(about: About | None, language: Language) -> None:
    subject, _ = letter(waiting(about=about, language=language))
    assert 30 < len(subject) < 120


@pytest.mark.covers("H16")
@pytest.mark.parametrize("said", CORPUS, ids=IDS)
def test_nothing_that_a_card_says_acts_in_mail_or_chat(said: str) -> None:
    subject, body = letter(waiting(said, board=said, language="en"))
    assert len(subject) <= 140
    assert len(body) <= 300
    # The joiners inside an emoji are no letters of their own.
    assert (subject + body).replace("\n", "").replace("\u200d", "").isprintable()
    assert len(body.splitlines()) == 4
    assert len(ADDRESS.findall(body)) == 1
    spoken = ADDRESS.sub("", subject + body)
    assert "://" not in spoken
    assert not set(spoken) & set("<>[]`*_~|\\@")
    (subject + body).encode("utf-8")


@pytest.mark.covers("H16")
@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Devis\r\nBcc: all@example.com", "Devis Bcc: all＠example․com"),
        ('"><svg onload=x>', '"＞＜svg onload=x＞'),
        ("[clic](https://mal.example)", "［clic］(https：//mal․example)"),
        ("<!channel> @everyone", "＜!channel＞ ＠everyone"),
        ("\u202efdp.sived", "fdp․sived"),
        ("R&D &lt;b&gt;", "R&D ＆lt;b＆gt;"),
        ("devis.pdf 2.5 h", "devis.pdf 2.5 h"),
    ],
)
def test_what_might_act_is_shown_by_its_look_alike(said: str, shown: str) -> None:
    subject, _ = letter(waiting(said, language="en"))
    assert f"“{shown}”" in subject


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("failure", get_args(Failure))
def test_every_trouble_is_told_with_its_detail_cut_short(
    failure: Failure, language: Language
) -> None:
    board = "AbCd1234" if failure == "board" else ""
    trouble = Trouble(failure, "line 3:\n  <b>" + "x" * 9_999, board)
    subject, body = trouble_letter(trouble, language, PHRASES)
    assert ("AbCd1234" in subject) is (failure == "board")
    assert "line 3: ＜b＞x" in body
    assert len(body) < 800
    assert "delegate-bot check" in body


def test_the_end_of_trouble_is_told() -> None:
    assert works_again_letter("en", PHRASES) == (
        "The bot works again",
        "What kept it from working is gone.",
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_digest_names_whom_notices_do_not_reach(language: Language) -> None:
    def told(*people: str) -> str:
        known = {"paul": owner(language), "mel": mel(language), "tom": tom(language)}
        missed = tuple(known[each] for each in people)
        return writer().message(Digest(owner(language), EMPTY, LAST, NOW, unreached=missed), REF)

    you = {"fr": "ne vous parviennent pas", "en": "do not reach you"}[language]
    others = {"fr": "ne parviennent pas à Mel.", "en": "do not reach Mel."}[language]
    assert you in told("paul")
    assert "Mel" not in told("paul")
    assert others in told("mel", "tom")
    assert "Tom" in told("mel", "tom")
    assert you not in told("mel")
    silent = told()
    assert not re.search("avis|notices", silent)
    assert "\n\n\n" not in told("paul", "mel")
