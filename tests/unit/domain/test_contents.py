"""What stands on a card belongs to it like what tells where it stands."""

import pytest

from bot.domain.model import Card
from tests.builders import MEL, NOW, card, checklist, comment

SAID = comment(MEL.member_id, "noté", NOW)


def test_a_card_shows_what_stands_on_it() -> None:
    full = card(desc="Notes", log=(SAID,), checklists=(checklist("Étapes", "lire"),))
    assert (full.desc, full.log, full.attachments) == ("Notes", (SAID,), ())
    assert [each.name for each in full.checklists] == ["Étapes"]


def test_a_card_with_other_contents_is_otherwise_the_same() -> None:
    before = card(desc="Notes", log=(SAID,))
    after = before.having(desc="Plus rien")
    assert (after.desc, after.name, after.log) == ("Plus rien", before.name, (SAID,))
    assert after.having(desc="Notes") == before
    assert before.desc == "Notes"


@pytest.mark.parametrize(("log", "known"), [(None, False), ((), True), ((SAID,), True)])
def test_a_log_that_was_not_read_is_told_from_an_empty_one(
    log: tuple[object, ...] | None, known: bool
) -> None:
    subject: Card = card(log=log)
    assert subject.contents.has_log is known
