import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import Duration
from bot.domain.commands import (
    Command,
    NotUnderstood,
    Verb,
    acknowledged,
    command_in,
    is_go,
    without_command,
)
from tests.unit.domain.calendars import days, time


@pytest.mark.parametrize(
    ("typed", "verb"),
    [
        ("/go", Verb.GO),
        ("/mute", Verb.MUTE),
        ("/silence", Verb.MUTE),
        ("/resume", Verb.RESUME),
        ("/reprendre", Verb.RESUME),
        ("/why", Verb.WHY),
        ("/pourquoi", Verb.WHY),
        ("/help", Verb.HELP),
        ("/aide", Verb.HELP),
    ],
)
@pytest.mark.parametrize(
    "around",
    [
        "{}",
        "{}\nmerci",
        "{}\r\n",
        "\n\u200c\n{}",
        "   {}",
        "\\{}",
        "{} ",
        "{}.",
        "{} !",
        "{}\xa0!",
        "{}" + "\u200b" * 300,
        "\n\n   {}",
        "\n   {}",
    ],
)
def test_each_command_is_known_in_both_languages(typed: str, verb: Verb, around: str) -> None:
    assert command_in(around.format(typed)) == Command(verb)
    assert command_in(around.format(typed.upper())) == Command(verb)


@pytest.mark.parametrize(
    "typed", ["/Pöurquöi", "/pourquo\u0069\u0308", "/POURQUOÏ", "/pour\u200bquoi"]
)
def test_accents_and_what_takes_no_room_are_ignored(typed: str) -> None:
    assert command_in(typed) == Command(Verb.WHY)


@pytest.mark.parametrize("word", ["/snooze", "/pause", "\\/Pause"])
@pytest.mark.parametrize(
    ("said", "duration"),
    [
        ("3d", days(3)),
        ("3j", days(3)),
        ("3 J", days(3)),
        ("3  jours", days(3)),
        ("3\xa0jours", days(3)),
        ("3 days", days(3)),
        ("1 jour.", days(1)),
        ("un jour", days(1)),
        ("a day", days(1)),
        ("one day", days(1)),
        ("deux jours", days(2)),
        ("trois jours", days(3)),
        ("three days", days(3)),
        ("quatre jours", days(4)),
        ("four days", days(4)),
        ("cinq jours", days(5)),
        ("five days", days(5)),
        ("3d ?", days(3)),
        ("00003d", days(3)),
        ("1 jour ouvré", days(1)),
        ("1 jour ouvrable", days(1)),
        ("2 jours ouvrables", days(2)),
        ("1 week", days(5)),
        ("two days !", days(2)),
        ("3 jours ouvrés", days(3)),
        ("3 working days", days(3)),
        ("une semaine", days(5)),
        ("1 semaine", days(5)),
        ("1 sem", days(5)),
        ("2 weeks", days(10)),
        ("2w", days(10)),
        ("365d", days(365)),
        ("73 weeks", days(365)),
        ("1h", time(hours=1)),
        ("2h", time(hours=2)),
        ("1h30", time(hours=1, minutes=30)),
        ("1 h 30 min", time(hours=1, minutes=30)),
        ("1,5h", time(hours=1, minutes=30)),
        ("une demi-heure", time(minutes=30)),
        ("45m", time(minutes=45)),
        ("45 min", time(minutes=45)),
        ("45 min.", time(minutes=45)),
        ("1 min", time(minutes=1)),
        ("2000h", time(hours=2000)),
    ],
)
def test_a_snooze_lasts_as_long_as_it_says(word: str, said: str, duration: Duration) -> None:
    assert command_in(f"{word} {said}\net merci") == Command(Verb.SNOOZE, duration)


@pytest.mark.parametrize(
    "said",
    [
        *("", " 0d", " 0 jours", " 0 weeks", " 0m", " 366d", " 74 weeks", " 2001h", " 99999d"),
        *(" demain", " jusqu'à vendredi", " -3d", " 3", " d", " 1,5 j", " une demi-journée"),
        *(
            " half a day",
            " 1d 2h",
            " 3d, merci",
            " 3d..",
            " 123456d",
            " 000003d",
            " 1,5 jour",
            " 1,5 jours",
            " 1,5j",
            " 1.5 day",
            " 1.5 days",
            " 2 demi-journées",
            " une demi-journée et demie",
            " 3dd",
            " und",
            ": 3d",
            " .5d",
        ),
    ],
)
def test_a_snooze_without_a_time_that_can_be_read_is_not_understood(said: str) -> None:
    assert command_in(f"/snooze{said}") == NotUnderstood(f"/snooze{said}", Verb.SNOOZE)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("/snoze 3d", Verb.SNOOZE),
        ("/pose 3j", Verb.SNOOZE),
        ("/muet", Verb.MUTE),
        ("/Silense", Verb.MUTE),
        ("/reprendr", Verb.RESUME),
        ("/pourqoi ?", Verb.WHY),
        ("/hlep", Verb.HELP),
        ("/xyzzy", Verb.HELP),
        ("/gogo", Verb.GO),
        ("/go vas-y", Verb.GO),
        ("/go !!", Verb.GO),
        ("/go!!", Verb.GO),
        ("/go, merci", Verb.GO),
        ("/mute 3d", Verb.MUTE),
        ("/why not", Verb.WHY),
        ("/помощь", Verb.HELP),
    ],
)
def test_the_nearest_command_is_named_when_it_is_not_understood(typed: str, meant: Verb) -> None:
    assert command_in(f" \\{typed} \nplus bas") == NotUnderstood(typed, meant)
    assert not acknowledged(typed)


def test_no_more_than_sixty_characters_are_quoted() -> None:
    found = command_in(f"/snooze {'x' * 100}")
    assert found == NotUnderstood(f"/snooze {'x' * 52}", Verb.SNOOZE)
    assert command_in(f"/go {' ' * 56}x") == NotUnderstood("/go", Verb.GO)
    assert command_in(f"/go{' ' * 300}x") == NotUnderstood("/go", Verb.GO)


def test_of_a_long_line_two_hundred_characters_are_read() -> None:
    assert command_in(f"/snooze{' ' * 191}3d") == Command(Verb.SNOOZE, days(3))
    assert command_in(f"/snooze{' ' * 192}3d") == NotUnderstood("/snooze", Verb.SNOOZE)
    assert command_in(f"/go{' ' * 197}x") == NotUnderstood("/go", Verb.GO)


@pytest.mark.parametrize(
    "text",
    [
        *("", "\n", "go", "ok\n/go", "merci /go", "@bot /go", "> /go", ">/go", "`/go`", "- /go"),
        *("    /go", "\t/go", " \t/go", "\n    /go", "\n\t/go", "```\n/go\n```", "~~~\n/go\n~~~"),
        *("/home/paul/x.pdf", "/ 3", "//", "//go", "/", "/2", "/go2", "/readme.md", "/go/", "/a_b"),
        *("/go-x", "/...", "\\\\/go", "https://trello.com/go", "/go.md", "/été/rapport"),
    ],
)
def test_what_is_no_line_of_a_command_is_none(text: str) -> None:
    assert command_in(text) is None
    assert not acknowledged(text)
    assert without_command(text) == text


@pytest.mark.covers("S5")
@pytest.mark.parametrize(
    "text",
    [
        *("/раuse 3j", "/pausе 3j", "/gο", "/ɡo", "/𝗀𝗈", "/ｇｏ", "／go", "⁄go", "∕go", "&#47;go"),
        *("> /go", "`/go`", "```\n/go\n```", "    /go", "*/go*", "@delegatebot /go", "x\n/go"),
    ],
)
def test_what_only_looks_like_a_command_has_no_effect(text: str) -> None:
    assert not isinstance(command_in(text), Command)


_LONE_GO = re.compile(r"(?:[^\S\n]*\n)* {0,3}\\?/go[^\S\n]*(?:\n|$)", re.IGNORECASE)


@given(
    st.lists(st.sampled_from(["/go", "/GO", "\\", " ", "\n", "\r", "\xa0", "x", ">"]), max_size=8)
)
def test_go_alone_on_the_first_line_is_always_go(parts: list[str]) -> None:
    text = "".join(parts)
    if _LONE_GO.match(text):
        assert is_go(text)
    elif "/go" not in text.lower() or text.lower().startswith("x/go"):
        assert not is_go(text)


@pytest.mark.parametrize("text", ["/mute", "/snooze 3d", "/go vas-y", "go", "/gogo"])
def test_another_command_is_not_go(text: str) -> None:
    assert not is_go(text)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("/snooze 3d", ""),
        ("\n/snooze 3d\nEt les photos ?", "Et les photos ?"),
        ("/why?\n\nMerci\n", "\nMerci\n"),
        ("/snoze 3d\nok ?", "ok ?"),
        ("/home/paul\nok", "/home/paul\nok"),
        ("Bonjour\n/go", "Bonjour\n/go"),
    ],
)
def test_what_a_comment_says_besides_its_command_is_kept(text: str, rest: str) -> None:
    assert without_command(text) == rest


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    found = command_in("/" + text)
    assert found is None or isinstance(found, Command) or 1 < len(found.typed) <= 60
