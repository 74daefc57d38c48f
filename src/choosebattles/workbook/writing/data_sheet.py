"""One sheet to fill in: help, bands, units, headings, rows, drop-downs, and how it is printed."""

from collections.abc import Mapping, Sequence
from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from choosebattles.spelling import visible
from choosebattles.words import _
from choosebattles.workbook.column import MILLIONS, Kind
from choosebattles.workbook.grids import CHECKS, START
from choosebattles.workbook.layout import SETTINGS_SHEET
from choosebattles.workbook.pages import Cell, Head
from choosebattles.workbook.settings import SETTINGS
from choosebattles.workbook.writing import looks as colours
from choosebattles.workbook.writing.laid import CALCULATED_WIDTH, Laid, Plan, is_asked, width_of
from choosebattles.workbook.writing.lists import Lists
from choosebattles.workbook.writing.looks import Looks, height
from choosebattles.workbook.writing.offers import LISTED, unit, validation
from choosebattles.workbook.writing.phrase import Reference
from choosebattles.workbook.writing.reads_as import SENTENCES

FORMULA_STARTS = ("=", "+", "-", "@")

A4, A3 = 9, 8
A4_WIDTH = 170
"""Characters that can still be read on one page of A4; wider sheets are set to A3."""

ROOM = 85
"""Characters that the words above a band take."""

SETTINGS_WIDTHS = (24, 26, 14, 36, 84)
"""Characters across: setting, value, unit, what blank means, what the setting is."""

FROZEN = {"investment": 3}
"""How many columns stay in view, by the first of them; elsewhere one."""


class DataSheet:
    """Writes one sheet of a plan.

    Parameters
    ----------
    plan
        Where everything stands.
    laid
        The sheet.
    lists
        What cells offer.
    looks
        The formats.
    status
        Formula and value of what is still to be looked at.
    """

    def __init__(
        self, plan: Plan, laid: Laid, lists: Lists, looks: Looks, status: tuple[str, str]
    ) -> None:
        self.plan, self.laid, self.lists, self.looks = plan, laid, lists, looks
        self.status = status

    def write(self, worksheet: Worksheet) -> None:
        """Write everything that stands on the sheet."""
        self._top(worksheet)
        if self.laid.sheet is SETTINGS_SHEET:
            self._settings(worksheet)
        else:
            self._table(worksheet)
        page(worksheet, self.laid.header - 1, wide=self._width() > A4_WIDTH)

    def _width(self) -> int:
        return sum(map(width_of, self.laid.columns))

    def _top(self, worksheet: Worksheet) -> None:
        name = self.laid.sheet.name
        worksheet.write_string(0, 0, name, self.looks.title)
        worksheet.set_row(0, 24)
        worksheet.write_formula(1, 0, self.status[0], self.looks.status, self.status[1])
        link(worksheet, 0, 2, START, self.looks)
        link(worksheet, 0, 3, CHECKS, self.looks)
        for row, line in enumerate(self.laid.help, start=2):
            worksheet.write_string(row, 0, line, self.looks.help)
        ready_colours(worksheet, self.looks, cells=2)

    # --- a table ---

    def _table(self, worksheet: Worksheet) -> None:
        columns = self.laid.columns
        self._bands(worksheet)
        settings: list[dict[str, Any]] = []
        for index, each in enumerate(columns):
            if isinstance(each, str):
                header, shown = each, self.looks.header(colours.GREY_INK)
                text = _("calculated")
            else:
                header = each.text
                asked = is_asked(self.laid.sheet, each)
                shown = self.looks.header(colours.INK if asked else colours.QUIET)
                text = unit(self.laid.sheet, each.column)
            self._unit(worksheet, index, text)
            settings.append({"header": header, "header_format": shown})
        top = self.laid.header - 1
        options = {"name": self.laid.table, "columns": settings, "autofilter": False}
        options |= {"style": None, "banded_rows": False}
        worksheet.add_table(top, 0, self.laid.last - 1, len(columns) - 1, options)
        worksheet.set_row(top, 45)
        self._cells(worksheet)
        self._columns(worksheet)
        self._warn(worksheet)
        frozen = FROZEN.get(self.laid.page.heads[0].column.name, 1)
        worksheet.freeze_panes(self.laid.header, frozen)

    def _bands(self, worksheet: Worksheet) -> None:
        """Write what the columns below have in common: to be filled, calculated, or for later."""
        row = self.laid.header - 3
        columns = self.laid.columns
        groups = [_group(self.laid, each) for each in columns]
        words = {
            "first": (_("Yellow: fill in. White: may stay blank."), colours.YELLOW),
            "calculated": (_("Grey: calculated, do not type"), colours.GREY),
            "others": (
                _(
                    "More, only if you need it: all may stay blank. The minus sign above folds these columns."
                ),
                colours.LINE,
            ),
        }
        for index, group in enumerate(groups):
            text, colour = words[group]
            if group == "others" and _room(groups, columns) < ROOM:
                text = _("More: may all stay blank")
            if index and groups[index - 1] == group:
                worksheet.write_blank(row, index, None, self.looks.band(colour))
            else:
                worksheet.write_string(row, index, text, self.looks.band(colour))

    def _unit(self, worksheet: Worksheet, index: int, text: str) -> None:
        row = self.laid.header - 2
        if text.startswith(MILLIONS):
            after = text.removeprefix(MILLIONS)
            currency = self.plan.setting("currency")
            formula = f'=TRIM("{MILLIONS} "&{currency}&"{after}")'
            held = " ".join(
                f"{MILLIONS} {self.plan.setting_value('currency') or ''}{after}".split()
            )
            worksheet.write_formula(row, index, formula, self.looks.unit, held)
        else:
            worksheet.write_string(row, index, text, self.looks.unit)

    def _reference(self, row: int) -> Reference:
        """Return the cells of a row by heading, as in a formula."""
        letters = {
            each.text: xl_col_to_name(self.laid.index(each)) for each in self.laid.page.heads
        }
        return lambda heading: f"${letters[heading]}{row}"

    def _cells(self, worksheet: Worksheet) -> None:
        rows = self.laid.page.rows
        heads = self.laid.page.heads
        blank: tuple[Cell, ...] = (None,) * len(heads)
        for number in range(self.laid.prepared):
            values = rows[number] if number < len(rows) else blank
            row = self.laid.header + number
            for head, value in zip(heads, values, strict=True):
                asked = is_asked(self.laid.sheet, head)
                self._typed(worksheet, row, self.laid.index(head), head, value, must=asked)
            texts = dict(zip((head.text for head in heads), values, strict=True))
            if number < len(rows):
                worksheet.set_row(row, self._height(texts))
            for heading in self.laid.sheet.calculated:
                phrase = SENTENCES[self.laid.sheet.name][heading]
                formula = "=" + phrase.formula(self._reference(row + 1))
                index, style = self.laid.index(heading), self.looks.calculated(wrap=True)
                worksheet.write_formula(row, index, formula, style, phrase.value(texts))

    def _height(self, texts: Mapping[str, Cell]) -> float:
        """Return how high a row is whose texts are shown whole."""
        wrapped = [
            (width_of(head), str(texts[head.text] or ""))
            for head in self.laid.page.heads
            if self._wraps(head, whole=True)
        ]
        told = [
            (CALCULATED_WIDTH, SENTENCES[self.laid.sheet.name][each].value(texts))
            for each in self.laid.sheet.calculated
        ]
        return height([*wrapped, *told])

    def _wraps(self, head: Head, *, whole: bool = False) -> bool:
        """Say whether a text goes on below; on Investments lists are then cut at the row's end."""
        listed = head.column.kind in LISTED and not (whole and "option" in self._names)
        return head.column.name in colours.WRAPPED or listed

    @property
    def _names(self) -> set[str]:
        return {each.column.name for each in self.laid.page.heads}

    def _typed(
        self, worksheet: Worksheet, row: int, index: int, head: Head, value: Cell, *, must: bool
    ) -> None:
        wrap = self._wraps(head)
        put(worksheet, (row, index), value, self.looks, head.column.kind, must=must, wrap=wrap)

    def _columns(self, worksheet: Worksheet) -> None:
        for index, each in enumerate(self.laid.columns):
            options = {"level": 1} if _group(self.laid, each) == "others" else {}
            worksheet.set_column(index, index, width_of(each), None, options)
            if not isinstance(each, str):
                bounds = self.laid.sheet.bounds(each.column)
                offered = self.lists.offered(each.column)
                options = validation(each.text, each.column, bounds, offered)
                worksheet.data_validation(
                    self.laid.header, index, self.laid.last - 1, index, options
                )
        worksheet.outline_settings(symbols_right=False)

    def _warn(self, worksheet: Worksheet) -> None:
        """Colour ids used twice, and cells left blank in a row that is begun."""
        first, last = self.laid.header, self.laid.last - 1
        heads = self.laid.page.heads
        row = self.laid.first
        letters = [xl_col_to_name(self.laid.index(head)) for head in heads]
        begun = "+".join(f'(${letter}{row}<>"")' for letter in letters)
        for head in heads:
            if head.column.required:
                index = self.laid.index(head)
                letter = xl_col_to_name(index)
                criteria = f'=AND(${letter}{row}="",({begun})>0)'
                options = {"type": "formula", "criteria": criteria, "format": self.looks.odd}
                worksheet.conditional_format(first, index, last, index, options)
        if self.laid.sheet.name != "Investments" and heads[0].text in _IDS:
            options = {"type": "duplicate", "format": self.looks.wrong}
            worksheet.conditional_format(first, 0, last, 0, options)

    # --- Settings ---

    def _settings(self, worksheet: Worksheet) -> None:
        top, looks = self.laid.header - 1, self.looks
        texts = (_("Setting"), _("Value"), _("Unit"), _("If blank"), _("Meaning"))
        headings = ("Setting", "Value", *texts[2:])
        columns = [
            {"header": each, "header_format": looks.header(colours.INK)} for each in headings
        ]
        options = {"name": self.laid.table, "columns": columns, "autofilter": False}
        options |= {"style": None, "banded_rows": False}
        worksheet.add_table(top, 0, top + len(SETTINGS), 4, options)
        worksheet.set_row(top, 24)
        for index, wide in enumerate(SETTINGS_WIDTHS):
            worksheet.set_column(index, index, wide)
        settings = {each.label: each for each in SETTINGS}
        for row, (name, value, *_rest) in enumerate(self.laid.page.rows, start=top + 1):
            each = settings[str(name)]
            label = looks.plain(
                bold=True, font_color=colours.INK, border=1, border_color=colours.LINE
            )
            note = looks.plain(
                font_color=colours.GREY_INK, text_wrap=True, border=1, border_color=colours.LINE
            )
            worksheet.write_string(row, 0, each.label, label)
            must, wrap = each.required, each.kind is Kind.TEXT
            put(worksheet, (row, 1), value, looks, each.kind, must=must, wrap=wrap, left=True)
            worksheet.write_string(row, 2, _setting_unit(each.kind), note)
            blank = _("must be filled") if each.required else each.default
            worksheet.write_string(row, 3, blank, note)
            worksheet.write_string(row, 4, each.help, note)
            texts = (each.label, str(value or ""), "", blank, each.help)
            worksheet.set_row(row, height(zip(SETTINGS_WIDTHS, texts, strict=True)))
            offered = self.lists.offered(each)
            told = validation(each.label, each, each.bounds, offered)
            worksheet.data_validation(row, 1, row, 1, told)
        worksheet.freeze_panes(self.laid.header, 1)


_IDS = frozenset(
    {"Fund", "Criterion", "Objective", "Skill", "Layer", "Service", "Shock", "Source", "Name"}
)
"""Headings of first columns whose values may stand only once."""

_SETTING_UNITS: Mapping[Kind, str] = {
    Kind.TEXT: _("text"),
    Kind.DATE: _("date"),
    Kind.YEAR: _("year"),
    Kind.WHOLE: _("years"),
    Kind.SHARE: _("%"),
    Kind.NUMBER: _("points"),
    Kind.NUMBER_OR_SHARE: _("% or options"),
    Kind.CHOICE: _("from the list"),
}


def _setting_unit(kind: Kind) -> str:
    return _SETTING_UNITS.get(kind, "")


def _room(groups: Sequence[str], columns: Sequence[Head | str]) -> int:
    """Return how wide the band of the columns for later is."""
    pairs = zip(groups, columns, strict=True)
    return sum(width_of(each) for group, each in pairs if group == "others")


def _group(laid: Laid, each: Head | str) -> str:
    if isinstance(each, str):
        return "calculated"
    first = laid.sheet.first
    return "first" if not first or each.column.name in first else "others"


def put(
    worksheet: Worksheet,
    at: tuple[int, int],
    value: Cell,
    looks: Looks,
    kind: Kind,
    *,
    must: bool,
    wrap: bool = False,
    left: bool = False,
) -> None:
    """Write a cell to type into; a text is a text whatever it begins with."""
    text = visible(value)[0] if isinstance(value, str) else ""
    style = looks.typed(
        kind, must=must, wrap=wrap, left=left, formula_like=text.startswith(FORMULA_STARTS)
    )
    if text:
        worksheet.write_string(*at, text, style)
    elif isinstance(value, int | float):
        worksheet.write_number(*at, value, style)
    else:
        worksheet.write_blank(*at, None, style)


def link(worksheet: Worksheet, row: int, column: int, name: str, looks: Looks) -> None:
    """Write a link to another sheet."""
    worksheet.write_url(row, column, f"internal:'{name}'!A1", looks.link, string=name)


def ready_colours(worksheet: Worksheet, looks: Looks, *, cells: int = 1) -> None:
    """Colour the cell below the title by whether the workbook is ready; its words say it too."""
    for begins, style in ((_("Ready: yes"), looks.good), (_("Ready: no"), looks.odd)):
        criteria = f'=LEFT($A$2,{len(begins)})="{begins}"'
        options = {"type": "formula", "criteria": criteria, "format": style}
        worksheet.conditional_format(1, 0, 1, cells - 1, options)


def page(worksheet: Worksheet, header: int, *, wide: bool = False) -> None:
    """Set up how a sheet is printed: landscape, one page wide, headings on every page."""
    worksheet.set_landscape()
    worksheet.set_paper(A3 if wide else A4)
    worksheet.fit_to_pages(1, 0)
    if header:
        worksheet.repeat_rows(header)
    worksheet.set_margins(0.4, 0.4, 0.6, 0.6)
    worksheet.set_footer("&L&F&C&A&R" + _("Page {number} of {all}").format(number="&P", all="&N"))
