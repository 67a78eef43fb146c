"""Each rule of the configuration, broken once: the line, what is wrong, and the way out."""

import pytest

from bot.settings import SettingsError
from tests.unit.settings.documents import problems_of, problems_with, settings_from

PEOPLE = "people: {assistants: [{username: mel}]}"


def in_owner(line: str) -> str:
    return f"people:\n  owner:\n    {line}"


def in_assistant(line: str) -> str:
    return f"people:\n  assistants:\n    - username: mel\n      {line}"


CASES = [
    # lines, path, line, message, hint
    ("langage: fr", "langage", 2, "this key is unknown", "did you mean language?"),
    ("language: de", "language", 2, "allowed here: fr, en", None),
    ("language: Fr", "language", 2, "allowed here: fr, en", "did you mean fr?"),
    ("language: 1", "language", 2, "allowed here: fr, en", None),
    ("timezone: Europe/Pari", "timezone", 2, "no time zone", "did you mean Europe/Paris?"),
    ("timezone: paris", "timezone", 2, "no time zone", "did you mean Europe/Paris?"),
    ("timezone: 1", "timezone", 2, "text is expected", "put it in quotes"),
    ("timezone: [a]", "timezone", 2, "one value is expected here, not a list", None),
    ("timezone: {a: b}", "timezone", 2, "not further keys", None),
    ("labels: delegate", "labels", 2, "further keys are expected here, indented: delegate", None),
    ("labels: {delegat: x}", "labels.delegat", 2, "unknown", "did you mean delegate?"),
    ("labels: {hold: 12}", "labels.hold", 2, "text is expected here", "put it in quotes"),
    ("labels: {hold: true}", "labels.hold", 2, "text is expected here", "put it in quotes"),
    ("labels: {hold: ' '}", "labels.hold", 2, "this text is empty", None),
    ("labels: {hold: X, core: x}", "labels.core", 2, "already the label of hold", None),
    ("labels: {hold: Important}", "labels.hold", 2, "already the label of important", None),
    ("people: [a]", "people", 2, "further keys are expected", None),
    ("people: {owners: {}}", "people.owners", 2, "unknown", "did you mean owner?"),
    (in_owner("username: Paul D"), "people.owner.username", 4, "a user name has no spaces", None),
    (in_owner("username: '@'"), "people.owner.username", 4, "this text is empty", None),
    (in_owner("hours: lun-ven"), "people.owner.hours", 4, "the days have no hours", "hours look"),
    (in_owner("hours: 9"), "people.owner.hours", 4, "text is expected", "put it in quotes"),
    (in_owner("holidays: France"), "people.owner.holidays", 4, "no country", "did you mean FR?"),
    (in_owner("holidays: Suisse"), "people.owner.holidays", 4, "no country", "did you mean CH?"),
    (in_owner("holidays: CA-XX"), "people.owner.holidays", 4, "CA has no such region", None),
    (in_owner("holidays: CA-ONN"), "people.owner.holidays", 4, "CA has no", "did you mean CA-ON?"),
    (in_owner("holidays: MG-T"), "people.owner.holidays", 4, "write MG", None),
    (in_owner("notify: paul"), "people.owner.notify", 4, "an Apprise address", None),
    (in_owner("notify: ${NOPE}"), "people.owner.notify", 4, "NOPE is not set", "set it in .env"),
    (in_owner("username: ${HOME}"), "people.owner.username", 4, "only notify takes", "write the"),
    (in_owner("capacity: 4h"), "people.owner.capacity", 4, "this key is unknown", None),
    (in_owner("away: [24/12]"), "people.owner.away[0]", 4, "a date or two", "the year first"),
    (in_owner("away: 2026-02-30"), "people.owner.away", 4, "there is no 2026-02-30", None),
    (in_owner("away: 2026-03-02/2026-03-01"), "people.owner.away", 4, "last day comes", "did you"),
    (in_owner("away: 1900-01-01/2026-03-01"), "people.owner.away", 4, "at most ten years", None),
    (in_assistant("capacity: 25h"), "people.assistants[0].capacity", 5, "a day has at most", None),
    (in_assistant("capacity: 1d"), "people.assistants[0].capacity", 5, "working time is", None),
    (in_assistant("capacity: 4"), "people.assistants[0].capacity", 5, "working time", "add the"),
    (in_assistant("skills: [1]"), "people.assistants[0].skills[0]", 5, "text is expected", "put"),
    (in_assistant("skills:\n        - "), "people.assistants[0].skills[0]", 6, "is empty", None),
    ("people: {assistants: [{language: fr}]}", "people.assistants[0].username", 2, "missing", None),
    ("people: {assistants: [mel]}", "people.assistants[0]", 2, "further keys are expected", None),
    ("people: {assistants: mel}", "people.assistants", 2, "a list is expected here", None),
    (f"{PEOPLE}\nbots: [mel]", "bots[0]", 3, "people.assistants[0].username", "take the name out"),
    ("bots: [{a: b}]", "bots[0]", 2, "not further keys", None),
    ("briefs: {folder: 3}", "briefs.folder", 2, "text is expected here", "put it in quotes"),
    ("stall: {after: 0d}", "stall.after", 2, "between 1d and 250d is allowed", None),
    ("stall: {after: 900d}", "stall.after", 2, "between 1d and 250d is allowed", None),
    ("stall: {after: 2}", "stall.after", 2, "a duration is expected", "add the unit"),
    ("stall: {after: true}", "stall.after", 2, "text is expected here", "put it in quotes"),
    ("check_ins: {at: 0.5}", "check_ins.at", 2, "text is expected here", "put it in quotes"),
    ("check_ins: {at: [50]}", "check_ins.at[0]", 2, "a share between 1% and 99%", "write 50%"),
    ("check_ins: {at: [half]}", "check_ins.at[0]", 2, "a share between 1% and 99%", None),
    ("check_ins: {at: [100%]}", "check_ins.at[0]", 2, "a share between 1% and 99%", None),
    ("check_ins: {before: [soon]}", "check_ins.before[0]", 2, "a duration is expected", None),
    ("check_ins: {max_unanswered: 0}", "check_ins.max_unanswered", 2, "from 1 to 20", None),
    ("digest: {day: mondey}", "digest.day", 2, "is no day of the week", "did you mean monday?"),
    ("digest: {time: 930}", "digest.time", 2, "a time of day is expected", "put it in quotes"),
    ("digest: {time: 24:00}", "digest.time", 2, "24:00 is no time of a day", None),
    ("digest: {time: 9:60}", "digest.time", 2, "is no time", None),
    ("limits: {max_cards: 0}", "limits.max_cards", 2, "from 1 to 1000", None),
    ("limits: {max_cards: 1001}", "limits.max_cards", 2, "from 1 to 1000", None),
    ("limits: {max_cards: -1}", "limits.max_cards", 2, "from 1 to 1000", None),
    ("limits: {max_cards: 20.5}", "limits.max_cards", 2, "a whole number", None),
    ("limits: {max_cards: '20'}", "limits.max_cards", 2, "a whole number", "without quotes"),
    ("limits: {max_cards: true}", "limits.max_cards", 2, "a whole number", None),
    ("worker: {every: 0s}", "worker.every", 2, "1s to 1h is allowed", None),
    ("worker: {every: 60}", "worker.every", 2, "a time is expected", "such as 60s"),
    ("worker: {reconcile: 2d}", "worker.reconcile", 2, "a time is expected such as", None),
    ("worker: {reconcile: 25h}", "worker.reconcile", 2, "1m to 24h is allowed", None),
    ("writes: {settle: 11m}", "writes.settle", 2, "0s to 10m is allowed", None),
    ("state: 1", "state", 2, "text is expected here", "put it in quotes"),
]


@pytest.mark.covers("G1", "G3", "G4")
@pytest.mark.parametrize(("lines", "path", "line", "message", "hint"), CASES)
def test_a_broken_rule_is_named_with_its_line_and_the_way_out(
    lines: str, path: str, line: int, message: str, hint: str | None
) -> None:
    (problem,) = problems_with(lines)
    assert (problem.where, problem.path, problem.line) == ("config/bot.yaml", path, line)
    assert message in problem.message
    assert (problem.hint is None) if hint is None else (hint in (problem.hint or ""))


BOARDS = [
    ("language: fr", "boards", 1, "this key is missing", None),
    ("", "boards", 1, "this key is missing", None),
    ("boards:", "boards", 1, "this key is missing", None),
    ("boards: []", "boards", 1, "at least one entry is needed", None),
    ("- boards", "", 1, "further keys are expected here, indented: language", None),
    ("boards: [a b]", "boards[0]", 1, "a board is expected: its address", None),
    ("boards: [12345678]", "boards[0]", 1, "text is expected here", "put it in quotes"),
    ("boards: [~]", "boards[0]", 1, "further keys are expected here, indented: board", None),
    ("boards: ['https://evil.example/b/AbCd1234']", "boards[0]", 1, "a board is expected", None),
    ("boards: ['https://trello.com/c/AbCd1234']", "boards[0]", 1, "a board is", "a card's address"),
    ("boards: [{lists: {}}]", "boards[0].board", 1, "this key is missing", None),
    ("boards:\n- board: AbCd1234\n  list: {}", "boards[0].list", 3, "unknown", "mean lists?"),
    (
        "boards:\n- AbCd1234\n- board: https://trello.com/b/AbCd1234/name",
        "boards[1].board",
        3,
        "this board stands here twice; the first is boards[0] on line 2",
        None,
    ),
    (
        "boards:\n- board: AbCd1234\n  lists:\n    done: [Fini]\n    review: [fini]",
        "boards[0].lists.review[0]",
        5,
        "this list is already one of done",
        None,
    ),
]


@pytest.mark.covers("G12")
@pytest.mark.parametrize(("text", "path", "line", "message", "hint"), BOARDS)
def test_a_wrong_board_is_named_with_its_line_and_the_way_out(
    text: str, path: str, line: int, message: str, hint: str | None
) -> None:
    (problem,) = problems_of(text)
    assert (problem.path, problem.line) == (path, line)
    assert message in problem.message
    assert (problem.hint is None) if hint is None else (hint in (problem.hint or ""))


def test_two_assistants_may_not_be_one_person() -> None:
    lines = "people:\n  assistants:\n    - username: mel\n    - username: '@Mel'"
    (problem,) = problems_with(lines)
    assert problem.line == 5
    assert problem.message == (
        "this person stands here twice; the first is people.assistants[0].username on line 4"
    )


def test_the_owner_may_not_be_an_assistant() -> None:
    lines = "people:\n  owner: {username: paul}\n  assistants:\n    - username: paul"
    (problem,) = problems_with(lines)
    assert (problem.line, problem.path) == (5, "people.assistants[0].username")


def test_everything_wrong_is_said_at_once_in_the_order_of_the_file() -> None:
    text = """\
langage: fr
boards: [nowhere]
people:
  assistants:
    - username: mel
      timezone: Indian/Antanarivo
      hours: mon-fri 13:00-7:00
    - username: mel
stall: {after: 2}
stall: {after: 2d}
digest: {time: *x}
"""
    problems = problems_of(text)
    assert [(problem.line, problem.path) for problem in problems] == [
        (1, "langage"),
        (2, "boards[0]"),
        (6, "people.assistants[0].timezone"),
        (7, "people.assistants[0].hours"),
        (8, "people.assistants[1].username"),
        (9, "stall.after"),
        (10, "stall"),
        (11, "digest.time"),
    ]


def test_a_problem_reads_as_one_block() -> None:
    (problem,) = problems_with("timezone: Europe/Pari")
    assert str(problem) == (
        "config/bot.yaml, line 2: timezone\n"
        "  found: Europe/Pari\n"
        "  this is no time zone; a name such as Europe/Paris is expected\n"
        "  did you mean Europe/Paris?"
    )


@pytest.mark.covers("S17")
def test_what_is_found_cannot_steer_a_terminal() -> None:
    (problem,) = problems_with('timezone: "\\e[31mred\\e[0m\\n\\u202e"')
    assert problem.found == r"\x1b[31mred\x1b[0m\n\u202e"


def test_what_is_found_is_shortened() -> None:
    (problem,) = problems_with(f"timezone: {'x' * 5000}")
    assert len(problem.found) == 60


@pytest.mark.parametrize("written", ["s3cr3t", "mailto:s3cr3t", "${A}${B}", "x${A}"])
def test_a_secret_is_never_shown(written: str) -> None:
    problems = problems_with(in_owner(f"notify: {written}"), A="s3cr3t", B="s3cr3t")
    assert problems
    assert "s3cr3t" not in repr(problems) + "".join(map(str, problems))


def test_a_flood_of_problems_is_cut_in_print_only() -> None:
    with pytest.raises(SettingsError) as error:
        settings_from("\n".join(f"key{number}: 1" for number in range(300)))
    assert len(error.value.problems) == 301
    assert str(error.value).endswith("… and 201 more")
