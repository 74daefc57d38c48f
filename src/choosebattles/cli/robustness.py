"""``choosebattles robustness``: what stays good while weights and scores are in question."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Annotated

import typer

from choosebattles.cli.asked import Budget, Changed, Files, Json, Model, Overwrite, Strict, Yes
from choosebattles.cli.lines import aligned
from choosebattles.cli.own import named
from choosebattles.cli.publishing import publish
from choosebattles.cli.spreading import spreading
from choosebattles.cli.studying import ENDS as ENDINGS
from choosebattles.cli.studying import Telling, how, resuming
from choosebattles.cli.watching import Watching, stoppable
from choosebattles.execution.protection import Guard
from choosebattles.report.parts.robustness import (
    core_words,
    gain_words,
    in_question,
    rival_lines,
    sentences,
    why_they_differ,
)
from choosebattles.report.robustness import robustness_as_json, write_robustness
from choosebattles.report.wording import percent
from choosebattles.run import values
from choosebattles.run.ending import End
from choosebattles.run.question import Changes, ask
from choosebattles.run.stops import ENDS
from choosebattles.spelling import key
from choosebattles.uncertainty.robust import EVERY, Draws, Limits, Robustness, robustness
from choosebattles.uncertainty.robust_asking import UNBEATEN, Sought
from choosebattles.uncertainty.robust_weights import Interval
from choosebattles.words import _

SHOWN = 10
"""Competitors that are printed."""


def command(
    files: Files,
    *,
    weights: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=30%..70%",
            help=_(
                "The weight in question; may be repeated. Unless given, the first interval between "
                "Weight low and Weight high; every uses all of these."
            ),
        ),
    ] = None,
    spread: Annotated[
        list[str] | None,
        typer.Option(
            metavar="score=10", help=_("A range for every score that has none, as in score=20%.")
        ),
    ] = None,
    plan: Annotated[
        str | None,
        typer.Option(
            metavar="IDS",
            help=_("The plan, as in 'CLOUD.L; CSIRT=2028'; or the column Own plan, or the best."),
        ),
    ] = None,
    no_dearer: Annotated[
        bool,
        typer.Option("--no-dearer", help=_("Competitors may cost no more than the plan.")),
    ] = False,
    draws: Annotated[
        int, typer.Option(min=0, metavar="1000", help=_("Draws for the acceptability; 0 for none."))
    ] = 0,
    study: Annotated[
        Path | None,
        typer.Option(
            metavar="STUDY.sqlite", help=_("Keep the draws in a file, and go on from there.")
        ),
    ] = None,
    yes: Yes = False,
    workers: Annotated[
        int | None,
        typer.Option(metavar="N", help=_("Processes for draws; all processors by default.")),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="RESULTS.xlsx", help=_("Write a workbook too.")),
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
            metavar="0.1%", help=_("How far from the best a search may stop; 0 for full proof.")
        ),
    ] = "0",
    time_limit: Annotated[
        str | None,
        typer.Option(
            metavar="5m",
            help=_("Stop after this time with what is known so far; draws come on top."),
        ),
    ] = None,
) -> None:
    """Say which plans and options stay good while weights and scores are in question.

    Exit codes: 0 all proved; 1 a bug; 2 the input must be corrected; 3 no plan meets all demands;
    4 stopped before that by time or by hand.
    """
    typed = None if plan is None else values.own_plan(plan)
    most = values.gap(gap)
    limit = None if time_limit is None else values.seconds(time_limit)
    spreads = [spreading(each) for each in spread or ()]
    if study is not None and not draws:
        raise values.refused("--study", str(study), _("--draws as well, to say how many"))
    given = how(
        gap="1%",
        per_solve=None,
        time_limit=None,
        workers=workers,
        cluster=None,
        study=study,
    )
    guard = Guard(inputs=files, overwrite=overwrite)
    question = ask(files, Changes.typed(model, budget, changed), strict=strict)
    doubts = question.reading.doubts
    names = [each.id for each in question.case.model.objectives]
    asked = _weights(weights or (), names)
    starts = None if typed is None else named(question.case, typed)
    with stoppable(), Watching() as watching:
        watch = Telling(watching, _("draws"), given, yes=yes)
        found = robustness(
            question.case,
            weights=asked,
            spreads=spreads,
            plan=starts,
            dearer=not no_dearer,
            draws=Draws(draws, given, watch) if draws else None,
            limits=Limits(most, limit),
            watch=lambda sought: watching.tell(so_far(sought)),
        )
    written = None if output is None else write_robustness(found, output, doubts=doubts, **guard)
    going_on = (
        ()
        if found.drawn is None
        else resuming(given, found.drawn.ending, _("draws"), found.drawn.taken_over)
    )
    publish(
        (*lines(found), *question.notes, *going_on),
        lambda: robustness_as_json(found),
        json=json,
        guard=guard,
        doubts=doubts,
        written=[written],
        end=ended(found),
    )


def ended(found: Robustness) -> End:
    """Return what the shell is told."""
    end = ENDS[found.stop]
    if end is End.DONE and found.drawn is not None:
        return ENDINGS[found.drawn.ending]
    return end


def _weights(typed: Sequence[str], names: Sequence[str]) -> dict[str, Interval] | str | None:
    """Return the intervals meant by ``autonomy=30%..70%``.

    Raises
    ------
    InputError
        Where one cannot be read.
    """
    if not typed:
        return None
    if [key(each) for each in typed] == [EVERY]:
        return EVERY
    known = {key(each): each for each in names}
    found: dict[str, Interval] = {}
    for text in typed:
        name, _equals, ends = (each.strip() for each in text.partition("="))
        if key(name) not in known:
            raise values.unknown(
                "--weights", text, names, _("an objective, as in autonomy=30%..70%")
            )
        shares = [values.percentage(each) for each in ends.split("..")]
        if len(shares) != 2 or shares[0] is None or shares[1] is None or known[key(name)] in found:
            raise values.refused("--weights", text, _("an interval, as in autonomy=30%..70%"))
        found[known[key(name)]] = (Fraction(shares[0]), Fraction(shares[1]))
    return found


def so_far(sought: Sought) -> str:
    """Return how far a search is, in one line."""
    text = (
        _("{number} plans to compare so far; {seconds:.0f} s. Ctrl-C keeps them.")
        if sought.what == UNBEATEN
        else _("{number} competitors so far; {seconds:.0f} s. Ctrl-C keeps them.")
    )
    return text.format(number=sought.number, seconds=sought.seconds)


def lines(found: Robustness) -> Iterator[str]:
    """Yield robustness in words: what it says, competitors, and the four voices."""
    first, *others = sentences(found)
    yield first
    yield from others
    if found.plan is None:
        return
    for rows in (list(_competitors(found)), list(_voices(found))):
        if rows:
            yield ""
            yield from (f"  {line}" for line in rows)
    yield ""
    yield from why_they_differ(found)


def _competitors(found: Robustness) -> Iterator[str]:
    rows = rival_lines(found)
    if not rows:
        return
    head = (_("competitor"), _("may gain"), *(f"{name}" for name in found.weights.likely))
    cells = [
        (str(each.number), gain_words(each.regret), *(percent(it, 1) for it in each.weights))
        for each in rows[:SHOWN]
    ]
    top, *told = aligned([head, *cells])
    yield f"{top}  {_('enters and leaves against the plan')}"
    for line, each in zip(told, rows, strict=False):
        parts = [
            *(
                (_("enters: {options}").format(options=", ".join(each.enters)),)
                if each.enters
                else ()
            ),
            *(
                (_("leaves: {options}").format(options=", ".join(each.leaves)),)
                if each.leaves
                else ()
            ),
        ]
        yield f"{line}  {'; '.join(parts) or _('other years')}"
    if len(rows) > SHOWN:
        yield _("and {number} more").format(number=len(rows) - SHOWN)


def _voices(found: Robustness) -> Iterator[str]:
    rows = in_question(found)
    if not rows:
        return
    drawn, asked = found.drawn is not None, found.unbeaten is not None
    head = (
        _("option in question"),
        _("the plan"),
        *((_("core index"), _("so it is")) if asked else ()),
        _("competitors"),
        _("regret"),
        *((_("acceptability"),) if drawn else ()),
    )
    cells = [
        (
            each.option,
            _("in") if each.in_plan else _("out"),
            *((percent(each.core_index or 0.0), core_words(each.core)) if asked else ()),
            str(each.competitors),
            gain_words(each.regret),
            *((percent(each.acceptability or 0.0),) if drawn else ()),
        )
        for each in rows
    ]
    yield from aligned([head, *cells])
