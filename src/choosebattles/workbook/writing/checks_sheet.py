"""The sheet Checks: one answer at the top, live totals, and everything that should be 0."""

from collections.abc import Sequence

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from choosebattles.translation import _
from choosebattles.workbook.rows_from_facts import Cell
from choosebattles.workbook.sheets import CHECKS, START
from choosebattles.workbook.writing.data_sheet import link, page, protect, ready_colours
from choosebattles.workbook.writing.formats import TemplateFormats
from choosebattles.workbook.writing.live_checks import ONLY_CHECK, CheckedNumber, FundTotals

MASTER = 1
"""Row of the answer, counted from 0; it stands in column A."""

FIRST = 2
"""Row of the first thing to look at, counted from 0."""

MONEY_FORMAT = "#,##0.0##"


LOOK_FIRST = _("Look first at ")


def status_cell() -> str:
    """Return the cell that says whether the workbook is ready, as in a formula."""
    return f"'{CHECKS}'!$A${MASTER + 1}"


def status_text(things: Sequence[CheckedNumber]) -> str:
    """Return what that cell says now."""
    number = sum(bool(thing.value) for thing in things)
    if not number:
        return _("Ready: yes")
    return _("Ready: no, 1 thing to look at") if number == 1 else _many(str(number))


def _many(number: str) -> str:
    return _("Ready: no, {number} things to look at").format(number=number)


class ChecksSheet:
    """Writes the sheet.

    Parameters
    ----------
    formats
        The formats.
    money
        The funds.
    totals
        What is counted and summed.
    things
        What should be 0.
    """

    def __init__(
        self,
        formats: TemplateFormats,
        money: FundTotals,
        totals: Sequence[CheckedNumber],
        things: Sequence[CheckedNumber],
    ) -> None:
        self.formats, self.money, self.totals, self.things = formats, money, totals, things
        self._row = 0

    def write(self, worksheet: Worksheet) -> None:
        """Write everything that stands on the sheet."""
        formats = self.formats
        worksheet.set_column(0, 0, 72)
        worksheet.set_column(1, 40, 13)
        worksheet.write_string(0, 0, CHECKS, formats.title)
        worksheet.set_row(0, 24)
        link(worksheet, 0, 2, START, formats)
        about = _(
            "Nothing is typed here. These sums follow what you type. Ready: yes means that no formula "
            "finds anything; then run choosebattles check FILE.xlsx, which sees more."
        )
        worksheet.write_string(FIRST + 1, 0, about, formats.help)
        self._row = FIRST + 3
        self._things(worksheet)
        self._only_check(worksheet)
        self._totals(worksheet)
        self._funds(worksheet)
        worksheet.freeze_panes(FIRST + 1, 0)
        page(worksheet, 0, tall=True)
        protect(worksheet)

    def _heading(self, worksheet: Worksheet, words: Sequence[str]) -> None:
        for column, text in enumerate(words):
            worksheet.write_string(self._row, column, text, self.formats.header("#1B2A41"))
        self._row += 1

    def _section(self, worksheet: Worksheet, text: str) -> None:
        worksheet.write_string(self._row, 0, text, self.formats.section)
        self._row += 1

    def _things(self, worksheet: Worksheet) -> None:
        formats = self.formats
        self._section(worksheet, _("What to look at: every number here should be 0"))
        self._heading(worksheet, (_("What is counted"), _("Found"), _("Verdict"), _("Sheet")))
        first = self._row
        for thing in self.things:
            worksheet.write_string(self._row, 0, f"{thing.sheet}: {thing.label}", formats.plain())
            style = formats.calculated("0")
            self._array(worksheet, thing, style)
            found = xl_rowcol_to_cell(self._row, 1)
            # What cannot be counted is to be looked at too: a sheet or a column was deleted.
            formula = (
                f'=IF(ISNUMBER({found}),IF({found}=0,"{_("ok")}","{_("LOOK")}"),"{_("LOOK")}")'
            )
            verdict = _("LOOK") if thing.value else _("ok")
            worksheet.write_formula(self._row, 2, formula, formats.verdict, verdict)
            link(worksheet, self._row, 3, thing.sheet, formats)
            self._row += 1
        for word, style in ((_("ok"), formats.good), (_("LOOK"), formats.odd)):
            options = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": style}
            worksheet.conditional_format(first, 2, self._row - 1, 2, options)
        area = f"$C${first + 1}:$C${self._row}"
        count = f'COUNTIF({area},"{_("LOOK")}")'
        many = _many('"&' + count + '&"')
        one = _("Ready: no, 1 thing to look at")
        formula = f'=IF({count}=0,"{_("Ready: yes")}",IF({count}=1,"{one}","{many}"))'
        worksheet.write_formula(MASTER, 0, formula, formats.status, status_text(self.things))
        ready_colours(worksheet, formats)
        names = f"$A${first + 1}:$A${self._row}"
        formula = f'=IFERROR("{LOOK_FIRST}"&INDEX({names},MATCH("{_("LOOK")}",{area},0)),"")'
        odd = [f"{LOOK_FIRST}{thing.sheet}: {thing.label}" for thing in self.things if thing.value]
        worksheet.write_formula(FIRST, 0, formula, formats.strong, odd[0] if odd else "")
        self._row += 1

    def _only_check(self, worksheet: Worksheet) -> None:
        """Name what is not counted here."""
        self._section(worksheet, _("What no formula here sees, and choosebattles check does"))
        for sentence in ONLY_CHECK:
            worksheet.write_string(self._row, 0, f"- {sentence}", self.formats.help)
            self._row += 1
        self._row += 1

    def _totals(self, worksheet: Worksheet) -> None:
        self._section(worksheet, _("Totals: the same that choosebattles check prints"))
        self._heading(worksheet, (_("What is added up"), _("Total")))
        for total in self.totals:
            worksheet.write_string(self._row, 0, total.label, self.formats.plain())
            style = self.formats.calculated("#,##0.###")
            self._array(worksheet, total, style)
            self._row += 1
        self._row += 1

    def _array(self, worksheet: Worksheet, figure: CheckedNumber, style: Format) -> None:
        """Write a number that is worked out of whole areas."""
        cell = (self._row, 1, self._row, 1)
        worksheet.write_array_formula(*cell, f"{{{figure.formula}}}", style, figure.value)

    def _funds(self, worksheet: Worksheet) -> None:
        self._section(worksheet, _("Funds, in millions"))
        self._heading(worksheet, (_("Fund"), *self.money.years, _("all years")))
        rows = zip(self.money.names, self.money.amounts, strict=True)
        for (formula, name), amounts in rows:
            self._line(worksheet, formula, name, amounts, bold=False)
        self._line(worksheet, "", _("all funds"), self.money.sums, bold=True)

    def _line(
        self,
        worksheet: Worksheet,
        formula: str,
        name: Cell,
        amounts: Sequence[tuple[str, float | str]],
        *,
        bold: bool,
    ) -> None:
        words = self.formats.calculated(bold=bold)
        style = self.formats.calculated(MONEY_FORMAT, bold=bold)
        if formula:
            worksheet.write_formula(self._row, 0, formula, words, name)
        else:
            worksheet.write_string(self._row, 0, str(name), words)
        for column, (amount_formula, value) in enumerate(amounts, start=1):
            worksheet.write_formula(self._row, column, amount_formula, style, value)
        last = len(amounts)
        area = f"{xl_rowcol_to_cell(self._row, 1)}:{xl_rowcol_to_cell(self._row, last)}"
        total = sum(value for _formula, value in amounts if not isinstance(value, str))
        label = xl_rowcol_to_cell(self._row, 0)
        shown = total if name else ""
        formula = f'=IF({label}="","",SUM({area}))'
        worksheet.write_formula(self._row, last + 1, formula, style, shown)
        self._row += 1
