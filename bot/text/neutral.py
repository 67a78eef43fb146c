"""Make text from cards harmless: it appears literally, mentions nobody, breaks nothing.

Text that a person typed stays as it is on the card; this is for the bot's own texts that quote it.
Only what Markdown would act on gets a backslash, for notifications on phones show the raw text.
"""

import re
from urllib.parse import quote

from bot.text.visible import plain

__all__ = [
    "bare_link",
    "in_brief",
    "in_comment",
    "in_link",
    "in_notice",
    "link_target",
    "plain",
]

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
_SIGNATURE = re.compile(r"·(?=[\\\s]*+r\\*+e\\*+f)")

_DOT_OF_DOMAIN = re.compile(rf"(?<=\S)\.(?=[^\W\d_]{{2}})(?!{_FILE})")
_ENTITY_START = re.compile(r"&(?=#?\w{1,40};)")
_LOOK_ALIKES = str.maketrans("<>[]`*_~|\\@", "＜＞［］｀＊＿～｜＼＠")

# Possessive, so that no place is tried twice. What has a user name in front of its host, letters
# that look like others, or any other oddity there, is made to deceive and stays words.
_SITE = r"https?://[a-z0-9]++(?:(?:\.|-++|_)[a-z0-9]++)*+(?::\d{1,5}+)?+"
_URL = re.compile(
    rf"{_SITE}(?:[/?#][^\s<>\"'`|\\^{{}}\[\]«»“”]*+)?+(?![@%\w-]|:\S|\.\w)", re.IGNORECASE
)
_ADDRESS = re.compile(
    r"https?://[^\W_]++(?:(?:\.|-++|_)[^\W_]++)*+(?::\d{1,5}+)?+(?:[/?#]\S*+)?+", re.IGNORECASE
)
_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_ENTITY = r"|&(?=#?\w{1,40};)"
_ACTIVE_IN_TARGET = re.compile(r"[@`<>\"'\\^{}|\[\]]" + _ENTITY)
_ACTIVE_OR_ROUND = re.compile(r"[()]|" + _ACTIVE_IN_TARGET.pattern)
# What is recognised as an address to its end without brackets around, on any device.
_SIMPLE = re.compile(
    _SITE + r"(?:[/?#](?:[a-z0-9/?=#%+-]|&(?!#?\w{1,40};)|[.,;!](?=[a-z0-9/])"
    r"|(?<=[a-z0-9])_(?=[a-z0-9]))*+)?+",
    re.IGNORECASE | re.ASCII,
)
_AFTER_ADDRESS = ".,;:!?…*_~'’"


def in_comment(text: str) -> str:
    """Return text as it may stand in a comment: no markup, no link, no mention."""
    return _at_start(_literal(plain(text)))


def in_brief(text: str) -> str:
    """Return text as it may stand in a brief: web addresses stay clickable, the rest is literal."""
    out: list[str] = []
    done = 0
    line = plain(text)
    for found in _URL.finditer(line):
        out += [_literal(line[done : found.start()]), _clickable(found.group())]
        done = found.end()
    return _at_start("".join([*out, _literal(line[done:])]))


def in_link(text: str) -> str:
    """Return text as it may stand between the square brackets of a link, or as a file's name.

    Without ``https://``, for a brief is read again and only targets are links to attach.
    """
    return in_comment(_SCHEME.sub("", text))


def in_notice(text: str) -> str:
    """Return text as it may stand in mail and chat: one line that is no markup, link or mention.

    Each channel has a Markdown of its own and shows backslashes to people, so what might act is
    shown by its look-alike.
    """
    words = _DOT_OF_DOMAIN.sub("․", plain(text).replace("://", "：//"))
    return _ENTITY_START.sub("＆", words).translate(_LOOK_ALIKES)


def link_target(url: str) -> str | None:
    """Return a web address as the target of a Markdown link; ``None``: no web address."""
    address = re.sub(r"\s", lambda space: quote(space.group()), plain(url))
    if not _ADDRESS.fullmatch(address):
        return None
    active = _ACTIVE_IN_TARGET if _balanced(address) else _ACTIVE_OR_ROUND
    return active.sub(_percent, address)


def bare_link(target: str) -> str:
    """Return the shortest Markdown that shows a link's target itself."""
    return target if _SIMPLE.fullmatch(target) else f"<{target}>"


def _clickable(found: str) -> str:
    """Return an address as a link, without the punctuation of the sentence around."""
    end, unopened = len(found), found.count(")") - found.count("(")
    while found[end - 1] in _AFTER_ADDRESS or (found[end - 1] == ")" and unopened > 0):
        unopened -= found[end - 1] == ")"
        end -= 1
    return bare_link(found[:end].replace("@", "%40")) + _literal(found[end:])


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
