"""The sandbox against recorded answers of the real service."""

from typing import Any

import pytest

from bot.sandbox.views.action import action_view, full_action_view
from tests.contract.busy import busy_board
from tests.contract.replay import Recording, read, replayed
from tests.contract.shapes import missing
from tests.contract.trello_facts import recordings, webhooks

SERVED = [each for each in map(read, recordings()) if not each.unserved]
CASES: dict[str, Recording] = {
    f"{each.method} {each.kind} {sorted(each.query)} {each.status} {place}": each
    for place, each in enumerate(SERVED)
}
NOT_HERE = {
    ".cover.edgeColor": "covers made from images",
    ".cover.scaled": "covers made from images",
    ".cover.sharedSourceUrl": "covers made from images",
    ".siftDecision": "a check for spam, shown in 2020 only",
    ".attachment.previewUrl": "previews of images",
    ".attachment.previewUrl2x": "previews of images",
}
OTHERS_OBJECTS = frozenset({
    "addToOrganizationBoard", "copyBoard", "createCustomField", "createOrganization",
    "enablePlugin", "mentionedOnCard", "removeFromOrganizationBoard", "updateCustomFieldItem",
})  # fmt: skip
"""Actions about workspaces, Power-Ups and custom fields, which nothing here makes."""
OTHERS_FIELDS = frozenset({"address", "coordinates", "locationName"})
"""Fields of cards that only maps change."""


@pytest.mark.parametrize("name", CASES)
def test_a_recorded_request_is_answered_in_the_same_shape(name: str) -> None:
    recording = CASES[name]
    answer = replayed(recording)
    assert answer.status_code == recording.status, answer.text
    if isinstance(recording.answer, str):
        assert answer.text == recording.answer
        assert answer.content_type == "text/plain; charset=utf-8"
        return
    assert answer.content_type == "application/json; charset=utf-8"
    assert lacking(without_data(recording.answer), answer.get_json()) == []


def lacking(recorded: Any, ours: Any, *, depth: int = 1) -> list[str]:
    return [
        each
        for each in missing(recorded, ours, depth=depth)
        if each.removeprefix("[]") not in NOT_HERE
    ]


def without_data(answer: Any) -> Any:
    """Leave out the data of actions: it differs by type and has a test of its own."""
    if isinstance(answer, list):
        return [without_data(each) for each in answer]
    if isinstance(answer, dict) and "memberCreator" in answer:
        return {
            key: each for key, each in answer.items() if key not in {"data", "display", "member"}
        }
    return answer


def recorded_actions() -> list[dict[str, Any]]:
    found = list(webhooks())
    for each in SERVED:
        shown = each.answer if isinstance(each.answer, list) else [each.answer]
        found += [one for one in shown if isinstance(one, dict) and "memberCreator" in one]
    return found


def shape_of(action: dict[str, Any]) -> tuple[str, str]:
    return action["type"], next(iter(action["data"].get("old", ())), "")


def test_every_recorded_action_is_made_here_with_the_same_data() -> None:
    busy = busy_board()
    made: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for action in busy.world.store.actions.values():
        view = full_action_view(busy.world.store, action)
        made.setdefault(shape_of(view), []).append(view)
    faults = []
    for each in recorded_actions():
        shape = shape_of(each)
        if each["type"] in OTHERS_OBJECTS or shape[1] in OTHERS_FIELDS:
            continue
        ours = made.get(shape, [])
        lacks = [lacking(each["data"], one["data"], depth=2) for one in ours]
        if not ours or min(lacks, key=len):
            faults.append((shape, min(lacks, key=len, default=["nothing like it"])))
    assert faults == []


def test_every_recorded_action_has_the_keys_of_ours() -> None:
    busy = busy_board()
    ours = action_view(busy.world.store, busy.comment) | full_action_view(
        busy.world.store, busy.comment
    )
    for each in recorded_actions():
        keys = {key: value for key, value in each.items() if key not in {"data", "member"}}
        assert missing(keys, ours | {"display": each.get("display")}) == [], each["type"]
