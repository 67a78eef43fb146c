"""Hostile text costs no more than its length: eight times the text, about eight times the work."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from time import process_time

import pytest

from bot.domain.commands import command_in, without_command
from bot.domain.dates import read_due
from bot.domain.fields import list_in, read_fields, unescape, urls_in
from bot.domain.tokens import before_signature, reference_at_end, references_in
from bot.domain.words import bare_first_line, fold, whole_word_in
from bot.domain.workload import read_priority, read_workload

LONG = 100_000
PATTERNS = [
    *(
        "a",
        "@",
        "[",
        "(",
        " ",
        "\u200b",
        "\\",
        "*",
        "_",
        "#",
        "-",
        "`",
        "~",
        ":",
        "9",
        "\n",
        "\r\n",
    ),
    *(
        "@a ",
        "@a\u00a0 ",
        "**objectif",
        "objectif :\n",
        "objectif :\n\n",
        "- a\n",
        " a\n",
        "- a\n  b\n",
    ),
    *(
        "[a](",
        "](",
        "https://",
        "https://a ",
        "https://a](",
        "http://a)",
        "<http",
        "# ",
        "- ",
        "1. ",
    ),
    *(
        "4 ",
        "17h ",
        "le ",
        "au ",
        "pour ",
        "vendredi ",
        "1h30 ",
        "demi-",
        "e\u0301",
        "```\n",
        "```\n~~~\n",
    ),
    *("# objectif :\n\n", "objectif :\n- a\n", "- objectif\n", "[ ] ", "> ", "1" + "0" * 50),
]


def day_ends(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 17, tzinfo=UTC)


READERS: list[Callable[[str], object]] = [
    read_fields,
    lambda text: read_fields(f"**objectif : {text}"),
    list_in,
    urls_in,
    unescape,
    fold,
    bare_first_line,
    lambda text: whole_word_in("article de blog", text),
    read_priority,
    lambda text: read_workload(text, timedelta(hours=8)),
    references_in,
    before_signature,
    reference_at_end,
    lambda text: read_due(text, datetime(2026, 11, 23, tzinfo=UTC), "Europe/Paris", day_ends),
]


def seconds(reader: Callable[[str], object], text: str) -> float:
    """Return the processor time of one reading."""
    start = process_time()
    reader(text)
    return process_time() - start


@pytest.mark.covers("H9")
@pytest.mark.parametrize("pattern", PATTERNS)
def test_reading_takes_time_in_proportion_to_the_text(pattern: str) -> None:
    long = (pattern * LONG)[:LONG]
    for reader in READERS:
        if seconds(reader, long) > 2:  # nothing to compare below that
            eighth = seconds(reader, long[: LONG // 8])
            whole = seconds(reader, long)
            assert whole < 32 * eighth, f"{reader} takes {whole:.2f} s"


@pytest.mark.covers("S14")
@pytest.mark.parametrize(
    "piece",
    [
        *(" ", "\n", "\t", "\u200c\n", " \n", "/", "\\", "/go", "/go ", "é", "1", "!", ". ", "("),
        *("/snooze " + "1" * 9, "d", "\u0301", "\u0344", "ﷺ"),
    ],
)
@pytest.mark.parametrize("front", ["", "/", "/go ", "/snooze ", "/snooze 3"])
def test_looking_for_a_command_in_a_hundred_thousand_hostile_characters_costs_nothing(
    front: str, piece: str
) -> None:
    def looked_at(text: str) -> None:
        command_in(text)
        without_command(text)

    text = front + piece * (100_000 // len(piece))
    if seconds(looked_at, text) > 0.05:  # nothing to compare below that
        assert seconds(looked_at, text) < 32 * seconds(looked_at, text[: len(text) // 8])
