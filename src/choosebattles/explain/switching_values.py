r"""Switching values: how much dearer, or how much better scored, until a decision flips.

**Cost.** With :math:`u_s = \varphi x_s`, where *s* runs over the starts of what is asked about,
every cost :math:`c_s x_s` in a row becomes :math:`c_s u_s`, and

.. math::

    \max \sum_s u_s \quad \text{s.t.} \quad u_s \le \Phi x_s, \quad \sum_s x_s = 1, \quad
    goal(x) \ge \text{the best without it}

is the largest factor at which it is worth taking. Grown costs are whole thousandths of a million,
which no program can round: the upper end is that of costs a little lower in every row than any
rounding makes them, the lower end one of costs a little higher.

**Scores.** With :math:`v_s = \delta x_s` in the goal, in bends, floors and limits, the least
:math:`\delta`, or the largest reduction, at which it is worth taking. A score above 0 loses by
delay, one below does not: what a point more brings is then concave and stands in a row for each
of its pieces.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from choosebattles.case.case import Case
from choosebattles.case.investment import Option
from choosebattles.case.plan import Choice
from choosebattles.case.units import Id
from choosebattles.explain.why_answer import Interval
from choosebattles.explain.why_effects import (
    CostEffects,
    Effects,
    cost_effects,
    delay_share,
    score_effects,
)
from choosebattles.explain.why_price_measure import Aim
from choosebattles.formulation.arrays import as_arrays
from choosebattles.formulation.program import Program, sides
from choosebattles.formulation.start_variables import ProgramColumn
from choosebattles.solving.highs_model import Ended, Extra, HighsModel
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import Stop
from choosebattles.solving.search_limits import SearchLimits
from choosebattles.solving.tolerances import KEPT, size
from choosebattles.vocabulary import Row, RowName

_GOAL = RowName("explain", ("goal",))

MOST_FACTOR = 10.0
"""The largest factor on costs that is looked for."""

SCALE_END = Decimal(100)
"""Scores lie between minus and plus this."""

FINE = 1e-3
"""How exactly a factor, or a share of the largest addition, is searched."""

ROUNDED = 0.5
"""Thousandths of a million by which rounding moves a cost, in a case without growth."""


class Sides(NamedTuple):
    """A row while it is changed: coefficients by column, and its bounds."""

    terms: dict[str, float]
    low: float
    high: float


@dataclass(frozen=True)
class SwitchQuestion:
    """The options whose switching value is asked for.

    ``without`` is what the best plan without it is worth,
    ``free`` the rows of decisions typed for it, which are not asked; ``known`` a plan with it.
    """

    options: tuple[Option, ...]
    without: Interval
    free: tuple[RowName, ...]
    known: tuple[Choice, ...] | None
    wanted: bool
    """Whether it is worth taking as it stands."""


class SwitchingValues:
    """A program in HiGHS whose costs and scores of one option are columns for a while."""

    def __init__(self, case: Case, program: Program, aim: Aim) -> None:
        self._case, self._program, self._aim = case, program, aim
        q = program.quantities
        self._goal = aim.expression(q)
        self._extra = aim.rows(q)
        self._arrays = as_arrays(program)
        self._columns = [
            *(column for column in q.columns.values() if column.name not in self._arrays.names),
            *(
                ProgramColumn(
                    f"explain[{word},{number}]", None if word == "gain" else 0, None, integer=False
                )
                for word in ("change", "gain")
                for number in range(max(map(len, q.starts.values())) * _most_options(case))
            ),
        ]
        self._row = {name: number for number, name in enumerate(program.rows)}
        self._known_sides: dict[RowName, Sides] = {}

    @cached_property
    def _costs(self) -> CostEffects | None:
        return cost_effects(self._program)

    @cached_property
    def _scores(self) -> dict[Id, Effects]:
        return {
            objective.id: score_effects(self._program, self._aim, objective.id)
            for objective in self._case.model.objectives
            if self._case.criteria_of[objective.id]
        }

    @cached_property
    def _search(self) -> HighsModel:
        return self._model(integer=True)

    @cached_property
    def _relaxed(self) -> HighsModel:
        return self._model(integer=False)

    def _model(self, *, integer: bool) -> HighsModel:
        model = HighsModel(self._arrays, integer=integer)
        model.add_columns(self._columns)
        return model

    @property
    def work(self) -> float:
        """Return the units of work that all runs so far have done."""
        models = (self.__dict__.get(name) for name in ("_search", "_relaxed"))
        return sum(float(model.work) for model in models if model is not None)

    # Costs

    def has_costs(self, options: Sequence[Option]) -> bool:
        """Say whether a factor on the costs of options could change anything."""
        costs = self._costs
        return costs is not None and any(start in costs.costs for start in self._starts(options))

    def factor(
        self, question: SwitchQuestion, limits: SearchLimits | None
    ) -> tuple[Interval, Stop]:
        """Return between which numbers the largest factor lies; without limits, at a glance."""
        starts = self._starts(question.options)
        loose = self._cost_rows(starts, question.without.low, -1)
        aim = {_change(number): 1.0 for number in range(len(starts))}
        ended = self._run_question(question, loose, aim, limits, MOST_FACTOR)
        if ended.stop is Stop.INFEASIBLE:
            return Interval(-math.inf, -math.inf), ended.stop
        bound = math.inf if ended.bound is None else ended.bound
        high = bound if bound < MOST_FACTOR * (1 - FINE) else math.inf
        low = 1.0 if question.wanted else -math.inf
        tight = self._exact_rows(
            self._cost_rows(starts, question.without.high, 1), question.without.high
        )
        for plan in self._plans(ended, question, limits):
            reached = self._value_of_plan(question, tight, aim, plan)
            if reached is not None:
                low = max(low, reached)
        if low == -math.inf and limits is not None:
            at_no_cost, stop = self._worth_at_no_cost(question, starts, limits)
            if at_no_cost is None:
                return Interval(low, high), stop
            if not at_no_cost:
                return Interval(-math.inf, -math.inf), stop
            low = 0.0
        stop = Stop.OPTIMAL if low >= MOST_FACTOR * (1 - 2 * FINE) else ended.stop
        return Interval(low, max(high, low)), stop

    def _worth_at_no_cost(
        self, question: SwitchQuestion, starts: Sequence[str], limits: SearchLimits
    ) -> tuple[bool | None, Stop]:
        """Say whether it is worth taking if it costs nothing, where no rounding is in the way.

        None where that is not found out.
        """
        least, most = question.without.low, question.without.high
        free = self._cost_rows(starts, least, 0)
        free |= {
            RowName("explain", ("change", str(number))): Sides(
                {_change(number): 1.0}, -math.inf, 0.0
            )
            for number in range(len(starts))
        }
        goal = {name: float(coefficient) for name, coefficient in self._goal.terms.items()}
        ended = self._run_question(question, free, goal, limits, 0.0)
        if ended.stop is Stop.INFEASIBLE:
            return False, ended.stop
        firm = self._exact_rows(free, most)
        plans = self._plans(ended, question, limits)
        if any(self._value_of_plan(question, firm, goal, plan) is not None for plan in plans):
            return True, ended.stop
        return None, ended.stop

    def _cost_rows(self, starts: Sequence[str], least: float, sign: int) -> dict[RowName, Sides]:
        """Return the rows in which costs of the starts stand, with columns for costs times factor.

        ``sign`` is 1 where rounding goes against the plan, -1 where it helps.
        """
        costs = self._costs
        assert costs is not None, "asked only where there are costs"
        growth = float(1 + self._case.cost_growth) ** self._case.years
        room = ROUNDED if growth == 1 else ROUNDED * (2 + max(1.0, growth))
        rows = self._common_rows(starts, least, MOST_FACTOR)
        for number, start in enumerate(starts):
            for name, cost in costs.costs.get(start, {}).items():
                terms, _low, high = rows.setdefault(name, self._sides(name))
                rounding = room * abs(costs.thousandth.get(start, {}).get(name, 0.0))
                harder = rounding if math.isfinite(high) else -rounding
                terms[start] = terms.get(start, 0.0) - cost + sign * harder
                terms[_change(number)] = cost
        return rows

    # Scores

    def objectives(self) -> tuple[Id, ...]:
        """Return the objectives on which options have scores."""
        return tuple(self._scores)

    def points(self, options: Sequence[Option], objective: Id) -> dict[str, float] | None:
        """Return what a point on an objective adds to the goal, by start.

        None where it does more than that: in bends, floors and limits, or where delay counts.
        """
        effects = self._scores[objective]
        starts = self._starts(options)
        if any(option.delay_loss for option in options):
            return None
        if any(effects.rows.get(start) or effects.extra.get(start) for start in starts):
            return None
        return {start: effects.goal.get(start, 0.0) for start in starts}

    def by_price(
        self, question: SwitchQuestion, points: Mapping[str, float], price: Interval
    ) -> Interval:
        """Return what the price alone says of an addition that changes nothing but the goal."""
        most, least = max(points.values(), default=0.0), min(points.values(), default=0.0)
        own = max((points[start] for start in self.known(question)), default=0.0)
        price = Interval(max(0.0, price.low), max(0.0, price.high))
        if question.wanted:
            return Interval(
                _points_to_outweigh(price.low, own), _points_to_outweigh(price.high, least)
            )
        return Interval(_points_to_outweigh(price.low, most), _points_to_outweigh(price.high, own))

    def room(self, question: SwitchQuestion, objective: Id) -> float:
        """Return by how much every score may change and stay on the scale."""
        criteria = [
            criterion.id for criterion in self._case.criteria_of[objective] if criterion.weight > 0
        ]
        scores = [
            option.score.get(criterion, Decimal(0))
            for option in question.options
            for criterion in criteria
        ]
        end = min(scores) + SCALE_END if question.wanted else SCALE_END - max(scores)
        return float(end)

    def addition(
        self, question: SwitchQuestion, objective: Id, limits: SearchLimits | None
    ) -> tuple[Interval, Stop]:
        """Return by how much scores must rise, or may fall, for the decision to flip.

        What would leave the scale is infinite. Without limits, at a glance.
        """
        starts = self._starts(question.options)
        most = self.room(question, objective)
        if most <= 0:
            return Interval(math.inf, math.inf), Stop.OPTIMAL
        up = 1.0 if question.wanted else -1.0
        rows = self._score_rows(question, objective, starts, most)
        firm = self._exact_rows(rows, question.without.high)
        aim = {_change(number): up for number in range(len(starts))}
        ended = self._run_question(question, rows, aim, limits, most)
        if ended.stop is Stop.INFEASIBLE:
            return Interval(math.inf, math.inf), ended.stop
        bound = None if ended.bound is None else up * ended.bound
        reached = [
            up * change
            for plan in self._plans(ended, question, limits)
            if (change := self._value_of_plan(question, firm, aim, plan)) is not None
        ]
        if question.wanted:
            low, high = max(reached, default=0.0), most if bound is None else min(most, bound)
            if low >= most * (1 - FINE):
                return Interval(math.inf, math.inf), Stop.OPTIMAL
            return Interval(low, max(low, high)), ended.stop
        high = min(reached, default=math.inf)
        low = 0.0 if bound is None else max(0.0, bound)
        return Interval(min(low, high), high), ended.stop

    def _score_rows(
        self, question: SwitchQuestion, objective: Id, starts: Sequence[str], most: float
    ) -> dict[RowName, Sides]:
        effects = self._scores[objective]
        sign = -1.0 if question.wanted else 1.0
        rows = self._common_rows(starts, question.without.low, most)
        owner = [
            option
            for option in question.options
            for _each in self._program.quantities.starts[option.id]
        ]
        for number, (start, option) in enumerate(zip(starts, owner, strict=True)):
            pieces = list(self._pieces(option, objective, start))
            plain = pieces == [(1.0, 0.0)]
            gain = {_change(number): sign} if plain else {_gain(number): 1.0}
            if not plain:
                for piece, (slope, fixed) in enumerate(pieces):
                    terms = {_gain(number): 1.0, _change(number): -sign * slope, start: -fixed}
                    rows[RowName("explain", ("piece", str(number), str(piece)))] = Sides(
                        terms, -math.inf, 0.0
                    )
            moves = (*effects.rows.get(start, {}).items(), *effects.extra.get(start, {}).items())
            for name, by in moves:
                row = rows.setdefault(name, self._sides(name))
                typed = {_change(number): sign} if name.unit == "limits" else gain
                _add(row.terms, typed, by)
            _add(rows[_GOAL].terms, gain, effects.goal.get(start, 0.0))
        return rows

    def _pieces(self, option: Option, objective: Id, start: str) -> Iterator[tuple[float, float]]:
        """Yield the lines below which stays what an addition to the scores brings."""
        kept = delay_share(self._program.quantities, option, start)
        criteria = self._case.criteria_of[objective]
        total = float(sum(criterion.weight for criterion in criteria))
        scores = [
            (float(criterion.weight) / total, float(option.score.get(criterion.id, 0)))
            for criterion in criteria
        ]
        if kept == 1.0:
            yield 1.0, 0.0
            return

        def worth(change: float) -> float:
            return sum(
                weight * (score + change) * (kept if score + change > 0 else 1.0)
                for weight, score in scores
            )

        typed = worth(0.0)
        ends = sorted({-score for _weight, score in scores})
        middles = [ends[0] - 1, *((a + b) / 2 for a, b in pairwise(ends))]
        for middle in (*middles, ends[-1] + 1):
            slope = sum(weight * (kept if score + middle > 0 else 1.0) for weight, score in scores)
            yield slope, worth(middle) - typed - slope * middle

    # Programs

    def _starts(self, options: Sequence[Option]) -> list[str]:
        starts = self._program.quantities.starts
        return [start.column for option in options for start in starts[option.id]]

    def known(self, question: SwitchQuestion) -> list[str]:
        """Return the columns of the starts in the known plan."""
        own = {*self._starts(question.options)}
        return [column for column in self._start_columns(question.known or ()) if column in own]

    def _start_columns(self, choices: Sequence[Choice]) -> Iterator[str]:
        starts = self._program.quantities.starts
        for choice in choices:
            for start in starts[choice.option]:
                if self._case.first_year + start.year == choice.start:
                    yield start.column

    def _sides(self, name: RowName) -> Sides:
        if name not in self._known_sides:
            row = self._program.rows.get(name) or next(
                row_there for row_there in self._extra if row_there.name == name
            )
            self._known_sides[name] = _sides(row)
        known = self._known_sides[name]
        return known._replace(terms=dict(known.terms))

    def _common_rows(
        self, starts: Sequence[str], least: float, most: float
    ) -> dict[RowName, Sides]:
        """Return the rows that both questions have: it is taken, and worth taking.

        What is searched with them may be worth a little less; :meth:`_exact_rows` is for proofs.
        """
        room = KEPT * size(least, self._aim.one)
        goal = {name: float(coefficient) for name, coefficient in self._goal.terms.items()}
        low = least - room - float(self._goal.constant)
        rows = {
            _GOAL: Sides(goal, low, math.inf),
            RowName("explain", ("taken",)): Sides(dict.fromkeys(starts, 1.0), 1.0, math.inf),
        }
        rows |= {row.name: _sides(row) for row in self._extra}
        for number, start in enumerate(starts):
            change = {_change(number): 1.0, start: -most}
            rows[RowName("explain", ("change", str(number)))] = Sides(change, -math.inf, 0.0)
        return rows

    def _exact_rows(self, rows: Mapping[RowName, Sides], least: float) -> dict[RowName, Sides]:
        """Return rows with which a plan is worth so much, and nothing less because of rounding."""
        low = least - float(self._goal.constant)
        return {**rows, _GOAL: rows[_GOAL]._replace(low=low)}

    def _run_question(
        self,
        question: SwitchQuestion,
        rows: Mapping[RowName, Sides],
        aim: Mapping[str, float],
        limits: SearchLimits | None,
        most: float,
    ) -> Ended:
        model = self._relaxed if limits is None else self._search
        gap = FINE * max(1.0, most) if limits is not None else 0.0
        options = replace(Options(gap=min(gap, 0.01)), **(limits or SearchLimits())._asdict())
        start = None
        if limits is not None and question.known is not None:
            start = np.full(len(model.names), np.nan)
            integers = np.flatnonzero(self._arrays.integer)
            start[integers] = 0
            start[[model.position[column] for column in self._start_columns(question.known)]] = 1
        return self._run_with_rows(model, question, rows, aim, options, start)

    def _value_of_plan(
        self,
        question: SwitchQuestion,
        rows: Mapping[RowName, Sides],
        aim: Mapping[str, float],
        plan: frozenset[str],
    ) -> float | None:
        """Return what a plan reaches, by its starts; None where it is not allowed."""
        model = self._relaxed
        integers = np.flatnonzero(self._arrays.integer)
        fixed = np.array([float(self._arrays.names[column] in plan) for column in integers])
        model.bound_columns(integers, fixed, fixed)
        ended = self._run_with_rows(model, question, rows, aim, Options(), None)
        model.bound_columns(integers, self._arrays.low[integers], self._arrays.high[integers])
        return ended.bound if ended.stop is Stop.OPTIMAL else None

    def _plans(
        self, ended: Ended, question: SwitchQuestion, limits: SearchLimits | None
    ) -> Iterator[frozenset[str]]:
        """Yield the plans whose value is known: the one found, and the one known before."""
        if ended.values is not None and limits is not None:
            integers = np.flatnonzero(self._arrays.integer)
            yield frozenset(
                self._arrays.names[column] for column in integers if ended.values[column] > 0.5
            )
        if question.known is not None:
            yield frozenset(self._start_columns(question.known))

    def _run_with_rows(
        self,
        model: HighsModel,
        question: SwitchQuestion,
        rows: Mapping[RowName, Sides],
        aim: Mapping[str, float],
        options: Options,
        start: np.ndarray | None,
    ) -> Ended:
        """Run a model with rows put in the place of its own of the same name."""
        own = [self._row[name] for name in (*rows, *question.free) if name in self._row]
        replaced = np.array(sorted({*own}), dtype=int)
        free = np.full(len(replaced), math.inf)
        model.bound_rows(replaced, -free, free)
        model.set_extra_rows([_extra(row, model.position) for row in rows.values()])
        costs = np.zeros(len(model.names))
        for name, number in aim.items():
            costs[model.position[name]] = number
        model.set_objective(costs, 0.0)
        ended = model.run(options, start=start)
        model.set_extra_rows([])
        a = self._arrays
        model.bound_rows(replaced, a.row_low[replaced], a.row_high[replaced])
        return ended


def _most_options(case: Case) -> int:
    return max(len(investment.options) for investment in case.investments)


def _change(number: int) -> str:
    return f"explain[change,{number}]"


def _gain(number: int) -> str:
    return f"explain[gain,{number}]"


def _points_to_outweigh(price: float, each_point: float) -> float:
    if price == 0.0:
        return 0.0
    return price / each_point if each_point > 0 else math.inf


def _add(terms: dict[str, float], more: Mapping[str, float], times: float) -> None:
    for name, number in more.items():
        terms[name] = terms.get(name, 0.0) + times * number


def _sides(row: Row) -> Sides:
    terms = {
        name: float(coefficient) for name, coefficient in row.constraint.expression.terms.items()
    }
    return Sides(terms, *sides(row))


def _extra(row: Sides, position: Mapping[str, int]) -> Extra:
    columns = np.array([position[name] for name in row.terms], dtype=np.int32)
    return Extra.scaled(row.low, row.high, columns, np.array([*row.terms.values()]))
