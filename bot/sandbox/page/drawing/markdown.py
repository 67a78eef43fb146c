"""People's Markdown as HTML that can do no harm.

Raw HTML shows as text, links lead to http and https only, images are links, nothing is loaded.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import Markup, escape

MENTION = re.compile(r"(?<![\w@/])@(\w+)")


def rendered(text: str, mentions: Iterable[str] = ()) -> Markup:
    """Return ``text`` as HTML, with the usernames ``mentions`` set off."""
    known = frozenset(mentions)
    return Markup(_PARSER.render(text, {"mentions": known}))  # noqa: S704 - the parser escapes


def web_link(url: str) -> bool:
    """Tell whether a page may link to ``url``."""
    try:
        return urlsplit(url.strip()).scheme.lower() in {"http", "https"}
    except ValueError:
        return False


class _Renderer(RendererHTML):
    def image(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:  # noqa: ARG002 - the library calls it so
        token = tokens[idx]
        source = str(token.attrGet("src") or "")
        name = token.content or source
        return f'<a rel="noopener noreferrer nofollow" href="{escape(source)}">{escape(name)}</a>'

    def link_open(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        tokens[idx].attrSet("rel", "noopener noreferrer nofollow")
        return self.renderToken(tokens, idx, options, env)

    def text(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:  # noqa: ARG002 - the library calls it so
        plain = str(escape(tokens[idx].content))
        return MENTION.sub(lambda found: _mention(found, env["mentions"]), plain)


def _mention(found: re.Match[str], known: frozenset[str]) -> str:
    if found[1].lower() not in known:
        return found[0]
    return f'<span class="mention">{found[0]}</span>'


def _parser() -> MarkdownIt:
    options = {"html": False, "linkify": True, "breaks": True}
    parser = MarkdownIt("commonmark", options, renderer_cls=_Renderer)
    parser.enable(["linkify", "strikethrough", "table"])
    parser.validateLink = web_link  # type: ignore[method-assign] # how the library takes it
    return parser


_PARSER = _parser()
