"""A server of this machine that webhooks may call, and what it has been told."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

from msgspec import Struct, field


class Told(Struct, frozen=True):
    """One request."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class Answering(Struct):
    """What it answers next, and what it has heard."""

    url: str = ""
    statuses: list[int] = field(default_factory=list)
    """Answers to come; 200 when there are none."""
    told: list[Told] = field(default_factory=list)

    def posts(self, number: int) -> list[Told]:
        """Wait for so many posts and return them."""
        for _ in range(1000):
            found = [each for each in self.told if each.method == "POST"]
            if len(found) >= number:
                return found
            Event().wait(0.01)
        raise TimeoutError


@contextmanager
def answering() -> Iterator[Answering]:
    """Answer on a free port until the block ends."""
    known = Answering()

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            known.told.append(Told(self.command, self.path, dict(self.headers.items()), body))
            self.send_response(known.statuses.pop(0) if known.statuses else 200)
            self.end_headers()

        do_HEAD = do_POST = _answer  # noqa: N815 - the names that http.server calls

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        known.url = f"http://127.0.0.1:{server.server_port}/called"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield known
        finally:
            server.shutdown()
            thread.join()
