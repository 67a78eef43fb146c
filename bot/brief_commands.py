"""``delegate-bot brief``: kinds of task of one's own, from a starting file to a card."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from bot import brief_preview, inspection, new_kind, paths, rehearsal, supposing, wiring
from bot import kinds as kind_files
from bot.domain.model import Language
from bot.domain.situation import Situation
from bot.domain.words import fold
from bot.exits import COMPLETE, exits
from bot.inspection import Finding
from bot.kinds import Kinds
from bot.new_kind import Begun
from bot.options import Config
from bot.pointing import named_card
from bot.ports import StopError
from bot.progress import reading_shown
from bot.rivals import rivals
from bot.settings import (
    Settings,
    calendar_for,
    configuration_file,
    did_you_mean,
    load_for_briefs,
)
from bot.settings.loading import IN_ENVIRONMENT, is_absent
from bot.settings.model import PersonSettings
from bot.show import Telling, tell_unread
from bot.text import library

app = typer.Typer(
    name="brief",
    help="Kinds of task of your own: start one, check them all, see what one becomes.",
    no_args_is_help=True,
)

Name = Annotated[str, typer.Argument(help="The kind's name: letters, digits and hyphens.")]
InLanguage = Annotated[
    Language | None, typer.Option("--language", help="Without it, that of the configuration.")
]
OfCard = Annotated[
    str | None,
    typer.Option("--card", help="A card of yours: short link, address, id or exact title."),
]

_NEXT = """\
Next:
  1. Open that file and change the words; its notes say what each line is for.
  2. delegate-bot brief check
  3. delegate-bot brief show {0}
  4. On the board make a label {0}, or let the keywords find it in titles.
A worker takes the file up by itself."""


@app.command()
@exits
def new(name: Name, language: InLanguage = None, config: Config = None) -> int:
    """Write a commented starting file for a kind of your own. Overwrites nothing."""
    settings = _settings(config)
    begun = new_kind.begin(name, settings.briefs_folder, language or settings.language)
    console = Console()
    console.print(Text(f"✓ {begun.path}", style="green"))
    for told in _cautions(begun, settings):
        console.print(Text(f"· {told}", style="yellow"))
    console.print(Text(_NEXT.format(begun.name)))
    return COMPLETE


@app.command()
@exits
def check(config: Config = None) -> int:
    """Check every kind of task: all problems at once, with file and line. Needs no account."""
    settings = _settings(config)
    kinds = _kinds(settings)
    texts = library.writer(paths.templates_folder(), kinds.sources)
    wrong = [
        *map(str, kinds.problems),
        *rehearsal.faults(kinds, texts, wiring.clock()),
        *map(str, kind_files.unfitting(settings, kinds)),
    ]
    findings = [Finding(grave=True, text=each) for each in wrong]
    notes = [Finding(grave=False, text=str(each)) for each in rivals(kinds)]
    own = sum(each.path.parent == settings.briefs_folder for each in kinds.files.values())
    well = f"{len(kinds.files)} kinds can be used, {own} of them from {settings.briefs_folder}"
    return inspection.print_findings([*findings, *notes], Console(), well)


@app.command()
@exits
def show(
    name: Name, card: OfCard = None, language: InLanguage = None, config: Config = None
) -> int:
    """Show an example brief of a kind, or what would become of a card. Writes nothing."""
    if card is not None and language is not None:
        raise StopError(
            "--language is for an example: what would become of a card is in the languages of its "
            "people. Leave out --language or --card"
        )
    if card is not None:
        return _shown_on_card(name, card, config)
    settings = _settings(config)
    spoken = language or settings.language
    kinds = _kinds(settings)
    now = wiring.clock()
    calendar, _ = calendar_for(PersonSettings(), settings, now.date())
    situation = Situation(
        supposing.example_board(spoken, calendar),
        kind_files.policy(settings, kinds),
        now,
        library.writer(paths.templates_folder(), kinds.sources),
    )
    example = supposing.example(_known(name, kinds), spoken, situation)
    phrases = library.phrases(paths.templates_folder() / "messages")
    telling = Telling(phrases, spoken, example.situation.snapshot)
    return brief_preview.show_example(example, telling, Console())


def _shown_on_card(name: str, card: str, config: Path | None) -> int:
    environ = wiring.environment()
    bot = wiring.build(config or configuration_file(environ), environ)
    kind = _known(name, bot.kinds)
    now, errors = wiring.clock(), Console(stderr=True)
    with reading_shown(bot.api.hands, errors):
        reading = bot.cycle.read(now, bot.state.remembered())
    tell_unread(reading, errors)
    found = bot.gateway.card(named_card(card, reading).id)
    supposed = supposing.as_if(found, kind, bot.cycle.situation(reading, now, found))
    telling = Telling(bot.phrases, bot.settings.language, supposed.situation.snapshot)
    return brief_preview.show_on_card(supposed, telling, Console())


def _cautions(begun: Begun, settings: Settings) -> Iterator[str]:
    """Yield what the owner should know before they go on."""
    if begun.replaces:
        yield f"it replaces the built-in kind {begun.name}, whose own words it begins with"
    if begun.alike:
        yield f"there is also {begun.alike}: on a card its whole name decides which is meant"
    yield from (str(each) for each in rivals(_kinds(settings)) if begun.name in each.kinds)
    if settings.file != IN_ENVIRONMENT and is_absent(settings.file):
        yield f"there is no {settings.file} yet; beside it is where the bot looks for kinds"


def _kinds(settings: Settings) -> Kinds:
    return kind_files.load_kinds((paths.built_in_briefs(), settings.briefs_folder))


def _settings(config: Path | None) -> Settings:
    """Return what the configuration says about kinds; only a file named in person must be there."""
    environ = wiring.environment()
    return load_for_briefs(
        config or configuration_file(environ), environ, must_exist=config is not None
    )


def _known(name: str, kinds: Kinds) -> str:
    """Return the kind that a person means by its file's name or title. Raises `StopError`."""
    typed = name.removesuffix(kind_files.SUFFIX)
    files = {fold(each): each for each in (*kinds.files, *kinds.broken)}
    found = files.get(fold(typed)) or kind_files.kind_named(typed, kinds)
    if found in kinds.broken:
        why = kinds.broken[found]
        raise StopError(f"{found} cannot be used: {why}\nAll of it: delegate-bot brief check")
    if found not in kinds.files:
        known = f"known: {', '.join(sorted(kinds.files))}"
        hint = did_you_mean(name, kinds.files) or f"to start it: delegate-bot brief new {name}"
        raise StopError(f"There is no kind called {name!r}; {hint}\n{known}")
    return found
