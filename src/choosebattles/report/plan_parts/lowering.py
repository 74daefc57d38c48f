"""Why a plan takes something that lowers the objective: what would break, or be lost, without it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from choosebattles.audit.recount import recount
from choosebattles.case.case import Case
from choosebattles.case.decision_model import Method
from choosebattles.case.investment import Decision
from choosebattles.case.plan import Plan
from choosebattles.case.units import Id
from choosebattles.report.number_wording import points
from choosebattles.report.plan_parts.waterfall import NOTHING, StepRow
from choosebattles.spelling import short_title
from choosebattles.translation import _

TOLD = 3
"""Options of which it is told why they are in."""


def lowering(case: Case, plan: Plan, steps: Sequence[StepRow]) -> Iterator[str]:
    """Yield why each option is taken whose own step lowers the objective, the largest first.

    The plan is counted again without it.
    """
    down = sorted(
        (step for step in steps if step.option and step.objective < -NOTHING),
        key=lambda step: step.objective,
    )
    if not down:
        return
    value = recount(case, plan).after.value
    for step in down[:TOLD]:
        option = case.options[step.option]
        text = _("{option} takes {points} points; it is in because {why}.")
        yield text.format(
            option=short_title(option.title) or option.id,
            points=points(-step.objective),
            why=_why(case, plan, step.option, float(value)),
        )
    if len(down) > TOLD:
        yield _(
            "{number} more lower the objective too: results workbook, sheet Contributions."
        ).format(number=len(down) - TOLD)


def _why(case: Case, plan: Plan, option: Id, value: float) -> str:
    if case.options[option].decision is Decision.MUST:
        return _("it is marked must")
    paid = tuple(payment for payment in plan.payments.paid if payment.option != option)
    choices = tuple(choice for choice in plan.choices if choice.option != option)
    without = recount(case, Plan(choices, replace(plan.payments, paid=paid)))
    if without.violations:
        return _("without it {broken}").format(broken=without.violations[0].text)
    change = value - float(without.after.value)
    if change > NOTHING:
        text = _(
            "without it the objective would be {points} points lower, by what it keeps working"
        )
        return text.format(points=points(change))
    if case.model.method is not Method.WEIGHTED:
        return _("the method of this case counts more than the weighted sum")
    if change >= -NOTHING:
        return _("without it the objective would be the same")
    text = _("the search ended before a plan without it, {points} points better, was looked at")
    return text.format(points=points(-change))
