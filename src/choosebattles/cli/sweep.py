"""``choosebattles sweep``: the best plan for every value of a number, or of several."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from choosebattles.cli.asked import (
    Budget,
    Changed,
    Cluster,
    Export,
    Files,
    Json,
    Model,
    Overwrite,
    PerSolve,
    Strict,
    Study,
    StudyTime,
    Workers,
    Yes,
)
from choosebattles.cli.lines import aligned
from choosebattles.cli.publishing import publish
from choosebattles.cli.studying import ENDS, how, resuming, told
from choosebattles.cli.varying import plan
from choosebattles.execution.protection import Guard
from choosebattles.report.parts.money import gained, lost, money_sentences
from choosebattles.report.parts.prices import each_year
from choosebattles.report.parts.sweep import at, sentences, stops, swings
from choosebattles.report.sweep import sweep_as_json, write_sweep
from choosebattles.report.wording import millions_alike, points, unit
from choosebattles.run import values
from choosebattles.run.ending import End
from choosebattles.run.question import Changes, ask
from choosebattles.uncertainty.frame import write_columns
from choosebattles.uncertainty.money import Million, money_plan, worth_of_money
from choosebattles.uncertainty.sweep import Step, Sweep, sweep
from choosebattles.words import _

PRINTED = 40
"""Points that are printed; more stand in the workbook alone."""


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
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="RESULTS.xlsx", help=_("Write a workbook with charts too.")
        ),
    ] = None,
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
    gap: Annotated[
        str,
        typer.Option(
            metavar="0.1%",
            help=_("How far from the best each answer may be; 0 for full proof."),
        ),
    ] = "0.1%",
    per_solve: PerSolve = None,
    time_limit: StudyTime = None,
) -> None:
    """Find the best plan for every value of a number, or of several.

    Exit codes: 0 all points done; 1 a bug; 2 the input must be corrected; 3 no plan at any point;
    4 stopped before all points were done, or points ran out of time.
    """
    given = how(
        gap=gap,
        per_solve=per_solve,
        time_limit=time_limit,
        workers=workers,
        cluster=cluster,
        study=study,
    )
    guard = Guard(inputs=files, overwrite=overwrite)
    question = ask(files, Changes.typed(model, budget, changed), strict=strict)
    doubts = question.reading.doubts
    if money and (parameter or plan_file):
        raise values.refused("--money", "--parameter", _("one of the two"))
    wanted = (
        money_plan(question.case)
        if money
        else plan(question.case, parameter or (), plan_file, design, number, seed)
    )
    with told(_("points"), given, yes=yes) as watch:
        found = sweep(question.case, wanted, given, watch=watch)
    millions = worth_of_money(found) if money else ()
    written = [
        *(
            []
            if output is None
            else [write_sweep(found, output, millions=millions, doubts=doubts, **guard)]
        ),
        *([] if export is None else [write_columns(found.arrays, export, **guard)]),
    ]
    answer = money_lines(found, millions) if money else lines(found)
    publish(
        (*answer, *question.notes, *resuming(given, found.ending, _("points"), found.taken_over)),
        lambda: sweep_as_json(found),
        json=json,
        guard=guard,
        doubts=doubts,
        written=written,
        end=ended(found),
    )


def ended(found: Sweep) -> End:
    """Return what the shell is told."""
    if ENDS[found.ending] is not End.DONE or not all(each.comparable for each in found.steps):
        return End.STOPPED
    return End.DONE if any(each.value is not None for each in found.steps) else End.NO_PLAN


def lines(found: Sweep) -> Iterator[str]:
    """Yield a sweep in words: what it says, and its points or, of many, what each number does."""
    told_lines = list(sentences(found))
    yield told_lines[0]
    if found.steps:
        yield ""
        many = len(found.names) > 1 and bool(swings(found))
        table = _swings(found) if many or len(found.steps) > PRINTED else _points(found)
        yield from (f"  {line}" for line in table)
        yield ""
    yield from told_lines[1:]


def money_lines(found: Sweep, rows: Sequence[Million]) -> Iterator[str]:
    """Yield what one more million buys, fund by fund and year by year."""
    first, *others = money_sentences(rows, unit(found.case))
    yield first
    yield ""
    head = (
        _("fund"),
        _("year"),
        _("now"),
        _("gain of one more"),
        _("holds for"),
        _("loss of one less"),
        _("holds for"),
    )
    table = [
        (
            each.fund,
            str(each.year),
            f"{each.now:g}",
            gained(each.gain),
            "-" if each.gain is None else f"{each.up}",
            lost(each),
            "-" if each.loss is None else f"{each.down}",
        )
        for each in rows
    ]
    yield from (f"  {line}" for line in aligned([head, *table]))
    yield ""
    yield from others
    yield from list(sentences(found))[-1:] if len(found.steps) < len(found.laid.points) else ()


def _points(found: Sweep) -> Iterator[str]:
    head = (
        *found.names,
        _("objective"),
        _("no plan above"),
        *found.objectives,
        f"{_('cost')}{each_year(found.case)}",
        _("sure"),
    )
    rows = [
        (
            *(f"{at(found, each, place):g}" for place in range(len(found.names))),
            _shown(each.value),
            _shown(each.bound),
            *(_shown(each.indices.get(name)) for name in found.objectives),
            cost or "-",
            stops(each),
        )
        for each, cost in zip(
            found.steps, millions_alike(found.case, [it.cost for it in found.steps]), strict=True
        )
    ]
    changes = [
        "",
        *(_change(one, two) for one, two in zip(found.steps, found.steps[1:], strict=False)),
    ]
    left, *others = aligned([head, *rows], left=0)
    single = len(found.names) == 1
    yield f"{left}  {_('what changes from the point before')}" if single else left
    for line, change in zip(others, changes, strict=True):
        yield f"{line.ljust(len(left))}  {change}".rstrip() if single else line


def _change(one: Step, two: Step) -> str:
    before, after = (one.starts or {}).keys(), (two.starts or {}).keys()
    parts = [
        _("enters: {options}").format(options=", ".join(sorted(after - before))),
        _("leaves: {options}").format(options=", ".join(sorted(before - after))),
    ]
    return "; ".join(
        part for part, some in zip(parts, (after - before, before - after), strict=True) if some
    )


def _swings(found: Sweep) -> Iterator[str]:
    head = (_("number"), _("now"), _("from"), _("to"), _("least objective"), _("most"))
    rows = [
        (
            each.name,
            f"{each.now:g}",
            f"{each.start:g}",
            f"{each.stop:g}",
            points(each.low, 2),
            points(each.high, 2),
        )
        for each in swings(found)
    ]
    yield from aligned([head, *rows])


def _shown(value: float | None) -> str:
    return "-" if value is None else points(value, 2)
