"""What prices are counted in: what the method of a case raises first."""

from collections.abc import Sequence
from dataclasses import dataclass

from choosebattles.case.decision_model import Method
from choosebattles.case.units import Id
from choosebattles.explain.why_answer import Interval, PriceUnit
from choosebattles.formulation.quantities import Expressions
from choosebattles.solving.outcome import GoalUnit, Outcome, Stage, Stop
from choosebattles.solving.solve import LEAST_GAIN
from choosebattles.translation import _
from choosebattles.vocabulary import Linear, Row, RowName


@dataclass(frozen=True)
class Aim:
    """A goal, in the words of any case of the same shape, and what the best plan reaches of it.

    ``ranges`` are, for the balanced method, the indices before and the best attainable alone.
    """

    counted: PriceUnit
    goal: str
    unit: GoalUnit
    best: Interval
    one: float = 1.0
    """What a gap of the goal is relative to where it is smaller."""
    first: Id = ""
    ranges: Sequence[tuple[Id, float, float]] = ()

    def expression(self, q: Expressions) -> Linear:
        """Return the goal."""
        match self.counted:
            case PriceUnit.OBJECTIVE:
                return q.objective
            case PriceUnit.FIRST:
                return q.index(self.first)
            case PriceUnit.SHARE:
                return _least(q)

    def rows(self, q: Expressions) -> tuple[Row, ...]:
        """Return the rows that the goal needs."""
        return tuple(
            Row(RowName("explain", (name,)), q.index(name) - before >= (best - before) * _least(q))
            for name, before, best in self.ranges
        )


def _least(q: Expressions) -> Linear:
    return q.column("explain[least gain]", low=None, high=None)


def aim_of(outcome: Outcome) -> Aim | None:
    """Return what the method of an outcome raises first, and between which numbers the best lies.

    The ranges of a balanced choice are held as the outcome found them. None where the method did
    not come so far.
    """
    case = outcome.case
    ranked = sorted(case.model.objectives, key=lambda objective: objective.weight, reverse=True)
    match case.model.method:
        case Method.WEIGHTED:
            return _weighted(outcome)
        case Method.LEXICOGRAPHIC:
            goal = _("the index {objective}, which comes first").format(objective=ranked[0].id)
            first = outcome.stages[0]
            return Aim(
                PriceUnit.FIRST, goal, GoalUnit.POINTS, _reached(first), first.one, ranked[0].id
            )
        case Method.BALANCED:
            return _balanced(outcome)


def _weighted(outcome: Outcome) -> Aim:
    goal = _("the weighted sum of the indices")
    last = outcome.stages[-1]
    return Aim(PriceUnit.OBJECTIVE, goal, GoalUnit.POINTS, _reached(last), last.one)


def _balanced(outcome: Outcome) -> Aim | None:
    assert outcome.recount is not None, "only plans are explained"
    objectives = [objective.id for objective in outcome.case.model.objectives]
    ranges = [
        (objective, float(outcome.recount.before.indices[objective]), stage.value)
        for objective, stage in zip(objectives, outcome.stages, strict=False)
        if stage.value is not None
    ]
    least = LEAST_GAIN * outcome.recount.unit
    kept = [index_range for index_range in ranges if index_range[2] - index_range[1] >= least]
    shares = [stage for stage in outcome.stages if stage.unit is GoalUnit.SHARE]
    if not kept and len(outcome.stages) > len(objectives):
        return _weighted(outcome)
    if not shares:
        return None
    goal = _("the smallest share of what each objective can gain")
    return Aim(PriceUnit.SHARE, goal, GoalUnit.SHARE, _reached(shares[0]), ranges=kept)


def _reached(stage: Stage) -> Interval:
    value = float("-inf") if stage.value is None else stage.value
    if stage.stop is Stop.OPTIMAL:
        return Interval(value, value)
    bound = float("inf") if stage.bound is None else stage.bound
    return Interval(value, max(value, bound))
