"""What may come along with a card or a board in one answer."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.sandbox import errors, feeds, limits
from bot.sandbox.params import Params
from bot.sandbox.rows import Card, Json
from bot.sandbox.store import Store
from bot.sandbox.views.card import card_view
from bot.sandbox.views.fields import Viewer
from bot.sandbox.views.member import member_view
from bot.sandbox.views.parts import attachment_views, checklist_views


@dataclass(frozen=True, slots=True)
class CardParts:
    """What to show of a card and what to bring along."""

    fields: str | None = None
    attachments: str = "false"
    attachment_fields: str | None = None
    checklists: str = "none"
    checklist_fields: str | None = None
    members: bool = False
    member_fields: str | None = None
    stickers: bool = False
    plugin_data: bool = False
    custom_field_items: bool = False
    check_item_states: bool = False
    actions: feeds.Feed | None = None


def card_parts(store: Store, params: Params) -> CardParts:
    """Read the nested parameters of a card route."""
    wanted = params.text("actions").lower() not in {"", "false", "none"}
    return CardParts(
        fields=params.optional("fields"),
        attachments=str(params.raw("attachments") or "false").lower(),
        attachment_fields=params.optional("attachment_fields"),
        checklists=params.text("checklists", "none"),
        checklist_fields=params.optional("checklist_fields"),
        members=params.flag("members"),
        member_fields=params.optional("member_fields"),
        stickers=params.flag("stickers"),
        plugin_data=params.flag("pluginData"),
        custom_field_items=params.flag("customFieldItems"),
        check_item_states=params.flag("checkItemStates"),
        actions=feeds.nested_feed(store, params, feeds.CARD_DEFAULT) if wanted else None,
    )


def board_card_parts(params: Params) -> CardParts:
    """Read the nested parameters that a board route has for its cards."""
    return CardParts(
        fields=params.optional("card_fields"),
        attachments=str(params.raw("card_attachments") or "false").lower(),
        attachment_fields=params.optional("card_attachment_fields"),
        checklists=params.text("card_checklists", "none"),
        members=params.flag("card_members"),
        member_fields=params.optional("card_member_fields"),
        stickers=params.flag("card_stickers"),
        plugin_data=params.flag("card_pluginData"),
        custom_field_items=params.flag("card_customFieldItems"),
    )


def whole_card(store: Store, card: Card, parts: CardParts, viewer: Viewer) -> Json:
    """Return a card with all that was asked along with it."""
    view = card_view(store, card, parts.fields, viewer)
    if parts.attachments != "false":
        shown = attachment_views(store, card, parts.attachment_fields)
        covers = (each for each in shown if each["id"] == card.id_attachment_cover)
        view["attachments"] = list(covers) if parts.attachments == "cover" else shown
    if parts.checklists == "all":
        view["checklists"] = checklist_views(store, card, parts.checklist_fields)
    if parts.members:
        fields = parts.member_fields
        view["members"] = [member_view(store, each, fields) for each in card.id_members]
    if parts.custom_field_items:
        view["customFieldItems"] = card.extra.get("customFieldItems", [])
    if parts.stickers:
        view["stickers"] = []
    if parts.plugin_data:
        view["pluginData"] = []
    if parts.actions:
        view["actions"] = feeds.shown(store, store.log(card.id), parts.actions)
    return view


def whole_cards(
    store: Store, cards: Sequence[Card], parts: CardParts, viewer: Viewer
) -> list[Json]:
    """Return cards with what was asked along; many with their actions are refused."""
    if parts.actions and len(cards) > limits.CARDS_WITH_ACTIONS:
        raise errors.too_many_cards()
    return [whole_card(store, each, parts, viewer) for each in cards]


def filtered(store: Store, cards: Sequence[Card], wanted: str) -> list[Card]:
    """Return the cards that ``none``, ``all``, ``open``, ``closed`` or ``visible`` names.

    ``open`` has the open cards of archived lists too, ``visible`` has not.
    """
    if wanted == "none":
        return []
    if wanted == "all":
        return list(cards)
    if wanted == "closed":
        return [each for each in cards if each.closed]
    if wanted == "open":
        return [each for each in cards if not each.closed]
    if wanted == "visible":
        lists = store.lists
        return [each for each in cards if not each.closed and not lists[each.id_list].closed]
    raise errors.invalid_value("filter")


def page_of_cards(store: Store, cards: list[Card], params: Params) -> list[Card]:
    """Return one page: ``since`` and ``before`` act on creation, the newest by id stay."""
    since, before = (feeds.border(store, params, each) for each in ("since", "before"))
    limit = params.number("limit", limits.PAGE, least=1, most=limits.PAGE)
    if since:
        cards = [each for each in cards if feeds.created(each.id) >= since]
    if before:
        mark = params.text("before")
        cards = [each for each in cards if _before(each, mark, before)]
    if len(cards) <= limit:
        return cards
    kept = {each.id for each in sorted(cards, key=lambda each: each.id)[-limit:]}
    return [each for each in cards if each.id in kept]


def _before(card: Card, mark: str, before: str) -> bool:
    return card.id < mark if len(mark) == 24 else feeds.created(card.id) < before
