import pytest
from msgspec.structs import replace

from bot.domain.changes import (
    AddAttachment,
    AddCheckItem,
    AddChecklist,
    AddLabel,
    AddMember,
    Change,
    DeleteComment,
    DeletePart,
    EditComment,
    PostComment,
    React,
    RemoveLabel,
    SetDates,
    SetDescription,
    SetPortfolio,
    Untick,
    identity,
    kind_of,
    logged_as,
    notified_by,
    text_of,
)
from tests.builders import NOW

TABLE: list[tuple[Change, tuple[str, ...], str | None]] = [
    (SetDescription("le brief", NOW), ("set_description",), "le brief"),
    (SetPortfolio("le tableau"), ("set_portfolio",), "le tableau"),
    (SetDates(NOW), ("set_dates",), None),
    (AddChecklist("Étapes"), ("add_checklist", "Étapes"), "Étapes"),
    (AddCheckItem("Étapes", "lire", 2), ("add_check_item", "Étapes", "lire", "2"), "lire"),
    (AddAttachment("le site", "https://x.fr"), ("add_attachment", "https://x.fr"), "https://x.fr"),
    (AddAttachment("modele.docx", kind="devis"), ("add_attachment", "modele.docx"), "modele.docx"),
    (AddMember("1", "mel"), ("add_member", "1"), None),
    (AddLabel("1", "à regarder"), ("add_label", "1"), "à regarder"),
    (RemoveLabel("1", "à regarder"), ("remove_label", "1"), "à regarder"),
    (Untick("1", "Bloqué"), ("untick", "1"), "Bloqué"),
    (PostComment("@mel", "ref", ("mel",)), ("post_comment", "ref"), "@mel"),
    (EditComment("1", "@paul", "ref"), ("edit_comment", "1"), "@paul"),
    (DeleteComment("1"), ("delete_comment", "1"), None),
    (DeletePart("checklist", "1", "Étapes"), ("delete_part", "1"), "Étapes"),
    (React("1"), ("react", "1", "thumbsup"), None),
]


@pytest.mark.parametrize(("change", "same", "text"), TABLE)
def test_each_change_has_a_name_an_identity_and_the_text_that_people_read(
    change: Change, same: tuple[str, ...], text: str | None
) -> None:
    assert kind_of(change) == same[0]
    assert identity(change) == same
    assert text_of(change) == text


def test_only_a_new_comment_notifies_those_it_mentions() -> None:
    assert [notified_by(change) for change, _, _ in TABLE if notified_by(change)] == [("mel",)]


def test_putting_a_label_on_and_taking_it_off_are_two_intents() -> None:
    assert identity(AddLabel("1", "à regarder")) != identity(RemoveLabel("1", "à regarder"))


@pytest.mark.parametrize("change", [AddLabel("1", "a"), RemoveLabel("1", "a"), Untick("1", "a")])
def test_a_new_name_of_the_same_thing_is_the_same_intent(
    change: AddLabel | RemoveLabel | Untick,
) -> None:
    assert identity(replace(change, name="b")) == identity(change)


@pytest.mark.parametrize(("change", "_", "__"), TABLE)
def test_each_change_is_logged_as_it_is_named_or_not_at_all(
    change: Change, _: object, __: object
) -> None:
    shown = {
        SetDescription: {"desc", "due"},
        SetPortfolio: {"desc"},
        SetDates: {"due"},
        AddLabel: {"idLabels"},
        RemoveLabel: {"idLabels"},
        AddChecklist: {"addChecklistToCard"},
        AddAttachment: {"addAttachmentToCard"},
        AddMember: {"addMemberToCard"},
        Untick: {"updateCheckItemStateOnCard"},
        PostComment: {"commentCard"},
        DeletePart: {"removeChecklistFromCard", "deleteAttachmentFromCard"},
    }
    assert {field or kind for kind, field in logged_as(change)} == shown.get(type(change), set())
