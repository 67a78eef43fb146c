"""Which cards the bot needs whole: of the others, most of a large board, it keeps no text."""

from collections.abc import Callable, Iterable

from msgspec import Struct

from bot.domain.model import Card
from bot.domain.states import has_brief
from bot.domain.tokens import may_be_signed
from bot.domain.words import fold
from bot.resolve.names import RECOGNISED_DELEGATE, RECOGNISED_PORTFOLIO, card_reference
from bot.resolve.seen import SeenBoard, Weighed
from bot.settings import Settings


class Lightness(Struct, frozen=True):
    """What tells of cards whether they matter, before names are turned into ids."""

    labels: frozenset[str]
    """Ids of the board's labels that may be the one for delegation."""
    titles: frozenset[str]
    """Of portfolio cards, folded."""
    references: frozenset[str]
    """Ids and short links of portfolio cards."""

    def matters(self, card: Weighed) -> bool:
        """Tell whether any rule may look at what stands on a card: it bears the delegation label,
        the bot may have written on it, or it might be a portfolio card.
        """
        return self._is_labelled(card) or may_be_signed(card.desc) or self._may_be_portfolio(card)

    def without_log(self, cards: Iterable[Card]) -> dict[str, Card]:
        """Return those whose log rules will ask for and that is not known.

        As far as names tell, these are the cards that `bot.reading` takes for concerned, without
        the portfolio cards: their log is too long to be looked for in the board's.
        """
        return {
            each.id: each
            for each in cards
            if not each.contents.has_log
            and (self._is_labelled(each) or has_brief(each))
            and not self._may_be_portfolio(each)
        }

    def _is_labelled(self, card: Weighed) -> bool:
        return not self.labels.isdisjoint(card.label_ids)

    def _may_be_portfolio(self, card: Weighed) -> bool:
        named = card.id in self.references or card.short_link in self.references
        return named or fold(card.name) in self.titles


def lightness(settings: Settings) -> Callable[[SeenBoard], Lightness]:
    """Return what returns, of any board, what tells which of its cards matter."""
    delegate = settings.labels.delegate
    names = {fold(each) for each in ((delegate,) if delegate else RECOGNISED_DELEGATE)}
    portfolios = {each.portfolio for each in settings.boards if each.portfolio}
    titles = frozenset(map(fold, (*RECOGNISED_PORTFOLIO, *portfolios)))
    references = frozenset(filter(None, map(card_reference, portfolios)))

    def on(board: SeenBoard) -> Lightness:
        labels = (e.id for e in board.labels if e.id == delegate or fold(e.name) in names)
        return Lightness(frozenset(labels), titles, references)

    return on
