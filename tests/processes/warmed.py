"""The warm process: imports the program, then forks one that runs it for each line it is given.

For each line of JSON on standard input it tells ``started PID 0``, and when that process has ended
``ended PID CODE``, negative for a signal.  It has one thread and nothing else open, so that what a
fork takes over is imported modules and nothing more.
"""

import json
import os
import select
import sys
from typing import Any, NoReturn

from bot import cli


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
    serve()
