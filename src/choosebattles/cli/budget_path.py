"""``choosebattles budget-path``: what less money drops and more adds, step by step."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from choosebattles.cli.asked import Changed, Files, Json, Model, Overwrite, Strict
from choosebattles.cli.lines import aligned
from choosebattles.cli.publishing import publish
from choosebattles.cli.watching import Watching, stoppable
from choosebattles.execution.protection import Guard
from choosebattles.explain.budget_path import BudgetPath, budget_path
from choosebattles.report.budget_path import budget_path_as_json, write_budget_path
from choosebattles.report.parts.budget_path import sentences, step_rows
from choosebattles.report.parts.prices import each_year
from choosebattles.report.wording import millions_alike, points
from choosebattles.run import values
from choosebattles.run.ending import End
from choosebattles.run.question import Changes, ask
from choosebattles.run.stops import ENDS
from choosebattles.solving.options import Options
from choosebattles.words import _

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
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="OUT.xlsx", help=_("Write the path as a workbook too.")
        ),
    ] = None,
    json: Json = None,
    overwrite: Overwrite = False,
    model: Model = None,
    changed: Changed = None,
    strict: Strict = False,
    gap: Annotated[
        str,
        typer.Option(
            metavar="0.1%", help=_("How far from the best each search may stop; 0 for full proof.")
        ),
    ] = "0.1%",
    time_limit: Annotated[
        str | None,
        typer.Option(metavar="5m", help=_("Stop each search after this time.")),
    ] = None,
) -> None:
    """Say what less money drops, what more adds, and what a nested order of cuts costs.

    Exit codes: 0 done; 1 a bug; 2 the input must be corrected; 3 a budget at which no plan meets
    all demands; 4 stopped before that by time or by hand.
    """
    wanted = values.steps(steps)
    options = Options(
        gap=values.gap(gap),
        time_limit=None if time_limit is None else values.seconds(time_limit),
    )
    guard = Guard(inputs=files, overwrite=overwrite)
    question = ask(files, Changes.typed(model, changed=changed), strict=strict)
    doubts = question.reading.doubts
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
    written = None if output is None else write_budget_path(path, output, doubts=doubts, **guard)
    publish(
        (*lines(path), *question.notes),
        lambda: budget_path_as_json(path),
        json=json,
        guard=guard,
        doubts=doubts,
        written=[written],
        end=_end(path),
    )


def _end(path: BudgetPath) -> End:
    ends = {ENDS[each.outcome.stop] for each in path.steps}
    if not path.complete:
        ends.add(End.STOPPED)
    return next(each for each in (End.BUG, End.NO_PLAN, End.STOPPED, End.DONE) if each in ends)


def lines(path: BudgetPath) -> Iterator[str]:
    """Yield a path in words: a table of the budgets, a sentence for each, the price of an order."""
    told = list(sentences(path))
    yield told[0]
    yield ""
    rows = step_rows(path)
    names = list(dict.fromkeys(name for each in rows for name in each.indices))
    head = (
        _("money"),
        _("of all funds"),
        _("objective"),
        *names,
        f"{_('total cost')}{each_year(path.case)}",
    )
    cells = [
        (
            each.change,
            there,
            _points(each.objective),
            *(_points(each.indices.get(name)) for name in names),
            cost,
        )
        for each, there, cost in zip(
            rows,
            millions_alike(path.case, [each.money for each in rows]),
            millions_alike(path.case, [each.cost for each in rows]),
            strict=True,
        )
    ]
    yield from (f"  {line}" for line in aligned([head, *cells]))
    yield ""
    yield from told[1:]


def _points(value: float | None) -> str:
    return "" if value is None else points(value)
