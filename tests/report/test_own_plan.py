"""The user's own plan, valued and tested as ours is."""

from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from choosebattles.case.case import Case
from choosebattles.case.number_path import fields
from choosebattles.case.rule import RuleKind
from choosebattles.report.plan_parts.own_plan import OwnWorth
from choosebattles.report.results_workbook import write_results
from choosebattles.report.view_model import tell
from report.outcomes import chosen, outcome
from small_cases import case, fund, ongoing, option, rule


def world(**facts: Any) -> Case:
    """Two years with 10 million each: CLOUD and CSIRT cost 8, both are in the own plan."""
    defaults: dict[str, Any] = {"years": 2, "funds": (fund(2027, 10, 10),)}
    return case(
        option("CLOUD", 8, 70, own_plan=True),
        option("CSIRT", 8, 60, own_plan=2028),
        option("LAW", 1, 20),
        **(defaults | facts),
    )


def own(it: Case, *ours: str | tuple[str, int]) -> OwnWorth:
    told = tell(outcome(it, chosen(it, *(ours or ("LAW",))))).answer
    assert told is not None
    assert told.own_worth is not None
    return told.own_worth


def test_index_by_index_beside_ours() -> None:
    # CLOUD works two years, CSIRT one: 70 + 60 / 2 = 100, for 16 million. Ours: LAW, 20 for 1.
    found = own(world())

    assert [
        (measure.measure, measure.before, measure.own, measure.best) for measure in found.measures
    ] == [
        ("autonomy", 0, 100, 20),
        ("Objective (weighted sum)", 0, 100, 20),
        ("Total cost", None, 16, 1),
    ]
    assert found.breaks == ()
    assert found.sentence == (
        "Your own plan: autonomy 100.0 (this plan 20.0), for 16.0 million (this plan 1.0 "
        "million); it keeps to the money, the people and the rules."
    )
    assert found.assumed == (
        "Where your plan leaves a start open, the earliest possible year was taken."
    )


def test_an_open_start_is_taken_from_ours_where_the_earliest_would_break_something() -> None:
    # Both at once cost 16 of 10; with CLOUD in 2028, as in ours, CSIRT can be paid in 2027.
    it = case(
        option("CLOUD", 8, 70, own_plan=True),
        option("CSIRT", 8, 60, own_plan=2027),
        years=2,
        funds=(fund(2027, 10, 10),),
    )

    found = own(it, ("CLOUD", 2028))

    assert found.breaks == ()
    assert found.assumed == "Where your plan leaves a start open, this plan's start was taken."
    assert found.measures[0].own == 70 / 2 + 60


def test_what_cannot_be_paid_is_said_once() -> None:
    found = own(world(funds=(fund(2027, 10, 3),)))

    assert found.breaks == (
        "It cannot be paid for: 16.0 million are needed up to 2028, and 13.0 million are there.",
    )
    assert found.sentence.endswith("it breaks demands: see the sheet Own plan.")


def test_terms_of_funds_may_be_what_is_not_met() -> None:
    found = own(world(funds=(fund(2027, 20, 20, pays_at_most=Decimal("0.5")),)), "LAW")

    assert found.breaks == ("It cannot be paid for on the terms of the funds, year by year.",)


def test_rules_that_it_breaks_are_told_in_their_words() -> None:
    it = world(rules=(rule(RuleKind.EXCLUDES, "CLOUD", "CSIRT"),))

    (told,) = own(it).breaks

    assert "CLOUD" in told
    assert "CSIRT" in told
    assert told.endswith(".")


def test_what_is_under_way_belongs_to_it() -> None:
    it = case(
        ongoing("OLD", 2026, 0, 30),
        option("CLOUD", 8, 70, own_plan=2027),
        funds=(fund(2027, 10),),
    )

    found = own(it, "OLD")

    assert found.measures[0].own == 100
    assert (found.breaks, found.assumed) == ((), "")


def test_a_start_outside_the_years_is_what_it_breaks() -> None:
    it = world()
    late = it.investments[1].options[0].model_copy(update={"own_plan": 2040})
    owner = it.investments[1].model_copy(update={"options": (late,)})
    them = (it.investments[0], owner, it.investments[2])
    wrong = Case.model_validate({**fields(it), "investments": them})

    assert "CSIRT starts in 2040, which is not among its allowed years." in own(wrong).breaks


def test_the_sheet_says_what_it_is_worth_and_breaks(tmp_path: Path) -> None:
    it = world(rules=(rule(RuleKind.EXCLUDES, "CLOUD", "CSIRT"),))
    path = tmp_path / "results.xlsx"
    write_results(outcome(it, chosen(it, "LAW")), path)
    sheet = load_workbook(path)["Own plan"]

    assert [cell.value for cell in sheet[6][:6]] == ["autonomy", "points", 0, 100, 20, 80]
    assert sheet["A10"].value == "What your plan breaks"
    assert str(sheet["A11"].value).startswith("- ")
