"""What was read, before anything is solved: faults, doubts and notices, and control totals."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from choosebattles.case.bounds import plain
from choosebattles.errors import InputError, gathered
from choosebattles.report.document import (
    FILES,
    SCREEN,
    Block,
    Cell,
    Column,
    Document,
    Kind,
    Section,
    Sentences,
    Table,
)
from choosebattles.report.json import errors_as_json, faults_as_json
from choosebattles.translation import _, several
from choosebattles.workbook.annotated_copy import Marks
from choosebattles.workbook.control_totals import Totals
from choosebattles.workbook.reader import Reading

_NOTHING = Decimal(0)

Sums = Sequence[tuple[str, Sequence[Decimal | int]]]
"""Numbers as typed, each row behind its name."""


def document(reading: Reading, further: Sequence[str] = ()) -> Document:
    """Return what is said of what was read.

    Parameters
    ----------
    reading
        What came of reading.
    further
        What to do next, for who is at the terminal.
    """
    counts = _marks(reading).counted
    case = reading.case
    return Document(
        _("What was read"),
        (_on_screen(reading, further), _findings(reading, counts), _control_totals(reading.totals)),
        country=case.country if case else "",
        headline=counts,
    )


def _marks(reading: Reading) -> Marks:
    return Marks(reading.faults, reading.doubts, reading.notices)


def _on_screen(reading: Reading, further: Sequence[str]) -> Section:
    totals: tuple[Block, ...] = ()
    if reading.totals.rows:
        says = _("Control totals: compare them with the sums in your workbook.")
        totals = (Sentences((says,)), *_tables(reading.totals, on_screen=True))
    return Section(
        "", (Sentences(tuple(_lines(reading))), *totals, Sentences(tuple(further))), on=SCREEN
    )


def _lines(reading: Reading) -> Iterator[str]:
    """Yield what was found, faults first; doubts and notices each below their number."""
    if reading.faults:
        yield str(InputError(reading.faults))
    doubts, notices = gathered(reading.doubts), gathered(reading.notices)
    for title, found in (
        (several("{number} doubt", "{number} doubts", len(doubts)), doubts),
        (several("{number} notice", "{number} notices", len(notices)), notices),
    ):
        if found:
            yield title.format(number=len(found))
            yield from (f"  {sentence}" for sentence in found)


def _findings(reading: Reading, counts: str) -> Section:
    table = Table(
        "Findings",
        (
            Column(_("Place"), Kind.NAME, 24),
            Column(_("Code"), Kind.NAME, 10),
            Column(_("Weight"), Kind.NAME, 9),
            Column(_("Found"), Kind.TEXT, 44),
            Column(_("Expected"), Kind.TEXT, 44),
            Column(_("What to do"), Kind.TEXT, 44),
            Column(_("File"), Kind.NAME, 20),
        ),
        [
            (
                *(fault.where, fault.code, str(weight), fault.found, fault.expected, fault.advice),
                fault.file,
            )
            for weight, fault in _marks(reading)
        ],
    )
    return Section(_("Findings"), (table,), leads=(counts,), message=counts, on=FILES)


def _control_totals(totals: Totals) -> Section:
    return Section(
        _("Control totals"),
        tuple(_tables(totals, on_screen=False)),
        leads=(_("Compare them with the sums in your workbook."),),
        on=FILES,
    )


def _tables(totals: Totals, *, on_screen: bool) -> Iterator[Table]:
    """Yield rows by sheet, money by fund and year, and what all of it comes to."""
    if not totals.rows:
        return
    yield _table(
        "Rows",
        (_("Sheet"), _("rows")),
        [(name, (number,)) for name, number in totals.rows.items()],
        on_screen=on_screen,
    )
    if not totals.money:
        return
    years = sorted({year for amounts in totals.money.values() for year in amounts})
    funds: Sums = [
        (name, (*(amounts.get(year, _NOTHING) for year in years), _sum(amounts.values())))
        for name, amounts in totals.money.items()
    ]
    by_year = [
        _sum(amounts.get(year, _NOTHING) for amounts in totals.money.values()) for year in years
    ]
    heads = (_("Fund"), *map(str, years), _("all years"))
    everything = (_("all funds"), (*by_year, totals.all_money))
    yield _table("Money", heads, [*funds, everything], on_screen=on_screen)
    wholes: Sums = [
        (_("investments"), (totals.investments,)),
        (_("options"), (totals.options,)),
        (_("cost of everything, built"), (totals.build_cost,)),
        (_("cost of everything, running, a year"), (totals.running_cost,)),
        *([(_("income of everything, by year"), (totals.income,))] if totals.income else []),
        *(
            (_("scores on {criterion}").format(criterion=name), (number,))
            for name, number in totals.scores.items()
        ),
    ]
    heads = (_("In all"), "" if on_screen else _("Sum"))
    yield _table("InAll", heads, wholes, on_screen=on_screen)


def _table(name: str, heads: Sequence[str], sums: Sums, *, on_screen: bool) -> Table:
    kind = Kind.FIGURES if on_screen else Kind.NUMBER
    first, *others = heads
    columns = (Column(first, Kind.NAME, 36), *(Column(head, kind, 12) for head in others))
    rows: list[tuple[Cell, ...]] = [
        (row, *(plain(Decimal(number)) if on_screen else float(number) for number in numbers))
        for row, numbers in sums
    ]
    return Table(name, columns, rows, filtered=False)


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, _NOTHING)


def as_json(reading: Reading) -> dict[str, Any]:
    """Return what was read as a tree of plain values."""
    totals = reading.totals
    return {
        **errors_as_json(reading.faults),
        "doubts": faults_as_json(reading.doubts),
        "warnings": faults_as_json(reading.notices),
        "totals": {
            "rows": dict(totals.rows),
            "investments": totals.investments,
            "options": totals.options,
            "money": {
                fund: {str(year): float(amount) for year, amount in amounts.items()}
                for fund, amounts in totals.money.items()
            },
            "build_cost": float(totals.build_cost),
            "running_cost": float(totals.running_cost),
            "income": float(totals.income),
            "scores": {name: float(number) for name, number in totals.scores.items()},
        },
    }
