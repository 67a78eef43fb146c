"""Where recordings of the real service are: a folder named by ``TRELLO_FACTS``, or samples."""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SAMPLES = Path(__file__).parent / "samples"


def folder() -> Path:
    """Return the folder with the OpenAPI document, recordings and an export."""
    return Path(os.environ.get("TRELLO_FACTS") or ROOT.parent / "shared" / "trello")


def path_of(name: str) -> Path:
    """Return a file of the folder; skips the test where it is absent."""
    path = folder() / name
    if not path.exists():
        pytest.skip(f"{name} is not here (set TRELLO_FACTS)")
    return path


@cache
def openapi() -> dict[str, Any]:
    """Return Atlassian's OpenAPI document."""
    document: dict[str, Any] = json.loads(path_of("openapi.json").read_text(encoding="utf-8"))
    return document


def recordings() -> list[dict[str, Any]]:
    """Return recorded pairs: those of the folder, and the project's own samples."""
    return [
        *_pairs(SAMPLES / "interactions.jsonl"),
        *_pairs(folder() / "recordings/interactions.jsonl"),
    ]


def _pairs(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8") as lines:
        return [json.loads(each) for each in lines]


def webhooks() -> list[dict[str, Any]]:
    """Return recorded actions: those that webhooks brought, and the project's own samples."""
    found = []
    for place in (SAMPLES / "actions", folder() / "recordings/webhooks"):
        for path in sorted(place.glob("*.json")) if place.exists() else ():
            body = json.loads(path.read_text(encoding="utf-8"))
            shown = body if isinstance(body, list) else [body.get("action", body)]
            found += [each for each in shown if "type" in each]
    return found
