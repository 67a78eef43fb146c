"""One run: a board at a moment, passes with trouble, then undisturbed ones, and what they left."""

from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path
from random import Random

from msgspec import Struct

from bot.domain.model import Instant
from tests.simulation.complete import told_too_early
from tests.simulation.dashboards import EVERY as EVERY_DASHBOARD
from tests.simulation.dashboards import folio_of, too_often, unlisted, untrue
from tests.simulation.face import Face, board_face, differences, without_doubles
from tests.simulation.faults import SETTLE
from tests.simulation.ledger import Ledger
from tests.simulation.line import Troubled
from tests.simulation.office import QuietOffice, reopened
from tests.simulation.oracle import (
    ALWAYS,
    changed_last,
    comments_twice,
    hides_a_deletion,
    parts_twice,
    speaking,
)
from tests.simulation.people import TYPING, acting
from tests.simulation.scenarios import DOUBLED, PLAIN, cards_of, prepared
from tests.simulation.secrets import leaks
from tests.simulation.silence import spoken_into_silence
from tests.simulation.spec import Spec
from tests.simulation.team import EVERY, Team
from tests.simulation.tokens import bots_comments, is_shared
from tests.simulation.traffic import RULES
from tests.simulation.verdict import Outcome, Problem
from tests.simulation.wire import Heard

QUARTER = EVERY_DASHBOARD.total_seconds() + EVERY
"""Seconds after which a dashboard may be written again."""

LEFT_ALONE = 5 * 60.0
"""Seconds after which what failed in each pass with trouble is tried again."""

QUIET = 6 * 60.0
"""Seconds after which nobody counts as being at work on a card any more."""

UNTIL_READ_WHOLE = 60 * 60.0 + EVERY
"""Seconds after which one board has been read whole: ``worker.reconcile``, and a pass."""

MOST_PASSES = 6
"""Passes after which a board must be at rest."""


class Peaceful(Struct, frozen=True):
    """A run without any trouble: what each other run is held against."""

    face: Face
    trace: tuple[Heard, ...]
    calls: tuple[str, ...]
    """Method of each request of the first pass."""


@cache
def peaceful(scenario: str, folder: Path) -> Peaceful:
    """Return the board as undisturbed passes leave it, and what they asked for."""
    team = _undisturbed(scenario, folder)
    team.one_pass()
    calls = tuple(each.request.split()[0] for each in team.trace)
    _come_to_rest(team)
    _current(team)
    team.office.close()
    return Peaceful(board_face(team.office), tuple(team.trace), calls)


def _peaceful_at(hour: Instant, scenario: str, folder: Path) -> Face:
    """Return the board as undisturbed passes leave it, with another one at a later hour."""
    team = _undisturbed(scenario, folder)
    team.one_pass()
    _come_to_rest(team)
    if (left := hour - team.office.now) > timedelta():
        _wrote(team, left.total_seconds())
    team.office.close()
    return board_face(team.office)


def _undisturbed(scenario: str, folder: Path) -> Team:
    team = Team(reopened(prepared(scenario, folder), folder / "peace"), Spec(scenario))
    team.begin(Troubled(Spec(scenario), lambda _: None))
    return team


def _come_to_rest(team: Team) -> None:
    for _ in range(MOST_PASSES):
        if not _wrote(team):
            break


def _current(team: Team) -> int:
    """Let a dashboard be brought up to date where there is one; return what was written."""
    return _wrote(team, QUARTER) if folio_of(team.office) else 0


def _wrote(team: Team, after: float = EVERY) -> int:
    """Make an undisturbed pass so many seconds later and return how much it wrote."""
    before = team.writes
    team.office.hours.wait(after)
    team.one_pass()
    return team.writes - before


def run(spec: Spec, folder: Path) -> Outcome:
    """Make one run and return what it broke."""
    office = reopened(prepared(spec.scenario, folder), folder / "run")
    office.jitter = Random(spec.seed).random  # noqa: S311 - the same seed, the same run
    ledger = Ledger(office)
    team = Team(office, spec)
    ledger.requests = team.trace
    line = Troubled(spec, acting(office, ledger))
    found: set[Problem] = set()
    team.watch = lambda: found.update(_at_once(spec, office))
    team.begin(line)
    team.trouble(line)
    line.over = True
    found.update(_afterwards(team, spec, folder))
    if spec.deeds:
        found.update(_passed_over(team))
    found.update(ledger.lost())
    found.update(problem for rule in RULES for problem in rule(team.trace, spec))
    found.update(spoken_into_silence(team.trace, ledger.silenced))
    found.update(_deleted_for_a_person(team))
    found.update(leaks(team))
    found.update(Problem("fault", each) for each in team.problems)
    office.close()
    return Outcome(spec, tuple(sorted(found)), tuple(team.trace), tuple(line.struck))


def _deleted_for_a_person(team: Team) -> Iterator[Problem]:
    """On an account that a person uses too, the bot deletes no comment."""
    if is_shared(team.office):
        for each in team.trace:
            if each.request.startswith("DELETE actions/"):
                yield Problem("deleted", str(each))


def _at_once(spec: Spec, office: QuietOffice) -> Iterator[Problem]:
    """Yield what must not be so even for a moment."""
    cards = changed_last(office)
    for check in ALWAYS:
        yield from check(office, cards)
    if spec.team != "apart" and not _lags(spec):
        yield from told_too_early(office)
    if not _makes_doubles(spec):
        for each in comments_twice(office, cards):
            yield Problem("twice for a moment", each.text)


def _afterwards(team: Team, spec: Spec, folder: Path) -> Iterator[Problem]:
    """Make an undisturbed pass and judge the board; then another, which must write nothing."""
    office = team.office
    quiet_passes = 1
    # After a crash nothing but the bot's own care stands between it and a write under way.
    pause = 0.0 if team.comes_back else SETTLE + 2 * EVERY
    if pause and sum(each.times for each in spec.strikes) > 1:
        pause = LEFT_ALONE
    first = _wrote(team, pause) + _current(team)
    yield from _at_rest(spec, office)
    should = peaceful(spec.scenario, folder)
    if not _makes_doubles(spec) and not any(each.what in TYPING for each in spec.deeds):
        yield from too_often(office)
    if not spec.deeds:
        yield from unlisted(office)
        found = _unlike(spec, office, folder)
        yield from found
        # A pass that wrote nothing has shown already that the next has nothing to write.
        if first and not found:
            yield from _restless(first, spec, team, folder)
        return
    if spec.scenario in PLAIN and {each.what for each in spec.deeds} == {"pastes_reference"}:
        yield from _unsaid(office, should)
    while _wrote(team):
        quiet_passes += 1
        if quiet_passes > MOST_PASSES:
            yield Problem("restless", f"still writing after {quiet_passes} passes")
            return
    _current(team)
    yield from _at_rest(spec, office)


def _passed_over(team: Team) -> Iterator[Problem]:
    """Yield what a process that knows nothing finds to do, and the one at work does not.

    Nobody has touched a card for so long that only a moment lies between the two passes.
    """
    if _wrote(team, UNTIL_READ_WHOLE if hides_a_deletion(team.office) else QUIET):
        _wrote(team)
    worker = team.workers[0]
    worker.start()
    if wrote := _wrote(team, 0):
        yield Problem("passed over", f"a new process makes {wrote} writes at once")


def _at_rest(spec: Spec, office: QuietOffice) -> Iterator[Problem]:
    """Judge a board on which nothing is left to do."""
    yield from untrue(office)
    for check in ALWAYS:
        yield from check(office, cards_of(office))
    if not _keeps_doubles(spec, office):
        # What was doubled when people silenced its card stays.
        cards = speaking(office) if _makes_doubles(spec) else cards_of(office)
        yield from comments_twice(office, cards)
        yield from parts_twice(office, cards)


def _unlike(spec: Spec, office: QuietOffice, folder: Path) -> list[Problem]:
    """Return how a board differs from one without trouble, at its rest and at this hour.

    A run with trouble takes longer: what it says by now only because time has gone by, a board
    without trouble says at this hour too.
    """
    if not _differing(spec, office, peaceful(spec.scenario, folder).face):
        return []
    return _differing(spec, office, _peaceful_at(office.now, spec.scenario, folder))


def _restless(first: int, spec: Spec, team: Team, folder: Path) -> Iterator[Problem]:
    """Yield what one more pass writes, unless time alone brought it about.

    An hour at which a board without trouble says more, too, may lie between the two passes; then
    both boards are alike again, and a third pass has nothing to write.
    """
    rested = team.office.now
    if not (again := _wrote(team)):
        return
    now = team.office.now
    ought = _peaceful_at(now, spec.scenario, folder)
    is_due = _peaceful_at(rested, spec.scenario, folder) != ought
    if not is_due or _differing(spec, team.office, ought) or _wrote(team):
        yield Problem("restless", f"a pass after {first} writes made {again} more")


def _differing(spec: Spec, office: QuietOffice, ought: Face) -> list[Problem]:
    is_ = board_face(office)
    if _keeps_doubles(spec, office):
        is_, ought = without_doubles(is_), without_doubles(ought)
    return [Problem(f"differs: {part}", text) for part, text in differences(is_, ought)]


def _unsaid(office: QuietOffice, should: Peaceful) -> Iterator[Problem]:
    """Yield what the bot has not said because somebody else pasted a reference of its."""
    for card in cards_of(office):
        said = {f"ref {ref}" for ref, _ in bots_comments(office, card)}
        for text in should.face[card.id]["comments"]:
            if text.startswith("ref ") and text not in said:
                yield Problem("unsaid", f"{card.name}: {text}")


def _makes_doubles(spec: Spec) -> bool:
    """Tell whether doubles cannot be avoided: two hosts, lagging reads, or there from the start."""
    return spec.scenario in DOUBLED or spec.team == "apart" or _lags(spec)


def _keeps_doubles(spec: Spec, office: QuietOffice) -> bool:
    """Tell whether doubles stay: on an account that a person uses too they are only reported."""
    return is_shared(office) and _makes_doubles(spec)


def _lags(spec: Spec) -> bool:
    """Tell whether reads may show an earlier board."""
    return any(each.fault == "stale read" for each in spec.strikes)
