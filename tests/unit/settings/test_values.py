"""What a right configuration means."""

from datetime import date, time, timedelta
from pathlib import Path

import jsonschema  # type: ignore[import-untyped]  # it has no types of its own
import msgspec
import pytest
from pydantic import ValidationError

import bot
from bot.domain.calendar import WorkingDays, WorkingTime
from bot.settings import Settings, SettingsError, load
from bot.settings.model import AssistantSettings
from bot.settings.places import Region
from bot.settings.reading import read_document
from bot.settings.schema import schema_text
from bot.settings.validation import keys_at
from bot.settings.written import Away
from tests.unit.settings.documents import settings_from, settings_with

EXAMPLE = Path(bot.__file__).parents[1] / "config" / "bot.example.yaml"
NOTIFY = {"OWNER_NOTIFY": "json://127.0.0.1", "MEL_NOTIFY": "json://127.0.0.1"}


def test_one_board_is_enough() -> None:
    settings = settings_from("boards: [AbCd1234]")
    assert settings.language == "fr"
    assert settings.timezone == "Europe/Paris"
    assert settings.people.assistants is None
    assert settings.stall.after == WorkingDays(2)
    assert settings.check_ins.at == (50,)
    assert settings.check_ins.before == (WorkingDays(1),)
    assert settings.check_ins.long_from == timedelta(hours=4)
    assert settings.digest.day == 0
    assert settings.digest.time == time(9)
    assert settings.limits.max_cards == 20
    assert settings.worker.every == timedelta(seconds=60)
    assert settings.worker.reconcile == timedelta(hours=1)
    assert settings.writes.settle == timedelta(seconds=35)
    assert settings.state_folder is None


@pytest.mark.covers("G12")
@pytest.mark.parametrize(
    ("written", "normalised"),
    [
        ("AbCd1234", "AbCd1234"),
        ("https://trello.com/b/AbCd1234", "AbCd1234"),
        ("https://trello.com/b/AbCd1234/mon-tableau?filter=x#y", "AbCd1234"),
        ("trello.com/b/AbCd1234/", "AbCd1234"),
        ("5E93BA98614AC22D22F085C4", "5e93ba98614ac22d22f085c4"),
    ],
)
def test_a_board_is_named_by_link_address_or_id(written: str, normalised: str) -> None:
    assert settings_from(f"boards: ['{written}']").boards[0].board == normalised
    assert settings_from(f"boards: '{written}'").boards[0].board == normalised


def test_keys_without_a_value_count_as_not_written() -> None:
    settings = settings_with("people:\nlabels:\n  hold:\nbots:\nstate: null\nstall: {after: }")
    assert settings.labels.hold == "en attente"
    assert settings.bots == ()


def test_one_entry_may_stand_for_a_list() -> None:
    settings = settings_from("boards:\n- board: AbCd1234\n  lists: {done: Fini}\nbots: '@Old_Bot'")
    assert settings.boards[0].lists.done == ("Fini",)
    assert settings.bots == ("old_bot",)


def test_an_empty_list_of_lists_is_kept_apart_from_none() -> None:
    settings = settings_from("boards:\n- board: AbCd1234\n  lists: {done: []}")
    assert settings.boards[0].lists.done == ()
    assert settings.boards[0].lists.review is None


def test_hours_may_be_a_list_of_groups() -> None:
    one = settings_with("people: {owner: {hours: [lun-jeu 9:00-17:00, ven 9:00-12:00]}}")
    other = settings_with("people: {owner: {hours: 'lun-jeu 9:00-17:00; ven 9:00-12:00'}}")
    assert one.people.owner.hours == other.people.owner.hours


@pytest.mark.covers("G1")
def test_times_need_no_quotes() -> None:
    assert settings_with("digest: {day: Vendredi, time: 9:30}").digest.time == time(9, 30)


def test_a_secret_comes_from_the_environment_and_is_not_shown() -> None:
    settings = settings_with(
        "people: {owner: {notify: 'mailto://${USER}:${PASS}@x'}}", USER="u", PASS="p4ss"
    )
    notify = settings.people.owner.notify
    assert notify is not None
    assert notify.get_secret_value() == "mailto://u:p4ss@x"
    assert "p4ss" not in repr(settings) + str(settings)


def test_settings_are_frozen() -> None:
    settings = settings_from("boards: [AbCd1234]")
    with pytest.raises(ValidationError):
        settings.language = "en"


def test_settings_remember_their_lines() -> None:
    settings = settings_from("boards:\n- board: AbCd1234\n  lists:\n    done:\n    - Fini\n")
    assert settings.line_of("boards[0].lists.done[0]") == 5
    assert settings.line_of("boards[0].portfolio") == 2
    problem = settings.problem("boards[0].lists.done[0]", "no such list")
    assert (problem.line, problem.found) == (5, "Fini")


def test_folders_are_relative_to_the_file() -> None:
    settings = settings_with("briefs: {folder: my/kinds}\nstate: /var/lib/bot")
    assert settings.briefs_folder == Path("config/my/kinds")
    assert settings.state_folder == Path("/var/lib/bot")
    assert settings.file == Path("config/bot.yaml")


def test_a_missing_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"delegate-bot setup asks"):
        load(tmp_path / "bot.yaml", {})


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        load(tmp_path, {})


def test_the_example_is_right() -> None:
    settings = load(EXAMPLE, NOTIFY)
    assert settings.people.assistants is not None
    mel = settings.people.assistants[0]
    assert mel.capacity == timedelta(hours=4)
    assert mel.holidays == Region("MG")
    assert mel.away[0] == Away(date(2026, 12, 24), date(2027, 1, 2))


def test_the_example_states_each_default_as_it_is() -> None:
    example, bare = load(EXAMPLE, NOTIFY), settings_from("boards: [AbCd1234]")
    sections = ("stall", "check_ins", "digest", "limits", "worker", "writes", "briefs", "bots")
    for name in ("language", "timezone", "state", *sections):
        assert getattr(example, name) == getattr(bare, name), name


def keys_of(path: tuple[str, ...] = ()) -> set[tuple[str, ...]]:
    """Return the path of every key there is, without the places in lists."""
    keys = {(*path, key) for key in keys_at(Settings, path)}
    return keys.union(*map(keys_of, keys))


def test_the_example_shows_every_key() -> None:
    lines = read_document(EXAMPLE.read_bytes(), "example").lines
    shown = {tuple(part for part in path if isinstance(part, str)) for path in lines}
    assert keys_of() - shown == set()


def test_the_schema_is_current() -> None:
    assert EXAMPLE.with_name("bot.schema.json").read_text(encoding="utf-8") == schema_text()


def test_the_schema_accepts_the_example_and_finds_typos() -> None:
    schema = msgspec.json.decode(schema_text())
    example = read_document(EXAMPLE.read_bytes(), "example").tree
    assert EXAMPLE.read_text(encoding="utf-8").startswith(
        "# yaml-language-server: $schema=bot.schema.json\n"
    )
    jsonschema.validate(example, schema)
    jsonschema.validate({"boards": ["AbCd1234"], "people": None}, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"boards": ["AbCd1234"], "stal": {}}, schema)


def test_working_time_is_no_days() -> None:
    assert settings_with("stall: {after: 3h}").stall.after == WorkingTime(timedelta(hours=3))


def test_an_assistant_needs_a_user_name() -> None:
    assert AssistantSettings(username="mel").skills is None
