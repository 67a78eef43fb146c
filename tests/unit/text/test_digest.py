import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from msgspec.structs import replace
from syrupy.assertion import SnapshotAssertion

from bot.domain.answers import Answer
from bot.domain.changes import Reason
from bot.domain.messages import Dashboard
from bot.domain.model import Language
from bot.domain.picture import Awaited, Decision, InHand, Load, Picture, Quiet
from bot.text import library
from tests.builders import office
from tests.unit.text import pictures
from tests.unit.text.pictures import (
    EMPTY,
    NOW,
    a_card,
    both,
    crowded,
    dashboard,
    days,
    digest,
    hours,
    one_of_each,
)
from tests.unit.text.reading import links, tokens, words
from tests.unit.text.samples import LANGUAGES, REF, TEMPLATES, writer

PICTURES: dict[str, Callable[[Language], Picture]] = {
    "nothing": lambda _: EMPTY,
    "a usual week": pictures.usual_week,
    "one of each": one_of_each,
    "a thousand cards": crowded,
}


def first_line(text: str) -> str:
    return text.partition("\n")[0].replace("\u00a0", " ")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PICTURES)
def test_digest_and_dashboard_read_as_agreed(
    name: str, language: Language, snapshot: SnapshotAssertion
) -> None:
    picture = PICTURES[name](language)
    assert "\n\n=====\n\n".join(both(picture, language)) == snapshot


# What is told, and what is not.

_EACH = one_of_each("fr")
_HEADLINES = {
    "rien à signaler : aucune carte déléguée n’est ouverte": EMPTY,
    "1 décision vous attend.": replace(EMPTY, decisions=_EACH.decisions[:1], loads=_EACH.loads),
    "2 décisions vous attendent.": replace(EMPTY, decisions=_EACH.decisions[:1], held_back=25),
    "2 décisions vous attendent ; 1 carte à risque.": replace(
        EMPTY, decisions=_EACH.decisions[:2], at_risk=_EACH.at_risk[:1]
    ),
    "rien n’attend votre décision ; 2 échéances passées.": replace(EMPTY, late=_EACH.late),
    "rien n’attend votre décision ; 1 échéance passée, 3 cartes à risque.": replace(
        EMPTY, late=_EACH.late[:1], at_risk=_EACH.at_risk
    ),
    "rien n’attend votre décision.": replace(EMPTY, stopped=_EACH.stopped, loads=_EACH.loads),
    "tout suit son cours : 4 cartes en main.": replace(EMPTY, loads=_EACH.loads),
}


@pytest.mark.parametrize("said", _HEADLINES)
def test_the_first_line_says_what_matters_most(said: str) -> None:
    assert first_line(digest(_HEADLINES[said])).startswith(f"@paul, {said}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_to_say_is_one_line(language: Language) -> None:
    told, shown = both(EMPTY, language)
    assert len(told.split("\n\n")) == 2
    assert len(shown.split("\n\n")) == 3


_ALONE: dict[str, Picture] = {
    "À décider": replace(EMPTY, decisions=_EACH.decisions),
    "Échéance passée": replace(EMPTY, late=_EACH.late),
    "À risque": replace(EMPTY, at_risk=_EACH.at_risk),
    "Aide proposée": replace(EMPTY, stopped=_EACH.stopped),
    "À rendre": replace(EMPTY, soon=_EACH.soon),
    "Livré": replace(EMPTY, delivered=_EACH.delivered, freed=_EACH.freed),
    "Mel ": replace(EMPTY, loads=_EACH.loads[:1]),
    "Sans étiquette": replace(EMPTY, unlabelled=_EACH.unlabelled),
}


@pytest.mark.parametrize("heading", _ALONE)
def test_a_section_stands_alone_when_there_is_nothing_else_to_tell(heading: str) -> None:
    for text in both(_ALONE[heading], "fr"):
        found = re.findall(r"^\*\*(.+)\*\*$", text, re.MULTILINE)
        assert [each for each in found if "Portefeuille" not in each] == [
            each for each in found if each.replace("\u00a0", " ").startswith(heading)
        ]
        assert heading.strip() in text
        assert not re.search(r"\b0\b", text.rpartition("État")[0])


@pytest.mark.parametrize(
    ("quiet", "said"),
    [
        (Quiet(1, 0, 0), "1 carte : avec l’étiquette qui demande le silence."),
        (Quiet(0, 2, 0), "2 cartes : en pause."),
        (Quiet(0, 1, 2), "3 cartes : 1 en pause, 2 dans une liste ignorée."),
        (Quiet(1, 0, 1), "2 cartes : 1 avec l’étiquette qui demande le silence, 1 dans une liste"),
    ],
)
def test_how_many_cards_are_left_in_peace_is_told_with_the_reason(quiet: Quiet, said: str) -> None:
    for text in both(replace(EMPTY, quiet=quiet), "fr"):
        assert f"Je me tais sur {said}" in text.replace("\u00a0", " ")


_QUESTIONS = {
    Awaited.BLANKS: "brief à compléter (la méthode, la charge), depuis le jeu. 19 nov.",
    Awaited.CORE: "cœur de métier, depuis le ven. 20 nov. : à déléguer ? `/go` sur la carte",
    Awaited.ANSWER: "Mel écrit « Devis Dupont ? », sam. 21 nov.",
    Awaited.REVIEW: "livrée par Mel, à valider depuis le dim. 22 nov.",
    Awaited.NOBODY: "à confier, plus personne ne s’en charge depuis le lun. 23 nov.",
    Awaited.DATE: "nouvelle date proposée, le ven. 4 déc., 18:00 : `/go` sur la carte pour l’accep",
    Awaited.SILENCE: "sans nouvelles de Mel depuis le mer. 25 nov., échéance passée le sam. 28",
}


@pytest.mark.parametrize("awaited", Awaited)
def test_each_decision_says_its_question(awaited: Awaited) -> None:
    (each,) = (one for one in _EACH.decisions if one.awaited is awaited)
    text = digest(replace(EMPTY, decisions=(each,)))
    assert f") : {_QUESTIONS[awaited]}" in text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Mel attend votre réponse depuis le"),
        ("@paul", "Mel attend votre réponse depuis le"),
        ("@Paul : quel format ?", "Mel écrit « quel format ? »"),
        ("@paulette, quel format ?", "Mel écrit « ＠paulette, quel format ? »"),
        ("Quel\nformat\\_A ?", "Mel écrit « Quel format_A ? »"),
    ],
)
def test_the_assistants_words_are_quoted_without_the_call(typed: str, said: str) -> None:
    each = Decision(a_card("Devis"), Awaited.ANSWER, NOW, pictures.mel("fr"), typed)
    assert said in words(digest(replace(EMPTY, decisions=(each,)))).replace("\u00a0", " ")


_LONG = "Bonjour, j’ai bien avancé hier et ce matin, voir le document. Faut-il citer Dupont ? Merci"


@pytest.mark.parametrize(
    ("decision", "said"),
    [
        ({"words": _LONG}, "Mel écrit « Faut-il citer Dupont ? »"),
        ({"answer": Answer.BLOCKED}, "bloquée, Mel a besoin d’aide depuis le"),
        ({"answer": Answer.UNCLEAR}, "pas claire, Mel attend une précision depuis le"),
        ({"answer": Answer.WAITING}, "Mel attend votre réponse depuis le"),
    ],
)
def test_what_the_assistant_needs_is_told_in_a_few_words(
    decision: dict[str, object], said: str
) -> None:
    each = Decision(a_card("Devis"), Awaited.ANSWER, NOW, pictures.mel("fr"))
    text = digest(replace(EMPTY, decisions=(replace(each, **decision),)))
    assert said in words(text).replace("\u00a0", " ")


def test_cards_that_nobody_has_yet_are_counted_and_are_something_to_tell() -> None:
    told, shown = both(replace(EMPTY, preparing=2), "fr")
    assert "Pas encore confiées : 2 cartes." in told.replace("\u00a0", " ")
    assert "Pas encore confiées : 2 cartes." in shown.replace("\u00a0", " ")


def test_a_digest_does_not_send_to_a_description_that_has_no_room() -> None:
    cut = pictures.digest_of(crowded("fr"), "fr")
    assert "La suite" not in writer().message(replace(cut, whole=False), REF)


def test_a_dashboard_takes_the_room_that_peoples_notes_leave() -> None:
    for room in (8_000, 3_000):
        page = Dashboard(pictures.owner("fr"), crowded("fr"), NOW, room)
        assert len(writer().dashboard(page, REF)) <= room


@pytest.mark.parametrize(("now", "shown"), [("2026", False), ("2027", True)])
def test_a_dashboard_leaves_out_this_year_and_no_other(now: str, *, shown: bool) -> None:
    at = NOW.replace(year=int(now))
    page = Dashboard(pictures.owner("fr"), pictures.usual_week("fr"), at, 16_384)
    assert ("déc. 2026" in writer().dashboard(page, REF)) is shown


def test_what_is_at_risk_is_told_with_its_arithmetic() -> None:
    lines = digest(replace(EMPTY, at_risk=_EACH.at_risk)).replace("\u00a0", " ")
    assert "09:00. 5h + 3h devant, + 25 % = 10h ; 6h30 d’ici l’échéance\n" in lines
    assert "09:00. 5h, + 25 % = 6h15 ; aucun temps de travail d’ici l’échéance\n" in lines
    assert "15h d’ici l’échéance, tient si elle passe en premier, aide proposée\n" in lines


def test_each_assistants_work_is_told_in_its_order_and_against_their_time() -> None:
    mel = pictures.mel("fr")
    work = tuple(InHand(a_card(name), mel, None, hours(4)) for name in ("C", "A", "B"))
    text = digest(replace(EMPTY, loads=(Load(mel, work, hours(20)),))).replace("\u00a0", " ")
    assert "**Mel : 3 cartes, 12h ; 20h à disposition sur cinq jours**" in text
    assert re.findall(r"\[([ABC])]", text) == ["C", "A", "B"]
    assert "tient" not in text
    assert "priorité" not in text


def test_conflicts_are_pointed_out() -> None:
    text = digest(replace(EMPTY, loads=_EACH.loads))
    assert "10h30 (et 3h sur d’autres tableaux)" in text.replace("\u00a0", " ")
    assert "à rendre d’ici là, marge comprise : 9h30, cela ne tient pas" in text.replace(
        "\u00a0", " "
    )
    assert "toutes en priorité 1" in text
    assert "aucun temps prévu sur cinq jours" in text


# Dates.


def test_dates_are_the_owners_own() -> None:
    reader = replace(pictures.owner("en"), calendar=office("Pacific/Auckland", (9, 17)))
    message = pictures.digest_of(replace(EMPTY, soon=_EACH.soon), "en")
    text = writer().message(replace(message, reader=reader), REF)
    assert "Wed 2 Dec, 05:00" in text
    assert "As of Monday 30 November 2026, 21:00." in text


def test_the_digest_tells_the_year_of_a_date_in_another_one() -> None:
    later = replace(_EACH.soon[0], due=datetime(2027, 1, 4, 16, tzinfo=UTC))
    text = digest(replace(EMPTY, soon=(*_EACH.soon, later)))
    assert "Mel, mar. 1er déc., 17:00" in text
    assert "Mel, lun. 4 janv. 2027, 17:00" in text


def test_the_dashboard_tells_years_as_soon_as_there_are_two() -> None:
    later = replace(_EACH.soon[0], due=datetime(2027, 1, 4, 16, tzinfo=UTC))
    assert "2026" not in dashboard(_EACH)
    text = dashboard(replace(EMPTY, soon=(*_EACH.soon, later)))
    assert "mar. 1er déc. 2026" in text
    assert "lun. 4 janv. 2027" in text


# The dashboard.


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PICTURES)
def test_the_dashboard_begins_with_its_title_and_mentions_nobody(
    name: str, language: Language
) -> None:
    text = dashboard(PICTURES[name](language), language)
    assert re.fullmatch(r"\*\*.+\*\*", text.split("\n")[0])
    assert "@" not in text
    assert not re.search(r"^\s*([-*_]\s*){3,}$", text, re.MULTILINE)
    assert not any(each.type == "hr" for each in tokens(text))


def test_time_alone_does_not_change_the_dashboard() -> None:
    passed = replace(
        _EACH,
        at_risk=tuple(replace(each, given=hours(1)) for each in _EACH.at_risk),
        loads=tuple(replace(each, week=hours(3)) for each in _EACH.loads),
    )
    assert dashboard(passed) == dashboard(_EACH)
    assert digest(passed) != digest(_EACH)


def test_the_dashboard_shows_each_order_of_work_with_its_dates() -> None:
    text = dashboard(replace(EMPTY, loads=_EACH.loads[:1])).replace("\u00a0", " ")
    listed = re.findall(r"^(\d)\. \[Devis Dupont]\(\S+\)(.*)$", text, re.MULTILINE)
    assert listed == [
        ("1", " : mar. 1er déc., 3h"),
        ("2", " : ven. 4 déc., 5h"),
        ("3", ", 2h30"),
    ]


def test_the_dashboard_shows_more_than_the_digest() -> None:
    work = tuple(
        InHand(a_card("Devis", number), pictures.mel("fr"), NOW + days(number), hours(1))
        for number in range(20)
    )
    picture = replace(EMPTY, loads=(Load(pictures.mel("fr"), work, hours(20)),))
    assert len(links(dashboard(picture))) == 20 > len(links(digest(picture)))


# Reasons in plans.


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "code",
    [
        *("digest_later", "digest_posted", "digest_due", "no_hand_over"),
        *("dashboard", "dashboard_current", "dashboard_soon", "dashboard_too_long"),
    ],
)
def test_every_reason_of_the_rule_can_be_told(code: str, language: Language) -> None:
    phrases = library.phrases(TEMPLATES / "messages")
    assert phrases.reason(Reason(code, {"week": "2026-W49"}), language)
