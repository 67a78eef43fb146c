"""A card's log in sentences, newest first; comments in full."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from bot.sandbox import log
from bot.sandbox.page.drawing.faces import Face, face
from bot.sandbox.page.drawing.markdown import rendered
from bot.sandbox.page.drawing.marks import Marks
from bot.sandbox.page.scene import Scene
from bot.sandbox.rows import Action, Card, Json
from bot.sandbox.store import Store


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log: a comment's text, or what somebody did."""

    who: Face
    when: str
    sentence: Markup | None = None
    text: Markup | None = None
    edited: bool = False
    reactions: tuple[tuple[str, int], ...] = ()
    why: str = ""
    """Why the bot has just posted it, or reacted to it."""


def entries(store: Store, scene: Scene, card: Card, mentions: frozenset[str]) -> Iterator[Entry]:
    """Yield a card's log, newest first, without what nobody wants to read (positions)."""
    marks = Marks(scene, card)
    for each in sorted(store.log(card.id), key=lambda each: each.date, reverse=True):
        who, when = face(store, each.id_member_creator), scene.when(each.date)
        if each.type in log.COMMENTS:
            yield Entry(
                who,
                when,
                text=rendered(each.data["text"], mentions),
                edited="dateLastEdited" in each.data,
                reactions=_reactions(each),
                why=marks.why("comment", each.data["text"]) or marks.why("reaction", each.id),
            )
        elif sentence := _sentence(store, scene, each):
            yield Entry(who, when, sentence=sentence)


def _reactions(action: Action) -> tuple[tuple[str, int], ...]:
    counts: dict[str, int] = {}
    for each in action.reactions:
        native = each["emoji"]["native"]
        counts[native] = counts.get(native, 0) + 1
    return tuple(counts.items())


def _sentence(store: Store, scene: Scene, action: Action) -> Markup | None:
    if action.type in log.HIDDEN:
        return None
    if action.type == "updateCard":
        return _update(store, scene, action.data)
    if action.type == "updateCheckItemStateOnCard":
        item = action.data["checkItem"]
        key = "ticked" if item["state"] == "complete" else "unticked"
        return _said(scene, key, item=item["name"])
    if action.type in {"addMemberToCard", "removeMemberFromCard"}:
        return _membership(scene, action)
    return _simple(scene, action)


def _simple(scene: Scene, action: Action) -> Markup | None:
    data = action.data
    values = {
        "list": data.get("list", {}),
        "source": data.get("cardSource") or data.get("boardSource") or {},
        "checklist": data.get("checklist", {}),
        "attachment": data.get("attachment", {}),
    }
    known = {"createCard", "copyCard", "moveCardToBoard", "addChecklistToCard",
             "removeChecklistFromCard", "addAttachmentToCard",
             "deleteAttachmentFromCard"}  # fmt: skip
    if action.type not in known:
        return None
    return _said(scene, action.type, **{key: each.get("name", "") for key, each in values.items()})


def _membership(scene: Scene, action: Action) -> Markup:
    alone = ":self" if action.id_member == action.id_member_creator else ""
    name = action.data.get("member", {}).get("name", "")
    return _said(scene, action.type + alone, member=name)


def _update(store: Store, scene: Scene, data: Json) -> Markup | None:
    field, old = next(iter(data["old"].items()))
    new = data["card"].get(field)
    key = f"updateCard:{field}"
    if field == "idLabels":
        return _labels(store, scene, old, new)
    if field == "idList" and "listBefore" in data:
        before, after = data["listBefore"]["name"], data["listAfter"]["name"]
        return _said(scene, key, before=before, after=after)
    if field in {"due", "start"}:
        return _said(scene, key, new=scene.when(new)) if new else _said(scene, f"{key}:none")
    if field in {"dueComplete", "closed"}:
        return _said(scene, key if new else f"{key}:none")
    if field in {"name", "desc"}:
        return _said(scene, key, old=str(old))
    return None


def _labels(store: Store, scene: Scene, old: list[str], new: list[str]) -> Markup | None:
    for key, more, less in (("labels+", new, old), ("labels-", old, new)):
        names = [
            store.labels[each].name for each in more if each not in less and each in store.labels
        ]
        if names:
            return _said(scene, key, names=", ".join(names))
    return None


def _said(scene: Scene, key: str, **values: str) -> Markup:
    strong = {name: Markup("<b>{}</b>").format(each) for name, each in values.items()}
    return Markup(scene.say(key)).format(**strong)  # noqa: S704 - our own words
