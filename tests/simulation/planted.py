"""Bugs of the protocol, one by one, that the simulator must find: data, loaded by `planting`."""

from collections.abc import Mapping

from msgspec import Struct


class Bug(Struct, frozen=True):
    """One bug: what it breaks, and which words of which module make it."""

    breaks: str
    module: str
    changes: tuple[tuple[str, str], ...]


_EXECUTOR = "bot.executor"
_WRITE = "        written = self._service.write(turn.card, planned.change)\n"
_REMEMBER = """        if isinstance(planned.change, PostComment):
            self._memory.posted(planned.change.ref)
"""
_STOP = """                if isinstance(error, StopError):
                    raise error
"""
_SPEAK = """    yield posting(("stall", card), _message(course, episode), ref, reason, situation)
"""
_FLAG = """    if label is not None and label not in card.label_ids:
        yield _flag(course, label)
"""
_GIVES_BACK = "found += () if is_portfolio else"
_PARTS = """    if brief is not None and not ever_handed_over(card, snapshot):
        for change, why"""

BUGS: Mapping[str, Bug] = {
    "settle removed": Bug(
        "a write that may still land is taken for not applied at once",
        _EXECUTOR,
        (("if not self._settle():", "if False:"),),
    ),
    "retries on": Bug(
        "a write whose answer was lost is sent again",
        "bot.trello.verdict",
        (("return tries if call.is_read else 1", "return tries"),),
    ),
    "lost taken for not applied": Bug(
        "a write without an answer counts as certainly not carried out",
        "bot.trello.verdict",
        (
            (
                "kind = RetryLaterError if call.is_read else AnswerLostError",
                "kind = RetryLaterError",
            ),
        ),
    ),
    "goes on after a failed step": Bug(
        "later steps are taken although an earlier one has failed",
        _EXECUTOR,
        (
            (
                'elif effect.outcome in {"not_applied", "unknown"}:',
                'elif effect.outcome == "never":',
            ),
        ),
    ),
    "no re-read": Bug(
        "a comment is posted on what the card looked like some writes ago",
        "bot.turn",
        (("return careful and self.written", "return False"),),
    ),
    "plan applied as planned": Bug(
        "what people did between plan and write is not asked about again",
        "bot.turn",
        (
            (
                "wanted = {key_of(each): each for each in self._wanted(card, self.situation)}",
                "wanted = dict(self._waiting)",
            ),
        ),
    ),
    "label before comment": Bug(
        "the flag of stopped work goes up before help is offered",
        "bot.domain.rules.stall",
        ((_SPEAK + _FLAG, _FLAG + _SPEAK),),
    ),
    "assistant not read back": Bug(
        "whom a brief names is decided anew after a crash",
        "bot.domain.filling",
        (("    if named is not None:\n        return named\n", ""),),
    ),
    "hand-over first": Bug(
        "the assistant is told before the card is filled",
        "bot.domain.filling",
        ((_PARTS, "    yield _hand_over(card, brief, assistant, situation)\n" + _PARTS),),
    ),
    "no author check": Bug(
        "a reference that a person pasted counts as the bot's comment",
        "bot.domain.acts",
        (
            (
                "    if action.member_id not in me.accounts:\n        return False",
                "    if action.member_id not in me.accounts:\n        return True",
            ),
        ),
    ),
    "token without card id": Bug(
        "a reference counts on a copy of the card too",
        "bot.domain.tokens",
        (('f"1|{card_id}|{kind}|{occurrence}"', 'f"1|{kind}|{occurrence}"'),),
    ),
    "doubled comments not swept": Bug(
        "of two equal comments both stay",
        "bot.domain.doubles",
        (("    yield from _comments(card, snapshot)\n", ""),),
    ),
    "doubled parts not swept": Bug(
        "of two equal checklists both stay",
        "bot.domain.doubles",
        (("    yield from ((each, mine) for each in _checklists(card, snapshot))\n", ""),),
    ),
    "own double deleted on a shared account": Bug(
        "a comment that may be a person's is deleted",
        "bot.domain.doubles",
        (
            (
                "comment.member_id == me.member_id and not me.shared",
                "comment.member_id == me.member_id",
            ),
        ),
    ),
    "application never learned": Bug(
        "on a shared account the bot does not know its own comments",
        "bot.domain.acts",
        (
            (
                "return min(mine, key=lambda action: action.at).app_id if mine else None",
                "return None",
            ),
        ),
    ),
    "covered text not given back": Bug(
        "a text that the bot's description covered is lost",
        "bot.domain.rules.repair",
        ((_GIVES_BACK, "found += () if card else"),),
    ),
    "remembered before posted": Bug(
        "a comment is noted as posted before it is",
        _EXECUTOR,
        ((_WRITE, _REMEMBER + _WRITE),),
    ),
    "crash not noted": Bug(
        "after a crash the next run does not wait for what is under way",
        "bot.state",
        (("self._tried(self._note_beginning)", "self._tried(self._note_clean_end)"),),
    ),
    "lease not taken": Bug(
        "two workers of one installation write at once",
        "bot.state",
        (("            lock.acquire(timeout=0)\n", "            pass\n"),),
    ),
    "own lists not known": Bug(
        "a checklist that a crash left unfinished stays so",
        "bot.domain.filling",
        (('        action.type == "addChecklistToCard"\n', '        action.type == "never"\n'),),
    ),
    "items not counted": Bug(
        "items that are there are added again",
        "bot.domain.filling",
        (("        if wanted[item] > have[item]:\n", "        if wanted[item] > 0:\n"),),
    ),
    "uploads not known": Bug(
        "a file that is there is uploaded again",
        "bot.domain.filling",
        (("        if name not in uploads and fold", "        if fold"),),
    ),
    "refusal of the token passed over": Bug(
        "the pass goes on writing when the credentials are refused",
        _EXECUTOR,
        ((_STOP, ""),),
    ),
    "clocks not compared": Bug(
        "a clock that is off decides what is due",
        "bot.reading",
        (("abs(now - server_time) > MOST_SKEW", "server_time is now"),),
    ),
    "hold not heard": Bug(
        "a card on which the bot is to be quiet is written to",
        "bot.domain.states",
        (('(is_held(card, snapshot), "held")', '(card is None, "held")'),),
    ),
    "left alone for ever": Bug(
        "what has failed twice is never tried again",
        "bot.quarantine",
        (("known.until <= now or ", ""),),
    ),
    "dashboard at any time": Bug(
        "a dashboard is written as often as it differs",
        "bot.domain.rules.digest",
        (("if now < again and", "if now < now and"),),
    ),
    "dashboard never renewed": Bug(
        "a dashboard once written stays as it is",
        "bot.domain.rules.digest",
        (("if now < again and", "if written and"),),
    ),
    "others' acts passed over": Bug(
        "a board counts as moved by the bot alone whoever has acted",
        "bot.kept",
        (("if not explained or others or done - mine or", "if not explained or"),),
    ),
}
