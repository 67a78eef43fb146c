"""A comment mentions the one it speaks to, whatever rule posts it."""

import pytest

from bot.domain.changes import Planned, PostComment, Reason
from bot.domain.follow_up import Late, LateUnanswered
from bot.domain.messages import AskCore, Message, UnwritableError
from bot.domain.posting import posting
from tests.builders import MEL, NOW, PAUL, card, situation

CARD = card()
WHY = Reason("due_passed")


@pytest.mark.parametrize(
    ("message", "reader"),
    [
        (Late(MEL, PAUL, NOW), "mel"),
        (LateUnanswered(PAUL, MEL, NOW, NOW), "paul"),
        (AskCore(PAUL, "coeur"), "paul"),
    ],
)
def test_the_reader_is_mentioned_and_the_text_is_signed(message: Message, reader: str) -> None:
    found = posting(("late", CARD), message, "abcdefghij", WHY, situation(CARD))
    assert isinstance(found.change, PostComment)
    assert found == Planned("late", CARD.id, found.change, WHY)
    assert (found.change.ref, found.change.mentions) == ("abcdefghij", (reader,))
    assert found.change.text.startswith(f"@{reader}")
    assert found.change.text.endswith("abcdefghij")


class BrokenPen:
    def message(self, message: Message, ref: str) -> str:
        raise UnwritableError(f"{message} {ref}")

    def brief(self, brief: object) -> str:
        raise NotImplementedError(brief)


def test_what_cannot_be_written_is_not_posted() -> None:
    broken = situation(CARD, texts=BrokenPen())
    with pytest.raises(UnwritableError):
        posting(("late", CARD), Late(MEL, PAUL, NOW), "ref", WHY, broken)
