"""How a sheet is printed: on one page where that can be read, else page by page, charts whole."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xlsxwriter.worksheet import Worksheet

from choosebattles.report.outputs.text_width import POINTS

A3, A4 = 8, 9
SIDES = {A3: (16.54, 11.69), A4: (11.69, 8.27)}
"""The long and the short side of a paper, in inches."""
LEFT = RIGHT = 0.5
TOP, BOTTOM = 0.6, 0.7
"""Margins in inches."""
WIDE = 13.0
"""Inches across, above which a sheet is printed on A3."""
ROW = 15.0
"""Points of a row of which nothing is said."""
READABLE = 0.7
"""The scale down to which a table is printed smaller so that it stands on one page."""
OVERVIEW = 0.55
"""The same for several tables, or a table with its charts, which belong together."""
SPARE_ACROSS, SPARE_DOWN = 0.92, 0.97
"""How much of a page is counted on: programs measure letters, and so columns, differently."""


@dataclass(frozen=True)
class Printed:
    """What is printed of a sheet.

    ``across`` is how broad it is, in inches; ``rows`` how high each row is, in points; ``charts``
    the rows that charts below a table stand on; ``several`` whether there are several tables, or
    charts beside them; ``large`` whether its table may ask for larger paper; ``header`` the row that
    every page of the table begins with.
    """

    across: float
    rows: Sequence[float]
    charts: Sequence[range] = ()
    several: bool = False
    large: bool = False
    header: int | None = None


def set_up(sheet: Worksheet, printed: Printed) -> None:
    """Set paper, direction, scale and page breaks of a sheet."""
    sheet.set_margins(left=LEFT, right=RIGHT, top=TOP, bottom=BOTTOM)
    paper = A3 if printed.large and printed.across > WIDE else A4
    sheet.set_paper(paper)
    tall = sum(printed.rows) / POINTS
    lying, upright = _room(*SIDES[paper]), _room(*reversed(SIDES[paper]))
    room = max(lying, upright, key=lambda room: min(1.0, room[0] / printed.across, room[1] / tall))
    least = OVERVIEW if printed.charts or printed.several else READABLE
    one_page = min(room[0] / printed.across, room[1] / tall) >= least
    if not one_page:
        room = upright if upright[0] / printed.across >= READABLE else lying
    if room is upright:
        sheet.set_portrait()
    else:
        sheet.set_landscape()
    if one_page or not printed.charts:
        sheet.fit_to_pages(1, int(one_page))
        _repeat(sheet, printed)
        return
    # Page breaks count only where the sheet is not fitted to pages.
    width, height = room
    scale = min(1.0, SPARE_ACROSS * width / printed.across)
    sheet.set_print_scale(int(100 * scale))
    page = SPARE_DOWN * height * POINTS / scale
    sheet.set_h_pagebreaks(list(_breaks(printed, page)))
    if sum(printed.rows[: printed.charts[0].start]) > page:
        _repeat(sheet, printed)


def _repeat(sheet: Worksheet, printed: Printed) -> None:
    """Begin every page with the header; over charts alone it would stand for nothing."""
    if printed.header is not None:
        sheet.repeat_rows(printed.header)


def _room(across: float, down: float) -> tuple[float, float]:
    """Return the room within the margins of a paper, in inches."""
    return across - LEFT - RIGHT, down - TOP - BOTTOM


def _breaks(printed: Printed, page: float) -> Iterator[int]:
    """Yield the rows before which a page ends, so that none ends within a chart.

    ``page`` is how many points stand on one.
    """
    start = 0
    for rows in printed.charts:
        before = sum(printed.rows[start : rows.start]) % page
        if before + sum(printed.rows[rows.start : rows.stop]) > page:
            yield rows.start
            start = rows.start
