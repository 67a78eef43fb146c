"""Commands as people type them: ``/snooze 3d`` on the first line of a comment, in two languages."""

import re
from datetime import timedelta
from difflib import get_close_matches
from enum import Enum
from typing import NamedTuple

from msgspec import Struct

from bot.domain import workload
from bot.domain.calendar import Duration, WorkingDays, WorkingTime
from bot.domain.markdown import BLANK, unescape
from bot.domain.recall import recalled_by_value
from bot.domain.words import fold

MOST_DAYS = 365
"""Working days of the longest snooze."""
MOST_TIME = timedelta(hours=2000)
"""Working time of the longest snooze in hours; about a year."""
LONGEST_TYPED = 60
"""As many characters of a command that is none are quoted."""


class Verb(Enum):
    """What a command asks for; its value is its English name."""

    GO = "go"
    SNOOZE = "snooze"
    MUTE = "mute"
    RESUME = "resume"
    WHY = "why"
    HELP = "help"


class Command(Struct, frozen=True):
    """A command that the bot can carry out."""

    verb: Verb
    duration: Duration | None = None
    """How long to snooze; ``None`` for every other verb."""


class NotUnderstood(Struct, frozen=True):
    """A line that looks like a command and is none."""

    typed: str
    """The line as typed, without the blanks around it, cut to ``LONGEST_TYPED``."""
    meant: Verb
    """The nearest command; HELP when none is near."""


class _FirstLine(NamedTuple):
    indent: str
    text: str
    rest: str


_VERBS = {
    **{verb.value: verb for verb in Verb},
    "pause": Verb.SNOOZE,
    "silence": Verb.MUTE,
    "reprendre": Verb.RESUME,
    "pourquoi": Verb.WHY,
    "aide": Verb.HELP,
}
_LONGEST_READ = 200
# A path (/home/paul) or a sum (/ 3) is no command.
_SAID = re.compile(r"/(?P<word>[^\W\d_]+)(?![.!?,;:…]*[^ .!?,;:…])(?P<rest>.*)")
_END_OF_SENTENCE = re.compile(r" ?[.!?]?")

_NUMBERS = {
    **dict.fromkeys(("un", "une", "a", "one"), 1),
    **dict.fromkeys(("deux", "two"), 2),
    **dict.fromkeys(("trois", "three"), 3),
    **dict.fromkeys(("quatre", "four"), 4),
    **dict.fromkeys(("cinq", "five"), 5),
}
_COUNT = rf"(?P<count>\d{{1,5}}|(?:{'|'.join(_NUMBERS)})(?= ))"
_WHOLE_DAYS = re.compile(
    rf"{_COUNT} ?(?:working )?"
    r"(?:(?P<weeks>semaines?|sem|weeks?|w)|j|jours?|d|days?)(?: ouvr(?:es?|ables?))?"
)
_WEEK = 5
# How much time a part of a day is differs from person to person.
_OF_DAYS = re.compile(r"(?:\b|\d)(?:j|jours?|journees?|d|days?)\b")


@recalled_by_value(most=1 << 13)
def command_in(comment: str) -> Command | NotUnderstood | None:
    """Return the command on a comment's first line; ``None``: that line is no command at all."""
    line = _first_line(comment)
    # Four columns of indentation are code.
    if len(line.indent) > 3 or "\t" in line.indent:
        return None
    typed = unescape(line.text[:_LONGEST_READ])
    cut = " …" if len(line.text) > _LONGEST_READ else ""
    said = _SAID.fullmatch(fold(typed + cut))
    if said is None:
        return None
    found = _command(said["word"], said["rest"])
    if isinstance(found, Command):
        return found
    return NotUnderstood(typed[:LONGEST_TYPED].rstrip(BLANK), found)


def acknowledged(comment: str) -> bool:
    """Tell whether a comment's first line is a command that the bot can carry out."""
    return isinstance(command_in(comment), Command)


def is_go(comment: str) -> bool:
    """Tell whether a comment's first line is the command ``/go``, alone."""
    return command_in(comment) == Command(Verb.GO)


def without_command(comment: str) -> str:
    """Return what a comment says besides its command, mistyped ones included."""
    return comment if command_in(comment) is None else _first_line(comment).rest


def _first_line(comment: str) -> _FirstLine:
    """Split the first line that is not blank from its indentation and from what follows."""
    start = len(comment) - len(comment.lstrip(BLANK))
    indent = comment[comment.rfind("\n", 0, start) + 1 : start]
    text, _, rest = comment[start:].partition("\n")
    return _FirstLine(indent, text.rstrip(BLANK), rest)


def _command(word: str, rest: str) -> Command | Verb:
    """Return the command, or the verb that was meant when it cannot be carried out."""
    verb = _VERBS.get(word)
    if verb is None:
        return _nearest(word)
    if verb is Verb.SNOOZE:
        duration = _duration(rest)
        return Command(verb, duration) if duration else verb
    # "/go ?" asks; it agrees to nothing.
    asks = verb is Verb.GO and rest.endswith("?")
    return Command(verb) if _END_OF_SENTENCE.fullmatch(rest) and not asks else verb


def _nearest(word: str) -> Verb:
    near = get_close_matches(word, _VERBS, n=1)
    return _VERBS[near[0]] if near else Verb.HELP


def _duration(rest: str) -> Duration | None:
    said = (rest[:-1] if rest.endswith((".", "!", "?")) else rest).strip()
    return _working_days(said) or _working_time(said)


def _working_days(said: str) -> Duration | None:
    found = _WHOLE_DAYS.fullmatch(said)
    if found is None:
        return None
    count = _NUMBERS.get(found["count"]) or int(found["count"])
    days = count * _WEEK if found["weeks"] else count
    return WorkingDays(days) if 1 <= days <= MOST_DAYS else None


def _working_time(said: str) -> Duration | None:
    if _OF_DAYS.search(said):
        return None
    time = workload.read_workload(said, MOST_TIME / workload.MOST_DAYS)
    return WorkingTime(time) if time else None
