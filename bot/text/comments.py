"""What a comment's template is given until hand-over: from the fullest text to the shortest."""

import re
from collections.abc import Iterator, Mapping
from typing import TypeAlias, assert_never

from babel.numbers import format_decimal

from bot.domain.mentions import unmentioning
from bot.domain.messages import (
    Ask,
    AskCore,
    AskLimit,
    BrokenTemplate,
    Crossed,
    DueConflict,
    HandOver,
    Missing,
    NobodyForKind,
    NotOnBoard,
    Obstacle,
    TooLong,
    Unreadable,
)
from bot.domain.model import Language, Person
from bot.domain.people import first_name
from bot.text import times
from bot.text.engine import Markdown
from bot.text.visible import plain, shortened

Values: TypeAlias = Mapping[str, object]
ToHandOver: TypeAlias = Ask | AskCore | HandOver | AskLimit | Crossed
"""What is said until a card is in somebody's hands."""

LONGEST_NAME = 30
_BACKTICKS = re.compile("`+")
_LONGEST_TITLE = 60
_LONGEST_QUOTE = 40


def drafts(message: ToHandOver) -> Iterator[Values]:
    """Yield what to put into the template, less each time, in the reader's language."""
    match message:
        case Ask(owner=owner, obstacles=obstacles):
            shown = [_obstacle(each, owner) for each in obstacles]
            for listed in range(len(shown), 0, -1):
                yield {"obstacles": shown[:listed], "more": len(shown) - listed}
            yield {"obstacles": [_obstacle(obstacles[0], owner, 20)], "more": len(shown) - 1}
        case AskCore(label=label):
            yield {"label": _title(label)}
            yield {"label": _title(label, _LONGEST_TITLE // 2)}
        case HandOver():
            yield from _hand_over(message)
        case AskLimit(total=total, limit=limit, listed=cards):
            links = [_typed(link) for link, _ in cards]
            for listed in range(len(links), 0, -1):
                more = total - listed
                yield {"total": total, "limit": limit, "links": links[:listed], "more": more}
        case Crossed(lines=lines):
            yield from _given_back(lines)
        case _:
            assert_never(message)


def _given_back(lines: tuple[str, ...]) -> Iterator[Values]:
    shown = len(lines)
    while shown:
        yield {"text": _fenced(lines[:shown]), "more": shown < len(lines)}
        shown //= 2
    yield {"text": "", "more": True}


def _fenced(lines: tuple[str, ...]) -> Markdown:
    """Return text as it was typed, in a fence that it cannot close; it mentions nobody."""
    text = "\n".join(lines).replace("@", "＠")
    longest = max((len(each) for each in _BACKTICKS.findall(text)), default=0)
    fence = "`" * max(3, longest + 1)
    return Markdown(f"{fence}\n{text}\n{fence}")


def named(person: Person, longest: int = LONGEST_NAME) -> str:
    """Return the name by which a text speaks of somebody; harmless only once it is printed."""
    return shortened(plain(first_name(person)) or person.username, longest)


def _hand_over(message: HandOver) -> Iterator[Values]:
    """Shorten the neighbours' titles first, then leave out the kind's question, then both."""
    question = next(iter(message.questions), None)
    due, zones = _due(message, message.assistant.language)
    for longest, asked in (
        (_LONGEST_TITLE, question),
        (_LONGEST_TITLE // 2, question),
        (_LONGEST_TITLE // 2, None),
        (0, None),
    ):
        yield {
            "owner": named(message.owner),
            "due": due,
            "zones": zones,
            "workload": times.duration(message.workload) if message.workload else None,
            "before": _title(message.before, longest) if message.before and longest else None,
            "after": _title(message.after, longest) if message.after and longest else None,
            "question": _ours(asked) if asked else None,
        }


def _due(message: HandOver, language: Language) -> tuple[str | None, str | None]:
    if message.due is None:
        return None, None
    zone = message.assistant.calendar.zone
    return (
        Markdown(times.long_date(message.due, zone, language)),
        Markdown(times.both_zones(message.due, message.assistant, message.owner, language)),
    )


def _obstacle(obstacle: Obstacle, owner: Person, longest: int = _LONGEST_QUOTE) -> Values:
    language, zone = owner.language, owner.calendar.zone
    match obstacle:
        case Missing(field=field):
            return {"what": "missing", "field": field.value}
        case Unreadable(field=field, quoted=quoted, allowed=allowed):
            names = [_typed(each, longest) for each in allowed[: longest // 5]]
            quote = _title(quoted, longest)
            return {"what": "unreadable", "field": field.value, "quoted": quote, "allowed": names}
        case DueConflict(line=line, card=card):
            dates = [Markdown(times.short_date(each, zone, language)) for each in (line, card)]
            return {"what": "due_conflict", "line": dates[0], "card": dates[1]}
        case NotOnBoard(username=username):
            return {"what": "not_on_board", "username": _title(username, longest)}
        case NobodyForKind(kind=kind):
            return {"what": "nobody_for_kind", "kind": _title(kind, longest)}
        case TooLong(limit=limit):
            return {"what": "too_long", "limit": Markdown(format_decimal(limit, locale=language))}
        case BrokenTemplate(kind=kind, problem=problem):
            said = _title(problem, 2 * longest)
            return {"what": "broken", "kind": _title(kind, longest), "problem": said}
        case _:
            assert_never(obstacle)


def _title(text: str, longest: int = _LONGEST_TITLE) -> str:
    return shortened(plain(text), longest)


def _typed(name: str, longest: int = LONGEST_NAME) -> Markdown:
    """Return a name to type, between backticks: nothing in there can be escaped."""
    return Markdown(_title(name, longest).replace("`", "").replace("@", "＠"))


def _ours(question: str) -> Markdown:
    """Return the owner's question in one line, which mentions nobody."""
    return Markdown(unmentioning(" ".join(question.split())))
