"""The first sentences of every result: what the plan is worth and what it costs."""

import math
from fractions import Fraction
from itertools import chain

from choosebattles.audit.recount import Recount
from choosebattles.case.case import Case
from choosebattles.case.investment import Decision
from choosebattles.case.plan import Plan
from choosebattles.report.number_wording import (
    NONE,
    millions,
    period,
    points,
)
from choosebattles.report.plan_parts.costs import first_year_cost
from choosebattles.report.plan_parts.indices import IndexRow
from choosebattles.solving.outcome import Outcome, Stop
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
