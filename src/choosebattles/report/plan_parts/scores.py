"""The scores of every option, and what is needed to add an index up again by hand."""

from dataclasses import dataclass
from fractions import Fraction

from choosebattles.audit.points_and_weights import ScoreScale
from choosebattles.audit.recount import Recount
from choosebattles.case.case import Case
from choosebattles.case.decision_model import AUTONOMY
from choosebattles.case.investment import Option
from choosebattles.case.plan import Plan
from choosebattles.case.units import Id
from choosebattles.report.number_wording import money, plain
from choosebattles.report.plan_parts.costs import cost_within
from choosebattles.report.plan_parts.evidence import grade_of
from choosebattles.report.plan_parts.indices import worth_by_scores
from choosebattles.report.plan_parts.left_out import per_million
from choosebattles.report.plan_parts.start_years import taken
from choosebattles.spelling import short_title
from choosebattles.translation import _


@dataclass(frozen=True)
class ScoreRow:
    """One option: whether it is taken, what share of the years it works for, its scores."""

    option: str
    title: str
    taken: bool
    counts: float
    """Accrued share of the years in which the plan has it at work; 0 if not taken."""
    score: dict[Id, float]
    adds: dict[Id, float]
    """What it adds to each index by its scores, as the audit counts it."""
    cost: float
    per_million: float | None
    evidence: str


@dataclass(frozen=True)
class CriterionRow:
    """A criterion with its weight within its objective, and what its scores mean."""

    id: str
    title: str
    objective: str
    weight: float
    anchor_0: str
    anchor_50: str
    anchor_100: str


@dataclass(frozen=True)
class Readdition:
    """Whether an index is the plain sum of scores, and if not, why."""

    objective: str
    why_not: str = ""


def criterion_rows(case: Case) -> tuple[CriterionRow, ...]:
    """Return every criterion with its anchors."""
    weights = ScoreScale(case).criterion_weight
    return tuple(
        CriterionRow(
            criterion.id,
            criterion.title,
            criterion.objective,
            plain(weights[criterion.objective][criterion.id]),
            criterion.anchor_0,
            criterion.anchor_50,
            criterion.anchor_100,
        )
        for criterion in case.model.criteria
    )


def score_rows(case: Case, plan: Plan, recount: Recount) -> tuple[ScoreRow, ...]:
    """Return the scores of every option of the case."""
    scale = ScoreScale(case)
    rows = []
    for option in case.options.values():
        cost, worth = cost_within(case, option), worth_by_scores(scale, recount, option)
        adds = recount.contribution.get(option.id, {})
        rows.append(
            ScoreRow(
                option.id,
                short_title(option.title),
                option.id in plan.taken,
                plain(_counts(case, scale, plan, option), 12),
                {
                    criterion.id: plain(option.score.get(criterion.id, 0))
                    for criterion in case.model.criteria
                },
                {
                    objective.id: plain(adds.get(objective.id, 0))
                    for objective in case.model.objectives
                },
                money(cost),
                per_million(worth, cost),
                grade_of(case, option),
            )
        )
    return tuple(rows)


def _counts(case: Case, scale: ScoreScale, plan: Plan, option: Option) -> Fraction:
    if option.id not in plan.taken:
        return Fraction(0)
    option_ = taken(case, option, plan.starts[option.id])
    accrual = enumerate(scale.accrual)
    return sum((weight for t, weight in accrual if option_.operates(t)), Fraction(0))


def readditions(case: Case, plan: Plan, recount: Recount) -> tuple[Readdition, ...]:
    """Say of every index whether a clerk can add it up from the scores alone."""
    return tuple(
        Readdition(objective.id, _why_not(case, plan, recount, objective.id))
        for objective in case.model.objectives
    )


def _why_not(case: Case, plan: Plan, recount: Recount, objective: Id) -> str:
    criteria = {criterion.id for criterion in case.criteria_of[objective]}
    synergies = [
        synergy for synergy in case.synergies if synergy.bonus and synergy.criterion in criteria
    ]
    late = [
        name
        for name, start in plan.starts.items()
        if taken(case, case.options[name], start).delay != 1
    ]
    if ScoreScale(case).has_continuity(objective):
        return _("it rests on the continuity of services too")
    if any(layer.full_credit is not None for layer in case.layers):
        return _("a layer gives full credit only up to a limit")
    if synergies:
        return _("synergies may add to it")
    if objective == AUTONOMY and any(fund.dependence for fund in case.funds):
        return _("dependence on a fund takes from it")
    if late:
        return _("an option starts later than it could and has a delay loss")
    return "" if recount.scale else _("nothing has a score")
