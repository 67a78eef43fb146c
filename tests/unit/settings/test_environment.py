"""Credentials and addresses from the environment: forgiving in form, silent about values."""

import logging
from pathlib import Path

import pytest

from bot.settings import (
    Credentials,
    SettingsError,
    api_address,
    configuration_file,
    deadman_url,
    listening,
    load,
    log_level,
    looks_like,
    public_url,
    read_credentials,
    read_environment,
)

KEY = "0123456789abcdef" * 2
TOKEN = "ATTA" + "0123456789abcdef" * 4
EVERYWHERE = "0.0.0.0"  # noqa: S104 - what a platform's router needs
OLD_TOKEN = "fedcba9876543210" * 4


def environ(key: str = KEY, token: str = TOKEN, **more: str) -> dict[str, str]:
    return {"TRELLO_API_KEY": key, "TRELLO_API_TOKEN": token, **more}


def refusal(variables: dict[str, str]) -> SettingsError:
    with pytest.raises(SettingsError) as error:
        read_credentials(variables)
    return error.value


@pytest.mark.parametrize("token", [TOKEN, OLD_TOKEN])
def test_key_and_token_are_read(token: str) -> None:
    credentials, warnings = read_credentials(environ(token=token))
    assert (credentials.key, credentials.token, credentials.secret) == (KEY, token, None)
    assert warnings == ()


def test_the_secret_is_read_when_there_is_one() -> None:
    assert read_credentials(environ(TRELLO_API_SECRET="s3cret"))[0].secret == "s3cret"


@pytest.mark.covers("G10")
@pytest.mark.parametrize("around", ["{}\n", " {} ", '"{}"', "'{}'", "\ufeff{}", "\u200b{}\r\n"])
def test_what_stands_around_a_value_is_left_out_with_a_warning(around: str) -> None:
    credentials, warnings = read_credentials(environ(key=around.format(KEY)))
    assert credentials.key == KEY
    assert [warning.path for warning in warnings] == ["TRELLO_API_KEY"]


@pytest.mark.covers("G11")
def test_swapped_key_and_token_are_recognised() -> None:
    for token in (TOKEN, OLD_TOKEN):
        error = refusal(environ(key=token, token=KEY))
        assert "key and token are swapped" in str(error)


@pytest.mark.covers("S30")
@pytest.mark.parametrize(
    ("variables", "path", "message"),
    [
        ({"TRELLO_API_TOKEN": TOKEN}, "TRELLO_API_KEY", "this is not set"),
        (environ(token=" "), "TRELLO_API_TOKEN", "this is not set"),
        (environ(key=OLD_TOKEN), "TRELLO_API_KEY", "this is a token"),
        (environ(token=KEY), "TRELLO_API_TOKEN", "this is a key"),
        (environ(key="0123 4567"), "TRELLO_API_KEY", "spaces, quotes or unusual characters"),
        (environ(token='AT"TA'), "TRELLO_API_TOKEN", "spaces, quotes or unusual characters"),
        (environ(token="ATTAé"), "TRELLO_API_TOKEN", "spaces, quotes or unusual characters"),
        (environ(TRELLO_API_SECRET="a\nb"), "TRELLO_API_SECRET", "spaces, quotes or unusual"),
        (environ(TRELLO_API_SECRET=TOKEN), "TRELLO_API_SECRET", "a secret of its own"),
        (environ(TRELLO_API_SECRET=KEY), "TRELLO_API_SECRET", "a secret of its own"),
    ],
)
def test_unusable_credentials_are_named_without_their_value(
    variables: dict[str, str], path: str, message: str
) -> None:
    (problem,) = refusal(variables).problems
    assert (problem.where, problem.path, problem.found) == ("environment", path, "")
    assert message in problem.message


def test_all_that_is_missing_is_said_at_once() -> None:
    assert len(refusal({}).problems) == 2


def test_an_unknown_form_is_only_a_warning() -> None:
    _, warnings = read_credentials(environ(key="sandbox-key", token="sandbox-token"))
    assert [warning.path for warning in warnings] == ["TRELLO_API_KEY", "TRELLO_API_TOKEN"]


def test_credentials_print_nothing_of_themselves() -> None:
    text = repr(Credentials(KEY, TOKEN, "s3cret"))
    assert text == "Credentials(key=***, token=***)"


@pytest.mark.parametrize("secret", [KEY, TOKEN, "ab" * 16, "ATTA" + "x" * 60])
def test_webhooks_are_signed_with_the_applications_secret_and_nothing_else(secret: str) -> None:
    problems = refusal(environ(TRELLO_API_SECRET=secret)).problems
    assert [each.path for each in problems] == ["TRELLO_API_SECRET"]
    assert secret not in str(problems)


@pytest.mark.parametrize(
    ("value", "what"), [(KEY, "key"), (TOKEN, "token"), ("ab" * 32, "token"), ("hello", None)]
)
def test_a_value_tells_by_its_form_what_it_is(value: str, what: str | None) -> None:
    assert looks_like(value) == what


def test_no_refusal_shows_a_value() -> None:
    for variables in (environ(key=TOKEN, token=KEY), environ(token="x y" + TOKEN)):
        text = str(refusal(variables)) + repr(refusal(variables).problems)
        assert KEY not in text
        assert TOKEN not in text


@pytest.mark.parametrize(
    ("variables", "url", "is_trello"),
    [
        ({}, "https://api.trello.com/1", True),
        ({"TRELLO_API_URL": " https://api.trello.com/1/ "}, "https://api.trello.com/1", True),
        ({"TRELLO_API_URL": "http://127.0.0.1:8000/1"}, "http://127.0.0.1:8000/1", False),
        ({"TRELLO_API_URL": "http://localhost:8000/1/"}, "http://localhost:8000/1", False),
        ({"TRELLO_API_URL": "http://[::1]:8000/1"}, "http://[::1]:8000/1", False),
        (
            {"TRELLO_API_URL": "https://proxy.example/1", "ALLOW_API_HOST": "1"},
            "https://proxy.example/1",
            False,
        ),
    ],
)
def test_the_api_answers_at_trello_or_where_it_is_allowed(
    variables: dict[str, str], url: str, is_trello: bool
) -> None:
    address = api_address(variables)
    assert (address.url, address.is_trello) == (url, is_trello)


@pytest.mark.parametrize(
    "url",
    [
        "http://api.trello.com/1",
        "https://api.trello.com:8443/1",
        "https://api.trello.com.evil.example/1",
        "https://api.trello.com@evil.example/1",
        "https://evil.example/api.trello.com/1",
        "http://169.254.169.254/1",
        "https://api.trello.com/1?key=x",
        "https://api.trello.com/1#x",
        "ftp://api.trello.com/1",
        "file:///etc/passwd",
        "api.trello.com",
        "https://",
        "http://[::1",
        "http://127.0.0.1:99999/1",
        "https://api.trello.com\\@evil.example/1",
        "https://localhost.evil.example/1",
    ],
)
def test_no_other_address_gets_the_credentials(url: str) -> None:
    with pytest.raises(SettingsError):
        api_address({"TRELLO_API_URL": url})


@pytest.mark.parametrize(
    ("value", "url"),
    [
        ("", None),
        ("  ", None),
        ("https://bot.example", "https://bot.example"),
        (' "https://bot.example/trello/" ', "https://bot.example/trello"),
        ("https://bot.example:8443", "https://bot.example:8443"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://localhost", "http://localhost"),
    ],
)
def test_trello_reaches_the_bot_over_https_or_on_this_machine(value: str, url: str | None) -> None:
    assert public_url({"PUBLIC_URL": value}) == url


@pytest.mark.parametrize(
    "value",
    [
        "bot.example",
        "http://bot.example",
        "ftp://bot.example",
        "https://",
        "https://user:word@bot.example",
        "https://bot.example?x=1",
        "https://bot.example#x",
        "https://chauffage-réuni.example",
        "https://bot.example:99999",
        "https://two words.example",
    ],
)
def test_no_other_address_is_given_to_trello(value: str) -> None:
    with pytest.raises(SettingsError, match="PUBLIC_URL") as error:
        public_url({"PUBLIC_URL": value})
    assert "word" not in str(error.value)


def test_without_an_address_there_is_no_hook_to_give() -> None:
    assert public_url({}) is None


@pytest.mark.parametrize(
    ("variables", "asked", "found"),
    [
        ({}, (None, None), ("127.0.0.1", 8000)),
        ({"PORT": "5000"}, (None, None), (EVERYWHERE, 5000)),
        ({"PORT": "5000"}, ("127.0.0.1", None), ("127.0.0.1", 5000)),
        ({"PORT": "5000"}, (None, 9), (EVERYWHERE, 9)),
        ({"PORT": " "}, (None, 0), ("127.0.0.1", 0)),
        ({}, ("::1", 9), ("::1", 9)),
    ],
)
def test_a_platforms_port_is_open_to_its_router_and_any_other_to_this_machine(
    variables: dict[str, str], asked: tuple[str | None, int | None], found: tuple[str, int]
) -> None:
    place = listening(variables, *asked)
    assert (place.host, place.port) == found


@pytest.mark.parametrize("value", ["http", "0", "65536", "-1", "80.0", "٨٠"])
def test_a_port_that_is_none_is_refused(value: str) -> None:
    with pytest.raises(SettingsError, match="65535"):
        listening({"PORT": value}, None, None)


@pytest.mark.parametrize("value", ["0", "", "true", "no"])
def test_another_host_needs_exactly_1(value: str) -> None:
    with pytest.raises(SettingsError, match="ALLOW_API_HOST=1"):
        api_address({"TRELLO_API_URL": "https://proxy.example/1", "ALLOW_API_HOST": value})


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("\ufeffA=file\nB='file ${A}' # why\nexport C=3\nD\n", encoding="utf-8")
    given = {"A": "environment"}
    assert read_environment(file, given) == {"A": "environment", "B": "file ${A}", "C": "3"}
    assert given == {"A": "environment"}


def test_no_file_is_no_error(tmp_path: Path) -> None:
    assert read_environment(tmp_path / ".env", {"A": "1"}) == {"A": "1"}


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"\xff\xfe\x00A")
    with pytest.raises(SettingsError, match="UTF-8"):
        read_environment(tmp_path / ".env", {})


def test_the_configuration_stands_where_the_environment_says() -> None:
    assert configuration_file({}) == Path("config/bot.yaml")
    assert configuration_file({"BOT_CONFIG": "/etc/bot.yaml"}) == Path("/etc/bot.yaml")


def test_a_configuration_may_stand_in_the_environment_itself() -> None:
    environ = {"BOT_CONFIG_YAML": "boards: [AbCd1234]\nlangage: fr\n"}
    file = configuration_file(environ)
    with pytest.raises(SettingsError, match=r"(?s)BOT_CONFIG_YAML, line 2.*did you mean language"):
        load(file, environ)
    assert load(file, {"BOT_CONFIG_YAML": "{boards: [AbCd1234]}"}).boards[0].board == "AbCd1234"
    assert configuration_file({"BOT_CONFIG_YAML": " \n"}) == Path("config/bot.yaml")


def test_a_configuration_in_two_places_is_refused_rather_than_one_passed_over() -> None:
    with pytest.raises(SettingsError, match="set one of the two"):
        configuration_file({"BOT_CONFIG_YAML": "boards: [a]", "BOT_CONFIG": "config/bot.yaml"})


@pytest.mark.parametrize(
    ("value", "url"),
    [
        ("", None),
        (" 'https://hc.example/7d3b5f81?x=1' ", "https://hc.example/7d3b5f81?x=1"),
        ("http://127.0.0.1:9/7d3b5f81", "http://127.0.0.1:9/7d3b5f81"),
    ],
)
def test_a_sign_of_life_goes_over_https_or_to_this_machine(value: str, url: str | None) -> None:
    assert deadman_url({"DEADMAN_URL": value}) == url


@pytest.mark.parametrize(
    "value",
    [
        "http://hc.example/7d3b5f81",
        "hc.example/7d3b5f81",
        "file:///7d3b5f81",
        "https://u:7d3b5f81@hc.example/",
        "https://hc.example/7d3b5f81#x",
        "https://hc.example/7d3b5f81 x",
        "https://é.example/7d3b5f81",
    ],
)
def test_another_address_for_signs_of_life_is_refused_without_showing_it(value: str) -> None:
    with pytest.raises(SettingsError, match="DEADMAN_URL") as refused:
        deadman_url({"DEADMAN_URL": value})
    assert "7d3b5f81" not in str(refused.value)


def test_the_log_level_is_read_in_any_case() -> None:
    assert log_level({}) == logging.INFO
    assert log_level({"LOG_LEVEL": "debug"}) == logging.DEBUG
    with pytest.raises(SettingsError, match="did you mean WARNING"):
        log_level({"LOG_LEVEL": "WARN ING"})
