"""``choosebattles explain``: why something is in the plan or not, and at what price."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from choosebattles.case.units import Id
from choosebattles.cli.asked import Budget, Changed, Json, Model, Overwrite, Strict
from choosebattles.cli.publishing import publish
from choosebattles.cli.watching import Watching, stoppable
from choosebattles.execution.protection import Guard
from choosebattles.explain.why import Explained, explain_plan
from choosebattles.explain.why_answer import Explanation
from choosebattles.report.parts.why import demand_lines, summary_sentences, why_rows
from choosebattles.report.provenance import Provenance
from choosebattles.report.story import tell as story_of
from choosebattles.report.why import explanation_as_json, write_explanation
from choosebattles.run import values
from choosebattles.run.question import Changes, ask
from choosebattles.run.stops import ENDS
from choosebattles.solving.outcome import Stop
from choosebattles.words import _


def command(
    arguments: Annotated[
        list[str],
        typer.Argument(
            metavar="[ID...] FILE...",
            help=_("Options or investments to explain, all if none; and the files of one case."),
        ),
    ],
    *,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="RESULTS.xlsx",
            help=_("Write the results of the plan as a workbook, with the sheets Why."),
        ),
    ] = None,
    json: Json = None,
    overwrite: Overwrite = False,
    model: Model = None,
    budget: Budget = None,
    changed: Changed = None,
    strict: Strict = False,
    gap: Annotated[
        str,
        typer.Option(
            metavar="0.1%", help=_("How far from the best each search may stop; 0 for full proof.")
        ),
    ] = "0",
    time_limit: Annotated[
        str,
        typer.Option(metavar="5m", help=_("Stop after this time with what is known by then.")),
    ] = "5m",
) -> None:
    """Say why options are in the plan or not, and what each of your own demands costs.

    Exit codes: 0 every number settled; 1 a bug; 2 the input must be corrected; 3 no plan meets all
    demands; 4 stopped before that by time or by hand, with every number between proved bounds.
    """
    ids, files = _parted(arguments)
    most, limit = values.gap(gap), values.seconds(time_limit)
    guard = Guard(inputs=files, overwrite=overwrite)
    question = ask(files, Changes.typed(model, budget, changed), strict=strict)
    with stoppable(), Watching() as watching:
        explanation = explain_plan(
            question.case,
            ids or None,
            gap=most,
            time_limit=limit,
            watch=lambda explained: watching.tell(so_far(explained)),
        )
    explanation = replace(explanation, outcome=replace(explanation.outcome, notes=question.notes))
    reading = question.reading
    provenance = Provenance.of(files, reading.doubts, reading.notices, reading.totals)
    written = (
        None
        if output is None
        else write_explanation(explanation, output, provenance=provenance, **guard)
    )
    publish(
        (*lines(explanation, provenance), *question.notes),
        lambda: explanation_as_json(explanation),
        json=json,
        guard=guard,
        doubts=question.reading.doubts,
        written=[written],
        end=ENDS[explanation.stop],
    )


def _parted(arguments: list[str]) -> tuple[list[Id], list[Path]]:
    """Return which arguments are ids, and which are files: those that exist or end in .xlsx."""
    files = [each for each in arguments if Path(each).suffix.casefold() == ".xlsx"]
    files += [each for each in arguments if each not in files and Path(each).is_file()]
    ids = [each for each in arguments if each not in files]
    if not files:
        expected = _("the workbook too, a name that ends in .xlsx")
        raise values.refused("FILE", " ".join(arguments), expected)
    return ids, [Path(each) for each in arguments if each in files]


def so_far(explained: Explained) -> str:
    """Return how far an explanation is, in one line."""
    return _(
        "{settled} of {asked} settled, the others between bounds; {seconds:.0f} s. "
        "Ctrl-C keeps what there is."
    ).format(settled=explained.settled, asked=explained.asked, seconds=explained.seconds)


def lines(explanation: Explanation, provenance: Provenance) -> Iterator[str]:
    """Yield an explanation in words: the plan, a sentence on each option, prices of demands."""
    story = story_of(explanation.outcome, provenance)
    yield story.headline
    if explanation.outcome.plan is None:
        yield from story.proof
        yield from story.conflict
        return
    yield ""
    yield from (each.sentence for each in why_rows(explanation))
    if explanation.demands:
        yield ""
        yield _("Your own demands:")
    for each in demand_lines(explanation):
        yield f"  {each}"
    yield ""
    if explanation.stop is Stop.INFEASIBLE:
        return
    yield from summary_sentences(explanation)
