"""References hold ids and kinds of text, never names: a new name makes nothing be said again."""

import pytest

from bot.sandbox.people import label_of
from tests.end_to_end.kinds import add_quotes
from tests.end_to_end.moments import LONG
from tests.end_to_end.office import Office


@pytest.mark.covers("C7", "K4")
def test_a_new_name_for_board_label_list_person_or_kind_brings_nothing_twice(
    office: Office,
) -> None:
    add_quotes(office)
    card = office.delegate("Devis du toit", "pour : 18 décembre")
    asked = office.delegate("Appeler")
    office.settled()
    office.at("2026-11-26 09:00")
    office.settled()
    assert len(office.world.texts(card)) == 2
    assert len(office.world.texts(asked)) == 1
    office.board.name = "Chantiers"
    office.world.list_named(office.board, office.words.lists[0]).name = "En cours"
    for role, name in office.words.labels.items():
        label_of(office.world.store, office.board, name).name = f"{name} !"
        office.settings["labels"][role] = f"{name} !"
    office.world.store.members[office.mel.id].full_name = "Mélanie R."
    kinds = office.folder / "briefs"
    for each in ("devis.md", "devis"):
        (kinds / each).rename(kinds / each.replace("devis", "offre"))
    office.settings["boards"] = [office.board.id]
    office.fresh_bot(forget=True)
    assert office.written_by(office.settled) == []


@pytest.mark.covers("C10")
@pytest.mark.parametrize("zone", ["America/New_York", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_another_zone_and_day_for_the_digest_within_a_week_bring_no_second_one(
    office: Office, zone: str
) -> None:
    portfolio = office.add_portfolio()
    office.delegate("Trouver un plombier", f"{LONG}\npour : 18 décembre")
    office.settled()
    office.at("2026-11-30 09:00")
    office.apply()
    office.settings["people"]["owner"]["timezone"] = zone
    office.settings["digest"] = {"day": "mercredi"}
    for _ in range(12):
        office.later(60 * 6)
        office.fresh_bot(forget=True)
        office.apply()
    assert len(office.world.texts(portfolio)) == 1
