"""The bot reaches for nothing but its boards, whatever stands on them."""

import sys
from functools import cache
from typing import get_args
from urllib.parse import urlsplit

import pytest

from bot.domain.changes import (
    AddAttachment,
    AddCheckItem,
    AddChecklist,
    AddLabel,
    AddMember,
    Change,
    DeleteComment,
    DeletePart,
    EditComment,
    PostComment,
    React,
    RemoveLabel,
    SetDates,
    SetDescription,
    SetPortfolio,
    Untick,
)
from bot.ports import NotApplied, SkipError
from tests.end_to_end.office import Office

ID = "5e95d1b4f43f9a06497f17f8"
EVERY_CHANGE: tuple[Change, ...] = (
    SetDescription("x"),
    SetPortfolio("x"),
    SetDates(None, None),
    AddChecklist("x"),
    AddCheckItem("x", "y"),
    AddAttachment("x", "https://a.fr"),
    AddMember(ID, "mel"),
    AddLabel(ID, "x"),
    RemoveLabel(ID, "x"),
    Untick(ID, "x"),
    PostComment("x", "aaaaaaaaaa"),
    EditComment(ID, "x", "aaaaaaaaaa"),
    DeleteComment(ID),
    DeletePart("attachment", ID, "x"),
    React(ID),
)


@pytest.mark.covers("S20")
def test_no_change_is_ever_sent_about_a_card_of_a_board_that_is_not_configured(
    office: Office,
) -> None:
    office.complete()
    office.apply()
    elsewhere = office.add_board("Ailleurs")
    secret = office.delegate("Trouver un plombier", board=elsewhere)
    card = office.bot.gateway.card(secret.id)
    before = len(office.app.requests)
    for change in EVERY_CHANGE:
        outcome = office.bot.gateway.write(card, change)
        assert isinstance(outcome, NotApplied)
        assert isinstance(outcome.error, SkipError)
    assert len(office.app.requests) == before


def test_the_list_of_changes_has_log() -> None:
    assert {type(each) for each in EVERY_CHANGE} == set(get_args(Change))


ADDRESSES = (
    *("http://169.254.169.254/latest/meta-data", "http://localhost:5432/", "file:///etc/passwd"),
    *("https://evil.example/a.pdf", "ftp://evil.example/a", "http://[::1]/", "gopher://x/_a"),
)


class Dialled:
    """What this process has looked up, connected to and opened while it was listened to."""

    def __init__(self) -> None:
        self.listening = False
        self.hosts: set[object] = set()
        self.files: set[str] = set()
        sys.addaudithook(self._heard)

    def _heard(self, event: str, details: tuple[object, ...]) -> None:
        if not self.listening:
            return
        if event == "socket.connect":
            self.hosts.add(details[1])
        elif event == "socket.getaddrinfo":
            self.hosts.add(details[:2])
        elif event == "open":
            self.files.add(str(details[0]))


@cache
def dialled() -> Dialled:
    """Return the one listener: what has been hung up cannot be taken down again."""
    return Dialled()


@pytest.mark.covers("S8", "S9")
def test_no_address_on_a_card_is_ever_asked_nor_a_proxy_of_the_environment(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    links = "".join(f"\n- {address}" for address in ADDRESSES)
    card = office.delegate("Lire", f"objectif : a\nméthode :\n- b\ncharge : 1h\npièces :{links}")
    for address in ADDRESSES:
        if address.startswith("http"):
            office.paul.attach(card, address, address)
        office.paul.comment(card, f"Voir {address} et ![x]({address})")
    calls = dialled()
    calls.listening = True
    try:
        office.settled()
    finally:
        calls.listening = False
    assert office.world.members(card) == ["mel"]
    port = urlsplit(office.url).port
    assert calls.hosts
    assert {each[:2] for each in calls.hosts if isinstance(each, tuple)} == {("127.0.0.1", port)}
    assert not any("passwd" in each for each in calls.files)
