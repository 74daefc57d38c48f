r"""What intervals of scores do to the difference between two plans.

Where worth is additive in scores, the worth of a plan is a sum over its starts, and what two plans
have in common cancels: a score has one value, whichever plan is looked at. By how much plan *q*
may be worth more than plan *p*, at weights *w*, is then

.. math::

    V_w(q) - V_w(p) + \sum_{o, c} w_{g(c)} \max_{v \in [low, high]} \bigl(D_{oc}(v, q) -
    D_{oc}(v, p)\bigr),

where :math:`D_{oc}(v, \cdot)` is what the score *v* of option *o* on criterion *c*, instead of the
one in the case, adds to the index for the start that the plan has of it (0 where it has none). As
a positive score is lessened by delay and a negative one is not, *D* is linear on either side of 0.
Options of layers that saturate are left out: there worth is not additive.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from choosebattles.case.case import Case
from choosebattles.case.plan import Choice
from choosebattles.case.units import Id
from choosebattles.formulation.start_variables import start_column
from choosebattles.solving.resolver import Resolver
from choosebattles.uncertainty.altered_case import Parameter, altered
from choosebattles.uncertainty.ranges import Uncertain


@dataclass(frozen=True)
class ScoreEffect:
    """One score in an interval: what each of its values adds to the index, start by start.

    ``added`` has, by the column of a start, the points added at each of ``knots``; between them
    they are linear. At ``likely`` nothing is added.
    """

    option: Id
    criterion: Id
    objective: Id
    likely: float
    low: float
    high: float
    knots: tuple[float, ...]
    added: Mapping[str, tuple[float, ...]]
    parameter: Parameter

    def extremes(self, share: float) -> tuple[float, ...]:
        """Return the scores at which a difference may be largest, of a share of the interval."""
        low = self.likely + share * (self.low - self.likely)
        high = self.likely + share * (self.high - self.likely)
        return (low, high, 0.0) if low < 0 < high else (low, high)

    def at(self, column: str | None, score: float) -> float:
        """Return what a score adds to the index for a start; nothing where there is none."""
        if column is None:
            return 0.0
        return float(np.interp(score, self.knots, self.added[column]))

    def most(self, column: str | None, against: str | None, share: float) -> tuple[float, float]:
        """Return by how much one start can gain on another, and at which score."""
        return max(
            (self.at(column, score) - self.at(against, score), score)
            for score in self.extremes(share)
        )


@dataclass(frozen=True)
class ScoreRanges:
    """All scores in intervals; ``bent`` are options left out because their layer saturates."""

    effects: tuple[ScoreEffect, ...] = ()
    bent: tuple[Id, ...] = ()

    def case(self, case: Case, scores: Mapping[tuple[Id, Id], float]) -> Case:
        """Return the case with other scores, by option and criterion."""
        numbers = {
            effect.parameter: Decimal(repr(scores[effect.option, effect.criterion]))
            for effect in self.effects
            if (effect.option, effect.criterion) in scores
        }
        return altered(case, numbers)


def columns(choices: Sequence[Choice]) -> dict[Id, str]:
    """Return the columns of a plan by option."""
    return {choice.option: start_column(choice.option, choice.start) for choice in choices}


def score_ranges(case: Case, resolver: Resolver, ranges: Sequence[Uncertain]) -> ScoreRanges:
    """Return what intervals of scores do; ranges of other numbers are not looked at.

    Parameters
    ----------
    case
        The case, with its points for 100 written down.
    resolver
        A resolver of it.
    ranges
        Intervals, as :func:`choosebattles.uncertainty.draw.what_varies` returns them.
    """
    layers = {layer.id for layer in case.layers if layer.id and layer.full_credit is not None}
    rows = list(_scores(case, ranges))
    bent = tuple(
        dict.fromkeys(row.option for row in rows if case.investment_of[row.option].layer in layers)
    )
    rows = [row for row in rows if row.option not in bent and row.low < row.high]
    objective_of = {criterion.id: criterion.objective for criterion in case.model.criteria}
    effects: list[ScoreEffect] = []
    for criterion in dict.fromkeys(row.criterion for row in rows):
        those = [row for row in rows if row.criterion == criterion]
        goal = objective_of[criterion]
        base = resolver.expressions(case).index(goal).terms
        known = {
            name: resolver.expressions(
                altered(case, {row.parameter: row.value(name) for row in those})
            )
            .index(goal)
            .terms
            for name in ("low", "zero", "high")
        }
        for row in those:
            starts = [start.column for start in resolver.expressions(case).starts[row.option]]
            values = {"low": row.low, "high": row.high, "likely": row.likely}
            if row.low < 0 < row.high and row.likely != 0:
                values["zero"] = Decimal(0)
            order = sorted({value: name for name, value in values.items()}.items())
            added = {
                start: tuple(
                    0.0
                    if value == row.likely
                    else float(known[name].get(start, 0)) - float(base.get(start, 0))
                    for value, name in order
                )
                for start in starts
            }
            effects.append(
                ScoreEffect(
                    row.option,
                    criterion,
                    goal,
                    float(row.likely),
                    float(row.low),
                    float(row.high),
                    tuple(float(value) for value, _name in order),
                    added,
                    row.parameter,
                )
            )
    return ScoreRanges(tuple(effects), bent)


@dataclass(frozen=True)
class _Score:
    option: Id
    criterion: Id
    parameter: Parameter
    likely: Decimal
    low: Decimal
    high: Decimal

    def value(self, name: str) -> Decimal:
        return {"low": self.low, "zero": Decimal(0), "high": self.high}[name]


def _scores(case: Case, ranges: Sequence[Uncertain]) -> Iterator[_Score]:
    for range_ in ranges:
        for place, parameter in enumerate(range_.parameters):
            if not parameter.name.startswith("score."):
                continue
            (path,) = parameter.put(case, range_.likely[place])
            option = case.investments[int(path[1])].options[int(path[3])]
            ends = range_.likely[place], range_.low[place], range_.high[place]
            yield _Score(option.id, str(path[-1]), parameter, *ends)
