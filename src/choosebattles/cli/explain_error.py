"""``choosebattles explain-error``: what a code means and what to do."""

from typing import Annotated

import typer

from choosebattles.cli.print_result import print_result
from choosebattles.cli.shared_options import Json, Output, Overwrite
from choosebattles.error_codes import CODES
from choosebattles.report.answers.error_code import as_json, document
from choosebattles.run.run import Answered, Request, written
from choosebattles.run.typed_values import unknown
from choosebattles.translation import _


def command(
    code: Annotated[
        str, typer.Argument(metavar="CODE", help=_("A code as messages show it, such as CB-C08."))
    ],
    *,
    output: Output = None,
    overwrite: Overwrite = False,
    json: Json = None,
) -> None:
    """Say what the code of a message means, how much it matters and what to do.

    Exit codes: 0 done; 2 there is no such code, or a file cannot be written.
    """
    names = {code.casefold(): code for code in CODES}
    name = names.get(code.strip().casefold())
    if name is None:
        raise unknown("CODE", code, CODES, _("a code such as CB-C08"))
    request = Request((), outputs=output or (), overwrite=overwrite)
    request.judge()
    answered = Answered(document(name), lambda: as_json(name))
    print_result(written(request, answered), json, request.guard)
