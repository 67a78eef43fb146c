"""What speaks to the bot alone, and tells the other one nothing."""

import pytest

from bot.domain.ball import is_only_command
from tests.builders import MEL, NOW, comment, edit


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("/mute", True),
        ("/snooze 1d", True),
        ("/pause 2j\n\n  ", True),
        ("/paus 2j", True),
        ("/go", True),
        ("/pause 2j\nJe finis lundi.", False),
        ("J’ai fini.\n/pause 2j", False),
        ("> /mute", False),
        ("ok", False),
        ("", False),
    ],
)
def test_a_command_alone_speaks_to_the_bot(text: str, alone: bool) -> None:
    assert is_only_command(comment(MEL.member_id, text, NOW)) is alone


def test_what_is_no_comment_is_no_command() -> None:
    assert not is_only_command(edit(MEL.member_id, "desc", NOW, text="/mute"))
