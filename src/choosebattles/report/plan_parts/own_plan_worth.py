"""What the user's own plan is worth, costs and breaks, recounted beside the one found."""

from collections.abc import Iterator
from dataclasses import dataclass

from choosebattles.audit.recount import Recount
from choosebattles.case.case import Case
from choosebattles.case.plan import Plan
from choosebattles.explain.own_plan_recount import own_recount
from choosebattles.report.plan_parts.amount_headings import each_year, unit_each_year
from choosebattles.report.wording import millions, money, plain, points
from choosebattles.translation import _, capitalised, listed

MONEY = "money"
"""How names of demands on money begin."""
FEW = 8
"""How many broken demands are told before the rest is counted."""


@dataclass(frozen=True)
class OwnMeasure:
    """One number of both plans, with that of doing nothing new where there is one."""

    measure: str
    unit: str
    before: float | None
    own: float
    best: float


@dataclass(frozen=True)
class OwnWorth:
    """The user's own plan, valued as ours is.

    ``assumed`` says which starts were taken where the plan leaves them open; ``breaks`` what the
    plan breaks, by sentence; ``sentence`` is the whole in one line.
    """

    measures: tuple[OwnMeasure, ...]
    assumed: str
    breaks: tuple[str, ...]
    sentence: str


def own_worth(case: Case, plan: Plan, ours: Recount) -> OwnWorth | None:
    """Return what the user's own plan is worth; None where none was typed.

    What is under way belongs to it. Where it leaves a start open, the earliest one counts or, if
    the plan then breaks something and would not with our starts, ours.
    """
    own = own_recount(case, plan)
    if own is None:
        return None
    assumed = _("Where your plan leaves a start open, the earliest possible year was taken.")
    if own.with_ours:
        assumed = _("Where your plan leaves a start open, this plan's start was taken.")
    if all(option.own_plan is not True for option in case.options.values()):
        assumed = ""
    counted = own.recount
    breaks = tuple(_breaks(case, counted, payable=own.payable))
    return OwnWorth(
        tuple(_measures(case, counted, ours)),
        assumed,
        breaks,
        _sentence(case, counted, ours, breaks),
    )


def _breaks(case: Case, counted: Recount, *, payable: bool) -> Iterator[str]:
    found = [
        violation for violation in counted.violations if payable or violation.name.unit != MONEY
    ]
    if not payable:
        yield _money_lacks(case, counted)
    yield from (f"{capitalised(violation.text)}." for violation in found[:FEW])
    if len(found) > FEW:
        yield _("{number} more demands are broken.").format(number=len(found) - FEW)


def _money_lacks(case: Case, counted: Recount) -> str:
    """Return where money lacks for sure, or else that terms of funds cannot be kept."""
    short = []
    needed = available = 0.0
    for year in case.calendar:
        needed += sum(
            float(years[year]) for years in (*counted.build.values(), *counted.run.values())
        )
        # A plan that cannot be paid for sets nothing aside, so no money is counted in two years.
        available += sum(float(years[year]) for years in counted.available.values())
        if needed > available + 0.0005:
            short.append(
                _("{needed} are needed up to {year}, and {there} are there").format(
                    needed=millions(case, needed), year=year, there=millions(case, available)
                )
            )
    if short:
        return _("It cannot be paid for: {first}.").format(first=short[0])
    return _("It cannot be paid for on the terms of the funds, year by year.")


def _measures(case: Case, own: Recount, ours: Recount) -> Iterator[OwnMeasure]:
    for objective in case.model.objectives:
        yield OwnMeasure(
            objective.id,
            _("points"),
            plain(ours.before.indices[objective.id]),
            plain(own.after.indices[objective.id]),
            plain(ours.after.indices[objective.id]),
        )
    yield OwnMeasure(
        _("Objective (weighted sum)"),
        _("points"),
        plain(ours.before.value),
        plain(own.after.value),
        plain(ours.after.value),
    )
    yield OwnMeasure(
        _("Total cost"), unit_each_year(case), None, money(own.total_cost), money(ours.total_cost)
    )


def _sentence(case: Case, own: Recount, ours: Recount, breaks: tuple[str, ...]) -> str:
    indices = listed(
        _("{index} {own} (this plan {best})").format(
            index=objective.id,
            own=points(own.after.indices[objective.id]),
            best=points(ours.after.indices[objective.id]),
        )
        for objective in case.model.objectives
    )
    text = _("Your own plan: {indices}, for {cost} (this plan {ours}{prices}); {kept}.")
    kept = (
        _("it breaks demands: see the sheet Own plan")
        if breaks
        else _("it keeps to the money, the people and the rules")
    )
    return text.format(
        indices=indices,
        cost=millions(case, own.total_cost),
        ours=millions(case, ours.total_cost),
        prices=each_year(case),
        kept=kept,
    )
