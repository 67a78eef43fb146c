from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.domain.fields import Field
from bot.domain.gather import Gathered, gather
from bot.domain.messages import (
    Brief,
    BriefAttachment,
    BriefStep,
    BrokenTemplate,
    DueConflict,
    Missing,
    NobodyForKind,
    NotOnBoard,
    Obstacle,
    Unreadable,
)
from bot.domain.model import Action, Attachment, Board, Card
from bot.domain.policy import KindText, Policy, Step
from bot.domain.tokens import reference, signed
from tests.builders import (
    BOT,
    LONG_AGO,
    MEL,
    NOW,
    PAUL,
    TOM,
    board,
    card,
    checklist,
    comment,
    edit,
    kind,
    logged,
    person,
    policy,
    replace,
    snapshot,
    utc,
)

HOUR = timedelta(hours=1)
OWN = Policy(
    kinds={
        "generic": kind("generic", title_is_objective=True, workload=None, text=KindText("Tâche")),
        "bilan": kind("bilan", keywords=("bilan",)),
        "achat": kind("achat", keywords=("achat",), attachments_required=True),
        "vide": kind("vide", keywords=("vide",), workload=None, text=KindText("Vide")),
        "joint": kind("joint", keywords=("joint",), links=("https://k.fr",), files=("m.docx",)),
        "rare": kind("rare", keywords=("rare",)),
    },
    broken_kinds={"devis": "line 3"},
)


def found(subject: Card, *others: Card, on: Board | None = None) -> Gathered:
    return gather(subject, snapshot(subject, *others, boards=(on or board(),)), OWN, NOW)


def written(subject: Card, *others: Card, on: Board | None = None) -> Brief:
    brief = found(subject, *others, on=on).brief
    assert brief is not None
    return brief


def obstacles(title: str, desc: str = "", **parts: Any) -> tuple[Obstacle, ...]:
    gathered = found(card(title, desc, **parts))
    assert (gathered.brief is None) is bool(gathered.obstacles)
    return gathered.obstacles


def test_the_kind_gives_all_that_nobody_said() -> None:
    brief = written(card("Le bilan", ""))
    assert (brief.kind.name, brief.title, brief.language) == ("bilan", "Le bilan", "fr")
    assert (brief.objective, brief.objective_own_words) == ("Le faire.", False)
    assert [(each.text, each.own_words) for each in brief.steps] == [
        ("lire", False),
        ("écrire", False),
    ]
    assert (brief.workload, brief.priority, brief.attachments) == (3 * HOUR, None, ())
    assert (brief.assistant, brief.owner) == (MEL, PAUL)
    assert brief.derivation is not None
    assert brief.due == brief.derivation.due == utc("2026-11-30 14:00")


def test_field_lines_of_the_description_come_before_the_kind() -> None:
    brief = written(
        card(
            "Le bilan",
            "Objectif : tout \\*compter\nméthode :\n- ouvrir\n- fermer C\\:\ncharge : 0,5 j\n"
            "pour : 4 décembre\npriorité : 1\nassistant : tom\npièces : https://x.fr/a b",
        )
    )
    assert (brief.objective, brief.objective_own_words) == ("tout *compter", True)
    assert brief.steps == tuple(
        BriefStep(each, None, own_words=True) for each in ("ouvrir", "fermer C:")
    )
    assert (brief.workload, brief.priority, brief.assistant) == (4 * HOUR, 1, TOM)
    assert (brief.due, brief.derivation) == (utc("2026-12-04 17:00"), None)
    assert brief.attachments == (BriefAttachment("https://x.fr/a", "https://x.fr/a"),)


ASKED_AT = NOW - HOUR


def asked(to: Card, *log: Action) -> Card:
    question = comment(BOT, signed("?", reference(to.id, "ask")), ASKED_AT)
    return logged(to, question, *log)


def said(text: str, minutes: float, by: str = PAUL.member_id) -> Action:
    return comment(by, text, ASKED_AT + timedelta(minutes=minutes))


def test_the_owners_latest_answer_comes_before_the_description() -> None:
    subject = asked(
        card("Le bilan", "charge : 3h\nobjectif : le premier"),
        said("charge : 1h\npriorité : 2", 1),
        said("charge : 2h\nmerci", 2),
        said("charge :", 3),
        said("charge : 9h", 4, by=MEL.member_id),
        said("charge : 8h", 4, by=BOT),
        said("charge : 7h", 0),
        said("charge : 6h", -1),
    )
    brief = written(subject)
    assert (brief.workload, brief.priority) == (2 * HOUR, 2)
    assert brief.objective == "le premier"


def test_answers_count_although_a_person_deleted_the_question() -> None:
    subject = logged(card("Le bilan", "", created=ASKED_AT), said("charge : 1h", 0.5))
    asks = frozenset({reference(subject.id, "ask")})
    brief = gather(subject, snapshot(subject, remembered=asks), OWN, NOW).brief
    assert brief is not None
    assert brief.workload == HOUR


def test_before_the_question_no_comment_is_an_answer() -> None:
    subject = logged(card("Le bilan", ""), said("charge : 1h", 0))
    assert written(subject).workload == 3 * HOUR


@pytest.mark.parametrize(
    ("desc", "items", "steps"),
    [
        ("méthode :\n- un\n- deux\n\n- a\n- b", ("x", "y"), ("un", "deux")),
        ("À faire :\n- a\n- b", (" x ", "y"), ("x", "y")),
        ("À faire :\n- a\n- b", (), ("a", "b")),
        ("À faire :\n- a", (), ("lire", "écrire")),
        ("", ("-----", "x", "…"), ("x",)),
        ("", ("-----",), ("lire", "écrire")),
    ],
)
def test_the_method_is_the_line_else_a_checklist_else_a_list_in_the_notes_else_the_kinds(
    desc: str, items: tuple[str, ...], steps: tuple[str, ...]
) -> None:
    full = (checklist("Où en êtes-vous ?", "non"), checklist("Mes étapes", *items))
    brief = written(card("Le bilan", desc, checklists=full))
    assert tuple(each.text for each in brief.steps) == steps


def test_a_step_that_reads_like_a_field_cannot_be_taken_for_one() -> None:
    items = checklist(
        "Mes étapes", "Pour : Mme Martin", "assistant: bob", "Pièces :", "a : b", "Pour : le : 4"
    )
    brief = written(card("Le bilan", "", checklists=(items,)))
    assert [each.text for each in brief.steps] == [
        *("Pour – Mme Martin", "assistant – bob", "Pièces –", "a : b", "Pour – le : 4")
    ]


def test_steps_keep_their_times_unless_the_owner_gives_another_workload() -> None:
    timed = KindText(
        "Bilan", objective="Le faire.", method=(Step("lire", HOUR), Step("écrire", HOUR))
    )
    settings = Policy(kinds={"generic": kind("generic", text=timed)})

    def times(desc: str) -> list[timedelta | None]:
        subject = card("Divers", desc)
        brief = gather(subject, snapshot(subject), settings, NOW).brief
        return [each.time for each in brief.steps] if brief else []

    assert times("") == [HOUR, HOUR]
    assert times("charge : 5h") == [None, None]


def test_the_generic_kind_takes_the_title_as_objective() -> None:
    brief = written(card("Ranger", "méthode :\n- lire\n- trier\ncharge : 1h"))
    assert (brief.objective, brief.objective_own_words) == ("Ranger", True)


BLANK = (Missing(Field.OBJECTIVE), Missing(Field.METHOD), Missing(Field.WORKLOAD))


@pytest.mark.parametrize(
    ("title", "desc", "missing"),
    [
        ("vide", "", BLANK),
        ("vide", "objectif :\nméthode : -\ncharge : …", BLANK),
        ("vide", "objectif : x", BLANK[1:]),
        ("Divers", "", BLANK[1:]),
        ("achat", "", (Missing(Field.ATTACHMENTS),)),
        ("achat", "pièces : aucune", (Missing(Field.ATTACHMENTS),)),
        ("achat", "pièces : https://x.fr", ()),
        ("bilan", "", ()),
    ],
)
def test_all_that_is_required_and_blank_is_listed_at_once(
    title: str, desc: str, missing: tuple[Obstacle, ...]
) -> None:
    assert obstacles(title, desc) == missing


@pytest.mark.parametrize(
    "nothing", ["Aucune", "aucun", "non", "néant", "rien", "none", "no", "nothing", "-"]
)
def test_that_nothing_is_to_be_attached_can_be_said(nothing: str) -> None:
    assert obstacles("bilan", f"pièces : {nothing}") == ()


def test_an_attachment_on_the_card_will_do() -> None:
    assert obstacles("achat", attachments=(Attachment("1", "a", "https://x.fr"),)) == ()


@pytest.mark.parametrize(
    ("line", "obstacle"),
    [
        ("charge : longtemps", Unreadable(Field.WORKLOAD, "longtemps")),
        ("pour : la saint-glinglin", Unreadable(Field.DUE, "la saint-glinglin")),
        ("pour : 1/11/2026", Unreadable(Field.DUE, "1/11/2026")),
        ("pour : 30/11/2026 9h", Unreadable(Field.DUE, "30/11/2026 9h")),
        ("pièces : le dossier", Unreadable(Field.ATTACHMENTS, "le dossier")),
        ("priorité : haute\\!", Unreadable(Field.PRIORITY, "haute!")),
        ("assistant : bob", Unreadable(Field.ASSISTANT, "bob", ("mel", "tom"))),
        (
            "brief : x",
            Unreadable(
                Field.BRIEF, "x", ("achat", "bilan", "devis", "generic", "joint", "rare", "vide")
            ),
        ),
    ],
)
def test_what_cannot_be_read_is_quoted(line: str, obstacle: Obstacle) -> None:
    assert obstacles("bilan", line) == (obstacle,)


def test_blanks_and_what_cannot_be_read_are_told_together_in_the_order_of_a_brief() -> None:
    assert obstacles("vide", "priorité : haute\npour : jamais\ncharge : peu\nassistant : bob") == (
        Unreadable(Field.ASSISTANT, "bob", ("mel", "tom")),
        *BLANK[:2],
        Unreadable(Field.WORKLOAD, "peu"),
        Unreadable(Field.DUE, "jamais"),
        Unreadable(Field.PRIORITY, "haute"),
    )


def test_more_steps_than_a_checklist_holds_are_refused() -> None:
    def with_steps(number: int) -> tuple[Obstacle, ...]:
        items = (f"étape {place}" for place in range(number))
        return obstacles("bilan", checklists=(checklist("Étapes", *items),))

    assert with_steps(200) == ()
    assert with_steps(201) == (Unreadable(Field.METHOD, "étape 200"),)


def test_a_broken_template_is_all_there_is_to_say() -> None:
    assert obstacles("Divers", "brief : devis\ncharge : peu") == (
        BrokenTemplate("devis", "line 3"),
    )


DUE = utc("2026-12-03 16:30")


@pytest.mark.parametrize("line", ["", "pour : 3 décembre", "pour : 3/12 9:00"])
def test_a_date_that_a_person_set_on_the_card_is_the_date(line: str) -> None:
    brief = written(card("bilan", line, due=DUE))
    assert (brief.due, brief.derivation) == (DUE, None)


def test_a_line_that_says_another_day_than_the_card_is_asked_about() -> None:
    conflict = DueConflict(utc("2026-12-04 14:00"), DUE)
    assert obstacles("bilan", "pour : 4 décembre", due=DUE) == (conflict,)


def test_a_date_without_an_hour_is_the_end_of_the_assistants_day_in_the_owners_calendar() -> None:
    def due(desc: str) -> datetime:
        return written(card("bilan", desc, created=NOW)).due

    assert due("pour : demain\nassistant : mel") == utc("2026-12-01 14:00")
    assert due("pour : demain 10h\nassistant : mel") == utc("2026-12-01 09:00")


def test_friday_is_the_friday_after_it_was_said() -> None:
    wednesday, friday = utc("2026-11-25 08:00"), utc("2026-12-04 17:00")
    new = replace(card("bilan", "pour : vendredi\nassistant : tom"), created=wednesday)
    retold = logged(new, edit(PAUL.member_id, "desc", NOW - HOUR))
    renamed = logged(new, edit(PAUL.member_id, "name", NOW - HOUR), edit(BOT, "desc", NOW - HOUR))
    past = Unreadable(Field.DUE, "vendredi")
    assert found(new).obstacles == (past,)
    assert found(renamed).obstacles == (past,)
    assert written(retold).due == friday
    assert written(asked(new, said("pour : vendredi", 1))).due == friday
    assert found(asked(new, said("charge : 1h", 1))).obstacles == (past,)


def test_who_would_get_the_card_must_be_on_the_board() -> None:
    on = board(member_ids=frozenset({TOM.member_id}))
    assert found(card("bilan", ""), on=on).obstacles == (NotOnBoard("mel"),)
    assert found(card("bilan", "assistant : tom"), on=on).brief is not None


def test_a_kind_that_nobody_can_do_is_told_with_the_blanks() -> None:
    novice = person("ana", skills=frozenset())
    nobody = NobodyForKind("vide")
    alone = board(assistants=(novice,))
    assert found(card("vide", ""), on=alone).obstacles == (nobody, *BLANK)
    assert found(card("vide", ""), on=board(assistants=())).obstacles == (nobody,)


def handed(to: Card, says: str) -> Card:
    told = signed("à vous", reference(to.id, "hand-over", MEL.member_id))
    full = replace(to, desc=signed(says, reference(to.id, "brief")), member_ids=(MEL.member_id,))
    return logged(full, comment(BOT, told, LONG_AGO))


def test_who_finishes_first_gets_the_card() -> None:
    busy = handed(card("autre"), "charge : 20h\n\npriorité : 2")
    assert written(card("bilan", "")).assistant == MEL
    assert written(card("bilan", ""), busy).assistant == TOM
    assert written(card("bilan", "priorité : 1"), busy).assistant == MEL
    assert written(card("bilan", "", member_ids=(MEL.member_id,)), busy).assistant == MEL
    assert written(card("bilan", "assistant : mel"), busy).assistant == MEL


def test_of_two_who_finish_together_the_first_in_the_file_gets_it() -> None:
    twins = person("ana"), person("zoe")
    both = frozenset(each.member_id for each in twins)
    for order in (twins, twins[::-1]):
        on = board(assistants=order, member_ids=both)
        assert written(card("bilan", ""), on=on).assistant == order[0]


def test_the_sooner_evening_wins_over_the_next_morning_elsewhere() -> None:
    # 5 h 36 of work fill Ana's day to 18:00 in Paris; Bea in Auckland needs the next day.
    ana = person("ana")
    bea = person("bea", calendar=replace(PAUL.calendar, zone="Pacific/Auckland"))
    on = board(assistants=(bea, ana), member_ids=frozenset({ana.member_id, bea.member_id}))
    assert written(card("bilan", "charge : 5h36"), on=on).assistant == ana


def test_the_brief_lists_files_and_links_of_the_kind_then_the_owners_then_the_cards() -> None:
    there = (
        Attachment("1", "photo.jpg", "https://trello.com/1/x", is_upload=True),
        Attachment("2", "le site", "https://x.fr"),
        Attachment("3", "piège", "javascript:alert(1)"),
    )
    brief = written(card("joint", "pièces : https://x.fr https://y.fr", attachments=there))
    assert brief.attachments == (
        BriefAttachment("m.docx", None),
        BriefAttachment("https://k.fr", "https://k.fr"),
        BriefAttachment("le site", "https://x.fr"),
        BriefAttachment("https://y.fr", "https://y.fr"),
        BriefAttachment("photo.jpg", None),
        BriefAttachment("piège", None),
    )


def test_every_kind_of_the_project_makes_a_brief() -> None:
    settings = policy()
    for name in settings.kinds:
        subject = card(
            "x", f"brief : {name}\nméthode :\n- a\n- b\ncharge : 1h\npièces : https://x.fr"
        )
        gathered = gather(subject, snapshot(subject), settings, NOW)
        assert (gathered.kind.name, gathered.obstacles) == (name, ())
