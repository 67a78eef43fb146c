"""One run: a board at a moment, passes with trouble, then undisturbed ones, and what they left."""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random

from msgspec import Struct

from tests.simulation.complete import told_too_early
from tests.simulation.face import board_face, differences
from tests.simulation.faults import SETTLE
from tests.simulation.ledger import Ledger
from tests.simulation.line import Troubled
from tests.simulation.office import QuietOffice, reopened
from tests.simulation.oracle import ALWAYS, AT_REST, comments_twice
from tests.simulation.people import acting
from tests.simulation.scenarios import DOUBLED, PLAIN, cards_of, prepared
from tests.simulation.secrets import leaks
from tests.simulation.silence import spoken_into_silence
from tests.simulation.spec import Spec
from tests.simulation.team import EVERY, Team
from tests.simulation.tokens import bots_comments, is_shared
from tests.simulation.traffic import RULES
from tests.simulation.verdict import Outcome, Problem
from tests.simulation.wire import Heard

QUARTER = 16 * 60.0
"""Seconds after which a dashboard may be written again."""

MOST_PASSES = 6
"""Passes after which a board must be at rest."""


class Peaceful(Struct, frozen=True):
    """A run without any trouble: what each other run is held against."""

    face: dict[str, dict[str, object]]
    trace: tuple[Heard, ...]
    calls: tuple[str, ...]
    """Method of each request of the first pass."""


@cache
def peaceful(scenario: str, folder: Path) -> Peaceful:
    """Return the board as undisturbed passes leave it, and what they asked for."""
    office = reopened(prepared(scenario, folder), folder / "peace")
    team = Team(office, Spec(scenario))
    line = Troubled(Spec(scenario), lambda _: None)
    team.begin(line)
    team.one_pass()
    calls = tuple(each.request.split()[0] for each in team.trace)
    for _ in range(MOST_PASSES):
        if not _wrote(team):
            break
    office.close()
    return Peaceful(board_face(office), tuple(team.trace), calls)


def _wrote(team: Team) -> int:
    """Make an undisturbed pass a minute later and return how much it wrote."""
    before = team.writes
    team.office.hours.wait(EVERY)
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
    office.hours.wait(SETTLE + EVERY)
    found.update(_afterwards(team, spec, folder))
    if any(ledger.lost()):
        # A dashboard is written, and mended, at most once in a quarter of an hour.
        office.hours.wait(QUARTER)
        team.one_pass()
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
    for check in ALWAYS:
        yield from check(office)
    if spec.team != "apart" and not _lags(spec):
        yield from told_too_early(office)
    if spec.team != "apart" and not _lags(spec) and spec.scenario not in DOUBLED:
        for each in comments_twice(office):
            yield Problem("twice for a moment", each.text)


def _afterwards(team: Team, spec: Spec, folder: Path) -> Iterator[Problem]:
    """Make an undisturbed pass and judge the board; then another, which must write nothing."""
    office = team.office
    quiet_passes = 1
    if sum(each.times for each in spec.strikes) > 1:
        # What failed again and again is left alone for a while; a new process knows nothing of it.
        team.workers[0].restart(forget=False)
    first = _wrote(team)
    if _may_leave_doubles(spec, office):
        return
    for check in AT_REST:
        yield from check(office)
    should = peaceful(spec.scenario, folder)
    if not spec.deeds:
        if differences(board_face(office), should.face):
            for part, text in differences(board_face(office), should.face):
                yield Problem(f"differs: {part}", text)
        elif again := _wrote(team):
            yield Problem("restless", f"a pass after {first} writes made {again} more")
        return
    if spec.scenario in PLAIN and {each.what for each in spec.deeds} == {"pastes_reference"}:
        yield from _unsaid(office, should)
    while _wrote(team):
        quiet_passes += 1
        if quiet_passes > MOST_PASSES:
            yield Problem("restless", f"still writing after {quiet_passes} passes")
            return
    for check in AT_REST:
        yield from check(office)


def _unsaid(office: QuietOffice, should: Peaceful) -> Iterator[Problem]:
    """Yield what the bot has not said because somebody else pasted a reference of its."""
    for card in cards_of(office):
        said = {f"ref {ref}" for ref, _ in bots_comments(office, card)}
        comments = should.face[card.id]["comments"]
        assert isinstance(comments, Counter)
        for text in comments:
            if text.startswith("ref ") and text not in said:
                yield Problem("unsaid", f"{card.name}: {text}")


def _may_leave_doubles(spec: Spec, office: QuietOffice) -> bool:
    """Tell whether doubles may stay: on a card that people silenced, or on a shared account.

    There they are only reported; two hosts and lagging reads cannot avoid making them.
    """
    silenced = spec.scenario in DOUBLED and bool(spec.deeds)
    unavoidable = spec.scenario in DOUBLED or spec.team == "apart" or _lags(spec)
    return silenced or (is_shared(office) and unavoidable)


def _lags(spec: Spec) -> bool:
    """Tell whether reads may show an earlier board."""
    return any(each.fault == "stale read" for each in spec.strikes)
