"""commands: what people type is carried out once, answered where it asks, and thumbed up."""

from datetime import timedelta
from typing import Any

import pytest

from bot.domain.changes import Planned, PostComment, React, Reason, Skip, Verdict
from bot.domain.follow_up import Help, Mistyped, Why
from bot.domain.messages import Message
from bot.domain.model import Action, Card, Person
from bot.domain.rules.commands import commands
from bot.domain.tokens import reference, signed
from tests.builders import (
    APP,
    BOT,
    DONE,
    HOLD,
    IDEAS,
    ME,
    MEL,
    NOW,
    PAUL,
    REVIEW,
    SHARED,
    TOM,
    action,
    an_id,
    card,
    comment,
    logged,
    person,
    reacted,
    replace,
    utc,
)
from tests.unit.domain.handed import (
    BarePen,
    after,
    handed,
    passed,
    said,
    verdicts_of,
)

CARD = handed()
ZOE = person("zoe")
AT = after(minutes=5)
SOON = after(minutes=6)
BOTH = [PAUL, MEL]
NOTHING = [Skip("commands", CARD.id, Reason("no_command"))]


def typed(text: str, who: Person = PAUL, minutes: float = 5) -> Action:
    return said(who, after(minutes=minutes), text)


def verdicts(on: Card, **parts: Any) -> list[Verdict]:
    return verdicts_of(commands, on, SOON, **parts)


def thumb(on: Action, card_id: str = CARD.id) -> Planned:
    return Planned("commands", card_id, React(on.id, "thumbsup"), Reason("command"))


def reply(to: Action, message: Message, reader: str) -> Planned:
    about = f"{to.id} mistyped" if isinstance(message, Mistyped) else to.id
    ref = reference(CARD.id, "reply", about)
    comment = PostComment(BarePen().message(message, ref), ref, (reader,))
    return Planned("commands", CARD.id, comment, Reason("command"))


def skip(code: str, card_id: str = CARD.id) -> Skip:
    return Skip("commands", card_id, Reason(code))


@pytest.mark.parametrize("who", BOTH)
@pytest.mark.parametrize(
    "text",
    [
        *("/snooze 3d", "/pause 3j", "/pause une semaine", "/snooze 2h\nthanks"),
        *("/mute", "/silence", "/resume", "/reprendre", "/MUTE.", "\\/mute", "\n /mute"),
    ],
)
def test_each_is_acknowledged_with_a_thumb_and_no_words(text: str, who: Person) -> None:
    said_so = typed(text, who)
    assert verdicts(logged(CARD, said_so)) == [thumb(said_so)]


@pytest.mark.parametrize(("who", "for_owner"), [(PAUL, True), (MEL, False)])
@pytest.mark.parametrize("text", ["/help", "/aide", "/aide ?"])
def test_help_is_given_to_who_asked_and_then_the_thumb(
    text: str, who: Person, for_owner: bool
) -> None:
    asked = typed(text, who)
    assert verdicts(logged(CARD, asked)) == [
        reply(asked, Help(who, for_owner), who.username),
        thumb(asked),
    ]


@pytest.mark.parametrize("who", BOTH)
@pytest.mark.parametrize("text", ["/why", "/pourquoi", "/POURQUOI ?"])
def test_why_is_answered_to_who_asked_and_then_the_thumb(text: str, who: Person) -> None:
    asked = typed(text, who)
    why = Why(who, MEL, NOW, Reason("ball_handed_over"), ())
    assert verdicts(logged(CARD, asked)) == [reply(asked, why, who.username), thumb(asked)]


@pytest.mark.parametrize("who", BOTH)
@pytest.mark.parametrize(
    ("text", "quoted", "meant"),
    [
        ("/snoze 3j", "/snoze 3j", "snooze"),
        ("/snooze", "/snooze", "snooze"),
        ("/pause demain", "/pause demain", "snooze"),
        ("/silense\nmerci", "/silense", "mute"),
        ("/mute 3j", "/mute 3j", "mute"),
        ("/xyz", "/xyz", "help"),
        ("/wy", "/wy", "why"),
    ],
)
def test_a_mistyped_one_gets_one_reply_with_an_example_and_no_thumb(
    text: str, quoted: str, meant: str, who: Person
) -> None:
    wrong = typed(text, who)
    subject = logged(CARD, wrong)
    assert verdicts(subject) == [reply(wrong, Mistyped(who, quoted, meant), who.username)]
    assert verdicts(passed(commands, subject, SOON)) == [skip("replied")]
    known = frozenset({reference(CARD.id, "reply", f"{wrong.id} mistyped")})
    assert verdicts(subject, remembered=known) == [skip("replied")]


@pytest.mark.parametrize(("who", "meant"), [(PAUL, "go"), (MEL, "help")])
@pytest.mark.parametrize("text", ["/goo", "/go demain", "/go ?"])
def test_only_the_owner_is_told_how_to_agree(text: str, who: Person, meant: str) -> None:
    wrong = typed(text, who)
    assert verdicts(logged(CARD, wrong)) == [reply(wrong, Mistyped(who, text, meant), who.username)]


@pytest.mark.covers("H10", "S5")
@pytest.mark.parametrize(
    "other",
    [
        *(typed(each, ZOE) for each in ("/mute", "/why", "/help", "/snoze", "/go")),
        *(typed(each, TOM) for each in ("/mute", "/why", "/help", "/snoze", "/go")),
        comment(BOT, "/why", AT),
        comment(BOT, "/snoze 3d", AT),
        typed("> /mute"),
        typed("```\n/mute\n```"),
        typed("`/mute`"),
        typed("    /mute"),
        typed("Bonjour\n/mute"),
        typed("@delegatebot /mute"),
        typed("/home/paul"),
        typed("mute"),
        typed(""),
        action("copyCommentCard", PAUL.member_id, AT, text="/mute"),
        action("updateCard", PAUL.member_id, AT, field="desc", text="/mute"),
    ],
)
def test_others_quotes_and_code_are_ignored(other: Action) -> None:
    assert verdicts(logged(CARD, other)) == NOTHING


def test_it_is_answered_at_any_hour_and_although_somebody_asked_for_silence() -> None:
    at_night = utc("2026-12-06 02:00")
    asked = said(MEL, at_night, "/aide")
    quiet = reacted(typed("/mute"), BOT)
    found = verdicts_of(commands, logged(CARD, quiet, asked), at_night + timedelta(minutes=1))
    assert found == [
        skip("acknowledged"),
        reply(asked, Help(MEL, for_owner=False), "mel"),
        thumb(asked),
    ]


@pytest.mark.covers("H11", "S5")
@pytest.mark.parametrize("text", ["/why", "/help", "/mute"])
def test_each_is_carried_out_once(text: str) -> None:
    subject = logged(CARD, typed(text))
    assert verdicts(passed(commands, subject, SOON)) == [skip("acknowledged")]


def test_where_the_thumb_is_nothing_is_said_and_where_only_the_reply_is_it_follows() -> None:
    asked = typed("/why")
    assert verdicts(logged(CARD, reacted(asked, BOT))) == [skip("acknowledged")]
    replied = signed("@paul voici", reference(CARD.id, "reply", asked.id))
    halfway = logged(CARD, asked, comment(BOT, replied, SOON))
    assert verdicts(halfway) == [skip("replied"), thumb(asked)]


@pytest.mark.parametrize(
    ("who", "emoji"), [(MEL.member_id, "thumbsup"), (BOT, "heart"), (ZOE.member_id, "thumbsup")]
)
def test_a_reaction_of_somebody_else_or_another_one_acknowledges_nothing(
    who: str, emoji: str
) -> None:
    asked = typed("/mute")
    assert verdicts(logged(CARD, reacted(asked, who, emoji))) == [thumb(asked)]


def test_a_thumb_of_a_former_account_of_the_bot_counts() -> None:
    former = an_id("former bot")
    thumbed = reacted(typed("/mute"), former)
    me = replace(ME, accounts=ME.accounts | {former})
    assert verdicts(logged(CARD, thumbed), me=me) == [skip("acknowledged")]


def test_each_of_several_commands_has_its_own_answer() -> None:
    first, second, third = typed("/mute"), typed("/aide", MEL, 6), typed("/resume", PAUL, 7)
    assert verdicts(logged(CARD, reacted(first, BOT), second, third)) == [
        skip("acknowledged"),
        reply(second, Help(MEL, for_owner=False), "mel"),
        thumb(second),
        thumb(third),
    ]


def rewritten(on: Card, before: Action, text: str) -> tuple[Card, Action]:
    """Return the card once its author has changed a comment, and that comment."""
    after_it = replace(before, text=text)
    log = tuple(after_it if each.id == before.id else each for each in on.log or ())
    return replace(on, log=log), after_it


@pytest.mark.covers("H10")
def test_an_edited_comment_counts_as_it_now_reads() -> None:
    before = typed("/snoze 3j")
    asked = passed(commands, logged(CARD, before), SOON)
    subject, mended = rewritten(asked, before, "/snooze 3j")
    assert verdicts(subject) == [thumb(mended)]
    no_more, _ = rewritten(logged(CARD, before), before, "tant pis")
    assert verdicts(no_more) == NOTHING


@pytest.mark.parametrize(
    ("wrong", "right", "message"),
    [
        ("/wy", "/why", Why(PAUL, MEL, NOW, Reason("ball_handed_over"), ())),
        ("/ade", "/aide", Help(PAUL, for_owner=True)),
    ],
)
def test_a_mistyped_command_that_its_author_mends_gets_its_answer_once(
    wrong: str, right: str, message: Message
) -> None:
    before = typed(wrong)
    told_so = passed(commands, logged(CARD, before), SOON)
    subject, mended = rewritten(told_so, before, right)
    assert verdicts(subject) == [reply(mended, message, "paul"), thumb(mended)]
    assert verdicts(passed(commands, subject, SOON)) == [skip("acknowledged")]
    # The other way round the answer stays the only one to the command, and the example comes.
    answered = passed(commands, logged(CARD, mended), SOON)
    undone, _ = rewritten(answered, mended, wrong)
    (example,) = verdicts(undone)
    assert isinstance(example, Planned)


@pytest.mark.parametrize(
    "parts",
    [
        {"label_ids": CARD.label_ids | {HOLD}},
        {"label_ids": frozenset[str]()},
        {"closed": True},
        {"is_template": True},
        {"role": "mirror"},
        {"list_id": IDEAS},
        {"list_id": an_id("archived list")},
        {"log": None},
    ],
)
def test_on_these_cards_no_command_is_heard(parts: dict[str, Any]) -> None:
    assert verdicts(replace(logged(CARD, typed("/aide")), **parts)) == NOTHING


@pytest.mark.parametrize("parts", [{"list_id": DONE}, {"due_complete": True}, {"list_id": REVIEW}])
def test_on_delivered_and_done_cards_they_are(parts: dict[str, Any]) -> None:
    asked = typed("/mute", MEL)
    assert verdicts(replace(logged(CARD, asked), **parts)) == [thumb(asked)]


def test_before_hand_over_the_owner_is_heard_and_an_assistant_who_is_on_the_card() -> None:
    bare = card()
    heard, not_heard = typed("/mute"), typed("/mute", MEL)
    found = verdicts(logged(bare, heard, not_heard))
    assert found == [thumb(heard, bare.id)]
    with_mel = logged(replace(bare, member_ids=(MEL.member_id,)), not_heard)
    assert verdicts(with_mel) == [thumb(not_heard, bare.id)]


def test_a_former_assistant_is_heard_no_more() -> None:
    with_tom = replace(CARD, member_ids=(TOM.member_id,))
    assert verdicts(logged(with_tom, typed("/mute", MEL))) == NOTHING
    asked = typed("/mute", TOM)
    assert verdicts(logged(with_tom, asked)) == [thumb(asked)]


def test_on_a_shared_account_the_owners_words_are_commands_and_the_bots_are_not() -> None:
    ours = {"member_id": PAUL.member_id, "app_id": APP}
    log = (replace(each, **ours) if each.member_id == BOT else each for each in CARD.log or ())
    shared = replace(CARD, log=tuple(log))
    asked = replace(typed("/aide"), app_id=APP)
    found = verdicts(logged(shared, asked), me=SHARED)
    assert found == [reply(asked, Help(PAUL, for_owner=True), "paul"), thumb(asked)]
    by_bot = replace(asked, text=signed("/aide", reference(CARD.id, "reply", asked.id)))
    assert verdicts(logged(shared, by_bot), me=SHARED) == NOTHING
