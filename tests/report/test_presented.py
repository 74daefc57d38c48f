"""What is presented of a plan: the sections and their findings."""

import re
from dataclasses import replace

import pytest

from choosebattles import __version__
from choosebattles.case.decision_model import ContingencyKind
from choosebattles.case.investment import Decision
from choosebattles.explain.price_of_left_out import prices
from choosebattles.frontier.trace import trace
from choosebattles.report.answers.presented.sections import Besides
from choosebattles.report.document import Chart, Figures, Medium, Table
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import Outcome, Stop
from choosebattles.solving.search_limits import SearchLimits
from choosebattles.solving.solve import solve
from report.outcomes import illyria, no_plan, outcome, shaken
from report.presented import crowded_outcome, grid, presented_of, said, section, sections
from small_cases import case, criterion, fund, objective, option, plan


def _one() -> Outcome:
    world = case(option("CLOUD", 60, 70))
    return outcome(world, plan(world, "CLOUD"))


CASES = {
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

    assert first.message.startswith("With 15.5 million EUR over 2026-2030 the best plan takes 6 of")
    assert [(figure.name, figure.number) for figure in figures.figures] == [
        ("Cost, million EUR", "9.6"),
        ("autonomy", "29.4"),
        ("resilience", "53.1"),
        ("Objective (weighted sum)", "38.9"),
    ]
    assert document.illustrative
    assert (
        document.origin == f"illyria.xlsx (5f70bf18a086) · choosebattles {__version__} · 2026-11-22"
    )


def test_the_timeline_counts_starts() -> None:
    document = presented_of(outcome())
    slide = section(document, SLIDES, "Priorities and timeline")
    bars = grid(slide, document)

    assert slide.message == "4 investments start in 2026, 1 in 2027 and 1 in 2030."
    assert bars.heads == (
        "Option", "What it is", "2026", "2027", "2028", "2029", "2030", "Cost"
    )  # fmt: skip
    cloud = next(row for row in bars.rows if row[0] == "CLOUD.S")
    assert cloud[2:] == ("builds", "runs", "runs", "runs", "runs", "3.40")


def test_options_beyond_two_slides_are_counted() -> None:
    document = presented_of(crowded_outcome())
    first, second = sections(document, SLIDES, "Priorities and timeline")
    (text,) = sections(document, TEXT, "Priorities and timeline")

    assert len(grid(first, document).rows) == len(grid(second, document).rows) == 16
    assert second.of(Table)[0].note.startswith("16 more, together ")
    assert len(grid(text, document).rows) == 48


def test_money_adds_up_to_what_is_available() -> None:
    for found in (outcome(), outcome(shaken()), crowded_outcome()):
        document = presented_of(found)
        text = section(document, TEXT, "Money by year and fund")
        (chart,) = text.of(Chart)
        parts = [document.numbers(series.values) for series in chart.series]
        by_year = [sum(number or 0 for number in numbers) for numbers in zip(*parts, strict=True)]
        available: dict[str, float] = {}
        for row in grid(text, document).rows:
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
    document = presented_of(outcome(shaken()))
    slide = section(document, SLIDES, "What keeps working")

    assert slide.message.startswith('The worst that remains: under "Foreign legal order"')
    assert grid(slide, document).rows[0] == ("Identity card", "30 %", "32 %")


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


def test_what_is_marked_never_is_not_told_as_the_best() -> None:
    # LAW is worth most for its money, 20 points for 1; it is marked never, so CSIRT comes first.
    world = case(
        option("CLOUD", 60, 70),
        option("CSIRT", 50, 30),
        option("LAW", 1, 20, decision=Decision.NEVER),
        funds=(fund(2027, 60),),
    )

    left = section(presented_of(outcome(world, plan(world, "CLOUD"))), SLIDES, "Left out")

    assert left.message == (
        "2 of 3 investments are left out; the first by worth for money that is not marked "
        "never is CSIRT."
    )


def test_all_taken_is_said() -> None:
    left = section(presented_of(_one()), SLIDES, "Left out")

    assert left.message == "The one investment of the workbook is taken."
    assert not any(table.rows for table in left.of(Table))


def test_what_is_not_proved_is_not_called_so() -> None:
    document = presented_of(CASES["not proved"]())
    first = document.sections[0]

    assert "the best plan found takes" in first.message
    proof = section(document, TEXT, "What is proved")
    assert proof.message.startswith("Not proved, because the time ran out")
    assert first.of(Figures)[0].figures[-1].says.endswith("not proved to be the best")


def test_no_plan_says_why_and_what_to_try() -> None:
    first, second, where_from = presented_of(no_plan()).sections

    assert (
        first.message == "With 15.5 million EUR over 2026-2030 no plan meets all demands at once."
    )
    assert second.name == "Conflict"
    assert said(second)
    assert where_from.name == "Where it comes from"


def test_what_binds_is_told_where_it_was_tested() -> None:
    found = solve(illyria(), Options(gap=0, binding=3600))
    without = replace(found, binding=())

    assert bool(sections(presented_of(found), TEXT, "What binds")) == bool(found.binding)
    assert not sections(presented_of(without), TEXT, "What binds")


def test_little_that_binds_has_no_slide_of_its_own() -> None:
    found = solve(illyria(), Options(gap=0, binding=3600))
    for number in (1, 2, 3):
        document = presented_of(replace(found, binding=(found.binding * 3)[:number]))
        bound = section(document, TEXT, "What binds")
        last = document.shown(SLIDES)[-1]
        assert bool(sections(document, SLIDES, "What binds")) == (number > 2)
        assert (bound.message in said(last)) == (number <= 2)


def test_a_plan_of_nothing_has_no_empty_slide() -> None:
    world = case(option("CLOUD", 700, 60), funds=(fund(2027, 100),))
    document = presented_of(solve(world, Options(gap=0)))

    assert not sections(document, SLIDES, "Priorities and timeline")
    changes = section(document, SLIDES, "What the plan changes")
    assert not changes.of(Chart)
    assert grid(changes, document).rows


def test_a_year_of_the_money_slide_adds_up() -> None:
    saved = case(option("CLOUD", (5, 15), 60), funds=(fund(2027, 10, 10, carry_over=1),), years=2)
    document = presented_of(solve(saved, Options(gap=0)))
    table = grid(section(document, SLIDES, "Money by year and fund"), document)
    assert table.heads == ("Year", "Available", "Planned", "Set aside", "Left")
    assert table.rows[0] == ("2027", "10.0", "5.0", "5.0", "0")
    for row in table.rows:
        available, *parts = map(float, row[1:])
        assert sum(parts) == available


def test_options_are_called_by_their_titles_in_sentences() -> None:
    cloud, csirt = option("CLOUD", 60, 70), option("CSIRT", 5, 40)
    named = cloud.model_copy(update={"title": "Government cloud"})
    other = csirt.model_copy(update={"title": "Response team"})
    world = case(named, other)
    document = presented_of(outcome(world, plan(world, "CLOUD")))

    first, *_others = said(section(document, SLIDES, "Priorities and timeline"))
    assert first == "It costs, in million: Government cloud (CLOUD) 60.0."
    assert section(document, SLIDES, "Left out").message == (
        "1 of 2 investments is left out: Response team (CSIRT)."
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
    traced = section(presented_of(held, partly), SLIDES, "Trade-off")
    assert traced.message.startswith("As far as was searched, plans reach from autonomy ")
    assert traced.of(Chart)[0].series[0].name == "plans found so far"
