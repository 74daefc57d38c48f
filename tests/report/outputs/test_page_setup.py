"""A sheet is printed on one page where it can be read there, and no chart is cut in two."""

from itertools import pairwise
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from xlsxwriter import Workbook

from choosebattles.report.outputs.workbook.page_setup import Printed, set_up

CHARTS = (range(40, 54), range(55, 69), range(70, 84), range(85, 99))
"""Rows of four charts below a table."""


def laid_out(path: Path, printed: Printed) -> Worksheet:
    with Workbook(str(path)) as book:
        set_up(book.add_worksheet(), printed)
    return load_workbook(path).worksheets[0]


def pages(sheet: Worksheet) -> tuple[str, bool, int]:
    """Return how the paper lies, whether the sheet is fitted to pages, and how many down."""
    fitted = bool(
        sheet.sheet_properties.pageSetUpPr and sheet.sheet_properties.pageSetUpPr.fitToPage
    )
    down = sheet.page_setup.fitToHeight
    return sheet.page_setup.orientation, fitted, 1 if down is None else int(down)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        (Printed(9, [15] * 30), ("landscape", True, 1)),
        # 40 rows of 15 points are 8.3 inches: 0.84 of lying paper, all of upright paper.
        (Printed(6, [15] * 40), ("portrait", True, 1)),
        (Printed(6, [15] * 90), ("portrait", True, 0)),
        (Printed(12, [15] * 90), ("landscape", True, 0)),
        # 60 rows are 12.5 inches: 0.56 of lying paper, enough for an overview, not for a table.
        (Printed(17, [15] * 60, several=True), ("landscape", True, 1)),
        (Printed(17, [15] * 60), ("landscape", True, 0)),
    ],
)
def test_one_page_where_it_can_be_read(
    tmp_path: Path, printed: Printed, expected: tuple[str, bool, int]
) -> None:
    assert pages(laid_out(tmp_path / "x.xlsx", printed)) == expected


def test_larger_paper_where_a_table_is_broad(tmp_path: Path) -> None:
    sizes = [
        laid_out(tmp_path / "x.xlsx", Printed(14, [15] * 20, large=large)).page_setup.paperSize
        for large in (True, False)
    ]

    assert list(map(int, sizes)) == [8, 9]


def test_no_chart_is_cut_in_two(tmp_path: Path) -> None:
    rows = [15.0] * 100
    sheet = laid_out(tmp_path / "x.xlsx", Printed(8, rows, CHARTS))

    assert pages(sheet)[:2] == ("portrait", False)
    # 7.27 inches of 8, and a little less: columns are broader in some programs.
    assert sheet.page_setup.scale == 83
    ends = [0, *(stop.id for stop in sheet.row_breaks.brk), len(rows)]
    most = (11.69 - 0.6 - 0.7) * 72 / 0.83
    assert len(ends) > 2
    for start, end in pairwise(ends):
        assert 15 * (end - start) <= most
    for chart in CHARTS:
        assert any(start <= chart.start and chart.stop <= end for start, end in pairwise(ends))


def test_a_header_stands_on_every_page_of_its_table_and_on_none_of_charts_alone(
    tmp_path: Path,
) -> None:
    rows = [15.0] * 100

    charts_alone = laid_out(tmp_path / "x.xlsx", Printed(8, rows, CHARTS, header=4))
    table_goes_on = laid_out(tmp_path / "x.xlsx", Printed(8, rows, (range(84, 99),), header=4))

    assert charts_alone.print_title_rows is None
    assert table_goes_on.print_title_rows == "$5:$5"


def test_a_chart_that_the_table_leaves_room_for_stays_on_its_page(tmp_path: Path) -> None:
    sheet = laid_out(tmp_path / "x.xlsx", Printed(7, [15.0] * 100, (range(75, 89),)))

    # 100 rows are 20.8 inches, two pages of 10; 75 rows end halfway down the second one.
    assert not sheet.row_breaks.brk
