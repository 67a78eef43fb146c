import pytest

from bot.domain.acts import is_bots, learned_app
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
from bot.domain.fold import card_after, snapshot_after, snapshot_with
from bot.domain.model import Action, Card, Instant, Reaction
from bot.domain.tokens import reference, signed
from tests.builders import (
    APP,
    BOT,
    CORE,
    DELEGATE,
    LONG_AGO,
    ME,
    MEL,
    NOW,
    PAUL,
    SHARED,
    STALLED,
    board,
    card,
    checklist,
    comment,
    logged,
    reacted,
    replace,
    snapshot,
)

SAID = reacted(comment(PAUL.member_id, "/go", NOW), MEL.member_id, "heart")
CARD = logged(card(checklists=(checklist("Courses", "pain"), checklist("Étapes"))), SAID)


def after(change: Change, to: Card = CARD) -> Card:
    return card_after(to, change, ME, NOW)


def test_a_description_comes_with_its_dates_and_blank_ones_leave_what_is_there() -> None:
    described = after(SetDescription("brief", NOW, LONG_AGO))
    assert (described.desc, described.due, described.start) == ("brief", NOW, LONG_AGO)
    again = after(SetDescription("mieux"), described)
    assert (again.desc, again.due, again.start) == ("mieux", NOW, LONG_AGO)
    assert after(SetDates(start=NOW), described).start == NOW
    assert after(SetDates(due=LONG_AGO), described).due == LONG_AGO
    assert after(SetDates(), described) == described


def test_a_dashboard_replaces_the_description_and_nothing_else() -> None:
    assert after(SetPortfolio("le tableau")) == replace(CARD, desc="le tableau")


@pytest.mark.parametrize(("before", "old"), [(None, None), (LONG_AGO, LONG_AGO.isoformat())])
def test_a_date_that_the_bot_sets_is_an_act_of_its_own_with_the_old_one_kept(
    before: Instant | None, old: str | None
) -> None:
    dated = after(SetDates(due=NOW, start=NOW), replace(CARD, due=before))
    (made,) = (dated.log or ())[len(CARD.log or ()) :]
    assert (made.type, made.field, made.old) == ("updateCard", "due", old)
    assert (made.member_id, made.at) == (BOT, NOW)
    assert after(SetDates(start=NOW)).log == CARD.log
    unread = after(SetDates(due=NOW), replace(CARD, log=None))
    assert [each.field for each in unread.log or ()] == ["due"]


def test_a_date_that_the_bot_sets_on_a_shared_account_bears_its_application() -> None:
    dated = card_after(CARD, SetDates(due=NOW), SHARED, NOW)
    made = (dated.log or ())[-1]
    assert (made.member_id, made.app_id) == (PAUL.member_id, APP)


def test_a_new_checklist_is_empty_and_known_as_the_bots() -> None:
    made = after(AddChecklist("Étapes bis"))
    assert [(each.name, each.items) for each in made.checklists[2:]] == [("Étapes bis", ())]
    trace = (made.log or ())[-1]
    assert (trace.type, trace.checklist, trace.member_id) == (
        "addChecklistToCard",
        "Étapes bis",
        BOT,
    )


def test_an_item_goes_to_the_end_of_its_checklist() -> None:
    filled = after(AddCheckItem("Étapes", "relire", 2), after(AddCheckItem("Étapes", "lire")))
    assert [[item.name for item in each.items] for each in filled.checklists] == [
        ["pain"],
        ["lire", "relire"],
    ]


def test_a_link_has_its_address_and_a_file_is_an_upload() -> None:
    link, file = after(AddAttachment("site", "https://x.fr")), after(AddAttachment("modele.docx"))
    assert [(each.url, each.is_upload) for each in link.attachments] == [("https://x.fr", False)]
    assert [(each.name, each.is_upload) for each in file.attachments] == [("modele.docx", True)]


def test_new_things_bear_an_id_that_no_board_gives() -> None:
    listed = after(AddCheckItem("Étapes bis", "lire", 2), after(AddChecklist("Étapes bis")))
    made = listed.checklists[-1]
    assert (made.id, made.items[0].id) == ("new:Étapes bis", "new:Étapes bis:lire:2")
    (file,) = after(AddAttachment("modele.docx")).attachments
    assert (file.id, file.url) == ("new:modele.docx", "")


def test_of_two_parts_the_one_that_is_deleted_goes_alone() -> None:
    attached = after(AddAttachment("un"), after(AddAttachment("deux")))
    full = replace(attached, checklists=ANSWERED.checklists)
    answers, steps = full.checklists

    less = after(DeletePart("checklist", steps.id, steps.name), full)
    assert less == replace(full, checklists=(answers,))
    less = after(DeletePart("check_item", answers.items[0].id, "En route"), full)
    one_left = replace(answers, items=answers.items[1:])
    assert less == replace(full, checklists=(one_left, steps))
    less = after(DeletePart("attachment", full.attachments[0].id, "deux"), full)
    assert less == replace(full, attachments=full.attachments[1:])


def test_a_member_joins_those_who_are_there() -> None:
    assert after(AddMember(MEL.member_id, "mel"), card(member_ids=("1",))).member_ids == (
        "1",
        MEL.member_id,
    )


FLAG, UNFLAG = AddLabel(STALLED, "à regarder"), RemoveLabel(STALLED, "à regarder")
ANSWERED = card(checklists=(checklist("Où ?", "En route", "Bloqué", done=2), checklist("Étapes")))
BLOCKED = Untick("Où ? 1", "Bloqué")


def last_of(to: Card) -> Action:
    return (to.log or ())[-1]


def test_a_label_is_put_on_beside_the_others_and_the_log_tells_by_whom() -> None:
    flagged = after(FLAG)
    assert flagged.label_ids == {DELEGATE, STALLED}
    trace = last_of(flagged)
    assert (trace.type, trace.field, trace.member_id, trace.at) == (
        "updateCard",
        "idLabels",
        BOT,
        NOW,
    )
    assert (trace.labels_on, trace.labels_off) == (frozenset({STALLED}), frozenset())


def test_a_label_is_taken_off_from_among_the_others_and_the_log_tells() -> None:
    cleared = after(UNFLAG, card(labels=(STALLED, CORE)))
    assert cleared.label_ids == {DELEGATE, CORE}
    trace = last_of(cleared)
    assert (trace.type, trace.field, trace.member_id, trace.at) == (
        "updateCard",
        "idLabels",
        BOT,
        NOW,
    )
    assert (trace.labels_on, trace.labels_off) == (frozenset(), frozenset({STALLED}))


def test_an_unticked_item_is_open_again_and_the_log_tells_by_whom() -> None:
    unticked = after(BLOCKED, ANSWERED)
    assert [[item.done for item in each.items] for each in unticked.checklists] == [
        [True, False],
        [],
    ]
    trace = last_of(unticked)
    assert (trace.type, trace.item, trace.item_done, trace.checklist) == (
        "updateCheckItemStateOnCard",
        "Bloqué",
        False,
        "Où ?",
    )
    assert (trace.member_id, trace.at) == (BOT, NOW)


@pytest.mark.parametrize(
    ("change", "to"),
    [
        (FLAG, card(labels=(STALLED,))),
        (UNFLAG, card()),
        (BLOCKED, after(BLOCKED, ANSWERED)),
        (BLOCKED, CARD),
        (Untick("Étapes 0", "lire"), card(checklists=(checklist("Étapes", "lire", "faire"),))),
    ],
)
def test_what_is_so_already_changes_nothing_and_leaves_no_trace(change: Change, to: Card) -> None:
    assert after(change, to) == to


@pytest.mark.parametrize(
    ("change", "to"),
    [(FLAG, CARD), (UNFLAG, card(labels=(STALLED,), log=None)), (BLOCKED, ANSWERED)],
)
def test_on_a_shared_account_the_trace_bears_the_bots_application(change: Change, to: Card) -> None:
    assert last_of(card_after(to, change, SHARED, NOW)).app_id == APP


def test_several_traces_have_ids_of_their_own() -> None:
    both = after(Untick("Où ? 0", "En route"), after(BLOCKED, after(FLAG, ANSWERED)))
    assert len({each.id for each in both.log or ()}) == 3


def test_comments_come_change_and_go() -> None:
    posted = after(PostComment("à vous", "ref"), card(log=None))
    new = (posted.log or ())[-1]
    assert (new.text, new.member_id, new.at) == ("à vous", BOT, NOW)
    edited = after(EditComment(new.id, "pour vous", "ref"), posted)
    assert [each.text for each in edited.log or ()] == ["pour vous"]
    assert after(DeleteComment(new.id), edited).log == ()
    assert after(DeleteComment("another"), edited).log == edited.log
    assert after(DeleteComment("another"), card(log=None)).log == ()


def test_a_reaction_joins_those_of_others() -> None:
    assert (after(React(SAID.id)).log or ())[0].reactions == (
        Reaction(MEL.member_id, "heart"),
        Reaction(BOT, "thumbsup"),
    )
    assert after(React("another")).log == CARD.log


@pytest.mark.parametrize(
    ("change", "remembered"),
    [(PostComment("à vous", "ref"), {"ref"}), (EditComment("1", "x", "ref"), set())],
)
def test_only_a_posted_comment_is_remembered(change: Change, remembered: set[str]) -> None:
    assert snapshot_after(snapshot(CARD), CARD, change, NOW).remembered == remembered


def test_what_was_remembered_before_a_comment_is_remembered_after_it() -> None:
    before = replace(snapshot(CARD), remembered=frozenset({"earlier"}))
    after_it = snapshot_after(before, CARD, PostComment("à vous", "ref"), NOW)
    assert after_it.remembered == {"earlier", "ref"}


def test_the_other_cards_stay_as_they_are() -> None:
    other = card("autre")
    changed = snapshot_after(snapshot(CARD, other), CARD, SetDescription("brief"), NOW)
    assert changed.cards[other.id] == other
    assert changed.cards[CARD.id].desc == "brief"
    assert set(snapshot_with(snapshot(CARD), other).cards) == {CARD.id, other.id}


def test_what_is_planned_on_a_shared_account_is_the_bots_before_its_application_is_known() -> None:
    unknown = replace(SHARED, app_id=None)
    todo = PostComment(signed("?", reference(CARD.id, "ask")), reference(CARD.id, "ask"))
    after = card_after(CARD, todo, unknown, NOW)
    assert is_bots(last_of(after), after, board(), unknown)
    assert learned_app(snapshot(after, me=unknown)) is None
    assert last_of(card_after(CARD, todo, ME, NOW)).app_id is None
