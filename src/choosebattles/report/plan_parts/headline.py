"""The first sentences of every result: what the plan is worth, and what is proved of it."""

import math
from fractions import Fraction
from itertools import chain

from choosebattles.audit.recount import Recount
from choosebattles.case.case import Case
from choosebattles.case.decision_model import Method
from choosebattles.case.investment import Decision
from choosebattles.case.plan import Plan
from choosebattles.report.plan_parts.binding import untested_sentence
from choosebattles.report.plan_parts.costs import first_year_cost
from choosebattles.report.plan_parts.indices import IndexRow
from choosebattles.report.plan_parts.method_steps import steps
from choosebattles.report.wording import (
    NONE,
    at_most,
    at_most_percent,
    figure,
    millions,
    period,
    points,
    points_above,
    small_points,
)
from choosebattles.solving.outcome import Outcome, Stop, TieAnswer
from choosebattles.translation import _, listed, several

SHOWN = 0.05
"""Half of the last digit in which an index is shown."""


def money_there(case: Case) -> str:
    """Return what all funds hold in all years: ``70.0 million EUR over 2026-2030``."""
    amount = sum(fund.amount[year] for fund in case.funds for year in case.calendar)
    return f"{millions(case, amount)} {period(case)}"


def headline(outcome: Outcome, indices: tuple[IndexRow, ...]) -> str:
    """Return the whole answer in one sentence."""
    case = outcome.case
    if outcome.plan is None:
        return _no_plan(outcome)
    plan = _("the best plan") if outcome.proven else _("the best plan found")
    ongoing = _ongoing(case, outcome.plan)
    return _(
        "With {money} {plan} takes {taken} of {all} investments{ongoing} and {changes}."
    ).format(
        money=money_there(case),
        plan=plan,
        taken=len({choice.investment for choice in outcome.plan.choices}),
        all=len(case.investments),
        ongoing=ongoing,
        changes=changes(indices),
    )


def _ongoing(case: Case, plan: Plan) -> str:
    number = sum(case.options[name].decision is Decision.ONGOING for name in plan.taken)
    if not number:
        return ""
    return several(
        " ({number} of them under way already)", " ({number} of them under way already)", number
    ).format(number=number)


def changes(indices: tuple[IndexRow, ...]) -> str:
    """Return what becomes of the indices: ``raises autonomy from 12.0 to 34.5``."""
    verbs: dict[str, list[str]] = {}
    for row in indices:
        rise = row.after - row.before
        moves = abs(rise) > NONE
        verb = _("leaves") if not moves else _("raises") if rise > 0 else _("lowers")
        verbs.setdefault(verb, []).append(_change(row, moves=moves))
    return listed(f"{verb} {listed(changes)}" for verb, changes in verbs.items())


def _change(row: IndexRow, *, moves: bool) -> str:
    if moves:
        digits = max(1, math.ceil(-math.log10(abs(row.after - row.before)) - NONE))
        change = _("{index} from {before} to {after}").format(
            index=row.objective,
            before=points(row.before, digits),
            after=points(row.after, digits),
        )
    else:
        change = _("{index} at {after}").format(index=row.objective, after=points(row.after))
    if abs(row.possible - 100) < SHOWN:
        return change
    return _("{change} (of a possible {possible})").format(
        change=change, possible=points(row.possible)
    )


def _no_plan(outcome: Outcome) -> str:
    money = money_there(outcome.case)
    if outcome.stop is Stop.INFEASIBLE and outcome.proven:
        return _("With {money} no plan meets all demands at once.").format(money=money)
    return _("With {money} no plan was found.").format(money=money)


def income_of(recount: Recount) -> Fraction:
    """Return what comes in over all years: income of options and savings of synergies."""
    return sum(
        chain.from_iterable(years.values() for years in recount.income.values()), Fraction(0)
    )


def spending_sentence(case: Case, plan: Plan, recount: Recount) -> str:
    """Return what the plan costs of what there is, in which prices, and what is held."""
    available = sum(fund.amount[year] for fund in case.funds for year in case.calendar)
    reserve = sum(amount for years in recount.held.values() for amount in years.values())
    income = income_of(recount)
    text = (
        _("The plan costs {cost}; there are {there} and {income} of income")
        if income
        else _("The plan costs {cost} of {there}")
    )
    sentence = text.format(
        cost=millions(case, recount.total_cost),
        there=millions(case, available),
        income=millions(case, income),
    )
    if case.cost_growth:
        text = _("{sentence}, in money of each year; in prices of {year} it costs {cost}")
        cost = millions(case, first_year_cost(case, plan))
        sentence = text.format(sentence=sentence, year=case.first_year, cost=cost)
    if reserve:
        kept = _("holds at most {held} in reserve").format(held=millions(case, reserve))
        sentence = _("{sentence} and {kept}").format(sentence=sentence, kept=kept)
    return f"{sentence}."


def proof(outcome: Outcome) -> tuple[str, ...]:
    """Return what is proved, and what is not, in sentences."""
    if outcome.plan is None:
        return (_no_plan_proof(outcome),)
    if outcome.case.model.method is not Method.WEIGHTED:
        return steps(outcome)
    sentences = [_weighted(outcome)]
    if outcome.proven:
        sentences.append(_ties(outcome))
    return (*sentences, *untested_sentence(outcome.binding))


def _weighted(outcome: Outcome) -> str:
    value, bound = outcome.objective or 0.0, outcome.bound
    if outcome.proven:
        return _(
            "Proved: no plan that keeps to the money, the people and the rules has an "
            "objective above {value}."
        ).format(value=points_above(value))
    reason = {
        Stop.GAP: _("Within the gap asked for"),
        Stop.OPTIMAL: _("Not proved"),
        Stop.TIME_LIMIT: _("Not proved, because the time ran out"),
        Stop.WORK_LIMIT: _("Not proved, because the work allowed was done"),
        Stop.INTERRUPTED: _("Not proved, because it was stopped by hand"),
    }.get(outcome.stop, _("Not proved, because the solver failed"))
    if bound is None or not math.isfinite(bound):
        return _("{reason}: how much more another plan could be worth is not known.").format(
            reason=reason
        )
    return _(
        "{reason}: the objective is {value}, and no plan can exceed it by more than {more}; "
        "a better plan may exist within that."
    ).format(reason=reason, value=small_points(value), more=_more(value, bound))


def _more(value: float, bound: float) -> str:
    """Return by how much a plan could be better: a share, or points where the value is small."""
    if abs(value) >= 1:
        return at_most_percent((bound - value) / abs(value))
    return _("{points} points").format(points=figure(at_most(bound - value)))


def unfinished(outcome: Outcome) -> tuple[str, ...]:
    """Return what the user's time left open beside the plan and its proof, in sentences."""
    cut = outcome.ties.answer is TieAnswer.NOT_CHECKED and outcome.ties.stop is Stop.TIME_LIMIT
    ties = (_ties(outcome),) if cut and outcome.proven else ()
    return (*ties, *untested_sentence(outcome.binding))


def _ties(outcome: Outcome) -> str:
    ties = outcome.ties
    if ties.answer is TieAnswer.ONLY:
        return _("It is the only best plan: proved.")
    if ties.answer is TieAnswer.ANOTHER and ties.instead and outcome.plan is not None:
        ours, others = outcome.plan.taken - ties.instead, ties.instead - outcome.plan.taken
        if ours and others:
            return _("Another plan is worth the same: with {others} instead of {ours}.").format(
                others=listed(sorted(others)), ours=listed(sorted(ours))
            )
    if ties.answer is TieAnswer.ANOTHER:
        return _("Another plan is worth the same.")
    if ties.stop is Stop.TIME_LIMIT:
        return _(
            "Whether another plan is worth the same is not known: the time was over before the "
            "search for one had ended. Allow more with --time-limit."
        )
    if ties.stop is Stop.WORK_LIMIT:
        return _(
            "Whether another plan is worth the same is not known: the work allowed for it was done."
        )
    return _("Whether another plan is worth the same was not checked.")


def _no_plan_proof(outcome: Outcome) -> str:
    if outcome.stop is Stop.INFEASIBLE and outcome.proven:
        return _("Proved: whatever is chosen, at least one demand is broken.")
    reason = {
        Stop.TIME_LIMIT: _("The time ran out before a plan was found"),
        Stop.WORK_LIMIT: _("The work allowed was done before a plan was found"),
        Stop.INTERRUPTED: _("It was stopped by hand before a plan was found"),
    }.get(outcome.stop, _("The solver ended without an answer"))
    return _("{reason}; whether one exists is not known.").format(reason=reason)
