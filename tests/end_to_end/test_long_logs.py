"""A card's log is read to its end, however long it is, and a write is one request."""

import msgspec
import pytest

from bot.inspection import inspect
from bot.settings import ApiAddress
from tests.end_to_end.faults import Always, answer
from tests.end_to_end.kinds import add_quotes
from tests.end_to_end.office import Office, Peace, outcomes


@pytest.mark.covers("A15", "J7")
def test_a_hand_over_behind_two_thousand_comments_is_still_seen(office: Office) -> None:
    card = office.complete()
    office.settled()
    for number in range(2_100):
        office.mel.comment(card, f"Point {number}")
    office.fresh_bot(forget=True)
    report = office.plan()
    log = report.reading.snapshot.cards[card.id].log
    assert log is not None
    assert len(log) > 2_100
    assert len({each.id for each in log}) == len(log)
    assert [each.at for each in log] == sorted(each.at for each in log)
    assert report.plan.changes == ()
    pages = [each for each in office.app.requests if each.path == f"/cards/{card.id}/actions"]
    assert len(pages) >= 2


@pytest.mark.covers("A15", "J7")
def test_a_long_log_of_which_a_page_fails_concludes_nothing(office: Office) -> None:
    card = office.complete()
    for number in range(1_001):
        office.mel.comment(card, f"Point {number}")
    office.app.faults = Always("GET", f"{card.id}/actions", answer(503))
    assert office.apply().exit_code == 3
    assert office.writes == []


def test_a_file_that_has_vanished_from_the_kinds_folder_keeps_nobody_waiting(
    office: Office,
) -> None:
    add_quotes(office)
    card = office.delegate("Devis du toit")
    office.fresh_bot()
    (office.folder / "briefs" / "devis" / "modele.txt").unlink()
    report = office.apply()
    problem = next(each.problem for each in report.effects if each.problem)
    assert "modele.txt" in problem
    assert ("add_attachment", "not_applied") in outcomes(report)
    assert office.world.members(card) == ["mel"]


def test_an_answer_to_a_write_in_an_unknown_shape_is_still_an_answer(office: Office) -> None:
    card = office.complete()

    class Odd(Peace):
        def after(self, request, answer):  # type: ignore[no-untyped-def]
            super().after(request, answer)
            return answer.__class__(200, {"id": 7}) if request.method == "PUT" else None

    office.app.faults = Odd()
    assert office.apply().exit_code == 0
    assert office.world.members(card) == ["mel"]


def test_check_compares_the_clocks_only_with_the_real_service(office: Office) -> None:
    real = msgspec.structs.replace(office.bot, address=ApiAddress(office.url))
    for bot, grave in ((office.bot, False), (real, True)):
        findings = list(inspect(bot, office.later(0).replace(year=2030)))
        assert any("clock" in each.text and each.grave for each in findings) == grave


def test_check_tells_when_the_tokens_facts_cannot_be_read(office: Office) -> None:
    office.app.faults = Always("GET", "/tokens/", answer(200, {"dateExpires": 7}))
    findings = list(inspect(office.bot, office.now))
    assert [each.grave for each in findings] == [True]
    assert "could not be read" in findings[0].text


def test_an_answer_about_another_card_is_not_taken_for_this_one(office: Office) -> None:
    card, other = office.complete(), office.add_card("Autre")

    class Mistaken(Peace):
        def after(self, request, answer):  # type: ignore[no-untyped-def]
            super().after(request, answer)
            if request.path.endswith(f"/cards/{card.id}"):
                return answer.__class__(200, answer.body | {"id": other.id})
            return None

    office.app.faults = Mistaken()
    assert office.apply().exit_code == 3
    assert office.writes == []
