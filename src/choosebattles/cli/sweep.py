"""``choosebattles sweep``: the best plan for every value of a number, or of several."""

from pathlib import Path
from typing import Annotated

import typer

from choosebattles.cli.print_result import print_result
from choosebattles.cli.shared_options import (
    Budget,
    Changed,
    Cluster,
    EstimateOnly,
    Export,
    Files,
    Gap,
    Json,
    Model,
    Output,
    Overwrite,
    PerSolve,
    Strict,
    Study,
    StudyTime,
    Workers,
    Yes,
)
from choosebattles.cli.study_request import EXIT_CODE_OF_ENDING, StudyRequest, study_options
from choosebattles.cli.typed_sweep import plan
from choosebattles.report.answers import estimate as estimated
from choosebattles.report.answers.sweep.document import as_json, document
from choosebattles.run import typed_values
from choosebattles.run.exit_code import ExitCode
from choosebattles.run.requested_case import Changes, Question
from choosebattles.run.run import Answered, run
from choosebattles.translation import _
from choosebattles.uncertainty.estimate import estimate_sweep
from choosebattles.uncertainty.sweep import Sweep, sweep
from choosebattles.uncertainty.sweep_design import SweepPlan, check_size
from choosebattles.uncertainty.worth_of_a_million import money_plan, worth_of_money


def command(
    files: Files,
    *,
    parameter: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=FROM..TOxSTEPS",
            help=_("Vary a number, as in fund.STATE=50%..150%x11; may be repeated."),
        ),
    ] = None,
    plan_file: Annotated[
        Path | None,
        typer.Option("--plan", metavar="PLAN.toml", help=_("Vary what a file says.")),
    ] = None,
    money: Annotated[
        bool,
        typer.Option("--money", help=_("Ask what one more million buys, each fund and year.")),
    ] = False,
    design: Annotated[
        str | None,
        typer.Option(
            metavar="DESIGN", help=_("Several numbers: one-at-a-time, grid, latin or sobol.")
        ),
    ] = None,
    number: Annotated[
        int | None,
        typer.Option("--points", metavar="128", help=_("Points of a latin or sobol design.")),
    ] = None,
    seed: Annotated[
        int | None, typer.Option(metavar="1", help=_("Seed of a latin or sobol design."))
    ] = None,
    estimate_only: EstimateOnly = False,
    output: Output = None,
    export: Export = None,
    json: Json = None,
    study: Study = None,
    yes: Yes = False,
    workers: Workers = None,
    cluster: Cluster = None,
    overwrite: Overwrite = False,
    model: Model = None,
    budget: Budget = None,
    changed: Changed = None,
    strict: Strict = False,
    gap: Gap = "0.1%",
    per_solve: PerSolve = None,
    time_limit: StudyTime = None,
) -> None:
    """Find the best plan for every value of a number, or of several.

    Exit codes: 0 all points done; 1 a bug; 2 the input must be corrected; 3 no plan at any point;
    4 stopped before all points were done, or points were given up.
    """
    changes = Changes.typed(model, budget, changed)
    options = study_options(gap, per_solve, time_limit, workers, cluster, study)
    request = StudyRequest(files, changes, strict, output or (), export, overwrite, options, yes)
    if money and (parameter or plan_file):
        raise typed_values.refused("--money", "--parameter", _("one of the two"))

    def points(question: Question) -> SweepPlan:
        if money:
            return money_plan(question.case)
        wanted = plan(question.case, parameter or (), plan_file, design, number, seed)
        check_size(wanted)
        return wanted

    def expect(question: Question) -> Answered:
        with request.watching(_("points")):
            found = estimate_sweep(question.case, points(question), request.options)
        return Answered(estimated.document(found, _("points")), dict)

    def answer(question: Question) -> Answered:
        wanted = points(question)
        request.agree(wanted.count, _("points"))
        with request.watching(_("points")) as watch:
            found = sweep(question.case, wanted, request.options, watch=watch)
        return Answered(
            document(found, worth_of_money(found) if money else ()),
            lambda: as_json(found),
            ended(found),
            lambda: found.arrays,
            request.resuming(found.ending, _("points")),
        )

    if estimate_only:
        request, json = request.estimating(), None
    result = run(request, expect if estimate_only else answer)
    print_result(result, json, request.guard)


def ended(found: Sweep) -> ExitCode:
    """Return what the shell is told."""
    if EXIT_CODE_OF_ENDING[found.ending] is not ExitCode.DONE or not all(
        step.comparable for step in found.steps
    ):
        return ExitCode.STOPPED
    return (
        ExitCode.DONE if any(step.value is not None for step in found.steps) else ExitCode.NO_PLAN
    )
