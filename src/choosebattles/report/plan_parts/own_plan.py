"""The user's own plan beside the one found: row by row, and what both are worth, cost and break."""

from collections.abc import Iterator
from dataclasses import dataclass

from choosebattles.audit.recount import Recount
from choosebattles.case.case import Case
from choosebattles.case.investment import Option
from choosebattles.case.plan import Plan
from choosebattles.case.units import Year
from choosebattles.report.number_wording import millions, money, plain, points
from choosebattles.report.plan_parts.amount_headings import each_year, unit_each_year
from choosebattles.solving.own_plan_recount import own_recount
from choosebattles.spelling import short_title
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


@dataclass(frozen=True)
class OwnRow:
    """An investment that either plan takes, and whether both agree on it."""

    investment: str
    title: str
    own: str
    own_start: Year | None
    """None where the own plan leaves the year open, or does not take the investment."""
    best: str
    best_start: Year | None
    verdict: str


def own_rows(case: Case, plan: Plan) -> tuple[OwnRow, ...]:
    """Return both plans side by side; nothing where no own plan was typed."""
    if not any(option.own_plan is not False for option in case.options.values()):
        return ()
    rows = []
    for owner in case.investments:
        own = [option for option in owner.options if option.own_plan is not False]
        best = [option for option in owner.options if option.id in plan.taken]
        if not own and not best:
            continue
        starts = [int(option.own_plan) for option in own if option.own_plan is not True]
        rows.append(
            OwnRow(
                owner.id,
                short_title((own or best)[0].title),
                "; ".join(option.id for option in own),
                starts[0] if starts else None,
                "; ".join(option.id for option in best),
                plan.starts[best[0].id] if best else None,
                _verdict(own, best, starts, [plan.starts[option.id] for option in best]),
            )
        )
    return tuple(rows)


def _verdict(own: list[Option], best: list[Option], wanted: list[Year], starts: list[Year]) -> str:
    if not best:
        return _("only in your plan")
    if not own:
        return _("only in this plan")
    if {option.id for option in own} != {option.id for option in best}:
        return _("another option")
    if wanted and wanted != starts:
        return _("another start")
    return _("the same")


def own_sentence(rows: tuple[OwnRow, ...]) -> str:
    """Return how far the two plans agree, in one sentence."""
    both = sum(1 for row in rows if row.own and row.best)
    yours = sum(1 for row in rows if row.own and not row.best)
    ours = sum(1 for row in rows if row.best and not row.own)
    return _(
        "Investments in both your own plan and this one: {both}; only in yours: {yours}; "
        "only in this one: {ours}."
    ).format(both=both, yours=yours, ours=ours)
