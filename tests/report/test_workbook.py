"""A document as a workbook: what stands where, what reads back, what is refused."""

import math
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import load_workbook

from choosebattles.errors import AuditError, OutputError
from choosebattles.report.document import (
    FILES,
    SCREEN,
    Cells,
    Chart,
    Column,
    Document,
    Form,
    Formula,
    Kind,
    Lead,
    Link,
    Role,
    Section,
    Sentences,
    Series,
    Shown,
    Table,
    Tone,
)
from choosebattles.report.outputs.workbook.read_back import verify
from choosebattles.report.outputs.workbook.sheet import HEADER_ROW, LINE
from choosebattles.report.outputs.workbook.writer import render, write_workbook

MADE = datetime(2026, 11, 30, 9, 30, tzinfo=UTC)
PRICES = Table(
    "Prices",
    (Column("Option", Kind.NAME), Column("Cost", Kind.MONEY), Column("Worth", Kind.POINTS)),
    [("=CLOUD", 60, 7.5), ("CSIRT", 40.25, 2)],
    totals=(("Total", Formula("SUM({0})", 100.25, (Cells("Prices", "Cost"),)), None),),
)
MAP = Table(
    "Map",
    (Column("Service", Kind.TEXT), Column("Kept", Kind.KEPT)),
    [("Tax", Shown(0.4, Kind.KEPT, Tone.KEPT)), ("Health", Shown(0.9, Kind.FLOORED, Tone.KEPT))],
    title="What is kept",
)
SCATTER = Chart(
    Form.POINTS,
    "Cost and worth",
    "points",
    "What each costs and is worth.",
    (Series("all", Cells("Prices", "Worth"), Cells("Prices", "Cost")),),
    across="million EUR",
)
STACK = Chart(
    Form.STACK,
    "Money",
    "million EUR",
    "Spending against the ceiling.",
    (
        Series("spent", Cells("Prices", "Cost")),
        Series("there", (70.0, 70.0), role=Role.CEILING),
    ),
    categories=("one", "two"),
)
CLIMB = Chart(
    Form.WATERFALL,
    "Autonomy",
    "points",
    "From before to after.",
    (Series("Autonomy", (10.0, 5.0, -2.0, 13.0)),),
    categories=("before", "CLOUD", "CSIRT", "after"),
)
DOCUMENT = Document(
    "A test",
    (
        Section("", (Sentences(("Only on the screen.",)),), on=SCREEN),
        Section("First", (PRICES, Sentences(("One.", "Two."), "Heading"), SCATTER), on=FILES),
        Section(
            "Second",
            (MAP, Table("Again", MAP.columns, MAP.rows, title="Again"), STACK, CLIMB),
            leads=("What it is.", Formula("{0}", 60, (Cells.one("Prices", "Cost", 0),))),
            on=FILES,
        ),
        Section(
            "Third",
            (Table("Way", (Column("Where", Kind.NAME),), [(Link("First"),)]),),
            leads=("", Formula("{0}", 60, (Lead("Second"),))),
            on=FILES,
        ),
    ),
    country="Illyria",
    illustrative=True,
)


def test_a_section_is_a_sheet_and_every_cell_stands_in_it(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"

    write_workbook(DOCUMENT, path, made=MADE)

    book = load_workbook(path)
    assert book.sheetnames == ["First", "Second", "Third"]
    first = book["First"]
    assert first["A1"].value == "Illyria: First (illustrative figures)"
    assert [cell.value for cell in first[5][:3]] == ["Option", "Cost", "Worth"]
    assert first["A6"].data_type == "s"  # a text that looks like a formula stays a text
    assert [first["A6"].value, first["B6"].value] == ["=CLOUD", 60]
    assert first["B8"].value == "=SUM('First'!$B$6:$B$7)"
    assert [first[f"A{row}"].value for row in (10, 11, 12)] == ["Heading", "One.", "Two."]
    assert book["Second"]["A3"].value == "='First'!$B$6"
    assert book["Third"]["A3"].value == "='Second'!$A$3"
    assert book["Third"]["A6"].hyperlink.location == "'First'!A1"
    assert len(first._charts) == 1
    assert len(book["Second"]._charts) == 2
    (shade,) = book["Second"].conditional_formatting
    assert str(shade.sqref) == "B7 B8 B12 B13"


def test_doubts_stand_above_the_first_table_and_notes_below(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    doubts = tuple(f"cell {number} may mean another number" for number in range(7))

    write_workbook(replace(DOCUMENT, doubts=doubts, notes=("fund.STATE was set.",)), path)

    sheet = load_workbook(path)["First"]
    assert sheet["A4"].value.splitlines()[0] == "Doubt: cell 0 may mean another number"
    assert sheet["A4"].value.splitlines()[-1] == "2 more doubts: the command check tells them."
    texts = [cell.value for cell in sheet["A"]]
    assert texts[-1] == "fund.STATE was set."


def test_what_is_no_number_is_refused(tmp_path: Path) -> None:
    table = replace(PRICES, rows=[("CLOUD", math.nan, 1)], totals=())
    path = tmp_path / "out.xlsx"

    with pytest.raises(AuditError, match=r"^First!B6 would not be a number\.$"):
        write_workbook(Document("", (Section("First", (table,)),)), path)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<v>40.25</v>", "<v>40.26</v>"),  # a number
        ("<v>100.25</v>", "<v>100.24</v>"),  # what a formula comes to
        ("$B$6:$B$7", "$B$6:$B$6"),  # a formula
        ('<c r="B7"', '<c r="D7"'),  # a place
    ],
)
def test_a_cell_that_reads_back_differently_is_noticed(tmp_path: Path, old: str, new: str) -> None:
    path, changed = tmp_path / "out.xlsx", tmp_path / "changed.xlsx"
    meant = render(DOCUMENT, path, MADE)
    verify(path, meant)
    with ZipFile(path) as one, ZipFile(changed, "w", ZIP_DEFLATED) as other:
        for name in one.namelist():
            part = one.read(name).decode() if name.endswith(".xml") else ""
            part = part.replace(old, new) if name == "xl/worksheets/sheet1.xml" else part
            other.writestr(name, part or one.read(name))

    with pytest.raises(OutputError, match=r"read back differently: First!"):
        verify(changed, meant)


def test_no_cell_is_left_out_when_a_workbook_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    meant = render(DOCUMENT, path, MADE)

    for sheet, cells in meant.items():
        for cell, there in cells.items():
            for wrong in (
                {**cells, cell: replace(there, value="other")},
                {**cells, cell: replace(there, formula=f"{there.formula}+0")},
                {place: it for place, it in cells.items() if place != cell},
                {**cells, f"{cell}9": there},
            ):
                with pytest.raises(
                    OutputError, match=rf"read back differently: {sheet}!{cell}9?\."
                ):
                    verify(path, {**meant, sheet: wrong})


def test_a_row_is_high_enough_for_ids_in_capitals(tmp_path: Path) -> None:
    # Capitals are wider than running text: a list of ids takes more lines than a sentence.
    path = tmp_path / "ids.xlsx"
    ids = ", ".join(["CLDGOV", "REGPROC", "TRNCYB", "FORISO"] * 12)
    table = Table("Ids", (Column("In words", Kind.TEXT, 70),), [(ids.lower(),), (ids,)])

    write_workbook(Document("", (Section("Ids", (table,)),)), path)

    rows = load_workbook(path)["Ids"].row_dimensions
    words, capitals = (rows[HEADER_ROW + n].height for n in (2, 3))
    assert capitals >= words + LINE - 1
