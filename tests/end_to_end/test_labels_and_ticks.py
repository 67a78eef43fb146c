"""The bot's own flag and the answers' ticks, written through the real gateway and read back."""

from collections.abc import Callable, Mapping

import pytest

from bot.domain import model
from bot.domain.changes import AddLabel, Change, RemoveLabel, Untick
from bot.ports import Done, NotApplied, SkipError, Unknown, Written
from bot.sandbox import boards, checklists
from bot.sandbox.call import Answer
from bot.sandbox.people import label_of
from bot.sandbox.rows import Card
from tests.end_to_end.faults import Always, AtWrite, Meanwhile, answer, hang_up
from tests.end_to_end.office import Office

FLAG = "en attente"
"""Any label of the board will do."""


def label_id(office: Office, name: str = FLAG) -> str:
    return label_of(office.world.store, office.board, name).id


def seen(office: Office, card: Card) -> model.Card:
    return office.bot.gateway.card(card.id)


def log_of(office: Office, card: Card) -> tuple[model.Action, ...]:
    return seen(office, card).log or ()


def write(office: Office, card: Card, change: Change) -> Written:
    """Write a change to the card as the bot now sees it."""
    return office.bot.gateway.write(seen(office, card), change)


def put_on(office: Office) -> AddLabel:
    return AddLabel(label_id(office), FLAG)


def take_off(office: Office) -> RemoveLabel:
    return RemoveLabel(label_id(office), FLAG)


def answered(office: Office) -> tuple[Card, Untick]:
    """Return a card on which Mel has ticked an answer, and the change that takes the tick off."""
    card = office.complete()
    office.mel.add_checklist(card, "Où en êtes-vous ?", ["En route", "Bloqué"])
    office.mel.tick(card, "Bloqué")
    (ticked,) = [each for each in office.world.items(card) if each.done]
    return card, Untick(ticked.id, ticked.name)


def gone(written: Written) -> bool:
    return (
        isinstance(written, NotApplied)
        and isinstance(written.error, SkipError)
        and written.error.why == "gone"
    )


# Labels


def test_a_label_is_put_on_beside_the_others_with_one_request(office: Office) -> None:
    card = office.complete()
    assert office.written_by(lambda: write(office, card, put_on(office))) == [
        f"POST /cards/{card.id}/idLabels"
    ]
    assert office.world.labels(card) == ["delegate", FLAG]
    assert seen(office, card).label_ids == {label_id(office), label_id(office, "delegate")}


def test_the_log_tells_which_label_the_bot_put_on(office: Office) -> None:
    card = office.complete()
    assert write(office, card, put_on(office)) == Done()
    trace = log_of(office, card)[-1]
    assert (trace.type, trace.field, trace.old) == ("updateCard", "idLabels", None)
    assert (trace.labels_on, trace.labels_off) == (frozenset({label_id(office)}), frozenset())
    assert (trace.member_id, trace.app_id) == (office.robot.id, office.grant.id_app)


def test_a_label_is_taken_off_from_among_the_others_with_one_request(office: Office) -> None:
    card = office.delegate("Appeler", labels=(FLAG, "cœur de métier"))
    assert office.written_by(lambda: write(office, card, take_off(office))) == [
        f"DELETE /cards/{card.id}/idLabels/{label_id(office)}"
    ]
    assert office.world.labels(card) == ["delegate", "cœur de métier"]


def test_the_log_tells_which_label_the_bot_took_off(office: Office) -> None:
    card = office.delegate("Appeler", labels=(FLAG,))
    assert write(office, card, take_off(office)) == Done()
    trace = log_of(office, card)[-1]
    assert (trace.type, trace.field, trace.old) == ("updateCard", "idLabels", None)
    assert (trace.labels_on, trace.labels_off) == (frozenset(), frozenset({label_id(office)}))
    assert (trace.member_id, trace.app_id) == (office.robot.id, office.grant.id_app)


def test_the_log_tells_a_persons_label_from_the_bots(office: Office) -> None:
    card = office.complete()
    office.paul.label(card, FLAG)
    write(office, card, take_off(office))
    write(office, card, put_on(office))
    office.paul.unlabel(card, FLAG)
    told = [
        (each.member_id == office.robot.id, bool(each.labels_on), bool(each.labels_off))
        for each in log_of(office, card)
        if each.field == "idLabels"
    ]
    assert told == [
        (False, True, False),
        (True, False, True),
        (True, True, False),
        (False, False, True),
    ]


@pytest.mark.covers("K1")
def test_a_label_that_a_person_put_on_in_between_counts_as_put_on(office: Office) -> None:
    card = office.complete()
    office.app.faults = Meanwhile("POST", "idLabels", lambda: office.paul.label(card, FLAG))
    assert write(office, card, put_on(office)) == Done()
    assert office.world.labels(card) == ["delegate", FLAG]
    assert {e.member_id for e in log_of(office, card) if e.labels_on} == {office.paul.id}


def test_a_label_that_a_person_took_off_in_between_counts_as_taken_off(office: Office) -> None:
    card = office.delegate("Appeler", labels=(FLAG,))
    office.app.faults = Meanwhile("DELETE", "idLabels", lambda: office.paul.unlabel(card, FLAG))
    assert write(office, card, take_off(office)) == Done()
    assert office.world.labels(card) == ["delegate"]
    assert {e.member_id for e in log_of(office, card) if e.labels_off} == {office.paul.id}


@pytest.mark.covers("I10")
def test_a_label_of_a_person_put_on_in_between_is_kept(office: Office) -> None:
    card = office.complete()
    deed = Meanwhile("POST", "idLabels", lambda: office.paul.label(card, "cœur de métier"))
    office.app.faults = deed
    assert write(office, card, put_on(office)) == Done()
    assert sorted(office.world.labels(card)) == ["cœur de métier", "delegate", FLAG]


def test_a_label_that_the_board_no_longer_has_is_off_but_cannot_be_put_on(office: Office) -> None:
    card = office.delegate("Appeler", labels=(FLAG,))
    on, off, before = put_on(office), take_off(office), seen(office, card)
    label = office.world.store.labels[on.label_id]
    boards.delete_label(office.world.store, office.paul.by, label)
    assert office.bot.gateway.write(before, off) == Done()
    refused = office.bot.gateway.write(before, on)
    assert isinstance(refused, NotApplied)
    assert "label not found" in str(refused.error)
    assert office.world.labels(card) == ["delegate"]


def test_a_label_of_another_board_is_refused(office: Office) -> None:
    card, elsewhere = office.complete(), office.add_board("Ailleurs")
    foreign = label_of(office.world.store, elsewhere, FLAG).id
    assert isinstance(write(office, card, AddLabel(foreign, FLAG)), NotApplied)
    assert office.world.labels(card) == ["delegate"]


def test_on_a_deleted_card_a_label_cannot_be_put_on_and_is_not_there_to_take_off(
    office: Office,
) -> None:
    card = office.delegate("Appeler", labels=(FLAG,))
    before, on, off = seen(office, card), put_on(office), take_off(office)
    office.paul.delete(card)
    assert gone(office.bot.gateway.write(before, on))
    assert office.bot.gateway.write(before, off) == Done()


@pytest.mark.parametrize("status", [400, 401, 403])
def test_another_refusal_to_take_a_label_off_is_no_success(office: Office, status: int) -> None:
    card = office.delegate("Appeler", labels=(FLAG,))
    body = "unauthorized card permission requested"
    office.app.faults = Always("DELETE", "idLabels", answer(status, body))
    assert isinstance(write(office, card, take_off(office)), NotApplied)


# Ticks


def test_an_answer_is_unticked_with_one_request_and_the_steps_stay(office: Office) -> None:
    card, untick = answered(office)
    office.mel.add_checklist(card, "Étapes", ["Bloqué"])
    office.mel.tick(card, office.world.items(card)[-1])
    assert office.written_by(lambda: write(office, card, untick)) == [
        f"PUT /cards/{card.id}/checkItem/{untick.item_id}"
    ]
    assert [
        (each.name, item.name, item.done)
        for each in seen(office, card).checklists
        for item in each.items
    ] == [
        ("Où en êtes-vous ?", "En route", False),
        ("Où en êtes-vous ?", "Bloqué", False),
        ("Étapes", "Bloqué", True),
    ]


def test_the_log_tells_the_persons_tick_and_then_the_bots_untick(office: Office) -> None:
    card, untick = answered(office)
    assert write(office, card, untick) == Done(untick.item_id)
    told = [
        (each.member_id, each.checklist, each.item, each.item_done)
        for each in log_of(office, card)
        if each.type == "updateCheckItemStateOnCard"
    ]
    assert told == [
        (office.mel.id, "Où en êtes-vous ?", "Bloqué", True),
        (office.robot.id, "Où en êtes-vous ?", "Bloqué", False),
    ]
    assert log_of(office, card)[-1].app_id == office.grant.id_app


def test_an_answer_that_its_author_unticked_in_between_is_left_so(office: Office) -> None:
    card, untick = answered(office)
    office.app.faults = Meanwhile("PUT", "checkItem", lambda: office.mel.untick(card, "Bloqué"))
    assert write(office, card, untick) == Done(untick.item_id)
    assert not any(each.done for each in office.world.items(card))
    ticks = [e.member_id for e in log_of(office, card) if e.type == "updateCheckItemStateOnCard"]
    assert ticks == [office.mel.id, office.mel.id]


def _item_deleted(office: Office, card: Card, item_id: str) -> None:
    store = office.world.store
    checklists.remove_item(store, office.paul.by, store.check_items[item_id])
    assert card.id_checklists


def _checklist_deleted(office: Office, card: Card, item_id: str) -> None:
    (checklist,) = checklists.checklists_of(office.world.store, card)
    assert item_id in checklist.id_items
    office.paul.remove_checklist(checklist)


def _card_deleted(office: Office, card: Card, item_id: str) -> None:
    assert item_id in office.world.store.check_items
    office.paul.delete(card)


@pytest.mark.parametrize("deed", [_item_deleted, _checklist_deleted, _card_deleted])
def test_an_answer_that_is_gone_cannot_be_unticked(
    office: Office, deed: Callable[[Office, Card, str], None]
) -> None:
    card, untick = answered(office)
    before = seen(office, card)
    deed(office, card, untick.item_id)
    assert gone(office.bot.gateway.write(before, untick))


# Answers that tell nothing


LOST: Mapping[str, Callable[[object], Answer | None]] = {
    "connection lost": hang_up,
    "503": answer(503),
    "202": answer(202, {}),
    "200 with a page": answer(200, "<html>"),
}


@pytest.mark.parametrize("fault", LOST)
def test_a_write_without_an_answer_is_unknown_and_the_card_tells_what_became_of_it(
    office: Office, fault: str
) -> None:
    card, untick = answered(office)
    ours = frozenset({label_id(office)})
    for change in (put_on(office), take_off(office), untick):
        office.app.faults = AtWrite(1, after=LOST[fault])
        assert isinstance(write(office, card, change), Unknown)
    on, off, unticked = log_of(office, card)[-3:]
    assert (on.labels_on, off.labels_off) == (ours, ours)
    assert (unticked.item, unticked.item_done) == ("Bloqué", False)


@pytest.mark.parametrize("body", [[], ["0" * 24], {"id": "x"}, "text"])
def test_an_answer_without_the_label_does_not_prove_that_it_is_on(
    office: Office, body: object
) -> None:
    card = office.complete()
    office.app.faults = AtWrite(1, after=answer(200, body))
    assert isinstance(write(office, card, put_on(office)), Unknown)


# Attachments


def test_the_log_names_attachments_that_come_and_go(office: Office) -> None:
    card = office.complete()
    office.mel.upload(card, "devis.pdf", b"x")
    link = office.mel.attach(card, "https://example.com/plan", "Plan")
    office.mel.detach(link)
    office.mel.comment(card, "Voilà")
    assert [(each.type, each.attachment) for each in log_of(office, card)[-4:]] == [
        ("addAttachmentToCard", "devis.pdf"),
        ("addAttachmentToCard", "Plan"),
        ("deleteAttachmentFromCard", "Plan"),
        ("commentCard", None),
    ]


# Commands


@pytest.mark.parametrize("command", ["/go", "/pause 3j", "/why", "/aide"])
def test_reactions_are_read_for_every_command(office: Office, command: str) -> None:
    card = office.complete()
    said = office.mel.comment(card, command)
    office.robot.react(said)
    assert [each.member_id for each in log_of(office, card)[-1].reactions] == [office.robot.id]


@pytest.mark.parametrize("text", ["Bonjour", "/pause", "> /go", "/home/mel"])
def test_no_request_is_spent_on_the_reactions_of_other_comments(office: Office, text: str) -> None:
    card = office.complete()
    office.mel.comment(card, text)
    log_of(office, card)
    assert not [each for each in office.app.requests if each.path.endswith("/reactions")]
