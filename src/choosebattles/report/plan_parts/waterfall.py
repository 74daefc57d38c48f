"""What lifts every index from before the plan to after it: one step for each thing that adds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from choosebattles.audit.points_and_weights import ScoreScale
from choosebattles.audit.recount import Recount, Worth
from choosebattles.case.case import Case
from choosebattles.case.decision_model import AUTONOMY
from choosebattles.case.investment import Decision
from choosebattles.case.plan import Plan
from choosebattles.case.units import Id
from choosebattles.report.number_wording import money_told, plain, points
from choosebattles.report.plan_parts.amount_headings import each_year
from choosebattles.report.plan_parts.costs import income_by_year
from choosebattles.spelling import short_title
from choosebattles.translation import _, capitalised, listed, several

NOTHING = 1e-9
"""Points that are none."""


@dataclass(frozen=True)
class StepRow:
    """What one thing adds to every index and to their weighted sum, in points.

    ``option`` is the id of an option; empty where the step is no option. The steps of an index
    are all that lies between before and after.
    """

    option: Id
    title: str
    adds: dict[Id, float]
    objective: float
    detail: str = ""
    """What a table says of it besides: income, or points as they were typed."""

    @property
    def says(self) -> str:
        """Return what the step is in a table."""
        return f"{self.title}{self.detail}"

    @property
    def name(self) -> str:
        """Return what the step is called in a picture."""
        return self.option or self.title


@dataclass(frozen=True)
class Climb:
    """A waterfall: a level, named steps from it, and the level that they reach."""

    title: str
    before: float
    steps: tuple[tuple[str, float], ...]
    after: float


def step_rows(case: Case, plan: Plan, recount: Recount) -> tuple[StepRow, ...]:
    """Return what adds to the indices, the largest step of the weighted sum first.

    First the options by their scores, then what services keep, then whatever else counts.
    """
    weights = ScoreScale(case).objective_weight
    earned = {
        name: income
        for name, start in plan.starts.items()
        if (income := sum(income_by_year(case, case.options[name], start).values(), Fraction(0)))
        and case.options[name].decision is not Decision.ONGOING
    }
    rows = [
        StepRow(
            option,
            title,
            {goal: plain(add) for goal, add in adds.items()},
            plain(sum(weights[goal] * add for goal, add in adds.items())),
            _brings(case, earned[option]) if option in earned else detail,
        )
        for option, title, detail, adds in _steps(case, recount)
        if any(abs(add) > NOTHING for add in adds.values()) or option in earned
    ]
    options = sorted((row for row in rows if row.option), key=lambda row: -row.objective)
    return (*options, *(row for row in rows if not row.option))


def _steps(case: Case, recount: Recount) -> Iterator[tuple[Id, str, str, dict[Id, Fraction]]]:
    scale = ScoreScale(case)
    shares = {goal.id: scale.continuity_share(goal.id) for goal in case.model.objectives}
    left = {goal: recount.after.indices[goal] - recount.before.indices[goal] for goal in shares}
    for name, added in recount.contribution.items():
        option = case.options[name]
        if option.decision is not Decision.ONGOING:
            adds = {goal: (1 - share) * added[goal] for goal, share in shares.items()}
            left = {goal: left[goal] - adds[goal] for goal in left}
            yield name, short_title(option.title), "", adds
    kept = {
        goal: share * (_accrued(scale, recount.after, goal) - _accrued(scale, recount.before, goal))
        for goal, share in shares.items()
    }
    left = {goal: left[goal] - kept[goal] for goal in left}
    yield "", _("Services that keep working"), "", kept
    if AUTONOMY in left:
        dependence, title, detail = _dependence(case, scale, recount)
        cost = {goal: dependence if goal == AUTONOMY else Fraction(0) for goal in left}
        left = {goal: left[goal] - cost[goal] for goal in left}
        yield "", title, detail, cost
    yield "", _other(case, recount), "", left


def _dependence(case: Case, scale: ScoreScale, recount: Recount) -> tuple[Fraction, str, str]:
    """Return what spending from funds takes from autonomy, and says so in points as typed."""
    funds = [fund for fund in case.funds if fund.dependence]
    typed, whole = Fraction(0), Fraction(0)
    for weight, year in zip(scale.accrual, case.calendar, strict=True):
        typed += sum(
            (Fraction(fund.dependence) * recount.spending[fund.id][year] for fund in funds),
            Fraction(0),
        )
        whole -= weight * typed
    names = [fund.id for fund in funds if any(recount.spending[fund.id].values())]
    title = _("Dependence on {funds}").format(funds=listed(names) if names else _("funds"))
    detail = _(": {points} points of autonomy as scores count them").format(points=points(typed, 2))
    return (1 - scale.continuity_share(AUTONOMY)) * scale.scaled(whole), title, detail


def _brings(case: Case, income: Fraction) -> str:
    """Return what an option brings in, as it stands behind its title."""
    (amount,) = money_told(case, [income])
    return _("; brings in {income}{prices}").format(income=amount, prices=each_year(case))


def _accrued(scale: ScoreScale, worth: Worth, goal: Id) -> Fraction:
    parts = worth.continuity[goal]
    pairs = zip(scale.accrual, parts, strict=True) if parts else ()
    return sum((weight * part for weight, part in pairs), Fraction(0))


def _other(case: Case, recount: Recount) -> str:
    """Return what else may move an index in this case."""
    causes = []
    if any(recount.synergies.values()):
        causes.append(_("synergies"))
    if any(layer.full_credit is not None for layer in case.layers):
        causes.append(_("full credit of layers"))
    text = listed(causes) if causes else _("other effects")
    return capitalised(text)


def climbs(
    indices: Sequence[tuple[str, float, float]],
    whole: tuple[str, float, float],
    rows: Sequence[StepRow],
) -> tuple[Climb, ...]:
    """Return a waterfall of the weighted sum, then one of each index.

    Parameters
    ----------
    indices
        Name, level before and level after of every index.
    whole
        The same of the weighted sum.
    rows
        The steps.
    """
    found = [
        Climb(
            name,
            before,
            tuple((row.name, row.adds[name]) for row in rows if abs(row.adds[name]) > NOTHING),
            after,
        )
        for name, before, after in indices
    ]
    name, before, after = whole
    steps = tuple((row.name, row.objective) for row in rows if abs(row.objective) > NOTHING)
    return (Climb(name, before, steps, after), *found)


def shortened(climb: Climb, most: int) -> Climb:
    """Return a waterfall with the largest steps only, the others together as one."""
    if len(climb.steps) <= most:
        return climb
    ranked = sorted(climb.steps, key=lambda step: -abs(step[1]))
    kept = {name for name, _change in ranked[: most - 1]}
    others = [change for name, change in climb.steps if name not in kept]
    text = several("{number} other", "{number} others", len(others)).format(number=len(others))
    steps = [step for step in climb.steps if step[0] in kept]
    return Climb(climb.title, climb.before, (*steps, (text, sum(others))), climb.after)
