"""The warm process: imports the program, then forks one that runs it for each line it is given.

For each line of JSON on standard input it tells ``started PID 0``, and when that process has ended
``ended PID CODE``, negative for a signal.  It has one thread and nothing else open, so that what a
fork takes over is imported modules, and what ruamel.yaml makes of files that never change: without
that, two thirds of a forked process's time would go into parsing the same texts again.
"""

import gc
import json
import os
import select
import sys
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from typing import Any, NoReturn

from ruamel.yaml import YAML

from bot import cli, kinds, paths, receiver, service  # noqa: F401 - as commands import them
from bot.text import library


def remember_yaml() -> None:
    """Let ruamel.yaml remember the texts that the program reads at every start, and read them."""
    parse, load = YAML.parse, YAML.load

    @cache
    def parsed(text: str) -> tuple[Any, ...]:
        return tuple(parse(YAML(typ="safe", pure=True), text))

    @cache
    def loaded(text: str) -> Any:
        return load(YAML(typ="safe", pure=True), text)

    def remembered_events(_: YAML, text: str) -> Iterator[Any]:
        return iter(parsed(text))

    YAML.parse = remembered_events  # type: ignore[method-assign,assignment]
    YAML.load = lambda _, text: deepcopy(loaded(text))  # type: ignore[method-assign,assignment]
    library.phrases(paths.templates_folder() / "messages")
    kinds.load_kinds((paths.built_in_briefs(),))


def serve() -> None:
    """Fork and tell of ends until the input ends."""
    children: dict[int, int] = {}
    waiting = select.poll()
    waiting.register(sys.stdin, select.POLLIN)
    while True:
        for handle, _ in waiting.poll():
            if handle in children:
                waiting.unregister(handle)
                _bury(handle, children.pop(handle))
            elif line := sys.stdin.readline():
                pid = _forked(json.loads(line))
                child = os.pidfd_open(pid)
                children[child] = pid
                waiting.register(child, select.POLLIN)
            else:
                return


def _forked(order: dict[str, Any]) -> int:
    pid = os.fork()
    if pid == 0:
        _run(order)
    _tell("started", pid, 0)
    return pid


def _bury(handle: int, pid: int) -> None:
    os.close(handle)
    _, status = os.waitpid(pid, 0)
    _tell("ended", pid, os.waitstatus_to_exitcode(status))


def _run(order: dict[str, Any]) -> NoReturn:
    log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for source, target in ((nothing, 0), (log, 1), (log, 2)):
        os.dup2(source, target)
    os.environ.clear()
    os.environ.update(order["env"])
    os.chdir(order["folder"])
    sys.argv = ["bot", *order["words"]]
    code = 1
    try:
        cli.main()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _tell(what: str, pid: int, code: int) -> None:
    sys.stdout.write(f"{what} {pid} {code}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    remember_yaml()
    # What a child never touches needs no copy of its own: its collector leaves all of this alone.
    gc.collect()
    gc.freeze()
    serve()
