"""What boards suggest about lists, people and labels."""

import pytest

from bot.domain.model import Language
from bot.first_hour.proposals import label_names, list_role, roster
from bot.resolve import SeenBoard, SeenLabel, SeenMember, SeenMembership

MEANINGS = {
    "done": (
        "Terminé",
        "✅ Fait",
        "Livrées",
        "DONE",
        "Tâches achevées",
        "Validé",
        "Clôturé 2026",
        "Approuvées",
    ),
    "review": (
        "À valider",
        "À relire par Paul",
        "In review",
        "Relecture",
        "À vérifier",
        "À approuver",
        "For approval",
    ),
    "question": ("Questions", "Question pour Paul", "À clarifier"),
    "ignored": ("Idées", "💡 Boîte à idées", "Modèles", "🗂 Ressources", "Archives"),
    None: (
        *("À faire", "To do", "En cours", "Parfait", "Backlog", "Livraisons", "Cette semaine", ""),
        *("À terminer", "Pas fini", "Pas encore fait", "Non livré", "Not done", "To be approved"),
        *("Terminal", "Approvisionnement", "Ressources humaines", "Human resources"),
    ),
}


@pytest.mark.parametrize(
    ("name", "role"), [(name, role) for role, names in MEANINGS.items() for name in names]
)
def test_a_lists_name_tells_what_it_means(name: str, role: str | None) -> None:
    assert list_role(name) == role


def board(name: str = "Atelier", **roles: str) -> SeenBoard:
    """Return a board with members of these names; the roles may be `gone` too."""
    return SeenBoard(
        id=name,
        name=name,
        short_link=name,
        members=tuple(SeenMember(each, each) for each in roles),
        memberships=tuple(
            SeenMembership(each, "normal" if role == "gone" else role, deactivated=role == "gone")
            for each, role in roles.items()
        ),
    )


@pytest.mark.parametrize(
    ("boards", "owner"),
    [
        ((board(paul="admin", mel="normal", bot="normal"),), "paul"),
        ((board(bot="admin", mel="normal"),), "bot"),
        ((board(paul="admin", bot="admin"),), None),
        ((board(paul="normal", bot="normal"),), None),
        ((board(paul="admin", bot="normal"), board("B", paul="admin", bot="normal")), "paul"),
        ((board(paul="admin", bot="normal"), board("B", anne="admin", bot="normal")), None),
        ((board(paul="admin", anne="admin"), board("B", paul="admin", anne="normal")), "paul"),
    ],
)
def test_who_alone_administers_every_board_delegates(
    boards: tuple[SeenBoard, ...], owner: str | None
) -> None:
    found = roster(boards, "bot").owner
    assert (found and found.id) == owner


def test_everybody_but_owner_bot_observers_and_who_has_left_may_be_an_assistant() -> None:
    who = roster(
        (
            board(paul="admin", bot="normal", mel="normal", olga="observer", jo="gone"),
            board("B", paul="admin", bot="normal", lea="normal"),
        ),
        "bot",
    )
    assert who.owner is not None
    assert [each.id for each in who.assistants_of(who.owner)] == ["mel", "olga", "lea"]
    alone = roster((board(paul="admin", bot="normal", olga="observer"),), "bot")
    assert alone.owner is not None
    assert alone.assistants_of(alone.owner) == ()


@pytest.mark.parametrize(
    ("there", "language", "delegate", "hold"),
    [
        ((), "fr", "delegate", "en attente"),
        ((), "en", "delegate", "on hold"),
        (("Déléguer", "On Hold"), "fr", "Déléguer", "On Hold"),
        (("En attente", "on hold"), "en", "delegate", "on hold"),
        (("delegate", "déléguer"), "fr", None, "en attente"),
    ],
)
def test_labels_are_called_as_the_boards_call_them(
    there: tuple[str, ...], language: Language, delegate: str | None, hold: str
) -> None:
    found = label_names([SeenLabel(each, each) for each in there], language)
    assert (found["delegate"], found["hold"]) == (delegate, hold)
