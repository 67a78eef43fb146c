"""Stories of handed-over cards: those that chance makes up, and those that it seldom tells."""

from typing import NamedTuple

from hypothesis import strategies as st

from tests.unit.domain.follow_up_people import SAYINGS
from tests.unit.domain.follow_up_world import LABELS, STARTS, Step


class Wait(NamedTuple):
    """Time goes by, with passes at even distances, the last one at its end."""

    minutes: int
    passes: int = 1


class Until(NamedTuple):
    """Time goes by until a card is due or nearly so, or until its assistant's next morning."""

    what: str
    card: int = 0


class Restart(NamedTuple):
    """The machine is set up anew, with an empty disk; then a pass."""


class Story(NamedTuple):
    """Where a world begins, and what happens in it."""

    start: str
    me: str
    due_in: int
    checks: str
    cards: int
    steps: tuple[Step | Wait | Until | Restart, ...]


WAITS = st.sampled_from(
    [
        *(Wait(minutes) for minutes in (6, 11, 65, 240, 720, 1440, 4 * 1440)),
        *(Wait(1440, 4), Wait(2 * 1440, 6), Wait(4 * 1440, 9), Wait(8 * 1440, 10)),
    ]
)
UNTIL = st.builds(
    Until, st.sampled_from(["day before", "due", "after due", "morning"]), st.integers(0, 1)
)
WHO = st.sampled_from(["assistant", "assistant", "owner", "owner", "other"])
WHATS = {
    "says": st.sampled_from(sorted(SAYINGS)),
    "copies": st.just(0),
    "ticks": st.integers(0, 6),
    "moves": st.sampled_from(["todo", "questions", "review", "done"]),
    "dates": st.sampled_from([-1, 0, 2, 9, 30, 75, 200]),
    "describes": st.integers(0, 1),
    "attaches": st.integers(0, 1),
    "completes": st.just(0),
    "archives": st.just(0),
    "shifts": st.just(0),
    "labels": st.sampled_from(["hold", "hold", *sorted(LABELS)]),
    "joins": st.integers(0, 3),
    "deletes": st.integers(0, 2),
    "takes back": st.just(0),
}


def _act(name: str) -> st.SearchStrategy[Step]:
    cards = st.sampled_from([0, 0, 0, 1])
    return st.builds(Step, st.just(name), WHO, WHATS[name], cards)


OFTEN = (*["says"] * 8, *["ticks", "dates", "deletes", "moves", "describes", "labels"] * 2)
ACTS = st.sampled_from([*OFTEN, *WHATS]).flatmap(_act)
TIME = st.one_of(WAITS, WAITS, WAITS, UNTIL, UNTIL, st.just(Restart()))
CHAPTER = st.lists(st.one_of(ACTS, TIME, TIME), max_size=5)
STORIES = st.builds(
    Story,
    st.sampled_from(STARTS),
    st.sampled_from(["own", "own", "shared"]),
    st.sampled_from([0, 3, 6, 12]),
    st.sampled_from(["usual", "often"]),
    st.sampled_from([1, 1, 2]),
    # Ten short lists shrink as well as one, and are longer together than one list of choice is.
    st.tuples(*[CHAPTER] * 10).map(lambda parts: tuple(step for part in parts for step in part)),
)


def _says(what: str, who: str = "assistant") -> Step:
    return Step("says", who, what)


def told(
    *steps: Step | Wait | Until | Restart,
    me: str = "own",
    start: str = STARTS[3],
    due_in: int = 12,
) -> Story:
    return Story(start, me, due_in, "usual", 1, steps)


_WEEK = Wait(8 * 1440, 20)
_FLAG = Step("labels", "other", "stalled")

RARE = {
    "a stall comment deleted, of which no label tells": (
        *(_FLAG, Wait(5 * 1440, 30), Step("deletes"), Wait(1440, 4), _says("plain")),
        *(_WEEK, Step("deletes"), Restart(), Wait(1440, 4)),
    ),
    "two stalls": (Wait(5 * 1440, 20), _says("plain"), Wait(6), _WEEK),
    "a person takes the bot's flag off, and puts it on": (
        *(Wait(5 * 1440, 20), _FLAG, Wait(11), Wait(1440), _FLAG, Wait(11), _says("ok"), _WEEK),
    ),
    "a pause of the owner's, and their go": (
        *(_says("question"), Wait(6), Wait(4 * 1440, 8), _says("plain", "owner"), Wait(11)),
        *(_says("go", "owner"), Wait(11), Wait(1440), _says("go", "owner"), Wait(11), _WEEK),
    ),
    "a date set between a proposal and the go": (
        *(_says("question"), Wait(4 * 1440, 8), _says("plain", "owner"), Wait(11)),
        *(Step("dates", "owner", 200), Wait(11), _says("go", "owner"), Wait(11), _WEEK),
    ),
    "ticked answers": (
        *(Step("ticks", what=3), Wait(11), _says("plain", "owner"), _WEEK, Wait(3 * 1440, 6)),
        *(Step("dates", "owner", 75), Step("ticks", what=3), Wait(4 * 1440, 16)),
    ),
    "silence by the assistant, through to late": (
        *(_says("silence"), _WEEK, Wait(4 * 1440, 8), Until("due"), _WEEK, _says("reprendre")),
        *(Wait(11), _WEEK),
    ),
    "silence by the owner, lifted by the assistant": (
        *(_says("mute", "owner"), _WEEK, _says("resume"), _WEEK),
    ),
    "somebody at work every day": tuple(
        step for _ in range(11) for step in (_says("plain"), Wait(1440, 12))
    ),
    "new dates, and never an answer": tuple(
        step for _ in range(4) for step in (Step("dates", "owner", 75), Wait(5 * 1440, 30))
    ),
    "a new date after the check-in": (
        *(Wait(11 * 1440 + 300, 40), _says("plain"), Step("dates", "owner", 200)),
        *(Wait(9 * 1440, 40),),
    ),
    "silence by the assistant, and late": (
        *(_says("plain"), Wait(11 * 1440, 6), _says("mute"), Wait(5 * 1440, 40)),
    ),
    "a stall comment without a flag deleted": (
        *(_FLAG, Wait(5 * 1440, 20), Step("deletes"), Wait(1440, 4), _WEEK),
    ),
    "two changes of others": (
        *(Step("describes", "owner"), Step("attaches", "owner"), Wait(5 * 1440, 20), _WEEK),
    ),
    "another assistant while it is in review": (
        *(Step("moves", what="review"), Wait(11), Step("joins", "owner", 1)),
        *(Step("joins", "owner", 2), Wait(11), _WEEK, Step("moves", "owner", "todo"), _WEEK),
    ),
    "hold, and no label": (
        *(_WEEK, Step("labels", "owner", "hold"), Step("labels", "owner", "delegate"), Wait(11)),
        *(_WEEK, Step("labels", "owner", "hold"), Wait(11)),
    ),
    "an answer of the bot to words that were taken back": (
        *(_says("question"), Wait(6), _says("aide"), Wait(6), Step("takes back"), Wait(11)),
    ),
    "delivered with nothing, then with something": (
        *(Step("moves", what="review"), Wait(11), Step("attaches"), Wait(11), _WEEK),
        *(Step("moves", "owner", "todo"), Wait(11), _WEEK),
    ),
    "changes of others, told once": (
        *(Step("describes", "owner"), Wait(6), Step("dates", "owner", 200), Wait(11), Wait(240)),
        *(Step("attaches", "other"), Wait(1440, 8), Step("deletes"), Restart(), _WEEK),
    ),
    "another assistant": (
        *(Step("joins", "owner", 1), Step("joins", "owner", 2), Wait(6), _WEEK, Step("deletes")),
        *(Step("joins", "owner", 2), Step("joins", "owner", 1), Wait(11), _WEEK),
    ),
}
