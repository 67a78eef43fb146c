"""What a series of changes comes to, in short."""

from datetime import datetime, timedelta

import pytest

from bot.domain.differences import differences
from bot.domain.follow_up import AttachmentsChanged, DescriptionChanged, Difference, DueChanged
from bot.domain.model import Action
from tests.builders import NOW, PAUL, action, card, edit, replace, utc
from tests.unit.domain.handed import DUE

CARD = card(due=DUE)
OTHER = utc("2026-12-09 14:00")


def wrote(old: str | None, field: str = "desc") -> Action:
    return edit(PAUL.member_id, field, NOW, old=old)


def attached(name: str | None) -> Action:
    return action("addAttachmentToCard", PAUL.member_id, NOW, attachment=name)


def detached(name: str | None) -> Action:
    return action("deleteAttachmentFromCard", PAUL.member_id, NOW, attachment=name)


def lines(before: str, now: str, *between: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Return the lines that are new, and those that are gone."""
    found = differences(replace(CARD, desc=now), [wrote(each) for each in (before, *between)])
    if not found:
        return None
    (only,) = found
    assert isinstance(only, DescriptionChanged)
    return only.added, only.removed


@pytest.mark.parametrize(
    ("before", "now", "found"),
    [
        ("a", "b", (("b",), ("a",))),
        ("a\nb\nc", "a\nx\nc", (("x",), ("b",))),
        ("a\nb", "a\nb\nc\nd", (("c", "d"), ())),
        ("a\nb\nc", "b", ((), ("a", "c"))),
        ("", "a", (("a",), ())),
        ("a", "", ((), ("a",))),
        ("a\nb\nc\nd", "x\nb\nc\ny", (("x", "y"), ("a", "d"))),
        ("a\na", "a", ((), ("a",))),
        ("Café", "cafe", (("cafe",), ("Café",))),
        # Blank lines and the width of blanks are nobody's news.
        ("a\n\n\nb", "a\nb", None),
        ("a  b", "  a\tb\u00a0", None),
        ("a\r\nb", "a\nb\n", None),
        ("a", "a", None),
        ("", "\n \n", None),
    ],
)
def test_a_description_differs_by_whole_lines(
    before: str, now: str, found: tuple[tuple[str, ...], tuple[str, ...]] | None
) -> None:
    assert lines(before, now) == found


def test_what_stood_there_first_is_compared_with_what_stands_there_now() -> None:
    assert lines("a", "c", "b") == (("c",), ("a",))
    assert lines("a", "a", "b") is None
    assert lines("", "a", "b") == (("a",), ())


def test_a_description_whose_old_text_the_log_lacks_was_empty() -> None:
    found = differences(replace(CARD, desc="a"), [wrote(None)])
    assert found == (DescriptionChanged(("a",), ()),)


MANY = [f"ligne {place}" for place in range(400)]


@pytest.mark.parametrize(
    ("before", "now", "added", "removed"),
    [
        ([*MANY, "vieux"], [*MANY, "neuf"], ("neuf",), ("vieux",)),
        (["vieux", *MANY], ["neuf", *MANY], ("neuf",), ("vieux",)),
        ([*MANY, "vieux", *MANY], [*MANY, "neuf", *MANY], ("neuf",), ("vieux",)),
        (MANY[1:], MANY, ("ligne 0",), ()),
        (MANY, MANY[:-1], (), ("ligne 399",)),
        ([*MANY, *MANY], MANY, (), tuple(MANY)[:150]),
        (["a"] * 400, ["a"] * 401, ("a",), ()),
        (["a"] * 401, ["a"] * 400, (), ("a",)),
    ],
)
def test_however_long_lines_that_are_alike_at_both_ends_are_left_out(
    before: list[str], now: list[str], added: tuple[str, ...], removed: tuple[str, ...]
) -> None:
    assert lines("\n".join(before), "\n".join(now)) == (added, removed)


@pytest.mark.parametrize(
    ("before", "now", "added", "removed"),
    [
        ([], MANY, MANY[:150], []),
        (MANY, [], [], MANY[:150]),
        (
            MANY,
            [f"autre {line}" for line in MANY],
            [f"autre {line}" for line in MANY[:150]],
            MANY[:150],
        ),
        # Beyond the hundred and fiftieth nothing is compared, between like ends too.
        (["x", *MANY[:149], "vieux", "y"], ["z", *MANY[:149], "neuf", "w"], ["z"], ["x"]),
        (
            ["x", *MANY[:148], "vieux", "y"],
            ["z", *MANY[:148], "neuf", "w"],
            ["z", "neuf"],
            ["x", "vieux"],
        ),
        (["début", *MANY, "fin"], ["début", "fin"], [], MANY[:150]),
    ],
)
def test_of_what_is_unlike_a_hundred_and_fifty_lines_of_each_text_are_compared(
    before: list[str], now: list[str], added: list[str], removed: list[str]
) -> None:
    assert lines("\n".join(before), "\n".join(now)) == (tuple(added), tuple(removed))


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (["a"] * 400, ["a", "b"] * 200),
        (["a", "b"] * 200, ["a"] * 400),
        (["a", "b"] * 8000, ["b", "a", "c"] * 5000),
    ],
)
def test_lines_that_repeat_endlessly_are_compared_as_far_as_a_hundred_and_fifty(
    before: list[str], now: list[str]
) -> None:
    found = lines("\n".join(before), "\n".join(now))
    assert found is not None
    added, removed = found
    # What both have in common takes as many lines of one text as of the other.
    assert len(added) == len(removed) <= 150


@pytest.mark.parametrize(
    ("old", "now", "found"),
    [
        ("2026-12-07T14:00:00.000Z", OTHER, (DueChanged(DUE, OTHER),)),
        (None, OTHER, (DueChanged(None, OTHER),)),
        ("2026-12-07T14:00:00.000Z", None, (DueChanged(DUE, None),)),
        ("2026-12-07T14:00:00.000Z", DUE, ()),
        ("2026-12-07T15:00:00.000+01:00", DUE, ()),
        ("2026-12-07T14:00:00.000Z", DUE + timedelta(minutes=1), "minute"),
        (None, None, ()),
        ("soon", OTHER, (DueChanged(None, OTHER),)),
    ],
)
def test_a_date_differs_by_its_instant(
    old: str | None, now: datetime | None, found: tuple[Difference, ...] | str
) -> None:
    minute_later = (DueChanged(DUE, DUE + timedelta(minutes=1)),)
    wanted = minute_later if found == "minute" else found
    assert differences(replace(CARD, due=now), [wrote(old, "due")]) == wanted


def test_of_several_dates_the_first_and_the_present_one_are_told() -> None:
    log = [wrote("2026-12-07T14:00:00.000Z", "due"), wrote("2026-12-08T14:00:00.000Z", "due")]
    assert differences(replace(CARD, due=OTHER), log) == (DueChanged(DUE, OTHER),)
    assert differences(replace(CARD, due=DUE), log) == ()


@pytest.mark.parametrize(
    ("log", "added", "removed"),
    [
        ([attached("a")], ("a",), ()),
        ([detached("a")], (), ("a",)),
        ([attached("a"), attached("b"), detached("c")], ("a", "b"), ("c",)),
        ([attached("a"), detached("a"), attached("b")], ("b",), ()),
        ([detached("a"), attached("a"), detached("b")], (), ("b",)),
        ([attached("a"), attached("a")], ("a",), ()),
        ([attached("a"), attached("a"), detached("a")], ("a",), ()),
        ([attached(None)], ("",), ()),
    ],
)
def test_attachments_are_told_by_name(
    log: list[Action], added: tuple[str, ...], removed: tuple[str, ...]
) -> None:
    assert differences(CARD, log) == (AttachmentsChanged(added, removed),)


def test_an_attachment_replaced_by_one_of_its_name_is_no_news() -> None:
    assert differences(CARD, [detached("a"), attached("a")]) == ()
    assert differences(CARD, [attached("a"), detached("a")]) == ()


def test_description_comes_first_then_date_then_attachments() -> None:
    log = [attached("a"), wrote("2026-12-07T14:00:00.000Z", "due"), wrote("avant")]
    found = differences(replace(CARD, desc="après", due=OTHER), log)
    assert [type(each) for each in found] == [DescriptionChanged, DueChanged, AttachmentsChanged]


def test_other_actions_make_no_difference() -> None:
    assert differences(CARD, []) == ()
    assert differences(CARD, [wrote("avant", "name"), wrote(None, "start")]) == ()
