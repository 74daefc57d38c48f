"""``choosebattles explain``: why something is in the plan or not, and at what price."""

from pathlib import Path
from typing import Annotated

import typer

from choosebattles.case.units import Id
from choosebattles.cli.ctrl_c import stoppable
from choosebattles.cli.print_result import print_result
from choosebattles.cli.progress import Watching
from choosebattles.cli.shared_options import (
    Budget,
    Changed,
    Gap,
    Json,
    Model,
    Output,
    Overwrite,
    Strict,
    TimeLimit,
)
from choosebattles.explain.why import Explained, explain_plan
from choosebattles.report.answers.why.document import as_json, document
from choosebattles.report.provenance import Provenance
from choosebattles.run import typed_values
from choosebattles.run.exit_code_of_stop import EXIT_CODE_OF_STOP
from choosebattles.run.requested_case import Changes, Question
from choosebattles.run.run import Answered, Request, run
from choosebattles.translation import _

WORK = 300.0
"""Units of work after which what is known is told, where the user sets no time limit."""


def command(
    arguments: Annotated[
        list[str],
        typer.Argument(
            metavar="[ID...] FILE...",
            help=_("Options or investments to explain, all if none; and the files of one case."),
        ),
    ],
    *,
    output: Output = None,
    json: Json = None,
    overwrite: Overwrite = False,
    model: Model = None,
    budget: Budget = None,
    changed: Changed = None,
    strict: Strict = False,
    gap: Gap = "0",
    time_limit: TimeLimit = None,
) -> None:
    """Say why options are in the plan or not, and what each of your own demands costs.

    Exit codes: 0 every number settled; 1 a bug; 2 the input must be corrected; 3 no plan meets all
    demands; 4 stopped before that by a limit or by hand, with every number between proved bounds.
    """
    ids, files = _parted(arguments)
    most, limit = typed_values.gap(gap), typed_values.time_limit(time_limit)
    changes = Changes.typed(model, budget, changed)
    request = Request(files, changes, strict=strict, outputs=output or (), overwrite=overwrite)

    def answer(question: Question) -> Answered:
        with stoppable(), Watching() as watching:
            explanation = explain_plan(
                question.case,
                ids or None,
                gap=most,
                time_limit=limit,
                work_limit=WORK if limit is None else None,
                watch=lambda explained: watching.tell(so_far(explained)),
            )
        reading = question.reading
        provenance = Provenance.of(
            files, reading.doubts, reading.notices, reading.totals, question.notes
        )
        return Answered(
            document(explanation, provenance),
            lambda: as_json(explanation),
            EXIT_CODE_OF_STOP[explanation.stop],
        )

    print_result(run(request, answer), json, request.guard)


def _parted(arguments: list[str]) -> tuple[list[Id], list[Path]]:
    """Return which arguments are ids, and which are files: those that exist or end in .xlsx."""
    files = [typed for typed in arguments if Path(typed).suffix.casefold() == ".xlsx"]
    files += [typed for typed in arguments if typed not in files and Path(typed).is_file()]
    ids = [typed for typed in arguments if typed not in files]
    if not files:
        expected = _("the workbook too, a name that ends in .xlsx")
        raise typed_values.refused("FILE", " ".join(arguments), expected)
    return ids, [Path(typed) for typed in arguments if typed in files]


def so_far(explained: Explained) -> str:
    """Return how far an explanation is, in one line."""
    return _(
        "Prices known as one number: {exact:,} of {asked:,}; between two ends: {between:,}; "
        "{seconds:.0f} s. Ctrl-C keeps what there is."
    ).format(
        asked=explained.asked,
        exact=explained.exact,
        between=explained.between,
        seconds=explained.seconds,
    )
