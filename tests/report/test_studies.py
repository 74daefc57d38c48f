"""Sweeps, draws, robustness and frontiers as documents: their numbers, findings and charts."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from zipfile import ZipFile

import pytest

from choosebattles.case.evidence import SweepAs
from choosebattles.case.investment import Decision
from choosebattles.errors import AuditError, OutputError
from choosebattles.frontier.points import Frontier
from choosebattles.frontier.trace import trace
from choosebattles.report.answers.frontier import document as frontier_document
from choosebattles.report.answers.robustness.document import document as robustness_document
from choosebattles.report.answers.simulation.document import document as draws_document
from choosebattles.report.answers.simulation.sentences import assumptions, regret_sentences
from choosebattles.report.answers.simulation.sentences import sentences as draws_sentences
from choosebattles.report.answers.sweep.document import document as sweep_document
from choosebattles.report.document import Chart, Document, Medium, Role, Section, Sentences
from choosebattles.report.outputs.files import WRITERS, writer
from choosebattles.report.outputs.workbook.read_back import verify
from choosebattles.report.outputs.workbook.writer import render
from choosebattles.solving.outcome import Stop
from choosebattles.uncertainty.draw import Spread, what_varies
from choosebattles.uncertainty.robustness import robustness
from choosebattles.uncertainty.sensitivity import sensitivity
from choosebattles.uncertainty.simulate import Simulation, simulate
from choosebattles.uncertainty.study_options import StudyOptions
from choosebattles.uncertainty.sweep import Sweep, sweep
from choosebattles.uncertainty.sweep_design import Axis, Design, SweepPlan
from choosebattles.uncertainty.worth_of_a_million import money_plan, worth_of_money
from choosebattles.vocabulary import RowName, Violation
from small_cases import case, criterion, fund, objective, option

EXACT = StudyOptions(gap=0, workers=1)
SPREADS = [
    Spread("score", Decimal("0.3"), Decimal("0.3")),
    Spread("cost", Decimal("0.1"), Decimal("0.4")),
]

# 60 + 40 = 100 is worth 70 + 20 = 90; up to 110 nothing else fits; 60 + 50 = 110 is worth 130.
THREE = case(
    option("A", 60, 70), option("B", 50, 60), option("C", 40, 20), funds=(fund(2027, 100),)
)

# One of them is bought: A for autonomy, B between the two (and below the line), C for resilience.
GOALS = case(
    *(
        option(name, 10, {"value": value, "holding": holding, "sharing": sharing}, own_plan=own)
        for name, value, holding, sharing, own in (
            ("A", 90, 10, 40, False),
            ("B", 45, 45, 10, True),
            ("C", 10, 90, 70, False),
        )
    ),
    funds=(fund(2027, 10),),
    objectives=(objective("autonomy"), objective("resilience"), objective("openness")),
    criteria=(
        criterion("value"),
        criterion("holding", objective="resilience"),
        criterion("sharing", objective="openness"),
    ),
)
INTERVALS = {"autonomy": (Decimal("0.2"), Decimal("0.5"))}


def axis(name: str, *values: float) -> Axis:
    return Axis(name, kind=SweepAs.VALUE, values=tuple(Decimal(str(value)) for value in values))


@cache
def swept(design: Design = Design.ONE) -> Sweep:
    """Return two numbers varied: 40 buys C alone, 110 both A and B."""
    axes = (axis("fund.STATE", 40, 110), axis("score.B.value", 40, 60, 80))
    return sweep(THREE, SweepPlan(axes, design), EXACT)


@cache
def drawn() -> Simulation:
    return simulate(THREE, what_varies(THREE, spreads=SPREADS), 40, EXACT)


@cache
def traced(*names: str) -> Frontier:
    return trace(GOALS, objectives=names or ("autonomy", "resilience"), resolution=0)


def money() -> Document:
    world = case(option("A", 10, 50), option("B", 2, 4), option("C", 3, 8), funds=(fund(2027, 12),))
    found = sweep(world, money_plan(world), EXACT)
    return sweep_document(found, worth_of_money(found))


def robust() -> Document:
    return robustness_document(robustness(GOALS, weights=INTERVALS))


DOCUMENTS: dict[str, Callable[[], Document]] = {
    "sweep": lambda: sweep_document(swept()),
    "grid": lambda: sweep_document(swept(Design.GRID)),
    "money": money,
    "draws": lambda: draws_document(drawn(), sensitivity(drawn(), 16, inputs=2, best=False)),
    "robustness": robust,
    "frontier": lambda: frontier_document(traced()),
    "three measures": lambda: frontier_document(traced("autonomy", "resilience", "openness")),
}


def section(document: Document, name: str) -> Section:
    return next(found for found in document.shown(Medium.WORKBOOK) if found.name == name)


def charts(document: Document, name: str) -> tuple[Chart, ...]:
    return section(document, name).of(Chart)


@pytest.mark.parametrize("ending", WRITERS)
@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_study_becomes_a_file(name: str, ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"study{ending}"

    written = writer(path)(DOCUMENTS[name](), path)

    assert written.path == path
    assert path.stat().st_size > 100


@pytest.mark.parametrize(
    ("name", "findings"),
    [
        (
            "sweep",
            {
                "Sweep": "Over all points the best plan is worth between 20.00 and 130.00 points.",
                "Tornado": "fund.STATE moves the objective most: from 20.00 to 130.00 points.",
                "Options": "0 options are in every plan; in some only: A, B and C.",
            },
        ),
        (
            "money",
            {
                "One more million": (
                    "One million more is surely worth most in STATE 2027: 4.00 points."
                ),
                "Sweep": "Over all points the best plan is worth between 4.00 and 62.00 points.",
                "Options": "0 options are in every plan; in some only: A, B and C.",
            },
        ),
        (
            "frontier",
            {
                "Frontier": (
                    "3 points between autonomy and resilience: from 10.0 and 90.0 to 90.0 and 10.0."
                ),
                "What changes": (
                    "The steps to points 2 and 3 are exchanges: some leave for others to enter."
                ),
            },
        ),
        (
            "three measures",
            {
                "Frontier": "3 points between autonomy, resilience and openness.",
                "Options": "No option is in all plans listed.",
            },
        ),
    ],
)
def test_each_section_has_its_finding(name: str, findings: dict[str, str]) -> None:
    shown = DOCUMENTS[name]().shown(Medium.SLIDES)

    assert {found.name: found.message for found in shown} == findings


@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_stands_above_a_chapter_is_not_repeated_in_it(name: str) -> None:
    document = DOCUMENTS[name]()

    for found in document.shown(Medium.TEXT):
        assert all(found.message not in block.texts for block in found.of(Sentences))
    assert any(
        found.message in block.texts
        for found in document.shown(Medium.WORKBOOK)
        for block in found.of(Sentences)
    ) or all(found.message in found.leads for found in document.shown(Medium.WORKBOOK)[:1])


def test_numbers_varied_alone_have_curves_of_their_own_points() -> None:
    document = sweep_document(swept())
    first, second = charts(document, "Sweep")

    # 40 buys C, 110 A and B; B worth 40 or 60 leaves A and C for 100, worth 80 B and C
    (curve,) = first.series
    assert document.numbers(curve.across or ()) == (40, 110)
    assert document.numbers(curve.values) == (20, 130)
    (curve,) = second.series
    assert document.numbers(curve.across or ()) == (40, 60, 80)
    assert document.numbers(curve.values) == pytest.approx((90, 90, 100))


def test_a_tornado_says_what_each_number_does_alone() -> None:
    document = sweep_document(swept())
    (chart,) = charts(document, "Tornado")

    # against 90 as things stand
    low, high = (document.numbers(series.values) for series in chart.series)
    assert document.names(chart.categories) == ("fund.STATE", "score.B.value")
    assert low == pytest.approx((-70, 0))
    assert high == pytest.approx((40, 10))


def test_a_grid_has_a_curve_for_each_value_of_the_first_number() -> None:
    document = sweep_document(swept(Design.GRID))
    (chart,) = charts(document, "Sweep")

    poor, rich = chart.series
    assert (poor.name, rich.name) == ("fund.STATE = 40", "fund.STATE = 110")
    assert document.numbers(poor.values) == (20, 20, 20)
    assert document.numbers(rich.values) == pytest.approx((110, 130, 150))


def test_a_changed_objective_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "sweep.xlsx"
    meant = render(sweep_document(swept()), path, datetime(2027, 1, 1, tzinfo=UTC))
    verify(path, meant)

    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(b"<v>130</v>", b"<v>131</v>", 1)
    with ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)

    with pytest.raises(OutputError, match=r"read back differently: Sweep!D7"):
        verify(path, meant)


def test_a_histogram_counts_every_draw() -> None:
    document = draws_document(drawn())
    (chart,) = charts(document, "Draws")

    nominal, best = (document.numbers(series.values) for series in chart.series)
    assert sum(number or 0 for number in best) == 40
    assert 0 < sum(number or 0 for number in nominal) < 40  # costs only rise: it may not hold
    assert len(document.names(chart.categories)) == 12


def test_regret_is_told_as_no_less_than_it_is() -> None:
    told = 0
    for seed in range(4):
        found = simulate(THREE, what_varies(THREE, spreads=SPREADS, seed=seed), 10, EXACT)
        least = found.least_regret
        regret = None if least is None else found.regret(least)
        for sentence in regret_sentences(found):
            worst = re.search(r"at most ([\d.]+) points", sentence)
            if worst is not None:
                told += 1
                assert regret is not None
                assert float(worst[1]) >= regret.worst[1] - 1e-9

    assert told


@pytest.mark.parametrize(
    ("common", "says"), [(0, []), (0.5, ["50 % of the uncertainty of costs is shared"])]
)
def test_costs_are_said_to_overrun_together_where_they_share_something(
    common: float, says: list[str]
) -> None:
    uncertain = what_varies(THREE, spreads=SPREADS, common=common)

    sentences = assumptions(simulate(THREE, uncertain, 2, EXACT))

    assert [
        sentence.partition(":")[0] for sentence in sentences if "overrun together" in sentence
    ] == says


def test_what_causes_the_spread_is_drawn_from_nothing_to_all() -> None:
    document = DOCUMENTS["draws"]()
    worth, holds = charts(document, "What causes the spread")

    assert (worth.most, holds.most) == (100, 100)
    for chart in (worth, holds):
        together, alone = (document.numbers(series.values) for series in chart.series)
        assert all((one or 0) <= (all_ or 0) for one, all_ in zip(alone, together, strict=True))
    finding = section(document, "What causes the spread").message
    assert finding.startswith("What the plan as things stand is worth is spread by ")


def test_points_are_marked_by_whether_weights_find_them_and_the_own_plan_by_its_name() -> None:
    document = frontier_document(traced())
    (chart,) = charts(document, "Frontier")

    # B has 45 of both; half way from (10, 90) to (90, 10) lies (50, 50)
    joined, full, light, own = chart.series
    assert [series.role for series in chart.series] == [
        Role.JOINED,
        Role.MAIN,
        Role.LIGHT,
        Role.ALONE,
    ]
    assert joined.across == (10, 45, 90)
    assert joined.values == (90, 45, 10)
    assert full.values == (90, None, 10)
    assert light.values == (None, 45, None)
    assert (own.across, own.values) == ((45,), (45,))


def test_every_point_stands_in_one_band_of_the_third_measure() -> None:
    document = DOCUMENTS["three measures"]()
    (chart,) = charts(document, "Frontier")

    # openness 70, 10 and 40, in three bands of 20
    assert [series.name for series in chart.series] == [
        "openness 10.0 to 30.0",
        "openness 30.0 to 50.0",
        "openness 50.0 to 70.0",
        "Own plan",
    ]
    bands = [document.numbers(series.values) for series in chart.series[:-1]]
    assert [[n for n, value in enumerate(band) if value is not None] for band in bands] == [
        [1],
        [2],
        [0],
    ]


def test_an_unfinished_frontier_promises_no_more_than_is_proved() -> None:
    found = replace(traced(), complete=False, stop=Stop.TIME_LIMIT, reached=None)

    document = frontier_document(found)

    assert document.proof == (
        "Not complete: stopped before all points were found. Other points may exist."
    )
    assert "Complete" not in " ".join(section(document, "Frontier").leads)  # type: ignore[arg-type]


def test_a_plan_that_breaks_a_demand_is_not_told() -> None:
    found = traced()
    point = found.points[0]
    broken = replace(
        point,
        recount=replace(point.recount, violations=(Violation(RowName("one"), "1 more than 0"),)),
    )

    with pytest.raises(AuditError):
        frontier_document(replace(found, points=(broken,)))


def test_robustness_finds_its_competitors_and_what_nothing_beats() -> None:
    shown = {found.name: found.message for found in robust().shown(Medium.SLIDES)}

    assert shown["Competitors"].startswith("It has ")
    assert shown["Unbeaten plans"].endswith("over all these weights: proved.")


def test_robustness_draws_what_another_decision_may_gain_and_where_plans_cross() -> None:
    document = robust()
    (regret,) = charts(document, "Robustness")
    (worth,) = charts(document, "Unbeaten plans")

    # The own plan is B. At 20 % autonomy, 40 % each of the others, it is worth 31 and C 66; at 50 %,
    # 25 % each, it is worth 36.25 and A 57.5.
    assert document.names(regret.categories) == ("B", "A", "C")
    assert document.numbers(regret.series[0].values) == pytest.approx((35, 21.25, 35))
    # A is worth 38 and 57.5 at the two ends, C 66 and 45
    assert [document.numbers(series.across or ()) for series in worth.series] == [(20, 50)] * 2
    assert sorted(document.numbers(series.values) for series in worth.series) == [
        pytest.approx((38, 57.5)),
        pytest.approx((66, 45)),
    ]
    assert worth.across == "weight of autonomy, %"


def test_a_plan_that_nothing_beats_has_no_chart_of_what_another_may_gain() -> None:
    # A is more for less than B under any weights
    world = case(
        option("A", 10, {"value": 90, "holding": 80}),
        option("B", 10, {"value": 10, "holding": 20}),
        funds=(fund(2027, 10),),
        objectives=GOALS.model.objectives[:2],
        criteria=(criterion("value"), criterion("holding", objective="resilience")),
    )
    sure = robustness(world, weights=INTERVALS)

    assert all(not found.of(Chart) for found in robustness_document(sure).sections)


def test_points_of_a_sample_are_drawn_over_each_number() -> None:
    axes = (
        Axis("fund.STATE", Decimal(40), Decimal(110)),
        Axis("budget", Decimal("0.5"), Decimal(1)),
    )
    found = sweep(THREE, SweepPlan(axes, Design.SOBOL, points=4), EXACT)
    document = sweep_document(found)

    money, budget = charts(document, "Sweep")

    for chart, name in ((money, "fund.STATE"), (budget, "budget")):
        (series,) = chart.series
        assert document.numbers(series.across or ()) == pytest.approx(found.arrays[name])
        assert document.numbers(series.values) == pytest.approx(found.arrays["objective"])
    # numbers along an axis bear their unit
    assert money.across == "fund.STATE, million"
    assert budget.across == "budget, share of the money of every fund"


def test_an_answer_without_a_table_is_its_sentences_as_csv(tmp_path: Path) -> None:
    nothing = trace(
        case(option("A", 60, 70, decision=Decision.MUST), funds=(fund(2027, 50),)),
        objectives=("autonomy", "cost"),
    )
    path = tmp_path / "frontier.csv"

    writer(path)(frontier_document(nothing), path)

    assert path.read_text("utf-8-sig").splitlines() == [
        '"Answer"',
        (
            "No plan meets all demands at once: proved. choosebattles solve FILE names the cells that "
            "cannot all hold."
        ),
    ]


@pytest.mark.parametrize(("low", "high", "word"), [("0.3", "0", "less"), ("0", "0.3", "more")])
def test_what_draws_bring_beyond_chance_is_told(low: str, high: str, word: str) -> None:
    # Scores can only fall, or only rise: 40 draws tell that from chance, a single one would not.
    uncertain = what_varies(THREE, spreads=[Spread("score", Decimal(low), Decimal(high))])
    found = simulate(THREE, uncertain, 40, EXACT)
    off = abs((found.nominal.value or 0) - found.promised.mean())
    assert 1.96 * found.promised.std() / 40**0.5 < off < 1.96 * found.promised.std()

    told = next(line for line in draws_sentences(found) if line.startswith("It promises"))

    assert told.endswith(f": expect {off:.2f} points {word} than promised.")
