"""Pictures of the page for the README, taken on the way when somebody asks for them."""

import os
from pathlib import Path

from tests.browser.chromium import paint, resize
from tests.browser.window import Window

DESKTOP, PHONE = (1100, 760), (390, 844)

_FOLDER = os.environ.get("PICTURES", "")
"""Where they go; unset: nowhere."""


def picture(window: Window, name: str, at: str, scheme: str = "light") -> None:
    """Take ``name.png``, on a phone if it says so; ``at`` is in sight, on a card at the top."""
    if not _FOLDER:
        return
    driver = window.driver
    resize(driver, *(PHONE if name.startswith("phone") else DESKTOP))
    paint(driver, scheme)
    window.run("scrollTo(0, 0)")
    window.run(
        "document.querySelectorAll('.told details').forEach((each) => { each.open = true; })"
    )
    block = "start" if "card" in name else "nearest"
    window.run(f"document.querySelector('{at}').scrollIntoView({{block: '{block}'}})")
    driver.save_screenshot(str(Path(_FOLDER) / f"{name}.png"))
    resize(driver, *DESKTOP)
    paint(driver, "light")
