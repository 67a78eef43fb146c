"""The bot's reading of logs against recorded answers of the real service."""

import json
from typing import Any

import pytest

from bot.domain.model import Action
from bot.trello.decode import action_of, decode
from bot.trello.wire import WireAction
from tests.contract.trello_facts import path_of, recordings, webhooks

PUT_ON = TAKEN_OFF = frozenset({"63d128782f36f2348afaf025"})
NONE: frozenset[str] = frozenset()


def read(action: dict[str, Any]) -> Action:
    return action_of(decode(json.dumps(action).encode(), WireAction, "GET /x"))


def recorded(name: str) -> Action:
    text = path_of(f"recordings/webhooks/{name}.json").read_text(encoding="utf-8")
    return read(json.loads(text)["action"])


@pytest.mark.parametrize(
    ("name", "field", "on", "off"),
    [
        ("AddLabel_Part2", "idLabels", PUT_ON, NONE),
        ("RemoveLabel_Part2", "idLabels", NONE, TAKEN_OFF),
        ("AddLabel_Part1", None, NONE, NONE),
        ("RemoveLabel_Part1", None, NONE, NONE),
        ("AddStartDate", "start", NONE, NONE),
        ("UpdateCardTitle", "name", NONE, NONE),
    ],
)
def test_a_recorded_change_of_labels_tells_which(
    name: str, field: str | None, on: frozenset[str], off: frozenset[str]
) -> None:
    found = recorded(name)
    assert (found.field, found.labels_on, found.labels_off) == (field, on, off)


@pytest.mark.parametrize(
    ("name", "attachment"),
    [("AddAttachment", "06 15_13_07.png"), ("RemoveAttachment", "aaa"), ("AddMember", None)],
)
def test_a_recorded_attachment_is_named(name: str, attachment: str | None) -> None:
    assert recorded(name).attachment == attachment


@pytest.mark.parametrize(
    ("name", "field", "old"),
    [
        ("ChangeDueDate", "due", "2023-02-02T21:52:00.000Z"),
        ("UpdateCardTitle", "name", "new name"),
    ],
)
def test_a_recorded_old_value_is_kept(name: str, field: str, old: str) -> None:
    found = recorded(name)
    assert (found.field, found.old) == (field, old)


def test_every_recorded_entry_is_read() -> None:
    shown = [*webhooks(), *_answered()]
    assert {each["id"] for each in shown} == {read(each).id for each in shown}


def _answered() -> list[dict[str, Any]]:
    bodies = [each["body"] for each in recordings()]
    every = [one for each in bodies for one in (each if isinstance(each, list) else [each])]
    return [each for each in every if isinstance(each, dict) and "memberCreator" in each]
