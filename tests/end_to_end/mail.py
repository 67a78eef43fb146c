"""A real mail server on this machine, and what has arrived there; it may also hang."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from queue import Empty, SimpleQueue
from typing import Any, cast

from aiosmtpd.smtp import SMTP, AuthResult, Envelope

PASSWORD = "c4nary-pa55word"


class Mailbox:
    """What a mail server has taken."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.mails: SimpleQueue[EmailMessage] = SimpleQueue()

    def address(self, name: str) -> str:
        """Return the address of somebody's notices."""
        at = f"mailto://{name}:{PASSWORD}@127.0.0.1:{self.port}/"
        return f"{at}?mode=insecure&from=bot@example.com&to={name}@example.com"

    def next(self) -> EmailMessage:
        """Return the next mail, once it has arrived."""
        return self.mails.get(timeout=20)

    def is_empty(self) -> bool:
        """Tell whether nothing more has arrived."""
        try:
            self.mails.get_nowait()
        except Empty:
            return True
        return False

    async def handle_DATA(self, _: Any, __: Any, envelope: Envelope) -> str:  # noqa: N802
        """Take a mail: aiosmtpd's name."""
        mail = message_from_bytes(cast(bytes, envelope.content), policy=policy.default)
        self.mails.put(mail)
        return "250 OK"


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    """Serve until the block ends; every name with the password may send."""
    loop = asyncio.new_event_loop()
    mailbox = Mailbox(0)
    lines: list[SMTP] = []

    def line() -> SMTP:
        lines.append(SMTP(mailbox, authenticator=_let_in, auth_require_tls=False, loop=loop))
        return lines[-1]

    server = loop.run_until_complete(loop.create_server(line, "127.0.0.1", 0))
    mailbox.port = server.sockets[0].getsockname()[1]
    serving = threading.Thread(target=loop.run_forever)
    serving.start()
    try:
        yield mailbox
    finally:
        asyncio.run_coroutine_threadsafe(_hung_up(server, lines), loop).result(20)
        loop.call_soon_threadsafe(loop.stop)
        serving.join()
        loop.close()


async def _hung_up(server: asyncio.Server, lines: list[SMTP]) -> None:
    server.close()
    for each in lines:
        if each.transport is not None:
            each.transport.close()
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _let_in(_: Any, __: Any, ___: Any, ____: Any, login: Any) -> AuthResult:
    return AuthResult(success=login.password == PASSWORD.encode(), handled=False)


@contextmanager
def silent_server() -> Iterator[Mailbox]:
    """Take calls until the block ends, and never say a word."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield Mailbox(listening.getsockname()[1])


def text_of(mail: EmailMessage) -> str:
    """Return what a reader of plain text sees."""
    body = mail.get_body(("plain", "html"))
    assert body is not None
    return str(body.get_content())
