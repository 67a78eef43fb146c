"""Moments after hand-over at which a pass has something to say.

The office opens on Monday 23 November 2026 at 09:00 in Paris, 11:00 in Antananarivo.  Each moment
takes the board there; the next pass writes what belongs to it and nothing else.
"""

from collections.abc import Callable, Mapping

from bot.sandbox.rows import Card
from tests.end_to_end.office import Office

LONG = "objectif : trois devis\nméthode :\n- appeler\n- comparer\ncharge : 12h"
"""Two days of Mel's time, so that half-way and the day before are apart."""


def handed_over(office: Office, notes: str = LONG) -> Card:
    """Return a card in Mel's hands, due on Wednesday at 18:00 in Antananarivo."""
    card = office.delegate("Trouver un plombier", notes)
    office.settled()
    return card


def _stalled(office: Office) -> Card:
    card = handed_over(office, f"{LONG}\npour : 11 décembre")
    office.at("2026-11-26 08:00")
    return card


def _moving_again(office: Office) -> Card:
    card = _stalled(office)
    office.settled()
    office.later(60)
    office.mel.comment(card, "Je m'y remets.")
    return card


def _owner_awaited(office: Office) -> Card:
    card = handed_over(office)
    office.mel.comment(card, "@paul lequel préférez-vous ?")
    office.settled()
    office.at("2026-11-26 10:00")
    return card


def _check_in(office: Office) -> Card:
    card = handed_over(office)
    office.later(30)
    office.mel.tick(card, "En bonne voie")
    office.settled()
    office.at("2026-11-25 09:00")
    return card


def _late(office: Office) -> Card:
    card = handed_over(office)
    office.at("2026-11-25 08:00")
    office.settled()
    office.at("2026-11-26 08:00")
    return card


def _late_unanswered(office: Office) -> Card:
    card = _late(office)
    office.settled()
    office.at("2026-11-27 09:00")
    office.settled()
    office.at("2026-11-30 09:30")
    return card


def _passed_by_a_tick(office: Office) -> Card:
    card = handed_over(office)
    office.later(30)
    office.mel.tick(card, "Bloqué : j’ai besoin d’aide")
    return card


def _passed_by_a_question(office: Office) -> Card:
    card = handed_over(office)
    office.later(30)
    office.mel.comment(card, "Faut-il aussi un devis pour le toit ?")
    return card


def _owner_back(office: Office) -> Card:
    card = handed_over(office)
    office.mel.comment(card, "@paul combien de devis ?")
    office.settled()
    office.at("2026-11-24 14:00")
    office.paul.comment(card, "Trois suffisent.")
    return card


def _date_accepted(office: Office) -> Card:
    card = _owner_back(office)
    office.settled()
    office.later(10)
    office.paul.comment(card, "/go")
    return card


def _delivered(office: Office) -> Card:
    card = handed_over(office)
    office.later(60)
    office.mel.attach(card, "https://example.com/devis.pdf", "devis.pdf")
    office.move(card, 2, office.mel)
    office.later(6)  # the bot waits until the card has been quiet for five
    return card


def _delivered_with_nothing(office: Office) -> Card:
    card = handed_over(office)
    office.later(60)
    office.mel.complete(card)
    office.later(6)
    return card


def _changed(office: Office) -> Card:
    card = handed_over(office)
    office.later(60)
    office.paul.describe(card, card.desc.replace("trois devis", "quatre devis"))
    office.later(150)
    return card


def _why(office: Office) -> Card:
    card = handed_over(office)
    office.later(30)
    office.paul.comment(card, "/pourquoi")
    return card


def _snoozed(office: Office) -> Card:
    card = handed_over(office)
    office.later(30)
    office.mel.comment(card, "/pause 2j")
    return card


def _mistyped(office: Office) -> Card:
    card = handed_over(office)
    office.later(30)
    office.mel.comment(card, "/paus 2j")
    return card


def _no_longer_delegated(office: Office) -> Card:
    card = _stalled(office)
    office.settled()
    office.later(60)
    office.paul.unlabel(card, office.words.labels["delegate"])
    return card


MOMENTS: Mapping[str, Callable[[Office], Card]] = {
    name.removeprefix("_"): moment
    for name, moment in list(globals().items())
    if name.startswith("_") and getattr(moment, "__module__", "") == __name__
}
