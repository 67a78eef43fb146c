"""Write TIMELINE.md anew: ``python -m tests.end_to_end.year``."""

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.end_to_end.year.season import whole_year
from tests.end_to_end.year.telling import TIMELINE, table

if __name__ == "__main__":
    with TemporaryDirectory() as folder, whole_year(Path(folder)) as stage:
        TIMELINE.write_text(table(stage), "utf-8")
