"""Columns of totals that a user keeps beside the table, held against what is read."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from choosebattles.case.bounds import plain
from choosebattles.case.numbers import Family
from choosebattles.translation import _
from choosebattles.workbook.cell_reading import Read, blank
from choosebattles.workbook.findings import Findings
from choosebattles.workbook.heading_row import Heading, SheetTable
from choosebattles.workbook.total_rows import is_total_word
from choosebattles.workbook.typed_numbers import number

SHEETS = ("Funds", "Skills", "Investments")
"""The sheets whose rows have amounts that somebody may add up."""

FRACTION = Decimal("1e-9")
"""By how much the sum of a formula may be off: it is calculated in binary fractions."""


def check_total_columns(
    tables: Mapping[str, SheetTable], calendar: range, findings: Findings
) -> None:
    """Doubt rows whose own total is another than the sum of the amounts that are read.

    A total of costs may leave the running cost out, or count it for any number of years of the
    plan; one of years may leave out those outside the plan; one of Investments may be of scores. A
    typed total may be rounded.

    Parameters
    ----------
    tables
        The tables of the case.
    calendar
        The years of the plan.
    findings
        Where doubts are noted.
    """
    for name in SHEETS:
        table = tables.get(name)
        if table is None:
            continue
        for index, text in _total_columns(table):
            for row, values in table.rows:
                _check_total(table, row, values, (index, text), calendar, findings)


def _total_columns(table: SheetTable) -> Iterator[tuple[int, str]]:
    """Yield the columns that are the user's own and headed by a word for a total."""
    known = {head.index for head in table.headings}
    for row, values in table.grid.rows:
        if row == table.header_row:
            for index, value in enumerate(values):
                if index not in known and isinstance(value, str) and is_total_word(value):
                    yield index, " ".join(value.split())


def _check_total(
    table: SheetTable,
    row: int,
    values: Sequence[object],
    column: tuple[int, str],
    calendar: range,
    findings: Findings,
) -> None:
    """Hold one total against the sums that it may be."""
    index, text = column
    total = _number(values, index)
    sums = list(_sums(table, values, calendar))
    if total is None or None in sums:
        return
    calculated = (row, index) in table.grid.formulas
    last_digit = min(0, int(total.as_tuple().exponent))
    off = FRACTION if calculated else Decimal(1).scaleb(last_digit) / 2
    if any(possible is not None and abs(possible - total) <= off for possible in sums):
        return
    parts = plain(sums[0]) if sums[0] is not None else ""
    findings.warn(
        table.grid.place(row, index, text),
        "CB-C35",
        _("{total}, while what is read adds up to {parts}").format(total=plain(total), parts=parts),
        _("the sum of the row"),
        _("Only the parts are read. Correct them or the total."),
    )


def _sums(table: SheetTable, values: Sequence[object], calendar: range) -> Iterator[Decimal | None]:
    """Yield what a total may be the sum of; None for a cell that is no number."""
    years = [head for head in table.headings if head.column.family is Family.YEARS]
    if years:
        yield _sum(values, years)
        yield _sum(values, [head for head in years if head.key in calendar])
        return
    costs = [head for head in table.headings if head.column.name == "cost"]
    running = [head for head in table.headings if head.column.name == "running_cost"]
    incomes = [head for head in table.headings if head.column.name == "income"]
    build, yearly, income = (_sum(values, heads) for heads in (costs, running, incomes))
    if build is None or yearly is None or income is None:
        yield None
        return
    for number_of_years in range(max(1, len(calendar)) + 1):
        yield build + number_of_years * yearly
        yield build + number_of_years * yearly - income
    points = _sum(values, [head for head in table.headings if head.column.name == "score"])
    if points is not None:
        yield points


def _sum(values: Sequence[object], heads: Sequence[Heading]) -> Decimal | None:
    total = Decimal(0)
    for head in heads:
        if head.index < len(values) and not blank(values[head.index]):
            amount = _number(values, head.index)
            if amount is None:
                return None
            total += amount
    return total


def _number(values: Sequence[object], index: int) -> Decimal | None:
    """Return the number in a cell; None where it is blank or no number."""
    value = values[index] if index < len(values) else None
    if blank(value):
        return None
    answer = number(value)
    return answer.value if isinstance(answer, Read) else None
