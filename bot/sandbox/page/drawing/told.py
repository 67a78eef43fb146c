"""What the bot did last, on all cards: for the column beside the board's lists."""

from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter

from bot.sandbox.clock import stamp
from bot.sandbox.page.drawing.marks import deeds
from bot.sandbox.page.passes import LeftAlone, Pass, Round
from bot.sandbox.page.scene import Scene
from bot.sandbox.rows import Board
from bot.sandbox.store import Store


@dataclass(frozen=True, slots=True)
class CardTold:
    """What a pass did to a card."""

    name: str
    link: str
    deeds: tuple[tuple[str, str, int], ...]
    """What, why, how often in a row."""


@dataclass(frozen=True, slots=True)
class PassTold:
    """A pass that wrote something."""

    when: str
    cards: tuple[CardTold, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the bot did nothing."""

    about: str
    """A card, or on a card a rule."""
    link: str
    reason: str
    until: str
    """Before which nothing comes, if time alone decides."""


@dataclass(frozen=True, slots=True)
class Told:
    """The last round."""

    passes: tuple[PassTold, ...]
    silent: int
    """How many passes wrote nothing."""
    alone: tuple[Reason, ...]
    """Cards that the last pass left alone."""
    problem: str


def told(store: Store, scene: Scene, board: Board) -> Told | None:
    """Return what the bot did last on a board; ``None``: it has not been asked yet."""
    if scene.round is None:
        return None
    passes = [_pass(store, scene, board, each) for each in scene.round.passes]
    spoke = tuple(each for each in passes if each.cards)
    return Told(
        passes=spoke,
        silent=len(passes) - len(spoke),
        alone=tuple(_alone(store, scene, board, scene.round)),
        problem=next((each.problem for each in scene.round.passes if each.problem), ""),
    )


def _pass(store: Store, scene: Scene, board: Board, made: Pass) -> PassTold:
    ids = dict.fromkeys(each.card for each in made.written)
    cards = (store.cards[each] for each in ids if each in store.cards)
    return PassTold(
        when=scene.when(stamp(made.at)),
        cards=tuple(
            CardTold(
                card.name,
                scene.card_link(card.short_link),
                deeds(tuple(each for each in made.written if each.card == card.id), scene.language),
            )
            for card in cards
            if card.id_board == board.id
        ),
    )


def _alone(store: Store, scene: Scene, board: Board, last: Round) -> Iterator[Reason]:
    """Yield the cards that the last pass wrote nothing on, each with what it waits for."""
    written = {each.card for each in last.passes[-1].written}
    for each in dict.fromkeys(each.card for each in last.passes[-1].left_alone):
        card = store.cards.get(each)
        if card is None or card.id_board != board.id or each in written:
            continue
        why = _foremost(list(last.left_alone(each)))
        link = scene.card_link(card.short_link)
        yield Reason(card.name, link, why.reason[scene.language], _until(scene, why))


def reasons(scene: Scene, card: str) -> Iterator[Reason]:
    """Yield why the last pass did nothing more to a card, rule by rule."""
    for each in scene.round.left_alone(card) if scene.round else ():
        yield Reason(
            each.rule[scene.language], "", each.reason[scene.language], _until(scene, each)
        )


def _foremost(found: list[LeftAlone]) -> LeftAlone:
    """Return what a reader wants to know first: what comes next, or else the first reason."""
    timed = [each for each in found if each.until is not None]
    return min(timed, key=attrgetter("until"), default=found[0])


def _until(scene: Scene, why: LeftAlone) -> str:
    return scene.when(stamp(why.until)) if why.until else ""
