"""The oracle of the digests' two years has teeth: each planted fault makes it complain.

The ledger is made by hand: four weeks of an owner in Paris, with a pass at every hour.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from tests.end_to_end.digests import oracle
from tests.end_to_end.digests.ledger import Delivery, Digest, Ledger, Pass, reference
from tests.end_to_end.digests.owners import CASABLANCA, LORD_HOWE, MONTREAL, PARIS, Owner
from tests.end_to_end.digests.reckoning import weeks

HOUR = timedelta(hours=1)
START = datetime(2026, 1, 8, 9, 0, tzinfo=UTC)
MONDAYS = [datetime(2026, 1, day, 8, 0, tzinfo=UTC) for day in (12, 19, 26)]
CARD = "5f0000000000000000000001"


def _text(week: str, *delivered: str) -> str:
    told = "\n".join(f"- [{each}](https://trello.com/c/AbCd1234) : Mel" for each in delivered)
    section = f"**Livré depuis le jeu. 8 janv.**\n\n{told}\n\n" if told else ""
    ref = reference(CARD, week)
    return f"@paul, tout va.\n\n{section}État au 12 janvier.\n\n— delegate-bot · ref {ref}"


def _digest(number: int, *delivered: str) -> Digest:
    return Digest(MONDAYS[number], _text(f"2026-W{3 + number:02}", *delivered))


FAITHFUL = Ledger(
    portfolio=CARD,
    handed_over=START,
    passes=tuple(Pass(START + n * HOUR) for n in range(24 * 24)),
    digests=(_digest(0, "Un"), _digest(1), _digest(2, "Deux", "Trois")),
    deliveries=(
        Delivery("Un", MONDAYS[0] - HOUR),
        Delivery("Trois", MONDAYS[0] - HOUR, back=MONDAYS[0] - HOUR / 2),
        Delivery("Deux", MONDAYS[1] + HOUR),
        Delivery("Trois", MONDAYS[2] - HOUR / 60),
    ),
)


def test_a_faithful_ledger_breaks_no_promise() -> None:
    assert oracle.broken(PARIS, FAITHFUL) == {}


def _with(place: int, *digests: Digest) -> Ledger:
    """Return the ledger with other digests in the place of one."""
    kept = FAITHFUL.digests
    return replace(FAITHFUL, digests=(*kept[:place], *digests, *kept[place + 1 :]))


def _moved(place: int, by: timedelta) -> Ledger:
    digest = FAITHFUL.digests[place]
    return _with(place, replace(digest, at=digest.at + by))


def _said(place: int, old: str, new: str) -> Ledger:
    digest = FAITHFUL.digests[place]
    return _with(place, replace(digest, text=digest.text.replace(old, new)))


def _doubled() -> Ledger:
    digest = FAITHFUL.digests[1]
    return _with(1, digest, replace(digest, at=digest.at + HOUR))


def _down(start: datetime, end: datetime) -> Ledger:
    """Return the ledger of a bot that made no pass meanwhile."""
    passes = tuple(each for each in FAITHFUL.passes if not start <= each.at < end)
    return replace(FAITHFUL, passes=passes)


def _looks(after: timedelta, **more: object) -> Ledger:
    """Return the ledger with one pass more, so long after one that wrote the dashboard."""
    wrote = Pass(START, frozenset({"Un"}), frozenset({"Un"}), wrote=True)
    later = replace(Pass(START + after, frozenset({"Un"}), frozenset({"Un"})), **more)
    rest = tuple(replace(each, wrote=False) for each in FAITHFUL.passes[1:])
    return replace(FAITHFUL, passes=tuple(sorted((wrote, later, *rest), key=lambda p: p.at)))


FAULTS: dict[str, tuple[Callable[[], Ledger], set[str]]] = {
    "a week lacks its digest": (lambda: _with(1), {"in_their_place", "left_out"}),
    "the last week lacks its digest": (
        lambda: _with(2),
        {"in_their_place", "left_out"},
    ),
    "a week has two": (_doubled, {"in_their_place", "once_a_week"}),
    "a digest comes before its hour": (
        lambda: _moved(1, -HOUR),
        {"in_their_place", "in_working_time"},
    ),
    "a digest comes one pass late": (lambda: _moved(1, HOUR), {"in_their_place"}),
    "a digest comes at lunch": (lambda: _moved(1, 4 * HOUR), {"in_their_place", "in_working_time"}),
    "a digest comes at night": (
        lambda: _moved(1, 14 * HOUR),
        {"in_their_place", "in_working_time"},
    ),
    "a digest stands for another week": (
        lambda: _with(1, Digest(MONDAYS[1], _text("2026-W02"))),
        {"in_their_place", "left_out"},
    ),
    "a digest bears no reference": (
        lambda: _said(1, reference(CARD, "2026-W04"), "aaaaaaaaaa"),
        {"in_their_place", "left_out"},
    ),
    "a digest comes though nothing had been handed over": (
        lambda: replace(FAITHFUL, handed_over=MONDAYS[0]),
        {"in_their_place"},
    ),
    "a digest comes though the bot was down": (
        lambda: _down(MONDAYS[1], MONDAYS[1] + 2 * HOUR),
        {"in_their_place"},
    ),
    "a week that is over gets a digest": (
        lambda: _down(MONDAYS[1], MONDAYS[2]),
        {"in_their_place"},
    ),
    "somebody else is mentioned": (
        lambda: _said(1, "tout va", "@mel va"),
        {"to_the_owner_alone"},
    ),
    "the owner is not mentioned": (lambda: _said(1, "@paul", "Paul"), {"to_the_owner_alone"}),
    "it is in the wrong language": (lambda: _said(1, "État au", "As of"), {"to_the_owner_alone"}),
    "it is too long": (lambda: _said(1, "tout", "très " * 500), {"to_the_owner_alone"}),
    "a delivery is lost": (lambda: _with(2, _digest(2, "Deux")), {"deliveries_told_once"}),
    "a delivery is told twice": (lambda: _with(1, _digest(1, "Un")), {"deliveries_told_once"}),
    "a delivery is told too early": (
        lambda: _with(1, _digest(1, "Deux")),
        {"deliveries_told_once"},
    ),
    "one that went back for more work is told": (
        lambda: _with(0, _digest(0, "Un", "Trois")),
        {"deliveries_told_once"},
    ),
    "the dashboard lacks a card": (
        lambda: _looks(HOUR / 2, shown=frozenset()),
        {"dashboard_current"},
    ),
    "the dashboard is written twice in a quarter of an hour": (
        lambda: _looks(HOUR / 5, wrote=True),
        {"dashboard_current"},
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_the_oracle_names_the_promise_that_a_planted_fault_breaks(fault: str) -> None:
    plant, promises = FAULTS[fault]
    assert set(oracle.broken(PARIS, plant())) >= promises


@pytest.mark.parametrize(
    "ledger",
    [
        pytest.param(_looks(HOUR / 5, shown=frozenset()), id="stale for less than a quarter"),
        pytest.param(_looks(HOUR / 4, wrote=True), id="written again after a quarter"),
        pytest.param(_looks(HOUR / 2, shown=frozenset(), died=True), id="the bot died"),
    ],
)
def test_the_oracle_lets_pass_what_the_dashboard_may_do(ledger: Ledger) -> None:
    assert oracle.broken(PARIS, ledger) == {}


def test_the_oracle_wants_one_digest_on_return_and_none_for_the_weeks_that_are_over() -> None:
    ledger = _down(MONDAYS[0], MONDAYS[2] + HOUR)
    (only,) = oracle.wanted(PARIS, ledger)
    assert (only.week, only.at) == ("2026-W05", MONDAYS[2] + HOUR)


def test_the_oracle_wants_the_digest_again_from_the_pass_after_one_that_never_reached_trello() -> (
    None
):
    passes = tuple(replace(each, unsent=each.at == MONDAYS[1]) for each in FAITHFUL.passes)
    second = oracle.wanted(PARIS, replace(FAITHFUL, passes=passes))[1]
    assert (second.week, second.at) == ("2026-W04", MONDAYS[1] + HOUR)


@pytest.mark.parametrize(
    ("owner", "week", "local"),
    [
        (PARIS, "2026-W13", "2026-03-23 09:00+01:00"),
        (PARIS, "2026-W14", "2026-03-30 09:00+02:00"),
        (PARIS, "2026-W15", "2026-04-07 09:00+02:00"),
        (PARIS, "2026-W53", "2026-12-28 09:00+01:00"),
        (PARIS, "2027-W01", "2027-01-04 09:00+01:00"),
        (MONTREAL, "2026-W10", "2026-03-06 16:30-05:00"),
        (MONTREAL, "2026-W11", "2026-03-13 16:30-04:00"),
        (MONTREAL, "2026-W53", "2027-01-04 16:30-05:00"),
        (CASABLANCA, "2026-W03", "2026-01-15 14:30+01:00"),
        (CASABLANCA, "2026-W08", "2026-02-18 14:30+00:00"),
        (LORD_HOWE, "2026-W14", "2026-04-07 02:15+10:30"),
        (LORD_HOWE, "2026-W40", "2026-10-04 02:30+11:00"),
        (LORD_HOWE, "2027-W13", "2027-04-04 02:15+10:30"),
    ],
)
def test_the_oracle_reckons_holidays_clock_changes_and_new_year(
    owner: Owner, week: str, local: str
) -> None:
    (found,) = (each.due for each in weeks(owner) if each.name == week)
    assert found == datetime.fromisoformat(local)
