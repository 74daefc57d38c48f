"""What each cell of a template shows, offers and refuses."""

import re
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from choosebattles.workbook.layout import BY_NAME
from choosebattles.workbook.reader import read_case
from choosebattles.workbook.rows_from_facts import Members, filled_page, heads, settings_page
from choosebattles.workbook.template import write_case, write_template
from choosebattles.workbook.writing.book import write_book
from workbook.sheets import sheets, write

YEARS = range(2027, 2029)
YELLOW, WHITE, GREY = "FFFFF6CC", "FFFFFFFF", "FFEDEDED"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    path: Path = tmp_path_factory.mktemp("template") / "full.xlsx"
    write_template(path, YEARS, full=True)
    return load_workbook(path)


def headings(sheet: Worksheet) -> dict[str, Any]:
    """The cells of the headings of a sheet: those in the row above the first that may be typed."""
    first = next(row for row in sheet.iter_rows() if not row[0].protection.locked)
    return {str(cell.value): cell for cell in sheet[first[0].row - 1] if cell.value}


def first_cell(sheet: Worksheet, heading: str) -> Any:
    """The first cell below a heading."""
    return headings(sheet)[heading].offset(row=1)


def validation(sheet: Worksheet, heading: str) -> DataValidation:
    """What the first cell below a heading accepts."""
    place = first_cell(sheet, heading).coordinate
    return next(it for it in sheet.data_validations.dataValidation if place in it.sqref)


@pytest.mark.parametrize(
    ("sheet", "yellow"),
    [
        ("Funds", {"Fund", "2027", "2028"}),
        (
            "Investments",
            {"Investment", "Title", "Cost year 1", "Running cost"}
            | {"Score: autonomy", "Score: resilience"},
        ),
    ],
)
def test_what_should_be_filled_is_yellow(book: Workbook, sheet: str, yellow: set[str]) -> None:
    """A later cost year may stay blank: most investments are built in one."""
    colours = {
        heading: cell.offset(row=1).fill.start_color.rgb
        for heading, cell in headings(book[sheet]).items()
    }

    assert {heading for heading, colour in colours.items() if colour == YELLOW} == yellow
    assert set(colours.values()) == {YELLOW, WHITE}


def test_what_is_calculated_is_grey(book: Workbook) -> None:
    assert first_cell(book["Limits"], "Reads as").fill.start_color.rgb == GREY


def test_a_word_that_is_on_no_list_is_refused(book: Workbook) -> None:
    closed = validation(book["Investments"], "Decision")

    # Excel's own default is to stop.
    assert (closed.type, closed.errorStyle, closed.showErrorMessage) == ("list", None, True)


def test_an_id_that_is_on_no_list_is_advised_against(book: Workbook) -> None:
    known = validation(book["Investments"], "Revenue to")

    assert (known.type, known.errorStyle, known.showErrorMessage) == ("list", "warning", True)


def test_several_ids_in_one_cell_are_left_alone(book: Workbook) -> None:
    assert not validation(book["Funds"], "Eligible").showErrorMessage


@pytest.mark.parametrize(
    ("sheet", "heading", "kind", "low", "high"),
    [
        ("Investments", "Overrun", "decimal", 0, 3),
        ("Investments", "Score: autonomy", "decimal", -100, 100),
        ("Investments", "Build years", "whole", 0, 30),
        ("Investments", "Running cost", "decimal", -(10**12), 10**12),
        ("Funds", "Carry over", "decimal", 0, 1),
        ("Funds", "2027", "decimal", 0, 10**12),
    ],
)
def test_a_number_out_of_bounds_is_advised_against(
    book: Workbook, sheet: str, heading: str, kind: str, low: float, high: float
) -> None:
    found = validation(book[sheet], heading)

    assert (found.type, found.errorStyle) == (kind, "warning")
    assert (float(found.formula1), float(found.formula2)) == (low, high)


@pytest.mark.parametrize(
    ("sheet", "heading", "ending"),
    [
        ("Funds", "Fund", "Must be filled."),
        ("Funds", "Carry over", "Blank: 0%: unspent money lapses."),
        ("Investments", "Lifetime", "Unit: years. Blank: for ever."),
    ],
)
def test_a_cell_says_what_a_blank_means(
    book: Workbook, sheet: str, heading: str, ending: str
) -> None:
    assert validation(book[sheet], heading).prompt.endswith(ending)


def rules(sheet: Worksheet, column: str) -> list[Any]:
    """The rules that colour the cells of a column alone."""
    return [
        rule
        for area in sheet.conditional_formatting
        for rule in area.rules
        if str(area.sqref).startswith(column) and f":{column}" in str(area.sqref)
    ]


def test_an_id_that_stands_twice_turns_red(book: Workbook) -> None:
    """On Investments the options of one share its id."""
    red = {
        name: [rule.dxf.fill.bgColor.rgb for rule in rules(book[name], "A") if not rule.formula]
        for name in ("Funds", "Sources", "Investments", "Limits")
    }

    assert red == {
        "Funds": ["FFF8CFCF"],
        "Sources": ["FFF8CFCF"],
        "Investments": [],
        "Limits": [],
    }


def test_a_blank_cell_turns_orange_only_where_its_row_is_begun(book: Workbook) -> None:
    place = first_cell(book["Funds"], "2027")
    (rule,) = rules(book["Funds"], place.column_letter)
    blank, begun = re.fullmatch(r"AND\((.*?),(.*)\)", rule.formula[0]).groups()  # type: ignore[union-attr]

    assert rule.dxf.fill.bgColor.rgb == "FFFFE3B3"
    assert blank == f'${place.column_letter}{place.row}=""'
    # As many cells as the table has columns, of which more than none must be filled.
    assert begun.endswith(")>0")
    assert begun.count('<>""') == len(headings(book["Funds"]))


def test_sums_reach_as_far_as_the_rows(tmp_path: Path) -> None:
    sheet = BY_NAME["Investments"]
    rows = [{"investment": f"I{number}", "running_cost": 1} for number in range(700)]
    columns = heads(sheet, Members(years=YEARS, criteria=("autonomy",)))
    funds = filled_page(BY_NAME["Funds"], heads(BY_NAME["Funds"], Members(years=YEARS)), ())
    pages = [settings_page(years=YEARS), funds, filled_page(sheet, columns, rows)]
    write_book(pages, tmp_path / "long.xlsx")

    book = load_workbook(tmp_path / "long.xlsx")
    last = max(cell.row for cell in book["Investments"]["A"] if str(cell.value).startswith("I6"))
    totals = {str(row[0].value): row[1].value for row in book["Checks"].iter_rows()}
    formula = str(totals["cost of everything, running, a year"].text)
    book.close()
    assert int(formula.rpartition("$")[2].rstrip(")")) >= last


def test_what_a_reader_must_know_stands_on_top(tmp_path: Path) -> None:
    case = read_case(write(tmp_path / "in.xlsx", sheets()))
    write_case(case, tmp_path / "out.xlsx", about="An example: the numbers are invented.")

    book = load_workbook(tmp_path / "out.xlsx")
    assert book["Start here"]["B2"].value == "An example: the numbers are invented."
    book.close()


def test_the_list_of_investments_names_each_once(tmp_path: Path) -> None:
    """Every option, and below them every investment that has several."""
    first, second = sheets()["Investments"]
    options = [{**first, "Option": short} for short in ("S", "L")]
    case = read_case(write(tmp_path / "in.xlsx", sheets(Investments=[*options, second])))
    write_case(case, tmp_path / "out.xlsx")

    book = load_workbook(tmp_path / "out.xlsx", data_only=True)
    columns = {column[3].value: column[4:] for column in book["Lists"].iter_cols()}
    book.close()
    names = [cell.value for cell in columns["Investments and options"] if cell.value]
    assert names == ["CLOUD.S", "CLOUD.L", "CSIRT", "CLOUD"]
