"""A business on a Thursday at 15:30 in Paris, on whose board one pass writes every kind of change.

Since Monday people have worked with the bot; since its last pass they have done something on every
card.
"""

from bot.sandbox.rows import Card
from tests.end_to_end.office import Office

LONG = "objectif : trois devis\nméthode :\n- appeler\n- comparer\ncharge : 12h"


def live_through(office: Office) -> None:
    """Let the days from Monday to Thursday pass."""
    portfolio = office.add_portfolio()
    office.paul.describe(portfolio, "# Mes notes\n\n- rappeler *Léa*")
    silent = office.delegate("Silence", f"{LONG}\npour : 11 décembre")
    ticked = office.delegate("Tout va bien", f"{LONG}\npour : 27 novembre")
    stuck = office.delegate("Reprise", f"{LONG}\npour : 14 décembre")
    asked = office.delegate("Pourquoi donc", f"{LONG}\npour : 15 décembre")
    office.settled()
    office.at("2026-11-24 09:00")
    office.mel.tick(ticked, "En bonne voie")
    office.mel.comment(silent, "Je commence.")
    office.mel.comment(asked, "Je commence aussi.")
    office.settled()
    _thursday(office, silent, stuck, asked)


def _thursday(office: Office, silent: Card, stuck: Card, asked: Card) -> None:
    office.at("2026-11-26 08:00")
    blank = office.delegate("Appeler le plombier", "Il est gentil")
    agreed = office.complete("Cœur du métier")
    office.paul.label(agreed, office.words.labels["core"])
    office.later()
    office.settled()
    office.at("2026-11-26 10:00")
    office.mel.comment(stuck, "Je m'y remets.")
    office.paul.comment(blank, "charge : 45 min")
    office.paul.comment(agreed, "/go")
    office.at("2026-11-26 15:00")
    office.paul.comment(asked, "/pourquoi")
    office.robot.comment(silent, office.world.texts(silent)[0])
    office.delegate("Devis du toit", "Notes de Paul\r\n\npièces : https://example.com/plan")
    office.delegate("Rien de dit", "Merci @mel !")
    office.paul.label(office.complete("Autre cœur"), office.words.labels["core"])
    office.at("2026-11-26 15:30")
