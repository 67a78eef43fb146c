"""What people do on the board in the course of the week; the bot is not told, it looks."""

from collections.abc import Callable, Iterator
from datetime import time
from functools import partial

from msgspec import Struct

from bot.demo.stage import Stage
from bot.demo.words import WORDS
from bot.sandbox import Person
from bot.sandbox.samples import CardKey, ListKey

LABELLED: tuple[CardKey, ...] = ("article", "invoices", "suppliers", "posts", "wishes", "lease")
_FIRST_DONE: tuple[CardKey, ...] = ("article", "invoices")


class Act(Struct, frozen=True):
    """What somebody has just done; ``who`` is ``None`` when it is only time that passed."""

    who: str | None
    did: str
    wrote: str = ""
    cards: tuple[str, ...] = ()


class Scene(Struct, frozen=True):
    """A moment of the week, in the owner's local time."""

    day: int
    """0 is Monday."""
    at: time
    play: Callable[["Play"], Iterator[Act]]


class Play:
    """The people at work on a stage."""

    def __init__(self, stage: Stage) -> None:
        self.sample = stage.sample
        self.words = WORDS[stage.sample.text.language]
        self._store = stage.world.store

    def act(self, who: Person, did: str, wrote: str = "", **values: str) -> Act:
        """Return what was done, in the language of the board."""
        text = self.words[wrote] if wrote else ""
        return Act(first_name(who), self.words[did].format_map(values), text)

    def write(self, who: Person, key: CardKey, text: str) -> None:
        """Post a comment."""
        who.comment(self.sample.cards[key], self.words[text])

    def move(self, who: Person, key: CardKey, list_: ListKey) -> None:
        """Move a card."""
        who.move(self.sample.cards[key], self.sample.lists[list_])

    def name(self, key: CardKey) -> str:
        """Return a card's name."""
        return self.sample.cards[key].name

    def holder(self, key: CardKey) -> Person:
        """Return the assistant who has a card."""
        first, second = self.sample.first, self.sample.second
        return first if first.id in self.sample.cards[key].id_members else second

    def approve(self, key: CardKey) -> None:
        """Let the owner accept delivered work."""
        self.sample.owner.complete(self.sample.cards[key])
        self.move(self.sample.owner, key, "done")

    def tick(self, who: Person, key: CardKey, most: int) -> None:
        """Tick the first steps, never the answers below them."""
        card = self.sample.cards[key]
        for item in self._store.checklists[card.id_checklists[0]].id_items[:most]:
            who.tick(card, self._store.check_items[item])


def first_name(who: Person) -> str:
    """Return the name to call somebody by."""
    return who.member.full_name.split()[0]


def _labels(play: Play) -> Iterator[Act]:
    sample = play.sample
    for key in LABELLED:
        sample.owner.label(sample.cards[key], sample.text.labels["delegate"])
    names = tuple(play.name(key) for key in LABELLED)
    yield Act(first_name(sample.owner), play.words["act_labels"], cards=names)


def _time_passes(play: Play, said: str) -> Iterator[Act]:
    yield Act(None, play.words[said])


def _first_answers(play: Play) -> Iterator[Act]:
    who = play.holder("article")
    play.move(who, "article", "doing")
    play.write(who, "article", "first_answer")
    yield play.act(who, "act_first_answer", "first_answer")


def _owner_answers(play: Play) -> Iterator[Act]:
    owner = play.sample.owner
    play.write(owner, "article", "reply")
    yield play.act(owner, "act_reply", "reply", first=first_name(play.holder("article")))
    play.write(owner, "wishes", "blanks")
    yield play.act(owner, "act_blanks", "blanks", card=play.name("wishes"))
    play.write(owner, "lease", "go")
    yield play.act(owner, "act_go", "go", card=play.name("lease"))


def _delivered(play: Play, key: CardKey) -> Iterator[Act]:
    who, said = play.holder(key), f"delivered_{key}"
    play.tick(who, key, most=100)
    play.write(who, key, said)
    play.move(who, key, "review")
    yield play.act(who, "act_deliver", said, card=play.name(key))


def _approved_and_reassigned(play: Play) -> Iterator[Act]:
    owner = play.sample.owner
    for key in _FIRST_DONE:
        play.approve(key)
    names = tuple(play.name(key) for key in _FIRST_DONE)
    yield Act(first_name(owner), play.words["act_approve"], cards=names)
    card, since = play.sample.cards["suppliers"], play.holder("suppliers")
    to = play.sample.second if since is play.sample.first else play.sample.first
    owner.unassign(card, since)
    owner.assign(card, to)
    did = play.words["act_take_over"].format(to=first_name(to), since=first_name(since))
    yield Act(first_name(owner), did, cards=(card.name,))


def _posts_again(play: Play) -> Iterator[Act]:
    sample = play.sample
    play.approve("posts")
    name = play.words["copied_name"]
    sample.owner.copy_card(sample.cards["posts"], sample.lists["todo"], name)
    yield play.act(sample.owner, "act_copy", card=play.name("posts"))


def _suppliers_begun(play: Play) -> Iterator[Act]:
    who = play.holder("suppliers")
    play.tick(who, "suppliers", most=1)
    play.write(who, "suppliers", "second_answer")
    play.move(who, "suppliers", "doing")
    yield play.act(who, "act_second", "second_answer")


_MON, _TUE, _WED, _THU, _FRI = range(5)

WEEK: tuple[Scene, ...] = (
    Scene(_MON, time(9, 2), _labels),
    Scene(_MON, time(9, 8), partial(_time_passes, said="act_quiet")),
    Scene(_MON, time(10, 40), _first_answers),
    Scene(_TUE, time(9, 5), _owner_answers),
    Scene(_TUE, time(13, 30), partial(_delivered, key="article")),
    Scene(_TUE, time(20, 30), partial(_delivered, key="invoices")),
    Scene(_WED, time(9, 10), _approved_and_reassigned),
    Scene(_WED, time(13, 30), partial(_delivered, key="posts")),
    Scene(_WED, time(16, 30), _posts_again),
    Scene(_THU, time(15, 0), _suppliers_begun),
    Scene(_FRI, time(9, 0), partial(_time_passes, said="act_nobody")),
)
"""From Monday to Friday; after each scene the bot makes its pass."""
