"""Contributions: what lifts each index from before to after, as a table and as waterfalls."""

from dataclasses import replace

from xlsxwriter import Workbook

from choosebattles.report.parts.waterfall import Climb, pieces, shortened
from choosebattles.report.sheets.book import Book
from choosebattles.report.sheets.charts import Picture, Series, waterfall
from choosebattles.report.sheets.looks import Kind
from choosebattles.report.sheets.page import Cell, Column, Page
from choosebattles.words import _

MOST = 40
"""Steps of a waterfall; what adds less is drawn as one."""
CHARTS = 7
"""Waterfalls at most: that of the weighted sum and those of the first indices."""
LETTER, HEIGHT = 7, 280
"""Pixels of a column's width of one, and of the height of a waterfall."""
NAMED, TITLED, NUMBER, LAST = 12, 52, 13, 16
"""Widths of the columns: name, title, each index, the weighted sum."""
ROWS = 15
"""Rows that a waterfall takes."""
A_PAGE = 2
"""Waterfalls on a printed page."""
FEW = 12
"""Rows of a table that leave room for a waterfall on their page."""
ACROSS = 1000
"""Pixels that stand beside each other on a printed page at full size."""
NAME = 12
"""Letters of a step's name below its column."""


def steps_name() -> str:
    """Return the name of the column of the weighted sum."""
    return _("Objective (weighted sum)")


def write(book: Book, page: Page, workbook: Workbook) -> None:
    """Write a row for each step, with the levels before and after, and the waterfalls below."""
    answer = book.answer
    page.head(
        book.titled(_("Contributions")),
        _(
            "What each thing adds to an index, in points: its scores for as long as it works, then "
            "what services keep working, then all else."
        ),
        _("Before and all steps below it add up to After; that is one of the checks."),
    )
    names = [each.objective for each in answer.indices]
    rows: list[list[Cell]] = [
        [_("Before"), None, *(each.before for each in answer.indices), answer.before]
    ]
    for step in answer.steps:
        adds = [step.adds[name] for name in names]
        rows.append([step.option, step.says, *adds, step.objective])
    rows.append([_("After"), None, *(each.after for each in answer.indices), answer.objective])
    area = page.table(
        [
            Column(_("Step"), Kind.NAME, NAMED),
            Column(_("What it is"), Kind.TEXT, TITLED),
            *(Column(index_column(name), Kind.INDEX, NUMBER) for name in names),
            Column(steps_name(), Kind.INDEX, LAST),
        ],
        rows,
        name="Contributions",
        keep=2,
        autofilter=False,
    )
    book.areas["contributions"] = area
    place = len(area.columns) + 2
    width = LETTER * (NAMED + TITLED + NUMBER * len(names) + LAST)
    line = area.last + 2
    breaks = [] if len(rows) <= FEW else [line]
    free = 1 if len(rows) <= FEW else A_PAGE
    for climb in answer.climbs[:CHARTS]:
        if not free:
            breaks.append(line)
            free = A_PAGE
        place = _drawn(page, workbook, shortened(climb, MOST), (line, width), place)
        line += ROWS
        free -= 1
    page.sheet.print_area(0, 0, line, len(area.columns) - 1)
    page.sheet.set_print_scale(min(100, 100 * ACROSS // width))
    page.sheet.set_h_pagebreaks(breaks)


def index_column(name: str) -> str:
    """Return the title of an index's column."""
    return _("Adds to {index}").format(index=name)


def _drawn(page: Page, workbook: Workbook, climb: Climb, at: tuple[int, int], place: int) -> int:
    """Draw a waterfall at a row, so wide, from cells beside the table; return the next column."""
    line, width = at
    steps = tuple((_short(name), change) for name, change in climb.steps)
    found = pieces(replace(climb, steps=steps))
    parts = (
        (_("level"), [each.level for each in found]),
        (_("adds"), [each.rise for each in found]),
        (_("takes"), [each.fall for each in found]),
        (_("below 0"), [each.below for each in found]),
    )
    used = [each for each in parts if any(value is not None for value in each[1])]
    base = _("start of the bar")
    heads = (climb.title, base, *(name for name, _values in used))
    values = zip((each.base for each in found), *(each for _name, each in used), strict=True)
    rows = [(each.name, *numbers) for each, numbers in zip(found, values, strict=True)]
    cells = page.beside(heads, rows, place)
    chart = waterfall(
        workbook,
        Picture(climb.title, _("points"), "0", width, HEIGHT),
        cells[0],
        Series(base, cells[1]),
        [Series(name, each) for (name, _values), each in zip(used, cells[2:], strict=True)],
    )
    text = _("{title}: from the level before, step by step, to the level after.")
    look = {"description": text.format(title=climb.title), "object_position": 2}
    page.sheet.insert_chart(line, 0, chart, look)
    return place + len(heads) + 1


def _short(name: str) -> str:
    return name if len(name) <= NAME else f"{name[: NAME - 1].rstrip()}…"
