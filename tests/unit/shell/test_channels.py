"""Channels: what can be told of an address without saying it, and life without Apprise."""

import subprocess
import sys

import pytest
from pydantic import SecretStr

from bot import carrier, channels

SECRET = "c4nary-pa55word"


@pytest.mark.parametrize(
    ("address", "scheme"),
    [
        (f"mailto://bob:{SECRET}@example.com", "mailto"),
        (f" TGRAM://{SECRET}/1", "tgram"),
        (f"{SECRET}{SECRET}://x", "unknown"),
        ("ntfy:/x", "unknown"),
        ("", "unknown"),
    ],
)
def test_of_an_address_only_its_scheme_is_told(address: str, scheme: str) -> None:
    assert channels.scheme_of(SecretStr(address)) == scheme


@pytest.mark.parametrize(
    ("address", "ending"),
    [
        (f"mailtoo://bob:{SECRET}@x", carrier.UNREADABLE),
        (f"tgram://{SECRET}", carrier.UNREADABLE),
        ("://", carrier.UNREADABLE),
        ("mailto://bob:x@example.com", carrier.SENT),
        ("ntfy://ntfy.sh/topic", carrier.SENT),
    ],
)
def test_an_address_is_looked_at_without_sending_anything(address: str, ending: int) -> None:
    assert carrier.carried(carrier.Letter(address)) == ending


def test_the_process_that_sends_says_nothing_and_ends_with_how_it_went(
    capfd: pytest.CaptureFixture[str],
) -> None:
    address = SecretStr(f"mailtoo://bob:{SECRET}@x")
    problem = channels.problem_with(address)
    assert problem is not None
    assert "cannot read this address" in problem
    assert SECRET not in problem
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("given", [b"", b'{"address": 3}'])
def test_whatever_goes_wrong_in_that_process_it_ends_without_a_word(given: bytes) -> None:
    command = [sys.executable, "-m", "bot.carrier"]
    ended = subprocess.run(command, input=given, capture_output=True, check=False)  # noqa: S603
    assert (ended.returncode, ended.stdout, ended.stderr) == (carrier.NOT_SENT, b"", b"")


@pytest.mark.covers("L6")
def test_that_process_ends_in_time_whatever_it_waits_for() -> None:
    command = [sys.executable, "-c", "from bot import carrier; carrier.main(0.1)"]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as waiting:  # noqa: S603
        assert waiting.wait(timeout=20) == carrier.NOT_SENT


@pytest.mark.covers("S6")
def test_that_process_is_given_none_of_the_bots_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    trello = ("TRELLO_API_KEY", "TRELLO_API_TOKEN", "TRELLO_API_SECRET")
    for name in (*trello, "DEADMAN_URL", "OWNER_NOTIFY", "MEL_NOTIFY", "MY_PATH", "PROXY"):
        monkeypatch.setenv(name, SECRET)
    assert SECRET not in channels._environment().values()


@pytest.mark.parametrize(
    "name", ["HTTPS_PROXY", "no_proxy", "SSL_CERT_FILE", "LC_ALL", "HOME", "PATH", "TZ"]
)
def test_that_process_is_given_what_leads_to_a_service(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, "needed")
    assert channels._environment()[name] == "needed"


def test_without_apprise_the_command_that_installs_it_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)
    problem = channels.problem_with(SecretStr("ntfy://ntfy.sh/topic"))
    assert problem is not None
    assert channels.INSTALL in problem
    assert not channels.send(SecretStr("ntfy://ntfy.sh/topic"), "subject", "body")
