"""A budget path in words: what each step drops or adds, and what a nested order costs."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from choosebattles.case.decision_model import Method
from choosebattles.case.units import Id, Year
from choosebattles.explain.budget_path import BudgetPath, Nested, Step
from choosebattles.report.parts.between import SMALL, price_between
from choosebattles.report.parts.conflict import conflict_sentences
from choosebattles.report.wording import at_most, figure, millions, points
from choosebattles.solving.outcome import Stop
from choosebattles.spelling import short_title
from choosebattles.words import _, listed, several


def change_name(change: Decimal) -> str:
    """Return a step as it is typed: ``-5 %``, ``+10 %``, ``as typed``."""
    if not change:
        return _("as typed")
    return f"{(100 * change).normalize():+f} %"


def money_of(step: Step) -> Decimal:
    """Return the money of all funds and years of a step, in millions."""
    case = step.case
    return sum(
        (fund.amount[year] for fund in case.funds for year in case.calendar), start=Decimal(0)
    )


@dataclass(frozen=True)
class StepRow:
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


def step_rows(path: BudgetPath) -> list[StepRow]:
    """Return every budget, the least money first."""
    return [
        StepRow(
            change_name(each.change),
            float(money_of(each)),
            each.outcome.objective,
            each.outcome.bound if each.plan is not None and _raised(path) else None,
            float(each.outcome.recount.total_cost) if each.outcome.recount else None,
            {
                name: float(index)
                for name, index in (
                    each.outcome.recount.after.indices.items() if each.outcome.recount else ()
                )
            },
            ", ".join(each.enters),
            ", ".join(each.leaves),
            _note(each),
        )
        for each in path.steps
    ]


def _raised(path: BudgetPath) -> bool:
    return path.case.model.method is Method.WEIGHTED


def _note(step: Step) -> str:
    if step.plan is None:
        return _no_plan(step)
    if not step.back:
        return ""
    names = ", ".join(step.back)
    if step.change < 0:
        return _("not nested: {options} with less money").format(options=names)
    return _("not nested: without {options} though there is more money").format(options=names)


def _no_plan(step: Step) -> str:
    if step.outcome.stop is Stop.INFEASIBLE:
        return _("no plan meets all demands: proved")
    return _("no plan was found in the time")


@dataclass(frozen=True)
class OptionRow:
    """An option that any budget takes, with its start year at each; None where it is out."""

    option: Id
    title: str
    starts: tuple[Year | None, ...]
    nested: tuple[bool | None, ...]
    """Whether it is in the nested plan; None where there is none."""
    returns: bool


def option_rows(path: BudgetPath) -> list[OptionRow]:
    """Return the options that some budgets take: those that all take stand last."""
    back = {option for option, _one, _other in path.returns}
    chain = {each.change: each for each in path.nested}
    rows = []
    for option in path.case.options.values():
        starts = tuple(
            each.plan.starts.get(option.id) if each.plan else None for each in path.steps
        )
        there = tuple(_taken(chain.get(each.change), option.id) for each in path.steps)
        if any(each is not None for each in starts) or any(there):
            rows.append(
                OptionRow(option.id, short_title(option.title), starts, there, option.id in back)
            )
    return sorted(rows, key=lambda row: (not row.returns, None not in row.starts))


def _taken(nested: Nested | None, option: Id) -> bool | None:
    return None if nested is None else option in nested.plan.taken


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
    there = [each for each in path.steps if each.plan is not None]
    if not there:
        return _("No budget has a plan.")
    if len(there) == 1:
        return _only(path, there[0])
    least, most = there[0], there[-1]
    kept = [
        option
        for option in path.case.options
        if all(each.plan is not None and option in each.plan.taken for each in there)
    ]
    some = {option for each in there if each.plan is not None for option in each.plan.taken}
    return _(
        "From {least} to {most} of the money as typed, {kept} of {some} options stay in every plan."
    ).format(least=_share(least), most=_share(most), kept=len(kept), some=len(some))


def _only(path: BudgetPath, step: Step) -> str:
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
            "Of {steps} budgets only {share} of the money as typed has a plan: it takes {number} "
            "option.",
            "Of {steps} budgets only {share} of the money as typed has a plan: it takes {number} "
            "options.",
            number,
        )
    )
    return text.format(share=_share(step), number=number, steps=len(path.steps))


def _share(step: Step) -> str:
    return f"{(100 * (1 + step.change)).normalize():f} %"


def step_sentences(path: BudgetPath) -> Iterator[str]:
    """Yield a sentence for each step, those nearest to the money as typed first."""
    base = next(each for each in path.steps if not each.change)
    for step in sorted(path.steps, key=lambda each: (each.change > 0, abs(each.change))):
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
        yield _("{step}: {what}.").format(step=money, what="; ".join(p for p in parts if p))


def _nearer(path: BudgetPath, step: Step) -> Step | None:
    """Return the step with a plan that a step is compared with: the next towards no change."""
    between = [
        each
        for each in path.steps
        if each.plan is not None
        and each.change * step.change >= 0
        and abs(each.change) < abs(step.change)
    ]
    return max(between, key=lambda each: abs(each.change), default=None)


def _same(nearer: Step) -> str:
    assert nearer.plan is not None
    if not nearer.change:
        text = _("the same options as with the money as typed")
        nothing = _("takes nothing, as with the money as typed")
    else:
        text = _("the same options as at {nearer}")
        nothing = _("takes nothing, as at {nearer}")
    return (text if nearer.plan.taken else nothing).format(nearer=change_name(nearer.change))


def _worth(base: Step, step: Step) -> str:
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
    told = word.format(points=price_between(max(low, 0.0), max(high, 0.0)))
    if high <= 0:
        told = _("as much as with the money as typed")
    return f"{text}, {told}"


def _against(base: Step, step: Step) -> tuple[float, float]:
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
            each
            for each in reversed(path.steps)
            if each.plan is not None and each.change <= back and option in each.plan.taken
        )
        yield _(
            "{option} is in the plan at {deeper}, out at {out} and in again with more money: these "
            "plans are not nested."
        ).format(option=option, deeper=change_name(again.change), out=change_name(out))


def nested_sentences(path: BudgetPath) -> Iterator[str]:
    """Yield what it costs to insist that every smaller plan is a part of the next larger one."""
    if not _raised(path):
        yield _(
            "What a nested order costs is not told: the method {method} does not raise the "
            "objective alone."
        ).format(method=path.case.model.method)
        return
    there = sum(each.plan is not None for each in path.steps)
    if there < 2:
        return
    if path.price is None:
        yield _("No nested plans were found in the time.")
        return
    low, high = path.price
    best = {each.change: each.plan for each in path.steps if each.plan is not None}
    if all(each.plan.taken == best[each.change].taken for each in path.nested):
        yield (
            _("The plans are nested: each is a part of the next larger one.")
            + " "
            + (
                _("Nothing is lost by it.")
                if high < SMALL
                else _(
                    "By it no more than {points} points are lost over the {steps} budgets together."
                ).format(points=figure(at_most(high)), steps=there)
            )
        )
        return
    yield _(
        "Insisting that each plan is a part of the next larger one costs {price} over the {steps} "
        "budgets together."
    ).format(price=price_between(low, high), steps=there)
    if not path.best_order:
        yield _("Another nested order may cost less: the time ran out.")
    for each in reversed(path.nested):
        if each.price[1] > 0.0005 and each.plan.taken != best[each.change].taken:
            yield _("  {step}: {price}, {instead}.").format(
                step=change_name(each.change),
                price=price_between(*each.price),
                instead=_instead(path, each.plan.taken, best[each.change].taken),
            )


def _instead(path: BudgetPath, nested: frozenset[Id], best: frozenset[Id]) -> str:
    """Return how a nested plan differs from the best one."""
    parts = []
    if nested - best:
        more = [each for each in path.case.options if each in nested - best]
        parts.append(_("with {options}").format(options=listed(more)))
    if best - nested:
        less = [each for each in path.case.options if each in best - nested]
        parts.append(_("without {options}").format(options=listed(less)))
    return listed(parts)
