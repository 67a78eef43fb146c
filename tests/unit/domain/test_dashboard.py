"""Whatever people type on the portfolio card stays, and always above the dashboard."""

from typing import Any

import pytest

from bot.domain.dashboard import room_below, typed_on, with_dashboard
from bot.domain.model import Action, Card
from bot.domain.tokens import signed
from bot.domain.traces import dashboard_reference
from bot.domain.written import LONGEST_DESCRIPTION, length_of
from tests.builders import (
    BOT,
    NOW,
    PAUL,
    PORTFOLIO,
    SHARED,
    edit,
    logged,
    portfolio,
    replace,
    snapshot,
)

REF = dashboard_reference(PORTFOLIO)
OLD, NEW = signed("En retard : 1", REF), signed("En retard : 2", REF)
SHOWN = f"---\n\n{OLD}"


def bot_wrote(old: str = "") -> Action:
    return edit(BOT, "desc", NOW, old=old)


def person_wrote(old: str) -> Action:
    return edit(PAUL.member_id, "desc", NOW, old=old)


def folio(desc: str, *log: Action) -> Card:
    return logged(replace(portfolio(), desc=desc), *log)


def written(on: Card, **parts: Any) -> str:
    return with_dashboard(typed_on(on, snapshot(on, **parts)), NEW)


def changed(desc: str, before: str = SHOWN) -> Card:
    """Return the card on which a person changed what the bot wrote."""
    return folio(desc, bot_wrote(), person_wrote(before))


BODY, MORE = "En retard : 1", "Devis : Mel"
SIGNED = signed("", REF).strip()


@pytest.mark.parametrize(
    ("subject", "notes"),
    [
        (folio(""), ""),
        (folio("\n\n"), ""),
        (folio("mes notes"), "mes notes"),
        (folio("X mes notes X"), "X mes notes X"),
        (folio("mes notes\n\n---\n\nencore"), "mes notes\n\n---\n\nencore"),
        (folio(SHOWN, bot_wrote()), ""),
        (folio(f"mes notes\n\n{SHOWN}", bot_wrote()), "mes notes"),
        (folio(f"un\n\n---\n\ndeux\n\n{SHOWN}", bot_wrote()), "un\n\n---\n\ndeux"),
        (changed(f"au-dessus\n\n{SHOWN}"), "au-dessus"),
        (changed(f"{SHOWN}\n\nau-dessous"), "au-dessous"),
        (changed(f"{SHOWN}\nau-dessous"), "au-dessous"),
        (changed(SHOWN.replace(BODY, f"{BODY}\n\ndedans")), "dedans"),
        (
            changed(f"haut\n\n{SHOWN.replace(BODY, f'{BODY}{chr(10)}dedans')}\n\nbas"),
            "haut\n\ndedans\n\nbas",
        ),
        # The line above the dashboard was deleted: what stands there is theirs all the same.
        (changed(f"notes\n\n{OLD}", f"notes\n\n{SHOWN}"), "notes"),
        # The signature was deleted: what the bot wrote above it is still known.
        (changed("notes\n\n---\n\nEn retard : 1"), "notes"),
        (changed("notes\n\n---\n\nEn retard : 1\n\nbas"), "notes\n\nbas"),
        (changed("---\n\nEn retard : 1\n\nbas\n\nb\n\nc"), "bas\n\nb\n\nc"),
        # So was its first line: what is left may be anybody's.
        (changed(f"---\n\n{MORE}", f"---\n\n{BODY}\n\n{MORE}\n\n{SIGNED}"), f"---\n\n{MORE}"),
        # What the bot wrote once is a person's the second time.
        (changed(SHOWN.replace(BODY, f"{BODY}\n{BODY}")), BODY),
        (changed("---\n\nTout autre chose"), "---\n\nTout autre chose"),
        (changed(OLD), ""),
        # The line has got blanks around it, or lost the empty line below it.
        (folio(f"notes\n\n--- \n\n{OLD}"), "notes"),
        (folio(f"notes\n\n ---\n\n{OLD}"), "notes"),
        (changed(f"---\n{BODY}\n\n---\n\ndedans{OLD.removeprefix(BODY)}"), "dedans"),
        (changed(""), ""),
        # Others' edits since, of whatever field, change nothing about that.
        (
            folio(
                f"{SHOWN}\n\nau-dessous",
                bot_wrote(),
                edit(PAUL.member_id, "name", NOW, old="x"),
                person_wrote(SHOWN),
            ),
            "au-dessous",
        ),
    ],
)
def test_what_people_typed_stays_above_the_dashboard(subject: Card, notes: str) -> None:
    assert written(subject) == (f"{notes}\n\n---\n\n{NEW}" if notes else f"---\n\n{NEW}")


def test_a_dashboard_of_which_the_log_knows_nothing_is_replaced_whole() -> None:
    assert written(folio(f"notes\n\n{SHOWN}")) == f"notes\n\n---\n\n{NEW}"
    assert written(replace(folio(f"notes\n\n{SHOWN}"), log=None)) == f"notes\n\n---\n\n{NEW}"


def test_what_was_saved_in_the_moment_of_writing_is_brought_back() -> None:
    covered = folio(f"notes\n\n{SHOWN}", bot_wrote(f"notes\nplus\n\n{SHOWN}\n\nbas"))
    assert written(covered) == f"plus\nbas\n\nnotes\n\n---\n\n{NEW}"


def test_what_the_bot_left_as_it_was_is_not_doubled() -> None:
    assert written(folio(f"notes\n\n{SHOWN}", bot_wrote("notes"))) == f"notes\n\n---\n\n{NEW}"


def test_what_a_person_deleted_themselves_is_not_brought_back() -> None:
    deleted = folio(SHOWN, bot_wrote("notes"), person_wrote(f"notes\n\n{SHOWN}"))
    assert written(deleted) == f"---\n\n{NEW}"


def test_written_twice_it_is_the_same() -> None:
    once = written(folio("notes"))
    assert written(folio(once, bot_wrote("notes"))) == once


def on_own_account(desc: str, *log: Action) -> str:
    return written(folio(desc, *log), me=SHARED)


def test_a_line_that_a_person_draws_inside_brings_nothing_old_above() -> None:
    typed = SHOWN.replace(BODY, f"{BODY}\n\n---\n\ndedans")
    assert written(changed(typed)) == f"dedans\n\n---\n\n{NEW}"
    below_notes = written(changed(f"notes\n\n{typed}", f"notes\n\n{SHOWN}"))
    assert below_notes == f"notes\n\ndedans\n\n---\n\n{NEW}"


@pytest.mark.covers("K12")
def test_what_the_editor_does_to_the_dashboard_makes_it_nobody_elses() -> None:
    shown = "---\n\n**En retard**\n\n- [Devis\\_1](https://trello.com/c/x) : Mel\n\n" + OLD
    edited = shown.replace("- [", "* [").replace("c/x)", 'c/x "smartCard-inline")')
    assert written(changed(f"{edited}\n\nau-dessous", shown)) == f"au-dessous\n\n---\n\n{NEW}"


def test_with_the_line_taken_away_before_the_bot_knows_its_own_hand_nothing_is_lost() -> None:
    text = on_own_account(f"notes\n\n{OLD}", bot_wrote(), person_wrote(f"notes\n\n{SHOWN}"))
    assert text.startswith(f"notes\n{BODY}\n")
    assert text.endswith(f"---\n\n{NEW}")
    assert text.count(REF) == 1


def test_what_was_covered_comes_back_also_when_a_person_wrote_since() -> None:
    covered = folio(
        f"notes et suite\n\n{SHOWN}",
        bot_wrote(f"notes\nplus\n\n{SHOWN}"),
        person_wrote(f"notes\n\n{SHOWN}"),
    )
    assert written(covered) == f"plus\n\nnotes et suite\n\n---\n\n{NEW}"


def test_what_was_brought_back_and_then_deleted_stays_deleted() -> None:
    deleted = folio(
        f"notes\n\n{SHOWN}",
        bot_wrote(f"notes\nplus\n\n{SHOWN}"),
        bot_wrote(f"notes\n\n{SHOWN}"),
        person_wrote(f"plus\n\nnotes\n\n{SHOWN}"),
    )
    assert written(deleted) == f"notes\n\n---\n\n{NEW}"


def test_what_a_late_dashboard_covers_comes_back_and_no_dashboard_with_it() -> None:
    later = SHOWN.replace(": 1", ": 3")
    covered = folio(
        later,
        bot_wrote("notes"),
        bot_wrote(f"notes\n\n{SHOWN}"),
        bot_wrote(f"notes\n\n{later}"),
    )
    assert written(covered) == f"notes\n\n---\n\n{NEW}"


def test_what_was_typed_into_the_dashboard_in_the_moment_of_writing_comes_back() -> None:
    typed = SHOWN.replace(BODY, f"{BODY}\n\ndedans")
    covered = folio(SHOWN.replace(": 1", ": 3"), bot_wrote(), person_wrote(SHOWN), bot_wrote(typed))
    assert written(covered) == f"dedans\n\n---\n\n{NEW}"


def test_a_code_fence_that_the_notes_leave_open_does_not_swallow_the_dashboard() -> None:
    once = written(folio("```\ncode"))
    assert once == f"```\ncode\n```\n\n---\n\n{NEW}"
    assert written(folio(once, bot_wrote("```\ncode"))) == once


def test_the_room_below_the_notes_is_what_trello_takes() -> None:
    assert length_of(with_dashboard("é" * 100, "x" * room_below("é" * 100))) == LONGEST_DESCRIPTION
    assert room_below("") > room_below("notes")
