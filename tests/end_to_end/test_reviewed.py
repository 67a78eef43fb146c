"""Ways to go wrong that were once found by trying, each kept from coming back."""

from datetime import UTC, datetime

import pytest

from bot.sandbox.checklists import checklists_of
from tests.end_to_end.faults import AtWrite, Meanwhile, answer, hang_up
from tests.end_to_end.office import Office


@pytest.mark.parametrize("spelling", ["/go", "/GO ", "\n/go", " /go\nmerci", "\\/go"])
def test_however_a_go_is_spelt_it_is_acknowledged_once(office: Office, spelling: str) -> None:
    card = office.delegate("Négocier le bail", "charge : 2h\nméthode :\n- appeler\n- écrire")
    office.paul.label(card, "cœur de métier")
    office.settled()
    office.paul.comment(card, spelling)
    office.later()
    office.settled()
    reactions = [each for each in office.writes if each.endswith("/reactions")]
    assert len(reactions) == 1
    assert office.world.members(card) == ["mel"]


@pytest.mark.parametrize("number", range(2, 9))
@pytest.mark.parametrize("lost", [2, 3, 4])
def test_two_failures_in_a_row_lose_no_step(office: Office, number: int, lost: int) -> None:
    # The bot stays the same process: what it kept of the card's log must not mislead it.
    card = office.complete()
    office.app.faults = AtWrite(lost, before=answer(503))
    office.apply()
    office.later(1)
    office.app.faults = AtWrite(number, before=hang_up)
    office.apply()
    office.app.faults = None
    office.later(1)
    office.settled()
    assert [len(items) for _, items in office.checklists(card)] == [1, 4]
    assert len(office.world.texts(card)) == 1


@pytest.mark.parametrize("number", range(1, 11))
def test_an_answer_that_names_nothing_made_proves_nothing(office: Office, number: int) -> None:
    card = office.complete()
    office.app.faults = AtWrite(number, before=answer(200, {}))
    office.apply()
    office.app.faults = None
    office.later(1)
    office.settled()
    assert [len(items) for _, items in office.checklists(card)] == [1, 4]
    assert len(office.world.texts(card)) == 1


@pytest.mark.covers("D16")
def test_a_date_at_the_end_of_time_stops_no_other_card(office: Office) -> None:
    far = office.complete("Bien plus tard")
    office.paul.set_due(far, datetime(9999, 12, 31, 23, 59, 59, 999000, tzinfo=UTC))
    near = office.complete("Tout de suite")
    office.settled()
    assert office.world.members(near) == ["mel"]
    assert len(office.world.texts(near)) == 1


@pytest.mark.covers("H6")
def test_half_a_character_in_a_title_hides_no_board(office: Office) -> None:
    odd = office.complete("Trouver \ud800 un plombier")
    other = office.complete("Trouver un peintre")
    report = office.settled()
    assert report.exit_code == 0
    assert office.world.members(odd) == ["mel"]
    assert office.world.members(other) == ["mel"]


def test_a_question_pasted_into_the_notes_is_no_brief(office: Office) -> None:
    asked = office.delegate("Appeler le plombier")
    office.later()
    office.apply()
    (question,) = office.world.texts(asked)
    copy = office.delegate("Appeler le peintre", question)
    office.later()
    office.settled()
    (told,) = office.world.texts(copy)
    assert told.startswith("@paul, ")
    assert office.world.members(copy) == []


def test_notes_that_are_too_long_are_asked_about_once(office: Office) -> None:
    card = office.complete()
    office.paul.describe(card, card.desc + "\n\n" + "notes " * 2700)
    for _ in range(4):
        office.later(60)
        office.apply()
    assert len(office.writes) == 1
    assert "dépassent" in office.world.texts(card)[0]


def test_answers_count_also_when_somebody_deleted_the_question(office: Office) -> None:
    card = office.delegate("Appeler le plombier")
    office.later()
    office.apply()
    question = office.world.comments(card)[0]
    office.paul.comment(card, "méthode :\n- chercher\n- appeler\n\ncharge : 45 min")
    office.world.person("delegatebot").delete_comment(question)
    office.later()
    office.settled()
    assert office.world.members(card) == ["mel"]


def test_who_left_the_board_before_the_hand_over_is_asked_about(office: Office) -> None:
    card = office.complete()
    office.app.faults = AtWrite(2, before=answer(503))
    office.apply()
    office.app.faults = None
    office.settings["people"]["assistants"][0]["username"] = "gone"
    office.fresh_bot()
    office.later()
    office.apply()
    assert office.world.members(card) == []
    assert office.world.texts(card)[0].startswith("@paul, ")


def test_an_earlier_step_that_nobody_planned_comes_before_the_hand_over(office: Office) -> None:
    card = office.complete()
    office.app.faults = AtWrite(9, before=answer(503))
    office.apply()
    steps = checklists_of(office.world.store, card)[0]

    def tidy() -> None:
        office.paul.remove_checklist(steps)

    office.later()
    # The second read of the card is the executor's own.
    office.app.faults = Meanwhile("GET", f"/cards/{card.id}", tidy, 2)
    report = office.apply()
    assert report.exit_code == 3
    assert office.world.texts(card) == []
    office.app.faults = None
    office.later()
    office.settled()
    assert sorted(len(items) for _, items in office.checklists(card)) == [1, 4]
    assert len(office.world.texts(card)) == 1
