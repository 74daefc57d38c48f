"""``choosebattles budget-path``: what less money drops and more adds, step by step."""

from typing import Annotated

import typer

from choosebattles.cli.ctrl_c import stoppable
from choosebattles.cli.print_result import print_result
from choosebattles.cli.progress import Watching
from choosebattles.cli.shared_options import (
    Changed,
    Files,
    Gap,
    Json,
    Model,
    Output,
    Overwrite,
    Strict,
)
from choosebattles.explain.budget_path import BudgetPath, budget_path
from choosebattles.report.answers.budget_path import as_json, document
from choosebattles.run import typed_values
from choosebattles.run.exit_code import ExitCode
from choosebattles.run.exit_code_of_stop import EXIT_CODE_OF_STOP
from choosebattles.run.requested_case import Changes, Question
from choosebattles.run.run import Answered, Request, run
from choosebattles.solving.options import Options
from choosebattles.translation import _

USUAL = "-5%,-10%,-20%"
"""The steps where none are named."""


def command(
    files: Files,
    *,
    steps: Annotated[
        str,
        typer.Option(
            metavar=USUAL, help=_("By how much every fund's money changes; +10% adds money.")
        ),
    ] = USUAL,
    output: Output = None,
    json: Json = None,
    overwrite: Overwrite = False,
    model: Model = None,
    changed: Changed = None,
    strict: Strict = False,
    gap: Gap = "0.1%",
    time_limit: Annotated[
        str | None,
        typer.Option(metavar="5m", help=_("Stop each search after this time.")),
    ] = None,
) -> None:
    """Say what less money drops, what more adds, and what a nested order of cuts costs.

    Exit codes: 0 done; 1 a bug; 2 the input must be corrected; 3 a budget at which no plan meets
    all demands; 4 stopped before that by time or by hand.
    """
    wanted = typed_values.steps(steps)
    options = Options(
        gap=typed_values.gap(gap),
        time_limit=typed_values.time_limit(time_limit),
    )
    changes = Changes.typed(model, changed=changed)
    request = Request(files, changes, strict=strict, outputs=output or (), overwrite=overwrite)

    def answer(question: Question) -> Answered:
        with stoppable(), Watching() as watching:
            path = budget_path(
                question.case,
                wanted,
                options,
                watch=lambda number, of: watching.tell(
                    _("{number} of {of} budgets solved. Ctrl-C keeps them.").format(
                        number=number, of=of
                    )
                ),
            )
        return Answered(document(path), lambda: as_json(path), _end(path))

    print_result(run(request, answer), json, request.guard)


def _end(path: BudgetPath) -> ExitCode:
    ends = {EXIT_CODE_OF_STOP[step.outcome.stop] for step in path.steps}
    if not path.complete:
        ends.add(ExitCode.STOPPED)
    return next(
        end
        for end in (ExitCode.BUG, ExitCode.NO_PLAN, ExitCode.STOPPED, ExitCode.DONE)
        if end in ends
    )
