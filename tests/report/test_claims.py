"""What is claimed of all is so of all; what a search left open is never called proved."""

import csv
import re
from dataclasses import replace
from decimal import Decimal
from functools import cache
from io import StringIO
from itertools import count, pairwise

import numpy as np
import pytest

from choosebattles.audit.recount import recount
from choosebattles.case.limit import Metric
from choosebattles.case.plan import Plan
from choosebattles.cli.sweep import ended
from choosebattles.explain.budget_path import BudgetPath, budget_path
from choosebattles.explain.comparison_models import Strategies, Strategy
from choosebattles.explain.why_answer import Interval
from choosebattles.frontier.trace import trace
from choosebattles.report.answers import budget_path as path_told
from choosebattles.report.answers import comparison_of_models
from choosebattles.report.answers.frontier import document as frontier_document
from choosebattles.report.answers.robustness import sentences as robust_told
from choosebattles.report.answers.simulation import sentences as draws_told
from choosebattles.report.answers.sweep import sentences as sweep_told
from choosebattles.report.answers.sweep.million import money_sentences
from choosebattles.report.answers.why.numbers import number
from choosebattles.report.document import (
    Chart,
    Column,
    Document,
    Kind,
    Medium,
    Role,
    Table,
    Timeline,
)
from choosebattles.report.number_wording import decimals, whole_percent
from choosebattles.report.outputs.csv_tables import as_csv
from choosebattles.report.plan_parts.frontier import sentences as frontier_sentences
from choosebattles.report.plan_parts.services import must_hold_rows
from choosebattles.run.exit_code import ExitCode
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import Outcome, Stop
from choosebattles.solving.solve import solve
from choosebattles.uncertainty.draw import Spread, what_varies
from choosebattles.uncertainty.robustness import Robustness, robustness
from choosebattles.uncertainty.simulate import Simulation, simulate
from choosebattles.uncertainty.study_options import StudyOptions
from choosebattles.uncertainty.sweep import Sweep
from choosebattles.uncertainty.worth_of_a_million import Million
from report.outcomes import no_plan, outcome
from report.presented import document_of, section
from report.test_studies import GOALS, INTERVALS, swept
from small_cases import case, fund, investment, limit, option, provider, service, shock

EXACT = Options(gap=0, binding=0)
LATE = {"stop": Stop.TIME_LIMIT, "proven": False}

# --- a search that ran out of time --------------------------------------------------------------

TWO = case(option("A", 5, 50), option("B", 4, 30), funds=(fund(2027, 10),))


@cache
def path() -> BudgetPath:
    """Return 5, 9.5 and 10 of money: A alone, then both."""
    return budget_path(TWO, [Decimal("-0.5"), Decimal("-0.05")], EXACT)


def late(found: BudgetPath, *places: int) -> BudgetPath:
    """Return the path without the plans of some steps, which ran out of time."""
    steps = [
        replace(step, outcome=no_plan(step.case, **LATE), enters=(), leaves=())
        if place in places
        else step
        for place, step in enumerate(found.steps)
    ]
    return replace(found, steps=tuple(steps), nested=(), price=None)


def test_budgets_that_ran_out_of_time_are_not_said_to_have_no_plan() -> None:
    one = late(path(), 0)
    told = " ".join(path_told.sentences(one))
    assert "no plan was found in the time" in told
    assert "proved" not in told

    two = next(path_told.sentences(late(path(), 0, 1)))
    assert two == (
        "Of 3 budgets a plan was found for 100 % of the money as typed only: it takes 2 options."
    )
    assert next(path_told.sentences(late(path(), 0, 1, 2))) == "No plan was found for any budget."


def test_only_budgets_that_are_proved_to_have_no_plan_are_named_so() -> None:
    needy = case(
        option("A", 5, 50),
        option("B", 4, 30),
        funds=(fund(2027, 10),),
        limits=(limit(Metric.COUNT, minimum=2),),
    )
    found = late(budget_path(needy, [Decimal("-0.5"), Decimal("-0.05")], EXACT), 1)

    (conflict,) = (
        part for part in path_told.document(found).shown(Medium.WORKBOOK) if part.name == "Conflict"
    )
    assert conflict.message == "Budgets at which no plan meets all demands, proved: -50 %."


def test_a_nested_order_that_may_be_beaten_is_not_called_the_largest() -> None:
    def lead(found: BudgetPath) -> str:
        parts = path_told.document(found).shown(Medium.WORKBOOK)
        return str(next(part for part in parts if part.name == "Nested order").leads[-1])

    assert lead(path()).endswith("the sum of what the nested plans are worth is largest.")
    assert "another order may reach more" in lead(replace(path(), best_order=False))


def test_strategies_say_why_they_are_not_proved() -> None:
    best = solve(TWO, EXACT)
    worse = replace(best, bound=(best.objective or 0) + 1, proven=False)
    found = Strategies(
        TWO,
        (
            Strategy("", "own", best),
            Strategy("near", "Near", replace(worse, stop=Stop.GAP)),
            Strategy("late", "Late", replace(worse, stop=Stop.TIME_LIMIT)),
            Strategy("none", "None", no_plan(TWO, **LATE)),
        ),
        ((None,) * 4,) * 4,
        (),
        0.0,
    )
    headline, *others = comparison_of_models.sentences(found)

    assert headline == (
        "2 options are taken by any of the 3 of 4 strategies for which a plan was found, 2 by all "
        "of them."
    )
    assert "near: its plan is within the gap; a better one may exist." in others
    assert "late: its plan is not proved to be best; a better one may exist." in others
    (table,) = next(
        part
        for part in comparison_of_models.document(found).shown(Medium.WORKBOOK)
        if part.name == "Strategies"
    ).of(Table)
    assert [row[4] for row in table.rows] == ["yes", "within the gap", "no", "no plan found"]

    alone = replace(found, strategies=(found.strategies[0], found.strategies[3]))
    assert next(comparison_of_models.sentences(alone)).startswith(
        "Of 2 strategies a plan was found for "
    )


def test_an_unfinished_frontier_speaks_of_its_points_alone() -> None:
    found = trace(GOALS, objectives=("autonomy", "resilience"), resolution=0)
    partly = replace(found, complete=False, stop=Stop.TIME_LIMIT, reached=None)

    assert "no plan has all of that at once" in " ".join(frontier_sentences(found))
    told = " ".join(frontier_sentences(partly))
    assert "no plan has all of that at once" not in told
    assert "The best of each among these points: autonomy 90.0, resilience 90.0." in told
    assert "can be had" not in told


@pytest.mark.parametrize(
    ("resolution", "cost", "times", "says"),
    [
        (0.1, 0.5, 1.2301, "0.13 points and 0.620 million EUR"),
        (0.25, 0.001, 3.37, "0.85 points and 0.004 million EUR"),
        (0, 0, 12.3, "13 points and 13.0 million EUR"),
    ],
)
def test_what_an_unfinished_frontier_proves_is_rounded_up(
    resolution: float, cost: float, times: float, says: str
) -> None:
    world = GOALS.model_copy(update={"currency": "EUR"})
    found = trace(world, objectives=("autonomy", "cost"), resolution=0)
    partly = replace(
        found,
        complete=False,
        stop=Stop.TIME_LIMIT,
        resolution=resolution,
        cost_resolution=cost,
        reached=times,
    )

    told = " ".join(frontier_sentences(partly))
    assert f"No plan is better than every point by more than {says}: proved." in told


# --- sweeps -------------------------------------------------------------------------------------


def with_steps(found: Sweep, **changed: object) -> Sweep:
    """Return a sweep whose first point is changed."""
    first, *others = found.steps
    return replace(found, steps=(replace(first, **changed), *others))  # type: ignore[arg-type]


def test_a_point_that_ran_out_of_time_counts_nowhere_and_is_said_to() -> None:
    found = with_steps(swept(), stop=Stop.TIME_LIMIT)
    assert found.steps[0].value == 20

    told = list(sweep_told.sentences(found))
    assert told[1] == (
        "Over the points that are answered the best plan is worth between 90.00 and 130.00 points."
    )
    assert (
        "1 point was given up before its answer was as exact as was asked, and is left out of every "
        "comparison; --per-solve gives it more time." in told
    )
    assert sweep_told.how_sure(found.steps[0]) == "ran out of time"
    assert (ended(swept()), ended(found)) == (ExitCode.DONE, ExitCode.STOPPED)


def test_a_stopped_sweep_speaks_of_what_is_answered_alone() -> None:
    whole = swept()
    part = replace(whole, steps=whole.steps[:2], positions=whole.positions[:2])

    assert next(sweep_told.worth_sentences(whole)).startswith("Over all points ")
    assert next(sweep_told.worth_sentences(part)) == (
        "Over the points that are answered the best plan is worth between 20.00 and 130.00 points."
    )


def test_the_best_plan_is_worth_up_to_what_no_plan_exceeds() -> None:
    found = with_steps(swept(), value=20.0, bound=137.0, stop=Stop.GAP)

    low, high = re.findall(r"[0-9.]+", next(sweep_told.worth_sentences(found)))[:2]
    assert (float(low), float(high)) == (20, 137)


@pytest.mark.parametrize(("bound", "says"), [(137.0004, 137.1), (130.00001, 130.1)])
def test_what_no_plan_exceeds_is_rounded_up(bound: float, says: float) -> None:
    found = with_steps(swept(), value=20.0, bound=bound, stop=Stop.GAP)

    low, high = re.findall(r"[0-9.]+", next(sweep_told.worth_sentences(found)))[:2]
    assert (float(low), float(high)) == (20, says)


def test_a_proved_worth_is_not_raised_by_what_solvers_round() -> None:
    steps = tuple(
        replace(step, bound=(step.value or 0) + 1e-5, stop=Stop.OPTIMAL) for step in swept().steps
    )

    assert next(sweep_told.worth_sentences(replace(swept(), steps=steps))) == (
        "Over all points the best plan is worth between 20.00 and 130.00 points."
    )


def test_the_number_that_moves_most_comes_first() -> None:
    widths = [swing.width for swing in sweep_told.swings(swept())]

    assert len(widths) == 2
    assert all(one >= two for one, two in pairwise(widths))


def test_most_is_only_said_where_no_other_may_be_more() -> None:
    def told(low: float, high: float, other: tuple[float, float] | None) -> str:
        rows = [
            Million("STATE", 2027, 9.0, (low, high), 1, None, 0, (), ()),
            Million("EU", 2027, 9.0, other, 1, None, 0, (), ()),
        ]
        return next(money_sentences(rows, "million"))

    sure = "One million more is surely worth most in STATE 2027: 2 to 3 points."
    proved = "Most is proved of one million more in STATE 2027: it is worth 2 to 3 points."
    assert told(2, 3, (1, 2)) == sure
    assert told(2, 3, (1, 2.5)) == proved
    assert told(2, 3, None) == proved


# --- draws --------------------------------------------------------------------------------------


def test_nine_of_ten_numbers_lie_between_the_two_told() -> None:
    spread = draws_told.spreading("", np.array([*range(101), np.nan]))

    assert spread is not None
    assert (spread.low, spread.middle, spread.high) == (5, 50, 95)
    assert (spread.mean, spread.draws) == (50, 101)


def scored(seed: int) -> Simulation:
    """Return ten draws of scores that may come out 30 % higher or lower."""
    world = case(option("A", 60, 70), option("B", 40, 20), funds=(fund(2027, 100),))
    spreads = [Spread("score", Decimal("0.3"), Decimal("0.3"))]
    return simulate(
        world, what_varies(world, spreads=spreads, seed=seed), 10, StudyOptions(gap=0, workers=1)
    )


def test_a_disappointment_is_told_only_where_chance_does_not_explain_it() -> None:
    """The mean of ten draws is known to 1.96 standard deviations, divided by the root of ten."""
    known = set()
    for seed in count(1):
        found = scored(seed)
        less = float(np.mean(found.promised)) - (found.nominal.value or 0)
        told = " ".join(draws_told.sentences(found))
        by_chance = abs(less) <= 1.96 * float(np.std(found.promised)) / 10**0.5
        assert ("that the draws can tell from chance" in told) == by_chance
        if not by_chance:
            assert ("less than promised" in told) == (less < 0)
        known.add(by_chance)
        if len(known) == 2:
            return


# --- robustness ---------------------------------------------------------------------------------


@cache
def robust() -> Robustness:
    return robustness(GOALS, weights=INTERVALS)


def test_competitors_that_may_not_be_all_are_not_called_all() -> None:
    found = replace(robust(), rivalry=replace(robust().rivalry, complete=False))

    (told,) = robust_told.competitor_sentences(found)
    assert told.startswith("It has at least ")
    assert "proved." not in told.replace("not proved complete.", "")


def test_plans_that_may_not_be_all_unbeaten_ones_are_not_called_so() -> None:
    unbeaten = robust().unbeaten
    assert unbeaten is not None
    for sound in (True, False):
        found = replace(robust(), unbeaten=replace(unbeaten, complete=False, sound=sound))
        told = next(iter(robust_told.unbeaten_sentences(found)))
        assert "not proved" in told
        assert not told.endswith(": proved.")


@pytest.mark.parametrize(("radius", "says"), [(0.3456, "34.5 %"), (0.9999, "99.9 %")])
def test_a_radius_is_never_said_larger_than_it_is(radius: float, says: str) -> None:
    rivalry = replace(robust().rivalry, radius=radius, radius_proved=True, beaten=False)
    told = " ".join(robust_told.sentences(replace(robust(), rivalry=rivalry)))

    assert f"Robustness radius {says}: " in told


@pytest.mark.parametrize(("radius", "says"), [(0.3452, "34.6 %"), (0.345, "34.5 %")])
def test_a_radius_that_is_not_proved_is_at_most_what_is_said(radius: float, says: str) -> None:
    rivalry = replace(robust().rivalry, radius=radius, radius_proved=False, beaten=False)
    told = " ".join(robust_told.sentences(replace(robust(), rivalry=rivalry)))

    assert f"Robustness radius: at most {says} of all intervals; not proved." in told


def test_the_most_doubtful_option_of_the_plan_comes_first() -> None:
    rows = robust_told.in_question(robust())

    assert len(rows) > 1
    ranks = [(not row.in_plan, -row.regret) for row in rows]
    assert ranks == sorted(ranks)


# --- numbers ------------------------------------------------------------------------------------


@pytest.mark.parametrize("digits", [1, 2])
@pytest.mark.parametrize(
    ("low", "high"), [(0.123, 0.456), (2.344, 3.142), (0.02, 1.411), (10.04, 11.03), (0, 0.512)]
)
def test_an_interval_of_why_holds_what_is_proved(low: float, high: float, digits: int) -> None:
    ends = [float(end) for end in re.findall(r"[0-9.]+", number(Interval(low, high), digits))]

    assert ends[-1] >= high - 1e-9
    assert len(ends) == 1 or ends[0] <= low + 1e-9


def test_money_is_shown_to_the_last_digit_that_any_has() -> None:
    assert [decimals(amounts) for amounts in ([1.5, 20], [1.5, 0.25], [0.125, 7], [1.001])] == [
        1,
        2,
        3,
        3,
    ]


@pytest.mark.parametrize(
    ("share", "says"),
    [
        (1.0, "100 %"),
        (0.999, "more than 99 %"),
        (0.995, "more than 99 %"),
        (0.994, "99 %"),
        (0.006, "1 %"),
        (0.004, "less than 1 %"),
        (0.0, "0 %"),
    ],
)
def test_what_is_not_all_is_never_shown_as_all(share: float, says: str) -> None:
    assert whole_percent(share) == says


def test_a_table_of_csv_has_its_numbers_whole() -> None:
    columns = (Column("Option", Kind.NAME), Column("Cost", Kind.MONEY), Column("Year", Kind.YEAR))
    rows = [("CLOUD", 1234.5678, 2027), ("=1+1", None, 2028)]

    text = as_csv(Table("Plan", columns, rows)).removeprefix("\ufeff")

    assert list(csv.reader(StringIO(text))) == [
        ["Option", "Cost", "Year"],
        ["CLOUD", "1234.5678", "2027"],
        ["'=1+1", "", "2028"],
    ]


# --- years, services, charts of a plan ----------------------------------------------------------


@cache
def short_lived() -> Outcome:
    """Return a plan of one thing: built in 2027 and 2028, it works in 2029 and 2030, at 1 a year."""
    world = case(
        option("CLOUD", (4, 4), 60, build_years=2, lifetime=2, running_cost=Decimal(1)),
        funds=(fund(2027, 10, 9, 8, 7, 6),),
        years=5,
    )
    found = solve(world, EXACT)
    assert found.plan is not None
    assert found.plan.starts == {"CLOUD": 2027}
    return found


def rows_of(document: Document, medium: Medium, name: str, table: str) -> list[list[object]]:
    (found,) = (each for each in section(document, medium, name).of(Table) if each.name == table)
    return [[getattr(cell, "value", cell) for cell in row] for row in found.rows]


def test_what_works_for_two_years_is_told_to_end_with_the_second() -> None:
    document = document_of(short_lived())
    (drawn,) = section(document, Medium.SLIDES, "Priorities and timeline").of(Timeline)
    plan = section(document, Medium.WORKBOOK, "Plan")
    (table,) = (each for each in plan.of(Table) if each.name == "Plan")
    cells = dict(zip([column.title for column in table.columns], table.rows[0], strict=True))

    assert [(bar.builds, bar.works) for bar in drawn.bars] == [((2027, 2028), (2029, 2030))]
    assert cells["Operates until"] == 2030


def test_what_ends_with_the_last_year_goes_on_in_no_sentence() -> None:
    world = case(
        option("CLOUD", 4, 60, build_years=1, lifetime=2, running_cost=Decimal(1)),
        funds=(fund(2027, 10, 9, 8),),
        years=3,
    )
    told = " ".join(
        text
        for part in document_of(solve(world, EXACT)).shown(Medium.TEXT)
        for text in (part.message, *map(str, part.leads))
    )

    assert "Nothing falls due after 2029." in told


def test_the_year_in_which_least_is_left_is_named() -> None:
    # 10 - 4, 9 - 4, 8 - 1, 7 - 1, 6 - 0: five are left of nine in 2028.
    document = document_of(short_lived())
    money = section(document, Medium.TEXT, "Money by year and fund")

    assert any(
        "Least is left in 2028: 5.0 of 9.0 million." in text
        for block in money.blocks
        for text in getattr(block, "texts", ())
    )


def test_charts_of_the_summary_hold_what_was_recounted() -> None:
    found = short_lived()
    counted = found.recount
    assert counted is not None
    document = document_of(found)
    indices, money = section(document, Medium.WORKBOOK, "Summary").of(Chart)

    goals = [goal.id for goal in found.case.model.objectives]
    shown = {series.name: document.numbers(series.values) for series in indices.series}
    assert document.names(indices.categories) == tuple(goals)
    assert shown["Before"] == pytest.approx([float(counted.before.indices[it]) for it in goals])
    assert shown["After"] == pytest.approx([float(counted.after.indices[it]) for it in goals])
    years = found.case.calendar
    shown = {series.name: document.numbers(series.values) for series in money.series}
    assert shown["Available"] == pytest.approx(
        [float(counted.available["STATE"][y]) for y in years]
    )
    assert shown["Planned"] == pytest.approx([float(counted.spending["STATE"][y]) for y in years])
    assert [series.role for series in money.series][-1] is Role.CEILING


def test_the_weighted_sum_is_that_of_the_indices_above_it() -> None:
    *goals, total = rows_of(document_of(outcome()), Medium.WORKBOOK, "Summary", "Indices")

    weights = [float(str(row[1])) for row in goals]
    assert weights == pytest.approx([0.6, 0.4])
    for place in range(2, 6):
        column = [float(str(row[place])) for row in goals]
        whole = sum(weight * level for weight, level in zip(weights, column, strict=True))
        assert total[place] == pytest.approx(whole)


def test_both_goals_are_in_the_chart_of_indices() -> None:
    document = document_of(outcome())
    indices, _money = section(document, Medium.WORKBOOK, "Summary").of(Chart)

    assert document.names(indices.categories) == ("autonomy", "resilience")
    assert all(len(document.numbers(series.values)) == 2 for series in indices.series)


@pytest.mark.parametrize(
    ("against", "says"),
    [
        ((), "TAX must hold 10 % against every shock; the least is 20 %, under SIEGE."),
        (("ORDER",), "TAX must hold 10 % against ORDER; the least is 40 %, under ORDER."),
        (
            ("ORDER", "SIEGE"),
            "TAX must hold 10 % against ORDER and SIEGE; the least is 20 %, under SIEGE.",
        ),
    ],
)
def test_what_must_hold_is_told_with_its_worst_shock(against: tuple[str, ...], says: str) -> None:
    # 0.8 are there, of which an order takes half and a siege three quarters; a flood takes nothing.
    world = case(
        option("CLOUD", 5, 50),
        services=(service("TAX", "hosting", must_hold=Decimal("0.1"), against=against),),
        providers=(provider("AWS", "hosting", "0.8", "law:US"),),
        shocks=(
            shock("ORDER", "law:US", severity=Decimal("0.5")),
            shock("SIEGE", "law:US", severity=Decimal("0.75")),
            shock("FLOOD", "place:coast"),
        ),
    )
    (row,) = must_hold_rows(world, recount(world, Plan(())))

    assert row.sentence == says


def test_investments_that_are_left_out_are_counted_once() -> None:
    # 10 buy B; of A, in two sizes and worth less, nothing.
    world = case(
        investment("A", option("A.S", 10, 10), option("A.L", 10, 12)),
        option("B", 10, 50),
        funds=(fund(2027, 10),),
    )
    document = document_of(solve(world, EXACT))

    assert section(document, Medium.SLIDES, "Left out").message.startswith(
        "1 of 2 investments is left out: "
    )


def test_options_are_counted_by_the_plans_listed() -> None:
    found = trace(GOALS, objectives=("autonomy", "resilience", "openness"), resolution=0)
    options = section(frontier_document(found), Medium.WORKBOOK, "Options")
    (table,) = options.of(Table)

    assert options.leads == (
        "In how many of the points each option is taken, by the plan listed for each.",
    )
    assert {row[0]: row[2] for row in table.rows} == {
        name: sum(name in point.plan.taken for point in found.points) for name in GOALS.options
    }
