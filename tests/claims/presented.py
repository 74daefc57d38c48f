"""What slides and documents say of a plan besides: messages, big numbers, tables."""

import re
from collections import Counter
from fractions import Fraction

from choosebattles.case.investment import Decision
from choosebattles.case.service import Service
from choosebattles.case.shock import Shock
from claims.plan import is_best, shares_of_grades, unit_of
from claims.sentences import Called, Count, Name, Number, Patterns, Percent, Text, Unit, Year
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


@says("Cost, {unit}: {cost} of {there} in all funds[, money of each year]")
def cost(world: World, unit: Unit, cost: Number, there: Number) -> None:
    assert unit == unit_of(world)
    assert cost.shows(world.account.total_cost)
    assert there.shows(world.money)


@says("{index}: {after} from {before}, of a possible {possible}")
def index(world: World, index: Name, after: Number, before: Number, possible: Number) -> None:
    assert after.shows(world.account.indices[index.casefold()])
    assert before.shows(world.recount.before.indices[index])
    assert possible.shows(world.ideal[index.casefold()])


@says("Objective (weighted sum): {after} from {before}; not proved to be the best")
def objective(world: World, after: Number, before: Number) -> None:
    assert after.shows(world.account.objective)
    assert before.shows(world.recount.before.value)


@says("Objective (weighted sum): {after} from {before}; proved")
def objective_proved(world: World, after: Number, before: Number) -> None:
    objective(world, after, before)
    is_best(world)


# --- when ---------------------------------------------------------------------------------------


@says(
    "{number} <investment starts|investments start> in {year}[<, | and >{others}].",
)
def starts(world: World, number: Count, year: Year, others: Text | None) -> None:
    started = Counter(world.new.values())
    told = {int(year): int(number)}
    under_way = 0
    later: tuple[int, int] | None = None
    for clause in re.split(r", | and ", others or ""):
        if found := re.fullmatch(r"(\d+) in (\d{4})", clause):
            told[int(found[2])] = int(found[1])
        elif found := re.fullmatch(r"(\d+) from (\d{4}) on", clause):
            later = int(found[1]), int(found[2])
        elif found := re.fullmatch(r"(\d+) (?:is|are) under way already", clause):
            under_way = int(found[1])
        else:
            assert not clause, clause
    assert all(started[year] == number for year, number in told.items())
    rest = {year: number for year, number in started.items() if year not in told}
    assert later == ((sum(rest.values()), min(rest)) if rest else None)
    assert under_way == len(world.taken) - len(world.new)


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


@says("By pillar: {pillars}.")
def by_pillar(world: World, pillars: Text) -> None:
    counts = Counter(
        owner.pillar
        for owner in world.case.investments
        if owner.pillar and any(option.id in world.taken for option in owner.options)
    )
    told = re.findall(r"(.+?) \((\d+)\)(?:, | and |$)", pillars)
    assert {name: int(number) for name, number in told} == counts
    numbers = [int(number) for _name, number in told]
    assert numbers == sorted(numbers, reverse=True)


@says("Least is left in {year}: {left} of {available} {unit}.")
def least_left(world: World, year: Year, left: Number, available: Number, unit: Unit) -> None:
    lefts, there = world.by_year(world.recount.left), world.by_year(world.recount.available)
    assert lefts[year] <= min(lefts.values()) + CLOSE
    assert left.shows(lefts[year])
    assert available.shows(there[year])
    assert unit == unit_of(world)


# --- what adds, and what is left out ------------------------------------------------------------


@says("Nothing that is taken changes an index.")
def nothing_changes(world: World) -> None:
    before, after = world.recount.before.indices, world.recount.after.indices
    assert all(abs(after[name] - before[name]) <= CLOSE for name in after)


@says("The largest step of the weighted sum: {name} <+|->{size} points.")
def largest_step(world: World, name: Text, size: Number) -> None:
    options = {
        option: abs(
            sum(
                (world.weights[goal.casefold()] * amount for goal, amount in adds.items()),
                Fraction(0),
            )
        )
        for option, adds in criteria_steps(world).items()
    }
    assert name not in options or size.shows(options[name])
    assert all(amount <= size.value + size.step for amount in options.values())
    assert size.value != 0


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
    _LEFT
    + "<; the first by worth for money|; the first by worth for money that is not marked never>"
    " is {best}.",
    _LEFT + ": {best}.",
)
def left_out(world: World, number: Count, every: Count, best: Called) -> None:
    how_many(world, number, every)
    ranked = worth_for_money(world, world.left_out)
    name = world.called(best)
    options = [n for n, o in world.left_out.items() if o.decision is not Decision.NEVER]
    assert ranked[name] == max(ranked[each] for each in options)


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


@says(_LEFT + ": by <its scores it is|their scores they are> worth nothing, or less.")
def left_out_worthless(world: World, number: Count, every: Count) -> None:
    how_many(world, number, every)
    assert all(worth <= 0 for worth in worth_for_money(world, world.left_out).values()), (
        "one of them is worth something by its scores"
    )


@says(_LEFT + "; what is not marked never is worth nothing, or less, by its scores.")
def left_out_for_both(world: World, number: Count, every: Count) -> None:
    how_many(world, number, every)
    for name, worth in worth_for_money(world, world.left_out).items():
        assert worth <= 0 or world.case.options[name].decision is Decision.NEVER


@says(_LEFT + ", as <it is|they are> marked never.")
def left_out_never(world: World, number: Count, every: Count) -> None:
    how_many(world, number, every)
    assert all(option.decision is Decision.NEVER for option in world.left_out.values())


@says(
    "{number} other <option of an investment|options of investments> that <is|are> taken: results "
    "workbook, sheet Not chosen."
)
def other_options(world: World, number: Count) -> None:
    assert number == len(world.case.options) - len(world.taken) - len(world.left_out)


@says("More is only possible with what the workbook does not have yet.")
def no_more(world: World) -> None:
    assert not world.left_out


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
