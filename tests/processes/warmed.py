"""The warm process: imports the program, then forks one that runs it for each line it is given.

For each line of JSON on standard input it tells two numbers on standard output: the process's, and
when that has ended its exit code, negative for a signal.  It has one thread and nothing else open,
so that what a fork takes over is imported modules and nothing more.
"""

import json
import os
import signal
import sys
from typing import Any, NoReturn

from bot import cli


def serve() -> None:
    """Fork and wait, line by line, until the input ends."""
    for line in sys.stdin:
        order = json.loads(line)
        pid = os.fork()
        if pid == 0:
            _run(order)
        _tell(pid)
        _, status = os.waitpid(pid, 0)
        _tell(os.waitstatus_to_exitcode(status))


def _run(order: dict[str, Any]) -> NoReturn:
    signal.set_wakeup_fd(-1)
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


def _tell(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    serve()
