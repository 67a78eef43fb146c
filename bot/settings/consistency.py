"""Rules between keys: what each value alone cannot show to be wrong.

They read the plain tree, so that they speak even while other values are still wrong.
"""

from collections.abc import Iterator, Sequence
from itertools import chain

from pydantic import TypeAdapter, ValidationError

from bot.domain.words import fold
from bot.settings import fields
from bot.settings.document import Document, Path, Value, dotted
from bot.settings.model import Labels
from bot.settings.problems import Problem

_BOARD = TypeAdapter[str](fields.BoardReference)
_USERNAME = TypeAdapter[str](fields.Username)

Named = tuple[Path, str]
"""Where a name stands and what it is once normalised."""


def contradictions(document: Document, tree: Value) -> Iterator[Problem]:
    """Yield a problem for each pair of values that cannot both hold."""
    yield from _twice(document, list(_boards(tree)), "this board")
    yield from _twice(document, list(_people(tree)), "this person")
    yield from _bots_at_work(document, tree)
    yield from _labels_in_two_roles(document, _at(tree, ("labels",)))
    for path, board in _entries(_at(tree, ("boards",)), ("boards",)):
        yield from _lists_in_two_roles(document, (*path, "lists"), _at(board, ("lists",)))


def _twice(document: Document, named: Sequence[Named], what: str) -> Iterator[Problem]:
    first: dict[str, Path] = {}
    for path, name in named:
        earlier = first.setdefault(name, path)
        if earlier != path:
            place = f"{dotted(earlier)} on line {document.line(earlier)}"
            yield document.problem(path, f"{what} stands here twice; the first is {place}")


def _boards(tree: Value) -> Iterator[Named]:
    for path, board in _entries(_at(tree, ("boards",)), ("boards",)):
        is_short = not isinstance(board, dict)
        yield from _read(_BOARD, path if is_short else (*path, "board"), board)


def _people(tree: Value) -> Iterator[Named]:
    """Yield the owner, then the assistants: an owner may not be an assistant as well."""
    owner: Path = ("people", "owner", "username")
    yield from _read(_USERNAME, owner, _at(tree, owner))
    assistants: Path = ("people", "assistants")
    for path, assistant in _entries(_at(tree, assistants), assistants):
        yield from _read(_USERNAME, (*path, "username"), _at(assistant, ("username",)))


def _bots_at_work(document: Document, tree: Value) -> Iterator[Problem]:
    people = {name: path for path, name in _people(tree)}
    bots = _entries(_at(tree, ("bots",)), ("bots",))
    for path, name in chain.from_iterable(_read(_USERNAME, path, each) for path, each in bots):
        if name in people:
            message = f"this person is {dotted(people[name])}, so their comments are not the bot's"
            yield document.problem(path, message, "take the name out of bots")


def _lists_in_two_roles(document: Document, place: Path, lists: Value) -> Iterator[Problem]:
    roles: dict[str, str] = {}
    for role in lists if isinstance(lists, dict) else ():
        for path, name in _entries(_at(lists, (role,)), (*place, role)):
            earlier = roles.setdefault(fold(name), role) if isinstance(name, str) else role
            if earlier != role:
                yield document.problem(path, f"this list is already one of {earlier}")


def _labels_in_two_roles(document: Document, labels: Value) -> Iterator[Problem]:
    """Compare with the defaults too, which take their names when they are not written."""
    written = labels if isinstance(labels, dict) else {}
    names = {role: field.default for role, field in Labels.model_fields.items()} | written
    roles: dict[str, str] = {}
    for role in sorted(names, key=lambda each: each in written):
        name = names[role]
        earlier = roles.setdefault(fold(name), role) if isinstance(name, str) else role
        if earlier != role:
            yield document.problem(("labels", role), f"this is already the label of {earlier}")


def _read(adapter: TypeAdapter[str], path: Path, value: Value) -> Iterator[Named]:
    reference = value.get("board") if isinstance(value, dict) else value
    try:
        yield path, adapter.validate_python(reference)
    except ValidationError:
        return


def _entries(value: Value, path: Path) -> Iterator[tuple[Path, Value]]:
    entries = value if isinstance(value, list) else [] if value is None else [value]
    return (((*path, index), entry) for index, entry in enumerate(entries))


def _at(tree: Value, path: Path) -> Value:
    for part in path:
        if not isinstance(tree, dict) or not isinstance(part, str):
            return None
        tree = tree.get(part)
    return tree
