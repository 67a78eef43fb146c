"""Where on a card each kind of change can be seen."""

from datetime import UTC, datetime
from typing import get_args

import pytest

from bot.domain.changes import (
    AddAttachment,
    AddCheckItem,
    AddChecklist,
    AddLabel,
    AddMember,
    Change,
    DeleteComment,
    DeletePart,
    EditComment,
    PostComment,
    React,
    RemoveLabel,
    SetDates,
    SetDescription,
    SetPortfolio,
    Untick,
)
from bot.embedded.retelling import marks_of

AT = datetime(2026, 11, 23, 8, tzinfo=UTC)

SEEN: list[tuple[Change, set[tuple[str, str]]]] = [
    (SetDescription("brief"), {("desc", "")}),
    (SetDescription("brief", AT, AT), {("desc", ""), ("due", ""), ("start", "")}),
    (SetPortfolio("picture"), {("desc", "")}),
    (SetDates(due=AT), {("due", "")}),
    (SetDates(start=AT), {("start", "")}),
    (AddChecklist("Steps"), {("checklist", "Steps")}),
    (AddCheckItem("Steps", "read"), {("item", "read")}),
    (Untick("id", "On track"), {("item", "On track")}),
    (AddAttachment("Guide"), {("attachment", "Guide")}),
    (AddMember("id", "mel"), {("member", "mel")}),
    (AddLabel("id", "have a look"), {("label", "have a look")}),
    (PostComment("text", "ref"), {("comment", "text")}),
    (EditComment("id", "text", "ref"), {("comment", "text")}),
    (React("action"), {("reaction", "action")}),
    (RemoveLabel("id", "have a look"), set()),
    (DeleteComment("id"), set()),
    (DeletePart("checklist", "id", "Steps"), set()),
]


@pytest.mark.parametrize(("change", "marks"), SEEN)
def test_a_change_stands_out_where_it_can_be_seen(
    change: Change, marks: set[tuple[str, str]]
) -> None:
    assert set(marks_of(change)) == marks


def test_no_kind_of_change_is_forgotten() -> None:
    assert {type(change) for change, _ in SEEN} == set(get_args(Change))
