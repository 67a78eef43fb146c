"""Many start with their own token: the bot then shares an account with the owner."""

import pytest

from bot.sandbox import Grant
from tests.end_to_end.faults import FAULTS
from tests.end_to_end.office import Office


@pytest.fixture
def shared(office: Office) -> tuple[Office, Grant]:
    grant = office.world.grant(office.paul)
    office.use(grant)
    return office, grant


def test_a_card_is_handed_over_once(shared: tuple[Office, Grant]) -> None:
    office, grant = shared
    card = office.complete()
    office.settled()
    assert office.world.members(card) == ["mel"]
    (comment,) = office.world.comments(card)
    assert (comment.id_member_creator, comment.id_app) == (office.paul.id, grant.id_app)
    office.fresh_bot(forget=True)
    assert office.written_by(office.settled) == []


def test_the_application_is_learned_from_the_board(shared: tuple[Office, Grant]) -> None:
    office, grant = shared
    office.complete()
    assert office.plan().reading.snapshot.me.shared
    assert office.plan().reading.snapshot.me.app_id is None
    office.apply()
    office.fresh_bot(forget=True)
    assert office.plan().reading.snapshot.me.app_id == grant.id_app


def test_the_owners_own_comments_are_the_owners(shared: tuple[Office, Grant]) -> None:
    office, _ = shared
    card = office.delegate("Appeler le plombier")
    office.later()
    office.apply()
    assert len(office.world.texts(card)) == 1
    office.paul.comment(card, "méthode : appeler\ncharge : 1h")
    office.later()
    office.settled()
    assert office.world.members(card) == ["mel"]


def test_go_typed_on_the_shared_account_counts(shared: tuple[Office, Grant]) -> None:
    office, _ = shared
    card = office.complete()
    office.paul.label(card, office.words.labels["core"])
    office.settled()
    office.paul.comment(card, "/go")
    office.settled()
    assert office.world.members(card) == ["mel"]


def test_doubles_on_a_shared_account_are_only_reported(shared: tuple[Office, Grant]) -> None:
    office, grant = shared
    card = office.complete()
    office.settled()
    text = office.world.texts(card)[0]
    office.paul.through(grant.id_app).comment(card, text)
    report = office.settled()
    assert not [each for each in office.writes if each.startswith("DELETE")]
    assert "double_left" in {each.reason.code for each in report.plan.skips}
    assert len(office.world.texts(card)) == 2


def test_a_comment_that_the_owner_pastes_with_a_reference_is_theirs(
    shared: tuple[Office, Grant],
) -> None:
    office, _ = shared
    card = office.complete()
    office.settled()
    office.paul.comment(card, office.world.texts(card)[0])
    office.settled()
    assert len(office.world.texts(card)) == 2


@pytest.mark.parametrize("number", range(1, 11))
def test_a_lost_answer_on_a_shared_account_doubles_nothing(
    shared: tuple[Office, Grant], number: int
) -> None:
    office, _ = shared
    card = office.complete()
    office.apply(**FAULTS["answer lost, applied"](office, number))
    office.fresh_bot(forget=True)
    office.settled()
    assert len(office.world.texts(card)) == 1
    assert [len(items) for _, items in office.checklists(card)] == [1, 4]
