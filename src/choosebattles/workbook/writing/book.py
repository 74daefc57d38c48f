"""A whole workbook to fill in, from its pages."""

from collections.abc import Sequence
from pathlib import Path

from xlsxwriter import Workbook

from choosebattles.translation import _
from choosebattles.workbook.rows_from_facts import SheetPage
from choosebattles.workbook.sheets import CHECKS, START
from choosebattles.workbook.writing.checks_sheet import ChecksSheet, status_cell, status_text
from choosebattles.workbook.writing.data_sheet import DataSheet
from choosebattles.workbook.writing.dropdown_lists import ListsSheet
from choosebattles.workbook.writing.formats import FACE, INK, SIZE, TemplateFormats
from choosebattles.workbook.writing.live_checks import fund_totals, problem_counts, totals
from choosebattles.workbook.writing.placement import place_pages
from choosebattles.workbook.writing.start_sheet import write_start

OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_format_properties": {"font_name": FACE, "font_size": SIZE},
}
"""What somebody typed stays a text; widths of columns are counted in digits of our own letters."""

VERSION = 1
"""Of the template; kept in the properties of the file."""


def write_book(pages: Sequence[SheetPage], path: Path, about: str = "") -> None:
    """Write sheets to fill in, with the sheets that help: Start here, Checks, and hidden Lists."""
    plan = place_pages(pages)
    with Workbook(str(path), OPTIONS) as book:
        book.set_properties({"author": "choosebattles", "title": _("Choosing the right battles")})
        book.set_custom_property("choosebattles template", VERSION)
        formats = TemplateFormats(book)
        start = book.add_worksheet(START)
        worksheets = {name: book.add_worksheet(name) for name in plan.sheets}
        checks = book.add_worksheet(CHECKS)
        lists = ListsSheet(plan, book)
        lists.write(formats)
        assert lists.full_ids is not None
        found = problem_counts(plan, lists.full_ids)
        status = (f"={status_cell()}", status_text(found))
        write_start(start, plan, formats, status, about)
        for name, worksheet in worksheets.items():
            DataSheet(plan, plan[name], lists, formats, status).write(worksheet)
            worksheet.set_tab_color("#E8C547" if plan[name].sheet.required else "#9AA7B5")
        ChecksSheet(formats, fund_totals(plan), list(totals(plan)), found).write(checks)
        start.set_tab_color(INK)
        checks.set_tab_color(INK)
        start.activate()
