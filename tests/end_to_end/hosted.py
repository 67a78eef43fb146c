"""The ``sandbox`` command in a thread of this process."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import StringIO

import requests
from rich.console import Console

from bot.hosting import Sandbox, serve


@contextmanager
def served(sandbox: Sandbox) -> Iterator[dict[str, str]]:
    """Serve in a thread and yield what the command printed to export."""
    stopped, printed = threading.Event(), StringIO()
    console = Console(file=printed, width=200)
    thread = threading.Thread(target=serve, args=(sandbox, stopped, console))
    thread.start()
    try:
        while "Ctrl-C" not in printed.getvalue():
            assert thread.is_alive()
            stopped.wait(0.02)
        lines = [each.strip() for each in printed.getvalue().splitlines()]
        exported = dict(e.removeprefix("export ").split("=", 1) for e in lines if "export " in e)
        yield {**exported, "printed": printed.getvalue()}
    finally:
        stopped.set()
        thread.join()


def page_of(told: dict[str, str]) -> str:
    """Return the page's address, without the slash at its end."""
    return told["TRELLO_API_URL"].removesuffix("/1")


class Wire:
    """A browser without scripts at a served page."""

    def __init__(self, page: str) -> None:
        self._page = page

    def get(self, path: str) -> requests.Response:
        return requests.get(self._page + path, timeout=30)

    def post(self, path: str, *, data: Mapping[str, str]) -> requests.Response:
        return requests.post(self._page + path, data=data, timeout=30, allow_redirects=False)
