"""A real board's export, imported into the sandbox, can be planned on and served."""

import json

import pytest

from bot.sandbox import Person
from bot.sandbox.import_export import import_board
from tests.contract.trello_facts import path_of
from tests.end_to_end.office import Office


@pytest.fixture
def imported(office: Office) -> Office:
    export = path_of("board-export-2026.json")
    store = office.world.store
    board = import_board(store, json.loads(export.read_text(encoding="utf-8")))
    office.world.invite(board, office.robot)
    office.world.invite(board, office.mel)
    office.world.invite(board, office.paul)
    office.board = board
    office.settings["boards"] = [board.short_link]
    creator = Person(store, store.members[board.id_member_creator])
    creator.add_label(board, "delegate", "blue")
    return office


def test_a_plan_on_an_imported_board_finds_nothing_to_do(imported: Office) -> None:
    report = imported.plan()
    assert report.exit_code == 0
    assert report.plan.changes == ()
    assert report.reading.failures == ()
    visible = [each for each in imported.world.store.cards_of(imported.board) if not each.closed]
    assert 0 < len(report.reading.snapshot.cards) <= len(visible)
    assert imported.writes == []


def test_a_labelled_card_of_an_imported_board_is_handed_over(imported: Office) -> None:
    snapshot = imported.plan().reading.snapshot
    ordinary = [
        each for each in snapshot.cards.values() if each.role is None and not each.due_complete
    ]
    card = imported.world.store.cards[ordinary[0].id]
    before = card.desc
    imported.paul.label(card, "delegate")
    imported.paul.comment(card, "Merci d'avance")
    imported.later()
    imported.settled()
    imported.paul.comment(card, "méthode : faire\ncharge : 1h\nassistant : mel")
    imported.later()
    imported.settled()
    assert card.desc.startswith(before)
    assert "— delegate-bot · ref " in card.desc
    assert "mel" in imported.world.members(card)
    assert imported.written_by(imported.apply) == []
