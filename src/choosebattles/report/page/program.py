r"""What the browser searches in: the program of a case by name, and what may be moved in it.

No formula of the decision model is told to the browser, only numbers that belong to named rows
and columns. What can be moved, and what moving it changes:

``money``
    The amount of a fund in a year moves sides of rows, so many units for each thousandth.
``goals``
    An index is a sum over columns. Where shocks test it, it is one such sum for each shock alone,
    and their mean by likelihood is the index: every coefficient is affine in the likelihoods that
    add up to 1. What is maximised is the mean of the indices by their weights.
``criteria``
    An index is the mean, by weight, of what it is if one criterion alone counts; so are the rows
    that speak of scores.
``take``
    A row for every investment and option counts how often it is taken: at least once, or never.

All of it is read off programs that are restated by name for changed cases.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

import numpy as np

from choosebattles.case.case import Case
from choosebattles.case.decision_model import Criterion, Method
from choosebattles.case.facts import Facts
from choosebattles.case.fund import Fund
from choosebattles.case.other_numbers import paying, with_likelihoods, with_weights
from choosebattles.case.shock import Shock
from choosebattles.case.units import Id, Year
from choosebattles.formulation.arrays import Arrays, as_arrays
from choosebattles.formulation.program import Program, formulate
from choosebattles.formulation.quantities import Expressions
from choosebattles.formulation.restate import NeedsRebuild, Restatement, restate
from choosebattles.solving.payments import freedom
from choosebattles.solving.tolerances import ROUNDING
from choosebattles.spelling import key
from choosebattles.vocabulary import THOUSANDTHS, Linear, Row, RowName

Tree = dict[str, Any]

SETTLED = RowName("settled", ("payments",))
"""The row that keeps what payments cost an index, while they are chosen among the best."""

FLOORS = "floors"
"""The unit of the rows that say what a goal is to reach."""


TAKE = "take"
"""The word of the rows that count how often an investment or option is taken."""


@dataclass(frozen=True)
class Moves:
    """What moves when a number does: sides of rows by name, in units for each thousandth."""

    low: Mapping[RowName, float]
    high: Mapping[RowName, float]


class Live:
    """The program of a case, with all that can be moved in it.

    Parameters
    ----------
    case
        The case, of the weighted method, with its points for 100 written down.
    """

    def __init__(self, case: Case) -> None:
        self.case = case
        program = formulate(case)
        q = program.quantities
        self.working = _working(q)
        shown = (SETTLED, *map(_taking, _ids(case)))
        rows = {**q.rows, **program.rows}
        rows |= zip(shown, _extra(q, rows), strict=True)
        self.program = Program(case, q, rows, program.source_rows)

    @cached_property
    def arrays(self) -> Arrays:
        """Return the program as arrays, column and row by name."""
        arrays = as_arrays(self.program)
        free = [row.unit not in {SETTLED.unit, TAKE} for row in self.program.rows]
        return replace(
            arrays,
            row_low=np.where(free, arrays.row_low, -np.inf),
            row_high=np.where(free, arrays.row_high, np.inf),
        )

    @cached_property
    def position(self) -> Mapping[str, int]:
        """Return the numbers of the columns, by name."""
        return {name: number for number, name in enumerate(self.arrays.names)}

    @cached_property
    def row(self) -> Mapping[RowName, int]:
        """Return the numbers of the rows, by name."""
        return {name: number for number, name in enumerate(self.program.rows)}

    # Money

    def moves(self, fund: Fund, year: Year) -> Moves:
        """Return what moves with the amount of a fund in a year."""
        sides = self._restated(paying(self.case, {(fund.id, year): fund.amount[year] + 1})).sides
        low: dict[RowName, float] = {}
        high: dict[RowName, float] = {}
        for name, (new_low, new_high) in sides.items():
            number = self.row[name]
            for moved, new, old in (
                (low, new_low, self.arrays.row_low[number]),
                (high, new_high, self.arrays.row_high[number]),
            ):
                if new != old:
                    moved[name] = round(float(new - old) / THOUSANDTHS, 9)
        return Moves(low, high)

    # Goals

    def index(
        self, objective: Id, likely: Iterable[Id] | None = None, case: Facts | None = None
    ) -> Linear:
        """Return an index if only some shocks of its objective are likely, all alike.

        ``case`` has other weights of criteria, if they are to be others.
        """
        case = case or self.case
        if likely is not None:
            wanted = {*likely}
            chosen = {
                shock.id: Decimal(shock.id in wanted) for shock in self.case.shocks_of[objective]
            }
            case = with_likelihoods(case, chosen)
        restated = self._restated(case)
        quantities = restated.quantities if restated.changed else self.program.quantities
        return quantities.index(objective)

    def alone(self, criterion: Criterion) -> Facts:
        """Return the facts if a criterion alone counts within its objective."""
        group = self.case.criteria_of[criterion.objective]
        return with_weights(self.case, {other.id: Decimal(other is criterion) for other in group})

    def scored(self, case: Facts) -> Mapping[tuple[RowName, str], float]:
        """Return by how much coefficients grow with the weights of a case, by row and column.

        Those of floors follow the goal that they speak of.
        """
        restated, rows = self._restated(case), self.program.rows
        assert all(side.unit == FLOORS for side in restated.sides), restated.sides
        return {
            (row, column): number - float(rows[row].constraint.expression.terms.get(column, 0))
            for (row, column), number in restated.coefficients.items()
            if row.unit != FLOORS
        }

    def switched(self, shock: Shock) -> Mapping[tuple[RowName, str], tuple[float, float]]:
        """Return the coefficients that differ with a shock on or off: by row and column, both.

        Those of floors follow the goal that they speak of.
        """
        found: dict[tuple[RowName, str], list[float]] = {}
        for number, likelihood in enumerate((switched_on(shock), Decimal(0))):
            restated = self._restated(with_likelihoods(self.case, {shock.id: likelihood}))
            for entry, coefficient in restated.coefficients.items():
                if entry[0].unit != FLOORS:
                    terms = self.program.rows[entry[0]].constraint.expression.terms
                    old = float(terms.get(entry[1], 0))
                    found.setdefault(entry, [old, old])[number] = coefficient
        return {entry: (one, other) for entry, (one, other) in found.items()}

    def _restated(self, case: Facts) -> Restatement:
        restated = restate(self.program, case)
        assert not isinstance(restated, NeedsRebuild), restated
        return restated


def searchable(case: Case) -> bool:
    """Say whether a browser can search: for the weighted sum, or one objective after the other.

    The balanced method measures gains from what there is today; that is counted, not searched.
    """
    return case.model.method is not Method.BALANCED


def switched_on(shock: Shock) -> Decimal:
    """Return the likelihood of a shock that is switched on: as typed, or 1 where that is 0."""
    return shock.likelihood or Decimal(1)


def weighed(case: Case) -> Mapping[Id, tuple[Criterion, ...]]:
    """Return the criteria whose weights may be moved, by objective: those among several.

    The name of each weight must mean it: an objective of the same name goes first.
    """
    taken = {key(objective.id) for objective in case.model.objectives}
    return {
        goal: group
        for goal, group in case.criteria_of.items()
        if len(group) > 1 and not any(key(criterion.id) in taken for criterion in group)
    }


def as_tree(live: Live) -> Tree:
    """Return the program and what may be moved as plain values."""
    case, arrays = live.case, live.arrays
    return {
        "columns": {
            "names": list(arrays.names),
            "low": _finite(arrays.low),
            "high": _finite(arrays.high),
            "whole": [int(column) for column in np.flatnonzero(arrays.integer)],
        },
        "rows": {
            "names": [str(name) for name in live.program.rows],
            "low": _finite(arrays.row_low),
            "high": _finite(arrays.row_high),
            "starts": arrays.starts.tolist(),
            "columns": arrays.columns.tolist(),
            "values": _plain(arrays.values.tolist()),
        },
        "money": {
            fund.id: [
                {
                    "year": year,
                    "thousandths": int(fund.amount[year] * THOUSANDTHS),
                    "low": {live.row[n]: s for n, s in moves.low.items()},
                    "high": {live.row[n]: s for n, s in moves.high.items()},
                }
                for year in case.calendar
                for moves in [live.moves(fund, year)]
            ]
            for fund in case.funds
        },
        "goals": {objective.id: _goal(live, objective.id) for objective in case.model.objectives},
        "weights": {objective.id: float(objective.weight) for objective in case.model.objectives},
        "floors": [
            {
                "row": live.row[RowName(FLOORS, (objective.id,))],
                "goal": objective.id,
                "least": float(objective.floor),
            }
            for objective in case.model.objectives
            if objective.floor is not None
        ],
        "shocks": {shock.id: _switch(live, shock) for shock in case.shocks},
        "tolerance": float(case.model.tolerance) + ROUNDING
        if case.model.method is Method.LEXICOGRAPHIC
        else None,
        "take": {name: live.row[_taking(name)] for name in _ids(case)},
        "starts": list(_starts(live)),
        "settle": _settle(live),
        "paid": {
            fund.id: [
                _terms(live, live.program.quantities.paid(fund, t)) for t in range(case.years)
            ]
            for fund in case.funds
        },
        "working": {
            service: {shock: live.position[column] for shock, column in columns.items()}
            for service, columns in live.working.items()
        },
    }


def _goal(live: Live, objective: Id) -> Tree:
    """Return an index: for each shock alone, without any, or just one where shocks do not count.

    And what is added to it if one criterion alone counts, with shocks and without.
    """
    shocks = live.case.shocks_of[objective] if live.case.services else ()
    criteria = weighed(live.case).get(objective, ())
    alone = {shock.id: live.index(objective, [shock.id]) for shock in shocks}
    without = None
    if not shocks or live.case.criteria_of[objective]:
        without = live.index(objective, () if shocks else None)
    return {
        "alone": {name: _terms(live, index) for name, index in alone.items()},
        "without": without and _terms(live, without),
        "criteria": {
            criterion.id: _criterion(live, criterion, alone, without) for criterion in criteria
        },
    }


def _criterion(
    live: Live, criterion: Criterion, alone: Mapping[Id, Linear], without: Linear | None
) -> Tree:
    """Return the weight of a criterion, and what it adds to its index and to rows if alone."""
    case, objective = live.alone(criterion), criterion.objective
    assert without is not None, "an objective with criteria is measured without shocks"
    added = {"without": live.index(objective, () if alone else None, case) - without}
    for shock, index in [*alone.items()][:1]:  # with any other shock it adds the same
        added["shocks"] = live.index(objective, [shock], case) - index
    return {
        "weight": float(criterion.weight),
        "added": {name: _terms(live, terms) for name, terms in added.items()},
        "entries": [
            [live.row[row], live.position[column], more]
            for (row, column), more in live.scored(case).items()
        ],
    }


def _switch(live: Live, shock: Shock) -> Tree:
    return {
        "objective": shock.objective,
        "likelihood": float(switched_on(shock)),
        "on": shock.likelihood > 0,
        "entries": [
            [live.row[row], live.position[column], on, off]
            for (row, column), (on, off) in live.switched(shock).items()
        ]
        if live.case.services
        else [],
    }


def _starts(live: Live) -> Iterator[Tree]:
    """Yield every start: what it is of, when, and what it costs by year, in thousandths."""
    case, q = live.case, live.program.quantities
    for option in case.options.values():
        needs = [q.need(option, t).terms for t in range(case.years)]
        for start in q.starts[option.id]:
            yield {
                "column": live.position[start.column],
                "option": option.id,
                "year": case.first_year + start.year,
                "cost": [int(terms.get(start.column, 0)) for terms in needs],
            }


def _settle(live: Live) -> Tree:
    """Return what is maximised once the starts are known: covers, then who pays.

    Whatever an index leaves open is pushed as far as it goes; money that can be used for little
    is spent before money that can be used for anything.
    """
    case, q = live.case, live.program.quantities
    prices = freedom(case)
    paying: dict[str, float] = {}
    for fund in case.funds:
        for t in range(case.years):
            for name, number in q.paid(fund, t).terms.items():
                paying[name] = -float(number) * prices[fund.id]
    pushed, payments = q.columns_of("cover", "continuity"), _payments(q)
    return {
        "push": [number for name, number in live.position.items() if name in pushed],
        "pay": _terms(live, Linear(paying)),
        "payments": [number for name, number in live.position.items() if name in payments],
        "row": live.row[SETTLED],
    }


def _extra(q: Expressions, rows: Mapping[RowName, Row]) -> Iterator[Row]:
    """Yield the rows that the page adds: what payments cost, how often each id is taken."""
    assert SETTLED not in rows
    paid = _payments(q)
    payments = {
        name: number
        for objective in q.case.model.objectives
        for name, number in q.index(objective.id).terms.items()
        if name in paid
    }
    yield Row(SETTLED, _speaking(q, Linear(payments)) >= 0)
    for name in _ids(q.case):
        yield Row(_taking(name), _speaking(q, q.take(name)) >= 0)


def _payments(q: Expressions) -> frozenset[str]:
    """Return the columns of what funds pay, set aside and hold."""
    words = (q.paid, q.aside, q.held)
    sums = (word(fund, t) for fund in q.case.funds for t in q.horizon for word in words)
    return frozenset(column for sum_ in sums for column in sum_.terms)


def _taking(name: Id) -> RowName:
    return RowName(TAKE, (name,))


def _speaking(q: Expressions, expression: Linear) -> Linear:
    return expression if expression.terms else q.column("nothing", 0, 0)


def _working(q: Expressions) -> dict[Id, dict[Id, str]]:
    """Return, by service and shock, the column that says what works in the final year."""
    return {
        service.id: {
            shock.id: next(iter(q.continuity(service, shock, q.last).terms))
            for shock in q.case.shocks
        }
        for service in q.case.services
    }


def _ids(case: Facts) -> list[Id]:
    """Return the ids of all investments and options, each once."""
    owners = [investment.id for investment in case.investments]
    return list(dict.fromkeys((*owners, *case.options)))


def _terms(live: Live, expression: Linear) -> Tree:
    terms = {live.position[n]: float(a) for n, a in expression.terms.items() if a}
    return {
        "columns": list(terms),
        "values": _plain(terms.values()),
        "constant": float(expression.constant),
    }


def _plain(numbers: Iterable[float]) -> list[float | int]:
    """Return numbers as short as they can be written without becoming others."""
    return [int(number) if number == int(number) else number for number in numbers]


def _finite(bounds: np.ndarray) -> list[float | int | None]:
    return [
        None if not np.isfinite(bound) else int(bound) if bound == int(bound) else bound
        for bound in bounds.tolist()
    ]
