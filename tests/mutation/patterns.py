"""Regular expressions with one part left out, repeated otherwise, or turned round."""

import re
from collections.abc import Iterator

_PART = re.compile(
    r"(?P<escaped>\\.)"
    r"|(?P<group>\((?:\?(?:[=!:>]|<[=!]|P<\w+>))?)"
    r"|(?P<close>\))"
    r"|(?P<one_of>\[\^?\]?(?:\\.|[^\]\\])*\])"
    r"|(?P<times>[*+?](?P<how>[+?]?)|\{\d+(?:,\d*)?\}[+?]?)"
    r"|(?P<alternative>\|)"
    r"|(?P<anchor>[\^$])",
    re.DOTALL,
)
_SIGNS = ("(?", "[", "\\d", "\\w", "\\s", "\\S", "\\b", "++", "*+")
_LOOKING = ("(?=", "(?!", "(?<=", "(?<!")


def is_pattern(text: str) -> bool:
    """Tell whether a text reads as (a part of) a regular expression."""
    return any(each in text for each in _SIGNS)


def patterns(text: str) -> Iterator[str]:
    """Yield the changed expressions."""
    parts = list(_PART.finditer(text))
    for each in parts:
        start, end, found = each.start(), each.end(), each.group()
        match each.lastgroup or "":
            case "escaped" if found in {r"\b", r"\B"}:
                yield text[:start] + text[end:]
            case "anchor":
                yield text[:start] + text[end:]
            case "one_of":
                turned = "[" + found[2:] if found.startswith("[^") else "[^" + found[1:]
                yield text[:start] + turned + text[end:]
            case "times" | "how":
                yield from (text[:start] + other + text[end:] for other in _otherwise(found))
            case _:
                pass
    for start, end in _groups(parts):
        if text.startswith(_LOOKING, start):
            yield text[:start] + text[end:]
    for start, end in _alternatives(parts, len(text)):
        yield text[:start] + text[end:]


def _otherwise(times: str) -> Iterator[str]:
    kind, how = times[0], times[1:]
    match kind:
        case "*":
            yield f"+{how}"
        case "+":
            yield f"*{how}"
        case "?":
            yield ""
        case _:
            *_, last = re.finditer(r"\d+", times)
            yield times[: last.start()] + str(int(last.group()) + 1) + times[last.end() :]


def _groups(parts: list[re.Match[str]]) -> Iterator[tuple[int, int]]:
    open_at: list[int] = []
    for each in parts:
        if each["group"]:
            open_at.append(each.start())
        elif each["close"] and open_at:
            yield open_at.pop(), each.end()


def _alternatives(parts: list[re.Match[str]], length: int) -> Iterator[tuple[int, int]]:
    """Yield each alternative with one of the bars beside it."""
    begins: list[list[int]] = [[0]]
    for each in parts:
        if each["group"]:
            begins.append([each.end()])
        elif each["alternative"]:
            begins[-1].append(each.end())
        elif each["close"] and len(begins) > 1:
            yield from _pieces(begins.pop(), each.start())
    while begins:
        yield from _pieces(begins.pop(), length)


def _pieces(begins: list[int], end: int) -> Iterator[tuple[int, int]]:
    ends = [*begins[1:], end]
    for place, (start, stop) in enumerate(zip(begins, ends, strict=True)):
        if len(begins) > 1:
            last = place == len(begins) - 1
            yield (start - 1, stop) if last else (start, stop)
