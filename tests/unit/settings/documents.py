"""Small configuration files and what is wrong with them."""

from pathlib import Path

from bot.settings import Problem, Settings, SettingsError, loads

FILE = Path("config/bot.yaml")


def settings_from(text: str, **environ: str) -> Settings:
    """Return the settings in ``text``, which is all right."""
    return loads(text, FILE, environ)


def settings_with(lines: str, **environ: str) -> Settings:
    """Return the settings of one board and ``lines``."""
    return settings_from(f"boards: [AbCd1234]\n{lines}\n", **environ)


def problems_of(content: str | bytes, **environ: str) -> tuple[Problem, ...]:
    """Return what is wrong with ``content``; nothing when it is all right."""
    try:
        loads(content, FILE, environ)
    except SettingsError as error:
        return error.problems
    return ()


def problems_with(lines: str, **environ: str) -> tuple[Problem, ...]:
    """Return what is wrong with ``lines``, which begin on line 2."""
    return problems_of(f"boards: [AbCd1234]\n{lines}\n", **environ)
