"""How the log is written: sentences on a terminal, one JSON object a line for machines."""

import json
import logging
from datetime import UTC, datetime

from rich.console import Console
from rich.logging import RichHandler

from bot.redaction import RedactingFilter, Redactor
from bot.show import printable


class JsonLines(logging.Formatter):
    """Each record as one line of ASCII; an event brings its name and its keys."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {"at": at.replace("+00:00", "Z"), "level": record.levelname}
        line |= getattr(record, "event", {"logger": record.name, "message": record.getMessage()})
        if record.exc_text:
            line["trace"] = record.exc_text
        return json.dumps(line)


class Sentences(logging.Formatter):
    """Each record as a person reads it, without what would steer a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the text; time and level are put before it."""
        return printable(super().format(record))


def handler(console: Console, redactor: Redactor) -> logging.Handler:
    """Return what writes the log to where ``console`` writes, with every secret masked."""
    if console.is_terminal:
        chosen: logging.Handler = RichHandler(
            console=console, show_path=False, markup=False, log_time_format="%Y-%m-%d %H:%M:%S"
        )
        chosen.setFormatter(Sentences())
    else:
        chosen = logging.StreamHandler(console.file)
        chosen.setFormatter(JsonLines())
    chosen.addFilter(RedactingFilter(redactor))
    return chosen
