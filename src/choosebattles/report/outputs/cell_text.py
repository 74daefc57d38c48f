"""How a cell stands in a text: by its kind, with the decimals of the document."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from choosebattles.report.document import (
    WORDS,
    Cell,
    Column,
    Decimals,
    Document,
    Formula,
    Kind,
    Manner,
    Medium,
    Section,
    Sentences,
    Shown,
    Table,
    raw,
)
from choosebattles.report.number_wording import rounded
from choosebattles.translation import _


def text(cell: Cell, kind: Kind, decimals: Decimals) -> str:
    """Return a cell as it is read, without the unit, which stands in the title of its column.

    Parameters
    ----------
    cell
        What stands there.
    kind
        What its column holds.
    decimals
        Those of the document.
    """
    if isinstance(cell, Shown):
        kind = cell.kind
    value = raw(cell)
    if value is None or isinstance(value, str):
        return value or ""
    return _WRITTEN[kind](value, decimals) if kind in _WRITTEN else f"{value:g}"


def _number(value: float, _decimals: Decimals) -> str:
    shown = f"{Decimal(format(value, '.6f')):,f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def _kept(value: float, decimals: Decimals) -> str:
    return f"{rounded(100 * value, decimals.shares)} %"


_WRITTEN: dict[Kind, Callable[[float, Decimals], str]] = {
    Kind.MONEY: lambda value, decimals: rounded(value, decimals.money) if value else "0",
    Kind.POINTS: lambda value, decimals: rounded(value, decimals.points),
    Kind.INDEX: lambda value, decimals: rounded(value, decimals.points + 1),
    Kind.PEOPLE: lambda value, _decimals: rounded(value, 1),
    Kind.COUNT: lambda value, _decimals: rounded(value, 0),
    Kind.SHARE: lambda value, _decimals: f"{rounded(100 * value, 1)} %",
    Kind.KEPT: _kept,
    Kind.FLOORED: lambda value, decimals: f"{_kept(value, decimals)} *",
    Kind.GAIN: lambda value, decimals: ("+" if value > 0 else "") + _kept(value, decimals),
    Kind.NUMBER: _number,
}
"""How numbers are written; others, such as years, as they are."""


def bare_percent(share: float) -> str:
    """Return a share in whole percent without the sign; what is not all is never 100, nor 0 for some."""
    nearly = Decimal(format(100 * share, ".12g"))
    if Decimal("99.5") <= nearly < 100 - Decimal("1e-7"):
        return "99"
    if Decimal("1e-7") < nearly < Decimal("0.5"):
        return "1"
    return rounded(100 * share, 0)


def to_the_right(column: Column) -> bool:
    """Say whether the cells of a column stand to the right: numbers do."""
    return column.kind not in WORDS


def texts(table: Table, decimals: Decimals) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a table, totals last, as they are read."""
    return tuple(
        tuple(
            text(cell, column.kind, decimals)
            for cell, column in zip(row, table.columns, strict=True)
        )
        for row in (*table.rows, *table.totals)
    )


def opened(document: Document, medium: Medium) -> tuple[Section, ...]:
    """Return the sections that stand somewhere; on slides only those with a finding.

    The first tells the doubts about what was read, and in which points the case was changed.
    """
    found = document.shown(medium)
    if medium is Medium.SLIDES:
        found = tuple(section for section in found if section.message)
    nothing = Section("", (), title=document.title, message=document.headline or document.subject)
    first, *others = found or (nothing,)
    doubts = tuple(_("Doubt: {sentence}").format(sentence=doubt) for doubt in document.doubts)
    blocks = (
        Sentences(doubts, manner=Manner.LIST),
        *first.blocks,
        Sentences(document.notes, manner=Manner.LIST),
    )
    return (replace(first, blocks=blocks), *others)


def heading(section: Section, document: Document) -> str:
    """Return what stands above a section: its title, if the document does not bear that too."""
    return section.name if section.title == document.title else section.title or section.name


def leading(section: Section) -> tuple[str, ...]:
    """Return the lines of help below the head of a section that its message does not say."""
    lines = (raw(lead) if isinstance(lead, Formula) else lead for lead in section.leads)
    return tuple(f"{line}" for line in lines if line != section.message)
