"""Tells people outside Trello: what a pass has said to them, and that the bot cannot work.

What is wanted is decided by :mod:`bot.domain.notices`; here it is held against what has been told,
and handed to the courier.  Nothing of it delays, stops or changes a pass.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta
from typing import TypeAlias

from msgspec.structs import replace
from pydantic import SecretStr

from bot import channels
from bot.courier import Courier, Letter
from bot.cycle import Report
from bot.domain.fold import card_after
from bot.domain.model import Instant, Snapshot
from bot.domain.notices import Reader, Trouble, Waiting, waiting_words
from bot.events import NoticesImpossible, NoticesLost, Over, tell
from bot.ports import StopError
from bot.settings import AssistantSettings, OwnerSettings, Settings, SettingsError, calendar_for
from bot.state import StateFolder
from bot.text import notices as words
from bot.text.catalogue import Phrases

log = logging.getLogger(__name__)

Told: TypeAlias = Mapping[str, Instant]
"""When somebody was last told of each cause."""

_WORKS = "works"
"""What is noted when an owner has been told that the bot works again."""
_TROUBLES = ("configuration", "credentials", "rights", "stopped", "board:")
"""How the causes begin of which they may have been told before."""
_TRIED = "tried:"
"""What stands before a cause of which somebody was to be told: it may not have arrived."""
_TRY_AGAIN = timedelta(hours=1)
"""After a notice of trouble that has not arrived."""


class Notices:
    """Sees to it that each person is told of a cause once, and of trouble once a day."""

    def __init__(
        self,
        state: StateFolder,
        phrases: Phrases,
        send: Callable[[SecretStr, str, str], bool] = channels.send,
    ) -> None:
        self._state = state
        self._phrases = phrases
        self._courier = Courier(
            lambda letter: send(letter.address, letter.subject, letter.body), self._told
        )

    def begin(self, settings: Settings) -> None:
        """Say at once if no notice can be sent: the first may be weeks away."""
        problem = channels.missing()
        if problem is not None and addresses_in(settings):
            tell(log, NoticesImpossible(problem))

    def after(self, report: Report, settings: Settings, now: Instant) -> None:
        """Tell of what a pass has said and seen."""
        if not addresses_in(settings):
            return
        told = self._known(now)
        self._tell_waiting(report, told, settings, now)
        troubles = tuple(_refused(report))
        for each in troubles:
            self._tell_trouble(each, told, settings, now)
        if not troubles:
            self._tell_mended(told, settings, now)

    def cannot_work(
        self, problem: SettingsError | StopError, settings: Settings, now: Instant
    ) -> None:
        """Tell the owner why nothing can be written, at most once a day for each cause."""
        self._tell_trouble(trouble_of(problem), self._known(now), settings, now)

    def close(self, seconds: float) -> None:
        """Let what waits be sent, for so many seconds at most."""
        self._courier.close(seconds)

    def _tell_waiting(self, report: Report, told: Told, settings: Settings, now: Instant) -> None:
        addresses = addresses_in(settings)
        for channel, mine in _by_channel(waiting_words(picture_after(report), now)).items():
            new = [each for each in mine if each.cause not in told]
            if not new or channel not in addresses:
                continue
            causes = tuple(each.cause for each in new)
            # Noted first: what may have arrived is not sent again.
            if self._state.notice(causes, now):
                letter = words.waiting_letter(new, self._phrases)
                self._send(Letter(channel, addresses[channel], *letter, causes))

    def _tell_trouble(self, trouble: Trouble, told: Told, settings: Settings, now: Instant) -> None:
        reader = reader_in(settings, now)
        if _same_day(told.get(trouble.cause), now, reader):
            return
        if _may_try(trouble.cause, told, reader, now):
            letter = words.trouble_letter(trouble, reader.language, self._phrases)
            self._send_to_owner(trouble.cause, letter, settings, now)

    def _tell_mended(self, told: Told, settings: Settings, now: Instant) -> None:
        troubles = [at for cause, at in told.items() if cause.startswith(_TROUBLES)]
        mended = told.get(_WORKS)
        if not troubles or (mended is not None and mended >= max(troubles)):
            return
        reader = reader_in(settings, now)
        if _may_try(_WORKS, told, reader, now):
            letter = words.works_again_letter(reader.language, self._phrases)
            self._send_to_owner(_WORKS, letter, settings, now)

    def _send_to_owner(
        self, cause: str, letter: words.Letter, settings: Settings, now: Instant
    ) -> None:
        """Send what must arrive: it is noted when it has, and tried again when it has not."""
        owner = settings.people.owner
        # That it is tried is noted first: the next process may begin before the service answers.
        if owner.notify is not None and self._state.notice((_TRIED + cause,), now):
            self._send(Letter(owner.channel, owner.notify, *letter, (cause,), at=now))

    def _send(self, letter: Letter) -> None:
        if not self._courier.take(letter):
            self._told(letter, arrived=False)

    def _known(self, now: Instant) -> Told:
        """Return what has been told, but for what a clock that ran ahead has noted."""
        return {cause: at for cause, at in self._state.noticed().items() if at <= now}

    def _told(self, letter: Letter, arrived: bool) -> None:
        if arrived and letter.at is not None:
            self._state.notice(letter.causes, letter.at)
        if self._state.reached(letter.channel, arrived=arrived):
            lost = NoticesLost(letter.channel, channels.scheme_of(letter.address))
            tell(log, Over(lost.name, lost.subject) if arrived else lost)


def trouble_of(problem: SettingsError | StopError) -> Trouble:
    """Return what an error means for the owner."""
    if isinstance(problem, SettingsError):
        return Trouble("configuration", str(problem))
    if problem.status == 401:
        return Trouble("credentials", str(problem))
    return Trouble("rights" if problem.status == 403 else "stopped", str(problem))


def picture_after(report: Report) -> Snapshot:
    """Return the boards as a pass has left them."""
    snapshot = report.reading.snapshot
    cards = dict(snapshot.cards)
    for effect in report.effects:
        if effect.outcome == "applied":
            card = cards[effect.planned.card_id]
            now = report.plan.now
            cards[card.id] = card_after(card, effect.planned.change, snapshot.me, now)
    return replace(snapshot, cards=cards) if report.effects else snapshot


def addresses_in(settings: Settings) -> Mapping[str, SecretStr]:
    """Return the address of each channel."""
    people: tuple[OwnerSettings | AssistantSettings, ...] = (
        settings.people.owner,
        *(settings.people.assistants or ()),
    )
    return {each.channel: each.notify for each in people if each.notify is not None}


def problems_in(settings: Settings) -> Iterator[tuple[str, str]]:
    """Yield each channel by which nothing can be sent, as far as is known without trying, and why.

    Names the person and the kind of address, never the address.
    """
    for channel, address in addresses_in(settings).items():
        problem = channels.problem_with(address)
        if problem is not None:
            yield channel, f"{named(channel, address)}: {problem}"


def named(channel: str, address: SecretStr) -> str:
    """Return what notices to one person are called in logs and findings."""
    return f"notices to {channel} ({channels.scheme_of(address)})"


def reader_in(settings: Settings, now: Instant) -> Reader:
    """Return the owner as the configuration knows them."""
    owner = settings.people.owner
    calendar, _ = calendar_for(owner, settings, now.date())
    return Reader(owner.language or settings.language, calendar)


def _refused(report: Report) -> Iterator[Trouble]:
    """Yield which boards cannot be served until somebody mends the cause, each once."""
    reading = report.reading
    lasting = ((each.board, each.problem) for each in reading.failures if each.lasting)
    refused = ((each.board, str(each.problem)) for each in reading.refusals)
    for board, problem in dict((*refused, *lasting)).items():
        yield Trouble("board", problem, board)


def _by_channel(waiting: Iterable[Waiting]) -> Mapping[str, list[Waiting]]:
    found: dict[str, list[Waiting]] = {}
    for each in waiting:
        found.setdefault(each.to.channel or "", []).append(each)
    return found


def _may_try(cause: str, told: Told, reader: Reader, now: Instant) -> bool:
    """Tell whether the owner is at work, and this was not tried within the hour."""
    tried = told.get(_TRIED + cause)
    return reader.calendar.is_working(now) and (tried is None or now >= tried + _TRY_AGAIN)


def _same_day(last: Instant | None, now: Instant, reader: Reader) -> bool:
    day_of = reader.calendar.local
    return last is not None and day_of(last).date() == day_of(now).date()
