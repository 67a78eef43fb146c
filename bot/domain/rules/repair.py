"""repair: of two equal comments of the bot the oldest stays, and a person's text comes back.

When the bot's description crossed one that a person saved in the same moment, the action log
still holds theirs.
"""

from collections.abc import Iterator

from bot.domain.acts import bot_comments, is_bots
from bot.domain.changes import DeleteComment, Planned, Reason, SetDescription, Skip, Verdict
from bot.domain.model import Card, Snapshot
from bot.domain.situation import Situation
from bot.domain.states import silence
from bot.domain.tokens import reference_at_end, references_in
from bot.domain.traces import kind_of_comment
from bot.domain.written import (
    LONGEST_DESCRIPTION,
    brief_reference,
    brief_text,
    length_of,
    with_brief,
    written_brief,
)


def repair(card: Card, situation: Situation) -> Iterator[Verdict]:
    """Mend what the bot itself did wrong; on a shared account doubles are only reported."""
    snapshot = situation.snapshot
    quiet = None if card.id in snapshot.portfolio_ids else silence(card, snapshot)
    if quiet is not None:
        yield Skip("repair", card.id, quiet)
        return
    found = [*_doubles(card, snapshot), *_overwritten(card, snapshot)]
    yield from found or [Skip("repair", card.id, Reason("nothing_to_mend"))]


def _doubles(card: Card, snapshot: Snapshot) -> Iterator[Verdict]:
    board = snapshot.board_of(card)
    seen: set[str] = set()
    for comment in bot_comments(card, snapshot):
        ref = reference_at_end(comment.text)
        if ref is None or kind_of_comment(comment, card, board) is None:
            continue
        if ref not in seen:
            seen.add(ref)
        elif comment.member_id == snapshot.me.member_id and not snapshot.me.shared:
            yield Planned("repair", card.id, DeleteComment(comment.id), Reason("double"))
        else:
            yield Skip("repair", card.id, Reason("double_left"))


def _overwritten(card: Card, snapshot: Snapshot) -> Iterator[Verdict]:
    """Put a person's text on top of the brief that replaced it, unless a person wrote since."""
    board = snapshot.board_of(card)
    brief = written_brief(card)
    writes = [each for each in card.log or () if each.field == "desc"]
    if brief is None or not brief.own or not writes:
        return
    last = writes[-1]
    theirs = last.old or ""
    ours = is_bots(last, card, board, snapshot.me)
    signed_before = brief_reference(card.id) in references_in(theirs)
    kept = " ".join(card.desc.split()).startswith(" ".join(theirs.split()))
    if not ours or signed_before or kept:
        return
    whole = with_brief(theirs, brief_text(card.desc))
    if length_of(whole) > LONGEST_DESCRIPTION:
        yield Skip("repair", card.id, Reason("crossed_too_long"))
    else:
        yield Planned("repair", card.id, SetDescription(whole), Reason("crossed"))
