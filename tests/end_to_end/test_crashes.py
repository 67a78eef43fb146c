"""A crash or a lost answer at any write, and another apply gives the same board.

Without sockets: that is tried a hundred times, and `tests/processes` does it with real ones.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.sandbox.rows import Card
from tests.end_to_end.faults import CRASHES, FAULTS, Crash
from tests.end_to_end.kinds import add_file
from tests.end_to_end.office import Office, Peace
from tests.simulation.office import QuietOffice, opened
from tests.simulation.place import playground

KIND = """---
names: {fr: Devis}
keywords: {fr: [devis]}
files: [modele.txt]
fr:
  objective: "Un devis signé."
  method: [{do: "Chiffrer", time: 30m}]
---
"""
WRITES = 12
"""Description, two checklists with one item and four, link, file, member, comment."""

THOROUGH = ("5xx, applied", "answer lost, not applied", "answer lost, applied late")
FAULTS_AT_EACH_WRITE = [(fault, n) for fault in THOROUGH for n in range(1, WRITES + 1)]
OTHER_FAULTS = [(fault, n) for fault in FAULTS if fault not in THOROUGH for n in (1, 4, WRITES)]


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    with playground() as folder:
        yield folder


@pytest.fixture
def office(place: Path) -> Iterator[QuietOffice]:
    office = opened(place / "office")
    yield office
    office.close()


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the owner's own kinds."""
    folder = tmp_path_factory.mktemp("kinds")
    (folder / "devis.md").write_text(KIND, encoding="utf-8")
    add_file(folder, "devis")
    return folder


@pytest.fixture(scope="module")
def undisturbed(kinds: Path, place: Path) -> dict[str, object]:
    """The card as a pass without trouble leaves it."""
    office = opened(place / "undisturbed")
    card = _prepared(office, kinds)
    assert len(office.written_by(office.apply)) == WRITES
    office.close()
    return _normal(office, card)


def _prepared(office: Office, kinds: Path) -> Card:
    office.settings["briefs"] = {"folder": str(kinds)}
    return office.delegate("Devis", "Notes\r\n\npièces : https://example.com/plan")


def _normal(office: Office, card: Card) -> dict[str, object]:
    """Return the card's face, but for the addresses of uploads and the second of its start."""
    files = [each.name for each in office.attachments(card)]
    return office.face(card) | {"attachments": files, "start": (card.start or "")[:16]}


@pytest.mark.covers("B1", "B2", "B5", "B6")
@pytest.mark.parametrize("number", range(1, WRITES + 1))
@pytest.mark.parametrize("crash", CRASHES)
def test_a_crash_at_any_write_and_another_apply_give_the_same_board(
    office: Office, kinds: Path, undisturbed: dict[str, object], crash: str, number: int
) -> None:
    card = _prepared(office, kinds)
    more = CRASHES[crash](office, number)
    with pytest.raises(Crash):
        office.apply(**more)
    office.app.faults = Peace()
    office.fresh_bot(forget=True)
    assert office.apply().exit_code == 0
    assert _normal(office, card) == undisturbed
    assert office.written_by(office.apply) == []


@pytest.mark.covers("A9", "A11", "A12", "K2")
@pytest.mark.parametrize(("fault", "number"), [*FAULTS_AT_EACH_WRITE, *OTHER_FAULTS])
def test_a_fault_at_any_write_leaves_each_change_on_the_board_exactly_once(
    office: Office, kinds: Path, undisturbed: dict[str, object], fault: str, number: int
) -> None:
    card = _prepared(office, kinds)
    more = FAULTS[fault](office, number)
    report = office.apply(**more)
    assert report.exit_code == (3 if "not applied" in fault else 0)
    office.app.faults = Peace()
    assert office.apply().exit_code == 0
    assert _normal(office, card) == undisturbed
    assert office.written_by(office.apply) == []


def test_a_crash_is_noted_until_a_run_ends_cleanly(office: Office) -> None:
    office.complete()
    with pytest.raises(Crash):
        office.apply(**CRASHES["after its answer"](office, 2))
    assert office.fresh_bot().state.ended_cleanly() is False
    office.apply()
    assert office.bot.state.ended_cleanly() is True


def test_a_pass_cut_short_while_it_waits_concludes_nothing(office: Office) -> None:
    office.complete()
    more = FAULTS["answer lost, applied"](office, 1)
    report = office.apply(**more | {"settle": lambda: False})
    assert report.effects[0].outcome == "unknown"
    assert report.effects[0].problem is not None
    assert {each.outcome for each in report.effects[1:]} == {"dropped"}
    assert report.exit_code == 3
    assert office.bot.state.ended_cleanly() is False


@pytest.mark.covers("F1")
def test_a_stop_ends_between_two_writes_and_the_rest_is_for_the_next_run(office: Office) -> None:
    card = office.complete()
    left = iter([True, True])
    report = office.apply(going_on=lambda: next(left, False))
    assert len(office.writes) == 2
    assert report.exit_code == 3
    assert {each.outcome for each in report.effects[2:]} == {"not_applied"}
    assert "asked to stop" in (report.effects[-1].problem or "")
    office.apply()
    assert office.world.members(card) == ["mel"]
