import pytest

from bot.domain.model import Person
from bot.domain.people import assistant_named, assistant_on, first_name
from tests.builders import MEL, PAUL, STRANGER, TOM, board, card, person


@pytest.mark.parametrize(
    ("members", "assistant"),
    [
        ((), None),
        ((PAUL.member_id, STRANGER), None),
        ((TOM.member_id,), TOM),
        ((TOM.member_id, STRANGER, MEL.member_id), MEL),
    ],
)
def test_the_assistant_of_a_card_is_the_first_in_the_file_of_its_members(
    members: tuple[str, ...], assistant: Person | None
) -> None:
    assert assistant_on(card(member_ids=members), board()) == assistant


@pytest.mark.parametrize("name", ["mel", "MEL", "@mel", "＠mel", "Mél", "Mel Martin", " mel "])
def test_an_assistant_is_meant_by_user_name_full_name_or_first_name(name: str) -> None:
    assert assistant_named(name, board()) == MEL


@pytest.mark.parametrize("name", ["", "@", "martin", "zoe", "me", "paul"])
def test_a_name_that_fits_no_assistant_means_nobody(name: str) -> None:
    assert assistant_named(name, board()) is None


def test_a_name_that_fits_two_assistants_means_neither_unless_it_is_a_user_name() -> None:
    ana, other = person("ana1", full_name="Ana Roux"), person("ana2", full_name="Ana Petit")
    third = person("ana", full_name="Bob Blanc")
    assert assistant_named("ana", board(assistants=(ana, other))) is None
    assert assistant_named("Ana Petit", board(assistants=(ana, other))) == other
    assert assistant_named("ana", board(assistants=(ana, other, third))) == third


def test_people_are_addressed_by_their_first_name() -> None:
    assert first_name(MEL) == "Mel"
    assert first_name(person("mel", full_name=" ")) == "mel"


def test_a_card_has_an_address_for_people() -> None:
    assert card(short_link="AbCd1234").url == "https://trello.com/c/AbCd1234"
