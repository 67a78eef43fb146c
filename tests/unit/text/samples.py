"""People, messages and briefs to write, and the project's own pen."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import get_args

from bot.domain.calendar import Calendar
from bot.domain.fields import Field
from bot.domain.messages import (
    Ask,
    AskCore,
    AskLimit,
    Brief,
    BriefAttachment,
    BriefStep,
    BrokenTemplate,
    Derivation,
    DueConflict,
    HandOver,
    Message,
    Missing,
    NobodyForKind,
    NotOnBoard,
    Obstacle,
    TooLong,
    Unreadable,
)
from bot.domain.model import Language, Person
from bot.domain.policy import Kind, KindText, Step
from bot.kinds import load_kinds
from bot.text import library
from bot.text.writer import Writer
from tests.unit.text.follow_ups import follow_ups

TEMPLATES = Path(__file__).parents[3] / "templates"
LANGUAGES: tuple[Language, ...] = get_args(Language)
REF = "k7q2mz6xda"
DUE = datetime(2026, 12, 1, 14, tzinfo=UTC)


@cache
def kinds() -> Mapping[str, Kind]:
    return load_kinds([TEMPLATES / "briefs"]).usable


@cache
def writer() -> Writer:
    files = load_kinds([TEMPLATES / "briefs"]).files
    return library.writer(TEMPLATES, {name: each.body for name, each in files.items()})


def person(username: str, name: str, language: Language, zone: str = "Europe/Paris") -> Person:
    return Person("5" * 24, username, name, language, Calendar(zone, ((),) * 7))


def owner(language: Language, name: str = "Camille Dubois") -> Person:
    return person("camille", name, language)


def assistant(language: Language, name: str = "Mélanie Rabe") -> Person:
    return person("mel_rabe", name, language, "Indian/Antananarivo")


def obstacles(said: str = "quand tu peux") -> tuple[Obstacle, ...]:
    """Return one obstacle of each sort, which quotes ``said``."""
    fields = (Field.OBJECTIVE, Field.METHOD, Field.WORKLOAD, Field.ATTACHMENTS)
    unreadable = (Field.WORKLOAD, Field.DUE, Field.ATTACHMENTS, Field.PRIORITY, Field.METHOD)
    return (
        *(Missing(each) for each in fields),
        *(Unreadable(each, said) for each in unreadable),
        Unreadable(Field.ASSISTANT, said, ("mel_rabe", "lou")),
        Unreadable(Field.BRIEF, said, tuple(sorted(kinds()))),
        DueConflict(DUE, DUE + timedelta(days=3)),
        NotOnBoard("mel_rabe"),
        NobodyForKind("prospects"),
        TooLong(16_384),
        BrokenTemplate("devis", "line 3: 'objectiv' is undefined"),
    )


def messages(language: Language, said: str = "Devis Dupont") -> list[Message]:
    """Return a message of each sort, which quotes ``said`` wherever it quotes a card."""
    boss, aide = owner(language), assistant(language)
    links = tuple((f"AbCdEf{number:02}", said) for number in range(25))
    question = "Combien de factures comptez-vous dans les pièces ?"
    return [
        *(Ask(boss, (each,)) for each in obstacles(said)),
        Ask(boss, obstacles(said)),
        AskCore(boss, said),
        HandOver(aide, boss, DUE, timedelta(hours=3), said, said, (question,)),
        HandOver(aide, boss, None, None, None, None),
        AskLimit(boss, 25, 20, links),
        AskLimit(boss, 45, 20, links),
        *follow_ups(boss, aide, said),
    ]


def brief(
    language: Language,
    said: str = "Factures de novembre",
    steps: tuple[str, ...] | None = None,
    attachments: tuple[BriefAttachment, ...] | None = None,
    kind: Kind | None = None,
) -> Brief:
    """Return a brief which quotes ``said`` wherever it quotes a card."""
    return Brief(
        kind=kind or kinds()["generic"],
        language=language,
        title=said,
        objective=said,
        objective_own_words=True,
        steps=tuple(BriefStep(each, None, own_words=True) for each in (steps or (said, "Relire"))),
        workload=timedelta(hours=3),
        due=DUE,
        derivation=Derivation(
            DUE,
            DUE,
            timedelta(hours=3),
            timedelta(hours=2),
            1,
            timedelta(hours=4),
            timedelta(hours=6, minutes=15),
        ),
        priority=1,
        assistant=assistant(language),
        owner=owner(language),
        attachments=(
            (BriefAttachment(said, "https://exemple.fr/devis"), BriefAttachment(said, None))
            if attachments is None
            else attachments
        ),
        ref=REF,
    )


def bundled(name: str, language: Language) -> Brief:
    """Return a brief of one of the project's kinds with the kind's own words."""
    kind = kinds()[name]
    told: KindText = kind.text(language)
    steps: tuple[Step, ...] = told.method
    plain = brief(language, attachments=(BriefAttachment("devis.pdf", None),), kind=kind)
    return Brief(
        **{
            **{field: getattr(plain, field) for field in plain.__struct_fields__},
            "objective": told.objective or plain.title,
            "objective_own_words": told.objective is None,
            "steps": tuple(BriefStep(each.do, each.time, own_words=False) for each in steps)
            or plain.steps,
        }
    )
