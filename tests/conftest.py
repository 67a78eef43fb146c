"""One profile for all property tests: machines are shared and slow, so no example is timed."""

import pytest
from hypothesis import settings

settings.register_profile("shared machines", deadline=None, max_examples=40)
settings.register_profile("thorough", deadline=None, max_examples=1_000)
settings.load_profile("shared machines")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the test that takes a year: at the end it would keep all other hands idle."""
    items.sort(key=lambda item: "test_in_a_whole_year" not in item.name)
