"""What ``setup`` makes after asking: labels, the portfolio card, webhooks."""

from bot.hooks import Registered
from bot.ports import Outcome
from bot.trello.client import TrelloApi
from bot.trello.decode import decode
from bot.trello.wire import WireWebhook


class SettingUp:
    """Makes what a board lacks; each call is one request."""

    def __init__(self, api: TrelloApi) -> None:
        self._api = api

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
