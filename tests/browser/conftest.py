from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome

from tests.browser.chromium import BROWSER, DRIVER, chromium


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    """A browser for all tests of a module: opening one takes a second."""
    if BROWSER is None or DRIVER is None:
        pytest.skip("no chromium with its chromedriver on this machine")
    with chromium(Path(tmp_path_factory.mktemp("profile"))) as opened:
        yield opened
