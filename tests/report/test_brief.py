"""What is presented: the chapters and their messages."""

import re
from dataclasses import replace

import pytest

from choosebattles import __version__
from choosebattles.case.decision_model import ContingencyKind
from choosebattles.case.investment import Decision
from choosebattles.frontier.trace import trace
from choosebattles.report.brief.brief import Asked
from choosebattles.report.brief.prices import prices
from choosebattles.report.brief.shapes import Brief, Chapter, Topic
from choosebattles.solving.method import solve
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import Outcome, Stop
from report.outcomes import illyria, no_plan, outcome, shaken
from report.presented import brief_of, crowded_outcome
from worlds import case, criterion, fund, objective, option, plan


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


def chapter(brief: Brief, topic: Topic) -> Chapter:
    return next(each for each in brief.chapters if each.topic is topic)


@pytest.mark.parametrize("name", CASES)
def test_every_message_is_a_sentence(name: str) -> None:
    for each in brief_of(CASES[name]()).chapters:
        assert re.fullmatch(r"[A-Z0-9].*[.:]", each.message), each.message
        assert len(each.message.split()) > 3
        for sentence in each.sentences:
            assert sentence.rstrip().endswith((".", ":")), sentence


@pytest.mark.parametrize("name", CASES)
def test_tables_are_whole(name: str) -> None:
    for each in brief_of(CASES[name]()).chapters:
        for grid in (each.short, each.whole):
            if grid is not None:
                assert len(grid.widths) == len(grid.heads)
                assert all(len(row) == len(grid.heads) for row in grid.rows)
                assert not grid.shades or [len(row) for row in grid.shades] == [
                    len(grid.heads)
                ] * len(grid.rows)


def test_six_to_ten_slides() -> None:
    for name, held in CASES.items():
        slides = [each for each in brief_of(held()).chapters if each.slide]
        assert (2 if name == "no plan" else 6) <= len(slides) <= 10


def test_the_decision_leads() -> None:
    brief = brief_of(outcome())
    first = brief.chapters[0]

    assert first.message.startswith("With 15.5 million EUR over 2026-2030 the best plan takes 6 of")
    assert [(each.name, each.number) for each in first.tiles] == [
        ("Cost, million EUR", "9.6"),
        ("autonomy", "29.4"),
        ("resilience", "53.1"),
        ("Objective (weighted sum)", "38.9"),
    ]
    assert brief.label == "Illustrative figures"
    assert brief.origin == f"illyria.xlsx (5f70bf18a086) · choosebattles {__version__} · 2026-11-22"


def test_the_timeline_counts_starts() -> None:
    told = chapter(brief_of(outcome()), Topic.TIMELINE)

    assert told.message == "4 investments start in 2026, 1 in 2027 and 1 in 2030."
    assert told.short is not None
    assert told.short.heads == (
        "Option", "What it is", "2026", "2027", "2028", "2029", "2030", "Cost"
    )  # fmt: skip
    cloud = next(row for row in told.short.rows if row[0] == "CLOUD.S")
    assert cloud[2:] == ("builds", "runs", "runs", "runs", "runs", "3.40")


def test_options_beyond_two_slides_are_counted() -> None:
    slides = [each for each in brief_of(crowded_outcome()).chapters if each.topic is Topic.TIMELINE]
    first, second = slides
    assert first.short is not None
    assert second.short is not None

    assert len(first.short.rows) == len(second.short.rows) == 16
    assert second.short.more.startswith("16 more, together ")
    assert first.whole is not None
    assert len(first.whole.rows) == 48
    assert not second.document


def test_money_adds_up_to_what_is_available() -> None:
    for held in (outcome(), outcome(shaken()), crowded_outcome()):
        told = brief_of(held)
        picture = chapter(told, Topic.MONEY).picture
        by_year = [
            sum(values)
            for values in zip(*(each for _name, each in picture.parts), strict=True)  # type: ignore[union-attr]
        ]
        money = chapter(told, Topic.MONEY).whole
        assert money is not None
        available: dict[str, float] = {}
        for row in money.rows:
            available[row[1]] = available.get(row[1], 0) + float(row[2].replace(",", ""))
        assert by_year == pytest.approx(list(available.values()), abs=0.01)


def test_a_reserve_is_a_part_of_the_picture() -> None:
    world = case(option("CLOUD", 60, 70), funds=(fund(2027, 100),))
    model = world.model.model_copy(
        update={"contingency": ContingencyKind.FLAT, "contingency_amount": 0.1}
    )
    found = solve(world.model_copy(update={"model": model}), Options(gap=0))
    picture = chapter(brief_of(found), Topic.MONEY).picture

    names = [name for name, _values in picture.parts]  # type: ignore[union-attr]
    assert names == ["STATE, planned", "held in reserve", "left"]


def test_what_keeps_working_is_told_before_and_after() -> None:
    told = chapter(brief_of(outcome(shaken())), Topic.SERVICES)

    assert told.message.startswith('The worst that remains: under "Foreign legal order"')
    assert told.short is not None
    assert told.short.rows[0] == ("Identity card", "30 %", "32 %")


def test_without_shocks_there_is_no_such_chapter() -> None:
    assert Topic.SERVICES not in {each.topic for each in brief_of(outcome()).chapters}


def test_what_is_left_out_has_a_reason_and_a_price() -> None:
    found = solve(illyria(), Options(gap=0))
    asked = Asked(prices=prices(found, gap=0, seconds=3600, watch=lambda _line: None))
    told = chapter(brief_of(found, asked), Topic.LEFT_OUT)
    assert told.whole is not None
    assert told.whole.heads[4] == "Price of taking it"
    cells = {row[0]: row[4:] for row in told.whole.rows}

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

    told = prices(found, gap=0, seconds=3600, watch=lambda _line: None)

    assert set(told) == {"CSIRT"}
    assert told["CSIRT"] == pytest.approx((10, 10), abs=1e-6)


def test_what_is_marked_never_is_not_told_as_the_best() -> None:
    # LAW is worth most for its money, 20 points for 1; it is marked never, so CSIRT comes first.
    world = case(
        option("CLOUD", 60, 70),
        option("CSIRT", 50, 30),
        option("LAW", 1, 20, decision=Decision.NEVER),
        funds=(fund(2027, 60),),
    )

    told = chapter(brief_of(outcome(world, plan(world, "CLOUD"))), Topic.LEFT_OUT)

    assert told.message == (
        "2 of 3 investments are left out; the first by worth for money that is not marked "
        "never is CSIRT."
    )


def test_all_taken_is_said() -> None:
    told = chapter(brief_of(_one()), Topic.LEFT_OUT)

    assert told.message == "The one investment of the workbook is taken."
    assert told.short is None


def test_what_is_not_proved_is_not_called_so() -> None:
    brief = brief_of(CASES["not proved"]())

    assert "the best plan found takes" in brief.chapters[0].message
    assert chapter(brief, Topic.PROOF).message.startswith("Not proved, because the time ran out")
    assert brief.chapters[0].tiles[-1].says.endswith("not proved to be the best")


def test_no_plan_says_why_and_what_to_try() -> None:
    brief = brief_of(no_plan())
    first, second, where_from = brief.chapters

    assert (
        first.message == "With 15.5 million EUR over 2026-2030 no plan meets all demands at once."
    )
    assert second.topic is Topic.CONFLICT
    assert second.sentences
    assert where_from.topic is Topic.PROVENANCE


def test_what_binds_is_told_where_it_was_tested() -> None:
    found = solve(illyria(), Options(gap=0, binding=3600))
    topics = {each.topic for each in brief_of(found).chapters}

    assert (Topic.BINDING in topics) == bool(found.binding)
    assert Topic.BINDING not in {
        each.topic for each in brief_of(replace(found, binding=())).chapters
    }


def test_little_that_binds_has_no_slide_of_its_own() -> None:
    found = solve(illyria(), Options(gap=0, binding=3600))
    for number in (1, 2, 3):
        told = brief_of(replace(found, binding=(found.binding * 3)[:number]))
        bound = chapter(told, Topic.BINDING)
        last = next(each for each in told.chapters if each.topic is Topic.PROOF and each.slide)
        assert bound.document
        assert bound.slide == (number > 2)
        assert (bound.message in last.sentences) == (number <= 2)


def test_a_plan_of_nothing_has_no_empty_slide() -> None:
    world = case(option("CLOUD", 700, 60), funds=(fund(2027, 100),))
    told = brief_of(solve(world, Options(gap=0)))

    assert not chapter(told, Topic.TIMELINE).slide
    changes = chapter(told, Topic.INDICES)
    assert changes.picture is None
    assert changes.short is not None


def test_a_year_of_the_money_slide_adds_up() -> None:
    saved = case(option("CLOUD", (5, 15), 60), funds=(fund(2027, 10, 10, carry_over=1),), years=2)
    told = chapter(brief_of(solve(saved, Options(gap=0))), Topic.MONEY).short
    assert told is not None
    assert told.heads == ("Year", "Available", "Planned", "Set aside", "Left")
    assert told.rows[0] == ("2027", "10.0", "5.0", "5.0", "0.0")
    for row in told.rows:
        available, *parts = (float(each) for each in row[1:])
        assert sum(parts) == available


def test_options_are_called_by_their_titles_in_sentences() -> None:
    cloud, csirt = option("CLOUD", 60, 70), option("CSIRT", 5, 40)
    named = cloud.model_copy(update={"title": "Government cloud"})
    other = csirt.model_copy(update={"title": "Response team"})
    world = case(named, other)
    told = brief_of(outcome(world, plan(world, "CLOUD")))

    first = chapter(told, Topic.TIMELINE).sentences[0]
    assert first == "It costs, in million: Government cloud (CLOUD) 60.0."
    assert chapter(told, Topic.LEFT_OUT).message == (
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

    told = chapter(brief_of(held, Asked(found)), Topic.TRADE_OFF)
    assert told.message == (
        "To raise autonomy from 10.0 to 30.0, resilience would have to go down from 50.0 to 20.0."
    )
    told = chapter(brief_of(held, Asked(replace(found, complete=False))), Topic.TRADE_OFF)
    assert told.message.startswith("As far as was searched, plans reach from autonomy ")
    assert told.picture.series[0][0] == "plans found so far"  # type: ignore[union-attr]
