"""What must hold at every moment and at the end, whatever breaks; nothing is asked of the bot.

Each check yields problems, one line each.  The codes: ``twice`` (G1), ``twice for a moment`` (G2),
``text lost`` (G3), ``bound`` (G5), ``out of place``, ``order``.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import timedelta

from bot.sandbox.checklists import checklists_of, items_of
from bot.sandbox.clock import instant
from bot.sandbox.rows import Action, Card, CheckItem
from tests.simulation.office import QuietOffice
from tests.simulation.scenarios import cards_of
from tests.simulation.tokens import bots_comments, token
from tests.simulation.verdict import Problem

_EXPLAINS = timedelta(seconds=2)
_TO_NEXT_READING = timedelta(minutes=1)

LONGEST_COMMENT = 600
"""Characters; the digest and a brief told in a comment are longer."""


def comments_twice(office: QuietOffice, cards: Iterable[Card]) -> Iterator[Problem]:
    """G1, G2: no reference stands twice on a card."""
    for card in cards:
        counts = Counter(ref for ref, _ in bots_comments(office, card))
        for ref, count in counts.items():
            if count > 1:
                yield Problem("twice", f"{card.name}: comment {ref} stands {count} times")


def hides_a_deletion(office: QuietOffice) -> bool:
    """Tell whether no date of a card's shows that a person has deleted a comment on it.

    A board's log keeps silent about deletions.  The card's date tells, unless something else that
    happened up to two seconds before explains it, or something before the next reading has moved
    it on: then only a board read whole shows that the comment is gone.
    """
    log = list(office.app.store.actions.values())
    return any(
        -_EXPLAINS <= instant(each.date) - instant(gone.date) <= _TO_NEXT_READING
        for gone in log
        if gone.type == "deleteComment" and gone.id_app != office.grant.id_app
        for each in log
        if each.id_card == gone.id_card and each.type != "deleteComment"
    )


def parts_twice(office: QuietOffice, cards: Iterable[Card]) -> Iterator[Problem]:
    """G1: no checklist, item or attachment of the bot's stands twice on a card.

    An archived card is out of sight: the bot mends it when it comes back.
    """
    store, app = office.app.store, office.grant.id_app
    for card in cards:
        if card.closed:
            continue
        mine = [each for each in store.log(card.id) if each.id_app == app]
        names = [each.name for each in checklists_of(store, card)]
        made = {each.data["checklist"]["name"] for each in mine if _is(each, "addChecklistToCard")}
        yield from _doubled(card, "checklist", [each for each in names if each in made])
        for checklist in checklists_of(store, card):
            if checklist.name in made:
                yield from _doubled(card, "item", _untouched(items_of(store, checklist)))
        sent = {
            each.data["attachment"]["name"] for each in mine if _is(each, "addAttachmentToCard")
        }
        there = [each.name for each in office.attachments(card)]
        yield from _doubled(card, "attachment", [each for each in there if each in sent])


def _is(action: Action, kind: str) -> bool:
    return action.type == kind


def _untouched(items: list[CheckItem]) -> list[str]:
    """Return the items' names without younger ones that a person has ticked: those stay."""
    names: list[str] = []
    for each in sorted(items, key=lambda item: item.id):
        if not (each.done and each.name in names):
            names.append(each.name)
    return names


def _doubled(card: Card, what: str, names: list[str]) -> Iterator[Problem]:
    for name, count in Counter(names).items():
        if count > 1:
            yield Problem(f"{what} twice", f"{card.name}: {name!r} stands {count} times")


def changed_last(office: QuietOffice) -> list[Card]:
    """Return the card of the newest entry in the log, if it is still there."""
    store = office.app.store
    newest = next(reversed(store.actions.values()))
    return [store.cards[newest.id_card]] if newest.id_card in store.cards else []


def speaking(office: QuietOffice) -> list[Card]:
    """Return the cards on which the bot may still mend what is wrong.

    One that was taken back before it had a brief is read no more than any card of a board.
    """
    return [each for each in cards_of(office) if not each.closed and _is_spoken_on(office, each)]


def _is_spoken_on(office: QuietOffice, card: Card) -> bool:
    words, labels = office.words, office.world.labels(card)
    delegated = words.labels["delegate"] in labels or card.name == words.portfolio
    known = delegated or token(card.id, "brief") in card.desc
    return known and words.labels["hold"] not in labels


def too_long(office: QuietOffice, cards: Iterable[Card]) -> Iterator[Problem]:
    """G5: comments stay readable, descriptions within Trello's limit."""
    folio = office.words.portfolio
    for card in cards:
        if len(card.desc.encode("utf-16-le")) // 2 > 16_384:
            yield Problem("bound", f"{card.name}: the description is too long")
        for ref, comment in bots_comments(office, card):
            if card.name != folio and len(comment.data["text"]) > LONGEST_COMMENT:
                yield Problem("bound", f"{card.name}: comment {ref} is too long")


def label_without_comment(office: QuietOffice, cards: Iterable[Card]) -> Iterator[Problem]:
    """The bot's flag goes up only after an offer of help, never before."""
    store, app = office.app.store, office.grant.id_app
    name = office.words.labels["stalled"]
    for card in cards:
        for each in store.log(card.id):
            if each.id_app == app and _raises_flag(each, name):
                offers = [
                    one
                    for _, one in bots_comments(office, card)
                    if one.date < each.date and _is_offer(office, card, one)
                ]
                deleted = any(one.type == "deleteComment" for one in store.log(card.id))
                if not offers and not deleted:
                    yield Problem("order", f"{card.name}: the flag came without an offer of help")


def _raises_flag(action: Action, name: str) -> bool:
    return action.type == "addLabelToCard" and bool(action.data["label"]["name"] == name)


def _is_offer(office: QuietOffice, card: Card, comment: Action) -> bool:
    acts = ["once", *(each.id for each in office.app.store.log(card.id))]
    return any(comment.data["text"].rstrip().endswith(token(card.id, "stall", a)) for a in acts)


ALWAYS = (too_long, label_without_comment)
