"""The own plan, a better one for the money, and a cheaper one: worth, cost, options, demands."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from choosebattles.audit.recount import Recount
from choosebattles.case.case import Case
from choosebattles.case.decision_model import Method
from choosebattles.case.plan import Plan
from choosebattles.case.units import Id
from choosebattles.errors import AuditError
from choosebattles.explain.own_plan import OwnPlan, Rival, RivalVerdict
from choosebattles.report.document import (
    FILES,
    SCREEN,
    Block,
    Column,
    Decimals,
    Document,
    Kind,
    Manner,
    Section,
    Sentences,
    Table,
)
from choosebattles.report.json import SCHEMA, plan_as_json
from choosebattles.report.number_wording import (
    decimals,
    millions,
    millions_alike,
    money,
    plain,
    points,
    rounded_up,
)
from choosebattles.report.plan_parts.amount_headings import each_year, unit_each_year
from choosebattles.report.plan_parts.charts import worth_against_cost
from choosebattles.report.plan_parts.conflict import nothing_possible
from choosebattles.report.plan_parts.evidence import is_illustrative
from choosebattles.report.plan_parts.intervals import digits_for, span
from choosebattles.report.plan_parts.plan_changes import CENT, changed
from choosebattles.report.plan_parts.start_marks import mark
from choosebattles.solving.outcome import Stop
from choosebattles.spelling import short_title
from choosebattles.translation import _, capitalised, listed, several

EVEN = 1e-5
"""Points below which two plans are worth the same in a sentence."""

FEW = 12
"""Broken demands, or open starts, that are named on the terminal; the rest is counted."""


@dataclass(frozen=True)
class OwnPlanRow:
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


def document(found: OwnPlan) -> Document:
    """Return what is said of the own plan and its rivals.

    Raises
    ------
    AuditError
        If the recount has not confirmed a rival; the own plan itself may break demands.
    """
    for recount in (found.better.recount, found.cheaper.recount):
        if recount is not None and not recount.passed:
            raise AuditError(_("A plan breaks what it must keep, so nothing was written."))
    rows = plan_rows(found)
    headline, *_others = sentences(found)
    return Document(
        _("Your own plan, a better and a cheaper one"),
        (_on_screen(found, rows), _plans(found, rows), _options(found, rows)),
        country=found.case.country,
        illustrative=is_illustrative(found.case),
        headline=headline,
        decimals=Decimals(decimals(row.total_cost for row in rows)),
    )


def _on_screen(found: OwnPlan, rows: Sequence[OwnPlanRow]) -> Section:
    headline, *others = sentences(found)
    columns = (
        Column("", Kind.NAME),
        Column(_("what it is"), Kind.TEXT),
        Column(_("objective"), Kind.FIGURES),
        *(Column(objective.id, Kind.FIGURES) for objective in found.case.model.objectives),
        Column(f"{_('cost')}{each_year(found.case)}", Kind.FIGURES),
    )
    costs = millions_alike(found.case, [row.total_cost for row in rows])
    cells = [
        (
            *(row.name, row.title, points(row.value, 2)),
            *(points(index, 2) for index in row.indices),
            cost,
        )
        for row, cost in zip(rows, costs, strict=True)
    ]
    broken = _broken(found)
    more = len(broken) - FEW
    if more > 0:
        broken[FEW:] = [_("and {number} more demands.").format(number=more)]
    blocks = (
        Sentences((headline,)),
        Table("", columns, cells),
        Sentences(tuple(others)),
        Sentences(tuple(broken), _("What your plan breaks:"), Manner.LIST),
    )
    return Section("", blocks, on=SCREEN)


def _plans(found: OwnPlan, rows: Sequence[OwnPlanRow]) -> Section:
    headline, *others = sentences(found)
    objective = _("Objective (weighted sum)")
    cost = _("Total cost ({unit})").format(unit=unit_each_year(found.case))
    table = Table(
        "OwnPlan",
        (
            Column(_("Plan"), Kind.NAME, 7),
            Column(_("What it is"), Kind.NAME, 25),
            Column(objective, Kind.INDEX, 13),
            *(Column(goal.id, Kind.INDEX, 12) for goal in found.case.model.objectives),
            Column(cost, Kind.MONEY, 12),
            Column(_("Points more than yours"), Kind.INDEX, 12),
            Column(_("Cost more than yours"), Kind.MONEY, 11),
            Column(_("In words"), Kind.TEXT, 70),
        ),
        [
            (
                row.name,
                row.title,
                row.value,
                *row.indices,
                row.total_cost,
                row.more,
                row.cost_change,
                row.sentence,
            )
            for row in rows
        ],
        filtered=False,
    )
    in_table = {row.sentence for row in rows}
    blocks: tuple[Block, ...] = (
        table,
        Sentences(tuple(text for text in others if text not in in_table)),
        Sentences(tuple(_broken(found)), _("What your plan breaks"), Manner.LIST),
    )
    if len(rows) > 1:
        names = [f"{row.name}: {row.title}" for row in rows]
        blocks = (*blocks, worth_against_cost("OwnPlan", names, objective, cost, "0.0"))
    return Section(
        _("Own plan"),
        blocks,
        title=_("Your own plan, a better and a cheaper one"),
        leads=(headline,),
        message=headline,
        on=FILES,
    )


def _options(found: OwnPlan, rows: Sequence[OwnPlanRow]) -> Section:
    plans = [row.plan for row in rows]
    cells = [
        (
            name,
            short_title(option.title),
            *(
                mark(plan.starts.get(name), plans[0].starts.get(name), base=plan is plans[0])
                for plan in plans
            ),
        )
        for name, option in found.case.options.items()
        if any(name in plan.taken for plan in plans)
    ]
    table = Table(
        "ByOption",
        (
            Column(_("Option"), Kind.NAME, 16),
            Column(_("Title"), Kind.TEXT, 46),
            *(Column(f"{row.name}: {row.title}", Kind.NAME, 22) for row in rows),
        ),
        cells,
        keep=2,
    )
    return Section(
        _("By option"),
        (table,),
        title=_("Your own plan, option by option"),
        leads=(
            _("A column for each plan: from when it takes an option, and what enters or leaves."),
        ),
        message=" ".join(_kept(rows[0].plan, row) for row in rows[1:]),
        on=FILES,
    )


def _kept(own: Plan, rival: OwnPlanRow) -> str:
    """Return how much of the own plan stays in a rival."""
    number = len(own.taken)
    text = (
        several(
            "Plan {name} keeps {kept} of your {number} option and takes {more} more.",
            "Plan {name} keeps {kept} of your {number} options and takes {more} more.",
            number,
        )
        if rival.enters
        else several(
            "Plan {name} keeps {kept} of your {number} option and takes no other.",
            "Plan {name} keeps {kept} of your {number} options and takes no other.",
            number,
        )
    )
    kept = number - len(rival.leaves)
    return text.format(name=rival.name, kept=kept, number=number, more=len(rival.enters))


def as_json(found: OwnPlan) -> dict[str, Any]:
    """Return the three plans as a tree of plain values; money in millions, unrounded."""
    own = found.own
    return {
        "schema": SCHEMA,
        "case": found.case.name,
        "stop": str(found.stop),
        "efficient": found.efficient,
        "own": None
        if own is None
        else {
            **plan_as_json(own.plan, own.recount),
            "keeps": own.keeps,
            "payable": own.payable,
            "open_starts": list(own.open),
            "breaks": [{"text": text, "cells": cells} for text, cells in breaks(found)],
            "sentence": own_sentence(found),
        },
        "better": own and _rival_as_json(found, "B", found.better, better_sentence(found)),
        "cheaper": own and _rival_as_json(found, "C", found.cheaper, cheaper_sentence(found)),
        "gap": found.gap,
        "seconds": found.seconds,
    }


def _rival_as_json(found: OwnPlan, name: str, rival: Rival, sentence: str) -> dict[str, Any]:
    row = next((row for row in plan_rows(found) if row.name == name), None)
    tree: dict[str, Any] = {
        "verdict": str(rival.verdict),
        "gain": None if row is None else rival.low,
        "gain_at_most": rival.high,
        "sentence": sentence,
    }
    if row is not None and rival.recount is not None:
        tree |= plan_as_json(row.plan, rival.recount)
        tree |= {"enters": list(row.enters), "leaves": list(row.leaves)}
    return tree


def plan_rows(found: OwnPlan) -> list[OwnPlanRow]:
    """Return the own plan, and the better and the cheaper one where there are such."""
    if found.own is None:
        return []
    own = found.own
    rows = [_row(found, "P", _("Your plan"), own.plan, own.recount, own_sentence(found))]
    for name, title, rival, sentence in (
        ("B", _("Better, for no more money"), found.better, better_sentence(found)),
        ("C", _("Cheaper, worth as much"), found.cheaper, cheaper_sentence(found)),
    ):
        if (
            rival.verdict is RivalVerdict.FOUND
            and rival.plan is not None
            and rival.recount is not None
        ):
            rows.append(_row(found, name, title, rival.plan, rival.recount, sentence))
    return rows


def _row(
    found: OwnPlan, name: str, title: str, plan: Plan, recount: Recount, sentence: str
) -> OwnPlanRow:
    assert found.own is not None
    own = found.own
    return OwnPlanRow(
        name,
        title,
        plan,
        plain(recount.after.value),
        tuple(plain(recount.after.indices[goal.id]) for goal in found.case.model.objectives),
        money(recount.total_cost),
        plain(recount.after.value - own.recount.after.value),
        money(recount.total_cost - own.recount.total_cost),
        tuple(sorted(plan.taken - own.plan.taken)),
        tuple(sorted(own.plan.taken - plan.taken)),
        sentence,
    )


def sentences(found: OwnPlan) -> Iterator[str]:
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
            f"{capitalised(violation.text)}.",
            ", ".join(dict.fromkeys(str(place) for place in violation.asked_by if str(place))),
        )
        for violation in found.own.recount.violations
    ]


def _broken(found: OwnPlan) -> list[str]:
    return [f"{text} ({cells})" if cells else text for text, cells in breaks(found)]


def better_sentence(found: OwnPlan) -> str:
    """Return what a better plan for the same money would bring."""
    rival = found.better
    if rival.verdict is RivalVerdict.SAME:
        return _("No plan is worth more for the same money: proved.")
    if rival.verdict is RivalVerdict.NONE:
        return _("No plan that keeps every demand costs as little: proved.")
    if rival.verdict is RivalVerdict.OPEN and rival.high is None:
        return _("Whether a plan is worth more for the same money is not known.")
    if rival.verdict is RivalVerdict.OPEN:
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
    if rival.verdict is RivalVerdict.SAME:
        return _("No plan is worth as much for less money: proved.")
    if rival.verdict is RivalVerdict.NONE:
        return _("No plan that keeps every demand is worth as much: proved.")
    if rival.verdict is RivalVerdict.OPEN and rival.high is None:
        return _("Whether a plan is worth as much for less money is not known.")
    if rival.verdict is RivalVerdict.OPEN:
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
    text = changed(sorted(theirs - ours), sorted(ours - theirs))
    return f"{text[:1].lower()}{text[1:]}"


def _points(rival: Rival) -> str:
    """Return the gain in points, or the loss without its sign; where open, its bound."""
    low, high = _ends(rival)
    digits = digits_for(low)
    if rival.verdict is RivalVerdict.OPEN:
        return points(rounded_up(low, digits), digits)
    return span(low, high, lambda value: points(value, digits), digits)


def _amount(case: Case, rival: Rival) -> str:
    """Return the saving, or what it costs more; where open, its bound."""
    low, high = _ends(rival)
    digits = 1 if low >= 1 else 3
    if rival.verdict is RivalVerdict.OPEN:
        return millions(case, rounded_up(low, digits))
    return span(low, high, lambda value: millions(case, value), digits)


def _ends(rival: Rival) -> tuple[float, float | None]:
    """Return between what the size of a gain lies; it is a loss where ``low`` is below 0."""
    low, high = rival.low, rival.high
    if rival.verdict is RivalVerdict.OPEN:
        most = max(0.0, high or 0.0)
        return most, most
    if low >= 0:
        return low, high
    return max(0.0, -low if high is None else -high), -low
