"""``choosebattles report``: results that people present."""

from pathlib import Path
from typing import Annotated

import typer

from choosebattles.audit.scale import Scale
from choosebattles.case.parameter import hold_scale
from choosebattles.cli import values
from choosebattles.cli.answering import ENDS
from choosebattles.cli.ending import End
from choosebattles.cli.lines import say
from choosebattles.cli.question import Changes, ask
from choosebattles.cli.watching import Watching, stoppable
from choosebattles.report.html import LARGEST, Page, write_page
from choosebattles.report.page.beforehand import Beforehand, compute
from choosebattles.report.provenance import Provenance
from choosebattles.report.story import tell
from choosebattles.solving.method import solve
from choosebattles.solving.options import Options
from choosebattles.words import _

MINUTES = "3m"
"""How long to compute beforehand, unless said otherwise."""


def command(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE", help=_("One workbook, or parts of one case."))
    ],
    *,
    html: Annotated[
        Path | None,
        typer.Option(metavar="PAGE.html", help=_("Write one page that opens without a network.")),
    ] = None,
    redact: Annotated[
        bool,
        typer.Option("--redact", help=_("Leave scores out; such a page cannot search again.")),
    ] = False,
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
    gap: Annotated[
        str,
        typer.Option(
            metavar="0.1%", help=_("How far from the best a search may stop; 0 for full proof.")
        ),
    ] = "0.1%",
    time_limit: Annotated[
        str,
        typer.Option(
            metavar=MINUTES,
            help=_("How long to search: the plan first, then what the page shows at once."),
        ),
    ] = MINUTES,
) -> None:
    """Write what people present: with --html, one page that shows the plan and searches again.

    Money, weights and shocks can be moved on the page, and investments forced in or out; what is
    not computed beforehand is searched inside the page. Nothing is sent anywhere.

    Exit codes: 0 done; 1 a bug; 2 the input must be corrected; 3 no plan meets all demands, so
    there is no page; 4 stopped before the gap asked for by time or by hand.
    """
    if html is None:
        raise values.refused("--html", _("nothing to write"), _("a file, such as --html page.html"))
    path = values.page(html, "--html")
    options = Options(gap=values.gap(gap), time_limit=values.seconds(time_limit))
    changes = Changes(
        model=model,
        budget=None if budget is None else values.budget(budget),
        numbers=[values.assignment(each) for each in changed or ()],
    )
    question = ask(files, changes)
    case = hold_scale(question.case, Scale(question.case).points_for_100)
    beforehand = Beforehand()
    with stoppable(), Watching() as watching:
        outcome = solve(case, options, watch=watching)
        if outcome.plan is not None:
            left = max(1.0, (options.time_limit or 0.0) - outcome.seconds)
            beforehand = compute(outcome, gap=options.gap, seconds=left, watch=watching.tell)
    provenance = Provenance.of(files, question.reading.warnings, question.reading.totals)
    story = tell(outcome, provenance)
    for line in (story.headline, *story.proof, *story.conflict, *question.notes):
        say(line)
    if outcome.plan is not None:
        page = Page(
            beforehand,
            provenance,
            question.notes,
            redact,
            model=model,
            numbers=changes.numbers,
            funded=changes.budget is not None,
        )
        written = write_page(outcome, path, page, inputs=files)
        say(_("Page: {path}").format(path=written.path))
        if written.note:
            say(written.note)
        size = written.path.stat().st_size
        if size > LARGEST:
            text = _("The page has {size:.1f} MB: some mail systems refuse that.")
            say(text.format(size=size / 1e6))
        say(
            _("Next: open it in a browser; when you mail it, ask people to save it before opening.")
        )
    end = ENDS[outcome.stop]
    if end is not End.DONE:
        raise typer.Exit(end)
