"""What came with a request: values of query, form and JSON body, and files."""

from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl

from werkzeug.wrappers import Request

from bot.sandbox import errors
from bot.sandbox.attachments import Upload
from bot.sandbox.json_in import json_in


def values_in(request: Request) -> dict[str, Any]:
    """Return all named values; the body wins over the query."""
    values: dict[str, Any] = dict(_in_query(request.query_string))
    if not request.content_type:
        return values
    if not request.is_json:
        values.update(request.form.to_dict())
    elif request.content_length:
        values.update(_in_json(request.get_data()))
    return values


def _in_json(body: bytes) -> dict[str, Any]:
    """Return the values of a JSON object; what is none has none."""
    try:
        found = json_in(body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


@lru_cache(maxsize=1024)
def _in_query(query: bytes) -> dict[str, str]:
    """Return the values of a query, of repeated ones the first; clients ask much the same."""
    pairs = parse_qsl(query.decode(errors="replace"), keep_blank_values=True)
    return dict(reversed(pairs))


def uploads_in(request: Request) -> dict[str, Upload]:
    """Return uploaded files by their field."""
    found: dict[str, Upload] = {}
    if request.mimetype != "multipart/form-data":
        return found
    for field, each in request.files.items():
        if not each.filename:
            raise errors.invalid_value(field)
        found[field] = Upload(each.filename, each.read(), each.mimetype or "")
    return found
