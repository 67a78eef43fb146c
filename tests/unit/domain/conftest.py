"""Which tests the full coverage of the domain is measured with.

Tracing makes tests that try much at random slow, and they cover nothing that others do not.
"""

from pathlib import Path

import pytest

UNTRACED = ("oracle", "reading_time", "hostile", "properties")
"""Files whose names say that they try much."""

HERE = Path(__file__).parent


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Do not even read the files of thousands of tests that ``-m "not traced"`` leaves out."""
    asked = config.getoption("markexpr")
    is_file = collection_path.name.startswith("test_")
    return True if is_file and asked == "not traced" and _is_traced(collection_path) else None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of this folder's other files."""
    for item in items:
        if item.path.is_relative_to(HERE) and _is_traced(item.path):
            item.add_marker("traced")


def _is_traced(file: Path) -> bool:
    return not any(name in file.name for name in UNTRACED)
