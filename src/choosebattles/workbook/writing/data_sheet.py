"""One sheet to fill in: help, bands, units, headings, rows, drop-downs, and how it is printed."""

from collections.abc import Mapping, Sequence

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from choosebattles.case.checks.ids import EXAMPLE
from choosebattles.case.numbers import MeasuredIn
from choosebattles.formula_sentences import Reference
from choosebattles.spelling import visible
from choosebattles.translation import _
from choosebattles.workbook.column import LISTED, CellKind
from choosebattles.workbook.layout import SETTINGS_SHEET
from choosebattles.workbook.rows_from_facts import Cell, Head
from choosebattles.workbook.settings import SETTINGS
from choosebattles.workbook.sheets import CHECKS, START
from choosebattles.workbook.writing import formats as colours
from choosebattles.workbook.writing.cell_validation import unit, validation
from choosebattles.workbook.writing.dropdown_lists import ListsSheet
from choosebattles.workbook.writing.formats import LINE_HEIGHT, ROW_HEIGHT, TemplateFormats, height
from choosebattles.workbook.writing.placement import (
    CALCULATED_WIDTH,
    PlacedBook,
    PlacedPage,
    should_be_filled,
    width_of,
)
from choosebattles.workbook.writing.reads_as import SENTENCES

A4 = 9
MARGINS = (0.4, 0.4, 0.6, 0.6)
"""Left, right, top and bottom, in inches."""

SCALE = 75
"""Percent of its size in which a table is printed that does not fit on one page."""

PAGE_WIDTH = 1310
"""Pixels that fit on a page of A4 across at that scale: 10.9 inches of 96, and something to spare."""

FITTING = 1420
"""Pixels that are made to fit on one page, a little smaller."""

LAST_COLUMN = 16_383

ALLOWED = {
    "format_cells": True,
    "format_columns": True,
    "format_rows": True,
    "insert_columns": True,
    "insert_rows": True,
    "insert_hyperlinks": True,
    "delete_columns": True,
    "delete_rows": True,
    "sort": True,
    "autofilter": True,
}
"""What may be done to a protected sheet, as far as Excel lets one."""

FORMULA_STARTS = ("=", "+", "-", "@")

ROOM = 85
"""Characters that the words above a band take."""

SETTINGS_WIDTHS = (24, 26, 14, 36, 84)
"""Characters across: setting, value, unit, what blank means, what the setting is."""

FROZEN = {"investment": 3}
"""How many columns stay in view, by the first of them; elsewhere one."""

REPEATED = {"investment": 2}
"""How many columns, those with ids, stand on every printed page, by the first of them."""


class DataSheet:
    """Writes one sheet of a plan.

    Parameters
    ----------
    plan
        Where everything stands.
    placed
        The sheet.
    lists
        What cells offer.
    formats
        The formats.
    status
        Formula and value of what is still to be looked at.
    """

    def __init__(
        self,
        plan: PlacedBook,
        placed: PlacedPage,
        lists: ListsSheet,
        formats: TemplateFormats,
        status: tuple[str, str],
    ) -> None:
        self.plan, self.placed, self.lists, self.formats = plan, placed, lists, formats
        self.status = status

    def write(self, worksheet: Worksheet) -> None:
        """Write everything that stands on the sheet."""
        self._top(worksheet)
        if self.placed.sheet is SETTINGS_SHEET:
            self._settings(worksheet)
        else:
            self._table(worksheet)
        protect(worksheet)

    def _top(self, worksheet: Worksheet) -> None:
        name = self.placed.sheet.name
        worksheet.set_default_row(ROW_HEIGHT)
        worksheet.write_string(0, 0, name, self.formats.title)
        worksheet.set_row(0, 24)
        for row in range(1, self.placed.header - 2):
            worksheet.set_row(row, LINE_HEIGHT + 1.5)
        worksheet.write_formula(1, 0, self.status[0], self.formats.status, self.status[1])
        link(worksheet, 0, 2, START, self.formats)
        link(worksheet, 0, 3, CHECKS, self.formats)
        # Beside the columns that stand on every page, so that it is printed once and whole.
        aside = repeated(self.placed) if is_split(self.placed) else 0
        for row, line in enumerate(self.placed.help, start=2):
            worksheet.write_string(row, aside, line, self.formats.help)
        ready_colours(worksheet, self.formats, cells=2)

    # --- a table ---

    def _table(self, worksheet: Worksheet) -> None:
        columns = self.placed.columns
        self._columns(worksheet)
        self._bands(worksheet)
        self._example(worksheet)
        top = self.placed.header - 1
        for index, column in enumerate(columns):
            if isinstance(column, str):
                header, shown = column, self.formats.header(colours.GREY_INK)
                text = _("calculated")
            else:
                header = column.text
                to_fill = should_be_filled(self.placed.sheet, column)
                shown = self.formats.header(colours.INK if to_fill else colours.QUIET)
                text = unit(self.placed.sheet, column.column)
            self._unit(worksheet, index, text)
            worksheet.write_string(top, index, header, shown)
        worksheet.set_row(top, 45)
        self._cells(worksheet)
        self._warn(worksheet)
        first = self.placed.page.heads[0].column.name
        worksheet.freeze_panes(self.placed.header, FROZEN.get(first, 1))
        on_pages(worksheet, self.placed)

    def _example(self, worksheet: Worksheet) -> None:
        """Show above the headings how a row may be filled in; nobody can type there."""
        row = self.placed.header - 2
        worksheet.set_row(row, 2 * LINE_HEIGHT)
        example = self.placed.example
        for head, value in zip(self.placed.page.heads, example, strict=True):
            style = self.formats.example(head.column.kind, named=value == EXAMPLE)
            index = self.placed.index(head)
            if isinstance(value, str):
                worksheet.write_string(row, index, value, style)
            elif value is None:
                worksheet.write_blank(row, index, None, style)
            else:
                worksheet.write_number(row, index, value, style)
        texts = dict(zip((head.text for head in self.placed.page.heads), example, strict=True))
        for heading in self.placed.sheet.calculated:
            phrase = SENTENCES[self.placed.sheet.name][heading]
            style = self.formats.example(CellKind.TEXT)
            worksheet.write_string(row, self.placed.index(heading), phrase.value(texts), style)

    def _bands(self, worksheet: Worksheet) -> None:
        """Write what the columns below have in common: to be filled, calculated, or for later."""
        row = self.placed.header - 4
        columns = self.placed.columns
        groups = [_group(self.placed, column) for column in columns]
        words = {
            "first": (_("Yellow: fill in. White: may stay blank."), colours.YELLOW),
            "calculated": (_("Grey: calculated, do not type"), colours.GREY),
            "others": (
                _("More, only if you need it: all of these columns may stay blank."),
                colours.LINE,
            ),
        }
        for index, group in enumerate(groups):
            text, colour = words[group]
            if group == "others" and _room(groups, columns) < ROOM:
                text = _("More: may all stay blank")
            if index and groups[index - 1] == group:
                worksheet.write_blank(row, index, None, self.formats.band(colour))
            else:
                worksheet.write_string(row, index, text, self.formats.band(colour))

    def _unit(self, worksheet: Worksheet, index: int, text: str) -> None:
        row = self.placed.header - 3
        if text.startswith(MeasuredIn.MILLIONS):
            after = text.removeprefix(MeasuredIn.MILLIONS)
            currency = self.plan.setting("currency")
            formula = f'=TRIM("{MeasuredIn.MILLIONS} "&{currency}&"{after}")'
            shown = " ".join(
                f"{MeasuredIn.MILLIONS} {self.plan.setting_value('currency') or ''}{after}".split()
            )
            worksheet.write_formula(row, index, formula, self.formats.unit, shown)
        else:
            worksheet.write_string(row, index, text, self.formats.unit)

    def _reference(self, row: int) -> Reference:
        """Return the cells of a row by heading, as in a formula."""
        letters = {
            head.text: xl_col_to_name(self.placed.index(head)) for head in self.placed.page.heads
        }
        return lambda heading: f"${letters[heading]}{row}"

    def _cells(self, worksheet: Worksheet) -> None:
        rows = self.placed.page.rows
        heads = self.placed.page.heads
        blank: tuple[Cell, ...] = (None,) * len(heads)
        for number in range(self.placed.prepared):
            values = rows[number] if number < len(rows) else blank
            row = self.placed.header + number
            for head, value in zip(heads, values, strict=True):
                to_fill = should_be_filled(self.placed.sheet, head)
                self._typed(worksheet, row, self.placed.index(head), head, value, must=to_fill)
            texts = dict(zip((head.text for head in heads), values, strict=True))
            if number < len(rows):
                worksheet.set_row(row, max(ROW_HEIGHT, self._height(texts)))
            for heading in self.placed.sheet.calculated:
                phrase = SENTENCES[self.placed.sheet.name][heading]
                formula = "=" + phrase.formula(self._reference(row + 1))
                index, style = self.placed.index(heading), self.formats.calculated(wrap=True)
                worksheet.write_formula(row, index, formula, style, phrase.value(texts))
        # LibreOffice prints lines only as far down as something stands: a space, which is nothing.
        worksheet.write_string(
            self.placed.last - 1, len(self.placed.columns), " ", self.formats.free
        )

    def _height(self, texts: Mapping[str, Cell]) -> float:
        """Return how high a row is whose texts are shown whole."""
        wrapped = [
            (width_of(head), str(texts[head.text] or ""))
            for head in self.placed.page.heads
            if self._wraps(head, in_full=True)
        ]
        calculated = [
            (CALCULATED_WIDTH, SENTENCES[self.placed.sheet.name][heading].value(texts))
            for heading in self.placed.sheet.calculated
        ]
        return height([*wrapped, *calculated])

    def _wraps(self, head: Head, *, in_full: bool = False) -> bool:
        """Say whether a text goes on below; on Investments lists are then cut at the row's end."""
        listed = head.column.kind in LISTED and not (in_full and "option" in self._names)
        return head.column.name in colours.WRAPPED or listed

    @property
    def _names(self) -> set[str]:
        return {head.column.name for head in self.placed.page.heads}

    def _typed(
        self, worksheet: Worksheet, row: int, index: int, head: Head, value: Cell, *, must: bool
    ) -> None:
        wrap = self._wraps(head)
        put(worksheet, (row, index), value, self.formats, head.column.kind, must=must, wrap=wrap)

    def _columns(self, worksheet: Worksheet) -> None:
        for index, column in enumerate(self.placed.columns):
            worksheet.set_column(index, index, width_of(column), self.formats.free)
            if not isinstance(column, str):
                bounds = self.placed.sheet.bounds(column.column)
                offered = self.lists.offered(column.column)
                options = validation(column.text, column.column, bounds, offered)
                worksheet.data_validation(
                    self.placed.header,
                    index,
                    self.placed.header + self.placed.reach - 1,
                    index,
                    options,
                )
        worksheet.set_column(len(self.placed.columns), LAST_COLUMN, None, self.formats.free)

    def _warn(self, worksheet: Worksheet) -> None:
        """Colour ids used twice, and cells left blank in a row that is begun, which has lines."""
        first, last = self.placed.header, self.placed.header + self.placed.reach - 1
        heads = self.placed.page.heads
        row = self.placed.first
        letters = [xl_col_to_name(self.placed.index(head)) for head in heads]
        begun = "+".join(f'(${letter}{row}<>"")' for letter in letters)
        for head in heads:
            if head.column.required:
                index = self.placed.index(head)
                letter = xl_col_to_name(index)
                criteria = f'=AND(${letter}{row}="",({begun})>0)'
                options = {"type": "formula", "criteria": criteria, "format": self.formats.odd}
                worksheet.conditional_format(first, index, last, index, options)
        below = self.placed.last
        begun = "+".join(f'(${letter}{below + 1}<>"")' for letter in letters)
        options = {"type": "formula", "criteria": f"=({begun})>0", "format": self.formats.line}
        worksheet.conditional_format(below, 0, last, len(self.placed.columns) - 1, options)
        if self.placed.sheet.name != "Investments" and heads[0].text in _IDS:
            options = {"type": "duplicate", "format": self.formats.wrong}
            worksheet.conditional_format(first, 0, last, 0, options)

    # --- Settings ---

    def _settings(self, worksheet: Worksheet) -> None:
        top, formats = self.placed.header - 1, self.formats
        texts = (_("Setting"), _("Value"), _("Unit"), _("If blank"), _("Meaning"))
        worksheet.set_column(0, LAST_COLUMN, None, formats.free)
        headed = zip(("Setting", "Value", *texts[2:]), SETTINGS_WIDTHS, strict=True)
        for index, (heading, wide) in enumerate(headed):
            worksheet.set_column(index, index, wide, formats.free)
            worksheet.write_string(top, index, heading, formats.header(colours.INK))
        worksheet.set_row(top, 24)
        settings = {setting.label: setting for setting in SETTINGS}
        for row, (name, value, *_rest) in enumerate(self.placed.page.rows, start=top + 1):
            setting = settings[str(name)]
            label = formats.plain(
                bold=True, font_color=colours.INK, border=1, border_color=colours.LINE
            )
            note = formats.plain(
                font_color=colours.GREY_INK, text_wrap=True, border=1, border_color=colours.LINE
            )
            worksheet.write_string(row, 0, setting.label, label)
            must, wrap = setting.required, setting.kind is CellKind.TEXT
            put(worksheet, (row, 1), value, formats, setting.kind, must=must, wrap=wrap, left=True)
            worksheet.write_string(row, 2, _setting_unit(setting.kind), note)
            blank = _("must be filled") if setting.required else setting.default
            worksheet.write_string(row, 3, blank, note)
            worksheet.write_string(row, 4, setting.help, note)
            texts = (setting.label, str(value or ""), "", blank, setting.help)
            worksheet.set_row(row, height(zip(SETTINGS_WIDTHS, texts, strict=True)))
            offered = self.lists.offered(setting)
            options = validation(setting.label, setting, setting.bounds, offered)
            worksheet.data_validation(row, 1, row, 1, options)
        worksheet.freeze_panes(self.placed.header, 1)
        page(worksheet, top)


_IDS = frozenset(
    {"Fund", "Criterion", "Objective", "Skill", "Layer", "Service", "Shock", "Source", "Name"}
)
"""Headings of first columns whose values may stand only once."""

_SETTING_UNITS: Mapping[CellKind, str] = {
    CellKind.TEXT: _("text"),
    CellKind.DATE: _("date"),
    CellKind.YEAR: _("year"),
    CellKind.WHOLE: _("years"),
    CellKind.SHARE: _("%"),
    CellKind.NUMBER: _("points"),
    CellKind.NUMBER_OR_SHARE: _("% or options"),
    CellKind.CHOICE: _("from the list"),
}


def _setting_unit(kind: CellKind) -> str:
    return _SETTING_UNITS.get(kind, "")


def _room(groups: Sequence[str], columns: Sequence[Head | str]) -> int:
    """Return how wide the band of the columns for later is."""
    pairs = zip(groups, columns, strict=True)
    return sum(width_of(column) for group, column in pairs if group == "others")


def _group(placed: PlacedPage, column: Head | str) -> str:
    if isinstance(column, str):
        return "calculated"
    first = placed.sheet.first
    return "first" if not first or column.column.name in first else "others"


def put(
    worksheet: Worksheet,
    at: tuple[int, int],
    value: Cell,
    formats: TemplateFormats,
    kind: CellKind,
    *,
    must: bool,
    wrap: bool = False,
    left: bool = False,
) -> None:
    """Write a cell to type into; a text is a text whatever it begins with."""
    text = visible(value)[0] if isinstance(value, str) else ""
    style = formats.typed(
        kind, must=must, wrap=wrap, left=left, formula_like=text.startswith(FORMULA_STARTS)
    )
    if text:
        worksheet.write_string(*at, text, style)
    elif isinstance(value, int | float):
        worksheet.write_number(*at, value, style)
    else:
        worksheet.write_blank(*at, None, style)


def link(worksheet: Worksheet, row: int, column: int, name: str, formats: TemplateFormats) -> None:
    """Write a link to another sheet."""
    worksheet.write_url(row, column, f"internal:'{name}'!A1", formats.link, string=name)


def ready_colours(worksheet: Worksheet, formats: TemplateFormats, *, cells: int = 1) -> None:
    """Colour the cell below the title by whether the workbook is ready; its words say it too."""
    for begins, style in ((_("Ready: yes"), formats.good), (_("Ready: no"), formats.odd)):
        criteria = f'=LEFT($A$2,{len(begins)})="{begins}"'
        options = {"type": "formula", "criteria": criteria, "format": style}
        worksheet.conditional_format(1, 0, 1, cells - 1, options)


def page(worksheet: Worksheet, header: int, *, tall: bool = False) -> None:
    """Set up how a sheet is printed: A4, one page wide, headings on every page."""
    if not tall:
        worksheet.set_landscape()
    worksheet.set_paper(A4)
    worksheet.fit_to_pages(1, 0)
    if header:
        worksheet.repeat_rows(header)
    worksheet.set_margins(*MARGINS)
    worksheet.set_footer("&L&F&C&A&R" + _("Page {number} of {all}").format(number="&P", all="&N"))


def repeated(placed: PlacedPage) -> int:
    """Return how many columns stand on every page."""
    return REPEATED.get(placed.page.heads[0].column.name, 1)


def _pixels(placed: PlacedPage) -> list[int]:
    return [7 * width_of(column) + 5 for column in placed.columns]


def is_split(placed: PlacedPage) -> bool:
    """Say whether a table goes on on further pages."""
    return placed.sheet is not SETTINGS_SHEET and sum(_pixels(placed)) > FITTING


def on_pages(worksheet: Worksheet, placed: PlacedPage) -> None:
    """Set up how a table is printed: what does not fit on one page goes on on the next ones.

    Every page has the example, the headings and the columns of ids.
    """
    page(worksheet, 0)
    worksheet.repeat_rows(placed.header - 3, placed.header - 1)
    if not is_split(placed):
        return
    widths, first = _pixels(placed), repeated(placed)
    worksheet.set_print_scale(SCALE)
    worksheet.repeat_columns(0, first - 1)
    room = PAGE_WIDTH - sum(widths[:first])
    breaks, used = [], 0
    groups = [_group(placed, column) for column in placed.columns]
    for index in range(first, len(widths)):
        later = groups[index] == "others" != groups[index - 1]
        if used + widths[index] > room or (later and used):
            breaks.append(index)
            used = 0
        used += widths[index]
    worksheet.set_v_pagebreaks(breaks)


def protect(worksheet: Worksheet) -> None:
    """Keep headings and formulas from being changed by mistake; there is no password."""
    worksheet.protect("", ALLOWED)
