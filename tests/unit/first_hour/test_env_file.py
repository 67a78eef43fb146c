"""Secrets are written whole or not at all, and are nobody else's for not even a moment."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.first_hour.env_file import keep_secrets, with_values
from bot.ports import StopError
from bot.settings import read_environment

ODD = (
    "plain",
    "a b",
    "it's",
    'say "x"',
    "a # b",
    "back\\slash",
    "$HOME",
    "ntfy://x?y=z&k=%20",
    "é",
)


@pytest.fixture(autouse=True)
def _careless_mask() -> Iterator[None]:
    """Let new files be open to everybody unless somebody takes care."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.mark.parametrize("value", ODD)
def test_a_value_is_read_as_it_was_written(tmp_path: Path, value: str) -> None:
    file = tmp_path / ".env"
    keep_secrets(file, {"A": value, "B": "next"})
    assert read_environment(file, {}) == {"A": value, "B": "next"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "A=1\n"),
        ("B=2\n", "B=2\nA=1\n"),
        ("B=2", "B=2\nA=1\n"),
        ("A=\nB=2\n", "A=1\nB=2\n"),
        ("# A=0\nexport A='0' # old\n\nB=2\n", "# A=0\nexport A=1\n\nB=2\n"),
        ('B="x\nA=0\n"\nA=0', 'B="x\nA=0\n"\nA=1\n'),
        ("A=0\r\nB=2\r\n", "A=1\nB=2\r\n"),
    ],
)
def test_only_the_named_values_change(before: str, after: str) -> None:
    assert with_values(before, {"A": "1"}) == after


class Watching(dict[str, str]):
    """Values that look, while they are being written, who may read what is there."""

    def __init__(self, folder: Path) -> None:
        super().__init__(A="1")
        self._folder = folder
        self.seen: set[int] = set()

    def __iter__(self) -> Iterator[str]:
        self.seen |= {each.stat().st_mode & 0o777 for each in self._folder.iterdir()}
        return super().__iter__()

    def keys(self):  # type: ignore[no-untyped-def]
        self.seen |= {each.stat().st_mode & 0o777 for each in self._folder.iterdir()}
        return super().keys()


def test_not_even_for_a_moment_may_others_read_a_secret(tmp_path: Path) -> None:
    values = Watching(tmp_path)
    keep_secrets(tmp_path / ".env", values)
    assert values.seen == {0o600}
    assert (tmp_path / ".env").stat().st_mode & 0o777 == 0o600


def test_a_link_to_a_file_elsewhere_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "secrets").write_text("B=2\n")
    link = tmp_path / ".env"
    link.symlink_to("secrets")
    keep_secrets(link, {"A": "1"})
    assert link.is_symlink()
    assert (tmp_path / "secrets").read_text() == "B=2\nA=1\n"


def test_what_cannot_be_written_leaves_what_was_there_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"\xff")
    with pytest.raises(StopError, match="no UTF-8"):
        keep_secrets(tmp_path / ".env", {"A": "1"})
    (tmp_path / "folder" / "inside").mkdir(parents=True)
    with pytest.raises(StopError, match="folder"):
        keep_secrets(tmp_path / "folder", {"A": "1"})
    assert sorted(each.name for each in tmp_path.iterdir()) == [".env", "folder"]
    assert (tmp_path / ".env").read_bytes() == b"\xff"
