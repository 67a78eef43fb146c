"""What came with a request: values of query, form and JSON body, and files."""

from typing import Any

from werkzeug.wrappers import Request

from bot.sandbox import errors
from bot.sandbox.attachments import Upload


def values_in(request: Request) -> dict[str, Any]:
    """Return all named values; the body wins over the query."""
    values: dict[str, Any] = request.args.to_dict()
    values.update(request.form.to_dict())
    if request.is_json and request.content_length:
        body = request.get_json(silent=True)
        if isinstance(body, dict):
            values.update(body)
    return values


def uploads_in(request: Request) -> dict[str, Upload]:
    """Return uploaded files by their field."""
    found: dict[str, Upload] = {}
    for field, each in request.files.items():
        if not each.filename:
            raise errors.invalid_value(field)
        found[field] = Upload(each.filename, each.read(), each.mimetype or "")
    return found
