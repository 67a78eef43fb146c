import re

import pytest

from bot.domain.changes import Reason
from bot.domain.follow_up import FollowUp, Help, Mistyped, Why, WhyLine
from bot.domain.model import Language
from tests.unit.text.follow_ups import DUE, LATER, MONDAY, RULES, SPOKEN
from tests.unit.text.samples import LANGUAGES, REF, assistant, owner, writer


def written(message: FollowUp) -> str:
    return writer().message(message, REF)


def shown_words(text: str) -> list[str]:
    return re.findall(r"`([^`]*)`", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_why_leaves_out_rules_from_the_end_and_counts_them(language: Language) -> None:
    lines = tuple(WhyLine(rule, Reason("touched_just_now"), DUE) for rule in RULES)
    text = written(Why(owner(language), assistant(language), MONDAY, Reason("done"), lines))
    shown = len(re.findall(r"^- \*\*", text, re.MULTILINE))
    assert 1 < shown < len(RULES)
    assert re.search(rf"^- (et|and) {len(RULES) - shown} (de plus|more)$", text, re.MULTILINE)
    assert re.search("Prise de nouvelles|Check-in", text)


@pytest.mark.parametrize("rule", RULES)
def test_why_has_a_short_name_for_every_rule(rule: str) -> None:
    for language in LANGUAGES:
        line = WhyLine(rule, Reason("held"))
        text = written(Why(owner(language), assistant(language), MONDAY, Reason("done"), (line,)))
        assert rule not in text
        assert len(re.findall(r"^- \*\*", text, re.MULTILINE)) == 1


def test_why_tells_who_has_the_card_and_how_to_silence() -> None:
    boss, aide = owner("en"), assistant("en")
    mine = written(Why(boss, boss, MONDAY, Reason("done"), ()))
    theirs = written(Why(boss, aide, MONDAY, Reason("done"), ()))
    assert "has been with you since Mon 30 Nov 2026, 09:00 (the card is done)." in mine
    assert "has been with Mélanie since" in theirs
    assert "`/snooze 1d`, `/mute`" in mine


def test_why_tells_when_a_rule_would_speak_by_the_readers_clock() -> None:
    line = WhyLine("stall", Reason("held"), LATER)
    text = written(Why(assistant("en"), owner("en"), MONDAY, Reason("done"), (line,)))
    assert re.search(r"^- \*\*Help:\*\* .+ \(.+ Fri 4 Dec 2026, 17:00\)$", text, re.MULTILINE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_lists_the_commands_of_its_reader(language: Language) -> None:
    for for_owner in (True, False):
        text = written(Help(owner(language), for_owner=for_owner))
        listed = {each.split()[0] for each in re.findall(r"^- `([^`]*)`", text, re.MULTILINE)}
        assert listed == SPOKEN[language] - (set() if for_owner else {"/go"})


@pytest.mark.parametrize(
    ("meant", "example"),
    [
        ("go", "/go"),
        ("snooze", "/pause 3j"),
        ("mute", "/silence"),
        ("resume", "/reprendre"),
        ("why", "/pourquoi"),
        ("help", "/aide"),
    ],
)
def test_a_mistyped_command_gets_an_example_of_the_one_meant(meant: str, example: str) -> None:
    text = written(Mistyped(assistant("fr"), "/pauze @lou", meant))
    assert "«\u00a0/pauze ＠lou\u00a0»" in text
    assert shown_words(text)[0] == example
    assert set(shown_words(text)) == {example, "/aide"}


def test_a_command_of_invisible_letters_is_not_quoted() -> None:
    assert "«" not in written(Mistyped(assistant("fr"), "\u200b", "help"))
