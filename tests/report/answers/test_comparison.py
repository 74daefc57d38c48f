"""Comparisons as documents: their numbers and their findings."""

from dataclasses import replace
from typing import Any

import pytest

from choosebattles.case.case import Case
from choosebattles.case.limit import Metric
from choosebattles.explain.comparison import compare
from choosebattles.explain.comparison_results import Answers, EarlierAnswer
from choosebattles.report.answers import comparison, comparison_of_answers
from choosebattles.report.document import Document, Medium, Section, Table, raw
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import Stop
from small_cases import case, fund, limit, option


def sections(document: Document) -> dict[str, Section]:
    return {section.name: section for section in document.shown(Medium.WORKBOOK)}


def rows(section: Section) -> list[tuple[object, ...]]:
    (table,) = section.of(Table)
    return [tuple(raw(cell) for cell in row) for row in table.rows]


def world(money: int, title: str = "State budget", **facts: Any) -> Case:
    funds = (fund(2027, money, title=title),)
    return case(option("A", 6, 50), option("B", 4, 30), funds=funds, **facts)


def test_two_cases() -> None:
    # 10 buy both, worth 80; 7 buy A alone, worth 50
    document = comparison.document(compare(world(10), world(7, "State"), Options(gap=0)))
    there = sections(document)

    assert rows(there["Comparison"])[-2:] == [
        ("objective", 80, 50, -30),
        ("total cost", 10, 6, -4),
    ]
    assert there["Inputs"].message == "2 inputs differ; 1 can move the plan."
    assert there["Plan"].message == "1 investment is decided differently: proved."
    assert there["Undone"].message == (
        "Changes that, undone by themselves, bring back an earlier decision: 1 of 1."
    )


def test_a_decision_that_is_not_settled_is_not_called_proved() -> None:
    # 10 buy both, 4 buy B alone: A is decided otherwise
    found = compare(world(10), world(4), Options(gap=0))
    (decided,) = found.decisions
    assert decided.proved
    unsettled = replace(found, decisions=(replace(decided, proved=False),))
    plan = sections(comparison.document(unsettled))["Plan"]

    assert plan.message == "1 investment is decided differently, 0 of them proved."
    assert rows(plan)[0][5] == "not settled"
    assert rows(sections(comparison.document(found))["Plan"])[0][5] == "proved"


@pytest.mark.parametrize(
    ("stop", "note"),
    [
        (None, "not looked into: the time ran out"),
        (Stop.TIME_LIMIT, "not looked into: the time ran out"),
        (Stop.WORK_LIMIT, "not looked into: the work allowed was done"),
        (Stop.INFEASIBLE, ""),
    ],
)
def test_an_undo_without_a_plan_proves_none_possible(stop: Stop | None, note: str) -> None:
    """3 buy neither of the two, of which one is wanted: with 10 again there is a plan."""
    wanted = (limit(Metric.COUNT, minimum=1),)
    found = compare(world(10, limits=wanted), world(3, limits=wanted), Options(gap=0))
    (undone,) = found.undone
    assert comparison.undone_rows(found)[0].note == "once it is undone a plan is possible: proved"

    without = replace(undone, stop=stop, plan=None, recount=None, worth=None)
    assert comparison.undone_rows(replace(found, undone=(without,)))[0].note == note


def test_an_undo_after_which_nothing_is_possible() -> None:
    wanted = (limit(Metric.COUNT, minimum=1),)
    found = compare(world(3, limits=wanted), world(10, limits=wanted), Options(gap=0))

    assert [row.note for row in comparison.undone_rows(found)] == [
        "once it is undone no plan is possible: proved"
    ]


def test_what_moves_nothing_is_the_finding() -> None:
    document = comparison.document(compare(world(10), world(10, "State"), Options(gap=0)))

    assert sections(document)["Inputs"].message == (
        "1 input differs; no plan depends on what differs."
    )


def test_two_answers() -> None:
    one, two = (
        EarlierAnswer(
            name, "optimal", True, value, value, cost, starts=starts, indices={"autonomy": value}
        )
        for name, value, cost, starts in (
            ("one.json", 80.0, 10.0, {"A": 2027, "B": 2027}),
            ("two.json", 50.0, 6.0, {"A": 2028}),
        )
    )
    there = sections(comparison_of_answers.document(Answers(one, two), ("Go on.",)))

    assert rows(there["Comparison"]) == [
        ("autonomy", 80, 50, -30),
        ("objective", 80, 50, -30),
        ("total cost", 10, 6, -4),
    ]
    assert there["Plan"].message == "Options in both plans: 1 of 2."
    assert [row[-1] for row in rows(there["Plan"])] == ["starts in another year", "leaves"]
