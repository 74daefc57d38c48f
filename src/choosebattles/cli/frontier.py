"""``choosebattles frontier``: every trade-off between objectives or cost, a plan for each."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

import typer

from choosebattles.case.case import Case
from choosebattles.cli.ctrl_c import stoppable
from choosebattles.cli.print_result import print_result
from choosebattles.cli.progress import Watching
from choosebattles.cli.shared_options import (
    Budget,
    Changed,
    Files,
    Json,
    Model,
    Output,
    Overwrite,
    Strict,
    TimeLimit,
)
from choosebattles.frontier.plans import Wanted
from choosebattles.frontier.points import Frontier
from choosebattles.frontier.trace import Traced, trace
from choosebattles.frontier.traded_measure import COST, OBJECTIVE, default_cost_resolution
from choosebattles.report.answers.frontier import as_json, document
from choosebattles.run import typed_values
from choosebattles.run.exit_code_of_stop import EXIT_CODE_OF_STOP
from choosebattles.run.requested_case import Changes, Question
from choosebattles.run.run import Answered, Request, run, written
from choosebattles.spelling import key
from choosebattles.translation import _

KEPT = (".xlsx", ".json")
"""Files that are written now and then while points are found: they tell that they are ours."""


def command(
    files: Files,
    *,
    output: Output = None,
    json: Json = None,
    by: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAMES",
            help=_(
                "What is traded off: two or three of the objectives, objective (their weighted "
                "sum) and cost, as in autonomy,cost; cost alone is objective,cost."
            ),
        ),
    ] = None,
    resolution: Annotated[
        str,
        typer.Option(
            metavar="0.1", help=_("Points within which one plan stands for others; 0 for all.")
        ),
    ] = "0.1",
    cost_resolution: Annotated[
        str | None,
        typer.Option(
            metavar="MILLIONS",
            help=_("The same for the cost; about 1 % of all the money unless said otherwise."),
        ),
    ] = None,
    all_plans: Annotated[
        bool, typer.Option("--all-plans", help=_("List every set of options of each point."))
    ] = False,
    overwrite: Overwrite = False,
    model: Model = None,
    budget: Budget = None,
    changed: Changed = None,
    strict: Strict = False,
    time_limit: TimeLimit = None,
) -> None:
    """List every trade-off between two or three objectives or the cost, with a plan for each.

    Exit codes: 0 all points found, to the resolution asked for; 1 a bug; 2 the input must be
    corrected; 3 no plan meets all demands; 4 stopped before that by time or by hand.
    """
    limit = typed_values.time_limit(time_limit)
    changes = Changes.typed(model, budget, changed)
    request = Request(files, changes, strict=strict, outputs=output or (), overwrite=overwrite)

    def answer(question: Question) -> Answered:
        names = _names(by or (), question.case)
        rough = typed_values.resolution(resolution)
        cost = _cost_resolution(cost_resolution, question.case, names or (), rough)
        with stoppable(), Watching() as watching:
            found = trace(
                question.case,
                objectives=names,
                resolution=rough,
                cost_resolution=cost,
                time_limit=limit,
                plans=Wanted.ALL if all_plans else Wanted.CHEAPEST,
                watch=lambda traced: watching.tell(so_far(traced)),
                keep=lambda found: keep(found, request, question),
            )
        return answered(found)

    print_result(run(request, answer), json, request.guard)


def answered(found: Frontier) -> Answered:
    """Return a frontier, ready to be told and written."""
    return Answered(document(found), lambda: as_json(found), EXIT_CODE_OF_STOP[found.stop])


def keep(found: Frontier, request: Request, question: Question) -> None:
    """Write what is found so far to the files that may be written again."""
    kept = [path for path in request.outputs if path.suffix.casefold() in KEPT]
    if kept:
        again = replace(request, outputs=kept)
        written(again, answered(found), question.reading.doubts, question.notes)


def _names(typed: Sequence[str], case: Case) -> tuple[str, ...] | None:
    """Return what is traded off; None for the first two objectives."""
    typed_names = [name.strip() for part in typed for name in part.split(",") if name.strip()]
    goals = (goal.id for goal in case.model.objectives)
    measures = {key(name): name for name in (*goals, OBJECTIVE, COST)}
    expected = _("one of: {names}").format(names=", ".join(measures.values()))
    typed_values.raise_all(
        typed_values.unknown("--by", name, measures.values(), expected)
        for name in typed_names
        if key(name) not in measures
    )
    names = tuple(measures[key(name)] for name in typed_names)
    return (OBJECTIVE, COST) if names == (COST,) else names or None


def _cost_resolution(typed: str | None, case: Case, names: Sequence[str], rough: float) -> float:
    """Return within how many millions one plan stands for others, where the cost counts at all."""
    number = None if typed is None else typed_values.cost_resolution(typed)
    if COST not in names:
        return 0.0
    if number is None:
        return default_cost_resolution(case) if rough else 0.0
    return number


def so_far(traced: Traced) -> str:
    """Return how far a frontier is traced, in one line."""
    return _(
        "{points} points so far; {left} places yet to look at; {seconds:.0f} s. "
        "Ctrl-C keeps the points."
    ).format(points=traced.points, left=traced.left, seconds=traced.seconds)
