from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.chart import BarChart

from choosebattles.errors import InputError
from choosebattles.spelling import key
from choosebattles.workbook.layout import SHEETS
from choosebattles.workbook.reader import read, read_case
from choosebattles.workbook.settings import SETTINGS
from oracle.facts import read as somebody_elses_reading
from oracle.workbooks import random_workbook
from workbook.hostile import HOSTILE, ODD
from workbook.sheets import Rows, fill, sheets, write
from workbook.sheets import settings as setting_rows


def test_reads_a_small_workbook(tmp_path: Path) -> None:
    case = read_case(write(tmp_path / "small.xlsx", sheets()))

    assert case.calendar == range(2027, 2028)
    assert case.funds[0].amount == {2027: 100}
    assert [option.id for option in case.options.values()] == ["CLOUD", "CSIRT"]
    assert case.options["CLOUD"].cost == (Decimal(60),)
    assert case.options["CSIRT"].score == {"autonomy": 10, "resilience": 50}
    assert [objective.id for objective in case.model.objectives] == ["autonomy", "resilience"]
    assert case.name == "small.xlsx"


def test_knows_the_cell_of_every_part(tmp_path: Path) -> None:
    case = read_case(write(tmp_path / "small.xlsx", sheets()))

    place = case.options["CSIRT"].at("score[resilience]")
    assert (place.file, str(place), place.column) == (
        "small.xlsx",
        "Investments!E3",
        "Score: resilience",
    )
    assert str(case.funds[0].at("amount[2027]")) == "Funds!B2"
    assert str(case.at("first_year")) == "Settings!B2"


def test_counts_what_it_read(tmp_path: Path) -> None:
    totals = read([write(tmp_path / "small.xlsx", sheets())]).totals

    assert totals.rows == {"Settings": 2, "Funds": 1, "Investments": 2}
    assert (totals.investments, totals.options) == (2, 2)
    assert totals.money == {"STATE": {2027: 100}}
    assert totals.build_cost == 60 + 40
    assert totals.scores == {"autonomy": 30 + 10, "resilience": 20 + 50}


def test_case_and_spaces_do_not_matter(tmp_path: Path) -> None:
    contents: dict[str, Rows] = {
        "FUNDS ": [{" fund\u00a0": "State", "2027/28": 100, 2028: 5, "carry  over": 0.4}],
        "investments": [
            {"score :  Autonomy": 30, "SCORE: resilience": 1, "title": "a", "investment": "A"}
            | {"option": "L", "cost  year 1": 10, "cost year 2": 2},
            {"title": "b", "investment": "a", "option": "A.S", "cost  year 1": 0},
        ],
        "rules": [{"rule": "EXCLUDES", "investments": "a.l; a.s"}],
        "settings": setting_rows(years=2),
    }
    case = read_case(write(tmp_path / "loose.xlsx", contents))

    assert [option.id for option in case.options.values()] == ["A.L", "A.S"]
    assert case.rules[0].investments == ("A.L", "A.S")
    assert case.funds[0].carry_over == Decimal("0.4")


def test_a_missing_sheet_means_two_objectives_and_a_criterion_of_each(tmp_path: Path) -> None:
    case = read_case(write(tmp_path / "small.xlsx", sheets()))

    assert [(objective.id, objective.weight) for objective in case.model.objectives] == [
        ("autonomy", Decimal(1)),
        ("resilience", Decimal(1)),
    ]
    assert [(criterion.id, criterion.objective) for criterion in case.model.criteria] == [
        ("autonomy", "autonomy"),
        ("resilience", "resilience"),
    ]


def test_names_are_held_in_the_spelling_of_the_row_that_defines_them(tmp_path: Path) -> None:
    row = {"Title": "t", "Cost year 1": 1}
    contents = sheets(
        Settings=setting_rows(years=1, contingency="NONE", method="Weighted"),
        Objectives=[{"Objective": "Autonomy"}, {"Objective": "Openness"}],
        Criteria=[
            {"Criterion": "Technical", "Objective": "AUTONOMY"},
            {"Criterion": "voice", "Objective": "openness"},
        ],
        Funds=[
            {"Fund": "State", 2027: 1},
            {"Fund": "EU", 2027: 1, "Eligible": "cloud.l; PILLAR: core; owner: MINISTRY"},
        ],
        Investments=[
            row
            | {"Investment": "Cloud", "Option": "L", "Pillar": "Core", "Layer": "Hosting"}
            | {"Score: TECHNICAL": 1, "Score: Voice": 2, "Build staff: DEV": 1}
            | {"Covers": "HOSTING: 40%", "Exposures": "law:us", "Revenue to": "STATE"},
            row | {"Investment": "CLOUD", "Option": "S", "Owner": "Ministry"},
        ],
        Rules=[{"Rule": "SYNERGY", "Investments": "CLOUD", "Criterion": "VOICE", "Bonus": 1}],
        Limits=[{"Metric": "Points: technical", "Scope": "Exposure: LAW:US", "Minimum": 0}],
        Skills=[{"Skill": "dev", 2027: 5}],
        Layers=[{"Layer": "hosting"}],
        Services=[{"Service": "ID", "Needs": "Hosting", "Against": "cut"}],
        Shocks=[{"Shock": "CUT", "Objective": "AUTONOMY", "Hits": "LAW:us"}],
        Ranges=[{"Id": "cut", "Quantity": "Likelihood", "Low": 1, "High": 2}],
    )
    case = read_case(write(tmp_path / "loose.xlsx", contents))
    option = case.options["Cloud.L"]

    assert [objective.id for objective in case.model.objectives] == ["autonomy", "Openness"]
    assert [criterion.objective for criterion in case.model.criteria] == ["autonomy", "Openness"]
    assert list(map(str, case.funds[1].eligible)) == ["Cloud.L", "pillar: Core", "owner: Ministry"]
    assert case.investment_of["Cloud.S"].layer == "hosting"
    assert option.score == {"Technical": 1, "voice": 2}
    assert option.build_staff == {"dev": 1}
    assert option.covers[0].layer == "hosting"
    assert option.revenue_to == "State"
    assert (case.rules[0].investments, case.rules[0].criterion) == (("Cloud",), "voice")
    assert case.model.limits[0].criterion == "Technical"
    assert list(map(str, case.model.limits[0].scope)) == ["exposure: law:us"]
    assert (case.services[0].needs, case.services[0].against) == (("hosting",), ("CUT",))
    assert (case.shocks[0].objective, case.shocks[0].hits) == ("autonomy", ("law:us",))
    assert (case.ranges[0].id, case.ranges[0].quantity) == ("CUT", "likelihood")


def test_rows_of_one_investment_share_owner_pillar_and_layer(tmp_path: Path) -> None:
    row = {"Investment": "A", "Title": "t", "Cost year 1": 1, "Score: autonomy": 1}
    rows = [
        row | {"Option": "S", "Owner": None, "Score: resilience": 0},
        row | {"Option": "L", "Owner": "Ministry A"},
    ]
    case = read_case(write(tmp_path / "shared.xlsx", sheets(Investments=rows)))

    assert case.investments[0].owner == "Ministry A"
    assert str(case.investments[0].at("owner")) == "Investments!F3"


def test_headings_may_stand_in_any_of_the_first_ten_rows(tmp_path: Path) -> None:
    book = Workbook()
    fill(book, sheets())
    for sheet in book.worksheets:
        sheet.insert_rows(1, 9)
        sheet["A1"] = f"Sheet {sheet.title}: what is meant"
    book.save(tmp_path / "low.xlsx")
    for sheet in book.worksheets:
        sheet.insert_rows(1, 1)
    book.save(tmp_path / "lower.xlsx")
    book.close()

    assert str(read_case(tmp_path / "low.xlsx").funds[0].at("id")) == "Funds!A11"
    assert str(read([tmp_path / "lower.xlsx"]).faults[0]) == (
        "CB-S07 Funds: found headings in row 11; expected the headings Fund within the first ten "
        "rows. Delete the rows above them."
    )


def test_order_of_sheets_and_columns_does_not_matter(tmp_path: Path) -> None:
    contents = sheets()
    turned: dict[str, Rows] = {
        name: [dict(reversed(list(row.items()))) for row in contents[name]]
        for name in reversed(list(contents))
    }

    straight = read_case(write(tmp_path / "x" / "a.xlsx", contents))
    assert read_case(write(tmp_path / "y" / "a.xlsx", turned)) == straight


def test_several_files_are_parts_of_one_case(tmp_path: Path) -> None:
    contents = sheets()
    money = write(tmp_path / "money.xlsx", {name: contents[name] for name in ("Settings", "Funds")})
    rows = write(tmp_path / "rows.xlsx", {"Investments": contents["Investments"], "Funds": []})

    case = read_case(money, rows)

    assert case.name == "money.xlsx; rows.xlsx"
    assert case.funds[0].at("id").file == "money.xlsx"
    assert case.options["CLOUD"].at("id").file == "rows.xlsx"


def test_one_sheet_that_differs_in_two_files_names_both(tmp_path: Path) -> None:
    one = write(tmp_path / "one.xlsx", sheets())
    two = write(tmp_path / "two.xlsx", {"Funds": [{"Fund": "STATE", 2027: 99}]})
    same = write(tmp_path / "same.xlsx", {"Funds": [{2027: 100, "Fund": "STATE"}]})

    assert [str(fault) for fault in read([one, two]).faults] == [
        "CB-S14 Funds!B2 (2027): found 99, while Funds!B2 of one.xlsx holds 100; expected each sheet in one file only, or the same in both. Delete the sheet Funds from one of the files, or make them the same."
    ]
    assert read([one, two]).faults[0].file == "two.xlsx"
    assert read([one, same]).faults == ()


def test_a_file_that_cannot_be_opened_hides_no_other_fault(tmp_path: Path) -> None:
    good = write(tmp_path / "good.xlsx", {"Settings": setting_rows()})
    faults = read([good, tmp_path / "missing.xlsx", tmp_path]).faults

    assert [fault.code for fault in faults] == ["CB-F22", "CB-F22"]
    with pytest.raises(InputError, match="no such file"):
        read_case(tmp_path / "missing.xlsx")


def test_what_surrounds_the_cells_is_told(tmp_path: Path) -> None:
    book = fill(Workbook(), sheets())
    investments, funds = book["Investments"], book["Funds"]
    investments.merge_cells("B2:B3")
    investments.row_dimensions[3].hidden = True
    investments.column_dimensions["C"].hidden = True
    investments["J9"] = "a remark"
    investments["A6"] = "LAB"
    investments["B6"] = "Laboratory"
    investments["C6"] = 1
    funds.sheet_state = "hidden"
    book.create_chartsheet("Rules").add_chart(BarChart())
    book.save(tmp_path / "odd.xlsx")
    book.close()

    reading = read([tmp_path / "odd.xlsx"])

    assert [str(fault) for fault in reading.faults] == [
        "CB-S10 Investments!B2: found the merged cells B2:B3; expected one value in each cell. Only the first keeps its value. Unmerge them and fill each.",
        "CB-C13 Investments!B3 (Title): found an empty cell; expected text for Title. Fill the cell.",
        "CB-S03 Rules: found a sheet that is no table (chartsheet); expected a table. Rename it and put the data on a sheet named Rules.",
    ]
    assert [str(warning) for warning in reading.warnings] == [
        "CB-W03 odd.xlsx: found pictures, charts or embedded objects; expected cells only. They are ignored.",
        "CB-C42 Funds: found a hidden sheet; expected a sheet that can be seen. It was read. Unhide it to check.",
        "CB-S12 Investments: found blank rows, 4, 5; expected rows one below the other. The rows below were read too, down to row 6.",
        "CB-S11 Investments!C1: found the hidden column 'Cost year 1'; expected columns that can be seen. It was read. Unhide it to check.",
        "CB-S11 Investments!A3 (Investment): found a hidden row; expected rows that can be seen. It was read. Unhide it to check.",
        "CB-S13 Investments!J9: found a value in a column without a heading; expected nothing beside the table. It is not used. Give the column a heading or delete it.",
    ]


def test_a_heading_merged_over_two_columns_is_refused(tmp_path: Path) -> None:
    book = fill(Workbook(), sheets())
    book["Investments"].merge_cells("C1:D1")
    book.save(tmp_path / "merged.xlsx")
    book.close()

    faults = read([tmp_path / "merged.xlsx"]).faults

    assert (
        "CB-S10 Investments!C1: found the merged cells C1:D1; expected one value in each cell. "
        "Only the first keeps its value. Unmerge them and fill each."
    ) in map(str, faults)


def test_two_sheets_alike_are_refused(tmp_path: Path) -> None:
    contents = sheets() | {"funds ": [{"Fund": "STATE", 2027: 1}]}

    assert [str(fault) for fault in read([write(tmp_path / "m.xlsx", contents)]).faults] == [
        "CB-S02 funds : found two sheets alike: 'Funds' and 'funds'; expected one sheet named Funds. Rename the one that is not meant."
    ]


def test_all_faults_are_told_at_once_and_many_alike_are_counted(tmp_path: Path) -> None:
    rows = [
        {"Investment": f"I{number}", "Title": "t", "Cost year 1": f"much{'o' * number}"}
        | {"Score: autonomy": 101 + number, "Score: resilience": 0}
        for number in range(25)
    ]
    with pytest.raises(InputError) as caught:
        read_case(write(tmp_path / "m.xlsx", sheets(Investments=rows)))

    lines = str(caught.value).splitlines()
    assert len(caught.value.faults) == 50
    assert lines[0] == "m.xlsx: 50 cells need a correction"
    assert [line.split(":")[0] for line in lines[1:3]] == [
        "  CB-C01 Investments!C2 (Cost year 1)",
        "  CB-C08 Investments!D2 (Score",
    ]
    assert lines[-2:] == ["  CB-C01: and 5 more like this", "  CB-C08: and 5 more like this"]


def test_a_fault_does_not_bring_forth_another(tmp_path: Path) -> None:
    # The unreadable id is still the one that the rule refers to.
    rows: list[dict[Any, Any]] = [
        {"Investment": "GOV CLOUD", "Title": "t", "Cost year 1": 1, "Score: autonomy": 1}
        | {"Score: resilience": 1}
    ]
    rules: list[dict[Any, Any]] = [
        {"Rule": "at most", "Investments": "gov cloud", "Number": "one"},
        {"Rule": "atmost", "Investments": "NOBODY"},
    ]
    contents = sheets(Investments=rows, Rules=rules)

    codes = [fault.code for fault in read([write(tmp_path / "m.xlsx", contents)]).faults]
    assert codes == ["CB-L02", "CB-C01", "CB-C14"]


def test_random_workbooks_of_somebody_else_are_read(tmp_path: Path) -> None:
    for seed in range(20):
        path = tmp_path / f"{seed}.xlsx"
        random_workbook(seed, path, most_plans=20)

        reading = read([path])

        assert reading.faults == ()
        told = somebody_elses_reading(path)
        assert reading.case is not None
        assert [key(option) for option in reading.case.options] == [
            option.id for option in told.options
        ]
        assert reading.totals.build_cost * 1000 == sum(sum(option.costs) for option in told.options)


@pytest.mark.parametrize("name", [*HOSTILE, *ODD])
def test_every_file_ends_in_a_case_or_in_messages(tmp_path: Path, name: str) -> None:
    content = HOSTILE[name][1]() if name in HOSTILE else ODD[name]()
    path = tmp_path / "strange.xlsx"
    path.write_bytes(content)

    assert read([path]).faults


ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**18), 10**18),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(date(1950, 1, 1)),
    st.sampled_from(("=1", "#N/A", "CLOUD", "STATE", "autonomy", "pillar: x", "50%", "; ;", ".")),
    st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=8),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 500), ANYTHING), max_size=6))
def test_whatever_is_typed_ends_in_a_case_or_in_messages(typed: list[tuple[int, Any]]) -> None:
    """No cell of any sheet can bring the reader down."""
    rows = {
        sheet.name: [{column.header.format("value"): None for column in sheet.columns}] * 2
        for sheet in SHEETS[1:]
    }
    contents = {**rows, **sheets(Settings=all_settings())}
    book = fill(Workbook(), contents)
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    for place, value in typed:
        cells[place % len(cells)].value = value
    with TemporaryDirectory() as folder:
        path = Path(folder) / "typed.xlsx"
        book.save(path)
        book.close()

        reading = read([path])

    assert (reading.case is None) == bool(reading.faults)


def all_settings() -> list[dict[Any, Any]]:
    typed = {"First year": 2027, "Years": 1}
    return [{"Setting": setting.label, "Value": typed.get(setting.label)} for setting in SETTINGS]
