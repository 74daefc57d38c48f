"""``choosebattles alternatives``: the rivals of the best plan, near and far."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from choosebattles.cli import values
from choosebattles.cli.answering import ENDS
from choosebattles.cli.asked import Budget, Changed, Files, Json, Model, Overwrite, Strict
from choosebattles.cli.lines import aligned
from choosebattles.cli.publishing import publish
from choosebattles.cli.question import Changes, ask
from choosebattles.cli.watching import Watching, stoppable
from choosebattles.execution.protection import Guard
from choosebattles.explain.alternatives import Loss, Ranked, alternatives
from choosebattles.explain.rivals import Alternatives, Class
from choosebattles.report.alternatives import alternatives_as_json, write_alternatives
from choosebattles.report.parts.alternatives import (
    RivalRow,
    loss_sentences,
    rival_rows,
    sentences,
)
from choosebattles.report.parts.prices import each_year
from choosebattles.report.wording import millions_alike, points
from choosebattles.words import _


def command(
    files: Files,
    *,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="RESULTS.xlsx", help=_("Write the plans as a workbook too.")
        ),
    ] = None,
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
    gap: Annotated[
        str,
        typer.Option(
            metavar="0.1%",
            help=_("How far from the best each search for a best plan may stop; 0 is full proof."),
        ),
    ] = "0",
    time_limit: Annotated[
        str | None,
        typer.Option(metavar="5m", help=_("Stop after this time with what is known so far.")),
    ] = None,
) -> None:
    """List the best plans one after the other, near-best ones that differ most, and sure choices.

    Exit codes: 0 done, to the gap asked for; 1 a bug; 2 the input must be corrected; 3 no plan
    meets all demands; 4 stopped before that by time or by hand.
    """
    share, loss_points = values.loss(loss)
    most = values.gap(gap)
    limit = None if time_limit is None else values.seconds(time_limit)
    guard = Guard(inputs=files, overwrite=overwrite)
    question = ask(files, Changes.typed(model, budget, changed), strict=strict)
    doubts = question.reading.doubts
    with stoppable(), Watching() as watching:
        found = alternatives(
            question.case,
            count=count,
            loss=Loss(share, loss_points),
            different=different,
            gap=most,
            time_limit=limit,
            watch=lambda ranked: watching.tell(so_far(ranked)),
        )
    written = None if output is None else write_alternatives(found, output, doubts=doubts, **guard)
    publish(
        (*lines(found), *question.notes),
        lambda: alternatives_as_json(found),
        json=json,
        guard=guard,
        doubts=doubts,
        written=[written],
        end=ENDS[found.stop],
    )


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


def lines(found: Alternatives) -> Iterator[str]:
    """Yield the rivals in words: the best plans, those that differ most, and classes."""
    near = list(loss_sentences(found))
    told = [each for each in sentences(found) if each not in near]
    rows = rival_rows(found)
    yield told[0]
    if not rows:
        return
    listed = len(found.plans)
    yield ""
    yield from (f"  {line}" for line in _table(found, rows[:listed]))
    yield ""
    yield from told[1:]
    yield near[0]
    if found.different:
        yield ""
        yield from (f"  {line}" for line in _table(found, rows[listed:]))
    yield ""
    yield from near[1:]
    for kind in Class:
        names = found.ids(kind)
        if names:
            text = _("{kind} ({number}): {options}")
            yield text.format(kind=kind, number=len(names), options=", ".join(names))


def _table(found: Alternatives, rows: list[RivalRow]) -> Iterator[str]:
    """Yield plans as a table; what each takes instead stands last, for it may be long."""
    head = (_("plan"), _("objective"), *(each.id for each in found.case.model.objectives))
    cells = [
        (
            each.name,
            points(each.value, 2),
            *(points(index, 2) for index in each.indices),
            cost,
        )
        for each, cost in zip(
            rows, millions_alike(found.case, [each.total_cost for each in rows]), strict=True
        )
    ]
    left, *others = aligned([(*head, f"{_('cost')}{each_year(found.case)}"), *cells])
    yield f"{left}  {_('in words')}"
    for line, row in zip(others, rows, strict=True):
        yield f"{line.ljust(len(left))}  {row.sentence}"
