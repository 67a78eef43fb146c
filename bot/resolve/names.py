"""Lists, labels and the portfolio card of one board, by name, id, short link or address."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol, TypeVar

from bot.domain.model import LabelRoles, Language, ListRoles
from bot.domain.words import fold
from bot.resolve.findings import Findings, Missing, Role
from bot.resolve.seen import SeenBoard, SeenCard, SeenLabel
from bot.settings import BoardSettings, did_you_mean

RECOGNISED_LISTS: Mapping[str, tuple[str, ...]] = {
    "done": ("Terminé", "Fait", "Livré", "Done"),
    "review": ("À valider", "À relire", "Review"),
    "question": ("Questions", "Question"),
}
RECOGNISED_DELEGATE = ("delegate", "déléguer", "à déléguer")
RECOGNISED_PORTFOLIO = ("Portefeuille", "Portfolio")
_PORTFOLIO_TO_MAKE: Mapping[Language, str] = {"fr": "Portefeuille", "en": "Portfolio"}
_LIST_ROLES = ("question", "review", "done", "ignored")
_CARD_URL = re.compile(r"(?:https?://)?(?:www\.)?trello\.com/c/([A-Za-z0-9]{8})(?:[/?#].*)?")


class Named(Protocol):
    """Anything of Trello's with an id and a name."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...


Thing = TypeVar("Thing", bound=Named)


def named(wanted: str, things: Iterable[Thing]) -> list[Thing]:
    """Return the one with this id, or all that bear this name."""
    candidates = list(things)
    by_id = [each for each in candidates if each.id == wanted]
    return by_id or [each for each in candidates if fold(each.name) == fold(wanted)]


def list_roles(configured: BoardSettings, board: SeenBoard, findings: Findings) -> ListRoles:
    """Return the lists that mean something on ``board``; refuse names that match none."""
    roles: dict[str, frozenset[str]] = {}
    names: Mapping[str, tuple[str, ...] | None] = {
        role: getattr(configured.lists, role) for role in _LIST_ROLES
    }
    for role, wanted in names.items():
        if wanted is not None:
            path = f"{findings.path}.lists.{role}"
            roles[role] = frozenset(
                found
                for number, name in enumerate(wanted)
                for found in _configured_list(name, board, f"{path}[{number}]", findings)
            )
    taken = frozenset().union(*roles.values())
    for role, recognised in RECOGNISED_LISTS.items():
        if names[role] is None:
            known = {fold(name) for name in recognised}
            ids = {each.id for each in board.lists if not each.closed and fold(each.name) in known}
            roles[role] = frozenset(ids) - taken
    return ListRoles(**roles)


def _configured_list(name: str, board: SeenBoard, path: str, findings: Findings) -> list[str]:
    found = named(name, board.lists)
    if not found:
        known = [each.name for each in board.lists if not each.closed]
        message = f"no list of the board {board.name} is called so; it has: {', '.join(known)}"
        findings.refuse(path, message, did_you_mean(name, known))
    elif all(each.closed for each in found):
        findings.refuse(path, f"this list of the board {board.name} is archived")
    return [each.id for each in found if not each.closed]


def label_roles(board: SeenBoard, findings: Findings) -> LabelRoles:
    """Return the labels that mean something; without one, its rule has nothing to do."""
    labels = findings.settings.labels
    wanted: dict[Role, tuple[str, ...]] = {
        "delegate": RECOGNISED_DELEGATE if labels.delegate is None else (labels.delegate,),
        "stalled": (labels.stalled,),
        "hold": (labels.hold,),
        "important": (labels.important,),
        "core": (labels.core,),
    }
    return LabelRoles(
        **{role: _label(role, names, board, findings) for role, names in wanted.items()}
    )


def _label(role: Role, names: Sequence[str], board: SeenBoard, findings: Findings) -> str | None:
    path = f"labels.{role}"
    found = [match for name in names if (match := named(name, board.labels))]
    for match in found:
        if len(match) > 1:
            ids = " and ".join(each.id for each in match)
            message = f"several labels of the board {board.name} are called {match[0].name}: {ids}"
            findings.refuse(path, message, "rename one, or write the id of the one you mean")
    if not found:
        _miss_label(role, names[0], board, findings)
        return None
    if len(found) > 1:
        others = ", ".join(match[0].name for match in found[1:])
        message = f"on the board {board.name}, {found[0][0].name} counts and {others} does not"
        findings.warn(path, message, "name the label you mean in the configuration")
    return found[0][0].id


def _miss_label(role: Role, name: str, board: SeenBoard, findings: Findings) -> None:
    findings.missing.append(Missing(board.id, board.name, role, name))
    path = f"labels.{role}"
    is_configured = role in findings.settings.labels.model_fields_set
    if role == "delegate" or is_configured:
        known = [each.name for each in board.labels if each.name]
        message = f"the board {board.name} has no label {name}"
        guess = did_you_mean(name, known) if is_configured else None
        findings.warn(path, message, guess or "setup makes it")


def portfolio(
    configured: BoardSettings, board: SeenBoard, boards: Iterable[SeenBoard], findings: Findings
) -> str | None:
    """Return the id of the card that carries digest and dashboard."""
    path = f"{findings.path}.portfolio"
    wanted = configured.portfolio
    if wanted is not None:
        referred = _referred_card(wanted, [board, *boards])
        if referred is not None:
            return referred.id
    names = {fold(name) for name in (RECOGNISED_PORTFOLIO if wanted is None else (wanted,))}
    found = [card for card in board.cards if fold(card.name) in names]
    if len(found) == 1:
        return found[0].id
    if found:
        links = ", ".join(card.short_link for card in found)
        message = f"several cards of the board {board.name} may be the portfolio: {links}"
        findings.warn(path, message, "write the short link of the one you mean")
    else:
        _miss_portfolio(wanted, board, findings)
    return None


def _miss_portfolio(wanted: str | None, board: SeenBoard, findings: Findings) -> None:
    path = f"{findings.path}.portfolio"
    if wanted is not None and _CARD_URL.fullmatch(wanted):
        findings.refuse(path, "no visible card of the configured boards has this address")
        return
    name = wanted or _PORTFOLIO_TO_MAKE[findings.settings.language]
    findings.missing.append(Missing(board.id, board.name, "portfolio", name))
    if wanted is not None:
        guess = did_you_mean(wanted, [card.name for card in board.cards])
        message = f"no visible card of the board {board.name} is called so"
        findings.refuse(path, message, guess or "setup makes it")


def _referred_card(wanted: str, boards: Iterable[SeenBoard]) -> SeenCard | None:
    """Find a card by id, short link or address, on whichever configured board it lies."""
    reference = card_reference(wanted)
    cards = (card for board in boards for card in board.cards)
    return next((card for card in cards if reference in {card.id, card.short_link}), None)


def card_reference(wanted: str) -> str:
    """Return the short link in a card's address, or what stands there instead of one."""
    url = _CARD_URL.fullmatch(wanted)
    return url[1] if url else wanted


def label_names(labels: Iterable[SeenLabel]) -> dict[str, str]:
    """Return label id to name, without the nameless ones."""
    return {label.id: label.name for label in labels if label.name}
