"""Key and token appear nowhere, whatever a pass comes to; nor do texts of cards in the log."""

import base64
import logging
import traceback
from collections.abc import Callable, Iterator
from urllib.parse import quote

import pytest
from werkzeug.wrappers import Request

from bot.sandbox.call import Answer
from tests.end_to_end.faults import hang_up
from tests.end_to_end.office import Office, Peace

PIECE = 12
"""So many characters of a secret in a row are too many; fewer may stand in an id by chance."""

Echo = Callable[[Request], Answer | None]


class Listening(Peace):
    """No trouble; whole addresses are kept."""

    def __init__(self) -> None:
        self.addresses: list[str] = []

    def before(self, request: Request) -> Answer | None:
        self.addresses.append(request.url)
        return self.nothing


class Echoing(Listening):
    """From the ``number``-th request on, each answer holds what the request was signed with."""

    def __init__(self, answer: Echo, number: int) -> None:
        super().__init__()
        self._answer, self._left = answer, number

    def before(self, request: Request) -> Answer | None:
        super().before(request)
        self._left -= 1
        return self._answer(request) if self._left <= 0 else self.nothing


def echo(status: int, kind: str = "{}", **headers: str) -> Echo:
    """Return a fault that tells all it was told."""

    def answered(request: Request) -> Answer:
        told = kind.format(f"{request.headers['Authorization']} {request.full_path}")
        return Answer(status, told, {name: each.format(told) for name, each in headers.items()})

    return answered


ECHOES: dict[str, Echo] = {
    "refused": echo(401, "invalid token {}"),
    "no rights": echo(401, "unauthorized permission requested {}"),
    "not so": echo(400),
    "not there": echo(404, "Cannot GET {}"),
    "a page": echo(200, "<html>{}</html>"),
    "elsewhere": echo(302, Location="https://evil.example/?{}"),
    "busy": echo(429, "Rate limit exceeded {}"),
    "down": echo(503),
    "hung up": lambda _: hang_up(),
}


def spellings(secret: str) -> Iterator[str]:
    yield from (secret, quote(secret, safe=""), secret.encode().hex())
    for before in range(3):
        yield base64.b64encode(b"x" * before + secret.encode()).decode()[4:-4]


def pieces(office: Office) -> set[str]:
    """Return every few characters in a row of what must not be seen."""
    grant = office.grant
    spelled = (each for secret in (grant.key, grant.token) for each in spellings(secret))
    return {each[at : at + PIECE] for each in spelled for at in range(len(each) - PIECE + 1)}


def shown(error: BaseException) -> str:
    """Return all that a report of a crash may print, the variables of each frame included."""
    report = traceback.TracebackException.from_exception(error, capture_locals=True)
    return "".join([repr(error), repr(vars(error)), *report.format(chain=True)])


def told_by_a_pass(office: Office) -> str:
    """Return what a pass says of itself, or of the error that ends it."""
    try:
        report = office.apply()
    except Exception as error:  # noqa: BLE001 - whatever ends a pass
        return shown(error)
    return f"{report!r} {office.json(report, report.effects)}"


def kept(office: Office) -> str:
    """Return all that stands in the state folder."""
    files = (each for each in office.state.rglob("*") if each.is_file())
    return "".join(each.read_bytes().decode("latin-1") for each in files)


@pytest.fixture(autouse=True)
def everything_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)


@pytest.mark.covers("S6", "S7")
@pytest.mark.parametrize("number", [1, 4, 6], ids=["at once", "in the middle", "at a write"])
@pytest.mark.parametrize("fault", ECHOES)
def test_no_piece_of_key_or_token_is_seen_anywhere_when_all_goes_wrong(
    office: Office, fault: str, number: int, caplog: pytest.LogCaptureFixture
) -> None:
    office.complete()
    office.app.faults = trouble = Echoing(ECHOES[fault], number)
    told = told_by_a_pass(office)
    logged = caplog.text + repr([each.__dict__ for each in caplog.records])
    assert len(trouble.addresses) >= number
    for place in (told, logged, kept(office), *trouble.addresses):
        assert not [each for each in pieces(office) if each in place], place[:500]


@pytest.mark.covers("S6", "S7", "S29")
def test_no_piece_of_key_or_token_nor_a_text_is_seen_when_all_goes_well(
    office: Office, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEBUG", "1")
    office.app.faults = peace = Listening()
    card = office.delegate("Titre-canari", "Notes-canari\n\nméthode : lire\ncharge : 1h")
    office.paul.comment(card, "Commentaire-canari")
    told = "".join(told_by_a_pass(office) for _ in range(2))
    assert office.world.members(card) == ["mel"]
    for place in (told, caplog.text, kept(office), *peace.addresses):
        assert not [each for each in pieces(office) if each in place], place[:500]
    assert "canari" not in caplog.text
    assert "POST" in caplog.text
