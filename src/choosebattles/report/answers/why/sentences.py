"""Why something is in the plan or not, in plain sentences."""

import math
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from choosebattles.audit.ledger import PlanLedger
from choosebattles.case.case import Case
from choosebattles.case.investment import Decision, Option
from choosebattles.case.units import Id
from choosebattles.constraints import units
from choosebattles.demand import DemandKind, RuleUnit
from choosebattles.explain.why_answer import (
    Explanation,
    Interval,
    PlanChange,
    Price,
    PriceUnit,
    Why,
)
from choosebattles.report.answers.why.numbers import at_most, number, points
from choosebattles.report.number_wording import money_told
from choosebattles.report.plan_parts.amount_headings import each_year, unit_first_year
from choosebattles.report.plan_parts.costs import cost_from, income_by_year
from choosebattles.report.plan_parts.start_years import earliest
from choosebattles.report.plan_parts.why_left_out import ruled_out
from choosebattles.solving.outcome import Clash, GoalUnit, Stop
from choosebattles.solving.tolerances import ONE_NUMBER, TWICE_PROOF, size
from choosebattles.spelling import short_title
from choosebattles.translation import _, capitalised, listed, several

NAMED = 3
"""How many options are named in a sentence; the table has them all."""

ANY = 5e-4
"""A share of its costs that is no more than any."""

WIDE = 1.5
"""How many times larger than its lower end the upper end of an interval in a sentence may be."""


def cost_of(explanation: Explanation, why: Why) -> float:
    """Return what it costs within the years of the case, without income, which no factor is on.

    Of what is in the plan from its start there, of what is not from its start in the best plan
    found with it; where none is known, from the earliest start of its dearest option.
    """
    case, plan = explanation.case, explanation.outcome.plan
    assert plan is not None, "only plans are explained"
    found = why.instead.starts if why.instead is not None else ()
    begun = {choice.option: choice.start for choice in plan.choices} if why.taken else dict(found)
    costs = []
    for name in [name for name in why.options if name in begun] or why.options:
        option = case.options[name]
        spent = option.model_copy(
            update={"running_cost": max(option.running_cost, Decimal(0)), "income": ()}
        )
        costs.append(cost_from(case, spent, begun.get(name, earliest(case, option))))
    return float(max(costs, default=Fraction(0)))


def title_of(case: Case, why: Why) -> str:
    """Return the title of an option; nothing of an investment with several."""
    if len(why.options) == 1:
        return short_title(case.options[why.options[0]].title)
    return ""


def _name(case: Case, why: Why) -> str:
    title = title_of(case, why)
    return f"{title} ({why.id})" if title and title.casefold() != why.id.casefold() else why.id


def cells_of(places: tuple[object, ...]) -> str:
    """Return the cells of places, each once."""
    return ", ".join(dict.fromkeys(str(place) for place in places if str(place)))


def dearest_first(explanation: Explanation) -> list[Price]:
    """Return the user's demands; those that cost the same but for the solver's noise as typed."""
    return sorted(explanation.demands, key=lambda demand: -round(min(demand.price.high, 1e9), 6))


def why_sentence(explanation: Explanation, why: Why) -> str:
    """Return in one or two plain sentences why something is in the plan or not."""
    parts = (
        (*_taken(explanation, why), *_earned(explanation, why))
        if why.taken
        else _rejected(explanation, why)
    )
    return " ".join(parts)


def _taken(explanation: Explanation, why: Why) -> Iterator[str]:
    name = _name(explanation.case, why)
    freed = _freed(explanation.case, why)
    if freed:
        yield _typed(freed, name)
        if not why.impossible and why.price.high < 0:
            text = (
                _("As a free choice it would be stopped; keeping it costs {price}.")
                if freed[0].decision is Decision.ONGOING
                else _("As a free choice it would stay out; the must costs {price}.")
            )
            yield text.format(price=_worth(explanation, _turned(why.price)))
            yield from _more(explanation, why)
            return
        tied = costs_nothing(explanation, why.price)
        if why.price.low < 0 and not tied:
            yield _("Whether it would be in as a free choice is not settled.")
            return
        name = _("As a free choice it") if tied else _("Even as a free choice it")
    if why.impossible:
        yield _("{name} is in: without it no plan meets all demands{because}.").format(
            name=name, because=_because(why.shut)
        )
        return
    if costs_nothing(explanation, why.price):
        yield _tied(explanation, name, taken=True)
        return
    elif why.price.low <= 0:
        yield _apart(explanation, name, why.price, taken=True)
    else:
        text = _("{name} is in: without it the best plan is worth {price} less{instead}.")
        instead = _otherwise(why.instead, why.options)
        yield text.format(name=name, price=_worth(explanation, why.price), instead=instead)
    yield from _more(explanation, why)


def _earned(explanation: Explanation, why: Why) -> Iterator[str]:
    """Yield what something in the plan brings in, within the years of the case."""
    case, plan = explanation.case, explanation.outcome.plan
    assert plan is not None
    income = sum(
        (
            sum(income_by_year(case, case.options[name], plan.starts[name]).values(), Fraction(0))
            for name in why.options
            if name in plan.starts
        ),
        Fraction(0),
    )
    if income:
        (amount,) = money_told(case, [income])
        text = _("It brings in {amount} over the years of the plan{prices}.")
        yield text.format(amount=amount, prices=each_year(case))


def _freed(case: Case, why: Why) -> tuple[Option, ...]:
    """Return the options whose must, or ongoing, is set aside for the price."""
    own = [case.options[name] for name in why.options]
    ongoing = tuple(option for option in own if option.decision is Decision.ONGOING)
    owner = case.investment_of[why.options[0]]
    must = [option for option in owner.options if option.decision is Decision.MUST]
    if must and (len(own) == len(owner.options) or must == own):
        return tuple(must)
    return ongoing


def _typed(freed: tuple[Option, ...], name: str) -> str:
    cell = cells_of(tuple(option.at("decision") for option in freed))
    reasons = (option.reason.rstrip(". ") for option in freed)
    reason = "; ".join(dict.fromkeys(text for text in reasons if text))
    text = (
        _("{name} is ongoing{cell}{reason}.")
        if freed[0].decision is Decision.ONGOING
        else _("{name} is a must{cell}{reason}.")
    )
    return text.format(
        name=name, cell=f" ({cell})" if cell else "", reason=f": {reason}" if reason else ""
    )


def _more(explanation: Explanation, why: Why) -> Iterator[str]:
    """Yield what is lost if only its own place is filled again, and what would turn the decision."""
    yield from _filled_again(explanation, why)
    flips = _flips(explanation, why)
    if flips:
        text = (
            _("It would be worth taking if it {flips}.")
            if why.price.high < 0
            else _("It stays in until it {flips}.")
        )
        yield text.format(flips=flips)
    elif why.factor is not None and why.factor.high == math.inf and why.factor.low >= 2:
        times = math.floor(why.factor.low)
        yield _("It stays in even at {times} times its costs.").format(times=times)


def _filled_again(explanation: Explanation, why: Why) -> Iterator[str]:
    if why.refilled is None or why.refilled.low == why.price.low:
        return
    if why.refilled.low == math.inf:
        yield _("Without it the rest of the plan cannot stay as it is.")
    elif why.refilled.exact and why.refilled.high > why.price.high + ONE_NUMBER:
        yield _(
            "If everything else stays as it is, and only what it sets free is used again, the loss is {price}."
        ).format(price=_worth(explanation, why.refilled))


def _rejected(explanation: Explanation, why: Why) -> Iterator[str]:
    case, name = explanation.case, _name(explanation.case, why)
    never = any(case.options[name].decision is Decision.NEVER for name in why.options)
    if why.impossible:
        yield _("{name} cannot be taken: no plan with it meets all demands{because}.").format(
            name=name, because=_because(why.shut)
        )
        return
    if never:
        yield from _never(explanation, why, name)
        return
    if costs_nothing(explanation, why.price):
        yield _tied(explanation, name, taken=False)
        return
    if why.price.low <= 0:
        yield _apart(explanation, name, why.price, taken=False)
    flips = _flips(explanation, why)
    displaced = _displaced(why.instead, why.options)
    taking = _("taking it anyway costs {price}{displaced}").format(
        price=_worth(explanation, why.price), displaced=displaced
    )
    free = why.factor is not None and why.factor.high == -math.inf
    if why.price.low > 0:
        if flips and free:
            text = _(
                "{name} stays out, even if it cost nothing: it would have to {flips}; {taking}."
            )
        elif flips:
            text = _("{name} stays out: it would have to {flips}; {taking}.")
        elif free:
            text = _("{name} stays out, even if it cost nothing; {taking}.")
        else:
            text = _("{name} stays out: {taking}.")
        yield text.format(name=name, flips=flips, taking=taking)
    yield from _rules(case, explanation, why)


def _never(explanation: Explanation, why: Why, name: str) -> Iterator[str]:
    option = explanation.case.options[why.options[0]]
    cell = str(option.at("decision"))
    reason = option.reason.rstrip(". ")
    yield _("{name} is marked never{cell}{reason}.").format(
        name=name,
        cell=f" ({cell})" if cell else "",
        reason=f": {reason}" if reason else "",
    )
    if why.price.high < 0:
        gain = _worth(explanation, _turned(why.price))
        yield _("Allowed, it would be taken; the best plan would be worth {price} more.").format(
            price=gain
        )
    elif why.price.low >= 0:
        yield _("It would stay out anyway: taking it costs {price}{displaced}.").format(
            price=_worth(explanation, why.price), displaced=_displaced(why.instead, why.options)
        )
    else:
        yield _("Whether it would be taken if it were allowed is not settled.")


def _flips(explanation: Explanation, why: Why) -> str:
    """Return what would have to change, in words; nothing where nothing is known to."""
    found = []
    wanted = why.taken == (why.price.low + why.price.high >= 0)
    cost = cost_of(explanation, why)
    factor = why.factor
    if factor is not None and _narrow(Interval(factor.low - 1, factor.high - 1)):
        found.append(_dearer(explanation, factor, cost, wanted=wanted, taken=why.taken))
    elif factor is not None and wanted and why.taken and factor.high - 1 <= ANY:
        found.append(_("costs any more"))
    scores = {name: addition for name, addition in why.additions.items() if _narrow(addition)}
    if scores:
        least = min(scores.values(), key=_size)
        names = [name for name, score in scores.items() if _size(score) <= _size(least) * 1.001]
        size = _turned(least) if least.high <= 0 else least
        text = (
            (
                _("scores {points} less on {objective}")
                if wanted
                else _("scores {points} more on {objective}")
            )
            if why.taken
            else (
                _("score {points} less on {objective}")
                if wanted
                else _("score {points} more on {objective}")
            )
        )
        shown = number(size, 1)
        if shown:
            found.append(text.format(points=points(shown), objective=_(" or ").join(names)))
    return _(", or ").join(clause for clause in found if clause)


def _dearer(
    explanation: Explanation, factor: Interval, cost: float, *, wanted: bool, taken: bool
) -> str:
    share = Interval(100 * abs(factor.low - 1), 100 * abs(factor.high - 1)).ordered
    percent = number(share, 1 if share.high < 10 else 0)
    if not percent:
        return ""
    if not cost:
        bare = (
            (_("costs {share} % more") if wanted else _("costs {share} % less"))
            if taken
            else (_("cost {share} % more") if wanted else _("cost {share} % less"))
        )
        return bare.format(share=percent)
    money = Interval(cost * share.low / 100, cost * share.high / 100)
    amount = number(money, 1 if money.low >= 1 else 2)
    what = f"{amount} {unit_first_year(explanation.case)}"
    if taken:
        text = (
            _("costs {amount} ({share} %) more") if wanted else _("costs {amount} ({share} %) less")
        )
    else:
        text = (
            _("cost {amount} ({share} %) more") if wanted else _("cost {amount} ({share} %) less")
        )
    return text.format(amount=what, share=percent)


def _because(shut: Clash | None) -> str:
    if shut is None or not shut.demands:
        return ""
    demands = []
    for demand in shut.demands[:NAMED]:
        cell = cells_of(demand.places)
        demands.append(f"{demand.what} ({cell})" if cell else demand.what)
    more = len(shut.demands) - NAMED
    if more > 0:
        demands.append(
            several("{number} more demand", "{number} more demands", more).format(number=more)
        )
    return _(", because of this: {demands}").format(demands=listed(demands))


def _rules(case: Case, explanation: Explanation, why: Why) -> Iterator[str]:
    """Yield the user's rules that the plan would break with any option of it as it is."""
    plan = explanation.outcome.plan
    assert plan is not None
    ledger, rules = (
        PlanLedger(case, plan),
        [unit for unit in units(case) if isinstance(unit, RuleUnit)],
    )
    found = [list(ruled_out(ledger, case.options[name], rules)) for name in why.options]
    for clause in found[0]:
        if all(clause in others for others in found):
            yield f"{capitalised(clause)}."


def _otherwise(change: PlanChange | None, own: tuple[Id, ...] = ()) -> str:
    """Return both sides of the exchange in which something is left out, or a demand dropped."""
    if change is None:
        return ""
    enters = [name for name in change.enters if name not in own]
    leaves = [name for name in change.leaves if name not in own]
    if enters and leaves:
        text = _("; {enters} would come in and {leaves} would leave")
        return text.format(enters=few(enters), leaves=few(leaves))
    if enters:
        return _("; {names} would come in").format(names=few(enters))
    if leaves:
        return _("; {names} would leave").format(names=few(leaves))
    if change.moves:
        return _("; the start of {names} would move").format(names=few(_moved(change)))
    return ""


def _displaced(change: PlanChange | None, own: tuple[Id, ...]) -> str:
    """Return both sides of the exchange in which something is taken."""
    if change is None:
        return ""
    enters = [name for name in change.enters if name not in own]
    if change.leaves and enters:
        text = several(
            " and displaces {leaves}; {enters} comes in",
            " and displaces {leaves}; {enters} come in",
            len(enters),
        )
        return text.format(leaves=few(change.leaves), enters=few(enters))
    if change.leaves:
        return _(" and displaces {names}").format(names=few(change.leaves))
    if enters:
        return _(" and brings in {names}").format(names=few(enters))
    if change.moves:
        return _(" and moves the start of {names}").format(names=few(_moved(change)))
    return ""


def _moved(change: PlanChange) -> list[Id]:
    return [name for name, _old, _new in change.moves]


def few(names: Sequence[Id]) -> str:
    """Return names in words, the first ones where there are many."""
    more = len(names) - NAMED
    if more <= 1:
        return listed(names)
    return listed((*names[:NAMED], _("{number} more").format(number=more)))


def _tied(explanation: Explanation, name: str, *, taken: bool) -> str:
    if explanation.counted is not PriceUnit.OBJECTIVE:
        text = (
            _("{name} is in: it makes no difference to {goal}; what comes after decides.")
            if taken
            else _("{name} stays out: it makes no difference to {goal}; what comes after decides.")
        )
        return text.format(name=name, goal=explanation.goal)
    text = (
        _(
            "{name} is in, but could be left out at no loss: another plan without it is worth the same."
        )
        if taken
        else _(
            "{name} stays out, but could be taken at no loss: another plan with it is worth the same."
        )
    )
    return text.format(name=name)


def _apart(explanation: Explanation, name: str, price: Interval, *, taken: bool) -> str:
    if price.high == math.inf:
        text = (
            _("{name} is in; what it is worth to the plan is not known yet.")
            if taken
            else _("{name} stays out; what taking it would cost is not known yet.")
        )
        return text.format(name=name)
    text = (
        _(
            "{name} is in; plans with and without it cannot be told apart yet: the difference is at most {price}."
        )
        if taken
        else _(
            "{name} stays out; plans with and without it cannot be told apart yet: the difference is at most {price}."
        )
    )
    return text.format(name=name, price=_most(explanation, price.high))


def demand_sentence(explanation: Explanation, demand: Price) -> str:
    """Return in one sentence what a demand costs."""
    price = demand.price
    if costs_nothing(explanation, price):
        return _("It costs nothing: without this demand the best plan is worth the same.")
    if price.high == math.inf:
        return _("What it costs is not known yet.")
    if price.low <= 0:
        return _("It may cost nothing, and costs at most {price}: not settled yet.").format(
            price=_most(explanation, price.high)
        )
    text = _(
        "It costs {price}: without this demand the best plan is worth that much more{instead}."
    )
    return text.format(price=_worth(explanation, price), instead=_otherwise(demand.instead))


def demand_lines(explanation: Explanation) -> Iterator[str]:
    """Yield the user's demands, the dearest first; those not told apart yet in one line."""
    ranked = dearest_first(explanation)
    unknown = [demand for demand in ranked if _unknown(explanation, demand)]
    together = unknown if len(unknown) > 1 else []
    for demand in ranked:
        if demand not in together:
            yield f"{_demanded(demand)}. {demand_sentence(explanation, demand)}"
    bounded = [demand for demand in together if math.isfinite(demand.price.high)]
    if bounded:
        text = several(
            "{number} demand costs at most {price}, perhaps nothing; that is not settled yet: {names}.",
            "Each of {number} demands costs at most {price}, perhaps nothing; that is not settled yet: {names}.",
            len(bounded),
        )
        yield text.format(
            number=len(bounded),
            price=_most(explanation, max(demand.price.high for demand in bounded)),
            names=listed(map(_short, bounded)),
        )
    endless = [demand for demand in together if demand.price.high == math.inf]
    if endless:
        yield _("What these demands cost is not known yet: {names}.").format(
            names=listed(map(_short, endless))
        )


def _unknown(explanation: Explanation, demand: Price) -> bool:
    """Say whether it is not known yet that a demand costs anything."""
    return demand.price.low <= 0 and not costs_nothing(explanation, demand.price)


def _demanded(demand: Price) -> str:
    what, cell = demand.demand.what, cells_of(demand.demand.places)
    if demand.kind == DemandKind.LIMIT.name.lower():
        what = capitalised(what)
    return f"{what} ({cell})" if cell else what


def _short(demand: Price) -> str:
    """Return a demand in a list: a rule, of which there are many, by its cell."""
    cell = cells_of(demand.demand.places)
    what = demand.demand.what
    if cell and demand.kind == DemandKind.RULE.name.lower():
        return cell
    return f"{what} ({cell})" if cell else what


def costs_nothing(explanation: Explanation, price: Interval) -> bool:
    """Say whether a price is none, but for what solvers leave behind."""
    best = explanation.outcome.objective or 0.0
    counted = explanation.outcome.recount
    room = TWICE_PROOF * size(best, 1.0 if counted is None else counted.unit)
    return abs(price.low) <= room and abs(price.high) <= room


def _narrow(interval: Interval) -> bool:
    """Say whether an interval says enough for a sentence; the table has it in any case."""
    if not (math.isfinite(interval.low) and math.isfinite(interval.high)):
        return False
    least, most = sorted((abs(interval.low), abs(interval.high)))
    return interval.low * interval.high > 0 and most <= WIDE * least


def _size(interval: Interval) -> float:
    return abs(interval.low) + abs(interval.high)


def _turned(interval: Interval) -> Interval:
    return Interval(-interval.high, -interval.low)


def _worth(explanation: Explanation, price: Interval) -> str:
    """Return a price in words, with its unit."""
    if explanation.unit is GoalUnit.SHARE:
        price = Interval(100 * price.low, 100 * price.high)
        return _("{share} % of what each objective can gain").format(share=number(price, 2) or "0")
    return points(number(price, _digits(price)) or "0")


def _most(explanation: Explanation, high: float) -> str:
    digits = _digits(Interval(high, high))
    if explanation.unit is GoalUnit.SHARE:
        return _("{share} %").format(share=at_most(100 * high, digits))
    return points(at_most(high, digits))


def _digits(price: Interval) -> int:
    return 2 if abs(price.high) >= 0.1 else 3


_ENDED = {
    Stop.GAP: _("The search ended within the gap asked for."),
    Stop.TIME_LIMIT: _("The search ended because the time was over."),
    Stop.WORK_LIMIT: _(
        "The search ended where it does unless --time-limit says how long it may go on."
    ),
    Stop.INTERRUPTED: _("The search was stopped by hand."),
    Stop.FAILED: _("No further search made anything narrower."),
}
"""Why not every number is settled."""


def summary_sentences(explanation: Explanation) -> Iterator[str]:
    """Yield what the numbers are counted in, and how far they are settled."""
    if explanation.counted is PriceUnit.OBJECTIVE:
        yield _("Prices are points of the weighted sum of the indices.")
    else:
        text = _(
            "Prices are counted in {goal}. Where that does not change, what comes after decides, and no price is given."
        )
        yield text.format(goal=explanation.goal)
    whole = explanation.stop is Stop.OPTIMAL
    if whole and all(price.exact for price in explanation.prices):
        yield _("Every number is settled: proved.")
    else:
        yield from _how_far(explanation)
    ended = _ENDED.get(explanation.stop)
    if ended is not None:
        yield ended


def _how_far(explanation: Explanation) -> Iterator[str]:
    """Yield how far all prices are proved, and whether other numbers are left open."""
    prices = explanation.prices
    between = [price for price in prices if price.bounded and not price.exact]
    exact = sum(price.exact for price in prices)
    half_open = len(prices) - exact - len(between)
    if exact:
        text = several(
            "{number:,} of {asked:,} prices is one number: proved.",
            "{number:,} of {asked:,} prices are one number each: proved.",
            exact,
        )
        yield text.format(asked=len(prices), number=exact)
    if between:
        widths = sorted(price.high - price.low for price in between)
        median, widest = (
            _most(explanation, width) for width in (widths[len(widths) // 2], widths[-1])
        )
        text = several(
            "{number:,} of {asked:,} prices lies between two proved ends, no more than {widest} apart.",
            "{number:,} of {asked:,} prices lie between two proved ends each, no more than {widest} apart.",
            len(between),
        )
        if median != widest:
            text = _(
                "{number:,} of {asked:,} prices lie between two proved ends each: half of them no more "
                "than {median} apart, all no more than {widest}."
            )
        yield text.format(number=len(between), asked=len(prices), median=median, widest=widest)
    if half_open:
        text = _("For {number:,} of {asked:,} prices at most one end is known.")
        yield text.format(number=half_open, asked=len(prices))
    others = explanation.open_beside_their_price
    if others:
        text = several(
            "For {number:,} option or demand the price is proved, but what else is told of it is not settled yet.",
            "For {number:,} options or demands the price is proved, but what else is told of them is not settled yet.",
            others,
        )
        yield text.format(number=others)
