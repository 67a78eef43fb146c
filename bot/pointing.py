"""The board or card that a person names on the command line."""

from bot.domain.model import Board, Card
from bot.ports import StopError
from bot.reading import Reading
from bot.resolve import card_reference


class PointingError(StopError):
    """A command line names what is not there: its typist is told, nobody else."""


def named_board(name: str, reading: Reading) -> Board:
    """Return the served board that ``--board`` means: id, short link, address or name."""
    wanted = name.rstrip("/").split("/b/")[-1].split("/")[0].casefold()
    boards = reading.snapshot.boards.values()
    for board in boards:
        if wanted in {board.id, board.short_link.casefold(), board.name.casefold()}:
            return board
    known = ", ".join(f"{each.name} ({each.short_link})" for each in boards)
    raise PointingError(f"No configured board is called {name!r}; known: {known or 'none'}")


def named_card(name: str, reading: Reading) -> Card:
    """Return the card that ``explain`` means: id, short link, address, or exact title."""
    wanted = card_reference(name)
    cards = reading.snapshot.cards.values()
    found = [card for card in cards if wanted in {card.id, card.short_link}]
    found = found or [card for card in cards if card.name.casefold() == name.casefold()]
    if len(found) == 1:
        return found[0]
    what = "No visible card" if not found else f"{len(found)} cards"
    hint = "give its short link or address"
    raise PointingError(f"{what} of the configured boards: {name!r}; {hint}")
