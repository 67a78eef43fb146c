"""What must hold at every moment and at the end, whatever breaks; nothing is asked of the bot.

Each check yields problems, one line each.  The codes: ``twice`` (G1), ``twice for a moment`` (G2),
``text lost`` (G3), ``bound`` (G5), ``out of place``, ``order``.
"""

from collections import Counter
from collections.abc import Iterator

from bot.sandbox.checklists import checklists_of
from bot.sandbox.rows import Action, Card
from tests.simulation.office import QuietOffice
from tests.simulation.scenarios import cards_of
from tests.simulation.tokens import bots_comments, token
from tests.simulation.verdict import Problem

LONGEST_COMMENT = 600
"""Characters; the digest and a brief told in a comment are longer."""

_LISTS = {"Réponses au point d’étape", "Check-in answers"}


def comments_twice(office: QuietOffice) -> Iterator[Problem]:
    """G1, G2: no reference stands twice on a card."""
    for card in cards_of(office):
        counts = Counter(ref for ref, _ in bots_comments(office, card))
        for ref, count in counts.items():
            if count > 1:
                yield Problem("twice", f"{card.name}: comment {ref} stands {count} times")


def parts_twice(office: QuietOffice) -> Iterator[Problem]:
    """G1: no checklist, item or attachment of the bot's stands twice on a card.

    An archived card is out of sight: the bot mends it when it comes back.
    """
    store, app = office.app.store, office.grant.id_app
    for card in cards_of(office):
        if card.closed:
            continue
        mine = [each for each in store.log(card.id) if each.id_app == app]
        names = [each.name for each in checklists_of(store, card)]
        made = {each.data["checklist"]["name"] for each in mine if _is(each, "addChecklistToCard")}
        yield from _doubled(card, "checklist", [each for each in names if each in made])
        for checklist in office.checklists(card):
            if checklist[0] in made:
                yield from _doubled(card, "item", checklist[1])
        sent = {
            each.data["attachment"]["name"] for each in mine if _is(each, "addAttachmentToCard")
        }
        there = [each.name for each in office.attachments(card)]
        yield from _doubled(card, "attachment", [each for each in there if each in sent])


def _is(action: Action, kind: str) -> bool:
    return action.type == kind


def _doubled(card: Card, what: str, names: list[str]) -> Iterator[Problem]:
    for name, count in Counter(names).items():
        if count > 1:
            yield Problem(f"{what} twice", f"{card.name}: {name!r} stands {count} times")


def too_long(office: QuietOffice) -> Iterator[Problem]:
    """G5: comments stay readable, descriptions within Trello's limit."""
    folio = office.words.portfolio
    for card in cards_of(office):
        if len(card.desc.encode("utf-16-le")) // 2 > 16_384:
            yield Problem("bound", f"{card.name}: the description is too long")
        for ref, comment in bots_comments(office, card):
            if card.name != folio and len(comment.data["text"]) > LONGEST_COMMENT:
                yield Problem("bound", f"{card.name}: comment {ref} is too long")


def label_without_comment(office: QuietOffice) -> Iterator[Problem]:
    """The bot's flag goes up only after an offer of help, never before."""
    store, app = office.app.store, office.grant.id_app
    name = office.words.labels["stalled"]
    for card in cards_of(office):
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
AT_REST = (comments_twice, parts_twice, *ALWAYS)
