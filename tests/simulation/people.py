"""What people do at any moment; each deed that is not possible then is left out."""

from collections.abc import Callable, Mapping
from random import Random

from bot.sandbox.errors import RefusedError
from bot.sandbox.rows import Card
from tests.simulation.ledger import Ledger
from tests.simulation.office import QuietOffice
from tests.simulation.scenarios import cards_of
from tests.simulation.spec import Deed
from tests.simulation.tokens import token


def acting(office: QuietOffice, ledger: Ledger) -> Callable[[Deed], object]:
    """Return who carries out deeds."""
    return lambda deed: _act(office, ledger, deed)


def _act(office: QuietOffice, ledger: Ledger, deed: Deed) -> None:
    rng = Random(deed.pick)  # noqa: S311 - the same seed, the same deed
    cards = [each for each in cards_of(office) if not each.closed]
    if not cards:
        return
    try:
        DEEDS[deed.what](Moment(office, ledger, rng), rng.choice(cards))
    except (RefusedError, LookupError):
        return


class Moment:
    """Where a deed is done."""

    def __init__(self, office: QuietOffice, ledger: Ledger, rng: Random) -> None:
        self.office, self.ledger, self.rng = office, ledger, rng
        self.paul, self.mel = office.paul, office.mel


def _types_above(m: Moment, card: Card) -> None:
    text = f"Un mot de plus {m.ledger.mark()}\n\n{card.desc}"
    m.ledger.save(m.paul, card, card.desc, text)


def _types_below(m: Moment, card: Card) -> None:
    m.ledger.save(m.paul, card, card.desc, f"{card.desc}\n\nEt encore {m.ledger.mark()}")


def _types_into(m: Moment, card: Card) -> None:
    lines = card.desc.split("\n")
    lines.insert(m.rng.randrange(len(lines) + 1), f"Au milieu {m.ledger.mark()}")
    m.ledger.save(m.paul, card, card.desc, "\n".join(lines))


def _replaces_all(m: Moment, card: Card) -> None:
    m.ledger.save(m.paul, card, card.desc, f"Tout autre chose {m.ledger.mark()}")


def _comments(m: Moment, card: Card) -> None:
    m.rng.choice((m.paul, m.mel)).comment(card, f"Une remarque {m.ledger.mark()}")


def _commands(m: Moment, card: Card) -> None:
    who = m.rng.choice((m.paul, m.mel))
    who.comment(
        card, m.rng.choice(("/pourquoi", "/aide", "/pause 1j", "/silence", "/go", "/reprende"))
    )


def _ticks(m: Moment, card: Card) -> None:
    items = m.office.world.items(card)
    if items:
        m.mel.tick(card, m.rng.choice(items))


def _labels(m: Moment, card: Card) -> None:
    name = m.office.words.labels[m.rng.choice(("important", "hold", "delegate", "stalled"))]
    on = name in m.office.world.labels(card)
    (m.paul.unlabel if on else m.paul.label)(card, name)
    m.ledger.speak(card)


def _holds(m: Moment, card: Card) -> None:
    m.paul.label(card, m.office.words.labels["hold"])
    m.ledger.silence(card, "« hold » was put on")


def _takes_back(m: Moment, card: Card) -> None:
    m.paul.unlabel(card, m.office.words.labels["delegate"])
    m.ledger.silence(card, "« delegate » was taken off")


def _pastes_reference(m: Moment, card: Card) -> None:
    """Post what looks like the bot's own word on this card: it must count for nothing."""
    kinds = ("hand-over", m.mel.id), ("ask", "once"), ("triage", "once"), ("brief", "once")
    acts = [("stall", each.id) for each in m.office.app.store.log(card.id)]
    kind, about = m.rng.choice((kinds[0], *kinds, *acts))
    ref = token(card.id, kind, about)
    m.mel.comment(card, f"Vu.\n\n— delegate-bot · ref {ref}")


def _moves(m: Moment, card: Card) -> None:
    m.office.move(card, m.rng.randrange(4), m.rng.choice((m.paul, m.mel)))


def _archives(m: Moment, card: Card) -> None:
    m.paul.archive(card)
    m.ledger.silence(card, "it was archived")


def _deletes(m: Moment, card: Card) -> None:
    m.paul.delete(card)
    m.ledger.forget(card)


def _deletes_comment(m: Moment, card: Card) -> None:
    mine = [c for c in m.office.world.comments(card) if c.id_app == m.office.grant.id_app]
    if mine:
        m.paul.delete_comment(m.rng.choice(mine))


def _unassigns(m: Moment, card: Card) -> None:
    m.paul.unassign(card, m.mel)


def _assigns(m: Moment, card: Card) -> None:
    m.paul.assign(card, m.mel)


def _dates(m: Moment, card: Card) -> None:
    day = m.office.now.replace(month=12, day=m.rng.randrange(8, 20), hour=15)
    m.paul.set_due(card, m.rng.choice((None, day)))


def _renames(m: Moment, card: Card) -> None:
    m.paul.rename(card, f"{card.name} bis")


def _copies(m: Moment, card: Card) -> None:
    m.paul.copy_card(card)


DEEDS: Mapping[str, Callable[[Moment, Card], None]] = {
    name.removeprefix("_"): deed
    for name, deed in list(globals().items())
    if name.startswith("_") and name != "_act" and getattr(deed, "__module__", "") == __name__
}
TYPING = ("types_above", "types_below", "types_into", "replaces_all")
"""Deeds that change a description."""
