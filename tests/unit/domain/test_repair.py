from datetime import timedelta
from typing import Any

import pytest

from bot.domain.changes import (
    DeleteComment,
    Planned,
    PostComment,
    Reason,
    SetDescription,
    Skip,
)
from bot.domain.model import Action, Card
from bot.domain.rules.repair import repair
from bot.domain.states import owes_repair
from bot.domain.tokens import TokenKind, reference, signed
from bot.domain.written import LONGEST_DESCRIPTION, brief_reference, length_of, with_brief
from tests.builders import (
    APP,
    BOT,
    HOLD,
    IDEAS,
    ME,
    MEL,
    NOTES,
    NOW,
    PAUL,
    PORTFOLIO,
    SHARED,
    after_pass,
    an_id,
    card,
    changes_to,
    comment,
    edit,
    later,
    logged,
    portfolio,
    replace,
    situation,
    snapshot,
)
from tests.unit.domain.handed import in_own_name

CARD = card()
MINUTE = timedelta(minutes=1)


def posted(kind: TokenKind, minutes: float = 0, by: str = BOT, **parts: Any) -> Action:
    occurrence = {"hand-over": MEL.member_id, "limit": "2026-11-30"}.get(kind, "once")
    on = PORTFOLIO if kind == "limit" else CARD.id
    return comment(
        by, signed("…", reference(on, kind, occurrence)), NOW + minutes * MINUTE, **parts
    )


def verdicts(subject: Card, **parts: Any) -> list[Planned | Skip]:
    return in_own_name(repair, subject, repair(subject, situation(subject, **parts)))


NOTHING = [Skip("repair", CARD.id, Reason("nothing_to_mend"))]


@pytest.mark.parametrize("kind", ["ask", "triage", "hand-over"])
def test_of_equal_comments_the_oldest_stays(kind: TokenKind) -> None:
    first, second, third = posted(kind), posted(kind, 1), posted(kind, 2)
    assert verdicts(logged(CARD, first, second, third)) == [
        Planned("repair", CARD.id, DeleteComment(each.id), Reason("double"))
        for each in (second, third)
    ]


def test_doubles_go_from_the_portfolio_card_too_wherever_it_lies() -> None:
    second = posted("limit", 1)
    full = logged(portfolio(list_id=IDEAS), posted("limit"), second)
    double = Planned("repair", PORTFOLIO, DeleteComment(second.id), Reason("double"))
    assert verdicts(full) == [double]


@pytest.mark.parametrize(
    "log",
    [
        (),
        (posted("ask"), posted("triage")),
        (posted("ask"), posted("ask", 1, by=PAUL.member_id)),
        (comment(BOT, "merci", NOW), comment(BOT, "merci", NOW)),
        (comment(BOT, signed("…", "a" * 10), NOW), comment(BOT, signed("…", "a" * 10), NOW)),
    ],
)
def test_nothing_else_is_a_double(log: tuple[Action, ...]) -> None:
    assert verdicts(logged(CARD, *log)) == NOTHING


def test_on_a_shared_account_a_double_is_only_reported() -> None:
    both = (posted("ask", each, by=PAUL.member_id, app_id=APP) for each in (0, 1))
    found = verdicts(logged(CARD, *both), me=SHARED)
    assert found == [Skip("repair", CARD.id, Reason("double_left"))]


def test_a_double_of_a_former_account_is_only_reported() -> None:
    me = replace(ME, accounts=frozenset({BOT, an_id("former")}))
    both = posted("ask"), posted("ask", 1, by=an_id("former"))
    found = verdicts(logged(CARD, *both), me=me)
    assert found == [Skip("repair", CARD.id, Reason("double_left"))]


@pytest.mark.parametrize("quiet", ["held", "archived", "log_unread"])
def test_a_card_that_every_rule_leaves_alone_is_not_mended(quiet: str) -> None:
    double = logged(card(labels=(HOLD,) if quiet == "held" else ()), posted("ask"), posted("ask"))
    alone = replace(double, closed=quiet == "archived")
    alone = replace(alone, log=None) if quiet == "log_unread" else alone
    assert verdicts(alone) == [Skip("repair", CARD.id, Reason(quiet))]


BRIEF = signed("assistant : mel", brief_reference(CARD.id))


def crossed(old: str, now_reads: str | None = None, by: str = BOT, *since: Action) -> Card:
    desc = with_brief("notes", BRIEF) if now_reads is None else now_reads
    return logged(replace(CARD, desc=desc), edit(by, "desc", NOW, old=old), *since)


@pytest.mark.parametrize("old", ["notes\net ceci", "tout autre chose", "NOTES"])
def test_a_text_that_a_person_saved_in_the_same_moment_comes_back_on_top(old: str) -> None:
    assert verdicts(crossed(old)) == [
        Planned("repair", CARD.id, SetDescription(with_brief(old, BRIEF)), Reason("crossed"))
    ]


@pytest.mark.parametrize(
    ("parts", "comes_back"),
    [
        ({"label_ids": frozenset[str]()}, True),
        ({"closed": True}, True),
        ({"list_id": IDEAS}, False),
        ({"is_template": True}, False),
        ({"label_ids": CARD.label_ids | {HOLD}}, True),
    ],
)
def test_it_comes_back_on_a_card_that_is_held_or_was_taken_back_but_not_on_one_of_another_kind(
    parts: dict[str, Any], comes_back: bool
) -> None:
    found = verdicts(replace(crossed("tout autre chose"), **parts))
    assert [isinstance(each, Planned) for each in found] == [comes_back]


def test_on_a_held_card_no_comment_gives_a_text_back() -> None:
    too_long = crossed("x" * LONGEST_DESCRIPTION)
    assert [isinstance(each, Planned) for each in verdicts(too_long)] == [True]
    held = replace(too_long, label_ids=CARD.label_ids | {HOLD})
    assert verdicts(held) == [Skip("repair", CARD.id, Reason("held"))]


def test_a_text_that_no_longer_fits_above_the_brief_is_given_back_in_one_comment() -> None:
    room = LONGEST_DESCRIPTION - length_of(with_brief("x", BRIEF)) + 1
    (fits,) = verdicts(crossed("x" * room))
    assert isinstance(fits, Planned)
    assert isinstance(fits.change, SetDescription)
    full = crossed("x" * (room + 1))
    (told,) = verdicts(full)
    assert isinstance(told, Planned)
    assert isinstance(told.change, PostComment)
    assert (told.reason, told.change.mentions) == (Reason("crossed_too_long"), ("paul",))
    assert told.change.ref == reference(CARD.id, "reply", (full.log or ())[-1].id)
    again = logged(full, *(full.log or ()), comment(BOT, told.change.text, NOW))
    assert verdicts(again) == [Skip("repair", CARD.id, Reason("crossed_told"))]


def test_a_description_that_five_writings_did_not_settle_is_left_for_a_comment() -> None:
    tries = [edit(BOT, "desc", NOW, old=with_brief(f"v{n}", BRIEF)) for n in range(4)]
    people = [edit(PAUL.member_id, "desc", NOW, old=with_brief(f"p{n}", BRIEF)) for n in range(4)]
    between = [each for pair in zip(tries, people, strict=True) for each in pair]
    last = edit(BOT, "desc", NOW, old=with_brief("enfin", BRIEF))
    full = logged(replace(CARD, desc=with_brief("notes", BRIEF)), *between, last)
    (told,) = verdicts(full)
    assert isinstance(told, Planned)
    assert isinstance(told.change, PostComment)


@pytest.mark.parametrize(
    ("full", "text"),
    [
        (crossed(with_brief("avant", BRIEF)), f"avant\n\n{with_brief('notes', BRIEF)}"),
        (
            crossed(
                "perdu",
                with_brief("notes et plus", BRIEF),
                BOT,
                edit(PAUL.member_id, "desc", NOW + MINUTE, old=with_brief("notes", BRIEF)),
            ),
            f"perdu\n\n{with_brief('notes et plus', BRIEF)}",
        ),
        (
            crossed(
                "perdu",
                "plus de brief",
                BOT,
                edit(PAUL.member_id, "desc", NOW + MINUTE, old=with_brief("notes", BRIEF)),
            ),
            "perdu\n\nplus de brief",
        ),
    ],
)
def test_a_covered_text_comes_back_also_above_what_has_been_typed_since(
    full: Card, text: str
) -> None:
    assert verdicts(full) == [Planned("repair", CARD.id, SetDescription(text), Reason("crossed"))]


def told(*saved: tuple[str, str]) -> Card:
    """Return the card on which these saved its descriptions one after the other: who, and what."""
    texts = [text for _, text in saved]
    writes = [
        edit(who, "desc", NOW, old=old) for (who, _), old in zip(saved[1:], texts, strict=False)
    ]
    return logged(replace(CARD, desc=texts[-1]), *writes)


PERSON = PAUL.member_id
SAW, TYPED = with_brief("notes", BRIEF), with_brief("notes\nplus", BRIEF)
MENDED = f"plus\n\n{SAW}"
LATE = (BOT, SAW)
"""A writing of the bot's that read the notes before somebody added to them."""


BELOW = "\nbas"


@pytest.mark.parametrize(
    ("saved", "lines"),
    [
        # Another installation's, which had read the notes before, lands over the brief.
        ([(PERSON, "notes"), (PERSON, "notes\nplus"), (BOT, TYPED), LATE], "plus"),
        # The text had just come back.
        ([(PERSON, "notes"), (PERSON, "notes\nplus"), LATE, (BOT, TYPED), LATE], "plus"),
        ([(PERSON, "notes\nplus"), LATE, (BOT, MENDED), LATE], "plus"),
        # Its author went on typing, with it before their eyes or without.
        ([(PERSON, "notes\nplus"), (BOT, TYPED), (PERSON, TYPED + BELOW), LATE], "plus\nbas"),
        (
            [(PERSON, "notes\nplus"), LATE, (PERSON, SAW + BELOW), (BOT, MENDED + BELOW), LATE],
            "plus\nbas",
        ),
    ],
)
def test_what_a_late_writing_covers_comes_back_also_from_under_a_text_of_the_bots(
    saved: list[tuple[str, str]], lines: str
) -> None:
    mended = f"{lines}\n\n{SAW}"
    assert verdicts(told(*saved)) == [
        Planned("repair", CARD.id, SetDescription(mended), Reason("crossed"))
    ]
    assert verdicts(told(*saved, (BOT, mended))) == NOTHING


@pytest.mark.parametrize(
    "full",
    [
        told((PERSON, "notes\nplus"), (BOT, TYPED), (PERSON, SAW)),
        told((PERSON, "notes\nplus"), LATE, (BOT, MENDED), (PERSON, SAW)),
        # Somebody took it out, and the bot, which had read it before, wrote it once more.
        told((PERSON, "notes\nplus"), (PERSON, "notes"), (BOT, TYPED), LATE),
        told((PERSON, "notes\nplus"), (BOT, TYPED), (PERSON, SAW), (BOT, TYPED), LATE),
    ],
)
def test_a_line_that_a_person_took_out_stays_out_whatever_the_bot_wrote_since(full: Card) -> None:
    assert verdicts(full) == NOTHING


FOREIGN = signed(f"assistant : tom\n\n{NOTES}", brief_reference(an_id("other")))


@pytest.mark.parametrize(
    "full",
    [
        crossed("notes"),
        crossed(" notes \r\n"),
        crossed(""),
        crossed("rien", by=PAUL.member_id),
        crossed("perdu", "plus de brief"),
        crossed("perdu", FOREIGN),
        replace(CARD, desc=BRIEF),
        logged(replace(CARD, desc=BRIEF), edit(BOT, "due", NOW)),
    ],
)
def test_otherwise_the_description_is_left_alone(full: Card) -> None:
    assert verdicts(full) == NOTHING


def test_an_overwritten_text_comes_back_once_and_the_brief_stays_once() -> None:
    start = situation(CARD)
    done = after_pass(start).snapshot.cards[CARD.id]
    write = next(each for each in done.log or () if each.field == "desc")
    theirs = "ce que j'écrivais à ce moment-là"
    log = tuple(replace(each, old=theirs) if each == write else each for each in done.log or ())
    crossing = situation(replace(done, log=log), now=NOW + MINUTE)
    (mended,) = changes_to(CARD, crossing)
    assert isinstance(mended, SetDescription)
    assert mended.text.startswith(f"{theirs}\n\n---\n\n**Tâche.**")
    assert mended.text.count("delegate-bot · ref") == 1
    assert changes_to(CARD, later(after_pass(crossing), minutes=1)) == []


def test_doubles_go_also_from_a_card_that_was_taken_back() -> None:
    second = posted("ask", 1)
    taken_back = logged(replace(CARD, label_ids=frozenset()), posted("ask"), second)
    assert verdicts(taken_back) == [
        Planned("repair", CARD.id, DeleteComment(second.id), Reason("double"))
    ]


def test_a_text_whose_signature_somebody_took_away_unseen_is_left_alone_whatever_came_since() -> (
    None
):
    unsigned = crossed("tout autre chose", "sans signature")
    since = logged(unsigned, comment(PAUL.member_id, "merci", NOW))
    assert verdicts(since) == [Skip("repair", CARD.id, Reason("nothing_to_mend"))]


@pytest.mark.parametrize(
    ("subject", "owes"),
    [
        (crossed("tout autre chose"), True),
        (logged(crossed("notes"), posted("ask"), posted("ask", 1)), True),
        (crossed("notes"), False),
        (logged(CARD, posted("ask"), posted("ask", 1)), False),
        (logged(replace(CARD, desc=signed("x", "a" * 10)), posted("ask"), posted("ask", 1)), False),
    ],
)
def test_repair_is_owed_on_cards_with_a_brief_of_their_own(subject: Card, owes: bool) -> None:
    assert owes_repair(subject, snapshot(subject)) is owes
