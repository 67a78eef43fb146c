import pytest

from bot.ports import StopError
from bot.trello.connection import Connection, check_connection, is_trello
from bot.trello.transport import Transport
from tests.unit.trello.doubles import KEY, TOKEN


@pytest.mark.parametrize(
    "url",
    [
        "https://api.trello.com/1",
        "https://API.trello.com:443/1/",
        "http://127.0.0.1:8080/1",
        "http://127.8.8.8/1",
        "http://localhost:5000/1",
        "http://[::1]:5000/1",
        "https://localhost/1",
    ],
)
def test_s8_trello_and_this_machine_may_be_asked(url: str) -> None:
    check_connection(Connection(KEY, TOKEN, url=url))


@pytest.mark.covers("S8")
@pytest.mark.parametrize(
    "url",
    [
        "http://api.trello.com/1",
        "https://api.trello.com:8443/1",
        "https://evil.example/1",
        "https://api.trello.com.evil.example/1",
        "https://trello.com/1",
        "http://10.0.0.1/1",
        "http://localhost.evil.example/1",
        "http://2130706433/1",
    ],
)
def test_s8_another_host_is_refused_unless_allowed_expressly(url: str) -> None:
    with pytest.raises(StopError, match="ALLOW_API_HOST"):
        Transport(Connection(KEY, TOKEN, url=url))
    check_connection(Connection(KEY, TOKEN, url=url, allow_other_host=True))


@pytest.mark.parametrize(
    "url",
    [
        "",
        "api.trello.com/1",
        "ftp://127.0.0.1/1",
        "file:///etc/passwd",
        "https://api.trello.com@evil.example/1",
        "https://user:pass@api.trello.com/1",
        "https://api.trello.com/1?key=x",
        "https://api.trello.com/1#x",
        "http://127.0.0.1:99999/1",
        "http://[::1/1",
    ],
)
def test_s8_an_address_that_is_not_plain_is_refused_always(url: str) -> None:
    with pytest.raises(StopError, match="TRELLO_API_URL"):
        check_connection(Connection(KEY, TOKEN, url=url, allow_other_host=True))


@pytest.mark.covers("G10")
@pytest.mark.parametrize("bad", ["", " ", "a b", "a\nb", 'a"b', "a\\b", "clé", "a\r\nX-Evil: 1"])
@pytest.mark.parametrize("name", ["key", "token"])
def test_g10_a_credential_that_does_not_fit_a_header_is_named_but_not_shown(
    name: str, bad: str
) -> None:
    connection = Connection(bad, TOKEN) if name == "key" else Connection(KEY, bad)
    with pytest.raises(StopError) as failure:
        check_connection(connection)
    assert str(failure.value).startswith(f"TRELLO_API_{name.upper()} ")
    assert len(bad) < 2 or bad not in str(failure.value)


def test_the_real_service_is_told_from_others() -> None:
    assert is_trello("https://api.trello.com/1")
    assert not is_trello("http://127.0.0.1:5000/1")
