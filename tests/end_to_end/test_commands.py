"""The commands: what they print, what they write, and the exit codes they end with."""

import json
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from bot.cli import app
from bot.exits import exits
from bot.ports import RetryLaterError, SkipError, StopError
from bot.settings import SettingsError
from bot.state import LeaseHeldError
from tests.end_to_end.faults import Always, answer
from tests.end_to_end.kinds import add_kind
from tests.end_to_end.office import Office
from tests.end_to_end.shell import ran, typed

COMMANDS = ("plan", "apply", "worker", "explain", "check", "setup", "brief", "demo", "sandbox")
NOW = "2026-11-23T08:00:00Z"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str) -> None:
    shown = CliRunner().invoke(app, [command, "--help"])
    assert shown.exit_code == 0
    assert "Usage" in shown.output
    assert len(shown.output.split()) > 20


def test_help_lists_the_commands_and_what_exit_codes_mean() -> None:
    shown = CliRunner().invoke(app, ["-h"])
    assert shown.exit_code == 0
    for word in (*COMMANDS, "Exit codes"):
        assert word in shown.output


def test_the_version_is_told() -> None:
    assert CliRunner().invoke(app, ["--version"]).output.startswith("delegate-bot ")


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_what_cannot_be_printed_is_told_in_one_sentence(unbuffered: str) -> None:
    env = {"PYTHONPATH": str(Path.cwd()), "PYTHONUNBUFFERED": unbuffered}
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(
            [sys.executable, "-m", "bot", "--version"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            env=env,
        )
    assert ended.returncode == 1
    assert ended.stderr == "standard output cannot be written: No space left on device\n"


def test_plan_shows_the_full_text_and_writes_nothing(office: Office) -> None:
    card = office.complete()
    shown = typed(office, "plan", "--now", NOW)
    assert shown.exit_code == 0
    for words in (card.name, "Atelier", "@mel", "delegate-bot · ref", "appeler trois plombiers"):
        assert words in shown.stdout
    assert office.writes == []


def test_apply_shows_what_became_of_it_and_then_has_nothing_to_do(office: Office) -> None:
    card = office.complete()
    shown = typed(office, "apply", "--now", NOW)
    assert shown.exit_code == 0
    assert "✓" in shown.stdout
    assert office.world.members(card) == ["mel"]
    again = typed(office, "apply", "--now", NOW)
    assert again.exit_code == 0
    assert "Rien à faire" in again.stdout


@pytest.mark.parametrize("command", ["plan", "apply"])
def test_json_prints_one_object_and_nothing_else(office: Office, command: str) -> None:
    office.complete()
    shown = typed(office, command, "--json", "--now", NOW)
    told = json.loads(shown.stdout)
    assert told["now"] == NOW
    outcomes = {each.get("outcome") for each in told["changes"]}
    assert outcomes == ({"applied"} if command == "apply" else {None})


def test_an_instant_without_offset_is_in_the_configured_zone(office: Office) -> None:
    shown = typed(office, "plan", "--json", "--now", "2026-11-23T09:00")
    assert json.loads(shown.stdout)["now"] == NOW
    refused = typed(office, "plan", "--now", "demain")
    assert refused.exit_code == 2
    assert "demain" in refused.stderr


def test_a_pretended_hour_is_refused_by_the_real_service(office: Office) -> None:
    refused = typed(office, "apply", "--now", NOW, TRELLO_API_URL="")
    assert refused.exit_code == 2
    assert "--now" in refused.stderr
    assert office.app.requests == []


def test_a_clock_that_differs_writes_nothing(office: Office) -> None:
    office.complete()
    refused = typed(office, "apply")
    assert refused.exit_code == 2
    assert "clock" in refused.stderr
    assert office.writes == []


@pytest.mark.covers("M4")
def test_too_many_cards_end_with_four_and_are_shown(office: Office) -> None:
    office.settings["limits"] = {"max_cards": 1}
    office.add_portfolio()
    first, _ = office.complete(), office.complete("Autre")
    for command in ("plan", "apply"):
        shown = typed(office, command, "--now", NOW)
        assert shown.exit_code == 4
        assert first.name in shown.stdout
    assert typed(office, "apply", "--force", "--now", NOW).exit_code == 0


@pytest.mark.covers("M4")
def test_what_is_left_for_the_next_pass_ends_with_three(office: Office) -> None:
    office.complete()
    office.app.faults = Always("POST", "/idMembers", answer(400, "invalid value for value"))
    shown = typed(office, "apply", "--now", NOW)
    assert shown.exit_code == 3
    assert "✗" in shown.stdout
    assert "invalid value for value" in shown.stdout


def test_a_board_without_rights_is_named_with_what_to_do(office: Office) -> None:
    hidden = office.paul.add_board("Privé")
    office.settings["boards"] = [hidden.short_link, office.board.short_link]
    office.complete()
    for command in ("plan", "apply"):
        shown = typed(office, command, "--now", NOW)
        assert shown.exit_code == 2
        assert hidden.short_link in shown.stderr
        assert "invite" in shown.stderr
    assert "✓" in shown.stdout


@pytest.mark.covers("E8")
def test_a_lease_held_elsewhere_is_waited_for(office: Office) -> None:
    office.complete()
    held, free = threading.Event(), threading.Event()

    def hold() -> None:
        with office.bot.state.lease(1):
            held.set()
            free.wait(10)

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(10)
    threading.Timer(0.1, free.set).start()
    assert typed(office, "apply", "--now", NOW).exit_code == 0
    holder.join()


@pytest.mark.covers("E8")
@pytest.mark.parametrize("words", [("plan",), ("explain", "Trouver un plombier"), ("check",)])
def test_what_only_looks_needs_no_lease(office: Office, words: tuple[str, ...]) -> None:
    office.complete()
    with office.bot.state.lease(1):
        assert typed(office, *words).exit_code == 0


@pytest.mark.covers("M4")
@pytest.mark.parametrize(
    ("problem", "code"),
    [
        (StopError("x"), 2),
        (SettingsError([]), 2),
        (RetryLaterError("x"), 3),
        (SkipError("x"), 3),
        (LeaseHeldError("x"), 3),
    ],
    ids=lambda each: type(each).__name__ if isinstance(each, Exception) else str(each),
)
def test_what_stops_a_command_decides_its_exit_code(problem: Exception, code: int) -> None:
    def stopped() -> int:
        raise problem

    with pytest.raises(typer.Exit) as ended:
        exits(stopped)()
    assert ended.value.exit_code == code


def test_after_an_unclean_end_apply_waits_before_it_writes(office: Office) -> None:
    office.complete()
    office.bot.state.begin()
    assert typed(office, "apply", "--now", NOW).exit_code == 0
    assert office.bot.state.ended_cleanly() is True


@pytest.mark.covers("A1")
def test_refused_credentials_end_with_two(office: Office) -> None:
    shown = typed(office, "apply", "--now", NOW, TRELLO_API_TOKEN="ATTA" + "0" * 60)
    assert shown.exit_code == 2
    assert "TRELLO_API_TOKEN" in shown.stderr


def test_every_problem_of_file_and_environment_is_told_at_once(office: Office) -> None:
    office.settings |= {"langage": "fr", "timezone": "Europe/Pari", "limits": {"max_cards": 0}}
    shown = typed(office, "plan", TRELLO_API_KEY="", TRELLO_API_TOKEN="")
    assert shown.exit_code == 2
    words = ("langage", "language", "Europe/Pari", "Europe/Paris", "max_cards", "line ")
    for word in (*words, "TRELLO_API_KEY", "TRELLO_API_TOKEN"):
        assert word in shown.stderr
    assert office.app.requests == []


@pytest.mark.covers("F5")
@pytest.mark.parametrize("command", ["apply", "worker"])
def test_with_a_wrong_configuration_nothing_is_asked_and_nothing_written(
    office: Office, command: str
) -> None:
    office.settings |= {"langage": "fr"}
    shown = typed(office, command)
    assert shown.exit_code == 2
    assert "langage" in shown.stderr
    assert "did you mean language?" in shown.stderr
    assert office.app.requests == []


def test_a_missing_file_ends_with_two(office: Office) -> None:
    shown = typed(office, "plan", "--config", "nowhere.yaml")
    assert shown.exit_code == 2
    assert "nowhere.yaml" in shown.stderr


@pytest.mark.parametrize("command", ["plan", "apply", "check", "setup", "explain"])
def test_a_service_that_is_down_is_told_without_a_trace(office: Office, command: str) -> None:
    office.app.faults = Always("GET", "/", answer(404, "Cannot GET /1/members/me?key=x"))
    words = [command, "Trouver"] if command == "explain" else [command]
    shown = typed(office, *words)
    assert shown.exit_code == 2
    assert "TRELLO_API_URL" in shown.output
    assert "Traceback" not in shown.output


def test_check_mentions_a_missing_label_once(office: Office) -> None:
    office.settings["labels"] = {"stalled": "à surveiller"}
    printed = " ".join(typed(office, "check").stdout.split())
    assert printed.count("labels.stalled") == 1
    assert "no stalled label" not in printed


def test_check_tells_all_problems_at_once(office: Office) -> None:
    office.settings["boards"].append("AbCd1234")
    office.settings["people"]["assistants"].append({"username": "melanie"})
    add_kind(office, "panne", "---\nnames: {fr: Panne}\nkeyword: {fr: [panne]}\n---\n")
    shown = typed(office, "check")
    assert shown.exit_code == 2
    printed = "".join(shown.stdout.split())
    for word in ("AbCd1234", "melanie", "panne.md", "keywords", "delegate-botsetup"):
        assert word in printed
    assert office.writes == []


def test_check_finds_a_healthy_office_ready(office: Office) -> None:
    shown = typed(office, "check")
    assert shown.exit_code == 0
    assert "ready to work" in shown.stdout
    assert "owner paul, assistants mel" in " ".join(shown.stdout.split())


@pytest.mark.parametrize("refused", [True, False])
def test_no_name_on_a_board_looks_like_a_finding_of_its_own(
    office: Office, *, refused: bool
) -> None:
    evil = "Atelier\n✓ ready to work\u2028# evil\n- board: x"
    office.board.name = office.add_board("Ailleurs").name = evil
    office.board.prefs["permissionLevel"] = "public"
    lists = {"done": ["Nowhere"]} if refused else {}
    office.settings["boards"] = [{"board": office.board.short_link, "lists": lists}]
    office.settings["labels"] = {"stalled": "nowhere"}
    for each in office.world.store.labels_of(office.board):
        del office.world.store.labels[each.id]
    shown = typed(office, "check", COLUMNS="1000")
    assert shown.exit_code == (2 if refused else 0)
    lines = [each.strip() for each in shown.stdout.splitlines()]
    assert len([each for each in lines if "evil" in each]) >= 3
    told = [each for each in lines if each.startswith(("✓", "#", "-"))]
    assert told == ([] if refused else ["✓ ready to work"])


@pytest.mark.covers("G11", "S19")
@pytest.mark.parametrize(
    ("scopes", "words", "code"),
    [(["read"], "may only read", 2), (["read", "write"], "ready to work", 0)],
)
def test_check_tells_what_the_token_may_do(
    office: Office, scopes: list[str], words: str, code: int
) -> None:
    office.use(office.world.grant(office.robot, scopes=scopes))
    shown = typed(office, "check")
    assert words in " ".join(shown.stdout.split())
    assert shown.exit_code == code


@pytest.mark.covers("S19")
def test_check_warns_of_a_shared_account_and_of_a_token_about_to_end(office: Office) -> None:
    office.use(office.world.grant(office.paul, lasts=timedelta(days=3)))
    shown = typed(office, "check")
    printed = " ".join(shown.stdout.split())
    assert "belongs to the owner" in printed
    assert "people.owner.notify tells the owner of questions" in printed
    assert "expires on 2026-11-26" in printed


@pytest.mark.covers("S19")
def test_check_tells_how_far_a_token_reaches_beyond_its_work(office: Office) -> None:
    grant = office.world.grant(office.robot, scopes=["read", "write", "account"])
    office.use(grant)
    for number in range(5):
        office.add_board(f"Vacances {number}")
    printed = " ".join(typed(office, "check").stdout.split())
    assert "the account itself (scope account)" in printed
    assert printed.count("Vacances") == 3
    assert "and 2 more" in printed
    assert "example.com" not in printed


@pytest.mark.covers("S25")
@pytest.mark.parametrize(
    ("level", "warned"), [("public", True), ("org", False), ("private", False)]
)
def test_check_warns_of_a_board_that_anybody_can_read(
    office: Office, level: str, warned: bool
) -> None:
    office.board.prefs["permissionLevel"] = level
    shown = typed(office, "check")
    assert ("ANYBODY ON THE INTERNET" in shown.stdout) is warned
    assert shown.exit_code == 0


def test_setup_makes_what_is_missing_after_asking_and_then_nothing(office: Office) -> None:
    refused = typed(office, "setup", answer="n\n")
    assert refused.exit_code == 3
    assert office.writes == []
    made = typed(office, "setup", "--yes")
    assert made.exit_code == 0
    names = {each.name for each in office.world.store.labels_of(office.board)}
    assert {"delegate", "à regarder", "important", "en attente", "cœur de métier"} <= names
    assert office.world.card_named(office.board, "Portefeuille").desc == ""
    again = office.written_by(lambda: typed(office, "setup", "--yes"))
    assert again == []


def test_setup_tells_what_could_not_be_made(office: Office) -> None:
    office.settings["labels"]["important"] = "urgent"
    office.app.faults = Always("POST", "/labels", answer(400, "invalid value for color"))
    shown = typed(office, "setup", "--yes")
    assert shown.exit_code == 3
    assert "invalid value for color" in shown.output


def test_setup_on_a_board_without_lists_says_so(office: Office) -> None:
    bare = office.paul.add_board("Vide", labels=office.words.labels.values())
    office.world.invite(bare, office.robot)
    office.world.invite(bare, office.mel)
    office.settings["boards"] = [bare.short_link]
    shown = typed(office, "setup", "--yes")
    assert shown.exit_code == 3
    assert "no list" in shown.output


@pytest.mark.parametrize("name", ["id", "short_link", "url", "name"])
def test_explain_tells_each_rules_verdict_and_its_reasons(office: Office, name: str) -> None:
    card = office.complete()
    wanted = {
        "id": card.id,
        "short_link": card.short_link,
        "url": f"https://trello.com/c/{card.short_link}/12-trouver",
        "name": card.name.upper(),
    }
    shown = typed(office, "explain", wanted[name], "--now", NOW)
    assert shown.exit_code == 0
    for word in ("repair", "triage", "brief", "commands", "mel", "2h", "demandée"):
        assert word in shown.stdout
    assert office.writes == []


def test_explain_says_that_the_limit_holds_a_card_back(office: Office) -> None:
    office.settings["limits"] = {"max_cards": 1}
    card, _ = office.complete(), office.complete("Trouver un peintre")
    shown = typed(office, "explain", card.short_link, "--now", NOW)
    assert "attente d’un accord" in " ".join(shown.stdout.split())
    assert "→" not in shown.stdout


def test_explain_speaks_english_too(english_office: Office) -> None:
    office = english_office
    card = office.complete("Find a plumber")
    office.apply()
    shown = typed(office, "explain", card.name, "--now", NOW)
    for word in ("State", "handed over to mel", "Brief (brief)", "Due"):
        assert word in shown.stdout


def test_explain_tells_until_when_a_reason_lasts(office: Office) -> None:
    card = office.delegate("Appeler")
    shown = typed(office, "explain", card.name, "--now", NOW)
    assert "rien avant le" in shown.stdout


def test_explain_says_when_a_title_is_unknown_or_borne_twice(office: Office) -> None:
    office.complete()
    office.complete()
    assert "2 cards" in typed(office, "explain", "Trouver un plombier", "--now", NOW).stderr
    unknown = typed(office, "explain", "Rien de tel", "--now", NOW)
    assert unknown.exit_code == 2
    assert "No visible card" in unknown.stderr


@pytest.mark.covers("S17")
def test_text_from_cards_reaches_the_terminal_without_control_characters(office: Office) -> None:
    red = office.delegate("Rouge", "méthode : a\ncharge : 1h\n\n\x1b]0;titre\x07")
    red.name = "\x1b[31mRouge\x1b[0m\x07\x9b2J\u202e"  # as it may have come from elsewhere
    office.delegate("[bold]rien[/bold]", "méthode : \x1b[2J\ncharge : 1h")
    for words in (("plan",), ("explain", "[bold]rien[/bold]"), ("apply",)):
        shown = typed(office, *words, "--now", NOW)
        assert shown.exit_code == 0
        assert "\x1b" not in shown.output
        assert "\x07" not in shown.output
        assert "\x9b" not in shown.output
        assert "\u202e" not in shown.output
        assert "[bold]rien" in shown.output


@pytest.mark.covers("S17", "S24")
def test_json_holds_text_from_cards_whole_and_steers_no_terminal(office: Office) -> None:
    name = "\x9b31mRouge\x9b0m \u202etxt.exe\u2066 \U000e0041 \x1b[2J fin"
    card = office.delegate(name, "méthode : a\ncharge : 1h")
    shown = typed(office, "plan", "--json", "--now", NOW)
    assert shown.exit_code == 0
    assert not set(name) & set(shown.stdout) - {each for each in name if each.isprintable()}
    changes = json.loads(shown.stdout)["changes"]
    assert {each["card_name"] for each in changes} == {card.name}


def test_the_program_runs_as_a_module_and_prints_no_secret(office: Office) -> None:
    office.complete()
    for words in (("apply", "--now", NOW), ("check",)):
        code, out, err = ran(office, *words, LOG_LEVEL="DEBUG", TRELLO_API_SECRET="5ecre7" * 6)
        assert code == 0
        assert "GET /members/me" in err
        for secret in (office.grant.key, office.grant.token, office.grant.token[4:], "5ecre7" * 2):
            assert secret not in out + err
