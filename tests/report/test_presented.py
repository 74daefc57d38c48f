"""What is presented of a plan: the sections and their findings."""

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from choosebattles import __version__
from choosebattles.case.decision_model import ContingencyKind
from choosebattles.case.investment import Decision
from choosebattles.explain.price_of_left_out import prices
from choosebattles.frontier.trace import trace
from choosebattles.report.answers.presented.sections import Besides
from choosebattles.report.answers.presented.timeline import ROWS
from choosebattles.report.document import (
    Chart,
    Figures,
    HeatMap,
    Kind,
    Medium,
    Sentences,
    Shown,
    Table,
    Timeline,
    Tone,
)
from choosebattles.report.outputs.grid import TextGrid
from choosebattles.report.view_model import tell
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import Outcome, Stop
from choosebattles.solving.search_limits import SearchLimits
from choosebattles.solving.solve import solve
from report.outcomes import chosen, illyria, no_plan, outcome, shaken
from report.presented import crowded_outcome, grid, presented_of, said, section, sections
from small_cases import case, criterion, fund, investment, objective, option, plan


def _one() -> Outcome:
    world = case(option("CLOUD", 60, 70))
    return outcome(world, plan(world, "CLOUD"))


CASES: dict[str, Callable[[], Outcome]] = {
    "small": outcome,
    "shaken": lambda: outcome(shaken()),
    "crowded": crowded_outcome,
    "not proved": lambda: outcome(stop=Stop.TIME_LIMIT, proven=False, bound=80.0, gap=0.3),
    "one option": _one,
    "no plan": no_plan,
}


SLIDES, TEXT = Medium.SLIDES, Medium.TEXT


@pytest.mark.parametrize("name", CASES)
def test_every_message_is_a_sentence(name: str) -> None:
    for found in presented_of(CASES[name]()).sections:
        assert re.fullmatch(r"[A-Z0-9].*[.:]", found.message), found.message
        assert len(found.message.split()) > 3
        for sentence in said(found):
            assert sentence.rstrip().endswith((".", ":")), sentence


@pytest.mark.parametrize("name", CASES)
def test_tables_are_whole(name: str) -> None:
    document = presented_of(CASES[name]())
    tables = list(document.tables())
    assert len({table.name for table in tables}) == len(tables)
    for table in tables:
        for row in (*table.rows, *table.totals):
            assert len(row) == len(table.columns), table.name


def test_six_to_ten_slides() -> None:
    for name, held in CASES.items():
        slides = presented_of(held()).shown(SLIDES)
        assert (2 if name == "no plan" else 6) <= len(slides) <= 10


def test_the_decision_leads() -> None:
    document = presented_of(outcome())
    first = document.sections[0]
    (figures,) = first.of(Figures)

    assert first.message == "Approve 6 of 11 investments for 9.6 of 15.5 million EUR."
    assert [(figure.name, figure.number) for figure in figures.figures] == [
        ("autonomy", "29.4"),
        ("resilience", "53.1"),
        ("Money left, million EUR", "5.9"),
    ]
    assert figures.figures[0].levels is not None
    assert document.illustrative
    assert (
        document.origin == f"illyria.xlsx (5f70bf18a086) · choosebattles {__version__} · 2026-11-22"
    )


def test_the_timeline_counts_starts() -> None:
    slide = section(presented_of(outcome()), SLIDES, "Priorities and timeline")
    (drawn,) = slide.of(Timeline)

    assert slide.message == "4 of 6 investments start in 2026, the last in 2030."
    assert drawn.years == (2026, 2027, 2028, 2029, 2030)
    cloud = next(bar for bar in drawn.bars if bar.amount == "3.4")
    assert (cloud.start, cloud.builds, cloud.works) == (2026, (2026, 2026), (2027, 2030))


def test_what_has_no_room_on_two_slides_stands_together() -> None:
    document = presented_of(crowded_outcome())
    (whole,) = section(document, TEXT, "Priorities and timeline").of(Timeline)
    slides = [
        drawn
        for found in sections(document, SLIDES, "Priorities and timeline")
        for drawn in found.of(Timeline)
    ]

    assert len(slides) == 2
    assert len(whole.bars) == 48
    shown = [bar for drawn in slides for bar in drawn.bars]
    assert len(shown) <= 2 * ROWS
    together = [bar for bar in shown if bar.together]
    assert together
    counted = sum(int(bar.name.removesuffix(" more")) for bar in together)
    assert counted + len(shown) - len(together) == 48
    cost = sum(Decimal(bar.amount) for bar in shown)
    assert cost == pytest.approx(sum(Decimal(bar.amount) for bar in whole.bars), abs=Decimal("0.5"))


def test_money_adds_up_to_what_is_available() -> None:
    for found in (outcome(), outcome(shaken()), crowded_outcome()):
        document = presented_of(found)
        text = section(document, TEXT, "Money by year and fund")
        (chart,) = text.of(Chart)
        parts = [document.numbers(series.values) for series in chart.series]
        by_year = [sum(number or 0 for number in numbers) for numbers in zip(*parts, strict=True)]
        available: dict[str, float] = {}
        (_funds, table) = text.of(Table)
        for row in TextGrid.of(table, document.decimals).rows:
            available[row[1]] = available.get(row[1], 0) + float(row[2].replace(",", ""))
        assert by_year == pytest.approx(list(available.values()), abs=0.01)


def test_a_reserve_is_a_part_of_the_picture() -> None:
    world = case(option("CLOUD", 60, 70), funds=(fund(2027, 100),))
    model = world.model.model_copy(
        update={"contingency": ContingencyKind.FLAT, "contingency_amount": 0.1}
    )
    found = solve(world.model_copy(update={"model": model}), Options(gap=0))
    (chart,) = section(presented_of(found), SLIDES, "Money by year and fund").of(Chart)

    assert [series.name for series in chart.series] == ["STATE, planned", "held in reserve", "left"]


def test_what_keeps_working_is_told_before_and_after() -> None:
    slide = section(presented_of(outcome(shaken())), SLIDES, "What keeps working")
    (drawn,) = slide.of(HeatMap)

    assert slide.message.startswith("In 2030 every service works in full in ")
    assert 'The worst that remains: under "Foreign legal order"' in slide.message
    answer = tell(outcome(shaken())).answer
    assert answer is not None
    for row in answer.services:
        line, place = drawn.rows.index(row.shock_title), drawn.columns.index(row.title)
        assert drawn.before[line][place] == row.before
        assert drawn.after[line][place] == row.after
    assert [min(row) for row in drawn.after] == sorted(min(row) for row in drawn.after)


def test_without_shocks_there_is_no_such_section() -> None:
    assert not sections(presented_of(outcome()), TEXT, "What keeps working")


def test_what_is_left_out_has_a_reason_and_a_price() -> None:
    found = solve(illyria(), Options(gap=0))
    besides = Besides(prices=prices(found, gap=0, limits=SearchLimits(), watch=lambda _line: None))
    document = presented_of(found, besides)
    table = grid(section(document, TEXT, "Left out"), document)
    assert table.heads[4] == "Price of taking it"
    cells = {row[0]: row[4:] for row in table.rows}

    # Nobody may search for what is marked never; a plan with ROUTE does not exist, it costs 19.
    assert cells["HYPER"] == ("not known", "Marked never: Parliament's decision of 2025.")
    assert cells["ROUTE"][0] == "cannot be taken: proved"
    # The link is worth nothing, so taking it costs no points where money is left.
    assert cells["LINK"][0] == "nothing"


def test_prices_are_what_another_search_finds() -> None:
    # 60 + 40 = 100 is best, 70 + 20 = 90 points. With CSIRT, 50 + 40: 60 + 20 = 80, so 10 less.
    world = case(
        option("CLOUD", 60, 70),
        option("CSIRT", 50, 60),
        option("LAW", 40, 20),
        funds=(fund(2027, 100),),
    )
    found = solve(world, Options(gap=0))

    known = prices(found, gap=0, limits=SearchLimits(), watch=lambda _line: None)

    assert set(known) == {"CSIRT"}
    assert known["CSIRT"] == pytest.approx((10, 10), abs=1e-6)


def test_what_is_left_out_is_told_by_its_cost() -> None:
    # LAW costs 1, CSIRT 60 of the 0 that are left.
    world = case(
        option("CLOUD", 60, 70),
        option("LAW", 1, 20, decision=Decision.NEVER),
        option("CSIRT", 60, 30),
        funds=(fund(2027, 60),),
    )

    document = presented_of(outcome(world, chosen(world, "CLOUD")))
    left = section(document, SLIDES, "Left out")

    assert left.message == (
        "2 of 3 investments are left out; the dearest is Csirt, which would cost 60.0 million."
    )
    assert grid(left, document).rows == (
        ("Csirt", "60.0", "The money left cannot pay for it."),
        ("Law", "1.0", "Marked never: decided before."),
    )


def test_all_taken_is_said() -> None:
    document = presented_of(_one())
    left = section(document, TEXT, "Left out")

    assert left.message == "The one investment of the workbook is taken."
    assert not any(table.rows for table in left.of(Table))
    assert not sections(document, SLIDES, "Left out")


def test_what_is_not_proved_is_not_called_so() -> None:
    document = presented_of(CASES["not proved"]())
    first = section(document, SLIDES, "The decision")
    proof = section(document, TEXT, "What is proved")

    assert proof.message.startswith("Not proved, because the time ran out")
    assert proof.message in said(first)
    assert "the best plan found takes" in " ".join(said(document.sections[0]))


def test_no_plan_says_why_and_what_to_try() -> None:
    first, second, where_from = presented_of(no_plan()).sections

    assert (
        first.message == "With 15.5 million EUR over 2026-2030 no plan meets all demands at once."
    )
    assert second.name == "Conflict"
    assert said(second)
    assert where_from.name == "Where it comes from"


def test_what_more_would_bring_is_told_where_it_was_tested() -> None:
    found = solve(illyria(), Options(gap=0, binding=3600))
    without = replace(found, binding=())

    def titles(held: Outcome) -> list[str]:
        blocks = section(presented_of(held), TEXT, "What must be true").of(Sentences)
        return [block.title for block in blocks if block.texts]

    assert found.binding
    assert "What more would bring" in titles(found)
    assert "What more would bring" not in titles(without)


def test_a_plan_of_nothing_has_no_empty_slide() -> None:
    world = case(option("CLOUD", 700, 60), funds=(fund(2027, 100),))
    document = presented_of(solve(world, Options(gap=0)))

    assert not sections(document, SLIDES, "Priorities and timeline")
    changes = section(document, SLIDES, "What the plan changes")
    assert not changes.of(Chart)
    assert grid(changes, document).rows


def test_money_carried_over_is_counted_once() -> None:
    # 10 + 10, of which 5 and 15 are spent: 5 of 2027 are carried over, and nothing is left.
    saved = case(option("CLOUD", (5, 15), 60), funds=(fund(2027, 10, 10, carry_over=1),), years=2)
    document = presented_of(solve(saved, Options(gap=0)))
    money = section(document, SLIDES, "Money by year and fund")

    assert money.message == "The plan spends 20.0 of 20.0 million."
    assert grid(money, document).rows == (("STATE", "20.0", "20.0", "0"),)
    assert "STATE: All of it is used." in said(money)


def test_options_are_called_by_their_titles_in_sentences() -> None:
    cloud, csirt = option("CLOUD", 60, 70), option("CSIRT", 5, 40)
    named = cloud.model_copy(update={"title": "Government cloud"})
    other = csirt.model_copy(update={"title": "Response team"})
    world = case(named, other)
    document = presented_of(outcome(world, plan(world, "CLOUD")))

    _works, dear = said(section(document, TEXT, "Priorities and timeline"))
    assert dear == "It costs, in million: Government cloud 60.0."
    assert section(document, SLIDES, "Left out").message == (
        "1 of 2 investments is left out: Response team, which would cost 5.0 million."
    )


def test_a_trade_off_promises_no_more_than_is_proved() -> None:
    world = case(
        option("CLOUD", 60, {"a": 30, "r": 20}),
        option("CSIRT", 60, {"a": 10, "r": 50}),
        funds=(fund(2027, 100),),
        objectives=(objective("autonomy"), objective("resilience")),
        criteria=(criterion("a", 1, "autonomy"), criterion("r", 1, "resilience")),
    )
    found = trace(world, resolution=0.5)
    assert found.complete
    held = solve(world, Options(gap=0))

    traced = section(presented_of(held, Besides(found)), SLIDES, "Trade-off")
    assert traced.message == (
        "To raise autonomy from 10.0 to 30.0, resilience would have to go down from 50.0 to 20.0."
    )
    partly = Besides(replace(found, complete=False))
    assert not sections(presented_of(held, partly), SLIDES, "Trade-off")
    traced = section(presented_of(held, partly), TEXT, "Trade-off")
    assert traced.message.startswith("As far as was searched, plans reach from autonomy ")
    assert traced.of(Chart)[0].series[0].name == "plans found so far"


def test_owners_are_told_what_they_start_and_when() -> None:
    cloud = option("CLOUD", 10, 70).model_copy(update={"title": "Government cloud"})
    world = case(
        investment("CLOUD", cloud, owner="Digital agency"),
        option("CSIRT", 5, 40),
        option("LAW", 1, 20, earliest_start=2028),
        years=3,
        funds=(fund(2027, 60, 60, 60),),
    )
    held = outcome(world, chosen(world, ("CLOUD", 2027), ("CSIRT", 2027), ("LAW", 2028)))
    document = presented_of(held)
    steps = section(document, SLIDES, "Next steps")

    assert steps.message == (
        "2 investments start in 2027 under 1 owner; an owner must be named for 1."
    )
    assert grid(steps, document).rows == (
        ("Digital agency", "Government cloud", "10.0", ""),
        ("no owner named", "Csirt", "5.0", "Law (2028)"),
    )


def test_a_rest_is_never_the_largest_step_of_a_waterfall() -> None:
    # 14 investments of one point and one of four; two pillars, so a step each: 4 + 7 and 7.
    small = [
        investment(f"S{n}", option(f"S{n}", 1, 1), pillar="law" if n % 2 else "cloud")
        for n in range(14)
    ]
    large = investment("BIG", option("BIG", 1, 4), pillar="cloud")
    world = case(*small, large, funds=(fund(2027, 60),))
    held = outcome(world, chosen(world, *((name, 2027) for name in world.options)))
    slide = section(presented_of(held), SLIDES, "What the plan changes")
    (chart,) = slide.of(Chart)

    assert chart.categories == ("before", "cloud (8)", "law (7)", "after")
    assert slide.message.endswith("; the largest step is cloud (8), +11.0.")


def test_what_lowers_the_objective_is_explained() -> None:
    world = case(
        option("CLOUD", 10, 70),
        option("TAX", 1, -5, decision=Decision.MUST),
        funds=(fund(2027, 60),),
    )
    held = outcome(world, plan(world, "CLOUD", "TAX"))

    assert "Tax takes 5.0 points; it is in because it is marked must." in said(
        section(presented_of(held), SLIDES, "What the plan changes")
    )


def test_numbers_stay_behind_names_from_right_to_left() -> None:
    named = option("CLOUD", 60, 70).model_copy(update={"title": "\u05e2\u05e0\u05df"})
    world = case(named, country="\u05e2\u05d9\u05e8", funds=(fund(2027, 60),))
    document = presented_of(outcome(world, plan(world, "CLOUD")))

    assert document.title.startswith("\u05e2\u05d9\u05e8\u200e, 2027")
    assert (
        "\u05e2\u05e0\u05df\u200e 60.0"
        in said(section(document, TEXT, "Priorities and timeline"))[1]
    )


def test_a_map_in_words_tells_what_changes_and_by_how_much() -> None:
    drawn = HeatMap("Kept", "Shock", ("Siege",), ("Tax", "Tax"), ((0.3, 1),), ((0.996, 1),), "says")

    table = drawn.table()
    assert [column.title for column in table.columns] == ["Shock", "Tax", "Tax (2)"]
    assert table.rows == [
        (
            "Siege",
            Shown("30 → more than 99 %", Kind.NAME, Tone.KEPT, 0.996),
            Shown("100 %", Kind.NAME, Tone.KEPT, 1),
        )
    ]
