"""A recorded request, asked again of the sandbox with the sandbox's own ids."""

import re
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from werkzeug.test import Client

from bot.sandbox import card_sets
from tests.contract.busy import Busy, busy_board

ABSENT = "0123456789abcdef01234567"
ID = re.compile(r"[0-9a-f]{24}")
UNSERVED = {
    "/organizations": "workspaces: the sandbox has none",
    "/notifications": "notifications: a later issue",
    "/customFields": "definitions of custom fields: kept raw on import, not served by id",
    "/customfields": "the same under its other spelling",
    "/cards/{id}/customField/": "writing custom fields",
    "/boards/{id}/customFields": "an import brings them, nothing makes them",
    "/cards/{id}/customFieldItems": "an import brings them, nothing makes them",
    "/cards/{id}/pluginData": "Power-Ups: the sandbox has none",
    "/members/{id}/organizations": "workspaces: the sandbox has none",
    "/members/{id}/notifications": "notifications: a later issue",
}


@dataclass(frozen=True)
class Recording:
    """One recorded pair."""

    method: str
    path: str
    query: dict[str, str]
    body: str
    status: int
    answer: Any

    @property
    def kind(self) -> str:
        """Path with ids taken out."""
        return ID.sub("{id}", self.path)

    @property
    def unserved(self) -> bool:
        return any(self.kind.startswith(each) for each in UNSERVED)


def read(pair: dict[str, Any]) -> Recording:
    """Read a pair as it stands in the file, without its credentials."""
    parts = urlsplit(pair["uri"])
    query = {k: v for k, v in parse_qsl(parts.query) if k not in {"key", "token"}}
    return Recording(
        pair["method"], parts.path.removeprefix("/1"), query, pair["request_body"],
        pair["status"], pair["body"],
    )  # fmt: skip


def replayed(recording: Recording) -> Any:
    """Return the sandbox's answer to a request of the same kind."""
    busy = busy_board()
    _prepare(busy, recording)
    pair = f'oauth_consumer_key="{busy.grant.key}", oauth_token="{busy.grant.token}"'
    return Client(busy.app).open(
        "/1" + _path(busy, recording),
        method=recording.method,
        query_string=recording.query or None,
        headers={"Authorization": f"OAuth {pair}"},
        **_body(busy, recording),
    )


def _prepare(busy: Busy, recording: Recording) -> None:
    """Bring the card into the state that the recorded answer speaks of."""
    store, card, refused = busy.world.store, busy.card, recording.status == 400
    voted = recording.method == "DELETE" and not refused
    voted = voted or (recording.method == "POST" and refused)
    if "membersVoted" in recording.path and recording.method != "GET" and not voted:
        card_sets.unvote(store, busy.mel.by, card, busy.mel.id)
    if recording.path.endswith("/idMembers"):
        busy.paul.unassign(card, busy.mel)


def _path(busy: Busy, recording: Recording) -> str:
    parts = recording.path.strip("/").split("/")
    for place, each in enumerate(parts):
        if ID.fullmatch(each) or each in {"member1", "member2", "MEMBER_TOKEN"}:
            parts[place] = _ref(busy, parts[place - 1], recording)
    return "/" + "/".join(parts)


def _ref(busy: Busy, kind: str, recording: Recording) -> str:
    if recording.status == 404:
        return ABSENT
    refs = {
        "actions": busy.comment.id,
        "attachments": busy.attachment.id,
        "boards": busy.board.id,
        "cards": busy.card.id,
        "checkItem": busy.checklist.id_items[0],
        "checklists": busy.checklist.id,
        "idLabels": busy.label,
        "idMembers": busy.mel.id,
        "labels": busy.label,
        "lists": busy.todo.id,
        "members": busy.mel.id,
        "membersVoted": busy.mel.id,
        "tokens": busy.grant.token,
        "webhooks": busy.webhook.id,
    }
    return refs[kind]


def _body(busy: Busy, recording: Recording) -> dict[str, Any]:
    if 'name="file"' in recording.body:
        return {"data": {"file": (BytesIO(b"x"), "a.txt")}}
    if not recording.body:
        return {}
    values = dict(parse_qsl(recording.body, keep_blank_values=True))
    return {"data": {key: _value(busy, recording, key, each) for key, each in values.items()}}


def _value(busy: Busy, recording: Recording, key: str, value: str) -> str:
    if not ID.search(value):
        return value
    names = {
        "idBoard": busy.board.id,
        "idBoardSource": busy.other.id,
        "idCard": busy.card.id,
        "idCardSource": busy.card.id,
        "idChecklistSource": busy.checklist.id,
        "idLabels": busy.free_label,
        "idList": busy.doing.id,
        "idListSource": busy.todo.id,
        "idMembers": busy.mel.id,
        "idModel": busy.card.id,
        "idOrganization": value,
    }
    values = {
        "idBoard": busy.other.id,
        "idLabels": busy.free_label,
        "idList": busy.doing.id,
        "idMembers": busy.mel.id,
        "membersVoted": busy.mel.id,
    }
    if recording.path.endswith("idBoard") and key == "idList":
        return busy.elsewhere.id
    return values[recording.path.rsplit("/", 1)[1]] if key == "value" else names[key]
