"""What is typed after most commands, so that it is the same, and says the same, everywhere."""

from pathlib import Path
from typing import Annotated

import typer

from choosebattles.report.outputs.files import ENDINGS
from choosebattles.translation import _

Files = Annotated[
    list[Path], typer.Argument(metavar="FILE", help=_("One workbook, or parts of one case."))
]

Json = Annotated[
    str | None,
    typer.Option(metavar="OUT", help=_("Write the answer as JSON too; - is standard output.")),
]

Output = Annotated[
    list[Path] | None,
    typer.Option(
        "-o",
        "--output",
        metavar="FILE",
        help=_("Write the answer to a file, by its ending: {endings}; may be repeated.").format(
            endings=_("{several} or {last}").format(
                several=", ".join(ENDINGS[:-1]), last=ENDINGS[-1]
            )
        ),
    ),
]

Overwrite = Annotated[
    bool,
    typer.Option(
        "--overwrite",
        help=_(
            "Replace files that are there already, though another program made or changed them."
        ),
    ),
]

Model = Annotated[
    str | None,
    typer.Option(
        metavar="NAME", help=_("A decision model to use: a shipped one, or a file of your own.")
    ),
]

Budget = Annotated[
    str | None, typer.Option(metavar="80%", help=_("Give every fund this share of its money."))
]

Strict = Annotated[
    bool,
    typer.Option("--strict", help=_("Take every doubt about what was read for an error.")),
]

Changed = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="PARAMETER=VALUE",
        help=_("Put another number in one place, as in fund.STATE.2028=80; may be repeated."),
    ),
]

Scenario = Annotated[
    Path | None,
    typer.Option(
        metavar="SCENARIO.json", help=_("Change what a scenario file of the live page says.")
    ),
]

Export = Annotated[
    Path | None,
    typer.Option(
        metavar="OUT.csv", help=_("Write every row as CSV or Parquet too, by the ending.")
    ),
]

Study = Annotated[
    Path | None,
    typer.Option(
        metavar="STUDY.sqlite",
        help=_("Keep what is done in a file; the same command goes on from there."),
    ),
]

Workers = Annotated[
    int | None,
    typer.Option(metavar="N", help=_("How many processes; all processors by default.")),
]

Cluster = Annotated[
    str | None,
    typer.Option(
        metavar="ADDRESS", help=_("A Dask scheduler such as tcp://10.0.0.5:8786, or local.")
    ),
]

Yes = Annotated[
    bool,
    typer.Option(
        "--yes",
        help=_("Go on without asking where it takes more than ten minutes, or is very large."),
    ),
]

EstimateOnly = Annotated[
    bool,
    typer.Option(
        "--estimate",
        help=_("Do the first few alone, and tell how long all of them would take."),
    ),
]

Gap = Annotated[
    str,
    typer.Option(
        metavar="0.1%", help=_("How far from the best a search may stop; 0 for full proof.")
    ),
]

TimeLimit = Annotated[
    str | None,
    typer.Option(metavar="5m", help=_("Stop after this time with what is known so far.")),
]

PerSolve = Annotated[
    str | None,
    typer.Option(
        metavar="60s",
        help=_("Give up an answer after this time; unless given, after about a minute's work."),
    ),
]

StudyTime = Annotated[
    str | None,
    typer.Option(metavar="1h", help=_("Begin nothing more after this time; keep what is done.")),
]
