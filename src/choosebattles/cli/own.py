"""``choosebattles own``: the user's own plan, a better one for the money, and a cheaper one."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from choosebattles.audit.soundness import allowed_starts
from choosebattles.case.case import Case
from choosebattles.case.units import Id, Year
from choosebattles.cli.asked import Budget, Changed, Files, Json, Model, Overwrite, Strict
from choosebattles.cli.lines import aligned
from choosebattles.cli.publishing import publish
from choosebattles.cli.watching import Watching, stoppable
from choosebattles.errors import InputError
from choosebattles.execution.protection import Guard
from choosebattles.explain.own_plan import OwnPlan, own_plan
from choosebattles.report.own_plan import own_plan_as_json, write_own_plan
from choosebattles.report.parts.own_plan import FEW, breaks, own_lines, plan_rows
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
    plan: Annotated[
        str | None,
        typer.Option(
            metavar="IDS",
            help=_("The plan, as in 'CLOUD.L; CSIRT=2028'; the column Own plan unless given."),
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="RESULTS.xlsx", help=_("Write the plans as a workbook too.")
        ),
    ] = None,
    json: Json = None,
    overwrite: Overwrite = False,
    model: Model = None,
    budget: Budget = None,
    changed: Changed = None,
    strict: Strict = False,
    gap: Annotated[
        str,
        typer.Option(
            metavar="0.1%", help=_("How far from the best a search may stop; 0 for full proof.")
        ),
    ] = "0",
    time_limit: Annotated[
        str | None,
        typer.Option(metavar="5m", help=_("Stop after this time with what is known so far.")),
    ] = None,
) -> None:
    """Compare your own plan with a better one for the money, and a cheaper one worth as much.

    Exit codes: 0 done, to the gap asked for; 1 a bug; 2 the input must be corrected; 3 no plan
    meets all demands; 4 stopped before that by time or by hand.
    """
    typed = None if plan is None else values.own_plan(plan)
    most = values.gap(gap)
    limit = None if time_limit is None else values.seconds(time_limit)
    guard = Guard(inputs=files, overwrite=overwrite)
    question = ask(files, Changes.typed(model, budget, changed), strict=strict)
    doubts = question.reading.doubts
    starts = None if typed is None else named(question.case, typed)
    with stoppable(), Watching():
        found = own_plan(question.case, starts, gap=most, time_limit=limit)
    written = None if output is None else write_own_plan(found, output, doubts=doubts, **guard)
    publish(
        (*lines(found), *question.notes),
        lambda: own_plan_as_json(found),
        json=json,
        guard=guard,
        doubts=doubts,
        written=[written],
        end=ENDS[found.stop],
    )


def named(case: Case, typed: list[tuple[str, int | None]]) -> dict[Id, Year | None]:
    """Return the options meant by ids in any case; an investment of one option stands for it."""
    names = {key(name): name for name in case.options}
    owners = {key(each.id): each for each in case.investments}
    found: dict[Id, Year | None] = {}
    wrong: list[InputError] = []
    for name, year in typed:
        owner = owners.get(key(name))
        if key(name) in names:
            option = names[key(name)]
        elif owner is not None and len(owner.options) == 1:
            option = owner.options[0].id
        elif owner is not None:
            members = ", ".join(each.id for each in owner.options)
            expected = _("one of its options: {ids}").format(ids=members)
            wrong.append(values.refused("--plan", name, expected))
            continue
        else:
            expected = _("the id of an option")
            wrong.append(values.unknown("--plan", name, case.options, expected))
            continue
        years = allowed_starts(case, case.options[option])
        if year is not None and year not in years:
            span = f"{years[0]}-{years[-1]}" if len(years) else _("none")
            text = _("a year in which {option} may start: {years}")
            expected = text.format(option=option, years=span)
            wrong.append(values.refused("--plan", f"{name}={year}", expected))
        found[option] = year
    values.raise_all(wrong)
    return found


def lines(found: OwnPlan) -> Iterator[str]:
    """Yield the own plan and its rivals in words."""
    told = list(own_lines(found))
    yield told[0]
    rows = plan_rows(found)
    if not rows:
        return
    yield ""
    head = ("", _("what it is"), _("objective"), *(o.id for o in found.case.model.objectives))
    cells = [
        (
            each.name,
            each.title,
            points(each.value, 2),
            *(points(index, 2) for index in each.indices),
            cost,
        )
        for each, cost in zip(
            rows, millions_alike(found.case, [each.total_cost for each in rows]), strict=True
        )
    ]
    yield from (
        f"  {line}"
        for line in aligned([(*head, f"{_('cost')}{each_year(found.case)}"), *cells], left=2)
    )
    yield ""
    yield from told[1:]
    broken = breaks(found)
    if broken:
        yield ""
        yield _("What your plan breaks:")
        for text, where in broken[:FEW]:
            yield f"  {text}" + (f" ({where})" if where else "")
        if len(broken) > FEW:
            yield "  " + _("and {number} more demands.").format(number=len(broken) - FEW)
