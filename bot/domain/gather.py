"""Gather what a brief must say, from the first source that says it.

Order of precedence: field lines in the owner's comments after the question (the latest wins),
field lines of the description, the card itself, the kind's file, the configuration.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from msgspec import Struct

from bot.domain.acts import comment_with, comments_of, people_actions
from bot.domain.answers import steps_of
from bot.domain.choice import ChosenKind, choose_kind, wanted_assistants
from bot.domain.dates import read_due
from bot.domain.deadline import day_of, derive, load_in_front, local_day
from bot.domain.fields import Field, FieldValue, list_in, read_fields, unescape, urls_in
from bot.domain.messages import (
    Brief,
    BriefAttachment,
    BriefStep,
    Derivation,
    DueConflict,
    Missing,
    NotOnBoard,
    Obstacle,
    Unreadable,
)
from bot.domain.model import Action, Board, Card, Instant, Person, Snapshot
from bot.domain.policy import Kind, Policy
from bot.domain.tokens import reference
from bot.domain.words import fold
from bot.domain.workload import read_priority, read_workload
from bot.domain.written import brief_reference

MOST_STEPS = 200
"""Check items that a checklist may hold (object limits of real boards)."""

_NOTHING = {"aucune", "aucun", "non", "neant", "rien", "none", "no", "nothing"}

_COLON = re.compile(r"(?<!\s)\s*+[:：﹕∶]\s*+")

Values = Mapping[Field, FieldValue]


class Gathered(Struct, frozen=True):
    """What was found: a brief that can be written, or what stands in its way."""

    kind: ChosenKind
    brief: Brief | None
    obstacles: tuple[Obstacle, ...]


class _Candidate(Struct, frozen=True):
    person: Person
    workload: timedelta | None
    derivation: Derivation | None


def gather(card: Card, snapshot: Snapshot, policy: Policy, now: Instant) -> Gathered:
    """Return the brief for a card without one, or every obstacle at once.

    Raises :class:`bot.domain.calendar.NoWorkingTime` when an assistant never works.
    """
    board = snapshot.board_of(card)
    values = values_of(card, snapshot)
    chosen = choose_kind(card, board, policy, values)
    if chosen.kind is None:
        return Gathered(chosen, None, chosen.obstacles)
    people, obstacles = wanted_assistants(card, board, chosen.kind, values)
    candidates = people or board.assistants
    if not candidates:
        return Gathered(chosen, None, (*chosen.obstacles, *obstacles))
    said = due_said_at(card, snapshot)
    desk = _Desk(card, board, chosen.kind, values, now, said)
    best = _first_to_finish([desk.candidate(each, snapshot) for each in candidates])
    absent = _absence(best.person, board) if people else ()
    found = (*chosen.obstacles, *obstacles, *desk.obstacles(best), *absent)
    return Gathered(chosen, None if found else desk.brief(best), found)


def values_of(card: Card, snapshot: Snapshot) -> Values:
    """Return the field lines that count: the owner's answers over those of the description."""
    return {**read_fields(card.desc), **answered(card, snapshot)}


def answered(card: Card, snapshot: Snapshot) -> Values:
    """Return the field lines of the owner's comments after the question; the latest wins."""
    values: dict[Field, FieldValue] = {}
    for comment in _owner_answers(card, snapshot):
        values.update(read_fields(comment.text))
    return values


def due_said_at(card: Card, snapshot: Snapshot) -> Instant:
    """Return when the line that counts for the due date was written."""
    answers = [
        comment.at
        for comment in _owner_answers(card, snapshot)
        if Field.DUE in read_fields(comment.text)
    ]
    edits = [each.at for each in people_actions(card, snapshot) if each.field == "desc"]
    return (answers or edits or [card.created])[-1]


def _owner_answers(card: Card, snapshot: Snapshot) -> Iterator[Action]:
    """Yield what the owner wrote after the question, also when a person deleted that since."""
    ref = reference(card.id, "ask")
    asked = comment_with(card, ref, snapshot)
    owner = snapshot.board_of(card).owner
    if asked is None and ref not in snapshot.remembered:
        return
    since = asked.at if asked else card.created
    for comment in comments_of(owner.member_id, card, snapshot):
        if comment.at > since:
            yield comment


def _absence(person: Person, board: Board) -> tuple[Obstacle, ...]:
    return () if person.member_id in board.member_ids else (NotOnBoard(person.username),)


def _first_to_finish(candidates: list[_Candidate]) -> _Candidate:
    able = [each for each in candidates if each.derivation is not None]
    return min(able, key=_finish) if able else candidates[0]


def _finish(candidate: _Candidate) -> Instant:
    assert candidate.derivation is not None  # noqa: S101 - only asked of those that have one
    return candidate.derivation.finish


def _step(line: str) -> str:
    """Return a step as a brief can hold it: one that reads like a field would be taken for one."""
    said = unescape(line).strip()
    return _COLON.sub(" – ", said, count=1).rstrip() if read_fields(f"{said} x") else said


class _Desk(Struct, frozen=True):
    """One card with everything needed to write its brief."""

    card: Card
    board: Board
    kind: Kind
    values: Values
    now: Instant
    said: Instant
    """When the line about the date was written: "Friday" is the Friday after that."""

    def text(self, field: Field) -> str:
        value = self.values.get(field)
        return unescape(value.text) if value else ""

    def candidate(self, person: Person, snapshot: Snapshot) -> _Candidate:
        workload = self._workload(person)
        if workload is None:
            return _Candidate(person, None, None)
        load = load_in_front(person, self._priority(), self.card, snapshot)
        return _Candidate(person, workload, derive(person, workload, load, self.now))

    def obstacles(self, chosen: _Candidate) -> tuple[Obstacle, ...]:
        """Return what is missing or cannot be read, in the order of a brief."""
        person = chosen.person
        found: list[Obstacle | None] = [
            None if self._objective(person)[0] else Missing(Field.OBJECTIVE),
            self._method_obstacle(person),
            self._workload_obstacle(chosen),
            self._due_obstacle(person),
            self._attachments_obstacle(),
            self._priority_obstacle(),
        ]
        return tuple(each for each in found if each is not None)

    def brief(self, chosen: _Candidate) -> Brief:
        person = chosen.person
        assert chosen.workload is not None  # noqa: S101 - a missing workload is an obstacle
        assert chosen.derivation is not None  # noqa: S101 - derived from the workload
        objective, own_words = self._objective(person)
        set_by_person = self.card.due or self._line_due(person)
        return Brief(
            kind=self.kind,
            language=person.language,
            title=self.card.name,
            objective=objective,
            objective_own_words=own_words,
            steps=self._steps(person),
            workload=chosen.workload,
            due=set_by_person or chosen.derivation.due,
            derivation=None if set_by_person else chosen.derivation,
            priority=self._priority(),
            assistant=person,
            owner=self.board.owner,
            attachments=self._attachments(),
            ref=brief_reference(self.card.id),
        )

    def _objective(self, person: Person) -> tuple[str, bool]:
        typed = self.text(Field.OBJECTIVE)
        if typed:
            return typed, True
        own = self.kind.text(person.language).objective
        if own:
            return own, False
        return (self.card.name, True) if self.kind.title_is_objective else ("", True)

    def _steps(self, person: Person) -> tuple[BriefStep, ...]:
        typed = self._typed_steps()
        if typed:
            return tuple(BriefStep(each, None, own_words=True) for each in typed)
        timed = not self.text(Field.WORKLOAD)
        return tuple(
            BriefStep(step.do, step.time if timed else None, own_words=False)
            for step in self.kind.text(person.language).method
        )

    def _typed_steps(self) -> tuple[str, ...]:
        value = self.values.get(Field.METHOD)
        items = [item.name for checklist in steps_of(self.card) for item in checklist.items]
        lines = value.lines if value else items or list_in(self.card.desc)
        return tuple(_step(line) for line in lines if any(map(str.isalnum, line)))

    def _method_obstacle(self, person: Person) -> Obstacle | None:
        steps = self._steps(person)
        if not steps:
            return Missing(Field.METHOD)
        if len(steps) > MOST_STEPS:
            return Unreadable(Field.METHOD, steps[MOST_STEPS].text)
        return None

    def _workload(self, person: Person) -> timedelta | None:
        typed = self.text(Field.WORKLOAD)
        return read_workload(typed, day_of(person)) if typed else self.kind.workload

    def _workload_obstacle(self, chosen: _Candidate) -> Obstacle | None:
        if chosen.workload is not None:
            return None
        typed = self.text(Field.WORKLOAD)
        return Unreadable(Field.WORKLOAD, typed) if typed else Missing(Field.WORKLOAD)

    def _line_due(self, person: Person) -> Instant | None:
        calendar = person.calendar

        def end_of_day(day: date) -> Instant:
            return calendar.end_of_day(day)

        zone = self.board.owner.calendar.zone
        return read_due(self.text(Field.DUE), self.said, zone, end_of_day)

    def _due_obstacle(self, person: Person) -> Obstacle | None:
        typed = self.text(Field.DUE)
        if not typed:
            return None
        line = self._line_due(person)
        if line is None or line <= self.now:
            return Unreadable(Field.DUE, typed)
        owner = self.board.owner
        if self.card.due and local_day(line, owner) != local_day(self.card.due, owner):
            return DueConflict(line, self.card.due)
        return None

    def _priority(self) -> int | None:
        return read_priority(self.text(Field.PRIORITY))

    def _priority_obstacle(self) -> Obstacle | None:
        typed = self.text(Field.PRIORITY)
        return Unreadable(Field.PRIORITY, typed) if typed and self._priority() is None else None

    def _typed_urls(self) -> tuple[str, ...]:
        value = self.values.get(Field.ATTACHMENTS)
        return urls_in(value) if value else ()

    def _attachments(self) -> tuple[BriefAttachment, ...]:
        typed = [BriefAttachment(url, url) for url in self._typed_urls()]
        there = [
            BriefAttachment(
                each.name, None if each.is_upload else next(iter(urls_in(each.url)), None)
            )
            for each in self.card.attachments
        ]
        links = [BriefAttachment(url, url) for url in self.kind.links]
        files = [BriefAttachment(name, None) for name in self.kind.files]
        every = {each.url or each.name: each for each in (*files, *links, *typed, *there)}
        return tuple(every.values())

    def _attachments_obstacle(self) -> Obstacle | None:
        value = self.values.get(Field.ATTACHMENTS)
        readable = value is None or self._typed_urls() or fold(value.text) in _NOTHING
        if value is not None and not readable:
            return Unreadable(Field.ATTACHMENTS, value.text)
        if self.kind.attachments_required and not self._typed_urls() and not self.card.attachments:
            return Missing(Field.ATTACHMENTS)
        return None
