"""What the newest of ``/snooze``, ``/mute`` and ``/resume`` on a card means now.

They count from the board's owner and the card's present assistant.  A snooze counts in the
calendar of the one who typed it.
"""

from msgspec import Struct

from bot.domain.acts import people_actions
from bot.domain.commands import Command, Verb, command_in
from bot.domain.model import Action, Board, Card, Instant, Person, Snapshot
from bot.domain.people import assistant_on

_VERBS = {Verb.SNOOZE, Verb.MUTE, Verb.RESUME}


class Pause(Struct, frozen=True):
    """A person's word on whether the bot may speak of its own accord."""

    by: Person
    verb: Verb
    """SNOOZE, MUTE or RESUME."""
    at: Instant
    """When it was typed."""
    until: Instant | None
    """A snooze's end, a resume's own date; ``None``: a mute, which has no end."""


def newest_pause(card: Card, snapshot: Snapshot) -> Pause | None:
    """Return the newest snooze, mute or resume on the card.

    Raises ``NoWorkingTime`` when its author's calendar holds too little for their snooze.
    """
    board = snapshot.board_of(card)
    authors = _authors(card, board)
    for action in reversed(tuple(people_actions(card, snapshot))):
        author, command = authors.get(action.member_id), _command(action)
        if author is not None and command is not None:
            return Pause(author, command.verb, action.at, _end(command, author, action.at))
    return None


def in_force(pause: Pause | None, now: Instant) -> bool:
    """Tell whether the bot is to keep quiet at ``now``; at a snooze's end it may speak again."""
    return pause is not None and (pause.until is None or now < pause.until)


def clock_restart(pause: Pause | None, now: Instant) -> Instant | None:
    """Return when stall clocks started anew: at a snooze's end once reached, or at a resume."""
    return None if pause is None or in_force(pause, now) else pause.until


def _authors(card: Card, board: Board) -> dict[str, Person]:
    people = (assistant_on(card, board), board.owner)
    return {each.member_id: each for each in people if each is not None}


def _command(action: Action) -> Command | None:
    if action.type != "commentCard":
        return None
    found = command_in(action.text)
    return found if isinstance(found, Command) and found.verb in _VERBS else None


def _end(command: Command, author: Person, at: Instant) -> Instant | None:
    if command.duration is not None:
        return author.calendar.after(at, command.duration)
    return at if command.verb is Verb.RESUME else None
