"""Answers become the domain's words, or are unreadable; they are never guessed."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.domain.model import Action, Card, Contents, Reaction
from bot.ports import RetryLaterError
from bot.trello.decode import action_of, card_of, created_at, decode, entry_of, log_of, outline_of
from bot.trello.wire import WireAction, WireBoard, WireCard

ID = "5e93ba98614ac22d22f085c4"
CARD: dict[str, Any] = {
    "id": ID,
    "idBoard": "5e93ba98614ac22d22f085c5",
    "idList": "5e93ba98614ac22d22f085c6",
    "name": "Poêle",
    "desc": "Notes\r\n",
    "shortLink": "AbCd1234",
    "dateLastActivity": "2026-11-23T09:00:00.123+01:00",
    "closed": False,
    "idLabels": ["5e93ba98614ac22d22f085c7"],
    "idMembers": [],
    "due": "2026-12-04T16:00:00.000Z",
    "dueComplete": False,
    "pos": 140737488355328,
    "start": None,
    "isTemplate": False,
    "cardRole": None,
    "checklists": [
        {
            "id": "b",
            "name": "Second",
            "pos": 2,
            "checkItems": [
                {"id": "2", "name": "deux", "state": "complete", "pos": 9},
                {"id": "1", "name": "un", "state": "incomplete", "pos": 9},
            ],
        },
        {"id": "a", "name": "Premier", "pos": 1.5, "checkItems": []},
    ],
    "attachments": [{"id": "c", "name": "Plan", "url": "https://example.com", "isUpload": False}],
}
REQUIRED = {
    *("id", "idBoard", "idList", "name", "desc", "shortLink", "dateLastActivity", "closed"),
    *("idLabels", "idMembers", "due", "dueComplete"),
}


def _decoded(card: object) -> WireCard:
    return decode(json.dumps(card).encode(), WireCard, "GET /cards/x")


@pytest.mark.parametrize("switch", ["closed", "isTemplate", "dueComplete"])
def test_every_part_of_a_card_lies_in_its_place(switch: str) -> None:
    other = {"idMembers": ["m"], "start": "2026-12-01T08:00:00.000Z", "cardRole": "link", "pos": 7}
    found = outline_of(_decoded(CARD | other | {switch: True}))
    assert found == Card(
        id=ID,
        board_id="5e93ba98614ac22d22f085c5",
        list_id="5e93ba98614ac22d22f085c6",
        name="Poêle",
        short_link="AbCd1234",
        last_activity=datetime(2026, 11, 23, 8, 0, 0, 123000, tzinfo=UTC),
        created=created_at(ID),
        pos=7,
        closed=switch == "closed",
        is_template=switch == "isTemplate",
        role="link",
        due=datetime(2026, 12, 4, 16, tzinfo=UTC),
        due_complete=switch == "dueComplete",
        start=datetime(2026, 12, 1, 8, tzinfo=UTC),
        label_ids=frozenset({"5e93ba98614ac22d22f085c7"}),
        member_ids=("m",),
        contents=Contents(),
    )


@pytest.mark.covers("K7")
def test_a_card_is_read_with_its_parts_in_the_order_people_see() -> None:
    card = card_of(_decoded(CARD), None)
    assert card.last_activity == datetime(2026, 11, 23, 8, 0, 0, 123000, tzinfo=UTC)
    assert card.due == datetime(2026, 12, 4, 16, tzinfo=UTC)
    assert card.desc == "Notes\r\n"
    assert [each.name for each in card.checklists] == ["Premier", "Second"]
    assert [(each.name, each.done) for each in card.checklists[1].items] == [
        ("un", False),
        ("deux", True),
    ]
    assert card.log is None


@pytest.mark.covers("A16")
@pytest.mark.parametrize("key", sorted(REQUIRED))
def test_a_missing_key_that_is_needed_makes_the_answer_unreadable(key: str) -> None:
    without = {name: each for name, each in CARD.items() if name != key}
    with pytest.raises(RetryLaterError, match=key) as failure:
        _decoded(without)
    assert failure.value.route == "GET /cards/x"


@pytest.mark.covers("A16")
@pytest.mark.parametrize("key", sorted(set(CARD) - REQUIRED))
def test_every_other_key_may_be_missing(key: str) -> None:
    card_of(_decoded({name: each for name, each in CARD.items() if name != key}), None)


@pytest.mark.covers("A16")
def test_unknown_keys_are_ignored_wherever_they_stand() -> None:
    def more(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: more(each) for name, each in value.items()} | {"newIn2027": {"x": [1]}}
        return [more(each) for each in value] if isinstance(value, list) else value

    assert card_of(_decoded(more(CARD)), None) == card_of(_decoded(CARD), None)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b'"x"',
        b"{",
        b"\xff\xfe",
        b"<html></html>",
        b"[" * 99_999,
        b'{"more": ' + b"[" * 99_999 + b"}",
    ],
)
def test_an_answer_of_another_shape_is_unreadable(body: bytes) -> None:
    for shape in (WireCard, WireBoard):
        with pytest.raises(RetryLaterError, match="could not be read"):
            decode(body, shape, "GET /x")


@pytest.mark.covers("D19")
@pytest.mark.parametrize("due", ["2016-12-31T23:59:60.000Z", "2026-02-29T09:00:00.000Z", "demain"])
def test_an_hour_that_no_clock_of_ours_shows_makes_the_card_unreadable(due: str) -> None:
    with pytest.raises(RetryLaterError, match="due"):
        _decoded(CARD | {"due": due})


@pytest.mark.parametrize("cut", range(0, 700, 23))
def test_an_answer_cut_off_anywhere_is_unreadable(cut: int) -> None:
    body = json.dumps(CARD).encode()
    with pytest.raises(RetryLaterError):
        decode(body[:cut], WireCard, "GET /x")


def test_the_id_tells_when_a_card_was_made() -> None:
    assert created_at(ID) == datetime.fromtimestamp(0x5E93BA98, UTC)


@pytest.mark.parametrize("made", ["zzzzzzzz614ac22d22f085c4", ""])
def test_an_id_that_is_none_makes_the_answer_unreadable(made: str) -> None:
    with pytest.raises(RetryLaterError):
        card_of(_decoded(CARD | {"id": made}), None)


def _action(**more: Any) -> dict[str, Any]:
    return {
        "id": "a",
        "type": "commentCard",
        "date": "2026-11-23T08:00:00.000Z",
        "idMemberCreator": "m",
        "data": {},
        "appCreator": None,
    } | more


def test_actions_are_read_in_the_shapes_of_their_types() -> None:
    shown = [
        _action(id="1", data={"text": "Bonjour"}, appCreator={"id": "app"}),
        _action(id="2", type="updateCard", data={"old": {"desc": "Avant"}, "card": {"id": "x"}}),
        _action(id="3", type="updateCard", data={"old": {"due": None}}),
        _action(
            id="4",
            type="updateCard",
            data={"old": {"idList": "l1"}, "listBefore": {"id": "l1"}, "listAfter": {"id": "l2"}},
        ),
        _action(
            id="5",
            type="updateCheckItemStateOnCard",
            data={
                "checkItem": {"id": "i", "name": "Bloqué", "state": "complete"},
                "checklist": {"id": "c", "name": "Où en êtes-vous ?"},
            },
        ),
        _action(id="6", type="deleteCard"),
    ]
    wires = decode(json.dumps(shown).encode(), tuple[WireAction, ...], "GET /x")
    comment, desc, due, move, tick, other = (action_of(each) for each in wires)
    assert (comment.text, comment.app_id) == ("Bonjour", "app")
    assert (desc.field, desc.old) == ("desc", "Avant")
    assert (due.field, due.old) == ("due", None)
    assert (move.field, move.list_before, move.list_after) == ("idList", "l1", "l2")
    assert (tick.item, tick.item_done, tick.checklist) == ("Bloqué", True, "Où en êtes-vous ?")
    assert (other.field, other.app_id) == (None, None)


def _read(**more: Any) -> Action:
    return action_of(decode(json.dumps(_action(**more)).encode(), WireAction, "GET /x"))


@pytest.mark.parametrize(
    ("before", "after", "on", "off"),
    [
        ([], ["a"], {"a"}, set()),
        (["a"], ["a", "b"], {"b"}, set()),
        (["a", "b"], ["b"], set(), {"a"}),
        (["a", "b"], [], set(), {"a", "b"}),
        (["a", "b"], ["b", "c"], {"c"}, {"a"}),
        (["a", "b"], ["b", "a"], set(), set()),
    ],
)
def test_labels_put_on_and_taken_off_are_the_difference_of_the_two_sets(
    before: list[str], after: list[str], on: set[str], off: set[str]
) -> None:
    data = {"old": {"idLabels": before}, "card": {"id": "x", "idLabels": after}}
    read = _read(type="updateCard", data=data)
    assert (read.field, read.old) == ("idLabels", None)
    assert (set(read.labels_on), set(read.labels_off)) == (on, off)


@pytest.mark.parametrize(
    "data",
    [
        {"old": {"idLabels": ["a"]}},
        {"old": {"idLabels": ["a"]}, "card": None},
        {"old": {"idLabels": ["a"]}, "card": {"id": "x"}},
        {"old": {"idLabels": ["a"]}, "card": {"id": "x", "idLabels": None}},
        {"old": {"idLabels": None}, "card": {"id": "x", "idLabels": ["a"]}},
        {"old": {"desc": "a"}, "card": {"id": "x", "desc": "b", "idLabels": ["a"]}},
        {"old": {"idMembers": ["a"]}, "card": {"id": "x", "idLabels": ["b"]}},
    ],
)
def test_without_both_sets_nothing_is_said_about_labels(data: dict[str, Any]) -> None:
    read = _read(type="updateCard", data=data)
    assert (read.labels_on, read.labels_off) == (frozenset(), frozenset())


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("addAttachmentToCard", "devis.pdf"),
        ("deleteAttachmentFromCard", "devis.pdf"),
        ("updateCard", None),
        ("commentCard", None),
    ],
)
def test_an_attachment_is_named_where_it_comes_or_goes(kind: str, name: str | None) -> None:
    read = _read(type=kind, data={"attachment": {"id": "x", "name": "devis.pdf"}})
    assert read.attachment == name


@pytest.mark.parametrize(
    ("kind", "member"),
    [
        ("addMemberToCard", "mel"),
        ("removeMemberFromCard", "mel"),
        ("addMemberToBoard", None),
        ("commentCard", None),
        ("updateCard", None),
    ],
)
def test_a_member_is_told_where_one_comes_to_a_card_or_goes(kind: str, member: str | None) -> None:
    assert _read(type=kind, data={"idMember": "mel"}).about == member
    assert _read(type=kind, data={}).about is None


@pytest.mark.parametrize("field", ["due", "start", "desc", "name"])
def test_an_old_value_that_is_text_is_kept(field: str) -> None:
    read = _read(type="updateCard", data={"old": {field: "2026-11-30T08:00:00.000Z"}})
    assert (read.field, read.old) == (field, "2026-11-30T08:00:00.000Z")


def test_reactions_belong_to_their_action() -> None:
    told = _action(reactions=[{"idMember": "m", "emoji": {"shortName": "thumbsup"}}])
    entry = entry_of(decode(json.dumps(told).encode(), WireAction, "GET /x"))
    assert entry.action.reactions == (Reaction("m", "thumbsup"),)


def test_a_log_is_oldest_first_with_each_action_once() -> None:
    start = datetime(2026, 11, 23, tzinfo=UTC)
    made = [WireAction(str(n), "commentCard", start - timedelta(seconds=n), "m") for n in range(5)]
    assert [each.id for each in log_of((*made, *made[2:]))] == ["4", "3", "2", "1", "0"]


@pytest.mark.parametrize(
    ("body", "read"),
    [
        (b'["\\ud800x"]', ["\ufffdx"]),
        (b'["\\udc00\\ud83d\\ude00"]', ["\ufffd\U0001f600"]),
        (b'["\\ud83d\\ude00"]', ["\U0001f600"]),
        (b'["a"]', ["a"]),
    ],
)
def test_half_a_character_becomes_a_mark_and_the_rest_is_read(body: bytes, read: list[str]) -> None:
    assert decode(body, list[str], "GET /x") == read
