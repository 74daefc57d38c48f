"""Reads one sheet of cells as a stream, and notes what stands around them."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from openpyxl.formula.tokenizer import TokenizerError
from openpyxl.formula.translate import Translator, TranslatorError
from openpyxl.styles.numbers import is_date_format, is_timedelta_format
from openpyxl.utils.datetime import from_excel, from_ISO8601

from choosebattles.errors import Fault
from choosebattles.translation import _
from choosebattles.workbook import xml_grammar
from choosebattles.workbook.xml_grammar import MAIN
from choosebattles.workbook.xml_parts import (
    CELLS,
    PLAIN,
    TEXT_LENGTH,
    Allowance,
    Attributes,
    Look,
    Part,
    Refusal,
    TextsPart,
    cut,
    decoded,
    fault,
    grouped,
    is_on,
    is_true,
)

RULES = 2_000
"""Validations, conditional formats, hyperlinks and the like, each, per sheet."""

RULE_RANGES = 4_000
"""Ranges that the rules of a sheet apply to."""

ROWS = 100_000
"""Row elements per sheet. Formatting a whole column row by row makes a million."""

MERGES = 5_000
"""Merged ranges per sheet."""

MERGED_AREA = 1_000_000
"""Cells under merged ranges, per sheet. Sixty whole rows stay below."""

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
"""The corner of a sheet, XFD1048576: Excel's own limit."""

FURTHEST_ROW, FURTHEST_COLUMN = 100_000, 1_000
"""How far from A1 a filled cell may stand. A stray cell further out makes every reader walk there."""

RECTANGLE = 2_000_000
"""Rows times columns up to the last filled ones: what a reader walks through."""

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_NOT_FINITE = re.compile(r"[+-]?(?:nan|inf|infinity)", re.IGNORECASE)
_LINK = re.compile(r"\[(\d+)\]")
_CONDITIONS = ("filters", "customFilters", "dynamicFilter", "top10", "colorFilter", "iconFilter")


@dataclass(frozen=True)
class SavedFormula:
    """A formula: its text without the equals sign, as it stands in its home.

    One that fills an area is stored once, in the first cell of the area; that is its home.
    """

    text: str
    home: str

    def at(self, cell: str) -> str:
        """Return the formula as it stands in a cell, with an equals sign."""
        if cell == self.home:
            return f"={self.text}"
        try:
            return str(Translator(f"={self.text}", self.home).translate_formula(cell))
        except (TokenizerError, TranslatorError):
            return f"={self.text}"


@dataclass(frozen=True)
class Shared:
    """What the cells of all sheets refer to.

    Parameters
    ----------
    texts
        The texts that cells share.
    looks
        The looks that cells count by their numbers.
    epoch
        The day from which dates count.
    """

    texts: TextsPart
    looks: Sequence[Look]
    epoch: datetime


class SheetPart(Part):
    """One sheet of cells: what they hold, where they end, and what stands around them.

    Parameters
    ----------
    name, allowance
        As for every part.
    sheet
        The name that the user knows.
    shared
        What its cells have in common with those of other sheets.
    """

    grammar = xml_grammar.SHEET

    def __init__(
        self,
        name: str,
        allowance: Allowance,
        *,
        sheet: str,
        shared: Shared,
    ) -> None:
        super().__init__(name, allowance)
        self.sheet = sheet
        self.faults: list[Fault] = []
        self.last_row = self.last_column = 0
        self.merged: list[str] = []
        self.hidden_rows: list[int] = []
        self.uncalculated: list[str] = []
        self.errors: dict[str, str] = {}
        self.linked: list[tuple[int, str]] = []
        self.filtered = ""
        self.empty_texts: list[str] = []
        self.values: dict[int, dict[int, object]] = {}
        self.looks: dict[tuple[int, int], Look] = {}
        self.formulas: dict[tuple[int, int], SavedFormula] = {}
        self._texts, self._all_looks, self._epoch = shared.texts, shared.looks, shared.epoch
        self._tables = 0
        self._filter_range = ""
        self._custom_view = False
        self._row_struck = self._striking = False
        self._struck_columns: set[int] = set()
        self._hidden_columns: list[tuple[int, int]] = []
        self._rows = self._merged_area = self._ranges = 0
        self._counts: dict[str, int] = {}
        self._row = 0
        self._row_text = ""
        self._row_hidden = False
        self._columns: dict[str, int] = {}
        self._good_styles: dict[str, Look] = {"": shared.looks[0] if shared.looks else PLAIN}
        self._look = PLAIN
        self._shared_links: dict[str, tuple[int, ...]] = {}
        self._shared_formulas: dict[str, SavedFormula] = {}
        self._column = 0
        self._letters = ""
        self._kind = "n"
        self._value: str | None = None
        self._inline: list[str] | None = None
        self._spoken = False
        self._formula: str | None = None
        self._shared = ""
        self._pieces: list[str] | None = None
        self._length = 0
        self._parser.CharacterDataHandler = self._text
        self._parser.CommentHandler = self._interrupt
        self._kinds: dict[str, Callable[[str], object]] = {
            "n": self._number,
            "s": self._shared_text,
            "b": self._truth,
            "d": self._date,
            "e": self._error,
            "str": decoded,
        }
        self.starts = {
            f"{MAIN} sheetData": self._open_table,
            f"{MAIN} row": self._open_row,
            f"{MAIN} c": self._open_cell,
            f"{MAIN} v": self._open_value,
            f"{MAIN} f": self._open_formula,
            f"{MAIN} is": self._open_inline,
            f"{MAIN} r": self._open_run,
            f"{MAIN} rPh": self._open_run,
            f"{MAIN} t": self._open_text,
            f"{MAIN} mergeCell": self._merge,
            f"{MAIN} col": self._column_range,
            f"{MAIN} autoFilter": self._filter,
            f"{MAIN} strike": self._strike,
            f"{MAIN} customSheetViews": self._open_views,
        }
        for condition in _CONDITIONS:
            self.starts[f"{MAIN} {condition}"] = self._condition
        self.ends = {
            f"{MAIN} c": self._close_cell,
            f"{MAIN} v": self._close_value,
            f"{MAIN} f": self._close_formula,
            f"{MAIN} t": self._close_text,
            f"{MAIN} r": self._end_run,
            f"{MAIN} autoFilter": self._end_filter,
        }
        for rule in ("dataValidation", "conditionalFormatting", "cfRule", "hyperlink", "brk"):
            self.starts[f"{MAIN} {rule}"] = self._rule_counter(rule)

    @property
    def hidden_columns(self) -> tuple[int, ...]:
        """The hidden columns up to the last filled one."""
        hidden = {
            column
            for low, high in self._hidden_columns
            for column in range(low, min(high, self.last_column) + 1)
        }
        return tuple(sorted(hidden))

    def finish(self) -> None:
        """Judge the sheet as a whole."""
        if not self._tables:
            raise Refusal(self.damaged(_("no cells")))
        if self.last_row * self.last_column > RECTANGLE:
            letters = next(
                key for key, column in self._columns.items() if column == self.last_column
            )
            self._stray(
                _("values down to row {row} and out to column {column}").format(
                    row=grouped(self.last_row), column=letters
                )
            )

    def near(self) -> str:
        """Name the cell at which the reading stood."""
        return f"{self.sheet}!{self._cell}" if self._letters else self.sheet

    @property
    def _cell(self) -> str:
        return f"{self._letters}{self._row_text}"

    def _fault(self, code: str, found: str, expected: str, advice: str, cell: str = "") -> Fault:
        return fault(code, found, expected, advice, sheet=self.sheet, cell=cell)

    # --- rows and cells ---

    def _open_table(self, _attributes: Attributes) -> None:
        self._tables += 1
        if self._tables > 1:
            raise self._misplaced("sheetData")

    def _open_row(self, attributes: Attributes) -> None:
        text = attributes.get("r")
        if text is None:
            row = self._row + 1
        else:
            row = int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0
        if not 1 <= row <= LAST_ROW or row < self._row:
            raise Refusal(self._impossible(_("row number {text}").format(text=cut(text or row))))
        if row == self._row:
            raise Refusal(self._twice(_("two rows with the number {row}").format(row=row), ""))
        self._rows += 1
        if self._rows > ROWS:
            raise self._formatted()
        self._row, self._row_text = row, str(row)
        self._row_hidden = is_true(attributes.get("hidden", "")) or _is_zero(attributes.get("ht"))
        self._row_struck = "s" in attributes and self._strikes(attributes["s"])
        self._column = 0
        self._letters = ""

    def _open_cell(self, attributes: Attributes) -> None:
        self.allowance.cells -= 1
        if self.allowance.cells < 0:
            raise self._formatted()
        place = attributes.get("r")
        if place is None:
            column, letters = self._column + 1, _letters(self._column + 1)
            self._columns[letters] = column
        else:
            letters = place.rstrip("0123456789")
            column = self._columns.get(letters) or self._column_of(letters)
            if not column or place[len(letters) :] != self._row_text:
                raise Refusal(
                    self._impossible(_("cell reference '{text}'").format(text=cut(place)))
                )
        if column <= self._column:
            raise Refusal(self._unordered(column, letters))
        self._column, self._letters = column, letters
        style = attributes.get("s", "")
        self._look = self._good_styles.get(style) or self._styled(style)
        if not style and (self._row_struck or column in self._struck_columns):
            self._strike_out()
        self._kind = attributes.get("t", "n")
        self._value = self._formula = self._inline = None

    def _strikes(self, style: str) -> bool:
        """Say whether a look that a row or column gives to its cells strikes through."""
        known = style.isascii() and style.isdecimal() and len(style) < 9
        return known and int(style) < len(self._all_looks) and self._all_looks[int(style)].struck

    def _strike_out(self) -> None:
        """Note that what the cell shows is struck through."""
        self._look = replace(self._look, struck=True)

    def _unordered(self, column: int, letters: str) -> Fault:
        cell = f"{letters}{self._row_text}"
        if column == self._column:
            return self._twice(_("two values"), cell)
        return self._impossible(_("cell {cell} after {last}").format(cell=cell, last=self._cell))

    def _column_of(self, letters: str) -> int:
        """Return the number of a column, or 0 if there is no such column."""
        if not _REFERENCE.fullmatch(f"{letters}1"):
            return 0
        column = _column_number(letters)
        if column > LAST_COLUMN:
            return 0
        self._columns[letters] = column
        return column

    def _close_cell(self) -> None:
        if (self._inline is None) == (self._kind == "inlineStr") and not self._hollow:
            raise self._disagreeing()
        value: object = None
        if self._inline is not None:
            value = decoded("".join(self._inline)) or None
        if self._value:
            value = self._typed(self._value)
        if self._formula is not None:
            if not self._value and (self._kind != "str" or self._value is None):
                self.uncalculated.append(self._cell)
            elif not self._value:
                self.empty_texts.append(self._cell)
            self._note_links()
            self._note_formula()
        if value is not None or self._value or self._formula is not None:
            self._fill(value)

    @property
    def _hollow(self) -> bool:
        """Whether nothing stands in the cell."""
        return self._inline is None and self._value is None and self._formula is None

    def _disagreeing(self) -> Refusal:
        """Return the refusal of a cell whose kind says one thing and whose content another."""
        return Refusal(
            self._fault(
                "CB-F07",
                _("a cell whose type and content disagree"),
                _("a whole workbook"),
                _("Open it in Excel or LibreOffice, check the cell and save the file again."),
                self._cell,
            )
        )

    def _fill(self, value: object) -> None:
        """Note what the cell holds, and how far the sheet reaches."""
        if self._row > FURTHEST_ROW or self._column > FURTHEST_COLUMN:
            self._stray(_("a value far from all others"), self._cell)
        self.values.setdefault(self._row, {})[self._column - 1] = value
        self.last_row = self._row
        self.last_column = max(self.last_column, self._column)
        if self._look is not PLAIN and self._look != PLAIN:
            self.looks[self._row, self._column - 1] = self._look
        if self._row_hidden and self.hidden_rows[-1:] != [self._row]:
            self.hidden_rows.append(self._row)

    # --- what stands inside a cell ---

    def _text(self, text: str) -> None:
        if self._pieces is None:
            if self._open[-1] in self.grammar.sealed and text.strip():
                raise self._misplaced(text.strip())
            return
        self._length += len(text)
        if self._length > TEXT_LENGTH:
            raise Refusal(self._too_long_text(self._length))
        self._pieces.append(text)

    def _interrupt(self, _comment: str) -> None:
        if self._pieces is not None:
            raise self._misplaced(_("a comment"))

    def _open_value(self, _attributes: Attributes) -> None:
        if self._value is not None:
            raise Refusal(self._twice(_("two values"), self._cell))
        if self._inline is not None:
            raise self._disagreeing()
        self._pieces, self._length = [], 0

    def _close_value(self) -> None:
        self._value = "".join(self._pieces or ())
        self._pieces = None

    def _open_formula(self, attributes: Attributes) -> None:
        if self._formula is not None:
            raise Refusal(self._twice(_("two formulas"), self._cell))
        self._pieces, self._length = [], 0
        self._shared = attributes.get("si", "") if attributes.get("t") == "shared" else ""

    def _close_formula(self) -> None:
        self._formula = "".join(self._pieces or ())
        self._pieces = None

    def _open_inline(self, _attributes: Attributes) -> None:
        if self._inline is not None:
            raise Refusal(self._twice(_("two values"), self._cell))
        if self._value is not None:
            raise self._disagreeing()
        self._inline, self._length, self._spoken = [], 0, False

    def _open_run(self, _attributes: Attributes) -> None:
        self._spoken = False

    def _open_text(self, _attributes: Attributes) -> None:
        if self._spoken:
            raise Refusal(self._twice(_("two values"), self._cell))
        self._spoken = True
        self._pieces = []

    def _close_text(self) -> None:
        text = "".join(self._pieces or ())
        if self._inline is not None and self._open[-1] != f"{MAIN} rPh":
            self._inline.append(text)
        if self._striking and text.strip():
            self._strike_out()
        self._pieces = None

    def _strike(self, attributes: Attributes) -> None:
        self._striking = is_on(attributes)

    def _end_run(self) -> None:
        self._striking = False

    def _typed(self, value: str) -> object:
        """Return what is stored, by the kind of the cell."""
        read = self._kinds.get(self._kind)
        if read is None:
            raise Refusal(self.damaged(self.near()))
        return read(value)

    def _number(self, value: str) -> object:
        """Return a number, or a date if the cell shows one; nothing if it is none of them."""
        typed = value.strip()
        if _NUMBER.fullmatch(typed) and len(typed) < 300 and abs(float(typed)) < float("inf"):
            number = int(typed) if typed.lstrip("+-").isdecimal() else float(typed)
            return self._dated(number) if _shows_date(self._look.number_format) else number
        finite = _NUMBER.fullmatch(typed) is None and _NOT_FINITE.fullmatch(typed) is None
        self.faults.append(
            self._fault(
                "CB-C01" if finite else "CB-C07",
                _("'{text}' stored as a number").format(text=cut(typed)),
                _("a number") if finite else _("a finite number"),
                _("Retype the number in Excel and save the file."),
                self._cell,
            )
        )
        return None

    def _dated(self, number: float) -> object:
        """Return the date or duration that a number is shown as, or the error that Excel shows."""
        duration = is_timedelta_format(self._look.number_format)
        try:
            return from_excel(number, self._epoch, timedelta=duration)
        except (OverflowError, ValueError):
            return "#VALUE!"

    def _shared_text(self, value: str) -> str:
        index = int(value) if value.isascii() and value.isdecimal() and len(value) < 9 else -1
        if not 0 <= index < self._texts.count:
            raise Refusal(self.damaged(self.near()))
        if index in self._texts.too_long:
            raise Refusal(self._too_long_text(self._texts.too_long[index]))
        if index in self._texts.struck:
            self._strike_out()
        return self._texts.texts[index].decode()

    def _truth(self, value: str) -> bool:
        if value not in {"0", "1"}:
            raise Refusal(self.damaged(self.near()))
        return value == "1"

    def _date(self, value: str) -> object:
        try:
            return from_ISO8601(value)
        except (ValueError, TypeError, OverflowError):
            raise Refusal(self.damaged(self.near())) from None

    def _error(self, value: str) -> str:
        if not value.strip().startswith("#"):
            raise self._disagreeing()
        self.errors[self._cell] = cut(value)
        return value

    def _styled(self, style: str) -> Look:
        """Return the look of a style that is met for the first time."""
        if not (style.isascii() and style.isdecimal() and len(style) < 9):
            raise Refusal(self.damaged(self.near()))
        number = int(style)
        if number >= max(len(self._all_looks), 1):
            raise Refusal(self.damaged(self.near()))
        look = self._all_looks[number] if self._all_looks else PLAIN
        self._good_styles[style] = look
        return look

    def _note_formula(self) -> None:
        """Note a formula; a shared one is spelt out only once."""
        formula = SavedFormula(self._formula or "", self._cell)
        if self._shared:
            formula = self._shared_formulas.setdefault(self._shared, formula)
        self.formulas[self._row, self._column - 1] = formula

    def _note_links(self) -> None:
        """Note which other workbooks the formula reads; a shared one is spelt out only once."""
        books = tuple(
            {int(number) for number in _LINK.findall(self._formula or "") if len(number) < 6}
        )
        if self._shared:
            books = self._shared_links.setdefault(self._shared, books)
        self.linked.extend((book, self._cell) for book in books)

    # --- around the cells ---

    def _merge(self, attributes: Attributes) -> None:
        reference = attributes.get("ref", "")
        if len(self.merged) >= MERGES:
            raise self.exceeded(len(self.merged) + 1, _("merged ranges and more"), MERGES)
        self._merged_area += self._area(reference)
        if self._merged_area > MERGED_AREA:
            raise Refusal(
                self._fault(
                    "CB-F19",
                    _("{range} merged into one cell").format(range=reference),
                    _("merged cells in headings only"),
                    _("Unmerge them and save the file."),
                )
            )
        self.merged.append(reference)

    def _area(self, reference: str) -> int:
        """Return the number of cells of a range."""
        first, _colon, last = reference.partition(":")
        corners = [_REFERENCE.fullmatch(cell) for cell in (first, last or first)]
        if not corners[0] or not corners[1]:
            raise Refusal(self._impossible(_("range '{text}'").format(text=cut(reference))))
        left, right = (_column_number(corner[1]) for corner in corners if corner)
        top, bottom = (int(corner[2]) for corner in corners if corner)
        if left > right or top > bottom or right > LAST_COLUMN or bottom > LAST_ROW:
            raise Refusal(self._impossible(_("range '{text}'").format(text=cut(reference))))
        return (right - left + 1) * (bottom - top + 1)

    def _column_range(self, attributes: Attributes) -> None:
        self._count_rule("col", LAST_COLUMN)
        low, high = attributes.get("min", ""), attributes.get("max", "")
        if not all(
            bound.isascii() and bound.isdecimal() and len(bound) < 6 for bound in (low, high)
        ):
            raise Refusal(self.damaged(self.sheet))
        if not 1 <= int(low) <= int(high) <= LAST_COLUMN:
            raise Refusal(self.damaged(self.sheet))
        if is_true(attributes.get("hidden", "")) or _is_zero(attributes.get("width")):
            self._hidden_columns.append((int(low), int(high)))
        if "style" in attributes and self._strikes(attributes["style"]):
            self._struck_columns.update(range(int(low), min(int(high), FURTHEST_COLUMN) + 1))

    def _filter(self, attributes: Attributes) -> None:
        if not self._custom_view:
            self._filter_range = cut(attributes.get("ref", ""))

    def _open_views(self, _attributes: Attributes) -> None:
        """Leave aside the filters of views that are not shown."""
        self._custom_view = True

    def _condition(self, _attributes: Attributes) -> None:
        """Note a filter that has a condition; its arrows alone hide nothing."""
        self.filtered = self.filtered or self._filter_range

    def _end_filter(self) -> None:
        self._filter_range = ""

    def _rule_counter(self, rule: str) -> Callable[[Attributes], None]:
        def count(attributes: Attributes) -> None:
            self._count_rule(rule, RULES)
            self._ranges += len(attributes.get("sqref", "").split())
            if self._ranges > RULE_RANGES:
                raise self.exceeded(self._ranges, _("ranges with rules and more"), RULE_RANGES)

        return count

    def _count_rule(self, rule: str, limit: int) -> None:
        self._counts[rule] = self._counts.get(rule, 0) + 1
        if self._counts[rule] > limit:
            raise self.exceeded(self._counts[rule], _("rules and more"), limit)

    # --- the sentences ---

    def _impossible(self, found: str) -> Fault:
        return self._fault(
            "CB-F17",
            found,
            _("a place that exists on a sheet, in order"),
            _("Open the file in Excel or LibreOffice and save it again."),
        )

    def _twice(self, found: str, cell: str) -> Fault:
        return self._fault(
            "CB-C18",
            found,
            _("one"),
            _("Open the file in Excel, check the value and save it again."),
            cell,
        )

    def _stray(self, found: str, cell: str = "") -> None:
        raise Refusal(
            self._fault(
                "CB-F18b",
                found,
                _("values within {rows} rows and {columns} columns").format(
                    rows=grouped(FURTHEST_ROW), columns=grouped(FURTHEST_COLUMN)
                ),
                _("Press Ctrl+End to go there, delete it and save the file."),
                cell,
            )
        )

    def _formatted(self) -> Refusal:
        found = _("formatted cells down to row {row} or further").format(row=grouped(self._row))
        advice = _("Select the empty rows below row {row}, delete them and save the file.")
        if self.last_row > self._row // 2:
            found = _("values down to row {row} or further").format(row=grouped(self.last_row))
            advice = _("Move what this tool does not need into another file.")
        return Refusal(
            self._fault(
                "CB-F18a",
                found,
                _("at most {rows} rows on a sheet and {cells} cells in all").format(
                    rows=grouped(ROWS), cells=grouped(CELLS)
                ),
                advice.format(row=grouped(self.last_row)),
            )
        )

    def _too_long_text(self, length: int) -> Fault:
        return self._fault(
            "CB-F20",
            _("{length} characters or more").format(length=grouped(length)),
            _("at most {limit}, as in Excel").format(limit=grouped(TEXT_LENGTH)),
            _("Shorten the text."),
            self._cell,
        )


@lru_cache
def _shows_date(number_format: str) -> bool:
    return bool(is_date_format(number_format))


def _is_zero(size: str | None) -> bool:
    """Say whether a height or width is 0, however many decimals a program writes."""
    return bool(size) and not str(size).strip("0.")


def _column_number(letters: str) -> int:
    column = 0
    for letter in letters:
        column = 26 * column + ord(letter) - 64
    return column


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
