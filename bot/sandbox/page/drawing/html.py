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
def script() -> str:
    """Return the script that stands in every page that is served."""
    return (FOLDER / "page.js").read_text(encoding="utf-8")


def policy(scene: Scene) -> str:
    """Return the content security policy: this style sheet, this script, and nothing else."""
    allowed = f"default-src 'none'; style-src '{_digest(style())}'; base-uri 'none'"
    if scene.whole:
        return f"{allowed}; form-action 'none'"
    return f"{allowed}; script-src '{_digest(script())}'; form-action 'self'"


@cache
def _digest(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


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
            script=Markup("" if scene.whole else script()),  # noqa: S704 - our own file
            policy=policy(scene),
            **{"refused": "", **shown},
        )
    )
