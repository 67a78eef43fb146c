"""Secrets that the configuration takes from the environment: ``notify: ${OWNER_NOTIFY}``."""

from collections.abc import Iterator, Mapping

from bot.settings.document import REFERENCE, SECRETS, Document, Path, Value
from bot.settings.problems import Problem


def with_environment(document: Document, environ: Mapping[str, str]) -> tuple[Value, list[Problem]]:
    """Return the tree with each ``${NAME}`` replaced, and a problem for each that cannot be.

    A value with a problem becomes empty, so that it is reported once.
    """
    problems = dict(_problems(document, environ))
    return _replaced(document.tree, (), environ, frozenset(problems)), list(problems.values())


def _problems(document: Document, environ: Mapping[str, str]) -> Iterator[tuple[Path, Problem]]:
    for path, text in document.texts.items():
        names: list[str] = REFERENCE.findall(text)
        missing = [name for name in names if not environ.get(name, "").strip()]
        if names and not SECRETS.intersection(path):
            message = "only notify takes a value from the environment"
            yield path, document.problem(path, message, "write the value itself")
        elif missing:
            message = f"{missing[0]} is not set in the environment"
            yield path, document.problem(path, message, "set it in .env, or take this line out")


def _replaced(
    value: Value, path: Path, environ: Mapping[str, str], broken: frozenset[Path]
) -> Value:
    if path in broken:
        return None
    match value:
        case dict():
            return {
                key: _replaced(each, (*path, key), environ, broken) for key, each in value.items()
            }
        case list():
            return [
                _replaced(each, (*path, index), environ, broken) for index, each in enumerate(value)
            ]
        case str() if SECRETS.intersection(path):
            return REFERENCE.sub(lambda found: environ[found[1]], value)
        case _:
            return value
