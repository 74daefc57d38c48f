"""Why as a document: it stands in the plan's, with its findings."""

import math
from dataclasses import replace

import pytest

from choosebattles.case.case import Case
from choosebattles.case.investment import Decision
from choosebattles.case.limit import Metric
from choosebattles.explain.why import explain_plan
from choosebattles.explain.why_answer import Interval
from choosebattles.report.answers.why.document import document
from choosebattles.report.answers.why.sentences import why_sentence
from choosebattles.report.document import Document, Medium, Section, Table
from small_cases import case, fund, limit, option


def sections(found: Document) -> dict[str, Section]:
    return {section.name: section for section in found.shown(Medium.WORKBOOK)}


def said(world: Case) -> dict[str, Section]:
    return sections(document(explain_plan(world)))


def test_it_stands_between_the_plan_and_what_that_rests_on() -> None:
    names = list(said(case(option("A", 6, 50), funds=(fund(2027, 10),))))

    assert names.index("Plan") < names.index("Why") < names.index("Inputs")


def test_readers_of_pages_and_slides_see_it_after_the_decision_without_the_broad_table() -> None:
    found = document(explain_plan(case(option("A", 6, 50), funds=(fund(2027, 10),))))

    for medium in (Medium.TEXT, Medium.SLIDES):
        there = found.shown(medium)
        assert [section.name for section in there][:2] == ["The decision", "Why"]
        (table,) = there[1].of(Table)
        assert [column.title for column in table.columns][:3] == ["Option", "Decision", "Why"]
        assert len(table.columns) == 5


def test_what_could_not_be_otherwise_is_the_finding() -> None:
    there = said(case(option("A", 6, 50), option("B", 6, 30), funds=(fund(2027, 10),)))

    assert there["Why"].message == (
        "None of these decisions could be otherwise without a loss: proved."
    )


def test_equals_are_the_finding() -> None:
    there = said(case(option("A", 6, 50), option("B", 6, 50), funds=(fund(2027, 10),)))

    assert there["Why"].message in {
        "Could be decided otherwise at no loss: A and B.",
        "Could be decided otherwise at no loss: B and A.",
    }


def test_what_a_must_costs_is_the_finding() -> None:
    # 10 buy one of both, and B is a must though A is worth more
    must = option("B", 6, 30, decision=Decision.MUST)
    there = said(case(option("A", 6, 50), must, funds=(fund(2027, 10),)))

    assert there["Why"].message.startswith("Decided by you, at a price: B.")


def test_how_many_demands_cost_something_is_the_finding() -> None:
    # one of two that both fit: the limit costs 30; that at least one is taken costs nothing
    world = case(
        option("A", 5, 50),
        option("B", 5, 30),
        funds=(fund(2027, 10),),
        limits=(limit(Metric.COUNT, maximum=1), limit(Metric.COUNT, minimum=1)),
    )

    assert said(world)["Why, demands"].message == (
        "Of 2 demands of your own 1 costs something for certain."
    )


@pytest.mark.parametrize(
    ("least", "says"),
    [
        (1.99, ""),
        (2, "It stays in even at 2 times its costs."),
        (2.71, "It stays in even at 2 times its costs."),
        (3.99, "It stays in even at 3 times its costs."),
    ],
)
def test_what_stays_in_is_not_said_to_at_more_than_is_proved(least: float, says: str) -> None:
    explanation = explain_plan(case(option("A", 6, 50), funds=(fund(2027, 10),)))
    (why,) = explanation.whys

    told = why_sentence(explanation, replace(why, factor=Interval(least, math.inf), additions={}))

    assert told.partition(" less. ")[2] == says
