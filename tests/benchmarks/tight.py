"""Hard cases, where money cannot be carried over and people bind, against plain HiGHS.

Plain HiGHS is PuLP's own interface to it, given the same PuLP model, gap and time.
"""

import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pulp

from benchmarks.clock import Spent, clocked, ratio
from benchmarks.finding import Finding
from benchmarks.generator import generate
from choosebattles.case.case import Case
from choosebattles.formulation.program import formulate
from choosebattles.formulation.pulp_problem import pulp_problem
from choosebattles.solving.method import solve
from choosebattles.solving.options import Options

SEEDS = (101, 102)


@dataclass(frozen=True)
class Reached:
    """What one run came to."""

    value: float
    bound: float
    spent: Spent

    @property
    def gap(self) -> float:
        """Return the relative gap."""
        return (self.bound - self.value) / max(1.0, abs(self.value))


def plain(case: Case, options: Options) -> Reached:
    """Solve with PuLP's interface to HiGHS."""
    with clocked() as spent:
        program = formulate(case)
        goal = program.quantities.objective
        problem = pulp_problem(program, goal)
        solver: Any = pulp.HiGHS(
            msg=False, gapRel=options.gap, timeLimit=options.time_limit, threads=1
        )
        problem.solve(solver)
    info = problem.solverModel.getInfo()
    constant, value = float(goal.constant), float(pulp.value(problem.objective))
    # PuLP may hand a goal that is raised to HiGHS as its opposite, to be lowered.
    sign = -1 if value * info.objective_function_value < 0 else 1
    return Reached(value + constant, sign * float(info.mip_dual_bound) + constant, spent)


def ours(case: Case, options: Options) -> Reached:
    """Solve as the program does, the recount of the plan included."""
    with clocked() as spent:
        outcome = solve(case, options)
    assert outcome.objective is not None
    assert outcome.bound is not None
    return Reached(outcome.objective, outcome.bound, spent)


def measure(*, fast: bool) -> Iterator[Finding]:
    """Yield time and gap on small cases, and the gap on medium ones."""
    yield _small(SEEDS[:1] if fast else SEEDS, Options(gap=1e-4, time_limit=5 if fast else 12))
    yield _medium(SEEDS[:1], Options(gap=1e-4, time_limit=5 if fast else 60))


def _small(seeds: tuple[int, ...], options: Options) -> Finding:
    pairs = _pairs("small", seeds, options)
    times = [one.spent.cpu / two.spent.cpu for two, one in pairs]
    gaps = _gaps(pairs)
    return Finding(
        "tight small to 0.01 %, against plain HiGHS on the same PuLP model",
        "1x",
        "5x",
        f"{ratio(times)} in time; gap {gaps}",
        f"{len(seeds)} cases, at most {options.time_limit:g} s each",
        statistics.median(times) >= 0.95,
    )


def _medium(seeds: tuple[int, ...], options: Options) -> Finding:
    pairs = _pairs("medium", seeds, options)
    shares = [two.gap / one.gap for two, one in pairs]
    return Finding(
        f"tight medium, gap after {options.time_limit:g} s, against plain HiGHS",
        "half",
        "under 1 %",
        f"{statistics.median(shares):.0%} of plain HiGHS's; gap {_gaps(pairs)}",
        f"{len(seeds)} cases",
        statistics.median(shares) <= 0.5,
    )


def _pairs(size: str, seeds: tuple[int, ...], options: Options) -> list[tuple[Reached, Reached]]:
    """Return ours and plain, case by case, in turn."""
    cases = [generate(size, seed, tight=True) for seed in seeds]
    return [(ours(case, options), plain(case, options)) for case in cases]


def _gaps(pairs: list[tuple[Reached, Reached]]) -> str:
    mine = statistics.median(one.gap for one, _two in pairs)
    theirs = statistics.median(two.gap for _one, two in pairs)
    return f"{mine:.2%} instead of {theirs:.2%}"
