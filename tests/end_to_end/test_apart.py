"""One failing card, board or template never stops the others; exit codes tell what is left."""

from collections.abc import Callable, Mapping

import pytest

from bot.ports import RetryLaterError, StopError
from bot.sandbox.call import Answer
from tests.end_to_end.faults import Always, Meanwhile, answer, hang_up
from tests.end_to_end.kinds import add_kind
from tests.end_to_end.office import COMPLETE, Office, Peace, outcomes
from tests.unit.text.bombs import BOMBS

TROUBLES: Mapping[str, Callable[[object], Answer | None]] = {
    "5xx": answer(503),
    "a page": answer(200, "<html>maintenance</html>"),
    "no answer": hang_up,
}


@pytest.mark.covers("A3")
def test_a_card_deleted_between_reading_and_its_log_is_no_error(office: Office) -> None:
    card, other = office.complete(), office.complete("Autre")
    office.app.faults = Meanwhile("GET", f"/cards/{card.id}", lambda: office.paul.delete(card))
    report = office.apply()
    assert report.exit_code == 0
    assert office.world.members(other) == ["mel"]


@pytest.mark.covers("A3")
def test_a_card_deleted_while_it_is_written_to_is_no_error(office: Office) -> None:
    card, other = office.complete(), office.complete("Autre")
    office.app.faults = Meanwhile("POST", f"/cards/{card.id}", lambda: office.paul.delete(card))
    report = office.apply()
    assert report.exit_code == 0
    assert office.world.members(other) == ["mel"]
    assert {("add_checklist", "dropped"), ("post_comment", "dropped")} <= set(outcomes(report))


def test_a_checklist_that_vanishes_is_left_to_the_next_pass(office: Office) -> None:
    card = office.complete()

    def gone() -> None:
        for each in list(card.id_checklists):
            office.paul.remove_checklist(office.world.store.checklists[each])

    office.app.faults = Meanwhile("POST", "/checkItems", gone)
    report = office.apply()
    assert report.exit_code == 3
    office.app.faults = Peace()
    office.settled()
    assert [name for name, _ in office.checklists(card)] == ["Étapes", "Où en êtes-vous ?"]


@pytest.mark.parametrize("trouble", TROUBLES)
def test_a_card_that_cannot_be_read_waits_and_the_others_are_served(
    office: Office, trouble: str
) -> None:
    card, other = office.complete(), office.complete("Autre")
    office.app.faults = Always("GET", f"/cards/{card.id}", TROUBLES[trouble])
    report = office.apply()
    assert office.world.members(other) == ["mel"]
    assert office.world.members(card) == []
    assert report.exit_code == 3
    assert not any(card.id in each for each in office.writes)
    office.app.faults = Peace()
    office.settled()
    assert office.world.members(card) == ["mel"]


@pytest.mark.covers("A2")
def test_a_card_without_rights_waits_and_the_others_are_served(office: Office) -> None:
    card, other = office.complete(), office.complete("Autre")
    refusal = answer(401, "unauthorized card permission requested")
    office.app.faults = Always("GET", f"/cards/{card.id}", refusal)
    assert office.apply().exit_code == 3
    assert office.world.members(other) == ["mel"]


@pytest.mark.covers("A2")
def test_a_board_without_rights_stops_no_other_board(office: Office) -> None:
    hidden = office.paul.add_board("Privé", lists=["À faire"], labels=["delegate"])
    office.settings["boards"] = [hidden.short_link, office.board.short_link]
    card = office.complete()
    report = office.apply()
    assert office.world.members(card) == ["mel"]
    assert report.exit_code == 2
    (failure,) = report.reading.failures
    assert failure.board == hidden.short_link
    assert "no rights" in failure.problem
    (refusal,) = report.reading.refusals
    assert "invite" in str(refusal.problem)


@pytest.mark.covers("A2")
def test_taken_off_one_board_in_mid_pass_the_bot_goes_on_with_the_others(office: Office) -> None:
    board = office.add_board("Autre tableau")
    office.settings["boards"] = [board.short_link, office.board.short_link]
    there = office.delegate("Là-bas", COMPLETE[office.language], board)
    here = office.complete()

    def taken_off() -> None:
        memberships = office.world.store.memberships
        (mine,) = (
            each.id
            for each in memberships.values()
            if (each.id_board, each.id_member) == (board.id, office.robot.id)
        )
        del memberships[mine]

    office.app.faults = Meanwhile("POST", f"/cards/{there.id}", taken_off)
    assert office.apply().exit_code == 3
    assert (office.world.members(there), office.world.members(here)) == ([], ["mel"])
    office.app.faults = Peace()
    assert office.apply().exit_code == 2
    assert not [each for each in office.writes[-1:] if there.id in each]


@pytest.mark.parametrize("reference", ["AbCd1234", "5e93ba98614ac22d22f085c4"])
def test_a_board_that_does_not_exist_stops_no_other_board(office: Office, reference: str) -> None:
    office.settings["boards"] = [reference, office.board.short_link]
    card = office.complete()
    assert office.apply().exit_code == 2
    assert office.world.members(card) == ["mel"]


@pytest.mark.parametrize("trouble", TROUBLES)
def test_a_board_that_is_down_waits_for_the_next_pass(office: Office, trouble: str) -> None:
    board = office.add_board("Autre tableau")
    office.settings["boards"] = [board.short_link, office.board.short_link]
    here, there = office.complete(), office.delegate("Là-bas", "méthode : a\ncharge : 1h", board)
    office.app.faults = Always("GET", board.short_link, TROUBLES[trouble])
    report = office.apply()
    assert report.exit_code == 3
    assert report.reading.refusals == ()
    assert (office.world.members(here), office.world.members(there)) == (["mel"], [])
    office.app.faults = Peace()
    office.settled()
    assert office.world.members(there) == ["mel"]


@pytest.mark.covers("A2")
def test_a_closed_board_is_refused_and_the_others_are_served(office: Office) -> None:
    board = office.add_board("Autre tableau")
    office.settings["boards"] = [board.short_link, office.board.short_link]
    board.closed = True
    card = office.complete()
    report = office.apply()
    assert report.exit_code == 2
    assert "closed" in str(report.reading.refusals[0].problem)
    assert office.world.members(card) == ["mel"]


@pytest.mark.covers("G7")
def test_a_board_whose_label_stands_twice_is_refused(office: Office) -> None:
    office.paul.add_label(office.board, "Delegate")
    office.complete()
    report = office.apply()
    assert report.exit_code == 2
    assert office.writes == []


@pytest.mark.covers("G8")
def test_a_broken_kind_stops_only_its_own_cards(office: Office) -> None:
    add_kind(office, "panne", "---\nnames: {fr: Panne}\nkeyword: {fr: [panne]}\n---\n")
    broken = office.delegate("Réparer", "brief : panne")
    card = office.complete()
    office.later()
    assert office.apply().exit_code == 0
    assert office.world.members(card) == ["mel"]
    (question,) = office.world.texts(broken)
    assert "panne" in question
    assert broken.desc == "brief : panne"


@pytest.mark.covers("G8", "S1b", "S1c")
@pytest.mark.parametrize(
    "body",
    [
        *("{{ nothing }}", "{% if %}", "{{ 'x' * 99999 }}", "{{ 1 / 0 }}", "{{ ''.__class__ }}"),
        BOMBS["texts set"],
        BOMBS["lists compared"],
    ],
    ids=range(7),
)
def test_a_template_that_cannot_be_written_stops_only_its_own_cards(
    office: Office, body: str
) -> None:
    front = (
        '---\nnames: {fr: Panne}\nfr: {method: [{do: "Faire", time: 1h}], objective: "But"}\n---\n'
    )
    add_kind(
        office, "panne", front + "{% extends base %}{% block extra %}" + body + "{% endblock %}"
    )
    broken = office.delegate("Réparer", "brief : panne")
    card = office.complete()
    office.later()
    office.apply()
    assert office.world.members(card) == ["mel"]
    (question,) = office.world.texts(broken)
    assert "panne" in question
    assert broken.desc == "brief : panne"


def test_a_refused_attachment_does_not_keep_the_assistant_waiting(office: Office) -> None:
    card = office.delegate(
        "Devis", "méthode : chiffrer\ncharge : 1h\npièces : https://example.com/a"
    )
    refusal = answer(400, "invalid value for url")
    office.app.faults = Always("POST", "/attachments", refusal)
    report = office.apply()
    assert report.exit_code == 3
    problem = next(each.problem for each in report.effects if each.outcome == "not_applied")
    assert problem is not None
    assert "invalid value for url" in problem
    assert office.world.members(card) == ["mel"]
    assert len(office.world.texts(card)) == 1
    assert office.apply().exit_code == 0


def test_a_refused_member_is_told_and_nothing_after_it_is_done(office: Office) -> None:
    card = office.complete()
    office.app.faults = Always("POST", "/idMembers", answer(400, "invalid value for value"))
    report = office.apply()
    assert outcomes(report)[-2:] == [("add_member", "not_applied"), ("post_comment", "dropped")]
    assert report.exit_code == 3
    assert office.world.texts(card) == []


@pytest.mark.covers("K1")
def test_a_member_added_by_somebody_else_in_the_same_moment_is_fine(office: Office) -> None:
    card = office.complete()
    office.app.faults = Meanwhile(
        "POST", "/idMembers", lambda: office.paul.assign(card, office.mel)
    )
    assert office.apply().exit_code == 0
    assert office.world.members(card) == ["mel"]
    assert len(office.world.texts(card)) == 1


@pytest.mark.covers("A1")
def test_a_token_revoked_in_mid_pass_stops_every_further_write(office: Office) -> None:
    office.complete()
    office.complete("Autre")
    office.app.faults = Meanwhile(
        "POST", "/checklists", lambda: office.world.store.tokens.pop(office.grant.token)
    )
    with pytest.raises(StopError, match="TRELLO_API_TOKEN"):
        office.apply()
    assert len(office.writes) == 2


@pytest.mark.covers("A5")
def test_a_busy_service_is_left_alone_after_a_few_refusals(office: Office) -> None:
    office.complete()
    too_many = Answer(429, {"error": "API_TOKEN_LIMIT_EXCEEDED", "message": "Rate limit exceeded"})
    office.app.faults = Always("POST", "/", lambda _: too_many)
    report = office.apply()
    assert report.exit_code == 3
    refused = [each for each in office.app.requests if each.status == 429]
    assert 1 <= len(refused) <= 5
    office.app.faults = Peace()
    office.settled()


def test_a_pass_without_the_tokens_member_is_for_later(office: Office) -> None:
    office.complete()
    office.app.faults = Always("GET", "/members/me", answer(503))
    with pytest.raises(RetryLaterError):
        office.apply()
    assert office.writes == []


@pytest.mark.covers("J2")
def test_an_overlong_description_is_refused_with_a_question_never_cut(office: Office) -> None:
    notes = "méthode : a\ncharge : 1h\n\n" + "x" * 16_000
    card = office.delegate("Long", notes)
    office.later()
    assert office.apply().exit_code == 0
    assert card.desc == notes
    (question,) = office.world.texts(card)
    assert question.startswith("@paul")


def test_an_assistant_who_never_works_stops_only_their_own_cards(office: Office) -> None:
    office.settings["people"]["assistants"].append({"username": "lou"})
    lou = office.world.add_person("lou")
    office.world.invite(office.board, lou)
    office.settings["people"]["assistants"][1]["away"] = [
        "2026-11-20/2036-11-19",
        "2036-11-19/2037-12-31",
    ]
    card = office.delegate("Pour Mel", "méthode : a\ncharge : 1h\nassistant : mel")
    idle = office.delegate("Pour Lou", "méthode : a\ncharge : 1h", members=[lou])
    office.apply()
    assert office.world.members(card) == ["mel"]
    assert idle.desc == "méthode : a\ncharge : 1h"
