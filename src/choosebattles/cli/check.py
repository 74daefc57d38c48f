"""``choosebattles check``: every fault, doubt and notice, and control totals."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from choosebattles.cli.error_reporting import STANDARD_OUTPUT
from choosebattles.cli.print_lines import tell, typed
from choosebattles.cli.print_result import print_result
from choosebattles.cli.shared_options import Files, Model, Output, Overwrite, Strict
from choosebattles.errors import InputError, gathered
from choosebattles.report.answers.check import as_json, document
from choosebattles.run.exit_code import ExitCode
from choosebattles.run.requested_case import under_model
from choosebattles.run.run import Answered, Request, written
from choosebattles.translation import _, several
from choosebattles.uncertainty.correlation import wrong_correlations
from choosebattles.uncertainty.ranges import off_their_numbers, typed_ranges
from choosebattles.workbook.annotated_copy import Marks, write_annotated
from choosebattles.workbook.doubts import confirming
from choosebattles.workbook.reader import Reading, read


def command(
    files: Files,
    *,
    model: Model = None,
    annotate: Annotated[
        Path | None,
        typer.Option(
            metavar="OUT.xlsx",
            help=_("Write a copy with every fault, doubt and notice marked at its cell."),
        ),
    ] = None,
    output: Output = None,
    overwrite: Overwrite = False,
    strict: Strict = False,
    json: Annotated[
        bool, typer.Option("--json", help=_("Print JSON instead of sentences."))
    ] = False,
) -> None:
    """Tell every fault, doubt and notice of a case, and its control totals.

    Exit codes: 0 ready to solve; 2 the input must be corrected.
    """
    reading = _judged(read(files), model)
    if strict:
        reading = reading.strictly()
    marked = None
    if annotate is not None:
        marks = Marks(reading.faults, reading.doubts, reading.notices)
        marked = write_annotated(files, marks, annotate, overwrite=overwrite)
    request = Request(files, outputs=output or (), overwrite=overwrite)
    answered = Answered(
        document(reading, tuple(_next(files, reading, model))), lambda: as_json(reading)
    )
    print_result(written(request, answered), STANDARD_OUTPUT if json else None, request.guard)
    if marked is not None:
        tell(_("Marked copy: {path}").format(path=marked.path))
        if marked.note:
            tell(marked.note)
    if reading.faults:
        raise typer.Exit(ExitCode.INPUT)


def _judged(reading: Reading, model: str | None) -> Reading:
    """Return the reading with what stands against the model, and what ranges cannot draw."""
    if reading.case is None:
        return reading
    try:
        case, _notes = under_model(reading.case, model)
    except InputError as error:
        return replace(reading, faults=error.faults)
    wrong = wrong_correlations(case, tuple(typed_ranges(case)))
    return replace(reading, notices=(*reading.notices, *off_their_numbers(case), *wrong))


def _next(files: Sequence[Path], reading: Reading, model: str | None) -> Iterator[str]:
    """Yield how to solve the case, and how to settle its doubts."""
    if reading.faults:
        return
    doubts = gathered(reading.doubts)
    chosen = () if model is None else ("--model", model)
    command = typed("choosebattles", "solve", *files, *chosen)
    with_doubts = several(
        "Ready, with {number} doubt: {command}",
        "Ready, with {number} doubts: {command}",
        len(doubts),
    )
    text = with_doubts if doubts else _("Ready to solve: {command}")
    yield text.format(number=len(doubts), command=command)
    if doubts:
        yield _(
            "Correct each doubt in its cell, or confirm it on the sheet Settings by a row "
            "such as {row}, with the reason as its value."
        ).format(row=confirming(reading.doubts[0]))
