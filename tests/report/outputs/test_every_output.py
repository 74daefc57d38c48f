"""Every output renders every block, form and kind, and reads back as it was meant."""

import csv
import re
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from openpyxl import load_workbook
from pptx import Presentation

from choosebattles.execution.protection import is_ours
from choosebattles.report.document import (
    Cells,
    Chart,
    Document,
    Form,
    Medium,
    Section,
    Series,
    Table,
)
from choosebattles.report.outputs.files import WRITERS, writer
from choosebattles.report.outputs.grid import TextGrid
from choosebattles.report.outputs.markdown import as_markdown, escaped
from choosebattles.report.outputs.slides.deck import slides_of
from choosebattles.report.outputs.word import parted
from report.outputs.everything import (
    ARABIC,
    CHARTS,
    EVERYTHING,
    FORMULA,
    LONG,
    MARKUP,
    NOTHING,
    SMALL,
    WIDE,
)

TYPES = {
    Form.COLUMNS: "COLUMN_CLUSTERED",
    Form.STACK: "COLUMN_STACKED",
    Form.CURVES: "XY_SCATTER_LINES",
    Form.POINTS: "XY_SCATTER",
    Form.BARS: "BAR_CLUSTERED",
    Form.WATERFALL: "BAR_STACKED",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the document in every form."""
    found = tmp_path_factory.mktemp("everything")
    for ending in WRITERS:
        path = found / f"all{ending}"
        writer(path)(EVERYTHING, path)
    return found


@pytest.mark.parametrize("ending", WRITERS)
def test_it_is_written_and_known_again(folder: Path, ending: str) -> None:
    path = folder / f"all{ending}"
    before = path.read_bytes()

    assert is_ours(path)
    writer(path)(EVERYTHING, path)
    assert ending in {".xlsx", ".docx", ".pptx"} or path.read_bytes() == before


@pytest.mark.parametrize("ending", [".html", ".md", ".docx", ".pptx"])
def test_a_document_that_says_nothing_is_one_too(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"nothing{ending}"
    writer(path)(NOTHING, path)

    assert path.stat().st_size


def grids(document: Document, medium: Medium) -> list[TextGrid]:
    return [
        TextGrid.of(table, document.decimals)
        for section in document.shown(medium)
        for table in section.of(Table)
        if table.rows
    ]


# --- documents ----------------------------------------------------------------------------------


def test_markdown_has_every_cell_and_no_mark_of_a_user() -> None:
    text = as_markdown(EVERYTHING)

    for grid in grids(EVERYTHING, Medium.TEXT):
        for row in grid.rows:
            assert "| " + " | ".join(map(escaped, row)) + " |\n" in text
    assert MARKUP not in text
    assert "<script>" not in text
    assert f"- {escaped(ARABIC)}\n" in text
    assert "\n### A small table\n" in text
    assert "\n### A heading\n\nPlain.\n" in text
    assert f"- Worth: **62.5** {ARABIC}\n" in text


def test_word_has_every_cell_and_every_chart(folder: Path) -> None:
    word = docx.Document(str(folder / "all.docx"))

    meant = [part for grid in grids(EVERYTHING, Medium.TEXT) for part in parted(grid)]
    assert len(word.tables) == len(meant)
    for table, grid in zip(word.tables, meant, strict=True):
        cells = [tuple(cell.text for cell in row.cells) for row in table.rows]
        assert cells == [grid.heads, *grid.rows]
    paragraphs = [paragraph.text for paragraph in word.paragraphs]
    assert {MARKUP, FORMULA, ARABIC, LONG} <= set(paragraphs)
    with ZipFile(folder / "all.docx") as parts:
        names = parts.namelist()
        body = parts.read("word/document.xml").decode()
    charts = [name for name in names if re.fullmatch(r"word/charts/chart\d+\.xml", name)]
    books = [name for name in names if name.endswith(".xlsx")]
    assert len(charts) == len(books) == len(CHARTS) + 4
    for chart in CHARTS:
        assert f'descr="{chart.says}"' in body


def test_totals_are_bold_in_word(folder: Path) -> None:
    table = docx.Document(str(folder / "all.docx")).tables[0]
    bold = [row.cells[0].paragraphs[0].runs[0].bold for row in table.rows]

    assert bold == [True, False, False, False, True]


def test_every_table_is_a_file_of_csv(folder: Path) -> None:
    first, *others = [
        table
        for section in EVERYTHING.shown(Medium.WORKBOOK)
        for table in section.of(Table)
        if table.rows
    ]
    files = {"all.csv": first} | {f"all-{table.name.upper()}.csv": table for table in others}

    assert others
    assert {path.name for path in folder.glob("*.csv")} == files.keys()
    for name, table in files.items():
        with (folder / name).open(encoding="utf-8-sig", newline="") as stream:
            heads, *rows = csv.reader(stream)
        assert heads == [column.title for column in table.columns]
        assert len(rows) == len(table.rows)


# --- slides -------------------------------------------------------------------------------------


def slide_with(deck: Any, title: str) -> Any:
    return next(it for it in deck.slides if it.shapes.title.text == title)


def test_every_form_is_a_chart_of_powerpoint(folder: Path) -> None:
    deck = Presentation(str(folder / "all.pptx"))
    for number, chart in enumerate(CHARTS):
        slide = slide_with(deck, f"{chart.says} Slide {number}.")
        (drawn,) = (shape.chart for shape in slide.shapes if shape.has_chart)
        assert drawn.chart_type.name == TYPES[chart.form]
        series = {it.name: [*it.values] for plot in drawn.plots for it in plot.series}
        if chart.form is Form.WATERFALL:
            continue
        for meant in chart.series:
            numbers = list(EVERYTHING.numbers(meant.values))
            if meant.across is not None and not isinstance(meant.across, Cells):
                numbers = [number for number in numbers if number is not None]
            assert series[meant.name] == numbers


def test_a_ceiling_is_a_line_above_columns(folder: Path) -> None:
    deck = Presentation(str(folder / "all.pptx"))
    slide = slide_with(deck, "Columns below a ceiling. Slide 0.")
    (chart,) = (shape.chart for shape in slide.shapes if shape.has_chart)

    columns, lines = chart.plots
    assert [series.name for series in columns.series] == [MARKUP, "EU"]
    assert [series.name for series in lines.series] == ["ceiling"]


def test_what_a_table_leaves_out_is_counted(folder: Path) -> None:
    slide = slide_with(Presentation(str(folder / "all.pptx")), "A table that is wide and long.")
    (table,) = (shape.table for shape in slide.shapes if shape.has_table)
    rows = len(WIDE.rows) - (len(table.rows) - 1)
    columns = len(WIDE.columns) - len(table.columns)
    said = (
        f"{rows} more: workbook of this answer, sheet Wide. "
        f"{columns} more columns: workbook of this answer, sheet Wide."
    )

    assert 0 < rows < 60
    assert 0 < columns < 40
    assert said in [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    assert said in slide.notes_slide.notes_text_frame.text
    assert table.cell(3, 2).text == "2,001.0"


def test_a_slide_follows_from_its_blocks() -> None:
    sections = {section.name: section for section in EVERYTHING.shown(Medium.SLIDES)}

    (first,) = slides_of(sections["Small"], EVERYTHING)
    assert (len(first.figures), first.table, first.above) == (2, SMALL, True)
    three, other = slides_of(sections["Beside"], EVERYTHING)
    assert len(three.charts) == 3
    assert other.title == "Stack"


def test_a_section_without_a_finding_has_no_slide(folder: Path) -> None:
    deck = Presentation(str(folder / "all.pptx"))
    texts = [shape.text_frame.text for slide in deck.slides for shape in slide.shapes
             if shape.has_text_frame]  # fmt: skip

    assert "Plain." not in texts
    assert f"Doubt: a doubt about {MARKUP}" in deck.slides[0].notes_slide.notes_text_frame.text


@pytest.mark.parametrize("form", [Form.COLUMNS, Form.STACK, Form.BARS])
@pytest.mark.parametrize(("ending", "part"), [(".xlsx", "xl"), (".pptx", "ppt"), (".docx", "word")])
@pytest.mark.parametrize(("sign", "end"), [(1, "min"), (-1, "max")])
def test_columns_and_bars_stand_on_nothing(
    tmp_path: Path, form: Form, ending: str, part: str, sign: int, end: str
) -> None:
    """An axis that begins at 97 would make 99 look twice as much as 98."""
    series = (Series("worth", (sign * 98, sign * 99)),)
    chart = Chart(form, "Alike", "points", "Nearly the same.", series, ("A", "B"))
    path = tmp_path / f"alike{ending}"
    writer(path)(Document("Alike", (Section("Alike", (chart,), message="Alike."),)), path)

    with ZipFile(path) as archive:
        name = next(it for it in archive.namelist() if it.startswith(f"{part}/charts/chart"))
        axes = re.findall(r"<c:valAx>.*?</c:valAx>", archive.read(name).decode(), re.DOTALL)
    assert sum(bool(re.search(rf'<c:{end} val="0(\.0)?"', axis)) for axis in axes) == 1


# --- the workbook -------------------------------------------------------------------------------


def test_no_text_of_a_workbook_is_a_formula(folder: Path) -> None:
    book = load_workbook(folder / "all.xlsx")
    found = {cell.value for row in book["Small"].iter_rows() for cell in row}
    types = {cell.data_type for row in book["Small"].iter_rows() for cell in row
             if cell.value == FORMULA}  # fmt: skip

    assert {MARKUP, ARABIC} <= found
    assert types == {"s"}
    book.close()


def test_cells_of_a_chart_stand_neither_under_one_nor_on_paper(folder: Path) -> None:
    book = load_workbook(folder / "all.xlsx")
    seen = 0
    for sheet in book:
        places = [
            cell.column for row in sheet for cell in row if cell.value == "Cells of the chart"
        ]
        if not places:
            continue
        # Columns are counted from 0 in anchors, from 1 in cells.
        ends = [chart.anchor.to.col + 1 for chart in sheet._charts if not chart.anchor._from.col]
        assert max(ends) < min(places), sheet.title
        printed = sheet.print_area.split(":")[1].replace("$", "")
        assert max(ends) <= sheet[printed].column < min(places), sheet.title
        seen += 1
    book.close()

    assert seen >= 3
