"""What is said of the user's own plan beside a better and a cheaper one; all plans were tried."""

import re
from fractions import Fraction

from claims.plan import unit_of
from claims.sentences import Count, Money, Name, Names, Number, Patterns, Text
from claims.world import CLOSE, World
from oracle.recount import Account

patterns = Patterns()
says, silent = patterns.says, patterns.silent

ROOM = 200 * CLOSE


def own(world: World) -> Account:
    """Return the own plan as it was completed, recounted by the oracle."""
    return world.asked.survey.clerk.recount(world.told.own.own.plan.starts.items())


def worth(world: World) -> Fraction:
    """Return what the own plan is worth, by the recount: it counts one that cannot be paid for too."""
    return Fraction(world.told.own.own.recount.after.value)


def no_dearer(world: World) -> list[Account]:
    """Return the allowed plans that cost no more."""
    most = own(world).total_cost + CLOSE
    return [account for account in world.asked.survey.allowed if account.total_cost <= most]


def as_good(world: World) -> list[Account]:
    """Return the allowed plans that are worth as much."""
    least = worth(world) - ROOM
    return [account for account in world.asked.survey.allowed if account.objective >= least]


@says(
    "Your own plan is worth {value} points for {cost}; it keeps every demand.",
    "Your own plan is worth {value} points for {cost}; it breaks {number} <demand|demands>.",
)
def is_worth(world: World, value: Number, cost: Money, number: Count | None = None) -> None:
    account = own(world)
    assert value.shows(worth(world))
    assert not account.allowed or value.shows(account.objective)
    assert cost.shows(account.total_cost)
    assert cost.unit == unit_of(world)
    assert account.allowed == (number is None)
    if number is not None:
        assert number == len(world.told.own.own.recount.violations)


@says(
    "Your plan leaves the start of {names} open: <it|each> got <the year that is best|the year with "
    "which the plan breaks as little as possible>."
)
def open_starts(world: World, names: Names) -> None:
    options = world.case.options.values()
    assert {*names} == {option.id for option in options if option.own_plan is True}


@says(
    "It is efficient: no plan is worth more for the same money, and none is worth as much for less. "
    "Proved."
)
def efficient(world: World) -> None:
    assert own(world).allowed
    none_better(world)
    none_cheaper(world)


@says("No plan is worth more for the same money: proved.")
def none_better(world: World) -> None:
    assert all(account.objective <= worth(world) + ROOM for account in no_dearer(world))


@says("No plan is worth as much for less money: proved.")
def none_cheaper(world: World) -> None:
    least = own(world).total_cost - CLOSE
    assert all(account.total_cost >= least for account in as_good(world))


@says("No plan that keeps every demand is worth as much: proved.")
def none_as_good(world: World) -> None:
    assert not any(a.objective >= worth(world) + ROOM for a in world.asked.survey.allowed)


@says("No plan that keeps every demand costs as little: proved.")
def none_as_cheap(world: World) -> None:
    assert not no_dearer(world)


@says("For the same money, {points} points more: {change}.")
def better(world: World, points: Number, change: Text) -> None:
    best = max(account.objective for account in no_dearer(world))
    assert points.shows(best - worth(world))
    changes(world, change, "better")


@says("For the same money, a plan that keeps every demand is worth as much: {change}.")
def as_much(world: World, change: Text) -> None:
    best = max(account.objective for account in no_dearer(world))
    assert abs(best - worth(world)) <= ROOM
    changes(world, change, "better")


@says(
    "The best plan that keeps every demand for no more money is worth {points} points less: {change}."
)
def best_is_less(world: World, points: Number, change: Text) -> None:
    best = max(account.objective for account in no_dearer(world))
    assert points.shows(worth(world) - best)
    changes(world, change, "better")


@says("<At least the|The> same worth for {amount} less: {change}.")
def cheaper(world: World, amount: Money, change: Text) -> None:
    least = min(account.total_cost for account in as_good(world))
    assert amount.shows(own(world).total_cost - least)
    changes(world, change, "cheaper")


@says(
    "The cheapest plan that keeps every demand and is worth as much costs {amount} more: {change}."
)
def cheapest_is_dearer(world: World, amount: Money, change: Text) -> None:
    least = min(account.total_cost for account in as_good(world))
    assert amount.shows(least - own(world).total_cost)
    changes(world, change, "cheaper")


def changes(world: World, words: str, rival: str) -> None:
    """Assert what another plan is said to take, and to do without."""
    ours = world.told.own.own.plan.taken
    theirs = getattr(world.told.own, rival).plan.taken
    told_in = re.search(r"takes (.+?)(?: as well| instead of|$)", words)
    told_out = re.search(r"(?:instead of|does without) (.+)$", words)
    if "the same options" in words:
        assert ours == theirs
        return
    assert ({*re.split(r", | and ", told_in[1])} if told_in else set()) == theirs - ours
    assert ({*re.split(r", | and ", told_out[1])} if told_out else set()) == ours - theirs


@says(
    "Plan {name} keeps {kept} of your {number} <option|options> and takes <no other|{more} more>."
)
def keeps(world: World, name: Name, kept: Count, number: Count, more: Count | None) -> None:
    ours = world.told.own.own.plan.taken
    theirs = {"B": world.told.own.better, "C": world.told.own.cheaper}[name].plan.taken
    assert (kept, number, more or 0) == (len(ours & theirs), len(ours), len(theirs - ours))


@says("{what}. ({cells})")
def breaks(world: World, what: Text, cells: Text) -> None:
    assert cells
    assert not own(world).allowed
    told_of = {text.casefold() for text in _violations(world)}
    assert what.casefold() in told_of


def _violations(world: World) -> list[str]:
    return [violation.text for violation in world.told.own.own.recount.violations]


@says(
    "Plans are compared with yours as if it could be carried out; they themselves keep every demand."
)
def as_if(world: World) -> None:
    assert not own(world).allowed


@says("Worth is the weighted sum of the indices, whatever the method of the case.")
def by_weighted_sum(world: World) -> None:
    assert world.told.own.own


silent(
    "[{name}: ]Your own plan, a better and a cheaper one",
    "Your own plan, option by option",
    "What your plan breaks[:]",
    "Own plan",
    "A column for each plan: from when it takes an option, and what enters or leaves.",
    why="headings, and what columns mean",
)
