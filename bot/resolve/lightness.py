"""Which cards the bot needs whole: of the others, most of a large board, it keeps no text."""

from collections.abc import Iterable

from msgspec import Struct

from bot.domain.model import Card
from bot.domain.states import has_brief
from bot.domain.tokens import may_be_signed
from bot.domain.words import fold
from bot.resolve.names import RECOGNISED_DELEGATE, RECOGNISED_PORTFOLIO, card_reference
from bot.resolve.seen import Outline, SeenBoard
from bot.settings import Settings


class Lightness(Struct, frozen=True):
    """What tells on one board which cards matter, before names are turned into ids."""

    labels: frozenset[str]
    """Ids of labels that may be the one for delegation."""
    titles: frozenset[str]
    """Of portfolio cards, folded."""
    references: frozenset[str]
    """Ids and short links of portfolio cards."""

    def matters(self, card: Outline) -> bool:
        """Tell whether any rule may look at what stands on a card: it bears the delegation label,
        the bot may have written on it, or it might be a portfolio card.
        """
        return self._is_labelled(card) or may_be_signed(card.desc) or self._may_be_portfolio(card)

    def unheard(self, cards: Iterable[Card]) -> dict[str, Card]:
        """Return those whose log rules will ask for and that is not known; no portfolio cards."""
        return {
            each.id: each
            for each in cards
            if not each.contents.has_log
            and (self._is_labelled(each) or has_brief(each))
            and not self._may_be_portfolio(each)
        }

    def _is_labelled(self, card: Outline) -> bool:
        return not self.labels.isdisjoint(card.label_ids)

    def _may_be_portfolio(self, card: Outline) -> bool:
        named = card.id in self.references or card.short_link in self.references
        return named or fold(card.name) in self.titles


def lightness(settings: Settings, board: SeenBoard) -> Lightness:
    """Return what tells on a board which cards matter."""
    delegate = settings.labels.delegate
    names = {fold(each) for each in ((delegate,) if delegate else RECOGNISED_DELEGATE)}
    labels = {each.id for each in board.labels if each.id == delegate or fold(each.name) in names}
    portfolios = {each.portfolio for each in settings.boards if each.portfolio}
    return Lightness(
        frozenset(labels),
        frozenset(map(fold, (*RECOGNISED_PORTFOLIO, *portfolios))),
        frozenset(filter(None, map(card_reference, portfolios))),
    )
