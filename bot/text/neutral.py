"""Make text from cards harmless: it appears literally, mentions nobody, breaks nothing.

Text that a person typed stays as it is on the card; this is for the bot's own texts that quote it.
Only what Markdown would act on gets a backslash, for notifications on phones show the raw text.
"""

import re

from bot.text.visible import plain

__all__ = ["bare_link", "in_brief", "in_comment", "in_link", "link_target", "plain"]

# Endings of files, of which none is a domain of the internet: "devis.pdf" becomes no link.
_FILE = r"(?:pdf|docx?|xlsx?|pptx?|csv|txt|odt|ods|odp|png|jpe?g|gif|webp|heic|mp[34]|html?)\b"
_SYNTAX = re.compile(
    r"[\\`\[\]]"
    r"|(?<!\s)\*|\*(?!\s)"  # 2 * 3 is no emphasis
    r"|(?<![^\W_])_|_(?![^\W_])"  # nor is the name of a_file
    r"|~(?=~)|(?<=~)~"
    r"|<(?=[A-Za-z/!?]|$)"
    r"|&(?=#?\w{1,40};)"
    r"|/(?=/)"  # http://, and // alone
    rf"|(?<=\S)\.(?=[^\W\d_]{{2}})(?!{_FILE})"  # example.com
    r"|:(?=[\w+-]{1,60}:)"  # names of emoji
)
_AT_START = re.compile(r"^(?:[#=>]|[+-](?=[\s-]|$))")
_NUMBER_AT_START = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")
# A title must not end like one of the bot's own texts (bot.domain.tokens).
_SIGNATURE = re.compile(r"·(?=[\\\s]{0,20}r\\?e\\?f)")

_URL = re.compile(r"https?://[^\W_][^\s<>\"'`|\\^{}\[\]«»“”]*", re.IGNORECASE)
_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_UNSAFE = r"[@`<>\"'\\^{}|\[\]]|&(?=#?\w{1,40};)"
_ACTIVE_IN_TARGET = re.compile(_UNSAFE)
_ACTIVE_OR_ROUND = re.compile(_UNSAFE + r"|[()]")
_ACTIVE_IN_URL = re.compile(
    _UNSAFE + r"|[*~]"
    r"|(?<![^\W_])_|_(?![^\W_])"
    r"|:(?=[\w+-]{1,60}:)"
)


def in_comment(text: str) -> str:
    """Return text as it may stand in a comment: no markup, no link, no mention."""
    return _at_start(_literal(plain(text)))


def in_brief(text: str) -> str:
    """Return text as it may stand in a brief: web addresses stay clickable, the rest is literal."""
    out: list[str] = []
    done = 0
    line = plain(text)
    for found in _URL.finditer(line):
        out += [_literal(line[done : found.start()]), _ACTIVE_IN_URL.sub(_percent, found.group())]
        done = found.end()
    return _at_start("".join([*out, _literal(line[done:])]))


def in_link(text: str) -> str:
    """Return text as it may stand between the square brackets of a link, or as a file's name.

    Without ``https://``, for a brief is read again and only targets are links to attach.
    """
    return in_comment(_SCHEME.sub("", text))


def link_target(url: str) -> str | None:
    """Return a web address as the target of a Markdown link; ``None``: no web address."""
    address = plain(url).replace(" ", "%20")
    if not _ADDRESS.fullmatch(address):
        return None
    active = _ACTIVE_IN_TARGET if _balanced(address) else _ACTIVE_OR_ROUND
    return active.sub(_percent, address)


def bare_link(target: str) -> str:
    """Return the shortest Markdown that shows a link's target itself."""
    return target if _ACTIVE_IN_URL.sub(_percent, target) == target else f"<{target}>"


def _balanced(address: str) -> bool:
    opened = 0
    for char in address:
        opened += (char == "(") - (char == ")")
        if opened < 0:
            return False
    return opened == 0


def _literal(line: str) -> str:
    escaped = _SYNTAX.sub(_with_backslash, line)
    return _SIGNATURE.sub("•", escaped).replace("@", "＠")


def _at_start(line: str) -> str:
    return _NUMBER_AT_START.sub(r"\1\\\2", _AT_START.sub(_with_backslash, line))


def _with_backslash(found: re.Match[str]) -> str:
    return "\\" + found.group()


def _percent(found: re.Match[str]) -> str:
    return f"%{ord(found.group()):02X}"
