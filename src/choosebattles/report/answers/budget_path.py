"""A budget path: what each step drops or adds, and what a nested order costs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from choosebattles.case.decision_model import Method
from choosebattles.case.units import Id
from choosebattles.explain.budget_path import BudgetPath, BudgetStep
from choosebattles.report.document import (
    FILES,
    SCREEN,
    Cell,
    Column,
    Decimals,
    Document,
    Kind,
    Section,
    Sentences,
    Table,
)
from choosebattles.report.json import SCHEMA, choices_as_json
from choosebattles.report.json import as_json as outcome_as_json
from choosebattles.report.number_wording import (
    at_most,
    decimals,
    figure,
    millions,
    millions_alike,
    points,
)
from choosebattles.report.plan_parts.amount_headings import each_year, unit_each_year
from choosebattles.report.plan_parts.charts import in_columns
from choosebattles.report.plan_parts.conflict import conflict_rows, conflict_sentences
from choosebattles.report.plan_parts.evidence import is_illustrative
from choosebattles.report.plan_parts.intervals import SMALL, outwards, price_between
from choosebattles.solving.outcome import Stop
from choosebattles.spelling import short_title
from choosebattles.translation import _, listed, several


@dataclass(frozen=True)
class BudgetRow:
    """One budget as plain values; None where there is no plan."""

    change: str
    money: float
    objective: float | None
    bound: float | None
    cost: float | None
    indices: dict[Id, float]
    enters: str
    leaves: str
    note: str


def document(path: BudgetPath) -> Document:
    """Return what is said of a budget path."""
    rows = budget_rows(path)
    headline, *_others = sentences(path)
    sections = (
        _on_screen(path, rows),
        _budgets(path, rows),
        _options(path),
        _nested_order(path),
        _conflicts(path),
    )
    amounts = [amount for row in rows for amount in (row.money, row.cost) if amount is not None]
    return Document(
        _("What less money drops, and more money adds"),
        tuple(section for section in sections if section is not None),
        country=path.case.country,
        illustrative=is_illustrative(path.case),
        headline=headline,
        decimals=Decimals(decimals(amounts)),
    )


def _on_screen(path: BudgetPath, rows: Sequence[BudgetRow]) -> Section:
    headline, *others = sentences(path)
    objectives = _objectives(rows)
    columns = (
        Column(_("money"), Kind.NAME),
        Column(_("of all funds"), Kind.FIGURES),
        Column(_("objective"), Kind.FIGURES),
        *(Column(name, Kind.FIGURES) for name in objectives),
        Column(f"{_('total cost')}{each_year(path.case)}", Kind.FIGURES),
    )
    cells = [
        (
            row.change,
            money,
            *(
                "" if number is None else points(number)
                for number in (row.objective, *map(row.indices.get, objectives))
            ),
            cost,
        )
        for row, money, cost in zip(
            rows,
            millions_alike(path.case, [row.money for row in rows]),
            millions_alike(path.case, [row.cost for row in rows]),
            strict=True,
        )
    ]
    blocks = (Sentences((headline,)), Table("", columns, cells), Sentences(tuple(others)))
    return Section("", blocks, on=SCREEN)


def _objectives(rows: Sequence[BudgetRow]) -> list[Id]:
    return list(dict.fromkeys(name for row in rows for name in row.indices))


def _budgets(path: BudgetPath, rows: Sequence[BudgetRow]) -> Section:
    headline, *others = sentences(path)
    objectives = _objectives(rows)
    titles = [_("Index: {objective}").format(objective=name) for name in objectives]
    money, objective = _("Money"), _("Objective")
    table = Table(
        "BudgetPath",
        (
            Column(money, Kind.NAME, 11),
            Column(_("Of all funds"), Kind.MONEY, 12),
            Column(objective, Kind.POINTS, 11),
            Column(_("No plan above"), Kind.POINTS, 11),
            *(Column(title, Kind.POINTS, 12) for title in titles),
            Column(_("Total cost"), Kind.MONEY, 11),
            Column(_("Adds"), Kind.TEXT, 30),
            Column(_("Drops"), Kind.TEXT, 30),
            Column(_("Note"), Kind.TEXT, 34),
        ),
        [
            (
                row.change,
                row.money,
                row.objective,
                row.bound,
                *map(row.indices.get, objectives),
                row.cost,
                row.enters,
                row.leaves,
                row.note,
            )
            for row in rows
        ],
    )
    chart = in_columns(_("What the money brings"), "BudgetPath", (objective, *titles), money)
    return Section(
        _("Budget path"),
        (table, Sentences(tuple(others)), chart),
        title=_("What less money drops, and more money adds"),
        leads=(headline, _("Money in {unit}.").format(unit=unit_each_year(path.case))),
        message=headline,
        on=FILES,
    )


def _options(path: BudgetPath) -> Section | None:
    """Return the options that some budgets take: those that all take stand last."""
    plans = [step.plan for step in path.steps]
    nested = {option for step in path.nested for option in step.plan.taken}
    back = {option for option, _out, _again in path.returns}
    rows: list[tuple[Cell, ...]] = []
    for option in path.case.options.values():
        starts = [None if plan is None else plan.starts.get(option.id) for plan in plans]
        if option.id in nested or any(start is not None for start in starts):
            returns = _("yes") if option.id in back else None
            rows.append((option.id, short_title(option.title), returns, *starts))
    if not rows:
        return None
    table = Table(
        "Options",
        (
            Column(_("Option"), Kind.NAME, 14),
            Column(_("Title"), Kind.TEXT, 44),
            Column(_("Returns"), Kind.TEXT, 9),
            *(Column(change_name(step.change), Kind.YEAR, 10) for step in path.steps),
        ),
        sorted(rows, key=lambda row: (row[2] is None, None not in row[3:])),
        keep=2,
    )
    return Section(
        _("Options"),
        (table,),
        title=_("Which options each budget takes, with the start year"),
        leads=(_("Blank: not in the plan. Returns: out at a cut and in again at a deeper one."),),
        message=_always(path),
        on=FILES,
    )


def _always(path: BudgetPath) -> str:
    """Return which options stay, whatever the money; nothing where a single budget has a plan."""
    if sum(step.plan is not None for step in path.steps) < 2:
        return ""
    kept = _kept(path)
    if not kept:
        return _("No option is in every plan.")
    return _("In every plan: {options}.").format(options=listed(kept))


def _kept(path: BudgetPath) -> list[Id]:
    """Return the options that every plan takes."""
    plans = [step.plan for step in path.steps if step.plan is not None]
    return [name for name in path.case.options if all(name in plan.taken for plan in plans)]


def _nested_order(path: BudgetPath) -> Section | None:
    if not path.nested:
        return None
    best = {step.change: step.outcome.objective for step in path.steps}
    table = Table(
        "NestedOrder",
        (
            Column(_("Money"), Kind.NAME, 11),
            Column(_("Best plan"), Kind.POINTS, 11),
            Column(_("Nested plan"), Kind.POINTS, 11),
            Column(_("Price, at least"), Kind.NUMBER, 11),
            Column(_("Price, at most"), Kind.NUMBER, 11),
            Column(_("Total cost"), Kind.MONEY, 11),
            Column(_("Dropped from the next larger plan"), Kind.TEXT, 40),
            Column(_("Options"), Kind.TEXT, 70),
        ),
        [
            (
                change_name(step.change),
                best[step.change],
                float(step.recount.after.value),
                *outwards(*step.price),
                float(step.recount.total_cost),
                ", ".join(step.leaves),
                ", ".join(sorted(step.plan.taken)),
            )
            for step in path.nested
        ],
    )
    return Section(
        _("Nested order"),
        (table,),
        title=_("The best plans of which each is a part of the next larger one"),
        leads=(
            _(
                "The price is what the best plan of that budget is worth more, at least and at most."
            ),
            _("All budgets count alike: the sum of what the nested plans are worth is largest.")
            if path.best_order
            else _(
                "All budgets count alike: the sum of what the nested plans are worth is the largest "
                "found; another order may reach more."
            ),
        ),
        message=next(nested_sentences(path), ""),
        on=FILES,
    )


def _conflicts(path: BudgetPath) -> Section | None:
    rows = [
        (change_name(step.change), row.number, row.what, row.cell, row.value, row.repair)
        for step in path.steps
        for row in conflict_rows(step.outcome.conflict)
    ]
    if not rows:
        return None
    table = Table(
        "Conflict",
        (
            Column(_("Money"), Kind.NAME, 11),
            Column(_("Conflict"), Kind.COUNT, 9),
            Column(_("What"), Kind.TEXT, 50),
            Column(_("Cell"), Kind.NAME, 18),
            Column(_("Value"), Kind.NAME, 14),
            Column(_("What would do"), Kind.TEXT, 60),
        ),
        rows,
    )
    text = _("Budgets at which no plan meets all demands, proved: {steps}.")
    return Section(
        _("Conflict"),
        (table,),
        title=_("Why nothing fits"),
        leads=(_("Demands with the same number cannot all hold together with that money."),),
        message=text.format(steps=listed(change_name(step.change) for step in _without(path))),
        on=FILES,
    )


def as_json(path: BudgetPath) -> dict[str, Any]:
    """Return a budget path as a tree of plain values; shares are fractions of 1."""
    return {
        "schema": SCHEMA,
        "complete": path.complete,
        "steps": [
            {
                "change": float(step.change),
                "money": float(money_of(step)),
                **outcome_as_json(step.outcome),
                "enters": list(step.enters),
                "leaves": list(step.leaves),
                "not_nested": list(step.back),
            }
            for step in path.steps
        ],
        "returns": [
            {"option": option, "out_at": float(out), "in_at": float(back)}
            for option, out, back in path.returns
        ],
        "nested": [
            {
                "change": float(step.change),
                "objective": float(step.recount.after.value),
                "total_cost": float(step.recount.total_cost),
                "price_low": step.price[0],
                "price_high": step.price[1],
                "chosen": choices_as_json(step.plan.choices),
            }
            for step in path.nested
        ],
        "nested_price_low": path.price[0] if path.price else None,
        "nested_price_high": path.price[1] if path.price else None,
        "best_order": path.best_order,
        "seconds": path.seconds,
    }


def change_name(change: Decimal) -> str:
    """Return a step as it is typed: ``-5 %``, ``+10 %``, ``as typed``."""
    if not change:
        return _("as typed")
    return f"{(100 * change).normalize():+f} %"


def money_of(step: BudgetStep) -> Decimal:
    """Return the money of all funds and years of a step, in millions."""
    case = step.case
    return sum(
        (fund.amount[year] for fund in case.funds for year in case.calendar), start=Decimal(0)
    )


def budget_rows(path: BudgetPath) -> list[BudgetRow]:
    """Return every budget, the least money first."""
    return [_budget_row(path, step) for step in path.steps]


def _budget_row(path: BudgetPath, step: BudgetStep) -> BudgetRow:
    recount = step.outcome.recount
    return BudgetRow(
        change_name(step.change),
        float(money_of(step)),
        step.outcome.objective,
        step.outcome.bound if step.plan is not None and _raised(path) else None,
        float(recount.total_cost) if recount else None,
        {name: float(index) for name, index in recount.after.indices.items()} if recount else {},
        ", ".join(step.enters),
        ", ".join(step.leaves),
        _note(step),
    )


def _raised(path: BudgetPath) -> bool:
    return path.case.model.method is Method.WEIGHTED


def _note(step: BudgetStep) -> str:
    if step.plan is None:
        return _no_plan(step)
    if not step.back:
        return ""
    names = ", ".join(step.back)
    if step.change < 0:
        return _("not nested: {options} with less money").format(options=names)
    return _("not nested: without {options} though there is more money").format(options=names)


def _no_plan(step: BudgetStep) -> str:
    if step.outcome.stop is Stop.INFEASIBLE:
        return _("no plan meets all demands: proved")
    return _("no plan was found in the time")


def sentences(path: BudgetPath) -> Iterator[str]:
    """Yield what the path says: a headline, a sentence for each step, the price of an order."""
    yield _headline(path)
    yield from step_sentences(path)
    yield from _returning(path)
    yield from nested_sentences(path)
    if path.case.points_for_100 is not None:
        yield _("Points for 100 are held at {points} throughout.").format(
            points=f"{path.case.points_for_100:,.6g}"
        )
    if not path.complete:
        yield _("Stopped before every budget was looked into.")


def _headline(path: BudgetPath) -> str:
    planned = [step for step in path.steps if step.plan is not None]
    if not planned:
        if len(_without(path)) == len(path.steps):
            return _("No budget has a plan.")
        return _("No plan was found for any budget.")
    if len(planned) == 1:
        return _only(path, planned[0])
    least, most = planned[0], planned[-1]
    plans = [step.plan for step in planned if step.plan is not None]
    kept = _kept(path)
    some = {option for plan in plans for option in plan.taken}
    return _(
        "From {least} to {most} of the money as typed, {kept} of {some} options stay in every plan."
    ).format(least=_share(least), most=_share(most), kept=len(kept), some=len(some))


def _only(path: BudgetPath, step: BudgetStep) -> str:
    """Return the headline where a single budget has a plan."""
    assert step.plan is not None
    number = len(step.plan.taken)
    text = (
        several(
            "With {share} of the money as typed the plan takes {number} option.",
            "With {share} of the money as typed the plan takes {number} options.",
            number,
        )
        if len(path.steps) == 1
        else several(
            "Of {steps} budgets a plan was found for {share} of the money as typed only: it takes "
            "{number} option.",
            "Of {steps} budgets a plan was found for {share} of the money as typed only: it takes "
            "{number} options.",
            number,
        )
        if len(_without(path)) < len(path.steps) - 1
        else several(
            "Of {steps} budgets only {share} of the money as typed has a plan: it takes {number} "
            "option.",
            "Of {steps} budgets only {share} of the money as typed has a plan: it takes {number} "
            "options.",
            number,
        )
    )
    return text.format(share=_share(step), number=number, steps=len(path.steps))


def _without(path: BudgetPath) -> list[BudgetStep]:
    """Return the steps that have no plan: proved."""
    return [step for step in path.steps if step.outcome.stop is Stop.INFEASIBLE]


def _share(step: BudgetStep) -> str:
    return f"{(100 * (1 + step.change)).normalize():f} %"


def step_sentences(path: BudgetPath) -> Iterator[str]:
    """Yield a sentence for each step, those nearest to the money as typed first."""
    base = next(step for step in path.steps if not step.change)
    for step in sorted(path.steps, key=lambda step: (step.change > 0, abs(step.change))):
        money = f"{change_name(step.change)} ({millions(step.case, money_of(step))})"
        if step.plan is None:
            yield _("{step}: {note}.").format(step=money, note=_no_plan(step))
            yield from conflict_sentences(step.outcome.conflict)
            continue
        parts = []
        if step.leaves:
            parts.append(_("drops {options}").format(options=listed(step.leaves)))
        if step.enters:
            verb = _("adds {options}") if step.change >= 0 else _("takes {options} instead")
            if step.change < 0 and not step.leaves:
                verb = _("takes {options}")
            parts.append(verb.format(options=listed(step.enters)))
        nearer = _nearer(path, step)
        if nearer is not None and not parts:
            parts.append(_same(nearer))
        elif nearer is not None and nearer.change:
            text = _("against the plan at {nearer} it {what}")
            parts = [text.format(nearer=change_name(nearer.change), what=_(" and ").join(parts))]
        parts.append(_worth(base, step))
        parts.append(_note(step))
        yield _("{step}: {what}.").format(
            step=money, what="; ".join(part for part in parts if part)
        )


def _nearer(path: BudgetPath, step: BudgetStep) -> BudgetStep | None:
    """Return the step with a plan that a step is compared with: the next towards no change."""
    between = [
        other
        for other in path.steps
        if other.plan is not None
        and other.change * step.change >= 0
        and abs(other.change) < abs(step.change)
    ]
    return max(between, key=lambda other: abs(other.change), default=None)


def _same(nearer: BudgetStep) -> str:
    assert nearer.plan is not None
    if not nearer.change:
        text = _("the same options as with the money as typed")
        nothing = _("takes nothing, as with the money as typed")
    else:
        text = _("the same options as at {nearer}")
        nothing = _("takes nothing, as at {nearer}")
    return (text if nearer.plan.taken else nothing).format(nearer=change_name(nearer.change))


def _worth(base: BudgetStep, step: BudgetStep) -> str:
    objective = step.outcome.objective
    assert objective is not None
    text = _("the objective is {objective}").format(objective=points(objective))
    if base.outcome.objective is None or not step.change:
        return text
    if step.case.model.method is not Method.WEIGHTED:
        return text
    low, high = _against(base, step)
    less = step.change < 0
    word = (
        _("{points} less than with the money as typed")
        if less
        else _("{points} more than with the money as typed")
    )
    difference = word.format(points=price_between(max(low, 0.0), max(high, 0.0)))
    if high <= 0:
        difference = _("as much as with the money as typed")
    return f"{text}, {difference}"


def _against(base: BudgetStep, step: BudgetStep) -> tuple[float, float]:
    """Return by how much a step's best plan differs from the base's, between proved bounds."""
    one, other = base.outcome, step.outcome
    assert one.objective is not None
    assert other.objective is not None
    top_one = max(one.objective, one.bound or one.objective)
    top_other = max(other.objective, other.bound or other.objective)
    if step.change < 0:
        return one.objective - top_other, top_one - other.objective
    return other.objective - top_one, top_other - one.objective


def _returning(path: BudgetPath) -> Iterator[str]:
    for option, out, back in path.returns:
        again = next(
            step
            for step in reversed(path.steps)
            if step.plan is not None and step.change <= back and option in step.plan.taken
        )
        yield _(
            "{option} is in the plan at {deeper}, out at {out} and in again with more money: these "
            "plans are not nested."
        ).format(option=option, deeper=change_name(again.change), out=change_name(out))


def nested_sentences(path: BudgetPath) -> Iterator[str]:
    """Yield what it costs to insist that every smaller plan is a part of the next larger one."""
    if not _raised(path):
        yield _(
            "What a nested order costs is not given: the method {method} does not raise the "
            "objective alone."
        ).format(method=path.case.model.method)
        return
    planned = sum(step.plan is not None for step in path.steps)
    if planned < 2:
        return
    if path.price is None:
        yield _("No nested plans were found: the search ended before.")
        return
    low, high = path.price
    best = {step.change: step.plan for step in path.steps if step.plan is not None}
    if all(step.plan.taken == best[step.change].taken for step in path.nested):
        yield (
            _("The plans are nested: each is a part of the next larger one.")
            + " "
            + (
                _("Nothing is lost by it.")
                if high < SMALL
                else _(
                    "By it no more than {points} points are lost over the {steps} budgets together."
                ).format(points=figure(at_most(high)), steps=planned)
            )
        )
        return
    yield _(
        "Insisting that each plan is a part of the next larger one costs {price} over the {steps} "
        "budgets together."
    ).format(price=price_between(low, high), steps=planned)
    if not path.best_order:
        yield _("Another nested order may cost less: the search ended before that was settled.")
    for step in reversed(path.nested):
        if step.price[1] > 0.0005 and step.plan.taken != best[step.change].taken:
            yield _("  {step}: {price}, {instead}.").format(
                step=change_name(step.change),
                price=price_between(*step.price),
                instead=_instead(path, step.plan.taken, best[step.change].taken),
            )


def _instead(path: BudgetPath, nested: frozenset[Id], best: frozenset[Id]) -> str:
    """Return how a nested plan differs from the best one."""
    parts = []
    if nested - best:
        more = [name for name in path.case.options if name in nested - best]
        parts.append(_("with {options}").format(options=listed(more)))
    if best - nested:
        less = [name for name in path.case.options if name in best - nested]
        parts.append(_("without {options}").format(options=listed(less)))
    return listed(parts)
