"""The cards of the year: what the owner writes, and how each will go; all drawn from one seed."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo

from bot.sandbox.rows import Card
from tests.end_to_end.year.people import ASSISTANTS, EVERYBODY, HOURS, PAUL

Temper: TypeAlias = Literal["smooth", "curious", "stuck", "forgotten", "slow", "gone"]
Side: TypeAlias = Literal["owner", "assistant"]

SHARES: dict[Temper, int] = {
    "smooth": 65,
    "curious": 10,
    "stuck": 6,
    "forgotten": 8,
    "slow": 8,
    "gone": 3,
}
"""Per cent of the cards."""
ORDINARY = {"important": 0.15, "completed": 0.07}
"""Chances of turns that any card's story may take."""
TROUBLES = {
    "incomplete": 0.15,
    "edited": 0.2,
    "rework": 0.15,
    "empty": 0.1,
    "held": 0.1,
    "core": 0.08,
    "assistant_command": 0.15,
    "owner_command": 0.1,
    "reassigned": 0.08,
    "archived": 0.05,
    "unlabelled": 0.08,
    "own_flag": 0.05,
}
"""Chances of turns on cards that do not go smoothly, independent of each other: one and a quarter a
card on average.  (With two a card the 95th percentile of the bot's comments is 6 instead of 5.)
"""

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
WEEKLY = 2
"""Cards in an ordinary week of the owner's."""
EXTRA: tuple[tuple[date, str, int], ...] = (
    (date(2026, 3, 5), "noah", 5),
    (date(2026, 3, 6), "mel", 5),
    (date(2026, 3, 26), "mel", 4),
    (date(2026, 3, 27), "tom", 3),
    (date(2026, 3, 27), "noah", 3),
    (date(2026, 4, 2), "mel", 5),
    (date(2026, 4, 2), "noah", 4),
    (date(2026, 4, 30), "mel", 4),
    (date(2026, 5, 7), "mel", 4),
    (date(2026, 5, 12), "tom", 4),
    (date(2026, 5, 13), "mel", 5),
    (date(2026, 5, 15), "noah", 4),
    (date(2026, 5, 22), "mel", 4),
    (date(2026, 6, 22), "noah", 3),
    (date(2026, 6, 25), "mel", 4),
    (date(2026, 6, 29), "noah", 3),
    (date(2026, 7, 13), "tom", 3),
    (date(2026, 7, 31), "mel", 5),
    (date(2026, 9, 4), "noah", 4),
    (date(2026, 10, 9), "noah", 6),
    (date(2026, 10, 22), "tom", 4),
    (date(2026, 10, 23), "mel", 4),
    (date(2026, 10, 29), "noah", 3),
    (date(2026, 10, 30), "noah", 4),
    (date(2026, 11, 10), "tom", 3),
    (date(2026, 12, 9), "mel", 4),
    (date(2026, 12, 21), "noah", 5),
    (date(2026, 12, 22), "mel", 9),
)
"""Cards around clock changes, holidays and days away: day, assistant, days until due."""
FORGOTTEN = {
    (date(2026, 3, 5), "noah"),
    (date(2026, 3, 27), "tom"),
    (date(2026, 10, 22), "tom"),
    (date(2026, 10, 29), "noah"),
}
"""Of these the ones that are forgotten on purpose: the bot speaks on both sides of the change."""

_WORKS = (
    ("Rédiger un article sur {}", ""),
    ("Trier les courriels : {}", ""),
    ("Comparer trois offres pour {}", ""),
    ("Réserver un train pour {}", ""),
    ("Mettre à jour le site : {}", ""),
    ("Posts LinkedIn : {}", ""),
    ("Caler une réunion : {}", ""),
    ("Factures : {}", "pièces : https://exemple.fr/pieces/{}.pdf"),
    ("Saisie : {}", "pièces : https://exemple.fr/pieces/{}.pdf"),
    *3 * (("Ranger le dossier : {}", "méthode :\n- lire\n- trier\n- relire\n\ncharge : {hours}h"),),
)
"""One card in four is of no special kind."""
_INCOMPLETE = (
    ("Factures : {}", "", "pièces : https://exemple.fr/pieces/complement.pdf"),
    ("Ranger le dossier : {}", "charge : 2h", "méthode :\n- lire\n- trier\n- relire"),
    ("Appeler : {}", "", "méthode :\n- chercher le numéro\n- appeler\n\ncharge : 45 min"),
)
_SUBJECTS = (
    "pergolas", "devis Martin", "salon de Lyon", "toitures", "mai", "assurance", "imprimante",
    "formation", "tarifs", "archives", "fournisseurs", "portes ouvertes", "isolation",
    "garanties", "chantier Petit", "vitrine", "contrats", "congés", "banque", "jardin d’hiver",
)  # fmt: skip


@dataclass
class Task:
    """A card, what will happen to it, and how far it has come."""

    number: int
    created: datetime
    title: str
    notes: str
    temper: Temper
    chance: Random
    wanted: str
    """The assistant whom the owner has in mind."""
    choice: Literal["line", "member", "none"] = "line"
    turns: frozenset[str] = frozenset()
    missing: str = ""
    """What the owner will answer when asked for blanks."""
    due: datetime | None = None

    card: Card = field(init=False)
    mood: Temper = field(init=False)
    """How whoever has it now deals with it."""
    state: Literal["asked", "handed", "review", "done", "gone"] = "asked"
    assistant: str = ""
    ball: Side = "assistant"
    handed: datetime | None = None
    begins: datetime | None = None
    effort: float = 0.0
    """Hours that the work will take."""
    worked: float = 0.0
    awake: bool = True
    """False: the assistant has forgotten it, or waits to be asked."""
    held: bool = False
    said: set[str] = field(default_factory=set)
    """Turns that have been taken."""

    def __post_init__(self) -> None:
        self.mood = self.temper

    @property
    def name(self) -> str:
        """Return number and title, as in the table."""
        return f"#{self.number:03} {self.title}"

    def takes(self, turn: str) -> bool:
        """Tell, once, whether the story takes this turn."""
        return turn in self.turns and self.first(turn)

    def first(self, turn: str) -> bool:
        """Tell whether this is the first time that the story comes here."""
        new = turn not in self.said
        self.said.add(turn)
        return new


def tasks_of_the_year(seed: int) -> list[Task]:
    """Return all cards in the order of their creation."""
    chance = Random(f"intake {seed}")  # noqa: S311 - a script, no secret
    planned = [(at, None, None) for at in _ordinary(chance)]
    extra = [(_moment(day, chance), who, days) for day, who, days in EXTRA]
    together = sorted((*planned, *extra), key=lambda each: each[0])
    return [
        _task(number, at, (who, days), Random(f"card {number} of {seed}"))  # noqa: S311
        for number, (at, who, days) in enumerate(together, 1)
    ]


def _ordinary(chance: Random) -> list[datetime]:
    found = []
    monday = FIRST - timedelta(days=FIRST.weekday())
    while monday < date(2026, 12, 19):
        days = [monday + timedelta(days=n) for n in range(5)]
        working = [day for day in days if day > FIRST and HOURS["paul"].works_on(day)]
        found += [_moment(chance.choice(working), chance) for _ in range(WEEKLY) if working]
        monday += timedelta(days=7)
    return found


def _moment(day: date, chance: Random) -> datetime:
    """Return when the owner writes the card: one in ten at an odd hour."""
    hour = chance.choice((6, 21, 23)) if chance.random() < 0.1 else chance.choice((9, 10, 14, 16))
    local = datetime.combine(day, time(hour, 5 * chance.randrange(12)), ZoneInfo(PAUL.zone))
    return local.astimezone(UTC)


def _task(number: int, at: datetime, extra: tuple[str | None, int | None], chance: Random) -> Task:
    who, days = extra
    temper = chance.choices(list(SHARES), list(SHARES.values()))[0]
    if (HOURS["paul"].local(at).date(), who) in FORGOTTEN:
        temper = "forgotten"
    possible = ORDINARY if temper == "smooth" else ORDINARY | TROUBLES
    turns = frozenset(name for name, share in possible.items() if chance.random() < share)
    subject = f"{chance.choice(_SUBJECTS)} {number}"
    title, notes, missing = _work(subject, chance, incomplete="incomplete" in turns)
    task = Task(
        number=number,
        created=at,
        title=title,
        notes=notes,
        temper=temper,
        chance=chance,
        wanted=who or chance.choice(ASSISTANTS).username,
        turns=turns,
        missing=missing,
    )
    task.choice = "line" if who else chance.choices(("line", "member", "none"), (45, 25, 30))[0]
    _add_wishes(task, days or (chance.randint(3, 10) if chance.random() < 0.5 else 0))
    return task


def _work(subject: str, chance: Random, *, incomplete: bool) -> tuple[str, str, str]:
    if incomplete:
        title, notes, missing = chance.choice(_INCOMPLETE)
        return title.format(subject), notes, missing
    title, notes = chance.choice(_WORKS)
    slug = subject.replace(" ", "-").replace("’", "-")
    return title.format(subject), notes.format(slug, hours=chance.choice((1, 2, 3, 6))), ""


def _add_wishes(task: Task, days: int) -> None:
    """Add the date and the person that the owner wants, in the notes or on the card."""
    chance, lines = task.chance, [task.notes] if task.notes else []
    if days:
        hours = EVERYBODY[task.wanted].clock
        day, left = hours.local(task.created).date(), days
        while left:
            day += timedelta(days=1)
            left -= hours.works_on(day)
        if chance.random() < 0.25:
            task.due = datetime.combine(day, time(16), UTC)
        else:
            lines.append(f"pour : {day}")
    if chance.random() < 0.15:
        lines.append(f"priorité : {chance.randint(1, 3)}")
    if task.choice == "line":
        lines.append(f"assistant : {task.wanted}")
    task.notes = "\n".join(reversed(lines))
