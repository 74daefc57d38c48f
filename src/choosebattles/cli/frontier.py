"""``choosebattles frontier``: every trade-off between objectives or cost, a plan for each."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from choosebattles.case.case import Case
from choosebattles.cli.asked import Budget, Changed, Files, Json, Model, Overwrite, Strict
from choosebattles.cli.lines import aligned
from choosebattles.cli.publishing import publish
from choosebattles.cli.watching import Watching, stoppable
from choosebattles.execution.protection import Guard
from choosebattles.frontier.measure import COST, OBJECTIVE
from choosebattles.frontier.plans import Wanted
from choosebattles.frontier.shape import Frontier
from choosebattles.frontier.trace import Traced, trace
from choosebattles.report.frontier import frontier_as_json, write_frontier
from choosebattles.report.parts.frontier import (
    amount,
    change_rows,
    default_cost_resolution,
    moved,
    named,
    point_rows,
    sentences,
)
from choosebattles.report.parts.prices import each_year
from choosebattles.report.wording import millions_alike, points
from choosebattles.run import values
from choosebattles.run.question import Changes, ask
from choosebattles.run.stops import ENDS
from choosebattles.spelling import key
from choosebattles.words import _


def command(
    files: Files,
    *,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="RESULTS.xlsx", help=_("Write the points as a workbook too.")
        ),
    ] = None,
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
    time_limit: Annotated[
        str | None,
        typer.Option(metavar="5m", help=_("Stop after this time with the points so far.")),
    ] = None,
) -> None:
    """List every trade-off between two or three objectives or the cost, with a plan for each.

    Exit codes: 0 all points found, to the resolution asked for; 1 a bug; 2 the input must be
    corrected; 3 no plan meets all demands; 4 stopped before that by time or by hand.
    """
    limit = None if time_limit is None else values.seconds(time_limit)
    guard = Guard(inputs=files, overwrite=overwrite)
    question = ask(files, Changes.typed(model, budget, changed), strict=strict)
    doubts = question.reading.doubts
    names = _names(by or (), question.case)
    asked = values.resolution(resolution)
    cost = _cost_resolution(cost_resolution, question.case, names or (), asked)

    def keep(found: Frontier) -> None:
        if output is not None:
            write_frontier(found, output, doubts=doubts, **guard)

    with stoppable(), Watching() as watching:
        frontier = trace(
            question.case,
            objectives=names,
            resolution=asked,
            cost_resolution=cost,
            time_limit=limit,
            plans=Wanted.ALL if all_plans else Wanted.CHEAPEST,
            watch=lambda traced: watching.tell(so_far(traced)),
            keep=keep,
        )
    written = None if output is None else write_frontier(frontier, output, doubts=doubts, **guard)
    publish(
        (*lines(frontier), *question.notes),
        lambda: frontier_as_json(frontier),
        json=json,
        guard=guard,
        doubts=doubts,
        written=[written],
        end=ENDS[frontier.stop],
    )


def _names(typed: Sequence[str], case: Case) -> tuple[str, ...] | None:
    """Return what is traded off; None for the first two objectives."""
    typed_names = [each.strip() for part in typed for each in part.split(",") if each.strip()]
    there = {key(each): each for each in (*(o.id for o in case.model.objectives), OBJECTIVE, COST)}
    expected = _("one of: {names}").format(names=", ".join(there.values()))
    values.raise_all(
        values.unknown("--by", each, there.values(), expected)
        for each in typed_names
        if key(each) not in there
    )
    names = tuple(there[key(each)] for each in typed_names)
    return (OBJECTIVE, COST) if names == (COST,) else names or None


def _cost_resolution(typed: str | None, case: Case, names: Sequence[str], asked: float) -> float:
    """Return within how many millions one plan stands for others, where the cost counts at all."""
    number = None if typed is None else values.cost_resolution(typed)
    if COST not in names:
        return 0.0
    if number is None:
        return default_cost_resolution(case) if asked else 0.0
    return number


def so_far(traced: Traced) -> str:
    """Return how far a frontier is traced, in one line."""
    return _(
        "{points} points so far; {left} places yet to look at; {seconds:.0f} s. "
        "Ctrl-C keeps the points."
    ).format(points=traced.points, left=traced.left, seconds=traced.seconds)


def lines(frontier: Frontier) -> Iterator[str]:
    """Yield a frontier in words: what it says, its points, what changes between them."""
    told = list(sentences(frontier))
    yield told[0]
    if frontier.points:
        yield ""
        yield from (f"  {line}" for line in _table(frontier))
        yield ""
        yield from _plans(frontier)
    yield from told[1:]


def _table(frontier: Frontier) -> Iterator[str]:
    """Yield the points as a table; what changes stands last, for it may be long."""
    case, names = frontier.case, [named(each) for each in frontier.measures]
    with_cost, gains = not frontier.trades_cost, any(e.gain for e in point_rows(frontier))
    cost = millions_alike(case, [each.total_cost for each in point_rows(frontier)])
    head = (
        _("point"),
        *names,
        *((f"{_('cost')}{each_year(case)}",) if with_cost else ()),
        *((_("points per further million"),) if gains else ()),
        _("best for some weights"),
    )
    rows = [
        (
            str(each.number),
            *(
                amount(case, measure, value, 2)
                for measure, value in zip(frontier.measures, each.worth, strict=True)
            ),
            *((spent,) if with_cost else ()),
            *(("" if each.gain is None else points(each.gain, 2),) if gains else ()),
            _("yes") if each.supported else _("no"),
        )
        for each, spent in zip(point_rows(frontier), cost, strict=True)
    ]
    if len(names) > 2:
        yield from aligned([head, *rows])
        return
    left, *others = aligned([head, *rows])
    yield f"{left}  {_('what changes from the point before')}"
    for line, change in zip(others, ["", *_changes(frontier)], strict=True):
        yield f"{line.ljust(len(left))}  {change}".rstrip()


def _plans(frontier: Frontier) -> Iterator[str]:
    for number, point in enumerate(frontier.points, 1):
        if point.plans:
            known = _("all of them: proved") if point.all_plans else _("there may be more")
            text = _("Point {number}, sets of options ({known}):")
            yield text.format(number=number, known=known)
            for each in point.plans:
                yield f"  {', '.join(sorted(it.option for it in each))}"


def _changes(frontier: Frontier) -> Iterator[str]:
    for each in change_rows(frontier):
        parts = []
        if each.enters:
            parts.append(_("enters: {options}").format(options=each.entering))
        if each.leaves:
            parts.append(_("leaves: {options}").format(options=", ".join(each.leaves)))
        if each.moves:
            parts.append(_("moves: {options}").format(options=moved(each.moves)))
        yield "; ".join(parts)
