"""The program asks for several boards at once: that they are slow to come does not add up."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Barrier, Thread

from bot import wiring
from tests.end_to_end.office import Office

_ME = json.dumps({"id": "5" * 24, "username": "robot", "boards": []}).encode()


@contextmanager
def gate(barrier: Barrier) -> Iterator[str]:
    """Serve a Trello that answers for no board before so many are asked for; yield its address."""

    class Gate(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            """Let nobody in alone."""
            if "/boards/" in self.path:
                barrier.wait()
            status, body = (404, b"not found") if "/boards/" in self.path else (200, _ME)
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Gate) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/1"
        finally:
            server.shutdown()
            thread.join()


def test_several_boards_are_under_way_at_once(office: Office) -> None:
    number = wiring.READS_AT_ONCE
    office.settings["boards"] = [f"Tableau{n}" for n in range(number)]
    barrier = Barrier(number, timeout=10)
    with gate(barrier) as url:
        environ = office.environment | {"TRELLO_API_URL": url}
        bot = wiring.build(office.write_config(), environ)
        failures = bot.cycle.planned(office.now).reading.failures
        bot.close()
    assert [each.lasting for each in failures] == [True] * number
    assert not barrier.broken
