"""From a file to frozen settings, or to everything that is wrong with it."""

from collections.abc import Mapping
from pathlib import Path

from bot.settings.consistency import contradictions
from bot.settings.document import Value
from bot.settings.model import Settings
from bot.settings.problems import Problem, SettingsError
from bot.settings.reading import MAX_BYTES, read_document
from bot.settings.references import with_environment
from bot.settings.validation import validated

IN_ENVIRONMENT = Path("BOT_CONFIG_YAML")
"""Stands for the file where the environment holds the configuration: platforms without a disk."""

_FOR_BRIEFS = frozenset({"language", "timezone", "briefs"})


def load(file: Path, environ: Mapping[str, str]) -> Settings:
    """Return the configuration in ``file``, or in the environment itself where that holds it.

    Raises SettingsError with all its problems.
    """
    return loads(configuration_in(file, environ), file, environ)


def loads(content: bytes | str, file: Path, environ: Mapping[str, str]) -> Settings:
    """Return the configuration in ``content``, which stands or will stand in ``file``."""
    document = read_document(content, str(file))
    tree, missing = with_environment(document, environ)
    settings, wrong = validated(document, Settings, tree)
    problems = {*document.problems, *missing, *wrong, *contradictions(document, tree)}
    if problems or settings is None:
        raise SettingsError(problems)
    settings.remember(document, file)
    return settings


def load_for_briefs(
    file: Path, environ: Mapping[str, str], *, must_exist: bool = False
) -> Settings:
    """Return the configuration as far as kinds of task need it; all else is as if not written.

    So they can be written and looked at without credentials, before there is a board, and while
    the rest of the file is at fault. Its board is nobody's. A file that is not there says nothing,
    unless it ``must_exist``.
    """
    if not must_exist and file != IN_ENVIRONMENT and is_absent(file):
        return loads("boards: [AbCd1234]", file, {})
    document = read_document(configuration_in(file, environ), str(file))
    written = document.tree if isinstance(document.tree, dict) else {}
    tree: Value = {
        "boards": ["AbCd1234"],
        **{key: written[key] for key in _FOR_BRIEFS & {*written}},
    }
    settings, wrong = validated(document, Settings, tree)
    mine = (each for each in document.problems if each.path.split(".")[0] in _FOR_BRIEFS)
    problems = {*mine, *wrong}
    if problems or settings is None:
        raise SettingsError(problems)
    settings.remember(document, file)
    return settings


def configuration_in(file: Path, environ: Mapping[str, str]) -> bytes | str:
    """Return what stands in ``file``, or in the environment in its stead."""
    content = environ.get(file.name) if file == IN_ENVIRONMENT else None
    return content_of(file) if content is None else content


def is_absent(file: Path) -> bool:
    """Tell whether there is certainly no such file."""
    try:
        return not file.exists()
    except OSError:
        return False  # reading it will say why it cannot be read


def content_of(file: Path) -> bytes:
    """Return the bytes of ``file``, no more than tell that it is too long."""
    try:
        with file.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        hint = "delegate-bot setup asks what it must say and writes it; --config names another"
        raise _unreadable(file, "there is no such file", hint) from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        raise _unreadable(file, f"the file cannot be read: {reason or error}") from None


def _unreadable(file: Path, message: str, hint: str | None = None) -> SettingsError:
    return SettingsError([Problem(str(file), None, "", "", message, hint)])
