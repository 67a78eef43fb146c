from datetime import timedelta

import pytest

from bot.domain.changes import Reason
from bot.domain.choice import ChosenKind, choose_kind, wanted_assistants
from bot.domain.fields import Field, read_fields
from bot.domain.messages import BrokenTemplate, NobodyForKind, Unreadable
from bot.domain.model import Person
from bot.domain.policy import KindText, Policy
from tests.builders import MEL, TOM, board, card, kind, person

POLICY = Policy(
    kinds={
        each.name: each
        for each in (
            kind("article", keywords=("article", "article de blog")),
            kind("bilan", keywords=("bilan",)),
            kind("blog", keywords=("blog", "article de blog")),
            kind("generic"),
        )
    },
    broken_kinds={"devis": "devis.md, line 3: unknown key"},
)
LABELS = {"l1": "Article", "l2": "Bilan", "l3": "urgent", "l4": "DEVIS"}


def chosen(title: str = "Divers", desc: str = "", labels: tuple[str, ...] = ()) -> ChosenKind:
    on = board(label_names=LABELS)
    return choose_kind(card(title, labels=labels), on, POLICY, read_fields(desc))


@pytest.mark.parametrize(
    ("title", "desc", "labels", "name", "why"),
    [
        ("Bilan", "brief : blog", ("l1",), "article", "kind_by_label"),
        ("Bilan", "brief : blog", ("l3", "l2", "l1"), "article", "kind_by_label"),
        ("Bilan", "brief : blog", ("l3", "unknown"), "blog", "kind_by_line"),
        ("Bilan", "Brief : BLOG", (), "blog", "kind_by_line"),
        ("Le bilan de mai", "", (), "bilan", "kind_by_keyword"),
        ("Un Article: le bilan", "", (), "article", "kind_by_keyword"),
        ("Article de blog sur le bilan", "", (), "article", "kind_by_keyword"),
        ("Particles", "", (), "generic", "kind_by_default"),
        ("Divers", "", (), "generic", "kind_by_default"),
    ],
)
def test_the_kind_is_by_label_else_line_else_longest_keyword_else_file_name_else_default(
    title: str, desc: str, labels: tuple[str, ...], name: str, why: str
) -> None:
    found = chosen(title, desc, labels)
    assert (found.name, found.why.code, found.obstacles) == (name, why, ())
    assert found.kind == POLICY.kinds[name]


def test_the_keyword_that_decided_is_told() -> None:
    assert chosen("Mon bilan").why == Reason("kind_by_keyword", {"word": "bilan"})


def test_a_kind_may_be_called_by_its_title() -> None:
    on = board(label_names={"l": "Fiche Produit"})
    settings = Policy(kinds={"fiche": kind("fiche produit"), "generic": kind("generic")})
    found = choose_kind(card(labels=("l",)), on, settings, {})
    assert found.name == "fiche"


def test_of_kinds_that_are_called_alike_the_first_by_name_is_meant() -> None:
    alike = {f"k{place}": kind(f"k{place}", text=KindText("Devis")) for place in range(9)}
    settings = Policy(kinds=alike, default_kind="k8")
    assert settings.kind_named("devis") == "k0"
    labelled = choose_kind(card(labels=("l4",)), board(label_names=LABELS), settings, {})
    assert labelled.name == "k0"


@pytest.mark.covers("H17")
@pytest.mark.parametrize("unknown", ["artcle", "../../etc/passwd", "article.md", "/dev/null"])
@pytest.mark.parametrize(("title", "name"), [("Divers", "generic"), ("Mon bilan", "bilan")])
def test_a_line_with_an_unknown_kind_is_blank_and_quoted(
    title: str, name: str, unknown: str
) -> None:
    found = chosen(title, f"brief : {unknown}")
    allowed = ("article", "bilan", "blog", "devis", "generic")
    assert found.name == name
    assert found.obstacles == (Unreadable(Field.BRIEF, unknown, allowed),)


@pytest.mark.parametrize(("desc", "labels"), [("", ("l4",)), ("brief : devis", ())])
def test_a_broken_file_stops_only_the_cards_that_need_it(
    desc: str, labels: tuple[str, ...]
) -> None:
    found = chosen("Mon bilan", desc, labels)
    assert found.kind is None
    assert found.obstacles == (BrokenTemplate("devis", "devis.md, line 3: unknown key"),)
    assert chosen("Mon bilan").kind is not None


ZOE = person("zoe", skills=frozenset({"bilan"}))
LEO = person("leo", skills=frozenset())


@pytest.mark.parametrize(
    ("members", "line", "wanted"),
    [
        ((), "", (MEL, ZOE)),
        ((LEO.member_id,), "assistant : zoe", (LEO,)),
        ((), "assistant : leo", (LEO,)),
        ((), "assistant : @ZOE", (ZOE,)),
    ],
)
def test_a_member_may_take_the_card_else_the_one_named_else_all_with_the_skill(
    members: tuple[str, ...], line: str, wanted: tuple[Person, ...]
) -> None:
    on = board(assistants=(MEL, ZOE, LEO))
    found = wanted_assistants(card(member_ids=members), on, kind("bilan"), read_fields(line))
    assert found == (wanted, ())


def test_a_name_that_means_nobody_is_quoted_with_those_there_are() -> None:
    on = board(assistants=(MEL, ZOE, LEO))
    people, obstacles = wanted_assistants(
        card(), on, kind("article"), read_fields("assistant : Bob\\!")
    )
    assert people == (MEL,)
    assert obstacles == (Unreadable(Field.ASSISTANT, "Bob!", ("mel", "zoe", "leo")),)


def test_a_kind_that_nobody_can_do_is_told() -> None:
    found = wanted_assistants(card(), board(assistants=(ZOE, LEO)), kind("article"), {})
    assert found == ((), (NobodyForKind("article"),))
    assert TOM.skills is None
    assert kind("x").workload == timedelta(hours=3)
