"""What a sample board is written down as, whatever its language."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

Language: TypeAlias = Literal["fr", "en"]

ListKey: TypeAlias = Literal["steering", "ideas", "todo", "doing", "review", "done"]

LabelKey: TypeAlias = Literal["delegate", "important", "hold", "core", "stalled"]

CardKey: TypeAlias = Literal[
    "portfolio", "maintenance", "showroom", "article", "invoices", "suppliers", "posts", "wishes",
    "lease", "prices", "visit", "apprentice", "taxes", "gaskets",
]  # fmt: skip

COLORS: Mapping[LabelKey, str] = {
    "delegate": "green",
    "important": "orange",
    "hold": "sky",
    "core": "purple",
    "stalled": "yellow",
}


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person of the sample and where they live."""

    username: str
    full_name: str
    zone: str
    """IANA zone."""
    holidays: str
    """Country, or country and subdivision."""


@dataclass(frozen=True, slots=True)
class CardText:
    """A card as its owner typed it."""

    key: CardKey
    in_list: ListKey
    name: str
    desc: str = ""
    labels: tuple[LabelKey, ...] = ()
    checklist: tuple[str, ...] = ()
    """A name, then its items."""
    link: tuple[str, str] | None = None
    """Address and name of an attachment."""
    due: datetime | None = None
    done: bool = False
    template: bool = False


@dataclass(frozen=True, slots=True)
class SampleText:
    """A small business on one board."""

    language: Language
    board: str
    trade: str
    """What the business does, in a few words."""
    owner: Somebody
    first: Somebody
    """An assistant in Madagascar."""
    second: Somebody
    """An assistant in Canada."""
    lists: Mapping[ListKey, str]
    """From left to right."""
    labels: Mapping[LabelKey, str]
    cards: tuple[CardText, ...]
    """From top to bottom."""
