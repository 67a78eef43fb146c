"""Each change as the one request that makes it: the counterpart of what the bot reads."""

from collections.abc import Callable
from typing import Final, assert_never

from bot.domain.answers import checklist_named
from bot.domain.changes import (
    AddAttachment,
    AddCheckItem,
    AddChecklist,
    AddLabel,
    AddMember,
    Change,
    DeleteComment,
    DeletePart,
    EditComment,
    PostComment,
    React,
    RemoveLabel,
    SetDates,
    SetDescription,
    SetPortfolio,
    Untick,
)
from bot.domain.model import Card, Instant
from bot.ports import Outcome, SkipError
from bot.trello.client import TrelloApi, Upload

_PLACES: Final = {"checklist": "checklists", "check_item": "checkItem", "attachment": "attachments"}
"""Where the parts of a card are, below its own path."""

FileReader = Callable[[str, str], bytes]
"""Returns a file of a kind's folder by the kind's name and the file's."""


class Writes:
    """Sends changes to Trello, one request each."""

    def __init__(self, api: TrelloApi, read_file: FileReader) -> None:
        self._api = api
        self._read_file = read_file

    def request(self, card: Card, change: Change) -> Outcome:
        """Make one change. Raises `SkipError` when it cannot even be asked for."""
        write, at = self._api.write, f"/cards/{card.id}"
        match change:
            case SetDescription(text=text, due=due, start=start):
                return write("PUT", at, {"desc": text, **_dates(due, start)})
            case SetPortfolio(text=text):
                return write("PUT", at, {"desc": text})
            case SetDates(due=due, start=start):
                return write("PUT", at, _dates(due, start))
            case AddChecklist(name=name, source=source):
                copied = {"idChecklistSource": source} if source else {}
                return write("POST", f"{at}/checklists", {"name": name, **copied})
            case AddCheckItem(checklist=checklist, name=name):
                place = f"/checklists/{_checklist_id(card, checklist)}/checkItems"
                return write("POST", place, {"name": name, "pos": "bottom"})
            case AddAttachment():
                return self._attach(at, change)
            case AddMember(member_id=member_id):
                return write("POST", f"{at}/idMembers", {"value": member_id})
            case AddLabel(label_id=label_id):
                return write("POST", f"{at}/idLabels", {"value": label_id})
            case Untick(item_id=item_id):
                return write("PUT", f"{at}/checkItem/{item_id}", {"state": "incomplete"})
            case RemoveLabel() | DeletePart():
                return write("DELETE", f"{at}/{_place(change)}")
            case PostComment() | EditComment() | DeleteComment() | React():
                return self._comment(at, change)
            case _:
                assert_never(change)

    def _comment(
        self, at: str, change: PostComment | EditComment | DeleteComment | React
    ) -> Outcome:
        write = self._api.write
        match change:
            case PostComment(text=text):
                return write("POST", f"{at}/actions/comments", {"text": text})
            case EditComment(action_id=action_id, text=text):
                return write("PUT", f"/actions/{action_id}", {"text": text})
            case DeleteComment(action_id=action_id):
                return write("DELETE", f"/actions/{action_id}")
            case React(action_id=action_id, emoji=emoji):
                return write("POST", f"/actions/{action_id}/reactions", {"shortName": emoji})
            case _:
                assert_never(change)

    def _attach(self, at: str, change: AddAttachment) -> Outcome:
        place = f"{at}/attachments"
        if change.url is not None:
            return self._api.write("POST", place, {"url": change.url, "name": change.name[:256]})
        try:
            content = self._read_file(change.kind or "", change.name)
        except OSError as problem:
            message = f"The file {change.name} of brief {change.kind} cannot be read"
            raise SkipError(message, why="refused") from problem
        return self._api.write("POST", place, {"name": change.name}, Upload(change.name, content))


def _dates(due: Instant | None, start: Instant | None) -> dict[str, str]:
    dates = {"due": due, "start": start}
    return {name: written_instant(at) for name, at in dates.items() if at}


def written_instant(at: Instant) -> str:
    """Return an instant as Trello reads it."""
    return at.isoformat().replace("+00:00", "Z")


def _place(change: RemoveLabel | DeletePart) -> str:
    """Return where what is taken off a card stands, below the card's own path."""
    if isinstance(change, RemoveLabel):
        return f"idLabels/{change.label_id}"
    return f"{_PLACES[change.part]}/{change.part_id}"


def _checklist_id(card: Card, name: str) -> str:
    found = checklist_named(card, name)
    if found is None:
        raise SkipError(f"The checklist {name!r} is no longer on the card", why="gone")
    return found.id
