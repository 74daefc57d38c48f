"""``choosebattles check``: every fault, doubt and notice, and control totals."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import typer

from choosebattles.case.bounds import plain
from choosebattles.case.case import Case
from choosebattles.cli.as_json import write_json
from choosebattles.cli.asked import Files, Model, Overwrite, Strict
from choosebattles.cli.ending import STANDARD_OUTPUT
from choosebattles.cli.lines import aligned, say, tell, typed
from choosebattles.errors import Fault, InputError, gathered
from choosebattles.report.json import errors_as_json, faults_as_json
from choosebattles.run.ending import End
from choosebattles.run.question import under_model
from choosebattles.uncertainty.ranges import off_their_numbers
from choosebattles.words import _, several
from choosebattles.workbook.annotated import Marks, write_annotated
from choosebattles.workbook.doubts import confirming
from choosebattles.workbook.reader import Reading, read
from choosebattles.workbook.totals import Totals

_NOTHING = Decimal(0)


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
    written = None
    if annotate is not None:
        marks = Marks(reading.faults, reading.doubts, reading.notices)
        written = write_annotated(files, marks, annotate, overwrite=overwrite)
    if json:
        write_json(_tree(reading), STANDARD_OUTPUT)
    else:
        for line in _lines(files, reading, model):
            say(line)
    if written is not None:
        tell(_("Marked copy: {path}").format(path=written.path))
        if written.note:
            tell(written.note)
    if reading.faults:
        raise typer.Exit(End.INPUT)


def _judged(reading: Reading, model: str | None) -> Reading:
    """Return the reading with what stands against the model."""
    if reading.case is None:
        return reading
    try:
        case, _notes = under_model(reading.case, model)
    except InputError as error:
        return replace(reading, faults=error.faults)
    return replace(reading, notices=(*reading.notices, *_off_their_numbers(case)))


def _off_their_numbers(case: Case) -> tuple[Fault, ...]:
    """Return ranges that do not hold the number they are of: nothing could be drawn from them."""
    return tuple(off_their_numbers(case))


def _lines(files: Sequence[Path], reading: Reading, model: str | None) -> Iterator[str]:
    if reading.faults:
        yield str(InputError(reading.faults))
    doubts = gathered(reading.doubts)
    yield from _section(several("{number} doubt", "{number} doubts", len(doubts)), doubts)
    notices = gathered(reading.notices)
    yield from _section(several("{number} notice", "{number} notices", len(notices)), notices)
    if reading.totals.rows:
        if reading.faults or reading.warnings:
            yield ""
        yield from control_totals(reading.totals)
    if not reading.faults:
        yield ""
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


def _section(title: str, sentences: Sequence[str]) -> Iterator[str]:
    if sentences:
        yield title.format(number=len(sentences))
        yield from (f"  {each}" for each in sentences)


def control_totals(totals: Totals) -> Iterator[str]:
    """Yield the control totals as lines; hold them against the sums in your workbook."""
    yield _("Control totals: hold them against the sums in your workbook.")
    rows = [(name, str(number)) for name, number in totals.rows.items()]
    yield from _table((_("Sheet"), _("rows")), rows)
    if not totals.money:
        return
    years = sorted({year for each in totals.money.values() for year in each})
    funds = [
        (name, *(plain(each.get(year, _NOTHING)) for year in years), plain(_sum(each.values())))
        for name, each in totals.money.items()
    ]
    sums = [
        plain(_sum(each.get(year, _NOTHING) for each in totals.money.values())) for year in years
    ]
    funds.append((_("all funds"), *sums, plain(totals.all_money)))
    yield from _table((_("Fund"), *map(str, years), _("all years")), funds)
    wholes = [
        (_("investments"), str(totals.investments)),
        (_("options"), str(totals.options)),
        (_("cost of everything, built"), plain(totals.build_cost)),
        (_("cost of everything, running, a year"), plain(totals.running_cost)),
        *([(_("income of everything, by year"), plain(totals.income))] if totals.income else []),
        *(
            (_("scores on {criterion}").format(criterion=name), plain(number))
            for name, number in totals.scores.items()
        ),
    ]
    yield from _table((_("In all"), ""), wholes)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield ""
    yield from (f"  {line}" for line in aligned([head, *rows]))


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, _NOTHING)


def _tree(reading: Reading) -> dict[str, Any]:
    totals = reading.totals
    return {
        **errors_as_json(reading.faults),
        "doubts": faults_as_json(reading.doubts),
        "warnings": faults_as_json(reading.notices),
        "totals": {
            "rows": dict(totals.rows),
            "investments": totals.investments,
            "options": totals.options,
            "money": {
                fund: {str(year): float(amount) for year, amount in each.items()}
                for fund, each in totals.money.items()
            },
            "build_cost": float(totals.build_cost),
            "running_cost": float(totals.running_cost),
            "income": float(totals.income),
            "scores": {name: float(number) for name, number in totals.scores.items()},
        },
    }
