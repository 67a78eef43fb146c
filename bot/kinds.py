"""Kinds of task, one file each: front matter that is checked like the configuration, and a body.

The built-in folder comes first; a file of the same name in the owner's folder replaces a kind.
Names come from a listing of the folder and from nowhere else. A broken file stops only its kind.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from unicodedata import normalize

from msgspec import Struct

from bot.domain.model import LANGUAGES, Language
from bot.domain.policy import CheckInPolicy, Kind, KindText, Policy
from bot.domain.words import fold
from bot.settings import Problem, Settings, SettingsError, did_you_mean
from bot.settings.document import Document
from bot.settings.kind_keys import KindKeys, TextKeys
from bot.settings.loading import content_of
from bot.settings.problems import spelt_out
from bot.settings.reading import read_document
from bot.settings.validation import validated

SUFFIX = ".md"
LARGEST_UPLOAD = 10 * 1024 * 1024
"""Bytes; a workspace on Trello's free plan accepts no more for one file (support pages)."""
_LONGEST_NAME = 60


class KindFile(Struct, frozen=True):
    """A kind with the file that it stands in."""

    kind: Kind
    body: str
    """Jinja source of the kind's own blocks; empty: the layout alone."""
    path: Path
    body_from: int = 1
    """The line of the file on which the body begins."""

    @property
    def folder(self) -> Path:
        """Where the files stand that are uploaded to each card of this kind."""
        return self.path.with_suffix("")

    @property
    def source(self) -> str:
        """The body on its own lines of the file, so that a mistake is told with its line there."""
        return "\n" * (self.body_from - 1) + self.body

    def content_of(self, name: str) -> bytes:
        """Return a file of the folder. Raises OSError, also for what has become a link since."""
        if not _is_own_file(self.folder / name):
            raise FileNotFoundError(name)
        with (self.folder / name).open("rb") as stream:
            content = stream.read(LARGEST_UPLOAD + 1)
        if len(content) > LARGEST_UPLOAD:
            raise OSError(f"{name} is larger than 10 MB")
        return content


class Kinds(Struct, frozen=True):
    """All kinds that can be used, and those that cannot."""

    files: Mapping[str, KindFile]
    broken: Mapping[str, str]
    """Kind to the reason in one line."""
    problems: tuple[Problem, ...]

    @property
    def usable(self) -> dict[str, Kind]:
        """The kinds by name, as the rules take them."""
        return {name: file.kind for name, file in self.files.items()}

    @property
    def sources(self) -> dict[str, str]:
        """The kinds' own templates by name, each on its own lines of its file."""
        return {name: file.source for name, file in self.files.items()}


def is_kind_name(name: str) -> bool:
    """Tell whether a kind may be called so: letters, digits and hyphens, at most sixty."""
    return len(name) <= _LONGEST_NAME and all(char.isalnum() or char == "-" for char in name)


def load_kinds(folders: Iterable[Path]) -> Kinds:
    """Return the kinds in ``folders``, of which a later one replaces what an earlier one has.

    A folder that is not there has no kinds. Raises `SettingsError` for one that cannot be read.
    """
    files: dict[str, KindFile] = {}
    broken: dict[str, str] = {}
    problems: list[Problem] = []
    for name, path in _found(folders).items():
        try:
            files[name] = _read(name, path)
        except SettingsError as error:
            problems += error.problems
            broken[name] = _one_line(error.problems[0])
    return Kinds(files, broken, tuple(problems))


def unknown_kinds(settings: Settings, kinds: Kinds) -> Iterator[Problem]:
    """Yield a problem for each configured kind that no file describes."""
    known = {*kinds.files, *kinds.broken}
    configured = {"briefs.default": settings.briefs.default}
    for number, assistant in enumerate(settings.people.assistants or ()):
        for place, skill in enumerate(assistant.skills or ()):
            configured[f"people.assistants[{number}].skills[{place}]"] = skill
    for path, name in configured.items():
        if kind_named(name, kinds) not in known:
            message = f"there is no such kind; known: {', '.join(sorted(known))}"
            yield settings.problem(path, message, did_you_mean(name, known))


def unfitting(settings: Settings, kinds: Kinds) -> Iterator[Problem]:
    """Yield a problem for each kind, and for a folder, that the configuration names in vain."""
    yield from unknown_kinds(settings, kinds)
    usual = type(settings.briefs)().folder
    if settings.briefs.folder != usual and not settings.briefs_folder.is_dir():
        message = "there is no such folder"
        yield settings.problem("briefs.folder", message, "it is relative to this file")


def kind_named(name: str, kinds: Kinds) -> str:
    """Return the kind that an owner means by its file's name or its title; unknown: as it is."""
    found = Policy(kinds=kinds.usable, broken_kinds=kinds.broken).kind_named(name)
    return found or name


def policy(settings: Settings, kinds: Kinds) -> Policy:
    """Return what the rules need of settings and kinds."""
    return Policy(
        kinds=kinds.usable,
        default_kind=kind_named(settings.briefs.default, kinds),
        broken_kinds=kinds.broken,
        max_cards=settings.limits.max_cards,
        stall_after=settings.stall.after,
        digest_day=settings.digest.day,
        digest_time=settings.digest.time,
        check_ins=CheckInPolicy(
            at=tuple(settings.check_ins.at),
            before=tuple(settings.check_ins.before),
            long_from=settings.check_ins.long_from,
            quiet_if_active=settings.check_ins.quiet_if_active,
            max_unanswered=settings.check_ins.max_unanswered,
        ),
    )


def _found(folders: Iterable[Path]) -> dict[str, Path]:
    """Return the file of each kind; of names that read alike, the last one found."""
    found: dict[str, tuple[str, Path]] = {}
    for path in (path for folder in folders for path in _listing(folder)):
        name = normalize("NFC", path.name.removesuffix(SUFFIX))
        if path.suffix == SUFFIX and not name.startswith(("_", ".")) and fold(name) != "readme":
            found[fold(name)] = (name, path)
    return dict(found.values())


def _listing(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir()) if folder.is_dir() else []
    except OSError as problem:
        raise _refused(folder, f"the folder cannot be read: {problem.strerror}") from None


def _one_line(problem: Problem) -> str:
    place = Path(problem.where).name
    line = "" if problem.line is None else f", line {problem.line}"
    key = f" {problem.path}:" if problem.path else ""
    return f"{place}{line}:{key} {problem.message}"


def _read(name: str, path: Path) -> KindFile:
    if not is_kind_name(name):
        raise _refused(path, "a kind's name has letters, digits and hyphens, at most sixty")
    if path.is_symlink() or not path.is_file():
        raise _refused(path, "this is a link or a folder; a kind is a file of its own")
    front, body = _parts(path)
    document = _document(front, spelt_out(str(path)))
    keys, problems = validated(document, KindKeys, document.tree)
    problems = [*document.problems, *problems]
    if keys is not None:
        problems += _further_problems(document, keys, path.with_suffix(""))
    if keys is None or problems:
        raise SettingsError(problems)
    return KindFile(_kind(name, keys), body, path, front.count("\n") + 3)


@lru_cache(maxsize=256)
def _document(front: str, where: str) -> Document:
    """Parse a front matter: a worker reads all of them again when one has changed."""
    return read_document(front, where, first_line=2)


def _refused(path: Path, message: str, line: int | None = None) -> SettingsError:
    return SettingsError([Problem(spelt_out(str(path)), line, "", "", message)])


def _parts(path: Path) -> tuple[str, str]:
    """Split the file at the two lines ``---``."""
    try:
        text = content_of(path).decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise _refused(path, "this is not UTF-8 text; save it as UTF-8") from None
    first, _, rest = text.partition("\n")
    if first.rstrip() != "---":
        raise _refused(path, "the first line must be --- and begin the front matter", 1)
    lines = rest.splitlines(keepends=True)
    end = next((n for n, line in enumerate(lines) if line.rstrip() == "---"), None)
    if end is None:
        raise _refused(path, "the front matter does not end: a second line --- is missing", 1)
    return "".join(lines[:end]), "".join(lines[end + 1 :])


def _is_own_file(file: Path) -> bool:
    """Whether a file stands in its kind's folder, and not where a link leads."""
    return file.is_file() and not file.is_symlink() and not file.parent.is_symlink()


def _further_problems(document: Document, keys: KindKeys, folder: Path) -> Iterator[Problem]:
    if all(getattr(keys, language) is None for language in LANGUAGES):
        message = f"texts are missing: at least one of {': and '.join(LANGUAGES)}: is needed"
        yield document.problem((), message)
    listing = {each.name: each for each in _listing(folder)}
    for number, name in enumerate(keys.files):
        file = listing.get(name)
        if file is None or not _is_own_file(file):
            message = f"there is no such file in {folder.name}/"
            yield document.problem(("files", number), message, did_you_mean(name, listing))
        elif file.stat().st_size > LARGEST_UPLOAD:
            yield document.problem(("files", number), "the file is larger than 10 MB")


def _kind(name: str, keys: KindKeys) -> Kind:
    sections: dict[Language, TextKeys | None] = {each: getattr(keys, each) for each in LANGUAGES}
    names: dict[Language, str | None] = {each: getattr(keys.names, each) for each in LANGUAGES}
    some_name = next((each for each in names.values() if each), name)
    texts = {
        language: section.read(names[language] or some_name)
        for language, section in sections.items()
        if section is not None
    }
    return Kind(
        name=name,
        keywords=tuple(word for each in LANGUAGES for word in getattr(keys.keywords, each)),
        texts=texts,
        workload=keys.workload or _time_of_steps(next(iter(texts.values()))),
        attachments_required=keys.attachments == "required",
        files=keys.files,
        links=keys.links,
        title_is_objective=keys.title_is_objective,
        working_document=keys.working_document,
        stall_after=None if keys.stall is None else keys.stall.after,
    )


def _time_of_steps(text: KindText) -> timedelta | None:
    """Add the steps' times up; a step without one leaves the workload to the owner."""
    times = [step.time for step in text.method if step.time is not None]
    return sum(times, timedelta()) if times and len(times) == len(text.method) else None
