"""A file is written whole or not at all, and never over one that is there."""

import errno
import os
from pathlib import Path

import pytest

from bot.files import keep_new, replacing
from bot.ports import StopError
from tests.unit.shell.full_disk import ROOM, full_disk


@pytest.fixture(params=["links", "none"])
def _links(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that knows hard links, and one that does not (FAT)."""

    def refuse(source: object, target: object) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM), source, None, target)

    if request.param == "none":
        monkeypatch.setattr(os, "link", refuse)


@pytest.mark.usefixtures("_links")
def test_a_new_file_is_there_for_everybody_to_read_and_is_never_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "config" / "bot.yaml"
    keep_new(file, "boards: [AbCd1234]\n")
    with pytest.raises(StopError, match=r"bot\.yaml"):
        keep_new(file, "boards: []\n")
    assert file.read_text() == "boards: [AbCd1234]\n"
    assert file.stat().st_mode & 0o777 == 0o644
    assert [each.name for each in file.parent.iterdir()] == ["bot.yaml"]


@pytest.mark.usefixtures("_links")
def test_nothing_is_written_where_a_link_leads(tmp_path: Path) -> None:
    (tmp_path / "bot.yaml").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(StopError, match=r"bot\.yaml"):
        keep_new(tmp_path / "bot.yaml", "boards: []\n")
    assert [each.name for each in tmp_path.iterdir()] == ["bot.yaml"]


def test_on_a_full_disk_what_was_there_stays_and_nothing_else_is_left(tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.write_text("before")
    with full_disk():
        with pytest.raises(StopError, match="new cannot be written: File too large"):
            keep_new(tmp_path / "new", "x" * 2 * ROOM)
        with pytest.raises(OSError, match="File too large"), replacing(there) as stream:
            stream.write("x" * 2 * ROOM)
    assert {each.name: each.read_text() for each in tmp_path.iterdir()} == {"there": "before"}
