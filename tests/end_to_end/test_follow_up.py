"""What follows a hand-over: each moment's words, once, whatever breaks.

Over the wire; but from a kept moment and without sockets where each write of each moment is broken
in each way: that is tried more than a hundred times.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from bot.sandbox.rows import Card
from tests.end_to_end.faults import CRASHES, FAULTS, Crash
from tests.end_to_end.moments import MOMENTS, handed_over
from tests.end_to_end.office import Office, Peace, outcomes
from tests.end_to_end.shell import typed
from tests.simulation.office import QuietOffice, reopened
from tests.simulation.place import playground
from tests.simulation.scenarios import cards_of, prepared

WRITES: Mapping[str, list[str]] = {
    "stalled": ["post_comment", "add_label"],
    "moving_again": ["remove_label"],
    "owner_awaited": ["post_comment", "add_label"],
    "check_in": ["post_comment", "untick"],
    "late": ["post_comment"],
    "late_unanswered": ["post_comment"],
    "passed_by_a_tick": ["post_comment"],
    "passed_by_a_question": ["post_comment"],
    "owner_back": ["post_comment"],
    "date_accepted": ["set_dates", "react"],
    "delivered": ["post_comment"],
    "delivered_with_nothing": ["post_comment"],
    "changed": ["post_comment"],
    "why": ["post_comment", "react"],
    "snoozed": ["react"],
    "mistyped": ["post_comment"],
    "no_longer_delegated": ["remove_label"],
}
"""What the pass at each moment writes."""

READERS: Mapping[str, str] = {
    **dict.fromkeys(WRITES, "mel"),
    **dict.fromkeys(("owner_awaited", "late_unanswered", "owner_back", "delivered", "why"), "paul"),
    **dict.fromkeys(("passed_by_a_tick", "passed_by_a_question"), "paul"),
}
AT_EACH_WRITE = [
    (moment, n) for moment, writes in WRITES.items() for n in range(1, len(writes) + 1)
]


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with playground() as place:
        yield place


def at_moment(name: str, folder: Path) -> QuietOffice:
    return reopened(prepared(name, folder), folder / "office")


@cache
def undisturbed(name: str, folder: Path) -> list[dict[str, object]]:
    """Return a moment's cards as a pass without trouble leaves them."""
    office = at_moment(name, folder)
    office.apply()
    office.close()
    return faces(office)


def faces(office: QuietOffice) -> list[dict[str, object]]:
    return [office.face(each) for each in cards_of(office)]


@pytest.mark.parametrize("name", MOMENTS)
def test_each_moment_is_met_by_its_writes_and_a_second_pass_writes_nothing(
    office: Office, name: str
) -> None:
    card = MOMENTS[name](office)
    before = office.world.texts(card)
    report = office.apply()
    assert outcomes(report) == [(each, "applied") for each in WRITES[name]]
    assert report.exit_code == 0
    new = office.world.texts(card)[len(before) :]
    assert all(each.startswith(f"@{READERS[name]}, ") for each in new)
    assert office.written_by(office.apply) == []
    office.fresh_bot(forget=True)
    assert office.written_by(office.apply) == []


@pytest.mark.parametrize("name", MOMENTS)
def test_plan_shows_the_very_texts_that_apply_writes(folder: Path, name: str) -> None:
    office = at_moment(name, folder)
    planned = office.json(office.plan())["changes"]
    report = office.apply()
    done = office.json(report, report.effects)["changes"]
    assert [each | {"outcome": "applied"} for each in planned] == done
    office.close()


@pytest.mark.covers("B4")
@pytest.mark.parametrize(("name", "number"), AT_EACH_WRITE)
@pytest.mark.parametrize("crash", CRASHES)
def test_a_crash_at_any_write_and_another_apply_give_the_same_card(
    folder: Path, crash: str, name: str, number: int
) -> None:
    should = undisturbed(name, folder)
    office = at_moment(name, folder)
    more = CRASHES[crash](office, number)
    with pytest.raises(Crash):
        office.apply(**more)
    office.app.faults = Peace()
    office.fresh_bot(forget=True)
    assert office.apply().exit_code == 0
    assert faces(office) == should
    assert office.written_by(office.apply) == []
    office.close()


@pytest.mark.covers("B4")
@pytest.mark.parametrize(("name", "number"), AT_EACH_WRITE)
@pytest.mark.parametrize(
    "fault", ["5xx, applied", "answer lost, not applied", "answer lost, applied"]
)
def test_a_fault_at_any_write_leaves_each_change_exactly_once(
    folder: Path, fault: str, name: str, number: int
) -> None:
    should = undisturbed(name, folder)
    office = at_moment(name, folder)
    more = FAULTS[fault](office, number)
    office.apply(**more)
    office.app.faults = Peace()
    assert office.apply().exit_code == 0
    assert faces(office) == should
    assert office.written_by(office.apply) == []
    office.close()


@pytest.mark.covers("I6")
def test_a_stall_label_of_a_persons_own_stays(office: Office) -> None:
    card = MOMENTS["stalled"](office)
    office.paul.label(card, office.words.labels["stalled"])
    assert outcomes(office.apply()) == [("post_comment", "applied")]
    office.mel.comment(card, "Je m'y remets.")
    assert office.written_by(office.apply) == []
    assert office.words.labels["stalled"] in office.world.labels(card)


@pytest.mark.covers("I5")
def test_a_stall_label_that_a_person_took_off_is_not_set_again(office: Office) -> None:
    card = MOMENTS["stalled"](office)
    office.apply()
    office.paul.unlabel(card, office.words.labels["stalled"])
    assert office.written_by(office.apply) == []
    office.fresh_bot(forget=True)
    assert office.written_by(office.apply) == []


@pytest.mark.covers("I4")
def test_a_stall_comment_that_a_person_deleted_is_known_by_the_label(office: Office) -> None:
    card = MOMENTS["stalled"](office)
    office.apply()
    office.robot.delete_comment(office.world.comments(card)[-1])
    office.fresh_bot(forget=True)
    assert office.written_by(office.apply) == []


@pytest.mark.parametrize("name", [each for each in MOMENTS if each != "no_longer_delegated"])
def test_hold_silences_every_rule(folder: Path, name: str) -> None:
    office = at_moment(name, folder)
    for card in cards_of(office):
        office.paul.label(card, office.words.labels["hold"])
    assert office.written_by(office.apply) == []
    office.close()


@pytest.mark.parametrize("name", ["stalled", "check_in"])
def test_a_snooze_by_the_assistant_keeps_the_bot_quiet_until_it_ends(
    office: Office, name: str
) -> None:
    card = handed_over(office, "méthode : appeler\ncharge : 3h\npour : 11 décembre")
    office.mel.comment(card, "/pause 20j")
    office.settled()
    office.at("2026-12-04 09:00" if name == "stalled" else "2026-12-10 15:40")
    written = office.written_by(office.apply)
    # The last check-in is not covered by it.
    assert len(written) == (name == "check_in")


def test_an_owner_whom_the_assistant_told_of_the_delivery_is_not_told_by_the_bot(
    office: Office,
) -> None:
    card = handed_over(office)
    office.later(60)
    office.mel.comment(card, "@paul voici : https://example.com/devis.pdf")
    office.move(card, 2, office.mel)
    for minutes in (1, 6, 120):
        office.later(minutes)
        assert office.written_by(office.apply) == []


def test_a_mistyped_command_that_its_author_mends_is_answered_too(office: Office) -> None:
    card = handed_over(office)
    office.later(30)
    typed_wrong = office.paul.comment(card, "/wy")
    assert outcomes(office.apply()) == [("post_comment", "applied")]
    office.paul.edit_comment(typed_wrong, "/why")
    assert outcomes(office.apply()) == [("post_comment", "applied"), ("react", "applied")]
    assert office.written_by(office.apply) == []


def test_explain_tells_the_history_and_what_each_rule_waits_for(office: Office) -> None:
    card = MOMENTS["passed_by_a_question"](office)
    shown = " ".join(
        typed(office, "explain", card.short_link, "--now", "2026-11-23T09:40").stdout.split()
    )
    for words in (
        "une question est posée",
        "balle chez la personne responsable",
        "`/pause 3j` ou `/silence`",
        "la carte est chez la personne responsable",
    ):
        assert words in shown
    assert _asked(office, card) == []


def _asked(office: Office, card: Card) -> list[str]:
    return [each for each in office.world.texts(card) if each.startswith("@paul")]


@pytest.mark.parametrize("name", MOMENTS)
def test_on_the_owners_own_account_every_moment_is_met_alike(office: Office, name: str) -> None:
    office.use(office.world.grant(office.paul))
    MOMENTS[name](office)
    assert outcomes(office.apply()) == [(each, "applied") for each in WRITES[name]]
    assert office.written_by(office.apply) == []
    office.fresh_bot(forget=True)
    assert office.written_by(office.apply) == []
