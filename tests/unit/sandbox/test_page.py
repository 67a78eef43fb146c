import re
from base64 import b64encode
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from werkzeug.test import Client, TestResponse

from bot.sandbox.page.drawing.markdown import rendered, web_link
from bot.sandbox.page.site import snapshot_page
from bot.sandbox.page.words.english import ENGLISH
from bot.sandbox.page.words.french import FRENCH
from bot.sandbox.rows import Card
from tests.unit.sandbox.shop import Shop, open_shop

EVIL = "<script>alert(1)</script>"


def got(shop: Shop, path: str, **headers: str) -> TestResponse:
    return Client(shop.app).get(path, headers=headers)


def busy() -> Shop:
    shop = open_shop()
    card, paul, mel = shop.card, shop.paul, shop.mel
    paul.label(card, "delegate")
    paul.unlabel(card, "delegate")
    paul.label(card, "important")
    paul.assign(card, mel)
    mel.unassign(card, mel)
    mel.join(card)
    paul.unassign(card, mel)
    paul.set_due(card, datetime(2026, 11, 23, 16, tzinfo=UTC))
    paul.set_due(card, None)
    paul.set_start(card, datetime(2027, 1, 4, 8, tzinfo=UTC))
    paul.set_due(card, datetime(2027, 1, 5, 8, tzinfo=UTC))
    _work_on(shop, card)
    return shop


def _work_on(shop: Shop, card: Card) -> None:
    paul, mel = shop.paul, shop.mel
    mel.add_checklist(card, "Étapes", ["**un**", "deux"])
    mel.tick(card, "deux")
    mel.untick(card, "deux")
    mel.tick(card, "deux")
    mel.attach(card, "https://a.example/guide", "Guide")
    mel.upload(card, "modele.docx", b"x")
    mel.detach(mel.attach(card, "https://b.example", "Faux"))
    mel.move(card, shop.doing, "top")
    mel.rename(card, "Facture 2")
    mel.complete(card)
    mel.complete(card, done=False)
    mel.archive(card)
    mel.archive(card, closed=False)
    comment = mel.comment(card, "Bonjour @paul, voir https://c.example")
    mel.edit_comment(comment, "Bonjour @paul, voir https://c.example !")
    paul.react(comment)


def test_boards_cards_and_backs_have_addresses(shop: Shop) -> None:
    front = got(shop, "/")
    assert shop.board.short_link in front.text
    board = got(shop, f"/b/{shop.board.short_link}")
    assert "Facture Dubois" in board.text
    assert shop.card.short_link in board.text
    assert "pour lundi" in got(shop, f"/c/{shop.card.short_link}").text
    assert got(shop, "/b/zzzzzzzz").status_code == 404
    assert got(shop, "/elsewhere").status_code == 404


@pytest.mark.parametrize(
    ("query", "accept", "word"),
    [
        ("", "", "Activité"),
        ("", "en-GB,en;q=0.9", "Activity"),
        ("", "de", "Activité"),
        ("?lang=en", "fr", "Activity"),
        ("?lang=xx", "", "Activité"),
    ],
)
def test_the_page_speaks_french_or_english(shop: Shop, query: str, accept: str, word: str) -> None:
    page = got(shop, f"/c/{shop.card.short_link}{query}", **{"Accept-Language": accept})
    assert word in page.text


def test_both_languages_have_the_same_words_with_the_same_values() -> None:
    assert list(FRENCH) == list(ENGLISH)
    for key in FRENCH:
        assert set(re.findall(r"{\w+}", FRENCH[key])) == set(re.findall(r"{\w+}", ENGLISH[key]))


@pytest.mark.covers("H15", "S16")
def test_nothing_but_the_page_itself_may_be_loaded_or_run(shop: Shop) -> None:
    answer = got(shop, f"/b/{shop.board.short_link}")
    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    sources = [each.split() for each in policy.split("; ")]
    assert [each[0] for each in sources] == [
        "default-src", "style-src", "base-uri", "script-src", "form-action", "frame-ancestors",
    ]  # fmt: skip
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    for name, element in (("style-src", "style"), ("script-src", "script")):
        inside = re.findall(rf"<{element}>(.*?)</{element}>", answer.text, re.DOTALL)
        digests = [b64encode(sha256(each.encode()).digest()).decode() for each in inside]
        assert [name, f"'sha256-{digests[0]}'"] in sources
        assert len(digests) == 1
    assert not re.search(r"<[^>]+ (?:on\w+|style)=", answer.text)


@pytest.mark.covers("H15", "S16")
def test_text_of_people_shows_literally_everywhere() -> None:
    shop = open_shop()
    card = shop.paul.add_card(shop.todo, EVIL, desc=EVIL)
    shop.paul.add_label(shop.board, EVIL)
    shop.paul.label(card, EVIL)
    shop.mel.comment(card, EVIL)
    shop.mel.add_checklist(card, EVIL, [EVIL])
    shop.mel.attach(card, "https://a.example/" + EVIL, EVIL)
    shop.mel.rename(card, EVIL + "2")
    shop.paul.add_list(shop.board, EVIL)
    for page in (
        got(shop, "/").text,
        got(shop, f"/b/{shop.board.short_link}").text,
        got(shop, f"/c/{card.short_link}?lang={EVIL}&zone={EVIL}").text,
        snapshot_page(shop.store, shop.board),
    ):
        assert EVIL not in page
    assert "&lt;script&gt;" in got(shop, f"/c/{card.short_link}").text


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**gras**", "<strong>gras</strong>"),
        ("un\ndeux", "un<br"),
        ("# titre", "<h1>titre</h1>"),
        ("@mel", '<span class="mention">@mel</span>'),
        ("a@mel.fr @zoe", "a@mel.fr @zoe"),
        ("https://a.example", 'href="https://a.example" rel="noopener'),
        ("![plan](https://a.example/p.png)", '>plan</a>'),
        ("<!-- caché -->", "&lt;!-- caché --&gt;"),
        ("[x](javascript:alert(1))", "[x](javascript:alert(1))"),
        ("[x](data:text/html,x)", "[x](data:text/html,x)"),
        ("| a |\n|---|\n| b |", "<table>"),
    ],
)  # fmt: skip
def test_markdown_is_drawn_without_harm(text: str, html: str) -> None:
    drawn = str(rendered(text, ["mel"]))
    assert html in drawn
    assert "<img" not in drawn


@pytest.mark.parametrize("url", ["ftp://a", "javascript:x", "/c/x", "http://[", ""])
def test_the_page_links_to_the_web_only(url: str) -> None:
    assert not web_link(url)


def test_the_activity_tells_in_sentences() -> None:
    shop = busy()
    page = got(shop, f"/c/{shop.card.short_link}?lang=en").text
    plain = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))
    for sentence in (
        "added this card to À faire", "added the label important", "removed the label delegate",
        "added Mel Rakoto to this card", "joined this card", "left this card",
        "removed Mel Rakoto from this card", "set the due date to Mon 23 Nov 16:00",
        "removed the due date", "set the start to Mon 4 Jan 2027 08:00", "ticked deux",
        "unticked deux", "attached Guide", "removed the attachment Faux",
        "moved this card from À faire to En cours", "renamed this card (before: Facture Dubois)",
        "marked this card complete", "marked this card incomplete", "archived this card",
        "brought this card back", "edited", "👍 1", "Tue 5 Jan 2027 08:00 UTC",
    ):  # fmt: skip
        assert sentence in plain, sentence


def test_times_are_shown_in_the_readers_zone_and_utc() -> None:
    shop = busy()
    path = f"/c/{shop.card.short_link}"
    there = got(shop, f"{path}?lang=fr&zone=Indian/Antananarivo").text
    assert "mar. 5 janv. 2027 11:00 Antananarivo · 08:00 UTC" in there
    shop.app.site.trial.zone = "Europe/Paris"
    assert "09:00 Paris" in got(shop, path).text
    shop.app.site.trial.zone = "Nowhere/None"
    assert "08:00 UTC" in got(shop, path).text
    far = got(shop, f"{path}?zone=Pacific/Auckland").text
    assert "mar. 5 janv. 2027 21:00 Auckland · 08:00 UTC" in far
    west = got(shop, f"{path}?zone=Pacific/Honolulu").text
    assert "lun. 4 janv. 2027 22:00 Honolulu · mar. 5 janv. 2027 08:00 UTC" in west


@pytest.mark.parametrize(
    ("hours", "done", "urgency"),
    [(-1, False, "late"), (3, False, "soon"), (48, False, "calm"), (-1, True, "done")],
)
def test_a_due_date_shows_how_urgent_it_is(
    shop: Shop, hours: int, done: bool, urgency: str
) -> None:
    day, hour = divmod(8 + hours, 24)
    shop.paul.set_due(shop.card, datetime(2026, 11, 23 + day, hour, tzinfo=UTC))
    shop.paul.complete(shop.card, done=done)
    assert f"due-{urgency}" in got(shop, f"/b/{shop.board.short_link}").text


def test_what_nobody_wants_to_read_is_left_out(shop: Shop) -> None:
    def told() -> int:
        return got(shop, f"/c/{shop.card.short_link}").text.count("deed-line")

    before = told()
    shop.api.ok("PUT", f"/cards/{shop.card.id}/pos", {"value": 7})
    shop.paul.label(shop.card, "delegate")
    shop.api.ok("DELETE", f"/labels/{shop.card.id_labels[0]}")
    moved = shop.paul.add_board("Ailleurs", lists=["x"])
    shop.paul.move(shop.card, shop.world.list_named(moved, "x"))
    assert told() == before + 1
    assert "a transféré cette carte depuis" in got(shop, f"/c/{shop.card.short_link}").text


def test_a_snapshot_is_one_file_with_every_back(tmp_path: Path) -> None:
    shop = busy()
    shop.paul.copy_card(shop.card)
    page = snapshot_page(shop.store, shop.board, "en", "Europe/Paris")
    (tmp_path / "board.html").write_text(page, encoding="utf-8")
    for card in shop.store.cards_of(shop.board):
        assert f'id="c-{card.short_link}"' in page
        assert f'href="#c-{card.short_link}"' in page
    assert not re.findall(r'(?:src|href)="(?!#|https://[abc]\.example)', page)
    assert "Paris" in page
    assert "form-action &#39;none&#39;" in page
    assert "script-src" not in page
    assert "<form" not in page
    assert "<script" not in page


def test_an_empty_sandbox_says_so() -> None:
    shop = open_shop()
    shop.store.boards.clear()
    assert "aucun tableau" in got(shop, "/").text
