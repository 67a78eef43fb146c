"""Portfolios and how they are told: an empty one, a usual one, one of each, far too many cards."""

from datetime import UTC, datetime, timedelta
from typing import Any

from msgspec.structs import replace

from bot.domain.fields import Field
from bot.domain.messages import Dashboard, Digest
from bot.domain.model import Card, Language, Person
from bot.domain.picture import (
    AtRisk,
    Awaited,
    Decision,
    DeliveredCard,
    InHand,
    Load,
    Picture,
    Quiet,
    Stopped,
)
from tests.builders import card, person
from tests.unit.text.samples import REF, writer

NOW = datetime(2026, 11, 30, 8, tzinfo=UTC)
LAST = NOW - timedelta(days=7)

EMPTY = Picture((), (), (), (), (), (), (), (), Quiet(0, 0, 0), 0, timedelta())


def hours(count: float) -> timedelta:
    return timedelta(hours=count)


def days(count: float) -> timedelta:
    return timedelta(days=count)


def owner(language: Language) -> Person:
    return person("paul", language)


def mel(language: Language) -> Person:
    return person("mel", language)


def tom(language: Language) -> Person:
    return person("tom", language)


def a_card(said: str, number: int = 0) -> Card:
    """Return a card of that title with an address of its own."""
    return card(said, key=f"{said!a} {number}", short_link=f"Carte{number % 1000:03}")


def decisions(aide: Person, said: str) -> tuple[Decision, ...]:
    """Return one of each sort, which quotes ``said`` as title and as the assistant's words."""
    since = [NOW - days(11 - place) for place in range(len(Awaited))]
    made = (
        Decision(a_card(said, place), awaited, since[place], aide)
        for place, awaited in enumerate(Awaited)
    )
    parts: dict[Awaited, dict[str, Any]] = {
        Awaited.BLANKS: {"assistant": None, "blanks": (Field.METHOD, Field.WORKLOAD)},
        Awaited.CORE: {"assistant": None},
        Awaited.ANSWER: {"words": f"@paul {said} ?"},
        Awaited.NOBODY: {"assistant": None},
        Awaited.DATE: {"proposed": NOW + days(4) + hours(9)},
        Awaited.SILENCE: {"overdue": NOW - days(2)},
    }
    return tuple(replace(each, **parts.get(each.awaited, {})) for each in made)


def in_hand(said: str, aide: Person, number: int, due: float | None, left: float) -> InHand:
    at = NOW + days(due) + hours(8) if due is not None else None
    return InHand(a_card(said, number), aide, at, hours(left))


def one_of_each(language: Language, said: str = "Devis Dupont") -> Picture:
    """Return everything there is to tell, once."""
    aide, other = mel(language), tom(language)
    risky = a_card(said, 20)
    cards = (
        in_hand(said, aide, 12, 1, 3),
        InHand(risky, aide, NOW + days(4), hours(5)),
        in_hand(said, aide, 13, None, 2.5),
    )
    return Picture(
        decisions=decisions(aide, said),
        late=(in_hand(said, aide, 10, -3, 2), in_hand(said, other, 11, -30, 0)),
        at_risk=(
            AtRisk(risky, aide, NOW + days(4), hours(5), hours(3), hours(10), hours(6.5)),
            AtRisk(risky, other, NOW + days(1), hours(5), hours(0), hours(6.25), hours(0)),
            AtRisk(
                *(a_card(said, 22), aide, NOW + days(2), hours(4), hours(30), hours(42.5)),
                *(hours(15), True, True),
            ),
        ),
        stopped=(Stopped(a_card(said, 21), aide, NOW - days(6)),),
        soon=(in_hand(said, aide, 12, 1, 3),),
        delivered=(
            DeliveredCard(a_card(said, 30), aide, NOW - days(4), hours(2)),
            DeliveredCard(a_card(said, 31), None, NOW - days(3), None),
        ),
        loads=(
            Load(aide, cards, hours(8), hours(9.5), hours(3), two_firsts=(cards[0].card, risky)),
            Load(other, cards[:1], hours(0)),
        ),
        unlabelled=(a_card(said, 40),),
        quiet=Quiet(held=2, paused=1, ignored=3),
        held_back=25,
        freed=hours(2),
        preparing=2,
        troubled=(a_card(said, 41),),
        unseen=("AbCd1234",),
    )


_USUAL = (
    "Relancer les factures impayées de novembre",
    "Devis Dupont, toiture de l’atelier",
    "Mettre à jour la page Services du site",
    "Prendre rendez-vous chez le garagiste",
    "Comparer trois assurances professionnelles",
    "Réserver le train pour le salon de Lyon",
    "Trier les candidatures d’apprentis",
    "Commander les cartes de visite",
    "Traduire la plaquette en anglais",
)


def usual_week(language: Language) -> Picture:
    """Return the week of a small business with two assistants."""
    aide, other = mel(language), tom(language)
    due = (1, 3, 4, 8, 2, 4)
    left = (2.0, 1.0, 3.0, 4.0, 1.5, 2.0)
    work = [
        in_hand(_USUAL[place], aide if place < 4 else other, place, due[place], left[place])
        for place in range(6)
    ]
    words = "@paul, préférez-vous le train de 8h ou celui de 10h ?"
    return replace(
        EMPTY,
        decisions=(
            Decision(a_card(_USUAL[6], 6), Awaited.REVIEW, NOW - days(4), aide),
            Decision(a_card(_USUAL[5], 5), Awaited.ANSWER, NOW - days(3), other, words),
        ),
        at_risk=(
            AtRisk(work[2].card, aide, NOW + days(4), hours(3), hours(5), hours(10), hours(6.5)),
        ),
        soon=(work[0], work[4], work[1]),
        delivered=(
            DeliveredCard(a_card(_USUAL[7], 7), aide, NOW - days(6), hours(1.5)),
            DeliveredCard(a_card(_USUAL[8], 8), other, NOW - days(4), hours(4)),
        ),
        loads=(
            Load(aide, tuple(work[:4]), hours(20)),
            Load(other, tuple(work[4:5]), hours(10)),
        ),
        freed=hours(5.5),
    )


def crowded(language: Language, said: str = "Relancer la facture", count: int = 1000) -> Picture:
    """Return a portfolio in which everything there is happens ``count`` times."""
    each = one_of_each(language, said)
    numbers = range(count)
    work = tuple(in_hand(said, mel(language), number, number / 50, 1) for number in numbers)
    return replace(
        each,
        decisions=each.decisions * (count // len(each.decisions)),
        late=work,
        at_risk=each.at_risk * count,
        stopped=each.stopped * count,
        soon=work,
        delivered=each.delivered * count,
        loads=(
            Load(
                mel(language),
                work,
                hours(20),
                hours(count),
                hours(9),
                tuple(one.card for one in work),
            ),
        )
        * 12,
        unlabelled=each.unlabelled * count,
        quiet=Quiet(count, count, count),
        held_back=count,
        freed=hours(count),
    )


def digest_of(picture: Picture, language: Language) -> Digest:
    return Digest(owner(language), picture, LAST, NOW)


def digest(picture: Picture, language: Language = "fr") -> str:
    return writer().message(digest_of(picture, language), REF)


def dashboard(picture: Picture, language: Language = "fr") -> str:
    return writer().dashboard(Dashboard(owner(language), picture, NOW, 16_384), REF)


def both(picture: Picture, language: Language) -> tuple[str, str]:
    return digest(picture, language), dashboard(picture, language)
