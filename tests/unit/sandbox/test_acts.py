"""What people do on the page, without any script: forms as the page shows them."""

import pytest
from werkzeug.test import Client

from bot.sandbox import create_app
from bot.sandbox.rows import Card
from tests.unit.sandbox.forms import Reader
from tests.unit.sandbox.shop import Shop


def on_card(shop: Shop, who: str = "paul", lang: str = "fr", card: Card | None = None) -> Reader:
    path = f"/c/{(card or shop.card).short_link}?lang={lang}&as={who}&zone=Europe/Paris"
    return Reader(shop.app, path)


def on_board(shop: Shop, who: str = "paul") -> Reader:
    return Reader(shop.app, f"/b/{shop.board.short_link}?lang=fr&as={who}")


def author(shop: Shop) -> str:
    """Who did what the card's log tells last."""
    return shop.store.members[shop.store.log(shop.card.id)[-1].id_member_creator].username


@pytest.mark.parametrize("who", ["paul", "mel"])
def test_a_comment_is_by_the_person_that_the_reader_is(shop: Shop, who: str) -> None:
    reader = on_card(shop, who)
    assert reader.send("comment", text="Bonjour\r\nà tous").status_code == 303
    assert shop.world.texts(shop.card) == ["Bonjour\nà tous"]
    assert author(shop) == who
    assert "Bonjour" in reader.words


def test_a_card_is_added_at_the_bottom_of_a_list(shop: Shop) -> None:
    on_board(shop, "mel").send("add_card", {"list": shop.todo.id}, name="  Acheter\tdu bois ")
    assert [each.name for each in shop.store.cards_in(shop.todo)][-1] == "Acheter du bois"


def test_a_list_is_added_at_the_right_end(shop: Shop) -> None:
    on_board(shop).send("add_list", name="Questions")
    assert shop.store.lists_of(shop.board)[-1].name == "Questions"


def test_a_label_goes_on_and_off(shop: Shop) -> None:
    reader = on_card(shop)
    known = {"label": shop.label("delegate")}
    reader.send("label", known)
    assert shop.world.labels(shop.card) == ["delegate"]
    reader.send("label", known)
    assert shop.world.labels(shop.card) == []


def test_a_member_goes_on_and_off(shop: Shop) -> None:
    reader = on_card(shop)
    reader.send("member", {"member": shop.mel.id})
    assert shop.world.members(shop.card) == ["mel"]
    reader.send("member", {"member": shop.mel.id})
    assert shop.world.members(shop.card) == []


@pytest.mark.parametrize("act", ["label", "member"])
def test_the_same_form_sent_twice_changes_nothing_more(shop: Shop, act: str) -> None:
    reader = on_card(shop)
    action, values = reader.form(act)
    for _ in range(2):
        assert reader.client.post(action, data=values).status_code == 303
    assert len(shop.card.id_labels) + len(shop.card.id_members) == 1


def test_title_and_description_are_edited(shop: Shop) -> None:
    reader = on_card(shop)
    assert reader.form("describe")[1]["desc"] == "pour lundi"
    reader.send("describe", desc="\npour mardi\r\n<b>vite</b>")
    reader.send("rename", name="Facture\nLebrun")
    assert shop.card.desc == "\npour mardi\n<b>vite</b>"
    assert shop.card.name == "Facture Lebrun"
    assert reader.form("describe")[1]["desc"] == shop.card.desc


def test_a_due_date_is_typed_in_the_readers_zone_and_cleared(shop: Shop) -> None:
    reader = on_card(shop)
    reader.send("due", due="2026-12-04T17:30")
    assert shop.card.due == "2026-12-04T16:30:00.000Z"
    assert reader.form("due")[1]["due"] == "2026-12-04T17:30"
    reader.send("due", due="")
    assert shop.card.due is None


@pytest.mark.parametrize(
    ("due", "zone", "year"),
    [("9999-12-31T23:30", "Europe/Paris", "9999"), ("0001-01-01T00:30", "America/New_York", "1")],
)
def test_a_due_date_at_an_end_of_the_calendar_is_shown_in_utc(
    shop: Shop, due: str, zone: str, year: str
) -> None:
    shop.api.ok("PUT", f"/cards/{shop.card.id}", {"due": f"{due}:00.000Z"})
    reader = Reader(shop.app, f"/c/{shop.card.short_link}?lang=en&as=paul&zone={zone}")
    assert reader.form("due")[1]["due"] == due
    assert f"{year} {due[-5:]} UTC" in reader.words
    assert Client(shop.app).get(f"/b/{shop.board.short_link}?zone={zone}").status_code == 200


def test_a_card_is_marked_complete_and_reopened(shop: Shop) -> None:
    reader = on_card(shop)
    reader.send("complete")
    assert shop.card.due_complete
    reader.send("complete")
    assert not shop.card.due_complete


def test_a_card_is_archived_and_brought_back(shop: Shop) -> None:
    reader = on_card(shop)
    reader.send("archive")
    assert shop.card.closed
    reader.send("archive")
    assert not shop.card.closed


@pytest.mark.parametrize(("place", "at"), [("top", 0), ("bottom", 2)])
def test_a_card_is_moved_by_a_menu(shop: Shop, place: str, at: int) -> None:
    for name in ("un", "deux"):
        shop.paul.add_card(shop.doing, name)
    reader = on_card(shop)
    reader.send("move", list=shop.doing.id, place=place)
    assert shop.store.cards_in(shop.doing).index(shop.card) == at
    assert "a déplacé cette carte de À faire à En cours" in reader.words


@pytest.mark.parametrize(("before", "order"), [("", "abcX"), ("a", "Xabc"), ("c", "abXc")])
def test_a_card_is_dragged_before_another_or_to_the_end(
    shop: Shop, before: str, order: str
) -> None:
    cards = {name: shop.paul.add_card(shop.doing, name) for name in "abc"}
    link = cards[before].short_link if before else ""
    reader = on_board(shop)
    reader.send("drag", card=shop.card.short_link, list=shop.doing.id, before=link)
    shop.paul.rename(shop.card, "X")
    assert "".join(each.name for each in shop.store.cards_in(shop.doing)) == order


def test_a_card_is_dragged_within_its_list(shop: Shop) -> None:
    other = shop.paul.add_card(shop.todo, "autre")
    reader = on_board(shop)
    reader.send("drag", card=other.short_link, list=shop.todo.id, before=shop.card.short_link)
    assert shop.store.cards_in(shop.todo) == [other, shop.card]


def test_an_item_is_ticked_and_unticked(shop: Shop) -> None:
    reader = on_card(shop, "mel")
    reader.send("add_checklist", name="Étapes", items="un\n\n deux \n")
    items = shop.world.items(shop.card)
    assert [each.name for each in items] == ["un", "deux"]
    reader.send("tick", {"item": items[1].id})
    assert [each.done for each in items] == [False, True]
    assert author(shop) == "mel"
    reader.send("tick", {"item": items[1].id})
    assert not items[1].done


def test_a_link_is_attached(shop: Shop) -> None:
    on_card(shop).send("attach", url="https://a.example/devis", name="Devis")
    (attachment,) = shop.store.attachments.values()
    assert (attachment.url, attachment.name) == ("https://a.example/devis", "Devis")


@pytest.mark.parametrize(("lang", "word"), [("fr", "Commenter en tant que"), ("en", "Comment as")])
def test_every_act_brings_the_reader_back_as_the_same_person(
    shop: Shop, lang: str, word: str
) -> None:
    reader = on_card(shop, "mel", lang)
    sent = reader.send("comment", text="x")
    assert sent.headers["Location"].endswith("#activity")
    assert f"{word} Mel Rakoto" in reader.words
    assert "zone=Europe%2FParis" in reader.path


def test_who_is_nobody_here_may_not_be_chosen(shop: Shop) -> None:
    shop.app.site.trial.robot = "robot"
    for name in ("stranger", "robot", "olga", "nobody"):
        reader = on_card(shop, name)
        assert "Commenter en tant que Paul Martin" in reader.words
        menu = reader.page.partition('class="who"')[2].partition("</details>")[0]
        assert f"as={name}" not in menu


def test_where_nobody_may_change_anything_no_form_stands(shop: Shop) -> None:
    shop.store.memberships.clear()
    assert 'name="act" value="comment"' not in on_card(shop).page


# Refusals


@pytest.mark.parametrize(
    ("act", "filled"),
    [
        ("comment", {"text": "  "}),
        ("comment", {"text": "x" * 20_000}),
        ("rename", {"name": " "}),
        ("describe", {"desc": "é" * 20_000}),
        ("due", {"due": "tomorrow"}),
        ("due", {"due": "0001-01-01T00:00"}),
        ("move", {"list": "0" * 24}),
        ("label", {"label": "0" * 24}),
        ("member", {"member": "0" * 24}),
        ("attach", {"url": "javascript:alert(1)"}),
        ("add_checklist", {"name": ""}),
        ("comment", {"act": "delete"}),
        ("comment", {"act": "add_card"}),
        ("comment", {"act": "pass"}),
    ],
)
def test_what_cannot_be_done_is_said_on_the_page_and_changes_nothing(
    shop: Shop, act: str, filled: dict[str, str]
) -> None:
    before, reader = len(shop.store.actions), on_card(shop)
    refused = reader.send(act, **filled)
    assert refused.status_code in {400, 404}
    assert 'role="alert"' in reader.page
    assert len(shop.store.actions) == before


def test_a_member_of_another_board_cannot_be_put_on_a_card(shop: Shop) -> None:
    reader = on_card(shop)
    assert reader.send("member", member=shop.stranger.id).status_code == 400
    assert shop.card.id_members == []


def test_a_card_of_another_board_is_not_dragged_here(shop: Shop) -> None:
    other = shop.paul.add_board("Ailleurs", lists=["x"])
    card = shop.paul.add_card(shop.world.list_named(other, "x"), "autre")
    reader = on_board(shop)
    sent = reader.send("drag", card=card.short_link, list=shop.doing.id, before="")
    assert sent.status_code == 404
    assert card.id_board == other.id


@pytest.mark.parametrize("before", ["zzzzzzzz", "self"])
def test_a_card_is_not_dragged_before_what_is_not_there(shop: Shop, before: str) -> None:
    link = shop.card.short_link
    reader = on_board(shop)
    sent = reader.send(
        "drag", card=link, list=shop.todo.id, before=link if before == "self" else before
    )
    assert sent.status_code == 400


def test_nothing_is_changed_on_a_closed_board(shop: Shop) -> None:
    shop.board.closed = True
    before = len(shop.store.actions)
    assert on_card(shop).send("rename", name="x").status_code == 401
    assert len(shop.store.actions) == before


def test_a_board_that_may_not_be_changed_gets_no_card(shop: Shop) -> None:
    reader = on_board(shop, "mel")
    action, values = reader.form("add_card")
    for each in shop.store.memberships.values():
        each.role = "observer"
    sent = reader.client.post(action, data=values | {"name": "x"})
    assert sent.status_code == 401
    assert len(shop.store.cards) == 1


def test_an_item_of_another_card_is_not_ticked_here(shop: Shop) -> None:
    other = shop.paul.add_card(shop.todo, "autre")
    shop.paul.add_checklist(shop.card, "Étapes", ["un"])
    shop.paul.add_checklist(other, "Étapes", ["deux"])
    (item,) = shop.world.items(other)
    assert on_card(shop).send("tick", item=item.id).status_code == 404
    assert not item.done


def test_a_card_is_not_moved_to_a_list_of_another_board_or_one_that_is_archived(shop: Shop) -> None:
    elsewhere = shop.world.list_named(shop.paul.add_board("Ailleurs", lists=["x"]), "x")
    shop.paul.archive_list(shop.doing)
    for each in (elsewhere, shop.doing):
        assert on_card(shop).send("move", list=each.id).status_code == 404
        assert on_board(shop).send("add_card", list=each.id, name="x").status_code == 404
    assert shop.card.id_list == shop.todo.id
    assert len(shop.store.cards) == 1


def test_a_card_that_is_gone_is_said_to_be_gone(shop: Shop) -> None:
    reader = on_card(shop)
    shop.paul.delete(shop.card)
    assert reader.send("comment", text="x").status_code == 404
    assert "Il n’y a rien à cette adresse" in reader.words


def test_where_comments_are_switched_off_none_is_posted(shop: Shop) -> None:
    shop.board.prefs["comments"] = "disabled"
    assert on_card(shop).send("comment", text="x").status_code == 401
    assert shop.world.texts(shop.card) == []


# The door


@pytest.mark.parametrize("token", ["", "x", "é", None])
def test_a_form_of_another_site_does_nothing(shop: Shop, token: str | None) -> None:
    reader = on_card(shop)
    action, values = reader.form("comment")
    sent = values | {"text": "x", "token": token or ""}
    if token is None:
        del sent["token"]
    answer = reader.client.post(action, data=sent)
    assert answer.status_code == 403
    assert shop.world.texts(shop.card) == []
    assert "recommencez" in answer.text


def test_a_token_holds_for_one_start_only(shop: Shop) -> None:
    path = f"/b/{shop.board.short_link}"
    tokens = {Reader(create_app(shop.store), path).form("add_list")[1]["token"] for _ in "ab"}
    assert len(tokens) == 2


@pytest.mark.parametrize("kind", ["text/plain", "application/json", "multipart/form-data"])
def test_what_a_strange_page_can_send_without_asking_is_no_form_of_ours(
    shop: Shop, kind: str
) -> None:
    reader = on_card(shop)
    action, values = reader.form("comment")
    text = "&".join(f"{name}={value}" for name, value in (values | {"text": "x"}).items())
    assert reader.client.post(action, data=text, content_type=kind).status_code == 403
    assert shop.world.texts(shop.card) == []


@pytest.mark.parametrize(
    ("lang", "told"), [("fr", "Trello fixe ici une limite"), ("en", "Trello sets a limit here")]
)
def test_a_checklist_beyond_the_limit_is_refused_whole_and_says_why(
    shop: Shop, lang: str, told: str
) -> None:
    reader = on_card(shop, lang=lang)
    items = "\n".join(f"étape {each}" for each in range(201))
    assert reader.send("add_checklist", name="Étapes", items=items).status_code == 403
    assert told in reader.words
    assert shop.card.id_checklists == []


def test_a_checklist_with_an_item_that_is_too_long_is_refused_whole(shop: Shop) -> None:
    reader = on_card(shop)
    items = "un\n" + "x" * 16_385
    assert reader.send("add_checklist", name="Étapes", items=items).status_code == 400
    assert shop.card.id_checklists == []


def test_a_form_that_is_too_long_is_not_read(shop: Shop) -> None:
    reader = on_card(shop)
    assert reader.send("comment", text="x" * 300_000).status_code == 413
    assert shop.world.texts(shop.card) == []


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8080", "localhost.evil.example",
                                  "10.0.0.1", "[::2]", "[", ""])  # fmt: skip
def test_who_calls_this_machine_by_another_name_sees_nothing(shop: Shop, host: str) -> None:
    path = f"/c/{shop.card.short_link}"
    answer = Client(shop.app).get(path, headers={"Host": host})
    assert answer.status_code == 421
    assert "Facture" not in answer.text
    action, values = on_card(shop).form("comment")
    client = Client(shop.app)
    sent = client.post(action, data=values | {"text": "x"}, headers={"Host": host})
    assert sent.status_code == 421
    assert shop.world.texts(shop.card) == []


@pytest.mark.parametrize("host", ["localhost", "localhost:8080", "127.0.0.1:8080", "[::1]:8080"])
def test_this_machine_has_these_names(shop: Shop, host: str) -> None:
    path = f"/c/{shop.card.short_link}"
    assert Client(shop.app).get(path, headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
def test_the_page_knows_reading_and_forms_only(shop: Shop, method: str) -> None:
    answer = Client(shop.app).open(f"/c/{shop.card.short_link}", method=method)
    assert answer.status_code == 405


def test_looking_changes_nothing(shop: Shop) -> None:
    before = len(shop.store.actions)
    path = f"/c/{shop.card.short_link}?act=comment&text=x&as=paul"
    assert Client(shop.app).get(path).status_code == 200
    assert len(shop.store.actions) == before
