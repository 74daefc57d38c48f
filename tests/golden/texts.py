"""Every file that a command writes, as lines of text of which a difference says what changed."""

import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from typing import Any
from xml.etree import ElementTree as ET

from docx import Document
from docx.table import Table
from docx.text.paragraph import Paragraph
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from pptx import Presentation

DIGITS = 9
"""Significant digits of a number: what solvers leave behind them is not told."""

LONGEST = 100
"""Characters of a JSON tree that stand on one line."""

FEW = 4
"""Cells with one formula below each other that are told one by one."""

_FORMULA = "  formula "
_NUMBER = re.compile(r"\d+")

_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def number(value: float) -> str:
    """Return a number with nine significant digits; what is nothing but noise is 0."""
    return "0" if abs(value) < 10**-DIGITS else f"{value:.{DIGITS}g}"


def _shown(value: object) -> str:
    if isinstance(value, bool) or value is None:
        return str(value)
    if isinstance(value, int | float):
        return number(value)
    return repr(value) if isinstance(value, str) else str(value)


def rounded(tree: Any) -> Any:
    """Return a JSON tree with every number rounded."""
    if isinstance(tree, dict):
        return {key: rounded(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [rounded(value) for value in tree]
    if isinstance(tree, float):
        return json.loads(number(tree))
    return tree


def json_lines(tree: Any) -> Iterator[str]:
    """Yield a JSON tree, what is short on one line."""
    yield from _branch("", rounded(tree), "", "")


def _branch(head: str, tree: Any, indent: str, comma: str) -> Iterator[str]:
    flat = json.dumps(tree, ensure_ascii=False)
    short = len(flat) <= LONGEST or not isinstance(tree, dict | list)
    if short and indent:
        yield f"{indent}{head}{flat}{comma}"
        return
    yield f"{indent}{head}{'{' if isinstance(tree, dict) else '['}"
    branches = (
        [(f"{json.dumps(key, ensure_ascii=False)}: ", value) for key, value in tree.items()]
        if isinstance(tree, dict)
        else [("", value) for value in tree]
    )
    for place, (name, value) in enumerate(branches, 1):
        yield from _branch(name, value, indent + "  ", "," if place < len(branches) else "")
    yield f"{indent}{'}' if isinstance(tree, dict) else ']'}{comma}"


def workbook_lines(path: Path) -> Iterator[str]:
    """Yield every cell: value, formula, format, link, note; merged ranges; lists; charts."""
    typed, computed = load_workbook(path), load_workbook(path, data_only=True)
    charts = _charts(path)
    for name, area in sorted(typed.defined_names.items()):
        yield f"name {name} = {area.attr_text}"
    for sheet in typed.worksheets:
        hidden = "" if sheet.sheet_state == "visible" else f" ({sheet.sheet_state})"
        yield f"sheet {sheet.title}{hidden}"
        yield from _cells(sheet, computed[sheet.title])
        yield from (f"{sheet.title}!{area} merged" for area in sorted(map(str, sheet.merged_cells)))
        for rule in sheet.data_validations.dataValidation:
            allowed = (rule.type, rule.formula1, rule.formula2, rule.prompt)
            yield f"{sheet.title}!{rule.sqref} allows {' '.join(map(str, filter(None, allowed)))}"
        yield from (f"{sheet.title} chart {chart}" for chart in charts.get(sheet.title, ()))
    typed.close()
    computed.close()


def _cells(sheet: Worksheet, computed: Worksheet) -> Iterator[str]:
    """Yield cells row by row; a formula that goes on down a column is told once."""
    lines = {
        cell.coordinate: _cell(cell, computed[cell.coordinate].value)
        for row in sheet.iter_rows()
        for cell in row
    }
    ends: dict[str, str] = {}
    for column in sheet.iter_cols():
        for run in _runs([cell.coordinate for cell in column], lines):
            ends[run[0]] = run[-1]
            lines |= dict.fromkeys(run[1:], "")
    for name, text in lines.items():
        if text:
            yield f"{sheet.title}!{f'{name}:{ends[name]}' if name in ends else name}{text}"


def _runs(names: Sequence[str], lines: Mapping[str, str]) -> Iterator[list[str]]:
    """Yield the cells of a column whose formula goes on from row to row in even steps."""
    run: list[str] = []
    steps: tuple[int, ...] | None = None
    for name in names:
        found = _steps(lines[run[-1]], lines[name]) if run else None
        if found is None or (len(run) > 1 and found != steps):
            if len(run) > FEW:
                yield run
            run = []
        run.append(name)
        steps = found
    if len(run) > FEW:
        yield run


def _steps(above: str, below: str) -> tuple[int, ...] | None:
    """Return by how much each number of a formula grows, 0 or 1; nothing if it is another one."""
    (said, mark, one), (same, _, two) = above.partition(_FORMULA), below.partition(_FORMULA)
    if not mark or said != same or _NUMBER.sub("", one) != _NUMBER.sub("", two):
        return None
    pairs = zip(_NUMBER.findall(one), _NUMBER.findall(two), strict=True)
    steps = tuple(int(second) - int(first) for first, second in pairs)
    return steps if set(steps) <= {0, 1} else None


def _cell(cell: Any, computed: Any) -> str:
    parts: list[str] = []
    if cell.data_type == "f":
        formula = getattr(cell.value, "text", cell.value)
        parts.append(f"= {_shown(computed)}{_FORMULA}{formula}")
    elif cell.value is not None:
        parts.append(f"= {_shown(cell.value)}")
    if parts and cell.number_format != "General":
        parts.append(f" fmt {cell.number_format}")
    if cell.hyperlink is not None:
        parts.append(f" link {cell.hyperlink.target or '#' + str(cell.hyperlink.location)}")
    if cell.comment is not None:
        parts.append(f" note {cell.comment.text!r}")
    return " " + " ".join(parts) if parts else ""


def _charts(path: Path) -> dict[str, list[str]]:
    """Return what each sheet draws: kind, title and the ranges of every series."""
    drawn: dict[str, list[str]] = {}
    with zipfile.ZipFile(path) as archive:
        book = _related(archive, "xl/workbook.xml")
        tree = ET.fromstring(archive.read("xl/workbook.xml"))
        for sheet in tree.iter(f"{_SHEET}sheet"):
            part = book[sheet.attrib[_LINK]]
            drawings = [each for each in _related(archive, part).values() if "/drawings/" in each]
            parts = [
                each
                for drawing in drawings
                if drawing.endswith(".xml")
                for each in _related(archive, drawing).values()
            ]
            drawn[sheet.attrib["name"]] = [
                _chart(ET.fromstring(archive.read(each)))
                if "/charts/" in each
                else f"picture {PurePosixPath(each).suffix}"
                for each in sorted(parts)
            ]
    return drawn


def _related(archive: zipfile.ZipFile, part: str) -> dict[str, str]:
    """Return the parts that a part names, by their ids."""
    at = PurePosixPath(part)
    name = str(at.parent / "_rels" / f"{at.name}.rels")
    if name not in archive.namelist():
        return {}
    found = {}
    for each in ET.fromstring(archive.read(name)):
        target = each.attrib["Target"]
        whole = target if target.startswith("/") else f"/{at.parent}/{target}"
        found[each.attrib["Id"]] = re.sub(r"[^/]+/\.\./", "", whole).lstrip("/")
    return found


def _chart(tree: ET.Element) -> str:
    area = next(tree.iter(f"{_CHART}plotArea"))
    kinds = [each for each in area if each.tag.endswith("Chart")]
    title = next(tree.iter(f"{_CHART}title"), None)
    words = [] if title is None else [each.text or "" for each in title.iter(f"{_DRAWING}t")]
    if title is not None:
        words += [each.text or "" for each in title.iter(f"{_CHART}f")]
    series = [
        " ".join(each.text or "" for each in one.iter(f"{_CHART}f"))
        for kind in kinds
        for one in kind.iter(f"{_CHART}ser")
    ]
    names = "+".join(each.tag.removeprefix(_CHART) for each in kinds)
    return f"{names} {''.join(words)!r} of {'; '.join(series)}"


def document_lines(path: Path) -> Iterator[str]:
    """Yield paragraphs with their styles, and tables row by row."""
    document = Document(str(path))
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            if block.text:
                yield f"{block.style.name if block.style else ''}: {block.text}"
        elif isinstance(block, Table):
            yield from _rows(block)
    for place, section in enumerate(document.sections, 1):
        for name, edge in (("header", section.header), ("footer", section.footer)):
            said = " ".join(paragraph.text for paragraph in edge.paragraphs if paragraph.text)
            if said:
                yield f"{name} of section {place}: {said}"


def _rows(table: Any) -> Iterator[str]:
    for row in table.rows:
        yield "| " + " | ".join(cell.text for cell in row.cells)


def slide_lines(path: Path) -> Iterator[str]:
    """Yield of every slide its texts, tables, charts with their numbers, and notes."""
    for place, slide in enumerate(Presentation(str(path)).slides, 1):
        yield f"slide {place}"
        for shape in slide.shapes:
            if shape.has_text_frame and shape.text_frame.text:
                yield f"  {shape.name}: {shape.text_frame.text}"
            if shape.has_table:
                yield from (f"  {line}" for line in _rows(shape.table))
            if shape.has_chart:
                yield from (f"  {line}" for line in _drawn(shape.chart))
        if slide.has_notes_slide:
            for line in slide.notes_slide.notes_text_frame.text.splitlines():
                yield f"  note: {line}"


def _drawn(chart: Any) -> Iterator[str]:
    title = chart.chart_title.text_frame.text if chart.has_title else ""
    yield f"chart {chart.chart_type} {title!r}"
    for plot in chart.plots:
        yield f"  over {'; '.join(map(str, plot.categories))}"
        for series in plot.series:
            across = [float(each.text) for each in series._element.xpath("c:xVal//c:v")]
            yield f"  {series.name}: {'; '.join(map(_shown, (*across, *series.values)))}"


class _Page(HTMLParser):
    """What a page shows without its script, a table row by row; and what the script is given."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.content = ""
        self._unseen: str | None = None
        self._row: list[str] | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "style"}:
            self._unseen = dict(attrs).get("id") or tag
        elif tag == "tr":
            self._row = []
        elif tag in {"td", "th"} and self._row is not None:
            self._row.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"script", "style"}:
            self._unseen = None
        elif tag == "tr" and self._row is not None:
            self.lines.append("| " + " | ".join(each.strip() for each in self._row))
            self._row = None

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        if self._unseen == "page-content":
            self.content += data
        elif self._unseen is None and text:
            if self._row:
                self._row[-1] += f" {text}"
            else:
                self.lines.append(text)


def page_lines(path: Path) -> Iterator[str]:
    """Yield what a page shows, and the numbers that it holds for its script."""
    page = _Page(path.read_text(encoding="utf-8"))
    yield from page.lines
    if page.content:
        yield "content of the page"
        yield from json_lines(json.loads(page.content))


def table_lines(path: Path) -> Iterator[str]:
    """Yield the rows of a file with commas between cells, its decimals rounded."""
    for line in path.read_text(encoding="utf-8").splitlines():
        yield re.sub(r"\d+\.\d+(e-?\d+)?", lambda found: number(float(found[0])), line)


def model_comments(path: Path) -> Iterator[str]:
    """Yield what a model file says of itself; generations of PuLP write the numbers differently."""
    lines = path.read_text(encoding="utf-8").splitlines()
    yield from (line for line in lines if line.startswith(("* ", "\\ ")))


READERS: Mapping[str, Callable[[Path], Iterator[str]]] = {
    ".xlsx": workbook_lines,
    ".docx": document_lines,
    ".pptx": slide_lines,
    ".html": page_lines,
    ".json": lambda path: json_lines(json.loads(path.read_text(encoding="utf-8"))),
    ".md": lambda path: iter(path.read_text(encoding="utf-8").splitlines()),
    **dict.fromkeys((".mps", ".lp"), model_comments),
    ".csv": table_lines,
}
"""How a file is read, by its ending."""
