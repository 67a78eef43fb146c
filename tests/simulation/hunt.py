"""Look for one planted bug: how many seeds until the simulator finds it?

``python -m tests.simulation.hunt NAME [SEEDS]`` prints the seed and what it found; exit 1: not
found.  A process of its own, since the bug has to be in place before anything of the bot is loaded.
"""

import sys

from tests.simulation.planted import BUGS
from tests.simulation.planting import plant


def main(name: str, seeds: int) -> int:
    """Plant a bug and try seeds from 0 on."""
    bug = BUGS[name]
    plant({bug.module: bug.changes})
    # Only now: whatever is imported here loads the bot.
    from tests.simulation.draw import drawn  # noqa: PLC0415
    from tests.simulation.place import playground  # noqa: PLC0415
    from tests.simulation.run import run  # noqa: PLC0415
    from tests.simulation.secrets import listening  # noqa: PLC0415
    from tests.simulation.verdict import Problem  # noqa: PLC0415

    with listening(), playground() as folder:
        for seed in range(seeds):
            spec = drawn(seed)
            try:
                problems = run(spec, folder).problems
            except (AssertionError, LookupError) as unprepared:
                problems = (Problem("not prepared", str(unprepared)),)
            if problems:
                sys.stdout.write(f"{seed}\t{spec.scenario}\t{problems[0]}\n")
                return 0
    sys.stdout.write(f"not found in {seeds} seeds\n")
    return 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 100))
