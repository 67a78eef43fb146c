"""The ``sandbox`` command: what it serves, keeps and refuses."""

import json
from io import StringIO
from pathlib import Path
from threading import Event
from urllib.parse import urlsplit

import pytest
import requests
from rich.console import Console
from typer.testing import CliRunner

from bot.cli import app as cli
from bot.hosting import Sandbox, serve
from bot.ports import StopError
from bot.sandbox import Store, World, serving
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


def test_a_state_that_cannot_be_written_stops_the_start_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    stopped, printed = Event(), StringIO()
    stopped.set()
    with pytest.raises(StopError, match=r"state\.json cannot be written"):
        serve(Sandbox(tmp_path / "file" / "state.json"), stopped, Console(file=printed))
    assert printed.getvalue() == ""


def test_a_save_that_fails_is_told_and_tried_again_while_the_board_is_served(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, aside = tmp_path / "folder", tmp_path / "aside"
    file = folder / "state.json"
    with served(Sandbox(state=file)) as told:
        folder.rename(aside)
        folder.write_text("in the way")
        boards(told)
        error = ""
        while "cannot be written" not in error:
            Event().wait(0.02)
            error += capsys.readouterr().err
        assert len(boards(told)) == 1
        folder.unlink()
        while not file.exists():
            Event().wait(0.02)


@pytest.mark.parametrize("port", ["99999", "-5"])
def test_a_port_that_is_none_is_refused(port: str, tmp_path: Path) -> None:
    nowhere = str(tmp_path / "missing.json")
    told = CliRunner().invoke(cli, ["sandbox", "--port", port, "--import", nowhere])
    assert told.exit_code == 2
    assert "--port" in told.output


def test_a_port_in_use_is_named_with_what_to_do() -> None:
    with serving(Store(World().clock)) as url:
        port = urlsplit(url).port or 0
        with pytest.raises(StopError, match=f"port {port} .*--port"):
            serve(Sandbox(port=port), Event(), Console(file=StringIO()))


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


@pytest.mark.parametrize("text", ["", "{", "[]", '{"id": 1}', "[" * 100_000 + "]" * 100_000],
                         ids=["empty", "cut", "list", "other", "deep"])  # fmt: skip
@pytest.mark.parametrize("name", ["state", "export"])
def test_another_file_is_refused_with_its_name_and_left_alone(
    name: str, text: str, tmp_path: Path
) -> None:
    file = tmp_path / "other.json"
    file.write_text(text, "utf-8")
    sandbox = Sandbox(state=file) if name == "state" else Sandbox(export=file)
    with pytest.raises(SettingsError, match=r"other\.json"):
        serve(sandbox, Event(), Console(file=StringIO()))
    assert file.read_text("utf-8") == text
