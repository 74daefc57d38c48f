"""Charts that several answers show, of cells of their tables."""

from collections.abc import Sequence

from choosebattles.report.document import Cells, Chart, Form, Series
from choosebattles.report.plan_parts.waterfall import Climb
from choosebattles.translation import _


def in_columns(
    title: str,
    table: str,
    names: Sequence[str],
    along: str,
    last: int | None = None,
    *,
    size: tuple[int, int] = (720, 320),
    beside: bool = False,
) -> Chart:
    """Return columns of a table in points, beside each other for each of its rows.

    Parameters
    ----------
    title
        What they show.
    table
        The name of the table.
    names
        The titles of its columns that are drawn.
    along
        The title of the column that names the rows.
    last
        The last row that is drawn, counted from 0; all of them unless said otherwise.
    size, beside
        As of any chart.
    """
    return Chart(
        Form.COLUMNS,
        title,
        _("points"),
        title,
        tuple(Series(name, Cells(table, name, 0, last)) for name in names),
        Cells(table, along, 0, last),
        size=size,
        beside=beside,
    )


def in_steps(climb: Climb, says: str) -> Chart:
    """Return the steps from one level of an index to another as a waterfall."""
    changes = (change for _name, change in climb.steps)
    return Chart(
        Form.WATERFALL,
        climb.title,
        _("points"),
        says,
        (Series(climb.title, (climb.before, *changes, climb.after)),),
        (_("before"), *(name for name, _change in climb.steps), _("after")),
    )


def worth_against_cost(
    table: str, names: Sequence[str], worth: str, cost: str, number: str
) -> Chart:
    """Return plans as points, each with its name: what they are worth against what they cost.

    Parameters
    ----------
    table
        The name of the table that has them, one in each row.
    names
        What they are called.
    worth, cost
        The titles of its columns.
    number
        How worth stands at the axis.
    """
    title = _("What the plans cost and are worth")
    series = tuple(
        Series(name, Cells.one(table, worth, row), Cells.one(table, cost, row))
        for row, name in enumerate(names)
    )
    return Chart(
        Form.POINTS, title, worth, title, series, across=cost, number=number, size=(720, 400)
    )
