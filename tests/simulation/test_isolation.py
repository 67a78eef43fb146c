"""What cannot be read stops nobody else, and is never taken for empty."""

from pathlib import Path

import pytest

from tests.simulation.office import QuietOffice, reopened
from tests.simulation.poison import POISONS, Poisoned
from tests.simulation.run import peaceful
from tests.simulation.scenarios import prepared
from tests.simulation.spec import Spec
from tests.simulation.team import Team
from tests.simulation.tokens import bots_comments
from tests.simulation.wire import Heard

SICK, WELL = "Trouver un plombier", "Trouver un couvreur"


def _after_two_passes(scenario: str, part: str, how: str, folder: Path) -> tuple[QuietOffice, Team]:
    office = reopened(prepared(scenario, folder), folder / "poison")
    team = Team(office, Spec(scenario))
    team.begin(Poisoned(part.format(**_ids(office)), POISONS[how]))
    team.one_pass()
    office.hours.wait(60)
    team.one_pass()
    office.close()
    return office, team


def _ids(office: QuietOffice) -> dict[str, str]:
    card = office.world.card_named(office.board, SICK)
    return {"card": card.id, "board": office.board.short_link}


def _writes(trace: list[Heard]) -> list[str]:
    return [each.request for each in trace if not each.request.startswith("GET")]


@pytest.mark.parametrize("how", POISONS)
def test_a_card_that_always_fails_keeps_no_other_card_waiting(how: str, folder: Path) -> None:
    office, team = _after_two_passes("two_cards", "cards/{card}", how, folder)
    well = office.world.card_named(office.board, WELL)
    assert len(list(bots_comments(office, well))) == 1
    assert office.world.members(well) == ["mel"]
    assert team.problems == []


@pytest.mark.parametrize("how", POISONS)
def test_a_board_that_cannot_be_read_is_not_written_to(how: str, folder: Path) -> None:
    _, team = _after_two_passes("two_cards", "boards/{board}", how, folder)
    assert _writes(team.trace) == []
    assert team.problems == []


@pytest.mark.parametrize("how", POISONS)
def test_whose_token_it_is_must_be_known_before_anything_is_written(how: str, folder: Path) -> None:
    _, team = _after_two_passes("two_cards", "members/me", how, folder)
    assert _writes(team.trace) == []
    assert team.problems == []


def test_the_undisturbed_board_serves_both_cards(folder: Path) -> None:
    face = peaceful("two_cards", folder).face
    assert all(each["members"] == ["mel"] for each in face.values())
