"""The owner's turn: two of Paul's working days, in his own hours."""

import pytest
from msgspec.structs import replace

from bot.domain.changes import AddLabel, PostComment
from bot.domain.model import Card
from bot.domain.rules.stall import stall
from bot.domain.tokens import reference
from tests.builders import (
    MEL,
    NOW,
    PAUL,
    logged,
)
from tests.unit.domain.handed import (
    after,
    comments,
    done_by_bot,
    log_of,
    planned,
    said,
    skipped,
    skips,
)
from tests.unit.domain.stuck import (
    ASKED,
    CARD,
    FULL,
    IN_QUESTIONS,
    IN_REVIEW,
    LEFT,
    ON,
    SECOND,
    STUCK,
    THEIRS,
    kinds,
)


@pytest.mark.parametrize(
    ("subject", "awaited", "assistant"),
    [
        (ASKED, "ANSWER", "mel"),
        (IN_QUESTIONS, "ANSWER", "mel"),
        (IN_REVIEW, "REVIEW", "mel"),
        (LEFT, "ASSISTANT", "None"),
    ],
)
def test_the_owner_is_asked_in_their_calendar_when_the_card_waits_for_them(
    subject: Card, awaited: str, assistant: str
) -> None:
    [waits] = skips(stall, subject, THEIRS - SECOND)
    assert (waits.reason.code, waits.until) == ("moving", THEIRS)
    assert waits.reason.values == {"person": "Paul"}
    offer, flag = planned(stall, subject, THEIRS)
    assert isinstance(offer, PostComment)
    assert offer.mentions == ("paul",)
    data = f"assistant={assistant} since={after(hours=1)} awaited=Awaited.{awaited}"
    assert offer.text.startswith(f"@paul OwnerAwaited reader=paul {data}")
    assert offer.ref == reference(CARD.id, "stall", log_of(subject)[-1].id)
    assert flag == ON


def test_the_owners_own_act_starts_their_clock_anew() -> None:
    looked = logged(IN_REVIEW, said(PAUL, after(1)))
    assert not planned(stall, looked, after(3) - SECOND)
    [offer, _] = planned(stall, looked, after(3))
    assert isinstance(offer, PostComment)
    assert offer.ref == reference(CARD.id, "stall", log_of(looked)[-1].id)
    # They have waited for since it came to them.
    assert f"since={after(hours=1)}" in offer.text


def test_the_assistants_acts_do_not_start_the_owners_clock_anew() -> None:
    assert kinds(logged(IN_QUESTIONS, said(MEL, after(1))), THEIRS) == FULL


def test_an_assistants_silence_does_not_cover_what_is_asked_of_the_owner() -> None:
    assert kinds(logged(IN_QUESTIONS, said(MEL, after(hours=2), "/silence")), THEIRS) == FULL


def test_an_owners_silence_covers_what_is_asked_of_them() -> None:
    quiet = logged(IN_QUESTIONS, said(PAUL, after(hours=2), "/silence"))
    assert skipped(stall, quiet, after(9)) == ["muted"]


def test_a_card_that_nobody_has_and_nobody_left_waits_since_it_was_handed_over() -> None:
    alone = replace(CARD, member_ids=())
    assert skipped(stall, alone, STUCK - SECOND) == ["moving"]
    [offer] = comments(stall, alone, STUCK)
    assert f"since={NOW} awaited=Awaited.ASSISTANT" in offer.text
    assert kinds(done_by_bot(alone, [offer], STUCK), STUCK + SECOND) == (AddLabel,)
