"""People edit while the bot works: they win, and nothing of theirs is lost."""

from collections.abc import Callable

import pytest
from werkzeug.wrappers import Request

from bot.sandbox.call import Answer
from bot.sandbox.rows import Card
from tests.end_to_end.faults import Crash, Meanwhile, dies
from tests.end_to_end.office import Office, Peace, outcomes

Deed = Callable[[Office, Card], object]


def _hold(office: Office, card: Card) -> None:
    office.paul.label(card, office.words.labels["hold"])


def _leave(office: Office, card: Card) -> None:
    elsewhere = office.paul.add_board("Ailleurs", lists=["À faire"])
    office.world.invite(elsewhere, office.robot)
    office.paul.move(card, office.world.list_named(elsewhere, "À faire"))


ENDINGS: dict[str, Deed] = {
    "label taken off": lambda office, card: office.paul.unlabel(card, "delegate"),
    "archived": lambda office, card: office.paul.archive(card),
    "deleted": lambda office, card: office.paul.delete(card),
    "moved to done": lambda office, card: office.move(card, 3),
    "marked complete": lambda office, card: office.paul.complete(card),
    "held": _hold,
    "moved to a board that is not served": _leave,
}

AFTER_DESCRIPTION, BEFORE_COMMENT = 3, 4
"""The reads of one card: the pass's own, the executor's, after the description, before telling."""

EXECUTORS = 1
"""Its first read where the pass has had several cards' logs from the board's."""


def _during(office: Office, card: Card, read: int, deed: Deed) -> None:
    path = f"/cards/{card.id}"
    office.app.faults = Meanwhile("GET", path, lambda: deed(office, card), read)


@pytest.mark.covers("I7", "I8", "I9")
@pytest.mark.parametrize("ending", ENDINGS)
def test_what_ends_a_request_before_the_first_write_leaves_the_card_untouched(
    office: Office, ending: str
) -> None:
    card, other = office.complete(), office.complete("Autre")
    _during(office, card, EXECUTORS, ENDINGS[ending])
    report = office.apply()
    assert office.world.texts(card) == []
    assert not any(card.id in each for each in office.writes)
    assert office.world.members(other) == ["mel"]
    mine = {each.outcome for each in report.effects if each.planned.card_id == card.id}
    assert mine == {"dropped"}
    assert report.exit_code == 0


@pytest.mark.covers("I7", "I8", "I9")
@pytest.mark.parametrize("ending", ENDINGS)
def test_what_ends_a_request_in_mid_turn_drops_the_remaining_changes(
    office: Office, ending: str
) -> None:
    card = office.complete()
    _during(office, card, AFTER_DESCRIPTION, ENDINGS[ending])
    report = office.apply()
    assert outcomes(report)[0] == ("set_description", "applied")
    assert {outcome for _, outcome in outcomes(report)[1:]} == {"dropped"}
    assert office.writes == [f"PUT /cards/{card.id}"]
    assert report.exit_code == 0


@pytest.mark.covers("I7", "I8", "I9")
@pytest.mark.parametrize("ending", ENDINGS)
def test_nobody_is_told_about_a_card_that_has_just_been_withdrawn(
    office: Office, ending: str
) -> None:
    card = office.complete()
    _during(office, card, BEFORE_COMMENT, ENDINGS[ending])
    report = office.apply()
    assert outcomes(report)[-1] == ("post_comment", "dropped")
    assert not [each for each in office.writes if each.endswith("/comments")]
    assert report.exit_code == 0


def test_a_card_that_leaves_the_boards_before_its_log_is_read_is_no_error(office: Office) -> None:
    card, other = office.complete(), office.complete("Autre")
    _during(office, card, 1, _leave)
    assert office.apply().exit_code == 0
    assert office.world.members(other) == ["mel"]


def test_a_hold_taken_off_again_lets_the_work_go_on(office: Office) -> None:
    card = office.complete()
    _during(office, card, AFTER_DESCRIPTION, _hold)
    office.apply()
    office.paul.unlabel(card, office.words.labels["hold"])
    office.settled()
    assert office.world.members(card) == ["mel"]
    assert len(office.world.texts(card)) == 1


@pytest.mark.covers("I13")
def test_a_label_taken_off_and_put_on_again_fills_nothing_twice(office: Office) -> None:
    card = office.complete()
    office.settled()
    face = office.face(card)
    for forget in (False, True, True):
        office.paul.unlabel(card, "delegate")
        assert office.written_by(office.apply) == []
        office.paul.label(card, "delegate")
        office.fresh_bot(forget=forget)
        assert office.written_by(office.settled) == []
    assert office.face(card) == face


@pytest.mark.covers("I1")
@pytest.mark.covers("I2")
def test_a_brief_that_a_person_saves_away_in_mid_turn_comes_back_before_anybody_is_told(
    office: Office,
) -> None:
    card = office.complete()
    notes = card.desc
    office.app.faults = Meanwhile(
        "POST", "/idMembers", lambda: office.paul.describe(card, f"{notes}\nMerci !")
    )
    office.apply()
    assert office.world.texts(card) == []
    office.app.faults = Peace()
    office.settled()
    assert card.desc.startswith(f"{notes}\nMerci !\n\n---\n\n")
    assert "— delegate-bot · ref " in card.desc
    assert len(office.world.texts(card)) == 1


@pytest.mark.parametrize("forget", [False, True])
def test_a_text_saved_between_our_read_and_our_write_comes_back_above_the_brief(
    office: Office, *, forget: bool
) -> None:
    card = office.complete()
    office.app.faults = Meanwhile(
        "PUT", card.id, lambda: office.paul.describe(card, "Le code est 1234.\r\nMerci !")
    )
    report = office.apply()
    assert outcomes(report)[:2] == [("set_description", "applied")] * 2
    office.fresh_bot(forget=forget)
    office.settled()
    assert card.desc.startswith("Le code est 1234.\r\nMerci !\n\n---\n\n")
    assert card.desc.count("— delegate-bot · ref ") == 1
    assert len(office.world.texts(card)) == 1


@pytest.mark.covers("I1")
@pytest.mark.parametrize("forget", [False, True])
def test_a_text_comes_back_when_a_late_writing_of_another_host_covers_the_brief_that_held_it(
    office: Office, *, forget: bool
) -> None:
    card = office.complete()
    notes = card.desc
    office.paul.describe(card, f"{notes}\n\nLe code est 1234.")
    office.settled()
    assert card.desc.startswith(f"{notes}\n\nLe code est 1234.\n\n---\n\n")
    # What lands now was read before Paul typed.
    office.robot.describe(card, card.desc.replace("\n\nLe code est 1234.", ""))
    office.fresh_bot(forget=forget)
    office.settled()
    assert card.desc.startswith(f"Le code est 1234.\n\n{notes}\n\n---\n\n")
    office.paul.describe(card, card.desc.removeprefix("Le code est 1234.\n\n"))
    assert office.written_by(office.settled) == []


@pytest.mark.covers("I1")
def test_a_text_saved_while_its_own_return_is_written_comes_back_too(office: Office) -> None:
    card = office.complete()

    class TwiceAtOnce(Peace):
        words = iter(("Le code est 1234.", "Le code est 5678.\nSonner deux fois."))

        def before(self, request: Request) -> Answer | None:
            text = next(self.words, None) if request.method == "PUT" else None
            if text is not None:
                office.paul.describe(card, f"{text}\n\n{card.desc}")
            return None

    office.app.faults = TwiceAtOnce()
    assert office.apply().exit_code == 0
    assert all(each in card.desc for each in ("1234", "5678", "Sonner deux fois"))
    assert card.desc.count("— delegate-bot · ref ") == 1
    assert office.written_by(office.settled) == []


def test_a_text_for_which_the_description_has_no_room_is_given_back_in_a_comment(
    office: Office,
) -> None:
    card = office.complete()
    long = "\n".join(f"Étape {number} @mel ```" for number in range(850))
    office.app.faults = Meanwhile("PUT", card.id, lambda: office.paul.describe(card, long))
    office.settled()
    (given_back,) = [each for each in office.world.texts(card) if "Étape 849" in each]
    assert given_back.startswith("@paul, ")
    assert "@mel" not in given_back
    assert office.world.members(card) == ["mel"]
    office.fresh_bot(forget=True)
    assert office.written_by(office.settled) == []


@pytest.mark.covers("B5")
@pytest.mark.parametrize(
    "taken_back", ["label taken off", "archived", "moved to done", "marked complete"]
)
def test_a_covered_text_comes_back_also_on_a_card_that_is_taken_back_at_once(
    office: Office, taken_back: str
) -> None:
    card = office.complete()

    class TypedAndTaken(Peace):
        typed = False

        def before(self, request: Request) -> Answer | None:
            if request.method == "PUT" and not self.typed:
                self.typed = True
                office.paul.describe(card, f"À ne pas perdre\n\n{card.desc}")
            return None

        def after(self, request: Request, answer: Answer) -> Answer | None:
            super().after(request, answer)
            if request.method == "PUT" and "À ne pas perdre" not in card.desc:
                ENDINGS[taken_back](office, card)
            return None

    office.app.faults = TypedAndTaken()
    office.apply()
    office.app.faults = Peace()
    office.settled()
    assert card.desc.startswith("À ne pas perdre\n\n")
    assert office.world.members(card) == []
    assert office.written_by(office.settled) == []


def test_a_crash_after_a_crossed_description_loses_no_text(office: Office) -> None:
    card = office.complete()
    office.app.faults = Meanwhile("PUT", card.id, lambda: office.paul.describe(card, "À lire"))
    with pytest.raises(Crash):
        office.apply(seen=dies)
    office.app.faults = Peace()
    office.paul.describe(card, f"Tapé depuis\n\n{card.desc}")
    office.fresh_bot(forget=True)
    office.settled()
    assert card.desc.startswith("À lire\n\nTapé depuis\n\n")
    assert office.written_by(office.settled) == []


@pytest.mark.covers("I3")
def test_a_description_that_a_person_edits_afterwards_is_never_touched_again(
    office: Office,
) -> None:
    card = office.complete()
    office.settled()
    for text in (card.desc.replace("trois devis", "quatre devis"), "Tout autre chose", ""):
        office.paul.describe(card, text)
        assert office.written_by(office.settled) == []
        assert card.desc == text


def test_what_a_person_clears_after_the_hand_over_stays_cleared(office: Office) -> None:
    card = office.complete()
    office.settled()
    office.paul.set_due(card, None)
    office.paul.unassign(card, office.mel)
    assert office.written_by(office.settled) == []


@pytest.mark.covers("I4")
def test_a_deleted_hand_over_is_not_posted_again_while_it_is_remembered(office: Office) -> None:
    card = office.complete()
    office.settled()
    (comment,) = office.world.comments(card)
    office.paul.delete_comment(comment)
    assert office.written_by(office.settled) == []
    office.fresh_bot()
    assert office.written_by(office.settled) == []


@pytest.mark.covers("I4")
def test_a_deleted_question_is_not_asked_again_while_it_is_remembered(office: Office) -> None:
    card = office.delegate("Appeler")
    office.later()
    office.apply()
    (question,) = office.world.comments(card)
    office.paul.delete_comment(question)
    assert office.written_by(office.settled) == []


def test_a_comment_given_up_while_its_answer_was_lost_is_not_taken_for_posted(
    office: Office,
) -> None:
    card = office.complete()

    def lost() -> None:
        office.paul.unlabel(card, "delegate")
        raise ConnectionError

    office.app.faults = Meanwhile("POST", "/actions/comments", lost)
    report = office.apply()
    assert outcomes(report)[-1] == ("post_comment", "dropped")
    office.paul.label(card, "delegate")
    office.settled()
    assert len(office.world.texts(card)) == 1


@pytest.mark.covers("C3")
def test_of_two_equal_comments_of_the_bot_the_oldest_stays(office: Office) -> None:
    card = office.complete()
    office.settled()
    (first,) = office.world.comments(card)
    double = office.robot.comment(card, first.data["text"])
    office.settled()
    assert office.world.comments(card) == [first]
    assert f"DELETE /actions/{double.id}" in office.writes


@pytest.mark.covers("C12")
def test_a_reference_that_a_person_pastes_counts_for_nothing(office: Office) -> None:
    card, other = office.complete(), office.complete("Autre")
    office.apply()
    text = office.world.texts(card)[0]
    third = office.complete("Troisième")
    office.paul.comment(third, text)
    office.mel.comment(other, text)
    office.settled()
    assert len(office.world.texts(third)) == 2
    assert office.world.members(third) == ["mel"]
