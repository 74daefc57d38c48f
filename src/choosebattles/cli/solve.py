"""``choosebattles solve``: the best plan, proved or with its gap."""

from typing import Annotated

import typer

from choosebattles.cli.best_plan import results_of, solving
from choosebattles.cli.print_result import print_result
from choosebattles.cli.shared_options import (
    Budget,
    Changed,
    Files,
    Gap,
    Json,
    Model,
    Output,
    Overwrite,
    Scenario,
    Strict,
    TimeLimit,
)
from choosebattles.run import typed_values
from choosebattles.run.requested_case import Changes
from choosebattles.run.run import Request, run
from choosebattles.solving.options import Options
from choosebattles.translation import _


def command(
    files: Files,
    *,
    output: Output = None,
    json: Json = None,
    overwrite: Overwrite = False,
    model: Model = None,
    budget: Budget = None,
    changed: Changed = None,
    strict: Strict = False,
    scenario: Scenario = None,
    gap: Gap = "0.1%",
    time_limit: TimeLimit = None,
    solver: Annotated[
        str, typer.Option(metavar="NAME", help=_("HiGHS, or a solver that PuLP finds."))
    ] = "highs",
) -> None:
    """Find the best plan, prove it or say how far it may be from the best, write the results.

    Without -o, the results go to FILE-results.xlsx in this folder.

    Exit codes: 0 proved, or within the gap asked for; 1 a bug; 2 the input must be corrected;
    3 no plan meets all demands; 4 stopped before that by time or by hand.
    """
    options = Options(
        gap=typed_values.gap(gap),
        time_limit=typed_values.time_limit(time_limit),
        solver=solver,
    )
    changes = Changes.typed(model, budget, changed, scenario)
    request = Request(
        files, changes, strict=strict, outputs=output or (results_of(files),), overwrite=overwrite
    )
    print_result(run(request, solving(request, options)), json, request.guard)
