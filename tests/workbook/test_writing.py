"""What a clerk meets in a template, with and without LibreOffice."""

import re
import zipfile
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from choosebattles.case.case import Case
from choosebattles.formula_sentences import SheetRow
from choosebattles.shipped_files import shipped
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import Stop
from choosebattles.solving.solve import solve
from choosebattles.workbook.column import CellKind, ColumnLayout, Setting
from choosebattles.workbook.decision_model_files import read_model
from choosebattles.workbook.heading_row import HEADER_WITHIN
from choosebattles.workbook.layout import BY_NAME, SHEETS
from choosebattles.workbook.reader import read, read_case
from choosebattles.workbook.rows_from_facts import Members, SheetPage, heads, settings_page
from choosebattles.workbook.settings import SETTINGS
from choosebattles.workbook.template import SIMPLE, write_case, write_template
from choosebattles.workbook.writing.book import write_book
from choosebattles.workbook.writing.cell_validation import PROMPT_LIMIT, prompt
from choosebattles.workbook.writing.reads_as import SENTENCES
from workbook.filling import LETTER, fill_in
from workbook.office import OFFICE, saved_by_office

YEARS = range(2027, 2032)


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path: Path = tmp_path_factory.mktemp("short") / "short.xlsx"
    write_template(path, YEARS)
    return path


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path: Path = tmp_path_factory.mktemp("full") / "full.xlsx"
    write_template(path, YEARS, full=True)
    return path


@pytest.fixture(scope="module")
def filled(short: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill_in(short, LETTER, tmp_path_factory.mktemp("filled") / "filled.xlsx")


@pytest.fixture(scope="module")
def saved(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the filled template as LibreOffice saves it."""
    return saved_by_office(filled, tmp_path_factory.mktemp("saved"))


def cells(path: Path) -> dict[tuple[str, str], Any]:
    """Every saved value by sheet and cell."""
    book = load_workbook(path, data_only=True)
    found = {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
    }
    book.close()
    return found


def formulas(path: Path) -> dict[tuple[str, str], str]:
    book = load_workbook(path)
    found = {
        (sheet.title, cell.coordinate): str(getattr(cell.value, "text", cell.value))
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }
    book.close()
    return found


# --- what is there ------------------------------------------------------------------------------


def test_the_sheets_stand_in_the_order_of_the_work(short: Path, full: Path) -> None:
    for path, names in ((short, SIMPLE), (full, [sheet.name for sheet in SHEETS])):
        book = load_workbook(path)
        assert book.sheetnames == ["Start here", *names, "Checks", "Lists"]
        assert [each.title for each in book if each.sheet_state != "visible"] == ["Lists"]
        assert all(each.protection.sheet and not each.protection.password for each in book)
        assert book.active.title == "Start here"
        book.close()


def test_every_sheet_can_be_read_and_printed(full: Path) -> None:
    book = load_workbook(full)
    for sheet in SHEETS:
        there = book[sheet.name]
        head = heading_row(there, sheet.columns[0].header)
        assert there.freeze_panes.endswith(str(head + 1)), sheet.name
        assert head <= HEADER_WITHIN
        above = 0 if sheet.name == "Settings" else 2
        assert there.print_title_rows == f"${head - above}:${head}"
        assert there.page_setup.orientation == "landscape"
        assert int(there.page_setup.paperSize) == A4
        assert "Page &P of &N" in str(there.oddFooter.right.text)
        assert there.conditional_formatting
        assert not there.tables
        assert str(there["A2"].value) == "='Checks'!$A$2"
    book.close()


A4 = 9
PAGE = 10.9 * 96
"""Pixels across a page of A4 that lies on its side, without its margins."""


def heading_row(sheet: Any, first: str) -> int:
    """The row of the headings, which every first column has only once below its title."""
    return int(next(cell.row for cell in sheet["A"] if cell.value == first and cell.row > 2))


def test_no_page_holds_more_than_can_be_read(full: Path) -> None:
    """What does not fit goes on on pages that repeat the column of ids."""
    book = load_workbook(full)
    for sheet in SHEETS[1:]:
        there = book[sheet.name]
        widths = [7 * round(width) + 5 for width in widths_of(there, sheet.name)]
        fit = there.sheet_properties.pageSetUpPr
        if fit is not None and fit.fitToPage:
            assert there.page_setup.fitToHeight == 0
            assert PAGE / sum(widths) > 0.7, sheet.name
            continue
        assert there.page_setup.scale == 75
        repeated = 2 if sheet.name == "Investments" else 1
        assert there.print_title_cols == ("$A:$B" if repeated == 2 else "$A:$A")
        cuts = [0, *(each.id for each in there.col_breaks.brk), len(widths)]
        for start, end in pairwise(cuts):
            again = sum(widths[:repeated]) if start else 0
            assert 0.75 * (again + sum(widths[start:end])) <= PAGE, (sheet.name, start)
    book.close()


def widths_of(there: Any, name: str) -> list[float]:
    """The widths of the columns that have a heading."""
    every: list[float] = []
    for letter in sorted(
        there.column_dimensions,
        key=lambda column_dimension: (len(column_dimension), column_dimension),
    ):
        dimension = there.column_dimensions[letter]
        every += [dimension.width - 0.71] * (dimension.max - dimension.min + 1)
    row = heading_row(there, BY_NAME[name].columns[0].header)
    return every[: sum(cell.value is not None for cell in there[row])]


def test_only_headings_and_formulas_are_locked(full: Path) -> None:
    book = load_workbook(full)
    for sheet in SHEETS[1:]:
        there = book[sheet.name]
        head = heading_row(there, sheet.columns[0].header)
        free = len(there[head]) + 3
        assert all(cell.protection.locked for cell in there[head] if cell.value)
        assert all(cell.protection.locked for cell in there[head - 1] if cell.value)
        for cell in there[head + 1][: sum(each.value is not None for each in there[head])]:
            calculated = str(cell.value).startswith("=")
            assert cell.protection.locked is calculated, (sheet.name, cell.coordinate)
        # Whoever adds a column or types below the lines finds unlocked cells there.
        last = list(there.column_dimensions.values())[-1]
        assert last.min < free < last.max
        assert not any(
            dimension.protection.locked for dimension in there.column_dimensions.values()
        )
        kept = there.protection
        assert not any((kept.insertRows, kept.insertColumns, kept.formatColumns, kept.sort))
    book.close()


def test_of_settings_only_the_values_are_open(short: Path) -> None:
    book = load_workbook(short)
    there = book["Settings"]
    head = heading_row(there, "Setting")
    for row in range(head + 1, head + 1 + len(SETTINGS)):
        assert [there.cell(row, column).protection.locked for column in range(1, 6)] == [
            *(True, False, True, True, True)
        ]
    book.close()


def test_an_example_stands_above_the_headings_where_nobody_reads_it(full: Path) -> None:
    book = load_workbook(full)
    for sheet in SHEETS[1:]:
        there = book[sheet.name]
        head = heading_row(there, sheet.columns[0].header)
        shown = {
            str(name.value): cell.value
            for name, cell in zip(there[head], there[head - 1], strict=True)
            if cell.value is not None
        }
        named = sheet.columns[0].kind is CellKind.ID or sheet.name in {"Layers", "Sweeps"}
        assert (shown[sheet.columns[0].header] == "EXAMPLE") is named, sheet.name
        assert len(shown) >= len(sheet.columns) / 2
    book.close()
    assert not any(read([full]).totals.rows[each.name] for each in SHEETS[1:])


def test_the_example_is_what_it_shows(full: Path, tmp_path: Path) -> None:
    """Copied below the headings, with an id of its own, it is read without a fault of its cells."""
    book = load_workbook(full)
    for sheet in SHEETS[1:]:
        there = book[sheet.name]
        head = heading_row(there, sheet.columns[0].header)
        for cell in there[head - 1]:
            value = "MINE" if cell.value == "EXAMPLE" else cell.value
            if not str(there.cell(head + 1, cell.column).value).startswith("="):
                there.cell(head + 1, cell.column).value = value
    path = tmp_path / "copied.xlsx"
    book.save(path)
    book.close()

    codes = {fault.code for fault in read([path]).faults}
    # What it names, such as the shock of the service, is not there; no cell by itself is wrong.
    assert codes == {"CB-L04", "CB-L33", "CB-S05"}


@pytest.mark.parametrize("sheet", ["Funds", "Investments", "Criteria"])
def test_no_row_may_be_named_like_the_example(sheet: str, filled: Path, tmp_path: Path) -> None:
    book = load_workbook(filled)
    there = book[sheet]
    head = heading_row(there, BY_NAME[sheet].columns[0].header)
    there.cell(head + 1, 1).value = "Example"
    path = tmp_path / "named.xlsx"
    book.save(path)
    book.close()

    (told,) = (str(fault) for fault in read([path]).faults if fault.code == "CB-L50")
    assert told == (
        f"CB-L50 {sheet}!A{head + 1} ({BY_NAME[sheet].columns[0].header}): found Example, the id "
        "of the row that only shows how to fill in; expected an id of your own. Give the row its "
        "own id, or delete it."
    )


def test_every_cell_says_what_to_type(full: Path) -> None:
    book = load_workbook(full)
    for sheet in SHEETS:
        there = book[sheet.name]
        asked = there.data_validations.dataValidation
        assert all(each.prompt and each.promptTitle for each in asked)
        count = len(SETTINGS) if sheet.name == "Settings" else len(heads(sheet, MEMBERS))
        assert sum(len(each.sqref.ranges) for each in asked) == count, sheet.name
    book.close()


MEMBERS = Members(years=YEARS, criteria=("autonomy", "resilience"))


def test_no_message_is_cut() -> None:
    columns = [column for sheet in SHEETS for column in sheet.columns]
    every: list[ColumnLayout | Setting] = [*SETTINGS, *columns]
    for each in every:
        assert len(prompt(each)) <= PROMPT_LIMIT
        assert not prompt(each).endswith("…"), each.name


def test_the_sentences_of_the_finance_ministry_stand_in_cells(short: Path) -> None:
    told = " ".join(str(value) for value in cells(short).values() if isinstance(value, str))

    assert "Type what the approved framework gives for these decisions" in told
    assert "after everything committed that has no row here." in told
    assert "year 1 is the year the investment starts" in told
    assert "convert at your planning rate and note it." in told
    for word in ("yellow", "white", "grey", "Step 5", "Filled in by", "million", "Id", "Locked"):
        assert word in told


def test_lists_are_names_that_survive(full: Path) -> None:
    book = load_workbook(full)
    names = set(book.defined_names)
    offered = {
        (sheet.name, str(each.formula1))
        for sheet in SHEETS
        for each in book[sheet.name].data_validations.dataValidation
        if each.type == "list"
    }
    book.close()
    with zipfile.ZipFile(full) as archive:
        parts = archive.namelist()
        assert not any("vba" in part.lower() or "externalLink" in part for part in parts)
        text = b"".join(archive.read(part) for part in parts)

    assert {formula for _sheet, formula in offered} <= names
    assert {("Rules", "list_Member"), ("Rules", "list_Rule"), ("Criteria", "list_Objective")} <= (
        offered
    )
    assert {
        ("Investments", "list_Fund"),
        ("Limits", "list_Metric"),
        ("Settings", "list_Method"),
    } <= (offered)
    assert b"x14:dataValidation" not in text


def test_units_stand_above_the_headings(saved: Path) -> None:
    if OFFICE is None:
        assert any('"million "' in formula for formula in formulas(saved).values())
        return
    found = cells(saved)
    units = [value for (sheet, _cell), value in found.items() if sheet == "Funds"]
    assert units.count("million EUR") == len(YEARS)


# --- what the reader makes of it ------------------------------------------------------------------


def test_calculated_cells_are_no_rows(full: Path) -> None:
    reading = read([full])

    assert {name: number for name, number in reading.totals.rows.items() if number} == {
        "Settings": len(SETTINGS)
    }
    assert reading.warnings == ()


def test_a_filled_template_is_checked_and_solved(filled: Path) -> None:
    reading = read([filled])
    assert [str(fault) for fault in (*reading.faults, *reading.warnings)] == []
    assert reading.case is not None
    assert reading.totals.rows["Investments"] == 10
    assert reading.case.funds[1].amount[2027] == 3

    outcome = solve(reading.case, Options(gap=0))
    assert outcome.stop is Stop.OPTIMAL
    assert outcome.plan is not None
    assert 0 < len(outcome.plan.choices) <= 8


def test_libreoffice_saves_the_same_case(filled: Path, saved: Path) -> None:
    assert same(read_case(saved), read_case(filled))


def same(one: Case, other: Case) -> bool:
    return one.model_copy(update={"name": ""}) == other.model_copy(update={"name": ""})


def test_albania_survives_libreoffice(tmp_path: Path) -> None:
    case = read_case(shipped("inputs") / "albania.xlsx")
    path = tmp_path / "albania.xlsx"
    write_case(case, path)

    saved = saved_by_office(path, tmp_path)

    assert read_case(saved) == case
    assert same_values(path, saved) == []


def same_values(path: Path, saved: Path) -> list[tuple[str, str]]:
    """Where LibreOffice calculates something else than what was saved with the file."""
    before, after = cells(path), cells(saved)
    return [place for place in formulas(path) if not alike(before[place], after.get(place))]


def alike(one: Any, other: Any) -> bool:
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(one - other) < 1e-9
    return (one or "") == (other or "")


@pytest.mark.parametrize("name", ["short", "full"])
def test_no_formula_has_an_error(name: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    path: Path = request.getfixturevalue(name)
    for formula in formulas(path).values():
        assert formula.count("(") == formula.count(")")
        assert formula.count('"') % 2 == 0
        assert "#REF!" not in formula
    assert same_values(path, saved_by_office(path, tmp_path)) == []
    errors = {"#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#N/A", "#NUM!", "Err:502", "Err:508"}
    assert not errors.intersection(map(str, cells(path).values()))


def test_hidden_columns_are_told_only_where_they_hold_something(
    filled: Path, tmp_path: Path
) -> None:
    book = load_workbook(filled)
    for dimension in book["Investments"].column_dimensions.values():
        dimension.hidden = dimension.min > len("ABCDEFGHI")
    path = tmp_path / "folded.xlsx"
    book.save(path)
    book.close()

    assert [str(warning) for warning in read([path]).warnings] == [
        "CB-C42 Investments!J10: found the hidden column 'Owner'; expected columns that can be seen. It was read. Unhide it to check."
    ]


# --- checks ---------------------------------------------------------------------------------------


def test_a_filled_template_says_that_it_is_ready(saved: Path) -> None:
    if OFFICE is None:
        assert formulas(saved)[("Checks", "A2")].startswith("=IF(COUNTIF(")
        return
    found = cells(saved)

    assert found[("Checks", "A2")] == "Ready: yes"
    assert {found[(sheet, "A2")] for sheet in ("Start here", *SIMPLE)} == {"Ready: yes"}
    labels = {v: c for (s, c), v in found.items() if s == "Checks" and isinstance(v, str)}
    assert found[("Checks", labels["cost of everything, built"].replace("A", "B"))] == 27.5
    assert found[("Checks", labels["rows on Investments"].replace("A", "B"))] == 10
    row = labels["all funds"].removeprefix("A")
    assert [found[("Checks", f"{letter}{row}")] for letter in "BCG"] == [9, 8, 32]


def crooked() -> list[SheetPage]:
    """Pages with one of each thing that Checks counts."""
    sheets: dict[str, list[tuple[Any, ...]]] = {
        "Funds": [("STATE", None, 5, None), ("state", "again", -1, "10")],
        "Investments": [
            ("CLOUD", "L", "Cloud", 60, None, None, 3, 30, 200),
            ("CLOUD", "cloud.l", None, None, None, None, None, 1, None),
        ],
        "Criteria": [("autonomy", None, "autonmy", 0, "none", None, "all")],
        "Limits": [("count", None, None, None), ("cost", None, 5, 3)],
        "Rules": [("at most", "CLOUD", None, None, None), ("requires all", "CLOUD", None, None, 1)],
    }
    members = Members(years=range(2027, 2029), criteria=("autonomy", "resilience"))
    pages = [settings_page(years=range(2027, 2030))]
    for name, rows in sheets.items():
        sheet = BY_NAME[name]
        columns = heads(sheet, members)
        padded = tuple((*row, *[None] * (len(columns) - len(row))) for row in rows)
        pages.append(SheetPage(sheet, columns, padded))
    return pages


COUNTED = {
    "Funds: years of the plan without a column": 1,
    "Funds: cells left blank under the years": 1,
    "Funds: rows whose id is used twice": 2,
    "Funds: texts in place of numbers under the years": 1,
    "Funds: numbers under the years that are not 0 or more": 1,
    "Investments: rows without Title": 1,
    "Investments: cells left blank under Score: ...": 1,
    "Investments: rows whose id is used twice": 2,
    "Investments: numbers under Score: ... that are not -100 to 100": 1,
    "Investments: rows without any cost (type 0 if none)": 1,
    "Criteria: Objective that no row defines": 1,
    "Criteria: criteria of an objective whose weights are all 0": 1,
    "Criteria: objectives that no criterion measures": 2,
    "Criteria: criteria of which nobody says what 0, 50 and 100 mean": 1,
    "Limits: limits without a minimum or a maximum": 1,
    "Limits: minimums above their maximum": 1,
    "Rules: rules that need something under Needs and name nothing": 1,
    "Rules: rules that do not say how many": 1,
}


def test_checks_count_what_is_wrong_and_libreoffice_agrees(tmp_path: Path) -> None:
    path = tmp_path / "crooked.xlsx"
    write_book(crooked(), path)

    saved = saved_by_office(path, tmp_path)
    for each in (path, saved):
        found = cells(each)
        told = {
            str(value): found[("Checks", cell.replace("A", "B"))]
            for (sheet, cell), value in found.items()
            if sheet == "Checks"
            and cell.startswith("A")
            and isinstance(value, str)
            and ": " in value
        }
        counted = {label: number for label, number in told.items() if number}
        assert {k: v for k, v in counted.items() if not k.startswith("Ready")} == COUNTED
        assert found[("Checks", "A2")] == f"Ready: no, {len(COUNTED)} things to look at"
    assert same_values(path, saved) == []


# --- sentences ------------------------------------------------------------------------------------

RULES: list[tuple[SheetRow, str]] = [
    (
        {"Rule": "requires all", "Investments": "CLOUD", "Needs": "POWER"},
        "CLOUD needs POWER operating before it starts",
    ),
    (
        {"Rule": "Requires all", "Investments": "A; B", "Needs": "C;D", "When": "started"},
        "A, B each need C, D (all of them) started by the year it starts",
    ),
    (
        {"Rule": "requires any", "Investments": "A", "Needs": "C; D"},
        "A needs C or D operating before it starts",
    ),
    (
        {"Rule": "if then all", "Investments": "A; B; C", "Needs": "D; E", "Number": 2},
        "Once 2 of A, B, C are taken, all of D, E must be taken too",
    ),
    (
        {"Rule": "if then any", "Investments": "A; B", "Needs": "D; E"},
        "Once all of A, B are taken, at least one of D, E must be taken too",
    ),
    (
        {"Rule": "if then none", "Investments": "A", "Needs": "D"},
        "Once A is taken, D may not be taken",
    ),
    ({"Rule": "requires all", "Investments": "A"}, "A needs ? operating before it starts"),
    ({"Rule": "excludes", "Investments": "A; B"}, "Only one of A, B may be taken"),
    ({"Rule": "excludes", "Investments": "A", "Needs": "B"}, "A may not be taken with B"),
    (
        {"Rule": "excludes", "Investments": "A; B", "Needs": "C; D"},
        "None of A, B may be taken with any of C, D",
    ),
    (
        {"Rule": "at most", "Investments": "A; B; C", "Number": 2},
        "At most 2 of A, B, C may be taken",
    ),
    ({"Rule": "at least", "Investments": "A; B"}, "At least ? of A, B must be taken"),
    (
        {"Rule": "exactly", "Investments": "A; B", "Number": 1},
        "Exactly 1 of A, B must be taken",
    ),
    ({"Rule": "together", "Investments": "A; B"}, "A, B: all are taken, or none"),
    (
        {
            "Rule": "synergy",
            "Investments": "A; B",
            "Bonus": 2.5,
            "Criterion": "technical",
            "Saving per year": 1,
            "Saving to": "STATE",
        },
        "While all of A, B operate: 2.5 points a year on technical and 1 million a year saved for STATE",
    ),
    (
        {"Rule": "synergy", "Investments": "A; B", "Number": 1, "Saving per year": 3},
        "While 1 of A, B operate: 3 million a year saved",
    ),
    (
        {"Rule": "requires", "Investments": "A"},
        "There is no rule of this name; choose one from the list",
    ),
    ({"Investments": "A"}, ""),
]
LIMITS: list[tuple[SheetRow, str]] = [
    (
        {"Metric": "count", "Scope": "pillar: cloud; CSIRT", "Minimum": 1, "Maximum": 3},
        "The number of investments taken over pillar: cloud, CSIRT is at least 1 and at most 3",
    ),
    (
        {"Metric": "cost share", "Maximum": 0.375},
        "The share of the total cost over everything is at most 37.5%",
    ),
    (
        {"Metric": "cost share", "Minimum": 1},
        "The share of the total cost over everything is at least 100%",
    ),
    (
        {"Metric": "points: technical", "Minimum": 20},
        "The sum of points: technical over everything is at least 20",
    ),
    (
        {"Metric": "cost"},
        "The cost over the whole plan, in millions, over everything has neither a minimum nor a maximum yet",
    ),
    ({"Metric": None, "Maximum": 3}, ""),
]


@pytest.mark.parametrize(
    ("sheet", "row", "sentence"),
    [*(("Rules", *each) for each in RULES), *(("Limits", *each) for each in LIMITS)],
)
def test_a_row_reads_as_a_sentence(sheet: str, row: SheetRow, sentence: str) -> None:
    assert SENTENCES[sheet]["Reads as"].value(row) == sentence


def test_libreoffice_reads_the_same_sentences(full: Path, tmp_path: Path) -> None:
    typed = {
        "Rules": [{"Rule": None, **row} for row, _sentence in RULES],
        "Limits": [{"Metric": None, **row} for row, _sentence in LIMITS],
    }
    path = fill_in(full, typed, tmp_path / "sentences.xlsx")
    found = cells(saved_by_office(path, tmp_path))
    if OFFICE is None:
        assert all(found[place] is None for place in formulas(path) if place[0] == "Rules")
        return
    for sheet, rows in (("Rules", RULES), ("Limits", LIMITS)):
        place = next(c for (s, c), value in found.items() if s == sheet and value == "Reads as")
        letters, head = re.fullmatch(r"([A-Z]+)(\d+)", place).groups()  # type: ignore[union-attr]
        told = [found[(sheet, f"{letters}{int(head) + n}")] for n in range(1, len(rows) + 1)]
        assert [each or "" for each in told] == [sentence for _row, sentence in rows]


def test_lists_grow_with_their_sheets(filled: Path, tmp_path: Path) -> None:
    book = load_workbook(filled)
    investments = book["Investments"]
    head = next(cell.row for cell in investments["A"] if cell.value == "Investment")
    investments.cell(head + 1, 2).value = "S"
    counted = {name: f"Z{row}" for row, name in enumerate(sorted(book.defined_names), start=1)}
    for name, cell in counted.items():
        book["Checks"][cell] = f"=ROWS({name})"
    path = tmp_path / "grown.xlsx"
    book.save(path)
    book.close()
    assert book.defined_names["list_Fund"].attr_text.startswith("OFFSET('Funds'!")
    found = cells(saved_by_office(path, tmp_path))
    if OFFICE is not None:
        assert {name: found[("Checks", cell)] for name, cell in counted.items()} == {
            "list_Accrual": 2,
            "list_Contingency": 3,
            "list_Criterion": 2,
            "list_Decision": 4,
            "list_Fund": 2,
            "list_Member": 11,  # ten options and P01, which now has a named one
            "list_Method": 3,
            "list_Metric": 9,  # seven and the points of two criteria
            "list_Objective": 2,
            "list_OwnPlan": 1,
            "list_Pays": 3,
            "list_Quantity": 6,
        }


# --- decision models ------------------------------------------------------------------------------


@pytest.mark.parametrize("full_one", [False, True])
def test_a_template_takes_a_model(tmp_path: Path, *, full_one: bool) -> None:
    model = read_model("balanced")
    path = tmp_path / "mine.xlsx"
    write_template(path, YEARS, full=full_one, model=model)

    reading = read([path])
    assert {fault.code for fault in reading.faults} == {"CB-L38"}
    assert reading.totals.rows["Criteria"] == len(model.model.criteria)
    found = cells(path).values()
    for criterion in model.model.criteria:
        assert f"Score: {criterion.id}" in found
        assert criterion.anchor_50 in found
    assert reading.warnings == ()
