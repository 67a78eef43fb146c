"""A board on which everything has happened that the sandbox can make happen."""

from dataclasses import dataclass
from datetime import UTC, datetime

from bot.sandbox import (
    Grant,
    Person,
    SandboxApp,
    Store,
    World,
    boards,
    card_sets,
    cards,
    create_app,
)
from bot.sandbox.rows import Action, Attachment, Board, BoardList, Card, Checklist, Webhook

DUE = datetime(2026, 12, 4, 16, tzinfo=UTC)


@dataclass(frozen=True)
class Busy:
    world: World
    app: SandboxApp
    grant: Grant
    paul: Person
    mel: Person
    board: Board
    other: Board
    todo: BoardList
    doing: BoardList
    elsewhere: BoardList
    card: Card
    comment: Action
    checklist: Checklist
    attachment: Attachment
    webhook: Webhook

    @property
    def label(self) -> str:
        return self.card.id_labels[0]

    @property
    def free_label(self) -> str:
        mine = self.world.store.labels_of(self.board)
        return next(each.id for each in mine if each.id not in self.card.id_labels)


def busy_board() -> Busy:
    world = World()
    paul, mel = world.add_person("paul", "Paul Martin"), world.add_person("mel", "Mel Rakoto")
    board = paul.add_board("Atelier", ["À faire", "En cours"], ["delegate", "important", "x"])
    other = paul.add_board("Ailleurs", ["Loin"], ["delegate"])
    world.invite(board, mel)
    world.invite(other, mel)
    todo, doing = (world.list_named(board, each) for each in ("À faire", "En cours"))
    card = paul.add_card(todo, "Facture", desc="pour lundi", labels=["delegate"], members=[mel])
    _write(world, paul, mel, card)
    checklist = mel.add_checklist(card, "Étapes", ["un", "deux"])
    mel.tick(card, "un")
    attachment = mel.attach(card, "https://example.com/a", "a")
    mel.upload(card, "b.txt", b"b")
    mel.move(card, doing)
    mel.move(card, todo)
    comment = mel.comment(card, "bonjour")
    paul.react(comment)
    card_sets.vote(world.store, paul.by, card, mel.id)
    grant = world.grant(mel)
    token = world.store.tokens[grant.token]
    webhook = Webhook(world.store.new_id(), token.id, board.id, "https://example.com/hook", "d")
    world.store.webhooks[webhook.id] = webhook
    return Busy(
        world, create_app(world.store), grant, paul, mel, board, other, todo, doing,
        world.list_named(other, "Loin"), card, comment, checklist, attachment, webhook,
    )  # fmt: skip


def _write(world: World, paul: Person, mel: Person, card: Card) -> None:
    """Leave every kind of action on the board."""
    store, board = world.store, world.store.boards[card.id_board]
    scratch = paul.add_card(store.lists[card.id_list], "brouillon", members=[mel])
    paul.comment(scratch, "à copier")
    paul.copy_card(scratch)
    paul.add_checklist(scratch, "c", ["i"])
    paul.remove_checklist(store.checklists[scratch.id_checklists[0]])
    paul.detach(paul.attach(scratch, "https://example.com"))
    paul.label(scratch, "important")
    paul.unlabel(scratch, "important")
    paul.unassign(scratch, mel)
    paul.assign(scratch, mel)
    _change_card(store, paul, scratch)
    _change_board(world, paul, board)


def _change_card(store: Store, paul: Person, scratch: Card) -> None:
    paul.rename(scratch, "brouillon 2")
    paul.describe(scratch, "d")
    paul.set_due(scratch, DUE)
    paul.set_start(scratch, DUE)
    paul.complete(scratch)
    paul.archive(scratch)
    cards.change(store, paul.by, scratch, "dueReminder", 60)
    cards.set_pos(store, paul.by, scratch, 5.5)
    paul.delete(scratch)


def _change_board(world: World, paul: Person, board: Board) -> None:
    store = world.store
    boards.change(store, paul.by, board, "desc", "d")
    boards.change(store, paul.by, board, "name", "Atelier Martin")
    for closed in (True, False):
        boards.change(store, paul.by, board, "closed", closed)
    for pref, value in (
        ("background", "red"),
        ("comments", "observers"),
        ("selfJoin", False),
        ("voting", "members"),
        ("permissionLevel", "org"),
        ("cardCovers", False),
    ):
        boards.set_pref(store, paul.by, board, pref, value)  # fmt: skip
    list_ = paul.add_list(board, "à part")
    boards.change_list(store, paul.by, list_, "name", "à part 2")
    boards.change_list(store, paul.by, list_, "pos", "top")
    paul.archive_list(list_)
    boards.move_list(store, paul.by, list_, next(b for b in store.boards.values() if b != board))
