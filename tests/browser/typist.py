"""Somebody at the page without a mouse: real key strokes, and the focus always in sight."""

from selenium.webdriver import ActionChains
from selenium.webdriver.common.keys import Keys

from tests.browser.window import Window

_MOST_STOPS = 120

_SEEN = """
const at = document.activeElement, style = getComputedStyle(at), box = at.getBoundingClientRect();
const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
const there = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
return at === document.body || (ring && there);
"""


class Typist:
    """Uses a window by keyboard alone."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.unseen: list[str] = []
        """Stops at which the focus could not be seen."""

    def keys(self, *keys: str) -> None:
        """Press keys one after the other."""
        ActionChains(self.window.driver, duration=0).send_keys(*keys).perform()

    def to(self, css: str, *, back: bool = False) -> None:
        """Press Tab until an element that matches has the focus."""
        for _ in range(_MOST_STOPS):
            chain = ActionChains(self.window.driver, duration=0)
            if back:
                chain = chain.key_down(Keys.SHIFT).send_keys(Keys.TAB).key_up(Keys.SHIFT)
            else:
                chain = chain.send_keys(Keys.TAB)
            chain.perform()
            if not self.window.run(_SEEN):
                self.unseen.append(self.at())
            if self.has(css):
                return
        message = f"no number of tabs leads to {css}"
        raise AssertionError(message)

    def has(self, css: str) -> bool:
        """Tell whether an element that matches has the focus."""
        found = "return document.activeElement.matches(arguments[0])"
        return bool(self.window.driver.execute_script(found, css))

    def at(self) -> str:
        """Return what has the focus."""
        return str(self.window.run("return document.activeElement.outerHTML.slice(0, 150)"))

    def sends(self, *keys: str) -> None:
        """Press keys that lead to another page."""
        with self.window.leaving():
            self.keys(*keys)
