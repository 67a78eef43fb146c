"""The ``sandbox`` command: what it serves, keeps and refuses."""

import json
import threading
from io import StringIO
from pathlib import Path

import pytest
import requests
from rich.console import Console

from bot.hosting import Sandbox, serve
from bot.settings import SettingsError
from tests.end_to_end.hosted import page_of, served

EXPORT = Path(__file__).parents[1] / "contract" / "samples" / "board-export.json"


def boards(told: dict[str, str]) -> list[str]:
    """Return the names of the boards that the printed credentials open."""
    key, token = told["TRELLO_API_KEY"], told["TRELLO_API_TOKEN"]
    header = {"Authorization": f'OAuth oauth_consumer_key="{key}", oauth_token="{token}"'}
    url = f"{told['TRELLO_API_URL']}/members/me/boards?fields=name"
    return [each["name"] for each in requests.get(url, headers=header, timeout=5).json()]


@pytest.mark.parametrize(("language", "board"), [("fr", "Chaleur Durand"), ("en", "Hart Heating")])
def test_the_sample_board_is_open_to_who_uses_what_is_printed(language: str, board: str) -> None:
    with served(Sandbox(language="fr" if language == "fr" else "en")) as told:
        assert boards(told) == [board]
        page = requests.get(told["TRELLO_API_URL"].removesuffix("/1"), timeout=5)
        assert board in page.text


def test_two_sandboxes_share_no_id() -> None:
    with served(Sandbox()) as one, served(Sandbox()) as other:
        assert one["printed"].split("boards: ")[1] != other["printed"].split("boards: ")[1]


def test_what_was_kept_in_a_file_is_there_again(tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    with served(Sandbox(state=file)) as told:
        first = told["printed"].split("boards: ")[1]
    with served(Sandbox(state=file)) as told:
        assert told["printed"].split("boards: ")[1] == first


def test_an_export_is_served_whatever_its_name_holds(tmp_path: Path) -> None:
    file = tmp_path / "export.json"
    export = json.loads(EXPORT.read_text("utf-8"))
    file.write_text(json.dumps(export | {"name": "Atelier [/x]"}), "utf-8")
    with served(Sandbox(export=file)) as told:
        assert boards(told) == ["Atelier [/x]"]
        assert "Atelier [/x]" in told["printed"]


def test_half_a_character_in_an_export_can_be_shown_and_kept(tmp_path: Path) -> None:
    file, state = tmp_path / "export.json", tmp_path / "state.json"
    export = json.loads(EXPORT.read_text("utf-8"))
    file.write_text(json.dumps(export | {"name": "Atelier \ud83d"}), "utf-8-sig")
    with served(Sandbox(state, file)) as told:
        assert requests.get(page_of(told), timeout=5).status_code == 200
        assert boards(told) == ["Atelier \ufffd"]
    assert "Atelier \ufffd" in state.read_text("utf-8")


@pytest.mark.parametrize("text", ["", "{", "[]", '{"id": 1}'])
@pytest.mark.parametrize("name", ["state", "export"])
def test_another_file_is_refused_with_its_name_and_left_alone(
    name: str, text: str, tmp_path: Path
) -> None:
    file = tmp_path / "other.json"
    file.write_text(text, "utf-8")
    sandbox = Sandbox(state=file) if name == "state" else Sandbox(export=file)
    with pytest.raises(SettingsError, match=r"other\.json"):
        serve(sandbox, threading.Event(), Console(file=StringIO()))
    assert file.read_text("utf-8") == text
