"""Rows of a results sheet are as high as their texts need."""

from pathlib import Path

from openpyxl import load_workbook
from xlsxwriter import Workbook

from choosebattles.report.sheets.looks import Kind, Looks
from choosebattles.report.sheets.page import HEADER_ROW, LINE, Column, Page


def test_a_row_is_high_enough_for_ids_in_capitals(tmp_path: Path) -> None:
    # Capitals are wider than running text: a list of ids takes more lines than a sentence.
    path = tmp_path / "ids.xlsx"
    ids = ", ".join(["CLDGOV", "REGPROC", "TRNCYB", "FORISO"] * 12)
    with Workbook(str(path)) as book:
        page = Page(book.add_worksheet("Ids"), Looks(book, 1), "Ids")
        page.table((Column("In words", Kind.TEXT, 70),), [(ids.lower(),), (ids,)], name="Ids")

    rows = load_workbook(path)["Ids"].row_dimensions
    words, capitals = (rows[HEADER_ROW + n].height for n in (2, 3))
    assert capitals >= words + LINE - 1
