"""What each step of a method reached and what is proved of it, in words."""

import math
from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from choosebattles.case.case import Case
from choosebattles.case.decision_model import Method
from choosebattles.report.number_wording import at_most_percent, unit
from choosebattles.solving.outcome import GoalUnit, Outcome, Stage, Stop
from choosebattles.translation import _

DIGITS = {GoalUnit.POINTS: 2, GoalUnit.SHARE: 3, GoalUnit.MONEY: 3}
"""Decimals in which what a step reached is told; a share is told in percent, with one."""


def steps(outcome: Outcome) -> tuple[str, ...]:
    """Return what is proved of the method as a whole, then a sentence for each step."""
    return (" ".join(_whole(outcome)), *_steps(outcome))


def _whole(outcome: Outcome) -> Iterator[str]:
    method = outcome.case.model.method
    if outcome.proven and method is Method.LEXICOGRAPHIC:
        yield _(
            "Proved: taking the objectives in their order, within the tolerance, no plan that "
            "keeps to the money, the people and the rules does better, and none costs less."
        )
    elif outcome.proven:
        yield _(
            "Proved: no plan that keeps to the money, the people and the rules gives the "
            "objective that gains least a larger share of what it could gain, and none that does "
            "as well in that has a larger weighted sum."
        )
    else:
        yield _("Not proved in every step of the method ({method}).").format(method=method)
        if outcome.gap and math.isfinite(outcome.gap):
            text = _(
                "The last step is within {gap} of its best; earlier steps have gaps of their own."
            )
            yield text.format(gap=at_most_percent(outcome.gap))


def _steps(outcome: Outcome) -> Iterator[str]:
    for number, stage in enumerate(outcome.stages, 1):
        text = _("Step {number}, {terms}: {reached}; {proved}.")
        yield text.format(
            number=number,
            terms=_terms(outcome.case.model.method, number, stage, len(outcome.stages)),
            reached=_reached(outcome.case, stage),
            proved=_proved(outcome.case, stage),
        )


def _terms(method: Method, number: int, stage: Stage, last: int) -> str:
    """Return on what terms a step is taken: alone, or keeping what went before."""
    alone = stage.unit is GoalUnit.POINTS and number < last
    if method is Method.BALANCED and alone:
        return _("{goal} as if it alone counted").format(goal=stage.goal)
    if number == 1 or stage.unit is GoalUnit.SHARE:
        return stage.goal
    if method is Method.BALANCED:
        return _("{goal}, keeping that share").format(goal=stage.goal)
    return _("{goal}, keeping what came before within the tolerance").format(goal=stage.goal)


def _reached(case: Case, stage: Stage) -> str:
    if stage.value is None:
        return _("no plan was found")
    amount = _amount(case, stage, stage.value)
    if stage.least:
        return _("lowered to {amount}").format(amount=amount)
    return _("raised to {amount}").format(amount=amount)


def _proved(case: Case, stage: Stage) -> str:
    if stage.stop is Stop.INFEASIBLE:
        return _("proved that there is none")
    if stage.value is not None and stage.stop is Stop.OPTIMAL:
        return (
            _("proved: less is not possible") if stage.least else _("proved: more is not possible")
        )
    why = {
        Stop.GAP: _("within the gap asked for"),
        Stop.TIME_LIMIT: _("the time ran out"),
        Stop.WORK_LIMIT: _("the work allowed was done"),
        Stop.INTERRUPTED: _("stopped by hand"),
    }.get(stage.stop, _("not proved"))
    if stage.bound is None or not math.isfinite(stage.bound):
        return _("{why}, how far from the best is not known").format(why=why)
    bound = _amount(case, stage, stage.bound, ROUND_FLOOR if stage.least else ROUND_CEILING)
    if stage.least:
        return _("{why}, and no plan comes below {bound}").format(why=why, bound=bound)
    return _("{why}, and no plan comes above {bound}").format(why=why, bound=bound)


def _amount(case: Case, stage: Stage, value: float, how: str | None = None) -> str:
    """Return an amount in the unit of its step; a bound is rounded so that it stays one."""
    digits = DIGITS[stage.unit]
    if stage.unit is GoalUnit.MONEY and not case.cost_growth:
        digits = case.money_decimals  # sums of what was typed need no more
    exact = Decimal(format(value, ".12g"))
    number = exact.quantize(Decimal(1).scaleb(-digits), how or "ROUND_HALF_UP") + Decimal(0)
    match stage.unit:
        case GoalUnit.POINTS:
            return _("{number} points").format(number=f"{number:,f}")
        case GoalUnit.SHARE:
            return f"{100 * number:.1f} %"
        case GoalUnit.MONEY:
            return f"{number:,f} {unit(case)}"
