"""The page for operators names every line of the log with its level and its keys, and no other."""

import logging
import re
from collections.abc import Iterator
from pathlib import Path

import bot
from bot.cycle import UNDONE
from bot.events import Event

PACKAGE = Path(bot.__file__).parent
PAGE = (PACKAGE.parent / "docs" / "operating.md").read_text("utf-8")
ABOVE_DEBUG = {"info", "warning", "error", "critical", "exception", "log"}


def kinds(of: type[Event] = Event) -> Iterator[type[Event]]:
    """Yield every kind of line: those from which no other is derived."""
    derived = of.__subclasses__()
    if not derived:
        yield of
    for each in derived:
        yield from kinds(each)


def sources() -> Iterator[tuple[str, str]]:
    """Yield the bot's modules; the sandbox, which shares no code, has no log."""
    for path in PACKAGE.rglob("*.py"):
        if path.parts[len(PACKAGE.parts)] != "sandbox":
            yield path.name, path.read_text("utf-8")


def test_the_page_names_each_line_with_its_level_and_its_keys_and_no_other() -> None:
    rows = re.findall(r"^\| `(\w+)` \| ([A-Z]+) \| ([^|]*)\|", PAGE, re.MULTILINE)
    told = {name: (level, re.findall(r"`(\w+)`", keys)) for name, level, keys in rows}
    written = {
        str(each.__struct_config__.tag): (
            logging.getLevelName(each.level),
            list(each.__struct_fields__),
        )
        for each in kinds()
    }
    assert told == written
    assert len(rows) == len(told)


def test_every_kind_of_line_is_written_somewhere() -> None:
    written = "".join(text for name, text in sources() if name != "events.py")
    assert [each for each in kinds() if not re.search(rf"\b{each.__name__}\(", written)] == []


def test_above_debug_nothing_is_logged_but_these_lines() -> None:
    """Else the page, and whoever reads the log by machine, would miss something."""
    bare = re.compile(r"\blog\.(?:info|warning|error|critical|exception|log)\(")
    assert [name for name, text in sources() if bare.search(text)] == ["events.py"]


def test_the_page_names_the_reasons_for_which_work_is_left() -> None:
    row = next(line for line in PAGE.splitlines() if line.startswith("| `left` |"))
    assert set(re.findall(r"`(\w+)` \(", row)) == UNDONE


def test_a_key_holds_nothing_but_plain_words_and_numbers() -> None:
    """What is masked is masked by key; a list within would pass by."""
    types = {kind for each in kinds() for kind in each.__annotations__.values()}
    assert types <= {str, int, float}
