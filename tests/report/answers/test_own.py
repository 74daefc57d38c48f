"""The own plan as a document: its numbers, its findings, and what may not be written."""

from dataclasses import replace

import pytest

from choosebattles.case.case import Case
from choosebattles.errors import AuditError
from choosebattles.explain.own_plan import OwnPlan, own_plan
from choosebattles.report.answers.own import document
from choosebattles.report.document import Medium, Section, Table
from small_cases import case, fund, option

THREE = case(
    option("A", 50, 50), option("B", 50, 40), option("C", 60, 30), funds=(fund(2027, 110),)
)


def sections(found: OwnPlan) -> dict[str, Section]:
    return {section.name: section for section in document(found).shown(Medium.WORKBOOK)}


def mine(*options: str, world: Case = THREE) -> OwnPlan:
    return own_plan(world, dict.fromkeys(options))


def test_numbers_are_raw_and_stand_beside_the_own_plan() -> None:
    # B and C are worth 40 + 30 = 70 for 110; A and B 50 + 40 = 90 for 100, which is C as well
    (table,) = sections(mine("B", "C"))["Own plan"].of(Table)

    assert [row[:-1] for row in table.rows] == [
        ("P", "Your plan", 70, 70, 110, 0, 0),
        ("B", "Better, for no more money", 90, 90, 100, 20, -10),
        ("C", "Cheaper, worth as much", 90, 90, 100, 20, -10),
    ]


def test_what_stays_of_the_own_plan_is_the_finding() -> None:
    assert sections(mine("B", "C"))["By option"].message == (
        "Plan B keeps 1 of your 2 options and takes 1 more. "
        "Plan C keeps 1 of your 2 options and takes 1 more."
    )


def test_a_plan_that_only_loses_options_takes_no_other() -> None:
    # all three cost 160 of 110, so the best for no more money are A and B
    assert sections(mine("A", "B", "C"))["By option"].message == (
        "Plan B keeps 2 of your 3 options and takes no other."
    )


def test_without_a_rival_there_is_no_finding_by_option() -> None:
    assert sections(mine("A", "B"))["By option"].message == ""


def test_a_rival_that_the_recount_refuses_is_not_written() -> None:
    found = mine("B", "C")
    broken = mine("A", "B", "C").own
    assert broken is not None

    with pytest.raises(AuditError):
        document(replace(found, better=replace(found.better, recount=broken.recount)))
