"""What assistants say, in their language; without a question mark unless they ask."""

from collections.abc import Mapping

from msgspec import Struct


class Words(Struct, frozen=True):
    """One language's phrases."""

    acknowledged: str
    question: str
    delivered: str
    fine: str
    going_on: str
    tomorrow: str
    fine_item: str
    stuck: tuple[str, ...]
    stuck_items: tuple[str, ...]
    commands: tuple[str, ...]


SAID: Mapping[str, Words] = {
    "fr": Words(
        acknowledged="Bien reçu, je commence par lire les pièces.",
        question="Quelle version faut-il prendre ?",
        delivered="C’est prêt, voici le lien :",
        fine="ok",
        going_on="J’avance, la moitié est faite.",
        tomorrow="Il me faut un jour de plus, la fin est longue.",
        fine_item="En bonne voie",
        stuck=("bloqué", "j’attends", "Pas clair."),
        stuck_items=("Bloqué : j’ai besoin d’aide", "J’attends quelque chose ou quelqu’un"),
        commands=("/pause 1j", "/silence", "/pourquoi", "/poz 1j", "/aide"),
    ),
    "en": Words(
        acknowledged="Got it, I will start by reading everything.",
        question="Which version should I use?",
        delivered="Done, here is the link:",
        fine="OK",
        going_on="Going well, half of it is done.",
        tomorrow="I need one more day, the end is longer than planned.",
        fine_item="On track",
        stuck=("blocked", "Waiting", "unclear"),
        stuck_items=("Blocked: I need help", "Waiting for something or someone"),
        commands=("/snooze 1d", "/mute", "/why", "/snoze 1d", "/help"),
    ),
}
