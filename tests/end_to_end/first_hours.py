"""Whoever sets the bot up for the first time: a folder of their own, and what they type."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from typer.testing import CliRunner, Result

from bot.cli import app
from bot.sandbox import Grant
from tests.end_to_end.office import Office
from tests.end_to_end.shell import in_folder


class Desk:
    """An empty folder in which somebody types ``delegate-bot setup``."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.folder = office.folder / "desk"
        self.folder.mkdir()
        self.config, self.env_file = self.folder / "config/bot.yaml", self.folder / ".env"

    @property
    def environment(self) -> dict[str, str]:
        """What a shell hands over that knows of no key and no token."""
        return {
            "TRELLO_API_URL": self.office.url,
            "XDG_STATE_HOME": str(self.office.folder / "state-home"),
            "LANG": "fr_FR.UTF-8" if self.office.language == "fr" else "en_GB.UTF-8",
            "LC_ALL": "",
            "LC_MESSAGES": "",
            "COLUMNS": "200",
            "OWNER_NOTIFY": "",
        }

    def told(
        self, *answers: str, words: Sequence[str] = (), env: Mapping[str, str] | None = None
    ) -> Result:
        """Type ``setup``, then each answer; after the last one the keyboard is gone."""
        typed = "".join(f"{each}\n" for each in answers)
        with in_folder(self.folder):
            return CliRunner().invoke(
                app, ["setup", *words], input=typed, env=self.environment | dict(env or {})
            )

    def run(self, *words: str, env: Mapping[str, str] | None = None) -> Result:
        """Type another command."""
        with in_folder(self.folder):
            return CliRunner().invoke(app, list(words), env=self.environment | dict(env or {}))

    def credentials(self, grant: Grant | None = None) -> dict[str, str]:
        """Return what a shell would export."""
        used = grant or self.office.grant
        return {"TRELLO_API_KEY": used.key, "TRELLO_API_TOKEN": used.token}

    @property
    def files(self) -> dict[str, bytes]:
        """Return every file in the folder, hidden ones too."""
        found = (each for each in self.folder.rglob("*") if each.is_file())
        return {str(each.relative_to(self.folder)): each.read_bytes() for each in found}

    def is_untouched(self) -> bool:
        """Tell whether neither a file nor a board shows that anybody was here."""
        return not self.files and not self.office.writes


def mode(file: Path) -> int:
    """Return who may do what with a file."""
    return file.stat().st_mode & 0o777


def said(result: Result) -> str:
    """Return what was printed, whatever the width of the terminal."""
    return " ".join(re.sub(r"[\s\u00a0]+", " ", result.output).split())
