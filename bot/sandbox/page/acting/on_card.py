"""What people do on the back of a card."""

from collections.abc import Callable, Mapping

from bot.sandbox import access
from bot.sandbox.errors import not_found
from bot.sandbox.page.acting.form import Form
from bot.sandbox.page.acting.on_board import place
from bot.sandbox.people import Person
from bot.sandbox.rows import Card, CheckItem


def rename(form: Form, card: Card) -> str:
    """Change the title."""
    form.who.rename(card, form.line("name"))
    return "title"


def move(form: Form, card: Card) -> str:
    """Move the card to the top or the bottom of a list."""
    list_ = form.list_on(form.store.boards[card.id_board])
    place(form, card, list_, "top" if form.text("place") == "top" else "bottom")
    return "move"


def describe(form: Form, card: Card) -> str:
    """Change the description."""
    form.who.describe(card, form.text("desc"))
    return "description"


def label(form: Form, card: Card) -> str:
    """Put a label on, or take it off; what is so already stays so."""
    wanted = form.store.label(form.text("label"))
    if form.on("on") == (wanted.id in card.id_labels):
        return "labels"
    if form.on("on"):
        form.who.label(card, wanted)
    else:
        form.who.unlabel(card, wanted)
    return "labels"


def member(form: Form, card: Card) -> str:
    """Put somebody on the card, or take them off; what is so already stays so."""
    wanted = form.store.members.get(form.text("member"))
    if wanted is None:
        raise not_found()
    whom = Person(form.store, wanted)
    if form.on("on") == (whom.id in card.id_members):
        return "members"
    if form.on("on"):
        form.who.assign(card, whom)
    else:
        form.who.unassign(card, whom)
    return "members"


def due(form: Form, card: Card) -> str:
    """Set the due date, or clear it."""
    form.who.set_due(card, form.moment("due"))
    return "due"


def complete(form: Form, card: Card) -> str:
    """Mark the card complete, or take it back."""
    form.who.complete(card, done=form.on("on"))
    return "due"


def archive(form: Form, card: Card) -> str:
    """Archive the card, or bring it back."""
    form.who.archive(card, closed=form.on("on"))
    return "title"


def tick(form: Form, card: Card) -> str:
    """Tick an item, or untick it."""
    item = _item(form, card)
    form.who.tick(card, item, done=form.on("on"))
    return f"i-{item.id}"


def _item(form: Form, card: Card) -> CheckItem:
    found = form.store.check_items.get(form.text("item"))
    if found is None or found.id_checklist not in card.id_checklists:
        raise not_found()
    return found


def add_checklist(form: Form, card: Card) -> str:
    """Add a checklist with an item for each line."""
    items = [line.strip() for line in form.text("items").splitlines() if line.strip()]
    return f"k-{form.who.add_checklist(card, form.line('name'), items).id}"


def attach(form: Form, card: Card) -> str:
    """Attach a link."""
    form.who.attach(card, form.line("url"), form.text("name").strip())
    return "attachments"


def comment(form: Form, card: Card) -> str:
    """Post a comment."""
    access.comment_on(form.store, form.who.by, card)
    form.who.comment(card, form.text("text"))
    return "activity"


ACTS: Mapping[str, Callable[[Form, Card], str]] = {
    "rename": rename,
    "move": move,
    "describe": describe,
    "label": label,
    "member": member,
    "due": due,
    "complete": complete,
    "archive": archive,
    "tick": tick,
    "add_checklist": add_checklist,
    "attach": attach,
    "comment": comment,
}
