"""What the owner said last about a card's place counts, and nobody else's word."""

import pytest

from bot.domain.model import Card
from bot.domain.priorities import priority_of
from tests.builders import MEL, NOW, PAUL, card, comment, logged, replace, snapshot
from tests.unit.domain.handed import handed

PLAIN = handed()
SECOND = replace(PLAIN, desc=PLAIN.desc.replace("objective:", "priority: 2\n\nobjective:"))


def said(on: Card, *texts: str, by: str = PAUL.member_id) -> Card:
    return logged(on, *(comment(by, each, NOW) for each in texts))


@pytest.mark.parametrize(
    ("subject", "priority"),
    [
        (PLAIN, None),
        (SECOND, 2),
        (card(), None),
        (said(PLAIN, "priorité : 1"), 1),
        (said(SECOND, "priorité : 1", "merci"), 1),
        (said(SECOND, "priorité : 1", "priorité : 3"), 3),
        (said(SECOND, "priorité : bientôt"), 2),
        (said(SECOND, "priorité : 1", by=MEL.member_id), 2),
        (said(card(), "priorité : 1"), 1),
    ],
)
def test_the_owners_last_word_counts_then_the_brief(subject: Card, priority: int | None) -> None:
    assert priority_of(subject, snapshot(subject)) == priority
