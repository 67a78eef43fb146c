"""Where templates and example configuration stand: at the top level, or inside the wheel."""

from pathlib import Path

import bot

_PACKAGE = Path(bot.__file__).resolve().parent


def templates_folder() -> Path:
    """Return the folder with ``briefs`` and ``messages``."""
    return _resource("templates")


def config_folder() -> Path:
    """Return the folder with the example configuration and its schema."""
    return _resource("config")


def built_in_briefs() -> Path:
    """Return the folder of the kinds that always exist."""
    return templates_folder() / "briefs"


def _resource(name: str) -> Path:
    installed = _PACKAGE / "resources" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name
