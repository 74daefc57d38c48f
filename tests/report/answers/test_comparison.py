"""Comparisons as documents: their numbers and their findings."""

from dataclasses import replace

from choosebattles.case.case import Case
from choosebattles.explain.comparison import compare
from choosebattles.explain.comparison_results import Answers, EarlierAnswer
from choosebattles.report.answers import comparison, comparison_of_answers
from choosebattles.report.document import Document, Medium, Section, Table, raw
from choosebattles.solving.options import Options
from small_cases import case, fund, option


def sections(document: Document) -> dict[str, Section]:
    return {section.name: section for section in document.shown(Medium.WORKBOOK)}


def rows(section: Section) -> list[tuple[object, ...]]:
    (table,) = section.of(Table)
    return [tuple(raw(cell) for cell in row) for row in table.rows]


def world(money: int, title: str = "State budget") -> Case:
    funds = (fund(2027, money, title=title),)
    return case(option("A", 6, 50), option("B", 4, 30), funds=funds)


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
