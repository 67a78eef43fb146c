"""The page by keyboard alone on a phone's width, and with a mouse that drags."""

from collections.abc import Iterator

import pytest
from selenium.webdriver import ActionChains, Chrome
from selenium.webdriver.common.keys import Keys

from bot.hosting import Sandbox
from tests.browser.audit import complaints
from tests.browser.chromium import resize
from tests.browser.test_newcomer import MONDAY
from tests.browser.typist import Typist
from tests.browser.window import Window
from tests.end_to_end.hosted import page_of, served


@pytest.fixture(scope="module")
def page() -> Iterator[str]:
    with served(Sandbox(language="en", clock=lambda: MONDAY)) as told:
        yield page_of(told)


def test_by_keyboard_alone_a_card_is_added_delegated_moved_and_answered(
    driver: Chrome, page: str
) -> None:
    resize(driver, 390, 844)
    window = Window(driver, page, "en")
    typist = Typist(window)
    _adds_a_card(typist)
    _delegates_it(typist)
    _moves_it(typist)
    _answers_as_the_assistant(typist)
    assert typist.unseen == []


def _adds_a_card(typist: Typist) -> None:
    window = typist.window
    typist.to(".skip")
    typist.keys(Keys.ENTER)
    typist.to("#bot ~ .column input[name=name]")
    typist.sends("Blog post: a chimney swept", Keys.ENTER)
    window.until(lambda: typist.has("input[name=name]"))
    assert complaints(window.driver) == []
    typist.to(".front", back=True)
    typist.sends(Keys.ENTER)
    assert window.texts("h1") == ["Blog post: a chimney swept"]


def _delegates_it(typist: Typist) -> None:
    window = typist.window
    typist.to("#labels button")
    typist.sends(Keys.SPACE)
    window.until(lambda: typist.has("#labels button[aria-pressed=true]"))
    typist.to("button[value=pass]", back=True)
    typist.sends(Keys.ENTER)
    window.until(lambda: typist.has("button[value=pass]"))
    assert "everything is ready" in window.one(".said.fresh").text
    assert complaints(window.driver) == []


def _moves_it(typist: Typist) -> None:
    typist.to("select[name=list]")
    typist.keys("I")
    typist.to("#move button")
    typist.sends(Keys.ENTER)
    assert "moved this card from To do to In progress" in typist.window.one(".log").text


def _answers_as_the_assistant(typist: Typist) -> None:
    window = typist.window
    typist.to(".who summary", back=True)
    typist.keys(Keys.ENTER)
    typist.to(".who a[href*='as=mel']")
    typist.sends(Keys.ENTER)
    typist.to("button[role=checkbox]")
    typist.sends(Keys.SPACE)
    window.until(lambda: typist.has("button[role=checkbox][aria-checked=true]"))
    typist.to("#activity textarea")
    typist.keys("ok")
    typist.to("#activity button")
    typist.sends(Keys.ENTER)
    assert window.texts(".log .comment .said")[0] == "ok"
    assert "Mel Rakoto" in window.one(".log .comment").text


_PLACE = """
return [...document.querySelectorAll("[data-scrolls]")].map((e) => [e.scrollLeft, e.scrollTop]);
"""


def test_a_card_is_dragged_to_another_list_and_the_reader_stays_where_they_were(
    driver: Chrome, page: str
) -> None:
    resize(driver, 1000, 500)
    window = Window(driver, page, "en")
    card, target = window.one("[data-card]", "Christmas"), window.one(".column", "In progress")
    driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", card)
    place: list[list[int]] = driver.execute_script(_PLACE)
    assert any(top for _, top in place)
    with window.leaving():
        hold = ActionChains(driver, duration=50).click_and_hold(card).move_by_offset(5, 5)
        hold.move_to_element(target).move_by_offset(0, 3).release().perform()
    assert "Christmas" in window.one(".column", "In progress").text
    window.until(lambda: window.run(_PLACE) == place)
