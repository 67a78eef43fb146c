"""What a rule is given: one picture of the boards, the settings, the hour, and a pen."""

from collections.abc import Mapping

from msgspec import Struct

from bot.domain.changes import Verdict
from bot.domain.messages import Texts
from bot.domain.model import Instant, Snapshot
from bot.domain.policy import Policy


class Situation(Struct, frozen=True):
    """The arguments of every rule."""

    snapshot: Snapshot
    policy: Policy
    now: Instant
    texts: Texts
    """Turns messages into words. Rules hand it data and never write prose themselves."""
    said: tuple[Verdict, ...] = ()
    """What the rules before this one have said about the card in hand."""
    heard: Mapping[str, tuple[Verdict, ...]] = {}
    """For a portfolio card: by card id, what all rules have said in this pass."""
    unreached: frozenset[str] = frozenset()
    """Channels by which the last notice outside Trello has not arrived."""
