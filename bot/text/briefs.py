"""What a brief's template is given."""

import re
from collections.abc import Iterable, Mapping

from bot.domain.fields import Field, read_fields
from bot.domain.markdown import unescape
from bot.domain.messages import Brief, BriefAttachment, BriefStep, Derivation
from bot.domain.model import Language
from bot.domain.people import first_name
from bot.domain.policy import KindText
from bot.text import times
from bot.text.catalogue import Phrases
from bot.text.comments import LONGEST_NAME
from bot.text.engine import Markdown
from bot.text.neutral import bare_link, in_brief, in_link, link_target
from bot.text.quotes import quoted
from bot.text.visible import plain, shortened

# Also Trello's smart links: [https://…](https://… "smartCard-inline").
_LINK = re.compile(r'\[([^\[\]]*)\]\((https?://[^\s)\[]+)(?:\s+"[^"]*")?\s*\)')


def brief_values(brief: Brief, phrases: Phrases) -> Mapping[str, object]:
    """Return the values by name; what people typed is harmless where the template prints it."""
    language, zone = brief.language, brief.assistant.calendar.zone
    objective = brief.objective
    return {
        "language": Markdown(language),
        "card_title": brief.title,
        "objective": typed(objective) if brief.objective_own_words else Markdown(objective),
        "steps": [_step(each, language) for each in brief.steps],
        "workload": Markdown(times.duration(brief.workload)),
        "due": Markdown(times.long_date(brief.due, zone, language)),
        "due_zones": Markdown(times.both_zones(brief.due, brief.assistant, brief.owner, language)),
        "due_why": _derivation(brief.derivation, language, phrases) if brief.derivation else None,
        "priority": brief.priority,
        "assistant": brief.assistant.username,
        "assistant_name": shortened(plain(first_name(brief.assistant)), LONGEST_NAME),
        "owner_name": shortened(plain(first_name(brief.owner)), LONGEST_NAME),
        "kind": Markdown(brief.kind.name),
        "attachments": [_attachment(each, language) for each in brief.attachments],
        "language_name": Markdown(times.language_name(language, language)),
        **_of_kind(brief.kind.text(language)),
    }


def typed(text: str) -> str:
    """Return Markdown that a person typed as the words they saw: no backslashes, links in full."""
    return unescape(_LINK.sub(_link_in_words, text))


def _link_in_words(found: re.Match[str]) -> str:
    label, url = found.groups()
    return url if label in ("", url) else f"{label} ({url})"


def _of_kind(told: KindText) -> dict[str, object]:
    return {
        "kind_title": Markdown(told.title),
        "why": _markdown(told.why),
        "result": _markdown(told.result),
        "resources": _each(told.resources),
        "sample": _each((told.sample or "").strip().splitlines()),
        "tools": _each(told.tools),
        "deliver": _markdown(told.deliver),
        "decide": _each(told.decide),
    }


def _markdown(text: str | None) -> Markdown | None:
    return Markdown(text.strip()) if text else None


def _each(texts: Iterable[str]) -> list[Markdown]:
    return [Markdown(text.rstrip()) for text in texts]


def _step(step: BriefStep, language: Language) -> dict[str, object]:
    own = in_brief(typed(step.text)) if step.own_words else step.text
    return {
        "text": _as_item(own, language) if step.own_words else Markdown(own),
        "time": Markdown(times.duration(step.time)) if step.time else None,
    }


def _attachment(piece: BriefAttachment, language: Language) -> dict[str, object]:
    """Return name and target; no name: the target says it; no target: nothing to click."""
    target = link_target(piece.url) if piece.url else None
    if target is None:
        name = in_link(piece.name or piece.url or "")
        return {"name": _as_item(name, language), "url": None}
    if piece.name.strip() in ("", piece.url):
        return {"name": None, "url": Markdown(bare_link(target))}
    return {"name": Markdown(in_link(piece.name)), "url": Markdown(target)}


def _as_item(harmless: str, language: Language) -> Markdown:
    """Return text as one item of a list.

    "Pour : demain" at the start of an item would be read as a field when the bot reads its brief
    again, and an item of dots or dashes alone as nothing: both are put in quotation marks.
    """
    read = read_fields(f"method:\n- {harmless}")
    is_item = set(read) == {Field.METHOD} and len(read[Field.METHOD].lines) == 1
    return Markdown(harmless if is_item else quoted(harmless, language))


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
