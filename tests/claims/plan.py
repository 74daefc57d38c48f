"""What is said of a plan: on the screen, and in every file that shows one."""

import re
from collections import defaultdict
from dataclasses import replace
from fractions import Fraction

from choosebattles.case.decision_model import Method
from choosebattles.case.fund import Pays
from choosebattles.case.investment import Decision
from choosebattles.solving.outcome import Stop
from claims.sentences import (
    Count,
    Money,
    Name,
    Names,
    Number,
    Patterns,
    Percent,
    Text,
    Unit,
    Year,
)
from claims.world import CLOSE, World, most_of
from oracle.brute_force import Survey

patterns = Patterns()
says, silent = patterns.says, patterns.silent

# --- the headline, and what becomes of the indices ----------------------------------------------

_CHANGE = re.compile(
    rf"(?:(raises|lowers|leaves) )?([^\s,]+) (?:from ({Number.regex}) to|at) ({Number.regex})"
    rf"(?: \(of a possible ({Number.regex})\))?"
)


@says(
    "With {money} <over|in> {period} the best plan[ {loosely}] takes {taken} of {every} investments"
    "[ ({ongoing} of them under way already)] and {changes}."
)
def headline(
    world: World,
    money: Money,
    period: Text,
    loosely: Text | None,
    taken: Count,
    every: Count,
    ongoing: Count | None,
    changes: Text,
) -> None:
    assert money.shows(world.money)
    assert money.unit == unit_of(world)
    assert period == period_of(world)
    assert loosely in {None, "found"}
    if loosely is None:
        is_best(world)
    assert taken == len({choice.investment for choice in world.plan.choices})
    assert every == len(world.case.investments)
    assert (ongoing or 0) == len(world.taken) - len(world.new)
    become(world, changes)


def unit_of(world: World) -> str:
    return f"million {world.case.currency}".strip()


def period_of(world: World) -> str:
    first, last = world.years[0], world.years[-1]
    return f"{first}-{last}" if last > first else f"{first}"


def is_best(world: World) -> None:
    """Assert that no allowed plan is better by the method of the case: all of them were tried."""
    best = world.asked.best
    assert best.value is not None
    assert world.found.proven
    assert world.account.allowed
    if world.case.model.method is Method.WEIGHTED:
        assert world.account.objective >= best.value - 2 * CLOSE * max(Fraction(1), abs(best.value))
    elif world.case.model.method is Method.BALANCED:
        assert abs(world.account.objective - best.value) <= CLOSE * max(
            Fraction(1), abs(best.value)
        )
    else:
        assert world.account.total_cost == best.cheapest[0].total_cost


class Changes(Text):
    """What becomes of indices."""

    regex = r"(?:raises|lowers|leaves) .+"
    __slots__ = ()


@says("The plan {changes}.")
def message_of_changes(world: World, changes: Changes) -> None:
    become(world, changes)


def become(world: World, changes: str) -> None:
    """Assert what is said to become of every index; ``raises A from 1 to 2 and B ...``."""
    before, after = world.recount.before.indices, world.recount.after.indices
    names = []
    verb = ""
    end = 0
    for part in _CHANGE.finditer(changes):
        assert changes[end : part.start()] in {"", ", ", " and "}, changes
        end = part.end()
        verb = part[1] or verb
        name = part[2]
        names.append(name)
        rise = after[name] - before[name]
        assert {"raises": rise > 0, "lowers": rise < 0, "leaves": abs(rise) < CLOSE}[verb], changes
        assert Number(part[4]).shows(after[name])
        if part[3] is not None:
            assert Number(part[3]).shows(before[name])
            assert part[3] != part[4], "from and to are shown as the same"
        if part[5] is None:
            assert abs(world.ideal[name] - 100) <= Fraction(1, 20)
        else:
            assert Number(part[5]).shows(world.ideal[name])
    assert end == len(changes), changes
    assert sorted(names) == sorted(after), "an index is not told of"


# --- what is proved -----------------------------------------------------------------------------


@says(
    "Proved: no plan that keeps to the money, the people and the rules has an objective above "
    "{value}."
)
def none_above(world: World, value: Number) -> None:
    is_best(world)
    assert value.is_at_least(world.account.objective)
    assert all(account.objective <= value.value for account in world.asked.survey.allowed)


@says(
    "<Within the gap asked for|Not proved|Not proved, because the time ran out|Not proved, because "
    "the work allowed was done>: the objective is {value}, and no plan can exceed it by more than "
    "{more}<| points| %>; a better plan may exist within that."
)
def exceeded_by(world: World, value: Number, more: Number) -> None:
    assert not world.found.proven
    assert value.shows(world.account.objective)
    best = world.asked.most
    ours = world.account.objective
    room = more.value if abs(ours) < 1 else more.value / 100 * abs(ours)
    assert best <= ours + room + CLOSE


@says(
    "The plan was counted again, in exact fractions, by code that shares nothing with the solver, and "
    "keeps all demands of the workbook."
)
def keeps_all(world: World) -> None:
    assert world.recount.passed
    assert world.account.allowed


@says("It is the only best plan: proved.")
def only_best(world: World) -> None:
    is_best(world)
    assert len(best_sets(world)) == 1, "another set of options is worth the same"


@says("Another plan is worth the same[: with {others} instead of {ours}].")
def another_is(world: World, others: Names | None, ours: Names | None) -> None:
    is_best(world)
    sets = best_sets(world)
    assert len(sets) > 1
    if others is not None and ours is not None:
        instead = {name.casefold() for name in {*world.taken} - {*ours} | {*others}}
        assert instead in sets


def best_sets(world: World) -> set[frozenset[str]]:
    """Return the sets of options that no allowed plan exceeds in the weighted sum."""
    best = world.asked.most
    least = best - Fraction(1, 10**7) * max(Fraction(1), abs(best))
    return {
        frozenset(name for name, _start in account.plan)
        for account in world.asked.survey.allowed
        if account.objective >= least
    }


@says("Whether another plan is worth the same was not checked.")
def ties_unchecked(world: World) -> None:
    assert world.found.proven


@says(
    "Proved: taking the objectives in their order, within the tolerance, no plan that keeps to the "
    "money, the people and the rules does better, and none costs less."
)
def best_in_order(world: World) -> None:
    assert world.case.model.method is Method.LEXICOGRAPHIC
    is_best(world)


@says(
    "Proved: no plan that keeps to the money, the people and the rules gives the objective that "
    "gains least a larger share of what it could gain, and none that does as well in that has a "
    "larger weighted sum."
)
def most_even(world: World) -> None:
    assert world.case.model.method is Method.BALANCED
    is_best(world)


@says("Not proved in every step of the method ({method}).")
def steps_unproved(world: World, method: Text) -> None:
    assert not world.found.proven
    assert method == str(world.case.model.method)


@says("The last step is within {gap} of its best; earlier steps have gaps of their own.")
def last_step(world: World, gap: Percent) -> None:
    assert not world.found.proven
    assert gap.value > 0


@says(
    "Step {number}, {goal}[ as if it alone counted][, keeping <what came before within the tolerance"
    "|that share>]: <raised|lowered> to {reached}<| points| %| million| million EUR>; {proved}."
)
def step(world: World, number: Count, goal: Text, reached: Number, proved: Text) -> None:
    stage = world.found.stages[number - 1]
    assert goal == stage.goal
    assert Number(reached.text).shows(100 * stage.value if "share of" in goal else stage.value)
    alone = world.case.model.method is Method.BALANCED or number == 1
    if alone and goal in world.weights:
        best = max(account.indices[goal] for account in world.asked.survey.allowed)
        if proved.startswith("proved"):
            assert reached.shows(best), "more is possible"
        above = re.search(rf"comes above ({Number.regex})", proved)
        assert above is None or best <= Number(above[1]).value


# --- no plan ------------------------------------------------------------------------------------


@says(
    "With {money} <over|in> {period} no plan meets all demands at once.",
)
def no_plan(world: World, money: Money, period: Text) -> None:
    assert money.shows(world.money)
    assert period == period_of(world)
    nothing_allowed(world)


@says("With {money} <over|in> {period} no plan was found.")
def none_found(world: World, money: Money, period: Text) -> None:
    assert money.shows(world.money)
    assert period == period_of(world)
    assert world.found.plan is None
    assert not world.found.proven


@says("Proved: whatever is chosen, at least one demand is broken.")
def nothing_allowed(world: World) -> None:
    assert world.found.plan is None
    assert not world.asked.survey.allowed


@says(
    "<The time ran out before a plan was found|The work allowed was done before a plan was found>; "
    "whether one exists is not known."
)
def unknown(world: World) -> None:
    assert world.found.plan is None
    assert world.found.stop in {Stop.TIME_LIMIT, Stop.WORK_LIMIT}


# --- money --------------------------------------------------------------------------------------


@says(
    "The plan costs {cost} of {there}[, in money of each year; in prices of {first} it costs "
    "{typed}][ and holds at most {held} in reserve].",
    "The plan costs {cost}; there are {there} and {income} of income[, in money of each year; in "
    "prices of {first} it costs {typed}][ and holds at most {held} in reserve].",
)
def spending(
    world: World,
    cost: Money,
    there: Money,
    income: Money | None = None,
    first: Year | None = None,
    typed: Money | None = None,
    held: Money | None = None,
) -> None:
    assert cost.shows(world.account.total_cost)
    assert cost.unit == there.unit == unit_of(world)
    assert there.shows(world.money)
    if income is not None:
        assert income.shows(sum(received(world).values()) / 1000)
    else:
        assert not any(received(world).values())
    assert (first is None) == (not world.case.cost_growth)
    if typed is not None:
        assert first == world.years[0]
        assert typed.shows(cost_in_first_prices(world))
    reserve = sum(asked_reserve(world).values())
    assert (held is not None) == (reserve > 0)
    if held is not None:
        assert held.shows(reserve)


def received(world: World) -> dict[tuple[str, int], int]:
    """Return income and savings of each fund and year, in thousandths: by the oracle."""
    clerk = world.asked.survey.clerk
    return clerk.received(clerk.taken(world.account.plan))


def asked_reserve(world: World) -> dict[int, Fraction]:
    """Return what must be held in each year, in millions: by the oracle."""
    clerk = world.asked.survey.clerk
    taken = clerk.taken(world.account.plan)
    return {year: clerk.reserve(taken, t) for t, year in enumerate(world.years)}


def cost_in_first_prices(world: World) -> Fraction:
    total = 0
    for option, start in world.asked.survey.clerk.taken(world.account.plan):
        for t in range(len(world.years)):
            j = t - start
            total += option.costs[j] if 0 <= j < len(option.costs) else 0
            total += max(0, option.running) if option.operates(start, t) else 0
    return Fraction(total, 1000)


def left(world: World) -> dict[str, Fraction]:
    """Return what lapses of each fund over all years."""
    return {fund: sum(years.values(), Fraction(0)) for fund, years in world.recount.left.items()}


LEAST = Fraction(1, 2000)
"""Half a thousandth of a million: below it nothing is told to be left."""


@says("No money is left.")
def none_left(world: World) -> None:
    assert all(amount < LEAST for amount in left(world).values())


@says(
    "{amount} of {fund} is left, and lapses.",
    "{amount} is left, and lapses: {parts}.",
)
def is_left(
    world: World, amount: Money, fund: Name | None = None, parts: Text | None = None
) -> None:
    assert amount.shows(sum(left(world).values()))
    told = {str(fund)} if fund is not None else set()
    if parts is not None:
        for part in re.split(r", | and ", parts):
            of = re.fullmatch(rf"({Money.regex}) of (\S+)", part)
            assert of is not None, part
            assert Money(of[1]).shows(left(world)[of[2]])
            told.add(of[2])
    assert told == {name for name, amount in left(world).items() if amount >= LEAST}


@says("{amount} is lost as it is carried over to a later year.")
def is_lost(world: World, amount: Money) -> None:
    lost = sum(
        world.recount.aside[fund.id][year] - world.recount.carried[fund.id][year + 1]
        for fund in world.case.funds
        for year in world.years[:-1]
    )
    assert amount.shows(lost)


def may_pay(world: World, fund: str) -> list[str]:
    """Return the options not taken of which a fund may pay any part."""
    funds = [each for each in world.case.funds if each.id == fund]
    return [
        name
        for name, option in world.case.options.items()
        if name not in world.taken
        and any(funds[0] in world.case.payers(option, part) for part in (Pays.BUILD, Pays.RUNNING))
    ]


@says("Nothing is left out that it could pay for.")
def nothing_to_pay(world: World) -> None:
    assert len(world.taken) == len(world.case.options)


@says("{funds} may pay nothing of what is left out.")
def pays_nothing(world: World, funds: Names) -> None:
    assert not [name for fund in funds for name in may_pay(world, fund)]


@says("{number} <option is|options are> left out that {funds} may pay for: {why}.")
def pays_some(world: World, number: Count, funds: Names, why: Text) -> None:
    for fund in funds:
        payable = may_pay(world, fund)
        assert number == len(payable)
        are_for_reasons(world, payable, why)


def are_for_reasons(world: World, names: list[str], why: str) -> None:
    """Assert how many options are said to be left out for which reason."""
    parts = re.split(r", (?=\d)| and (?=\d)", why)
    said = {part.partition(" ")[2]: int(part.partition(" ")[0]) for part in parts}
    assert sum(said.values()) == len(names), "the reasons do not add up to the options"
    never = [n for n in names if world.case.options[n].decision is Decision.NEVER]
    assert said.get("marked never", 0) == len(never)
    other = [n for n in names if n not in never and n not in world.left_out]
    assert said.get("as another option of the same investment is taken", 0) == len(other)
    open_ = [n for n in names if n not in never and n not in other]
    gains = {name: gains_with(world, name) for name in open_}
    fit = [name for name, found in gains.items() if found]
    none = "with which no plan is worth more"
    rises = [name for name in fit if max(gains[name]) > CLOSE]
    assert not rises or none not in said or not world.found.proven, "a plan is worth more"
    blocked = [
        "that a rule or a limit stands against",
        "that people are missing for",
        "that cannot be built in time",
    ]
    if len(world.case.funds) == 1:  # of several, others could pay what these are left without
        blocked.append("that the money left, by fund and year, cannot pay for")
    assert sum(said.get(each, 0) for each in blocked) <= len(open_) - len(fit)


def gains_with(world: World, name: str) -> list[Fraction]:
    """Return by how much the objective changes with an option more, for each start that is allowed."""
    clerk = world.asked.survey.clerk
    option = clerk.options[name.casefold()]
    found = []
    for start in option.starts():
        more = (option.id, world.years[0] + start)
        account = clerk.allowed({*world.account.plan, more})
        if account is not None:
            found.append(account.objective - world.account.objective)
    return found


_NOTHING = "Nothing<| new> is taken"


@says(_NOTHING + ": the cheapest, {name}, costs at least {cost}, and all funds have {there}.")
def too_dear(world: World, name: Name, cost: Money, there: Money) -> None:
    assert not world.new
    assert there.shows(world.money)
    costs = cheapest_costs(world)
    assert cost.shows(min(costs.values()))
    assert costs[name.casefold()] == min(costs.values())
    assert min(costs.values()) > world.money


def cheapest_costs(world: World) -> dict[str, Fraction]:
    """Return the least that each option costs that may be started and is not taken."""
    clerk = world.asked.survey.clerk
    taken = {name.casefold() for name in world.taken}
    return {
        option.id: min(
            Fraction(sum(clerk.need(option, start, t) for t in clerk.years), 1000)
            for start in option.starts()
        )
        for option in world.asked.facts.options
        if option.id not in taken and option.starts()
    }


@says(
    _NOTHING + ": <every option|the one option> <is marked never|would lower the objective>.",
    _NOTHING + ": no option would add anything to the objective.",
    _NOTHING + ": a rule or a limit stands against every option.",
    _NOTHING + ": people are missing for every option.",
)
def nothing_taken(world: World) -> None:
    assert not world.new
    for name in world.left_out:
        assert all(gain <= CLOSE for gain in gains_with(world, name))


@says(_NOTHING + ": <of {number} options there are|the one option is left out:> {why}.")
def nothing_for_reasons(world: World, number: Count | None, why: Text) -> None:
    assert not world.new
    names = [name for name in world.case.options if name not in world.taken]
    assert (number or 1) == len(names)
    are_for_reasons(world, names, why)


# --- evidence, own plan, commitments ------------------------------------------------------------

_MEANS = {
    "A": "official figures",
    "B": "published estimates",
    "C": "expert judgement",
    "D": "illustrative",
}


def shares_of_grades(world: World) -> dict[str, Fraction]:
    """Return which part of what the plan's scores add rests on which grade; harm is left out."""
    worth: defaultdict[str, Fraction] = defaultdict(Fraction)
    for name, adds in world.recount.contribution.items():
        option = world.case.options[name]
        grade = option.evidence or ("D" if option.source == "illustrative" else "")
        added = sum(
            (world.weights[goal.casefold()] * points for goal, points in adds.items()),
            Fraction(0),
        )
        worth[grade] += max(Fraction(0), added)
    whole = sum(worth.values())
    return {grade: amount / whole for grade, amount in worth.items()} if whole else {}


@says("{share} of this plan's value rests on grade {grade} figures: {meaning}.")
def rests(world: World, share: Percent, grade: Name, meaning: Text) -> None:
    found = shares_of_grades(world)
    assert share.shows(found[grade])
    assert meaning == _MEANS[grade]
    assert grade == max(letter for letter, part in found.items() if letter and part > 0)


@says("{share} of this plan's value rests on grade D figures, which are illustrative[; {others}].")
def rests_on_illustrations(world: World, share: Percent, others: Text | None) -> None:
    found = shares_of_grades(world)
    assert share.shows(found["D"])
    told = {"D"}
    for part in filter(None, (others or "").split("; ")):
        of = re.fullmatch(rf"({Percent.regex}) on grade (\w): (.+)", part)
        assert of is not None, part
        assert Percent(of[1]).shows(found[of[2]])
        assert of[3] == _MEANS[of[2]]
        told.add(of[2])
    assert told == {letter for letter, part in found.items() if letter and part > 0}


@says(
    "Your own plan: {levels}, for {cost} (this plan {ours}[, money of each year]); "
    "<it breaks demands: see the sheet Own plan|it keeps to the money, the people and the rules>."
)
def own(world: World, levels: Text, cost: Money, ours: Money) -> None:
    clerk = world.asked.survey.clerk
    assert ours.shows(world.account.total_cost)
    typed = own_starts(world)
    accounts = [clerk.recount(starts) for starts in typed]
    parts = re.findall(rf"(\S+) ({Number.regex}) \(this plan ({Number.regex})\)", levels)
    assert [name for name, _own, _ours in parts] == [g.id for g in world.case.model.objectives]
    for name, _own, level in parts:
        assert Number(level).shows(world.account.indices[name.casefold()])
    assert any(
        cost.shows(account.total_cost)
        and all(Number(own).shows(account.indices[name.casefold()]) for name, own, _ in parts)
        for account in accounts
    )


def own_starts(world: World) -> list[list[tuple[str, int]]]:
    """Return the starts of the own plan: the earliest, or those of the plan where they are open."""
    options = [option for option in world.case.options.values() if option.own_plan]
    first = world.years[0]
    earliest = [
        (
            option.id,
            option.own_plan if option.own_plan is not True else option.earliest_start or first,
        )
        for option in options
    ]
    ours = [(name, world.plan.starts.get(name, start)) for name, start in earliest]
    return [earliest, ours]


@says("Nothing falls due after {year}.")
def nothing_due(world: World, year: Year) -> None:
    assert year == world.years[-1]
    assert not any(after(world))


def after(world: World) -> tuple[Fraction, Fraction, Fraction]:
    """Return what runs, is still to be built, and comes in a year, after the last one.

    What goes on is told in money of the last year.
    """
    clerk = world.asked.survey.clerk
    last = len(world.years) - 1
    taken = clerk.taken(world.account.plan)
    goes_on = [
        option
        for option, start in taken
        if option.operates(start, max(last + 1, start + option.build_years))
    ]
    growth = clerk.growth(last)
    running = sum(_half_up(growth * max(0, option.running)) for option in goes_on)
    later = sum(clerk.later(option, start) for option, start in taken)
    haircut = 1 - world.asked.facts.haircut
    income = sum((growth * max(0, -option.running) * haircut).__floor__() for option in goes_on)
    return Fraction(running, 1000), Fraction(later, 1000), Fraction(income, 1000)


def _half_up(amount: Fraction) -> int:
    return (amount + Fraction(1, 2)).__floor__()


@says("After {year} running costs of {amount} {unit} a year go on[, money of {prices}].")
def running_on(world: World, year: Year, amount: Number, unit: Unit, prices: Year | None) -> None:
    assert year == world.years[-1]
    assert prices == (year if world.case.cost_growth else None)
    assert unit == unit_of(world)
    assert amount.shows(after(world)[0])


@says("After {year} {amount} {unit} of building costs still fall due[, money of each year].")
def still_due(world: World, year: Year, amount: Number, unit: Unit) -> None:
    assert year == world.years[-1]
    assert unit == unit_of(world)
    assert amount.shows(after(world)[1])


@says("After {year} income of {amount} {unit} a year goes on[, money of {prices}].")
def income_on(world: World, year: Year, amount: Number, unit: Unit, prices: Year | None) -> None:
    assert year == world.years[-1]
    assert prices == (year if world.case.cost_growth else None)
    assert unit == unit_of(world)
    assert amount.shows(after(world)[2])


# --- what binds ---------------------------------------------------------------------------------


def gain_with_more(world: World, name: str) -> Fraction:
    """Return by how much the best plan is better with one more person, or a million, a year."""
    facts = world.asked.facts
    key = name.casefold()
    more = replace(
        facts,
        funds=tuple(
            replace(fund, amounts=tuple(amount + 1000 for amount in fund.amounts))
            if fund.id == key
            else fund
            for fund in facts.funds
        ),
        skills=tuple(
            replace(skill, supply=tuple(people + 1 for people in skill.supply))
            if skill.id == key
            else skill
            for skill in facts.skills
        ),
    )
    best = most_of(Survey(more))
    return best - world.asked.most


_MORE = "One more <person of|million a year in> {name} "


@says(_MORE + "does not raise the objective.")
def more_is_nothing(world: World, name: Name) -> None:
    assert gain_with_more(world, name) <= 100 * CLOSE


@says(
    _MORE + "raises the objective by {points} points.",
    _MORE + "raises the objective by at least {least}[ and at most {most}] points.",
    _MORE
    + "raises the objective by at most {most} points; whether it does at all cannot be told at "
    "this gap.",
)
def more_is_worth(
    world: World,
    name: Name,
    points: Number | None = None,
    least: Number | None = None,
    most: Number | None = None,
) -> None:
    gain = gain_with_more(world, name)
    best = world.asked.most
    ours = gain + best - world.account.objective
    assert points is None or points.shows(gain)
    assert least is None or gain >= least.value - 100 * CLOSE
    assert most is None or min(gain, ours) <= most.value + 100 * CLOSE


@says(
    "What more would be worth was not tested, because the time was over: {names}. Allow more with "
    "--time-limit."
)
def untested(world: World, names: Text) -> None:
    more = ["one more person of {}", "one more million a year in {}"]
    known = [text.format(price.name) for price in world.found.binding for text in more]
    assert {*re.split(r", | and ", names)} <= {*known}
    assert any(price.untested for price in world.found.binding)


@says("{skill_or_fund} may raise the objective; whether it does cannot be told at this gap.")
def more_unknown(world: World, skill_or_fund: Text) -> None:
    assert skill_or_fund.startswith("One more")
    assert not world.found.proven
