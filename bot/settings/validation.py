"""Checks a document against its model and says every fault in words, with its line."""

import re
from collections.abc import Iterator, Mapping
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.settings.document import Document, Path, Value
from bot.settings.problems import Problem, did_you_mean

Model = TypeVar("Model", bound=BaseModel)

_EXPECTED = {
    "tuple_type": "a list is expected here",
    "missing": "this key is missing",
}


def validated(
    document: Document, model: type[Model], tree: Value
) -> tuple[Model | None, list[Problem]]:
    """Return ``tree`` as ``model``, or what is wrong with it."""
    try:
        return model.model_validate({} if tree is None else tree), []
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=True)
    blamed = {(problem.line, problem.path) for problem in document.problems}
    problems = (_problem(document, model, each) for each in details)
    return None, [each for each in problems if (each.line, each.path) not in blamed]


def _problem(document: Document, model: type[BaseModel], error: ErrorDetails) -> Problem:
    location: Path = error["loc"]
    kind = error["type"]
    path = location if kind == "missing" else document.nearest(location)
    message, hint = _words(model, error)
    return document.problem(path, message, hint)


def _words(model: type[BaseModel], error: ErrorDetails) -> tuple[str, str | None]:
    context: Mapping[str, Any] = error.get("ctx", {})
    match error["type"]:
        case "written":
            return context["message"], context["hint"]
        case "extra_forbidden":
            return _unknown_key(keys_at(model, error["loc"][:-1]), str(error["loc"][-1]))
        case "model_type":
            keys = ", ".join(keys_at(model, error["loc"]))
            return f"further keys are expected here, indented: {keys}", None
        case "literal_error":
            return _literal(str(context["expected"]), error["input"])
        case kind:
            return _EXPECTED.get(kind, error["msg"]), None


def _unknown_key(known: tuple[str, ...], key: str) -> tuple[str, str | None]:
    return f"this key is unknown; allowed here: {', '.join(known)}", did_you_mean(key, known)


def _literal(expected: str, found: object) -> tuple[str, str | None]:
    words = re.findall("'([^']*)'", expected)
    hint = did_you_mean(found, words) if isinstance(found, str) else None
    return f"allowed here: {', '.join(words)}", hint


def keys_at(model: type[BaseModel], location: Path) -> tuple[str, ...]:
    """Return the keys that ``model`` knows at ``location``."""
    here: type[BaseModel] | None = model
    for part in location:
        if here is not None and isinstance(part, str) and part in here.model_fields:
            here = _model_in(here.model_fields[part].annotation)
    return () if here is None else tuple(here.model_fields)


def _model_in(annotation: object) -> type[BaseModel] | None:
    return next(_models_in(annotation), None)


def _models_in(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif get_origin(annotation) in {Annotated, Union, UnionType, tuple}:
        for part in get_args(annotation):
            yield from _models_in(part)
