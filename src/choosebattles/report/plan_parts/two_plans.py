"""Two plans beside each other: indices, objective and cost, as a table and a chart."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from choosebattles.report.document import Chart, Column, Kind, Shown, Table
from choosebattles.report.plan_parts.charts import in_columns
from choosebattles.translation import _


@dataclass(frozen=True)
class MeasureRow:
    """A measure of both plans; None where there is none."""

    name: str
    before: float | None
    after: float | None
    money: bool = False

    @property
    def change(self) -> float | None:
        """Return the difference."""
        if self.before is None or self.after is None:
            return None
        return self.after - self.before


def two_currencies(before: str, after: str) -> str:
    """Return that amounts of two currencies stand side by side."""
    return _(
        "Money is in {before} in one and in {after} in the other: amounts are set side by side "
        "as they stand, not converted."
    ).format(before=before, after=after)


def starts_moved(moves: Iterable[tuple[str, int, int]]) -> str:
    """Return which options start in which years, in one plan and in the other."""
    return ", ".join(f"{name} {before} → {after}" for name, before, after in moves)


def first_and_second(rows: Sequence[MeasureRow]) -> tuple[Table, Chart]:
    """Return both plans as a table, and all measures in points as columns of a chart beside it.

    Parameters
    ----------
    rows
        Measures; that of the cost stands last.
    """
    measure, first, second = _("Measure"), _("First"), _("Second")
    table = Table(
        "Comparison",
        (
            Column(measure, Kind.NAME, 26),
            Column(first, Kind.POINTS, 14),
            Column(second, Kind.POINTS, 14),
            Column(_("Change"), Kind.POINTS, 14),
        ),
        [
            (
                row.name,
                *(
                    Shown(number, Kind.MONEY) if row.money else number
                    for number in (row.before, row.after, row.change)
                ),
            )
            for row in rows
        ],
    )
    chart = in_columns(
        _("Indices, first and second"),
        "Comparison",
        (first, second),
        measure,
        len(rows) - 2,
        size=(620, 300),
        beside=True,
    )
    return table, chart
