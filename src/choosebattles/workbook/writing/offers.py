"""What a cell offers and says when it is chosen, and how it warns of what does not fit."""

from typing import Any

from choosebattles.case.bounds import Bounds
from choosebattles.words import _
from choosebattles.workbook.column import Column, Kind, Setting, Sheet, Space

PROMPT_LIMIT = 255
"""How long Excel lets the message of a cell be."""

TITLE_LIMIT = 32
"""How long Excel lets the title of such a message be."""

ERROR_LIMIT = 225
"""How long LibreOffice and Excel let the warning be."""

LARGEST = 10**12
"""A bound for numbers that have none: whatever is not a number is outside."""

LISTED = frozenset({Kind.IDS, Kind.TAGS, Kind.SCOPE, Kind.COVERS})


def validation(heading: str, of: Column | Setting, bounds: Bounds, offered: str) -> dict[str, Any]:
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
    elif of.kind in {Kind.WHOLE, Kind.YEAR}:
        options |= {"validate": "integer"} | _between(bounds) | _unlikely(of, bounds)
    elif of.kind.numeric:
        options |= {"validate": "decimal"} | _between(bounds) | _unlikely(of, bounds)
    return options


def _strictness(of: Column | Setting) -> dict[str, Any]:
    """Refuse words that are not on a closed list; advise on ids; leave lists of ids alone."""
    if of.kind is Kind.CHOICE:
        told = _("Choose one of the list (click the arrow beside the cell).")
        return {"error_type": "stop", "error_title": _("Not in the list"), "error_message": told}
    if of.kind in {Kind.ID, Kind.METRIC}:
        told = _("This is not in the list yet. Keep it only if you add its row on the other sheet.")
        return {"error_type": "warning", "error_title": _("Not known"), "error_message": told}
    return {"show_error": False}


def _between(bounds: Bounds) -> dict[str, Any]:
    low = -LARGEST if bounds.low is None else float(bounds.low)
    high = LARGEST if bounds.high is None else float(bounds.high)
    return {"criteria": "between", "minimum": low, "maximum": high}


def _unlikely(of: Column | Setting, bounds: Bounds) -> dict[str, Any]:
    expected = str(bounds) if bounds.low is not None or bounds.high is not None else str(of.kind)
    told = _("Expected: {expected}. Type the number alone, without a unit.").format(
        expected=expected
    )
    return {
        "error_type": "warning",
        "error_title": _("Does not fit"),
        "error_message": told[:ERROR_LIMIT],
    }


def prompt(of: Column | Setting) -> str:
    """Return the message of a cell: what to type, in which unit, and what a blank means."""
    parts = [of.help]
    if of.kind is Kind.ID and isinstance(of, Column) and of.defines is not Space.NONE:
        parts.append(_("An id is a short name without spaces: letters, digits, _ and -."))
    if isinstance(of, Column) and of.unit:
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
    Kind.TEXT: _("text"),
    Kind.DATE: _("date"),
    Kind.ID: _("id"),
    Kind.IDS: _("ids; ids"),
    Kind.TAGS: _("words; words"),
    Kind.NUMBER: _("number"),
    Kind.SHARE: _("%"),
    Kind.NUMBER_OR_SHARE: _("number or %"),
    Kind.WHOLE: _("whole number"),
    Kind.YEAR: _("year"),
    Kind.CHOICE: _("from the list"),
    Kind.SCOPE: _("ids; pillar: X"),
    Kind.COVERS: _("layer: 40%"),
    Kind.METRIC: _("from the list"),
    Kind.OWN_PLAN: _("yes or year"),
}


def unit(sheet: Sheet, column: Column) -> str:
    """Return what is typed into a column, in the few words that stand above its heading."""
    words = column.unit or _UNITS.get(column.kind, "")
    bounds = sheet.bounds(column)
    if column.unit and bounds.low is not None and bounds.low < 0:
        return f"{words}, {bounds}"
    return words
