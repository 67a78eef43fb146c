"""How other tools read boards: written anew from what they publish, not their code.

- `py_trello`: the loop that py-trello's documentation suggests, with the library itself: boards,
  their lists, their cards, and ``card.fetch()``, which asks for the card, its plugin data,
  checklists, comments and attachments one by one (https://github.com/sarumont/py-trello).
- `bugwarrior`: boards, each one's open lists, each list's open cards, each card's comments
  (https://github.com/GothenburgBitFactory/bugwarrior, its Trello service).
- `tap_trello`: each board's custom fields and its cards, a thousand on a page, and each card's
  attachments (https://github.com/singer-io/tap-trello, streams cards and card_attachments).
- `card_by_card`: each board's cards, and each card with checklists, attachments and log nested in
  one request, as Trello's guide to nested resources shows.
- `batched`: the same, ten cards at a time with ``GET /batch``.

None of them remembers anything: an idle sweep costs what the first one costs.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias
from urllib.parse import quote, urlencode

import requests
from trello import TrelloClient

URL = "https://api.trello.com/1"
PAGE = 1000
BATCH = 10
WHOLE_CARD = {
    "checklists": "all",
    "attachments": "true",
    "actions": "commentCard,updateCard,createCard",
    "actions_limit": str(PAGE),
}

Sweep: TypeAlias = Callable[[requests.Session, str, str], int]
"""Reads everything there is for a key and a token, and returns how many cards it has seen."""


def py_trello(session: requests.Session, key: str, token: str) -> int:
    """Fetch every card of every list of every board."""
    client = TrelloClient(api_key=key, api_secret=token, http_service=session)
    seen = 0
    for board in client.list_boards("open"):
        for each in board.open_lists():
            for card in each.list_cards():
                card.fetch()
                seen += 1
    return seen


def bugwarrior(session: requests.Session, key: str, token: str) -> int:
    """Walk from boards to lists to cards to comments."""
    ask = Asking(session, key, token)
    fields = "name,idShort,shortLink,shortUrl,url,labels,due,desc"
    seen = 0
    for board in ask("/members/me/boards", fields="name"):
        for each in ask(f"/boards/{board['id']}/lists/open", fields="name"):
            for card in ask(f"/lists/{each['id']}/cards", filter="open", fields=fields):
                comments = f"/cards/{card['id']}/actions"
                ask(comments, filter="commentCard", memberCreator_fields="username")
                seen += 1
    return seen


def tap_trello(session: requests.Session, key: str, token: str) -> int:
    """Page through the cards, then ask for each one's attachments."""
    ask = Asking(session, key, token)
    seen = 0
    for board in ask("/members/me/boards", fields="id"):
        ask(f"/boards/{board['id']}/customFields")
        for card in _paged(ask, f"/boards/{board['id']}/cards/all"):
            ask(f"/cards/{card['id']}/attachments")
            seen += 1
    return seen


def card_by_card(session: requests.Session, key: str, token: str) -> int:
    """Read each card with all it has in one request."""
    ask = Asking(session, key, token)
    cards = _every_card(ask)
    for each in cards:
        ask(f"/cards/{each}", **WHOLE_CARD)
    return len(cards)


def batched(session: requests.Session, key: str, token: str) -> int:
    """Read ten whole cards with one request."""
    ask = Asking(session, key, token)
    cards = _every_card(ask)
    query = urlencode(WHOLE_CARD, safe="")
    for place in range(0, len(cards), BATCH):
        # The commas inside each address are escaped twice: those between them separate.
        urls = (quote(f"/cards/{each}?{query}", safe="/?&=%") for each in cards[place:][:BATCH])
        ask("/batch", urls=",".join(urls))
    return len(cards)


PY_TRELLO = "py-trello, card.fetch()"
SWEEPS: Mapping[str, Sweep] = {
    PY_TRELLO: py_trello,
    "bugwarrior": bugwarrior,
    "tap-trello": tap_trello,
    "card by card": card_by_card,
    "card by card, batched": batched,
}


class Asking:
    """GETs that fail loudly."""

    def __init__(self, session: requests.Session, key: str, token: str) -> None:
        self._session = session
        self._credentials = {"key": key, "token": token}

    def __call__(self, path: str, **params: str) -> Any:
        """Return what a path answers."""
        answer = self._session.get(URL + path, params=self._credentials | params)
        answer.raise_for_status()
        return answer.json()


def _every_card(ask: Asking) -> list[str]:
    boards = ask("/members/me/boards", fields="id")
    return [
        card["id"]
        for board in boards
        for card in _paged(ask, f"/boards/{board['id']}/cards", fields="name")
    ]


def _paged(ask: Asking, path: str, **params: str) -> Iterator[dict[str, Any]]:
    """Yield cards a thousand at a time, the newest first."""
    before: dict[str, str] = {}
    while True:
        page = ask(path, limit=str(PAGE), **params, **before)
        yield from page
        if len(page) < PAGE:
            return
        before = {"before": min(each["id"] for each in page)}
