"""``choosebattles frontier``: every trade-off between two objectives, with a plan for each."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

import typer

from choosebattles.cli import values
from choosebattles.cli.answering import ENDS
from choosebattles.cli.as_json import STANDARD_OUTPUT, write_json
from choosebattles.cli.ending import End
from choosebattles.cli.lines import aligned, say, tell
from choosebattles.cli.question import Changes, ask
from choosebattles.cli.watching import Watching, stoppable
from choosebattles.errors import InputError
from choosebattles.frontier.shape import Frontier
from choosebattles.frontier.trace import Traced, trace
from choosebattles.report.frontier import frontier_as_json, write_frontier
from choosebattles.report.json import errors_as_json
from choosebattles.report.parts.frontier import change_rows, moved, point_rows, sentences
from choosebattles.report.wording import millions, points
from choosebattles.words import _


def command(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE", help=_("One workbook, or parts of one case."))
    ],
    *,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="RESULTS.xlsx", help=_("Write the points as a workbook too.")
        ),
    ] = None,
    json: Annotated[
        str | None,
        typer.Option(metavar="OUT", help=_("Write the answer as JSON too; - is standard output.")),
    ] = None,
    resolution: Annotated[
        str,
        typer.Option(
            metavar="0.1", help=_("Points within which one plan stands for others; 0 for all.")
        ),
    ] = "0.1",
    model: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help=_("A decision model to use: a shipped one, or a file of your own.")
        ),
    ] = None,
    budget: Annotated[
        str | None, typer.Option(metavar="80%", help=_("Give every fund this share of its money."))
    ] = None,
    changed: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="PARAMETER=VALUE",
            help=_("Put another number in one place, as in fund.STATE.2028=80; may be repeated."),
        ),
    ] = None,
    gap: Annotated[
        str | None,
        typer.Option(
            metavar="0.1%",
            help=_("How far from the best each search may stop; as the resolution allows."),
        ),
    ] = None,
    time_limit: Annotated[
        str | None,
        typer.Option(metavar="5m", help=_("Stop after this time with the points so far.")),
    ] = None,
) -> None:
    """List every trade-off between the first two objectives, with a plan for each.

    Exit codes: 0 all points found, to the resolution or gap asked for; 1 a bug; 2 the input must be
    corrected; 3 no plan meets all demands; 4 stopped before that by time or by hand.
    """
    asked = values.resolution(resolution)
    most = None if gap is None else values.gap(gap)
    limit = None if time_limit is None else values.seconds(time_limit)
    path = None if output is None else values.workbook(output, "--output")
    changes = Changes(
        model=model,
        budget=None if budget is None else values.budget(budget),
        numbers=[values.assignment(each) for each in changed or ()],
    )
    question = ask(files, changes)
    with stoppable(), Watching() as watching:
        frontier = trace(
            question.case,
            resolution=asked,
            gap=most,
            time_limit=limit,
            cheapest=not asked,
            watch=lambda traced: watching.tell(so_far(traced)),
        )
    written = None if path is None else write_frontier(frontier, path, inputs=files)
    if json is not None:
        write_json(frontier_as_json(frontier), json)
    if json != STANDARD_OUTPUT:
        for line in (*lines(frontier), *question.notes):
            say(line)
    if written is not None:
        told = tell if json == STANDARD_OUTPUT else say
        told(_("Results: {path}").format(path=written.path))
        if written.note:
            told(written.note)
    end = ENDS[frontier.stop]
    if end is not End.DONE:
        raise typer.Exit(end)


def refuse(error: InputError, options: Mapping[str, object]) -> None:
    """Say in JSON too what is to be corrected, where JSON was asked for."""
    target = options["json"]
    if isinstance(target, str):
        write_json(errors_as_json(error.faults), target)


def so_far(traced: Traced) -> str:
    """Return how far a frontier is traced, in one line."""
    return _(
        "{points} points so far; {share:.0f} % of the range; {seconds:.0f} s. "
        "Ctrl-C keeps the points."
    ).format(points=traced.points, share=100 * traced.share, seconds=traced.seconds)


def lines(frontier: Frontier) -> Iterator[str]:
    """Yield a frontier in words: what it says, its points, what changes between them."""
    told = list(sentences(frontier))
    yield told[0]
    if frontier.points:
        yield ""
        yield from (f"  {line}" for line in _table(frontier))
        yield ""
    yield from told[1:]


def _table(frontier: Frontier) -> Iterator[str]:
    """Yield the points as a table; what changes stands last, for it may be long."""
    head = (_("point"), *frontier.objectives, _("cost"), _("supported"))
    rows = [
        (
            str(each.number),
            points(each.first, 2),
            points(each.second, 2),
            millions(frontier.case, each.total_cost),
            _("yes") if each.supported else _("no"),
        )
        for each in point_rows(frontier)
    ]
    changes = ["", *_changes(frontier)]
    left, *others = aligned([head, *rows])
    yield f"{left}  {_('what changes from the point before')}"
    for line, change in zip(others, changes, strict=True):
        yield f"{line.ljust(len(left))}  {change}".rstrip()


def _changes(frontier: Frontier) -> Iterator[str]:
    for each in change_rows(frontier):
        parts = []
        if each.enters:
            parts.append(_("enters: {options}").format(options=", ".join(each.enters)))
        if each.leaves:
            parts.append(_("leaves: {options}").format(options=", ".join(each.leaves)))
        if each.moves:
            parts.append(_("moves: {options}").format(options=moved(each.moves)))
        yield "; ".join(parts)
