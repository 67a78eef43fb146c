import pytest

from bot.domain.answers import (
    ANSWER_ITEMS,
    ANSWERS_NAME,
    STEPS_NAME,
    Answer,
    answer_in,
    answer_of_item,
    answers_of,
    checklist_named,
    is_answers,
    is_steps,
    steps_of,
)
from tests.builders import card, checklist, replace


@pytest.mark.parametrize(
    ("comment", "answer"),
    [
        *(("ok", Answer.ON_TRACK), ("OK !", Answer.ON_TRACK), ("on track", Answer.ON_TRACK)),
        *(("pas clair", Answer.UNCLEAR), ("Pas clair.", Answer.UNCLEAR)),
        *(("Unclear", Answer.UNCLEAR), ("j'attends", Answer.WAITING), ("waiting", Answer.WAITING)),
        *(("J’attends…", Answer.WAITING), ("**J'attends**", Answer.WAITING)),
        *(("bloqué", Answer.BLOCKED), ("Bloquée !", Answer.BLOCKED), ("BLOQUE", Answer.BLOCKED)),
        *(("blocked", Answer.BLOCKED), ("@paul bloqué", Answer.BLOCKED)),
        ("\n\nBloqué\nIl me manque le mot de passe", Answer.BLOCKED),
    ],
)
def test_a_first_line_of_one_word_is_an_answer(comment: str, answer: Answer) -> None:
    assert answer_in(comment) is answer


@pytest.mark.parametrize(
    "comment",
    ["", "C'est bloqué", "Voici\nbloqué", "> bloqué", "okay", "ok pour demain", "attends"],
)
def test_anything_else_is_an_ordinary_comment(comment: str) -> None:
    assert answer_in(comment) is None


def test_all_answers_but_on_track_pass_the_ball() -> None:
    assert [each for each in Answer if not each.passes_the_ball] == [Answer.ON_TRACK]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_item_of_the_checklist_stands_for_its_answer(language: str) -> None:
    items = ANSWER_ITEMS["fr" if language == "fr" else "en"]
    assert {answer_of_item(name.upper()): name for name in items.values()} == items
    assert set(items) == set(Answer)


def test_an_item_by_a_person_stands_for_no_answer() -> None:
    assert answer_of_item("relire") is None


def test_both_checklists_are_known_by_their_name_in_either_language() -> None:
    assert all(is_answers(name.upper()) for name in ANSWERS_NAME.values())
    assert all(is_steps(name.lower()) for name in STEPS_NAME.values())
    assert is_steps("Etapes")
    assert not is_answers("Étapes")
    assert not is_steps("Courses")


def test_steps_are_all_checklists_but_the_answers() -> None:
    mine, answers, steps = checklist("Courses"), checklist("How is it going?"), checklist("Steps")
    full = card(checklists=(mine, answers, steps))
    assert steps_of(full) == (mine, steps)
    assert answers_of(full) == answers
    assert answers_of(card()) is None


def test_of_two_checklists_of_one_name_the_oldest_counts_wherever_it_stands() -> None:
    old = replace(checklist(ANSWERS_NAME["fr"], "En route"), id="0001")
    young = replace(old, id="0002")
    for lists in ((old, young), (young, old)):
        full = card(checklists=lists)
        assert answers_of(full) is old
        assert checklist_named(full, old.name) is old
    assert checklist_named(card(), old.name) is None
