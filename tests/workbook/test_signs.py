"""What was read may not be what was meant: percent signs, strikes, hidden rows, formulas, sums."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet
from xlsxwriter import Workbook as CalculatedWorkbook

from choosebattles.errors import Fault
from choosebattles.workbook.reader import Reading, read
from workbook.sheets import Rows, fill, settings, sheets

Change = Callable[[Workbook], Any]

CRITERIA: list[dict[Any, Any]] = [
    {"Criterion": each, "Objective": each, "0 means": "a", "50 means": "b", "100 means": "c"}
    for each in ("autonomy", "resilience")
]
FUNDS: list[dict[Any, Any]] = [
    {"Fund": "STATE", "Title": "Budget", 2027: 30, 2028: 30, 2029: 30, "Carry over": None}
    | {"Dependence": None}
]
INVESTMENTS: list[dict[Any, Any]] = [
    {"Investment": each, "Title": f"Title of {each}", "Decision": None, "Reason": None}
    | {"Cost year 1": cost, "Cost year 2": cost / 2, "Cost year 3": None, "Running cost": 0.5}
    | {"Build years": None, "Overrun": None, "Revenue to": None, "Note": "n"}
    | {"Score: autonomy": score, "Score: resilience": 60 - score, "Own": each}
    for each, cost, score in (("CLOUD", 6, 30), ("CSIRT", 3, 10), ("EID", 4, 22))
]
PLAIN = sheets(Settings=settings(years=3), Funds=FUNDS, Investments=INVESTMENTS, Criteria=CRITERIA)
"""A case that is in no doubt: three years, three investments."""


def reading(path: Path, change: Change | None = None, **changed: Rows) -> Reading:
    """Read the plain case after some sheets were replaced and something was done to it."""
    book = fill(Workbook(), {**PLAIN, **changed})
    if change is not None:
        change(book)
    book.save(path / "plan.xlsx")
    book.close()
    return read([path / "plan.xlsx"])


def said(faults: tuple[Fault, ...], code: str) -> list[str]:
    """Where a code was told."""
    return [fault.cell_in_sheet for fault in faults if fault.code == code]


def cell(sheet: Worksheet, heading: object, row: int) -> Any:
    """The cell of a heading, with the row of the sheet."""
    column = next(each.column for each in sheet[1] if each.value == heading)
    return sheet.cell(row, column)


def typed(
    sheet: str, heading: object, value: object, look: str = "General", row: int = 2
) -> Change:
    """Type a value, and format it."""

    def change(book: Workbook) -> None:
        there = cell(book[sheet], heading, row)
        there.value = value
        there.number_format = look

    return change


def test_the_plain_case_is_in_no_doubt(tmp_path: Path) -> None:
    told = reading(tmp_path)

    assert told.faults == ()
    assert told.doubts == ()
    assert [notice.code for notice in told.notices] == ["CB-S08"]


# --- percent ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("look", ["0%", "0.00%", "0.##%", "[Red]0%;-0%", '0 %;"none"'])
@pytest.mark.parametrize(
    ("sheet", "heading", "value"),
    [
        ("Investments", "Score: autonomy", 0.5),
        ("Investments", "Score: resilience", -0.5),
        ("Investments", "Cost year 1", 0.06),
        ("Investments", "Running cost", 0.06),
        ("Investments", "Build years", 1),
        ("Funds", 2027, 0.06),
        ("Funds", "Dependence", 0.06),
    ],
)
def test_a_percentage_of_points_money_or_counts_is_an_error(
    tmp_path: Path, sheet: str, heading: object, value: float, look: str
) -> None:
    told = reading(tmp_path, typed(sheet, heading, value, look))

    assert told.case is None
    assert len(said(told.faults, "CB-C30")) == 1
    assert [fault.column for fault in told.faults] == [str(heading)]


def test_a_percentage_of_points_is_told_in_words(tmp_path: Path) -> None:
    told = reading(tmp_path, typed("Investments", "Score: autonomy", 0.5, "0%"))

    assert [str(fault) for fault in told.faults] == [
        (
            "CB-C30 Investments!M2 (Score: autonomy): found 50%, which is stored as 0.5; expected a "
            "number, without a percent sign. Format the cell as a number and type the number that is "
            "meant."
        )
    ]


@pytest.mark.parametrize(
    "change",
    [
        typed("Investments", "Score: autonomy", 0, "0%"),
        typed("Investments", "Cost year 2", 0, "0%"),
        typed("Investments", "Overrun", 0.4, "0%"),
        typed("Investments", "Cost year 1", 5, '0.0" (50% VAT)"'),
        typed("Investments", "Cost year 1", 5, r"0.0\%"),
        typed("Investments", "Own", 0.5, "0%"),
        typed("Criteria", "Weight", 0.5, "0%"),
    ],
    ids=["points of 0", "money of 0", "share", "text in a format", "escaped", "own", "weight"],
)
def test_percentages_that_mislead_nobody_pass(tmp_path: Path, change: Change) -> None:
    criteria = [criterion | {"Weight": 1} for criterion in CRITERIA]

    assert said(reading(tmp_path, change, Criteria=criteria).faults, "CB-C30") == []


@pytest.mark.parametrize(("metric", "refused"), [("cost share", False), ("cost", True)])
def test_only_a_limit_of_a_share_may_be_a_percentage(
    tmp_path: Path, metric: str, refused: bool
) -> None:
    limits = [{"Metric": metric, "Scope": "CLOUD", "Maximum": 0.4}]

    told = reading(tmp_path, typed("Limits", "Maximum", 0.4, "0%"), Limits=limits)

    assert said(told.faults, "CB-C30") == (["Limits!C2"] if refused else [])


@pytest.mark.parametrize(("quantity", "refused"), [("overrun", False), ("cost", True)])
def test_only_a_range_of_a_share_may_be_a_percentage(
    tmp_path: Path, quantity: str, refused: bool
) -> None:
    ranges = [{"Id": "CLOUD", "Quantity": quantity, "Low": 0.1, "High": 0.4}]

    told = reading(tmp_path, typed("Ranges", "High", 0.4, "0%"), Ranges=ranges)

    assert said(told.faults, "CB-C30") == (["Ranges!D2"] if refused else [])


def test_sweeps_and_the_contingency_may_be_percentages(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        for heading in ("From", "To"):
            cell(book["Sweeps"], heading, 2).number_format = "0%"
        book["Settings"]["B5"].number_format = "0%"

    sweeps = [{"Name": "s", "Parameter": "fund.STATE", "From": 0.5, "To": 1, "Steps": 3}]
    setting = settings(years=3, contingency="flat", contingency_amount=0.1)
    told = reading(tmp_path, change, Sweeps=sweeps, Settings=setting)

    assert told.faults == ()
    assert said(told.doubts, "CB-C32") == []


@pytest.mark.parametrize("name", ["cost_growth", "discount_rate"])
@pytest.mark.parametrize(("rate", "doubted"), [(0.5, True), (0.2, True), (0.19, False), (0, False)])
def test_a_steep_rate_is_doubted(tmp_path: Path, name: str, rate: float, doubted: bool) -> None:
    told = reading(tmp_path, Settings=settings(years=3, **{name: rate}))

    assert said(told.doubts, "CB-C31") == (["Settings!B4"] if doubted else [])


@pytest.mark.parametrize("look", ["General", "0.00"])
@pytest.mark.parametrize(
    ("sheet", "heading", "value"),
    [
        ("Funds", "Carry over", 1),
        ("Investments", "Overrun", 1),
        ("Investments", "Overrun", 3),
        ("Investments", "Overrun", 1.5),
        ("Investments", "Overrun", "1"),
    ],
)
def test_a_bare_one_in_a_share_is_doubted(
    tmp_path: Path, sheet: str, heading: str, value: object, look: str
) -> None:
    told = reading(tmp_path, typed(sheet, heading, value, look))

    assert len(said(told.doubts, "CB-C32")) == 1


def test_a_bare_overrun_is_told_in_words(tmp_path: Path) -> None:
    told = reading(tmp_path, typed("Investments", "Overrun", 3))

    assert [str(doubt) for doubt in told.doubts] == [
        (
            "CB-C32 Investments!J2 (Overrun): found 3 without a percent sign; expected a percentage "
            "such as 40%. It was read as 300 %; for 3 % type 3%."
        )
    ]


@pytest.mark.parametrize(
    "change",
    [
        typed("Funds", "Carry over", 1, "0%"),
        typed("Funds", "Carry over", "100%"),
        typed("Funds", "Carry over", 0.5),
        typed("Investments", "Overrun", 1.2, "0%"),
        typed("Investments", "Overrun", 0.4),
    ],
    ids=["carry over 100 %", "as a text", "half", "more than 100 %", "a share"],
)
def test_a_share_that_is_clear_is_in_no_doubt(tmp_path: Path, change: Change) -> None:
    told = reading(tmp_path, change)

    assert told.faults == ()
    assert told.doubts == ()


def test_a_share_whose_default_is_all_may_be_a_bare_one(tmp_path: Path) -> None:
    funds = [fund | {"Pays at most": 1} for fund in FUNDS]

    assert reading(tmp_path, Funds=funds).doubts == ()


def test_a_contingency_of_bare_one_is_doubted_where_it_is_a_share(tmp_path: Path) -> None:
    flat = settings(years=3, contingency="flat", contingency_amount=1)
    budgeted = settings(years=3, contingency="budgeted", contingency_amount=1)

    assert said(reading(tmp_path, Settings=flat).doubts, "CB-C32") == ["Settings!B5"]
    assert said(reading(tmp_path, Settings=budgeted).doubts, "CB-C32") == []


# --- struck through ---------------------------------------------------------------------------------

STRUCK = Font(strike=True)


def strike(sheet: str, *names: str) -> Change:
    def change(book: Workbook) -> None:
        for name in names:
            book[sheet][name].font = STRUCK

    return change


def strike_row(book: Workbook) -> None:
    """A style of the row, which its cells do not repeat."""
    book["Investments"].row_dimensions[3].font = STRUCK


def strike_run(book: Workbook) -> None:
    font = InlineFont(strike=True)
    book["Investments"]["B3"].value = CellRichText(TextBlock(font, "Old title"), " New title")


@pytest.mark.parametrize(
    "change",
    [
        strike("Investments", "A3"),
        strike("Investments", "B3"),
        strike_row,
        strike_run,
        strike("Investments", *(f"{each}3" for each in "ABEFGH")),
    ],
)
def test_a_row_struck_through_is_doubted_once(tmp_path: Path, change: Change) -> None:
    told = reading(tmp_path, change)

    assert [str(doubt) for doubt in told.doubts] == [
        (
            "CB-C34 Investments!A3 (Investment): found a row that is struck through; expected only "
            "what still holds. It was read. Delete it, or undo the striking through."
        )
    ]


def test_cells_struck_through_are_doubted_by_column(tmp_path: Path) -> None:
    told = reading(tmp_path, strike("Investments", "E3", "E4", "M4"))

    assert said(told.doubts, "CB-C34") == ["Investments!E3", "Investments!E4", "Investments!M4"]


def test_a_heading_struck_through_stands_for_its_column(tmp_path: Path) -> None:
    told = reading(tmp_path, strike("Investments", "F1", "F2", "F3"))

    assert said(told.doubts, "CB-C34") == ["Investments!F1"]


def test_a_setting_struck_through_is_doubted(tmp_path: Path) -> None:
    assert said(reading(tmp_path, strike("Settings", "A3")).doubts, "CB-C34") == ["Settings!B3"]


def test_what_is_struck_and_decided_never_is_in_no_doubt(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        strike("Investments", "A3", "B3")(book)
        book["Investments"]["C3"], book["Investments"]["D3"] = "never", "dropped in March"

    assert said(reading(tmp_path, change).doubts, "CB-C34") == []


def test_remarks_and_own_columns_may_be_struck(tmp_path: Path) -> None:
    assert reading(tmp_path, strike("Investments", "L2", "O2")).doubts == ()


def test_no_strike_is_no_doubt(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        font = InlineFont(strike=False)
        book["Investments"]["B3"].value = CellRichText(TextBlock(font, "A"), " title")
        book["Investments"]["B4"].font = Font(strike=False)

    assert reading(tmp_path, change).doubts == ()


def test_a_strike_ends_with_its_cell(tmp_path: Path) -> None:
    """As openpyxl writes it: each cell has its own text, of parts with fonts of their own."""

    def change(book: Workbook) -> None:
        old = TextBlock(InlineFont(strike=True), "Old")
        bold = TextBlock(InlineFont(b=True), "New")
        book["Investments"]["B3"].value = CellRichText(old, " title")
        book["Investments"]["B4"].value = CellRichText(bold, " title")

    assert said(reading(tmp_path, change).doubts, "CB-C34") == ["Investments!A3"]


@pytest.mark.parametrize(
    ("pieces", "places"),
    [
        ((STRUCK, "Old", " and new"), ["Investments!A3"]),
        (("New ", STRUCK, "and old"), ["Investments!A3"]),
        (("New", STRUCK, "  ", "title"), []),
    ],
)
def test_a_part_of_a_text_struck_through_is_doubted(
    tmp_path: Path, pieces: tuple[object, ...], places: list[str]
) -> None:
    """As Excel writes it: the text stands among those that cells share."""
    assert said(calculated(tmp_path, {}, runs={"B3": pieces}).doubts, "CB-C34") == places


# --- hidden -----------------------------------------------------------------------------------------


def test_hidden_rows_are_doubted_in_one_sentence(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        for row in (3, 4):
            book["Investments"].row_dimensions[row].hidden = True

    told = reading(tmp_path, change)

    assert said(told.doubts, "CB-S11") == ["Investments!A3", "Investments!A4"]
    assert {doubt.found for doubt in told.doubts} == {"a hidden row"}


@pytest.mark.parametrize(
    ("column", "code"),
    [("E", "CB-S11"), ("H", "CB-S11"), ("M", "CB-S11"), ("L", "CB-C42"), ("B", "CB-C42")],
)
def test_a_hidden_column_is_doubted_where_it_holds_numbers(
    tmp_path: Path, column: str, code: str
) -> None:
    def change(book: Workbook) -> None:
        book["Investments"].column_dimensions[column].hidden = True

    told = reading(tmp_path, change)

    odd = told.doubts if code == "CB-S11" else told.notices
    assert said(odd, code) == [f"Investments!{column}1"]
    assert [doubt.code for doubt in told.doubts] == ([code] if code == "CB-S11" else [])


@pytest.mark.parametrize("size", ["0", "0.0"])
def test_a_row_or_column_of_no_size_is_hidden(tmp_path: Path, size: str) -> None:
    book = fill(Workbook(), PLAIN)
    book["Investments"].row_dimensions[3].height = 77
    book["Investments"].column_dimensions["E"].width = 77
    book.save(tmp_path / "wide.xlsx")
    book.close()
    with ZipFile(tmp_path / "wide.xlsx") as wide, ZipFile(tmp_path / "none.xlsx", "w") as none:
        for name in wide.namelist():
            none.writestr(name, wide.read(name).replace(b'="77"', f'="{size}"'.encode()))

    found = read([tmp_path / "none.xlsx"])

    assert said(found.doubts, "CB-S11") == ["Investments!E1", "Investments!A3"]


@pytest.mark.parametrize("column", ["G", "O"], ids=["a blank column", "an own column"])
def test_a_hidden_column_that_says_nothing_is_not_told(tmp_path: Path, column: str) -> None:
    def change(book: Workbook) -> None:
        book["Investments"].column_dimensions[column].hidden = True

    told = reading(tmp_path, change)

    assert told.doubts == ()
    assert [notice.code for notice in told.notices] == ["CB-S08"]


def test_a_hidden_sheet_is_a_notice(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        book["Criteria"].sheet_state = "veryHidden"

    told = reading(tmp_path, change)

    assert told.doubts == ()
    assert said(told.notices, "CB-C42") == ["Criteria"]


def test_a_filter_is_doubted_where_it_leaves_something_out(tmp_path: Path) -> None:
    def change(book: Workbook) -> None:
        book["Investments"].auto_filter.ref = "A1:O4"

    assert reading(tmp_path, change).doubts == ()

    def filtered(book: Workbook) -> None:
        change(book)
        book["Investments"].auto_filter.add_filter_column(0, ["CLOUD"])

    told = reading(tmp_path, filtered)
    assert [str(doubt) for doubt in told.doubts] == [
        (
            "CB-S11 Investments: found a filter on A1:O4; expected a table without a filter. Every row "
            "was read. Clear the filter to check."
        )
    ]

    def hiding(book: Workbook) -> None:
        filtered(book)
        book["Investments"].row_dimensions[3].hidden = True

    told = reading(tmp_path, hiding)
    assert [(doubt.cell, doubt.found) for doubt in told.doubts] == [
        ("A3", "a row hidden by a filter")
    ]


# --- formulas ---------------------------------------------------------------------------------------


def calculated(
    path: Path,
    formulas: Mapping[str, tuple[str, object]],
    *,
    by_hand: bool = False,
    runs: Mapping[str, tuple[object, ...]] | None = None,
) -> Reading:
    """Read the plain case with formulas and rich texts in cells of Investments."""
    with CalculatedWorkbook(str(path / "plan.xlsx")) as book:
        if by_hand:
            book.set_calc_mode("manual")
        for name, rows in PLAIN.items():
            sheet = book.add_worksheet(name)
            lines = list(rows)
            for column, heading in enumerate(lines[0]):
                sheet.write(0, column, heading)
                for row, line in enumerate(lines, start=1):
                    sheet.write(row, column, line[heading])
        sheet = book.get_worksheet_by_name("Investments")
        for name, (formula, value) in formulas.items():
            sheet.write_formula(name, formula, None, NOTHING if value == "" else value)
        strike = book.add_format({"font_strikeout": True})
        for name, pieces in (runs or {}).items():
            sheet.write_rich_string(
                name, *(strike if piece is STRUCK else piece for piece in pieces)
            )
    _empty(path / "plan.xlsx")
    return read([path / "plan.xlsx"])


NOTHING = "nothing at all"
"""Stands for the empty text that a formula gave, which no library writes."""


def _empty(path: Path) -> None:
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content.replace(f"<v>{NOTHING}</v>".encode(), b"<v></v>"))


@pytest.mark.parametrize(
    ("formula", "name"),
    [
        ("=5+0*TODAY()", "TODAY"),
        ("=YEAR(now())-2021", "NOW"),
        ("=RAND()", "RAND"),
        ("=RANDBETWEEN(1,9)", "RANDBETWEEN"),
        ("=_xlfn.RANDARRAY(1)", "RANDARRAY"),
        ("=SUM(OFFSET(A1,1,5))", "OFFSET"),
        ('=INDIRECT("H"&3)', "INDIRECT"),
    ],
)
def test_a_formula_that_changes_by_itself_is_doubted(
    tmp_path: Path, formula: str, name: str
) -> None:
    told = calculated(tmp_path, {"E3": (formula, 5)})

    assert [str(doubt) for doubt in told.doubts] == [
        (
            f"CB-C41 Investments!E3 (Cost year 1): found a formula with {name}; expected a value that "
            "stays as it is. Its last saved value was used. Paste it as a value."
        )
    ]


@pytest.mark.parametrize(
    "formula", ["=2+3", '=IF("TODAY()"="",1,5)', "=Rand!A1", "='TODAY( '!A1", "=MYNOW(3)"]
)
def test_other_formulas_are_in_no_doubt(tmp_path: Path, formula: str) -> None:
    assert calculated(tmp_path, {"E3": (formula, 5)}).doubts == ()


def test_formulas_that_are_not_read_are_in_no_doubt(tmp_path: Path) -> None:
    told = calculated(tmp_path, {"O3": ("=TODAY()", 5), "T1": ("=NOW()", 5)}, by_hand=True)

    assert told.doubts == ()


@pytest.mark.parametrize("name", ["E3", "H3", "M3"])
def test_a_formula_that_shows_nothing_is_doubted(tmp_path: Path, name: str) -> None:
    told = calculated(tmp_path, {name: ('=IF(A9="","",1)', "")})

    assert said(told.doubts, "CB-C39") == [f"Investments!{name}"]
    assert "It was read as 0. Type the number, or clear the cell." in str(told.doubts[0])


def test_prepared_rows_below_the_data_are_in_no_doubt(tmp_path: Path) -> None:
    empty = ('=IF(A9="","",1)', "")

    assert calculated(tmp_path, {"E9": empty, "M9": empty, "L3": empty}).doubts == ()


def test_calculation_by_hand_is_doubted_where_formulas_are_read(tmp_path: Path) -> None:
    assert calculated(tmp_path, {}, by_hand=True).doubts == ()
    assert calculated(tmp_path, {"E3": ("=2+3", 5)}).doubts == ()

    told = calculated(tmp_path, {"E3": ("=2+3", 5), "M4": ("=4*5", 20)}, by_hand=True)

    assert [str(doubt) for doubt in told.doubts] == [
        (
            "CB-C40 plan.xlsx: found 2 formulas that are calculated only when told to: Investments!E3, "
            "Investments!M4; expected automatic calculation. The last saved values were used. Press F9 "
            "in Excel and save the file to be safe."
        )
    ]


# --- signs and sums ---------------------------------------------------------------------------------


def with_cells(**columns: object) -> Rows:
    """The plain case with other cells in the row of CLOUD."""
    named = {each.replace("_", " "): value for each, value in columns.items()}
    first, *rest = INVESTMENTS
    return [first | named, *rest]


def test_one_title_on_two_investments_is_doubted(tmp_path: Path) -> None:
    told = reading(tmp_path, Investments=with_cells(Title="title of  csirt"))

    assert said(told.doubts, "CB-C33") == ["Investments!B3"]
    assert "the title 'Title of CSIRT' of CLOUD on CSIRT too" in told.doubts[0].found


def test_options_of_one_investment_may_share_a_title(tmp_path: Path) -> None:
    rows = [
        investment | {"Investment": "CLOUD", "Option": name, "Title": "Government cloud"}
        for investment, name in zip(INVESTMENTS, "SML", strict=True)
    ]

    assert reading(tmp_path, Investments=rows).doubts == ()


@pytest.mark.parametrize(
    ("columns", "cell"),
    [
        # Built in one year, running from 2028: the 0.5 of year 2 is the running cost of 2028.
        ({"Build years": 1, "Cost year 2": 0.5}, "F2"),
        ({"Build years": 0, "Cost year 2": 0.5}, "F2"),
        # Nobody says how long it is built: it runs from its last cost year on.
        ({"Cost year 2": 0.5}, "F2"),
        ({"Cost year 2": 3, "Cost year 3": 0.5}, "G2"),
    ],
)
def test_a_running_cost_among_the_cost_years_is_doubted(
    tmp_path: Path, columns: dict[str, object], cell: str
) -> None:
    first, *rest = INVESTMENTS
    told = reading(tmp_path, Investments=[first | columns, *rest])

    assert said(told.doubts, "CB-C36") == [f"Investments!{cell}"]
    assert "Is it counted twice?" in told.doubts[0].advice


@pytest.mark.parametrize(
    "columns",
    [
        {"Cost year 1": 0.5, "Cost year 2": None},
        {"Build years": 2, "Cost year 2": 0.5},
        {"Cost year 2": 0.5, "Cost year 3": 2},
        {"Cost year 2": 0, "Running cost": 0},
    ],
    ids=["the year of the start", "still built", "dearer later", "nothing"],
)
def test_a_cost_of_building_that_equals_the_running_cost_is_in_no_doubt(
    tmp_path: Path, columns: dict[str, object]
) -> None:
    first, *rest = INVESTMENTS

    assert reading(tmp_path, Investments=[first | columns, *rest]).doubts == ()


def test_a_negative_running_cost_says_whose_income_it_is(tmp_path: Path) -> None:
    told = reading(tmp_path, Investments=with_cells(Running_cost=-0.5))

    assert [str(doubt) for doubt in told.doubts] == [
        (
            "CB-C37 Investments!H2 (Running cost): found -0.5, while Revenue to is empty; expected a "
            "cost of 0 or more, or an income with its fund under Revenue to. It was read as income of "
            "STATE. Leave the sign out if it is a cost."
        )
    ]
    assert (
        reading(tmp_path, Investments=with_cells(Running_cost=-0.5, Revenue_to="STATE")).doubts
        == ()
    )


@pytest.mark.parametrize(
    ("column", "value", "doubted"),
    [
        ("Cost year 2", 0.0004, True),
        ("Running cost", 0.00049, True),
        ("Running cost", -0.0004, True),
        ("Cost year 2", 0.0005, False),
        ("Cost year 2", 2.0004, False),
        ("Cost year 2", 0, False),
    ],
)
def test_an_amount_that_becomes_nothing_is_doubted(
    tmp_path: Path, column: str, value: float, doubted: bool
) -> None:
    told = reading(tmp_path, Investments=with_cells(**{column.replace(" ", "_"): value}))

    assert bool(said(told.doubts, "CB-C38")) == doubted
    rounded = said(told.notices, "CB-C20")
    assert bool(rounded) == (value != 0), "rounding is a notice in any event"


TOTALS = ["Total", "TOTAL (M EUR)", "Gjithsej", "Coût total", "Gesamtkosten", "Ukupno", "Вкупно"]


@pytest.mark.parametrize("heading", TOTALS)
def test_an_own_total_that_differs_is_doubted(tmp_path: Path, heading: str) -> None:
    # CLOUD: 6 + 3 = 9; CSIRT: 3 + 1.5 = 4.5, where 4 was typed before year 2 grew.
    rows = [
        investment | {heading: total}
        for investment, total in zip(INVESTMENTS, (9, 4.2, 6), strict=True)
    ]

    told = reading(tmp_path, Investments=rows)

    assert said(told.doubts, "CB-C35") == ["Investments!P3"]
    assert "found 4.2, while what is read adds up to 4.5" in str(told.doubts[0])


@pytest.mark.parametrize("years", [0, 1, 3])
def test_an_own_total_may_count_the_running_cost(tmp_path: Path, years: int) -> None:
    rows = [
        investment | {"Total": 1.5 * investment["Cost year 1"] + years * 0.5}
        for investment in INVESTMENTS
    ]

    assert reading(tmp_path, Investments=rows).doubts == ()


def test_an_own_total_may_be_of_scores(tmp_path: Path) -> None:
    rows = [investment | {"Total": 60} for investment in INVESTMENTS]

    assert reading(tmp_path, Investments=rows).doubts == ()


def test_an_own_total_may_be_rounded(tmp_path: Path) -> None:
    rows = [
        investment | {"Total": round(1.5 * investment["Cost year 1"])} for investment in INVESTMENTS
    ]

    assert reading(tmp_path, Investments=rows).doubts == ()


@pytest.mark.parametrize(("total", "doubted"), [(4, False), (5, False), (4.6, True), (3, True)])
def test_an_own_total_is_off_by_half_its_last_digit_at_most(
    tmp_path: Path, total: float, doubted: bool
) -> None:
    # CSIRT: 3 + 1.5 = 4.5 is 4 or 5 if it is rounded, and neither 4.6 nor 3.
    rows = [
        investment | {"Total": typed}
        for investment, typed in zip(INVESTMENTS, (9, total, 6), strict=True)
    ]

    assert bool(said(reading(tmp_path, Investments=rows).doubts, "CB-C35")) == doubted


def test_a_total_of_funds_is_held_against_their_years(tmp_path: Path) -> None:
    good = [fund | {"Total": 90} for fund in FUNDS]
    bad = [fund | {"Total": 60} for fund in FUNDS]

    assert reading(tmp_path, Funds=good).doubts == ()
    assert said(reading(tmp_path, Funds=bad).doubts, "CB-C35") == ["Funds!H2"]


# --- what is odd and in order -------------------------------------------------------------------------


def test_a_fund_that_equals_two_others_is_in_no_doubt_by_its_signs(tmp_path: Path) -> None:
    amounts = {"A": 10, "B": 20, "C": 30}
    funds = [
        {"Fund": name, "Title": f"Fund {name}", 2027: amount, 2028: amount + 1, 2029: amount}
        for name, amount in amounts.items()
    ]

    told = reading(tmp_path, Funds=funds)

    assert told.faults == ()
    assert told.doubts == ()


def test_a_system_called_suma_is_solved(tmp_path: Path) -> None:
    first, *rest = INVESTMENTS
    rows = [*rest, first | {"Investment": "SUMA", "Title": "Sustav za upravljanje mrežom"}]

    told = reading(tmp_path, Investments=rows)

    assert told.case is not None
    assert {doubt.code for doubt in told.doubts} <= {"CB-L40", "CB-L41", "CB-L42"}


def test_an_own_column_budget_code_is_in_no_doubt(tmp_path: Path) -> None:
    rows = [investment | {"Budget code": "04.2"} for investment in INVESTMENTS]

    told = reading(tmp_path, Investments=rows)

    assert told.faults == ()
    assert told.doubts == ()


SHIPPED = sorted((Path(__file__).parents[2] / "inputs").glob("*.xlsx"))


@pytest.mark.parametrize("path", SHIPPED, ids=[each.stem for each in SHIPPED])
def test_no_shipped_example_is_in_doubt(path: Path) -> None:
    told = read([path])

    assert told.faults == ()
    assert told.doubts == ()


def test_there_are_nine_shipped_examples() -> None:
    assert len(SHIPPED) == 9
