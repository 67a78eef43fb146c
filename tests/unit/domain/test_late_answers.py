"""What answers the request for a new date, and what does not."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.domain.model import Card
from bot.domain.rules.late import late
from bot.domain.traces import late_reference
from tests.builders import BOT, MEL, PAUL, STRANGER, TODO, comment, edit, logged, replace, utc
from tests.unit.domain.handed import (
    comments,
    handed,
    log_of,
    moved,
    said,
    said_with,
    skipped,
    ticked,
)

THURSDAY = utc("2026-12-03 11:00")
"""A due in the middle of Mel's afternoon; Paul is at lunch."""
TOLD = utc("2026-12-07 13:00")
"""Two of Mel's working days later, at the end of Paul's lunch."""
SECOND = timedelta(seconds=1)
CARD = handed(due=THURSDAY)
ASKED = logged(CARD, said_with(late_reference(CARD.id, THURSDAY), THURSDAY))


def mel_ticks(to: Card) -> Card:
    return ticked(to, "lire", THURSDAY + SECOND)


def mel_speaks(to: Card) -> Card:
    return logged(to, said(MEL, THURSDAY + SECOND))


def mel_moves(to: Card) -> Card:
    return moved(to, MEL, TODO, THURSDAY + SECOND)


def mel_pauses(to: Card) -> Card:
    return logged(to, said(MEL, THURSDAY + SECOND, "/pause 1j"))


def mel_mutes(to: Card) -> Card:
    return logged(to, said(MEL, THURSDAY + SECOND, "/mute"))


def mel_mistypes(to: Card) -> Card:
    return logged(to, said(MEL, THURSDAY + SECOND, "/paus 1j"))


def mel_speaks_and_pauses(to: Card) -> Card:
    return logged(to, said(MEL, THURSDAY + SECOND, "/pause 1j\nJe finis lundi."))


def mel_pauses_then_ticks(to: Card) -> Card:
    return ticked(mel_pauses(to), "lire", THURSDAY + 2 * SECOND)


def mel_spoke_before(to: Card) -> Card:
    *earlier, request = log_of(to)
    return replace(to, log=(*earlier, said(MEL, THURSDAY), request))


def mel_reacts_by_position(to: Card) -> Card:
    return logged(to, edit(MEL.member_id, "pos", THURSDAY + SECOND))


def paul_speaks(to: Card) -> Card:
    return logged(to, said(PAUL, THURSDAY + SECOND))


def a_stranger_speaks(to: Card) -> Card:
    return logged(to, comment(STRANGER, "je regarde", THURSDAY + SECOND))


def the_bot_writes(to: Card) -> Card:
    return logged(to, edit(BOT, "desc", THURSDAY + SECOND))


@pytest.mark.parametrize(
    "change", [mel_ticks, mel_speaks, mel_moves, mel_speaks_and_pauses, mel_pauses_then_ticks]
)
def test_an_act_of_theirs_after_the_request_answers_it(change: Callable[[Card], Card]) -> None:
    assert skipped(late, change(ASKED), TOLD + timedelta(days=1)) == ["late_answered"]


@pytest.mark.parametrize(
    "change",
    [
        mel_spoke_before,
        # A command speaks to the bot.
        mel_pauses,
        mel_mutes,
        mel_mistypes,
        mel_reacts_by_position,
        paul_speaks,
        a_stranger_speaks,
        the_bot_writes,
    ],
)
def test_nothing_else_answers_it(change: Callable[[Card], Card]) -> None:
    assert [each.mentions for each in comments(late, change(ASKED), TOLD)] == [("paul",)]
