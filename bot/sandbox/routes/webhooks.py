"""Webhooks: kept and shown; nothing is delivered yet."""

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
    url, model = params.text("callbackURL"), params.text("idModel")
    if not url.startswith(("http://", "https://")):
        raise errors.invalid_value("callbackURL")
    if not is_object_id(model):
        raise errors.invalid_value("idModel")
    for each in store.webhooks.values():
        if (each.callback_url, each.id_model, each.id_token) == (url, model, token.id):
            text = "A webhook with that callback, model, and token already exists"
            raise errors.RefusedError(400, text)
    webhook = Webhook(
        id=store.new_id(),
        id_token=token.id,
        id_model=model,
        callback_url=url,
        description=params.text("description"),
        active=params.flag("active", default=True),
    )
    store.webhooks[webhook.id] = webhook
    return webhook_view(webhook)


def _webhook(call: Call, ref: str) -> Webhook:
    found = call.store.webhooks.get(ref)
    if found is None or found.id_token != _own_token(call).id:
        raise errors.not_found()
    return found


def read(call: Call, webhook: str) -> Json:
    """Answer ``GET /webhooks/{id}``."""
    return webhook_view(_webhook(call, webhook))


def update(call: Call, webhook: str) -> Json:
    """Answer ``PUT /webhooks/{id}``."""
    found, params = _webhook(call, webhook), call.params
    found.description = params.text("description", found.description)
    found.callback_url = params.text("callbackURL", found.callback_url)
    found.active = params.flag("active", default=found.active)
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
