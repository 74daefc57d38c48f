"""How much of a solve is our own work: from the case to the model that HiGHS holds."""

from collections.abc import Iterator

from benchmarks.clock import clocked, short
from benchmarks.finding import Finding
from benchmarks.generator import SIZES, generate
from choosebattles.formulation.arrays import as_arrays
from choosebattles.formulation.program import formulate
from choosebattles.solving.highs_model import HighsModel
from choosebattles.solving.options import Options

SEED = 7
GAP = 0.01
LIMIT = 50.0
"""Seconds for the solve: the large case takes longer, so that its share is said too large."""


def measure(*, fast: bool) -> Iterator[Finding]:
    """Yield the share of building in a solve to 1 %, for every size of the generator."""
    for size in SIZES:
        if fast and size == "large":
            continue
        case = generate(size, SEED)
        with clocked() as building:
            program = formulate(case)
            held = HighsModel(as_arrays(program))
        goal = program.quantities.objective
        held.set_objective(held.costs(goal), float(goal.constant))
        with clocked() as solving:
            ended = held.run(Options(gap=GAP, time_limit=5.0 if fast else LIMIT))
        share = building.cpu / (building.cpu + solving.cpu)
        stopped = "to 1 %" if ended.stop.value == "optimal" else f"stopped: {ended.stop.value}"
        yield Finding(
            f"building the loaded model, share of a solve to 1 %, soft {size}",
            "20 %",
            "5 %",
            f"{share:.0%}",
            f"{short(building.cpu)} s of {short(building.cpu + solving.cpu)} s CPU, {stopped}, n 1",
            share <= 0.2,
        )
