"""Every line that the log can hold above DEBUG: its name, its level, what it says and its keys.

docs/operating.md explains each of them, and a test holds the two together.  Keys hold ids, counts,
words of the configuration and Trello's own reasons, never a card's text: not at DEBUG either.
"""

import logging
from typing import ClassVar

import msgspec
from msgspec import Struct


class Event(Struct, frozen=True, tag_field="event"):
    """Something that an operator may want to know."""

    level: ClassVar[int] = logging.INFO
    says: ClassVar[str]
    """For people; the keys follow."""

    @property
    def values(self) -> dict[str, object]:
        """Return name and keys, as plain values."""
        found: dict[str, object] = msgspec.to_builtins(self)
        return found

    def __str__(self) -> str:
        """Say it in one line."""
        keys = " ".join(f"{name}={self.values[name]}" for name in self.__struct_fields__)
        return f"{self.says}: {keys}" if keys else self.says


class Trouble(Event, frozen=True):
    """Something that lasts: told once when it comes, and once (:class:`Over`) when it is over."""

    level: ClassVar[int] = logging.WARNING
    varies: ClassVar[tuple[str, ...]] = ()
    """Keys that may change while it is the same trouble."""
    about: ClassVar[str] = ""
    """The key that says what it concerns; without one, everything."""

    @property
    def name(self) -> str:
        """Its name in the log."""
        return str(self.values["event"])

    @property
    def identity(self) -> tuple[object, ...]:
        """What makes it the same trouble in the next pass."""
        fields = (each for each in self.__struct_fields__ if each not in self.varies)
        return (self.name, *(self.values[each] for each in fields))

    @property
    def subject(self) -> str:
        """What it concerns; empty: everything."""
        return str(self.values[self.about]) if self.about else ""


def tell(log: logging.Logger, event: Event, *, trace: bool = False) -> None:
    """Write one line; ``trace`` adds where the exception in hand comes from."""
    log.log(event.level, "%s", event, extra={"event": event.values}, exc_info=trace)


# A worker's life


class Started(Event, frozen=True, tag="started"):
    """A worker begins."""

    says = "at work"
    version: str
    boards: int
    every: float
    """Seconds."""
    state: str
    """The state folder."""


class Settling(Event, frozen=True, tag="settling"):
    """The state folder tells of an unclean end, or of nothing at all."""

    says = "the last run may not have ended cleanly: waiting for its writes to settle"


class LeaseHeld(Event, frozen=True, tag="lease_held"):
    """Two processes of one installation."""

    level = logging.WARNING
    says = "another delegate-bot of this installation is at work: waiting for it"


class ConfigRead(Event, frozen=True, tag="config_read"):
    """The configuration or a kind of brief was edited."""

    says = "the configuration has changed and was read anew"


class Stopping(Event, frozen=True, tag="stopping"):
    """SIGTERM or Ctrl-C."""

    says = "told to stop: the write in hand is finished, no other begins"


# Passes


class Pass(Event, frozen=True, tag="pass"):
    """One pass has come to its end: what it found, did and cost."""

    says = "pass"
    changes: int
    applied: int
    repaired: int
    skips: int
    withheld: int
    boards: int
    cards: int
    requests: int
    reading: float
    """Seconds, like the next two."""
    planning: float
    writing: float
    exit: int
    """What ``apply`` would have ended with."""


class Changed(Event, frozen=True, tag="change"):
    """One request was written to a board, or was not needed any more."""

    says = "change"
    rule: str
    change: str
    card: str
    outcome: str


class ChangeFailed(Trouble, frozen=True, tag="change_failed"):
    """A request to a card could not be written; the next pass tries again."""

    says = "a change could not be made"
    varies = ("rule", "change", "outcome", "problem")
    about = "card"
    rule: str
    change: str
    card: str
    outcome: str
    problem: str


# Trouble of a whole pass


class Down(Trouble, frozen=True, tag="down"):
    """Trello cannot be reached, or is busy."""

    says = "Trello does not answer as it should; the next pass tries again"
    varies = ("problem",)
    problem: str


class Refused(Trouble, frozen=True, tag="refused"):
    """Credentials, rights, the clock: somebody must mend it."""

    level = logging.CRITICAL
    says = "nothing is written"
    problem: str


class ConfigInvalid(Trouble, frozen=True, tag="config_invalid"):
    """The configuration was edited, and cannot be used."""

    level = logging.CRITICAL
    says = "nothing is written until the configuration is mended"
    problem: str


class Bug(Trouble, frozen=True, tag="bug"):
    """A fault of the program."""

    level = logging.CRITICAL
    says = "this is a bug, please report it"
    error: str
    where: str
    """File and line."""


class Over(Event, frozen=True, tag="over"):
    """A trouble that was told is gone."""

    says = "over"
    what: str
    """The name of the trouble's line."""
    about: str
    """The board, card or reason that it concerned; empty: everything."""


# Trouble of a part


class BoardUnread(Trouble, frozen=True, tag="board_unread"):
    """A board is left out; the others go on."""

    says = "a board could not be read"
    varies = ("problem",)
    about = "board"
    board: str
    problem: str


class BoardRefused(Trouble, frozen=True, tag="board_refused"):
    """The configuration does not fit a board; the others go on."""

    level = logging.ERROR
    says = "a board is refused"
    about = "board"
    board: str
    problem: str


class CardUnread(Trouble, frozen=True, tag="card_unread"):
    """A card is left out; the others go on."""

    says = "a card could not be read"
    varies = ("problem",)
    about = "card"
    card: str
    problem: str


class CardOdd(Trouble, frozen=True, tag="card_odd"):
    """Trello shows a card in a shape that the bot does not know."""

    says = "a card cannot be read on its board"
    about = "card"
    card: str


class Left(Trouble, frozen=True, tag="left"):
    """Work that is due now and was not done: the pass ends with 3."""

    says = "something is left for the next pass"
    varies = ("cards", "first")
    about = "reason"
    reason: str
    cards: int
    first: str
    """Ids of a few of them."""


class ArchiveUnread(Event, frozen=True, tag="archive_unread"):
    """The digest may lack deliveries of this board."""

    level = logging.WARNING
    says = "archived cards of a board could not be found"
    board: str
    problem: str


class NoticesLost(Trouble, frozen=True, tag="notices_lost"):
    """The last notice outside Trello to somebody has not arrived; passes go on."""

    says = "notices do not arrive"
    varies = ("service",)
    about = "person"
    person: str
    """``owner``, or an assistant's name after @."""
    service: str
    """The kind of address: all that is told of it."""


class NoticesImpossible(Event, frozen=True, tag="notices_impossible"):
    """Somebody is to be told outside Trello, and nothing can be sent."""

    level = logging.WARNING
    says = "nobody can be told anything outside Trello"
    problem: str


class StateUnwritable(Trouble, frozen=True, tag="state_unwritable"):
    """The disk is full or read-only; the boards remain the truth."""

    says = "the state folder cannot be written"
    varies = ("problem",)
    problem: str


# Who calls, and who is told that all is well


class Listening(Event, frozen=True, tag="listening"):
    """``serve`` can be reached."""

    says = "listening"
    url: str
    webhooks: str
    """``on``, or why there are none."""


class HalfListening(Event, frozen=True, tag="half_listening"):
    """Webhooks are half set up: this works as ``worker`` does."""

    level = logging.WARNING
    says = "listening, but not for Trello: this works as worker does"
    url: str
    webhooks: str


class CallRefused(Event, frozen=True, tag="call_refused"):
    """Somebody called the receiver and was not believed; each kind is told once."""

    level = logging.WARNING
    says = "a call is refused"
    status: int
    problem: str


class ReceiverFault(Event, frozen=True, tag="receiver_fault"):
    """A fault of the receiver on one call; it goes on."""

    level = logging.ERROR
    says = "a call could not be answered"
    problem: str


class DeadmanLost(Trouble, frozen=True, tag="deadman_lost"):
    """The sign of life at ``DEADMAN_URL`` does not arrive; passes go on."""

    says = "the sign of life does not arrive"
    varies = ("problem",)
    problem: str
