"""The two checklists the bot puts on a card, and the four answers an assistant can give.

Both checklists are known by their name in either language, whoever reads them.
"""

from collections.abc import Iterable, Mapping
from enum import Enum

from bot.domain.model import Card, Checklist, Language
from bot.domain.recall import recalled_by_value
from bot.domain.words import bare_first_line, fold


class Answer(Enum):
    """What an assistant says when asked how a task is going."""

    ON_TRACK = "on_track"
    UNCLEAR = "unclear"
    WAITING = "waiting"
    BLOCKED = "blocked"

    @property
    def passes_the_ball(self) -> bool:
        """True when the owner is needed before work can go on."""
        return self is not Answer.ON_TRACK


ANSWERS_NAME: Mapping[Language, str] = {"fr": "Où en êtes-vous ?", "en": "How is it going?"}
STEPS_NAME: Mapping[Language, str] = {"fr": "Étapes", "en": "Steps"}
ANSWER_ITEMS: Mapping[Language, Mapping[Answer, str]] = {
    "fr": {
        Answer.ON_TRACK: "En bonne voie",
        Answer.UNCLEAR: "Pas clair : j’ai une question",
        Answer.WAITING: "J’attends quelque chose ou quelqu’un",
        Answer.BLOCKED: "Bloqué : j’ai besoin d’aide",
    },
    "en": {
        Answer.ON_TRACK: "On track",
        Answer.UNCLEAR: "Unclear: I have a question",
        Answer.WAITING: "Waiting for something or someone",
        Answer.BLOCKED: "Blocked: I need help",
    },
}
_WORDS: Mapping[Answer, tuple[str, ...]] = {
    Answer.ON_TRACK: ("ok", "en bonne voie", "on track"),
    Answer.UNCLEAR: ("pas clair", "unclear"),
    Answer.WAITING: ("jattends", "waiting"),
    Answer.BLOCKED: ("bloque", "bloquee", "blocked"),
}
_BY_WORD = {word: answer for answer, words in _WORDS.items() for word in words}
_BY_ITEM = {fold(name): answer for items in ANSWER_ITEMS.values() for answer, name in items.items()}
_ANSWERS_NAMES = {fold(name) for name in ANSWERS_NAME.values()}
_STEPS_NAMES = {fold(name) for name in STEPS_NAME.values()}


@recalled_by_value(most=1 << 13)
def answer_in(comment: str) -> Answer | None:
    """Return the answer that a comment's first line gives in one word, if it gives one."""
    return _BY_WORD.get(bare_first_line(comment))


def answer_of_item(name: str) -> Answer | None:
    """Return the answer that a check item of the answers checklist stands for."""
    return _BY_ITEM.get(fold(name))


def is_answers(name: str) -> bool:
    """Tell whether a checklist of this name is the answers checklist."""
    return fold(name) in _ANSWERS_NAMES


def answers_of(card: Card) -> Checklist | None:
    """Return the card's answers checklist; of several the oldest."""
    return _oldest(each for each in card.checklists if is_answers(each.name))


def own_steps_of(card: Card) -> Checklist | None:
    """Return the checklist that the bot makes for the method's steps; of several the oldest."""
    return _oldest(each for each in card.checklists if is_steps(each.name))


def checklist_named(card: Card, name: str) -> Checklist | None:
    """Return the checklist of that name; of several the oldest."""
    return _oldest(each for each in card.checklists if each.name == name)


def _oldest(checklists: Iterable[Checklist]) -> Checklist | None:
    """Return the checklist that outlives its doubles: an id begins with its second of creation."""
    return min(checklists, key=lambda each: each.id, default=None)


def steps_of(card: Card) -> tuple[Checklist, ...]:
    """Return the checklists that hold steps of the work: all but the answers."""
    return tuple(each for each in card.checklists if not is_answers(each.name))


def is_steps(name: str) -> bool:
    """Tell whether a checklist of this name is the one the bot makes for the method's steps."""
    return fold(name) in _STEPS_NAMES
