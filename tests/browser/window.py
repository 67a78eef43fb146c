"""The page in a browser's window, as somebody uses it with a mouse."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from selenium.common.exceptions import WebDriverException
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.select import Select
from selenium.webdriver.support.wait import WebDriverWait

PATIENCE = 30
"""Seconds until something that does not come fails the test."""


_FIRST = """
return [...document.querySelectorAll(arguments[0])].find(
  (each) => each.innerText.includes(arguments[1])) || null;
"""
_TEXTS = "return [...document.querySelectorAll(arguments[0])].map((each) => each.innerText.trim());"


class Window:
    """A window of headless Chromium at the sandbox's page."""

    def __init__(self, driver: Chrome, page: str, language: str) -> None:
        self.driver = driver
        # While one page gives way to another, the driver may be unable to tell anything.
        self._wait = WebDriverWait(driver, PATIENCE, 0.02, [WebDriverException])
        driver.get(f"{page}/?lang={language}")
        with self.leaving():
            self.one(".board-tile").click()
        self.board = driver.current_url

    # Looking

    def one(self, css: str, text: str = "") -> WebElement:
        """Return the first element that matches and holds this text."""
        found: WebElement | None = self.driver.execute_script(_FIRST, css, text)
        assert found is not None, f"nothing matches {css} with {text!r}"
        return found

    def texts(self, css: str) -> list[str]:
        """Return what the elements that match say."""
        found: list[str] = self.driver.execute_script(_TEXTS, css)
        return found

    def run(self, script: str) -> object:
        """Return what a script finds out in the page."""
        found: object = self.driver.execute_script(script)
        return found

    def until(self, condition: Callable[[], object]) -> None:
        """Wait for a condition."""
        self._wait.until(lambda _: condition())

    @contextmanager
    def leaving(self) -> Iterator[None]:
        """Wait, after the block, until another page has come."""
        self.run("window.old = true;")
        yield
        self.until(lambda: self.run("return !window.old && document.readyState === 'complete';"))

    # Doing

    def open_board(self) -> None:
        """Go to the board, as whoever the reader is."""
        with self.leaving():
            self.one(".bar .here").click()

    def open_card(self, name: str) -> None:
        """Open a card of the board."""
        with self.leaving():
            self.one("[data-card] .front", name).click()

    def add_card(self, list_: str, name: str) -> None:
        """Type a new card at the bottom of a list."""
        column = self.one(".column", list_)
        with self.leaving():
            column.find_element(By.NAME, "name").send_keys(name, Keys.ENTER)

    def press(self, css: str, text: str = "") -> None:
        """Press a button that sends its form."""
        button = self.one(css, text)
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", button)
        with self.leaving():
            button.click()

    def step(self, step: str) -> None:
        """Move the clock, or let the bot pass."""
        self.press(f"button[value={step}]")

    def become(self, name: str) -> None:
        """Be somebody else."""
        self.one(".who summary").click()
        with self.leaving():
            self.one(".who a", name).click()

    def describe(self, text: str) -> None:
        """Replace the description."""
        self.one("#description summary").click()
        area = self.one("#description textarea")
        area.clear()
        area.send_keys(text)
        self.press("#description button")

    def comment(self, text: str) -> None:
        """Post a comment."""
        self.one("#activity textarea").send_keys(text)
        self.press("#activity .say button")

    def tick(self, item: str) -> None:
        """Tick an item, or untick it."""
        line = self.one(".items li", item)
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", line)
        with self.leaving():
            line.find_element(By.CSS_SELECTOR, "button.box").click()

    def move(self, list_: str) -> None:
        """Move the card by its menu."""
        Select(self.one("select[name=list]")).select_by_visible_text(list_)
        self.press("#move button")
