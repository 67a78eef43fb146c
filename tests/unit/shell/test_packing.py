"""Packed cards are the same cards, and take up little."""

import tracemalloc

import msgspec
import pytest

from bot.domain.model import Action, Card, Contents, Reaction
from bot.packing import Packed, Packer
from tests.builders import BOT, MEL, NOW, action, card, checklist, comment, edit, replace
from tests.unit.domain.handed import handed


def full(name: str = "Ranger") -> Card:
    """Return a card on which everything stands that can."""
    told = handed(name=name, key=name)
    entries = (
        *(told.log or ()),
        edit(BOT, "idLabels", NOW, labels_on=frozenset({"a", "b"}), labels_off=frozenset({"c"})),
        comment(MEL.member_id, "Ça va \U0001f642 " * 40, NOW, reactions=(Reaction("m", "ok"),)),
        action("updateCheckItemStateOnCard", MEL.member_id, NOW, item="lire", item_done=True),
    )
    return replace(told, log=entries, checklists=(checklist("Étapes", "lire", "écrire", done=1),))


def packed(*cards: Card) -> list[Card]:
    """Return the cards, packed at once."""
    return [*Packer(most_open=0).packed({each.id: each for each in cards}).values()]


def test_a_packed_card_is_equal_to_the_open_one_and_shows_the_same() -> None:
    opened = full()
    (found,) = packed(opened)
    assert isinstance(found.contents, Packed)
    assert found == opened
    assert opened == found
    assert hash(found) == hash(opened)
    assert (found.desc, found.checklists, found.attachments, found.log) == (
        opened.desc,
        opened.checklists,
        opened.attachments,
        opened.log,
    )


def test_a_packed_card_is_not_equal_to_one_with_other_contents() -> None:
    one, other = packed(full(), replace(full(), id="2" * 24, desc="autre"))
    assert one != other
    assert one.contents != other.contents
    assert one.contents.read() != other.contents


def test_cards_packed_apart_are_equal_where_the_cards_are() -> None:
    same = full()
    (one,), (_, other) = packed(same), packed(full("another"), same)
    assert isinstance(one.contents, Packed)
    assert isinstance(other.contents, Packed)
    assert one == other
    assert hash(one) == hash(other)


def test_what_has_no_known_end_is_not_packed() -> None:
    (found,) = packed(replace(full(), log=None))
    assert isinstance(found.contents, Contents)


def test_a_card_is_packed_once() -> None:
    packer = Packer()
    first = packer.packed({"a": full()})
    assert packer.packed(first)["a"] is first["a"]


def test_cards_that_are_packed_anew_do_not_keep_the_others_room() -> None:
    packer = Packer(most_open=0)
    opened = {str(number): full(f"Carte {number}") for number in range(40)}
    packer.packed({"first": full()})
    tracemalloc.start()
    try:
        cards = packer.packed(opened)
        before, _ = tracemalloc.get_traced_memory()
        for number in range(40):
            changed = {key: each.having(desc=f"{number}") for key, each in opened.items()}
            cards = packer.packed(cards | {key: changed[key] for key in [*opened][number:]})
        del changed
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert after < 3 * before


def test_changing_a_packed_card_leaves_it_as_it_is() -> None:
    (found,) = packed(full())
    changed = found.having(desc="neuf")
    assert (changed.desc, changed.log) == ("neuf", found.log)
    assert found.desc == full().desc


def many(number: int) -> dict[str, Card]:
    """Return so many cards on which everything stands."""
    cards = (full(f"Carte {each}") for each in range(number))
    return {each.id: each for each in cards}


def test_cards_of_which_few_are_in_hand_are_not_packed() -> None:
    opened = many(5)
    found = Packer(most_open=5).packed(opened)
    for key, each in opened.items():
        assert found[key].contents.read() is each.contents.read()


def test_only_the_contents_looked_at_lately_lie_open() -> None:
    opened = many(9)
    found = Packer(most_open=3).packed(opened)
    first, *_, last = opened
    assert found[first].contents.read() is opened[first].contents.read()
    contents = found[last].contents.read()
    assert contents is not opened[last].contents.read()
    assert contents == opened[last].contents.read()
    assert found[last].contents.read() is contents
    assert found[first].contents.read() is not opened[first].contents.read()
    assert found == opened


def test_cards_that_are_gone_take_nobodys_room() -> None:
    packer, opened = Packer(most_open=4), many(3)
    found = packer.packed(opened)
    key = next(iter(opened))
    for number in range(10):
        changed = opened[key].having(desc=f"{number}")
        found = packer.packed(found | {key: changed})
        assert found[key].contents.read() is changed.contents.read()


def test_the_first_cards_to_be_packed_may_be_empty() -> None:
    cards = {"empty": card(desc="", log=()), "short": card(desc="ab", log=()), "full": full()}
    packer = Packer(most_open=0)
    found = packer.packed(cards)
    assert found == cards
    assert packer.packed(cards) == cards
    assert found == cards


def test_of_a_huge_card_that_is_gone_little_is_kept() -> None:
    packer = Packer(most_open=0)
    tracemalloc.start()
    try:
        packer.packed({"huge": card(desc="é" * 2_000_000, log=())})
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept < 200_000


def test_alike_cards_take_up_a_fifth_of_their_room() -> None:
    cards = many(50)
    packer = Packer(most_open=0)
    packer.packed({"first": full()})
    tracemalloc.start()
    try:
        opened = copied(cards)
        room, _ = tracemalloc.get_traced_memory()
        found = packer.packed(opened)
        del opened
        packed_room, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert found == cards
    assert packed_room < room / 5


def copied(cards: dict[str, Card]) -> dict[str, Card]:
    """Return the same cards, which share nothing with these."""
    return {
        key: each.having(
            **msgspec.structs.asdict(
                msgspec.msgpack.decode(msgspec.msgpack.encode(each.contents.read()), type=Contents)
            )
        )
        for key, each in cards.items()
    }


@pytest.mark.parametrize("text", ["", "\x00", "é" * 70_000, "\ufffd"])
def test_any_text_is_packed(text: str) -> None:
    said = Action("a", "commentCard", "m", NOW, text=text)
    (found,) = packed(card(desc=text, log=(said,)))
    assert found.desc == text
    assert found.log == (said,)
