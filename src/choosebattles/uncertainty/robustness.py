r"""How robust a plan is: plans that nothing beats, sure choices, competitors, regret, radius.

A plan is *beaten* if another one is worth as much at all weights in question and more at some.
Worth is linear in the weights, so the corners :math:`w_1, \ldots, w_k` of the weights decide, and
what is not beaten are the Pareto-optimal plans of the objectives :math:`V_{w_1}, \ldots, V_{w_k}`,
ties included, each set of options once (Liesio, Mild and Salo, 2007,
doi:10.1016/j.ejor.2006.12.016). The *core index* of an option is the share of these sets that
contain it: 1 core, 0 exterior, else borderline. It is a hint, not a probability.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from pathlib import Path

import numpy as np

from choosebattles.arguments import check_ids, check_number
from choosebattles.audit.own_plan_column import typed_starts
from choosebattles.audit.points_and_weights import ScoreScale
from choosebattles.audit.recount import Recount
from choosebattles.case.case import Case
from choosebattles.case.investment import Decision
from choosebattles.case.parameter import hold_scale
from choosebattles.case.plan import Choice, Plan
from choosebattles.case.units import Id, Year
from choosebattles.errors import Fault, InputError
from choosebattles.execution import progress, run_pieces
from choosebattles.formulation.start_variables import start_column
from choosebattles.frontier.plans import PlanSearch, Wanted, one_of_each
from choosebattles.frontier.trace import PLANS, Traced, trace
from choosebattles.frontier.traded_measure import Mix
from choosebattles.notebook_display import Tabular
from choosebattles.solving.audited_plan import confirmed
from choosebattles.solving.outcome import Stop
from choosebattles.solving.resolver_question import SolverQuestion
from choosebattles.solving.search_limits import SearchLimits
from choosebattles.translation import _
from choosebattles.uncertainty.draw import Spread, what_varies
from choosebattles.uncertainty.ranges import Uncertain
from choosebattles.uncertainty.robustness_radius import Competitor, Rivalry, Rivals
from choosebattles.uncertainty.robustness_scores import ScoreRanges, score_ranges
from choosebattles.uncertainty.robustness_weights import (
    WeightRange,
    first_interval,
    typed_intervals,
    weight_range,
    with_intervals,
)
from choosebattles.uncertainty.robustness_within_time import (
    UNBEATEN,
    RobustAsking,
    RobustProgress,
    RobustStopped,
    Watcher,
)
from choosebattles.uncertainty.simulate import Simulation, simulate
from choosebattles.uncertainty.study_options import StudyOptions
from choosebattles.uncertainty.weight_draws import Weights
from choosebattles.vocabulary import Linear, Row, RowName
from choosebattles.workbook.reader import as_case

MOST_CORNERS = 3
"""Corners of the weights up to which all plans that nothing beats can be found."""

MOST = 10
"""Sets of options that are listed as competitors for each corner of the weights, at most."""

Ends = tuple[Fraction | Decimal | float, Fraction | Decimal | float]
"""Where an interval of a weight begins and ends, as shares of 1."""

EVERY = "every"
"""Use the intervals of all objectives that have one."""

HALF = 0.5
"""Share of the time that the search for competitors may take."""


@dataclass(frozen=True)
class Draws:
    """How many draws, how they are done, and who is told of their progress."""

    number: int
    options: StudyOptions | None = None
    watch: progress.Watcher | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        """Refuse what is no number of draws.

        Raises
        ------
        InputError
            For anything but a whole number from 1 on.
        """
        check_number("number", self.number, 1, whole=True)


@dataclass(frozen=True)
class Limits:
    """How exactly and how long to search.

    ``gap`` is the relative gap of the search for the best plan and for competitors, 0 for full
    proof; ``time_limit`` is the seconds after which what is known so far is returned (draws come
    on top), None for no limit.
    """

    gap: float = 0.0
    time_limit: float | None = None

    def __post_init__(self) -> None:
        """Refuse what is no limit.

        Raises
        ------
        InputError
            For a gap or a time limit below 0, or anything that is no number.
        """
        check_number("gap", self.gap)
        check_number("time_limit", self.time_limit, unit=_("seconds"), none=True)


class Core(StrEnum):
    """What plans that nothing beats do with an option."""

    CORE = "core"
    BORDERLINE = "borderline"
    EXTERIOR = "exterior"
    NOT_PROVED = "not proved"


@dataclass(frozen=True)
class Unbeaten:
    """A plan that no other one beats, and what it is worth at each corner of the weights."""

    plan: Plan
    recount: Recount
    worth: tuple[Fraction, ...]

    @property
    def taken(self) -> frozenset[Id]:
        """Return the options that it takes."""
        return self.plan.taken


@dataclass(frozen=True)
class UnbeatenPlans:
    """Plans that nothing beats, each set of options once, by rising worth at the first corner.

    ``complete`` says that there are no others, ``sound`` that each is unbeaten: both proved.
    """

    plans: tuple[Unbeaten, ...]
    complete: bool
    sound: bool


@dataclass(frozen=True)
class Voices:
    """What four ways of asking say of one option; None where one was not asked or cannot tell.

    ``competitors`` is how many competitors decide otherwise than the plan, ``regret`` by how many
    points the worst of them may be better; ``acceptability`` is a share of draws.
    """

    option: Id
    in_plan: bool
    core: Core | None
    core_index: float | None
    competitors: int
    regret: float
    acceptability: float | None


@dataclass(frozen=True, repr=False)
class Robustness(Tabular):
    """How robust a plan is within intervals of weights and scores.

    ``unbeaten`` is None where the weights have too many corners. ``other_ranges`` is how many
    ranges are of other numbers than scores; they play no part but in the draws.
    """

    case: Case
    weights: WeightRange
    scores: ScoreRanges
    other_ranges: int
    plan: Plan | None
    recount: Recount | None
    proposed: bool
    """Whether the plan is the user's; otherwise it is the best one as things stand."""
    plan_is_best: bool
    rivalry: Rivalry
    unbeaten: UnbeatenPlans | None
    drawn: Simulation | None
    dearer: bool
    stop: Stop
    seconds: float = field(compare=False)

    @property
    def summary(self) -> str:
        """Return how many competitors are known, and the regret that is possible."""
        low, high = self.rivalry.regret
        return _(
            "Robustness of {case}: {number} competitors, {proof}; regret {low} to {high}"
        ).format(
            case=self.case.name or _("a case"),
            number=len(self.rivalry.competitors),
            proof=_("no others: proved") if self.rivalry.complete else _("others are possible"),
            low=f"{low:,.4g}",
            high=_("not known") if high is None else f"{high:,.4g}",
        )

    @property
    def arrays(self) -> dict[str, np.ndarray]:
        """Return the voices as one array for each column, a row for each option.

        ``option``, ``in_plan``, ``core`` (empty where not asked), ``core_index``, ``competitors``,
        ``regret`` in points, ``acceptability`` as a share of 1; not a number where not known.
        """
        rows = self.voices
        return {
            "option": np.array([row.option for row in rows]),
            "in_plan": np.array([row.in_plan for row in rows], dtype=bool),
            "core": np.array([row.core or "" for row in rows], dtype=str),
            "core_index": np.array([row.core_index for row in rows], dtype=float),
            "competitors": np.array([row.competitors for row in rows], dtype=int),
            "regret": np.array([row.regret for row in rows]),
            "acceptability": np.array([row.acceptability for row in rows], dtype=float),
        }

    @property
    def core_index(self) -> Mapping[Id, float]:
        """Return the share of the plans that nothing beats that contain each option."""
        if self.unbeaten is None or not self.unbeaten.plans:
            return {}
        number = len(self.unbeaten.plans)
        return {
            name: sum(name in plan.taken for plan in self.unbeaten.plans) / number
            for name in self.case.options
        }

    def core(self, option: Id) -> Core | None:
        """Return what the plans that nothing beats do with an option; None where not asked."""
        if self.unbeaten is None or not self.unbeaten.plans:
            return None
        index = self.core_index[option]
        if self.unbeaten.sound and 0 < index < 1:
            return Core.BORDERLINE
        if not self.unbeaten.complete:
            return Core.NOT_PROVED
        return Core.CORE if index == 1 else Core.EXTERIOR

    @property
    def voices(self) -> tuple[Voices, ...]:
        """Return the four voices for each option, in the order of the case."""
        if self.plan is None:
            return ()
        mine = self.plan.taken
        index = self.core_index
        rows = []
        for name in self.case.options:
            against = self.against(name)
            rows.append(
                Voices(
                    name,
                    name in mine,
                    self.core(name),
                    index.get(name),
                    len(against),
                    max((competitor.regret for competitor in against), default=0.0),
                    None if self.drawn is None else self.drawn.acceptability.get(name),
                )
            )
        return tuple(rows)

    def against(self, option: Id) -> list[Competitor]:
        """Return the competitors that decide otherwise on an option than the plan does."""
        if self.plan is None:
            return []
        kept = option in self.plan.taken
        return [
            competitor
            for competitor in self.rivalry.competitors
            if (option in competitor.taken) is not kept
        ]


def robustness(
    case: Case | Path | str,
    *,
    weights: Mapping[Id, Ends] | str | None = None,
    spreads: Sequence[Spread] = (),
    plan: Mapping[Id, Year | None] | None = None,
    dearer: bool = True,
    draws: Draws | None = None,
    limits: Limits | None = None,
    watch: Watcher | None = None,
) -> Robustness:
    """Return how robust a plan is while weights and scores lie within intervals.

    Parameters
    ----------
    case
        Facts and decision model; the method plays no part: what counts is the weighted sum of
        the indices.
    weights
        Intervals of weights as shares of 1, by objective. Unless given, the first one that is
        open between Weight low and Weight high; ``"every"`` for all of these. Objectives without
        an interval share what is left as their likely weights do.
    spreads
        Ranges of scores that have none on the sheet Ranges.
    plan
        The plan in question: ids of options with years of their starts, None where the year is
        open. Unless given, the column Own plan; where that is empty, the best plan.
    dearer
        Whether competitors may cost more than the plan, as far as the money goes.
    draws
        How many draws tell the acceptability of options, and how they are done; none unless given.
    limits
        How exactly and how long to search: full proof, and no limit, unless given.
    watch
        Told of progress.

    Raises
    ------
    InputError
        Where nothing is in an interval, an interval makes no sense, or the plan cannot be carried
        out.
    SolverError
        Where the solver fails.
    AuditError
        Where the independent recount does not confirm a plan.
    """
    case = as_case(case)
    limits = limits or Limits()
    case = hold_scale(case, ScoreScale(case).points_for_100)
    about = _weights_in_question(case, weights)
    ranges = _ranges(case, spreads)
    typed = (typed_starts(case) or None) if plan is None else plan
    check_ids("plan", typed or (), case.options, _("an option of this case"))
    whole = limits.time_limit
    asking = RobustAsking(case, None if whole is None else whole * HALF, watch)
    scores = score_ranges(case, asking.resolver, ranges)
    if len(about.corners) < 2 and not scores.effects:
        raise _nothing()
    search = _RobustSearch(asking, about, scores, typed, plan is None, dearer, limits.gap)
    stop = search.run()
    unbeaten = drawn = None
    if search.plan is not None and stop is not Stop.INTERRUPTED:
        left = None if whole is None else whole - asking.seconds
        unbeaten, ended = _unbeaten(case, about, left, watch, search.plan)
        stop = stop if ended is Stop.OPTIMAL else ended
        if draws is not None and stop is not Stop.INTERRUPTED:
            drawn, ended = _drawn(case, about, spreads, draws)
            stop = stop if ended is Stop.OPTIMAL else ended
    return Robustness(
        case,
        about,
        scores,
        sum(not range_.name.startswith("score") for range_ in ranges),
        search.plan,
        search.counted,
        typed is not None,
        search.is_best,
        search.rivalry,
        unbeaten,
        drawn,
        dearer,
        stop,
        asking.seconds,
    )


def _weights_in_question(case: Case, weights: Mapping[Id, Ends] | str | None) -> WeightRange:
    if weights is None:
        return weight_range(case, first_interval(case))
    if isinstance(weights, str):
        if weights != EVERY:
            message = f"weights must be intervals or {EVERY!r}"
            raise ValueError(message)
        return weight_range(case, typed_intervals(case))
    return weight_range(
        case,
        {name: (Fraction(str(low)), Fraction(str(high))) for name, (low, high) in weights.items()},
    )


def _drawn(
    case: Case, about: WeightRange, spreads: Sequence[Spread], draws: Draws
) -> tuple[Simulation | None, Stop]:
    """Draw what is uncertain, weights within the intervals in question and no others.

    Ctrl-C keeps the draws that are done, and all that was found before them.
    """
    altered = with_intervals(case, about.intervals)
    kind = Weights.INTERVALS if len(about.corners) > 1 else Weights.FIXED
    uncertain = what_varies(altered, spreads=spreads, weights=kind)
    try:
        found = simulate(altered, uncertain, draws.number, draws.options, watch=draws.watch)
    except KeyboardInterrupt:
        return None, Stop.INTERRUPTED
    by_hand = found.ending is run_pieces.Ending.INTERRUPTED
    return (found if found.rows else None), Stop.INTERRUPTED if by_hand else Stop.OPTIMAL


def _ranges(case: Case, spreads: Sequence[Spread]) -> tuple[Uncertain, ...]:
    if not case.ranges and not spreads:
        return ()
    return what_varies(case, spreads=spreads, weights=Weights.FIXED).ranges


@dataclass
class _RobustSearch:
    """The plan in question, and what may be better."""

    asking: RobustAsking
    weights: WeightRange
    scores: ScoreRanges
    typed: Mapping[Id, Year | None] | None
    in_workbook: bool
    """Whether the plan was typed in the column Own plan."""
    dearer: bool
    gap: float
    plan: Plan | None = None
    counted: Recount | None = None
    is_best: bool = False
    rivalry: Rivalry = field(default_factory=Rivalry)

    def run(self) -> Stop:
        rivals = None
        stop = Stop.OPTIMAL
        try:
            if not self._propose():
                return Stop.INFEASIBLE
            assert self.plan is not None
            assert self.counted is not None
            rivals = Rivals(
                self.asking,
                self.plan,
                self.counted,
                self.weights,
                self.scores,
                MOST,
                self.gap,
                self.dearer,
            )
            rivals.look()
        except RobustStopped as stopped:
            stop = stopped.stop
        except KeyboardInterrupt:
            stop = Stop.INTERRUPTED
        if rivals is not None:
            self.rivalry = rivals.result()
        return stop

    def _propose(self) -> bool:
        """Find the best start years of the plan that was typed, or the best plan."""
        if self.typed is None:
            reply = self.asking.ask(SolverQuestion(gap=self.gap))
            self.is_best = reply.stop is Stop.OPTIMAL
        else:
            reply = self.asking.ask(self._as_typed(self.typed))
        if reply.choices is None:
            if self.typed is not None:
                raise self._impossible(self.typed)
            return False
        self.plan, self.counted = confirmed(self.asking.case, reply.choices)
        return True

    def _impossible(self, typed: Mapping[Id, Year | None]) -> InputError:
        names = (name if year is None else f"{name}={year}" for name, year in typed.items())
        expected = _("a plan that the money, the people and the rules allow")
        advice = _("The command own says what the plan breaks.")
        found = _("a plan that cannot be carried out: {names}").format(names="; ".join(names))
        sheet, column = ("Investments", _("Own plan")) if self.in_workbook else ("", "plan")
        return InputError([Fault("", sheet, "", column, "CB-R09", found, expected, advice)])

    def _as_typed(self, typed: Mapping[Id, Year | None]) -> SolverQuestion:
        case = self.asking.case
        under_way = {
            name for name, option in case.options.items() if option.decision is Decision.ONGOING
        }
        those = frozenset(typed) | under_way
        rows = []
        for name, year in typed.items():
            if year is not None and name not in under_way:
                starts = {start.column for start in self.asking.q.starts[name]}
                start = start_column(name, year)
                if start not in starts:
                    raise self._impossible(typed)
                rows.append(Row(RowName("plan", (name,)), Linear({start: 1}) >= 1))
        leave = frozenset(case.options) - those
        return SolverQuestion(take=those, leave=leave, rows=tuple(rows), gap=0.0)


def _unbeaten(
    case: Case,
    about: WeightRange,
    time_limit: float | None,
    watch: Watcher | None,
    plan: Plan,
) -> tuple[UnbeatenPlans | None, Stop]:
    """Find the plans that nothing beats."""
    goals = tuple(
        Mix(f"weights {number}", weights=tuple(corner.items()))
        for number, corner in enumerate(about.corners, 1)
    )
    if len(goals) > MOST_CORNERS:
        return None, Stop.OPTIMAL
    limit = None if time_limit is None else max(0.0, time_limit)
    if len(goals) == 1:
        plans, complete, sound, stop = _ties(case, goals[0], plan, limit)
    else:

        def report_progress(traced: Traced) -> None:
            if watch is not None:
                watch(RobustProgress(UNBEATEN, traced.points, traced.seconds))

        found = trace(
            case, objectives=goals, time_limit=limit, plans=Wanted.ALL, watch=report_progress
        )
        plans = one_of_each(
            choices for point in found.points for choices in point.plans or (point.plan.choices,)
        )
        complete = found.complete and all(point.all_plans for point in found.points)
        sound, stop = found.complete, found.stop
        if stop is Stop.OPTIMAL and not complete:
            stop = Stop.TIME_LIMIT if time_limit is not None else Stop.GAP
    rows = []
    for choices in plans:
        checked, counted = confirmed(case, choices)
        rows.append(Unbeaten(checked, counted, tuple(goal.of(counted) for goal in goals)))
    rows.sort(key=lambda row: (row.worth[0], -row.worth[-1], sorted(row.taken)))
    return UnbeatenPlans(tuple(rows), complete, sound), stop


def _ties(
    case: Case, goal: Mix, plan: Plan, limit: float | None
) -> tuple[tuple[tuple[Choice, ...], ...], bool, bool, Stop]:
    """Find all sets of options that are best at the one weights there are."""
    asking = RobustAsking(case, limit)
    asking.resolver.add_solution(plan.choices)
    q = asking.q
    try:
        one = goal.one(case)
        reply = asking.ask(SolverQuestion(goal=goal.raised(q), gap=0.0, unit=one))
    except RobustStopped as stopped:
        return (plan.choices,), False, False, stopped.stop
    if reply.choices is None or reply.stop is not Stop.OPTIMAL:
        return (plan.choices,), False, False, reply.stop
    _best, counted = confirmed(case, reply.choices)
    known = PlanSearch(case, (goal,)).plans(
        reply.choices, [float(goal.of(counted)) / one], most=PLANS, limits=SearchLimits(asking.left)
    )
    if known is None:
        return (reply.choices,), False, True, Stop.INTERRUPTED
    return known.plans, known.every, True, Stop.OPTIMAL if known.every else Stop.GAP


def _nothing() -> InputError:
    found = _("no weight and no score in an interval")
    expected = _("an open interval of a weight, or a range of a score")
    advice = _(
        "Fill in Weight low and Weight high on the sheet Objectives, or try "
        "--weights autonomy=30%..70% or --spread score=10."
    )
    return InputError([Fault("", "Objectives", "", "", "CB-R21", found, expected, advice)])
