"""``setup`` registers and mends webhooks, ``check`` tells what is wrong with them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import Result

from bot.hooks import Hook, hook_at
from bot.receiver import Receiver, receiving
from bot.sandbox import delivering
from bot.sandbox.call import Answer
from bot.sandbox.rows import Webhook
from tests.end_to_end.faults import Always, answer
from tests.end_to_end.office import Office, Peace, open_office
from tests.end_to_end.shell import typed


class Home:
    """An office with everything but webhooks, and a receiver that answers."""

    def __init__(self, office: Office, url: str, hook: Hook) -> None:
        self.office, self.hook = office, hook
        self.env = {"PUBLIC_URL": url, "TRELLO_API_SECRET": office.grant.secret}

    def typed(self, *words: str, answer: str | None = None) -> Result:
        return typed(self.office, *words, answer=answer, **self.env)

    @property
    def webhooks(self) -> list[Webhook]:
        return list(self.office.app.store.webhooks.values())

    def add(self, **different: str | bool) -> Webhook:
        """Add a webhook of the bot's token."""
        store = self.office.app.store
        token = store.tokens[self.office.grant.token]
        row = {"description": "delegate-bot", "callback_url": self.hook.url, **different}
        row = {"id_model": self.office.board.id, **row}
        made = Webhook(id=store.new_id(), id_token=token.id, **row)  # type: ignore[arg-type]
        store.webhooks[made.id] = made
        return made


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    with open_office(tmp_path) as office:
        office.add_portfolio()
        hooks: list[Hook] = []

        def app(environ: object, start_response: object) -> object:
            return Receiver(hooks[0], lambda _: None)(environ, start_response)  # type: ignore[arg-type]

        with receiving(app, "127.0.0.1", 0) as url, delivering(office.app):  # type: ignore[arg-type]
            hooks.append(hook_at(url, office.grant.secret))
            yield Home(office, url, hooks[0])


def writes(home: Home) -> list[str]:
    return [each for each in home.office.writes if "webhooks" in each]


@pytest.mark.covers("K9")
def test_k9_setup_registers_one_webhook_a_board_and_a_second_time_changes_nothing(
    home: Home,
) -> None:
    home.office.settings["boards"].append(home.office.add_board("Second").short_link)
    result = home.typed("setup", "--yes")
    assert result.exit_code == 0, result.output
    assert result.output.count("webhook registered") == 2
    assert {each.callback_url for each in home.webhooks} == {home.hook.url}
    assert {each.description for each in home.webhooks} == {"delegate-bot"}
    before = writes(home)
    again = home.typed("setup", "--yes")
    assert again.exit_code == 0
    assert "webhook" not in again.output
    assert writes(home) == before
    assert len(home.webhooks) == 2


def test_setup_asks_first_and_a_no_changes_nothing(home: Home) -> None:
    result = home.typed("setup", answer="n\n")
    assert result.exit_code == 3
    assert "+ Atelier: webhook" in result.output
    assert home.webhooks == []


@pytest.mark.covers("K9")
@pytest.mark.parametrize(
    ("different", "why"),
    [
        ({"active": False}, "it is switched off"),
        ({"callback_url": "https://old.example/hook/x"}, "it calls another address"),
        ({"callback_url": "https://old.example/", "active": False}, "it calls another address"),
        ({"description": "made by hand", "active": False}, "it is switched off"),
    ],
)
def test_k9_a_webhook_that_is_off_or_calls_elsewhere_is_told_by_check_and_mended_by_setup(
    home: Home, different: dict[str, str | bool], why: str
) -> None:
    webhook = home.add(**different)
    assert why in " ".join(home.typed("check").output.split())
    assert not writes(home)
    result = home.typed("setup", "--yes")
    assert result.exit_code == 0
    assert "webhook mended" in result.output
    assert (webhook.callback_url, webhook.active) == (home.hook.url, True)
    assert writes(home) == [f"PUT /webhooks/{webhook.id}"]
    assert "webhook" not in home.typed("check").output


def test_a_second_webhook_of_one_board_is_switched_off(home: Home) -> None:
    kept, second = home.add(), home.add(callback_url="https://old.example/hook/x")
    assert "a webhook too many" in " ".join(home.typed("check").output.split())
    assert home.typed("setup", "--yes").exit_code == 0
    assert (kept.active, second.active) == (True, False)
    assert "webhook" not in home.typed("setup", "--yes").output


def test_a_webhook_of_a_board_that_is_not_served_any_more_is_switched_off(home: Home) -> None:
    home.add()
    other = home.add(id_model=home.office.add_board("Ancien").id)
    assert home.typed("setup", "--yes").exit_code == 0
    assert not other.active
    assert "webhook" not in home.typed("setup", "--yes").output


def test_while_a_board_cannot_be_read_no_webhook_is_taken_for_one_too_many(home: Home) -> None:
    home.add()
    second = home.office.add_board("Second")
    home.office.settings["boards"].append(second.short_link)
    webhook = home.add(id_model=second.id)
    home.office.app.faults = Always("GET", f"/boards/{second.short_link}", answer(401, "no"))
    home.typed("setup", "--yes")
    home.office.app.faults = Peace()
    assert webhook.active


def test_other_programs_webhooks_are_left_alone(home: Home) -> None:
    home.add()
    others = [
        home.add(description="Butler", callback_url="https://other.example/"),
        home.add(description="", callback_url="https://other.example/", active=False),
    ]
    before = [(each.callback_url, each.active) for each in others]
    assert "webhook" not in home.typed("setup", "--yes").output
    assert [(each.callback_url, each.active) for each in others] == before


def test_without_a_receiver_setup_says_to_run_serve_first(tmp_path: Path) -> None:
    with open_office(tmp_path) as office, delivering(office.app):
        office.add_portfolio()
        env = {"PUBLIC_URL": "http://127.0.0.1:9", "TRELLO_API_SECRET": office.grant.secret}
        result = typed(office, "setup", "--yes", **env)
        assert result.exit_code == 3
        said = " ".join(result.output.split())
        assert "start delegate-bot serve first" in said
        assert "http://127.0.0.1:9/hook/" in said
        assert office.grant.secret not in said
        assert office.app.store.webhooks == {}


def test_registered_by_somebody_else_meanwhile_is_registered(home: Home) -> None:
    class Meanwhile(Peace):
        def before(self, request: object) -> Answer | None:
            if getattr(request, "method", "") == "POST":
                home.add()
                home.office.app.faults = Peace()
            return self.nothing

    home.office.app.faults = Meanwhile()
    assert home.typed("setup", "--yes").exit_code == 0
    assert len(home.webhooks) == 1


@pytest.mark.parametrize("status", [500, 403])
def test_what_trello_does_not_do_is_told_and_the_command_ends_with_3(
    home: Home, status: int
) -> None:
    home.office.app.faults = Always("POST", "/webhooks", answer(status, "no"))
    result = home.typed("setup", "--yes")
    assert result.exit_code == 3
    assert "Atelier: webhook:" in result.output
    assert ("run setup again" in " ".join(result.output.split())) == (status == 500)


def test_check_tells_of_a_webhook_whose_calls_fail(home: Home) -> None:
    home.add().failures = 4
    said = " ".join(home.typed("check").output.split())
    assert "Trello's last 4 calls to its webhook failed" in said
    assert "ready to work" in said


def test_webhooks_that_cannot_be_read_are_told_and_keep_nothing_else_from_being_told(
    home: Home,
) -> None:
    home.office.settings["people"]["assistants"].append({"username": "nobody"})
    home.office.app.faults = Always("GET", "/webhooks", answer(404, "no"))
    result = home.typed("check")
    said = " ".join(result.output.split())
    assert "the webhooks could not be read" in said
    assert "nobody" in said
    assert result.exit_code == 0


def test_without_address_or_secret_nothing_is_asked_about_webhooks(home: Home) -> None:
    for command in ("check", "setup"):
        assert typed(home.office, command).exit_code == 0
    assert not any("webhooks" in each.path for each in home.office.app.requests)
    assert home.webhooks == []


@pytest.mark.parametrize("command", ["plan", "apply", "explain", "digest"])
def test_g8_no_other_command_asks_for_the_tokens_webhooks(home: Home, command: str) -> None:
    card = home.office.complete()
    home.typed(command, *((card.short_link,) if command == "explain" else ()))
    assert not any("/tokens/" in each.path for each in home.office.app.requests)


def test_g8_neither_token_nor_secret_shows_in_what_is_printed_or_logged(
    home: Home, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    home.env["LOG_LEVEL"] = "DEBUG"
    told = [home.typed(each).output for each in ("check", "setup")]
    home.office.app.faults = Always("GET", "/tokens/", answer(404, "Cannot GET /1/tokens/" + "x"))
    told.append(home.typed("check").output)
    for secret in (home.office.grant.token, home.office.grant.secret):
        assert secret not in "".join(told) + caplog.text
