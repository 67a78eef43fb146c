"""A browser without scripts: it follows links, fills in forms that a page shows, and sends them."""

import re
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any, Protocol
from urllib.parse import urljoin

from werkzeug.test import Client

from bot.sandbox import SandboxApp


class _Forms(HTMLParser):
    """Collects what each form of a page would send, as it stands."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self._select = self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.found.append((has["action"], {}))
        elif tag == "input":
            self.found[-1][1][has["name"]] = has.get("value", "")
        elif tag == "select":
            self._select = has["name"]
        elif tag == "option" and ("selected" in has or self._select not in self.found[-1][1]):
            self.found[-1][1][self._select] = has["value"]
        elif tag == "textarea":
            self._area = has["name"]
            self.found[-1][1][self._area] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            fields = self.found[-1][1]
            fields[self._area] += data if fields[self._area] else data.removeprefix("\n")


class Answered(Protocol):
    """An answer, over a socket or without."""

    @property
    def status_code(self) -> int: ...
    @property
    def text(self) -> str: ...
    @property
    def headers(self) -> Any: ...


class Browser(Protocol):
    """Whatever sends requests and follows no redirect by itself."""

    def get(self, path: str) -> Answered: ...
    def post(self, path: str, *, data: Mapping[str, str]) -> Answered: ...


class Reader:
    """Somebody who reads the page and sends its forms."""

    def __init__(self, app: SandboxApp | Browser, path: str) -> None:
        self.client: Any = Client(app) if isinstance(app, SandboxApp) else app
        self.open(path)

    def open(self, path: str) -> None:
        """Go to an address."""
        self.path = path
        self.answer: Answered = self.client.get(path)

    @property
    def page(self) -> str:
        return self.answer.text

    @property
    def words(self) -> str:
        """The page's words alone."""
        shown = re.sub(r"<(style|script)>.*?</\1>", " ", self.page, flags=re.DOTALL)
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", shown))

    def form(self, act: str, **known: str) -> tuple[str, dict[str, str]]:
        """Return the form for an act that already holds these values."""
        parser = _Forms()
        parser.feed(self.page)
        wanted = {"act": act, **known}.items()
        return next(each for each in parser.found if wanted <= each[1].items())

    def send(self, act: str, known: Mapping[str, str] | None = None, /, **filled: str) -> Answered:
        """Fill in the form for an act, send it, and follow where it leads."""
        action, values = self.form(act, **(known or {}))
        return self._sent(action, values | filled)

    def step(self, step: str) -> Answered:
        """Press one of the buttons that move time."""
        parser = _Forms()
        parser.feed(self.page)
        action, values = next(each for each in parser.found if set(each[1]) == {"token"})
        assert f'name="act" value="{step}"' in self.page
        return self._sent(action, values | {"act": step})

    def _sent(self, action: str, values: Mapping[str, str]) -> Answered:
        sent: Answered = self.client.post(action, data=values)
        if sent.status_code == 303:
            self.open(urljoin(self.path, sent.headers["Location"]).partition("#")[0])
        else:
            self.answer = sent
        return sent
