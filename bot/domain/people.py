"""Which of the configured people a card, a name or a line means."""

from bot.domain.model import Board, Card, Person
from bot.domain.words import fold


def assistant_on(card: Card, board: Board) -> Person | None:
    """Return the configured assistant on the card; of several the first in the file."""
    return next((each for each in board.assistants if each.member_id in card.member_ids), None)


def assistant_named(name: str, board: Board) -> Person | None:
    """Return the assistant meant by user name, full name or first name, if only one fits."""
    wanted = fold(name).lstrip("@＠")
    exact = [each for each in board.assistants if fold(each.username) == wanted]
    loose = [
        each
        for each in board.assistants
        if wanted and wanted in (fold(each.full_name), fold(first_name(each)))
    ]
    found = exact or loose
    return found[0] if len(found) == 1 else None


def first_name(person: Person) -> str:
    """Return the name to address a person by."""
    words = person.full_name.split()
    return words[0] if words else person.username
