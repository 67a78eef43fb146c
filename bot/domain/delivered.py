"""What an assistant has brought since hand-over: links, files, words."""

import re
from collections.abc import Iterator

from bot.domain.ball import Party, evidence
from bot.domain.commands import without_command
from bot.domain.course import Course
from bot.domain.model import Action, Person, Snapshot

_LINK = re.compile(r"https?://[^\s<>]+", re.IGNORECASE)


def brought(course: Course, snapshot: Snapshot) -> Iterator[Action]:
    """Yield the assistant's acts since hand-over that may be the deliverable, oldest first."""
    for each in evidence(course.card, snapshot):
        if each.by is Party.ASSISTANT and (_attaches(each.action) or _says(each.action)):
            yield each.action


def links_brought(course: Course, snapshot: Snapshot) -> int:
    """Count links and files among what the assistant has brought."""
    return sum(
        1 if _attaches(each) else len(_LINK.findall(each.text))
        for each in brought(course, snapshot)
    )


def has_link(course: Course, assistant: Person, snapshot: Snapshot) -> bool:
    """Tell whether a link or file of anybody's since hand-over leads to the work."""
    said = (each.action for each in evidence(course.card, snapshot))
    return any(
        _attaches(each)
        or (each.member_id == assistant.member_id and _LINK.search(each.text) is not None)
        for each in said
    )


def _attaches(action: Action) -> bool:
    return action.type == "addAttachmentToCard"


def _says(action: Action) -> bool:
    return action.type == "commentCard" and bool(without_command(action.text).strip())
