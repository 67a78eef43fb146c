"""Tell what the bot did on a card: its words in full the first time, in one line afterwards."""

import re
from collections.abc import Iterator
from itertools import takewhile

from msgspec import Struct
from rich.console import RenderableType
from rich.markdown import Markdown
from rich.padding import Padding
from rich.text import Text

from bot.demo.outcome import Deed, Event, Facts, Outcome
from bot.demo.stage import Stage
from bot.demo.story import first_name
from bot.demo.words import said
from bot.domain.model import Instant
from bot.domain.tokens import before_signature
from bot.sandbox.samples import Language
from bot.show import printable
from bot.text import times
from bot.text.neutral import plain

_HANDED: frozenset[Event] = frozenset({"handed", "copied", "told"})
_QUESTIONS: frozenset[Event] = frozenset(
    {
        *("asked", "asked_core", "asked_approval", "proposed", "asked_deliverable"),
        *("checked_in", "asked_date", "told_late", "offered_help", "reminded", "told_changes"),
    }
)
_SIGNS: frozenset[Event] = frozenset({"flagged", "unflagged", "thumb", "unticked", "dated"})

_ASIDE = "dim"
STEPS_SHOWN = 3
"""Steps of a brief that are told; the page shows them all."""


BLANK = Text()
"""Follows each comment told in full."""

_NUMBERED = re.compile(r"^1\. ", re.MULTILINE)
_HEADING = re.compile(r"\*\*([^*\n]+?)\s*:\*\*")


class Retelling:
    """Remembers which kinds of comment the reader has seen in full."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._language: Language = stage.sample.text.language
        self._seen: set[Event] = set()

    def lines(self, outcome: Outcome, now: Instant, *, unasked: bool) -> Iterator[RenderableType]:
        """Yield the card's name and what was done; ``unasked``: time alone brought it about."""
        mark = _mark(outcome.deeds[0].event)
        yield Text.assemble(mark, (plain(outcome.card.name), "bold"))
        for deed in outcome.deeds:
            if deed.event in _SIGNS:
                yield _below(Text(self._sign(deed), style=_ASIDE))
            elif deed.event in _HANDED:
                yield _below(Text(self._say(deed.event, name=self._name(deed.to)), style="green"))
                yield from (_below(Text(line, style=_ASIDE)) for line in self._facts(deed.facts))
            else:
                yield from self._word(deed, now if unasked else None)
            if deed.event == "digest":
                yield _below(Text(self._say("same_picture"), style=_ASIDE))

    def _word(self, deed: Deed, at: Instant | None) -> Iterator[RenderableType]:
        line = self._say(deed.event, name=self._name(deed.to))
        zone = self._zone(deed.to)
        if at is not None and zone is not None:
            hour, place = times.hour(at, zone, self._language), times.place(zone, self._language)
            line = self._say("there", line=line, hour=hour, place=place)
        style = "yellow" if deed.event in _QUESTIONS else "green"
        if deed.event in self._seen:
            yield _below(Text(line, style=style))
            return
        self._seen.add(deed.event)
        yield _below(Text(self._say("in_words", line=line), style=style))
        comment = Markdown(printable(before_signature(deed.comment)))
        yield Padding(comment, (0, 0, 0, 4))
        yield BLANK

    def _sign(self, deed: Deed) -> str:
        if deed.until is None:
            return self._say(deed.event, about=deed.about)
        zone = self._stage.sample.text.owner.zone
        until = times.weekday_hour(deed.until, zone, self._language)
        return self._say("thumb_until", about=deed.about, date=until)

    def _facts(self, facts: Facts | None) -> Iterator[str]:
        if facts is not None:
            kind = self._stage.bot.kinds.files[facts.kind].kind.text(self._language).title
            steps = self._say("steps", count=str(facts.steps))
            due = times.short_date(facts.due, facts.zone, self._language)
            place = times.place(facts.zone, self._language)
            yield f"{kind} · {times.duration(facts.workload)} · {steps}"
            yield self._say("due", date=due, place=place)

    def _name(self, username: str) -> str:
        return first_name(self._stage.world.person(username))

    def _zone(self, username: str) -> str | None:
        """Return where an assistant lives; ``None`` for the owner, whose hours are shown anyway."""
        text = self._stage.sample.text
        assistants = (text.first, text.second)
        return next((each.zone for each in assistants if each.username == username), None)

    def _say(self, name: str, /, **values: str) -> str:
        return said(self._language, name, **values)


class Top(Struct, frozen=True):
    """As much of a brief as fits into a story."""

    text: str
    steps_left: int
    headings: tuple[str, ...]
    """Of what stands below the method, as far as the closing words."""


def top_of_brief(text: str) -> Top:
    """Return a brief as far as the first steps of its method, and what stands below."""
    blocks = text.split("\n\n")
    method = next(place for place, block in enumerate(blocks) if _NUMBERED.search(block))
    lines = blocks[method].split("\n")
    first, left = lines[: STEPS_SHOWN + 1], lines[STEPS_SHOWN + 1 :]
    titled = (each for each in blocks[method + 1 :] if each.startswith("**"))
    found = (_HEADING.match(each) for each in titled)
    headings = (each[1].strip() for each in takewhile(lambda each: each is not None, found) if each)
    return Top("\n\n".join([*blocks[:method], "\n".join(first)]), len(left), tuple(headings))


def _mark(event: Event) -> tuple[str, str]:
    if event in _QUESTIONS:
        return ("? ", "bold yellow")
    return ("✓ ", "bold green") if event in _HANDED | _SIGNS else ("→ ", "bold green")


def _below(line: Text) -> Padding:
    return Padding(line, (0, 0, 0, 2))
