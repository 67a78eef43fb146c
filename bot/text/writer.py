"""Write comments and briefs: the planner's pen."""

import re
from collections.abc import Iterator, Mapping

from bot.domain.mentions import unmentioning
from bot.domain.messages import (
    Ask,
    AskCore,
    AskLimit,
    Brief,
    Crossed,
    Dashboard,
    Digest,
    HandOver,
    Message,
    NoRoomError,
    UnwritableError,
    reader_of,
)
from bot.domain.model import Person
from bot.domain.tokens import signed
from bot.domain.written import length_of
from bot.text import comments, digest, follow_up
from bot.text.briefs import brief_values
from bot.text.catalogue import Phrases
from bot.text.comments import Values
from bot.text.engine import Engine, Markdown
from bot.text.neutral import in_brief, in_comment
from bot.text.work import MOST_FOR_A_BRIEF

LONGEST_COMMENT = 600
"""What one comment may take of a reader's time; the signature counts."""

LONGEST_DIGEST = 2_500
"""Half a minute on a phone, where a third of these are addresses that nobody sees."""

_LONGEST: Mapping[type[Message], int] = {
    Digest: LONGEST_DIGEST,
    Crossed: 16_384,
}
"""Where a comment may be longer than others; Trello takes 16,384 UTF-16 units."""

LONGEST_DASHBOARD = 12_000
"""Of the 16,384 UTF-16 units that Trello takes: the rest is for people's notes on that card."""

_USERNAME = re.compile(r"[A-Za-z0-9_.-]{1,100}")
_GAPS = re.compile(r"\n{3,}")
_NEXT_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])")


class Writer:
    """Turns messages and briefs into Markdown, in the language of who reads them."""

    def __init__(
        self, messages: Mapping[str, str], briefs: Mapping[str, str], phrases: Phrases
    ) -> None:
        """Take the sources: ``fr/ask.md`` … and ``_base.fr.md``, ``article.md`` … (bodies only)."""
        self._phrases = phrases
        self._messages = Engine(messages, in_comment)
        self._briefs = Engine(briefs, in_brief, MOST_FOR_A_BRIEF)
        self._bodies = {name for name, source in briefs.items() if source.strip()}

    def message(self, message: Message, ref: str) -> str:
        """Return a signed comment: of at most 600 characters, a digest of at most 2,500.

        What gives a person's own text back is as long as that text.
        """
        reader = reader_of(message)
        name = f"{reader.language}/{_template(message)}.md"
        longest = _LONGEST.get(type(message), LONGEST_COMMENT)
        mention = _mention(reader)
        drafts = ({"mention": mention, **values} for values in self._drafts(message))
        return self._first_that_fits(name, drafts, ref, longest)

    def dashboard(self, dashboard: Dashboard, ref: str) -> str:
        """Return the picture for the portfolio card, signed: at most 12,000 UTF-16 units."""
        name = f"{dashboard.reader.language}/dashboard.md"
        longest = min(LONGEST_DASHBOARD, dashboard.room)
        return self._first_that_fits(name, digest.dashboard(dashboard), ref, longest)

    def _first_that_fits(self, name: str, drafts: Iterator[Values], ref: str, longest: int) -> str:
        for values in drafts:
            text = signed(_GAPS.sub("\n\n", self._messages.render(name, values)), ref)
            if length_of(text) <= longest:
                return text
        raise NoRoomError(f"{name}: longer than {longest} characters")

    def _drafts(self, message: Message) -> Iterator[Values]:
        match message:
            case Ask() | AskCore() | HandOver() | AskLimit() | Crossed():
                return comments.drafts(message)
            case Digest():
                return digest.digest(message)
            case _:
                return follow_up.drafts(message, self._phrases)

    def brief(self, brief: Brief) -> str:
        """Return the brief, signed; raises :class:`UnwritableError` for a faulty template."""
        base = f"_base.{brief.language}.md"
        own = f"{brief.kind.name}.md"
        values = {**brief_values(brief, self._phrases), "base": base}
        text = self._briefs.render(own if own in self._bodies else base, values)
        return signed(_GAPS.sub("\n\n", unmentioning(text)), brief.ref)


def _template(message: Message) -> str:
    """Return the name that a message shares with its template: ``owner_awaited``."""
    return _NEXT_WORD.sub("_", type(message).__name__).lower()


def _mention(person: Person) -> Markdown:
    if not _USERNAME.fullmatch(person.username):
        raise UnwritableError(f"not a user name: {person.username!r}")
    return Markdown(f"@{person.username}")
