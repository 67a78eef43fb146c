"""The configuration file's keys, with their defaults: what stands here, editors complete.

A key without a value counts as not written. Unknown keys are refused.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    GetJsonSchemaHandler,
    PrivateAttr,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from bot.domain.model import Language
from bot.settings import fields
from bot.settings.document import Document, undotted
from bot.settings.hours import USUAL_HOURS
from bot.settings.problems import Problem


class Section(BaseModel):
    """Keys that belong together."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        validate_default=True,
        hide_input_in_errors=True,
        arbitrary_types_allowed=True,
    )

    @model_validator(mode="before")
    @classmethod
    def _leave_out_empty_keys(cls, value: Any) -> Any:
        if not isinstance(value, Mapping):
            return value
        known = cls.model_fields
        return {key: each for key, each in value.items() if each is not None or key not in known}


class Lists(Section):
    """Lists that mean something, by name or id; a name matches without case and accents."""

    question: fields.Names | None = None
    """The owner has the ball; without this key: Questions, Question."""
    review: fields.Names | None = None
    """Delivered, the owner has the ball; without this key: À valider, À relire, Review."""
    done: fields.Names | None = None
    """Finished; without this key: Terminé, Fait, Livré, Done."""
    ignored: fields.Names | None = None
    """The bot leaves the cards of these lists alone."""


class BoardSettings(Section):
    """A board that the bot serves."""

    board: fields.BoardReference
    """Its address, short link or id."""
    lists: Lists = fields.as_written({})
    portfolio: fields.Name | None = None
    """The card for dashboard and weekly digest: name, short link or address; without this key:
    Portefeuille or Portfolio."""

    @model_validator(mode="before")
    @classmethod
    def _read_short_form(cls, value: Any) -> Any:
        return {"board": value} if isinstance(value, str | int) else value

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Tell editors of the short form too."""
        return {"anyOf": [{"type": "string"}, handler(schema)]}


class Labels(Section):
    """Labels that mean something, by name or id."""

    delegate: fields.Name | None = None
    """Hands a card over; without this key: delegate, déléguer or à déléguer."""
    stalled: fields.Name = fields.as_written("à regarder")
    """Set by the bot where work has stopped."""
    hold: fields.Name = fields.as_written("en attente")
    """The bot keeps quiet on such a card."""
    important: fields.Name = fields.as_written("important")
    """Mid-course check-ins and a parallel notice."""
    core: fields.Name = fields.as_written("cœur de métier")
    """The bot asks before it delegates such a card."""


class PersonSettings(Section):
    """What is known of an owner or an assistant."""

    language: Language | None = None
    """fr or en; without this key, that of the whole file."""
    timezone: fields.Zone | None = None
    """Without this key, that of the whole file."""
    hours: fields.Hours = fields.as_written(USUAL_HOURS)
    """Working hours, with day names in French or English."""
    holidays: fields.Region | None = None
    """Country, or country-subdivision, whose public holidays are kept."""
    away: fields.AwayList = ()
    """Days away: 2026-12-24, or 2026-12-24/2027-01-02 with both days included."""
    notify: fields.Notify | None = None
    """Apprise address for notices, best taken from the environment: ${OWNER_NOTIFY}."""


class OwnerSettings(PersonSettings):
    """The person who delegates."""

    username: fields.Username | None = None
    """Trello user name; without this key, the board's only admin."""

    @property
    def channel(self) -> str:
        """By what name notices find the owner, whoever that is on a board."""
        return "owner"


class AssistantSettings(PersonSettings):
    """A person who does delegated work."""

    username: fields.Username
    """Trello user name."""
    capacity: fields.Capacity | None = None
    """Working time a day for this owner; without this key, the day's working time."""
    skills: fields.Names | None = None
    """Kinds of brief; without this key, any."""

    @property
    def channel(self) -> str:
        """By what name notices find this assistant."""
        return f"@{self.username}"


class People(Section):
    """Who delegates and who does the work."""

    owner: OwnerSettings = fields.as_written({})
    assistants: tuple[AssistantSettings, ...] | None = None
    """Without this key, every other member who is neither a bot nor an observer."""


class Briefs(Section):
    """Kinds of task."""

    folder: fields.Name = fields.as_written("templates/briefs")
    """Your own kinds, relative to this file; the built-in ones always exist."""
    default: fields.Name = fields.as_written("generic")
    """The kind of a card that names none."""


class Stall(Section):
    """When work counts as stopped."""

    after: fields.WorkingDuration = fields.as_written("2d")


class CheckIns(Section):
    """When the bot asks how things go."""

    at: fields.Shares = fields.as_written(["50%"])
    """Of the working time between hand-over and due; important or long cards only."""
    before: fields.Durations = fields.as_written(["1d"])
    """Before due; every card."""
    long_from: fields.WorkingTime = fields.as_written("4h")
    """A card with this workload or more is long."""
    quiet_if_active: fields.WorkingDuration = fields.as_written("1d")
    """No mid-course check-in when the assistant has acted within this time."""
    max_unanswered: Annotated[int, fields.count(1, 20)] = 2
    """After so many in a row the next goes to the owner's digest."""


class Digest(Section):
    """The weekly summary."""

    day: fields.Weekday = fields.as_written("monday")
    time: fields.ClockTime = fields.as_written("09:00")
    """In the owner's zone."""


class Limits(Section):
    """How much one pass may change."""

    max_cards: Annotated[int, fields.count(1, 1000)] = 20
    """Cards touched by one rule in one pass; more needs --force or the owner's /go."""


class Worker(Section):
    """The rhythm of the worker, in real time."""

    every: fields.Tick = fields.as_written("60s")
    """Time between two passes."""
    reconcile: fields.Reconcile = fields.as_written("1h")
    """One board in turn is read in full this often."""


class Writes(Section):
    """How the bot writes."""

    settle: fields.Settle = fields.as_written("35s")
    """How long a write without an answer may still take effect, in real time."""


class Settings(Section):
    """The whole configuration."""

    language: Language = "fr"
    """fr or en, for people who set none."""
    timezone: fields.Zone = fields.as_written("Europe/Paris")
    """For people who set none, and for --now without an offset."""
    boards: Annotated[
        tuple[BoardSettings, ...], BeforeValidator(fields.at_least_one), fields.NOT_EMPTY
    ]
    """The boards that the bot serves; an address or short link alone is enough."""
    labels: Labels = fields.as_written({})
    people: People = fields.as_written({})
    bots: fields.Usernames = ()
    """Further members whose comments count as the bot's, besides the token's own."""
    briefs: Briefs = fields.as_written({})
    stall: Stall = fields.as_written({})
    check_ins: CheckIns = fields.as_written({})
    digest: Digest = fields.as_written({})
    limits: Limits = fields.as_written({})
    worker: Worker = fields.as_written({})
    writes: Writes = fields.as_written({})
    state: fields.Name | None = None
    """Folder for lease and cache; without this key, the user's state folder."""

    _document: Document = PrivateAttr(default=Document("", None, {}, {}))
    _file: Path = PrivateAttr(default=Path("config/bot.yaml"))

    @property
    def file(self) -> Path:
        """The configuration file that this was read from."""
        return self._file

    @property
    def briefs_folder(self) -> Path:
        """The owner's own kinds."""
        return self._beside_file(self.briefs.folder)

    @property
    def state_folder(self) -> Path | None:
        """The configured folder for lease and cache; ``None``: the user's state folder."""
        return None if self.state is None else self._beside_file(self.state)

    def line_of(self, path: str) -> int | None:
        """Return the line of ``boards[0].lists.done[0]``, or of what it would stand in."""
        return self._document.line(undotted(path))

    def problem(self, path: str, message: str, hint: str | None = None) -> Problem:
        """Return a problem found later about what stands at ``path``."""
        return self._document.problem(undotted(path), message, hint)

    def remember(self, document: Document, file: Path) -> None:
        """Keep where this was read from, so that later problems can name the line."""
        self._document = document
        self._file = file

    def _beside_file(self, folder: str) -> Path:
        return self._file.parent / Path(folder).expanduser()
