"""``choosebattles solve``: the best plan, proved or with its gap."""

from typing import Annotated

import typer

from choosebattles.cli.best_plan import results_of, solving
from choosebattles.cli.printing import print_result
from choosebattles.cli.shared_options import (
    Budget,
    Changed,
    Files,
    Json,
    Model,
    Output,
    Overwrite,
    Scenario,
    Strict,
)
from choosebattles.run import values
from choosebattles.run.question import Changes
from choosebattles.run.run import Request, run
from choosebattles.solving.options import Options
from choosebattles.words import _


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
    gap: Annotated[
        str,
        typer.Option(
            metavar="0.1%", help=_("How far from the best the search may stop; 0 for full proof.")
        ),
    ] = "0.1%",
    time_limit: Annotated[
        str | None,
        typer.Option(metavar="5m", help=_("Stop after this time with the best plan so far.")),
    ] = None,
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
        gap=values.gap(gap),
        time_limit=None if time_limit is None else values.seconds(time_limit),
        solver=solver,
    )
    request = Request(
        files,
        Changes.typed(model, budget, changed, scenario),
        strict=strict,
        outputs=output or (results_of(files),),
        overwrite=overwrite,
    )
    print_result(run(request, solving(files, options)), json, request.guard)
