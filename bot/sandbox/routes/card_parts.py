"""What hangs on a card: comments, labels, members, votes, attachments, checklists."""

from bot.sandbox import access, attachments, card_sets, checklists, comments, errors
from bot.sandbox.boards import add_label
from bot.sandbox.call import GONE, NOTHING, Answer, Call, Route
from bot.sandbox.rows import Action, Attachment, Card, CheckItem, Json
from bot.sandbox.views.action import full_action_view
from bot.sandbox.views.member import member_view
from bot.sandbox.views.parts import (
    attachment_view,
    attachment_views,
    checklist_view,
    checklist_views,
    item_view,
)
from bot.sandbox.words import is_object_id


def add_comment(call: Call, card: str) -> Json:
    """Answer the posting of a comment with the whole action."""
    found = access.comment_on(call.store, call.by, call.card(card))
    comment = comments.add(call.store, call.by, found, call.params.text("text"))
    return full_action_view(call.store, comment)


def _comment_of(call: Call, card: str, action: str) -> Action:
    found = call.action(action)
    if found.id_card != call.card(card).id:
        raise errors.not_found()
    return found


def edit_comment(call: Call, card: str, action: str) -> Json:
    """Answer ``PUT /cards/{id}/actions/{idAction}/comments``."""
    comment = _comment_of(call, card, action)
    comments.edit(call.store, call.by, comment, call.params.text("text"))
    return full_action_view(call.store, comment)


def delete_comment(call: Call, card: str, action: str) -> Json:
    """Answer ``DELETE /cards/{id}/actions/{idAction}/comments``."""
    comments.delete(call.store, call.by, _comment_of(call, card, action))
    return NOTHING


def _value(call: Call) -> str:
    value = call.params.text("value")
    if not is_object_id(value):
        raise errors.invalid_object_id()
    return value


def add_label_to(call: Call, card: str) -> list[str]:
    """Answer ``POST /cards/{id}/idLabels`` with the ids now there."""
    found = call.card_to_change(card)
    card_sets.add_label(call.store, call.by, found, _value(call))
    return found.id_labels


def remove_label_from(call: Call, card: str, label: str) -> Json:
    """Answer ``DELETE /cards/{id}/idLabels/{idLabel}``."""
    card_sets.remove_label(call.store, call.by, call.card_to_change(card), label)
    return NOTHING


def new_label_on(call: Call, card: str) -> list[str]:
    """Answer ``POST /cards/{id}/labels``: make a label and put it on."""
    found = call.card_to_change(card)
    board = call.store.boards[found.id_board]
    color = call.params.optional("color")
    label = add_label(call.store, call.by, board, call.params.text("name"), color)
    card_sets.add_label(call.store, call.by, found, label.id)
    return found.id_labels


def _members(call: Call, ids: list[str]) -> list[Json]:
    fields = call.params.optional("fields")
    return [member_view(call.store, each, fields) for each in ids]


def members_of(call: Call, card: str) -> list[Json]:
    """Answer ``GET /cards/{id}/members``."""
    return _members(call, call.card(card).id_members)


def add_member_to(call: Call, card: str) -> list[Json]:
    """Answer ``POST /cards/{id}/idMembers`` with the members now there."""
    found = call.card_to_change(card)
    card_sets.add_member(call.store, call.by, found, _value(call))
    return _members(call, found.id_members)


def remove_member_from(call: Call, card: str, member: str) -> list[Json]:
    """Answer ``DELETE /cards/{id}/idMembers/{idMember}`` with those who are left."""
    found = call.card_to_change(card)
    card_sets.remove_member(call.store, call.by, found, member)
    return _members(call, found.id_members)


def votes_of(call: Call, card: str) -> list[Json]:
    """Answer ``GET /cards/{id}/membersVoted``."""
    return _members(call, call.card(card).id_members_voted)


def vote_for(call: Call, card: str) -> Json:
    """Answer ``POST /cards/{id}/membersVoted``."""
    card_sets.vote(call.store, call.by, call.card_to_change(card), _value(call))
    return NOTHING


def unvote_for(call: Call, card: str, member: str) -> Json:
    """Answer ``DELETE /cards/{id}/membersVoted/{idMember}``."""
    card_sets.unvote(call.store, call.by, call.card_to_change(card), member)
    return NOTHING


def attachments_of(call: Call, card: str) -> list[Json]:
    """Answer ``GET /cards/{id}/attachments``."""
    return attachment_views(call.store, call.card(card), call.params.optional("fields"))


def _attachment(call: Call, card: Card, ref: str) -> Attachment:
    if ref not in card.id_attachments:
        raise errors.not_found()
    return call.store.attachments[ref]


def attachment_of(call: Call, card: str, attachment: str) -> Json:
    """Answer ``GET /cards/{id}/attachments/{idAttachment}``."""
    found = _attachment(call, call.card(card), attachment)
    return attachment_view(call.store, found, call.params.optional("fields"))


def attach(call: Call, card: str) -> Json:
    """Answer the posting of a link, or of a file as multipart."""
    found, name = call.card_to_change(card), call.params.text("name")
    if "file" in call.files:
        attached = attachments.attach_file(call.store, call.by, found, call.files["file"], name)
    else:
        attached = attachments.attach_link(
            call.store, call.by, found, call.params.text("url"), name
        )
    return attachment_view(call.store, attached) | GONE


def detach(call: Call, card: str, attachment: str) -> Json:
    """Answer ``DELETE /cards/{id}/attachments/{idAttachment}``."""
    found = call.card_to_change(card)
    attachments.remove(call.store, call.by, _attachment(call, found, attachment))
    return GONE


def download(call: Call, card: str, attachment: str, name: str) -> Answer:  # noqa: ARG001
    """Answer an uploaded file's bytes."""
    found = _attachment(call, call.card(card), attachment)
    if found.id not in call.store.uploads:
        raise errors.not_found()
    return Answer(200, call.store.uploads[found.id])


def checklists_of(call: Call, card: str) -> list[Json]:
    """Answer ``GET /cards/{id}/checklists``."""
    return checklist_views(call.store, call.card(card), call.params.optional("fields"))


def add_checklist(call: Call, card: str) -> Json:
    """Answer ``POST /cards/{id}/checklists``, also as a copy."""
    return new_checklist(call, call.card_to_change(card))


def new_checklist(call: Call, card: Card) -> Json:
    """Make a checklist from the request's parameters."""
    name, source = call.params.text("name"), call.params.text("idChecklistSource")
    if source:
        made = checklists.copy(call.store, call.by, card, call.store.checklist(source), name)
    else:
        made = checklists.add(call.store, call.by, card, name, call.params.raw("pos"))
    return checklist_view(call.store, made) | GONE


def remove_checklist(call: Call, card: str, checklist: str) -> Json:
    """Answer ``DELETE /cards/{id}/checklists/{idChecklist}``."""
    if checklist not in call.card_to_change(card).id_checklists:
        raise errors.not_found()
    checklists.remove(call.store, call.by, call.store.checklist(checklist))
    return GONE


def check_item_states(call: Call, card: str) -> list[Json]:
    """Answer ``GET /cards/{id}/checkItemStates``."""
    items = [
        item
        for each in checklists.checklists_of(call.store, call.card(card))
        for item in checklists.items_of(call.store, each)
    ]
    return [
        {"id": each.id, "idCheckItem": each.id, "state": "complete"} for each in items if each.done
    ]


def _item(call: Call, card: Card, ref: str) -> CheckItem:
    item = call.store.check_items.get(ref)
    if item is None or item.id_checklist not in card.id_checklists:
        raise errors.not_found()
    return item


def item_of(call: Call, card: str, item: str) -> Json:
    """Answer ``GET /cards/{id}/checkItem/{idCheckItem}``."""
    return item_view(_item(call, call.card(card), item))


def update_item(call: Call, card: str, item: str, **_: str) -> Json:
    """Answer the change of a check item: state, name, due, member, place."""
    params, store = call.params, call.store
    found = _item(call, call.card_to_change(card), item)
    if "name" in params:
        checklists.rename_item(store, call.by, found, params.text("name"))
    if "due" in params:
        found.due = params.date("due")
    if "idMember" in params:
        found.id_member = params.text("idMember") or None
    if "pos" in params or "idChecklist" in params:
        target = store.checklist(params.text("idChecklist") or found.id_checklist)
        checklists.move_item(store, found, target, params.raw("pos"))
    if "state" in params:
        checklists.tick(store, call.by, found, done=_complete(params.raw("state")))
    return item_view(found)


def _complete(state: object) -> bool:
    known = {"complete": True, "true": True, "incomplete": False, "false": False}
    text = str(state).lower()
    if text not in known:
        raise errors.invalid_value("state")
    return known[text]


def remove_item(call: Call, card: str, item: str) -> Json:
    """Answer ``DELETE /cards/{id}/checkItem/{idCheckItem}``."""
    checklists.remove_item(call.store, call.by, _item(call, call.card_to_change(card), item))
    return GONE


def nothing_of(call: Call, card: str) -> list[Json]:
    """Answer what the sandbox keeps none of: plugin data, stickers."""
    call.card(card)
    return []


def custom_field_items(call: Call, card: str) -> list[Json]:
    """Answer ``GET /cards/{id}/customFieldItems`` with what an import brought along."""
    items: list[Json] = call.card(card).extra.get("customFieldItems", [])
    return items


ROUTES: tuple[Route, ...] = (
    ("POST", "/cards/<card>/actions/comments", add_comment),
    ("PUT", "/cards/<card>/actions/<action>/comments", edit_comment),
    ("DELETE", "/cards/<card>/actions/<action>/comments", delete_comment),
    ("POST", "/cards/<card>/idLabels", add_label_to),
    ("DELETE", "/cards/<card>/idLabels/<label>", remove_label_from),
    ("POST", "/cards/<card>/labels", new_label_on),
    ("GET", "/cards/<card>/members", members_of),
    ("POST", "/cards/<card>/idMembers", add_member_to),
    ("DELETE", "/cards/<card>/idMembers/<member>", remove_member_from),
    ("GET", "/cards/<card>/membersVoted", votes_of),
    ("POST", "/cards/<card>/membersVoted", vote_for),
    ("DELETE", "/cards/<card>/membersVoted/<member>", unvote_for),
    ("GET", "/cards/<card>/attachments", attachments_of),
    ("POST", "/cards/<card>/attachments", attach),
    ("GET", "/cards/<card>/attachments/<attachment>", attachment_of),
    ("DELETE", "/cards/<card>/attachments/<attachment>", detach),
    ("GET", "/cards/<card>/attachments/<attachment>/download/<name>", download),
    ("GET", "/cards/<card>/checklists", checklists_of),
    ("POST", "/cards/<card>/checklists", add_checklist),
    ("DELETE", "/cards/<card>/checklists/<checklist>", remove_checklist),
    ("GET", "/cards/<card>/checkItemStates", check_item_states),
    ("GET", "/cards/<card>/checkItem/<item>", item_of),
    ("PUT", "/cards/<card>/checkItem/<item>", update_item),
    ("PUT", "/cards/<card>/checklist/<checklist>/checkItem/<item>", update_item),
    ("DELETE", "/cards/<card>/checkItem/<item>", remove_item),
    ("GET", "/cards/<card>/pluginData", nothing_of),
    ("GET", "/cards/<card>/stickers", nothing_of),
    ("GET", "/cards/<card>/customFieldItems", custom_field_items),
)
