"""A card's description, and the part of it that the bot has just written."""

from dataclasses import dataclass

from markupsafe import Markup

from bot.sandbox.clock import stamp
from bot.sandbox.page.drawing.markdown import rendered
from bot.sandbox.page.drawing.marks import Marks
from bot.sandbox.page.scene import Scene
from bot.sandbox.rows import Card
from bot.sandbox.store import Store


@dataclass(frozen=True, slots=True)
class Described:
    """A description in two parts; either may be empty."""

    text: str
    """All of it, as typed."""
    kept: Markup | None
    """What stood there before."""
    fresh: Markup | None
    why: str
    """Why the bot wrote what is fresh."""


def described(store: Store, scene: Scene, card: Card, mentions: frozenset[str]) -> Described:
    """Return a card's description; what the bot's last round left as it was is set apart."""
    why = Marks(scene, card).why("desc")
    cut = _common(_before(store, scene, card), card.desc) if why else len(card.desc)
    kept, fresh = card.desc[:cut], card.desc[cut:]
    return Described(
        text=card.desc,
        kept=rendered(kept, mentions) if kept.strip() else None,
        fresh=rendered(fresh, mentions) if fresh.strip() else None,
        why=why,
    )


def _before(store: Store, scene: Scene, card: Card) -> str:
    """Return the description as it was before the bot's last round."""
    began = stamp(scene.round.passes[0].at) if scene.round else ""
    for each in store.log(card.id):
        if each.date >= began and each.type == "updateCard" and "desc" in each.data["old"]:
            return str(each.data["old"]["desc"])
    return ""


def _common(old: str, new: str) -> int:
    """Return how long the paragraphs are that both texts begin with."""
    end = 0
    for paragraph in old.split("\n\n"):
        if not f"{new}\n\n".startswith(f"{paragraph}\n\n", end):
            break
        end = min(end + len(paragraph) + 2, len(new))
    return end
