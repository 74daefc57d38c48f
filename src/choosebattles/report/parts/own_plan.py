"""The own plan beside a better and a cheaper one, in words."""

from collections.abc import Iterator
from dataclasses import dataclass

from choosebattles.audit.recount import Recount
from choosebattles.case.case import Case
from choosebattles.case.decision_model import Method
from choosebattles.case.plan import Plan
from choosebattles.case.units import Id, Year
from choosebattles.explain.own_plan import OwnPlan, Rival, Verdict
from choosebattles.report.parts.changed import changed
from choosebattles.report.parts.conflict import nothing_possible
from choosebattles.report.parts.spans import digits_for, span
from choosebattles.report.wording import millions, money, plain, points
from choosebattles.solving.outcome import Stop
from choosebattles.spelling import short_title
from choosebattles.words import _, listed, several

CENT = 0.0005
"""Millions below which two costs are the same: they are whole thousandths."""

EVEN = 1e-5
"""Points below which two plans are worth the same in a sentence."""

FEW = 12
"""How many broken demands are told on the terminal before the rest is counted."""


@dataclass(frozen=True)
class PlanRow:
    """One of the three plans: P, B or C."""

    name: str
    title: str
    plan: Plan
    value: float
    indices: tuple[float, ...]
    total_cost: float
    more: float
    """Points more than the own plan."""
    cost_change: float
    """Millions more than the own plan."""
    enters: tuple[Id, ...]
    leaves: tuple[Id, ...]
    sentence: str


@dataclass(frozen=True)
class OwnOptionRow:
    """An option that any of the plans takes, with the years in which they start it."""

    option: Id
    title: str
    starts: tuple[Year | None, ...]


def plan_rows(found: OwnPlan) -> list[PlanRow]:
    """Return the own plan, and the better and the cheaper one where there are such."""
    if found.own is None:
        return []
    own = found.own
    rows = [_row(found, "P", _("Your plan"), own.plan, own.recount, own_sentence(found))]
    for name, title, rival, told in (
        ("B", _("Better, for no more money"), found.better, better_sentence(found)),
        ("C", _("Cheaper, worth as much"), found.cheaper, cheaper_sentence(found)),
    ):
        if rival.verdict is Verdict.FOUND and rival.plan is not None and rival.recount is not None:
            rows.append(_row(found, name, title, rival.plan, rival.recount, told))
    return rows


def _row(
    found: OwnPlan, name: str, title: str, plan: Plan, recount: Recount, sentence: str
) -> PlanRow:
    assert found.own is not None
    own = found.own
    return PlanRow(
        name,
        title,
        plan,
        plain(recount.after.value),
        tuple(plain(recount.after.indices[each.id]) for each in found.case.model.objectives),
        money(recount.total_cost),
        plain(recount.after.value - own.recount.after.value),
        money(recount.total_cost - own.recount.total_cost),
        tuple(sorted(plan.taken - own.plan.taken)),
        tuple(sorted(own.plan.taken - plan.taken)),
        sentence,
    )


def own_option_rows(found: OwnPlan) -> list[OwnOptionRow]:
    """Return every option that one of the plans takes, in the order of the case."""
    plans = [each.plan for each in plan_rows(found)]
    return [
        OwnOptionRow(
            name, short_title(option.title), tuple(plan.starts.get(name) for plan in plans)
        )
        for name, option in found.case.options.items()
        if any(name in plan.taken for plan in plans)
    ]


def own_lines(found: OwnPlan) -> Iterator[str]:
    """Yield all that is said of the own plan and its rivals; the first sentence is the headline."""
    if found.own is None:
        yield _("Stopped before your own plan was valued.")
        return
    yield own_sentence(found)
    if found.own.open:
        yield _assumed(found)
    if not found.own.payable:
        yield _(
            "Who pays for it could not be found, so what depending on funds costs in points is "
            "left out of its worth."
        )
    if found.stop is Stop.INFEASIBLE:
        yield nothing_possible()
        return
    if found.efficient:
        yield _(
            "It is efficient: no plan is worth more for the same money, and none is worth as much "
            "for less. Proved."
        )
    else:
        yield better_sentence(found)
        yield cheaper_sentence(found)
    if not found.own.keeps:
        yield _(
            "Plans are compared with yours as if it could be carried out; they themselves keep "
            "every demand."
        )
    if found.case.model.method is not Method.WEIGHTED:
        yield _("Worth is the weighted sum of the indices, whatever the method of the case.")
    if found.stop in (Stop.TIME_LIMIT, Stop.INTERRUPTED):
        yield _("Stopped before all was proved.")


def own_sentence(found: OwnPlan) -> str:
    """Return what the own plan is worth and costs, and whether it keeps every demand."""
    assert found.own is not None
    own = found.own
    number = len(own.recount.violations)
    kept = (
        _("it keeps every demand")
        if own.keeps
        else several("it breaks {number} demand", "it breaks {number} demands", number).format(
            number=number
        )
    )
    return _("Your own plan is worth {value} points for {cost}; {kept}.").format(
        value=points(own.value, 2),
        cost=millions(found.case, own.recount.total_cost),
        kept=kept,
    )


def _assumed(found: OwnPlan) -> str:
    assert found.own is not None
    names = listed(found.own.open) if len(found.own.open) <= FEW else ""
    if found.own.keeps:
        year = _("the year that is best")
    else:
        year = _("the year with which the plan breaks as little as possible")
    text = (
        several(
            "Your plan leaves the start of {names} open: it got {year}.",
            "Your plan leaves the start of {names} open: each got {year}.",
            len(found.own.open),
        )
        if names
        else _("Where your plan leaves a start open, it got {year}.")
    )
    return text.format(names=names, year=year)


def breaks(found: OwnPlan) -> list[tuple[str, str]]:
    """Return what the own plan breaks, each with the cells that ask for it."""
    if found.own is None:
        return []
    return [
        (
            f"{each.text[:1].upper()}{each.text[1:]}.",
            ", ".join(dict.fromkeys(str(place) for place in each.asked_by if str(place))),
        )
        for each in found.own.recount.violations
    ]


def better_sentence(found: OwnPlan) -> str:
    """Return what a better plan for the same money would bring."""
    rival = found.better
    if rival.verdict is Verdict.SAME:
        return _("No plan is worth more for the same money: proved.")
    if rival.verdict is Verdict.NONE:
        return _("No plan that keeps every demand costs as little: proved.")
    if rival.verdict is Verdict.OPEN and rival.high is None:
        return _("Whether a plan is worth more for the same money is not known.")
    if rival.verdict is Verdict.OPEN:
        text = _("No better plan for the same money was found; at most {points} points more.")
    elif rival.low > EVEN:
        text = _("For the same money, {points} points more: {change}.")
    elif rival.low >= -EVEN:
        text = _("For the same money, a plan that keeps every demand is worth as much: {change}.")
    else:
        text = _(
            "The best plan that keeps every demand for no more money is worth {points} points "
            "less: {change}."
        )
    return text.format(points=_points(rival), change=_change(found, rival))


def cheaper_sentence(found: OwnPlan) -> str:
    """Return what a cheaper plan of the same worth would save."""
    rival = found.cheaper
    if rival.verdict is Verdict.SAME:
        return _("No plan is worth as much for less money: proved.")
    if rival.verdict is Verdict.NONE:
        return _("No plan that keeps every demand is worth as much: proved.")
    if rival.verdict is Verdict.OPEN and rival.high is None:
        return _("Whether a plan is worth as much for less money is not known.")
    if rival.verdict is Verdict.OPEN:
        text = _("No cheaper plan of the same worth was found; at most {amount} less.")
    elif rival.low >= CENT:
        text = (
            _("At least the same worth for {amount} less: {change}.")
            if _worth_more(found)
            else _("The same worth for {amount} less: {change}.")
        )
    elif rival.low > -CENT:
        text = _("For the same money, a plan that keeps every demand is worth as much: {change}.")
    else:
        text = _(
            "The cheapest plan that keeps every demand and is worth as much costs {amount} more: "
            "{change}."
        )
    return text.format(amount=_amount(found.case, rival), change=_change(found, rival))


def _worth_more(found: OwnPlan) -> bool:
    """Say whether the cheaper plan is worth more too."""
    rival = found.cheaper.recount
    assert found.own is not None
    return rival is not None and float(rival.after.value) - found.own.value > EVEN


def _change(found: OwnPlan, rival: Rival) -> str:
    assert found.own is not None
    if rival.plan is None:
        return ""
    ours, theirs = found.own.plan.taken, rival.plan.taken
    if ours == theirs:
        return _("the same options, started in other years")
    told = changed(sorted(theirs - ours), sorted(ours - theirs))
    return f"{told[:1].lower()}{told[1:]}"


def _points(rival: Rival) -> str:
    """Return the gain in points, or the loss without its sign; where open, its bound."""
    low, high = _ends(rival)
    digits = digits_for(low)
    return span(low, high, lambda each: points(each, digits), digits)


def _amount(case: Case, rival: Rival) -> str:
    """Return the saving, or what it costs more; where open, its bound."""
    low, high = _ends(rival)
    digits = 1 if low >= 1 else 3
    return span(low, high, lambda each: millions(case, each), digits)


def _ends(rival: Rival) -> tuple[float, float | None]:
    """Return between what the size of a gain lies; it is a loss where ``low`` is below 0."""
    low, high = rival.low, rival.high
    if rival.verdict is Verdict.OPEN:
        most = max(0.0, high or 0.0)
        return most, most
    if low >= 0:
        return low, high
    return max(0.0, -low if high is None else -high), -low
