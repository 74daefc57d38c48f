"""Tables: every one has a claim by its heads, and its rows are worked out again."""

import re
from collections.abc import Callable
from fractions import Fraction

from choosebattles.audit.recount import Recount, recount
from choosebattles.case.investment import Decision
from choosebattles.case.plan import Plan
from claims import frontier
from claims.plan import shares_of_grades, unit_of
from claims.presented import fare, least_cost, worth_for_money
from claims.sentences import Number, Percent
from claims.told import Grid
from claims.world import CLOSE, World
from oracle.recount import Account

Rows = Callable[[World, Grid], None]
HEADS: list[tuple[re.Pattern[str], Rows]] = []


def heads(*titles: str) -> Callable[[Rows], Rows]:
    """Register what a table claims, by its heads; ``...`` stands for any more."""

    def registered(claim: Rows) -> Rows:
        regex = "\\|".join(".*" if title == "..." else title for title in titles)
        HEADS.append((re.compile(regex), claim))
        return claim

    return registered


def test(world: World, grid: Grid) -> None:
    """Raise where a table has no claim, several, or a false one."""
    found = [claim for regex, claim in HEADS if regex.fullmatch("|".join(grid.heads))]
    assert len(found) == 1, f"{len(found)} claims are known for the table {grid.heads}"
    found[0](world, grid)


def shows(cell: str, exact: object) -> bool:
    """Say whether a cell shows a number; an empty one shows nothing."""
    text = cell.removesuffix(" million").split(" million ")[0]
    return Number(text or "0").shows(exact)


@heads("index", "before", "after", "of a possible")
@heads("Index", "Today", "With the plan", "Possible")
def indices(world: World, grid: Grid) -> None:
    names = [row[0] for row in grid.rows]
    goals = [goal.id for goal in world.case.model.objectives]
    assert names[: len(goals)] == goals
    for name, before, after, *possible in grid.rows:
        if name in {"Objective (weighted sum)", "Weighted sum"}:
            assert shows(before, world.recount.before.value)
            assert shows(after, world.account.objective)
        else:
            assert shows(before, world.recount.before.indices[name])
            assert shows(after, world.account.indices[name.casefold()])
            assert shows(possible[0], world.ideal[name.casefold()])


@heads("from", "option", "what it is", "cost(?:, money of each year)?")
def chosen(world: World, grid: Grid) -> None:
    assert {row[1]: int(row[0]) for row in grid.rows} == world.plan.starts
    for _start, name, title, cost in grid.rows:
        assert title == world.case.options[name].title
        assert shows(cost, world.cost[name])
        assert cost.endswith(unit_of(world))


@heads("Option", "What it is", "Owner", "Cost.*", "Paid by")
def owners(world: World, grid: Grid) -> None:
    assert {row[0] for row in grid.rows} == {*world.taken}
    for name, _title, owner, cost, payers in grid.rows:
        assert owner == world.case.investment_of[name].owner
        assert shows(cost, world.cost[name])
        parts = [part.rpartition(" ") for part in payers.split(", ")]
        paid = {payer: amount for payer, _, amount in parts}
        for fund in world.case.funds:
            exact = sum(
                Fraction(payment.amount)
                for payment in world.plan.payments.paid
                if payment.option == name and payment.fund == fund.id
            )
            assert shows(paid.get(fund.title or fund.id, "0"), exact)


@heads(r"(?:Pillar\|)?What is done\|(?:Owner\|)?(?:Starts\|)?.*Cost")
def timeline(world: World, grid: Grid) -> None:
    """Test each row: its start, its cost, and the years that a cell for each of them tells."""
    clerk = world.asked.survey.clerk
    names = {option.title or name: name for name, option in world.taken.items()}
    for row in grid.rows:
        cells = dict(zip(grid.heads, row, strict=True))
        name = names[cells["What is done"]]
        option, start = clerk.options[name.casefold()], world.plan.starts[name]
        assert Number(cells["Cost"]).shows(world.cost[name])
        under_way = world.case.options[name].decision is Decision.ONGOING
        if "Starts" in cells:
            assert cells["Starts"] == ("under way" if under_way else str(start))
        if cells.get("Works from") and not under_way:
            assert int(cells["Works from"]) == start + option.build_years
        if "Starts" in cells:
            continue
        for year, cell in ((it, cells[it]) for it in grid.heads if it.isdigit()):
            t, s = int(year) - world.years[0], start - world.years[0]
            runs, builds = option.operates(s, t), s <= t < s + option.build_years
            told = "works" if runs else "built" if builds else ""
            assert told.startswith(cell.rstrip("\u2026"))
            assert bool(cell) == bool(told)


@heads("Owner", r"Starts in \d+", r"Cost in \d+")
@heads("Owner", r"Starts in \d+", r"Cost in \d+", "Starts later")
def next_steps(world: World, grid: Grid) -> None:
    year = int(grid.heads[1].rpartition(" ")[2])
    assert year == min(world.new.values())
    owners = {name: world.case.investment_of[name].owner for name in world.new}
    assert {row[0] for row in grid.rows} == {it or "no owner named" for it in owners.values()}
    for row in grid.rows:
        now = [
            name
            for name, owner in owners.items()
            if (owner or "no owner named") == row[0] and world.new[name] == year
        ]
        due = sum(world.recount.build[name][year] + world.recount.run[name][year] for name in now)
        assert bool(row[1]) == bool(now)
        assert shows(row[2], due)


@heads("Year", "Available", "Planned", "...")
def by_year(world: World, grid: Grid) -> None:
    assert [int(row[0]) for row in grid.rows] == [*world.years]
    counted = world.recount
    sums = {
        "Available": counted.available,
        "Planned": counted.spending,
        "Held": counted.held,
        "Set aside": counted.aside,
        "Left": counted.left,
    }
    for row in grid.rows:
        amounts = dict(zip(grid.heads[1:], row[1:], strict=True))
        for name, cell in amounts.items():
            assert shows(cell, world.by_year(sums[name])[int(row[0])]), name
        rest = [Number(cell or "0") for name, cell in amounts.items() if name != "Available"]
        there = Number(amounts["Available"])
        steps = sum(number.step for number in [*rest, there])
        assert abs(there.value - sum(number.value for number in rest)) <= steps / 2 + CLOSE


@heads("Fund", "Money", "Spent", "Left")
def funds(world: World, grid: Grid) -> None:
    recount = world.recount
    assert len(grid.rows) == len(world.case.funds)
    for fund, row in zip(world.case.funds, grid.rows, strict=True):
        income = sum(recount.income[fund.id].values()) if fund.id in recount.income else 0
        assert row[0] in {fund.title, fund.id}
        assert shows(row[1], sum(map(Fraction, fund.amount.values())) + income)
        assert shows(row[2], sum(recount.spending[fund.id].values()))
        assert shows(row[3], sum(recount.left[fund.id].values()))


@heads("Fund", "Year", "Available", "Planned", "Held", "Set aside", "Left")
def by_fund(world: World, grid: Grid) -> None:
    counted = world.recount
    assert len(grid.rows) == len(world.case.funds) * len(world.years)
    for fund, year, *cells in grid.rows:
        sums = (counted.available, counted.spending, counted.held, counted.aside, counted.left)
        for cell, amounts in zip(cells, sums, strict=True):
            assert shows(cell, amounts[fund][int(year)])


@heads("Option", "What it is", "...", "Weighted sum")
def steps(world: World, grid: Grid) -> None:
    before, *rest, after = grid.rows
    assert (before[0], after[0]) == ("Before", "After")
    for place in range(2, len(grid.heads)):
        numbers = [Number(row[place].lstrip("+") or "0") for row in rest]
        low, high = Number(before[place]), Number(after[place])
        room = sum(number.step for number in [*numbers, low, high]) / 2
        climbed = low.value + sum(number.value for number in numbers)
        assert abs(climbed - high.value) <= room + CLOSE
    for place, goal in enumerate(grid.heads[2:-1], 2):
        assert shows(before[place], world.recount.before.indices[goal])
        assert shows(after[place], world.account.indices[goal.casefold()])


@heads("What it is", "Cost[^|]*", "Why it is left out")
@heads("What it is", "Cost[^|]*", "Price of taking it", "Why it is left out")
def left_out_first(world: World, grid: Grid) -> None:
    names = {option.title or name: name for name, option in world.left_out.items()}
    costs = [least_cost(world, names[row[0]]) for row in grid.rows]
    assert costs == sorted(costs, reverse=True)
    for row, cost in zip(grid.rows, costs, strict=True):
        assert shows(row[1], cost)
        if "Price of taking it" in grid.heads:
            price(world, names[row[0]], row[2])


@heads("Option", "What it is", "Cost.*", "Points a million", "Why not")
@heads("Option", "What it is", "Cost.*", "Points a million", "Price of taking it", "Why not")
def left_out(world: World, grid: Grid) -> None:
    listed = {row[0] for row in grid.rows}
    assert listed <= {*world.left_out}
    if len(grid.rows) < 8:
        assert listed == {*world.left_out}
    worth = worth_for_money(world, listed)
    for row in grid.rows:
        if row[3] and abs(worth[row[0]]) < 10**8:
            assert shows(row[3], worth[row[0]])
    if "Price of taking it" in grid.heads:
        for row in grid.rows:
            price(world, row[0], row[4])


def price(world: World, name: str, words: str) -> None:
    """Assert by how many points the best plan with an investment is worse; all plans were tried."""
    if words == "not known":
        return
    owner = {option.id.casefold() for option in world.case.investment_of[name].options}
    best = [
        account.objective
        for account in world.asked.survey.allowed
        if owner & {taken for taken, _start in account.plan}
    ]
    if words == "cannot be taken: proved":
        assert not best, "a plan takes it"
        return
    lost = world.account.objective - max(best)
    numbers = [Number(text) for text in re.findall(Number.regex, words)]
    if words == "nothing":
        assert lost <= 100 * CLOSE
    elif "at most" in words or len(numbers) > 1 or "at least" in words:
        low = numbers[0].value if len(numbers) > 1 or "at least" in words else 0
        high = numbers[-1].value if len(numbers) > 1 or "at most" in words else lost
        assert low - 100 * CLOSE <= lost <= high + 100 * CLOSE
    else:
        assert numbers[0].shows(lost)


@heads("Shock, the worst first", "...")
def services(world: World, grid: Grid) -> None:
    for shock, *cells in grid.rows:
        for service, cell in zip(grid.heads[1:], cells, strict=True):
            ((before, after),) = fare(world, service, shock)
            old, arrow, new = cell.partition(" → ")
            assert Percent(new if arrow else old).shows(after)
            if arrow:
                assert Percent(f"{old} %").shows(before)


@heads("", "today", "...")
@heads("", "today")
def maps(world: World, grid: Grid) -> None:
    """Test both maps: of each cell the share that remains, today and with the plan."""
    names, *rows = grid.rows
    number = (len(names) - 2) // 2
    for row in rows:
        for place in range(1, number + 1):
            service = " ".join(names[place].split())
            ((before, after),) = fare(world, service, row[0])
            for cell, exact in ((row[place], before), (row[place + number + 1], after)):
                assert abs(int(cell) - 100 * exact) <= 1


@heads("The plan's value rests on", "Grade", "Options", "Share of value")
def evidence(world: World, grid: Grid) -> None:
    shares = shares_of_grades(world)
    grades = {
        name: option.evidence or ("D" if option.source == "illustrative" else "none")
        for name, option in world.taken.items()
    }
    assert {row[1] for row in grid.rows} == {*grades.values()}
    for _means, grade, number, share in grid.rows:
        assert int(number) == [*grades.values()].count(grade)
        exact = shares.get(grade if grade != "none" else "", 0)
        assert Percent(share).shows(exact)


@heads("Option", "What it is", "Still to build", "Running, a year", "Income, a year", "Works until")
def commitments(world: World, grid: Grid) -> None:
    *rows, total = grid.rows
    assert {row[0] for row in rows} <= {*world.taken}
    for place in (2, 3, 4):
        numbers = [Number(row[place] or "0") for row in rows]
        whole = Number(total[place] or "0")
        room = sum(number.step for number in [*numbers, whole]) / 2
        assert abs(sum(number.value for number in numbers) - whole.value) <= room + CLOSE


@heads("(?:P|p)oint", "...")
def points(world: World, grid: Grid) -> None:
    found = frontier.points(world)
    names = frontier.measures(world)
    listed = [int(row[0]) for row in grid.rows]
    assert set(listed) <= set(range(1, len(found) + 1))
    assert len(listed) == len(found) or len(listed) == SHORTENED
    for row in grid.rows:
        cells = dict(zip(grid.heads, row, strict=True))
        point = found[int(row[0]) - 1]
        plan = frontier.traced(world).points[int(row[0]) - 1].plan
        for name, exact in zip(names, point, strict=True):
            cell = cells.get(name) or cells[f"Index: {name}"]
            assert shows(cell, -exact if name == "cost" else exact)
        account = world.asked.survey.clerk.recount(plan.starts.items())
        assert account.allowed
        cost = next(cell for head, cell in cells.items() if "ost" in head)
        assert shows(cost, account.total_cost)
        if "Options" in cells:
            assert cells["Options"].split(", ") == sorted(plan.taken) or not plan.taken
        supported = cells.get("best for some weights", cells.get("Best for some weights"))
        if supported is not None and len(names) == 2:
            assert (supported == "yes") == frontier.is_supported(point, found)


SHORTENED = 10
"""Points in a table that does not show all of them."""


@heads("To point", "...", "Change of cost", "Kind", "Enters", "Leaves", "Starts in another year")
def changes(world: World, grid: Grid) -> None:
    found, traced = frontier.points(world), frontier.traced(world).points
    assert len(grid.rows) == len(found) - 1
    for row in grid.rows:
        here = int(row[0]) - 1
        one, two = traced[here - 1].plan.starts, traced[here].plan.starts
        for place in range(len(found[0])):
            assert shows(row[1 + place], found[here][place] - found[here - 1][place])
        kind, enters, leaves, moves = row[-4:]
        entering = [name.removesuffix(" (comes back)") for name in enters.split(", ") if name]
        assert {*entering} == {*two} - {*one}
        assert {*filter(None, leaves.split(", "))} == {*one} - {*two}
        assert bool(moves) == any(one[name] != two[name] for name in {*one} & {*two})
        assert kind.startswith("an exchange") == bool(entering and leaves)


@heads("What is asked", "Cell", "Value", "What would be enough")
@heads("What", "Value")
@heads("Setting", "Value")
@heads("Number", "Odd in the workbook")
def of_the_workbook(world: World, grid: Grid) -> None:
    """Say what the workbook says, and how the answer was made."""
    assert grid.rows
    assert world.case


# --- rivals of the best plan --------------------------------------------------------------------


def rivals(world: World) -> dict[str, Plan]:
    """Return the plans that ``alternatives`` lists, by their names: numbers, then letters."""
    found = world.told.alternatives
    named = {f"{place}": one.plan for place, one in enumerate(found.plans, 1)}
    return named | {chr(ord("A") + place): one.plan for place, one in enumerate(found.different)}


@heads("plan", "objective", "...", "cost.*", "in words")
@heads(
    "Plan", "Rank", "Objective .weighted sum.", "Total cost.*", "Options that differ", "In words"
)
def listed_plans(world: World, grid: Grid) -> None:
    plans = rivals(world)
    assert {row[0] for row in grid.rows} <= {*plans}
    clerk = world.asked.survey.clerk
    best = clerk.recount(plans["1"].starts.items())
    for row in grid.rows:
        cells = dict(zip(grid.heads, row, strict=True))
        account = clerk.recount(plans[row[0]].starts.items())
        assert account.allowed
        worth = cells.get("objective") or cells["Objective (weighted sum)"]
        assert shows(worth, account.objective)
        for name, level in account.indices.items():
            if name in cells:
                assert shows(cells[name], level)
        cost = next(
            cell for head, cell in cells.items() if head.lower().startswith(("cost", "total"))
        )
        assert shows(cost, account.total_cost)
        in_words(row[-1], account, best, plans[row[0]].taken, plans["1"].taken)


def in_words(
    words: str, account: Account, best: Account, taken: frozenset[str], first: frozenset[str]
) -> None:
    """Assert what a plan is said to take, to be worth and to cost beside the best."""
    if words.startswith("The best: "):
        assert account.objective >= best.objective - CLOSE
        return
    does, _, rest = words.partition(": ")
    told_in = re.search(r"[Tt]akes (.+?)(?: as well| instead of|$)", does)
    told_out = re.search(r"(?:instead of|[Dd]oes without) (.+)$", does)
    enters = {*re.split(r", | and ", told_in[1])} if told_in else set()
    leaves = {*re.split(r", | and ", told_out[1])} if told_out else set()
    assert enters == taken - first or "same options" in does
    assert leaves == first - taken
    less = re.search(rf"({Number.regex}) points less", rest)
    if less is not None:
        assert Number(less[1]).shows(best.objective - account.objective)
    change = re.search(rf"for ({Number.regex}) million(?: [A-Z]+)? (more|less)", rest)
    if change is not None:
        sign = 1 if change[2] == "more" else -1
        assert Number(change[1]).shows(sign * (account.total_cost - best.total_cost))


@heads("Option", "Title", "Class", r"Plan .", "...")
@heads("Option", "Title", "Class", r"Plan .")
def option_by_option(world: World, grid: Grid) -> None:
    plans = rivals(world)
    clerk = world.asked.survey.clerk
    for place, head in enumerate(grid.heads[3:], 3):
        plan = plans[head.removeprefix("Plan ")]
        account = clerk.recount(plan.starts.items())
        for row in grid.rows:
            if row[0] == "Objective":
                assert shows(row[place], account.objective)
            elif row[0].casefold() in account.indices:
                assert shows(row[place], account.indices[row[0].casefold()])
            elif row[0] == "Total cost":
                assert shows(row[place], account.total_cost)
            else:
                year = re.search(r"\d{4}", row[place])
                start = plan.starts.get(row[0])
                assert start == (int(year[0]) if year else None) or "leaves" in row[place]


@heads("Option", "Title", "Class", "In plan 1", "Plans listed that take it")
def by_class(world: World, grid: Grid) -> None:
    plans = rivals(world)
    classes = world.told.alternatives.classes
    for row in grid.rows:
        assert row[2].startswith(str(classes[row[0]]))
        assert (row[3] == "yes") == (row[0] in plans["1"].taken)
        assert int(row[4].split(" ")[0]) == sum(row[0] in plan.taken for plan in plans.values())


# --- the own plan -------------------------------------------------------------------------------


def own_and_rivals(world: World) -> dict[str, tuple[Plan, Recount]]:
    """Return the own plan and those beside it, as ``own`` counts them."""
    found = world.told.own
    rivals = {"P": found.own, "B": found.better, "C": found.cheaper}
    return {
        name: (one.plan, recount(world.case, one.plan))
        for name, one in rivals.items()
        if one is not None and one.plan is not None
    }


@heads("what it is", "objective", "...", "cost.*")
@heads("Plan", "What it is", "Objective .weighted sum.", "...", "In words")
def own_plans(world: World, grid: Grid) -> None:
    plans = own_and_rivals(world)
    assert {"P"} <= {row[0] for row in grid.rows} <= {*plans}
    first = plans["P"][1]
    heads = grid.heads if grid.heads[0] == "Plan" else ("Plan", *grid.heads)
    for row in grid.rows:
        cells = dict(zip(heads, row, strict=True))
        counted = plans[row[0]][1]
        assert counted.passed or row[0] == "P"
        for head, cell in cells.items():
            if head.casefold().startswith("objective"):
                assert shows(cell, counted.after.value)
            elif head in counted.after.indices:
                assert shows(cell, counted.after.indices[head])
            elif head.startswith(("cost", "Total cost")):
                assert shows(cell, counted.total_cost)
            elif head == "Points more than yours":
                assert shows(cell, counted.after.value - first.after.value)
            elif head == "Cost more than yours":
                assert shows(cell, counted.total_cost - first.total_cost)


@heads("Option", "Title", "P: Your plan(?:\\|B: .*)?(?:\\|C: .*)?")
def own_option_by_option(world: World, grid: Grid) -> None:
    plans = own_and_rivals(world)
    assert {row[0] for row in grid.rows} == {
        name for plan, _counted in plans.values() for name in plan.taken
    }
    for place, head in enumerate(grid.heads[2:], 2):
        starts = plans[head[0]][0].starts
        for row in grid.rows:
            year = re.search(r"\d{4}", row[place])
            left = row[place] in {"", "leaves"}
            assert starts.get(row[0]) == (None if left or year is None else int(year[0]))
