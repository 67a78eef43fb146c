import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from bot.domain.answers import ANSWERS_NAME, Answer, answer_in
from bot.domain.changes import Reason
from bot.domain.commands import acknowledged
from bot.domain.follow_up import (
    AttachmentsChanged,
    Awaited,
    Changed,
    CheckIn,
    Delivered,
    DescriptionChanged,
    DueChanged,
    FollowUp,
    Help,
    Late,
    LateUnanswered,
    Mistyped,
    NothingDelivered,
    OwnerAwaited,
    Passed,
    Proposal,
    Question,
    Stalled,
    Why,
    WhyLine,
)
from bot.domain.messages import reader_of
from bot.domain.model import Language, Person
from bot.text.writer import LONGEST_COMMENT
from tests.unit.text.follow_ups import (
    COMMANDS,
    DUE,
    LATER,
    MONDAY,
    RULES,
    SPOKEN,
    follow_ups,
)
from tests.unit.text.reading import words
from tests.unit.text.samples import LANGUAGES, REF, assistant, owner, person, writer

EXIT = {"fr": "`/pause 1j`", "en": "`/snooze 1d`"}
NO_REQUEST = (Delivered, Why, Help, Mistyped)
"""News, and answers to commands."""
EVERY_ANSWER = set(Answer)


def written(message: FollowUp) -> str:
    return writer().message(message, REF)


def shown_words(text: str) -> list[str]:
    return re.findall(r"`([^`]*)`", text)


def everything(language: Language) -> list[FollowUp]:
    return list(follow_ups(owner(language), assistant(language), "Devis Dupont"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_request_shows_the_exit_once(language: Language) -> None:
    for message in everything(language):
        if not isinstance(message, NO_REQUEST):
            assert written(message).count(EXIT[language]) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_line_says_for_whom_and_what(language: Language) -> None:
    for message in everything(language):
        first, blank, *_ = written(message).splitlines()
        assert re.fullmatch(rf"@{reader_of(message).username}, .{{15,}}[.?:)]", first)
        assert not blank


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_to_type_is_understood(language: Language) -> None:
    for message in everything(language):
        for word in shown_words(written(message)):
            assert acknowledged(word) or answer_in(word)
            assert not word.startswith("/") or word.split()[0] in SPOKEN[language]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [CheckIn, Stalled, Changed])
def test_a_request_to_the_assistant_can_be_answered_by_each_of_the_four_words(
    kind: type[FollowUp], language: Language
) -> None:
    for message in everything(language):
        if isinstance(message, kind):
            answers = {answer_in(word) for word in shown_words(written(message))} - {None}
            assert answers == EVERY_ANSWER


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_blames_or_scores(language: Language) -> None:
    for message in everything(language):
        assert not re.search(
            r"\b(stale|late|overdue|failed|retard|oubli\w*|négligé\w*|encore une fois)\b|%",
            written(message).lower(),
        )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("question", Question)
def test_each_check_in_asks_its_own_question(question: Question, language: Language) -> None:
    def first_line(asked: Question) -> str:
        aide, boss = assistant(language), owner(language)
        return written(CheckIn(aide, boss, DUE, asked, 2, 6)).splitlines()[0]

    assert first_line(question).endswith("?")
    assert sum(first_line(each) == first_line(question) for each in Question) == 1


def test_a_check_in_states_the_ticked_steps_as_a_fact() -> None:
    message = CheckIn(assistant("fr"), owner("fr"), DUE, Question.OBSTACLE, 2, 6)
    assert "Étapes cochées\u00a0: 2 sur 6." in written(message)
    assert "Étapes" not in written(replace(message, done=0, steps=0))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("question", Question)
def test_the_working_document_is_asked_for_only_when_wanted(
    question: Question, language: Language
) -> None:
    message = CheckIn(assistant(language), owner(language), DUE, question, 2, 6)
    assert "document de travail" not in written(message).replace("working document", "")
    asked = written(replace(message, asks_document=True))
    assert "document de travail" in asked or "working document" in asked
    assert asked != written(message)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_answers_checklist_is_called_by_its_name(language: Language) -> None:
    name = ANSWERS_NAME[language]
    for message in everything(language):
        if isinstance(message, CheckIn | Stalled):
            shown = name in written(message).replace("\u00a0", " ")
            assert shown is (isinstance(message, CheckIn) or message.can_tick)


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("Europe/Paris", "mardi 1er décembre 2026, 17:00 (à Antananarivo — 15:00 à Paris)"),
        ("Indian/Antananarivo", "mardi 1er décembre 2026, 17:00.\n"),
        ("Africa/Nairobi", "mardi 1er décembre 2026, 17:00.\n"),
    ],
)
def test_a_date_tells_other_clocks_only_when_they_differ(zone: str, said: str) -> None:
    boss = person("camille", "Camille Dubois", "fr", zone)
    assert said in written(Late(assistant("fr"), boss, DUE))


def test_the_owner_reads_dates_by_their_own_clock() -> None:
    message = Proposal(
        owner("fr"), assistant("fr"), timedelta(hours=9, minutes=30), MONDAY, DUE, DUE, LATER
    )
    text = written(message)
    assert "vendredi 4 décembre 2026, 15:00 (à Paris — 17:00 à Antananarivo)" in text
    assert "du lun. 30 nov. 2026, 09:00 au mar. 1er déc. 2026, 15:00, soit 9h30" in text
    assert "`/go`" in text


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (None, "a une question pour vous"),
        (Answer.UNCLEAR, "a besoin d’une précision"),
        (Answer.WAITING, "attend quelque chose ou quelqu’un"),
        (Answer.BLOCKED, "a besoin d’aide"),
    ],
)
def test_the_owner_reads_the_answer_in_the_assistants_own_words(
    answer: Answer | None, said: str
) -> None:
    quoted = "@camille bloqué : le mot de passe\ndu *site* \\[ancien\\] ne marche plus"
    text = words(written(Passed(owner("fr"), assistant("fr"), answer, quoted)))
    assert said in text.splitlines()[0]
    assert (
        "«\u00a0＠camille bloqué : le mot de passe du *site* [ancien] ne marche plus\u00a0»" in text
    )


def test_a_long_question_is_cut_only_where_it_must_be() -> None:
    usual = Passed(owner("fr"), assistant("fr"), None, "mot " * 70)
    assert "mot\u00a0»" in written(usual)
    assert "…\u00a0»" in written(replace(usual, quoted="mot " * 80))


def test_a_tick_is_quoted_as_a_tick() -> None:
    text = written(Passed(owner("fr"), assistant("fr"), Answer.BLOCKED, ""))
    assert "réponse cochée" in text
    assert "«" not in text


@pytest.mark.parametrize(("has_review", "said"), [(True, "liste à valider"), (False, "terminée")])
def test_whoever_is_done_learns_how_to_say_so_on_this_board(has_review: bool, said: str) -> None:
    text = written(Late(assistant("fr"), owner("fr"), DUE, has_review=has_review))
    assert re.search(rf"C’est déjà fait\u00a0\? (Placez|Marquez) la carte .*{said}\. Pas", text)


@pytest.mark.parametrize(("completed", "said"), [(True, "Décochez-la"), (False, "remettez-la")])
def test_a_delivery_by_mistake_can_be_taken_back(completed: bool, said: str) -> None:
    text = written(NothingDelivered(assistant("fr"), owner("fr"), completed=completed))
    assert said.lower() in text.lower()
    assert ("marquée comme terminée" in text) is completed


@pytest.mark.parametrize(
    ("completed", "has_done", "said"),
    [
        (False, True, "placez la carte dans la liste des cartes terminées"),
        (True, True, "placez la carte dans la liste des cartes terminées"),
        (False, False, "marquez la carte comme terminée"),
        (True, False, "rien à faire"),
    ],
)
def test_the_owner_of_good_work_learns_how_to_close_the_card(
    completed: bool, has_done: bool, said: str
) -> None:
    message = Delivered(owner("fr"), assistant("fr"), 1, completed=completed, has_done=has_done)
    assert f"- Tout convient\u00a0: {said}.\n" in written(message)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_to_review_does_not_say_that_somebody_waits(language: Language) -> None:
    with_somebody, with_nobody = (
        written(OwnerAwaited(owner(language), each, MONDAY, Awaited.REVIEW))
        for each in (assistant(language), None)
    )
    assert with_somebody == with_nobody


@pytest.mark.parametrize("awaited", Awaited)
def test_the_owner_gets_three_ways_out(awaited: Awaited) -> None:
    text = written(OwnerAwaited(owner("fr"), assistant("fr"), MONDAY, awaited))
    assert len(re.findall(r"^- ", text, re.MULTILINE)) == 3


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("a",), "Lignes ajoutées\u00a0:** «\u00a0a\u00a0»\n"),
        (("a", "", " \u200b", "b"), "Lignes ajoutées\u00a0:** «\u00a0a\u00a0», «\u00a0b\u00a0»\n"),
        (tuple("abcde"), "«\u00a0c\u00a0» et 2 de plus\n"),
        (("lire devis\\_2026 \\- vite",), "«\u00a0lire devis_2026 - vite\u00a0»"),
        (("",), "Description\u00a0:** mise en forme revue\n"),
    ],
)
def test_changed_lines_are_quoted_as_people_saw_them(lines: tuple[str, ...], said: str) -> None:
    assert said in written(Changed(assistant("fr"), (DescriptionChanged(lines, ()),)))


def test_an_attachment_without_a_name_is_counted() -> None:
    change = AttachmentsChanged(("devis.pdf", ""), ("",))
    text = written(Changed(assistant("en"), (change,)))
    assert "- **Attachments added:** “devis.pdf” and 1 more\n" in text
    assert "- **Attachments removed:** 1\n" in text


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        (DUE, LATER, "Tue 1 Dec 2026, 17:00 → Fri 4 Dec 2026, 17:00 (in Antananarivo)"),
        (None, LATER, "no date → Fri 4 Dec 2026, 17:00 (in Antananarivo)"),
        (DUE, None, "removed (it was Tue 1 Dec 2026, 17:00)"),
    ],
)
def test_a_changed_date_shows_both(
    before: datetime | None, now: datetime | None, said: str
) -> None:
    assert f"- **Due:** {said}\n" in written(Changed(assistant("en"), (DueChanged(before, now),)))


def test_many_changes_are_told_with_fewer_words_each() -> None:
    line = "Une ligne assez longue pour en remplir une sur un téléphone"
    many = DescriptionChanged((line,) * 9, (line,) * 9), AttachmentsChanged((line,) * 9, ())
    text = written(Changed(assistant("fr"), (*many, DueChanged(DUE, LATER))))
    assert all(label in text for label in ("ajoutées", "retirées", "Pièces", "Échéance"))
    assert text.count("de plus") == 3


def worst(boss: Person, aide: Person, flood: str) -> Iterator[FollowUp]:
    yield from follow_ups(boss, aide, flood)
    for question in Question:
        yield CheckIn(aide, boss, DUE, question, 10**6, 10**6, asks_document=True)
    for answer in (None, *Answer):
        yield Passed(boss, aide, answer, flood)
    lines, names = DescriptionChanged((flood,) * 9, (flood,) * 9), ("a", flood)
    files = AttachmentsChanged(names * 9, names * 9)
    yield Changed(aide, (lines, files, DueChanged(DUE, LATER)) * 9)
    yield Changed(aide, (lines, files, DueChanged(DUE, LATER)))
    reason = Reason("fault", {"problem": flood})
    reasons = tuple(WhyLine(rule, reason, LATER) for rule in RULES)
    yield Why(boss, aide, MONDAY, reason, reasons)
    yield Delivered(boss, aide, 10**9, completed=True)
    yield LateUnanswered(boss, aide, DUE, LATER)
    yield Proposal(boss, aide, timedelta(days=99, seconds=1), MONDAY, DUE, DUE, LATER)
    yield from (Mistyped(aide, flood, each) for each in COMMANDS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("flood", ["[" * 2_000, "mot " * 999, "@board " * 99, "👩‍👩‍👧‍👦" * 300])
def test_the_worst_card_still_gets_its_message_and_its_exit(flood: str, language: Language) -> None:
    far = replace(owner(language).calendar, zone="America/Argentina/Buenos_Aires")
    at = datetime(2026, 9, 23, 23, tzinfo=UTC)
    boss = replace(owner(language, flood), username="x" * 100, calendar=far)
    aide = replace(assistant(language, flood), username="y" * 100)
    for message in (*worst(boss, aide, flood), Late(aide, boss, at), Stalled(aide, boss, at)):
        text = written(message)
        assert len(text) <= LONGEST_COMMENT
        assert re.findall(r"@[\w.-]+", text) == [f"@{reader_of(message).username}"]
        assert isinstance(message, NO_REQUEST) or text.count(EXIT[language]) == 1
