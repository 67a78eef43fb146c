"""Live the two years of every owner, and say how it went: python -m tests.end_to_end.digests."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.end_to_end.digests.oracle import broken, posted, went_through
from tests.end_to_end.digests.owners import OWNERS
from tests.end_to_end.digests.two_years import two_years


def main() -> int:
    """Return 1 if a promise was broken, or a year did not hold what it is lived for."""
    failed = False
    for name, owner in OWNERS.items():
        with TemporaryDirectory() as folder:
            ledger = two_years(Path(folder), owner, 2026)
        wrong = broken(owner, ledger)
        missed = [each for each, seen in went_through(owner, ledger).items() if not seen]
        failed = failed or bool(wrong or missed)
        digests = len(posted(owner, ledger))
        told = (
            f"{digests} digests, {len(ledger.deliveries)} deliveries, {len(ledger.passes)} passes"
        )
        sys.stdout.write(
            f"{name}: {told}; broken: {wrong or 'nothing'}; missed: {missed or 'nothing'}\n"
        )
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
