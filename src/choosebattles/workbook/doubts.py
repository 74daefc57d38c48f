"""Doubts and notices: what was odd about what was read, and what of it is confirmed as meant."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

from openpyxl.utils.cell import range_boundaries

from choosebattles.case.place import Place
from choosebattles.error_codes import CODES, Weight
from choosebattles.errors import Fault
from choosebattles.spelling import key, quoted
from choosebattles.translation import _
from choosebattles.workbook.cell_reading import blank
from choosebattles.workbook.findings import Findings

CONFIRMED = "Confirmed"
"""How a row of Settings begins that confirms a doubt."""


@dataclass(frozen=True)
class Confirmation:
    """What a user says is meant: doubts of one code in some cells, with the reason.

    ``sheet`` is empty for a doubt about a whole file, ``cells`` for one about a whole sheet;
    cells may be single ones or areas, such as ``C5`` or ``C5:E9``.
    """

    code: str
    sheet: str
    cells: tuple[str, ...]
    reason: str
    place: Place

    def covers(self, doubt: Fault) -> bool:
        """Say whether this is the doubt, or one of those, that is confirmed."""
        if doubt.code != self.code or key(doubt.sheet) != key(self.sheet):
            return False
        return any(_within(doubt.cell, cell) for cell in self.cells) or doubt.cell == ""

    @classmethod
    def typed(cls, text: str, reason: Any, place: Place, findings: Findings) -> Self | None:
        """Return what a row of Settings confirms; ``None`` and a fault if it cannot be read.

        Parameters
        ----------
        text
            What stands under Setting, such as ``Confirmed: CB-C09 Funds!C5``.
        reason
            Its value: why this is meant.
        place
            The cell of the text.
        findings
            Where a fault is noted.
        """
        code, _space, where = text.partition(":")[2].strip().partition(" ")
        code = code.upper() if code.upper().startswith("CB-") else f"CB-{code.upper()}"
        known = next((listed for listed in CODES if listed.upper() == code), None)
        sheet, _mark, cells = where.strip().rpartition("!") if "!" in where else (where, "", "")
        named = tuple(word.strip().replace("$", "").upper() for word in cells.split(",") if cells)
        if known is None or not all(_readable(cell) for cell in named):
            findings.fault(
                place,
                "CB-S17",
                quoted(text),
                _("a code and its cells, as in Confirmed: CB-C09 Funds!C5"),
                _("Copy both from the message that you confirm."),
            )
            return None
        if CODES[known].weight is Weight.ERROR:
            findings.fault(
                place,
                "CB-S17",
                _("{code}, which is an error").format(code=known),
                _("the code of a doubt"),
                _("An error cannot be confirmed; correct its cell."),
            )
            return None
        if blank(reason):
            findings.fault(
                place,
                "CB-C13",
                _("no reason"),
                _("why this is meant, as the value of the row"),
                _("Type a few words; they are printed with the results."),
            )
            return None
        return cls(known, sheet.strip().strip("'"), named, str(reason).strip(), place)


def confirming(doubt: Fault) -> str:
    """Return what to type under Setting to confirm a doubt."""
    return f"{CONFIRMED}: {doubt.code} {doubt.cell_in_sheet}".strip()


def is_confirmation(label: Any) -> bool:
    """Say whether a row of Settings, by what stands under Setting, confirms a doubt."""
    return isinstance(label, str) and key(label.partition(":")[0]) == key(CONFIRMED)


def doubts_and_notices(
    warnings: Sequence[Fault], confirmed: Sequence[Confirmation], *, complete: bool
) -> tuple[tuple[Fault, ...], tuple[Fault, ...]]:
    """Return what may change the answer, and what is harmless or confirmed; each by place.

    Parameters
    ----------
    warnings
        Everything odd that was met.
    confirmed
        What the user says is meant.
    complete
        Whether every doubt is among them: with faults, the case as a whole was not looked at.
    """
    doubts, notices, used = [], [], set()
    for warning in dict.fromkeys(warnings):
        if CODES[warning.code].weight is not Weight.DOUBT:
            notices.append(warning)
            continue
        meant = next(
            (confirmation for confirmation in confirmed if confirmation.covers(warning)), None
        )
        if meant is None:
            doubts.append(warning)
            continue
        used.add(meant)
        advice = _("Confirmed under {place}: {reason}").format(
            place=meant.place, reason=meant.reason
        )
        notices.append(replace(warning, advice=advice))
    if complete:
        notices += _unused_confirmations(
            confirmation for confirmation in confirmed if confirmation not in used
        )
    return _by_place(doubts), _by_place(notices)


def _unused_confirmations(confirmed: Iterator[Confirmation]) -> Iterator[Fault]:
    for confirmation in confirmed:
        yield confirmation.place.fault(
            "CB-S17",
            _("a confirmation of {code}, of which there is no doubt there").format(
                code=confirmation.code
            ),
            _("a doubt that this case has"),
            _("Delete the row if the cell was corrected."),
        )


def _by_place(faults: Sequence[Fault]) -> tuple[Fault, ...]:
    return tuple(sorted(faults, key=Fault.order))


def _readable(cells: str) -> bool:
    try:
        return None not in range_boundaries(cells)
    except (ValueError, TypeError):
        return False


def _within(cell: str, area: str) -> bool:
    if not cell:
        return False
    left, top, right, bottom = range_boundaries(area)
    column, row, _right, _bottom = range_boundaries(cell)
    return bool(left <= column <= right and top <= row <= bottom)
