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
Host = Annotated[
    str | None,
    typer.Option(help="Address to listen on (default: this machine only; all, if PORT is set)."),
]
Port = Annotated[
    int | None, typer.Option(min=0, max=65535, help="Port to listen on (default: PORT, or 8000).")
]
Force = Annotated[
    bool, typer.Option("--force", help="Approve more cards in one pass than limits.max_cards.")
]
