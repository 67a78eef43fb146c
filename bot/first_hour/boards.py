"""Which boards are served, and what their lists mean."""

from collections.abc import Iterable, Mapping, Sequence

from bot.access import Access, Door
from bot.domain.words import fold
from bot.first_hour.asking import Talk, picked
from bot.first_hour.proposals import LIST_ROLES, ListRole, list_role, open_lists
from bot.first_hour.wishes import Wishes
from bot.ports import StopError
from bot.resolve import SeenBoard, SeenList
from bot.settings.problems import Wrong
from bot.settings.written import board as board_reference


def doors(talk: Talk, wishes: Wishes, access: Access) -> tuple[Door, ...]:
    """Return the boards to serve, of those that the token opens."""
    talk.title("boards")
    for number, each in enumerate(access.doors, 1):
        talk.item(str(number), f"{each.name} · trello.com/b/{each.short_link}")
    if wishes.boards:
        return _wished_doors(talk, wishes.boards, access.doors)
    taken = access.doors
    if len(taken) > 1:
        talk.say("boards_hint", "bright_black")
        taken = talk.answer("ask_boards", lambda typed: picked(typed, access.doors), "--board")
    return tuple(each for each in taken if not each.is_public or _publicly(talk, each))


def _publicly(talk: Talk, door: Door) -> bool:
    talk.say("public_board", "bold red", board=door.name)
    if talk.yes:
        raise StopError(talk.phrase("unanswered", option="--board"))
    if not talk.agreed("ask_public", proposed=False, option="--board"):
        raise StopError(talk.phrase("public_refused", board=door.name))
    return True


def _wished_doors(talk: Talk, wanted: Iterable[str], doors: Iterable[Door]) -> tuple[Door, ...]:
    """Return the boards that options name, each once however often it is named."""
    named = {each.id: each for each in (_door(talk, wish, doors) for wish in wanted)}
    for each in named.values():
        if each.is_public:
            talk.say("public_board", "bold red", board=each.name)
    return tuple(named.values())


def _door(talk: Talk, wanted: str, doors: Iterable[Door]) -> Door:
    """Return the board that an option names."""
    try:
        reference = board_reference(wanted)
    except Wrong:
        reference = wanted
    for each in doors:
        if reference in {each.id, each.short_link} or fold(each.name) == fold(wanted):
            return each
    raise StopError(talk.phrase("unknown_board", board=wanted))


def wished_roles(talk: Talk, wishes: Wishes, boards: Iterable[SeenBoard]) -> Mapping[str, ListRole]:
    """Return what options say that lists mean, by their folded names; each is on some board."""
    known = {fold(each.name) for board in boards for each in open_lists(board)}
    wanted: dict[str, ListRole] = {}
    for wish in wishes.lists:
        role, name = _wished(talk, wish)
        if fold(name) not in known:
            raise StopError(talk.phrase("unknown_list", name=name))
        if wanted.setdefault(fold(name), role) != role:
            raise StopError(talk.phrase("list_twice", name=name))
    return wanted


def list_roles(
    talk: Talk, wanted: Mapping[str, ListRole], board: SeenBoard
) -> dict[ListRole, tuple[str, ...]]:
    """Return what lists mean: as proposed, as ``wanted``, or as the person says."""
    found = {
        each.id: wanted.get(fold(each.name)) or list_role(each.name) for each in open_lists(board)
    }
    talk.title("lists", board=board.name)
    _show_lists(talk, board, found)
    if not talk.agreed("ask_right"):
        found = _corrected(talk, open_lists(board), found)
        _show_lists(talk, board, found)
    return {role: tuple(e for e, has in found.items() if has == role) for role in LIST_ROLES}


def _show_lists(talk: Talk, board: SeenBoard, found: Mapping[str, ListRole | None]) -> None:
    for number, each in enumerate(open_lists(board), 1):
        role = found[each.id]
        meaning = f" → {talk.phrase(f'list_{role}')}" if role else ""
        talk.item(str(number), f"{each.name}{meaning}")


def _wished(talk: Talk, wish: str) -> tuple[ListRole, str]:
    role, _, name = wish.partition("=")
    for each in LIST_ROLES:
        if role.strip() == each and name.strip():
            return each, name
    raise StopError(talk.phrase("unknown_role", wish=wish, roles=", ".join(LIST_ROLES)))


def _corrected(
    talk: Talk, lists: Sequence[SeenList], found: Mapping[str, ListRole | None]
) -> dict[str, ListRole | None]:
    talk.say("lists_hint", "bright_black")
    given: dict[str, ListRole | None] = {each.id: None for each in lists}
    for role in LIST_ROLES:
        numbers = [str(n) for n, each in enumerate(lists, 1) if found[each.id] == role]
        numbered = talk.answer(
            f"ask_list_{role}",
            lambda typed: picked(typed, lists, none=True),
            "--list",
            " ".join(numbers) or "-",
        )
        given |= dict.fromkeys((each.id for each in numbered), role)
    return given
