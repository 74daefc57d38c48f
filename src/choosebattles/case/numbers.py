"""Every number of a case, declared once.

Columns of the workbook with their help, settings, bounds, the names that ``--set`` and sweeps know,
what may be drawn, what a changed number changes in the program, and the page ``docs/numbers.md``
are made from this table. What reads a number is nowhere declared: it follows from the ``reads`` of
the demands and measures.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache, cached_property

from choosebattles.case.bounds import YEARS_AT_MOST, NumberBounds
from choosebattles.case.decision_model import Criterion, DecisionModel, Objective
from choosebattles.case.evidence import Correlation, SweepRow
from choosebattles.case.facts import Facts
from choosebattles.case.fund import Fund
from choosebattles.case.investment import Cover, Option
from choosebattles.case.layer import Layer
from choosebattles.case.limit import Limit
from choosebattles.case.place import Fact
from choosebattles.case.provider import Provider
from choosebattles.case.rule import Rule
from choosebattles.case.service import Service
from choosebattles.case.shock import Shock
from choosebattles.case.skill import Skill
from choosebattles.translation import _

NOTHING = "nothing"
"""What a number is read as that no row and no measure of worth reads."""

SHAPE = "shape"
"""What a number is read as that says which rows and columns there are."""


class MeasuredIn(StrEnum):
    """What a number counts."""

    MILLIONS = "million"
    MILLIONS_A_YEAR = "million per year"
    POINTS = "points"
    POINTS_PER_MILLION = "points per million"
    PEOPLE = "people"
    PEOPLE_A_YEAR = "people per year"
    YEARS = "years"
    YEAR = "a year"
    SHARE = "a share"
    SHARE_OR_NUMBER = "a share or a number"
    RATIO = "a ratio"
    """Only how large it is against others of its kind matters."""
    COUNT = "a count"

    @property
    def money(self) -> bool:
        """Say whether it is held in whole thousandths of a million."""
        return self in {MeasuredIn.MILLIONS, MeasuredIn.MILLIONS_A_YEAR}


class Family(StrEnum):
    """What a number stands once for in its row, where it stands there several times."""

    YEARS = "every year of the case"
    AFTER_START = "every year after the start"
    CRITERIA = "every criterion"
    SKILLS = "every skill"

    @property
    def profile(self) -> bool:
        """Say whether all of them together are a number too, their sum."""
        return self in {Family.YEARS, Family.AFTER_START}


@dataclass(frozen=True)
class CaseNumber:
    """A number that rows of one sheet, or the settings, hold.

    ``heading`` and ``help`` stand in the workbook, right after the column or setting ``after``, or
    after the number before it in this table if that is empty; where ``family`` is given, ``{}`` in
    the heading is the year, the criterion or the skill. A number without a heading stands in a list.
    """

    fact: type[Fact]
    field: str
    heading: str
    help: str
    unit: MeasuredIn
    low: int | Decimal | None = None
    high: int | Decimal | None = None
    blank: str = ""
    """What an empty cell means, in words; empty where a number must be typed."""
    word: str = ""
    """What its name begins with; empty where it may be neither set nor swept."""
    read: str = NOTHING
    """What ``reads`` of demands and measures calls it."""
    family: Family | None = None
    stands_for: bool = False
    """Whether an empty cell stands for another number; else it asks for nothing."""
    drawn: str = ""
    """What Ranges and ``--spread`` call it; empty where it is not drawn."""
    with_costs: bool = False
    """Whether draws of it share what is uncertain of all costs."""
    after: str = ""
    needed: bool = False
    """Whether its column must be there though its cells may be blank."""
    example: float | None = None
    """What the example row of a template holds; nothing if None."""

    def __str__(self) -> str:
        """Return its fact and field."""
        return f"{self.fact.__name__}.{self.field}"

    @cached_property
    def bounds(self) -> NumberBounds:
        """Return the least and the most that it may be."""
        low = None if self.low is None else Decimal(self.low)
        high = None if self.high is None else Decimal(self.high)
        return NumberBounds(low, high, percent=self.unit is MeasuredIn.SHARE)

    @property
    def by_member(self) -> bool:
        """Say whether a row holds it for several members that are nothing together."""
        return self.family is not None and not self.family.profile


_ONE_GIVES_WAY_FIRST = _("Which demand to give up first when nothing fits: 1 gives way first.")


def _priority(fact: type[Fact], after: str = "") -> CaseNumber:
    return CaseNumber(
        fact,
        "priority",
        "Priority",
        _ONE_GIVES_WAY_FIRST,
        MeasuredIn.COUNT,
        low=1,
        blank=_("gives way last"),
        after=after,
        example=1,
    )


NUMBERS: tuple[CaseNumber, ...] = (
    # Settings
    CaseNumber(
        Facts,
        "first_year",
        "First year",
        _("The first year of the plan, such as 2027; 2027/28 means 2027."),
        MeasuredIn.YEAR,
        low=1900,
        high=2200,
        read=SHAPE,
        after="currency",
    ),
    CaseNumber(
        Facts,
        "years",
        "Years",
        _("How many years the plan covers, 1 to 30."),
        MeasuredIn.YEARS,
        low=1,
        high=YEARS_AT_MOST,
        read=SHAPE,
    ),
    CaseNumber(
        Facts,
        "cost_growth",
        "Cost growth",
        _("By how much costs and income typed in first-year prices grow each year."),
        MeasuredIn.SHARE,
        low=Decimal("-0.5"),
        high=1,
        blank="0%",
        word="growth",
        read="growth",
    ),
    CaseNumber(
        Facts,
        "revenue_haircut",
        "Revenue haircut",
        _("Which share of the expected income is not counted on."),
        MeasuredIn.SHARE,
        low=0,
        high=1,
        blank="0%",
        word="haircut",
        read="haircut",
        after="contingency",
    ),
    CaseNumber(
        Facts,
        "points_for_100",
        "Points for 100",
        _(
            "How many points make an index of 100. Type it where an objective has a floor or a "
            "continuity part: otherwise one more row with high scores moves both."
        ),
        MeasuredIn.POINTS,
        low=0,
        blank=_("the largest total that any objective could reach"),
        word="points",
        read="points",
        stands_for=True,
    ),
    CaseNumber(
        DecisionModel,
        "discount_rate",
        "Discount rate",
        _("How much less a later year counts in the indices than the year before it."),
        MeasuredIn.SHARE,
        low=0,
        high=1,
        blank="0%",
        word="discount",
        read="discount",
        after="cost_growth",
    ),
    CaseNumber(
        DecisionModel,
        "tolerance",
        "Tolerance",
        _("Method lexicographic: how much of an objective may be given up for the next one."),
        MeasuredIn.SHARE,
        low=0,
        high=1,
        blank="1%",
        word="tolerance",
        after="method",
    ),
    CaseNumber(
        DecisionModel,
        "tail_share",
        "Tail share",
        _("Which share of the worst shocks counts as the tail; 0% is the worst one alone."),
        MeasuredIn.SHARE,
        low=0,
        high=1,
        blank="10%",
        word="tail_share",
        read="tail",
    ),
    CaseNumber(
        DecisionModel,
        "tail_weight",
        "Tail weight",
        _("How much the tail counts in continuity, against the average of all shocks."),
        MeasuredIn.SHARE,
        low=0,
        high=1,
        blank="50%",
        word="tail_weight",
        read="tail",
    ),
    CaseNumber(
        DecisionModel,
        "contingency_amount",
        "Contingency amount",
        _("A share of the cost if flat, a number of options if budgeted."),
        MeasuredIn.SHARE_OR_NUMBER,
        low=0,
        blank="0",
        word="contingency",
        read="contingency",
        after="contingency",
    ),
    # Objectives and criteria
    CaseNumber(
        Objective,
        "weight",
        "Weight",
        _("What 100 points on this index are worth; only the ratios matter."),
        MeasuredIn.RATIO,
        low=0,
        blank="1",
        word="weight",
        read="importance",
        after="id",
        example=1,
    ),
    CaseNumber(
        Objective,
        "weight_low",
        "Weight low",
        _("The smallest weight that could be argued for."),
        MeasuredIn.RATIO,
        low=0,
        blank=_("the weight"),
    ),
    CaseNumber(
        Objective,
        "weight_high",
        "Weight high",
        _("The largest weight that could be argued for."),
        MeasuredIn.RATIO,
        low=0,
        blank=_("the weight"),
    ),
    CaseNumber(
        Objective,
        "floor",
        "Floor",
        _("The index that every plan must reach."),
        MeasuredIn.POINTS,
        blank=_("no floor"),
        word="floor",
        read="floor",
        example=20,
    ),
    CaseNumber(
        Objective,
        "continuity_share",
        "Continuity share",
        _("How much of the index is continuity under shocks, the rest being scores."),
        MeasuredIn.SHARE,
        low=0,
        high=1,
        blank=_("50% where the objective has criteria and shocks"),
        word="continuity",
        read="share",
        stands_for=True,
    ),
    CaseNumber(
        Criterion,
        "weight",
        "Weight",
        _("Its weight among the criteria of its objective; only the ratios matter."),
        MeasuredIn.RATIO,
        low=0,
        blank="1",
        word="weight",
        read="weight",
        after="objective",
        example=2,
    ),
    # Investments
    CaseNumber(
        Option,
        "earliest_start",
        "Earliest start",
        _("The first year in which it may start; for ongoing rows the year it started."),
        MeasuredIn.YEAR,
        blank=_("the first year"),
        read="timing",
        stands_for=True,
        after="reason",
        example=2028,
    ),
    CaseNumber(
        Option,
        "latest_start",
        "Latest start",
        _("The last year in which it may start."),
        MeasuredIn.YEAR,
        blank=_("the last year that lets all cost years and the building end in time"),
        read="timing",
        stands_for=True,
        example=2029,
    ),
    CaseNumber(
        Option,
        "build_years",
        "Build years",
        _("How many years after its start it begins to operate."),
        MeasuredIn.YEARS,
        low=0,
        high=YEARS_AT_MOST,
        blank=_("it works from its last cost year on"),
        read="timing",
        stands_for=True,
        example=2,
    ),
    CaseNumber(
        Option,
        "lifetime",
        "Lifetime",
        _("How many years it operates."),
        MeasuredIn.YEARS,
        low=1,
        high=100,
        blank=_("for ever"),
        read="timing",
        stands_for=True,
        example=10,
    ),
    CaseNumber(
        Option,
        "cost",
        "Cost year {}",
        _("What falls due in that year after the start; year 1 is the year of the start."),
        MeasuredIn.MILLIONS,
        low=0,
        blank="0",
        word="cost",
        read="cost",
        family=Family.AFTER_START,
        drawn="cost",
        with_costs=True,
        example=4,
    ),
    CaseNumber(
        Option,
        "running_cost",
        "Running cost",
        _("A full year's cost of operation; negative is income. 0 must be typed if all is 0."),
        MeasuredIn.MILLIONS_A_YEAR,
        blank="0",
        word="running",
        read="running",
        example=0.9,
    ),
    CaseNumber(
        Option,
        "income",
        "Income year {}",
        _(
            "What comes in in that year after the start, whether it operates yet or not; year 1 is "
            "the year of the start."
        ),
        MeasuredIn.MILLIONS,
        low=0,
        blank="0",
        word="income",
        read="income",
        family=Family.AFTER_START,
        example=0.3,
    ),
    CaseNumber(
        Option,
        "overrun",
        "Overrun",
        _("By which share a year's cost may exceed the estimate."),
        MeasuredIn.SHARE,
        low=0,
        high=3,
        blank="0%",
        word="overrun",
        read="overrun",
        drawn="overrun",
        with_costs=True,
        example=0.2,
    ),
    CaseNumber(
        Option,
        "score",
        "Score: {}",
        _(
            "What the option adds to the criterion, from -100 to 100; 0 is the same as not "
            "doing it. Scores add up: two with 30 count as one with 60."
        ),
        MeasuredIn.POINTS,
        low=-100,
        high=100,
        blank="0",
        word="score",
        read="score",
        family=Family.CRITERIA,
        drawn="score",
        needed=True,
        example=40,
    ),
    CaseNumber(
        Option,
        "delay_loss",
        "Delay loss",
        _("Which share of its positive scores each year of waiting costs."),
        MeasuredIn.SHARE,
        low=0,
        high=1,
        blank="0%",
        word="delay",
        read="delay",
        example=0.1,
    ),
    CaseNumber(
        Option,
        "build_staff",
        "Build staff: {}",
        _("People of the skill at work while it is built."),
        MeasuredIn.PEOPLE,
        low=0,
        blank="0",
        word="build_staff",
        read="staff",
        family=Family.SKILLS,
        after="exposures",
        example=5,
    ),
    CaseNumber(
        Option,
        "run_staff",
        "Run staff: {}",
        _("People of the skill at work while it operates."),
        MeasuredIn.PEOPLE,
        low=0,
        blank="0",
        word="run_staff",
        read="staff",
        family=Family.SKILLS,
        example=2,
    ),
    CaseNumber(
        Option,
        "trains",
        "Trains: {}",
        _("People of the skill trained in each year of operation, from the next year on."),
        MeasuredIn.PEOPLE_A_YEAR,
        low=0,
        blank="0",
        word="trains",
        read="trains",
        family=Family.SKILLS,
        example=3,
    ),
    # Shocks, services and who covers layers
    CaseNumber(
        Shock,
        "likelihood",
        "Likelihood",
        _("How likely it is against the other shocks of its objective; only ratios matter."),
        MeasuredIn.RATIO,
        low=0,
        blank="1",
        word="likelihood",
        read="likelihood",
        drawn="likelihood",
        after="hits",
        example=2,
    ),
    CaseNumber(
        Shock,
        "severity",
        "Severity",
        _("Which share of the coverage is lost."),
        MeasuredIn.SHARE,
        low=0,
        high=1,
        blank="100%",
        word="severity",
        read="severity",
        drawn="severity",
        after="hits",
        example=0.8,
    ),
    CaseNumber(
        Provider,
        "coverage",
        "Coverage",
        _("Which share of the layer it supplies."),
        MeasuredIn.SHARE,
        low=0,
        high=1,
        blank="100%",
        word="coverage",
        read="coverage",
        drawn="coverage",
        after="layer",
        example=0.4,
    ),
    CaseNumber(
        Cover,
        "share",
        "",
        _("Which share of a layer an option supplies while it operates, as Covers says."),
        MeasuredIn.SHARE,
        low=0,
        high=1,
        blank="100%",
        word="coverage",
        read="coverage",
        drawn="coverage",
    ),
    CaseNumber(
        Service,
        "weight",
        "Weight",
        _("Its weight among the services; only the ratios matter."),
        MeasuredIn.RATIO,
        low=0,
        blank="1",
        word="weight",
        read="service",
        after="title",
        example=2,
    ),
    CaseNumber(
        Service,
        "must_hold",
        "Must hold",
        _("The continuity that every plan must reach in the final year."),
        MeasuredIn.SHARE,
        low=0,
        high=1,
        blank=_("none"),
        word="hold",
        read="hold",
        after="needs",
        example=0.6,
    ),
    CaseNumber(
        Layer,
        "full_credit",
        "Full credit up to",
        _("Points of an objective above this count at the rate after only."),
        MeasuredIn.POINTS,
        low=0,
        blank=_("all points count"),
        word="credit",
        read="bend",
        after="title",
        example=60,
    ),
    CaseNumber(
        Layer,
        "rate_after",
        "Rate after",
        _("Which share of the further points counts."),
        MeasuredIn.SHARE,
        low=0,
        high=1,
        blank="0%",
        word="rate",
        read="bend",
        example=0.5,
    ),
    # Rules and limits
    CaseNumber(
        Rule,
        "number",
        "Number",
        _(
            "How many, for at most, at least and exactly; for if then and a synergy, how many are enough."
        ),
        MeasuredIn.COUNT,
        low=0,
        blank=_("all, for if then and a synergy; the others must say how many"),
        read="number",
        after="when",
    ),
    CaseNumber(
        Rule,
        "bonus",
        "Bonus",
        _("Points that a synergy adds in each year; negative where the ids are rivals."),
        MeasuredIn.POINTS,
        blank="0",
        word="bonus",
        read="bonus",
        after="criterion",
    ),
    CaseNumber(
        Rule,
        "saving",
        "Saving per year",
        _("Money that a synergy saves in each year."),
        MeasuredIn.MILLIONS_A_YEAR,
        low=0,
        blank="0",
        word="saving",
        read="saving",
    ),
    _priority(Rule, after="saving_to"),
    CaseNumber(
        Limit,
        "minimum",
        "Minimum",
        _("The least that a plan must have; a cost share is a percentage."),
        MeasuredIn.SHARE_OR_NUMBER,
        blank=_("no minimum"),
        word="minimum",
        read="limit",
        after="scope",
        example=0.1,
    ),
    CaseNumber(
        Limit,
        "maximum",
        "Maximum",
        _("The most that a plan may have; a cost share is a percentage."),
        MeasuredIn.SHARE_OR_NUMBER,
        blank=_("no maximum"),
        word="maximum",
        read="limit",
        example=0.4,
    ),
    _priority(Limit),
    # People
    CaseNumber(
        Skill,
        "supply",
        "{}",
        _("How many people there are in that year; type 0 if none."),
        MeasuredIn.PEOPLE,
        low=0,
        word="supply",
        read="supply",
        family=Family.YEARS,
        after="title",
        example=20,
    ),
    CaseNumber(
        Skill,
        "retention",
        "Retention",
        _("Which share of the people trained stays each further year."),
        MeasuredIn.SHARE,
        low=0,
        high=1,
        blank="100%",
        word="retention",
        read="retention",
        example=0.9,
    ),
    # Money
    CaseNumber(
        Fund,
        "amount",
        "{}",
        _("What the fund holds in that year, in that year's money; type 0 if nothing."),
        MeasuredIn.MILLIONS,
        low=0,
        word="fund",
        read="amount",
        family=Family.YEARS,
        drawn="amount",
        after="title",
        example=12.5,
    ),
    CaseNumber(
        Fund,
        "carry_over",
        "Carry over",
        _("Which share of money set aside reaches the next year."),
        MeasuredIn.SHARE,
        low=0,
        high=1,
        blank=_("0%: unspent money lapses"),
        word="carry",
        read="carry",
        example=0.5,
    ),
    CaseNumber(
        Fund,
        "carry_at_most",
        "Carry at most",
        _("Which share of a year's own amount may be set aside for the next year."),
        MeasuredIn.SHARE,
        low=0,
        high=1,
        blank=_("no limit"),
        word="carry_most",
        read="carry_most",
        example=0.1,
    ),
    CaseNumber(
        Fund,
        "pays_at_most",
        "Pays at most",
        _("Which share of an item the fund may pay, each year by itself."),
        MeasuredIn.SHARE,
        low=0,
        high=1,
        blank="100%",
        word="ceiling",
        read="ceiling",
        example=0.85,
    ),
    CaseNumber(
        Fund,
        "dependence",
        "Dependence",
        _(
            "Points of autonomy, as scores count them, lost for each million spent from it, from "
            "then on; donor money is not free."
        ),
        MeasuredIn.POINTS_PER_MILLION,
        low=0,
        blank="0",
        word="dependence",
        read="dependence",
        after="eligible",
        example=0.2,
    ),
    _priority(Fund),
    # Studies
    CaseNumber(
        Correlation,
        "correlation",
        "Correlation",
        _("The rank correlation of the two: 1, both are high together; -1, one high, one low."),
        MeasuredIn.RATIO,
        low=-1,
        high=1,
        after="second",
        example=0.6,
    ),
    CaseNumber(
        SweepRow,
        "steps",
        "Steps",
        _("How many values in all."),
        MeasuredIn.COUNT,
        low=1,
        after="stop",
        example=11,
    ),
)
"""Every number, in the order in which names and quantities are listed."""

BY_FIELD: Mapping[tuple[type[Fact], str], CaseNumber] = {
    (number.fact, number.field): number for number in NUMBERS
}
"""The same by fact and field."""

READ: frozenset[str] = frozenset(number.read for number in NUMBERS) - {NOTHING, SHAPE}
"""What ``reads`` may name. What is not a number, such as an id, a kind or a list, is nobody's to
name: where it changes, all is said anew."""

QUANTITIES: Mapping[str, tuple[CaseNumber, ...]] = {
    drawn: tuple(number for number in NUMBERS if number.drawn == drawn)
    for drawn in dict.fromkeys(number.drawn for number in NUMBERS if number.drawn)
}
"""The numbers that Ranges and ``--spread`` may speak of, by what they call them."""


@cache
def numbers_of(fact: type[Fact]) -> tuple[CaseNumber, ...]:
    """Return the numbers that a kind of fact holds; those of a case are the facts' own."""
    return tuple(number for number in NUMBERS if issubclass(fact, number.fact))


def bounds_of(fact: type[Fact], field: str) -> NumberBounds:
    """Return the least and the most that a field may be; one that is no number has no bounds."""
    number = BY_FIELD.get((fact, field))
    return number.bounds if number else NumberBounds()
