"""What is planned is what is written, and a second pass writes nothing."""

from datetime import datetime

import pytest

from tests.end_to_end.office import Office
from tests.end_to_end.scenarios import SCENARIOS

CHANGE = {"rule", "change", "card", "card_name", "board", "reason", "text", "notifies"}


@pytest.fixture(params=SCENARIOS)
def prepared(request: pytest.FixtureRequest, office: Office) -> Office:
    SCENARIOS[request.param](office)
    return office


@pytest.mark.covers("G15")
def test_a_plan_writes_nothing_and_shows_the_very_texts_that_are_then_written(
    prepared: Office,
) -> None:
    assert prepared.written_by(prepared.plan) == []
    shown = prepared.json(prepared.plan())["changes"]
    report = prepared.apply()
    written = prepared.json(report, report.effects)["changes"]
    assert [each | {"outcome": "applied"} for each in shown] == written
    for change in shown:
        card = prepared.world.store.cards[change["card"]]
        if change["change"] == "set_description":
            assert card.desc == change["text"]
        elif change["change"].endswith("_comment") and change["text"]:
            assert change["text"] in prepared.world.texts(card)


def test_a_further_apply_writes_nothing(prepared: Office) -> None:
    prepared.settled()
    assert prepared.written_by(prepared.apply) == []
    prepared.fresh_bot(forget=True)
    assert prepared.written_by(prepared.apply) == []


def test_json_has_the_agreed_shape_and_a_reason_in_words(prepared: Office) -> None:
    shown = prepared.json(prepared.plan())
    assert set(shown) == {"now", "changes", "skips"}
    assert shown["now"].endswith("Z")
    assert datetime.fromisoformat(shown["now"]) == prepared.now
    for each in shown["skips"]:
        assert set(each) == {"rule", "card", "reason"}
    for each in shown["changes"]:
        assert set(each) == CHANGE
        assert len(each["card"]) == len(each["board"]) == 24
        mentioned = [name for name in ("paul", "mel") if f"@{name}" in (each["text"] or "")]
        assert each["notifies"] == (mentioned if each["change"] == "post_comment" else [])
    for each in [*shown["changes"], *shown["skips"]]:
        assert each["reason"].strip()
        assert "{" not in each["reason"]
