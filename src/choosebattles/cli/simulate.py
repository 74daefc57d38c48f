"""``choosebattles simulate``: what becomes of the plan when numbers turn out otherwise."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, TypeVar

import typer

from choosebattles.case.case import Case
from choosebattles.case.evidence import Shape
from choosebattles.cli.ctrl_c import stoppable
from choosebattles.cli.print_result import print_result
from choosebattles.cli.progress import Watching
from choosebattles.cli.shared_options import (
    Budget,
    Changed,
    Cluster,
    EstimateOnly,
    Export,
    Files,
    Gap,
    Json,
    Model,
    Output,
    Overwrite,
    PerSolve,
    Strict,
    Study,
    StudyTime,
    Workers,
    Yes,
)
from choosebattles.cli.study_request import EXIT_CODE_OF_ENDING, StudyRequest, study_options
from choosebattles.cli.typed_spread import spreading
from choosebattles.execution.progress import Watcher
from choosebattles.execution.run_pieces import Ending
from choosebattles.report.answers import estimate as estimated
from choosebattles.report.answers.simulation.document import as_json, document
from choosebattles.report.number_wording import points
from choosebattles.run import typed_values
from choosebattles.run.exit_code import ExitCode
from choosebattles.run.requested_case import Changes, Question
from choosebattles.run.run import Answered, run
from choosebattles.solving.outcome import Stop
from choosebattles.translation import _, several
from choosebattles.uncertainty.draw import Spread, Uncertainty, what_varies
from choosebattles.uncertainty.estimate import estimate
from choosebattles.uncertainty.information_value import (
    ValueOfInformation,
    value_of_information,
)
from choosebattles.uncertainty.least_regret import RegretProgress, least_regret
from choosebattles.uncertainty.sensitivity import (
    Sensitivity,
    SpreadOf,
    check_base,
    pieces_at_most,
    sensitivity,
)
from choosebattles.uncertainty.simulate import Simulation, simulate
from choosebattles.uncertainty.weight_draws import Weights

Word = TypeVar("Word", bound=StrEnum)


def command(
    files: Files,
    *,
    draws: Annotated[int, typer.Option(metavar="1000", help=_("How many draws."))] = 1000,
    seed: Annotated[int, typer.Option(metavar="1", help=_("Another seed gives other draws."))] = 1,
    shape: Annotated[
        str,
        typer.Option(
            metavar="SHAPE",
            help=_(
                "What ranges are drawn from that do not say it: pert; triangular, for more of the "
                "extremes; uniform, normal or lognormal."
            ),
        ),
    ] = "pert",
    weights: Annotated[
        str | None,
        typer.Option(
            metavar="WEIGHTS",
            help=_("intervals (if any are typed), simplex (all weights there are), or fixed."),
        ),
    ] = None,
    spread: Annotated[
        list[str] | None,
        typer.Option(
            metavar="QUANTITY=20%",
            help=_("A range for all that has none, as in cost=-10%..40% or score=15."),
        ),
    ] = None,
    common_cost: Annotated[
        str | None,
        typer.Option(
            metavar="50%",
            help=_(
                "How much of what is uncertain of costs all share; nothing where the sheet "
                "Correlations is filled."
            ),
        ),
    ] = None,
    indices: Annotated[
        int,
        typer.Option(
            metavar="128",
            help=_(
                "How much of the spread each input causes: Sobol indices from so many base draws, a "
                "power of 2; 0 for none."
            ),
        ),
    ] = 0,
    inputs: Annotated[
        int,
        typer.Option(
            metavar="8",
            min=0,
            help=_(
                "Ranges with an index of their own, those that go most with the answers; the others "
                "count together. Each takes as many answers as there are base draws."
            ),
        ),
    ] = 8,
    plan_alone: Annotated[
        bool,
        typer.Option(
            "--plan-alone", help=_("Indices of the plan as things stand alone: no further answers.")
        ),
    ] = False,
    least_regret_time: Annotated[
        str | None,
        typer.Option(
            "--least-regret",
            metavar="5m",
            help=_(
                "Look for at most so long for the plan, of all there are, of least worst regret over "
                "the draws."
            ),
        ),
    ] = None,
    estimate_only: EstimateOnly = False,
    output: Output = None,
    export: Export = None,
    json: Json = None,
    study: Study = None,
    yes: Yes = False,
    workers: Workers = None,
    cluster: Cluster = None,
    overwrite: Overwrite = False,
    model: Model = None,
    budget: Budget = None,
    changed: Changed = None,
    strict: Strict = False,
    gap: Gap = "1%",
    per_solve: PerSolve = None,
    time_limit: StudyTime = None,
) -> None:
    """Draw what is uncertain many times, and show what becomes of the plan.

    Exit codes: 0 all draws done; 1 a bug; 2 the input must be corrected; 3 no plan in any draw;
    4 stopped before all that was asked for was done, or draws were given up.
    """
    changes = Changes.typed(model, budget, changed)
    options = study_options(gap, per_solve, time_limit, workers, cluster, study)
    request = StudyRequest(files, changes, strict, output or (), export, overwrite, options, yes)
    _check(draws, seed, indices)
    wanted = SimulationOptions(
        draws,
        seed,
        regret=None
        if least_regret_time is None
        else typed_values.seconds(least_regret_time, "--least-regret"),
        common=None if common_cost is None else typed_values.share("--common-cost", common_cost),
        spreads=tuple(spreading(text) for text in spread or ()),
        shape=_one_of("--shape", shape, Shape, Shape.LIST),
        weights=None if weights is None else _one_of("--weights", weights, Weights),
        base=indices,
        inputs=inputs,
        best=not plan_alone,
    )
    if estimate_only:
        request, json = request.estimating(), None
    answer = _estimate if estimate_only else _simulate
    result = run(request, lambda question: answer(question, wanted, request))
    print_result(result, json, request.guard)


@dataclass(frozen=True)
class SimulationOptions:
    """What is drawn, and what is asked of the draws.

    Parameters
    ----------
    draws, seed, spreads, shape, weights, common
        How many draws, and of what.
    regret
        Seconds to look for the plan of least worst regret; None for not at all.
    base
        Base draws for what causes the spread; 0 for none.
    inputs
        Ranges with an index of their own.
    best
        Whether it is asked what spreads the best plan of each draw too.
    """

    draws: int
    seed: int
    spreads: tuple[Spread, ...]
    shape: Shape
    weights: Weights | None
    common: float | None
    regret: float | None
    base: int
    inputs: int
    best: bool

    @property
    def count(self) -> int:
        """Return how many draws are answered, those for indices included, at most."""
        return self.draws + (pieces_at_most(self.base, self.inputs) if self.best else 0)

    def uncertain(self, case: Case) -> Uncertainty:
        """Return what is uncertain of a case."""
        return what_varies(
            case,
            spreads=self.spreads,
            weights=self.weights,
            shape=self.shape,
            common=self.common,
            seed=self.seed,
        )


def _estimate(question: Question, wanted: SimulationOptions, request: StudyRequest) -> Answered:
    uncertain = wanted.uncertain(question.case)
    with request.watching(_("draws")):
        found = estimate(
            question.case,
            uncertain,
            wanted.draws,
            request.options,
            indices=wanted.base,
            inputs=wanted.inputs,
            best=wanted.best,
        )
    return Answered(estimated.document(found, _("draws")), dict)


def _simulate(question: Question, wanted: SimulationOptions, request: StudyRequest) -> Answered:
    uncertain = wanted.uncertain(question.case)
    request.agree(wanted.count, _("draws"))
    with request.watching(_("draws")) as watch:
        found = simulate(question.case, uncertain, wanted.draws, request.options, watch=watch)
    found = _least(found, wanted.regret)
    worth = _worth_finding_out(found, request)
    done = worth is None or worth.ending is Ending.DONE
    causes = _causes(found, wanted, request) if done else None
    last = worth if causes is None else causes
    ending = found.ending if last is None else last.ending
    return Answered(
        document(found, causes, worth),
        lambda: as_json(found, causes, worth),
        ended(found, ending),
        lambda: found.arrays,
        request.resuming(ending, _("draws")),
    )


def _check(draws: int, seed: int, indices: int) -> None:
    """Check numbers as typed.

    Raises
    ------
    InputError
        Where one makes no sense.
    """
    if draws < 1:
        raise typed_values.refused("--draws", str(draws), _("1 or more"))
    if seed < 0:
        raise typed_values.refused("--seed", str(seed), _("0 or more"))
    if indices:
        check_base(indices)


def _least(found: Simulation, seconds: float | None) -> Simulation:
    """Find the plan of least worst regret, where that is asked and the draws are done."""
    if seconds is None or found.ending is not Ending.DONE:
        return found
    with stoppable(), Watching() as watching:

        def watch(sought: RegretProgress) -> None:
            most = _("not known") if sought.high is None else points(sought.high, 2)
            text = several(
                "Least worst regret: {low} or more, {high} or less; {draws} draw decides so far; "
                "{seconds:.0f} s. Ctrl-C keeps the plan.",
                "Least worst regret: {low} or more, {high} or less; {draws} draws decide so far; "
                "{seconds:.0f} s. Ctrl-C keeps the plan.",
                sought.draws,
            )
            low = points(sought.low, 2)
            watching.tell(
                text.format(low=low, high=most, draws=sought.draws, seconds=sought.seconds)
            )

        return least_regret(found, seconds, watch=watch)


def _worth_finding_out(found: Simulation, request: StudyRequest) -> ValueOfInformation | None:
    """Find what is worth finding out before deciding, where all draws are done."""
    if found.ending is not Ending.DONE or _stopped_by_hand(found):
        return None
    with Watching() as watching:
        watch = request.teller(watching, _("recounts of doing nothing"))
        return value_of_information(found, watch=watch)


def _causes(
    found: Simulation, wanted: SimulationOptions, request: StudyRequest
) -> Sensitivity | None:
    """Find what causes the spread, where that is asked and the draws are done."""
    if not wanted.base or found.ending is not Ending.DONE:
        return None
    if _stopped_by_hand(found):
        return None
    with Watching() as watching:

        def watch(outcome: SpreadOf) -> Watcher:
            best = outcome is SpreadOf.BEST
            what = _("answers for indices") if best else _("recounts for indices")
            return request.teller(watching, what)

        return sensitivity(found, wanted.base, inputs=wanted.inputs, best=wanted.best, watch=watch)


def _stopped_by_hand(found: Simulation) -> bool:
    """Say whether Ctrl-C ended the search for the plan of least worst regret."""
    return found.least is not None and found.least.stop is Stop.INTERRUPTED


def ended(found: Simulation, ending: Ending) -> ExitCode:
    """Return what the shell is told."""
    if EXIT_CODE_OF_ENDING[ending] is not ExitCode.DONE or found.late:
        return ExitCode.STOPPED
    if found.least is not None and found.least.stop in (Stop.TIME_LIMIT, Stop.INTERRUPTED):
        return ExitCode.STOPPED
    return ExitCode.DONE if found.plans else ExitCode.NO_PLAN


def _one_of(option: str, text: str, words: type[Word], *others: Word) -> Word:
    """Return the word meant, one that is none of the others."""
    offered = tuple(word for word in words if word not in others)
    if text not in offered:
        raise typed_values.unknown(
            option, text, offered, _("one of: {words}").format(words=", ".join(offered))
        )
    return words(text)
