"""What reading costs: it grows with what has changed, not with cards and boards."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from bot.ports import StopError
from bot.sandbox.call import Answer
from bot.sandbox.log import touch
from bot.sandbox.rows import Board, Card
from tests.end_to_end.faults import Always, answer
from tests.end_to_end.office import COMPLETE, Office, Peace

PROBE = "GET /members/me/boards"
STEPS = "objectif : trois devis\nméthode :\n- appeler\n- comparer\n- choisir\ncharge : 2h\n"
LINKS = "pièces : https://exemple.fr/a https://exemple.fr/b\n"


def _asked(office: Office, step: Callable[[], object]) -> list[str]:
    """Return the requests that a step makes."""
    before = len(office.app.requests)
    step()
    return [f"{each.method} {each.path}" for each in office.app.requests[before:]]


def _at_rest(office: Office, boards: int = 1) -> list[Board]:
    """Hand a card over on each of some boards, and let everything be said and known."""
    every = [office.board, *(office.add_board(f"Tableau {n}") for n in range(1, boards))]
    office.settings["boards"] = [each.short_link for each in every]
    for each in every:
        office.delegate("Trouver un plombier", COMPLETE["fr"], each)
    office.settled()
    office.settled()
    return every


@pytest.mark.parametrize("boards", [1, 4])
def test_where_nothing_has_moved_one_request_tells_so_for_all_boards(
    office: Office, boards: int
) -> None:
    _at_rest(office, boards)
    for _ in range(5):
        office.later(1)
        assert _asked(office, office.apply) == [PROBE]


def test_of_several_boards_only_the_one_that_moved_is_read_in_two_requests(office: Office) -> None:
    _, other, *_ = _at_rest(office, 3)
    for number in range(30):
        card = office.add_card(f"Note {number}", board=other)
        office.paul.comment(card, "à voir")
        office.paul.describe(card, "plus tard")
    reads = _asked(office, office.apply)
    assert reads == [PROBE, f"GET /boards/{other.id}/actions", f"GET /boards/{other.short_link}"]


def test_what_happens_on_a_delegated_card_costs_no_request_of_its_own(office: Office) -> None:
    cards = [office.delegate(f"Travail {n}", COMPLETE["fr"]) for n in range(5)]
    office.settled()
    for each in cards:
        office.mel.comment(each, "J’avance bien.")
        office.mel.tick(each, office.world.items(each)[0])
    assert len(_asked(office, office.apply)) == 3


def test_a_board_that_only_the_bot_has_moved_costs_its_log_alone(office: Office) -> None:
    _at_rest(office)
    office.complete()
    office.apply()
    office.later(1)
    assert _asked(office, office.apply) == [PROBE, f"GET /boards/{office.board.id}/actions"]
    office.later(1)
    assert _asked(office, office.apply) == [PROBE]


def test_what_a_person_did_beside_the_bots_writes_is_not_passed_over(office: Office) -> None:
    card = office.complete()
    office.apply()
    other = office.delegate("Autre", COMPLETE["fr"])
    office.mel.comment(card, "/why")
    office.apply()
    assert office.world.members(other) == ["mel"]
    assert len(office.world.texts(card)) == 3


def test_an_act_that_leaves_no_entry_beside_the_bots_writes_is_seen(office: Office) -> None:
    card = office.complete()
    office.apply()
    office.later(1)
    office.world.store.check_items[office.world.items(card)[0].id].name = "Relancer"
    touch(office.world.store, card)
    reads = _asked(office, office.apply)
    assert f"GET /boards/{office.board.short_link}" in reads
    shown = office.plan().reading.snapshot.cards[card.id]
    assert "Relancer" in [item.name for each in shown.checklists for item in each.items]


def test_a_comment_that_is_edited_is_read_as_it_now_stands(office: Office) -> None:
    card = office.complete()
    office.settled()
    said = office.mel.comment(card, "J’avance.")
    office.apply()
    office.later(5)
    office.mel.edit_comment(said, "/why")
    office.apply()
    assert len(office.world.texts(card)) == 3


def test_what_was_missed_while_a_board_could_not_be_read_is_read_later(office: Office) -> None:
    card = office.complete()
    office.settled()
    office.mel.comment(card, "/why")
    office.app.faults = Always("GET", "/boards/", answer(503))
    for _ in range(2):
        office.later(1)
        office.apply()
    office.app.faults = Peace()
    for _ in range(3):
        office.later(5)
        office.apply()
    assert len(office.world.texts(card)) == 3


def test_one_board_in_turn_is_read_whole_every_hour(office: Office) -> None:
    first, second = _at_rest(office, 2)
    whole = []
    for _ in range(4):
        office.later(61)
        reads = _asked(office, office.apply)
        whole.append(
            [
                each.short_link
                for each in (first, second)
                if f"GET /boards/{each.short_link}" in reads
            ]
        )
    assert sorted(map(len, whole)) == [1, 1, 1, 1]
    assert whole[0] != whole[1]


def test_what_neither_date_nor_log_tells_is_seen_within_the_hour(office: Office) -> None:
    """An edit that moves nothing, as some do: the label is put on without a trace."""
    card = office.add_card("Trouver un plombier", COMPLETE["fr"])
    office.settled()
    (label,) = (e for e in office.world.store.labels_of(office.board) if e.name == "delegate")
    card.id_labels.append(label.id)
    office.later(1)
    office.apply()
    assert office.world.members(card) == []
    office.later(61)
    office.settled()
    assert office.world.members(card) == ["mel"]


def test_from_nothing_a_board_costs_two_requests_and_one_for_each_thousand_entries(
    office: Office,
) -> None:
    for number in range(120):
        card = office.add_card(f"Travail {number}", COMPLETE["fr"])
        office.paul.label(card, office.words.labels["hold"])
        office.paul.label(card, "delegate")
        for _ in range(8):
            office.paul.comment(card, "noté")
    entries = len(office.world.store.log(office.board.id))
    assert 1200 < entries < 2000
    reads = _asked(office, office.plan)
    assert len(reads) == 2 + 2
    assert reads[0] == "GET /members/me"


def test_few_delegated_cards_on_a_busy_board_are_asked_one_by_one(office: Office) -> None:
    cards = [office.complete(f"Travail {n}") for n in range(2)]
    busy = office.add_card("Journal")
    for _ in range(2100):
        office.paul.comment(busy, "noté")
    reads = _asked(office, office.plan)
    assert len(reads) <= 2 + 2 * len(cards)
    assert {f"GET /cards/{each.id}" for each in cards} <= set(reads)


def test_a_card_that_came_from_another_board_is_asked_for_its_own_log(office: Office) -> None:
    elsewhere = office.add_board("Ailleurs")
    cards = [office.delegate(f"Venu {n}", COMPLETE["fr"], elsewhere) for n in range(3)]
    others = [office.complete(f"Travail {n}") for n in range(3)]
    for each in cards:
        office.paul.comment(each, "d’abord là-bas")
        office.paul.move(each, office.world.list_named(office.board, office.words.lists[0]))
    reads = _asked(office, office.plan)
    assert {each for each in reads if "/cards/" in each} == {f"GET /cards/{e.id}" for e in cards}
    logs = office.plan().reading.snapshot.cards
    assert all("d’abord là-bas" in [a.text for a in logs[each.id].log or ()] for each in cards)
    assert all(logs[each.id].log for each in others)


class Poisoned(Peace):
    """Some cards cannot be read."""

    def __init__(self, ids: set[str]) -> None:
        self._ids = ids

    def before(self, request: Any) -> Answer | None:
        return answer(503)(request) if request.path[-24:] in self._ids else None


def test_for_cards_that_are_left_alone_the_boards_log_is_not_read_either(office: Office) -> None:
    elsewhere = office.add_board("Ailleurs")
    poison = [office.delegate(f"Venu {n}", COMPLETE["fr"], elsewhere) for n in range(2)]
    for each in poison:
        office.paul.move(each, office.world.list_named(office.board, office.words.lists[0]))
    others = [office.complete(f"Travail {n}") for n in range(4)]
    office.app.faults = Poisoned({each.id for each in poison})
    passes, reads = 30, []
    for _ in range(passes):
        for each in others:
            office.mel.comment(each, "noté")
        reads += _asked(office, office.apply)
        office.later(1)
    # For what is new on the board once a pass; for the two cards in the first pass, then after 1,
    # 3, 7, 15 minutes.
    assert reads.count(f"GET /boards/{office.board.id}/actions") <= passes + 6


def test_of_a_refused_board_the_log_is_not_read_again_and_again(office: Office) -> None:
    office.paul.add_label(office.board, "Delegate")
    cards = [office.complete(f"Travail {n}") for n in range(3)]
    assert office.apply().exit_code == 2
    for each in cards:
        office.paul.rename(each, f"{each.name} bis")
        office.complete(f"Encore {each.name}")
        office.complete(f"Encore un {each.name}")
        reads = _asked(office, office.apply)
        # What is new on the board, which tells whether it has to be read again.
        assert reads.count(f"GET /boards/{office.board.id}/actions") == 1


def _come_from_elsewhere(office: Office, number: int, label: str) -> None:
    """Let cards move in with their label: the board's log cannot tell their making."""
    other = office.add_board("Ailleurs")
    if label not in office.words.labels.values():
        office.paul.add_label(other, label)
    for each in range(number):
        card = office.add_card(f"Venue {each}", COMPLETE["fr"], other, labels=[label])
        office.move(card, 0)


def test_a_refused_board_that_has_not_moved_costs_nothing(office: Office) -> None:
    _come_from_elsewhere(office, 3, "delegate")
    good = office.add_board("Bon")
    refused = {"board": office.board.short_link, "lists": {"done": ["Pas de telle liste"]}}
    office.settings["boards"] = [refused, good.short_link]
    office.apply()
    office.add_card("Note", board=good)
    assert not any(office.board.id in each for each in _asked(office, office.apply))


def test_a_label_that_only_reads_like_the_one_for_delegation_costs_nothing(office: Office) -> None:
    office.settings.pop("labels")
    office.paul.add_label(office.board, "déléguer")
    _come_from_elsewhere(office, 3, "déléguer")
    office.apply()
    office.add_card("Note")
    assert len(_asked(office, office.apply)) == 3


def test_a_card_lies_on_the_board_on_which_it_was_seen_last(office: Office) -> None:
    other = office.add_board("Autre tableau")
    office.settings["boards"] = [other.short_link, office.board.short_link]
    card = office.complete()
    office.settled()
    office.paul.move(card, office.world.list_named(other, office.words.lists[0]))
    # The old board's date lags behind: it is taken for unmoved.
    office.board.date_last_activity = "2026-11-23T08:00:00.000Z"
    assert office.plan().reading.snapshot.cards[card.id].board_id == other.id


def _crowd(office: Office, number: int) -> Card:
    for place in range(number):
        office.add_card(f"Note {place}")
    return office.complete()


def test_a_board_of_more_cards_than_an_answer_holds_is_read_page_by_page(office: Office) -> None:
    card = _crowd(office, 2300)
    reads = _asked(office, office.plan)
    path = f"/boards/{office.board.short_link}"
    assert [each for each in reads if path in each] == [
        f"GET {path}",
        *[f"GET {path}/cards"] * 3,
    ]
    office.settled()
    assert office.world.members(card) == ["mel"]


class TooMuch(Peace):
    """Answers of too many cards at once fail, as the service's do."""

    def __init__(self, most: int, status: int, body: Any) -> None:
        self._most, self._status, self._body = most, status, body

    def after(self, request: Any, given: Answer) -> Answer | None:
        super().after(request, given)
        body = given.body
        cards = body.get("cards", ()) if isinstance(body, dict) else body
        if "/boards/" in request.path and "actions" not in request.path and len(cards) > self._most:
            return Answer(self._status, self._body, given.headers)
        return None


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (403, {"error": "API_TOO_MANY_CARDS_REQUESTED", "message": "too many cards"}),
        (449, {"path": "/cards", "originalMessage": "failed", "originalStatus": 504}),
        (504, "upstream request timeout"),
        (200, None),
    ],
    ids=["403", "449", "504", "cut"],
)
def test_a_board_too_large_for_one_answer_is_read_in_parts_from_then_on(
    office: Office, status: int, body: Any
) -> None:
    card = _crowd(office, 70)
    office.app.faults = TooMuch(60, status, body)
    office.settled()
    assert office.world.members(card) == ["mel"]
    office.later(1)
    office.add_card("Encore une")
    reads = _asked(office, office.apply)
    path = f"/boards/{office.board.short_link}"
    assert [each for each in reads if path in each] == [f"GET {path}", *[f"GET {path}/cards"] * 2]


def test_filling_a_card_costs_eight_requests_and_one_for_each_step_and_attachment(
    office: Office,
) -> None:
    office.delegate("Devis", STEPS + LINKS)
    first = _asked(office, office.apply)
    card = office.delegate("Devis encore", STEPS + LINKS)
    reads = [
        each for each in _asked(office, office.apply) if card.id in each or "/checklists/" in each
    ]
    assert office.world.members(card) == ["mel"]
    log = 1
    """The card's own log, read once before anything is planned."""
    assert len(reads) - log <= 8 + 3 + 2
    assert len(first) <= 3 + 8 + 3 + 2 + 4


def test_a_date_that_a_person_sets_just_after_the_hand_over_is_seen_at_once(
    office: Office,
) -> None:
    _at_rest(office)
    card = office.complete()
    office.apply()
    office.later(0.3)
    due = office.now + timedelta(days=30)
    office.paul.set_due(card, due)
    office.apply()
    assert office.plan().reading.snapshot.cards[card.id].due == due


@pytest.mark.parametrize("trouble", ["a clock that is off", "a refusal"])
def test_what_happened_before_a_pass_that_broke_off_is_seen_by_the_next(
    office: Office, trouble: str
) -> None:
    _at_rest(office)
    office.later(1)
    office.apply()
    cards = [office.complete(f"Neuve {n}") for n in range(1 + (trouble == "a refusal"))]
    office.later(1)
    if trouble == "a refusal":
        office.app.faults = Always("GET", "/actions", answer(401, "invalid token"))
    off = timedelta(minutes=3 if trouble == "a clock that is off" else 0)
    with pytest.raises(StopError):
        office.bot.cycle.applied(office.now + off, office.writing())
    office.app.faults = Peace()
    office.apply()
    assert all(office.world.members(each) == ["mel"] for each in cards)


def test_a_board_that_is_lost_does_not_keep_the_others_from_being_read_whole(
    office: Office,
) -> None:
    boards = _at_rest(office, 3)
    office.app.faults = Always("GET", f"/boards/{boards[1].short_link}", answer(404, "gone"))
    whole = set()
    for _ in range(4):
        office.later(61)
        whole |= set(_asked(office, office.apply))
    assert {f"GET /boards/{each.short_link}" for each in boards} <= whole
