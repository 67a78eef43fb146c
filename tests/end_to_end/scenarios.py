"""Boards in the situations that a pass may meet."""

from collections.abc import Callable, Mapping

from tests.end_to_end.kinds import add_kind, add_quotes
from tests.end_to_end.office import Office


def _empty(_: Office) -> None:
    """A board without any delegated card."""


def _complete(office: Office) -> None:
    office.complete()


def _quote(office: Office) -> None:
    add_quotes(office)
    office.delegate("Devis du toit", "pièces : https://example.com/plan.pdf")


def _incomplete(office: Office) -> None:
    office.delegate("Appeler le plombier")
    office.later()


def _touched_just_now(office: Office) -> None:
    office.delegate("Appeler le plombier")


def _core(office: Office) -> None:
    office.delegate("Négocier le bail", labels=[office.words.labels["core"]])


def _held(office: Office) -> None:
    office.paul.label(office.complete("Devis"), office.words.labels["hold"])


def _crowd(office: Office) -> None:
    office.settings["limits"] = {"max_cards": 2}
    office.add_portfolio()
    for number in range(4):
        office.complete(f"Travail {number}")


def _broken_kind(office: Office) -> None:
    add_kind(office, "panne", "---\nnames: {fr: Panne}\nkeywords: {fr: [panne]}\nfr: {}\n")
    office.delegate("Une panne")
    office.complete()
    office.later()


def _copied(office: Office) -> None:
    card = office.complete()
    office.settled()
    office.paul.copy_card(card)


def _crossed(office: Office) -> None:
    card = office.complete()
    office.settled()
    ours = card.desc
    office.paul.describe(card, "Un texte de Paul")
    office.robot.describe(card, ours)


def _doubled(office: Office) -> None:
    card = office.complete()
    office.settled()
    office.robot.comment(card, office.world.texts(card)[0])


SCENARIOS: Mapping[str, Callable[[Office], None]] = {
    name.removeprefix("_"): scenario
    for name, scenario in list(globals().items())
    if name.startswith("_") and getattr(scenario, "__module__", "") == __name__
}
