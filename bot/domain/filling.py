"""What a card with a brief still lacks, in the order in which it is filled."""

from collections import Counter
from collections.abc import Iterator
from urllib.parse import unquote

from msgspec.structs import replace

from bot.domain.acts import is_bots
from bot.domain.answers import (
    ANSWER_ITEMS,
    ANSWERS_NAME,
    STEPS_NAME,
    answers_of,
    own_steps_of,
    steps_of,
)
from bot.domain.changes import (
    AddAttachment,
    AddCheckItem,
    AddChecklist,
    AddMember,
    Change,
    Planned,
    Reason,
    SetDates,
    Verdict,
)
from bot.domain.choice import choose_kind, wanted_assistants
from bot.domain.deadline import day_of, derive, load_in_front
from bot.domain.fields import Field, unescape
from bot.domain.fold import PLACEHOLDER
from bot.domain.gather import answered
from bot.domain.messages import HandOver, NobodyForKind, NotOnBoard, Obstacle
from bot.domain.model import Card, Checklist, Instant, Person
from bot.domain.order import neighbours
from bot.domain.people import assistant_named, assistant_on
from bot.domain.posting import posting
from bot.domain.recall import recalled_by_identity
from bot.domain.situation import Situation
from bot.domain.states import ever_handed_over
from bot.domain.tokens import reference
from bot.domain.words import fold
from bot.domain.workload import LEAST
from bot.domain.written import WrittenBrief, written_brief


def missing_parts(card: Card, situation: Situation) -> Iterator[Verdict]:
    """Yield what the card still lacks; the last is the hand-over comment.

    A card handed over before, whose assistant is new, lacks that comment alone.
    """
    snapshot = situation.snapshot
    board = snapshot.board_of(card)
    brief = written_brief(card)
    assistant = _assistant(card, brief, situation)
    if assistant is None or assistant.member_id not in board.member_ids:
        return
    if brief is not None and not ever_handed_over(card, snapshot):
        for change, why in _parts(card, brief, assistant, situation):
            yield Planned("brief", card.id, change, Reason(why))
    yield _hand_over(card, brief, assistant, situation)


def absence(card: Card, situation: Situation) -> Obstacle | None:
    """Return why nobody can be given a card that has a brief, if nobody can."""
    brief = written_brief(card)
    assistant = _assistant(card, brief, situation)
    if assistant is None:
        return NobodyForKind(brief.kind if brief else "")
    there = assistant.member_id in situation.snapshot.board_of(card).member_ids
    return None if there else NotOnBoard(assistant.username)


def start_of(card: Card, due: Instant, assistant: Person, now: Instant) -> Instant | None:
    """Return the start date to set: the assistant's next working instant, if it is before due."""
    start = assistant.calendar.next_working(now)
    return start if card.start is None and start < due else None


def _assistant(card: Card, brief: WrittenBrief | None, situation: Situation) -> Person | None:
    board = situation.snapshot.board_of(card)
    there = assistant_on(card, board)
    if there is not None or brief is None:
        return there
    answer = answered(card, situation.snapshot).get(Field.ASSISTANT)
    named = assistant_named(unescape(answer.text) if answer else brief.assistant, board)
    if named is not None:
        return named
    chosen = choose_kind(card, board, situation.policy, brief.fields)
    people = wanted_assistants(card, board, chosen.kind, {})[0] if chosen.kind else ()
    return min(people, key=lambda each: _finish(each, card, brief, situation), default=None)


def _finish(person: Person, card: Card, brief: WrittenBrief, situation: Situation) -> Instant:
    workload = brief.workload(day_of(person)) or LEAST
    load = load_in_front(person, brief.priority, card, situation.snapshot)
    return derive(person, workload, load, situation.now).finish


def _parts(
    card: Card, brief: WrittenBrief, assistant: Person, situation: Situation
) -> Iterator[tuple[Change, str]]:
    dates = _dates(card, brief, assistant, situation)
    if dates is not None:
        yield dates, "deadline"
    for change in _steps(card, brief, assistant, situation):
        yield change, "steps"
    for change in _answers(card, assistant, situation):
        yield change, "answers"
    for change in _attachments(card, brief, situation):
        yield change, "attachments"
    if assistant.member_id not in card.member_ids:
        yield AddMember(assistant.member_id, assistant.username), "assistant"


def _dates(
    card: Card, brief: WrittenBrief, assistant: Person, situation: Situation
) -> SetDates | None:
    now = situation.now
    copied_past = not brief.own and card.due is not None and card.due <= now
    if card.due is not None and not copied_past:
        start = None if brief.own else start_of(card, card.due, assistant, now)
        return SetDates(None, start) if start else None
    due = None if copied_past else brief.due(now, assistant)
    if due is None or due <= now:
        workload = brief.workload(day_of(assistant))
        if workload is None:
            return None
        load = load_in_front(assistant, brief.priority, card, situation.snapshot)
        due = derive(assistant, workload, load, now).due
    return SetDates(due, start_of(card, due, assistant, now))


def _steps(
    card: Card, brief: WrittenBrief, assistant: Person, situation: Situation
) -> Iterator[Change]:
    there = steps_of(card)
    if not brief.steps:
        return
    unfinished = own_steps_of(card)
    if there and (unfinished is None or not _made_by_bot(card, unfinished, situation)):
        return
    name = unfinished.name if unfinished else STEPS_NAME[assistant.language]
    if unfinished is None:
        yield AddChecklist(name)
    yield from _lacking_items(name, unfinished, brief.steps)


def _answers(card: Card, assistant: Person, situation: Situation) -> Iterator[Change]:
    there = answers_of(card)
    if there is not None and not _made_by_bot(card, there, situation):
        return
    language = assistant.language
    name = there.name if there else ANSWERS_NAME[language]
    language = next((each for each, known in ANSWERS_NAME.items() if known == name), language)
    items = tuple(ANSWER_ITEMS[language].values())
    if there is None:
        source = _to_copy(name, items, card, situation)
        yield AddChecklist(name, source, items) if source else AddChecklist(name)
        if source:
            return
    yield from _lacking_items(name, there, items)


def _to_copy(name: str, items: tuple[str, ...], card: Card, situation: Situation) -> str | None:
    """Return the oldest such checklist on the card's board: one request copies it whole."""
    return min(
        (
            each
            for other in situation.snapshot.cards.values()
            if other.board_id == card.board_id
            for each, shown in _checklists(other)
            if shown == (name, items)
        ),
        default=None,
    )


@recalled_by_identity(most=1 << 12)
def _checklists(card: Card) -> tuple[tuple[str, tuple[str, tuple[str, ...]]], ...]:
    """Return the ids of the checklists that Trello knows, each with its name and items."""
    return tuple(
        (each.id, (each.name, tuple(item.name for item in each.items)))
        for each in card.checklists
        if not each.id.startswith(PLACEHOLDER)
    )


def _made_by_bot(card: Card, checklist: Checklist, situation: Situation) -> bool:
    snapshot = situation.snapshot
    board = snapshot.board_of(card)
    return any(
        action.type == "addChecklistToCard"
        and action.checklist == checklist.name
        and is_bots(action, card, board, snapshot.me)
        for action in card.log or ()
    )


def _lacking_items(
    name: str, there: Checklist | None, items: tuple[str, ...]
) -> Iterator[AddCheckItem]:
    """Yield each item that the list lacks; items may repeat."""
    have = Counter(item.name for item in there.items) if there else Counter[str]()
    wanted: Counter[str] = Counter()
    for item in items:
        wanted[item] += 1
        if wanted[item] > have[item]:
            yield AddCheckItem(name, item, wanted[item])


def _attachments(card: Card, brief: WrittenBrief, situation: Situation) -> Iterator[Change]:
    there = {_plain(each.url) for each in card.attachments}
    uploads = {each.name for each in card.attachments if each.is_upload}
    for url in brief.urls:
        if _plain(url) not in there:
            yield AddAttachment(url, url)
    kind = situation.policy.kinds.get(brief.kind)
    listed = brief.attachments
    for name in kind.files if kind else ():
        if name not in uploads and fold(name) in listed:
            yield AddAttachment(name, kind=brief.kind)


def _plain(url: str) -> str:
    # A brief writes @ as %40, so that it mentions nobody.
    return unquote(url).rstrip("/")


def _hand_over(
    card: Card, brief: WrittenBrief | None, assistant: Person, situation: Situation
) -> Planned:
    snapshot = situation.snapshot
    board = snapshot.board_of(card)
    kind = situation.policy.kinds.get(brief.kind) if brief else None
    due = _due_after(card, brief, assistant, situation)
    dated = replace(card, due=due)
    before, after = neighbours(dated, brief.priority if brief else None, assistant, snapshot)
    message = HandOver(
        assistant=assistant,
        owner=board.owner,
        due=due,
        workload=brief.workload(day_of(assistant)) if brief else None,
        before=before,
        after=after,
        questions=kind.text(assistant.language).questions if kind else (),
    )
    ref = reference(card.id, "hand-over", assistant.member_id)
    reason = Reason("hand_over", {"assistant": assistant.username})
    return posting(("brief", card), message, ref, reason, situation)


def _due_after(
    card: Card, brief: WrittenBrief | None, assistant: Person, situation: Situation
) -> Instant | None:
    """Return the due date that the card will have once its dates are filled."""
    if brief is None or ever_handed_over(card, situation.snapshot):
        return card.due
    dates = _dates(card, brief, assistant, situation)
    return (dates.due if dates else None) or card.due
