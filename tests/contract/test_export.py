"""The export of a real board, brought in and shown again."""

import copy
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import Client

from bot.sandbox import World, create_app
from bot.sandbox.files import load, save
from bot.sandbox.import_export import NotAnExportError, import_board
from bot.sandbox.people import Person
from bot.sandbox.rows import Board
from tests.contract.shapes import missing
from tests.contract.trello_facts import SAMPLES, path_of

EXPORTS = ["sample", "real"]
HIDDEN_HERE = {"addMemberToBoard"}


@cache
def read(name: str) -> Any:
    path = SAMPLES / "board-export.json"
    if name == "real":
        path = path_of("board-export-2026.json")
    return json.loads(path.read_text(encoding="utf-8"))


class Imported:
    """An imported board and a member's client."""

    def __init__(self, name: str) -> None:
        self.export: dict[str, Any] = copy.deepcopy(read(name))
        self.world = World()
        self.board: Board = import_board(self.world.store, self.export)
        member = self.world.store.members[self.export["memberships"][0]["idMember"]]
        self.grant = self.world.grant(Person(self.world.store, member))
        self.client = Client(create_app(self.world.store))

    def get(self, path: str, **query: Any) -> Any:
        query |= {"key": self.grant.key, "token": self.grant.token}
        answer = self.client.get("/1" + path, query_string=query)
        assert answer.status_code == 200, answer.text
        return answer.get_json()


@pytest.mark.parametrize("name", EXPORTS)
def test_an_imported_board_is_shown_as_it_was(name: str) -> None:
    here = Imported(name)
    whole = here.get(
        f"/boards/{here.board.id}", fields="name,desc,closed,prefs,shortLink,dateLastActivity",
        lists="all", cards="all", labels="all", labels_limit=1000, members="all",
        card_checklists="all", card_attachments="true", card_customFieldItems="true",
    )  # fmt: skip
    for key in ("id", "name", "desc", "closed", "prefs", "shortLink", "dateLastActivity"):
        assert whole[key] == here.export[key]
    for key in ("lists", "labels"):
        ours = {each["id"]: each for each in whole[key]}
        for each in here.export[key]:
            same = {field: each[field] for field in ("name", "color") if field in each}
            assert {field: ours[each["id"]][field] for field in same} == same


@pytest.mark.parametrize("name", EXPORTS)
def test_an_imported_card_has_every_field_it_had_but_the_secret_address(name: str) -> None:
    here = Imported(name)
    ours = {each["id"]: each for each in here.get(
        f"/boards/{here.board.id}/cards", filter="all", attachments="true", pluginData="true",
        customFieldItems="true",
    )}  # fmt: skip
    same = ("name", "desc", "closed", "due", "dueComplete", "idList", "idShort", "idLabels",
            "idMembers", "isTemplate", "cardRole", "pos", "shortLink", "start",
            "dateLastActivity", "idChecklists")  # fmt: skip
    for each in here.export["cards"]:
        shown = ours[each["id"]]
        assert missing(each, shown, depth=1) == []
        assert {key: shown[key] for key in same} == {key: each[key] for key in same}
        assert shown["email"] is None
        assert shown["badges"]["comments"] == each["badges"]["comments"]


@pytest.mark.parametrize("name", EXPORTS)
def test_an_imported_log_is_shown_as_it_was(name: str) -> None:
    here = Imported(name)
    feed = here.get(f"/boards/{here.board.id}/actions", limit=1000)
    ours = {each["id"]: each for each in feed}
    for each in here.export["actions"]:
        for key in ("type", "date", "data", "appCreator", "idMemberCreator"):
            assert ours[each["id"]][key] == each[key]
    assert [each["date"] for each in feed] == sorted(
        (each["date"] for each in here.export["actions"]), reverse=True
    )


@pytest.mark.parametrize("name", EXPORTS)
def test_the_secret_posting_address_is_kept_nowhere(name: str, tmp_path: Path) -> None:
    here = Imported(name)
    for each in here.export["cards"]:
        each["email"] = "secret@boards.example"
    world = World()
    import_board(world.store, here.export)
    save(world.store, tmp_path / "state.json")
    assert "secret@boards.example" not in (tmp_path / "state.json").read_text(encoding="utf-8")
    assert load(tmp_path / "state.json", world.clock).boards.keys() == world.store.boards.keys()


def test_checklists_ticks_and_attachments_come_along() -> None:
    here = Imported("sample")
    card = here.get(
        f"/cards/{here.export['cards'][0]['id']}", checklists="all", attachments="true",
        members="true",
    )  # fmt: skip
    assert [each["state"] for each in card["checklists"][0]["checkItems"]] == [
        "complete", "incomplete",
    ]  # fmt: skip
    assert card["attachments"][0]["url"] == "https://example.com/modele"
    assert [each["username"] for each in card["members"]] == ["lucie"]


def test_work_goes_on_where_the_export_stops() -> None:
    here = Imported("sample")
    mel = here.world.person("lucie")
    card = next(iter(here.world.store.cards.values()))
    mel.comment(card, "on continue")
    made = mel.add_card(here.world.store.lists[card.id_list], "suite")
    assert made.id_short == max(each["idShort"] for each in here.export["cards"]) + 1


@pytest.mark.parametrize("export", [[], {}, {"id": "x"}, {"cards": [], "name": "x"}, "text", None])
def test_another_file_is_refused_with_what_it_lacks(export: Any) -> None:
    with pytest.raises(NotAnExportError, match="not the export"):
        import_board(World().store, export)


@pytest.mark.parametrize("path", [("cards", "idList"), ("lists", "name"), ("actions", "data")])
def test_a_damaged_export_changes_nothing(path: tuple[str, str]) -> None:
    export = copy.deepcopy(read("sample"))
    del export[path[0]][0][path[1]]
    world = World()
    with pytest.raises(NotAnExportError, match=path[1]):
        import_board(world.store, export)
    assert world.store.boards == {}
    assert world.store.cards == {}


@pytest.mark.parametrize(
    ("part", "damage", "told"),
    [
        ("cards", {"idList": "0" * 24}, "0" * 24),
        ("cards", {"due": "yesterday"}, "'yesterday' is no date"),
        ("cards", {"start": 5}, "not the export"),
        ("actions", {"date": "today"}, "'today' is no date"),
    ],
)
def test_what_no_page_could_show_is_refused(part: str, damage: dict[str, Any], told: str) -> None:
    export = copy.deepcopy(read("sample"))
    export[part][0] |= damage
    with pytest.raises(NotAnExportError, match=told):
        import_board(World().store, export)


def test_cards_that_are_no_list_are_refused() -> None:
    with pytest.raises(NotAnExportError, match="no cards"):
        import_board(World().store, read("sample") | {"cards": {}})


def test_what_hangs_on_cards_that_are_gone_is_left_out() -> None:
    export = copy.deepcopy(read("sample"))
    export["checklists"][0]["idCard"] = "0" * 24
    export["actions"][0]["data"]["card"]["id"] = "0" * 24
    world = World()
    board = import_board(world.store, export)
    assert world.store.checklists == {}
    comment = world.store.actions[export["actions"][0]["id"]]
    assert comment.id_card is None
    world.person("bastien").delete_comment(comment)
    assert comment not in world.store.log(board.id)


def test_a_board_is_imported_once() -> None:
    here = Imported("sample")
    with pytest.raises(NotAnExportError, match="already"):
        import_board(here.world.store, here.export)


def test_a_username_that_is_taken_gets_a_tail() -> None:
    world = World()
    world.add_person("lucie")
    import_board(world.store, copy.deepcopy(read("sample")))
    names = {each.username for each in world.store.members.values()}
    assert {"lucie", "lucie-00a1"} <= names
