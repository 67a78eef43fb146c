"""``campaign`` runs everything at length, ``replay`` repeats a run, ``hunt`` looks for a bug."""

import argparse
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from tests.simulation.planted import BUGS

SEEDS = 100


def main() -> int:
    """Do what the command line asks."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation")
    commands = parser.add_subparsers(dest="command", required=True)
    long = commands.add_parser("campaign", help="runs everything and writes RESULTS.md")
    long.add_argument("--minutes", type=float, default=30.0, help="for the runs with faults")
    long.add_argument("--years", type=float, default=10.0, help="simulated years of the soak")
    long.add_argument("--first", type=int, default=1000, help="the first seed")
    again = commands.add_parser("replay", help="repeats one run and prints all its requests")
    again.add_argument("spec", help="a seed, or the line that a broken run printed")
    commands.add_parser("hunt", help="looks for every planted bug")
    asked = parser.parse_args()
    if asked.command == "replay":
        return _replay(asked.spec)
    if asked.command == "hunt":
        hunted = {name: _hunted(name) for name in BUGS}
        return _tell(hunted)
    return _campaign(asked.minutes, asked.years, asked.first)


def _replay(spec: str) -> int:
    from tests.simulation.draw import drawn  # noqa: PLC0415 - only this command needs the bot
    from tests.simulation.place import playground  # noqa: PLC0415
    from tests.simulation.run import run  # noqa: PLC0415
    from tests.simulation.secrets import listening  # noqa: PLC0415
    from tests.simulation.spec import read_spec  # noqa: PLC0415

    with listening(), playground() as folder:
        outcome = run(drawn(int(spec)) if spec.isdecimal() else read_spec(spec), folder)
    sys.stdout.write(outcome.told() + "\n")
    return 1 if outcome.problems else 0


def _campaign(minutes: float, years: float, first: int) -> int:
    from tests.simulation.campaign import campaign  # noqa: PLC0415
    from tests.simulation.place import playground  # noqa: PLC0415
    from tests.simulation.results import Hunted, Results, write  # noqa: PLC0415
    from tests.simulation.secrets import listening  # noqa: PLC0415
    from tests.simulation.soak import soak  # noqa: PLC0415

    parts = tuple(campaign(minutes, first))
    # What has been shown is kept, whatever the rest comes to.
    write(Results(parts, None, {}, minutes))
    with listening(), playground() as folder:
        shown = soak(years, folder) if years else None
    with ThreadPoolExecutor(2) as hands:
        found = dict(zip(BUGS, hands.map(_hunted, BUGS), strict=True))
    hunted = {name: Hunted(*each) for name, each in found.items()}
    write(Results(parts, shown, hunted, minutes))
    for part in parts:
        sys.stdout.writelines(f"{told}\n" for told in part.broken)
    missed = sum(each.seed is None for each in hunted.values())
    return 1 if missed or any(each.broken for each in parts) else 0


def _hunted(name: str) -> tuple[int | None, str]:
    """Look for one planted bug in a process of its own; return its seed and how it showed."""
    command = (sys.executable, "-m", "tests.simulation.hunt", name, str(SEEDS))
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode == 0:
        seed, _, told = done.stdout.strip().split("\n")[-1].partition("\t")
        return int(seed), told.replace("\t", ": ")
    if "PlantError" in done.stderr:
        raise RuntimeError(done.stderr.strip().split("\n")[-1])
    return None, done.stdout.strip() or done.stderr.strip()[-200:]


def _tell(hunted: dict[str, tuple[int | None, str]]) -> int:
    for name, (seed, told) in hunted.items():
        sys.stdout.write(f"{name}: {'not found' if seed is None else seed}: {told[:150]}\n")
    return 1 if any(seed is None for seed, _ in hunted.values()) else 0


if __name__ == "__main__":
    raise SystemExit(main())
