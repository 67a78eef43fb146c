"""The demonstration ends with the week's digest; the portfolio card shows the same picture."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest

from bot.demo.words import WORDS
from bot.domain.changes import Reason, Skip
from bot.domain.tokens import SIGNATURE, before_signature, reference, reference_at_end
from bot.domain.traces import dashboard_reference
from bot.embedded.work import next_look
from bot.sandbox.samples import CardKey, Language
from tests.end_to_end.demo_week import LANGUAGES, Played, flat, played_in

WEEK_OF_THE_DIGEST = "2026-W49"
FINISHED: tuple[CardKey, ...] = ("article", "invoices", "posts", "suppliers")


@pytest.fixture(params=LANGUAGES)
def played(request: pytest.FixtureRequest) -> Played:
    language: Language = request.param
    return played_in(language)


def test_the_demo_ends_with_one_digest_on_monday_at_nine_where_the_owner_lives(
    played: Played,
) -> None:
    card = played.card("portfolio")
    (digest,) = played.said_by_bot(card)
    at = datetime.fromisoformat(digest.date).astimezone(ZoneInfo(played.sample.text.owner.zone))
    assert f"{at:%A %d %B %H:%M}" == "Monday 30 November 09:00"
    text = digest.data["text"]
    assert text.startswith(f"@{played.owner}, ")
    assert reference_at_end(text) == reference(card.id, "digest", WEEK_OF_THE_DIGEST)
    assert played.stage.world.clock() == datetime.fromisoformat(digest.date)


def test_the_digest_names_what_was_delivered_and_what_is_in_hand(played: Played) -> None:
    (digest,) = played.comments(played.card("portfolio"))
    for name in (*(played.card(key).name for key in FINISHED), played.copied().name):
        assert name in digest


def test_the_story_shows_the_digest_in_full_and_says_where_the_same_picture_stands(
    played: Played,
) -> None:
    (digest,) = played.comments(played.card("portfolio"))
    shown = _words(played.output)
    told = _words(before_signature(digest))
    assert told in shown
    assert _words(played.words("same_picture")) in shown[shown.index(told) :]
    assert played.tells("digest", name=_first_name(played))


def test_the_dashboard_stands_below_the_owners_notes(played: Played) -> None:
    card = played.card("portfolio")
    typed = next(each.desc for each in played.sample.text.cards if each.key == "portfolio")
    assert typed
    assert card.desc.startswith(f"{typed}\n\n---\n")
    assert card.desc.count(dashboard_reference(card.id)) == 1
    assert played.copied().name in card.desc


def test_the_page_afterwards_shows_digest_and_dashboard(played: Played) -> None:
    card = played.card("portfolio")
    page = played.page("after.html")
    assert reference(card.id, "digest", WEEK_OF_THE_DIGEST) in page
    assert dashboard_reference(card.id) in page
    assert SIGNATURE not in played.page("before.html")


def test_the_picture_that_is_kept_current_is_told_of_once_at_most(played: Played) -> None:
    written = [
        each for each in played.by_bot(played.card("portfolio")) if each.type == "updateCard"
    ]
    assert len(written) > 3
    assert flat(played.output).count(flat(played.words("dashboard_only"))) <= 1


def test_a_picture_that_must_wait_brings_no_pass_of_its_own(played: Played) -> None:
    now = played.stage.world.clock()
    soon, later = now + timedelta(minutes=15), now + timedelta(hours=2)
    card = played.card("portfolio").id
    waits = Skip("digest", card, Reason("dashboard_soon"), soon)
    comes = Skip("digest", card, Reason("digest_later"), later)
    replace = msgspec.structs.replace
    for skips, looks in (((waits,), None), ((waits, comes), later)):
        report = replace(played.again, plan=replace(played.again.plan, skips=skips))
        assert next_look(report, now) == looks


def test_the_sums_count_the_digest(played: Played) -> None:
    line = WORDS[played.sample.text.language]["sum_digest"].format(owner=_first_name(played))
    assert f"{line} 1 " in flat(played.output)


def _first_name(played: Played) -> str:
    return played.sample.owner.member.full_name.split()[0]


def _words(text: str) -> str:
    """Return the letters and digits of a text: not its Markdown, not where a terminal wraps it."""
    linked = re.sub(r"\]\([^)]*\)", "]", flat(text))
    return "".join(each for each in linked if each.isalnum())
