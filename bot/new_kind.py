"""``brief new``: a starting file for a kind of task, beside the others and never over one."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from string import Template
from unicodedata import name as unicode_name
from unicodedata import normalize

from msgspec import Struct

from bot import paths
from bot.domain.model import Language
from bot.domain.policy import Policy
from bot.domain.words import fold
from bot.files import keep_new
from bot.kinds import SUFFIX, Kinds, is_kind_name, load_kinds
from bot.ports import StopError
from bot.settings.problems import shown

_MUCH_ALIKE = 0.8
"""How alike two names are that one may be taken for the other (difflib's ratio)."""


class Begun(Struct, frozen=True):
    """A file that has been written, and what its owner should know about its name."""

    name: str
    path: Path
    replaces: bool
    """Whether a built-in kind has this name."""
    alike: str | None
    """A kind whose name is easily taken for this one."""


def begin(typed: str, folder: Path, language: Language) -> Begun:
    """Write a starting file for the kind ``typed`` into ``folder``, which is made if need be.

    A built-in kind's own file is the start for what replaces it.
    Raises `StopError` when the name cannot be used, a file has it, or nothing can be written.
    """
    wanted = _checked(typed)
    built_in = load_kinds([paths.built_in_briefs()])
    every = load_kinds([paths.built_in_briefs(), folder])
    _refuse_taken(wanted, folder)
    replaced = next((each for each in built_in.files if fold(each) == fold(wanted)), None)
    if replaced is not None:
        text = built_in.files[replaced].path.read_text("utf-8")
        return Begun(replaced, _written(folder, replaced, text), replaces=True, alike=None)
    _refuse_ambiguous(wanted, every)
    path = _written(folder, wanted, _starting_text(wanted, language))
    return Begun(wanted, path, replaces=False, alike=_alike(wanted, every.files))


def _checked(typed: str) -> str:
    name = normalize("NFC", typed.strip()).removesuffix(SUFFIX)
    # A name that begins like an option would be taken for one by the other commands.
    usable = is_kind_name(name) and any(map(str.isalnum, name)) and not name.startswith("-")
    if not (usable and all(map(_is_plain, name))):
        raise StopError(
            f"“{shown(typed)}” cannot name a kind: it has letters of the Latin alphabet, digits "
            f"and hyphens, at most sixty, and begins with no hyphen{_instead(name)}"
        )
    if fold(name) == "readme":
        raise StopError("README.md is never read as a kind of task; choose another name")
    return name


def _is_plain(char: str) -> bool:
    """Tell whether a character cannot be taken for another: no Cyrillic а, no full-width ａ."""
    same = normalize("NFKC", char) == char
    return same and (char == "-" or unicode_name(char, "").startswith(("LATIN ", "DIGIT ")))


def _instead(name: str) -> str:
    """Return what to change: a letter that only looks like one of ours, or what parts words."""
    foreign = next((char for char in name if char.isalnum() and not _is_plain(char)), None)
    if foreign is not None:
        return f"; {foreign} is another: {unicode_name(foreign, 'unknown').lower()}"
    words = "".join(char if char.isalnum() else " " for char in name).split()
    return f"; for example {'-'.join(words)[:60].strip('-')}" if words else ""


def _refuse_taken(name: str, folder: Path) -> None:
    there = sorted(folder.iterdir()) if folder.is_dir() else []
    taken = [each for each in there if fold(normalize("NFC", each.name)) == fold(name + SUFFIX)]
    if taken:
        link = taken[0].is_symlink()
        then = "it is a link, which is never read: remove it first" if link else "open that file"
        raise StopError(f"{taken[0]} is there already and stays as it is: {then}")


def _refuse_ambiguous(name: str, kinds: Kinds) -> None:
    """Refuse what cards call another kind: they would go on getting that one."""
    known = Policy(kinds=kinds.usable, broken_kinds=kinds.broken)
    for called in (name, _in_words(name)):
        other = known.kind_named(called)
        if other is not None:
            raise StopError(
                f"Cards already call the kind {other} “{called}” (its title), and would go on "
                f"getting that one. To change it: delegate-bot brief new {other}. "
                "For a kind of its own choose another name"
            )


def _alike(name: str, known: Iterable[str]) -> str | None:
    folded = {fold(each): each for each in known}
    found = get_close_matches(fold(name), folded, n=1, cutoff=_MUCH_ALIKE)
    return folded[found[0]] if found else None


def _starting_text(name: str, language: Language) -> str:
    source = (paths.templates_folder() / "new" / f"brief.{language}.md").read_text("utf-8")
    words = _in_words(name)
    values: Mapping[str, str] = {
        "name": name,
        "word": words.lower(),
        "title": words[0].upper() + words[1:],
    }
    return Template(source).substitute(values)


def _in_words(name: str) -> str:
    return " ".join(name.replace("-", " ").split())


def _written(folder: Path, name: str, text: str) -> Path:
    """Write a new file; one that is there, or a link of that name, is left as it is."""
    path = folder / f"{name}{SUFFIX}"
    keep_new(path, text)
    return path
