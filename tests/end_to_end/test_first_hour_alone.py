"""``setup`` by options alone, at a real terminal, with accounts and boards that need a warning."""

import logging
import os
import pty
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from bot.hooks import Hook, hook_at
from bot.logbook import handler
from bot.receiver import Receiver, receiving
from bot.redaction import Redactor
from bot.sandbox import delivering
from bot.settings import load, read_environment
from tests.end_to_end.first_hours import Desk, mode, said
from tests.end_to_end.office import open_office

ALONE = ("--yes", "--language", "en", "--timezone", "Europe/London")
NOTICE = "ntfy://ntfy.sh/canary-topic"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_office(tmp_path / "office") as office:
        yield Desk(office)


def test_options_say_everything_and_nobody_is_asked(desk: Desk) -> None:
    office = desk.office
    office.add_board("Vacances")
    lea = office.world.add_person("lea", "Léa Petit")
    office.world.invite(office.board, lea)
    words = (
        *(*ALONE, "--board", "atelier", "--owner", "@Paul"),
        *("--board", f"https://trello.com/b/{office.board.short_link}/atelier"),
        *("--assistant", "mel=Indian/Antananarivo", "--assistant", "lea", "--assistant", "@Lea"),
        *("--list", "review=questions", "--list", "ignored=À faire"),
    )
    heard = desk.told(words=words, env=desk.credentials())
    assert heard.exit_code == 0, heard.output
    settings = load(desk.config, {})
    lists = settings.boards[0].lists
    assert [each.board for each in settings.boards] == [office.board.short_link]
    assert (lists.review, lists.question) == (("Questions", "À valider"), ())
    assert lists.ignored == ("À faire", "Idées")
    helpers = [(each.username, each.timezone) for each in settings.people.assistants or ()]
    assert helpers == [("mel", "Indian/Antananarivo"), ("lea", "Europe/London")]
    assert said(heard).endswith("delegate-bot worker")
    before, writes = desk.files, office.writes
    again = desk.told(words=words, env=desk.credentials())
    assert again.exit_code == 0
    assert "stays as it is" in said(again)
    assert (desk.files, office.writes) == (before, writes)


@pytest.mark.parametrize(
    ("words", "option"),
    [
        ((), "TRELLO_API_KEY"),
        (("--language", "en"), "--board"),
        (("--language", "en", "--board", "Atelier"), "--owner"),
        (("--board", "Atelier", "--timezone", "Mars", "--owner", "paul"), "Mars"),
        (("--board", "Atelier", "--timezone", "GMT+2", "--owner", "paul"), "GMT+2"),
        (("--board", "Nowhere"), "Nowhere"),
        (("--board", "Atelier", "--list", "finished=x"), "question, review, done, ignored"),
        (("--board", "Atelier", "--list", "done=Fini"), ": Fini."),
        (
            ("--board", "Atelier", "--list", "done=À faire", "--list", "review=a faire"),
            "« a faire »",
        ),
        (("--board", "Atelier", "--owner", "nobody"), "nobody"),
        (("--board", "Atelier", "--owner", "mel", "--assistant", "mel"), "mel délègue, et ne peut"),
        (("--board", "Atelier", "--owner", "paul", "--public-url", "https://x.example"), "SECRET"),
    ],
)
def test_what_no_option_says_is_named_and_nothing_is_written(
    desk: Desk, words: tuple[str, ...], option: str
) -> None:
    office = desk.office
    office.add_board("Vacances")
    anne = office.world.add_person("anne", "Anne Durand")
    office.world.invite(office.board, anne, "admin")
    env = {} if option == "TRELLO_API_KEY" else desk.credentials()
    heard = desk.told(words=("--yes", *words), env=env)
    assert heard.exit_code == 2, heard.output
    assert option in said(heard)
    assert desk.is_untouched()


def test_who_shares_the_bots_account_is_held_to_say_where_notices_go(desk: Desk) -> None:
    office = desk.office
    grant = office.world.grant(office.paul)
    answers = ("", "", "", "", "", "", "sans", "non", "nonsense", NOTICE, "oui")
    heard = desk.told(*answers, env=desk.credentials(grant))
    assert heard.exit_code == 0, heard.output
    told = said(heard)
    for words in (
        "partagez un compte",
        "ne vous préviendra donc pas",
        "une adresse Apprise",
    ):
        assert words in told
    kept = read_environment(desk.env_file, {})
    assert kept["OWNER_NOTIFY"] == NOTICE
    notify = load(desk.config, kept).people.owner.notify
    assert notify is not None
    assert notify.get_secret_value() == NOTICE
    assert NOTICE not in heard.output + desk.config.read_text()


def test_a_shared_account_without_notices_takes_an_express_word(desk: Desk) -> None:
    env = desk.credentials(desk.office.world.grant(desk.office.paul))
    refused = desk.told(words=ALONE, env=env)
    assert refused.exit_code == 2
    assert "OWNER_NOTIFY, --without-notices" in said(refused)
    assert desk.is_untouched()
    assert desk.told(words=(*ALONE, "--without-notices"), env=env).exit_code == 0
    assert load(desk.config, {}).people.owner.notify is None
    assert "people.owner.notify" in said(desk.run("check", env=env))


def test_a_board_that_all_the_internet_can_read_is_served_only_on_demand(desk: Desk) -> None:
    office, env = desk.office, desk.credentials()
    office.board.prefs["permissionLevel"] = "public"
    for answers, words in [(("fr", ""), ()), ((), ALONE)]:
        refused = desk.told(*answers, words=words, env=env)
        assert refused.exit_code == 2
        assert "Atelier" in said(refused)
        assert "PUBLIC" in said(refused)
        assert desk.is_untouched()
    agreed = desk.told(words=(*ALONE, "--board", office.board.short_link), env=env)
    assert agreed.exit_code == 0
    assert "PUBLIC" in said(agreed)
    assert "ANYBODY ON THE INTERNET can read the board Atelier" in said(desk.run("check", env=env))


@contextmanager
def answering(desk: Desk) -> Iterator[Hook]:
    """Let Trello reach a receiver; yield the address that it is to call."""
    hooks: list[Hook] = []

    def app(environ: object, start_response: object) -> object:
        return Receiver(hooks[0], lambda _: None)(environ, start_response)  # type: ignore[arg-type]

    with receiving(app, "127.0.0.1", 0) as url, delivering(desk.office.app):  # type: ignore[arg-type]
        hooks.append(hook_at(url, desk.office.grant.secret))
        yield hooks[0]


@pytest.fixture
def log() -> Iterator[StringIO]:
    """What the program logs meanwhile, masked as far as it knows what to mask."""
    text, root = StringIO(), logging.getLogger()
    writer = handler(Console(file=text), Redactor())
    root.addHandler(writer)
    yield text
    root.removeHandler(writer)


@pytest.mark.parametrize("configured", [False, True], ids=["new", "configured"])
def test_a_public_address_registers_webhooks_and_is_kept(
    desk: Desk, log: StringIO, *, configured: bool
) -> None:
    office = desk.office
    secret, token = office.grant.secret, office.grant.token
    answers: tuple[str, ...] = ("", "", "", "", token, secret, "")
    if configured:
        assert desk.told(words=ALONE, env=desk.credentials()).exit_code == 0
        answers = (token, secret, "")
    with answering(desk) as hook:
        url = hook.url.partition("/hook/")[0]
        words = ("--language", "fr", "--public-url", url)
        heard = desk.told(*answers, words=words, env=desk.credentials())
        assert heard.exit_code == 0, heard.output
        assert ("delegate-bot serve" in said(heard)) != configured
        webhooks = list(office.app.store.webhooks.values())
        assert [each.callback_url for each in webhooks] == [hook.url]
        kept = read_environment(desk.env_file, {})
        assert (kept["PUBLIC_URL"], kept["TRELLO_API_SECRET"]) == (url, secret)
        assert secret not in heard.output
        logging.getLogger("bot").warning("signed with %s", secret)
        assert "signed with ***" in log.getvalue()
        before = desk.files
        assert desk.told(words=("--public-url", url)).exit_code == 0
        assert desk.files == before


def test_the_portfolio_card_is_made_where_the_bot_does_not_look_away(desk: Desk) -> None:
    office = desk.office
    board = office.paul.add_board("Ailleurs", lists=["Idées", "Terminé", "À faire"])
    office.world.invite(board, office.robot)
    assert desk.told(words=(*ALONE, "--board", "Ailleurs"), env=desk.credentials()).exit_code == 0
    card = office.world.card_named(board, "Portfolio")
    assert card.id_list == office.world.list_named(board, "À faire").id


def test_while_no_address_answers_everything_else_is_done_all_the_same(desk: Desk) -> None:
    office = desk.office
    with delivering(office.app):
        env = desk.credentials() | {"TRELLO_API_SECRET": office.grant.secret}
        heard = desk.told(words=(*ALONE, "--public-url", "http://127.0.0.1:9"), env=env)
    assert heard.exit_code == 3
    assert "start delegate-bot serve first" in said(heard)
    assert "nothing is written" in said(heard)
    assert load(desk.config, {}).language == "en"
    assert office.world.card_named(office.board, "Portfolio").desc == ""


def test_other_lines_of_an_env_file_stay_and_no_shell_replaces_what_it_says(desk: Desk) -> None:
    grant = desk.office.grant
    text = (
        f"# mine\r\nexport OTHER='a # b'\nTRELLO_API_KEY={grant.key}\nTRELLO_API_URL=https://x/1\n"
    )
    desk.env_file.write_text(text + "LAST=1", newline="")
    desk.env_file.chmod(0o644)
    heard = desk.told(words=ALONE, env={"TRELLO_API_TOKEN": grant.token})
    assert heard.exit_code == 0, heard.output
    assert desk.env_file.read_bytes().decode() == f"{text}LAST=1\nTRELLO_API_TOKEN={grant.token}\n"
    assert mode(desk.env_file) == 0o600


def test_a_configuration_without_credentials_is_given_some_and_stays_as_it_is(desk: Desk) -> None:
    office = desk.office
    desk.config.parent.mkdir()
    written = f"# mine\nboards: [{office.board.short_link}]\nlanguage: en\n"
    desk.config.write_text(written)
    heard = desk.told(office.grant.key, office.grant.token, "", words=())
    assert heard.exit_code == 0, heard.output
    assert "The key (API key)" in said(heard)
    assert desk.config.read_text() == written
    assert read_environment(desk.env_file, {})["TRELLO_API_KEY"] == office.grant.key


def test_a_configuration_in_the_environment_is_taken_as_it_is(desk: Desk) -> None:
    written = f"boards: [{desk.office.board.short_link}]\nlanguage: en"
    heard = desk.told(words=("--yes",), env=desk.credentials() | {"BOT_CONFIG_YAML": written})
    assert heard.exit_code == 0, heard.output
    assert "ready to work" in heard.output
    assert desk.files == {}


def test_a_configuration_that_cannot_be_looked_for_is_named_and_ends_it(desk: Desk) -> None:
    heard = desk.told(words=("--yes", "--config", "x" * 300), env=desk.credentials())
    assert heard.exit_code == 2
    assert "the file cannot be read: File name too long" in said(heard)
    assert desk.is_untouched()


@pytest.mark.parametrize("place", ["a link to nothing", "no folder", "the folder .env"])
def test_what_could_not_be_written_is_told_before_anything_is_asked(desk: Desk, place: str) -> None:
    match place:
        case "a link to nothing":
            desk.config.parent.mkdir()
            desk.config.symlink_to("nowhere.yaml")
        case "no folder":
            desk.config.parent.touch()
        case _:
            desk.env_file.mkdir()
    before = desk.files
    heard = desk.told(words=("--language", "fr"))
    assert heard.exit_code == 2
    name = ".env" if place == "the folder .env" else "config/bot.yaml"
    assert said(heard).startswith(f"{name} cannot be written: ")
    assert (desk.files, desk.office.writes) == (before, [])


def test_an_env_file_that_others_can_read_is_closed_to_them_once_agreed(desk: Desk) -> None:
    assert desk.told(words=ALONE, env=desk.credentials()).exit_code == 0
    desk.env_file.chmod(0o644)
    before = desk.files
    assert desk.told("no").exit_code == 3
    assert mode(desk.env_file) == 0o644
    assert desk.told("yes").exit_code == 0
    assert mode(desk.env_file) == 0o600
    assert desk.files == before


def test_a_configuration_elsewhere_is_named_where_it_must_be(desk: Desk) -> None:
    words = (*ALONE, "--config", "elsewhere/office.yaml")
    heard = desk.told(words=words, env=desk.credentials())
    assert heard.exit_code == 0, heard.output
    assert said(heard).endswith("delegate-bot worker --config elsewhere/office.yaml")
    assert load(desk.folder / "elsewhere/office.yaml", {}).language == "en"
    assert not desk.config.exists()


class Terminal:
    """A real terminal with the program at its end."""

    def __init__(self, desk: Desk) -> None:
        self._here, there = pty.openpty()
        path = {"PYTHONPATH": str(Path.cwd()), "PATH": os.environ["PATH"], "HOME": str(desk.folder)}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot", "setup"],
            stdin=there,
            stdout=there,
            stderr=there,
            cwd=desk.folder,
            env=desk.environment | path | {"LOG_LEVEL": "DEBUG"},
            start_new_session=True,
        )
        os.close(there)
        self.shown = ""

    def until(self, words: str) -> None:
        """Wait until the program shows something."""
        while words not in self.shown:
            ready, _, _ = select.select([self._here], [], [], 30)
            assert ready, self.shown
            self.shown += os.read(self._here, 4096).decode("utf-8", "replace")

    def type(self, text: str) -> None:
        os.write(self._here, text.encode())

    def interrupt(self) -> None:
        """Press Ctrl-C, and again as people do: just before a line is read one goes unheard."""
        for _ in range(10):
            self.process.send_signal(signal.SIGINT)
            ready, _, _ = select.select([self._here], [], [], 3)
            if ready:
                return

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._here)


def test_at_a_terminal_secrets_do_not_show_and_an_interruption_leaves_nothing(desk: Desk) -> None:
    grant = desk.office.grant
    terminal = Terminal(desk)
    try:
        terminal.until("Language (fr, en)")
        terminal.type("fr\n")
        terminal.until("La clé")
        terminal.type(f"{grant.key}\n")
        terminal.until("Le jeton")
        terminal.type(f"{grant.token}\n")
        terminal.until("Est-ce juste")
        terminal.interrupt()
        terminal.until("Interrompu")
        assert terminal.process.wait(30) == 3
        assert "DEBUG" in terminal.shown
        assert grant.key not in terminal.shown
        assert grant.token not in terminal.shown
        assert desk.is_untouched()
    finally:
        terminal.close()
