"""Which files are changed, in which order, and which tests may notice it."""

from collections.abc import Sequence

from tests.mutation.mutants import ROOT

_FIRST = (
    "bot/executor.py",
    "bot/turn.py",
    "bot/domain/tokens.py",
    "bot/domain/traces.py",
    "bot/text/neutral.py",
    "bot/text/visible.py",
    "bot/domain/crossings.py",
    "bot/domain/doubles.py",
    "bot/domain/dashboard.py",
    "bot/domain/fold.py",
)
TESTS = (
    "tests/unit/domain",
    "tests/unit/text",
    "tests/unit/shell/test_executor.py",
    "tests/unit/shell/test_turn.py",
    "tests/end_to_end/test_apart.py",
    "tests/end_to_end/test_closed_doors.py",
    "tests/end_to_end/test_crashes.py",
    "tests/end_to_end/test_dashboard.py",
    "tests/end_to_end/test_human_edits.py",
    "tests/end_to_end/test_limit.py",
    "tests/end_to_end/test_plan_and_apply.py",
    "tests/end_to_end/test_reviewed.py",
    "tests/end_to_end/test_shared_account.py",
)
"""Of those over the whole program the ones about the write path: each takes a second or more."""
CHOICE = (
    "not whole_year and not oracle and not reading_takes and not properties and not test_hostile"
    " and not thousand and not worst_card and not the_words_and_nothing_else"
)
"""Of these tests: the others take minutes each, and what they reach these reach too."""


def files(asked: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the files to change, the ones at which a mistake costs most first."""
    domain = sorted(str(each.relative_to(ROOT)) for each in (ROOT / "bot/domain").rglob("*.py"))
    ordered = (*_FIRST, *(each for each in domain if each not in _FIRST))
    wanted = [each.removeprefix("./").rstrip("/") for each in asked]
    return tuple(each for each in ordered if not asked or _is_in(each, wanted))


def _is_in(file: str, wanted: Sequence[str]) -> bool:
    return any(file == each or file.startswith(f"{each}/") for each in wanted)
