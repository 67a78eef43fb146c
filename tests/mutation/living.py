"""Mutants that may live, each with its reason: no test can notice them, or none should."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

import msgspec
from msgspec import Struct

from tests.mutation.mutants import Source

LIVING = Path(__file__).with_name("living.toml")
Name: TypeAlias = tuple[str, str, str, str]


class Living(Struct, frozen=True, forbid_unknown_fields=True):
    """One entry; the same change made twice in a function needs one."""

    file: str
    function: str
    before: str
    after: str
    reason: str

    @property
    def name(self) -> Name:
        """Return the name of the mutant that it speaks of."""
        return self.file, self.function, self.before, self.after


def reasons() -> Mapping[Name, str]:
    """Return why each of them may live."""
    read = tomllib.loads(LIVING.read_text("utf-8"))
    return {each.name: each.reason for each in msgspec.convert(read["living"], list[Living])}


def outdated(files: tuple[str, ...]) -> Iterator[Name]:
    """Yield entries of which no mutant exists any more."""
    there = {site.mutant.name for each in files for site in Source(each).sites}
    yield from (each for each in reasons() if each not in there)
