"""Which cards were delivered or done since an instant."""

from collections.abc import Iterable, Iterator

from bot.domain.acts import people_actions
from bot.domain.deadline import day_of
from bot.domain.model import Board, Card, Instant, Snapshot
from bot.domain.people import assistant_on
from bot.domain.picture import DeliveredCard
from bot.domain.states import is_done, is_handed_over
from bot.domain.written import written_brief

_MARKS = {"dueComplete", "closed"}
_PLACE = "idList"


def deliveries_since(
    since: Instant, cards: Iterable[Card], snapshot: Snapshot
) -> Iterator[DeliveredCard]:
    """Yield cards that entered a review or done list, or were completed or archived, since then.

    A card that came back for more work is none; one that was told before counts once: what counts
    is when it first arrived after it was last at work.
    """
    for card in cards:
        board = snapshot.board_of(card)
        arrived = card.list_id in board.lists.review or is_done(card, snapshot)
        if arrived and is_handed_over(card, snapshot):
            at = _arrival(card, board, snapshot)
            if at is not None and at >= since:
                assistant = assistant_on(card, board)
                brief = written_brief(card)
                workload = brief.workload(day_of(assistant)) if brief and assistant else None
                yield DeliveredCard(card, assistant, at, workload)


def _arrival(card: Card, board: Board, snapshot: Snapshot) -> Instant | None:
    """Return when the card arrived where it is: a move on from review to done is no new arrival.

    The log tells that a mark changed, not how: each change of one turns it over.
    """
    marks: set[str] = set()
    arrival = None
    for action in people_actions(card, snapshot):
        if action.field in _MARKS:
            marks ^= {action.field}
        elif action.list_after is not None:
            there = action.list_after in board.lists.review | board.lists.done
            marks = marks - {_PLACE} | ({_PLACE} if there else set())
        else:
            continue
        arrival = (arrival or action.at) if marks else None
    return arrival
