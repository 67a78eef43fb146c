"""Reading YAML safely.

YAML 1.2, safe by construction: the parser's events are turned into text, numbers, lists and
mappings here, and nothing else.
Aliases, anchors, tags, duplicate keys, depth and size are refused before they can do harm.
"""

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceStartEvent,
)
from ruamel.yaml.reader import ReaderError

from bot.settings.document import Document, Path, Value, dotted
from bot.settings.problems import Problem, SettingsError, shown

MAX_BYTES = 64 * 1024
MAX_DEPTH = 20

_BRACKETS_TOO_DEEP = re.compile(rf"(?:[\[{{]\s{{0,9}}){{{MAX_DEPTH + 1}}}")
_NUMBERS = (
    (re.compile(r"[-+]?[0-9]{1,400}"), int),
    (re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"), float),
)
_WORDS: Mapping[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


def read_document(content: bytes | str, name: str, first_line: int = 1) -> Document:
    """Read ``content``, of which ``name`` and ``first_line`` say where it comes from.

    Raises SettingsError when nothing sensible can be read.
    """
    text = _decoded(content, name)
    too_deep = _BRACKETS_TOO_DEEP.search(text)
    if too_deep:
        line = text.count("\n", 0, too_deep.start()) + first_line
        raise _unreadable(name, line, _TOO_DEEP)
    builder = _Builder(name, first_line)
    for event in _events(text, name, first_line):
        builder.take(event)
    return builder.document()


_TOO_DEEP = f"lists and keys are nested too deeply; at most {MAX_DEPTH} levels are read"


def _decoded(content: bytes | str, name: str) -> str:
    size = len(content if isinstance(content, bytes) else content.encode("utf-8", "replace"))
    if size > MAX_BYTES:
        message = f"the file has {size} bytes; at most {MAX_BYTES} are read"
        raise _unreadable(name, None, message)
    if isinstance(content, str):
        return content.removeprefix("\ufeff")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        hint = "save the file as UTF-8"
        raise _unreadable(name, line, "these bytes are not UTF-8 text", hint) from None


def _unreadable(
    name: str, line: int | None, message: str, hint: str | None = None
) -> SettingsError:
    return SettingsError([Problem(name, line, "", "", message, hint)])


def _events(text: str, name: str, first_line: int) -> Iterator[Event]:
    try:
        yield from YAML(typ="safe", pure=True).parse(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = None if mark is None else mark.line + first_line
        raise _unreadable(name, line, _sentence(error), _syntax_hint(text, mark)) from None
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + first_line
        raise _unreadable(name, line, "a control character stands here; remove it") from None
    except YAMLError as error:
        raise _unreadable(name, None, f"this is not YAML: {shown(str(error))}") from None


def _sentence(error: MarkedYAMLError) -> str:
    parts = (error.context, error.problem)
    return "this is not YAML: " + shown(", ".join(str(part) for part in parts if part))


def _syntax_hint(text: str, mark: object) -> str | None:
    line = getattr(mark, "line", None)
    lines = text.splitlines()
    if line is None or line >= len(lines):
        return None
    written = lines[line]
    if "\t" in written[: len(written) - len(written.lstrip())]:
        return "indent with spaces, not tabs"
    if written.lstrip().startswith(("@", "`", "%")) or re.search(r":\s+[@`%]", written):
        return "put the value in quotes"
    return None


class _Open(Struct):
    """A list or mapping that has begun and not yet ended."""

    path: Path
    value: list[Value] | dict[str, Value]
    key: str | None = None
    is_at_key: bool = True


class _Builder:
    """Turns events into values; knows nothing of what they mean."""

    def __init__(self, name: str, first_line: int) -> None:
        self._name = name
        self._first_line = first_line
        self._tree: Value = None
        self._lines: dict[Path, int] = {(): first_line}
        self._texts: dict[Path, str] = {}
        self._open: list[_Open] = []
        self._problems: list[Problem] = []
        self._documents = 0

    def document(self) -> Document:
        return Document(self._name, self._tree, self._lines, self._texts, tuple(self._problems))

    def take(self, event: Event) -> None:
        match event:
            case DocumentStartEvent():
                self._begin_document(event)
            case CollectionEndEvent():
                self._open.pop()
            case NodeEvent() if self._open and self._awaits_key(self._open[-1]):
                self._key(event, self._open[-1])
            case NodeEvent():
                self._value(event)
            case _:
                pass  # beginnings and ends of the stream carry nothing

    def _begin_document(self, event: Event) -> None:
        self._documents += 1
        if self._documents > 1:
            message = "a second document begins here; one file holds one"
            raise _unreadable(self._name, self._line(event), message)

    def _line(self, event: Event) -> int:
        return int(event.start_mark.line) + self._first_line

    @staticmethod
    def _awaits_key(inside: _Open) -> bool:
        return isinstance(inside.value, dict) and inside.is_at_key

    def _key(self, event: NodeEvent, inside: _Open) -> None:
        if not isinstance(event, ScalarEvent):
            message = "a key must be one word; put quotes around text that begins with [, { or *"
            raise _unreadable(self._name, self._line(event), message)
        path = (*inside.path, event.value)
        self._refuse_decoration(event, path)
        inside.key, inside.is_at_key = event.value, False
        if path in self._lines:
            message = f"this key stands here twice; the first is on line {self._lines[path]}"
            self._complain(event, path, message)
            inside.key = None
        else:
            self._lines[path] = self._line(event)

    def _value(self, event: NodeEvent) -> None:
        path = self._place(event)
        self._refuse_decoration(event, path)
        match event:
            case SequenceStartEvent():
                self._begin(event, path, [])
            case MappingStartEvent():
                self._begin(event, path, {})
            case ScalarEvent():
                self._texts.setdefault(path, event.value)
                self._store(path, _scalar(event))
            case AliasEvent() | _:
                self._store(path, None)

    def _place(self, event: NodeEvent) -> Path:
        if not self._open:
            self._lines[()] = self._line(event)
            return ()
        inside = self._open[-1]
        if isinstance(inside.value, list):
            path = (*inside.path, len(inside.value))
            self._lines[path] = self._line(event)
            return path
        return (*inside.path, "" if inside.key is None else inside.key)

    def _refuse_decoration(self, event: NodeEvent, path: Path) -> None:
        if event.anchor:
            message = "anchors (&) and aliases (*) are not read; write the value out, or quote it"
            self._complain(event, path, message)
        elif getattr(event, "tag", None) not in {None, "!"}:
            self._complain(event, path, "tags (!) are not read; write the plain value")

    def _complain(self, event: NodeEvent, path: Path, message: str) -> None:
        where = Problem(self._name, self._line(event), dotted(path), "", message)
        self._problems.append(where)

    def _begin(self, event: NodeEvent, path: Path, value: list[Value] | dict[str, Value]) -> None:
        if len(self._open) >= MAX_DEPTH:
            raise _unreadable(self._name, self._line(event), _TOO_DEEP)
        self._store(path, value)
        self._open.append(_Open(path, value))

    def _store(self, path: Path, value: Value) -> None:
        if not self._open:
            self._tree = value
            return
        inside = self._open[-1]
        if isinstance(inside.value, list):
            inside.value.append(value)
        else:
            inside.is_at_key = True
            if inside.key is not None:
                inside.value[str(path[-1])] = value


def _scalar(event: ScalarEvent) -> Value:
    """Resolve by the core schema of YAML 1.2: ``no``, ``9:30`` and dates stay text."""
    text = str(event.value)
    if event.style is not None or not event.implicit[0]:
        return text
    if text in _WORDS:
        return _WORDS[text]
    for pattern, number in _NUMBERS:
        if pattern.fullmatch(text):
            return number(text)
    return text
