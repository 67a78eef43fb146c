"""What has become of each mutant, one line of JSON each: a run can be stopped and continued."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal, TypeAlias

import msgspec
from msgspec import Struct

Fate: TypeAlias = Literal["killed", "timeout", "survived", "no_test", "not_run"]


class Record(Struct, frozen=True):
    """What became of one mutant."""

    key: str
    function: str
    """A name of the source of its function: a changed function is tried again."""
    fate: Fate
    by: str = ""
    """The test that failed."""
    tests: str = ""
    """A name of the tests that reach it: a survivor is tried again when there are others."""
    seconds: float = 0.0


def read(log: Path) -> Mapping[str, Record]:
    """Return the newest record of each mutant."""
    return {each.key: each for each in _lines(log)}


def write(log: Path, record: Record) -> None:
    """Add one record, whole."""
    with log.open("ab") as file:
        file.write(msgspec.json.encode(record) + b"\n")


def _lines(log: Path) -> Iterator[Record]:
    for each in log.read_bytes().splitlines() if log.exists() else ():
        try:
            yield msgspec.json.decode(each, type=Record)
        except msgspec.DecodeError:
            continue  # a run was ended in the middle of a line
