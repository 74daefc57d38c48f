"""A budget path as a document: its findings, and what has no finding."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from choosebattles.case.case import Case
from choosebattles.case.limit import Metric
from choosebattles.explain.budget_path import budget_path
from choosebattles.report.answers.budget_path import document, step_sentences
from choosebattles.report.document import Medium, Section, Table
from choosebattles.solving.options import Options
from small_cases import case, fund, limit, option


def sections(world: Case, *percents: int) -> dict[str, Section]:
    path = budget_path(world, [Decimal(share) / 100 for share in percents], Options(gap=0))
    return {section.name: section for section in document(path).shown(Medium.WORKBOOK)}


def numbers(section: Section) -> Sequence[object]:
    (table,) = section.of(Table)
    return [row[:5] for row in table.rows]


TWO = case(option("A", 5, 50), option("B", 4, 30), funds=(fund(2027, 10),))


def test_numbers_are_raw() -> None:
    # both cost 9 of 10 and are worth 80; 5 buy A, worth 50
    assert numbers(sections(TWO, -50)["Budget path"]) == [
        ("-50 %", 5, 50, 50, 50),
        ("as typed", 10, 80, 80, 80),
    ]


def test_what_is_in_every_plan_is_the_finding() -> None:
    assert sections(TWO, -50)["Options"].message == "In every plan: A."
    assert sections(TWO, -70)["Options"].message == "No option is in every plan."
    assert sections(TWO)["Options"].message == ""


def test_the_price_of_a_nested_order_is_the_finding() -> None:
    assert sections(TWO, -50)["Nested order"].message == (
        "The plans are nested: each is a part of the next larger one. Nothing is lost by it."
    )


@pytest.mark.parametrize(
    ("percent", "told"), [(-50, "between 26 and 30 points less"), (50, "at most 4 points more")]
)
def test_what_a_budget_leaves_open_is_between_two_numbers(percent: int, told: str) -> None:
    # 5 buy 50 of the 80 that are typed, 15 the same 80; each could be 4 more for all that is proved.
    path = budget_path(TWO, [Decimal(percent) / 100], Options(gap=0))
    steps = tuple(
        replace(step, outcome=replace(step.outcome, bound=(step.outcome.objective or 0.0) + 4))
        if step.change
        else step
        for step in path.steps
    )

    assert told in " ".join(step_sentences(replace(path, steps=steps)))


def test_budgets_without_a_plan_are_the_finding() -> None:
    both = case(
        option("A", 5, 50),
        option("B", 4, 30),
        funds=(fund(2027, 10),),
        limits=(limit(Metric.COUNT, minimum=2),),
    )

    assert sections(both, -50, -5)["Conflict"].message == (
        "Budgets at which no plan meets all demands, proved: -50 %."
    )
