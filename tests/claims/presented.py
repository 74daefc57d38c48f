"""What slides and documents say of a plan besides: messages, big numbers, tables."""

import re
from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from choosebattles.case.fund import Pays
from choosebattles.case.investment import Decision
from choosebattles.case.service import Service
from choosebattles.case.shock import Shock
from claims.plan import after as after_the_plan
from claims.plan import shares_of_grades, unit_of
from claims.sentences import (
    Count,
    FundName,
    Included,
    Meaning,
    Name,
    Names,
    Number,
    Patterns,
    Percent,
    Sign,
    Text,
    Unit,
    Year,
)
from claims.world import CLOSE, World
from oracle.facts import Option

patterns = Patterns()
says, silent = patterns.says, patterns.silent

# --- titles and big numbers ---------------------------------------------------------------------


@says(
    "{name}, {first}[-{last}]: which battles to choose",
    "{name}, {first}[-{last}]: which battles to choose · Money in {unit}[, money of each year].",
    "{name}, {first}[-{last}]: which battles to choose · Illustrative figures",
)
def subject(
    world: World, name: Text, first: Year, last: Year | None = None, unit: Unit | None = None
) -> None:
    assert name in {world.case.country, world.case.name}
    assert (first, last or first) == (world.years[0], world.years[-1])
    assert unit in {None, unit_of(world)}


@says(
    "Approve {number} of {every} investments[ and go on with {going} that are under way] for {cost} "
    "of {there} {unit}[, money of each year][, {income}]<.|:>"
)
def approve(
    world: World,
    number: Count,
    every: Count,
    going: Count | None,
    cost: Number,
    there: Number,
    unit: Unit,
    income: Included | None,
) -> None:
    assert number == len(world.new)
    assert every == len(world.case.investments)
    assert (going or 0) == len(world.taken) - len(world.new)
    assert about(cost, world.account.total_cost)
    assert about(there, money_with_income(world))
    assert income == ("income included" if incomes(world) else None)
    assert unit == unit_of(world)


def about(shown: Number, exact: Any) -> bool:
    """Whether a number in one decimal, or two digits of a small one, shows an amount."""
    return shown.shows(exact) or (not exact and shown.value == 0)


def incomes(world: World) -> Fraction:
    amounts = (sum(years.values()) for years in world.recount.income.values())
    return sum(map(Fraction, amounts), Fraction(0))


def money_with_income(world: World) -> Fraction:
    return world.money + incomes(world)


@says("{index}: {after} today {before}, at most {possible} possible")
def index(world: World, index: Name, after: Number, before: Number, possible: Number) -> None:
    assert after.shows(world.account.indices[index.casefold()])
    assert before.shows(world.recount.before.indices[index])
    assert possible.shows(world.ideal[index.casefold()])


@says("Weighted sum of all indices: {after} today {before}")
def objective(world: World, after: Number, before: Number) -> None:
    assert after.shows(world.account.objective)
    assert before.shows(world.recount.before.value)


@says("Money left, {unit}: {left} of {there} in all funds[, {income}]")
def money_left(
    world: World, unit: Unit, left: Number, there: Number, income: Included | None
) -> None:
    assert unit == unit_of(world)
    assert about(left, sum(world.by_year(world.recount.left).values()))
    assert about(there, money_with_income(world))
    assert income == ("income included" if incomes(world) else None)


@says(
    "Running cost a year after {year}: {cost} {unit}[, money of {prices}]",
    "Accept running costs of {cost} {unit} a year after {year}[, money of {prices}].",
)
def running(world: World, year: Year, cost: Number, unit: Unit, prices: Year | None = None) -> None:
    assert year == world.years[-1]
    assert prices == (year if world.case.cost_growth else None)
    assert unit == unit_of(world)
    assert about(cost, running_after(world))


def running_after(world: World) -> Fraction:
    """Return what a year costs of all that works after the last one, in its money."""
    return after_the_plan(world)[0]


@says("Release {cost} {unit} in {year}.")
def release(world: World, cost: Number, unit: Unit, year: Year) -> None:
    assert year == world.years[0]
    assert unit == unit_of(world)
    assert about(cost, world.by_year(world.recount.spending)[year])


@says(
    "Have {number} <investment|investments> started in {year}[ by {owners}]"
    "[; {without} <has|have> no owner yet]."
)
def have_started(
    world: World, number: Count, year: Year, owners: Text | None, without: Count | None
) -> None:
    now = [name for name, start in world.new.items() if start == world.years[0]]
    assert (number, year) == (len(now), world.years[0])
    named = [world.case.investment_of[name].owner for name in now]
    assert (without or 0) == sum(not owner for owner in named)
    told, every = named_of(owners or ""), {owner for owner in named if owner}
    assert told[0] <= every
    assert len(told[0]) + told[1] == len(every)


def named_of(words: str) -> tuple[set[str], int]:
    """Return the names of a list, and how many more there are."""
    parts = [part for part in re.split(r", | and ", words) if part]
    more = [int(part.removesuffix(" more")) for part in parts if re.fullmatch(r"\d+ more", part)]
    return {part for part in parts if not re.fullmatch(r"\d+ more", part)}, sum(more)


@says("After {year}[:]")
def after(world: World, year: Year) -> None:
    assert year == world.years[-1]


@says("Lower than today: {names}.")
def lower(world: World, names: Names) -> None:
    before, after = world.recount.before.indices, world.recount.after.indices
    assert {*names} == {name for name in after if after[name] < before[name]}


# --- when ---------------------------------------------------------------------------------------


@says(
    "The one investment starts in {first}[; {going} <is|are> under way already].",
    "All {every} investments start in {first}[; {going} <is|are> under way already].",
    "{number} of {every} investments <starts|start> in {first}, the last in {last}"
    "[; {going} <is|are> under way already].",
)
def starts(
    world: World,
    first: Year,
    every: Count | None = None,
    number: Count | None = None,
    last: Year | None = None,
    going: Count | None = None,
) -> None:
    started = [*world.new.values()]
    assert (every or 1) == len(started)
    assert (first, last or first) == (min(started), max(started))
    assert (number or every or 1) == started.count(first)
    assert (going or 0) == len(world.taken) - len(world.new)


def begins(world: World) -> list[int]:
    """Return in which years what is taken begins to work."""
    options = world.asked.survey.clerk.options
    return [
        start + options[name.casefold()].build_years for name, start in world.plan.starts.items()
    ]


@says(
    "All of it works from {half} on.",
    "All of it has begun to work by {half}.",
    "By {half} {number} of {every} investments <has|have> begun to work, the last begins in {last}.",
)
def begun(
    world: World,
    half: Year,
    number: Count | None = None,
    every: Count | None = None,
    last: Year | None = None,
) -> None:
    found = begins(world)
    assert sum(year <= half for year in found) == (number or len(found))
    assert (every or len(found)) == len(found)
    assert max(found) == (last or half)


@says(
    "{number} <investment starts|investments start> in {year}[ under {owners} <owner|owners>]"
    "[; an owner must be named for {without}]."
)
def next_steps(
    world: World, number: Count, year: Year, owners: Count | None, without: Count | None
) -> None:
    assert year == min(world.new.values())
    now = [name for name, start in world.new.items() if start == year]
    named = [world.case.investment_of[name].owner for name in now]
    assert number == len(now)
    assert (owners or 0) == len({owner for owner in named if owner})
    assert (without or 0) == sum(not owner for owner in named)


@says("The plan starts nothing new; {number} <investment is|investments are> under way already.")
def nothing_new(world: World, number: Count) -> None:
    assert not world.new
    assert number == len(world.taken)


@says("{index}, points", "Objective (weighted sum), points")
def axis(world: World, index: Name | None = None) -> None:
    assert index is None or index in world.recount.after.indices


@says("Money in {unit}[, money of each year][, prices of {first}].")
def money_in(world: World, unit: Unit, first: Year | None) -> None:
    assert unit == unit_of(world)
    assert first in {None, world.years[0]}


@says("Nothing is taken.")
def nothing(world: World) -> None:
    assert not world.taken


@says(
    "It costs, in {unit}[, money of each year]: {options}.",
    "Most money, in {unit}[, money of each year], goes to: {options}.",
)
def dearest(world: World, unit: Unit, options: Text) -> None:
    assert unit == unit_of(world)
    told = {}
    for part in re.split(r", | and ", options):
        words, amount = part.rsplit(" ", 1)
        told[world.called(words)] = Number(amount)
    assert all(amount.shows(world.cost[name]) for name, amount in told.items())
    least = min(world.cost[name] for name in told)
    assert all(amount <= least for name, amount in world.cost.items() if name not in told)
    assert len(told) == min(3, sum(amount > 0 for amount in world.cost.values()))


@says("Least is left in {year}: {left} of {available} {unit}.")
def least_left(world: World, year: Year, left: Number, available: Number, unit: Unit) -> None:
    lefts, there = world.by_year(world.recount.left), world.by_year(world.recount.available)
    assert lefts[year] <= min(lefts.values()) + CLOSE
    assert left.shows(lefts[year])
    assert available.shows(there[year])
    assert unit == unit_of(world)


# --- what adds, and what is left out ------------------------------------------------------------


_FUNDS = "The plan spends {cost} of {there} {unit}[, {income}][, money of each year]"


@says(
    _FUNDS + ".",
    _FUNDS + "; {left} <is|are> left.",
    _FUNDS + "; {left} is left, as its terms let it pay for nothing that is left out.",
)
def spends(
    world: World,
    cost: Number,
    there: Number,
    unit: Unit,
    income: Included | None,
    left: Text | None = None,
) -> None:
    assert about(cost, world.account.total_cost)
    assert about(there, money_with_income(world))
    assert unit == unit_of(world)
    assert income == ("income included" if incomes(world) else None)
    names = {fund.title or fund.id: fund.id for fund in world.case.funds}
    sums = {
        fund.id: Fraction(sum(world.recount.left[fund.id].values())) for fund in world.case.funds
    }
    told: dict[str, Number] = {}
    rest = 0
    for part in re.split(r", | and ", left or ""):
        if found := re.fullmatch(r"(\S+) of (\d+) more funds?", part):
            rest = int(found[2])
        elif found := re.fullmatch(r"(\S+) of (.+)", part):
            told[names[found[2]]] = Number(found[1])
    assert all(amount.shows(sums[fund]) for fund, amount in told.items())
    assert len(told) + rest == sum(amount >= Fraction(1, 20) for amount in sums.values())
    others = [amount for fund, amount in sums.items() if fund not in told]
    assert all(max(others, default=Fraction(0)) <= sums[fund] for fund in told)


@says("{fund}: {why}")
def fund_use(world: World, fund: FundName, why: Text) -> None:
    (fact,) = (it for it in world.case.funds if fund in {it.id, it.title})
    left = sum(world.recount.left[fact.id].values())
    held = sum(world.recount.held[fact.id].values())
    unspent = (
        sum(world.recount.available[fact.id].values())
        - sum(world.recount.spending[fact.id].values())
        - sum(world.recount.aside[fact.id].values())
    )
    assert ("All of it is used." in why) <= (left < Fraction(1, 1000))
    assert ("held in reserve" in why) == (held >= Fraction(1, 2000))
    assert unspent >= left + held - CLOSE
    may = payable(world, fact.id)
    if found := re.search(r"It may pay for (\d+) options? that (?:is|are) left out", why):
        assert int(found[1]) == len(may)
    if "Its terms let it pay for nothing that is left out" in why:
        assert not may
    if "Nothing is left out that it could pay for" in why:
        assert {*world.case.options} == {*world.taken}


def payable(world: World, fund: str) -> set[str]:
    """Return the options not taken of which a fund may pay any part."""
    return {
        name
        for name, option in world.case.options.items()
        if name not in world.taken
        and any(
            payer.id == fund
            for part in (Pays.BUILD, Pays.RUNNING)
            for payer in world.case.payers(option, part)
        )
    }


@says("Nothing that is taken changes the weighted sum of the indices.")
def nothing_changes(world: World) -> None:
    assert abs(world.account.objective - world.recount.before.value) <= CLOSE


@says(
    "{name} <rises|falls> from {before} to {after}; the largest step is {step}, {sign}{size}.",
    "{name} stays at {after}; the largest step is {step}, {sign}{size}.",
)
def largest_step(
    world: World,
    name: Text,
    after: Number,
    step: Text,
    sign: Sign,
    size: Number,
    before: Number | None = None,
) -> None:
    goals = [goal.id for goal in world.case.model.objectives]
    sum_of = f"the weighted sum of the {len(goals)} indices"
    assert name.casefold() == (goals[0].casefold() if len(goals) == 1 else sum_of)
    assert after.shows(world.account.objective)
    assert before is None or before.shows(world.recount.before.value)
    steps = grouped_steps(world, step)
    if step in steps:
        assert size.shows(abs(steps[step]))
        assert (steps[step] < 0) == (sign == "-")
    assert all(abs(amount) <= size.value + size.step for amount in steps.values())


def grouped_steps(world: World, told: str) -> dict[str, Fraction]:
    """Return what the scores of options add to the objective, by options, pillars or years."""
    options = {
        option: abs(
            sum(
                (world.weights[goal.casefold()] * amount for goal, amount in adds.items()),
                Fraction(0),
            )
        )
        for option, adds in criteria_steps(world).items()
    }
    labels: tuple[Callable[[str], str], ...] = (
        lambda name: world.case.options[name].title or name,
        lambda name: world.case.investment_of[name].pillar or "no pillar",
        lambda name: f"started in {world.new[name]}",
    )
    for label in labels:
        sums: dict[str, Fraction] = {}
        counts: Counter[str] = Counter()
        for name, amount in options.items():
            if abs(amount) > CLOSE:
                sums[label(name)] = sums.get(label(name), Fraction(0)) + amount
                counts[label(name)] += 1
        named = {f"{it} ({counts[it]})" if counts[it] > 1 else it: sums[it] for it in sums}
        if told in named:
            return named
    return {}


@says("{option} takes {points} points; it is in because {why}.")
def takes(world: World, option: Text, points: Number, why: Text) -> None:
    names = [name for name in world.new if option in {name, world.case.options[name].title}]
    adds = {
        name: sum(world.weights[goal.casefold()] * amount for goal, amount in adds.items())
        for name, adds in criteria_steps(world).items()
        if name in names
    }
    assert any(points.shows(-amount) for amount in adds.values())
    if why == "it is marked must":
        assert any(world.case.options[name].decision is Decision.MUST for name in names)


def criteria_steps(world: World) -> dict[str, dict[str, Fraction]]:
    """Return what the scores of each option that is new add to each index."""
    shares = world.asked.survey.clerk.shares
    return {
        option: {goal: (1 - shares[goal.casefold()]) * amount for goal, amount in adds.items()}
        for option, adds in world.recount.contribution.items()
        if option in world.new
    }


@says(
    "The one investment of the workbook is taken.",
    "No investment is left out: all {every} are taken.",
)
def all_taken(world: World, every: Count | None = None) -> None:
    assert not world.left_out
    assert (every or 1) == len(world.case.investments)


_LEFT = "{number} of {every} investments <is|are> left out"


@says(
    _LEFT + ": {dearest}, which would cost {cost} {unit}[, prices of {first}].",
    _LEFT + "; the dearest is {dearest}, which would cost {cost} {unit}[, prices of {first}].",
)
def left_out(
    world: World,
    number: Count,
    every: Count,
    dearest: Text,
    cost: Number,
    unit: Unit,
    first: Year | None,
) -> None:
    how_many(world, number, every)
    assert unit == unit_of(world)
    assert first in {None, world.years[0]}
    costs = {name: least_cost(world, name) for name in world.left_out}
    named = [name for name in costs if dearest in {name, world.case.options[name].title}]
    assert any(costs[name] == max(costs.values()) for name in named)
    assert about(cost, max(costs.values()))


def least_cost(world: World, name: str) -> Fraction:
    """Return what an option would cost in prices of the first year, started as early as it may."""
    option = world.asked.survey.clerk.options[name.casefold()]
    starts = option.starts() or range(max(0, option.earliest), max(0, option.earliest) + 1)
    return _first_prices(world, option, starts[0])


def how_many(world: World, number: int, every: int) -> None:
    assert number == len({world.case.investment_of[name].id for name in world.left_out})
    assert every == len(world.case.investments)


def worth_for_money(world: World, names: object) -> dict[str, Fraction]:
    """Return what the scores of options would add to the objective, for each million."""
    clerk = world.asked.survey.clerk
    found = {}
    for name in names:  # type: ignore[attr-defined]
        option = clerk.options[name.casefold()]
        worth = sum(
            goal.weight
            * (1 - clerk.shares[goal.id])
            * sum(
                criterion.weight * option.scores.get(criterion.id, 0)
                for criterion in world.asked.facts.criteria
                if criterion.objective == goal.id
            )
            for goal in world.asked.facts.objectives
        )
        worth = 100 * worth / clerk.scale if clerk.scale else Fraction(0)
        starts = option.starts() or range(max(0, option.earliest), max(0, option.earliest) + 1)
        price = _first_prices(world, option, starts[0])
        found[name] = (
            worth / price if price else (Fraction(10**9) if worth > 0 else Fraction(-(10**9)))
        )
    return found


def _first_prices(world: World, option: Option, start: int) -> Fraction:
    total = 0
    for t in range(len(world.years)):
        j = t - start
        total += option.costs[j] if 0 <= j < len(option.costs) else 0
        total += max(0, option.running) if option.operates(start, t) else 0
    return Fraction(total, 1000)


@says(
    "{number} other <option of an investment|options of investments> that <is|are> taken: results "
    "workbook, sheet Not chosen."
)
def other_options(world: World, number: Count) -> None:
    assert number == len(world.case.options) - len(world.taken) - len(world.left_out)


# --- services and shocks ------------------------------------------------------------------------

HALF_PERCENT = Fraction(1, 200)


def titles(facts: object) -> dict[str, str]:
    return {each.title or each.id: each.id for each in facts}  # type: ignore[attr-defined]


def fare(world: World, services: str, shock: str) -> list[tuple[Fraction, Fraction]]:
    """Return what remains of services under a shock, before the plan and after it."""
    names, events = titles(world.case.services), titles(world.case.shocks)
    found = [names[name] for name in re.split(r", | and ", services) if name in names]
    assert found
    key = events[shock]
    before, after = world.recount.before.services, world.recount.after.services
    return [(before[name, key], after[name, key]) for name in found]


@says('Under "{shock}", {after} of {services} still <works|work><, as today| (today {before})>.')
def goes_on(
    world: World, shock: Text, after: Percent, services: Text, before: Percent | None
) -> None:
    fares = fare(world, services, shock)
    for old, new in fares:
        assert after.shows(new)
        if before is None:
            assert abs(new - old) < HALF_PERCENT
        else:
            assert before.shows(old)


@says(
    'The worst that remains: under "{shock}", {after} of {services}<, as today| (today {before})>.'
)
def worst(
    world: World, shock: Text, after: Percent, services: Text, before: Percent | None
) -> None:
    goes_on(world, shock, after, services, before)
    least = min(world.recount.after.services.values())
    assert all(new == least for _old, new in fare(world, services, shock))


@says(
    "<In|in> {year} every service works in full in {after} of {every} shocks, today in {before}.",
    "<In|in> {year} every service works in full in all {every} shocks, today in {before}.",
    "<In|in> {year} every service works in full in the one shock, today in {before}.",
)
def in_full(
    world: World,
    year: Year,
    before: Count,
    every: Count | None = None,
    after: Count | None = None,
) -> None:
    shocks = [shock.id for shock in world.case.shocks]
    found = []
    for kept in (world.recount.before.services, world.recount.after.services):
        full = [
            all(kept[service.id, shock] > 1 - HALF_PERCENT for service in world.case.services)
            for shock in shocks
        ]
        found.append(sum(full))
    assert year == world.years[-1]
    assert (every or 1) == len(shocks)
    assert found == [before, len(shocks) if after is None else after]


@says("Under every shock, every service still works in full.")
def all_works(world: World) -> None:
    assert all(left > 1 - HALF_PERCENT for left in world.recount.after.services.values())


@says("{service} must hold {floor} against {shocks}; the least is {least}, under {shock}.")
def must_hold(
    world: World, service: Text, floor: Percent, shocks: Text, least: Percent, shock: Text
) -> None:
    asked = next(s for s in world.case.services if (s.title or s.id) == service)
    against = [z for z in world.case.shocks if not asked.against or z.id in asked.against]
    assert asked.must_hold is not None
    assert floor.shows(asked.must_hold)
    named = {z.title or z.id for z in against}
    assert shocks == "every shock" or {*re.split(r", | and ", shocks)} == named
    held = {z.title or z.id: held_under(world, asked, z) for z in against}
    assert least.shows(min(held.values()))
    assert held[shock] == min(held.values())
    assert held[shock] >= Fraction(asked.must_hold)


def held_under(world: World, service: Service, shock: Shock) -> Fraction:
    return world.recount.after.services[service.id, shock.id]


# --- exposures ----------------------------------------------------------------------------------


def losses(world: World) -> dict[tuple[str, str], tuple[Fraction, Fraction]]:
    """Return what share of a layer is missing without all that has a tag, before and after the plan.

    Only where a supplier that works in the last year, today's or the plan's, has the tag.
    """
    clerk = world.asked.survey.clerk
    last = len(world.years) - 1
    found = {}
    supplies: list[list[tuple[str, Fraction, frozenset[str]]]] = []
    for plan in (frozenset(clerk.standing()), world.account.plan):
        supplies.append([(p.layer, p.coverage, p.exposures) for p in world.asked.facts.providers])
        for option, start in clerk.taken(plan):
            for layer, share in option.covers.items():
                if option.operates(start, last):
                    supplies[-1].append((layer, share, option.exposures))
    for layer, _share, tags in supplies[1]:
        for tag in tags:
            rest = (
                sum((s for at, s, has in some if at == layer and tag not in has), Fraction(0))
                for some in supplies
            )
            before, after = (1 - min(Fraction(1), share) for share in rest)
            found[layer, tag] = before, after
    return found


@says(
    "Today {stake} times a layer would lack something without all that has one exposure: the plan "
    "fills {removed} of these gaps (assert), reduces {reduced} to half or less (manage) and leaves "
    "{left} (accept)."
)
def at_stake(world: World, stake: Count, removed: Count, reduced: Count, left: Count) -> None:
    some = [pair for pair in losses(world).values() if pair[0] > HALF_PERCENT]
    assert stake == len(some)
    gone = [pair for pair in some if pair[1] <= HALF_PERCENT]
    halved = [pair for pair in some if pair not in gone and 2 * pair[1] <= pair[0]]
    assert (removed, reduced, left) == (len(gone), len(halved), len(some) - len(gone) - len(halved))


_WITHOUT = {
    "everything under the law of ": "law",
    "everything from ": "vendor",
    "everything in ": "place",
}


@says("Without {whatever}, {after} of {layers} would be missing<, as today| (today {before})>.")
def without(
    world: World, whatever: Text, after: Percent, layers: Text, before: Percent | None
) -> None:
    words = next(words for words in _WITHOUT if whatever.startswith(words))
    tag = f"{_WITHOUT[words]}:{whatever.removeprefix(words)}".casefold()
    for layer in re.split(r", | and ", layers):
        old, new = losses(world)[layer.casefold(), tag]
        assert after.shows(new)
        assert (old == new) if before is None else before.shows(old)


# --- settings -----------------------------------------------------------------------------------


@says("{share} of the value: {meaning} ({number} <investment|investments>).")
def graded(world: World, share: Percent, meaning: Meaning, number: Count) -> None:
    shares = shares_of_grades(world)
    grades = [
        option.evidence or ("D" if option.source == "illustrative" else "")
        for option in world.taken.values()
    ]
    grade = MEANINGS[meaning]
    assert share.shows(shares.get(grade, 0))
    assert grades.count(grade) == number


MEANINGS = {
    "official figures": "A",
    "published estimates": "B",
    "expert judgement": "C",
    "illustrative figures": "D",
    "figures without a grade": "",
}
_RESTS = "{share} of the plan's value rests on {meaning}"


@says(_RESTS + "<.|;>")
def weakest(world: World, share: Percent, meaning: Meaning) -> None:
    shares = {grade: part for grade, part in shares_of_grades(world).items() if part > 0}
    grade = MEANINGS[meaning]
    assert share.shows(shares[grade])
    assert grade == "" or (grade == max(it for it in shares if it) and "" not in shares)


@says("No figure of the plan has a grade of evidence<.|;>")
def no_grade(world: World) -> None:
    assert not any(part > 0 for grade, part in shares_of_grades(world).items() if grade)


@says("<R|r>unning it costs {cost} {unit} a year after {year}[, money of {prices}].")
def runs_after(
    world: World, cost: Number, unit: Unit, year: Year, prices: Year | None = None
) -> None:
    running(world, year, cost, unit, prices)


@says("Assumed: {settings}.")
def assumed(world: World, settings: Text) -> None:
    told = dict(part.rsplit(" ", 1) for part in re.sub(r" %", "%", settings).split("; "))
    case, model = world.case, world.case.model
    for name, exact in (
        ("cost growth", case.cost_growth),
        ("revenue haircut", case.revenue_haircut),
        ("discount rate", model.discount_rate),
    ):
        assert Percent(told[name].replace("%", " %")).shows(exact)
    assert told["contingency"] == str(model.contingency)
    assert told["method"] == str(model.method)


@says("Nothing that this plan adds rests on a figure with a grade of evidence.")
def graded_harm(world: World) -> None:
    found = shares_of_grades(world)
    assert not any(part > 0 for grade, part in found.items() if grade)
    assert any(option.evidence or option.source for option in world.taken.values())


@says("No figure of this plan has a grade of evidence.")
def ungraded(world: World) -> None:
    assert not any(option.evidence for option in world.taken.values())
