"""``serve`` in a process of its own, and the webhooks that lead to it."""

import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event

import requests
from msgspec import Struct

from bot.hooks import Hook, hook_at
from bot.sandbox import SandboxApp, delivering
from tests.end_to_end.office import Office
from tests.end_to_end.shell import started


class Post(Struct, frozen=True):
    """Where a receiver is and what an installation sets for it."""

    url: str
    env: dict[str, str]
    hook: Hook

    @property
    def port(self) -> str:
        """The port, as it is typed."""
        return self.url.rpartition(":")[2]


def post_of(office: Office) -> Post:
    """Choose a port for an office's receiver."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    secret = office.grant.secret
    env = {"PUBLIC_URL": url, "TRELLO_API_SECRET": secret}
    return Post(url, env, hook_at(url, secret))


@contextmanager
def receiver(office: Office, **env: str) -> Iterator[tuple[Post, subprocess.Popen[str]]]:
    """Run ``serve`` until the block ends, in a sandbox that delivers webhooks.

    Its first pass has begun; when nothing is asked any more, it is over.
    """
    post = post_of(office)
    with (
        delivering(office.app),
        started(office, "serve", "--port", post.port, **post.env | env) as process,
    ):
        until_it_answers(post.url)
        until(lambda: office.app.requests)
        yield post, process


def until_it_answers(url: str) -> None:
    """Wait until a receiver answers."""
    for _ in range(400):
        try:
            if requests.head(f"{url}/health", timeout=5).status_code == 200:
                return
        except requests.ConnectionError:
            Event().wait(0.05)
    raise TimeoutError(url)


def until(happened: Callable[[], object]) -> None:
    """Wait until something has happened."""
    for _ in range(1200):
        if happened():
            return
        Event().wait(0.05)
    raise TimeoutError


def at_rest(app: SandboxApp, seconds: float = 1.5) -> None:
    """Wait until nothing has been asked of a sandbox for a while."""
    seen = -1
    while len(app.requests) != seen:
        seen = len(app.requests)
        Event().wait(seconds)
