"""Tables: every one has a claim by its heads, and its rows are worked out again."""

import re
from collections.abc import Callable
from fractions import Fraction

from choosebattles.case.investment import Decision
from claims.plan import shares_of_grades, unit_of
from claims.presented import fare, least_cost, worth_for_money
from claims.sentences import Number, Percent
from claims.told import Grid
from claims.world import CLOSE, World

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
    recount = world.recount
    assert len(grid.rows) == len(world.case.funds) * len(world.years)
    for fund, year, *cells in grid.rows:
        sums = (recount.available, recount.spending, recount.held, recount.aside, recount.left)
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


@heads("Point", "...")
def points(world: World, grid: Grid) -> None:
    assert len(grid.rows) <= len(world.told.frontier.points)


@heads("What is asked", "Cell", "Value", "What would be enough")
@heads("What", "Value")
@heads("Setting", "Value")
@heads("Number", "Odd in the workbook")
def of_the_workbook(world: World, grid: Grid) -> None:
    """Say what the workbook says, and how the answer was made."""
    assert grid.rows
    assert world.case
