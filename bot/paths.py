"""Where templates stand: at the top level, or inside the wheel."""

from pathlib import Path

import bot

_PACKAGE = Path(bot.__file__).resolve().parent


def templates_folder() -> Path:
    """Return the folder with ``briefs`` and ``messages``."""
    installed = _PACKAGE / "resources" / "templates"
    return installed if installed.is_dir() else _PACKAGE.parent / "templates"


def built_in_briefs() -> Path:
    """Return the folder of the kinds that always exist."""
    return templates_folder() / "briefs"
