"""Every single fault of a scenario: each kind at each request that it can strike."""

from collections.abc import Iterator
from pathlib import Path

from tests.simulation.faults import FAULTS
from tests.simulation.run import peaceful
from tests.simulation.spec import Spec, Strike


def singles(scenario: str, folder: Path) -> Iterator[Spec]:
    """Yield a run for each; a crash leaves the state folder now whole, now empty."""
    for fault in FAULTS:
        for number, method in enumerate(peaceful(scenario, folder).calls, 1):
            if fault.takes(method):
                yield Spec(
                    scenario,
                    seed=number,
                    strikes=(Strike(fault.name, number),),
                    forget=fault.kills and number % 2 == 0,
                )
