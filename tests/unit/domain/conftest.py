"""Which tests the full coverage of the domain is measured with.

Tracing makes tests that try much at random slow, and they cover nothing that others do not.
"""

from pathlib import Path

import pytest

UNTRACED = ("oracle", "reading_takes", "hostile", "properties")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark this folder's tests, but those whose names say that they try much."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here) and not any(name in item.nodeid for name in UNTRACED):
            item.add_marker("traced")
