"""A country's workbook with scores that are uncertain, as ``choosebattles simulate`` answers it."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from benchmarks.clock import clocked
from benchmarks.country import WORKBOOK
from benchmarks.finding import Finding
from choosebattles.audit.scale import ScoreScale
from choosebattles.case.case import Case
from choosebattles.case.parameter import hold_scale
from choosebattles.execution.executor import Serial
from choosebattles.execution.run import run
from choosebattles.execution.study import Study
from choosebattles.solving.limits import SearchLimits
from choosebattles.uncertainty.draw import Spread, Weights, what_varies
from choosebattles.uncertainty.nominal import nominal
from choosebattles.uncertainty.simulate import DrawTask
from choosebattles.workbook.reader import read_case

GAP = 0.01
WIDER = Decimal("2.65")
"""Times its standard deviation that a PERT distribution reaches to either side: the square root
of 7."""


def measure(*, fast: bool) -> Iterator[Finding]:
    """Yield what a draw takes, its plan recounted and that of the case as it stands too."""
    found = read_case(WORKBOOK)
    case = found.model_copy(update={"ranges": ()})
    case = hold_scale(case, ScoreScale(case).points_for_100)
    for spread in (Decimal("0.02"), Decimal("0.05")):
        yield _at(case, spread, 64 if fast else 128)


def _at(case: Case, spread: Decimal, number: int) -> Finding:
    wide = Spread("score", WIDER * spread, WIDER * spread)
    uncertain = what_varies(case, spreads=[wide], weights=Weights.FIXED)
    with clocked() as before:
        base = nominal(case, GAP, SearchLimits())
        task = DrawTask("benchmark", case, base, uncertain, GAP, SearchLimits())
    hows = Counter[str]()
    with clocked() as spent, Study({}) as study:
        run(task, number, study, Serial())
        for row in study.rows(number):
            assert row["value"] <= row["bound"] * (1 + 1e-9)
            hows[row["how"]] += 1
    told = ", ".join(f"{times} {how.lower()}" for how, times in hows.most_common())
    return Finding(
        f"country workbook, one draw of `simulate`, {spread:.0%} noise of every score",
        "",
        "",
        f"{spent.cpu / number:.3f} s CPU",
        f"{number} draws to {GAP:.0%}, the plan found and the nominal one each recounted exactly; "
        f"{before.cpu:.1f} s before the first; {told}",
        None,
    )
