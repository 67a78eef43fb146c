"""Write each kind's brief once, for nobody, so that ``check`` finds a faulty template first."""

from collections.abc import Iterator
from datetime import timedelta

from bot.domain.calendar import Calendar, weekly
from bot.domain.messages import Brief, BriefStep, Texts, UnwritableError
from bot.domain.model import Card, Instant, Kind, Language, Person
from bot.domain.proof import lost_decision
from bot.domain.written import brief_reference
from bot.kinds import Kinds

_NOBODY = "0" * 24


def faults(kinds: Kinds, texts: Texts, now: Instant) -> Iterator[str]:
    """Yield what is wrong with the kinds' templates, each with its file and language."""
    for file in kinds.files.values():
        for language in file.kind.texts:
            problem = _fault(file.kind, language, texts, now)
            if problem is not None:
                yield f"{file.path} ({language}): {problem}"


def _fault(kind: Kind, language: Language, texts: Texts, now: Instant) -> str | None:
    brief = _sample(kind, language, now)
    card = Card(_NOBODY, _NOBODY, _NOBODY, brief.title, "", "Sample00", now, now)
    try:
        lost = lost_decision(card, brief, texts.brief(brief), now)
    except UnwritableError as problem:
        return str(problem)
    return f"the brief does not hold this line: {lost}" if lost else None


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
