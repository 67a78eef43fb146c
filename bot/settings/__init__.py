"""The configuration: checked whole at the door, then trusted.

``load(file, environ) -> Settings`` raises ``SettingsError``, whose ``problems`` are everything
that is wrong, each with its line. All of it is frozen:

- ``language``, ``timezone``, ``bots`` (user names), ``state`` / ``state_folder``, ``file``
- ``boards``: tuple of ``board`` (24-hex id or short link), ``lists.question/.review/.done/
  .ignored`` (names, or ``None`` for the recognised ones), ``portfolio`` (or ``None``)
- ``labels``: ``delegate`` (or ``None``), ``stalled``, ``hold``, ``important``, ``core``
- ``people.owner`` and ``people.assistants`` (tuple, or ``None`` for every other member):
  ``username`` (``None`` for an owner to be found), ``language``, ``timezone``, ``hours``,
  ``holidays``, ``away``, ``notify`` (``SecretStr``); assistants also ``capacity``, ``skills``
- ``briefs.folder`` / ``briefs_folder`` (a path), ``briefs.default``; ``stall.after``
- ``check_ins.at`` (percent), ``.before``, ``.long_from``, ``.quiet_if_active``, ``.max_unanswered``
- ``digest.day`` (0 is Monday), ``digest.time``; ``limits.max_cards``
- ``worker.every``, ``worker.reconcile``, ``writes.settle``: ``timedelta`` of real time
- ``line_of("boards[0].lists.done[0]")`` and ``problem(path, message, hint)`` for later findings

Durations of working time are ``bot.domain.calendar.Duration``.
``remnant(file, environ)`` gives what is valid of the owner in a file that is not.
"""

from bot.settings.calendars import MissingHolidays, calendar_for
from bot.settings.environment import (
    ApiAddress,
    Credentials,
    Listening,
    api_address,
    configuration_file,
    deadman_url,
    is_sendable,
    listening,
    log_level,
    looks_like,
    public_url,
    read_credentials,
    read_environment,
)
from bot.settings.loading import load, load_for_briefs, loads
from bot.settings.model import AssistantSettings, BoardSettings, OwnerSettings, Settings
from bot.settings.problems import Problem, SettingsError, did_you_mean
from bot.settings.remnant import remnant

__all__ = [
    "ApiAddress",
    "AssistantSettings",
    "BoardSettings",
    "Credentials",
    "Listening",
    "MissingHolidays",
    "OwnerSettings",
    "Problem",
    "Settings",
    "SettingsError",
    "api_address",
    "calendar_for",
    "configuration_file",
    "deadman_url",
    "did_you_mean",
    "is_sendable",
    "listening",
    "load",
    "load_for_briefs",
    "loads",
    "log_level",
    "looks_like",
    "public_url",
    "read_credentials",
    "read_environment",
    "remnant",
]
