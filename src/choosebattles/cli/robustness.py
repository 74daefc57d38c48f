"""``choosebattles robustness``: what stays good while weights and scores are in question."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Annotated

import typer

from choosebattles.case.case import Case
from choosebattles.cli.ctrl_c import stoppable
from choosebattles.cli.own import named
from choosebattles.cli.print_result import print_result
from choosebattles.cli.progress import Watching
from choosebattles.cli.shared_options import (
    Budget,
    Changed,
    Files,
    Gap,
    Json,
    Model,
    Output,
    Overwrite,
    Strict,
    Yes,
)
from choosebattles.cli.study_request import EXIT_CODE_OF_ENDING, StudyRequest, study_options
from choosebattles.cli.typed_spread import spreading
from choosebattles.report.answers.robustness.document import as_json, document
from choosebattles.run import typed_values
from choosebattles.run.exit_code import ExitCode
from choosebattles.run.exit_code_of_stop import EXIT_CODE_OF_STOP
from choosebattles.run.requested_case import Changes, Question
from choosebattles.run.run import Answered, run
from choosebattles.spelling import key
from choosebattles.translation import _
from choosebattles.uncertainty.robustness import EVERY, Draws, Limits, Robustness, robustness
from choosebattles.uncertainty.robustness_weights import Interval
from choosebattles.uncertainty.robustness_within_time import UNBEATEN, RobustProgress


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
    output: Output = None,
    json: Json = None,
    overwrite: Overwrite = False,
    model: Model = None,
    budget: Budget = None,
    changed: Changed = None,
    strict: Strict = False,
    gap: Gap = "0",
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
    proposed = None if plan is None else typed_values.own_plan(plan)
    limits = Limits(typed_values.gap(gap), typed_values.time_limit(time_limit))
    spreads = [spreading(text) for text in spread or ()]
    if study is not None and not draws:
        raise typed_values.refused("--study", str(study), _("--draws as well, to say how many"))
    changes = Changes.typed(model, budget, changed)
    options = study_options("1%", workers=workers, study=study)
    request = StudyRequest(files, changes, strict, output or (), None, overwrite, options, yes)

    def answer(question: Question) -> Answered:
        case = question.case
        intervals = _weights(weights or (), case)
        starts = None if proposed is None else named(case, proposed)
        request.agree(draws, _("draws"), estimate=False)
        with stoppable(), Watching() as watching:
            teller = request.teller(watching, _("draws"))
            found = robustness(
                case,
                weights=intervals,
                spreads=spreads,
                plan=starts,
                dearer=not no_dearer,
                draws=Draws(draws, request.options, teller) if draws else None,
                limits=limits,
                watch=lambda sought: watching.tell(so_far(sought)),
            )
        drawn = found.drawn
        after = () if drawn is None else request.resuming(drawn.ending, _("draws"))
        return Answered(document(found), lambda: as_json(found), ended(found), after=after)

    print_result(run(request, answer), json, request.guard)


def ended(found: Robustness) -> ExitCode:
    """Return what the shell is told."""
    end = EXIT_CODE_OF_STOP[found.stop]
    if end is ExitCode.DONE and found.drawn is not None:
        return EXIT_CODE_OF_ENDING[found.drawn.ending]
    return end


def _weights(typed: Sequence[str], case: Case) -> dict[str, Interval] | str | None:
    """Return the intervals meant by ``autonomy=30%..70%``.

    Raises
    ------
    InputError
        Where one cannot be read.
    """
    if not typed:
        return None
    if [key(text) for text in typed] == [EVERY]:
        return EVERY
    known = {key(goal.id): goal.id for goal in case.model.objectives}
    found: dict[str, Interval] = {}
    for text in typed:
        name, _equals, ends = (part.strip() for part in text.partition("="))
        if key(name) not in known:
            raise typed_values.unknown(
                "--weights", text, known.values(), _("an objective, as in autonomy=30%..70%")
            )
        shares = [typed_values.percentage(end) for end in ends.split("..")]
        if len(shares) != 2 or shares[0] is None or shares[1] is None or known[key(name)] in found:
            raise typed_values.refused("--weights", text, _("an interval, as in autonomy=30%..70%"))
        found[known[key(name)]] = (Fraction(shares[0]), Fraction(shares[1]))
    return found


def so_far(sought: RobustProgress) -> str:
    """Return how far a search is, in one line."""
    text = (
        _("{number} plans to compare so far; {seconds:.0f} s. Ctrl-C keeps them.")
        if sought.what == UNBEATEN
        else _("{number} competitors so far; {seconds:.0f} s. Ctrl-C keeps them.")
    )
    return text.format(number=sought.number, seconds=sought.seconds)
