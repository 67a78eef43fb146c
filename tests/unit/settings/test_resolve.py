"""Configured names become ids, or a problem with its line and a guess."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, get_args

import msgspec
import pytest

from bot.domain.model import Card, LabelRoles, ListRoles
from bot.domain.tokens import signed
from bot.domain.written import brief_reference
from bot.resolve import (
    Resolved,
    SeenBoard,
    SeenCard,
    SeenLabel,
    SeenList,
    SeenMember,
    SeenMembership,
    lightness,
    resolve,
)
from bot.resolve.findings import Role
from tests.builders import an_id, card, replace
from tests.unit.settings.documents import settings_from

TODAY = date(2026, 11, 23)
BOT, PAUL, MEL, ZOE, EYE, OLD = (f"{number:024x}" for number in range(1, 7))
BOARD, OTHER = "b" * 24, "c" * 24


@dataclass
class World:
    """A board of a small business that each test bends a little."""

    lists: dict[str, str] = field(default_factory=lambda: {"l1": "À faire", "l2": "Terminé"})
    closed_lists: dict[str, str] = field(default_factory=dict)
    labels: list[tuple[str, str]] = field(default_factory=lambda: [("d1", "Delegate"), ("x", "")])
    roles: dict[str, str] = field(
        default_factory=lambda: {BOT: "normal", PAUL: "admin", MEL: "normal"}
    )
    deactivated: frozenset[str] = frozenset()
    cards: list[SeenCard] = field(default_factory=list)
    closed: bool = False

    def board(self, board_id: str = BOARD, short_link: str = "AbCd1234") -> SeenBoard:
        names = {BOT: "robot", PAUL: "Paul", MEL: "mel", ZOE: "zoe", EYE: "eye", OLD: "old_bot"}
        full = {MEL: "Mélanie Rakoto", PAUL: "Paul Durand"}
        return SeenBoard(
            id=board_id,
            name="Entreprise",
            short_link=short_link,
            closed=self.closed,
            lists=tuple(SeenList(i, name) for i, name in self.lists.items())
            + tuple(SeenList(i, name, closed=True) for i, name in self.closed_lists.items()),
            labels=tuple(SeenLabel(i, name) for i, name in self.labels),
            members=tuple(SeenMember(i, names[i], full.get(i, "")) for i in self.roles),
            memberships=tuple(
                SeenMembership(i, role, i in self.deactivated) for i, role in self.roles.items()
            ),
            cards=tuple(self.cards),
        )


def resolved(world: World, text: str = "boards: [AbCd1234]", token: str = BOT) -> Resolved:
    return resolve(settings_from(text), [world.board()], token, TODAY)


def refused(world: World, text: str = "boards: [AbCd1234]") -> tuple[int | None, str, str]:
    """Return line, path and words of the one reason why the board is not served."""
    found = resolved(world, text)
    assert found.boards == {}
    (problem,) = found.problems
    return problem.line, problem.path, f"{problem.message} | {problem.hint}"


def with_lists(lists: str) -> str:
    return f"boards:\n- board: AbCd1234\n  lists: {{{lists}}}"


def test_one_board_and_a_token_are_enough() -> None:
    found = resolved(World())
    board = found.boards[BOARD]
    assert found.problems == ()
    assert board.lists == ListRoles(done=frozenset({"l2"}))
    assert board.labels == LabelRoles(delegate="d1")
    assert board.label_names == {"d1": "Delegate"}
    assert board.list_ids == {"l1", "l2"}
    assert board.member_ids == {BOT, PAUL, MEL}
    assert board.owner.member_id == PAUL
    assert [each.member_id for each in board.assistants] == [MEL]
    assert board.portfolio is None
    assert found.me.member_id == BOT
    assert found.me.accounts == {BOT}
    assert not found.me.shared


@pytest.mark.parametrize(
    ("check_ins", "offsets"),
    [
        ("{}", ("50%", "1d")),
        (
            "{at: [33%, 66%], before: [61d, 7m, 30h, 90m]}",
            ("33%", "66%", "61d", "7m", "1800m", "90m"),
        ),
        ("{at: [], before: []}", ()),
    ],
)
def test_a_board_knows_its_check_ins_by_the_names_in_their_references(
    check_ins: str, offsets: tuple[str, ...]
) -> None:
    found = resolved(World(), f"boards: [AbCd1234]\ncheck_ins: {check_ins}")
    assert found.boards[BOARD].offsets == offsets


def test_people_have_the_files_language_and_the_usual_hours() -> None:
    owner = resolved(World(), "boards: [AbCd1234]\nlanguage: en").boards[BOARD].owner
    assert owner.language == "en"
    assert owner.full_name == "Paul Durand"
    assert owner.calendar.zone == "Europe/Paris"
    assert [len(day) for day in owner.calendar.week] == [2, 2, 2, 2, 2, 0, 0]


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("TERMINE", "done"),
        ("fait", "done"),
        ("Livré", "done"),
        ("Done", "done"),
        ("a valider", "review"),
        ("À relire", "review"),
        ("Review", "review"),
        ("questions", "question"),
        ("Question", "question"),
    ],
)
def test_usual_list_names_are_recognised(name: str, role: str) -> None:
    lists = resolved(World(lists={"l9": name})).boards[BOARD].lists
    assert msgspec.structs.asdict(lists)[role] == {"l9"}


def test_configured_lists_replace_the_recognised_ones() -> None:
    world = World(lists={"l1": "Fait", "l2": "Terminé", "l3": "Idées"})
    lists = resolved(world, with_lists("review: FAIT, ignored: [l3]")).boards[BOARD].lists
    assert lists.review == {"l1"}
    assert lists.done == {"l2"}
    assert lists.ignored == {"l3"}


def test_archived_lists_are_out_of_sight() -> None:
    board = resolved(World(closed_lists={"l3": "Fait"})).boards[BOARD]
    assert board.lists.done == {"l2"}
    assert "l3" not in board.list_ids


def test_a_configured_list_that_is_not_there_refuses_the_board() -> None:
    line, path, words = refused(World(), with_lists("done: [Terminés]"))
    assert (line, path) == (3, "boards[0].lists.done[0]")
    assert words == (
        "no list of the board Entreprise is called so; it has: À faire, Terminé"
        " | did you mean Terminé?"
    )


def test_a_configured_list_that_is_archived_refuses_the_board() -> None:
    world = World(closed_lists={"l3": "Vieux"})
    assert "is archived" in refused(world, with_lists("done: [Vieux]"))[2]


@pytest.mark.parametrize("name", ["delegate", "Déléguer", "A DELEGUER"])
def test_usual_names_of_the_delegate_label_are_recognised(name: str) -> None:
    assert resolved(World(labels=[("d9", name)])).boards[BOARD].labels.delegate == "d9"


def test_labels_are_found_by_name_or_id() -> None:
    world = World(labels=[("d1", "À confier"), ("d2", "Coeur de metier"), ("d3", "Stop")])
    text = "boards: [AbCd1234]\nlabels: {delegate: a confier, hold: d3}"
    labels = resolved(world, text).boards[BOARD].labels
    assert labels == LabelRoles(delegate="d1", core="d2", hold="d3")


@pytest.mark.covers("G7")
def test_two_labels_of_one_name_refuse_the_board_with_both_ids() -> None:
    world = World(labels=[("d1", "delegate"), ("d2", "Délégate"), ("d3", "hold")])
    line, path, words = refused(world)
    assert (line, path) == (1, "labels.delegate")
    assert "several labels" in words
    assert "d1 and d2" in words


def test_the_id_decides_between_two_labels_of_one_name() -> None:
    world = World(labels=[("d1", "delegate"), ("d2", "delegate")])
    text = "boards: [AbCd1234]\nlabels: {delegate: d2}"
    assert resolved(world, text).boards[BOARD].labels.delegate == "d2"


def test_of_two_recognised_delegate_labels_the_first_name_counts_and_check_says_so() -> None:
    found = resolved(World(labels=[("d1", "déléguer"), ("d2", "delegate")]))
    assert found.boards[BOARD].labels.delegate == "d2"
    assert "delegate counts and déléguer does not" in found.warnings[0].message


def test_missing_labels_are_for_setup_and_refuse_nothing() -> None:
    text = "boards: [AbCd1234]\nlabels: {hold: en atente}"
    found = resolved(World(labels=[("d3", "En attente")]), text)
    assert found.boards[BOARD].labels == LabelRoles()
    assert [(each.role, each.name) for each in found.missing if each.role != "portfolio"] == [
        ("delegate", "delegate"),
        ("stalled", "à regarder"),
        ("hold", "en atente"),
        ("important", "important"),
        ("core", "cœur de métier"),
    ]
    assert [(each.path, each.hint) for each in found.warnings] == [
        ("labels.delegate", "setup makes it"),
        ("labels.hold", "did you mean En attente?"),
    ]


PORTFOLIO = SeenCard("a" * 24, "Portefeuille", "PoRt1234")
TWIN = SeenCard("e" * 24, "PORTFOLIO", "TwIn1234")


def with_portfolio(name: str) -> str:
    return f"boards:\n- board: AbCd1234\n  portfolio: {name}"


@pytest.mark.parametrize(
    "text",
    [
        "boards: [AbCd1234]",
        with_portfolio("PORTEFEUILLE"),
        with_portfolio("PoRt1234"),
        with_portfolio("https://trello.com/c/PoRt1234/1-portefeuille"),
        with_portfolio("a" * 24),
    ],
)
def test_the_portfolio_is_found_by_name_link_address_or_id(text: str) -> None:
    assert resolved(World(cards=[PORTFOLIO]), text).boards[BOARD].portfolio == PORTFOLIO.id


def test_several_portfolio_cards_mean_none_and_check_lists_them() -> None:
    found = resolved(World(cards=[PORTFOLIO, TWIN]))
    assert found.boards[BOARD].portfolio is None
    warning = next(each for each in found.warnings if "portfolio" in each.path)
    assert warning.message.endswith("may be the portfolio: PoRt1234, TwIn1234")


def test_a_short_link_decides_between_two_portfolio_cards() -> None:
    found = resolved(World(cards=[PORTFOLIO, TWIN]), with_portfolio("TwIn1234"))
    assert found.boards[BOARD].portfolio == TWIN.id


def test_without_a_portfolio_setup_makes_one() -> None:
    found = resolved(World(), "boards: [AbCd1234]\nlanguage: en")
    assert found.boards[BOARD].portfolio is None
    assert found.missing[-1].role == "portfolio"
    assert found.missing[-1].name == "Portfolio"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Portefeille", "is called so | did you mean Portefeuille?"),
        ("Bilan", "is called so | setup makes it"),
        ("https://trello.com/c/NoNe1234", "has this address"),
    ],
)
def test_a_configured_portfolio_that_is_not_there_refuses_the_board(
    name: str, message: str
) -> None:
    line, path, words = refused(World(cards=[PORTFOLIO]), with_portfolio(name))
    assert (line, path) == (3, "boards[0].portfolio")
    assert message in words


def test_boards_share_a_portfolio_by_its_address() -> None:
    text = "boards:\n- AbCd1234\n- board: OtHe1234\n  portfolio: https://trello.com/c/PoRt1234\n"
    boards = [World(cards=[PORTFOLIO]).board(), World().board(OTHER, "OtHe1234")]
    found = resolve(settings_from(text), boards, BOT, TODAY)
    assert [board.portfolio for board in found.boards.values()] == [PORTFOLIO.id, PORTFOLIO.id]


def test_a_portfolio_name_is_looked_for_on_its_own_board_only() -> None:
    boards = [World(cards=[PORTFOLIO]).board(), World().board(OTHER, "OtHe1234")]
    found = resolve(settings_from("boards: [AbCd1234, OtHe1234]"), boards, BOT, TODAY)
    assert [board.portfolio for board in found.boards.values()] == [PORTFOLIO.id, None]


def test_the_owner_is_the_only_admin_who_is_no_bot() -> None:
    roles = {BOT: "admin", PAUL: "normal", MEL: "admin", OLD: "admin"}
    text = "boards: [AbCd1234]\nbots: [old_bot]"
    board = resolved(World(roles=roles), text).boards[BOARD]
    assert board.owner.member_id == MEL
    assert [each.member_id for each in board.assistants] == [PAUL]


def test_several_admins_refuse_the_board_and_are_named() -> None:
    roles = {BOT: "normal", PAUL: "admin", MEL: "admin"}
    _, path, words = refused(World(roles=roles))
    assert path == "people.owner"
    assert "several admins (Paul, mel)" in words
    assert "set people.owner.username" in words


def test_without_another_admin_the_tokens_member_is_the_owner() -> None:
    found = resolved(World(roles={BOT: "admin", MEL: "normal"}))
    board = found.boards[BOARD]
    assert board.owner.member_id == BOT
    assert [each.member_id for each in board.assistants] == [MEL]
    assert found.me.shared


def test_a_deactivated_admin_is_no_owner() -> None:
    roles = {BOT: "normal", PAUL: "admin", MEL: "admin"}
    world = World(roles=roles, deactivated=frozenset({MEL}))
    board = resolved(world).boards[BOARD]
    assert board.owner.member_id == PAUL
    assert MEL not in board.member_ids


def test_a_board_without_admin_and_without_the_bot_is_refused() -> None:
    assert "has no admin" in refused(World(roles={MEL: "normal"}))[2]


OWNER_IS = "boards: [AbCd1234]\npeople:\n  owner:\n    username: {}"


def test_the_owner_is_configured_by_user_name() -> None:
    board = resolved(World(), OWNER_IS.format("'@MEL'")).boards[BOARD]
    assert board.owner.member_id == MEL
    assert [each.member_id for each in board.assistants] == [PAUL]


@pytest.mark.parametrize(
    ("name", "guess"),
    [("paull", "did you mean Paul?"), ("mélanie", "did you mean mel?"), ("nobody", "None")],
)
def test_an_owner_who_is_not_on_the_board_refuses_it(name: str, guess: str) -> None:
    line, path, words = refused(World(), OWNER_IS.format(name))
    assert (line, path) == (4, "people.owner.username")
    assert words == f"{name} is no member of the board Entreprise | {guess}"


def test_by_default_every_other_member_assists_but_bots_and_observers() -> None:
    roles = {BOT: "normal", PAUL: "admin", MEL: "normal", ZOE: "normal", EYE: "observer"}
    board = resolved(World(roles={**roles, OLD: "normal"}), "boards: [AbCd1234]\nbots: [old_bot]")
    assert [each.member_id for each in board.boards[BOARD].assistants] == [MEL, ZOE]


ASSISTANTS = """\
boards: [AbCd1234]
people:
  owner: {username: paul}
  assistants:
    - username: zoe
    - username: mel
      language: en
      timezone: Indian/Antananarivo
      capacity: 4h
      skills: [Article SEO]
      away: 2026-12-24
"""


def test_assistants_keep_the_order_and_the_facts_of_the_file() -> None:
    world = World(roles={BOT: "normal", PAUL: "admin", MEL: "normal", ZOE: "normal"})
    settings = settings_from(ASSISTANTS)
    found = resolve(settings, [world.board()], BOT, TODAY, lambda _: "article")
    zoe, mel = found.boards[BOARD].assistants
    assert (zoe.member_id, zoe.skills, zoe.capacity) == (ZOE, None, None)
    assert mel.language == "en"
    assert mel.calendar.zone == "Indian/Antananarivo"
    assert date(2026, 12, 24) in mel.calendar.off
    assert mel.skills == frozenset({"article"})
    assert mel.capacity is not None


def test_an_assistant_who_is_not_on_the_board_stays_known_and_check_says_so() -> None:
    found = resolved(World(), ASSISTANTS)
    board = found.boards[BOARD]
    assert board.assistants[0].username == "zoe"
    assert board.assistants[0].member_id not in board.member_ids
    warning = next(each for each in found.warnings if "assistants" in each.path)
    assert (warning.line, warning.hint) == (5, "invite them to the board")


def test_a_configured_assistant_who_would_be_the_owner_by_default_is_refused() -> None:
    text = "boards: [AbCd1234]\npeople: {assistants: [{username: paul}]}"
    line, path, words = refused(World(), text)
    assert (line, path) == (2, "people.assistants[0].username")
    assert "set people.owner.username" in words


def test_an_assistant_given_as_a_bot_by_id_is_refused() -> None:
    text = f"boards: [AbCd1234]\nbots: ['{MEL}']\npeople: {{assistants: [{{username: mel}}]}}"
    assert "one of bots" in refused(World(), text)[2]


def test_a_token_of_the_owner_is_a_shared_account() -> None:
    found = resolved(World(roles={PAUL: "admin", MEL: "normal"}), token=PAUL)
    assert found.me.shared
    assert found.me.accounts == {PAUL}


def test_former_accounts_stay_recognised_and_unknown_ones_are_mentioned() -> None:
    gone = "f" * 24
    text = f"boards: [AbCd1234]\nbots:\n- old_bot\n- '{gone}'\n- missing"
    found = resolved(World(roles={BOT: "normal", PAUL: "admin", OLD: "normal"}), text)
    assert found.me.accounts == {BOT, OLD, gone}
    assert [(each.line, each.path) for each in found.warnings if "bots" in each.path] == [
        (5, "bots[2]")
    ]


@pytest.mark.parametrize(
    ("world", "text", "message"),
    [
        (World(), "boards: [XxXx1234]", "the bot's account sees no such board"),
        (World(closed=True), "boards: [AbCd1234]", "the board is closed"),
    ],
)
def test_a_board_that_cannot_be_served_is_refused(world: World, text: str, message: str) -> None:
    assert message in refused(world, text)[2]


@pytest.mark.covers("G12")
def test_one_board_under_two_names_is_served_once() -> None:
    found = resolved(World(), f"boards:\n- AbCd1234\n- {BOARD}")
    assert list(found.boards) == [BOARD]
    assert [(each.line, each.message) for each in found.problems] == [
        (3, "this board stands here twice")
    ]


def test_one_refused_board_does_not_stop_the_others() -> None:
    boards = [World(closed=True).board(), World().board(OTHER, "OtHe1234")]
    found = resolve(settings_from("boards: [AbCd1234, OtHe1234]"), boards, BOT, TODAY)
    assert list(found.boards) == [OTHER]
    assert [each.board for each in found.refusals] == [BOARD]


@pytest.mark.parametrize(
    ("roles", "message"),
    [
        ({PAUL: "admin"}, "is no member of the board"),
        ({PAUL: "admin", BOT: "observer"}, "may only read the board"),
    ],
)
def test_a_bot_that_cannot_write_is_mentioned(roles: dict[str, str], message: str) -> None:
    assert message in resolved(World(roles=roles)).warnings[0].message


@pytest.mark.covers("D12")
@pytest.mark.parametrize(("today", "is_near"), [(date(1700, 1, 1), True), (TODAY, False)])
def test_holidays_that_nobody_knows_yet_are_mentioned_when_near(today: date, is_near: bool) -> None:
    text = (
        "boards: [AbCd1234]\npeople:\n  owner: {username: paul, holidays: FR}\n"
        "  assistants:\n  - username: mel\n    holidays: MG"
    )
    found = resolve(settings_from(text), [World().board()], BOT, today)
    paths = {each.path for each in found.warnings if "holidays" in each.path}
    expected = {"people.owner.holidays", "people.assistants[0].holidays"}
    assert paths == (expected if is_near else set())


def test_everything_wrong_with_a_board_is_said_at_once() -> None:
    world = World(labels=[("d1", "delegate"), ("d2", "delegate")])
    text = (
        "boards:\n- board: AbCd1234\n  portfolio: Bilan\n  lists: {done: [Fini]}\n"
        "people: {owner: {username: nobody}}"
    )
    assert [each.path for each in resolved(world, text).problems] == [
        "boards[0].lists.done[0]",
        "labels.delegate",
        "boards[0].portfolio",
        "people.owner.username",
    ]


def test_setup_knows_every_label_that_means_something() -> None:
    assert set(get_args(Role)) == {*LabelRoles.__struct_fields__, "portfolio"}


WITH_PORTFOLIO = (
    "boards: [{board: AbCd1234, portfolio: Pilotage}]\npeople: {owner: {username: paul}}"
)


def marked(name: str, **parts: Any) -> Card:
    return card(name, "", label_ids=frozenset(), log=None, **parts)


def test_cards_that_no_rule_looks_at_do_not_matter() -> None:
    settings = settings_from(WITH_PORTFOLIO)
    looks = lightness(settings)(World().board())
    signed_text = signed("texte", brief_reference(an_id("card c")))
    cards = {
        "labelled": replace(card("a", ""), label_ids=frozenset({"d1"})),
        "folio": marked("Pilotage"),
        "usual folio": marked("Portefeuille"),
        "signed": replace(marked("c"), desc=signed_text),
        "other": replace(card("d", "notes"), label_ids=frozenset({"x"})),
    }
    assert {name for name, each in cards.items() if looks.matters(each)} == cards.keys() - {"other"}


def test_of_cards_that_rules_ask_about_the_log_is_wanted_but_of_portfolios() -> None:
    settings = settings_from(WITH_PORTFOLIO)
    own = signed("charge : 2h", brief_reference(an_id("card own")))
    known = card("known", label_ids=frozenset({"d1"}))
    cards = [
        replace(card("labelled"), label_ids=frozenset({"d1"}), log=None),
        replace(marked("own"), desc=own),
        replace(marked("another's"), desc=own),
        replace(known, label_ids=frozenset({"d1"})),
        replace(card("Pilotage"), label_ids=frozenset({"d1"}), log=None),
        marked("plain"),
    ]
    wanted = lightness(settings)(World().board()).without_log(cards).values()
    assert [each.name for each in wanted] == ["labelled", "own"]
