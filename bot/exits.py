"""How a command ends: its exit code, and what a person is told of the error that stopped it."""

import os
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import ParamSpec

import typer
from rich.console import Console
from rich.text import Text

from bot.ports import RetryLaterError, SkipError, StopError
from bot.settings import SettingsError
from bot.show import printable
from bot.state import LeaseHeldError

COMPLETE, BUG, CONFIGURATION, INCOMPLETE, REFUSED = range(5)

P = ParamSpec("P")


def exits(command: Callable[P, int]) -> Callable[P, None]:
    """Turn what a command returns, or the error that stops it, into an exit code."""

    @wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            code = command(*args, **kwargs)
        except (SettingsError, StopError) as problem:
            code = failed(str(problem), CONFIGURATION)
        except (RetryLaterError, SkipError, LeaseHeldError) as problem:
            code = failed(str(problem), INCOMPLETE)
        raise typer.Exit(code)

    return wrapped


def can_print() -> bool:
    """Tell whether standard output takes a line; if not, what is left of it is let go."""
    try:
        sys.stdout.write("\n")
        sys.stdout.flush()
    except OSError:
        # Else Python fails once more at its end, and says so.
        with Path(os.devnull).open("w") as nowhere:
            os.dup2(nowhere.fileno(), sys.stdout.fileno())
        return False
    return True


def failed(problem: str, code: int) -> int:
    """Print what went wrong to standard error, and return the exit code."""
    Console(stderr=True).print(Text(printable(problem), style="red"))
    return code
