"""The board of a small business, in French and in English: to look at, to try things on.

``furnish`` puts it into a world as its owner would have typed it; nobody has delegated anything
yet but one card on hold and one template, which are not to be touched.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.sandbox.people import Person
from bot.sandbox.rows import Board, BoardList, Card
from bot.sandbox.samples.english import ENGLISH
from bot.sandbox.samples.french import FRENCH
from bot.sandbox.samples.shape import (
    COLORS,
    CardKey,
    CardText,
    Language,
    ListKey,
    SampleText,
    Somebody,
)
from bot.sandbox.world import World

__all__ = ["COLORS", "SAMPLES", "CardKey", "Language", "ListKey", "Sample", "SampleText",
           "Somebody", "furnish"]  # fmt: skip

SAMPLES: Mapping[Language, SampleText] = {"fr": FRENCH, "en": ENGLISH}


@dataclass(frozen=True, slots=True)
class Sample:
    """The board in a world, and who works on it."""

    text: SampleText
    board: Board
    owner: Person
    first: Person
    second: Person
    robot: Person
    """The bot's own member."""
    lists: Mapping[ListKey, BoardList]
    cards: Mapping[CardKey, Card]


def furnish(world: World, language: Language = "fr") -> Sample:
    """Put the sample board into a world, everything dated now."""
    text = SAMPLES[language]
    owner, first, second = (
        world.add_person(each.username, each.full_name)
        for each in (text.owner, text.first, text.second)
    )
    robot = world.add_person("delegatebot", "Delegate Bot")
    board = owner.add_board(text.board, lists=text.lists.values())
    for key, name in text.labels.items():
        owner.add_label(board, name, COLORS[key])
    for each in (first, second, robot):
        world.invite(board, each)
    lists = {key: world.list_named(board, name) for key, name in text.lists.items()}
    cards = {each.key: _card(owner, lists[each.in_list], each, text) for each in text.cards}
    return Sample(text, board, owner, first, second, robot, lists, cards)


def _card(owner: Person, list_: BoardList, wanted: CardText, text: SampleText) -> Card:
    card = owner.add_card(
        list_,
        wanted.name,
        desc=wanted.desc,
        labels=[text.labels[each] for each in wanted.labels],
        due=wanted.due,
    )
    if wanted.checklist:
        owner.add_checklist(card, wanted.checklist[0], wanted.checklist[1:])
    if wanted.link:
        owner.attach(card, *wanted.link)
    if wanted.done:
        owner.complete(card)
    # Nobody makes a template by hand in the sandbox, so there is no act to go through.
    card.is_template = wanted.template
    return card
