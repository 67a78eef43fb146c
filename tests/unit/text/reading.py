"""What a reader of Markdown sees: the words, and what they are."""

from collections.abc import Iterator
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

_MARKDOWN = MarkdownIt("gfm-like", {"html": False, "linkify": True})


@lru_cache(maxsize=256)
def _blocks(markdown: str) -> tuple[Token, ...]:
    """Parse a text once, however much is asked about it."""
    return tuple(_MARKDOWN.parse(markdown))


def tokens(markdown: str) -> list[Token]:
    """Return all tokens, those inside lines included."""
    return [
        token
        for block in _blocks(markdown)
        for token in ([block] if block.children is None else [block, *block.children])
    ]


def words(markdown: str) -> str:
    """Return the text as it is shown, a line for each block."""
    return "\n".join(
        "".join(_shown(block.children)) for block in _blocks(markdown) if block.children
    )


def _shown(children: list[Token]) -> Iterator[str]:
    for token in children:
        yield "\n" if token.type in ("softbreak", "hardbreak") else token.content


def skeleton(markdown: str) -> list[str]:
    """Return what there is besides words: paragraphs, lists, emphasis, links."""
    return [each.type for each in tokens(markdown) if each.type not in ("text", "inline")]


def links(markdown: str) -> list[str]:
    """Return where one can go by a click."""
    return [str(each.attrs["href"]) for each in tokens(markdown) if each.type == "link_open"]
