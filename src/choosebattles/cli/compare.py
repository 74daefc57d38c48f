"""``choosebattles compare``: what changed between two cases or answers, and what moved the plan."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from choosebattles.case.case import Case
from choosebattles.cli.ctrl_c import stoppable
from choosebattles.cli.print_lines import typed
from choosebattles.cli.print_result import print_result
from choosebattles.cli.progress import Watching
from choosebattles.cli.shared_options import Gap, Json, Output, Overwrite, Strict
from choosebattles.errors import Fault, InputError
from choosebattles.explain.comparison import compare
from choosebattles.explain.comparison_models import compare_models, shipped_models
from choosebattles.explain.comparison_results import Answers, EarlierAnswer
from choosebattles.report.answers import (
    comparison,
    comparison_of_answers,
    comparison_of_models,
)
from choosebattles.report.earlier_answers import (
    is_results,
    read_result,
    result_of,
    still_the_same,
)
from choosebattles.report.provenance import Provenance
from choosebattles.run import typed_values
from choosebattles.run.exit_code import ExitCode
from choosebattles.run.exit_code_of_stop import EXIT_CODE_OF_STOP
from choosebattles.run.requested_case import accepted, under_model
from choosebattles.run.run import Answered, Request, written
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import Outcome
from choosebattles.solving.solve import solve
from choosebattles.translation import _
from choosebattles.workbook.reader import Reading, read

ALL = "all"
"""Stands for every shipped model that fits the facts."""

Files = Sequence[Path]

WithNotes = tuple[Answered, Sequence[Fault], Sequence[str]]
"""An answer, the doubts about all that was read for it, and what a decision model replaced."""


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
    output: Output = None,
    json: Json = None,
    overwrite: Overwrite = False,
    why: Annotated[
        bool,
        typer.Option("--why/--no-why", help=_("Undo one change at a time to see what it moved.")),
    ] = True,
    gap: Gap = "0.1%",
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
        gap=typed_values.gap(gap),
        time_limit=typed_values.time_limit(time_limit),
    )
    request = Request(
        [*files, *(others or ())], strict=strict, outputs=output or (), overwrite=overwrite
    )
    request.judge()
    if models is not None:
        answered, doubts, notes = _models(files, others, models, options, strict=strict)
    else:
        sides = _two(files, others)
        if any(len(side) == 1 and is_results(side[0]) for side in sides):
            answered, doubts, notes = _answers(sides, model, options, strict=strict)
        else:
            answered, doubts, notes = _cases(sides, model, options, why=why, strict=strict)
    print_result(written(request, answered, doubts, notes), json, request.guard)


def _two(files: Files, others: Files | None) -> tuple[Files, Files]:
    if others:
        return files, others
    if len(files) != 2:
        names = " ".join(file.name for file in files)
        expected = _("two files; or --with before each part of the second case")
        advice = _("To compare decision models on one case, add --models all.")
        raise typed_values.refused("FILE", names, expected, advice)
    return files[:1], files[1:]


def _cases(
    sides: tuple[Files, Files], model: str | None, options: Options, *, why: bool, strict: bool
) -> WithNotes:
    readings = _readings(sides, strict=strict)
    (one, of_one), (two, of_two) = (
        under_model(reading.case, model) for reading in readings if reading.case is not None
    )
    with stoppable(), Watching() as watching:
        compared = compare(
            one,
            two,
            options,
            why=why,
            watch=lambda number, of: watching.tell(
                _("{number} of {of} changes undone. Ctrl-C keeps what is known.").format(
                    number=number, of=of
                )
            ),
        )
    doubts = list(dict.fromkeys(doubt for reading in readings for doubt in reading.doubts))
    end = _worst([compared.before, compared.after]) if compared.complete else ExitCode.STOPPED
    document = comparison.document(compared)
    notes = _replaced(sides, (of_one, of_two))
    return Answered(document, lambda: comparison.as_json(compared), end), doubts, notes


def _replaced(sides: Sequence[Files], notes: Sequence[Sequence[str]]) -> list[str]:
    """Return what a decision model replaced in each of two cases; once what is the same of both."""
    if len(set(map(tuple, notes))) == 1:
        return list(notes[0])
    return [
        f"{files[0].name}: {note}" for files, of in zip(sides, notes, strict=True) for note in of
    ]


def _readings(sides: tuple[Files, Files], *, strict: bool) -> list[Reading]:
    """Return both cases, or all faults of both."""
    readings = [read(side).strictly() if strict else read(side) for side in sides]
    faults = [fault for reading in readings if reading.case is None for fault in reading.faults]
    if faults:
        raise InputError(list(dict.fromkeys(faults)))
    return readings


def _worst(outcomes: Sequence[Outcome]) -> ExitCode:
    """Return the end of the outcome that is least of an answer."""
    ends = {EXIT_CODE_OF_STOP[outcome.stop] for outcome in outcomes}
    order = (ExitCode.BUG, ExitCode.NO_PLAN, ExitCode.STOPPED, ExitCode.DONE)
    return next(end for end in order if end in ends)


def _answers(
    sides: tuple[Files, Files], model: str | None, options: Options, *, strict: bool
) -> WithNotes:
    found: list[EarlierAnswer] = []
    doubts: list[Fault] = []
    notes: list[Sequence[str]] = []
    ends = [ExitCode.DONE]
    for side in sides:
        if len(side) == 1 and is_results(side[0]):
            found.append(read_result(side[0]))
            notes.append(())
        else:
            case, reading = accepted(side, strict=strict)
            case, replaced = under_model(case, model)
            result, end = _solved(case, reading, side, options)
            notes.append(replaced)
            doubts += reading.doubts
            found.append(result)
            ends.append(end)
    answers = Answers(*found)
    document = comparison_of_answers.document(answers, tuple(_next(answers, sides)))
    answered = Answered(document, lambda: comparison_of_answers.as_json(answers), max(ends))
    return answered, doubts, _replaced(sides, notes)


def _solved(
    case: Case, reading: Reading, files: Files, options: Options
) -> tuple[EarlierAnswer, ExitCode]:
    """Solve a case that is to be compared with an answer."""
    with stoppable(), Watching() as watching:
        outcome = solve(case, options, watch=watching)
    origin = Provenance.of(files, reading.doubts, reading.notices, reading.totals)
    return result_of(outcome, origin), EXIT_CODE_OF_STOP[outcome.stop]


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
    second = [word for file in found[1] for word in (("--with", file) if many else (file,))]
    text = _("The inputs are still as they were. To learn which change moved the plan: {command}")
    yield text.format(command=typed("choosebattles", "compare", *found[0], *second))


def _models(
    files: Files, others: Files | None, models: str, options: Options, *, strict: bool
) -> WithNotes:
    if others:
        expected = _("one case, whose parts stand side by side")
        raise typed_values.refused("--with", str(others[0]), expected)
    case, reading = accepted(files, strict=strict)
    every = models.strip().casefold() == ALL
    names = shipped_models() if every else [name.strip() for name in models.split(",")]
    if not all(names):
        expected = _("names with commas between, such as {names}; or all")
        known = ",".join(shipped_models())
        raise typed_values.refused("--models", models, expected.format(names=known))
    with stoppable(), Watching() as watching:
        compared = compare_models(
            case,
            names,
            options,
            lenient=every,
            watch=lambda number, of: watching.tell(
                _("{number} of {of} strategies solved.").format(number=number, of=of)
            ),
        )
    end = _worst([strategy.outcome for strategy in compared.strategies])
    document = comparison_of_models.document(compared)
    answered = Answered(document, lambda: comparison_of_models.as_json(compared), end)
    return answered, reading.doubts, ()
