"""What a cell offers and says when it is chosen, and how it warns of what does not fit."""

from typing import Any

from choosebattles.case.bounds import NumberBounds
from choosebattles.translation import _
from choosebattles.workbook.column import (
    LISTED,
    CellKind,
    ColumnLayout,
    Setting,
    SheetLayout,
    Space,
)

PROMPT_LIMIT = 255
"""How long Excel lets the message of a cell be."""

TITLE_LIMIT = 32
"""How long Excel lets the title of such a message be."""

ERROR_LIMIT = 225
"""How long LibreOffice and Excel let the warning be."""

LARGEST = 10**12
"""A bound for numbers that have none: whatever is not a number is outside."""


def validation(
    heading: str, of: ColumnLayout | Setting, bounds: NumberBounds, offered: str
) -> dict[str, Any]:
    """Return the drop-down, the message and the warning of a cell.

    Parameters
    ----------
    heading
        As it stands above the cell.
    of
        The column or setting.
    bounds
        The least and the most that a number may be.
    offered
        The name of the list that is offered, or nothing.
    """
    options: dict[str, Any] = {
        "validate": "any",
        "input_title": heading[:TITLE_LIMIT],
        "input_message": prompt(of),
    }
    if offered:
        options |= {"validate": "list", "source": f"={offered}"}
        options |= _strictness(of)
    elif of.kind in {CellKind.WHOLE, CellKind.YEAR}:
        options |= {"validate": "integer"} | _between(bounds) | _unlikely(of, bounds)
    elif of.kind.numeric:
        options |= {"validate": "decimal"} | _between(bounds) | _unlikely(of, bounds)
    return options


def _strictness(of: ColumnLayout | Setting) -> dict[str, Any]:
    """Refuse words that are not on a closed list; advise on ids; leave lists of ids alone."""
    if of.kind is CellKind.CHOICE:
        message = _("Choose one of the list (click the arrow beside the cell).")
        return {"error_type": "stop", "error_title": _("Not in the list"), "error_message": message}
    if of.kind in {CellKind.ID, CellKind.METRIC}:
        message = _(
            "This is not in the list yet. Keep it only if you add its row on the other sheet."
        )
        return {"error_type": "warning", "error_title": _("Not known"), "error_message": message}
    return {"show_error": False}


def _between(bounds: NumberBounds) -> dict[str, Any]:
    low = -LARGEST if bounds.low is None else float(bounds.low)
    high = LARGEST if bounds.high is None else float(bounds.high)
    return {"criteria": "between", "minimum": low, "maximum": high}


def _unlikely(of: ColumnLayout | Setting, bounds: NumberBounds) -> dict[str, Any]:
    expected = str(bounds) if bounds.low is not None or bounds.high is not None else str(of.kind)
    message = _("Expected: {expected}. Type the number alone, without a unit.").format(
        expected=expected
    )
    return {
        "error_type": "warning",
        "error_title": _("Does not fit"),
        "error_message": message[:ERROR_LIMIT],
    }


def prompt(of: ColumnLayout | Setting) -> str:
    """Return the message of a cell: what to type, in which unit, and what a blank means."""
    parts = [of.help]
    if of.kind is CellKind.ID and isinstance(of, ColumnLayout) and of.defines is not Space.NONE:
        parts.append(_("An id is a short name without spaces: letters, digits, _ and -."))
    if isinstance(of, ColumnLayout) and of.unit:
        parts.append(_("Unit: {unit}.").format(unit=of.unit))
    if of.kind in LISTED and ";" not in of.help:
        parts.append(_("Separate several by ;"))
    if of.required:
        parts.append(_("Must be filled."))
    elif of.default:
        parts.append(_("Blank: {default}.").format(default=of.default))
    text = " ".join(parts)
    return text if len(text) <= PROMPT_LIMIT else f"{text[: PROMPT_LIMIT - 1]}…"


_UNITS = {
    CellKind.TEXT: _("text"),
    CellKind.DATE: _("date"),
    CellKind.ID: _("id"),
    CellKind.IDS: _("ids; ids"),
    CellKind.TAGS: _("words; words"),
    CellKind.NUMBER: _("number"),
    CellKind.NUMBERS: _("number; number"),
    CellKind.SHARES: _("40%; 60%"),
    CellKind.SHARE: _("%"),
    CellKind.NUMBER_OR_SHARE: _("number or %"),
    CellKind.WHOLE: _("whole number"),
    CellKind.YEAR: _("year"),
    CellKind.CHOICE: _("from the list"),
    CellKind.SCOPE: _("ids; pillar: X"),
    CellKind.COVERS: _("layer: 40%"),
    CellKind.METRIC: _("from the list"),
    CellKind.OWN_PLAN: _("yes or year"),
}


def unit(sheet: SheetLayout, column: ColumnLayout) -> str:
    """Return what is typed into a column, in the few words that stand above its heading."""
    words = column.unit or _UNITS.get(column.kind, "")
    bounds = sheet.bounds(column)
    if column.unit and bounds.low is not None and bounds.low < 0:
        return f"{words}, {bounds}"
    return words
