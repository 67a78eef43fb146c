"""What ``setup`` asks first, and makes after asking: labels, the portfolio card, webhooks."""

from datetime import UTC, datetime
from typing import Final

from bot.access import Access, Door
from bot.hooks import Registered
from bot.ports import Outcome
from bot.resolve import SeenMember
from bot.trello.client import TrelloApi
from bot.trello.decode import decode, utc
from bot.trello.wire import WireAccount, WireDoor, WireToken, WireWebhook

_ACCOUNT: Final = {
    "fields": "username,fullName,email",
    "boards": "open",
    "board_fields": "name,shortLink,dateLastActivity,prefs",
}
_LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)


class SettingUp:
    """Makes what a board lacks; each call is one request."""

    def __init__(self, api: TrelloApi) -> None:
        self._api = api

    def access(self) -> Access:
        """Return whose token this is and what it opens (for ``check`` and ``setup``): two requests.

        Only a token with the scope ``account`` is shown its member's e-mail address, which is not
        kept: https://developer.atlassian.com/cloud/trello/guides/rest-api/authorization/
        Raises `StopError` for credentials that Trello refuses, and as reading does.
        """
        account = decode(self._api.get("/members/me", _ACCOUNT), WireAccount, "GET /members/me")
        token = decode(self._api.token_facts(), WireToken, "GET /tokens/{token}")
        boards = [each for each in token.permissions if each.model_type.lower() == "board"]
        return Access(
            member=SeenMember(account.id, account.username, account.full_name or account.username),
            doors=_doors(account.boards),
            may_write=all(each.write for each in boards),
            expires=utc(token.date_expires),
            reaches_account=account.email is not None,
        )

    def make_label(self, board_id: str, name: str, color: str | None) -> Outcome:
        """Make a label."""
        return self._api.write("POST", f"/boards/{board_id}/labels", {"name": name, "color": color})

    def make_card(self, list_id: str, name: str) -> Outcome:
        """Make a card (the portfolio card)."""
        return self._api.write("POST", "/cards", {"idList": list_id, "name": name, "pos": "top"})

    def webhooks(self) -> tuple[Registered, ...]:
        """Return the token's webhooks (for ``check`` and ``setup``). Raises as reading does."""
        shape, route = tuple[WireWebhook, ...], "GET /tokens/{token}/webhooks"
        return tuple(_registered(e) for e in decode(self._api.token_webhooks(), shape, route))

    def make_webhook(self, board_id: str, url: str, description: str) -> Outcome:
        """Let Trello call an address about a board; it must answer just then."""
        body = {"idModel": board_id, "callbackURL": url, "description": description}
        return self._api.write("POST", "/webhooks", body)

    def mend_webhook(self, webhook_id: str, url: str) -> Outcome:
        """Switch a webhook on, with that address.

        Not through ``/tokens/{token}/webhooks/{id}``, which is documented but answers 404.
        """
        path = f"/webhooks/{webhook_id}"
        return self._api.write("PUT", path, {"callbackURL": url, "active": True})

    def silence_webhook(self, webhook_id: str) -> Outcome:
        """Switch a webhook off."""
        return self._api.write("PUT", f"/webhooks/{webhook_id}", {"active": False})


def _registered(webhook: WireWebhook) -> Registered:
    return Registered(
        id=webhook.id,
        model=webhook.id_model,
        url=webhook.callback_url,
        description=webhook.description or "",
        active=webhook.active,
        failures=webhook.consecutive_failures or 0,
    )


def _doors(boards: tuple[WireDoor, ...]) -> tuple[Door, ...]:
    liveliest = sorted(boards, key=lambda e: e.date_last_activity or _LONG_AGO, reverse=True)
    return tuple(
        Door(
            id=each.id,
            name=each.name,
            short_link=each.short_link,
            activity=utc(each.date_last_activity),
            is_public=each.prefs.permission_level == "public",
        )
        for each in liveliest
    )
