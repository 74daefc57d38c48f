from collections.abc import Iterable

import pytest

from choosebattles.case.decision_model import DecisionModel
from choosebattles.case.facts import Facts
from choosebattles.case.fund import Fund
from choosebattles.case.investment import Investment, Option
from choosebattles.case.numbers import NUMBERS, CaseNumber, Family, MeasuredIn
from choosebattles.case.place import Fact
from choosebattles.workbook.column import (
    CellKind,
    ColumnLayout,
    Setting,
    SheetLayout,
    settings_with_numbers,
    with_examples,
    with_numbers,
)
from choosebattles.workbook.layout import BY_NAME, SHEETS
from choosebattles.workbook.settings import SETTINGS

HEADINGS = {
    "Settings": "Setting | Value",
    "Objectives": "Objective | Weight | Weight low | Weight high | Floor | Continuity share",
    "Criteria": "Criterion | Title | Objective | Weight | 0 means | 50 means | 100 means",
    "Funds": "Fund | Title | {} | Carry over | Carry at most | Pays at most | Pays | Eligible | Dependence | Priority",
    "Investments": "Investment | Option | Title | Owner | Budget line | Pillar | Layer | Decision | Reason | Earliest start | Latest start | Build years | Lifetime | Cost year {} | Running cost | Income year {} | Overrun | Score: {} | Delay loss | Covers | Exposures | Build staff: {} | Run staff: {} | Trains: {} | Revenue to | Own plan | Source | Evidence | Note",
    "Rules": "Rule | Investments | Needs | When | Number | Criterion | Bonus | Saving per year | Saving to | Priority | Note",
    "Limits": "Metric | Scope | Minimum | Maximum | Priority | Note",
    "Skills": "Skill | Title | {} | Retention",
    "Layers": "Layer | Title | Full credit up to | Rate after",
    "Providers": "Provider | Title | Layer | Coverage | Exposures",
    "Services": "Service | Title | Weight | Needs | Must hold | Against",
    "Shocks": "Shock | Title | Objective | Hits | Severity | Likelihood",
    "Ranges": "Id | Quantity | Low | High | Distribution | Values | Shares",
    "Correlations": "First | Second | Correlation",
    "Sources": "Source | Text | Link | Year | Grade",
    "Sweeps": "Name | Parameter | From | To | Steps | As",
    "Story": "Title | Change | Note",
}
"""The headings that other people's files depend on."""


def test_headings_are_those_that_files_depend_on() -> None:
    assert {
        sheet.name: " | ".join(column.header for column in sheet.columns) for sheet in SHEETS
    } == HEADINGS
    assert [sheet.name for sheet in SHEETS if sheet.required] == [
        "Settings",
        "Funds",
        "Investments",
    ]


def test_settings_are_those_that_files_depend_on() -> None:
    assert [setting.label for setting in SETTINGS] == [
        "Country",
        "Currency",
        "First year",
        "Years",
        "Cost growth",
        "Discount rate",
        "Accrual",
        "Method",
        "Tolerance",
        "Tail share",
        "Tail weight",
        "Contingency",
        "Contingency amount",
        "Revenue haircut",
        "Points for 100",
        "Prices",
        "Version",
        "Date",
        "Approved by",
    ]
    assert [setting.label for setting in SETTINGS if setting.required] == ["First year", "Years"]


@pytest.mark.parametrize("sheet", SHEETS[1:], ids=lambda sheet: sheet.name)
def test_every_column_is_a_field_and_every_field_a_column(sheet: SheetLayout) -> None:
    fields = set(sheet.fact.model_fields) - {"origin"}
    columns = {column.name for column in sheet.columns}
    if sheet is BY_NAME["Investments"]:
        fields = (fields - {"id"}) | {"investment", "option"}
        fields |= set(Investment.model_fields) - {"origin", "options", "id"}
    if sheet is BY_NAME["Limits"]:
        # The heading Metric holds both: points: technical.
        fields -= {"criterion"}
    assert columns == fields


def test_every_setting_is_a_field() -> None:
    for setting in SETTINGS:
        assert setting.owner in {Facts, DecisionModel}
        assert setting.name in setting.owner.model_fields


def test_every_column_says_what_it_is_and_what_a_blank_means() -> None:
    for sheet in SHEETS:
        for column in sheet.columns:
            assert column.help
            if column.kind.numeric or column.kind is CellKind.CHOICE:
                assert column.required != bool(column.default), (sheet.name, column.header)
            assert ("{}" in column.header) == (column.family is not None)
    assert all(setting.required or setting.default for setting in SETTINGS)
    assert all(setting.help.endswith(".") for setting in SETTINGS)


def test_members_of_families_are_spelt_out() -> None:
    cost = BY_NAME["Investments"].column("cost")

    assert cost.family is Family.AFTER_START
    assert cost.heading(2) == "Cost year 2"


def test_sheets_have_the_names_of_the_page_that_describes_them() -> None:
    assert set(HEADINGS) == set(BY_NAME)


def test_a_new_number_has_its_column_or_setting_by_its_one_entry(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fee(fact: type[Fact], after: str) -> CaseNumber:
        return CaseNumber(
            fact,
            "fee",
            "Fee",
            "What is kept.",
            MeasuredIn.SHARE,
            blank="0%",
            after=after,
            example=0.1,
        )

    new = (*NUMBERS, fee(Fund, "title"), fee(Option, ""), fee(DecisionModel, "method"))
    monkeypatch.setattr("choosebattles.workbook.column.NUMBERS", new)

    def names(columns: Iterable[ColumnLayout | Setting]) -> str:
        return " ".join(each.name for each in columns)

    def given(sheet: SheetLayout) -> list[ColumnLayout]:
        typed = {number.field for number in NUMBERS if number.fact is sheet.fact}
        return [each for each in sheet.columns if each.name not in typed]

    funds = with_numbers(Fund, *given(BY_NAME["Funds"]))
    options = with_numbers(Option, *given(BY_NAME["Investments"]))
    method = Setting("method", "Method", CellKind.CHOICE, "", DecisionModel)
    settings = settings_with_numbers((DecisionModel,), growth(), method, contingency())

    assert names(funds).startswith("id title fee amount carry_over")
    assert " trains fee revenue_to " in names(options)
    assert " method fee tolerance " in names(settings)
    assert with_examples(Fund, {"id": "X"}).items() >= {"id": "X", "fee": 0.1}.items()


def growth() -> Setting:
    return Setting("cost_growth", "Cost growth", CellKind.SHARE, "", Facts)


def contingency() -> Setting:
    return Setting("contingency", "Contingency", CellKind.CHOICE, "", DecisionModel)
