"""A hand-over may be cut short after any write: the next pass ends with the same card."""

from datetime import timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.changes import PostComment
from bot.domain.model import Attachment, Card, Identity, Snapshot
from bot.domain.planner import plan
from bot.domain.policy import KindText, Step
from bot.domain.situation import Situation
from bot.domain.tokens import reference, signed
from tests.builders import (
    BOT,
    LONG_AGO,
    ME,
    MEL,
    NOTES,
    NOW,
    PAUL,
    SHARED,
    STRANGER,
    TOM,
    after_pass,
    applied,
    built_in_kinds,
    card,
    changes_to,
    checklist,
    comment,
    edit,
    kind,
    later,
    logged,
    policy,
    replace,
    situation,
    utc,
)

QUOTE = kind(
    "devis",
    files=("modèle 1.docx",),
    links=("https://x.fr/@a",),
    text=KindText(
        "Devis", "Le signer.", method=tuple(map(Step, ("mesurer", "mesurer", "chiffrer")))
    ),
)
KINDS = built_in_kinds().usable | {"devis": QUOTE}


def within(subject: Card, me: Identity = ME) -> Situation:
    return situation(subject, policy=policy(kinds=KINDS), me=me)


def copy_of(original: Card) -> Card:
    """Return a card copied with its brief, its checklists and its past date."""
    was = after_pass(within(original)).snapshot.cards[original.id]
    bare = card("copie", was.desc, due=LONG_AGO)
    return replace(bare, checklists=was.checklists, member_ids=was.member_ids)


@cache
def subjects() -> dict[str, Card]:
    own = {
        "due": utc("2026-12-03 16:30"),
        "member_ids": (TOM.member_id,),
        "attachments": (Attachment("1", "le site", "https://y.fr/~b"),),
        "checklists": (checklist("Mes étapes", "un", "Pour : deux"),),
    }
    links = "pièces : https://x.fr/(b) https://x.fr/*c https://x.fr/@a"
    copied = copy_of(card("original", f"{NOTES}\n{links}"))
    return {
        "plain": card("Ranger"),
        "without notes": card("Rédiger un article", ""),
        "in English": card("x", f"{NOTES}\nassistant : tom"),
        "with files and links": card("x", f"brief : devis\n{links}"),
        "with things of its own": card("x", "- [ ] a\n- [x] b\ncharge : 1h\n```", **own),
        "copied": copied,
        "copied bare": replace(copied, checklists=(), member_ids=(), due=None),
    }


NAMES = tuple(subjects())


def shown(on: Situation, subject: Card, *, comments: bool = True) -> object:
    """Return what a person sees of a card."""
    found = on.snapshot.cards[subject.id]
    lists = [(each.name, [item.name for item in each.items]) for each in found.checklists]
    files = [(each.name, each.url, each.is_upload) for each in found.attachments]
    said = [each.text for each in found.log or () if each.type == "commentCard"]
    dates = found.due, found.start
    return found.desc, dates, found.member_ids, lists, files, said if comments else len(said)


@pytest.mark.parametrize("name", NAMES)
def test_each_of_these_cards_is_handed_over(name: str) -> None:
    subject = subjects()[name]
    last = changes_to(subject, within(subject))[-1]
    assert isinstance(last, PostComment)
    assert last.ref in {reference(subject.id, "hand-over", each.member_id) for each in (MEL, TOM)}


def cut_short(start: Situation, writes: int) -> Situation:
    """Return the boards a minute after a pass that ended after so many writes."""
    return later(applied(start, plan(start).changes[:writes]), minutes=1)


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(NAMES), st.lists(st.integers(1, 20), max_size=3), st.sampled_from((ME, SHARED))
)
def test_a_hand_over_cut_short_anywhere_ends_with_the_same_card(
    name: str, cuts: list[int], me: Identity
) -> None:
    subject = subjects()[name]
    start = within(subject, me)
    wanted = shown(after_pass(start), subject)
    crashed = start
    for writes in cuts:
        crashed = cut_short(crashed, writes)
    ended = after_pass(crashed)
    assert shown(ended, subject) == wanted
    assert plan(later(ended, minutes=1)).changes == ()


@pytest.mark.parametrize("name", NAMES)
def test_after_every_single_write_the_rest_is_what_was_planned(name: str) -> None:
    subject = subjects()[name]
    start = within(subject)
    whole = [each.change for each in plan(start).changes]
    for writes in range(1, len(whole)):
        assert changes_to(subject, cut_short(start, writes)) == whole[writes:]


def disturbed(on: Situation, subject: Card) -> Situation:
    """Return the boards with another assistant line, other kinds' files and other cards."""
    found = on.snapshot.cards[subject.id]
    notes = f"assistant : tom\ncharge : 9h\npour : demain\npriorité : 1\n{found.desc}"
    retold = logged(
        replace(found, desc=notes), edit(PAUL.member_id, "desc", on.now, old=found.desc)
    )
    text = KindText("Devis", "Autre.", method=(Step("rien"),))
    other = replace(
        QUOTE, links=("https://z.fr",), workload=timedelta(hours=30), texts={"fr": text}
    )
    busy = card("autre", member_ids=(MEL.member_id,))
    brief = signed("charge : 40h", reference(busy.id, "brief"))
    told = signed("à vous", reference(busy.id, "hand-over", MEL.member_id))
    busy = logged(replace(busy, desc=brief), comment(BOT, told, LONG_AGO))
    cards = {busy.id: busy, subject.id: retold}
    snapshot: Snapshot = replace(on.snapshot, cards=cards)
    return replace(on, snapshot=snapshot, policy=policy(kinds=KINDS | {"devis": other}))


@pytest.mark.parametrize("name", ["plain", "without notes", "with files and links"])
def test_once_the_description_stands_nothing_is_decided_again(name: str) -> None:
    subject = subjects()[name]
    start = within(subject)
    _, *wanted = shown_parts(after_pass(start), subject)
    _, *found = shown_parts(after_pass(disturbed(cut_short(start, 1), subject)), subject)
    assert found == wanted


def shown_parts(on: Situation, subject: Card) -> tuple[object, ...]:
    parts = shown(on, subject, comments=False)
    assert isinstance(parts, tuple)
    return parts


def with_card(on: Situation, subject: Card) -> Situation:
    return replace(on, snapshot=replace(on.snapshot, cards={subject.id: subject}))


def test_what_a_person_clears_after_the_hand_over_stays_cleared() -> None:
    subject = subjects()["with files and links"]
    done = after_pass(within(subject))
    full = done.snapshot.cards[subject.id]
    cleared = replace(full, desc="", due=None, start=None, checklists=(), attachments=())
    for left in (cleared, replace(cleared, member_ids=()), replace(full, member_ids=(STRANGER,))):
        now = replace(
            later(done, days=1), snapshot=replace(done.snapshot, cards={subject.id: left})
        )
        assert changes_to(subject, now) == []


def test_a_new_assistant_is_told_once_and_nothing_else_changes() -> None:
    subject = subjects()["plain"]
    done = after_pass(within(subject))
    full = replace(done.snapshot.cards[subject.id], member_ids=(TOM.member_id,))
    now = replace(later(done, days=1), snapshot=replace(done.snapshot, cards={subject.id: full}))
    (told,) = plan(now).changes
    assert told.reason.code == "hand_over"
    assert plan(later(after_pass(now), days=1)).changes == ()
    assert now.now > NOW


def test_a_copied_card_keeps_its_brief_and_gets_a_date_and_a_hand_over_of_its_own() -> None:
    subject = subjects()["copied"]
    ended = after_pass(within(subject)).snapshot.cards[subject.id]
    assert ended.desc == subject.desc
    assert ended.checklists == subject.checklists
    assert ended.due is not None
    assert ended.due > NOW
    said = [each.text for each in ended.log or () if each.type == "commentCard"]
    ref = reference(subject.id, "hand-over", MEL.member_id)
    assert [each.endswith(ref) for each in said] == [True]
