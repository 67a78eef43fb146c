"""The options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

from bot.domain.model import Language

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

Yes = Annotated[bool, typer.Option("--yes", "-y", help="Take what is proposed; do not ask.")]
NewLanguage = Annotated[
    Language | None, typer.Option("--language", help="Language of a new configuration.")
]
Zone = Annotated[
    str | None, typer.Option("--timezone", help="Your time zone, such as Europe/Paris.")
]
Boards = Annotated[
    list[str] | None,
    typer.Option("--board", help="A board to serve: address, short link or name. Repeat it."),
]
Lists = Annotated[
    list[str] | None,
    typer.Option(
        "--list",
        metavar="ROLE=NAME",
        help="What a list means: question, review, done or ignored, such as done=Shipped.",
    ),
]
Owner = Annotated[
    str | None, typer.Option("--owner", help="User name of the person who delegates.")
]
Assistants = Annotated[
    list[str] | None,
    typer.Option(
        "--assistant",
        metavar="NAME[=ZONE]",
        help="User name of an assistant, such as mel=Indian/Antananarivo. Repeat it.",
    ),
]
PublicUrl = Annotated[
    str | None,
    typer.Option("--public-url", help="Where Trello reaches this machine; registers webhooks."),
]
WithoutNotices = Annotated[
    bool,
    typer.Option(
        "--without-notices",
        help="Do without OWNER_NOTIFY although the bot writes in the owner's own name.",
    ),
]
