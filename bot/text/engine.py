"""The one Jinja environment: templates are the project's and the owner's files, never card text.

Every value that is not :class:`Markdown` is made harmless where it is printed, so that a template
cannot forget it.
"""

import re
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from functools import lru_cache
from traceback import walk_tb

from jinja2 import FunctionLoader, StrictUndefined, Template
from jinja2.bccache import Bucket, BytecodeCache
from jinja2.utils import LRUCache

from bot.domain.messages import UnwritableError
from bot.text.sandbox import Markdown, Sandbox
from bot.text.visible import plain, shortened
from bot.text.work import MOST_WORK

__all__ = ["LONGEST", "Engine", "Markdown"]

LONGEST = 1_000_000
"""Characters: far more than Trello takes, so that a text too long can be told by how much."""

_LONGEST_PROBLEM = 200

_MOST_COMPILED = 256
"""Sources: several times as many as there are."""

_UNKNOWN = re.compile(r"'(\w+)' is undefined")


class Engine:
    """Renders named sources with one way of making foreign text harmless."""

    def __init__(
        self,
        sources: Mapping[str, str],
        neutralise: Callable[[str], str],
        most_work: int = MOST_WORK,
    ) -> None:
        self._environment = Sandbox(
            most=most_work,
            # Each source is its own file to Jinja: a mistake's line is found by that name.
            loader=FunctionLoader(
                lambda name: (sources[name], name, None) if name in sources else None
            ),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=False,
            autoescape=False,
            bytecode_cache=_compiled(neutralise, most_work),
            finalize=lambda value: _printed(value, neutralise),
        )

    def render(self, name: str, values: Mapping[str, object]) -> str:
        """Return the text; raise :class:`UnwritableError` with one line on what is wrong."""
        try:
            self._environment.begin()
            return _bounded(self._environment.get_template(name), values)
        except Exception as problem:  # a template is a program of the owner's: anything may happen
            raise UnwritableError(_one_line(problem, name, values)) from problem


class _Compiled(BytecodeCache):
    """Remembers what sources were compiled to, for the next engine: most files stay as they are.

    Compiling takes longer than all that a pass does with a card.
    """

    def __init__(self) -> None:
        self._known: LRUCache = LRUCache(_MOST_COMPILED)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Hand out what this very text was compiled to."""
        bucket.code = self._known.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Remember it."""
        self._known[bucket.key, bucket.checksum] = bucket.code


@lru_cache(maxsize=8)
def _compiled(neutralise: Callable[[str], str], most_work: int) -> _Compiled:  # noqa: ARG001
    """Return what is compiled for one way of printing: texts of the template itself pass it."""
    return _Compiled()


def _bounded(template: Template, values: Mapping[str, object]) -> str:
    """Stop a template that runs away: its text is refused, never cut."""
    parts: list[str] = []
    length = 0
    for part in template.generate(values):
        length += len(part)
        if length > LONGEST:
            raise UnwritableError(f"longer than {LONGEST:,} characters")
        parts.append(part)
    return "".join(parts).strip()


def _printed(value: object, neutralise: Callable[[str], str]) -> object:
    if value is None:
        return ""
    if isinstance(value, Markdown | int | float):
        return value
    if isinstance(value, list | tuple | dict):
        raise UnwritableError(f"a {type(value).__name__} cannot be printed: loop over it")
    return neutralise(str(value))


def _one_line(problem: Exception, name: str, values: Mapping[str, object]) -> str:
    line = getattr(problem, "lineno", None) or _line_reached(problem, name)
    where = f"line {line}: " if line else ""
    said = str(problem) or type(problem).__name__
    return shortened(plain(where + said + _meant(said, values)), _LONGEST_PROBLEM)


def _line_reached(problem: Exception, name: str) -> int | None:
    """Return the line of the template on which it went wrong, as far as it came at all."""
    frames = walk_tb(problem.__traceback__)
    lines = [line for frame, line in frames if frame.f_code.co_filename == name]
    return lines[-1] if lines else None


def _meant(said: str, values: Mapping[str, object]) -> str:
    """Return a question naming the value that a misspelt one likely stands for."""
    unknown = _UNKNOWN.fullmatch(said)
    near = get_close_matches(unknown[1], values, n=1) if unknown else []
    return f"; did you mean {near[0]}?" if near else ""
