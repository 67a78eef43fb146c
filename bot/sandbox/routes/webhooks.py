"""Webhooks: registered, shown and mended; ``deliveries.py`` posts what they announce."""

from bot.sandbox import errors
from bot.sandbox.call import NOTHING, Call, Route
from bot.sandbox.routes.members import token_of
from bot.sandbox.rows import Json, Token, Webhook
from bot.sandbox.views.parts import webhook_view
from bot.sandbox.words import is_object_id


def create(call: Call) -> Json:
    """Answer ``POST /webhooks``."""
    return _made(call, _own_token(call))


def create_for(call: Call, secret: str) -> Json:
    """Answer ``POST /tokens/{token}/webhooks``."""
    return _made(call, token_of(call, secret))


def _own_token(call: Call) -> Token:
    if call.token is None:
        raise errors.missing_scopes()
    return call.token


def _made(call: Call, token: Token) -> Json:
    params, store = call.params, call.store
    webhook = Webhook(
        id=store.new_id(),
        id_token=token.id,
        id_model=params.text("idModel"),
        callback_url=params.text("callbackURL"),
        description=params.text("description"),
    )
    _check(call, webhook, webhook.callback_url)
    webhook.active = params.flag("active", default=True)
    store.webhooks[webhook.id] = webhook
    return webhook_view(webhook)


def _check(call: Call, webhook: Webhook, url: str) -> None:
    """Refuse an address that a webhook cannot have; where webhooks are delivered, ask it."""
    if not url.startswith(("http://", "https://")):
        raise errors.invalid_value("callbackURL")
    if not is_object_id(webhook.id_model):
        raise errors.invalid_value("idModel")
    wanted = (url, webhook.id_model, webhook.id_token)
    others = (each for each in call.store.webhooks.values() if each.id != webhook.id)
    if any((each.callback_url, each.id_model, each.id_token) == wanted for each in others):
        raise errors.webhook_exists()
    status = 200 if call.store.courier is None else call.store.courier.status_at(url)
    if status != 200:
        raise errors.callback_unreachable(url, status)


def _webhook(call: Call, ref: str) -> Webhook:
    found = call.store.webhooks.get(ref)
    if found is None or found.id_token != _own_token(call).id:
        raise errors.not_found()
    return found


def read(call: Call, webhook: str) -> Json:
    """Answer ``GET /webhooks/{id}``."""
    return webhook_view(_webhook(call, webhook))


def update(call: Call, webhook: str) -> Json:
    """Answer ``PUT /webhooks/{id}``; one that is switched on or moved is asked whether it answers.

    ``PUT /tokens/{token}/webhooks/{id}`` is documented, but has been seen to answer 404.
    """
    found, params = _webhook(call, webhook), call.params
    url = params.text("callbackURL", found.callback_url)
    active = params.flag("active", default=found.active)
    if url != found.callback_url or (active and not found.active):
        _check(call, found, url)
    found.description = params.text("description", found.description)
    found.callback_url, found.active = url, active
    return webhook_view(found)


def delete(call: Call, webhook: str) -> Json:
    """Answer ``DELETE /webhooks/{id}``."""
    del call.store.webhooks[_webhook(call, webhook).id]
    return NOTHING


def list_of(call: Call, secret: str) -> list[Json]:
    """Answer ``GET /tokens/{token}/webhooks``."""
    token = token_of(call, secret)
    mine = [each for each in call.store.webhooks.values() if each.id_token == token.id]
    return [webhook_view(each) for each in mine]


ROUTES: tuple[Route, ...] = (
    ("POST", "/webhooks", create),
    ("GET", "/webhooks/<webhook>", read),
    ("PUT", "/webhooks/<webhook>", update),
    ("DELETE", "/webhooks/<webhook>", delete),
    ("GET", "/tokens/<secret>/webhooks", list_of),
    ("POST", "/tokens/<secret>/webhooks", create_for),
)
