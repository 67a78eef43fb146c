import pytest

from tests.unit.sandbox.shop import Shop, open_shop


@pytest.fixture
def shop() -> Shop:
    return open_shop()
