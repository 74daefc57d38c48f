"""The oracle itself, proved by examples small enough to be worked by hand."""

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest
from scipy.optimize import linprog

from oracle.brute_force import Answer, Survey, count_plans, every_plan, solve
from oracle.facts import Facts, exact, read, thousandths
from oracle.money import Item, Purse
from oracle.recount import Account, Clerk, recount, worst_share
from oracle.workbooks import ALL, SPINE, random_workbook, write_workbook

Cells = dict[str, Any]


class World:
    """A workbook in the making: 2027 onwards, one fund of 100 a year, one point is one point."""

    def __init__(self, path: Path, years: int = 1) -> None:
        self.path = path
        self.years = years
        self.settings: Cells = {"First year": 2027, "Years": years, "Points for 100": 100}
        self.sheets: dict[str, list[Cells]] = {
            "Objectives": [{"Objective": "autonomy"}],
            "Funds": [self.fund("STATE", 100)],
            "Investments": [],
        }

    def fund(self, name: str, amount: float | tuple[float, ...], **more: Any) -> Cells:
        amounts = amount if isinstance(amount, tuple) else (amount,) * self.years
        by_year = {str(2027 + t): each for t, each in enumerate(amounts)}
        return {"Fund": name, **by_year, **spaced(more)}

    def add(
        self, name: str, cost: float | tuple[float, ...] = 0, score: float = 0, **more: Any
    ) -> None:
        costs = cost if isinstance(cost, tuple) else (cost,)
        row: Cells = {"Investment": name, "Title": name, "Score: autonomy": score}
        row |= {f"Cost year {j}": each for j, each in enumerate(costs, start=1)}
        self.sheets["Investments"].append(row | spaced(more))

    def facts(self) -> Facts:
        settings = [{"Setting": name, "Value": value} for name, value in self.settings.items()]
        write_workbook(self.path, {"Settings": settings, **self.sheets})
        return read(self.path)

    def best(self) -> Answer:
        return solve(self.facts())

    def count(self, *names: str, year: int = 2027) -> Account:
        return recount(self.facts(), [(name, year) for name in names])

    def at(self, **starts: int) -> Account:
        return recount(self.facts(), starts.items())


def floats(values: Iterable[Fraction]) -> list[float]:
    return [float(value) for value in values]


def spaced(cells: Cells) -> Cells:
    """Cost_growth -> Cost growth."""
    return {name.replace("__", ": ").replace("_", " "): value for name, value in cells.items()}


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path / "world.xlsx")


@pytest.fixture
def decade(tmp_path: Path) -> World:
    return World(tmp_path / "decade.xlsx", years=4)


def names(account: Account) -> set[str]:
    return {name for name, _ in account.plan}


# Published examples.


def test_knapsack(world: World) -> None:
    # {1, 2, 4} is worth 3 + 4 + 2 = 9 and costs 4 + 8 + 8 = 20. The third costs 10 and leaves
    # room for one other only: at most 3 + 4 = 7.
    world.sheets["Funds"] = [world.fund("STATE", 20)]
    for number, (value, cost) in enumerate(((3, 4), (4, 8), (3, 10), (2, 8)), start=1):
        world.add(f"I{number}", cost, value)

    answer = world.best()

    assert answer.value == 9
    assert [names(each) for each in answer.best] == [{"i1", "i2", "i4"}]
    assert answer.best[0].total_cost == 20
    assert answer.tried == 16


COSTS = (1.1, 1.9, 0.9, 0.9, 1.8, 1.3, 1.3, 1.1, 0.9, 1.3, 0.7, 0.8)
SCORES = (
    (67, 40, 30, 50),
    (55, 37, 40, 20),
    (100, 90, 80, 90),
    (90, 80, 70, 95),
    (48, 35, 40, 33),
    (43, 32, 25, 44),
    (42, 64, 80, 55),
    (40, 50, 44, 20),
    (80, 90, 78, 66),
    (88, 66, 80, 70),
    (41, 48, 49, 25),
    (86, 88, 90, 72),
)
DEPARTMENTS = "AAAABBBBCCDD"


@pytest.fixture
def twelve(world: World) -> World:
    """The twelve projects of Lourenco, Morton and Bana e Costa (2012)."""
    world.sheets["Funds"] = [world.fund("STATE", 5)]
    world.sheets["Criteria"] = [
        {"Criterion": f"c{number}", "Objective": "autonomy", "Weight": weight}
        for number, weight in enumerate((0.31, 0.19, 0.29, 0.21))
    ]
    projects = zip(COSTS, SCORES, DEPARTMENTS, strict=True)
    for number, (cost, scores, department) in enumerate(projects, start=1):
        typed = {f"Score: c{each}": score for each, score in enumerate(scores)}
        world.add(f"P{number:02d}", cost, Owner=department, **typed)
    return world


def test_twelve_projects(twelve: World) -> None:
    # 90.2 + 83.35 + 78.38 + 77.72 + 84.6 = 414.25; 0.9 + 0.9 + 0.9 + 1.3 + 0.8 = 4.8.
    answer = twelve.best()

    assert [names(each) for each in answer.best] == [{"p03", "p04", "p09", "p10", "p12"}]
    assert answer.best[0].total_cost == Fraction("4.8")
    assert answer.value == Fraction("414.25")
    assert answer.tried == 4096


def test_twelve_projects_with_one_in_each_department(twelve: World) -> None:
    twelve.sheets["Limits"] = [
        {"Metric": "count", "Scope": f"owner: {each}", "Minimum": 1} for each in "ABCD"
    ]

    answer = twelve.best()

    assert [names(each) for each in answer.best] == [{"p03", "p04", "p07", "p09", "p12"}]
    assert answer.value == Fraction("396.46")


# Reading.


def test_numbers_are_the_decimals_that_were_typed() -> None:
    assert exact(0.07) == Fraction(7, 100)
    assert exact(0.1 + 0.2) == Fraction(3, 10)
    assert exact("40%") == Fraction(2, 5)


def test_money_is_rounded_half_up_to_thousandths() -> None:
    assert thousandths(Fraction("1.0005")) == 1001
    assert thousandths(Fraction("1.00049")) == 1000


def test_defaults(decade: World) -> None:
    # Two cost years, the last one 0: J = 0, so it works at once and may start in any year.
    decade.add("A", (3, 0))
    # J = 2: it works from its third year, and must start by 2028 to do so in the horizon.
    decade.add("B", (1, 1, 1))

    facts = decade.facts()

    assert [option.build_years for option in facts.options] == [0, 2]
    assert [list(option.starts()) for option in facts.options] == [[0, 1, 2, 3], [0, 1]]
    assert facts.options[0].id == "a"
    assert (facts.tolerance, facts.tail, facts.tail_weight) == (
        Fraction(1, 100),
        Fraction(1, 10),
        Fraction(1, 2),
    )
    assert count_plans(facts) == 5 * 3


def test_missing_sheets(world: World) -> None:
    # Two objectives of equal weight, each with a criterion of its own name.
    del world.sheets["Objectives"]
    world.add("A", 1, 40, Score__resilience=10)

    assert world.count("A").objective == 25


def test_options_owners_and_spellings(world: World) -> None:
    world.add("CLOUD", 1, 5, Option="S", Pillar="Core services")
    world.add("cloud", 1, 5, Option="CLOUD.L")

    small, large = world.facts().options

    assert (small.id, large.id) == ("cloud.s", "cloud.l")
    assert large.pillar == "core services"
    assert not world.count("CLOUD.S", "Cloud.L").allowed


def test_header_below_a_title(tmp_path: Path, world: World) -> None:
    world.add("A", 1, 5)
    facts = world.facts()
    titled: list[Cells] = [{"The state's funds": "Fund", "": "2027/28"}]
    titled += [{"The state's funds": "STATE", "": 20}]
    settings = [{"Setting": "first  year", "Value": 2027}, {"Setting": "Years", "Value": 1}]
    sheets = {"Settings": settings, "Funds": titled, "Investments": world.sheets["Investments"]}
    write_workbook(tmp_path / "titled.xlsx", sheets)

    again = read(tmp_path / "titled.xlsx")

    assert again.funds[0].amounts == (20_000,)
    assert again.first_year == facts.first_year


# Years.


def test_growth_rounds_each_year_half_up(decade: World) -> None:
    # 1.5 * 1.03 = 1.545; 1.05 * 1.03^2 = 1.113945 -> 1.114.
    decade.settings["Cost growth"] = 0.03
    decade.add("A", (1, 1.5, 1.05))

    assert floats(decade.count("A").needs) == [1, 1.545, 1.114, 0]


def test_running_cost_falls_due_while_it_operates(decade: World) -> None:
    # Built 2027, works 2028 and 2029.
    decade.add("A", (1,), 40, Running_cost=0.2, Build_years=1, Lifetime=2)
    account = decade.count("A")

    assert floats(account.needs) == [1, 0.2, 0.2, 0]
    assert floats(account.yearly["autonomy"]) == [0, 40, 40, 0]
    assert account.objective == 20


def test_accrual(decade: World) -> None:
    # 1 + 1/1.5 + 1/2.25 + 1/3.375 = (27 + 18 + 12 + 8) / 27: the last year weighs 8/65.
    decade.settings["Discount rate"] = 0.5
    decade.add("A", 0, 65, Build_years=3)
    assert decade.count("A").objective == 8

    decade.settings["Accrual"] = "final year"
    assert decade.count("A").objective == 65


def test_delay_loss_counts_from_the_earliest_start_and_spares_harm(decade: World) -> None:
    # Two years late: 100 * 0.9^2 = 81; the harm of -10 stays.
    decade.settings["Accrual"] = "final year"
    decade.sheets["Objectives"] = [{"Objective": "autonomy"}, {"Objective": "resilience"}]
    decade.add("A", 1, 100, Score__resilience=-10, Delay_loss=0.1, Earliest_start=2028)

    assert decade.at(A=2030).indices == {"autonomy": 81, "resilience": -10}
    assert decade.at(A=2030).objective == Fraction("35.5")


def test_ongoing_started_before_the_first_year(decade: World) -> None:
    # Started 2026: cost years 2 and 3 fall in 2027 and 2028; works 2028 and 2029.
    decade.add(
        "A",
        (9, 2, 1),
        40,
        Decision="ongoing",
        Reason="signed",
        Earliest_start=2026,
        Lifetime=2,
        Delay_loss=0.5,
    )
    account = decade.count()

    assert account.plan == {("a", 2026)}
    assert floats(account.needs) == [2, 1, 0, 0]
    assert floats(account.yearly["autonomy"]) == [0, 40, 40, 0]
    assert Clerk(decade.facts()).before == {"autonomy": 20}
    assert decade.best().tried == 1


def test_ongoing_is_no_start_and_has_no_prerequisites(decade: World) -> None:
    decade.add("A", 1, Decision="ongoing", Reason="signed", Earliest_start=2027)
    decade.add("B", 1)
    decade.sheets["Limits"] = [{"Metric": "starts in a year", "Maximum": 0}]
    decade.sheets["Rules"] = [{"Rule": "requires all", "Investments": "A", "Needs": "B"}]

    assert decade.count().allowed
    assert not decade.count("B").allowed


# Money.


def test_carry_over(decade: World) -> None:
    # 4 + 4/2 = 6 in 2028, and 4 + (4 + 2)/2 = 7, ... what is kept halves each year.
    decade.sheets["Funds"] = [decade.fund("STATE", 4, Carry_over=0.5)]
    decade.add("A", 6)
    decade.add("B", 7)

    assert not decade.at(A=2027).allowed
    assert decade.at(A=2028).allowed
    assert not decade.at(B=2028).allowed
    assert decade.at(B=2029).allowed


def test_ceilings_of_two_funds(world: World) -> None:
    # EU pays at most half of 10: 5 of its 8; the state's 4 leave 1 unpaid, 5 do not.
    eu = world.fund("EU", 8, Pays_at_most=0.5)
    world.add("A", 10)
    world.sheets["Funds"] = [world.fund("STATE", 4), eu]
    assert not world.count("A").allowed

    world.sheets["Funds"] = [world.fund("STATE", 5), eu]
    account = world.count("A")
    assert account.allowed
    assert account.payments is not None
    assert account.payments.paid == {
        ("a", "build", "state", 0): 5,
        ("a", "build", "eu", 0): 5,
    }


def test_ceilings_below_the_whole_buy_nothing(world: World) -> None:
    world.sheets["Funds"] = [
        world.fund("ONE", 100, Pays_at_most=0.5),
        world.fund("TWO", 100, Pays_at_most=0.4),
    ]
    world.add("A", 1)
    world.add("FREE", 0)

    assert world.count("A").faults == ("money: no way to pay",)
    assert world.count("FREE").allowed


def test_eligible_and_parts(world: World) -> None:
    # Only build costs of the pillar: the running cost of A and all of B need the state.
    world.sheets["Funds"] = [
        world.fund("EU", 100, Pays="build", Eligible="pillar: Core; C"),
        world.fund("STATE", 1),
    ]
    world.add("A", 5, Running_cost=1, Pillar="core")
    world.add("B", 1.001)
    world.add("C", 50)

    assert world.count("A", "C").allowed
    assert not world.count("B").allowed


def test_income_is_cut_and_rounded_down(world: World) -> None:
    # 1.1 * (1 - 0.33) = 0.737; 0.001 * 0.67 = 0.00067 -> 0.
    world.settings["Revenue haircut"] = 0.33
    world.sheets["Funds"] = [world.fund("STATE", 1)]
    world.add("A", 0, Running_cost=-1.1)
    world.add("B", 0, Running_cost=-0.001)
    world.add("C", 1.737)
    world.add("D", 0.001)

    assert world.count("A", "B", "C").allowed
    assert world.count("A", "B", "C").total_cost == Fraction("1.737")
    assert not world.count("A", "B", "C", "D").allowed


def test_contingency_flat(world: World) -> None:
    # 90 + 10 % of 90 = 99 fits into 100; 91 + 9.1 does not.
    world.settings |= {"Contingency": "flat", "Contingency amount": 0.1}
    world.add("A", 90)
    world.add("B", 1)

    assert world.count("A").allowed
    assert not world.count("A", "B").allowed
    assert world.count("A").total_cost == 90


def test_contingency_budgeted(world: World) -> None:
    # Overruns 20 * 50 % = 10, 30 * 20 % = 6, 10 * 30 % = 3: one and a half of them are 10 + 3 = 13.
    world.settings |= {"Contingency": "budgeted", "Contingency amount": 1.5}
    world.add("A", 20, Overrun=0.5)
    world.add("B", 30, Overrun=0.2)
    world.add("C", 10, Overrun=0.3)
    clerk = Clerk(world.facts())
    taken = [(option, 0) for option in clerk.facts.options]

    assert clerk.reserve(taken, 0) == 13


def test_contingency_is_held_in_general_funds_and_lapses(decade: World) -> None:
    # The reserve of 10 % must be in STATE: 1 of 10; the EU's money is not for that.
    decade.settings |= {"Contingency": "flat", "Contingency amount": 0.1}
    eu = decade.fund("EU", 100, Pays="build")
    decade.add("A", 10)
    decade.sheets["Funds"] = [decade.fund("STATE", 1), eu]
    assert decade.count("A").allowed
    decade.sheets["Funds"] = [decade.fund("STATE", 0.999), eu]
    assert not decade.count("A").allowed

    # 11 in 2027 hold 10 + 1; with full carry-over, the 1 would be there again in 2028.
    decade.add("B", 11)
    decade.sheets["Funds"] = [decade.fund("STATE", (11, 11.1, 0, 0), Carry_over=1)]
    assert not decade.at(A=2027, B=2028).allowed
    decade.sheets["Funds"] = [decade.fund("STATE", (11, 12.1, 0, 0), Carry_over=1)]
    assert decade.at(A=2027, B=2028).allowed


def test_dependence_lasts_and_is_paid_at_least_price(decade: World) -> None:
    # The donor's 10 cost 0.5 points a million. 6 from the state, 4 from the donor in 2028:
    # owed 2 in 2028, 2029 and 2030, on average 1.5 of the 40 - 10 = 30 points on average.
    decade.sheets["Funds"] = [decade.fund("DONOR", 10, Dependence=0.5), decade.fund("STATE", 6)]
    decade.add("A", 10, 40)
    account = decade.at(A=2028)

    assert account.payments is not None
    assert account.payments.price == Fraction("1.5")
    assert floats(account.yearly["autonomy"]) == [0, 38, 38, 38]
    assert account.objective == Fraction("28.5")


def test_dependence_is_divided_by_the_scale(world: World) -> None:
    # (40 - 10 * 0.5) / 200 = 17.5 of 100.
    world.settings["Points for 100"] = 200
    world.sheets["Funds"] = [world.fund("DONOR", 10, Dependence=0.5)]
    world.add("A", 10, 40)

    assert world.count("A").objective == Fraction("17.5")


# People.


def test_people_building_and_running(decade: World) -> None:
    # Works in the year in which it is built: both staffs, 2 + 3 = 5; then 3.
    decade.sheets["Skills"] = [{"Skill": "dev", "2027": 5, "2028": 3, "2029": 3, "2030": 2}]
    decade.add("A", 1, Build_staff__DEV=2, Run_staff__dev=3, Lifetime=3)

    assert decade.at(A=2027).allowed
    assert not decade.at(A=2028).allowed


def test_training_counts_from_the_next_year_and_fades(decade: World) -> None:
    # Two a year: 0, 2, 2 + 1 = 3, 2 + 1 + 0.5 = 3.5 with a retention of one half.
    decade.sheets["Skills"] = [
        {"Skill": "dev", "2027": 0, "2028": 0, "2029": 0, "2030": 0, "Retention": 0.5}
    ]
    decade.add("SCHOOL", 1, Trains__dev=2)
    for asked, first in ((2, 2028), (3, 2029), (3.5, 2030)):
        name = f"N{first}"
        decade.add(name, 1, Build_staff__dev=asked)
        assert decade.at(SCHOOL=2027, **{name: first}).allowed
        assert not decade.at(SCHOOL=2027, **{name: first - 1}).allowed


# Rules.


@pytest.fixture
def pair(decade: World) -> World:
    """B works 2028 and 2029 when started in 2027."""
    decade.add("A", 1)
    decade.add("B", 1, Build_years=1, Lifetime=2)
    decade.add("C", 1)
    return decade


def test_requires_operating(pair: World) -> None:
    pair.sheets["Rules"] = [{"Rule": "requires all", "Investments": "A", "Needs": "B"}]

    allowed = [pair.at(A=year, B=2027).allowed for year in range(2027, 2031)]

    assert allowed == [False, True, True, False]
    assert not pair.at(A=2028).allowed
    assert pair.at(B=2028).allowed


def test_requires_started(pair: World) -> None:
    pair.sheets["Rules"] = [
        {"Rule": "requires all", "Investments": "A", "Needs": "B", "When": "started"}
    ]

    allowed = [pair.at(A=year, B=2028).allowed for year in range(2027, 2031)]

    assert allowed == [False, True, True, True]


def test_requires_any_and_all(pair: World) -> None:
    pair.sheets["Rules"] = [{"Rule": "requires any", "Investments": "A", "Needs": "B; C"}]
    assert pair.at(A=2027, C=2027).allowed
    pair.sheets["Rules"] = [{"Rule": "requires all", "Investments": "A", "Needs": "B; C"}]
    assert not pair.at(A=2028, C=2027).allowed
    assert pair.at(A=2028, B=2027, C=2027).allowed


@pytest.mark.parametrize(
    ("rule", "allowed"),
    [
        ({"Rule": "excludes", "Investments": "A; B; C"}, {0, 1}),
        ({"Rule": "at most", "Investments": "A;B;C", "Number": 2}, {0, 1, 2}),
        ({"Rule": "at least", "Investments": "A;B;C", "Number": 2}, {2, 3}),
        ({"Rule": "exactly", "Investments": "A;B;C", "Number": 1}, {1}),
        ({"Rule": "together", "Investments": "A;B;C"}, {0, 3}),
    ],
)
def test_selection(pair: World, rule: Cells, allowed: set[int]) -> None:
    pair.sheets["Rules"] = [rule]

    counts = {len(account.plan) for account in Survey(pair.facts()).allowed}

    assert counts == allowed


def test_excludes_with_needs(pair: World) -> None:
    # None of A and B together with C: of the eight sets, {A,C}, {B,C} and {A,B,C} go.
    pair.sheets["Rules"] = [{"Rule": "excludes", "Investments": "A; B", "Needs": "C"}]

    sets = {frozenset(names(account)) for account in Survey(pair.facts()).allowed}

    assert sets == {frozenset(each) for each in ((), "a", "b", "c", "ab")}


def test_must_and_never(world: World) -> None:
    world.add("A", 1, Option="S", Decision="must", Reason="law")
    world.add("A", 1, Option="L")
    world.add("B", 1, Decision="never", Reason="law")

    sets = [names(account) for account in Survey(world.facts()).allowed]

    assert sets == [{"a.s"}]


def test_synergy_needs_enough_that_operate(decade: World) -> None:
    # A works from 2027, B from 2028 to 2029: 20 points and 0.5 million in those two years.
    decade.settings["Cost growth"] = 0.1
    decade.add("A", 1)
    decade.add("B", 1, Build_years=1, Lifetime=2)
    decade.add("C", 1)
    synergy = {
        "Rule": "synergy",
        "Investments": "A; B; C",
        "Number": 2,
        "Criterion": "autonomy",
        "Bonus": 20,
        "Saving per year": 0.5,
    }
    decade.sheets["Rules"] = [synergy]
    clerk = Clerk(decade.facts())
    account = decade.count("A", "B")

    assert floats(account.yearly["autonomy"]) == [0, 20, 20, 0]
    assert clerk.ideals == {"autonomy": 20}
    # 0.5 * 1.1 = 0.55; 0.5 * 1.21 = 0.605.
    taken = [(clerk.options["a"], 0), (clerk.options["b"], 0)]
    assert clerk.received(taken) == {("state", 1): 550, ("state", 2): 605}

    synergy["Number"] = None
    assert floats(decade.count("A", "B").yearly["autonomy"]) == [0, 0, 0, 0]
    assert floats(decade.count("A", "B", "C").yearly["autonomy"]) == [0, 20, 20, 0]


def test_synergy_may_hurt_and_weighs_with_its_criterion(world: World) -> None:
    # Weight 1 of 1 + 3: a quarter of -40 is -10; ideal counts good ones only.
    world.sheets["Criteria"] = [
        {"Criterion": "legal", "Objective": "autonomy", "Weight": 1},
        {"Criterion": "tech", "Objective": "autonomy", "Weight": 3},
    ]
    world.add("A", 1, Score__tech=40)
    world.add("B", 1, Score__tech=40)
    world.sheets["Rules"] = [
        {
            "Rule": "synergy",
            "Investments": "A; B",
            "Number": None,
            "Criterion": "LEGAL",
            "Bonus": -40,
        }
    ]

    assert world.count("A", "B").objective == 30 + 30 - 10
    assert Clerk(world.facts()).ideals == {"autonomy": 60}


# Limits.


@pytest.fixture
def three(decade: World) -> World:
    """B costs 2 a year for three years and runs for 1; C runs for 0.25 from the start."""
    decade.add("A", 4, 30, Pillar="x", Exposures="law:US; vendor:AWS")
    decade.add("B", (2, 2, 2), -10, Running_cost=1, Owner="y", Latest_start=2030)
    decade.add("C", 1, 50, Running_cost=0.25, Layer="z", Exposures="law:us")
    return decade


@pytest.mark.parametrize(
    ("metric", "scope", "amounts"),
    [
        ("count", "", [3]),
        ("count", "pillar: X; A", [1]),
        ("count", "owner: y; layer: z", [2]),
        ("starts in a year", "", [2, 1, 0, 0]),
        ("cost", "", [4 + 7 + 2]),
        ("cost", "exposure: law:US", [6]),
        ("cost", "B", [7]),
        ("cost in a year", "exposure: law:US; B", [5.25, 2.25, 2.25, 3.25]),
        ("running cost", "", [0.25, 0.25, 0.25, 1.25]),
        ("later cost", "", [0]),
        ("points: autonomy", "", [70]),
        ("points: autonomy", "pillar: x; c", [80]),
    ],
)
def test_measures(three: World, metric: str, scope: str, amounts: list[float]) -> None:
    # A and C start in 2027. B starts in 2028, is paid to 2030 and runs in 2030: 6 + 1.
    three.sheets["Limits"] = [{"Metric": metric, "Scope": scope, "Maximum": 0}]
    clerk = Clerk(three.facts())
    limit = clerk.facts.limits[0]
    taken = [(clerk.options[name], start) for name, start in (("a", 0), ("b", 1), ("c", 0))]
    inside = [pair for pair in taken if clerk.in_scope(pair[0], limit.scope)]

    found = clerk.measure(limit, inside)

    assert found == amounts


def test_later_cost(three: World) -> None:
    # Started in 2029, B pays its third 2 in 2031.
    three.sheets["Limits"] = [{"Metric": "later cost", "Maximum": 1.999}]

    assert not three.at(B=2029).allowed
    assert three.at(B=2028).allowed


def test_cost_share(three: World) -> None:
    # A costs 4 of 4 + 2 = 6: two thirds.
    three.sheets["Limits"] = [{"Metric": "cost share", "Scope": "A", "Maximum": 0.66}]
    assert not three.count("A", "C").allowed
    three.sheets["Limits"] = [
        {"Metric": "cost share", "Scope": "A", "Minimum": 0.6, "Maximum": 0.67}
    ]
    assert three.count("A", "C").allowed
    assert not three.count("C").allowed
    assert three.count().allowed


# Worth.


def test_layer_bends(world: World) -> None:
    # 30 + 60 = 90 in hosting: 50 + 0.25 * 40 = 60; 40 elsewhere stay; harm is not bent.
    world.sheets["Layers"] = [{"Layer": "hosting", "Full credit up to": 50, "Rate after": 0.25}]
    world.add("A", 1, 30, Layer="hosting")
    world.add("B", 1, 60, Layer="hosting")
    world.add("C", 1, 40)
    world.add("D", 1, -80, Layer="hosting")

    assert world.count("A", "B", "C").objective == 100
    # 90 - 80 = 10, below 50: full credit.
    assert world.count("A", "B", "C", "D").objective == 50
    assert Clerk(world.facts()).ideals == {"autonomy": 100}


def test_scale_is_the_largest_ideal(world: World) -> None:
    # Best options: 50 + 20 = 70 for autonomy, 35 for resilience; -5 is nobody's ideal.
    del world.settings["Points for 100"]
    del world.sheets["Objectives"]
    world.add("A", 1, 50, Option="L", Score__resilience=35)
    world.add("A", 1, 10, Option="S", Score__resilience=0)
    world.add("B", 1, 20, Score__resilience=-5, Decision="never", Reason="x")
    clerk = Clerk(world.facts())

    assert clerk.ideals == {"autonomy": 70, "resilience": 35}
    assert clerk.scale == 70
    assert world.count("A.L").indices == {"autonomy": Fraction(500, 7), "resilience": 50}


@pytest.fixture
def island(world: World) -> World:
    """Identity needs hosting and data; a cable cut takes half of what crosses it."""
    world.settings |= {"Tail share": 0.25, "Tail weight": 0.5}
    world.sheets["Objectives"] = [
        {"Objective": "autonomy"},
        {"Objective": "resilience", "Continuity share": 1},
    ]
    world.sheets["Criteria"] = [{"Criterion": "autonomy", "Objective": "autonomy"}]
    world.sheets["Providers"] = [
        {"Provider": "AWS", "Layer": "hosting", "Coverage": 0.8, "Exposures": "law:US; route:SEA"},
        {"Provider": "HOME", "Layer": "data", "Coverage": 0.6, "Exposures": None},
    ]
    world.sheets["Services"] = [
        {"Service": "eid", "Needs": "hosting; data", "Weight": 3},
        {"Service": "tax", "Needs": "data", "Weight": 1},
    ]
    world.sheets["Shocks"] = [
        {"Shock": "order", "Objective": "resilience", "Hits": "law:US", "Likelihood": 1},
        {
            "Shock": "cut",
            "Objective": "resilience",
            "Hits": "route:SEA",
            "Severity": 0.5,
            "Likelihood": 4,
        },
    ]
    return world


def test_continuity(island: World) -> None:
    # order: hosting 0, so eid 0, tax 0.6: K = 100 * 0.6/4 = 15.
    # cut: hosting 0.4, data 0.6: eid 0.4, tax 0.6: K = 100 * (1.2 + 0.6)/4 = 45.
    # mean 0.2 * 15 + 0.8 * 45 = 39; worst quarter (0.2 * 15 + 0.05 * 45)/0.25 = 21; half each: 30.
    island.add("A", 1)

    assert island.count().indices["resilience"] == 30
    assert Clerk(island.facts()).before == {"autonomy": 0, "resilience": 30}


def test_continuity_with_an_option(island: World) -> None:
    # 70 % of hosting at home: 0.7 under the order; min(1, 0.4 + 0.7) under the cut; data 0.6 binds.
    island.add("A", 1, Covers="hosting: 70%", Exposures="place:coast")

    assert island.count("A").indices["resilience"] == 60


def test_continuity_share(island: World) -> None:
    # 30 % continuity of 30, 70 % criteria of 50: 9 + 35.
    island.sheets["Objectives"][1]["Continuity share"] = 0.3
    island.sheets["Criteria"].append({"Criterion": "legal", "Objective": "resilience"})
    island.add("A", 1, Score__legal=50)

    assert island.count("A").indices["resilience"] == 44


def test_must_hold(island: World) -> None:
    # eid keeps 0 under the order, 0.4 under the cut.
    island.add("A", 1, Covers="hosting: 10%")
    service = island.sheets["Services"][0]
    service |= {"Must hold": 0.1, "Against": "cut"}
    assert island.count().allowed
    service["Against"] = None
    assert island.count().faults == ("must hold: eid against order",)
    assert island.count("A").allowed


def test_worst_share_is_the_best_eta() -> None:
    # max over eta of eta - (1/tail) sum pi max(0, eta - K): the best eta is one of the K.
    rng = Random(7)
    for _ in range(50):
        raw = [rng.randint(1, 9) for _ in range(rng.randint(1, 5))]
        outcomes = [(Fraction(rng.randint(0, 100)), Fraction(each, sum(raw))) for each in raw]
        tail = Fraction(rng.randint(1, 20), 20)
        best = max(
            eta - sum(chance * max(Fraction(0), eta - k) for k, chance in outcomes) / tail
            for eta, _ in outcomes
        )
        assert worst_share(outcomes, tail) == best
    assert (
        worst_share([(Fraction(5), Fraction(1, 2)), (Fraction(3), Fraction(1, 2))], Fraction(0))
        == 3
    )


def test_budgeted_reserve_is_that_of_bertsimas_and_sim(world: World) -> None:
    # min Gamma u + sum v, u + v[o] >= overrun(o) * need(o).
    rng = Random(3)
    for number in range(5):
        world.add(f"I{number}", rng.randint(1, 20), Overrun=rng.choice((0.1, 0.25, 0.5)))
    for gamma in (0, 0.4, 1, 2.5, 7):
        world.settings |= {"Contingency": "budgeted", "Contingency amount": gamma}
        clerk = Clerk(world.facts())
        taken = [(option, 0) for option in clerk.facts.options]
        rows = [[-1.0] + [-1.0 * (j == i) for j in range(5)] for i in range(5)]
        extras = [-float(option.overrun * option.costs[0] / 1000) for option, _ in taken]
        least = linprog([gamma] + [1.0] * 5, A_ub=rows, b_ub=extras, method="highs").fun
        assert float(clerk.reserve(taken, 0)) == pytest.approx(least)


# Methods.


@pytest.fixture
def two(world: World) -> World:
    """One of four can be paid; (autonomy, resilience) 60/0, 59/30, 20/50, 0/60."""
    world.sheets["Objectives"] = [
        {"Objective": "autonomy", "Weight": 2},
        {"Objective": "resilience", "Weight": 1},
    ]
    world.sheets["Funds"] = [world.fund("STATE", 1)]
    for name, pair in {"A": (60, 0), "B": (59, 30), "C": (20, 50), "D": (0, 60)}.items():
        world.add(name, 1, pair[0], Score__resilience=pair[1])
    return world


def test_weighted_and_frontier(two: World) -> None:
    # A 40, B (118 + 30)/3 = 49.33, C 30, D 20.
    answer = solve(two.facts(), frontier=True)

    assert answer.value == Fraction(148, 3)
    assert answer.feasible == 5
    pairs = [(point.autonomy, point.resilience) for point in answer.frontier]
    assert [(float(x), float(y)) for x, y in pairs] == [(0, 60), (20, 50), (59, 30), (60, 0)]


def test_lexicographic(two: World) -> None:
    # 1 % of 60 is 0.6: only A reaches 59.4; 5 % is 3: B does too, and has more resilience.
    two.settings["Method"] = "lexicographic"
    assert [names(each) for each in two.best().best] == [{"a"}]
    two.settings["Tolerance"] = 0.05
    assert [names(each) for each in two.best().best] == [{"b"}]


def test_lexicographic_ends_with_the_least_cost(two: World) -> None:
    # E is worth as much as B and costs half.
    two.settings |= {"Method": "lexicographic", "Tolerance": 0.05}
    two.add("E", 0.5, 59, Score__resilience=30)
    assert [names(each) for each in two.best().best] == [{"e"}]


def test_balanced(two: World) -> None:
    # Of 60 and 60: A min(1, 0) = 0, B min(59/60, 1/2) = 1/2, C min(1/3, 5/6) = 1/3, D 0.
    two.settings["Method"] = "balanced"
    assert [names(each) for each in two.best().best] == [{"b"}]


def test_floor(two: World) -> None:
    two.sheets["Objectives"][1]["Floor"] = 30.001
    two.sheets["Objectives"][0]["Floor"] = None

    assert [names(each) for each in two.best().best] == [{"c"}]
    assert two.count("B").faults == ("floor: resilience",)


def test_cheapest_of_equals(two: World) -> None:
    two.add("E", 0.5, 59, Score__resilience=30)
    answer = two.best()

    assert {frozenset(names(each)) for each in answer.best} == {frozenset("b"), frozenset("e")}
    assert [names(each) for each in answer.cheapest] == [{"e"}]


# Random workbooks.


@pytest.mark.parametrize("parts", [SPINE, ALL, frozenset()], ids=["spine", "all", "plain"])
def test_most_random_cases_have_plans(tmp_path: Path, parts: frozenset[str]) -> None:
    feasible = 0
    for seed in range(8):
        random_workbook(seed, tmp_path / "case.xlsx", parts)
        answer = solve(tmp_path / "case.xlsx")
        feasible += answer.feasible > 0
        assert answer.tried <= 200
    assert feasible >= 5


def test_random_cases_repeat(tmp_path: Path) -> None:
    for name in ("one.xlsx", "two.xlsx"):
        random_workbook(5, tmp_path / name)

    one, two = (read(tmp_path / name) for name in ("one.xlsx", "two.xlsx"))

    assert vars(one) == vars(two)


def test_one_fund_counted_by_hand_is_one_fund_in_the_program(tmp_path: Path) -> None:
    """Two ways to decide about money agree."""
    parts = SPINE - {"funds"} | {"contingency", "dependence"}
    for seed in range(4):
        random_workbook(seed, tmp_path / "case.xlsx", parts)
        clerk = Clerk(read(tmp_path / "case.xlsx"))
        for plan in every_plan(clerk.facts):
            taken = clerk.taken(clerk.plan(plan))
            items = [
                Item(option.id, part, needs, clerk.payers[option.id, part])
                for option, start in taken
                for part, needs in zip(
                    ("build", "running"), clerk.parts(option, start), strict=True
                )
            ]
            reserve = [clerk.reserve(taken, t) for t in clerk.years]
            money = items, clerk.received(taken), reserve
            by_hand = clerk.purse.pay_from_one(*money)
            by_program = clerk.purse.pay_by_program(*money)
            assert (by_hand is None) == (by_program is None)
            if by_hand and by_program:
                assert float(by_hand.price) == pytest.approx(float(by_program.price))


def test_too_many_plans_are_refused(decade: World) -> None:
    for number in range(10):
        decade.add(f"I{number}", 1)

    with pytest.raises(ValueError, match="9765625 plans are too many"):
        decade.best()


def test_purse_without_items() -> None:
    assert Purse((), (Fraction(1),)).pay([], {}, [Fraction(0)]) is not None
