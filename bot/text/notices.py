"""What is told outside Trello: a subject and a few lines, in the reader's language."""

from collections.abc import Sequence
from typing import TypeAlias

from bot.domain.model import Language
from bot.domain.notices import Trouble, Waiting
from bot.text.catalogue import Phrases
from bot.text.neutral import in_notice
from bot.text.visible import shortened

Letter: TypeAlias = tuple[str, str]
"""Subject and body."""

_LONGEST_TITLE = 80
_LONGEST_BOARD = 40
_LONGEST_DETAIL = 500
_MOST_LINES = 8


def waiting_letter(words: Sequence[Waiting], phrases: Phrases) -> Letter:
    """Return one letter about all that waits for one person; the words are theirs alone."""
    language = words[0].to.language
    lines = [_line(each, language, phrases) for each in words[:_MOST_LINES]]
    if len(words) > _MOST_LINES:
        lines.append(phrases.say("notice_more", language, count=str(len(words) - _MOST_LINES)))
    ending = phrases.say("notice_ending", language)
    return _subject(words, language, phrases), "\n\n".join((*lines, ending))


def trouble_letter(trouble: Trouble, language: Language, phrases: Phrases) -> Letter:
    """Return why the bot cannot work, for who can mend it."""
    board = shortened(in_notice(trouble.board), _LONGEST_BOARD)
    subject = "notice_board_refused" if trouble.board else "notice_no_work"
    detail = shortened(in_notice(trouble.detail), _LONGEST_DETAIL)
    body = (
        phrases.say(f"notice_{trouble.failure}", language),
        phrases.say("notice_detail", language, detail=detail),
        phrases.say("notice_check", language),
    )
    return phrases.say(subject, language, board=board), "\n\n".join(body)


def works_again_letter(language: Language, phrases: Phrases) -> Letter:
    """Return that the bot works again."""
    return phrases.say("notice_works", language), phrases.say("notice_mended", language)


def _subject(words: Sequence[Waiting], language: Language, phrases: Phrases) -> str:
    if len(words) > 1:
        return phrases.say("notice_several", language, count=str(len(words)))
    (word,) = words
    name = "notice_important" if word.important else "notice_card"
    about = _about(word, language, phrases)
    return phrases.say(name, language, title=_title(word), about=about)


def _line(word: Waiting, language: Language, phrases: Phrases) -> str:
    board = shortened(in_notice(word.board), _LONGEST_BOARD)
    about = _about(word, language, phrases)
    said = phrases.say("notice_line", language, title=_title(word), board=board, about=about)
    return f"{said}\n{word.card.url}"


def _title(word: Waiting) -> str:
    return shortened(in_notice(word.card.name), _LONGEST_TITLE)


def _about(word: Waiting, language: Language, phrases: Phrases) -> str:
    name = (word.about or "word").replace("-", "_")
    return phrases.say(f"notice_about_{name}", language)
