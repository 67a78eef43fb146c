"""What an assistant has brought since hand-over: links, files, words."""

import pytest

from bot.domain.delivered import brought, has_link, links_brought
from bot.domain.model import Action, Person
from tests.builders import MEL, PAUL, action, logged, person, replace
from tests.unit.domain.handed import after, course, handed, said

CARD = handed()
ZOE = person("zoe")


def says(text: str, minutes: float = 10, who: Person = MEL) -> Action:
    return said(who, after(minutes=minutes), text)


def attaches(minutes: float = 10, who: Person = MEL) -> Action:
    return action("addAttachmentToCard", who.member_id, after(minutes=minutes), attachment="a.pdf")


@pytest.mark.parametrize(
    ("log", "found"),
    [
        ([], False),
        ([says("Voici.")], False),
        ([says("voir https://x.fr")], True),
        ([says("voir x.fr")], False),
        ([says("voir https:// puis")], False),
        ([says("voir https://x.fr", who=PAUL)], False),
        ([says("voir https://x.fr", -10)], False),
        ([attaches()], True),
        ([attaches(who=PAUL)], True),
        ([attaches(who=ZOE)], True),
        ([attaches(-10)], False),
    ],
)
def test_a_working_document_is_a_link_of_the_assistants_or_any_attachment(
    log: list[Action], found: bool
) -> None:
    subject = replace(CARD, log=tuple(sorted((*(CARD.log or ()), *log), key=lambda one: one.at)))
    assert has_link(course(subject)) is found


def test_what_was_brought_is_told_oldest_first() -> None:
    first, second = says("Voici https://x.fr/a,https://x.fr/b"), attaches(11)
    subject = logged(CARD, first, says("/why"), second)
    assert list(brought(course(subject))) == [first, second]
    assert links_brought(course(subject)) == 2
