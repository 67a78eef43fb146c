"""repair: what the bot has made twice goes, and a person's text that it covered comes back."""

from collections.abc import Iterator

from bot.domain.acts import is_bots, stands
from bot.domain.changes import Planned, Reason, SetDescription, Skip, Verdict
from bot.domain.crossings import covered_lines, is_unsettled, own_writings
from bot.domain.doubles import doubles
from bot.domain.messages import Crossed
from bot.domain.model import Card, Snapshot
from bot.domain.posting import posting
from bot.domain.situation import Situation
from bot.domain.states import is_held, silence
from bot.domain.tokens import reference, references_in
from bot.domain.written import (
    LONGEST_DESCRIPTION,
    brief_reference,
    brief_text,
    length_of,
    with_brief,
    written_brief,
)

_GIVEN_BACK_TO = {"not_delegated", "archived", "held"}
"""Why every other rule leaves a card alone on which a person's covered text still comes back."""


def repair(card: Card, situation: Situation) -> Iterator[Verdict]:
    """Mend what the bot itself did wrong; on a shared account doubles are only reported."""
    snapshot = situation.snapshot
    is_portfolio = card.id in snapshot.portfolio_ids
    quiet = None if is_portfolio else silence(card, snapshot)
    found: list[Verdict] = []
    if quiet is None or quiet.code == "not_delegated":
        found += _doubles(card, snapshot)
    if quiet is None or quiet.code in _GIVEN_BACK_TO:
        found += () if is_portfolio else _covered(card, situation)
    yield from found or [Skip("repair", card.id, quiet or Reason("nothing_to_mend"))]


def _doubles(card: Card, snapshot: Snapshot) -> Iterator[Verdict]:
    for change, may in doubles(card, snapshot):
        if may:
            yield Planned("repair", card.id, change, Reason("double"))
        else:
            yield Skip("repair", card.id, Reason("double_left"))


def _covered(card: Card, situation: Situation) -> Iterator[Verdict]:
    """Put a person's text back on top; where it has no room, it goes into a comment."""
    snapshot = situation.snapshot
    if not _is_told_whole(card, snapshot):
        return
    lines = covered_lines(card, snapshot)
    whole = _with_theirs(card, snapshot) or ("\n".join((*lines, "", card.desc)) if lines else "")
    if not whole:
        return
    room = length_of(whole) <= LONGEST_DESCRIPTION
    if room and not is_unsettled(card, snapshot, situation.now):
        yield Planned("repair", card.id, SetDescription(whole), Reason("crossed"))
        return
    if is_held(card, snapshot):
        # Who asked for silence gets their own text back, but no words of the bot's.
        return
    ref = reference(card.id, "reply", own_writings(card, snapshot)[-1].id)
    if not lines or stands(card, ref, snapshot):
        yield Skip("repair", card.id, Reason("crossed_told"))
        return
    message = Crossed(snapshot.board_of(card).owner, tuple(lines))
    yield posting(("repair", card), message, ref, Reason("crossed_too_long"), situation)


def _is_told_whole(card: Card, snapshot: Snapshot) -> bool:
    """Tell whether the log tells how the description came about.

    A text that was the bot's last and lacks its signature was changed by somebody unseen.
    """
    write = next((each for each in reversed(card.log or ()) if each.field == "desc"), None)
    ours = write is not None and is_bots(write, card, snapshot.board_of(card), snapshot.me)
    return not ours or brief_reference(card.id) in references_in(card.desc)


def _with_theirs(card: Card, snapshot: Snapshot) -> str | None:
    """Return a person's whole text above the brief that replaced it, if nobody wrote since."""
    brief = written_brief(card)
    writes = [each for each in card.log or () if each.field == "desc"]
    if brief is None or not brief.own or not writes:
        return None
    theirs = writes[-1].old or ""
    ours = is_bots(writes[-1], card, snapshot.board_of(card), snapshot.me)
    if not ours or brief_reference(card.id) in references_in(theirs) or _begins(card.desc, theirs):
        return None
    return with_brief(theirs, brief_text(card.desc))


def _begins(text: str, beginning: str) -> bool:
    """Tell whether a text begins with another one, however both are spaced."""
    words = beginning.split()
    return not words or " ".join(text.split()).startswith(" ".join(words))
