"""A newcomer's path through the page in a browser: from a fresh card to the digest.

With ``PICTURES=docs`` the pictures of the README are taken on the way.
"""

from datetime import UTC, datetime

import pytest
from msgspec import Struct
from selenium.webdriver import Chrome

from bot.domain.model import Language
from bot.hosting import Sandbox
from tests.browser.audit import complaints
from tests.browser.chromium import resize
from tests.browser.pictures import DESKTOP, picture
from tests.browser.window import Window
from tests.end_to_end.hosted import page_of, served

MONDAY = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)


class Words(Struct, frozen=True):
    """What the newcomer reads and types in one language."""

    language: Language
    card: str
    notes: str
    todo: str
    review: str
    portfolio: str
    owner: str
    ready: str
    half_way: str
    well: str
    delivered: str
    announced: str
    digest: str


WORDS: dict[Language, Words] = {
    "fr": Words(
        language="fr",
        card="Article : choisir son poêle à granulés",
        notes="Pour les clients qui hésitent encore.\npour : jeudi",
        todo="À faire",
        review="À valider",
        portfolio="Portefeuille",
        owner="Paul Durand",
        ready="tout est prêt : mel reçoit la carte",
        half_way="à 50% du temps prévu",
        well="En bonne voie",
        delivered="L’article est là : https://docs.example.com/poele",
        announced="le travail est livré",
        digest="c’est l’heure du bilan",
    ),
    "en": Words(
        language="en",
        card="Blog post: choosing a pellet stove",
        notes="For customers who hesitate.\ndue: Thursday",
        todo="To do",
        review="Review",
        portfolio="Portfolio",
        owner="Emma Hart",
        ready="everything is ready: mel gets the card",
        half_way="50% of the time has passed",
        well="On track",
        delivered="Here it is: https://docs.example.com/stove",
        announced="the work is delivered",
        digest="it is time for the digest",
    ),
}


@pytest.mark.longest
@pytest.mark.parametrize("language", WORDS)
def test_a_newcomer_takes_a_card_from_the_label_to_the_digest(
    driver: Chrome, language: Language
) -> None:
    words = WORDS[language]
    with served(Sandbox(language=language, clock=lambda: MONDAY)) as told:
        resize(driver, *DESKTOP)
        window = Window(driver, page_of(told), language)
        _is_handed_over(window, words)
        _is_checked_in_on(window, words)
        _is_delivered(window, words)
        _stands_in_the_digest(window, words)


def _is_handed_over(window: Window, words: Words) -> None:
    window.add_card(words.todo, words.card)
    window.open_card(words.card)
    window.describe(words.notes)
    window.press("#labels button", "delegate")
    window.step("pass")
    assert words.ready in window.one(".said.fresh").text
    assert "@mel" in window.one(".said.fresh").text
    assert words.notes.partition("\n")[0] not in window.one("#description .fresh").text
    assert "Mel Rakoto" in window.one("#members .fresh").text
    assert len(window.texts(".back-body section.fresh")) == 2
    assert complaints(window.driver) == []
    picture(window, f"card.{words.language}", ".back-body")
    picture(window, f"phone-card.{words.language}", ".just", "dark")


def _is_checked_in_on(window: Window, words: Words) -> None:
    window.step("day")
    assert window.texts(".said.fresh") == []
    window.step("day")
    assert "25" in window.one(".hours").text
    assert words.half_way in window.one(".said.fresh").text
    window.open_board()
    assert words.half_way in window.one(".front.fresh").text
    assert words.half_way in window.one(".told-card").text
    assert complaints(window.driver) == []
    picture(window, f"board.{words.language}", ".front.fresh")
    picture(window, f"phone-board.{words.language}", "#bot")


def _is_delivered(window: Window, words: Words) -> None:
    window.become("Mel")
    window.open_card(words.card)
    window.tick(words.well)
    window.step("pass")
    assert window.texts(".said.fresh") == []
    window.comment(words.delivered)
    window.move(words.review)
    window.step("hour")
    assert words.announced in window.one(".said.fresh").text


def _stands_in_the_digest(window: Window, words: Words) -> None:
    window.become(words.owner)
    window.open_board()
    window.step("monday")
    assert words.digest in window.one(".told").text
    window.open_card(words.portfolio)
    assert words.card in window.one(".said.fresh").text
    assert words.card in window.one("#description").text
    assert "delegate-bot" in window.one("#description .fresh").text
