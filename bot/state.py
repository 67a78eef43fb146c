"""What stays on this machine: a lease, whether the last run ended cleanly, posted references, and
what people have been told outside Trello.

The boards are the truth; losing this folder must never change what they end up showing, but for
one repetition of a comment that a person deleted.  Each notice of the last working day may come
once more then.
"""

import hashlib
import logging
import os
import re
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from filelock import FileLock, Timeout
from platformdirs import user_state_path

from bot.domain.model import Instant
from bot.events import LeaseHeld, StateUnwritable, tell
from bot.files import replacing
from bot.ports import StopError
from bot.standing import Standing

log = logging.getLogger(__name__)

_REFERENCE = re.compile(r"[a-z2-7]{10}")
_NOTICE = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ) ([!-~]{1,200})")
"""An instant and a cause."""
_NOTED_FOR = timedelta(weeks=4)
"""At least, and for twice as long at most: what is older has no bearing on any notice."""
POSTED_KEPT = 20_000
"""References that are kept at least, and twice as many at most: those of years, for most."""
_MOST_BYTES = 2 * POSTED_KEPT * len("\nabcdefghij\n")
"""Of the file: to count its lines for each comment would take longer than to post it."""
_CHANNEL = re.compile(r"[!-~]{1,200}")
LEASE_WAIT = 60.0
"""Seconds that a command waits for another one of this installation to end."""
_LOOK_AGAIN = 0.2
"""Seconds between two looks at a lease that another process holds."""


class LeaseHeldError(Exception):
    """Another process of this installation is writing."""


def default_folder(configuration: Path, api: str) -> Path:
    """Return the user's state folder for one configuration file and one Trello."""
    name = hashlib.sha256(f"{configuration.resolve()}|{api}".encode()).hexdigest()[:16]
    return user_state_path("delegate-bot", appauthor=False) / name


class StateFolder:
    """The folder; made when something is first kept in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._running = folder / "running"
        self._posted = folder / "posted"
        self._noticed = folder / "noticed"
        self._unreached = folder / "unreached"
        self._standing = Standing(log)
        self._writing = threading.RLock()
        """Notices are noted by a thread of their own beside the pass."""

    @contextmanager
    def lease(self, seconds: float, pause: Callable[[float], bool] | None = None) -> Iterator[None]:
        """Hold the right to write; raise :class:`LeaseHeldError` after ``seconds`` of waiting.

        ``pause`` waits so many seconds, or returns True when waiting has become pointless.
        A file lock lives and dies with its process: no stale file can lock anybody out.
        Raises `StopError` where no lock can be kept: nothing may be written without one.
        """
        lock = FileLock(self.folder / "lease")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            given = _acquired(lock, seconds, pause or threading.Event().wait)
        except OSError as problem:
            reason = problem.strerror or type(problem).__name__
            message = f"The state folder {self.folder} cannot be used ({reason})"
            raise StopError(f"{message}; name another with state:") from problem
        if not given:
            message = f"Another delegate-bot of this installation is at work ({self.folder})"
            raise LeaseHeldError(message)
        try:
            yield
        finally:
            lock.release()

    def ended_cleanly(self) -> bool | None:
        """Tell whether the last run ended cleanly; ``None``: nothing is known of a last run."""
        if self._running.exists():
            return False
        return True if self.folder.joinpath("clean").exists() else None

    def begin(self) -> None:
        """Note that a run has begun; a full disk is no reason to stop working."""
        if not self._running.exists():
            self._tried(self._note_beginning)

    def end(self) -> None:
        """Note that the run has ended with no write under way."""
        self._tried(self._note_clean_end)

    def remembered(self) -> frozenset[str]:
        """Return the references of comments posted from here; an unreadable file is none."""
        return frozenset(line for line in _lines(self._posted) if _REFERENCE.fullmatch(line))

    def posted(self, ref: str) -> None:
        """Remember a posted comment; a full disk is no reason to stop working."""
        self._tried(lambda: self._note_posted(ref))

    def noticed(self) -> Mapping[str, Instant]:
        """Return of what people have been told outside Trello, and when last."""
        return dict(self._notes())

    def notice(self, causes: Iterable[str], at: Instant) -> bool:
        """Note that somebody is told of these; False when that could not be kept."""
        told = dict.fromkeys(causes, at)
        return self._tried(lambda: self._note(told, at))

    def unreached(self) -> frozenset[str]:
        """Return the channels by which the last notice has not arrived."""
        return frozenset(line for line in _lines(self._unreached) if _CHANNEL.fullmatch(line))

    def reached(self, channel: str, *, arrived: bool) -> bool:
        """Note whether a notice has arrived; return whether that is news."""
        with self._writing:
            before = self.unreached()
            after = before - {channel} if arrived else before | {channel}
            if after != before:
                self._tried(lambda: _replace(self._unreached, "\n".join(sorted(after))))
            return after != before

    def _note_posted(self, ref: str) -> None:
        if self._posted.is_file() and self._posted.stat().st_size >= _MOST_BYTES:
            known = [line for line in _lines(self._posted) if _REFERENCE.fullmatch(line)]
            _replace(self._posted, "\n".join(known[-POSTED_KEPT:]))
        _append(self._posted, ref)

    def _notes(self) -> Iterator[tuple[str, Instant]]:
        found = (_NOTICE.fullmatch(line) for line in _lines(self._noticed))
        told = ((each[2], _instant(each[1])) for each in found if each)
        return ((cause, at) for cause, at in told if at is not None)

    def _note(self, told: Mapping[str, Instant], now: Instant) -> None:
        # Every few weeks, not each time: what another process notes in that moment may be lost.
        if any(at < now - 2 * _NOTED_FOR for _, at in self._notes()):
            kept = {cause: at for cause, at in self._notes() if at >= now - _NOTED_FOR}
            _replace(self._noticed, _noted(kept))
        _append(self._noticed, _noted(told))

    def _note_beginning(self) -> None:
        self._running.touch()
        # A power cut must not leave the folder as the last clean end left it.
        folder = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def _note_clean_end(self) -> None:
        self.folder.joinpath("clean").touch()
        self._running.unlink(missing_ok=True)

    def _tried(self, step: Callable[[], None]) -> bool:
        with self._writing:
            try:
                self.folder.mkdir(parents=True, exist_ok=True)
                step()
            except OSError as problem:
                self._standing.came(StateUnwritable(str(problem)))
                return False
            self._standing.over()
            return True


def _lines(file: Path) -> list[str]:
    """Return a file's lines; an unreadable file has none."""
    try:
        return file.read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return []


def _noted(told: Mapping[str, Instant]) -> str:
    return "\n".join(f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ} {each}" for each, at in told.items())


def _append(to: Path, line: str) -> None:
    with to.open("a", encoding="ascii", errors="replace") as file:
        # The line end comes first: what a crash cut off above spoils no line but its own.
        file.write(f"\n{line}\n")
        file.flush()
        os.fsync(file.fileno())


def _replace(file: Path, text: str) -> None:
    with replacing(file) as stream:
        stream.write(text)


def _instant(written: str) -> Instant | None:
    try:
        return datetime.fromisoformat(written)
    except ValueError:
        return None


def _acquired(lock: FileLock, seconds: float, pause: Callable[[float], bool]) -> bool:
    """Take a lock as soon as it is free; False when it is not within ``seconds``."""
    waited = 0.0
    while True:
        try:
            lock.acquire(timeout=0)
        except Timeout:
            if waited == 0 < seconds:
                tell(log, LeaseHeld())
            if waited >= seconds or pause(_LOOK_AGAIN):
                return False
            waited += _LOOK_AGAIN
        else:
            return True
