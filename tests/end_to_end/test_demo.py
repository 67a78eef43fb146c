"""The demonstration keeps what it tells: the board afterwards is as the story says."""

import re
import socket
from pathlib import Path
from string import Formatter

import pytest

from bot.demo import run
from bot.demo.words import WORDS
from bot.domain.tokens import reference, reference_at_end
from bot.sandbox import World
from bot.sandbox.samples import SAMPLES, CardKey, Language, furnish
from tests.end_to_end.demo_week import LANGUAGES, Played, bare, played_in, terminal, thumbed

HANDED: tuple[CardKey, ...] = ("article", "invoices", "suppliers", "posts", "wishes", "lease")
UNTOUCHED: tuple[CardKey, ...] = (
    *("maintenance", "showroom", "prices", "visit", "apprentice", "taxes", "gaskets"),
)


@pytest.fixture(params=LANGUAGES)
def played(request: pytest.FixtureRequest) -> Played:
    language: Language = request.param
    return played_in(language)


def test_it_ends_well(played: Played) -> None:
    assert played.code == 0


def test_each_labelled_card_holds_the_notes_as_typed_and_below_them_the_brief(
    played: Played,
) -> None:
    typed = {each.key: each.desc for each in played.sample.text.cards}
    for key in HANDED:
        desc = played.card(key).desc
        assert desc.startswith(typed[key])
        assert desc.count("delegate-bot · ref ") == 1


def test_each_labelled_card_has_a_date_an_assistant_and_two_checklists(played: Played) -> None:
    assistants = {played.sample.first.id, played.sample.second.id}
    for key in HANDED:
        card = played.card(key)
        assert card.due is not None
        assert set(card.id_members) <= assistants
        assert len(card.id_members) == 1
        assert len(card.id_checklists) == 2


@pytest.mark.parametrize("key", UNTOUCHED)
def test_what_was_not_delegated_is_on_hold_or_a_template_stays_untouched(
    played: Played, key: CardKey
) -> None:
    assert played.by_bot(played.card(key)) == []


def test_links_named_in_the_notes_are_attached(played: Played) -> None:
    store = played.stage.world.store
    urls = [store.attachments[each].url for each in played.card("article").id_attachments]
    assert urls == re.findall(r"https://\S+", played.card("article").desc)[:1]


def test_the_incomplete_card_is_asked_about_once_then_filled_with_the_owners_answer(
    played: Played,
) -> None:
    assert played.readers(played.card("wishes"))[:2] == [played.owner, played.second]
    answer = WORDS[played.sample.text.language]["blanks"].splitlines()
    steps = [line.removeprefix("- ") for line in answer if line.startswith("- ")]
    assert [each.name for each in played.stage.world.items(played.card("wishes"))][:4] == steps


def test_a_core_card_is_handed_over_only_after_go_which_is_acknowledged(played: Played) -> None:
    card = played.card("lease")
    go = next(each for each in played.stage.world.comments(card) if each.data["text"] == "/go")
    assert thumbed(go)
    question, hand_over = played.said_by_bot(card)[:2]
    assert question.date < go.date < hand_over.date
    assert all(each.date > go.date for each in played.by_bot(card)[1:])


def test_the_card_that_changed_hands_has_one_hand_over_for_each_assistant(played: Played) -> None:
    card, (first, second) = played.card("suppliers"), (played.sample.first, played.sample.second)
    refs = [reference_at_end(each) for each in played.comments(card)]
    assert refs[:2] == [reference(card.id, "hand-over", each.id) for each in (first, second)]
    assert len(set(refs)) == len(refs)


def test_the_copied_card_gets_a_date_to_come_and_a_hand_over_of_its_own(played: Played) -> None:
    original, copied = played.card("posts"), played.copied()
    assert copied.desc == original.desc
    assert copied.due is not None
    assert original.due is not None
    assert copied.due > original.due
    refs = [reference_at_end(each) for each in played.comments(copied)]
    assert refs.count(reference(copied.id, "hand-over", played.sample.first.id)) == 1


def test_no_request_is_refused(played: Played) -> None:
    assert {each.status for each in played.stage.app.requests} == {200}


def test_the_pages_show_the_board_before_and_after(played: Played) -> None:
    brief = {"fr": "Bonjour Mel", "en": "Hello Mel"}[played.sample.text.language]
    assert played.card("article").name in played.page("before.html")
    assert "delegate-bot · ref" not in played.page("before.html")
    assert brief in played.page("after.html")
    assert "delegate-bot · ref" in played.page("after.html")


def test_the_output_tells_who_did_what_and_where_the_pages_are(played: Played) -> None:
    for name in ("before.html", "after.html"):
        assert str(played.folder / name) in played.output
    for who in (played.sample.owner, played.sample.first, played.sample.second):
        assert who.member.full_name.split()[0] in played.output
    days = {
        "fr": ("Lundi 23", "Vendredi 27", "Lundi 30"),
        "en": ("Monday 23", "Friday 27", "Monday 30"),
    }
    for day in days[played.sample.text.language]:
        assert day in played.output


def test_no_secret_is_shown(played: Played) -> None:
    shown = played.output + played.page("before.html") + played.page("after.html")
    store = played.stage.world.store
    for secret in (*store.tokens, *store.applications):
        assert secret not in shown


def test_colours_and_bars_are_for_terminals(played: Played) -> None:
    assert ("\x1b" in played.output) == (played.sample.text.language == "en")


def test_the_output_fits_80_columns_but_for_the_paths(played: Played) -> None:
    lines = re.split(r"[\r\n]+", bare(played.output))
    assert all(len(line) <= 80 or "html" in line for line in lines)


def test_nothing_is_left_behind(played: Played) -> None:
    bot = played.stage.bot
    address = bot.address.url.split("/")[2].split(":")
    assert not bot.settings.file.parent.exists()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((address[0], int(address[1])), timeout=1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_folder_that_cannot_be_made_is_told_and_ends_with_2(
    tmp_path: Path, language: Language
) -> None:
    taken = tmp_path / "taken"
    taken.write_text("")
    console, written = terminal(language)
    assert run(language, console, taken) == 2
    assert "taken" in written.getvalue()


def test_both_languages_say_the_same_with_the_same_values() -> None:
    french, english = ({k: _values(v) for k, v in WORDS[each].items()} for each in LANGUAGES)
    assert french == english


def test_both_sample_boards_hold_the_same_cards() -> None:
    french, english = (
        [(each.key, each.in_list, each.labels, each.template) for each in SAMPLES[language].cards]
        for language in LANGUAGES
    )
    assert french == english


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sample_board_has_every_list_label_and_card(language: Language) -> None:
    world = World()
    sample = furnish(world, language)
    text = SAMPLES[language]
    assert [each.name for each in world.store.lists_of(sample.board)] == [*text.lists.values()]
    assert {each.name for each in world.store.labels_of(sample.board)} >= {*text.labels.values()}
    assert [each.name for each in sample.cards.values()] == [each.name for each in text.cards]


def _values(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}
