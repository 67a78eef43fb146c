"""What ``apply``, ``worker`` and ``serve`` tell outside Trello around their passes."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from bot import paths, wiring
from bot.noticing import Notices
from bot.pointing import PointingError
from bot.ports import StopError
from bot.settings import SettingsError, api_address, remnant
from bot.settings.environment import TRELLO_URL
from bot.text import library
from bot.wiring import Bot

LAST_WORDS = 10.0
"""Seconds in which a command that ends lets its notices be sent."""


@contextmanager
def owner_told(file: Path, environ: Mapping[str, str]) -> Iterator[None]:
    """Tell the owner, as far as the file says who that is, of what keeps the bot from starting."""
    try:
        yield
    except SettingsError as problem:
        _tell(problem, file, environ)
        raise


@contextmanager
def one_pass_told(bot: Bot) -> Iterator[Notices]:
    """Hand out what tells people of a single pass; what it tells is sent when the block ends."""
    notices = Notices(bot.state, bot.phrases)
    try:
        yield notices
    except PointingError:
        raise
    except StopError as problem:
        notices.cannot_work(problem, bot.settings, wiring.clock())
        raise
    finally:
        notices.close(LAST_WORDS)


def _tell(problem: SettingsError, file: Path, environ: Mapping[str, str]) -> None:
    settings = remnant(file, environ)
    if settings is None:
        return
    state = wiring.state_folder(settings, _api(environ))
    notices = Notices(state, library.phrases(paths.templates_folder() / "messages"))
    notices.cannot_work(problem, settings, wiring.clock())
    notices.close(LAST_WORDS)


def _api(environ: Mapping[str, str]) -> str:
    try:
        return api_address(environ).url
    except SettingsError:
        return TRELLO_URL
