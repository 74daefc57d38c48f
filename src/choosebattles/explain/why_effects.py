r"""Where the costs and the scores of options stand in a program, row by row.

Every coefficient is affine in a cost and in a score, so two restatements of the case, with other
numbers in all options at once, give what one unit of each is worth in every row: a column of a
start belongs to one option.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from choosebattles.audit.points_and_weights import ScoreScale
from choosebattles.case.case import Case
from choosebattles.case.facts import Facts
from choosebattles.case.investment import Option
from choosebattles.case.number_path import fields
from choosebattles.case.units import Id
from choosebattles.explain.why_price_measure import Aim
from choosebattles.formulation.program import Program
from choosebattles.formulation.quantities import Expressions
from choosebattles.formulation.restate import NeedsRebuild, Restatement, restate
from choosebattles.solving.tolerances import NO_EFFECT
from choosebattles.vocabulary import THOUSANDTHS, Linear, Row, RowName

LARGE = 10**6
"""Times a cost is taken, so that the rounding to whole thousandths is lost in it."""

THOUSANDTH = Decimal(1) / THOUSANDTHS

Entries = Mapping[str, Mapping[RowName, float]]
"""Numbers by column and row."""


@dataclass(frozen=True)
class Effects:
    """What something does to a program: by column of a start, to each row, and to the goal.

    ``goal`` and ``extra`` are what it does to the goal of an aim and to its rows.
    """

    rows: Entries
    goal: Mapping[str, float] = field(default_factory=dict)
    extra: Entries = field(default_factory=dict)

    @property
    def simple(self) -> bool:
        """Say whether it changes the goal alone."""
        return not self.rows and not self.extra


@dataclass(frozen=True)
class CostEffects:
    """What all costs of an option do to every row, and what a thousandth more of each item does."""

    costs: Entries
    thousandth: Entries


def cost_effects(program: Program) -> CostEffects | None:
    """Return where costs stand; None where they stand nowhere."""
    case = _as_case(program.case)
    once = _restated(program, _with_options(case, lambda option: _cost_times(option, LARGE + 1)))
    costs = _coefficient_differences(program, None, once, LARGE)
    flat = case.model_copy(update={"cost_growth": Decimal(0)})
    plain = _restated(program, _with_options(flat, lambda option: option))
    more = _restated(program, _with_options(flat, _thousandth_more))
    return CostEffects(costs, _coefficient_differences(program, plain, more, 1)) if costs else None


def score_effects(program: Program, aim: Aim, objective: Id) -> Effects:
    """Return what a point more on all criteria of an objective does, without delay losses."""
    case = _as_case(program.case)
    fixed_scale = case.model_copy(update={"points_for_100": _points(case)})
    criteria = [criterion.id for criterion in case.criteria_of[objective]]
    plain = _restated(
        program, _with_options(fixed_scale, lambda option: _scored(option, criteria, 0))
    )
    more = _restated(
        program, _with_options(fixed_scale, lambda option: _scored(option, criteria, 1))
    )
    one, two = plain.quantities, more.quantities
    rows = _coefficient_differences(program, plain, more, 1)
    goal = _coefficient_gains(_goal(aim, plain), _goal(aim, more))
    extra: dict[str, dict[RowName, float]] = defaultdict(dict)
    for before, after in zip(aim.rows(one), aim.rows(two), strict=True):
        for column, number in _coefficient_gains(_left_side(before), _left_side(after)).items():
            extra[column][before.name] = number
    return Effects(rows, goal, extra)


def _goal(aim: Aim, restatement: Restatement) -> Linear:
    return aim.expression(restatement.quantities)


def _left_side(row: Row) -> Linear:
    return row.constraint.expression


def _coefficient_gains(before: Linear, after: Linear) -> dict[str, float]:
    gains = {
        column: float(after.terms.get(column, 0)) - float(before.terms.get(column, 0))
        for column in {**before.terms, **after.terms}
    }
    return {column: number for column, number in gains.items() if abs(number) > NO_EFFECT}


def _coefficient_differences(
    program: Program, one: Restatement | None, two: Restatement, by: int
) -> dict[str, dict[RowName, float]]:
    """Return by column and row how coefficients differ, for each of so many units."""
    before = {} if one is None else one.coefficients
    found: dict[str, dict[RowName, float]] = defaultdict(dict)
    for entry in {**before, **two.coefficients}:
        row, column = entry
        typed = float(program.rows[row].constraint.expression.terms.get(column, 0))
        change = two.coefficients.get(entry, typed) - before.get(entry, typed)
        if abs(change) > NO_EFFECT:
            found[column][row] = change / by
    return found


def _restated(program: Program, case: Case) -> Restatement:
    restatement = restate(program, case)
    assert not isinstance(restatement, NeedsRebuild), "only numbers differ"
    return restatement


def _as_case(case: Facts) -> Case:
    assert isinstance(case, Case)
    return case


def _with_options(case: Case, changed: Callable[[Option], Option]) -> Case:
    """Return the case with every option changed, without a check: it is no case to be solved."""
    owners = tuple(
        investment.model_copy(
            update={"options": tuple(changed(option) for option in investment.options)}
        )
        for investment in case.investments
    )
    return Case.model_construct(**{**fields(case), "investments": owners})


def _cost_times(option: Option, times: int) -> Option:
    running = option.running_cost * (times if option.running_cost > 0 else 1)
    costs = tuple(cost * times for cost in option.cost)
    return option.model_copy(update={"cost": costs, "running_cost": running})


def _thousandth_more(option: Option) -> Option:
    running = option.running_cost + (THOUSANDTH if option.running_cost > 0 else 0)
    costs = tuple(cost + (THOUSANDTH if cost else 0) for cost in option.cost)
    return option.model_copy(update={"cost": costs, "running_cost": running})


def _scored(option: Option, criteria: list[Id], more: int) -> Option:
    scores = {**option.score}
    for criterion in criteria:
        scores[criterion] = scores.get(criterion, Decimal(0)) + more
    return option.model_copy(update={"score": scores, "delay_loss": Decimal(0)})


def _points(case: Case) -> Decimal:
    scale: Fraction = ScoreScale(case).points_for_100
    return Decimal(scale.numerator) / Decimal(scale.denominator)


def delay_share(q: Expressions, option: Option, column: str) -> float:
    """Return what is left of a positive score of an option that starts so."""
    if not option.delay_loss:
        return 1.0
    start = next(start for start in q.starts[option.id] if start.column == column)
    if start.ongoing:
        return 1.0
    earliest = q.case.first_year if option.earliest_start is None else option.earliest_start
    return float((1 - Fraction(option.delay_loss)) ** (q.case.first_year + start.year - earliest))
