import re
from datetime import timedelta

import pytest

from bot.domain.changes import Reason
from bot.domain.follow_up import FollowUp, Help, Mistyped, Why, WhyLine
from bot.domain.model import Language
from bot.text import library
from tests.unit.text.follow_ups import (
    DUE,
    LATER,
    MONDAY,
    RULES,
    SPOKEN,
    after_hand_over,
    paused,
)
from tests.unit.text.samples import LANGUAGES, REF, TEMPLATES, assistant, owner, writer

PHRASES = library.phrases(TEMPLATES / "messages")
EVIDENCE = ("ball_handed_over", "ball_review_list", "act_owner", "act_mention", "act_waiting")
WAITS = ("asked_today", "outside_hours", "snoozed", "muted", "ball_with_owner", "delivered")
SAID = {
    "check_in": (*WAITS, "no_due", "due_over", "check_in_later", "checked_in", "just_active"),
    "late": (*WAITS, "not_due", "due_passed", "late_asked", "late_answered", "late_asked_before"),
    "stall": (*WAITS, "moving", "stalled", "stall_told", "stall_flag", "moving_again"),
    "changes": (*WAITS, "nothing_changed", "still_changing", "changed"),
    "answers": ("nobody_awaited", "owner_knows", "pass_told", "owner_pause", "act_question"),
    "delivery": ("not_delivered", "owner_knows", "delivery_told", "delivering_now"),
}
"""What each rule may have to say after hand-over."""


def written(message: FollowUp) -> str:
    return writer().message(message, REF)


def rows(text: str) -> list[str]:
    return re.findall(r"^- \*\*(.*?)\u00a0?:\*\*", text, re.MULTILINE)


def longest(codes: tuple[str, ...], language: Language) -> Reason:
    reasons = [Reason(code, {"person": "Mélanie", "count": "3"}) for code in codes]
    return max(reasons, key=lambda reason: len(PHRASES.reason(reason, language)))


def shown_words(text: str) -> list[str]:
    return re.findall(r"`([^`]*)`", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_why_leaves_out_rules_from_the_end_and_counts_them(language: Language) -> None:
    lines = tuple(
        WhyLine(rule, Reason("touched_just_now"), DUE + timedelta(days=day))
        for day, rule in enumerate(RULES)
    )
    text = written(Why(owner(language), assistant(language), MONDAY, Reason("done"), lines))
    shown = rows(text)
    assert 3 < len(shown) < len(RULES)
    assert re.search(rf"^- (et|and) {len(RULES) - len(shown)} (de plus|more)$", text, re.MULTILINE)
    assert shown[0] in ("Nouvelles", "Check-in")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("evidence", EVIDENCE)
def test_why_tells_the_usual_case_of_all_six_rules_word_for_word(
    evidence: str, language: Language
) -> None:
    boss, aide = owner(language), assistant(language)
    for lines in (after_hand_over(), paused()):
        message = Why(boss, aide, MONDAY, Reason(evidence), lines)
        text = written(message)
        for line in lines:
            assert PHRASES.reason(line.reason, language) in text
        assert PHRASES.say(evidence, language) in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_why_tells_about_all_six_rules_even_when_each_has_the_most_to_say(
    language: Language,
) -> None:
    lines = tuple(
        WhyLine(rule, longest(codes, language), DUE + timedelta(days=day) if day < 4 else None)
        for day, (rule, codes) in enumerate(SAID.items())
    )
    text = written(Why(owner(language), assistant(language), MONDAY, Reason("act_owner"), lines))
    assert len(rows(text)) == len(SAID)


@pytest.mark.parametrize("language", LANGUAGES)
def test_why_says_once_what_several_rules_have_to_say(language: Language) -> None:
    text = written(Why(owner(language), owner(language), MONDAY, Reason("done"), paused()))
    assert rows(text)[0] in ("Nouvelles, échéance, aide", "Check-in, due date, help")
    assert text.count("Camille") == 1


def test_why_keeps_apart_what_ends_at_different_times() -> None:
    lines = tuple(
        WhyLine(rule, Reason("held"), at) for rule, at in (("late", DUE), ("stall", LATER))
    )
    text = written(Why(owner("en"), owner("en"), MONDAY, Reason("done"), lines))
    assert rows(text) == ["Due date", "Help"]


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
    assert "has been with you since Mon 30 Nov, 09:00 (the card is done)." in mine
    assert "has been with Mélanie since" in theirs
    assert "`/snooze 1d`, `/mute`" in mine


def test_why_tells_when_a_rule_would_speak_by_the_readers_clock() -> None:
    line = WhyLine("stall", Reason("held"), LATER)
    text = written(Why(assistant("en"), owner("en"), MONDAY, Reason("done"), (line,)))
    assert re.search(r"^- \*\*Help:\*\* .+ \(.+ Fri 4 Dec, 17:00\)$", text, re.MULTILINE)


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
