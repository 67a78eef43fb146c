"""A configuration edited while the worker runs: used when valid, otherwise nothing is written."""

from pathlib import Path

import pytest

from bot.reloading import Reloading
from bot.settings import SettingsError
from tests.end_to_end.kinds import add_quotes
from tests.end_to_end.office import Office


def _reloading(office: Office) -> tuple[Reloading, Path]:
    file = office.write_config()
    return Reloading(office.fresh_bot(), file, office.environment), file


def test_what_has_not_changed_is_not_read_again(office: Office) -> None:
    reloading, _ = _reloading(office)
    assert reloading.current() is office.bot
    assert reloading.current() is reloading.current()


@pytest.mark.covers("G13")
def test_a_valid_change_counts_from_the_next_pass_and_keeps_connections_and_state(
    office: Office,
) -> None:
    reloading, _ = _reloading(office)
    office.settings["limits"] = {"max_cards": 3}
    office.write_config()
    changed = reloading.current()
    assert changed.settings.limits.max_cards == 3
    assert (changed.api, changed.state) == (office.bot.api, office.bot.state)


@pytest.mark.covers("G13")
def test_while_the_file_is_invalid_nothing_may_be_written_and_a_mended_one_counts_at_once(
    office: Office,
) -> None:
    reloading, file = _reloading(office)
    good = file.read_text("utf-8")
    file.write_text(good.replace("{", "", 1), "utf-8")
    for _ in range(2):
        with pytest.raises(SettingsError):
            reloading.current()
    file.write_text(good + " ", "utf-8")
    assert reloading.current().settings.boards


def test_a_file_that_vanishes_is_an_invalid_one(office: Office) -> None:
    reloading, file = _reloading(office)
    file.unlink()
    with pytest.raises(SettingsError):
        reloading.current()


def test_a_new_kind_of_brief_counts_from_the_next_pass(office: Office) -> None:
    add_quotes(office)
    reloading, _ = _reloading(office)
    kinds = office.folder / "briefs"
    (kinds / "plan.md").write_text("---\nkeywords: {fr: [plan]}\nfr: {objective: Un plan.}\n---\n")
    assert "plan" in reloading.current().kinds.files
    assert "plan" not in office.bot.kinds.files
