"""``choosebattles alternatives``: the rivals of the best plan, near and far."""

from typing import Annotated

import typer

from choosebattles.cli.ctrl_c import stoppable
from choosebattles.cli.print_result import print_result
from choosebattles.cli.progress import Watching
from choosebattles.cli.shared_options import (
    Budget,
    Changed,
    Files,
    Gap,
    Json,
    Model,
    Output,
    Overwrite,
    Strict,
    TimeLimit,
)
from choosebattles.explain.alternatives import AcceptedLoss, Ranked, alternatives
from choosebattles.report.answers.alternatives import as_json, document
from choosebattles.run import typed_values
from choosebattles.run.exit_code_of_stop import EXIT_CODE_OF_STOP
from choosebattles.run.requested_case import Changes, Question
from choosebattles.run.run import Answered, Request, run
from choosebattles.translation import _


def command(
    files: Files,
    *,
    output: Output = None,
    json: Json = None,
    count: Annotated[
        int, typer.Option(min=1, metavar="5", help=_("How many of the best plans to list."))
    ] = 5,
    loss: Annotated[
        str,
        typer.Option(
            metavar="1%",
            help=_("How much less than the best a near-best plan may be worth, or '0.5 points'."),
        ),
    ] = "1%",
    different: Annotated[
        int,
        typer.Option(
            min=0, metavar="3", help=_("How many near-best plans that differ most to list.")
        ),
    ] = 3,
    overwrite: Overwrite = False,
    model: Model = None,
    budget: Budget = None,
    changed: Changed = None,
    strict: Strict = False,
    gap: Gap = "0",
    time_limit: TimeLimit = None,
) -> None:
    """List the best plans one after the other, near-best ones that differ most, and sure choices.

    Exit codes: 0 done, to the gap asked for; 1 a bug; 2 the input must be corrected; 3 no plan
    meets all demands; 4 stopped before that by time or by hand.
    """
    share, loss_points = typed_values.loss(loss)
    most = typed_values.gap(gap)
    limit = typed_values.time_limit(time_limit)
    changes = Changes.typed(model, budget, changed)
    request = Request(files, changes, strict=strict, outputs=output or (), overwrite=overwrite)

    def answer(question: Question) -> Answered:
        with stoppable(), Watching() as watching:
            found = alternatives(
                question.case,
                count=count,
                loss=AcceptedLoss(share, loss_points),
                different=different,
                gap=most,
                time_limit=limit,
                watch=lambda ranked: watching.tell(so_far(ranked)),
            )
        return Answered(document(found), lambda: as_json(found), EXIT_CODE_OF_STOP[found.stop])

    print_result(run(request, answer), json, request.guard)


def so_far(ranked: Ranked) -> str:
    """Return how far the search is, in one line."""
    return _(
        "{plans} plans; {settled} of {options} options settled; {different} plans that differ; "
        "{seconds:.0f} s. Ctrl-C keeps them."
    ).format(
        plans=ranked.plans,
        settled=ranked.settled,
        options=ranked.options,
        different=ranked.different,
        seconds=ranked.seconds,
    )
