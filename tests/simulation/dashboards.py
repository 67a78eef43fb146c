"""The dashboard in a portfolio card's description: which cards it lists, whether that is true.

Two boards on which the same cards were handed over in another order show other dates and another
text, and both are right; which cards stand there, and for how long each, is the same.
"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from bot.sandbox.rows import Card
from tests.simulation.office import QuietOffice
from tests.simulation.scenarios import cards_of
from tests.simulation.tokens import bots_comments, token
from tests.simulation.verdict import Problem

_IN_HAND = re.compile(
    r"(?m)^\d+\. \[.*\]\(https://trello\.com/c/(\w+)\)\s*: \w+\.? (\d+)\b.*?, (\S+)$"
)
"""A line of what an assistant has in hand: card, day of the month, amount of work."""

EVERY = timedelta(minutes=15)
"""A dashboard is written at most this often."""


def folio_of(office: QuietOffice) -> Card | None:
    """Return the portfolio card, if there is one."""
    name = office.words.portfolio
    return next((each for each in cards_of(office) if each.name == name), None)


def in_hand(desc: str) -> list[tuple[str, str]]:
    """Return the cards that a dashboard lists, with the work that each still needs."""
    return sorted((link, amount) for link, _, amount in _IN_HAND.findall(desc))


def untrue(office: QuietOffice) -> Iterator[Problem]:
    """Yield each card that a current dashboard lists although it is gone, or with another date.

    Where somebody has copied the portfolio card nobody knows which is meant: the bot writes to
    none, as it promises, and `check` names both.
    """
    folio = folio_of(office)
    if folio is None or folio.closed or _is_held(office, folio) or _is_copied(office, folio):
        return
    cards = {each.short_link: each for each in cards_of(office) if not each.closed}
    zone = ZoneInfo("Europe/Paris")
    for link, day, _ in _IN_HAND.findall(folio.desc):
        card = cards.get(link)
        if card is None:
            yield Problem("dashboard", f"{link} is listed, but not there")
        elif card.due is None or datetime.fromisoformat(card.due).astimezone(zone).day != int(day):
            yield Problem("dashboard", f"{card.name} is listed for the {day}, due is {card.due}")


def unlisted(office: QuietOffice) -> Iterator[Problem]:
    """Yield each card that a current dashboard does not list although it was handed over.

    Not for boards on which people act: what they do takes cards out of an assistant's hands.
    """
    folio = folio_of(office)
    if folio is None:
        return
    listed = {link for link, _ in in_hand(folio.desc)}
    for card in cards_of(office):
        told = {token(card.id, "hand-over", each) for each in card.id_members}
        if told & {ref for ref, _ in bots_comments(office, card)} and card.short_link not in listed:
            yield Problem("dashboard", f"{card.name} is not listed")


def _is_copied(office: QuietOffice, folio: Card) -> bool:
    """Tell whether several visible cards bear the portfolio's title."""
    return len([e for e in cards_of(office) if e.name == folio.name and not e.closed]) > 1


def _is_held(office: QuietOffice, card: Card) -> bool:
    return office.words.labels["hold"] in office.world.labels(card)


def too_often(office: QuietOffice) -> Iterator[Problem]:
    """G5: yield each dashboard that came sooner after the one before than it may.

    Not for boards on which people type: what they typed meanwhile is put back at once.
    """
    folio = folio_of(office)
    if folio is None:
        return
    ours = office.grant.id_app
    texts = [each for each in office.app.store.log(folio.id) if "desc" in each.data.get("old", {})]
    for before, each in pairwise(texts):
        soon = datetime.fromisoformat(each.date) - datetime.fromisoformat(before.date) < EVERY
        if soon and before.id_app == each.id_app == ours:
            yield Problem("bound", f"the dashboard was written at {before.date} and {each.date}")
