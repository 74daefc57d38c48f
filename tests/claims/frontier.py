"""What is said of a frontier: in ``frontier``, and of a trade-off beside a plan."""

import re
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

from claims.sentences import Count, Levels, Name, Names, Number, Patterns, Percent, Text
from claims.world import CLOSE, World
from oracle.recount import Account

patterns = Patterns()
says, silent = patterns.says, patterns.silent

Point = tuple[Fraction, ...]


def measures(world: World) -> list[str]:
    """Return the names of what is traded off."""
    return [_named(measure) for measure in traced(world).measures]


def _named(measure: Any) -> str:
    if measure.is_cost:
        return "cost"
    return str(measure.name) if measure.index else "objective"


def traced(world: World) -> Any:
    """Return the frontier that was found."""
    return world.told.frontier


def of(world: World, account: Account) -> Point:
    """Return what a plan has of each measure, more being better."""
    worth = {**account.indices, "objective": account.objective, "cost": -account.total_cost}
    return tuple(worth[name.casefold()] for name in measures(world))


def points(world: World) -> list[Point]:
    """Return the points found, recounted from their plans."""
    clerk = world.asked.survey.clerk
    return [
        of(world, clerk.recount((choice.option, choice.start) for choice in point.plan.choices))
        for point in traced(world).points
    ]


def every(world: World) -> list[Point]:
    """Return what every allowed plan has."""
    return [of(world, account) for account in world.asked.survey.allowed]


def rooms(world: World) -> tuple[Fraction, ...]:
    """Return within how much of each measure one plan stands for others."""
    found = traced(world)
    return tuple(
        Fraction(found.cost_resolution if measure.is_cost else found.resolution)
        for measure in found.measures
    )


def stands_for(point: Point, other: Point, rooms: Sequence[Fraction]) -> bool:
    """Say whether a plan is worse by no more than the room in anything."""
    return all(a >= b - room - CLOSE for a, b, room in zip(point, other, rooms, strict=True))


def shown(world: World, levels: Levels, exact: Point) -> bool:
    """Say whether numbers are those of a point; a cost is shown as it is."""
    names = measures(world)
    signs = [-1 if name == "cost" else 1 for name in names]
    return [*levels] == names and all(
        number.shows(sign * amount)
        for number, sign, amount in zip(levels.values(), signs, exact, strict=True)
    )


@says(
    "One plan is best in <both|all>[, to {rough}]: {levels}.",
)
def one_is_best(world: World, rough: Text | None, levels: Levels) -> None:
    (point,) = points(world)
    assert traced(world).complete
    assert shown(world, levels, point)
    assert (rough is None) == (not any(rooms(world)))
    assert all(stands_for(point, other, rooms(world)) for other in every(world))
    if world.found is not None:
        mine = of(world, world.account)
        assert stands_for(point, mine, rooms(world)), "the plan presented is better"


@says("One plan was found so far: {levels}.")
def one_so_far(world: World, levels: Levels) -> None:
    (point,) = points(world)
    assert not traced(world).complete
    assert shown(world, levels, point)


@says("{number} points between {first} and {second}: from {start} to {end}.")
def between(world: World, number: Count, first: Text, second: Text, start: Text, end: Text) -> None:
    found = points(world)
    assert number == len(found)
    assert [first, second] == measures(world)
    for text, point in ((start, found[0]), (end, found[-1])):
        numbers = [Number(part.split(" ")[0]) for part in text.split(" and ")]
        assert shown(world, Levels(zip(measures(world), numbers, strict=True)), point)


@says("{number} points between {names}.")
def between_several(world: World, number: Count, names: Names) -> None:
    assert number == len(points(world))
    assert [*names] == measures(world)


@says("Complete: no plan beats these points, and none lies between them: proved.")
def complete(world: World) -> None:
    assert traced(world).complete
    found = points(world)
    nothing = [Fraction(0)] * len(measures(world))
    assert all(any(stands_for(point, other, nothing) for point in found) for other in every(world))


@says("Complete to {rough}: no plan is better than every point by more than that: proved.")
def complete_to(world: World, rough: Text) -> None:
    assert traced(world).complete
    within(world, rough)


@says("No plan is better than every point by more than {rough}: proved.")
def within(world: World, rough: Text) -> None:
    found = points(world)
    room = room_of(world, rough)
    assert all(any(stands_for(point, other, room) for point in found) for other in every(world))


def room_of(world: World, rough: str) -> list[Fraction]:
    """Return the room of each measure: ``0.1 points and 0.620 million EUR``."""
    of_points = re.search(r"([\d.,]+) points", rough)
    of_cost = re.search(r"([\d.,]+) million", rough)
    rooms = {True: of_cost, False: of_points}
    found = []
    for measure in traced(world).measures:
        room = rooms[measure.is_cost]
        assert room is not None
        found.append(Number(room[1]).value)
    return found


@says("Not complete: stopped before all points were found. Other points may exist.")
def incomplete(world: World) -> None:
    assert not traced(world).complete


@says(
    "The best of each by itself: {levels}; no plan has all of that at once.",
    "The best of each among these points: {levels}.",
)
def best_of_each(world: World, levels: Levels) -> None:
    assert shown(world, levels, tuple(map(max, zip(*points(world), strict=True))))


@says("The worst of each among these points: {levels}.")
def worst_of_each(world: World, levels: Levels) -> None:
    assert shown(world, levels, tuple(map(min, zip(*points(world), strict=True))))


@says("Beyond a straight exchange between the two ends, point {number} offers the most (the knee).")
def knee(world: World, number: Count) -> None:
    found = points(world)
    low, high = tuple(map(min, zip(*found, strict=True))), tuple(map(max, zip(*found, strict=True)))
    gains = [
        sum((a - b) / (c - b) for a, b, c in zip(point, low, high, strict=True)) for point in found
    ]
    assert gains[number - 1] >= max(gains) - CLOSE


@says(
    "Point {number} is the most even: it has at least {share} of the way from worst to best in each."
)
def most_even(world: World, number: Count, share: Percent) -> None:
    found = points(world)
    low, high = tuple(map(min, zip(*found, strict=True))), tuple(map(max, zip(*found, strict=True)))
    least = [
        min((a - b) / (c - b) for a, b, c in zip(point, low, high, strict=True)) for point in found
    ]
    assert share.shows(least[number - 1])
    assert least[number - 1] >= max(least) - CLOSE


@says(
    "Of all combinations between the worst and the best of each, {share} can be had or bettered (the "
    "hypervolume).",
    "Of all combinations between the worst and the best of each among these points, they reach or "
    "better {share} (the hypervolume).",
)
def hypervolume(world: World, share: Percent) -> None:
    found = points(world)
    if len(measures(world)) > 2:
        return
    low, high = tuple(map(min, zip(*found, strict=True))), tuple(map(max, zip(*found, strict=True)))
    area, reached = Fraction(0), low[1]
    for across, up in sorted(found, key=lambda point: -point[0]):
        area += (across - low[0]) * max(Fraction(0), up - reached)
        reached = max(reached, up)
    assert share.shows(area / ((high[0] - low[0]) * (high[1] - low[1])))


@says(
    "{number} <point is|points are> best for no weights: whoever weighs the measures misses <it|them> "
    "(<it is|they are> not supported)."
)
def unsupported(world: World, number: Count) -> None:
    found = points(world)
    if len(measures(world)) == 2:
        assert number == sum(not is_supported(point, found) for point in found)


def is_supported(point: Point, found: Sequence[Point]) -> bool:
    """Say whether no mixture of two others is better in one and as good in the other."""
    for left in found:
        for right in found:
            if left[0] < point[0] < right[0]:
                part = (point[0] - left[0]) / (right[0] - left[0])
                if left[1] + part * (right[1] - left[1]) > point[1] + CLOSE:
                    return False
    return True


@says(
    "The <step|steps> to <point|points> {places} <is an exchange|are exchanges>: some leave for others "
    "to enter."
)
def exchanges(world: World, places: Text) -> None:
    taken = [point.plan.taken for point in traced(world).points]
    swaps = [
        f"{number}"
        for number, (one, two) in enumerate(pairwise(taken), 2)
        if one - two and two - one
    ]
    assert re.split(r", | and ", places) == swaps


@says("{options} <leaves and comes|leave and come> back along the way.")
def comes_back(world: World, options: Text) -> None:
    taken = [point.plan.taken for point in traced(world).points]
    names = {
        name
        for here, one in enumerate(taken)
        for name in one
        if any(
            name not in two and name in three
            for at, two in enumerate(taken[here:])
            for three in taken[here + at :]
        )
    }
    assert {*re.split(r", | and ", options)} == names


@says(
    "Points per further million are counted between points that are best for some weights; the others "
    "bring less than the line between their neighbours."
)
def gains(world: World) -> None:
    assert any(measure.is_cost for measure in traced(world).measures)


@says(
    "Your own plan breaks demands; it would have {levels}.",
    "Your own plan: {levels}. Points that are at least as good in each: {better}.",
    "Your own plan: {levels}. No point listed is at least as good in each.",
)
def own(world: World, levels: Levels, better: Text | None = None) -> None:
    number = next(iter(levels.values()))
    assert number
    if better is not None:
        mine = [
            (-amount.value if name == "cost" else amount.value, amount.step)
            for name, amount in levels.items()
        ]
        for place in re.split(r", | and ", better):
            point = points(world)[int(place) - 1]
            assert all(a >= b - step for a, (b, step) in zip(point, mine, strict=True))


# --- beside a plan ------------------------------------------------------------------------------


@says(
    "To raise {across} from {low} to {high}, {up} would have to go down from {most} to {least}.",
)
def would_go_down(
    world: World, across: Text, low: Number, high: Number, up: Text, most: Number, least: Number
) -> None:
    found = points(world)
    assert traced(world).complete
    assert [across, up] == measures(world)
    assert (low.shows(found[0][0]), most.shows(found[0][1])) == (True, True)
    assert (high.shows(found[-1][0]), least.shows(found[-1][1])) == (True, True)
    room = rooms(world)[1]
    reach = [point for point in every(world) if point[0] >= found[-1][0] - CLOSE]
    assert max(point[1] for point in reach) <= found[-1][1] + room + CLOSE


@says(
    "As far as was searched, plans reach from {low} to {high}.",
)
def as_far(world: World, low: Text, high: Text) -> None:
    found = points(world)
    for text, point in ((low, found[0]), (high, found[-1])):
        assert shown(world, Levels.read(text.replace(" with ", ", ")), point)


@says(
    "Trade-off: {first} against {second}",
    "{name}: Trade-off: {first} against {second}",
)
def title(world: World, first: Name, second: Name, name: Text | None = None) -> None:
    assert name in {None, world.case.country, world.case.name}
    against(world, first, second)


@says(
    "No plan meets all demands at once: proved. choosebattles solve FILE names the cells that cannot all "
    "hold."
)
def nothing_possible(world: World) -> None:
    assert not world.asked.survey.allowed


@says("Stopped before the first point was proved.")
def no_point(world: World) -> None:
    assert not traced(world).points


silent(
    "Frontier",
    "What changes from point to point",
    "Each row says how the plan of a point differs from that of the point before.",
    "In the chart: circles are best for some weights, light squares for none.",
    "Best for some weights: there are weights under which no other point listed is better (a supported "
    "point).",
    why="headings, and what columns mean",
)


@says("There is one objective, so there is no trade-off to show.")
def one_objective(world: World) -> None:
    assert len(world.case.model.objectives) == 1


@says("The trade-off is not traced to its end. Allow more with --time-limit.")
def not_to_its_end(world: World) -> None:
    assert not world.told.frontier.complete


@says(
    "The trade-off is not shown: the search for it ended before its first point was proved. Allow more "
    "with --time-limit."
)
def not_traced(world: World) -> None:
    assert world.told.frontier is None or not world.told.frontier.points


@says("{first} against {second}")
def against(world: World, first: Name, second: Name) -> None:
    assert [first, second] == measures(world)
