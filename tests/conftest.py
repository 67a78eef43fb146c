"""One profile for all property tests: machines are shared and slow, so no example is timed."""

import gc

import pytest
from hypothesis import settings

settings.register_profile("shared machines", deadline=None, max_examples=40)
settings.register_profile("thorough", deadline=None, max_examples=1_000)
settings.load_profile("shared machines")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest tests: at the end they would keep all other hands idle."""
    items.sort(key=lambda item: item.get_closest_marker("longest") is None)


def pytest_collection_finish() -> None:
    """Sweep memory seldom: looking for cycles among thousands of tests takes a twentieth of all."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, *gc.get_threshold()[1:])
