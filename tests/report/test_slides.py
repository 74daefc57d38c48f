"""Slides as PowerPoint finds them: native charts, titles that say something, notes, no overflow."""

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from pptx import Presentation

from choosebattles.errors import OutputError
from choosebattles.report.document import Document, Medium
from choosebattles.report.outputs.slides import deck
from choosebattles.report.outputs.slides.deck import write_slides
from choosebattles.report.outputs.text_fitting import breadth, clipped, fitted, height, lines
from report.outcomes import no_plan, outcome, shaken
from report.presented import MADE, crowded_outcome, document_of

DOCUMENTS = {
    "small": lambda: document_of(outcome()),
    "shaken": lambda: document_of(outcome(shaken())),
    "crowded": lambda: document_of(crowded_outcome()),
    "no plan": lambda: document_of(no_plan()),
}


def slides_of(document: Document, folder: Path) -> Any:
    write_slides(document, folder / "slides.pptx", made=MADE)
    return Presentation(str(folder / "slides.pptx"))


def charts(presentation: Any) -> Iterator[Any]:
    for slide in presentation.slides:
        yield from (shape.chart for shape in slide.shapes if shape.has_chart)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_slide_has_a_message_notes_a_source_and_a_number(name: str, tmp_path: Path) -> None:
    document = DOCUMENTS[name]()
    found = slides_of(document, tmp_path)

    sections = document.shown(Medium.SLIDES)
    assert len(found.slides) == len(sections)
    for number, (slide, section) in enumerate(zip(found.slides, sections, strict=True), 1):
        title = slide.shapes.title.text
        assert title == " ".join(section.message.split()) or title.endswith("…")
        notes = slide.notes_slide.notes_text_frame.text
        assert section.message in notes
        assert "Where the numbers come from:" in notes
        assert all(f"- {source}" in notes for source in section.sources)
        assert all(note in notes for note in section.notes)
        assert document.origin in notes
        foot = [
            placeholder.text
            for placeholder in slide.placeholders
            if placeholder.placeholder_format.idx in (11, 12)
        ]
        assert foot == [document.evidence, str(number)]


def test_figures_for_illustration_are_called_so_on_every_slide(tmp_path: Path) -> None:
    for slide in slides_of(document_of(outcome()), tmp_path).slides:
        assert "Illustrative figures" in {s.text for s in slide.shapes if s.has_text_frame}
    real = replace(document_of(outcome()), illustrative=False)
    for slide in slides_of(real, tmp_path).slides:
        assert "Illustrative figures" not in {s.text for s in slide.shapes if s.has_text_frame}


def test_charts_are_native_and_hold_what_they_show(tmp_path: Path) -> None:
    slides_of(document_of(outcome(shaken())), tmp_path)
    with ZipFile(tmp_path / "slides.pptx") as parts:
        names = parts.namelist()
        books = [parts.read(name) for name in names if name.endswith(".xlsx")]
    assert len([name for name in names if re.fullmatch(r"ppt/charts/chart\d+\.xml", name)]) == 3
    assert len(books) == 3
    assert not [name for name in names if name.startswith("ppt/media/")]
    found = list(charts(Presentation(str(tmp_path / "slides.pptx"))))
    for chart, blob in zip(found, books, strict=True):
        (sheet,) = load_workbook(BytesIO(blob)).worksheets
        held = {c.value for row in sheet.iter_rows() for c in row if c.value is not None}
        shown: set[object] = set()
        for plot in chart.plots:
            shown |= {str(category) for category in plot.categories}
            for series in plot.series:
                shown |= {series.name, *(value for value in series.values if value is not None)}
        assert held == shown


def test_parts_are_told_apart_without_colour(tmp_path: Path) -> None:
    (chart,) = (
        each
        for each in charts(slides_of(document_of(outcome(shaken())), tmp_path))
        if each.plots[0].series[0].name.endswith(", planned")
    )
    looks = [str(series.format.fill.type) for series in chart.plots[0].series]
    patterns = [
        series.format.fill.pattern
        for series in chart.plots[0].series
        if "PATTERN" in str(series.format.fill.type)
    ]
    assert looks.count("SOLID (1)") == 1
    assert len(set(patterns)) == len(patterns)


def test_the_bars_of_a_waterfall_rest_on_each_other(tmp_path: Path) -> None:
    chart = list(charts(slides_of(document_of(outcome()), tmp_path)))[1]
    base, level, adds = chart.plots[0].series

    assert chart.plots[0].categories[0] == "before 0"
    assert base.format.fill.type is not None
    for place in range(1, len(base.values) - 2):
        assert base.values[place + 1] == pytest.approx(base.values[place] + adds.values[place])
    assert level.values[-1] == pytest.approx(base.values[-2] + adds.values[-2])


@pytest.mark.parametrize("name", DOCUMENTS)
def test_nothing_runs_over(name: str, tmp_path: Path) -> None:
    found = slides_of(DOCUMENTS[name](), tmp_path)
    for slide in found.slides:
        boxes = []
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= found.slide_width
            assert shape.top + shape.height <= found.slide_height
            if (
                shape.has_table
                or shape.has_chart
                or (shape.is_placeholder and shape.placeholder_format.idx == 1)
            ):
                boxes.append((shape.left, shape.top, shape.width, shape.height))
            if shape.has_table:
                _fits(shape.table)
        for n, one in enumerate(boxes):
            for two in boxes[n + 1 :]:
                apart = (
                    one[0] + one[2] <= two[0]
                    or two[0] + two[2] <= one[0]
                    or one[1] + one[3] <= two[1]
                    or two[1] + two[3] <= one[1]
                )
                assert apart, (name, slide.shapes.title.text)


def _fits(table: Any) -> None:
    for row in table.rows:
        for column, cell in zip(table.columns, row.cells, strict=True):
            if not cell.text or cell.is_merge_origin or cell._tc.tcPr.get("vert"):
                continue
            font = cell.text_frame.paragraphs[0].runs[0].font
            room = (column.width - cell.margin_left - cell.margin_right) / 914400
            size, bold = font.size.pt, bool(font.bold)
            tall = height(lines(cell.text, size, room, bold=bold), size)
            assert tall <= (row.height - cell.margin_top - cell.margin_bottom) / 914400 + 1e-4


def test_the_master_is_our_own(tmp_path: Path) -> None:
    found = slides_of(document_of(outcome()), tmp_path)

    assert found.slide_width / found.slide_height == pytest.approx(16 / 9, rel=1e-3)
    assert [layout.name for layout in found.slide_layouts] == ["Decision", "Finding"]
    with ZipFile(tmp_path / "slides.pptx") as parts:
        theme = parts.read("ppt/theme/theme1.xml").decode()
        names = parts.namelist()
    assert 'name="choosebattles"' in theme
    assert 'latin typeface="Arial"' in theme
    assert "Calibri" not in theme.split("<a:fmtScheme")[0].split("<a:font ")[0]
    assert "docProps/thumbnail.jpeg" not in names


def test_the_same_document_gives_the_same_bytes(tmp_path: Path) -> None:
    document = document_of(outcome(shaken()))
    one, two = tmp_path / "one.pptx", tmp_path / "two.pptx"

    write_slides(document, one, made=MADE)
    write_slides(document, two, made=MADE)

    assert one.read_bytes() == two.read_bytes()
    assert Presentation(str(one)).core_properties.created == MADE.replace(tzinfo=None)


def test_slides_that_read_back_differently_are_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "slides.pptx"
    path.write_bytes(b"the old slides")
    contents = deck.contents
    told: list[object] = []

    def forgetful(presentation: Any) -> list[object]:
        told.append(None)
        return contents(presentation)[: -1 if len(told) > 1 else None]

    monkeypatch.setattr(deck, "contents", forgetful)
    with pytest.raises(OutputError, match="read back differently"):
        write_slides(document_of(outcome()), path, made=MADE, overwrite=True)

    assert path.read_bytes() == b"the old slides"
    assert list(tmp_path.iterdir()) == [path]


def test_pictures_have_words(tmp_path: Path) -> None:
    slides_of(document_of(outcome(shaken())), tmp_path)
    with ZipFile(tmp_path / "slides.pptx") as parts:
        slides = [
            parts.read(each).decode()
            for each in parts.namelist()
            if re.fullmatch(r"ppt/slides/slide\d+\.xml", each)
        ]
    frames = sum(slide.count("<p:graphicFrame>") for slide in slides)
    described = sum(
        len(re.findall(r"<p:nvGraphicFramePr><p:cNvPr [^>]*descr=", slide)) for slide in slides
    )
    assert frames == described > 5


def test_lines_are_counted_as_they_break() -> None:
    # 10 letters of half an em at 72 points are 5 inches and a little more.
    assert breadth("c" * 10, 72) == pytest.approx(5.2)
    assert lines("cccc cccc", 72, 3) == 2
    assert lines("cccc-cccc", 72, 3) == 2
    assert lines("c" * 10, 72, 3) == 2
    assert clipped("cccc cccc cccc", 72, 3, 2) == "cccc cccc…"
    assert fitted("cccc cccc", (72, 36), 3, 1.3) == ("cccc cccc", 36)
    assert fitted("cccc cccc", (72,), 3, 1.3) == ("cccc…", 72)
