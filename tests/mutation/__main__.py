"""``python -m tests.mutation [--minutes N] [--workers N] [--seconds S] [--again] [PATHS]``.

Goes on where the last run was stopped, and writes RESULTS.md.  Exit code 1: no mutant was executed,
or `living.toml` gives a reason for one that does not exist any more; 2: the tests fail unchanged.
"""

import argparse
import subprocess
import sys
import time

from tests.mutation import page, scope
from tests.mutation.living import outdated
from tests.mutation.records import read
from tests.mutation.session import LOG, Asked, measured, tried


def main() -> int:
    """Run and return the exit code."""
    asked, files = _arguments(), scope.files()
    if asked.measure:
        return measured(files)
    measuring = [sys.executable, "-m", "tests.mutation", "--measure"]
    if subprocess.run(measuring, check=False).returncode:  # noqa: S603 - this program itself
        return 2
    executed = tried(
        Asked(
            files=scope.files(asked.paths),
            until=time.monotonic() + asked.minutes * 60,
            seconds=asked.seconds,
            workers=asked.workers,
            again=asked.again,
        ),
        files,
    )
    if executed.mutants:
        page.RESULTS.write_text(page.table(files, read(LOG), executed), "utf-8")
    missing = list(outdated(files))
    for each in missing:
        print(f"living.toml: no such mutant any more: {each}", file=sys.stderr)  # noqa: T201
    return int(not executed.mutants or bool(missing))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation")
    parser.add_argument(
        "paths", nargs="*", type=str, help="files or folders; default: all in scope"
    )
    parser.add_argument("--minutes", type=float, default=1e6)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=10.0, help="of tests for one mutant")
    parser.add_argument("--again", action="store_true", help="try survivors anew")
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
