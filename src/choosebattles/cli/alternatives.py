"""``choosebattles alternatives``: the rivals of the best plan, near and far."""

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
from choosebattles.explain.alternatives import Loss, Ranked, alternatives
from choosebattles.explain.rivals import Alternatives, Class
from choosebattles.report.alternatives import alternatives_as_json, write_alternatives
from choosebattles.report.json import errors_as_json
from choosebattles.report.parts.alternatives import (
    RivalRow,
    loss_sentences,
    rival_rows,
    sentences,
)
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
            "-o", "--output", metavar="RESULTS.xlsx", help=_("Write the plans as a workbook too.")
        ),
    ] = None,
    json: Annotated[
        str | None,
        typer.Option(metavar="OUT", help=_("Write the answer as JSON too; - is standard output.")),
    ] = None,
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
    path = None if output is None else values.workbook(output, "--output")
    changes = Changes(
        model=model,
        budget=None if budget is None else values.budget(budget),
        numbers=[values.assignment(each) for each in changed or ()],
    )
    question = ask(files, changes)
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
    written = None if path is None else write_alternatives(found, path, inputs=files)
    if json is not None:
        write_json(alternatives_as_json(found), json)
    if json != STANDARD_OUTPUT:
        for line in (*lines(found), *question.notes):
            say(line)
    if written is not None:
        told = tell if json == STANDARD_OUTPUT else say
        told(_("Results: {path}").format(path=written.path))
        if written.note:
            told(written.note)
    end = ENDS[found.stop]
    if end is not End.DONE:
        raise typer.Exit(end)


def refuse(error: InputError, options: Mapping[str, object]) -> None:
    """Say in JSON too what is to be corrected, where JSON was asked for."""
    target = options["json"]
    if isinstance(target, str):
        write_json(errors_as_json(error.faults), target)


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
            millions(found.case, each.total_cost),
        )
        for each in rows
    ]
    left, *others = aligned([(*head, _("cost")), *cells])
    yield f"{left}  {_('in words')}"
    for line, row in zip(others, rows, strict=True):
        yield f"{line.ljust(len(left))}  {row.sentence}"
