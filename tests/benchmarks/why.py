"""The Why sheet of a country's workbook: proved intervals for every option, at a glance."""

import math
from collections.abc import Iterator

from benchmarks.clock import clocked, short
from benchmarks.country import WORKBOOK
from benchmarks.finding import Finding
from choosebattles.case.case import Case
from choosebattles.explain.why import Explained, explain_plan
from choosebattles.explain.why_answer import Explanation
from choosebattles.formulation.program import formulate
from choosebattles.solving.highs_solver import HighsSolver
from choosebattles.solving.options import Options
from choosebattles.terms import Row, RowName
from choosebattles.workbook.reader import read_case

GAP = 0.01
"""The gap of a solve from nothing for each question."""


def glanced(case: Case) -> Explanation:
    """Explain every option until each has its first intervals."""

    def stop(_so_far: Explained) -> None:
        raise KeyboardInterrupt

    return explain_plan(case, watch=stop)


def afresh(case: Case, option: str, *, taken: bool) -> None:
    """Formulate and solve anew with an option decided the other way."""
    program = formulate(case)
    q = program.quantities
    row = q.take(option) <= 0 if taken else q.take(option) >= 1
    HighsSolver(program).maximise(q.objective, Options(gap=GAP), extra=[Row(RowName("other"), row)])


def measure(*, fast: bool) -> Iterator[Finding]:  # noqa: ARG001 - once takes a minute
    """Yield what intervals for all options take, beside one rebuild per question."""
    case = read_case(WORKBOOK)
    with clocked() as spent:
        explained = glanced(case)
    with clocked() as anew:
        for why in explained.whys:
            afresh(case, why.id, taken=why.taken)
    known = sum(math.isfinite(each.price.high) or each.impossible for each in explained.whys)
    widths = sorted(
        each.price.high - each.price.low for each in explained.whys if not each.impossible
    )
    seconds = spent.cpu
    yield Finding(
        f"country workbook, Why for all {len(explained.whys)} options, proved intervals",
        "60 s",
        "10 s",
        f"{seconds:.1f} s CPU",
        f"n 1; {known} options with both ends; median width "
        f"{widths[len(widths) // 2]:.2f} points; with the plan itself, demands and switching values",
        seconds <= 60,
    )
    yield Finding(
        "Why intervals against one rebuild per question",
        "10x",
        "50x",
        f"{anew.cpu / seconds:.1f}x",
        f"rebuild and HiGHS to {GAP:.0%}, prices alone: {short(anew.cpu)} s",
        anew.cpu / seconds >= 10,
    )
