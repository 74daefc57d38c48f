"""What is typed after most commands, so that it is the same, and says the same, everywhere."""

from pathlib import Path
from typing import Annotated

import typer

from choosebattles.words import _

Files = Annotated[
    list[Path], typer.Argument(metavar="FILE", help=_("One workbook, or parts of one case."))
]

Json = Annotated[
    str | None,
    typer.Option(metavar="OUT", help=_("Write the answer as JSON too; - is standard output.")),
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

Changed = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="PARAMETER=VALUE",
        help=_("Put another number in one place, as in fund.STATE.2028=80; may be repeated."),
    ),
]
