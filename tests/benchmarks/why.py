"""The trade-off and the Why sheet of a country's workbook, whole commands."""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.clock import clocked, short
from benchmarks.finding import Finding
from benchmarks.process import product
from benchmarks.scope import COUNTRY, Scope
from choosebattles.case.case import Case
from choosebattles.formulation.program import formulate
from choosebattles.solving.highs_solver import HighsSolver
from choosebattles.solving.options import Options
from choosebattles.vocabulary import Row, RowName
from choosebattles.workbook.reader import read_case

GAP = 0.01
"""The gap of a solve from nothing for each question."""


def measure(scope: Scope) -> Iterator[Finding]:  # noqa: ARG001 - every benchmark takes it
    """Yield what all points take that a tenth of a point tells apart, and intervals for all."""
    points = product("frontier", COUNTRY, "--resolution", 0.1, "--time-limit", "3m")
    with clocked() as spent:
        points.run()
    yield Finding.within(
        "country workbook, frontier at 0.1 point",
        60,
        10,
        spent.cpu,
        f"n 1; wall {spent.wall:.0f} s",
    )
    yield _explained()


def _explained() -> Finding:
    with tempfile.TemporaryDirectory() as folder:
        answer = Path(folder) / "why.json"
        with clocked() as spent:
            product("explain", COUNTRY, "--gap", "1%", "-o", answer).run()
        options = json.loads(answer.read_text(encoding="utf-8"))["options"]
    case = read_case(COUNTRY)
    with clocked() as anew:
        for option in options:
            afresh(case, option["option"], taken=option["taken"])
    return Finding.faster(
        "Why for all options and demands, against one rebuild for each option",
        10,
        50,
        [anew.cpu / spent.cpu],
        f"country workbook, {len(options)} options, n 1; {short(spent.cpu)} s beside "
        f"{short(anew.cpu)} s CPU; rebuilt and solved by HiGHS to {GAP:.0%}, prices alone",
    )


def afresh(case: Case, option: str, *, taken: bool) -> None:
    """Formulate and solve anew with an option decided the other way."""
    program = formulate(case)
    quantities = program.quantities
    row = quantities.take(option) <= 0 if taken else quantities.take(option) >= 1
    HighsSolver(program).maximise(
        quantities.objective, Options(gap=GAP), extra=[Row(RowName("other"), row)]
    )
