"""What the program logs goes to standard error, with every secret masked."""

import logging
from collections.abc import Iterator

import pytest

from bot import wiring
from bot.cli import app, main
from bot.settings import SettingsError

CANARY = "c0ffee" * 6


@pytest.fixture(autouse=True)
def _own_logging() -> Iterator[None]:
    """Give the tests their handlers back."""
    root, noisy = logging.getLogger(), logging.getLogger("apscheduler")
    handlers, levels = root.handlers[:], (root.level, noisy.level)
    yield
    root.handlers[:] = handlers
    root.setLevel(levels[0])
    noisy.setLevel(levels[1])


@pytest.mark.parametrize("name", ["TRELLO_API_KEY", "TRELLO_API_TOKEN", "TRELLO_API_SECRET"])
def test_no_secret_reaches_the_log(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    wiring.start_logging({name: CANARY})
    logging.getLogger("bot").warning("refused: %s", CANARY)
    printed = capsys.readouterr()
    assert "refused" in printed.err
    assert CANARY not in printed.err
    assert printed.out == ""


def test_a_secret_typed_later_does_not_reach_the_log_either(
    capsys: pytest.CaptureFixture[str],
) -> None:
    wiring.start_logging({})
    wiring.mask_in_logs([CANARY])
    logging.getLogger("bot").warning("refused: %s", CANARY)
    printed = capsys.readouterr()
    assert "refused" in printed.err
    assert CANARY not in printed.err


@pytest.mark.parametrize(("environ", "level"), [({}, 30), ({"LOG_LEVEL": "debug"}, 10)])
def test_a_command_only_warns_unless_it_is_told_otherwise(
    environ: dict[str, str], level: int
) -> None:
    wiring.start_logging(environ)
    wiring.set_log_level(environ)
    assert logging.getLogger().level == level


def test_an_unknown_level_is_a_problem_of_the_environment() -> None:
    with pytest.raises(SettingsError, match="LOG_LEVEL"):
        wiring.set_log_level({"LOG_LEVEL": "loud"})


@pytest.mark.covers("M4")
@pytest.mark.parametrize(
    ("words", "level", "code"),
    [(["--version"], "", 0), (["--version"], "loud", 0), (["plan"], "loud", 2), (["pln"], "", 2)],
)
def test_the_program_ends_with_the_code_of_what_happened(
    words: list[str], level: str, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["delegate-bot", *words])
    monkeypatch.setenv("LOG_LEVEL", level)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == code


@pytest.fixture
def _broken_command() -> Iterator[None]:
    """A command of the program with a fault in it."""

    @app.command("broken")
    def broken() -> None:
        raise ZeroDivisionError(CANARY)

    yield
    app.registered_commands.pop()


@pytest.mark.covers("M3", "M4")
@pytest.mark.usefixtures("_broken_command")
def test_a_fault_of_the_program_ends_with_one_and_is_told_without_secrets(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["delegate-bot", "broken"])
    monkeypatch.setenv("TRELLO_API_TOKEN", CANARY)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    told = capsys.readouterr().err
    assert '"event": "bug"' in told
    assert "ZeroDivisionError" in told
    assert CANARY not in told
