"""``choosebattles compare``: what changed between two cases or answers, and what moved the plan."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from choosebattles.case.case import Case
from choosebattles.cli.asked import Json, Overwrite, Strict
from choosebattles.cli.lines import aligned, typed
from choosebattles.cli.publishing import publish
from choosebattles.cli.watching import Watching, stoppable
from choosebattles.errors import Fault, InputError
from choosebattles.execution.protection import Guard
from choosebattles.explain.comparison import Compared, compare
from choosebattles.explain.comparison_models import Strategies, compare_models, shipped_models
from choosebattles.explain.comparison_results import Answers, Result
from choosebattles.report.comparison import comparison_as_json, write_comparison
from choosebattles.report.comparison_results import (
    is_results,
    read_result,
    result_of,
    still_the_same,
)
from choosebattles.report.parts.comparison import (
    change_rows,
    measure_rows,
    measured,
    sentences,
    undone_rows,
    undone_sentences,
)
from choosebattles.report.parts.comparison_answers import answer_sentences, input_rows
from choosebattles.report.parts.comparison_models import (
    model_name,
    model_sentences,
    option_rows,
)
from choosebattles.report.parts.prices import each_year
from choosebattles.report.provenance import Provenance
from choosebattles.report.strategies import strategies_as_json, write_strategies
from choosebattles.report.two_answers import answers_as_json, write_answers
from choosebattles.report.wording import millions_alike, points
from choosebattles.run import values
from choosebattles.run.ending import End
from choosebattles.run.question import accepted, under_model
from choosebattles.run.stops import ENDS
from choosebattles.solving.method import solve
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import Outcome
from choosebattles.words import _
from choosebattles.workbook.reader import Reading, read

ALL = "all"
"""Stands for every shipped model that fits the facts."""

TOLD = 20
"""Differences between inputs that are printed; the workbook and the JSON have all."""


@dataclass(frozen=True)
class Target:
    """The workbook and the JSON to write, and what must never be overwritten."""

    output: Path | None
    json: str | None
    guard: Guard


def command(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE",
            help=_("Two workbooks or results to compare; or, with --models, one case."),
        ),
    ],
    *,
    others: Annotated[
        list[Path] | None,
        typer.Option(
            "--with",
            metavar="FILE",
            help=_("A part of the second case, where cases have parts; may be repeated."),
        ),
    ] = None,
    models: Annotated[
        str | None,
        typer.Option(
            metavar="NAMES",
            help=_("Decision models to lay over the same facts, with commas between; or all."),
        ),
    ] = None,
    model: Annotated[
        str | None,
        typer.Option(metavar="NAME", help=_("A decision model to use for both cases.")),
    ] = None,
    strict: Strict = False,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="OUT.xlsx", help=_("Write the comparison as a workbook too.")
        ),
    ] = None,
    json: Json = None,
    overwrite: Overwrite = False,
    why: Annotated[
        bool,
        typer.Option("--why/--no-why", help=_("Undo one change at a time to see what it moved.")),
    ] = True,
    gap: Annotated[
        str,
        typer.Option(
            metavar="0.1%", help=_("How far from the best each search may stop; 0 for full proof.")
        ),
    ] = "0.1%",
    time_limit: Annotated[
        str | None,
        typer.Option(
            metavar="5m", help=_("Time for each of the plans, and once more for the undoing.")
        ),
    ] = None,
) -> None:
    """Say what changed between two cases, what became of the plan, and which change moved it.

    Exit codes: 0 done; 1 a bug; 2 the input must be corrected; 3 one of the cases has no plan; 4
    stopped before that by time or by hand.
    """
    options = Options(
        gap=values.gap(gap),
        time_limit=None if time_limit is None else values.seconds(time_limit),
    )
    target = Target(output, json, Guard(inputs=[*files, *(others or ())], overwrite=overwrite))
    if models is not None:
        end = _models(files, others, models, options, target, strict=strict)
    else:
        first, second = _two(files, others)
        if any(len(each) == 1 and is_results(each[0]) for each in (first, second)):
            end = _answers((first, second), model, options, target, strict=strict)
        else:
            end = _cases((first, second), model, options, target, why=why, strict=strict)
    if end is not End.DONE:
        raise typer.Exit(end)


Files = Sequence[Path]


def _two(files: Files, others: Files | None) -> tuple[Files, Files]:
    if others:
        return files, others
    if len(files) != 2:
        names = " ".join(each.name for each in files)
        expected = _("two files; or --with before each part of the second case")
        advice = _("To compare decision models on one case, add --models all.")
        raise values.refused("FILE", names, expected, advice)
    return files[:1], files[1:]


# Two cases


def _cases(
    sides: tuple[Files, Files],
    model: str | None,
    options: Options,
    target: Target,
    *,
    why: bool,
    strict: bool,
) -> End:
    readings = _readings(sides, strict=strict)
    cases = [under_model(each.case, model) for each in readings if each.case is not None]
    with stoppable(), Watching() as watching:
        compared = compare(
            cases[0][0],
            cases[1][0],
            options,
            why=why,
            watch=lambda number, of: watching.tell(
                _("{number} of {of} changes undone. Ctrl-C keeps what is known.").format(
                    number=number, of=of
                )
            ),
        )
    output, guard = target.output, target.guard
    doubts = list(dict.fromkeys(doubt for each in readings for doubt in each.doubts))
    written = None
    if output is not None:
        written = write_comparison(compared, output, doubts=doubts, **guard)
    publish(
        lines(compared),
        lambda: comparison_as_json(compared),
        json=target.json,
        guard=guard,
        doubts=doubts,
        written=[written],
    )
    if not compared.complete:
        return End.STOPPED
    return _worst([compared.before, compared.after])


def _readings(sides: tuple[Files, Files], *, strict: bool) -> list[Reading]:
    """Return both cases, or all faults of both."""
    readings = [read(each).strictly() if strict else read(each) for each in sides]
    faults = [fault for each in readings if each.case is None for fault in each.faults]
    if faults:
        raise InputError(list(dict.fromkeys(faults)))
    return readings


def _worst(outcomes: Sequence[Outcome]) -> End:
    """Return the end of the outcome that is least of an answer."""
    ends = {ENDS[each.stop] for each in outcomes}
    order = (End.BUG, End.NO_PLAN, End.STOPPED, End.DONE)
    return next(each for each in order if each in ends)


def lines(compared: Compared) -> Iterator[str]:
    """Yield a comparison of two cases in words."""
    told = list(sentences(compared))
    yield told[0]
    changes = change_rows(compared)
    if changes:
        yield ""
        head = (_("sheet"), _("row"), _("column"), _("first"), _("second"), _("cell"))
        cells = [
            (
                *(each.sheet, each.row, each.column or each.what, each.before, each.after),
                each.cell_after or each.cell_before,
            )
            for each in changes[:TOLD]
        ]
        yield from (f"  {line}" for line in aligned([head, *cells], left=6))
        if len(changes) > TOLD:
            text = _("  and {number} more: write them with -o")
            yield text.format(number=len(changes) - TOLD)
    rows = [measured(compared.after.case, each) for each in measure_rows(compared)]
    if rows:
        yield ""
        head4 = (_("index"), _("first"), _("second"), _("change"))
        yield from (f"  {line}" for line in aligned([head4, *rows]))
    if compared.moves:
        yield ""
        moves = ", ".join(f"{name} {before} → {after}" for name, before, after in compared.moves)
        yield _("Starts in another year, as found: {moves}.").format(moves=moves)
    if told[1:]:
        yield ""
        yield from told[1:]
    undone = list(undone_sentences(undone_rows(compared)))
    if undone:
        yield ""
        yield from undone


# Two answers


def _answers(
    sides: tuple[Files, Files],
    model: str | None,
    options: Options,
    target: Target,
    *,
    strict: bool,
) -> End:
    found: list[Result] = []
    doubts: list[Fault] = []
    ends = [End.DONE]
    for each in sides:
        if len(each) == 1 and is_results(each[0]):
            found.append(read_result(each[0]))
        else:
            case, reading = accepted(each, strict=strict)
            result, end = _solved(case, reading, each, model, options)
            doubts += reading.doubts
            found.append(result)
            ends.append(end)
    answers = Answers(*found)
    output, guard = target.output, target.guard
    written = None if output is None else write_answers(answers, output, doubts=doubts, **guard)
    told = [*answer_lines(answers), *_next(answers, sides)]
    publish(
        told,
        lambda: answers_as_json(answers),
        json=target.json,
        guard=guard,
        doubts=doubts,
        written=[written],
    )
    return max(ends)


def _solved(
    case: Case, reading: Reading, files: Files, model: str | None, options: Options
) -> tuple[Result, End]:
    """Solve a case that is to be compared with an answer."""
    case, _notes = under_model(case, model)
    with stoppable(), Watching() as watching:
        outcome = solve(case, options, watch=watching)
    origin = Provenance.of(files, reading.doubts, reading.notices, reading.totals)
    return result_of(outcome, origin), ENDS[outcome.stop]


def answer_lines(answers: Answers) -> Iterator[str]:
    """Yield a comparison of two answers in words."""
    told = list(answer_sentences(answers))
    yield told[0]
    yield ""
    one, two = answers.before, answers.after
    names = dict.fromkeys((*one.indices, *two.indices))
    rows = [
        (each, _points(one.indices.get(each)), _points(two.indices.get(each))) for each in names
    ]
    rows.append((_("objective"), _points(one.objective), _points(two.objective)))
    rows.append((_("total cost, million"), _points(one.total_cost), _points(two.total_cost)))
    head = (_("index"), _("first"), _("second"))
    yield from (f"  {line}" for line in aligned([head, *rows]))
    yield ""
    if answers.enters:
        yield _("Enters: {options}.").format(options=", ".join(answers.enters))
    if answers.leaves:
        yield _("Leaves: {options}.").format(options=", ".join(answers.leaves))
    if answers.moves:
        moves = ", ".join(f"{name} {before} → {after}" for name, before, after in answers.moves)
        yield _("Starts in another year: {moves}.").format(moves=moves)
    yield from told[1:]
    shown = input_rows(answers)
    for kind, name, before, after in shown[:TOLD]:
        yield f"  {kind}, {name}: {_text(before)} → {_text(after)}"
    if len(shown) > TOLD:
        yield _("  and {number} more: write them with -o").format(number=len(shown) - TOLD)


def _points(value: float | None) -> str:
    return "" if value is None else points(value, 2)


def _text(value: str | float | None) -> str:
    if value is None:
        return _("not there")
    return f"{value:,.6g}" if isinstance(value, int | float) else value or _("blank")


def _next(answers: Answers, sides: tuple[Files, Files]) -> Iterator[str]:
    """Yield how to learn which change moved the plan, where the inputs still stand unchanged."""
    if answers.same_files is not False:
        return
    found: list[tuple[Path, ...]] = []
    for result, files in zip((answers.before, answers.after), sides, strict=True):
        inputs = still_the_same(result, (files[0].parent, Path()))
        if inputs is None:
            yield _("To learn which change moved the plan, compare the two input workbooks.")
            return
        found.append(inputs)
    many = len(found[0]) + len(found[1]) > 2
    second = [word for each in found[1] for word in (("--with", each) if many else (each,))]
    text = _("The inputs are still as they were. To learn which change moved the plan: {command}")
    yield text.format(command=typed("choosebattles", "compare", *found[0], *second))


# Strategies


def _models(
    files: Files,
    others: Files | None,
    models: str,
    options: Options,
    target: Target,
    *,
    strict: bool,
) -> End:
    if others:
        expected = _("one case, whose parts stand side by side")
        raise values.refused("--with", str(others[0]), expected)
    case, reading = accepted(files, strict=strict)
    every = models.strip().casefold() == ALL
    names = shipped_models() if every else [each.strip() for each in models.split(",")]
    if not all(names):
        expected = _("names with commas between, such as {names}; or all")
        known = ",".join(shipped_models())
        raise values.refused("--models", models, expected.format(names=known))
    with stoppable(), Watching() as watching:
        told = compare_models(
            case,
            names,
            options,
            lenient=every,
            watch=lambda number, of: watching.tell(
                _("{number} of {of} strategies solved.").format(number=number, of=of)
            ),
        )
    output, guard = target.output, target.guard
    written = None
    if output is not None:
        written = write_strategies(told, output, doubts=reading.doubts, **guard)
    publish(
        model_lines(told),
        lambda: strategies_as_json(told),
        json=target.json,
        guard=guard,
        doubts=reading.doubts,
        written=[written],
    )
    return _worst([each.outcome for each in told.strategies])


def model_lines(told: Strategies) -> Iterator[str]:
    """Yield a comparison of strategies in words: options down, models across."""
    sentences = list(model_sentences(told))
    yield sentences[0]
    yield ""
    if all(each.outcome.plan is None for each in told.strategies):
        yield from sentences[1:]
        return
    names = [model_name(each) for each in told.strategies]
    rows = [
        (each.option, *("" if it is None else str(it) for it in each.starts))
        for each in option_rows(told)
    ]
    measures = [
        (name, *(_measure(each.outcome, name) for each in told.strategies))
        for name in dict.fromkeys(
            name
            for each in told.strategies
            if each.outcome.recount
            for name in each.outcome.recount.after.indices
        )
    ]
    held = [each.outcome.recount for each in told.strategies]
    costs = millions_alike(told.case, [None if it is None else it.total_cost for it in held])
    head = (_("start year of"), *names)
    cost = (f"{_('total cost')}{each_year(told.case)}", *costs)
    yield from (f"  {line}" for line in aligned([head, *rows, *measures, cost]))
    yield ""
    yield from sentences[1:]


def _measure(outcome: Outcome, name: str) -> str:
    if outcome.recount is None or name not in outcome.recount.after.indices:
        return ""
    return points(outcome.recount.after.indices[name], 1)
