"""What can be read of the owner in a configuration that cannot be used: to tell them so."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from bot.settings.document import Document, Value
from bot.settings.loading import configuration_in
from bot.settings.model import Settings
from bot.settings.problems import SettingsError
from bot.settings.reading import read_document
from bot.settings.references import with_environment
from bot.settings.validation import validated

_NO_BOARD = "00000000"


def remnant(file: Path, environ: Mapping[str, str]) -> Settings | None:
    """Return settings in which only owner, language, zone and state folder are the file's own.

    Each of them is taken if it is valid; ``None`` where nobody is to be told outside Trello.
    """
    try:
        document = read_document(configuration_in(file, environ), str(file))
    except SettingsError:
        return None
    tree, _ = with_environment(document, environ)
    found: dict[str, Value] = {"boards": [_NO_BOARD]}
    owner: dict[str, Value] = {}
    for name, value in _of_file(tree):
        wider = {**found, name: value}
        found = wider if _is_valid(document, wider) else found
    for name, value in _of_owner(tree):
        wider = {**owner, name: value}
        owner = wider if _is_valid(document, {**found, "people": {"owner": wider}}) else owner
    settings, _ = validated(document, Settings, {**found, "people": {"owner": owner}})
    if settings is None or settings.people.owner.notify is None:
        return None
    settings.remember(document, file)
    return settings


def _is_valid(document: Document, tree: Value) -> bool:
    return validated(document, Settings, tree)[0] is not None


def _of_file(tree: Value) -> Iterator[tuple[str, Value]]:
    for name in ("language", "timezone", "state"):
        if isinstance(tree, dict) and name in tree:
            yield name, tree[name]


def _of_owner(tree: Value) -> Iterator[tuple[str, Value]]:
    people = tree.get("people") if isinstance(tree, dict) else None
    owner = people.get("owner") if isinstance(people, dict) else None
    if isinstance(owner, dict):
        yield from owner.items()
