"""The options that several commands share."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class DemoLanguage(StrEnum):
    """Languages of the sample board."""

    FRENCH = "fr"
    ENGLISH = "en"


Config = Annotated[
    Path | None,
    typer.Option(help="Configuration file (default: config/bot.yaml, or BOT_CONFIG)."),
]
BoardName = Annotated[
    str | None, typer.Option("--board", help="Write to this board only; all boards are read.")
]
Now = Annotated[
    str | None,
    typer.Option("--now", help="Pretend it is this ISO instant; without offset in `timezone`."),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
Force = Annotated[
    bool, typer.Option("--force", help="Approve more cards in one pass than limits.max_cards.")
]
