"""Refusals: a status and a body, word for word as the real service has been seen to answer.

Most bodies are plain text on one line; a few are JSON. Where no real answer is on record the
text is inferred, and says so beside it.
"""

from typing import Any


class RefusedError(Exception):
    """The service says no: ``status`` and ``body`` (text, or a JSON object)."""

    def __init__(self, status: int, body: str | dict[str, Any]) -> None:
        super().__init__(f"{status} {body}")
        self.status = status
        self.body = body


def not_found() -> RefusedError:
    """Refuse: no such board, card, action, checklist, label or webhook."""
    return RefusedError(404, "The requested resource was not found.")


def list_not_found() -> RefusedError:
    """Refuse: no such list."""
    return RefusedError(404, "model not found")


def invalid_id() -> RefusedError:
    """Refuse an id in the path that cannot be one; checked before credentials."""
    return RefusedError(400, "invalid id")


def invalid_value(field: str) -> RefusedError:
    """Refuse a parameter with a value of the wrong kind, size or shape."""
    return RefusedError(400, f"invalid value for {field}")


def invalid_object_id() -> RefusedError:
    """Refuse an id in the body that cannot be one (a short link, for example)."""
    return RefusedError(400, "Invalid objectId")


def blank_board_name() -> RefusedError:
    """Refuse a board without a name."""
    return RefusedError(400, {"message": "invalid value for name", "error": "ERROR"})


def blank_list_name() -> RefusedError:
    """Refuse a list without a name."""
    return RefusedError(400, {"message": "invalid value for name", "error": "BAD_REQUEST_ERROR"})


def invalid_key() -> RefusedError:
    """Refuse: no key, or one that no application has."""
    return RefusedError(401, "invalid key")


def invalid_token() -> RefusedError:
    """Refuse a token that is unknown, revoked or expired."""
    return RefusedError(401, "invalid token")


def missing_scopes() -> RefusedError:
    """Refuse: no token where one is needed, or a read-only one that writes."""
    return RefusedError(401, {"message": "missing scopes"})


def board_hidden() -> RefusedError:
    """Refuse: the board is not for this member (or for nobody without credentials)."""
    return RefusedError(401, "unauthorized permission requested")


def card_hidden() -> RefusedError:
    """Refuse: the card is not for this member; also, inferred, what they may not do to it."""
    return RefusedError(401, "unauthorized card permission requested")


def callback_unreachable(url: str, status: int) -> RefusedError:
    """Refuse an address that does not answer HEAD with 200; the exact body is on record."""
    message = f"URL ({url}) did not return 200 status code, got {status}"
    return RefusedError(400, {"message": message, "error": "VALIDATOR_URL_RETURNED_ERROR"})


def webhook_exists() -> RefusedError:
    """Refuse a second webhook of one token with one model and one address."""
    return RefusedError(400, "A webhook with that callback, model, and token already exists")


class LimitError(RefusedError):
    """There would be more of something than the service allows."""


def limit_reached(error: str) -> LimitError:
    """Refuse for an object limit; the status is documented, the body's shape is inferred."""
    return LimitError(403, {"message": "Limit exceeded", "error": error})


def too_many_cards() -> RefusedError:
    """Refuse cards and their actions in one answer; the name is on record, the shape inferred."""
    message = "API_TOO_MANY_CARDS_REQUESTED"
    return RefusedError(403, {"message": message, "error": message})


def rate_limited(error: str) -> RefusedError:
    """Refuse for too many requests: ``API_TOKEN_LIMIT_EXCEEDED`` or ``API_KEY_LIMIT_EXCEEDED``."""
    return RefusedError(429, {"error": error, "message": "Rate limit exceeded"})
