"""Which cards were delivered or done since an instant."""

from collections.abc import Iterable, Iterator

from bot.domain.acts import people_actions
from bot.domain.deadline import day_of
from bot.domain.model import Action, Board, Card, Instant, Snapshot
from bot.domain.people import assistant_on
from bot.domain.picture import DeliveredCard
from bot.domain.states import is_done, is_handed_over
from bot.domain.written import written_brief


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
            if at is not None and at > since:
                assistant = assistant_on(card, board)
                brief = written_brief(card)
                workload = brief.workload(day_of(assistant)) if brief and assistant else None
                yield DeliveredCard(card, assistant, at, workload)


def _arrival(card: Card, board: Board, snapshot: Snapshot) -> Instant | None:
    """Return when the card arrived where it is: a move on from review to done is no new arrival."""
    arrival = None
    for action in people_actions(card, snapshot):
        if _arrives(action, board):
            arrival = arrival or action.at
        elif action.list_after is not None:
            arrival = None
    return arrival


def _arrives(action: Action, board: Board) -> bool:
    there = board.lists.review | board.lists.done
    return action.list_after in there or action.field in {"dueComplete", "closed"}
