"""What people read about single changes in a plan."""

from functools import cache
from io import StringIO

import pytest
from rich.console import Console

from bot.domain.changes import (
    AddLabel,
    Change,
    Planned,
    Reason,
    RemoveLabel,
    SetDescription,
    SetPortfolio,
    Untick,
)
from bot.domain.model import Language
from bot.executor import Effect
from bot.paths import templates_folder
from bot.show import Telling, show_card
from bot.text.catalogue import Phrases
from bot.text.library import phrases
from tests.builders import card, snapshot

CARD = card()
QUIET = Reason("done")


@cache
def known_phrases() -> Phrases:
    return phrases(templates_folder() / "messages")


def shown(language: Language, *changes: Change) -> list[str]:
    """Return the lines below the card's name."""
    effects = [Effect(Planned("stall", CARD.id, each, QUIET), "applied") for each in changes]
    console = Console(file=StringIO(), width=200, color_system=None)
    telling = Telling(known_phrases(), language, snapshot(CARD))
    with console.capture() as captured:
        console.print(show_card(effects, telling, marked=False))
    return [each.strip() for each in captured.get().splitlines()[1:]]


@pytest.mark.parametrize(
    ("change", "french", "english"),
    [
        (
            AddLabel("1", "à regarder"),
            "• met l’étiquette «\u00a0à regarder\u00a0» — ",
            "• puts on the label “à regarder” — ",
        ),
        (
            RemoveLabel("1", "à regarder"),
            "• retire l’étiquette «\u00a0à regarder\u00a0» — ",
            "• takes off the label “à regarder” — ",
        ),
        (Untick("1", "Bloqué"), "• décoche «\u00a0Bloqué\u00a0» — ", "• unticks “Bloqué” — "),
    ],
)
def test_a_label_or_a_tick_is_named_in_one_line(change: Change, french: str, english: str) -> None:
    assert [each.startswith(french) for each in shown("fr", change)] == [True]
    assert [each.startswith(english) for each in shown("en", change)] == [True]


def test_each_answer_that_is_unticked_has_a_line_of_its_own() -> None:
    lines = shown("en", Untick("1", "Blocked"), Untick("2", "Waiting"))
    assert [each.partition(" — ")[0] for each in lines] == [
        "• unticks “Blocked”",
        "• unticks “Waiting”",
    ]


@pytest.mark.parametrize("change", [SetPortfolio("Notes\n\n---"), SetDescription("Notes\n\n---")])
def test_a_description_is_shown_in_full(change: Change) -> None:
    first, *panel = shown("en", change)
    assert first.startswith("• ")
    assert [each.strip("│ ") for each in panel[1:-1]] == ["Notes", "", "---"]


def test_a_portfolio_is_named_as_such() -> None:
    assert shown("fr", SetPortfolio("x"))[0].startswith("• met à jour le portefeuille — ")
    assert shown("en", SetPortfolio("x"))[0].startswith("• brings the portfolio up to date — ")


def test_a_name_reaches_the_terminal_without_control_characters() -> None:
    (line,) = shown("en", Untick("1", "a\x1b[2Jb"))
    assert "\x1b" not in line
