"""What an accessibility checker would complain about, in light and in dark."""

from pathlib import Path

from selenium.webdriver import Chrome

from tests.browser.chromium import paint

_SCRIPT = (Path(__file__).parent / "audit.js").read_text("utf-8")


def complaints(driver: Chrome) -> list[str]:
    """Return what is wrong with the page as it stands, at its present width."""
    found: list[str] = []
    for scheme in ("dark", "light"):
        paint(driver, scheme)
        found += (f"{scheme}: {each}" for each in driver.execute_script(_SCRIPT))
    return found
