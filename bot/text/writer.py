"""Write comments and briefs: the planner's pen."""

import re
from collections.abc import Mapping
from typing import assert_never

from bot.domain.messages import (
    Ask,
    AskCore,
    AskLimit,
    Brief,
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
    UnwritableError,
)
from bot.domain.model import Language, Person
from bot.domain.people import first_name
from bot.domain.tokens import signed
from bot.text import times
from bot.text.catalogue import Phrases
from bot.text.engine import Engine, Markdown
from bot.text.neutral import in_brief, in_comment, link_target, plain, shortened

LONGEST_COMMENT = 600
"""What one comment may take of a reader's time; the signature counts."""

_LONGEST_TITLE = 60
_LONGEST_QUOTE = 40
_MOST_ALLOWED = 8
_USERNAME = re.compile(r"[A-Za-z0-9_.-]{1,100}")

_TEMPLATES: Mapping[type, str] = {
    Ask: "ask",
    AskCore: "ask_core",
    HandOver: "hand_over",
    AskLimit: "ask_limit",
}


class Writer:
    """Turns messages and briefs into Markdown, in the language of who reads them."""

    def __init__(
        self, messages: Mapping[str, str], briefs: Mapping[str, str], phrases: Phrases
    ) -> None:
        """Take the sources: ``fr/ask.md`` … and ``_base.fr.md``, ``article.md`` … (bodies only)."""
        self._phrases = phrases
        self._messages = Engine(messages, in_comment)
        self._briefs = Engine(briefs, in_brief)
        self._bodies = {name for name, source in briefs.items() if source.strip()}

    def message(self, message: Message, ref: str) -> str:
        """Return a comment of at most 600 characters, signed."""
        reader = message.assistant if isinstance(message, HandOver) else message.owner
        name = f"{reader.language}/{_TEMPLATES[type(message)]}.md"
        for listed in range(_most_listed(message), -1, -1):
            values = {"mention": _mention(reader), **_values(message, reader.language, listed)}
            text = signed(self._messages.render(name, values), ref)
            if len(text) <= LONGEST_COMMENT:
                return text
        raise UnwritableError(f"{name}: longer than {LONGEST_COMMENT} characters")

    def brief(self, brief: Brief) -> str:
        """Return the brief, signed; raises :class:`UnwritableError` for a faulty template."""
        base = f"_base.{brief.language}.md"
        own = f"{brief.kind.name}.md"
        values = {**_brief_values(brief, self._phrases), "base": base}
        return signed(self._briefs.render(own if own in self._bodies else base, values), brief.ref)


def _mention(person: Person) -> Markdown:
    if not _USERNAME.fullmatch(person.username):
        raise UnwritableError(f"not a user name: {person.username!r}")
    return Markdown(f"@{person.username}")


def _most_listed(message: Message) -> int:
    match message:
        case Ask(obstacles=obstacles):
            return len(obstacles)
        case AskLimit(listed=listed):
            return len(listed)
        case HandOver(questions=questions):
            return len(questions[:1])
        case AskCore():
            return 0
        case _:
            assert_never(message)


def _values(message: Message, language: Language, listed: int) -> dict[str, object]:
    match message:
        case Ask(obstacles=obstacles):
            shown = [_obstacle(each, message.owner) for each in obstacles[:listed]]
            return {"obstacles": shown, "more": len(obstacles) - listed}
        case AskCore(label=label):
            return {"label": _title(label)}
        case HandOver():
            return _hand_over(message, language, listed)
        case AskLimit(total=total, limit=limit):
            links = [Markdown(link) for link, _ in message.listed[:listed]]
            return {"total": total, "limit": limit, "links": links, "more": total - listed}
        case _:
            assert_never(message)


def _hand_over(message: HandOver, language: Language, listed: int) -> dict[str, object]:
    zone = message.assistant.calendar.zone
    return {
        "name": first_name(message.assistant),
        "owner": first_name(message.owner),
        "due": times.long_date(message.due, zone, language) if message.due else None,
        "zones": times.both_zones(message.due, message.assistant, message.owner, language)
        if message.due
        else None,
        "workload": times.duration(message.workload) if message.workload else None,
        "before": _title(message.before) if message.before else None,
        "after": _title(message.after) if message.after else None,
        "questions": [Markdown(each) for each in message.questions[:listed]],
    }


def _obstacle(obstacle: Obstacle, owner: Person) -> dict[str, object]:
    language, zone = owner.language, owner.calendar.zone
    match obstacle:
        case Missing(field=field):
            return {"what": "missing", "field": Markdown(field.value)}
        case Unreadable(field=field, quoted=quoted, allowed=allowed):
            return {
                "what": "unreadable",
                "field": Markdown(field.value),
                "quoted": shortened(plain(quoted), _LONGEST_QUOTE),
                "allowed": list(allowed[:_MOST_ALLOWED]),
            }
        case DueConflict(line=line, card=card):
            return {
                "what": "due_conflict",
                "line": Markdown(times.short_date(line, zone, language)),
                "card": Markdown(times.short_date(card, zone, language)),
            }
        case NotOnBoard(username=username):
            return {"what": "not_on_board", "username": username}
        case NobodyForKind(kind=kind):
            return {"what": "nobody_for_kind", "kind": kind}
        case TooLong(length=length, limit=limit):
            return {"what": "too_long", "length": length, "limit": limit}
        case BrokenTemplate(kind=kind, problem=problem):
            said = shortened(plain(problem), 2 * _LONGEST_QUOTE)
            return {"what": "broken_template", "kind": kind, "problem": said}
        case _:
            assert_never(obstacle)


def _title(text: str) -> str:
    return shortened(plain(text), _LONGEST_TITLE)


def _brief_values(brief: Brief, phrases: Phrases) -> dict[str, object]:
    language, told = brief.language, brief.kind.text(brief.language)
    zone = brief.assistant.calendar.zone
    objective = brief.objective
    return {
        "language": Markdown(language),
        "card_title": brief.title,
        "objective": objective if brief.objective_own_words else Markdown(objective),
        "why": _markdown(told.why),
        "result": _markdown(told.result),
        "steps": [
            {
                "text": each.text if each.own_words else Markdown(each.text),
                "time": Markdown(times.duration(each.time)) if each.time else None,
            }
            for each in brief.steps
        ],
        "workload": Markdown(times.duration(brief.workload)),
        "due": Markdown(times.long_date(brief.due, zone, language)),
        "due_zones": Markdown(times.both_zones(brief.due, brief.assistant, brief.owner, language)),
        "due_why": _derivation(brief.derivation, language, phrases) if brief.derivation else None,
        "priority": brief.priority,
        "assistant": Markdown(brief.assistant.username),
        "assistant_name": first_name(brief.assistant),
        "owner_name": first_name(brief.owner),
        "kind": Markdown(brief.kind.name),
        "kind_title": Markdown(told.title),
        "attachments": [
            {"name": each.name, "url": Markdown(link_target(each.url)) if each.url else None}
            for each in brief.attachments
        ],
        "resources": [Markdown(each) for each in told.resources],
        "sample": _markdown(told.sample),
        "tools": [Markdown(each) for each in told.tools],
        "deliver": _markdown(told.deliver),
        "decide": [Markdown(each) for each in told.decide],
        "language_name": Markdown(times.language_name(language, language)),
    }


def _markdown(text: str | None) -> Markdown | None:
    return Markdown(text.strip()) if text else None


def _derivation(derivation: Derivation, language: Language, phrases: Phrases) -> Markdown:
    """Return the arithmetic of a deadline in one sentence."""
    front, pace = "", ""
    if derivation.cards_in_front:
        in_front = times.duration(derivation.in_front)
        front = phrases.say("derivation_front", language, time=in_front)
    if derivation.capacity:
        pace = phrases.say("derivation_pace", language, time=times.duration(derivation.capacity))
    total = times.duration(derivation.need)
    work = times.duration(derivation.workload)
    said = phrases.say("derivation", language, work=work, front=front, total=total, pace=pace)
    return Markdown(said)
