"""The page that ``sandbox`` serves, with the real bot behind its button and no script at all."""

import json
import re
import threading
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path

import pytest

from bot.domain.model import Language
from bot.embedded.retelling import retold
from bot.embedded.trial import EmployedBot
from bot.hosting import Sandbox
from bot.sandbox import World, save
from bot.sandbox.call import Answer
from tests.end_to_end.faults import AtWrite
from tests.end_to_end.hosted import Wire, page_of, served
from tests.end_to_end.office import Office
from tests.end_to_end.test_hosting import EXPORT
from tests.unit.sandbox.forms import Reader

MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def sandbox(
    language: Language = "fr", state: Path | None = None, export: Path | None = None
) -> Sandbox:
    return Sandbox(state, export, language=language, clock=lambda: MONDAY)


def reader(told: dict[str, str], language: str = "fr", path: str = "/") -> Reader:
    """Open a page, by default the board that the front page links to."""
    found = Reader(Wire(page_of(told)), f"{path}?lang={language}")
    if path == "/":
        link = re.search(r'href="(/b/\w+)', found.page)
        assert link is not None
        found.open(f"{link[1]}?lang={language}")
    return found


def open_card(board: Reader, name: str) -> None:
    href = re.search(rf'href="(/c/[^"]+)">(?:(?!</a>).)*?{re.escape(name)}', board.page, re.DOTALL)
    assert href is not None
    board.open(href[1].replace("&amp;", "&"))


def label_of(board: Reader, name: str) -> dict[str, str]:
    found = re.search(rf'name="label" value="(\w+)">(?:(?!</form>).)*?{name}', board.page)
    assert found is not None
    return {"label": found[1]}


WORDS: dict[Language, tuple[str, ...]] = {
    "fr": (
        *("À faire", "Article : choisir un poêle", "Étapes"),
        *("tout est prêt : mel reçoit la carte", "la livraison approche"),
    ),
    "en": (
        *("To do", "Blog post: choosing a stove", "Steps"),
        *("everything is ready: mel gets the card", "delivery is near"),
    ),
}


@pytest.mark.parametrize("language", WORDS)
def test_a_new_card_is_labelled_briefed_and_checked_in_on_without_any_script(
    language: Language,
) -> None:
    list_, card, steps, ready, near = WORDS[language]
    with served(sandbox(language)) as told:
        page = reader(told, language)
        column = re.search(rf'id="l-(\w+)">\s*<h2><span dir="auto">{list_}<', page.page)
        assert column is not None
        page.send("add_card", {"list": column[1]}, name=card)
        open_card(page, card)
        page.send("label", label_of(page, "delegate"))
        page.step("pass")
        assert f'<span dir="auto">{steps}</span>' in page.page
        # Among all that was done, and at the comment itself.
        assert page.words.count(ready) == 2
        page.step("day")
        assert page.words.count(near) == 2
        assert ready not in page.words


def test_why_the_bot_waits_is_said() -> None:
    with served(sandbox("en")) as told:
        page = reader(told, "en")
        open_card(page, "Get the Christmas cards ready")
        page.send("label", label_of(page, "delegate"))
        page.step("pass")
        assert "the question waits for five quiet minutes" in page.words
        page.step("hour")
        assert "something is missing from the brief" in page.words


def test_the_clock_stays_ahead_from_one_start_to_the_next(tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    with served(sandbox(state=file)) as told:
        page = reader(told)
        page.step("day")
        assert "mar. 24 nov. 09:00 Paris" in page.words
    with served(sandbox(state=file)) as told:
        assert "mar. 24 nov. 09:00 Paris" in reader(told).words


def test_what_is_done_on_the_page_alone_is_kept_while_the_page_is_served(tmp_path: Path) -> None:
    file, pause = tmp_path / "state.json", threading.Event()
    with served(sandbox(state=file)) as told:
        reader(told).send("add_card", name="Carte de la page")
        for _ in range(1000):
            if file.exists() and "Carte de la page" in file.read_text("utf-8"):
                return
            pause.wait(0.02)
        pytest.fail("nothing was kept within twenty seconds")


def test_a_card_among_the_ideas_is_left_alone() -> None:
    with served(sandbox("en")) as told:
        page = reader(told, "en")
        open_card(page, "Offer a yearly service contract")
        page.send("label", label_of(page, "delegate"))
        page.step("pass")
        assert "the card is in an ignored list" in page.words


def test_a_state_in_the_other_language_is_served_by_a_bot_of_that_language(tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    with served(sandbox("en", state=file)):
        pass
    with served(sandbox("fr", state=file)) as told:
        page = reader(told, "en")
        assert "Mon 23 Nov 08:00 London" in page.words
        open_card(page, "Invoices for the November call-outs")
        page.send("label", label_of(page, "delegate"))
        page.step("pass")
        assert "Hello Mel." in page.words


def test_where_the_bot_is_on_no_board_the_page_has_no_button_for_it(tmp_path: Path) -> None:
    file, world = tmp_path / "state.json", World()
    world.add_person("paul").add_board("Ailleurs", lists=["x"])
    save(world.store, file)
    with served(sandbox(state=file)) as told:
        page = reader(told)
        assert 'value="pass"' not in page.page
        page.step("hour")


@pytest.mark.parametrize("role", ["admin", "normal"])
def test_an_imported_board_has_all_that_the_bot_needs(role: str, tmp_path: Path) -> None:
    file = tmp_path / "export.json"
    export = json.loads(EXPORT.read_text("utf-8"))
    for each in export["memberships"]:
        each["memberType"] = role
    file.write_text(json.dumps(export | {"idMemberCreator": "0" * 24}), "utf-8")
    with served(sandbox(export=file)) as told:
        page = reader(told)
        assert "Portefeuille" in page.words
        list_ = re.search(r'name="list" value="(\w+)"', page.page)
        assert list_ is not None
        page.send("add_card", {"list": list_[1]}, name="Article : choisir un poêle")
        open_card(page, "Article : choisir un poêle")
        page.send("label", label_of(page, "delegate"))
        page.step("pass")
        assert 'class="refused"' not in page.page
        assert "Article SEO." in page.words


@pytest.mark.parametrize("length", ["262145", "99999999999"])
def test_a_form_that_is_too_long_is_refused_before_it_is_read(length: str) -> None:
    with served(sandbox()) as told:
        host = page_of(told).removeprefix("http://")
        connection = HTTPConnection(host, timeout=30)
        connection.putrequest("POST", "/")
        connection.putheader("Content-Length", length)
        connection.endheaders()
        assert connection.getresponse().status == 413
        connection.close()


def test_what_could_not_be_written_is_a_problem_and_not_something_written(office: Office) -> None:
    office.complete()
    office.app.faults = AtWrite(2, before=lambda _: Answer(400, "invalid value"))
    report = office.apply()
    told = retold(office.bot, report, office.now)
    assert [each.doing["en"].partition(" (")[0] for each in told.written] == [
        "fills the description"
    ]
    assert "invalid value" in told.problem


def test_a_board_that_cannot_be_read_is_a_problem(office: Office) -> None:
    office.settings["boards"] = ["zzzzzzzz"]
    told = retold(office.fresh_bot(), office.apply(), office.now)
    assert "zzzzzzzz" in told.problem


def test_a_bot_that_is_not_let_in_says_so(office: Office) -> None:
    office.complete()
    bot, store = office.bot, office.world.store
    store.tokens.clear()
    told = EmployedBot(bot, store).look()
    assert "token" in told.problem
    assert told.written == ()
