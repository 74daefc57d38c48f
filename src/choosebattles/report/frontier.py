"""A frontier as a workbook and as JSON."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from xlsxwriter import Workbook

from choosebattles.errors import AuditError, OutputError
from choosebattles.execution.safe_write import Written, write_safely
from choosebattles.frontier.shape import Frontier
from choosebattles.report.json import SCHEMA
from choosebattles.report.parts.evidence import is_illustrative
from choosebattles.report.parts.frontier import change_rows, moved, point_rows, sentences
from choosebattles.report.sheets.charts import Picture, trade_off
from choosebattles.report.sheets.looks import Kind, Looks
from choosebattles.report.sheets.page import HEADER_ROW, Column, Page
from choosebattles.report.wording import decimals, plain, unit
from choosebattles.report.xlsx import REFUSED
from choosebattles.words import _


def frontier_as_json(frontier: Frontier) -> dict[str, Any]:
    """Return a frontier as a tree of plain values; money in millions, unrounded."""
    return {
        "schema": SCHEMA,
        "complete": frontier.complete,
        "resolution": frontier.resolution,
        "points": [
            {
                "indices": {
                    name: float(index) for name, index in each.recount.after.indices.items()
                },
                "total_cost": float(each.recount.total_cost),
                "supported": each.supported,
                "chosen": [
                    {"investment": it.investment, "option": it.option, "start": it.start}
                    for it in each.plan.choices
                ],
            }
            for each in frontier.points
        ],
    }


def write_frontier(frontier: Frontier, path: Path, *, inputs: Iterable[Path] = ()) -> Written:
    """Write a frontier as a workbook, so that a failure harms no earlier one.

    Parameters
    ----------
    frontier
        What was traced; it may have no points.
    path
        Where the workbook shall stand.
    inputs
        Files that must never be overwritten.

    Raises
    ------
    AuditError
        If the recount has not confirmed a plan.
    OutputError
        If the file cannot be written.
    """
    if not all(each.recount.passed for each in frontier.points):
        raise AuditError(_("A plan breaks what it must keep, so nothing was written."))

    def write(partial: Path) -> None:
        with Workbook(str(partial), REFUSED) as book:
            _written(frontier, book)

    def read_back(partial: Path) -> None:
        _verify(frontier, partial)

    return write_safely(path, write, read_back, inputs=inputs)


def _written(frontier: Frontier, book: Workbook) -> None:
    costs = (each.recount.total_cost for each in frontier.points)
    looks = Looks(book, decimals(plain(each) for each in costs))
    pages = [Page(book.add_worksheet(name), looks, name) for name in _sheets()]
    _points(frontier, book, pages[0])
    _changes(frontier, pages[1])


def _sheets() -> tuple[str, str]:
    return _("Frontier"), _("What changes")


def _titled(frontier: Frontier, what: str) -> str:
    title = f"{frontier.case.country}: {what}" if frontier.case.country else what
    if is_illustrative(frontier.case):
        return _("{title} (illustrative figures)").format(title=title)
    return title


def _points(frontier: Frontier, book: Workbook, page: Page) -> None:
    first, second = frontier.objectives
    title = _("Trade-off: {first} against {second}").format(first=first, second=second)
    told = list(sentences(frontier))
    page.head(_titled(frontier, title), told[0], " ".join(told[1:]))
    rows = point_rows(frontier)
    if not rows:
        return
    across, up = (_("Index: {objective}").format(objective=each) for each in (first, second))
    columns = (
        Column(_("Point"), Kind.COUNT, 8),
        Column(across, Kind.POINTS, 13),
        Column(up, Kind.POINTS, 13),
        Column(_("Total cost"), Kind.MONEY, 13),
        Column(_("Supported"), Kind.TEXT, 12),
        Column(_("Knee"), Kind.TEXT, 8),
        Column(_("Options"), Kind.TEXT, 70),
    )
    cells = [
        (
            each.number,
            each.first,
            each.second,
            each.total_cost,
            _("yes") if each.supported else _("no"),
            _("knee") if each.knee else None,
            ", ".join(each.options),
        )
        for each in rows
    ]
    area = page.table(columns, cells, name="Frontier")
    note = _(
        "Supported: some weights make it the best of the points listed. Money in {unit}."
    ).format(unit=unit(frontier.case))
    marks = _("In the chart: full marks are supported, hollow ones are not.")
    page.sheet.write_string(area.last + 2, 0, note, page.looks.lead)
    page.sheet.write_string(area.last + 3, 0, marks, page.looks.lead)
    chart = trade_off(
        book,
        Picture(title, up, "0.0", width=720, height=420),
        across,
        (area.range(across), area.range(up)),
        [each.supported for each in rows],
    )
    page.sheet.insert_chart(area.last + 5, 0, chart, {"description": told[0]})


def _changes(frontier: Frontier, page: Page) -> None:
    first, second = frontier.objectives
    page.head(
        _titled(frontier, _("What changes from point to point")),
        _("Each row says how the plan of a point differs from that of the point before."),
    )
    rows = change_rows(frontier)
    if not rows:
        return
    columns = (
        Column(_("To point"), Kind.COUNT, 10),
        Column(_("Change: {objective}").format(objective=first), Kind.POINTS, 13),
        Column(_("Change: {objective}").format(objective=second), Kind.POINTS, 13),
        Column(_("Change of cost"), Kind.MONEY, 12),
        Column(_("Kind"), Kind.TEXT, 26),
        Column(_("Enters"), Kind.TEXT, 40),
        Column(_("Leaves"), Kind.TEXT, 40),
        Column(_("Starts in another year"), Kind.TEXT, 34),
    )
    cells = [
        (
            each.number,
            each.first,
            each.second,
            each.cost,
            each.words,
            ", ".join(each.enters),
            ", ".join(each.leaves),
            moved(each.moves),
        )
        for each in rows
    ]
    page.table(columns, cells, name="Changes")


def _verify(frontier: Frontier, path: Path) -> None:
    """Read the workbook back and compare every point with what was traced."""
    with path.open("rb") as stream:
        book = load_workbook(stream, data_only=True)
        try:
            sheet = book[_sheets()[0]]
            found = [
                tuple(cell.value for cell in row)
                for row in sheet.iter_rows(
                    min_row=HEADER_ROW + 2,
                    max_row=HEADER_ROW + 1 + len(frontier.points),
                    max_col=4,
                )
            ]
        finally:
            book.close()
    told = [(e.number, e.first, e.second, e.total_cost) for e in point_rows(frontier)]
    if told and found != told:
        sentence = _(
            "The results were not kept, because they read back differently: {place}. Whatever "
            "stood there before is intact. Please report this."
        )
        raise OutputError(sentence.format(place=_("the points of the frontier")))
