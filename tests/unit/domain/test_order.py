from bot.domain.model import Card
from bot.domain.order import neighbours, rank
from bot.domain.tokens import reference, signed
from bot.domain.written import brief_reference
from tests.builders import BOT, LONG_AGO, MEL, NOW, card, comment, logged, replace, snapshot, utc


def given(name: str, due: str | None = None, priority: str = "") -> Card:
    at = utc(f"2026-12-{due} 14:00") if due else None
    bare = card(name, member_ids=(MEL.member_id,), due=at)
    text = signed(f"priorité : {priority}", brief_reference(bare.id))
    told = signed("à vous", reference(bare.id, "hand-over", MEL.member_id))
    return logged(replace(bare, desc=text), comment(BOT, told, NOW))


def test_priority_comes_first_then_the_due_date_then_the_older_card() -> None:
    late, soon, never = given("a", "09"), given("b", "02"), given("c")
    cards = [(never, None), (late, None), (soon, None), (late, 3), (never, 1)]
    assert sorted(cards, key=lambda each: rank(*each)) == [
        *((never, 1), (late, 3), (soon, None), (late, None), (never, None))
    ]
    same = sorted((given("a"), given("b")), key=lambda each: each.id)
    assert rank(same[0], None) < rank(same[1], None)


def test_a_card_comes_between_two_others() -> None:
    others = (
        given("hier", "01"),
        given("lundi", "07"),
        given("jeudi", "10"),
        given("urgent", "20", "1"),
    )
    new = card("nouvelle", due=utc("2026-12-08 14:00"))
    lost = replace(given("sans brief", "09"), desc="")
    assert neighbours(new, None, MEL, snapshot(new, *others)) == ("lundi", "jeudi")
    assert neighbours(new, None, MEL, snapshot(new, *others, lost)) == ("lundi", "sans brief")
    assert neighbours(new, 1, MEL, snapshot(new, *others)) == (None, "urgent")
    assert neighbours(replace(new, due=None), None, MEL, snapshot(new, *others)) == ("jeudi", None)


def test_the_only_card_and_the_card_itself_have_no_neighbours() -> None:
    mine = given("seule", "01")
    assert neighbours(mine, None, MEL, snapshot(mine)) == (None, None)
    assert neighbours(replace(mine, due=NOW), None, MEL, snapshot(mine)) == (None, None)
    assert mine.created == LONG_AGO
