"""What is said of the rivals of the best plan: sets of options are ranked again by trying all plans."""

import re
from fractions import Fraction

from claims.plan import unit_of
from claims.sentences import Count, Money, Name, Names, Number, Patterns, Text
from claims.world import CLOSE, World

patterns = Patterns()
says, silent = patterns.says, patterns.silent

ROOM = 200 * CLOSE
"""Points within which plans share a rank, or are as good."""


def ranked(world: World) -> list[tuple[Fraction, frozenset[str]]]:
    """Return every set of options that is allowed with the most it is worth, the best first."""
    best: dict[frozenset[str], Fraction] = {}
    for account in world.asked.survey.allowed:
        options = frozenset(name for name, _start in account.plan)
        best[options] = max(best.get(options, account.objective), account.objective)
    return sorted(((worth, options) for options, worth in best.items()), key=lambda one: -one[0])


def listed(world: World) -> list[Fraction]:
    """Return what the plans listed are worth."""
    clerk = world.asked.survey.clerk
    return [
        clerk.recount(one.plan.starts.items()).objective for one in world.told.alternatives.plans
    ]


@says(
    "These are the {number} best sets of options: no other one is worth more, proved.",
    "This is the best set of options: no other one is worth more, proved.",
)
def the_best(world: World, number: Count | None = None) -> None:
    found, every = listed(world), [worth for worth, _options in ranked(world)]
    assert (number or 1) == len(found)
    for ours, theirs in zip(found, every, strict=False):
        assert ours >= theirs - ROOM


@says(
    "There <is|are> {number} <set|sets> of options that <meets|meet> all demands, and no "
    "<other|others>: proved."
)
def all_of_them(world: World, number: Count) -> None:
    assert number == len(ranked(world)) == len(listed(world))


@says("The next best is worth {points} points less than the last one listed.")
def next_best(world: World, points: Number) -> None:
    found = listed(world)
    following = ranked(world)[len(found)][0]
    assert points.shows(found[-1] - following)


@says("At least one more is worth the same as the last one listed.")
def one_more(world: World) -> None:
    found = listed(world)
    assert ranked(world)[len(found)][0] >= found[-1] - ROOM


@says("{number} of them share rank {rank}: they are worth the same.")
def share_a_rank(world: World, number: Count, rank: Count) -> None:
    found = listed(world)
    assert sum(abs(worth - found[rank - 1]) <= ROOM for worth in found) == number


@says("Plans are ranked by the weighted sum of the indices, whatever the method of the case.")
def by_weighted_sum(world: World) -> None:
    assert world.case


def near(world: World, least: Number) -> list[frozenset[str]]:
    """Return the sets of options that are worth at least so much."""
    return [options for worth, options in ranked(world) if worth >= least.value - least.step / 2]


@says(
    "Plans worth at least {least} points, {loss} below the best; options in all of them: {must}, in "
    "some: {may}, in none: {never} (proved)."
)
def by_class(
    world: World, least: Number, loss: Number, must: Count, may: Count, never: Count
) -> None:
    assert least.shows(ranked(world)[0][0] - loss.value) or loss.step >= least.step
    every = {name.casefold() for name in world.case.options}
    sets = near(world, least)
    in_all, in_some = frozenset.intersection(*sets), frozenset.union(*sets)
    assert (must, may, never) == (len(in_all), len(in_some - in_all), len(every - in_some))


@says("<must|may|never> ({number}): {options}")
def of_class(world: World, number: Count, options: Names) -> None:
    assert number == len(options)
    assert {*options} <= {*world.case.options}


@says("Plans worth at least {least} points; options by class: {counts}.")
def classes(world: World, least: Number, counts: Text) -> None:
    sets = near(world, least)
    every = {name.casefold() for name in world.case.options}
    in_all, in_some = frozenset.intersection(*sets), frozenset.union(*sets)
    sizes = {
        "must": len(in_all),
        "may": len(in_some - in_all),
        "never": len(every - in_some),
    }
    said = dict(part.split(": ") for part in counts.split("; "))
    assert {name: int(number) for name, number in said.items()} == {
        name: size for name, size in sizes.items() if size
    }


@says("There is no further plan as good as that: proved.")
def none_further(world: World) -> None:
    found = world.told.alternatives
    known = {frozenset(name.casefold() for name in one.plan.taken) for one in found.plans}
    known |= {frozenset(name.casefold() for name in one.plan.taken) for one in found.different}
    text = next(t for t in world.told.texts if t.startswith("Plans worth at least"))
    least = Number(re.findall(Number.regex, text)[0])
    assert {*near(world, least)} <= known


@says(
    "None of them differs from {before} in more than {number} <option|options> (plan {name}).",
    "Plan {name} differs from {before} in {number} <option|options>[ more]; none of them differs in "
    "more.",
)
def differs(world: World, before: Text, number: Count, name: Name) -> None:
    found = world.told.alternatives
    text = next(t for t in world.told.texts if t.startswith("Plans worth at least"))
    least = Number(re.findall(Number.regex, text)[0])
    plans = [found.plans[0], *found.different]
    place = ord(name) - ord("A") + 1
    sets = [frozenset(n.casefold() for n in one.plan.taken) for one in plans]
    far = [
        min(_apart(world, options, one) for one in sets[:place]) for options in near(world, least)
    ]
    assert before
    assert max(far) <= number
    assert min(_apart(world, sets[place], one) for one in sets[:place]) == number


def _apart(world: World, one: frozenset[str], two: frozenset[str]) -> int:
    """Return in how many options two sets differ; one that enters for one that leaves is one."""
    del world
    return max(len(one - two), len(two - one))


@says("The best: {worth} points for {cost}.")
def first(world: World, worth: Number, cost: Money) -> None:
    assert worth.shows(ranked(world)[0][0])
    assert cost.unit == unit_of(world)


silent(
    "[{name}: ]Alternatives to the best plan",
    "Alternatives, option by option",
    "Which options the plans within the loss take",
    "Summary",
    "There is no plan.",
    "Numbers: the best sets of options.[ Letters: near the best, and as different as can be.]",
    "An option that enters and one that leaves count as two that differ.",
    "A column for each plan: from when it takes an option, and what enters or leaves against plan 1.",
    why="headings, and what columns mean",
)
