"""Which cards were delivered or done since an instant."""

from collections.abc import Iterable, Iterator

from bot.domain.acts import is_act, people_actions
from bot.domain.deadline import day_of
from bot.domain.model import Board, Card, Instant, Snapshot
from bot.domain.people import assistant_on
from bot.domain.picture import DeliveredCard
from bot.domain.states import is_done, is_handed_over
from bot.domain.written import written_brief

_ARCHIVED = "closed"
_MARKS = {"dueComplete", _ARCHIVED}
_PLACE = "idList"


def deliveries_since(
    since: Instant, cards: Iterable[Card], snapshot: Snapshot
) -> Iterator[DeliveredCard]:
    """Yield cards that entered a review or done list, or were completed or archived, since then.

    A card that came back for more work is none; one that was told before counts once: what counts
    is when it first arrived after it was last at work.
    """
    ends = frozenset(
        each for board in snapshot.boards.values() for each in board.lists.review | board.lists.done
    )
    for card in cards:
        board = snapshot.board_of(card)
        arrived = card.list_id in board.lists.review or is_done(card, snapshot)
        if arrived and is_handed_over(card, snapshot):
            at = _arrival(card, ends, board, snapshot)
            if at is not None and at >= since:
                assistant = assistant_on(card, board)
                brief = written_brief(card)
                workload = brief.workload(day_of(assistant or board.owner)) if brief else None
                yield DeliveredCard(card, assistant, at, workload)


def _arrival(card: Card, ends: frozenset[str], board: Board, snapshot: Snapshot) -> Instant | None:
    """Return when the card arrived where it is: a move on from review to done is no new arrival.

    The log tells that a mark changed, not how: each change of one turns it over.  A move to another
    board does not name the list.  Who archives a card on which nobody has worked gives it up.
    """
    marks: set[str] = set()
    arrival = moved = None
    worked = False
    for action in people_actions(card, snapshot):
        worked = worked or (is_act(action) and action.member_id != board.owner.member_id)
        if action.field in _MARKS:
            marks ^= {action.field}
        elif action.list_after is not None:
            marks = marks - {_PLACE} | ({_PLACE} if action.list_after in ends else set())
        elif action.type == "moveCardToBoard":
            moved = action.at
            continue
        else:
            continue
        counts = marks - {_ARCHIVED} or (marks and worked)
        arrival = (arrival or action.at) if counts else None
    return arrival or (moved if card.list_id in ends else None)
