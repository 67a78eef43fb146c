"""What resolving found: boards to serve, boards refused, and what is worth a word."""

from collections.abc import Mapping
from typing import Literal, TypeAlias

from msgspec import Struct

from bot.domain.model import Board, Identity
from bot.settings import Problem, Settings

Role: TypeAlias = Literal["delegate", "stalled", "hold", "important", "core", "portfolio"]


class Missing(Struct, frozen=True):
    """A label, or the portfolio card, that ``setup`` would make."""

    board_id: str
    board_name: str
    role: Role
    name: str


class Refusal(Struct, frozen=True):
    """Why a board is not served; the operator must act."""

    board: str
    """Id, or the configured reference of a board that the bot does not see."""
    problem: Problem


class Resolved(Struct, frozen=True):
    """Names turned into ids."""

    me: Identity
    boards: Mapping[str, Board]
    """Boards to serve by id, in the order of the configuration."""
    refusals: tuple[Refusal, ...] = ()
    warnings: tuple[Problem, ...] = ()
    """For ``check``: things that work, though not as somebody may expect."""
    missing: tuple[Missing, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that refused a board; not empty means exit code 2."""
        return tuple(refusal.problem for refusal in self.refusals)


class Findings:
    """Gathers what is wrong with one configured board."""

    def __init__(self, settings: Settings, path: str, board: str) -> None:
        self.settings = settings
        self.path = path
        """The board's place in the configuration, such as ``boards[0]``."""
        self.board = board
        self.refusals: list[Refusal] = []
        self.warnings: list[Problem] = []
        self.missing: list[Missing] = []

    def refuse(self, path: str, message: str, hint: str | None = None) -> None:
        """Refuse the board for what stands at ``path``."""
        self.refusals.append(Refusal(self.board, self.settings.problem(path, message, hint)))

    def warn(self, path: str, message: str, hint: str | None = None) -> None:
        """Mention what stands at ``path``."""
        self.warnings.append(self.settings.problem(path, message, hint))
