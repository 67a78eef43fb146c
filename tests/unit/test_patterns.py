"""S14: no text takes a regular expression long, whoever wrote it."""

import re
import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.unit.patterns import MADE_OF_WORDS, Used, every_pattern, unknown_makings

TINY, SHORT, LONGER, LONG = 20, 2_000, 8_000, 100_000
PATIENCE = 0.001
"""Seconds for 2,000 characters: in proportion, 50 ms for 100,000."""

HOSTILE = (
    *("a", "A", "1", "é", "日", "@", "#", "*", "_", "`", "~", "\\", ":", "/", "-", ".", "|", "<"),
    *("[", "]", "(", ")", "{", "'", '"', "&", ">", "> ", " ", "\t", "\u200b", "\u00a0", "·", "—"),
    *("a ", "1.", "a.", "- ", "a-", "1 ", "1h", "a:", "](", "https://", "www.", "> > >", "&#"),
)


def seconds(pattern: re.Pattern[Any], way: str, text: Any, tries: int = 3) -> float:
    """Return the least computing that it took; a full cache can only make it seem longer."""
    return min(_seconds(pattern, way, text) for _ in range(tries))


def _seconds(pattern: re.Pattern[Any], way: str, text: Any) -> float:
    began = time.thread_time()
    found = getattr(pattern, way)(text)
    if way == "finditer":
        for _ in found:
            pass
    return time.thread_time() - began


def texts_for(pattern: re.Pattern[Any]) -> Iterator[tuple[str, str]]:
    """Yield what to repeat, and what to end with so that the expression does not fit after all."""
    source = pattern.pattern
    shown = source.decode("latin-1") if isinstance(source, bytes) else source
    words = re.findall(r"[^\W_]{2,20}|[^\w\s\\]", shown)
    for piece in dict.fromkeys([*HOSTILE, *words]):
        yield piece, ""
        yield piece, "!"


def spelled(pattern: re.Pattern[Any], piece: str, end: str, length: int) -> Any:
    text = (piece * length)[:length] + end
    return text.encode("utf-8", "replace") if isinstance(pattern.pattern, bytes) else text


def slow(used: Used) -> Iterator[str]:
    """Yield each text that an expression takes more than linear, or much, computing for."""
    for piece, end in texts_for(used.pattern):
        for way in used.ways:
            verdict = _verdict(used.pattern, way, piece, end)
            if verdict:
                yield f"{used.where}.{way}({piece!r} * n + {end!r}): {verdict}"


def _verdict(pattern: re.Pattern[Any], way: str, piece: str, end: str) -> str:
    # First what takes twice as long with each letter, for that would never end.
    for length in (TINY, SHORT):
        text = spelled(pattern, piece, end, length)
        if _seconds(pattern, way, text) > PATIENCE and seconds(pattern, way, text) > PATIENCE:
            return "no end" if length == TINY else _looked_closer(pattern, way, piece, end)
    return ""


def _looked_closer(pattern: re.Pattern[Any], way: str, piece: str, end: str) -> str:
    """Tell by growth, then by the length that is promised; noise alone condemns nothing."""
    once, more = (
        seconds(pattern, way, spelled(pattern, piece, end, length)) for length in (SHORT, LONGER)
    )
    if more / once > 2 * LONGER / SHORT:
        return f"{more / once:.0f} times as long for {LONGER // SHORT} times the text"
    if more * LONG / LONGER > 1:
        return f"{more:.2f} s for {LONGER:,} characters"
    took = seconds(pattern, way, spelled(pattern, piece, end, LONG))
    return f"{took:.2f} s for {LONG:,} characters" if took > 0.2 else ""


@pytest.mark.covers("S14")
def test_no_expression_takes_long_for_any_text() -> None:
    patterns = list(every_pattern())
    assert len(patterns) > 100
    assert {"finditer", "match", "fullmatch"} == set().union(*(each.ways for each in patterns))
    found = [each for used in patterns for each in slow(used)]
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize("source", [r"(?:a+)+$", r"\s*:"])
def test_an_expression_that_takes_long_is_found(source: str) -> None:
    assert next(slow(Used("x", re.compile(source), frozenset({"finditer"}))), None)


@pytest.mark.parametrize("source", [r"a+$", r"(?<!\s)\s*+:", r"<[^<>]*>", r"[a-z]{1,9}:"])
def test_an_expression_that_takes_long_nowhere_is_left_in_peace(source: str) -> None:
    assert not [*slow(Used("x", re.compile(source), frozenset({"match", "fullmatch"})))]


def test_every_expression_is_found() -> None:
    assert unknown_makings() == []
    assert all(MADE_OF_WORDS.values())
