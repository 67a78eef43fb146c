"""``display`` and ``entities`` of an action: what the service's own page is drawn from."""

from bot.sandbox.rows import Action, Json
from bot.sandbox.store import Store

KEYS = {
    "commentCard": "action_comment_on_card",
    "updateCard": "unknown",
    "createCard": "action_create_card",
    "addChecklistToCard": "action_add_checklist_to_card",
    "removeChecklistFromCard": "action_remove_checklist_from_card",
    "addLabelToCard": "action_add_label_to_card",
    "removeLabelFromCard": "action_remove_label_from_card",
    "addAttachmentToCard": "action_add_attachment_to_card",
    "deleteAttachmentFromCard": "action_delete_attachment_from_card",
    "addMemberToCard": "action_member_joined_card",
    "removeMemberFromCard": "action_member_left_card",
}


def display(store: Store, action: Action) -> tuple[Json, list[Json]]:
    """Return ``display`` and ``entities``; the keys of comments are those on record."""
    member = store.members[action.id_member_creator]
    creator = {
        "type": "member",
        "id": member.id,
        "username": member.username,
        "text": member.full_name,
    }
    entities = _entities(action)
    if action.type == "commentCard":
        context = {"hideIfContext": True, "idContext": action.data["card"]["id"]}
        on = {"type": "translatable", "translationKey": "action_on", **context}
        entities = {"contextOn": on, **entities}
    entities["memberCreator"] = creator
    key = KEYS.get(action.type, "unknown")
    if key == "unknown":
        entities = {"memberCreator": creator}
    flat = [creator, *(each for name, each in entities.items() if name != "memberCreator")]
    if action.type == "commentCard":
        flat[1] = {"type": "text", "text": "on", **context}
    return {"translationKey": key, "entities": entities}, flat


def _entities(action: Action) -> dict[str, Json]:
    data, entities = action.data, {}
    if "card" in data:
        card = data["card"]
        entities["card"] = {
            "type": "card",
            "hideIfContext": True,
            "id": card["id"],
            "shortLink": card.get("shortLink"),
            "text": card.get("name"),
        }
    for each in ("attachment", "checklist", "label"):
        if each in data:
            entities[each] = {"type": each, "id": data[each]["id"], "text": data[each]["name"]}
    if "text" in data and action.type == "commentCard":
        entities["comment"] = {"type": "comment", "text": data["text"]}
    return entities
