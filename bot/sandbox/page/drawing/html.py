"""HTML from what is to be shown: templates, style, and the policy that lets nothing else in."""

from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.sandbox.page.scene import Scene

FOLDER = Path(__file__).parent / "templates"


@cache
def style() -> str:
    """Return the style sheet that stands in every page."""
    return (FOLDER / "page.css").read_text(encoding="utf-8")


@cache
def policy() -> str:
    """Return the content security policy: this style sheet and nothing else."""
    digest = b64encode(sha256(style().encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def drawn(template: str, scene: Scene, **shown: Any) -> str:
    """Return a page."""
    return (
        _environment()
        .get_template(template)
        .render(
            scene=scene,
            say=scene.say,
            style=Markup(style()),  # noqa: S704 - our own file
            policy=policy(),
            **shown,
        )
    )
