"""What people are also told outside Trello: decided from what the boards show, and nothing else.

A notice says that a word waits on a card: on an important one, or on any card for somebody whose
account the bot writes with, since Trello tells nobody of their own comments.  It is wanted as long
as its reason stands, and only in its reader's working time; who sends it sees to it that nobody
is told twice.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Literal, TypeAlias

from msgspec import Struct

from bot.domain.acts import addresses, bot_comments, newest_act
from bot.domain.ball import Holder, possessions
from bot.domain.calendar import Calendar, NoWorkingTime, WorkingDays
from bot.domain.model import Action, Board, Card, Instant, Language, Person, Snapshot
from bot.domain.situation import Situation
from bot.domain.states import is_done, is_handed_over, is_held, silence
from bot.domain.tokens import TokenKind, reference_at_end
from bot.domain.traces import kind_of_comment

_NEWS_FOR = WorkingDays(1)
"""Of its reader's: a word that has stood longer is no news, nobody is told of it any more."""

_BOTS_TURN = timedelta(minutes=10)
"""In which the bot has a word of its own for a ball that was passed, if it has one."""

About: TypeAlias = TokenKind | Literal["ball"]


class Waiting(Struct, frozen=True):
    """A word that waits for somebody on a card."""

    to: Person
    card: Card
    board: str
    """Its name."""
    cause: str
    """The comment's reference, or the act that passed the ball: nobody is told twice of one."""
    about: About | None
    """What kind of text it is; ``None``: an earlier version's."""
    important: bool


Failure: TypeAlias = Literal["configuration", "credentials", "rights", "stopped", "board"]


class Trouble(Struct, frozen=True):
    """Why the bot cannot work, on all boards or on one: only its operator can mend that."""

    failure: Failure
    detail: str
    """For whoever mends it."""
    board: str = ""
    """As the configuration names it."""

    @property
    def cause(self) -> str:
        """One word for it: once a day for each, however its details change."""
        return f"{self.failure}:{self.board}" if self.board else self.failure


class Reader(Struct, frozen=True):
    """An owner as far as they are known while no board can be read."""

    language: Language
    calendar: Calendar


def waiting_words(snapshot: Snapshot, now: Instant) -> Iterator[Waiting]:
    """Yield what people who are at work should hear of outside Trello."""
    people = {
        key: tuple(_within_reach(board, snapshot, now)) for key, board in snapshot.boards.items()
    }
    for card in snapshot.cards.values():
        for person, since in people[card.board_id]:
            # Most cards are quiet: nothing older than this is news.
            if card.log and card.log[-1].at > since:
                yield from _on_card(card, person, since, snapshot, now)


def out_of_reach(portfolio: Card, situation: Situation) -> tuple[Person, ...]:
    """Return the people of these boards whom no notice has reached of late."""
    boards = situation.snapshot.boards.values()
    people = {
        person.channel: person
        for board in boards
        if board.portfolio == portfolio.id
        for person in (board.owner, *board.assistants)
        if person.channel in situation.unreached
    }
    return tuple(people.values())


def _within_reach(
    board: Board, snapshot: Snapshot, now: Instant
) -> Iterator[tuple[Person, Instant]]:
    """Yield whom a notice can reach at this hour, and since when a word is news for them."""
    for person in (board.owner, *board.assistants):
        concerned = board.labels.important is not None or _is_own_account(person, snapshot)
        if person.channel is None or not concerned or not person.calendar.is_working(now):
            continue
        try:
            yield person, person.calendar.before(now, _NEWS_FOR)
        except NoWorkingTime:
            continue


def _is_own_account(person: Person, snapshot: Snapshot) -> bool:
    """Tell whether the bot writes with this person's account: Trello tells them nothing then."""
    return person.member_id == snapshot.me.member_id


def _on_card(
    card: Card, person: Person, since: Instant, snapshot: Snapshot, now: Instant
) -> Iterator[Waiting]:
    board = snapshot.board_of(card)
    important = board.labels.important in card.label_ids
    if not important and not _is_own_account(person, snapshot):
        return
    if not _concerns(card, person, snapshot):
        return
    act = newest_act(person.member_id, card, snapshot)
    since = max(since, act.at) if act is not None else since
    word = _newest_word(card, person, snapshot)
    if word is not None and since < word.at:
        ref, about = reference_at_end(word.text), kind_of_comment(word, card, board)
        if about != "reply":  # whoever has just typed a command looks at the card
            yield Waiting(person, card, board.name, ref or word.id, about, important)
    elif important and person is board.owner:
        yield from _ball(card, since, snapshot, now)


def _concerns(card: Card, person: Person, snapshot: Snapshot) -> bool:
    """Tell whether the card is still this person's to look at."""
    if card.id in snapshot.portfolio_ids:
        return not card.closed and not is_held(card, snapshot)
    if silence(card, snapshot) is not None or is_done(card, snapshot):
        return False
    return person is snapshot.board_of(card).owner or person.member_id in card.member_ids


def _newest_word(card: Card, person: Person, snapshot: Snapshot) -> Action | None:
    said = [each for each in bot_comments(card, snapshot) if addresses(each, person)]
    return said[-1] if said else None


def _ball(card: Card, since: Instant, snapshot: Snapshot, now: Instant) -> Iterator[Waiting]:
    """Yield the ball that has come to the owner without a word of the bot's.

    Such as by a comment that mentions them, since Trello itself tells them of that.
    """
    if not is_handed_over(card, snapshot):
        return
    board = snapshot.board_of(card)
    ball = possessions(card, snapshot)[-1]
    if ball.holder is Holder.OWNER and since < ball.since <= now - _BOTS_TURN:
        cause = f"{card.id}:{ball.event}"
        yield Waiting(board.owner, card, board.name, cause, "ball", important=True)
