"""In which unit amounts are said and shown to be, where that is not the unit in which they are read."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from choosebattles.case.bounds import plain
from choosebattles.case.place import Place
from choosebattles.case.units import exact
from choosebattles.spelling import key, quoted
from choosebattles.translation import _
from choosebattles.workbook.cell_reading import blank
from choosebattles.workbook.column import CellKind
from choosebattles.workbook.doubts import is_confirmation
from choosebattles.workbook.findings import Findings
from choosebattles.workbook.heading_row import Heading, SheetTable
from choosebattles.workbook.layout import SETTINGS_SHEET
from choosebattles.workbook.number_format import FormatSection, number_format
from choosebattles.workbook.settings import SETTINGS
from choosebattles.workbook.settings_reader import Typed
from choosebattles.workbook.unit_words import (
    Stated,
    UnitScale,
    codes_in,
    currency_codes,
    named,
    stated,
)

MONEY_SHEETS = ("Funds", "Investments", "Rules", "Limits")
"""The sheets with amounts of money, beside which a unit may be stated."""

READ_IN = _("amounts in millions of the one currency of the case")


def check_units(tables: Mapping[str, SheetTable], typed: Typed, findings: Findings) -> None:
    """Refuse another unit in words; doubt number formats that show another one.

    Parameters
    ----------
    tables
        The sheets as they were found.
    typed
        The settings, of which the currency is one.
    findings
        Where all of it is told.
    """
    currency = str(typed.case.get("currency") or "")
    own = currency_codes(currency)
    if currency:
        _check_currency(currency, typed.case_places["currency"], findings)
    for place, text in _texts(tables, typed):
        _check_words(place, text, stated(text), own, findings)
    for table in tables.values():
        _check_formats(table, own, findings)


def _check_currency(currency: str, place: Place, findings: Findings) -> None:
    codes = codes_in(currency)
    if len(codes) > 1:
        findings.fault(
            place,
            "CB-L48",
            _("two currencies, {names}").format(names=", ".join(codes)),
            _("the one currency of all amounts"),
            _("Convert the others at your planning rate and note it."),
        )
        return
    _check_words(place, currency, Stated(named(currency).scales), frozenset(), findings)


def _texts(tables: Mapping[str, SheetTable], typed: Typed) -> Iterator[tuple[Place, str]]:
    """Yield the texts around the tables of money, and those of Settings that may state a unit."""
    for name in MONEY_SHEETS:
        if name in tables:
            yield from _around(tables[name])
    if "Settings" in tables:
        first = tables["Settings"]
        for table in (first, *first.more):
            yield from _in_settings(table)
    prices = typed.case.get("prices")
    if isinstance(prices, str):
        yield typed.case_places["prices"], prices


def _around(table: SheetTable) -> Iterator[tuple[Place, str]]:
    """Yield the texts above a table, below it, and beside it in columns without a heading."""
    # A row with one cell alone is a note that begins in the table's first column.
    data = {row for row, values in table.rows if sum(not blank(value) for value in values) > 1}
    header = next(values for row, values in table.grid.rows if row == table.header_row)
    headed = {index for index, value in enumerate(header) if not blank(value)}
    for row, values in table.grid.rows:
        if row == table.header_row:
            continue
        for index, value in enumerate(values):
            beside = row > table.header_row and row in data
            if isinstance(value, str) and not (beside and index in headed):
                yield table.grid.place(row, index), value


def _in_settings(table: SheetTable) -> Iterator[tuple[Place, str]]:
    """Yield the texts of rows that are no settings, such as ``Unit`` and ``thousand EUR``."""
    known = {key(setting.label) for setting in SETTINGS}
    for row, values in table.grid.rows:
        label = values[0] if values else None
        if isinstance(label, str) and (key(label) in known or is_confirmation(label)):
            continue
        for index, value in enumerate(values):
            if isinstance(value, str):
                yield table.grid.place(row, index), value


def _check_words(
    place: Place, text: str, unit: Stated, own: frozenset[str], findings: Findings
) -> None:
    """Refuse words for thousands, billions or another currency."""
    found = quoted(text)
    if UnitScale.THOUSAND in unit.scales:
        found = _("{text}, a word for thousands").format(text=found)
        advice = _("Divide the amounts by 1,000 if they are in thousands, and delete the word.")
    elif UnitScale.BILLION in unit.scales:
        found = _("{text}, a word for another unit than millions").format(text=found)
        advice = _("Type the amounts in millions, and delete the word.")
    elif unit.other_currency(own):
        found = _("{text}, the name of another currency than that of Settings").format(text=found)
        advice = _("Convert the amounts at your planning rate and note it, or correct Currency.")
    else:
        return
    findings.forget(place, "CB-S27")
    findings.fault(place, "CB-L48", found, READ_IN, advice)


def _check_formats(table: SheetTable, own: frozenset[str], findings: Findings) -> None:
    """Doubt cells that show another number or unit than they hold."""
    columns = {head.index: head for head in table.headings if _holds_numbers(table, head)}
    rows = dict(table.rows)
    odd: dict[str, bool] = {}
    for (row, index), look in table.grid.looks.items():
        code = look.number_format
        if code not in odd:
            odd[code] = _may_mislead(code, own)
        if not odd[code] or index not in columns or row not in rows:
            continue
        value = exact(rows[row][index]) if index < len(rows[row]) else None
        if not isinstance(value, Decimal) or not value:
            continue
        shown = _misleading(code, value, own)
        if shown is not None:
            findings.warn(
                table.grid.place(row, index, columns[index].text),
                "CB-L47",
                _("{stored} stored, {shown} shown").format(stored=plain(value), shown=shown),
                _("a number format that shows what is stored"),
                _(
                    "The stored number was read. Set the format to General; convert the amount if it "
                    "is in thousands, in single units or in another currency."
                ),
            )


def _holds_numbers(table: SheetTable, head: Heading) -> bool:
    if table.sheet is SETTINGS_SHEET:
        return head.column.name == "value"
    return head.column.kind.numeric and head.column.kind is not CellKind.YEAR


def _may_mislead(code: str, own: frozenset[str]) -> bool:
    """Say whether some number may be shown otherwise than it is stored."""
    found = number_format(code)
    if found is None:
        return False
    unsigned = len(found.sections) > 1 and not _has_sign(found.sections[1])
    return unsigned or any(_odd(section, own) for section in found.sections[:2])


def _misleading(code: str, value: Decimal, own: frozenset[str]) -> str | None:
    """Return what is shown for a number if that says another one, else ``None``."""
    found = number_format(code)
    if found is None:
        return None
    section, signed = found.section(value)
    if not section.digits:
        return quoted(section.label) if section.label else _("nothing")
    unsigned = value < 0 and not signed and not _has_sign(section)
    return quoted(found.shown(value)) if unsigned or _odd(section, own) else None


def _odd(section: FormatSection, own: frozenset[str]) -> bool:
    """Say whether a section of a number format scales, relabels or hides a number."""
    label = section.label
    unit = named(label)
    return (
        not section.digits
        or section.thousands > 0
        or any(character.isdecimal() or character in "%\u2030" for character in label)
        or not unit.scales <= {UnitScale.MILLION}
        or unit.other_currency(own)
    )


def _has_sign(section: FormatSection) -> bool:
    return section.coloured or any(sign in section.label for sign in "-(\u2212\u2013")
