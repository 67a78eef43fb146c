"""What an assistant has brought since hand-over: links, files, words."""

import re
from collections.abc import Iterator

from bot.domain.ball import Party
from bot.domain.commands import without_command
from bot.domain.course import Course
from bot.domain.model import Action

_LINK = re.compile(r"https?://[^\s<>]+", re.IGNORECASE)


def brought(course: Course) -> Iterator[Action]:
    """Yield the assistant's acts since hand-over that may be the deliverable, oldest first."""
    for each in course.evidence:
        if each.by is Party.ASSISTANT and (_attaches(each.action) or _says(each.action)):
            yield each.action


def links_brought(course: Course) -> int:
    """Count links and files among what the assistant has brought."""
    return sum(1 if _attaches(each) else len(_LINK.findall(each.text)) for each in brought(course))


def has_link(course: Course) -> bool:
    """Tell whether a file of anybody's, or a link in the assistant's words, leads to the work."""
    return any(
        _attaches(each.action)
        or (each.by is Party.ASSISTANT and _LINK.search(each.action.text) is not None)
        for each in course.evidence
    )


def _attaches(action: Action) -> bool:
    return action.type == "addAttachmentToCard"


def _says(action: Action) -> bool:
    return action.type == "commentCard" and bool(without_command(action.text).strip())
