"""Notices outside Trello, from the board to a real mail server's mailbox."""

import signal
import socket
import sys
import threading
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from pydantic import SecretStr

from bot import carrier, channels, wiring
from bot.cycle import Report
from bot.noticing import Notices
from bot.sandbox import Store
from bot.sandbox.rows import Card
from bot.service import Service
from bot.settings import SettingsError
from bot.text.catalogue import Phrases
from tests.end_to_end.faults import Always, answer
from tests.end_to_end.mail import PASSWORD, Mailbox, mail_server, silent_server, text_of
from tests.end_to_end.office import COMPLETE, Office, open_office
from tests.end_to_end.shell import ran, started, typed

ALWAYS = "lun-dim 00:00-24:00"


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with mail_server() as opened:
        yield opened


@pytest.fixture
def posted(office: Office, mailbox: Mailbox) -> Office:
    """Return an office whose people have notices sent to the mailbox; it is Monday, 9:30."""
    return with_mail(office, mailbox)


@pytest.fixture
def live_office(tmp_path: Path) -> Iterator[Office]:
    """An office in whose sandbox time passes, and where people always work."""
    with open_office(tmp_path, store=Store(wiring.clock)) as opened:
        opened.settings["people"]["assistants"][0]["hours"] = ALWAYS
        opened.bot.state.end()
        yield opened


def with_mail(office: Office, mailbox: Mailbox) -> Office:
    people = office.settings["people"]
    people["owner"]["notify"] = mailbox.address("paul")
    people["assistants"][0]["notify"] = mailbox.address("mel")
    office.at("2026-11-30 09:30")
    return office


def passed(office: Office) -> Report:
    """Make one pass and send what it tells, as a process that ends after it."""
    report = office.apply()
    notices = Notices(office.bot.state, office.bot.phrases, in_this_process)
    notices.after(report, office.bot.settings, office.now)
    notices.close(20)
    return report


def in_this_process(address: SecretStr, subject: str, body: str) -> bool:
    """Send as the process does that costs a second to start."""
    letter = carrier.Letter(address.get_secret_value(), subject, body)
    return carrier.carried(letter) == carrier.SENT


def important(office: Office) -> Card:
    return office.delegate("Trouver un plombier", COMPLETE["fr"], labels=["important"])


def subject_of(mail: EmailMessage) -> str:
    return str(mail["Subject"]).replace("\u00a0", " ")


def test_an_important_hand_over_is_one_mail_to_the_assistant(
    posted: Office, mailbox: Mailbox
) -> None:
    card = important(posted)
    posted.complete("Une carte ordinaire")
    passed(posted)
    mail = mailbox.next()
    assert mail["To"] == "mel@example.com"
    expected = "Carte importante « Trouver un plombier » : cette tâche vous est confiée"
    assert subject_of(mail) == expected
    assert f"https://trello.com/c/{card.short_link}" in text_of(mail)
    posted.later()
    passed(posted)
    posted.fresh_bot()
    passed(posted)
    assert mailbox.is_empty()


@pytest.mark.covers("L1")
def test_what_is_sent_has_been_noted_before_so_that_a_crash_repeats_nothing(office: Office) -> None:
    office.settings["people"]["assistants"][0]["notify"] = "json://127.0.0.1"
    office.at("2026-11-30 09:30")
    important(office)
    known: list[set[str]] = []

    def crash(*_: object) -> bool:
        known.append(set(office.bot.state.noticed()))
        raise OSError

    for _ in range(2):
        notices = Notices(office.bot.state, office.bot.phrases, crash)
        notices.after(office.apply(), office.bot.settings, office.now)
        notices.close(20)
    assert [len(each) for each in known] == [1]


def test_a_lost_state_folder_repeats_the_notice_once_and_leaves_the_board_as_it_is(
    posted: Office, mailbox: Mailbox
) -> None:
    important(posted)
    passed(posted)
    mailbox.next()
    writes = list(posted.writes)
    posted.fresh_bot(forget=True)
    passed(posted)
    assert subject_of(mailbox.next()).endswith("cette tâche vous est confiée")
    posted.later()
    passed(posted)
    assert mailbox.is_empty()
    assert posted.writes == writes


def test_at_night_nothing_is_sent_and_in_the_morning_one(posted: Office, mailbox: Mailbox) -> None:
    posted.at("2026-11-30 22:00")
    card = important(posted)
    passed(posted)
    assert posted.world.texts(card)
    posted.at("2026-12-01 06:59")
    passed(posted)
    assert mailbox.is_empty()
    posted.at("2026-12-01 07:00")  # nine o'clock in Antananarivo
    passed(posted)
    passed(posted)
    assert mailbox.next()["To"] == "mel@example.com"
    assert mailbox.is_empty()


def test_what_is_answered_at_night_lapses(posted: Office, mailbox: Mailbox) -> None:
    posted.at("2026-11-30 22:00")
    card = important(posted)
    passed(posted)
    posted.later()
    posted.mel.comment(card, "D'accord, je commence demain.")
    posted.at("2026-12-01 07:30")
    passed(posted)
    assert mailbox.is_empty()


def test_what_comes_on_an_important_card_until_it_is_late_is_told_each_once(
    posted: Office, mailbox: Mailbox
) -> None:
    desc = COMPLETE["fr"] + "\npour : 3 décembre"
    card = posted.delegate("Trouver un plombier", desc, labels=["important"])
    passed(posted)
    mailbox.next()
    told = []
    for day in ("2026-12-01", "2026-12-02", "2026-12-03", "2026-12-04", "2026-12-07", "2026-12-08"):
        for hour in ("07:00", "09:00", "11:30", "14:30"):
            posted.at(f"{day} {hour}")
            before = len(posted.world.texts(card))
            passed(posted)
            if len(posted.world.texts(card)) > before:
                mail = mailbox.next()
                told.append((mail["To"], subject_of(mail).rpartition(" : ")[2]))
    assert mailbox.is_empty()
    assert ("mel@example.com", "où en êtes-vous ?") in told
    assert ("mel@example.com", "sa date est passée") in told
    assert ("paul@example.com", "sa date est passée") in told


def test_the_owners_of_a_shared_account_are_told_of_questions_on_every_card(
    posted: Office, mailbox: Mailbox
) -> None:
    posted.use(posted.world.grant(posted.paul))
    posted.delegate("Ranger", "un mot")
    posted.later()
    passed(posted)
    mail = mailbox.next()
    assert mail["To"] == "paul@example.com"
    assert subject_of(mail) == "« Ranger » : il manque des éléments pour la confier"


@pytest.mark.covers("L4")
def test_what_comes_at_once_is_one_mail(posted: Office, mailbox: Mailbox) -> None:
    for name in ("Un", "Deux", "Trois"):
        posted.delegate(name, COMPLETE["fr"], labels=["important"])
    passed(posted)
    mail = mailbox.next()
    assert subject_of(mail) == "3 cartes vous attendent"
    assert text_of(mail).count("https://trello.com/c/") == 3
    assert mailbox.is_empty()


@pytest.mark.covers("H16", "H2", "S16")
def test_no_title_writes_a_header_or_markup_of_its_own(posted: Office, mailbox: Mailbox) -> None:
    title = "Devis\r\nBcc: all@example.com\r\n\r\n<script>alert(1)</script>\u202e"
    posted.delegate(title, COMPLETE["fr"], labels=["important"])
    passed(posted)
    mail = mailbox.next()
    assert mail["Bcc"] is None
    assert mail["To"] == "mel@example.com"
    assert not mail.defects
    for text in (subject_of(mail), text_of(mail)):
        assert "all＠example" in text
        assert "<script" not in text
        assert "\u202e" not in text


def test_what_could_not_be_said_on_the_board_is_not_told_elsewhere(
    posted: Office, mailbox: Mailbox
) -> None:
    important(posted)
    posted.app.faults = Always("POST", "/actions/comments", answer(503, "busy"))
    passed(posted)
    assert mailbox.is_empty()


def test_a_board_that_is_down_recalled_by_value_is_told_to_nobody(
    posted: Office, mailbox: Mailbox
) -> None:
    posted.app.faults = Always("GET", "/boards/", answer(503, "busy"))
    assert passed(posted).reading.failures
    assert mailbox.is_empty()


def test_what_cannot_be_noted_is_not_sent_minute_after_minute(
    posted: Office, mailbox: Mailbox
) -> None:
    (posted.state / "noticed").mkdir(parents=True)
    posted.settings["boards"].append("ZzZz9999")
    card = important(posted)
    for _ in range(3):
        assert passed(posted).reading.failures
        posted.later(1)
    assert posted.world.members(card) == ["mel"]
    assert mailbox.is_empty()


def test_a_board_that_is_lost_is_tried_to_be_told_once_an_hour_while_no_mail_gets_through(
    office: Office,
) -> None:
    office.settings["people"]["owner"]["notify"] = "json://127.0.0.1"
    office.settings["boards"].append("ZzZz9999")
    office.at("2026-11-30 09:30")
    tried: list[str] = []

    def refuse(_: SecretStr, subject: str, __: str) -> bool:
        tried.append(subject)
        return False

    for _ in range(8):
        notices = Notices(office.bot.state, office.bot.phrases, refuse)
        notices.after(office.apply(), office.bot.settings, office.now)
        notices.close(20)
        office.later(15)
    assert len(tried) == 2
    assert "ZzZz9999" in tried[0]


def test_trouble_that_a_clock_noted_for_years_to_come_is_not_told_as_mended_again_and_again(
    posted: Office, mailbox: Mailbox
) -> None:
    posted.bot.state.notice(("stopped",), posted.now + timedelta(days=2000))
    passed(posted)
    assert mailbox.is_empty()


def test_that_the_bot_works_again_waits_for_the_morning_too(
    posted: Office, mailbox: Mailbox
) -> None:
    posted.bot.state.notice(("credentials",), posted.now)
    posted.at("2026-11-30 22:00")
    passed(posted)
    assert mailbox.is_empty()
    posted.at("2026-12-01 09:00")
    passed(posted)
    passed(posted)
    assert subject_of(mailbox.next()) == "Le robot travaille à nouveau"
    assert mailbox.is_empty()


# Channels that fail.


@pytest.mark.covers("L2", "L3")
def test_a_refused_notice_is_not_sent_again_and_the_digest_and_check_tell_of_it(
    office: Office, mailbox: Mailbox
) -> None:
    posted = with_mail(office, mailbox)
    folio = posted.add_portfolio()
    assistant = posted.settings["people"]["assistants"][0]
    assistant["notify"] = assistant["notify"].replace(PASSWORD, "wrong-" + PASSWORD)
    important(posted)
    passed(posted)
    posted.later()
    passed(posted)
    assert mailbox.is_empty()
    shown = _check(posted)
    assert "notices to @mel (mailto): the last one has not arrived" in shown
    posted.at("2026-12-07 09:05")
    passed(posted)
    (digest,) = posted.world.texts(folio)
    assert "Mes avis hors de Trello ne parviennent pas à Mel." in digest
    assert "avis" not in posted.world.store.cards[folio.id].desc
    for text in (digest, shown, *_files(posted.state)):
        assert PASSWORD not in text


def test_a_notice_that_arrives_again_takes_the_failure_back(
    posted: Office, mailbox: Mailbox
) -> None:
    posted.bot.state.reached("@mel", arrived=False)
    important(posted)
    passed(posted)
    mailbox.next()
    assert posted.bot.state.unreached() == frozenset()


def test_an_address_that_apprise_cannot_read_is_told_by_check(office: Office) -> None:
    office.settings["people"]["owner"]["notify"] = f"mailtoo://paul:{PASSWORD}@127.0.0.1"
    shown = _check(office)
    assert "notices to owner (mailtoo): Apprise cannot read this address" in shown
    assert "ready to work" in shown
    assert PASSWORD not in shown


def test_without_apprise_check_says_how_to_install_it_and_the_boards_are_served(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)
    office.settings["people"]["assistants"][0]["notify"] = "ntfy://ntfy.sh/mel"
    office.at("2026-11-30 09:30")
    card = important(office)
    assert channels.INSTALL in _check(office)
    assert typed(office, "apply", "--now", "2026-11-30T09:30").exit_code == 0
    assert office.world.members(card) == ["mel"]


def _check(office: Office) -> str:
    return " ".join(typed(office, "check", COLUMNS="500").stdout.split())


def _files(folder: Path) -> list[str]:
    return [each.read_text("utf-8") for each in folder.iterdir() if each.is_file()]


# As people run it.


def test_apply_has_sent_its_notices_when_it_ends(posted: Office, mailbox: Mailbox) -> None:
    important(posted)
    shown = typed(posted, "apply", "--now", "2026-11-30T09:30")
    assert shown.exit_code == 0
    assert mailbox.mails.qsize() == 1


def test_plan_sends_nothing(posted: Office, mailbox: Mailbox) -> None:
    important(posted)
    assert typed(posted, "plan", "--now", "2026-11-30T09:30").exit_code == 0
    assert mailbox.is_empty()


@pytest.mark.covers("A1", "L5")
def test_refused_credentials_are_told_to_the_owner_once_a_day_and_their_end_once(
    live_office: Office, mailbox: Mailbox
) -> None:
    live_office.settings["people"]["owner"] |= {"hours": ALWAYS, "notify": mailbox.address("paul")}
    peace = live_office.app.faults
    for _ in range(2):
        live_office.app.faults = Always("GET", "/", answer(401, "invalid token"))
        assert typed(live_office, "apply").exit_code == 2
    mail = mailbox.next()
    assert (mail["To"], subject_of(mail)) == (
        "paul@example.com",
        "Le robot ne peut plus travailler",
    )
    assert "Trello refuse la clé ou le jeton du robot." in text_of(mail)
    live_office.app.faults = peace
    for _ in range(2):
        assert typed(live_office, "apply").exit_code == 0
    assert subject_of(mailbox.next()) == "Le robot travaille à nouveau"
    assert mailbox.is_empty()


def test_what_a_command_line_gets_wrong_is_told_to_nobody(
    live_office: Office, mailbox: Mailbox
) -> None:
    live_office.settings["people"]["owner"] |= {"hours": ALWAYS, "notify": mailbox.address("paul")}
    assert typed(live_office, "apply", "--board", "nope").exit_code == 2
    assert typed(live_office, "apply", "--now", "soon").exit_code == 2
    assert mailbox.is_empty()


@pytest.mark.parametrize("command", ["apply", "worker"])
def test_a_configuration_that_forbids_the_start_is_told_to_the_owner_as_far_as_it_says_who_that_is(
    posted: Office, mailbox: Mailbox, command: str
) -> None:
    posted.settings["people"]["owner"]["hours"] = ALWAYS
    posted.settings["limits"] = {"max_cards": "many"}
    for _ in range(2):
        assert typed(posted, command).exit_code == 2
    mail = mailbox.next()
    assert subject_of(mail) == "Le robot ne peut plus travailler"
    assert "limits" in text_of(mail)
    assert mailbox.is_empty()
    assert typed(posted, "plan").exit_code == 2
    assert mailbox.is_empty()


@pytest.mark.covers("A2")
def test_a_board_that_is_lost_is_told_to_the_owner_and_the_others_go_on(
    posted: Office, mailbox: Mailbox
) -> None:
    card = posted.complete()
    posted.settings["boards"].append("ZzZz9999")
    passed(posted)
    passed(posted)
    mail = mailbox.next()
    assert subject_of(mail) == "Le robot ne peut plus servir le tableau « ZzZz9999 »"
    assert mailbox.is_empty()
    assert posted.world.members(card) == ["mel"]


# A service that hangs.


@pytest.mark.covers("L6")
def test_a_mail_server_that_never_answers_delays_neither_the_pass_nor_the_end(
    live_office: Office,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(20)
        silent = Mailbox(listening.getsockname()[1])
        live_office.settings["people"]["assistants"][0]["notify"] = silent.address("mel")
        first = important(live_office)
        with started(live_office, "worker", LOG_LEVEL="DEBUG") as process:
            call, _ = listening.accept()
            assert live_office.world.members(first) == ["mel"]
            process.send_signal(signal.SIGTERM)
            out, err = process.communicate(timeout=12)
            call.close()
    assert process.returncode == 0
    assert '"event": "pass"' in err
    for text in (out, err, *_files(live_office.state)):
        assert PASSWORD not in text


def test_a_silent_server_is_given_up_without_a_word_of_its_address(live_office: Office) -> None:
    with silent_server() as silent:
        closed = silent.address("mel")
    live_office.settings["people"]["assistants"][0]["notify"] = closed
    important(live_office)
    code, out, err = ran(live_office, "apply", LOG_LEVEL="DEBUG")
    assert code == 0
    assert '"event": "notices_lost", "person": "@mel", "service": "mailto"' in err
    for text in (out, err, *_files(live_office.state)):
        assert PASSWORD not in text


@pytest.mark.covers("G13")
def test_a_configuration_spoilt_while_the_worker_runs_is_told_by_the_last_good_address(
    live_office: Office, mailbox: Mailbox
) -> None:
    live_office.settings["people"]["owner"] |= {"hours": ALWAYS, "notify": mailbox.address("paul")}
    file = live_office.write_config()
    spoilt = _service(live_office)
    file.write_text("boards: [", "utf-8")
    for _ in range(2):
        with pytest.raises(SettingsError):
            spoilt._one_pass()
    spoilt._notices.close(20)
    assert subject_of(mailbox.next()) == "Le robot ne peut plus travailler"
    mended = _service(live_office)
    for _ in range(2):
        assert mended._one_pass().exit_code == 0
    mended._notices.close(20)
    assert subject_of(mailbox.next()) == "Le robot travaille à nouveau"
    assert mailbox.is_empty()


def _service(office: Office, phrases: Phrases | None = None) -> Service:
    bot = office.fresh_bot()
    bot = replace(bot, phrases=phrases or bot.phrases)
    return Service(bot, office.config, office.environment, threading.Event())


# Faults of our own.


@pytest.fixture
def speechless(live_office: Office) -> Service:
    """Return a service that finds no words for the owner, who is to be told of a lost board."""
    live_office.settings["people"]["owner"] |= {"hours": ALWAYS, "notify": "json://127.0.0.1"}
    live_office.settings["boards"].append("ZzZz9999")
    return _service(live_office, Phrases({}))


@pytest.mark.covers("L6")
def test_a_fault_in_telling_people_is_told_once_and_each_pass_is_told_as_it_was(
    live_office: Office, speechless: Service, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    card = important(live_office)
    for _ in range(2):
        speechless._ticker()
    assert live_office.world.members(card) == ["mel"]
    passes = [each for each in _events(caplog) if each["event"] == "pass"]
    assert [each["applied"] > 0 for each in passes] == [True, False]
    assert [each["event"] for each in _events(caplog)].count("bug") == 1


def test_a_fault_in_telling_people_does_not_hide_that_trello_refuses_the_bot(
    live_office: Office, speechless: Service, caplog: pytest.LogCaptureFixture
) -> None:
    live_office.app.faults = Always("GET", "/", answer(401, "invalid token"))
    speechless._ticker()
    assert {each["event"] for each in _events(caplog)} == {"bug", "refused"}


def _events(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    return [each.event for each in caplog.records if hasattr(each, "event")]
