"""``choosebattles explain-error``: what a code means and what to do."""

from typing import Annotated

import typer

from choosebattles.cli.lines import say
from choosebattles.error_codes import CODES
from choosebattles.run.typed_values import unknown
from choosebattles.translation import _


def command(
    code: Annotated[
        str, typer.Argument(metavar="CODE", help=_("A code as messages show it, such as CB-C08."))
    ],
) -> None:
    """Say what the code of a message means, how much it matters and what to do.

    Exit codes: 0 done; 2 there is no such code.
    """
    names = {code.casefold(): code for code in CODES}
    name = names.get(code.strip().casefold())
    if name is None:
        raise unknown("CODE", code, CODES, _("a code such as CB-C08"))
    entry = CODES[name]
    say(f"{name}: {entry.title}")
    say(entry.meaning)
    say(entry.weight.sentence)
    say(_("What to do: {remedy}").format(remedy=entry.remedy))
