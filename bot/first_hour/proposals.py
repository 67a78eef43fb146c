"""What the boards suggest: which list means what, who delegates, who does the work.  Pure."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from itertools import takewhile
from typing import Literal, TypeAlias, get_args

from msgspec import Struct

from bot.domain.model import Language
from bot.domain.words import fold
from bot.resolve import RECOGNISED_DELEGATE, SeenBoard, SeenLabel, SeenList, SeenMember

ListRole: TypeAlias = Literal["question", "review", "done", "ignored"]
LIST_ROLES: tuple[ListRole, ...] = get_args(ListRole)
LabelRole: TypeAlias = Literal["delegate", "stalled", "hold", "important", "core"]

_WORDS: Mapping[ListRole, str] = {
    "done": "fait faits faite faites fini finis finie finies livre livres livree livrees clos "
    "termine termines terminee terminees acheve acheves achevee achevees "
    "cloture clotures cloturee cloturees valide valides validee validees "
    "approuve approuves approuvee approuvees "
    "done completed delivered closed approved finished",
    "review": "valider validation relire relecture relectures verifier verification verifications "
    "approuver approbation review reviews proofreading validate verify approve approval approvals",
    "question": "question questions clarifier clarification clarifications clarify",
    "ignored": "idee idees idea ideas someday archive archives archived inspiration inspirations "
    "modele modeles template templates",
}
"""Words that a list's name may hold, folded; the first role that finds one has it."""
_NAMES: Mapping[str, ListRole] = dict.fromkeys(
    ("ressource", "ressources", "resource", "resources"), "ignored"
)
"""Words that mean something only where they are the whole name: human resources are work."""
_OPPOSITES = frozenset(["a", "pas", "non", "jamais", "not", "never", "to"])
"""After one of these nothing is done: À rendre fini, pas fait, not done, to be approved."""

LABELS: Mapping[Language, Mapping[LabelRole, str]] = {
    "fr": {
        "delegate": "delegate",
        "stalled": "à regarder",
        "hold": "en attente",
        "important": "important",
        "core": "cœur de métier",
    },
    "en": {
        "delegate": "delegate",
        "stalled": "have a look",
        "hold": "on hold",
        "important": "important",
        "core": "core business",
    },
}
"""What labels are called unless a board has them in the other language already."""


class Roster(Struct, frozen=True):
    """Who is who on the chosen boards."""

    owner: SeenMember | None
    """Who delegates; ``None``: the boards do not tell."""
    candidates: tuple[SeenMember, ...]
    """Members of every board: anybody else as owner would shut a board out."""
    members: tuple[SeenMember, ...]
    """Everybody who may be given work on some board."""
    me: str
    """The token's member id."""

    def assistants_of(self, owner: SeenMember) -> tuple[SeenMember, ...]:
        """Return who would be an assistant: everybody but the owner and the bot's own account."""
        return tuple(each for each in self.members if each.id not in {owner.id, self.me})


def list_role(name: str) -> ListRole | None:
    """Return what a list most likely means, by its name; ``None``: nothing in particular."""
    words = re.findall(r"[^\W\d_]+", fold(name))
    affirmed = list(takewhile(lambda word: word not in _OPPOSITES, words))
    for role in ("done", "review", "question", "ignored"):
        if not {*_WORDS[role].split()}.isdisjoint(affirmed if role == "done" else words):
            return role
    return _NAMES.get(" ".join(words))


def open_lists(board: SeenBoard) -> tuple[SeenList, ...]:
    """Return a board's lists from left to right."""
    return tuple(each for each in board.lists if not each.closed)


def label_names(labels: Iterable[SeenLabel], language: Language) -> Mapping[LabelRole, str | None]:
    """Return what each label is called, in the words of the boards where these have it.

    The label that delegates has no name here when the boards call it differently: each of the
    recognised names counts then.
    """
    there = {fold(each.name): each.name for each in labels if each.name}
    return {
        role: _delegating(there) if role == "delegate" else _called(role, there, language)
        for role in LABELS[language]
    }


def _called(role: LabelRole, there: Mapping[str, str], language: Language) -> str:
    usual = [LABELS[language][role], *(names[role] for names in LABELS.values())]
    return next((there[fold(name)] for name in usual if fold(name) in there), usual[0])


def _delegating(there: Mapping[str, str]) -> str | None:
    found = [there[fold(name)] for name in RECOGNISED_DELEGATE if fold(name) in there]
    return None if len(found) > 1 else [*found, RECOGNISED_DELEGATE[0]][0]


def roster(boards: Sequence[SeenBoard], me: str) -> Roster:
    """Return who is who: whoever alone administers every board, besides the bot, delegates.

    An account of the token that is an admin may be the owner's own or the bot's: where there is
    another admin too, only a person can tell.
    """
    everywhere = _on_each(boards, lambda board: {each.id for each in board.active_members})
    admins = _on_each(boards, lambda board: board.with_role("admin")) & everywhere
    watching = _on_each(boards, lambda board: board.with_role("observer"))
    people = {each.id: each for board in boards for each in board.active_members}
    return Roster(
        owner=people[next(iter(admins))] if len(admins) == 1 else None,
        candidates=tuple(each for each in people.values() if each.id in everywhere),
        members=tuple(each for each in people.values() if each.id not in watching),
        me=me,
    )


def _on_each(boards: Sequence[SeenBoard], who: Callable[[SeenBoard], Set[str]]) -> frozenset[str]:
    return frozenset.intersection(*(frozenset(who(board)) for board in boards))
