"""Briefs for nobody: ``check`` finds a faulty template first, a worker has done all of it once."""

from collections.abc import Iterator
from datetime import timedelta

from msgspec.structs import replace

from bot import paths
from bot.cycle import Cycle
from bot.domain.calendar import Calendar, weekly
from bot.domain.changes import Planned
from bot.domain.messages import Brief, BriefStep, Texts, UnwritableError
from bot.domain.model import Board, Card, Contents, Instant, Language, Person
from bot.domain.planner import plan
from bot.domain.policy import Kind
from bot.domain.proof import lost_decisions
from bot.domain.written import brief_reference
from bot.kinds import Kinds
from bot.reading import Reading
from bot.settings import did_you_mean
from bot.text import library
from bot.text.parts import Unseen, unseen

_NOBODY = "0" * 24


def faults(kinds: Kinds, texts: Texts, now: Instant) -> Iterator[str]:
    """Yield everything that is wrong with the kinds' templates, each with its file."""
    parts = library.parts(paths.built_in_briefs())
    for file in kinds.files.values():
        yield from (f"{file.path}: {_in_vain(each, parts)}" for each in unseen(file.source, parts))
        for language in file.kind.texts:
            found = _faults(file.kind, language, texts, now)
            yield from (f"{file.path} ({language}): {each}" for each in found)


def hand_over(cycle: Cycle, reading: Reading, now: Instant) -> tuple[Planned, ...]:
    """Return how a card that there is not would be handed over, on each board; nothing is written.

    Templates and patterns are compiled when they are first used, which takes most of a second:
    the first label after a start need not wait for that.
    """
    snapshot = reading.snapshot
    folios = {each: snapshot.cards[each] for each in snapshot.portfolio_ids & snapshot.cards.keys()}
    alone = replace(reading, snapshot=replace(snapshot, cards=folios))
    cards = (_card(board, now) for board in snapshot.boards.values())
    situations = (cycle.situation(alone, now, card) for card in cards)
    return tuple(change for each in situations for change in plan(each).changes)


def _card(board: Board, now: Instant) -> Card:
    spoken_for = board.lists.question | board.lists.review | board.lists.done | board.lists.ignored
    return Card(
        id=_NOBODY,
        board_id=board.id,
        list_id=min(board.list_ids - spoken_for, default=""),
        name="Sample",
        short_link="Sample00",
        last_activity=now,
        created=now,
        label_ids=frozenset({board.labels.delegate or ""}),
        contents=Contents("objective: a sample\nmethod:\n- a step\nworkload: 1h", log=()),
    )


def _faults(kind: Kind, language: Language, texts: Texts, now: Instant) -> Iterator[str]:
    brief = _sample(kind, language, now)
    card = Card(_NOBODY, _NOBODY, _NOBODY, brief.title, "Sample00", now, now)
    try:
        lost = lost_decisions(card, brief, texts.brief(brief), now)
    except UnwritableError as problem:
        yield str(problem)
        return
    yield from (_without(each) for each in lost)


def _without(lost: str) -> str:
    if lost == "---":
        return "the brief has a line --- of its own, where the owner's notes would seem to end"
    return f"the brief does not hold this line: {lost}"


def _in_vain(found: Unseen, parts: frozenset[str]) -> str:
    where = f"line {found.line}:"
    if found.part is None:
        return f"{where} this stands outside {{% block … %}} and {{% endblock %}}, and never shows"
    meant = did_you_mean(found.part, parts)
    known = f"known: {', '.join(sorted(parts))}" if meant is None else meant
    return f"{where} the layout has no part {found.part}, so it never shows; {known}"


def _sample(kind: Kind, language: Language, now: Instant) -> Brief:
    told = kind.text(language)
    typed = (BriefStep("Sample step", None, own_words=True),)
    steps = tuple(BriefStep(each.do, each.time, own_words=False) for each in told.method)
    person = Person(_NOBODY, "sample", "Sample Person", language, _always())
    return Brief(
        kind=kind,
        language=language,
        title="Sample",
        objective=told.objective or "Sample",
        objective_own_words=told.objective is None,
        steps=steps or typed,
        workload=kind.workload or timedelta(hours=1),
        due=(now + timedelta(days=7)).replace(second=0, microsecond=0),
        derivation=None,
        priority=1,
        assistant=person,
        owner=person,
        attachments=(),
        ref=brief_reference(_NOBODY),
    )


def _always() -> Calendar:
    whole_day = ((timedelta(), timedelta(hours=24)),)
    return weekly("UTC", dict.fromkeys(range(7), whole_day))
