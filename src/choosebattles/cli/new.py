"""``choosebattles new``: a workbook to fill in, or a filled example."""

import re
from pathlib import Path
from typing import Annotated

import typer

from choosebattles.case.bounds import SHARE, YEARS_AT_MOST
from choosebattles.cli.examples import example, put
from choosebattles.cli.print_lines import say, typed
from choosebattles.cli.shared_options import Overwrite
from choosebattles.run import typed_values
from choosebattles.translation import _
from choosebattles.workbook.decision_model_files import read_model
from choosebattles.workbook.template import default_years, write_template

_YEARS = re.compile(r"(\d{4})\s*[-:]\s*(\d{4})")


def command(
    file: Annotated[
        Path, typer.Argument(metavar="FILE.xlsx", help=_("The workbook to be written."))
    ],
    *,
    name: Annotated[
        str | None,
        typer.Option("--example", metavar="COUNTRY", help=_("Copy a filled example instead.")),
    ] = None,
    years: Annotated[
        str | None,
        typer.Option(
            metavar="2027-2031",
            help=_("First and last year of the plan; the next five years unless said otherwise."),
        ),
    ] = None,
    model: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help=_("Fill in the criteria and limits of a decision model.")
        ),
    ] = None,
    full: Annotated[
        bool, typer.Option("--full", help=_("Every sheet, not only those of a simple case."))
    ] = False,
    overwrite: Overwrite = False,
) -> None:
    """Write a workbook to fill in, or a filled example to start from.

    A file that is there already is never overwritten, unless --overwrite says so.

    Exit codes: 0 done; 2 the file is there already, or cannot be written.
    """
    calendar = _calendar(years)
    if file.exists() and not overwrite:
        expected = _("a name that is not taken")
        raise typed_values.refused(
            "FILE", str(file), expected, _("Choose another one, or add --overwrite.")
        )
    if name is not None and (model or full or years):
        expected = _("either an example or a template")
        advice = _("Leave out --model, --years and --full: an example has them already.")
        raise typed_values.refused("--example", name, expected, advice)
    if name is None:
        chosen = None if model is None else read_model(model)
        write_template(file, calendar, full=full, model=chosen, overwrite=overwrite)
        text = _("Written: {path}. Fill in the sheets, then: {command}")
        command = typed("choosebattles", "check", file)
        if not full:
            text += "\n" + _(
                "This is the short form. What needs what, people, services, shocks and sources have "
                "sheets of their own: choosebattles new FILE.xlsx --full writes them all."
            )
        if chosen is not None:
            text += f"\n{chosen.title}. {chosen.when}"
        if chosen is not None and chosen.must_hold:
            floors = ", ".join(
                f"{floor.service} {SHARE.show(floor.floor)}" for floor in chosen.must_hold
            )
            question = (
                _(
                    "The model also asks that services hold ({held}): type it under Services, Must hold."
                )
                if full
                else _(
                    "The model also asks that services hold ({held}): that is typed under Services, "
                    "Must hold, a sheet that --full writes."
                )
            )
            text += "\n" + question.format(held=floors)
    else:
        put(example(name), file, overwrite=overwrite)
        text = _("Written: {path}. Next: {command}")
        command = typed("choosebattles", "solve", file)
    say(text.format(path=file, command=command))


def _calendar(years: str | None) -> range:
    if years is None:
        return default_years()
    found = _YEARS.fullmatch(years.strip())
    calendar = range(int(found[1]), int(found[2]) + 1) if found else range(0)
    if not 1 <= len(calendar) <= YEARS_AT_MOST:
        expected = _("first and last year, at most {number} years, such as 2027-2031")
        raise typed_values.refused("--years", years, expected.format(number=YEARS_AT_MOST))
    return calendar
