"""Read the message and phrase files of the project; a kind's file is read where it is validated."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from ruamel.yaml import YAML

from bot.domain.model import LANGUAGES
from bot.text.catalogue import Phrases
from bot.text.parts import parts_of
from bot.text.writer import Writer


def message_sources(folder: Path) -> dict[str, str]:
    """Return the templates of comments by name, such as ``fr/ask.md``."""
    return {
        f"{language}/{file.name}": file.read_text(encoding="utf-8")
        for language in LANGUAGES
        for file in sorted((folder / language).glob("*.md"))
    }


def phrases(folder: Path, name: str = "phrases") -> Phrases:
    """Return a phrase file in both languages."""
    return Phrases(
        {
            language: _parsed((folder / language / f"{name}.yaml").read_text(encoding="utf-8"))
            for language in LANGUAGES
        }
    )


@lru_cache(maxsize=8)
def _parsed(text: str) -> Mapping[str, str]:
    """Parse a phrase file: half of the time that a command takes to start is this."""
    return MappingProxyType(YAML(typ="safe", pure=True).load(text))


def layouts(folder: Path) -> dict[str, str]:
    """Return the base briefs by name: ``_base.fr.md`` and ``_base.en.md``."""
    return {each.name: each.read_text(encoding="utf-8") for each in folder.glob("_*.md")}


def parts(folder: Path) -> frozenset[str]:
    """Return the names of the parts that the base briefs have, in every language."""
    return frozenset.intersection(*map(parts_of, layouts(folder).values()))


def writer(templates: Path, bodies: Mapping[str, str]) -> Writer:
    """Return the pen: messages, base briefs, and the kinds' own bodies by kind."""
    briefs = layouts(templates / "briefs") | {f"{kind}.md": body for kind, body in bodies.items()}
    messages = templates / "messages"
    return Writer(message_sources(messages), briefs, phrases(messages))
