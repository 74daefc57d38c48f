"""``choosebattles solve``: the best plan, proved or with its gap."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from choosebattles.cli import values
from choosebattles.cli.answering import Target, answer
from choosebattles.cli.as_json import write_json
from choosebattles.cli.question import Changes, ask
from choosebattles.errors import InputError
from choosebattles.report.json import errors_as_json
from choosebattles.solving.options import Options
from choosebattles.words import _


def command(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE", help=_("One workbook, or parts of one case."))
    ],
    *,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="RESULTS.xlsx",
            help=_("Where the results go; FILE-results.xlsx in this folder unless said otherwise."),
        ),
    ] = None,
    json: Annotated[
        str | None,
        typer.Option(metavar="OUT", help=_("Write the answer as JSON too; - is standard output.")),
    ] = None,
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
    scenario: Annotated[
        Path | None,
        typer.Option(
            metavar="SCENARIO.json", help=_("Change what a scenario file of the live page says.")
        ),
    ] = None,
    gap: Annotated[
        str,
        typer.Option(
            metavar="0.1%", help=_("How far from the best the search may stop; 0 for full proof.")
        ),
    ] = "0.1%",
    time_limit: Annotated[
        str | None,
        typer.Option(metavar="5m", help=_("Stop after this time with the best plan so far.")),
    ] = None,
    solver: Annotated[
        str, typer.Option(metavar="NAME", help=_("HiGHS, or a solver that PuLP finds."))
    ] = "highs",
) -> None:
    """Find the best plan, prove it or say how far it may be from the best, write the results.

    Exit codes: 0 proved, or within the gap asked for; 1 a bug; 2 the input must be corrected;
    3 no plan meets all demands; 4 stopped before that by time or by hand.
    """
    options = Options(
        gap=values.gap(gap),
        time_limit=None if time_limit is None else values.seconds(time_limit),
        solver=solver,
    )
    changes = Changes(
        model=model,
        budget=None if budget is None else values.budget(budget),
        numbers=[values.assignment(each) for each in changed or ()],
        scenario=scenario,
    )
    results = values.workbook(output or Path(f"{files[0].stem}-results.xlsx"), "--output")
    answer(ask(files, changes), files, options, Target(results, json))


def refuse(error: InputError, options: Mapping[str, object]) -> None:
    """Say in JSON too what is to be corrected, where JSON was asked for."""
    target = options["json"]
    if isinstance(target, str):
        write_json(errors_as_json(error.faults), target)
