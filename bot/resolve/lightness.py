"""Which cards the bot needs whole: of the others, most of a large board, it keeps no text."""

from collections.abc import Iterable

from msgspec.structs import replace

from bot.domain.model import Card, Contents
from bot.domain.tokens import may_be_signed
from bot.domain.words import fold
from bot.resolve.names import RECOGNISED_DELEGATE, RECOGNISED_PORTFOLIO, card_reference
from bot.resolve.seen import SeenBoard
from bot.settings import Settings


def lightened(settings: Settings, board: SeenBoard, cards: Iterable[Card]) -> tuple[Card, ...]:
    """Return a board's cards, without description and parts where no rule looks at them.

    Whole stays what bears the delegation label, what the bot may have written on, and whatever
    might be a portfolio card.
    """
    delegate = settings.labels.delegate
    names = {fold(each) for each in ((delegate,) if delegate else RECOGNISED_DELEGATE)}
    labels = {each.id for each in board.labels if each.id == delegate or fold(each.name) in names}
    folios = {fold(each) for each in RECOGNISED_PORTFOLIO}
    folios |= {fold(each.portfolio) for each in settings.boards if each.portfolio}
    referred = {card_reference(each.portfolio) for each in settings.boards if each.portfolio}

    def matters(card: Card) -> bool:
        return (
            not labels.isdisjoint(card.label_ids)
            or may_be_signed(card.desc)
            or card.id in referred
            or card.short_link in referred
            or fold(card.name) in folios
        )

    return tuple(each if matters(each) else replace(each, contents=Contents()) for each in cards)
