"""Why something is in the plan or not, in plain sentences and as rows of a table."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from choosebattles.audit.ledger import Ledger
from choosebattles.case.case import Case
from choosebattles.case.investment import Decision, Option
from choosebattles.case.units import Id
from choosebattles.constraints import units
from choosebattles.demand import DemandKind, RuleUnit
from choosebattles.explain.why_answer import Change, Counted, Explanation, Interval, Price, Why
from choosebattles.report.parts.costs import cost_from
from choosebattles.report.parts.prices import each_year, unit_first_year
from choosebattles.report.parts.reasons import ruled_out
from choosebattles.report.parts.timing import earliest, income_by_year
from choosebattles.report.parts.why_numbers import at_most, number, points
from choosebattles.report.wording import money_told, plain
from choosebattles.solving.outcome import Clash, GoalUnit, Stop
from choosebattles.solving.tolerances import ONE_NUMBER, TWICE_PROOF, size
from choosebattles.spelling import short_title
from choosebattles.words import _, listed, several

NAMED = 3
"""How many options are named in a sentence; the table has them all."""

ANY = 5e-4
"""A share of its costs that is no more than any."""

WIDE = 1.5
"""How many times larger than its lower end the upper end of an interval in a sentence may be."""


@dataclass(frozen=True)
class WhyRow:
    """One option: what is decided, why in a sentence, and the numbers behind it.

    Ends of intervals are None where they are not known or infinite; money in millions.
    """

    id: Id
    title: str
    decision: str
    sentence: str
    price: tuple[float | None, float | None]
    refilled: tuple[float | None, float | None]
    cost: float
    """From its start in the plan, or in the best one found with it; income left out."""
    cost_change: tuple[float | None, float | None]
    """By how much it may cost more (below 0: must cost less) for the decision to flip."""
    additions: dict[Id, tuple[float | None, float | None]]
    enters: tuple[Id, ...]
    leaves: tuple[Id, ...]
    moves: tuple[tuple[Id, int, int], ...]
    settled: bool


@dataclass(frozen=True)
class DemandRow:
    """One demand of the user's: what it says, where it stands, what it costs."""

    what: str
    cell: str
    sentence: str
    price: tuple[float | None, float | None]
    enters: tuple[Id, ...]
    leaves: tuple[Id, ...]
    settled: bool


def why_rows(explanation: Explanation) -> tuple[WhyRow, ...]:
    """Return what is explained: first what is in the plan, the dearest to lose first."""
    rows = [_row(explanation, each) for each in explanation.whys]
    order = sorted(zip(explanation.whys, rows, strict=True), key=lambda pair: _order(pair[0]))
    return tuple(row for _why, row in order)


def demand_rows(explanation: Explanation) -> tuple[DemandRow, ...]:
    """Return the user's demands, the dearest first."""
    ranked = _dearest_first(explanation)
    return tuple(
        DemandRow(
            each.demand.what,
            _cells(each.demand.places),
            demand_sentence(explanation, each),
            _ends(each.price),
            each.instead.enters if each.instead else (),
            each.instead.leaves if each.instead else (),
            each.settled,
        )
        for each in ranked
    )


def _dearest_first(explanation: Explanation) -> list[Price]:
    """Return the user's demands; those that cost the same but for the solver's noise as typed."""
    return sorted(explanation.demands, key=lambda each: -round(min(each.price.high, 1e9), 6))


def _order(why: Why) -> tuple[bool, float]:
    middle = why.price.low if why.price.high == math.inf else (why.price.low + why.price.high) / 2
    return not why.taken, -middle if why.taken else middle


def _row(explanation: Explanation, why: Why) -> WhyRow:
    instead = why.instead or Change()
    cost = _cost(explanation, why)
    factor = why.factor or Interval(-math.inf, math.inf)
    change = Interval(_times(cost, factor.low - 1), _times(cost, factor.high - 1))
    return WhyRow(
        why.id,
        _title(explanation.case, why),
        _decided(explanation.case, why),
        why_sentence(explanation, why),
        _ends(why.price),
        _ends(why.refilled),
        plain(cost, 6),
        _ends(change) if why.factor is not None else (None, None),
        {name: _ends(each) for name, each in why.additions.items()},
        instead.enters,
        instead.leaves,
        instead.moves,
        why.settled,
    )


def _times(cost: float, share: float) -> float:
    return cost * share if math.isfinite(share) else share


def _ends(interval: Interval | None) -> tuple[float | None, float | None]:
    if interval is None:
        return None, None
    if interval.exact and math.isfinite(interval.low):
        return plain(interval.low, 6), plain(interval.low, 6)
    low = plain(interval.low, 6) if math.isfinite(interval.low) else None
    return low, plain(interval.high, 6) if math.isfinite(interval.high) else None


def _cost(explanation: Explanation, why: Why) -> float:
    """Return what it costs within the years of the case, without income, which no factor is on.

    Of what is in the plan from its start there, of what is not from its start in the best plan
    found with it; where none is known, from the earliest start of its dearest option.
    """
    case, plan = explanation.case, explanation.outcome.plan
    assert plan is not None, "only plans are explained"
    found = why.instead.starts if why.instead is not None else ()
    begun = {each.option: each.start for each in plan.choices} if why.taken else dict(found)
    own = [each for each in why.options if each in begun] or why.options
    costs = []
    for each in own:
        option = case.options[each]
        spent = option.model_copy(update={"running_cost": max(option.running_cost, Decimal(0))})
        costs.append(cost_from(case, spent, begun.get(each, earliest(case, option))))
    return float(max(costs, default=Fraction(0)))


def _decided(case: Case, why: Why) -> str:
    typed = {case.options[each].decision for each in why.options} - {Decision.OPEN}
    state = _("in the plan") if why.taken else _("not in the plan")
    return f"{state} ({', '.join(sorted(map(str, typed)))})" if typed else state


def _title(case: Case, why: Why) -> str:
    if len(why.options) == 1:
        return short_title(case.options[why.options[0]].title)
    return ""


def _name(case: Case, why: Why) -> str:
    title = _title(case, why)
    return f"{title} ({why.id})" if title and title.casefold() != why.id.casefold() else why.id


# Sentences


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
        tied = _nothing(explanation, why.price)
        if why.price.low < 0 and not tied:
            yield _("Whether it would be in as a free choice is not settled.")
            return
        name = _("As a free choice it") if tied else _("Even as a free choice it")
    if why.impossible:
        yield _("{name} is in: without it no plan meets all demands{because}.").format(
            name=name, because=_because(why.shut)
        )
        return
    if _nothing(explanation, why.price):
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
            sum(income_by_year(case, case.options[each], plan.starts[each]).values(), Fraction(0))
            for each in why.options
            if each in plan.starts
        ),
        Fraction(0),
    )
    if income:
        (amount,) = money_told(case, [income])
        text = _("It brings in {amount} over the years of the plan{prices}.")
        yield text.format(amount=amount, prices=each_year(case))


def _freed(case: Case, why: Why) -> tuple[Option, ...]:
    """Return the options whose must, or ongoing, is set aside for the price."""
    own = [case.options[each] for each in why.options]
    ongoing = tuple(each for each in own if each.decision is Decision.ONGOING)
    owner = case.investment_of[why.options[0]]
    must = [each for each in owner.options if each.decision is Decision.MUST]
    if must and (len(own) == len(owner.options) or must == own):
        return tuple(must)
    return ongoing


def _typed(freed: tuple[Option, ...], name: str) -> str:
    cell = _cells(tuple(each.at("decision") for each in freed))
    reason = "; ".join(dict.fromkeys(it for each in freed if (it := each.reason.rstrip(". "))))
    text = (
        _("{name} is ongoing{cell}{reason}.")
        if freed[0].decision is Decision.ONGOING
        else _("{name} is a must{cell}{reason}.")
    )
    return text.format(
        name=name, cell=f" ({cell})" if cell else "", reason=f": {reason}" if reason else ""
    )


def _more(explanation: Explanation, why: Why) -> Iterator[str]:
    """Yield what is lost if only the hole is refilled, and what would turn the decision."""
    yield from _refilled(explanation, why)
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


def _refilled(explanation: Explanation, why: Why) -> Iterator[str]:
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
    never = [
        case.options[each] for each in why.options if case.options[each].decision is Decision.NEVER
    ]
    if why.impossible:
        yield _("{name} cannot be taken: no plan with it meets all demands{because}.").format(
            name=name, because=_because(why.shut)
        )
        return
    if never:
        yield from _never(explanation, why, name)
        return
    if _nothing(explanation, why.price):
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
    cost = _cost(explanation, why)
    factor = why.factor
    if factor is not None and _narrow(Interval(factor.low - 1, factor.high - 1)):
        found.append(_dearer(explanation, factor, cost, wanted=wanted, taken=why.taken))
    elif factor is not None and wanted and why.taken and factor.high - 1 <= ANY:
        found.append(_("costs any more"))
    scores = {name: each for name, each in why.additions.items() if _narrow(each)}
    if scores:
        least = min(scores.values(), key=_size)
        names = [name for name, each in scores.items() if _size(each) <= _size(least) * 1.001]
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
        told = number(size, 1)
        if told:
            found.append(text.format(points=points(told), objective=_(" or ").join(names)))
    return _(", or ").join(each for each in found if each)


def _dearer(
    explanation: Explanation, factor: Interval, cost: float, *, wanted: bool, taken: bool
) -> str:
    share = Interval(100 * abs(factor.low - 1), 100 * abs(factor.high - 1)).ordered
    told = number(share, 1 if share.high < 10 else 0)
    if not told:
        return ""
    if not cost:
        bare = (
            (_("costs {share} % more") if wanted else _("costs {share} % less"))
            if taken
            else (_("cost {share} % more") if wanted else _("cost {share} % less"))
        )
        return bare.format(share=told)
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
    return text.format(amount=what, share=told)


def _because(shut: Clash | None) -> str:
    if shut is None or not shut.demands:
        return ""
    told = []
    for each in shut.demands[:NAMED]:
        cell = _cells(each.places)
        told.append(f"{each.what} ({cell})" if cell else each.what)
    more = len(shut.demands) - NAMED
    if more > 0:
        told.append(
            several("{number} more demand", "{number} more demands", more).format(number=more)
        )
    return _(", because of this: {demands}").format(demands=listed(told))


def _rules(case: Case, explanation: Explanation, why: Why) -> Iterator[str]:
    """Yield the user's rules that the plan would break with any option of it as it is."""
    plan = explanation.outcome.plan
    assert plan is not None
    ledger, rules = Ledger(case, plan), [each for each in units(case) if isinstance(each, RuleUnit)]
    found = [list(ruled_out(ledger, case.options[each], rules)) for each in why.options]
    for clause in found[0]:
        if all(clause in others for others in found):
            yield f"{clause[:1].upper()}{clause[1:]}."


def _otherwise(change: Change | None, own: tuple[Id, ...] = ()) -> str:
    """Return both sides of the exchange in which something is left out, or a demand dropped."""
    if change is None:
        return ""
    enters = [each for each in change.enters if each not in own]
    leaves = [each for each in change.leaves if each not in own]
    if enters and leaves:
        text = _("; {enters} would come in and {leaves} would leave")
        return text.format(enters=_few(enters), leaves=_few(leaves))
    if enters:
        return _("; {names} would come in").format(names=_few(enters))
    if leaves:
        return _("; {names} would leave").format(names=_few(leaves))
    if change.moves:
        return _("; the start of {names} would move").format(names=_few(_moved(change)))
    return ""


def _displaced(change: Change | None, own: tuple[Id, ...]) -> str:
    """Return both sides of the exchange in which something is taken."""
    if change is None:
        return ""
    enters = [each for each in change.enters if each not in own]
    if change.leaves and enters:
        text = several(
            " and displaces {leaves}; {enters} comes in",
            " and displaces {leaves}; {enters} come in",
            len(enters),
        )
        return text.format(leaves=_few(change.leaves), enters=_few(enters))
    if change.leaves:
        return _(" and displaces {names}").format(names=_few(change.leaves))
    if enters:
        return _(" and brings in {names}").format(names=_few(enters))
    if change.moves:
        return _(" and moves the start of {names}").format(names=_few(_moved(change)))
    return ""


def _moved(change: Change) -> list[Id]:
    return [each for each, _old, _new in change.moves]


def _few(names: Sequence[Id]) -> str:
    more = len(names) - NAMED
    if more <= 1:
        return listed(names)
    return listed((*names[:NAMED], _("{number} more").format(number=more)))


def _tied(explanation: Explanation, name: str, *, taken: bool) -> str:
    if explanation.counted is not Counted.OBJECTIVE:
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
    if _nothing(explanation, price):
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
    ranked = _dearest_first(explanation)
    open_ = [each for each in ranked if _unknown(explanation, each)]
    gathered = open_ if len(open_) > 1 else []
    for each in ranked:
        if each not in gathered:
            yield f"{_demanded(each)}. {demand_sentence(explanation, each)}"
    bounded = [each.price.high for each in gathered if math.isfinite(each.price.high)]
    if bounded:
        text = several(
            "{number} demand costs at most {price}, perhaps nothing; that is not settled yet: {names}.",
            "Each of {number} demands costs at most {price}, perhaps nothing; that is not settled yet: {names}.",
            len(bounded),
        )
        yield text.format(
            number=len(bounded),
            price=_most(explanation, max(bounded)),
            names=listed(_short(each) for each in gathered if math.isfinite(each.price.high)),
        )
    endless = [each for each in gathered if each.price.high == math.inf]
    if endless:
        yield _("What these demands cost is not known yet: {names}.").format(
            names=listed(_short(each) for each in endless)
        )


def _unknown(explanation: Explanation, demand: Price) -> bool:
    """Say whether it is not known yet that a demand costs anything."""
    return demand.price.low <= 0 and not _nothing(explanation, demand.price)


def _demanded(demand: Price) -> str:
    what, cell = demand.demand.what, _cells(demand.demand.places)
    if demand.kind == DemandKind.LIMIT.name.lower():
        what = what[:1].upper() + what[1:]
    return f"{what} ({cell})" if cell else what


def _short(demand: Price) -> str:
    """Return a demand in a list: a rule, of which there are many, by its cell."""
    cell = _cells(demand.demand.places)
    what = demand.demand.what
    if cell and demand.kind == DemandKind.RULE.name.lower():
        return cell
    return f"{what} ({cell})" if cell else what


# Numbers


def _nothing(explanation: Explanation, price: Interval) -> bool:
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


def _cells(places: tuple[object, ...]) -> str:
    return ", ".join(dict.fromkeys(str(each) for each in places if str(each)))


def summary_sentences(explanation: Explanation) -> Iterator[str]:
    """Yield what the numbers are counted in, and how far they are settled."""
    if explanation.counted is Counted.OBJECTIVE:
        yield _("Prices are points of the weighted sum of the indices.")
    else:
        text = _(
            "Prices are counted in {goal}. Where that does not change, what comes after decides, and no price is told."
        )
        yield text.format(goal=explanation.goal)
    if explanation.stop is Stop.OPTIMAL:
        yield _("Every number is settled: proved.")
    else:
        yield _(
            "{settled} of {asked} are settled; the others lie between the bounds told, which are proved."
        ).format(settled=explanation.settled, asked=explanation.asked)
