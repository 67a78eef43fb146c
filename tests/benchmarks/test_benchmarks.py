"""The benchmark itself, at its smallest: everything runs, and our counts are what the goals say."""

from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree

import msgspec
import pytest
import requests

from tests.benchmarks.answers import FromFiles
from tests.benchmarks.apart import run
from tests.benchmarks.campaign import TIMES, Findings, Growth, Large
from tests.benchmarks.copies import printed, write
from tests.benchmarks.figures import Figures
from tests.benchmarks.job import BOT, DECODED, GROWTH, PARSED, Job, Result, done
from tests.benchmarks.line import Hours, Line, demanded
from tests.benchmarks.plot import plot
from tests.benchmarks.premises import LISTS, Premises, Size, furnished
from tests.benchmarks.results import goals, page
from tests.benchmarks.sweeps import PY_TRELLO, SWEEPS
from tests.end_to_end.office import WORDS

SIZE = Size(2, 40)
A_LIST_EACH = SIZE.boards * (1 + len(LISTS) + len(WORDS["fr"].lists))

COUNTS: Mapping[str, int] = {
    PY_TRELLO: 1 + A_LIST_EACH + 5 * SIZE.cards,
    "bugwarrior": 1 + A_LIST_EACH + SIZE.cards,
    "tap-trello": 1 + 2 * SIZE.boards + SIZE.cards,
    "card by card": 1 + SIZE.boards + SIZE.cards,
    "card by card, batched": 1 + SIZE.boards + SIZE.cards // 10,
}


@pytest.fixture
def premises() -> Premises:
    return furnished(SIZE)


@pytest.mark.parametrize("name", SWEEPS)
def test_every_sweep_sees_every_card_and_waits_as_long_as_the_limit_demands(
    name: str, premises: Premises
) -> None:
    line = Line(premises.answerer(), Hours(), held_back=True)
    session = requests.Session()
    session.mount("https://", line)
    seen = SWEEPS[name](session, premises.grant.key, premises.grant.token)
    assert seen == SIZE.cards
    assert line.requests == COUNTS[name]
    assert line.hours.seconds >= demanded(line.requests)


def _here(premises: Premises, name: str, folder: Path) -> Result:
    answerer = premises.answerer()
    grant = premises.grant
    job = Job(name, str(premises.configure(folder)), grant.key, grant.token, answerer.began)
    return done(job, answerer)


def test_we_ask_twice_for_each_board_the_first_time_and_then_once_for_all(
    premises: Premises, tmp_path: Path
) -> None:
    steps = _here(premises, BOT, tmp_path).steps
    assert steps["cold"].requests == 1 + 2 * SIZE.boards
    assert steps["idle"].requests == 1


def test_copied_boards_are_read_like_those_they_were_copied_from(tmp_path: Path) -> None:
    one = printed(tmp_path, 10, 0.2)
    write(one, 3, tmp_path)
    began, grant = one.premises.world.clock(), one.premises.grant
    job = Job(BOT, str(tmp_path / "bot.yaml"), grant.key, grant.token, began)
    ours = done(job, FromFiles(tmp_path, began)).steps
    assert ours["cold"].requests == 1 + 2 * 3
    assert ours["idle"].requests == 1
    for way in (DECODED, PARSED):
        again = done(msgspec.structs.replace(job, name=way), FromFiles(tmp_path, began)).steps
        assert {each.bytes for each in again.values()} == {ours["cold"].bytes}
        assert all(each.cpu > 0 for each in again.values())
    both = msgspec.structs.replace(job, name=GROWTH, small=job)
    ticks = done(both, FromFiles(tmp_path, began)).steps
    assert {each.requests for each in ticks.values()} == {1}


def test_a_job_in_a_process_of_its_own_is_answered_through_the_pipe(
    premises: Premises, tmp_path: Path
) -> None:
    answerer, grant = premises.answerer(), premises.grant
    job = Job("tap-trello", str(tmp_path), grant.key, grant.token, answerer.began)
    result = run(job, answerer)
    assert result.steps["cold"].requests == COUNTS["tap-trello"]
    assert 0 < result.base <= result.steps["cold"].peak


def test_the_page_names_each_goal_and_the_plot_each_tool() -> None:
    figures = Figures(requests=300, bytes=10**6, waited=20.0, cpu=0.5, peak=80.0)
    steps = ("cold", "idle", "force", DECODED, PARSED, "large", "small")
    result = Result(60.0, dict.fromkeys(steps, figures))
    tools = dict.fromkeys((BOT, *SWEEPS), result)
    found = Findings(
        compared=dict.fromkeys((Size(1, 100), Size(1, 5000), Size(100, 5000)), tools),
        full=tools,
        entries=10_000,
        nearly=result,
        forced=result,
        large=tuple(
            Large(
                Size(100, cards, share),
                result,
                dict.fromkeys((DECODED, PARSED), (result,) * TIMES),
            )
            for share in (0.0, 0.2)
            for cards in (1000, 100_000)
        ),
        growth=(Growth(Size(100, 100_000), Size(100, 1000), result),),
    )
    shown = page(found, 60)
    assert all(what in shown for what, *_ in goals(found))
    picture = ElementTree.fromstring(plot(found))  # noqa: S314 - our own
    assert set(SWEEPS) <= {each.text for each in picture.iter() if each.tag.endswith("text")}
