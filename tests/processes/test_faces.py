"""A derived date may depend on the order in which cards were served, and on nothing else."""

from collections.abc import Mapping

import pytest

from tests.processes.faces import Derived, Face, differences, faces
from tests.processes.place import APPLY, Place
from tests.processes.recovery import Undisturbed

NEAR, FAR = ("9 December: 2h + 48h", "9 December"), ("10 December: 2h + 50h", "10 December")
UNDISTURBED = (NEAR, "08:00", "08:01"), (FAR, "08:02", "08:03")


def board(*dates: tuple[tuple[str, ...], str, str]) -> Mapping[str, Face]:
    """Return a board with a card for each date: told, when it was decided, when handed over."""
    return {f"card {n}": {"derived": Derived(*each)} for n, each in enumerate(dates)}


@pytest.mark.parametrize(
    "found",
    [
        UNDISTURBED,
        # The second was handed over first.
        ((FAR, "08:02", "08:03"), (NEAR, "08:00", "08:01")),
        # It counted the first, whose brief was lost then, and the first counted it.
        ((FAR, "08:02", "08:03"), (FAR, "08:00", "08:01")),
        # Neither had been handed over when the other's date was decided.
        ((NEAR, "08:00", "08:03"), (NEAR, "08:01", "08:02")),
    ],
)
def test_cards_may_be_served_in_another_order(
    found: tuple[tuple[tuple[str, ...], str, str], ...],
) -> None:
    assert list(differences(board(*UNDISTURBED), board(*found))) == []


def test_what_had_been_handed_over_is_counted() -> None:
    found = board((NEAR, "08:00", "08:01"), (NEAR, "08:02", "08:03"))
    (told,) = differences(board(*UNDISTURBED), found)
    assert told.startswith("card 1, date")


@pytest.mark.parametrize("told", [(NEAR[0], FAR[1]), ("11 December: 2h + 52h", "11 December")])
def test_a_date_that_no_order_gives_is_noticed(told: tuple[str, ...]) -> None:
    found = board(UNDISTURBED[0], (told, "08:02", "08:03"))
    assert len(list(differences(board(*UNDISTURBED), found))) == 1


@pytest.mark.parametrize("part", ["due", "desc", "comment"])
def test_a_date_that_differs_anywhere_on_a_card_is_noticed(
    place: Place, wanted: Undisturbed, part: str
) -> None:
    assert place.run(*APPLY).ended() == 0
    store = place.app.store
    assert list(differences(wanted.faces, faces(store))) == []
    (card,) = (each for each in store.cards.values() if each.name == "Devis du toit")
    comment = place.world.comments(card)[0]
    if part == "due":
        card.due = "2027-01-01T15:00:00.000Z"
    elif part == "desc":
        card.desc = card.desc.replace("novembre", "janvier")
    else:
        comment.data["text"] = comment.data["text"].replace("novembre", "janvier")
    assert len(list(differences(wanted.faces, faces(store)))) == 1


@pytest.mark.parametrize(("mine", "told"), [("Devis du toit", 0), ("Portefeuille", 1)])
def test_whether_a_date_may_not_hold_is_compared_where_the_owner_set_it(
    place: Place, wanted: Undisturbed, mine: str, told: int
) -> None:
    assert place.run(*APPLY).ended() == 0
    store = place.app.store
    (card,) = (each for each in store.cards.values() if each.name == mine)
    (folio,) = (each for each in store.cards.values() if each.name == "Portefeuille")
    link = f"[{card.name}](https://trello.com/c/{card.short_link})"
    line = f"- {link}\xa0: Mel, pour le mer. 9 déc., 65h à prévoir (2h + 50h devant, + 25\xa0%)\n"
    folio.desc = folio.desc.replace("\n**Mel", f"{line}\n**Mel", 1)
    assert len(list(differences(wanted.faces, faces(store)))) == told
