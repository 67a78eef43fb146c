"""An unusable configuration still tells whom to tell, as far as it can be read."""

from pathlib import Path

import pytest

from bot.settings import Settings, remnant

ENVIRON = {"OWNER_NOTIFY": "json://127.0.0.1"}


def left_of(tmp_path: Path, text: str) -> Settings | None:
    file = tmp_path / "bot.yaml"
    file.write_text(text, "utf-8")
    return remnant(file, ENVIRON)


def test_what_is_valid_of_the_owner_is_kept_and_the_rest_is_as_usual(tmp_path: Path) -> None:
    found = left_of(
        tmp_path,
        "language: en\ntimezone: Europe/Londres\nstate: here\nboard: [x]\nlimits: {max_cards: no}\n"
        "people: {owner: {notify: '${OWNER_NOTIFY}', hours: never, language: fr, name: paul}}\n",
    )
    assert found is not None
    owner = found.people.owner
    assert owner.notify is not None
    assert owner.notify.get_secret_value() == "json://127.0.0.1"
    assert (found.language, found.timezone, owner.language) == ("en", "Europe/Paris", "fr")
    assert found.state_folder == tmp_path / "here"
    assert owner.hours == type(owner)().hours


@pytest.mark.parametrize(
    "text",
    [
        "boards: [",
        "",
        "[]",
        "people: 3",
        "people: {owner: [paul]}",
        "people: {owner: {username: paul}}",
        "people: {owner: {notify: '${NOT_SET}'}}",
        "people: {owner: {notify: nonsense}}",
    ],
)
def test_where_nobody_can_be_told_there_is_nothing(tmp_path: Path, text: str) -> None:
    assert left_of(tmp_path, text) is None


def test_a_configuration_in_the_environment_is_read_like_a_file() -> None:
    text = "people: {owner: {notify: '${OWNER_NOTIFY}'}}"
    found = remnant(Path("BOT_CONFIG_YAML"), {**ENVIRON, "BOT_CONFIG_YAML": text})
    assert found is not None


def test_a_file_that_is_not_there_tells_nothing(tmp_path: Path) -> None:
    assert remnant(tmp_path / "no.yaml", ENVIRON) is None
