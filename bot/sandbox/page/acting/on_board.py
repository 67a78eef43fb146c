"""What people do on a board: new cards and lists, and cards dragged to another place."""

from collections.abc import Callable, Mapping

from bot.sandbox import cards
from bot.sandbox.errors import invalid_value
from bot.sandbox.page.acting.form import Form
from bot.sandbox.rows import Board, BoardList, Card
from bot.sandbox.store import Store


def add_card(form: Form, board: Board) -> str:
    """Add a card at the bottom of a list."""
    list_ = form.list_on(board)
    form.who.add_card(list_, form.line("name"))
    return f"l-{list_.id}"


def add_list(form: Form, board: Board) -> str:
    """Add a list at the right end."""
    return f"l-{form.who.add_list(board, form.line('name')).id}"


def drag(form: Form, board: Board) -> str:
    """Put a card before another one of a list, or at its end."""
    card, list_ = form.card_on(board), form.list_on(board)
    place(form, card, list_, _position(form.store, card, list_, form.text("before")))
    return f"c-{card.short_link}"


def place(form: Form, card: Card, list_: BoardList, pos: object) -> None:
    """Move a card to a place in a list."""
    if card.id_list == list_.id:
        cards.set_pos(form.store, form.who.by, card, pos)
    else:
        form.who.move(card, list_, pos)


def _position(store: Store, card: Card, list_: BoardList, before: str) -> object:
    others = [each for each in store.cards_in(list_) if each is not card]
    if not before:
        return "bottom"
    links = [each.short_link for each in others]
    if before not in links:
        raise invalid_value("before")
    at = links.index(before)
    if at == 0:
        return "top"
    return (others[at - 1].pos + others[at].pos) / 2


ACTS: Mapping[str, Callable[[Form, Board], str]] = {
    "add_card": add_card,
    "add_list": add_list,
    "drag": drag,
}
