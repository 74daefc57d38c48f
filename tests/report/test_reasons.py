"""Every reason told for what is left out is true: counted again from the case and the plan."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from pathlib import Path

import pytest
from openpyxl import load_workbook

from choosebattles import Options, Outcome, Plan, Recount, recount, solve, write_results
from choosebattles.case.case import Case
from choosebattles.case.decision_model import ContingencyKind
from choosebattles.case.fund import Pays
from choosebattles.case.investment import Decision, Option
from choosebattles.case.limit import Metric
from choosebattles.case.plan import Choice
from choosebattles.solving.payments import pay
from random_cases import draft
from small_cases import case, fund, limit, option, scope

SEEDS = range(90)

AMOUNT = r"([\d,.]+) million\S*(?: [A-Z]{3})?"


@dataclass(frozen=True)
class Adding:
    """An option that a plan leaves out, and what comes of adding it."""

    outcome: Outcome
    option: Option

    @property
    def case(self) -> Case:
        return self.outcome.case

    @property
    def plan(self) -> Plan:
        assert self.outcome.plan is not None
        return self.outcome.plan

    @cached_property
    def starts(self) -> list[int]:
        """Years in which it may start: all that a plan with it could name."""
        option, case = self.option, self.case
        years = [j for j, cost in enumerate(option.cost) if cost]
        last_cost = max(years, default=0)
        build = last_cost if option.build_years is None else option.build_years
        first = case.first_year if option.earliest_start is None else option.earliest_start
        last = option.latest_start
        if last is None:
            last = case.last_year - max(build, last_cost)
        return [*range(first, min(last, case.last_year) + 1)]

    def added(self, start: int) -> Plan:
        owner = self.case.investment_of[self.option.id].id
        more = Choice(owner, self.option.id, start)
        return Plan((*self.plan.choices, more), self.plan.payments)

    def counted(self, start: int) -> Recount:
        return recount(self.case, self.added(start))

    def gains(self) -> list[float]:
        before = recount(self.case, self.plan).after.value
        return [float(self.counted(start).after.value - before) for start in self.starts]

    def cost(self, start: int) -> float:
        return sum(self.needs(start, year) for year in self.case.calendar)

    def needs(self, start: int, year: int) -> float:
        counted = self.counted(start)
        return float(counted.build[self.option.id][year] + counted.run[self.option.id][year])

    def income(self, start: int) -> dict[str, dict[int, float]]:
        old, new = recount(self.case, self.plan).income, self.counted(start).income
        return {
            fund: {year: float(years[year] - old[fund][year]) for year in years}
            for fund, years in new.items()
        }

    @cached_property
    def left(self) -> dict[str, dict[int, float]]:
        told = recount(self.case, self.plan)
        found = {}
        for source in self.case.funds:
            found[source.id] = {
                year: float(
                    Fraction(source.amount[year])
                    + told.income[source.id][year]
                    + told.aside[source.id].get(year - 1, 0) * Fraction(source.carry_over)
                    - told.spending[source.id][year]
                    - told.held[source.id][year]
                    - told.aside[source.id][year]
                )
                for year in self.case.calendar
            }
        return found

    def payers(self) -> set[str]:
        return {
            fund.id
            for part in (Pays.BUILD, Pays.RUNNING)
            for fund in self.case.payers(self.option, part)
        }

    def breaks(self, start: int, text: str, cell: str) -> bool:
        """Say whether it breaks a demand that says so and stands there."""
        return any(
            violation.text == text and cell in {str(place) for place in violation.asked_by}
            for violation in self.counted(start).violations
        )

    def raises(self, start: int) -> bool:
        """Say whether a start raises the objective, or any index where they are not added up."""
        counted = self.counted(start).after
        if self.case.model.method.value == "weighted":
            return float(counted.value - self.value) > 1e-9
        before = recount(self.case, self.plan).after.indices
        return any(counted.indices[goal] > before[goal] for goal in before)

    def barred(self, start: int) -> bool:
        """Say whether no plan is this plan with it, started in a year, and worth more."""
        choices = self.added(start).choices
        payments = pay(self.case, choices)
        if payments is None or not recount(self.case, Plan(choices, payments)).passed:
            return True
        return float(self.counted(start).after.value) <= float(self.value) + 1e-9

    @property
    def value(self) -> Fraction:
        return recount(self.case, self.plan).after.value

    def there(self, funds: set[str], year: int, start: int, *, saved: bool) -> float:
        """Return what funds have left in a year, with or without what they had left before."""
        earned = self.income(start)
        whole = 0.0
        for source in (each for each in self.case.funds if each.id in funds):
            has = 0.0
            for each in range(self.case.first_year, year + 1):
                before = has * float(source.carry_over) if saved else 0.0
                has = before + self.left[source.id][each] + earned[source.id][each]
            whole += has
        return whole


Claim = Callable[[Adding, re.Match[str], list[int]], bool]
"""Whether what a sentence says of an option is so, in the starts of which it speaks."""


def never(it: Adding, _said: re.Match[str], _starts: list[int]) -> bool:
    return it.option.decision is Decision.NEVER


def other(it: Adding, said: re.Match[str], _starts: list[int]) -> bool:
    owner = it.case.investment_of[it.option.id]
    return said[1] in it.plan.taken & {each.id for each in owner.options}


def late(it: Adding, _said: re.Match[str], _starts: list[int]) -> bool:
    return not it.starts


def harm(it: Adding, said: re.Match[str], _starts: list[int]) -> bool:
    gains = it.gains()
    exact = said[1] or max(gains) == pytest.approx(-float(said[2]), abs=1e-9)
    return bool(exact) and max(gains) <= -float(said[2]) + 1e-9 < 1e-9


def nothing(it: Adding, _said: re.Match[str], starts: list[int]) -> bool:
    return all(float(it.counted(start).after.value - it.value) <= 1e-9 for start in starts)


def lowers_objective(it: Adding, _said: re.Match[str], starts: list[int]) -> bool:
    return all(it.counted(start).after.value < it.value for start in starts)


def lowers(it: Adding, said: re.Match[str], starts: list[int]) -> bool:
    before = recount(it.case, it.plan).after.indices
    after = [it.counted(start).after.indices for start in starts]
    named = re.split(", | and ", said[1])
    return all(each[goal] <= before[goal] for each in after for goal in before) and all(
        any(each[goal] < before[goal] for each in after) for goal in named
    )


def needs_other(it: Adding, said: re.Match[str], _starts: list[int]) -> bool:
    names = re.split(", | and | or ", said[1])
    taken = {each.id for name in names for each in it.case.options_of(name)} & it.plan.taken
    return not taken and all(
        any(said[2] in {str(place) for place in v.asked_by} for v in it.counted(start).violations)
        for start in it.starts
    )


def shut_out(it: Adding, said: re.Match[str], _starts: list[int]) -> bool:
    names = re.split(", | and ", said[1])
    there = all(
        any(each.id in it.plan.taken for each in it.case.options_of(name)) for name in names
    )
    return there and all(
        any(said[2] in {str(place) for place in v.asked_by} for v in it.counted(start).violations)
        for start in it.starts
    )


def breaking(it: Adding, said: re.Match[str], starts: list[int]) -> bool:
    return it.breaks(starts[0], said[2], said[1])


def people(it: Adding, said: re.Match[str], starts: list[int]) -> bool:
    return it.breaks(starts[0], said[1], said[2])


def nobody(it: Adding, said: re.Match[str], _starts: list[int]) -> bool:
    parts = {None: (Pays.BUILD, Pays.RUNNING), "building": (Pays.BUILD,)}
    return not any(it.case.payers(it.option, part) for part in parts.get(said[1], (Pays.RUNNING,)))


def dear(it: Adding, said: re.Match[str], _starts: list[int]) -> bool:
    least, left = number(said[2]), number(said[3])
    costs = [it.cost(start) for start in it.starts]
    whole = sum(sum(years.values()) for years in it.left.values())
    assert said[1] or len(set(costs)) == 1 or len(it.starts) == 1, said[0]
    return least > left and near(least, min(costs)) and near(left, whole)


def dear_and_earning(it: Adding, said: re.Match[str], _starts: list[int]) -> bool:
    cost, income, start, left = number(said[1]), number(said[2]), int(said[3]), number(said[4])
    earned = sum(sum(years.values()) for years in it.income(start).values())
    whole = sum(sum(years.values()) for years in it.left.values())
    return (
        cost > left + income
        and near(cost, it.cost(start))
        and near(income, earned)
        and near(left, whole)
    )


def elsewhere(it: Adding, said: re.Match[str], _starts: list[int]) -> bool:
    cost, left, rest = number(said["cost"]), number(said["left"] or "0"), number(said["rest"])
    payers = it.payers()
    others = set(re.split(", | and ", said["others"]))
    theirs = sum(sum(it.left[payer].values()) for payer in payers)
    if said["payers"]:
        assert set(re.split(", | and ", said["payers"])) == payers
    more = number(said["income"] or "0")
    found = [it.cost(start) for start in it.starts]
    assert near(cost, min(found)) or said["income"], (cost, found)
    return (
        cost > left + more
        and not others & payers
        and near(left, theirs)
        and near(rest, sum(sum(it.left[each].values()) for each in others))
    )


def short(it: Adding, said: re.Match[str], starts: list[int]) -> bool:
    """By or in a year it needs more than is left, or than could be there, of some funds."""
    year, needed, left = int(said["year"]), number(said["needs"]), number(said["left"])
    upto, most = said["when"].lower() == "by", said["most"] is not None
    start = starts[0]
    years = range(it.case.first_year, year + 1) if upto else (year,)
    every = {each.id for each in it.case.funds}
    funds = set(re.split(", | and ", said["funds"])) if said["funds"] else every
    assert said["funds"] or funds == it.payers()
    has = sum(it.there(funds, each, start, saved=most) for each in years)
    return (
        needed > left
        and near(needed, sum(it.needs(start, each) for each in years))
        and near(left, has)
        and it.payers() == funds
    )


def share_short(it: Adding, said: re.Match[str], starts: list[int]) -> bool:
    """By or in a year some funds must pay more than they have left."""
    year, needed, left = int(said["year"]), number(said["needs"]), number(said["left"])
    upto, most = said["when"].lower() == "by", said["most"] is not None
    start, funds = starts[0], set(re.split(", | and ", said["funds"]))
    years = range(it.case.first_year, year + 1) if upto else (year,)
    counted = it.counted(start)
    must = Fraction(0)
    for part, due in ((Pays.BUILD, counted.build), (Pays.RUNNING, counted.run)):
        others = (payer for payer in it.case.payers(it.option, part) if payer.id not in funds)
        share = max(Fraction(0), 1 - sum(Fraction(each.pays_at_most) for each in others))
        must += share * sum(due[it.option.id][each] for each in years)
    has = sum(it.there(funds, each, start, saved=most) for each in years)
    return needed > left and near(needed, float(must)) and near(left, has)


def reserve(it: Adding, said: re.Match[str], starts: list[int]) -> bool:
    year, needs, more, left = int(said[1]), number(said[2]), number(said[3]), number(said[4])
    asked = float(it.counted(starts[0]).reserve[year])
    held = sum(float(years[year]) for years in recount(it.case, it.plan).held.values())
    funds = {each.id for each in it.case.funds}
    return (
        needs + more > left
        and near(needs, it.needs(starts[0], year))
        and near(more, asked - held)
        and near(left, it.there(funds, year, starts[0], saved=True))
    )


def unarranged(it: Adding, _said: re.Match[str], starts: list[int]) -> bool:
    return any(pay(it.case, it.added(start).choices) is None for start in starts)


def fits(it: Adding, said: re.Match[str], _starts: list[int]) -> bool:
    start = int(said[1])
    choices = it.added(start).choices
    payments = pay(it.case, choices)
    assert payments is not None
    counted = recount(it.case, Plan(choices, payments))
    return counted.passed and float(it.counted(start).after.value - it.value) <= number(said[2])


def fits_otherwise(it: Adding, said: re.Match[str], _starts: list[int]) -> bool:
    choices = it.added(int(said[1])).choices
    payments = pay(it.case, choices)
    assert payments is not None
    return (
        it.case.model.method.value != "weighted"
        and recount(it.case, Plan(choices, payments)).passed
    )


SHORT = (
    rf"(?P<when>[Bb]y|[Ii]n) (?P<year>\d{{4}}) it needs (?P<needs>{AMOUNT}), and "
    rf"(?P<most>at most )?(?P<left>{AMOUNT}) (?:is left|could be there)(?: until then)?"
    r"(?: of (?P<funds>.+), which may pay it)?"
)
SHARE = (
    rf"(?P<when>[Bb]y|[Ii]n) (?P<year>\d{{4}}) (?P<funds>.+) must pay (?P<needs>{AMOUNT}) of it, "
    rf"and (?P<most>at most )?(?P<left>{AMOUNT}) (?:is left|could be there) of that(?: until then)?"
)
ELSEWHERE = (
    rf"[Ii]t costs (?:at least )?(?P<cost>{AMOUNT})"
    rf"(?: and earns (?P<income>{AMOUNT}) if it starts in \d{{4}})?"
    rf"(?:; (?P<left>{AMOUNT}) is left of (?P<payers>.+), and (?P<others>.+), with "
    rf"(?P<rest>{AMOUNT}) left, may not pay it)"
)
ALL_ELSEWHERE = (
    rf"[Ii]t costs (?:at least )?(?P<cost>{AMOUNT})"
    rf"(?: and earns (?P<income>{AMOUNT}) if it starts in \d{{4}})?"
    rf", and the (?P<rest>{AMOUNT}) left are of (?P<others>.+), which may not pay it"
    r"(?P<left>){0}(?P<payers>){0}"
)
CELL = r"([A-Z]\w+![A-Z]+\d+)"
CLAIMS: tuple[tuple[str, Claim], ...] = (
    (r"Marked never: .+", never),
    (r"Another option of the same investment is taken: (.+)", other),
    (r"It cannot be started and built within the years of the plan", late),
    (r"It would lower the objective by (at least )?([\d.e-]+) points", harm),
    (r"[Ii]t would add nothing to (?:the objective|any objective)", nothing),
    (r"[Ii]t would lower the objective", lowers_objective),
    (r"[Ii]t would lower (.+) and raise nothing", lowers),
    (rf"It needs (.+), not in the plan \({CELL}\)", needs_other),
    (rf"(.+), in the plan, shuts it out \({CELL}\)", shut_out),
    (rf"[Ii]t would break {CELL}: (.+)", breaking),
    (rf"([\d.]+ people of skill .+ too few in \d{{4}}) \({CELL}\)", people),
    (r"[Nn]o fund may pay (?:for (building|running) )?it", nobody),
    (rf"It costs (at least )?{AMOUNT}, and {AMOUNT} is left", dear),
    (
        rf"It costs {AMOUNT} and earns {AMOUNT} if it starts in (\d{{4}}); {AMOUNT} is left",
        dear_and_earning,
    ),
    (ELSEWHERE, elsewhere),
    (ALL_ELSEWHERE, elsewhere),
    (SHORT, short),
    (SHARE, share_short),
    (
        rf"[Ii]n (\d{{4}}) it needs {AMOUNT} and {AMOUNT} more held in reserve, and {AMOUNT} is left",
        reserve,
    ),
    (
        r"The money left cannot pay it: it is there in other years, or of other funds, .+",
        unarranged,
    ),
    (r"It would fit in (\d{4}) and add at most ([\d.e-]+) points: .+", fits),
    (r"It would fit in (\d{4}); by the method of this case, .+", fits_otherwise),
)
"""What each sentence says, and how it is counted again. A sentence of no kind here is refused."""


def number(text: str) -> float:
    """Return an amount as it stands in a sentence."""
    return float(re.sub(r"[^\d.]", "", text.split(" ", maxsplit=1)[0]))


def near(told: float, exact: float) -> bool:
    """Say whether an amount told is the exact one, in the decimals that sentences have."""
    return abs(told - exact) <= DECIMALS


DECIMALS = 0.0006
"""Cases of random numbers have amounts in thousandths, so sentences have them all."""


def claims(it: Adding, sentence: str) -> Iterator[tuple[str, Claim, re.Match[str], list[int]]]:
    """Yield every claim of a sentence, with the starts of which it speaks."""
    told = sentence.removesuffix(" Amounts are money of each year.").removesuffix(".")
    parts = re.split(
        r"(?:^As the plan stands, no start (?:fits|both fits and raises anything)\.|\.)? ?Started in (\d{4}): ",
        told,
    )
    spoken = [(it.starts, told)]
    if len(parts) > 1:
        assert parts[0] == "", sentence
        pairs = zip(parts[1::2], parts[2::2], strict=True)
        spoken = [([int(year)], clause) for year, clause in pairs]
    for starts, clause in spoken:
        found = [
            (claim, said) for pattern, claim in CLAIMS if (said := re.fullmatch(pattern, clause))
        ]
        assert found, f"a sentence that nobody counts again: {clause}"
        yield clause, *found[0], starts


def told_of(outcome: Outcome, folder: Path) -> dict[str, str]:
    """Return the reasons as the results workbook tells them, by option."""
    write_results(outcome, folder / "results.xlsx")
    book = load_workbook(folder / "results.xlsx")
    if "Not chosen" not in book.sheetnames:
        return {}
    head, *rows = list(book["Not chosen"].iter_rows(min_row=5, values_only=True))
    option, reason = head.index("Option"), head.index("Why not")
    return {str(row[option]): str(row[reason]) for row in rows if row[option]}


def counted_again(outcome: Outcome, folder: Path) -> dict[str, str]:
    """Count every reason of an answer again, and return them by option."""
    assert outcome.plan is not None
    told = told_of(outcome, folder)
    assert told.keys() == outcome.case.options.keys() - outcome.plan.taken
    for name, sentence in told.items():
        it = Adding(outcome, outcome.case.options[name])
        for clause, claim, said, starts in claims(it, sentence):
            assert claim(it, said, starts), f"{name}: {clause}"
        if sentence.startswith("As the plan stands, no start fits"):
            assert all(it.barred(start) for start in it.starts), f"{name}: {sentence}"
        elif sentence.startswith("As the plan stands"):
            assert all(it.barred(start) or not it.raises(start) for start in it.starts), sentence
    return told


@pytest.mark.parametrize("seed", SEEDS)
def test_every_reason_is_true(seed: int, tmp_path: Path) -> None:
    outcome = solve(draft(seed), Options(gap=0.0))
    if outcome.plan is not None:
        counted_again(outcome, tmp_path)


CLOUD = option("CLOUD", 5, 70)
EU = fund(2027, 50, id="EU", eligible=scope("CLOUD"))
WORLDS: dict[str, tuple[Case, str]] = {
    "the money left is of another fund": (
        case(CLOUD, option("ROUTE", 12, 50), funds=(fund(2027, 10), EU)),
        (
            "It costs 12.0 million; 10.0 million is left of STATE, and EU, with 45.0 million left, may "
            "not pay it."
        ),
    ),
    "all that is left is of another fund": (
        case(CLOUD, option("ROUTE", 12, 50), funds=(fund(2027, 0), EU)),
        "It costs 12.0 million, and the 45.0 million left are of EU, which may not pay it.",
    ),
    "no fund may pay": (
        case(CLOUD, option("ROUTE", 12, 50), funds=(EU,)),
        "No fund may pay it.",
    ),
    "a year is too short": (
        case(option("ROUTE", [1, 7], 50, latest_start=2027), years=2, funds=(fund(2027, 5, 5),)),
        "In 2028 it needs 7.0 million, and 5.0 million is left.",
    ),
    "even what is saved is not enough": (
        case(
            option("ROUTE", [1, 8], 50, latest_start=2027),
            years=2,
            funds=(fund(2027, 5, 5, carry_over=Decimal("0.5")),),
        ),
        "In 2028 it needs 8.0 million, and at most 7.5 million could be there.",
    ),
    "a share is missing": (
        case(
            option("ROUTE", 10, 50),
            funds=(fund(2027, 3), fund(2027, 50, id="GRANT", pays_at_most=Decimal("0.6"))),
        ),
        "In 2027 STATE must pay 4.0 million of it, and 3.0 million is left of that.",
    ),
    "the reserve is missing": (
        case(
            option("ROUTE", 10, 50),
            contingency=ContingencyKind.FLAT,
            contingency_amount=Decimal("0.5"),
            funds=(fund(2027, 12),),
        ),
        (
            "In 2027 it needs 10.0 million and 5.0 million more held in reserve, and 12.0 million is "
            "left."
        ),
    ),
    "it earns, and not enough": (
        case(
            option("ROUTE", 10, 50, running_cost=Decimal(-2), build_years=0),
            funds=(fund(2027, 7),),
        ),
        "It costs 10.0 million and earns 2.0 million if it starts in 2027; 7.0 million is left.",
    ),
    "the objective gets lower": (
        case(CLOUD, option("ROUTE", 0, -4), funds=(fund(2027, 10),)),
        "It would lower the objective by 4 points.",
    ),
    "the objective gets lower the sooner it starts": (
        case(
            option("ROUTE", 0, -8, latest_start=2028),
            years=2,
            accrual="over time",
            funds=(fund(2027, 10, 10),),
        ),
        "It would lower the objective by at least 4 points.",
    ),
    # Money in 2028, of which there are 5, would not mend it.
    "it leaves another too small a share": (
        case(
            CLOUD,
            option("ROUTE", [1, 7], 50, latest_start=2027),
            years=2,
            funds=(fund(2027, 8, 5),),
            limits=(limit(Metric.COST_SHARE, "CLOUD", minimum=Decimal("0.6")),),
        ),
        "It would break Limits!A2: cost share (CLOUD): 2.8 million below the minimum.",
    ),
    "it adds nothing": (
        case(CLOUD, option("ROUTE", 1, 0), funds=(fund(2027, 10),)),
        "It would add nothing to the objective.",
    ),
}


@pytest.mark.parametrize("name", WORLDS)
def test_each_kind_of_reason(name: str, tmp_path: Path) -> None:
    world, sentence = WORLDS[name]

    assert counted_again(solve(world, Options(gap=0.0)), tmp_path)["ROUTE"] == sentence
