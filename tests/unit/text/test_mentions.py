"""Whoever reads a text of the bot's as it is shown finds one mention in it, or none."""

import re
from collections.abc import Iterator
from typing import get_args

import pytest
from msgspec.structs import replace

from bot.domain.messages import Crossed, Dashboard, Message, reader_of
from bot.domain.model import Language, Person
from bot.domain.policy import Kind, KindText, Step
from tests.unit.text import pictures
from tests.unit.text.reading import tokens, words
from tests.unit.text.samples import REF, brief, messages, writer

LIVE = re.compile(r"(?<!\w)@[\w.-]+")
AT = (
    *("@board \\@lou", "`@board` **@**lou", "[@board](https://a.fr/@lou)", "＠board &#64;lou"),
    *("&commat;board &#x40;lou", "\\&#64;board &amp;#64;lou", "a\n@board <@lou> (@tom)"),
    "@\u200bboard mailto:@lou x@a.fr",
)
LANGUAGE: tuple[Language, ...] = ("fr", "en")
CASES = [(text, LANGUAGE[place % 2]) for place, text in enumerate(AT)]


def shown(markdown: str) -> str:
    """Return all words that a reader sees, those of code included."""
    return words(markdown) + "\n".join(t.content for t in tokens(markdown) if t.type == "fence")


def named(person: Person, said: str) -> Person:
    return replace(person, full_name=f"{said} {said}")


def sayings(said: str, language: Language) -> Iterator[Message]:
    """Yield a message of each sort about cards and people who are called like that."""
    for each in messages(language, said):
        yield with_names(each, said)
    yield with_names(pictures.digest_of(pictures.one_of_each(language, said), language), said)
    yield Crossed(pictures.owner(language), (said, f"```{said}", f"    {said}"))


def with_names(message: Message, said: str) -> Message:
    fields = {name: getattr(message, name) for name in message.__struct_fields__}
    people = {name: named(each, said) for name, each in fields.items() if isinstance(each, Person)}
    if "questions" in fields:
        people |= {"questions": (said,)}  # type: ignore[dict-item]
    return replace(message, **people)


def test_every_sort_of_message_is_looked_at() -> None:
    sorts = {sort for each in get_args(Message) for sort in get_args(each) or (each,)}
    assert {type(each) for each in sayings("mot", "fr")} == sorts


@pytest.mark.covers("S2")
@pytest.mark.parametrize(("said", "language"), CASES)
def test_a_comment_mentions_whom_it_addresses_and_nobody_else(
    said: str, language: Language
) -> None:
    for message in sayings(said, language):
        text = writer().message(message, REF)
        mention = f"@{reader_of(message).username}"
        assert LIVE.findall(shown(text)) == [mention], text
        assert text.startswith(mention)


@pytest.mark.covers("S2")
@pytest.mark.parametrize(("said", "language"), CASES)
def test_a_brief_and_a_dashboard_mention_nobody(said: str, language: Language) -> None:
    told = KindText(
        title=said,
        objective=said,
        why=said,
        result=said,
        method=(Step(said),),
        resources=(said,),
        sample=said,
        tools=(said,),
        deliver=said,
        decide=(said,),
    )
    own = brief(language, said, kind=Kind("generic", (), {language: told}, None))
    people = {"owner": named(own.owner, said), "assistant": named(own.assistant, said)}
    picture = pictures.one_of_each(language, said)
    reader = named(pictures.owner(language), said)
    for text in (
        writer().brief(replace(own, **people)),
        writer().dashboard(Dashboard(reader, picture, pictures.NOW, 16_384), REF),
    ):
        assert not LIVE.findall(shown(text)), text
