"""What people do on the board in the course of the week; the bot is not told, it looks."""

from collections.abc import Callable, Iterator
from datetime import datetime, time
from functools import partial
from zoneinfo import ZoneInfo

from msgspec import Struct

from bot.demo.stage import Stage
from bot.demo.words import WORDS
from bot.sandbox import Person
from bot.sandbox.samples import CardKey, ListKey

LABELLED: tuple[CardKey, ...] = ("article", "invoices", "suppliers", "posts", "wishes", "lease")
END_OF_WORK = time(17)
"""At which the assistants stop, where they live."""


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

    def act(self, who: Person, did: str, card: CardKey, wrote: str = "", **values: str) -> Act:
        """Return what was done to a card, in the language of the board."""
        text = self.words[wrote] if wrote else ""
        return Act(first_name(who), self.words[did].format_map(values), text, (self.name(card),))

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

    def answer(self, who: Person, key: CardKey) -> str:
        """Tick the first of the four answers, all is well, and return its name."""
        card = self.sample.cards[key]
        answers = self._store.checklists[card.id_checklists[1]]
        item = self._store.check_items[answers.id_items[0]]
        who.tick(card, item)
        return item.name

    def postpone_to_tonight(self, who: Person, key: CardKey) -> None:
        """Give a card a new date: the end of the present day's work in Antananarivo."""
        zone = ZoneInfo(self.sample.text.first.zone)
        today = self._store.clock().astimezone(zone).date()
        who.set_due(self.sample.cards[key], datetime.combine(today, END_OF_WORK, zone))


def first_name(who: Person) -> str:
    """Return the name to call somebody by."""
    return who.member.full_name.split()[0]


def _labels(play: Play) -> Iterator[Act]:
    sample = play.sample
    for key in LABELLED:
        sample.owner.label(sample.cards[key], sample.text.labels["delegate"])
    names = tuple(play.name(key) for key in LABELLED)
    yield Act(first_name(sample.owner), play.words["act_labels"], cards=names)


def _asks(play: Play) -> Iterator[Act]:
    who = play.holder("article")
    play.move(who, "article", "doing")
    play.write(who, "article", "question")
    yield play.act(who, "act_ask", "article", "question")


def _all_is_well(play: Play) -> Iterator[Act]:
    who = play.holder("invoices")
    answer = play.answer(who, "invoices")
    yield play.act(who, "act_tick_answer", "invoices", answer=answer)


def _owner_answers(play: Play) -> Iterator[Act]:
    owner = play.sample.owner
    play.write(owner, "article", "reply")
    yield play.act(owner, "act_reply", "article", "reply", first=first_name(play.holder("article")))
    play.write(owner, "wishes", "blanks")
    yield play.act(owner, "act_blanks", "wishes", "blanks")
    play.write(owner, "lease", "go")
    yield play.act(owner, "act_go", "lease", "go")


def _article_done(play: Play) -> Iterator[Act]:
    yield from _delivered(play, "article")
    who = play.holder("posts")
    play.move(who, "posts", "doing")
    yield play.act(who, "act_moves_on", "posts")


def _delivered(play: Play, key: CardKey) -> Iterator[Act]:
    who, wrote = play.holder(key), f"delivered_{key}"
    play.tick(who, key, most=100)
    play.write(who, key, wrote)
    play.move(who, key, "review")
    yield play.act(who, "act_deliver", key, wrote)


def _approved_and_reassigned(play: Play) -> Iterator[Act]:
    owner = play.sample.owner
    play.approve("article")
    yield play.act(owner, "act_approve", "article")
    card, since = play.sample.cards["suppliers"], play.holder("suppliers")
    to = play.sample.second if since is play.sample.first else play.sample.first
    owner.unassign(card, since)
    owner.assign(card, to)
    yield play.act(owner, "act_take_over", "suppliers", to=first_name(to), since=first_name(since))


def _delivered_without_a_word(play: Play) -> Iterator[Act]:
    who = play.holder("invoices")
    play.tick(who, "invoices", most=100)
    play.move(who, "invoices", "review")
    yield play.act(who, "act_deliver_nothing", "invoices")


def _link_added(play: Play) -> Iterator[Act]:
    who, name = play.holder("invoices"), play.words["link_name"]
    who.attach(play.sample.cards["invoices"], play.words["link"], name)
    yield play.act(who, "act_link", "invoices", link=name)


def _owner_wonders(play: Play) -> Iterator[Act]:
    owner = play.sample.owner
    play.approve("invoices")
    yield play.act(owner, "act_approve", "invoices")
    play.write(owner, "suppliers", "why")
    yield play.act(owner, "act_why", "suppliers", "why")


def _pause(play: Play) -> Iterator[Act]:
    who = play.holder("lease")
    play.tick(who, "lease", most=1)
    play.move(who, "lease", "doing")
    play.write(who, "lease", "pause")
    yield play.act(who, "act_pause", "lease", "pause")


def _new_date(play: Play) -> Iterator[Act]:
    who = play.holder("posts")
    play.postpone_to_tonight(who, "posts")
    play.write(who, "posts", "new_date")
    yield play.act(who, "act_new_date", "posts", "new_date")


def _goes_on(play: Play) -> Iterator[Act]:
    who = play.holder("wishes")
    play.tick(who, "wishes", most=1)
    play.move(who, "wishes", "doing")
    play.write(who, "wishes", "goes_on")
    yield play.act(who, "act_goes_on", "wishes", "goes_on")
    play.tick(who, "suppliers", most=1)
    play.move(who, "suppliers", "doing")
    yield play.act(who, "act_also", "suppliers")


def _posts_again(play: Play) -> Iterator[Act]:
    sample = play.sample
    play.approve("posts")
    name = play.words["copied_name"]
    sample.owner.copy_card(sample.cards["posts"], sample.lists["todo"], name)
    yield play.act(sample.owner, "act_copy", "posts")


def _week_ends(play: Play) -> Iterator[Act]:
    play.approve("suppliers")
    yield play.act(play.sample.owner, "act_approve", "suppliers")
    yield Act(None, play.words["act_nobody"])


def _new_week(play: Play) -> Iterator[Act]:
    yield Act(None, play.words["act_new_week"].format(owner=first_name(play.sample.owner)))


_MON, _TUE, _WED, _THU, _FRI = range(5)
_NEXT_MON = 7

WEEK: tuple[Scene, ...] = (
    Scene(_MON, time(9, 2), _labels),
    Scene(_MON, time(10, 40), _asks),
    Scene(_MON, time(21, 40), _all_is_well),
    Scene(_TUE, time(9, 5), _owner_answers),
    Scene(_TUE, time(10, 0), _article_done),
    Scene(_TUE, time(16, 0), _approved_and_reassigned),
    Scene(_TUE, time(20, 30), _delivered_without_a_word),
    Scene(_TUE, time(20, 45), _link_added),
    Scene(_WED, time(9, 10), _owner_wonders),
    Scene(_WED, time(11, 40), _pause),
    Scene(_THU, time(7, 30), _new_date),
    Scene(_THU, time(13, 30), partial(_delivered, key="posts")),
    Scene(_THU, time(15, 40), _goes_on),
    Scene(_THU, time(16, 30), _posts_again),
    Scene(_FRI, time(13, 40), partial(_delivered, key="suppliers")),
    Scene(_FRI, time(17, 0), _week_ends),
    # The minute before the digest.
    Scene(_NEXT_MON, time(8, 59), _new_week),
)
"""From Monday to the digest of the next Monday.

After each scene, and whenever a rule may speak, the bot makes a pass.
"""
