"""The page's own arithmetic, said again in Python: what a program is once things are moved."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random
from typing import Any

from choosebattles.audit.points_and_weights import ScoreScale
from choosebattles.case.case import Case
from choosebattles.case.forced_decisions import decided
from choosebattles.case.parameter import hold_scale, replaced
from choosebattles.case.units import Id, to_thousandths
from choosebattles.explain.plans_at_hand import open_investments
from choosebattles.report.page.program import switched_on, weighed

Tree = Mapping[str, Any]


@dataclass(frozen=True)
class Moved:
    """What is moved: percent of funds, weights, shocks on or off, investments forced.

    ``criteria`` are weights within an objective.
    """

    money: Mapping[Id, int] = field(default_factory=dict)
    weights: Mapping[Id, int] = field(default_factory=dict)
    criteria: Mapping[Id, int] = field(default_factory=dict)
    shocks: Mapping[Id, bool] = field(default_factory=dict)
    force: Mapping[Id, str] = field(default_factory=dict)


def held(case: Case) -> Case:
    """Return the case with its points for 100 written down, as a page needs it."""
    return hold_scale(case, ScoreScale(case).points_for_100)


def drawn(case: Case, seed: int) -> Moved:
    """Draw moves that the page allows; no two objectives weigh the same."""
    random = Random(seed)
    shocks = {shock.id: random.random() < 0.7 for shock in case.shocks}
    for goal in case.model.objectives:
        own = case.shocks_of[goal.id]
        if own and not case.criteria_of[goal.id] and not any(shocks[each.id] for each in own):
            shocks[own[0].id] = True
    force: dict[Id, str] = {}
    for investment, options in open_investments(case):
        if random.random() < 0.25:
            force[investment] = random.choice(["in", "out", *options])
    goals = [objective.id for objective in case.model.objectives]
    return Moved(
        {fund.id: random.choice([60, 85, 100, 133]) for fund in case.funds},
        dict(zip(goals, random.sample(range(11, 99, 11), len(goals)), strict=True)),
        {
            each.id: random.choice([0, 1, 3, 9]) if number else random.randint(1, 9)
            for group in weighed(case).values()
            for number, each in enumerate(group)
        },
        shocks,
        force,
    )


def changed(case: Case, moved: Moved, *, forced: bool = True) -> Case:
    """Return the case with the same things changed by the names of its numbers."""
    for fund in case.funds:
        for year, amount in fund.amount.items():
            share = Decimal(moved.money.get(fund.id, 100)) / 100
            case = replaced(case, f"fund.{fund.id}.{year}", to_thousandths(amount * share))
    weights = {**moved.weights, **moved.criteria}
    for name, weight in sorted(weights.items(), key=lambda item: -item[1]):
        case = replaced(case, f"weight.{name}", weight)
    for shock in case.shocks:
        on = moved.shocks.get(shock.id, shock.likelihood > 0)
        case = replaced(case, f"likelihood.{shock.id}", switched_on(shock) if on else 0)
    if not forced:
        return case
    must = [each if how == "in" else how for each, how in moved.force.items() if how != "out"]
    return decided(case, must, [each for each, how in moved.force.items() if how == "out"])


@dataclass
class Stated:
    """The arrays of a moved program: sides of rows, coefficients by row and column, the goal."""

    low: list[float]
    high: list[float]
    coefficients: dict[tuple[int, int], float]
    goal: dict[int, float]
    constant: float


def stated(tree: Tree, moved: Moved) -> Stated:
    """Return what a program is with these things moved, from what the page is told alone."""
    rows = tree["rows"]
    low = [float("-inf") if each is None else each for each in rows["low"]]
    high = [float("inf") if each is None else each for each in rows["high"]]
    starts = rows["starts"]
    coefficients = {
        (row, rows["columns"][k]): rows["values"][k]
        for row in range(len(low))
        for k in range(starts[row], starts[row + 1])
    }
    for fund, years in tree["money"].items():
        for year in years:
            percent = moved.money.get(fund, 100)
            more = (2 * year["thousandths"] * percent + 100) // 200 - year["thousandths"]
            for row, slope in year["low"].items():
                low[row] += slope * more
            for row, slope in year["high"].items():
                high[row] += slope * more
    on = {name: moved.shocks.get(name, each["on"]) for name, each in tree["shocks"].items()}
    for name, each in tree["shocks"].items():
        for row, column, one, other in each["entries"]:
            if on[name] != each["on"]:
                coefficients[row, column] = one if on[name] else other
    for measured in tree["goals"].values():
        for share, criterion in _shares(measured, moved):
            for row, column, more in criterion["entries"]:
                coefficients[row, column] += share * more
    goals = {name: _goal(tree, name, on, moved) for name in tree["goals"]}
    for floor in tree["floors"]:
        terms, constant = goals[floor["goal"]]
        row = floor["row"]
        low[row] = floor["least"] - constant
        for at, column in coefficients:
            if at == row:
                coefficients[at, column] = terms.get(column, 0)
    whole = sum(moved.weights.get(each, tree["weights"][each]) for each in goals)
    goal: dict[int, float] = {}
    constant = 0.0
    for name, (terms, part) in goals.items():
        share = moved.weights.get(name, tree["weights"][name]) / whole
        constant += share * part
        for column, number in terms.items():
            goal[column] = goal.get(column, 0) + share * number
    return Stated(low, high, coefficients, goal, constant)


def _shares(goal: Tree, moved: Moved) -> list[tuple[float, Tree]]:
    """Return the share of every criterion that may be moved, within its objective."""
    criteria = goal["criteria"]
    weights = {
        name: moved.criteria.get(name, criterion["weight"]) for name, criterion in criteria.items()
    }
    return [
        (weights[name] / sum(weights.values()), criterion) for name, criterion in criteria.items()
    ]


def _goal(
    tree: Tree, name: Id, on: Mapping[Id, bool], moved: Moved
) -> tuple[dict[int, float], float]:
    goal = tree["goals"][name]
    likely = {each: tree["shocks"][each]["likelihood"] * on[each] for each in goal["alone"]}
    whole = sum(likely.values())
    parts = [(likely[each] / whole, goal["alone"][each]) for each in likely] if whole else []
    parts = parts or [(1, goal["without"])]
    added = "shocks" if whole else "without"
    parts += [(share, each["added"][added]) for share, each in _shares(goal, moved)]
    terms: dict[int, float] = {}
    constant = 0.0
    for share, part in parts:
        constant += share * part["constant"]
        for column, number in zip(part["columns"], part["values"], strict=True):
            terms[column] = terms.get(column, 0) + share * number
    return terms, constant
