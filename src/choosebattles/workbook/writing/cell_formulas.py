"""Cells of a template and what is worked out of them, as a formula and as what it comes to now.

Every operation is written once and means the same in both: the formula for the spreadsheet, the
value for the file before any spreadsheet has calculated it. Areas stretch against each other as
they do in the array formulas of a spreadsheet: a column against a row, one cell against all.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from xlsxwriter.utility import quote_sheetname, xl_col_to_name

from choosebattles.spelling import key
from choosebattles.workbook.rows_from_facts import Head
from choosebattles.workbook.writing.placement import ACROSS, PlacedBook, PlacedPage

Values = NDArray[Any]

CROSSED = 30
"""The most years that a plan can have; as many rows are counted off."""


@dataclass(frozen=True)
class CellFormula:
    """An area of cells, or what is worked out of some cell by cell."""

    text: str
    """As in a formula."""
    values: Values
    """The same now: rows by columns, without the blank rows below."""
    ones: str = ""
    """A column of as many ones as there are columns, by which rows are summed."""

    def __and__(self, other: "CellFormula") -> "CellFormula":
        """Return where both are so."""
        values = _numbers(self) * _numbers(other)
        return CellFormula(f"{self.text}*{other.text}", values, self.ones or other.ones)

    def __or__(self, other: "CellFormula") -> "CellFormula":
        """Return where either is so."""
        return over(self + other, 0)

    def __add__(self, other: "CellFormula") -> "CellFormula":
        """Return the sum, cell by cell."""
        values = _numbers(self) + _numbers(other)
        text = other.text if self.text == "0" else f"{self.text}+{other.text}"
        return CellFormula(f"({text})", values, self.ones or other.ones)

    def __sub__(self, other: "CellFormula") -> "CellFormula":
        """Return the difference, cell by cell."""
        values = _numbers(self) - _numbers(other)
        return CellFormula(f"({self.text}-{other.text})", values, self.ones or other.ones)

    def __invert__(self) -> "CellFormula":
        """Return where it is not so."""
        return CellFormula(f"(1-{self.text})", 1 - _numbers(self), self.ones)

    @property
    def total(self) -> float:
        """Return the sum of all of it now."""
        return float(_numbers(self).sum())

    @property
    def sum(self) -> "CellFormula":
        """Return the sum of all of it, as one cell."""
        return CellFormula(f"SUM({self.text}*1)", np.array([[self.total]]))

    @property
    def across(self) -> "CellFormula":
        """Return the sum of each row."""
        values = _numbers(self).sum(axis=1, keepdims=True)
        return CellFormula(f"MMULT({self.text}*1,{self.ones})", values)


def _numbers(cells: CellFormula) -> Values:
    return cells.values.astype(float)


def column(placed: PlacedPage, name: str) -> CellFormula:
    """Return the column of a field."""
    (head,) = placed.heads(name)
    return under(placed, head)


def under(placed: PlacedPage, head: Head) -> CellFormula:
    """Return the column below a heading."""
    at = placed.page.heads.index(head)
    values = np.array([[_kept(row[at])] for row in placed.page.rows], dtype=object)
    return CellFormula(placed.area(head).text, values.reshape(len(placed.page.rows), 1))


def column_or_none(plan: PlacedBook, sheet: str, name: str = "id") -> CellFormula | None:
    """Return the column of a field, or ``None`` if its sheet is not there."""
    return column(plan[sheet], name) if sheet in plan else None


def _kept(value: Any) -> Any:
    return None if value == "" else value


def headings(placed: PlacedPage) -> CellFormula:
    """Return the row of the headings, with the free columns on the right."""
    texts = [head if isinstance(head, str) else head.text for head in placed.columns]
    values = np.array([texts], dtype=object)
    formula = _area(placed, placed.header, placed.header)
    return CellFormula(formula, values, f"TRANSPOSE(COLUMN({formula})^0)")


def all_rows(placed: PlacedPage) -> CellFormula:
    """Return all rows of a sheet below its headings, with the free columns on the right."""
    heads = {head: index for index, head in enumerate(placed.page.heads)}
    values = np.array(
        [
            [None if isinstance(head, str) else _kept(row[heads[head]]) for head in placed.columns]
            for row in placed.page.rows
        ],
        dtype=object,
    ).reshape(len(placed.page.rows), len(placed.columns))
    return CellFormula(
        _area(placed, placed.first, placed.header + placed.reach), values, headings(placed).ones
    )


def _area(placed: PlacedPage, top: int, bottom: int) -> str:
    last = xl_col_to_name(len(placed.columns) - 1 + ACROSS)
    return f"{quote_sheetname(placed.sheet.name)}!$A${top}:${last}${bottom}"


def one(text: str, value: Any) -> CellFormula:
    """Return a single cell."""
    return CellFormula(text, np.array([[value]], dtype=object))


def zero() -> CellFormula:
    """Return nothing, to which counts are added."""
    return one("0", 0)


def setting(plan: PlacedBook, name: str) -> CellFormula:
    """Return the value of a setting."""
    return one(plan.setting(name), plan.setting_value(name))


# --- what a cell is -----------------------------------------------------------------------------


def _each(cells: CellFormula, formula: str, test: Callable[[Any], Any]) -> CellFormula:
    values = np.array([[test(value) for value in row] for row in cells.values], dtype=object)
    return CellFormula(formula, values.reshape(cells.values.shape), cells.ones)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def filled(cells: CellFormula) -> CellFormula:
    """Return where something stands."""
    return _each(cells, f'({cells.text}<>"")', lambda value: value is not None)


def blank(cells: CellFormula) -> CellFormula:
    """Return where nothing stands."""
    return _each(cells, f'({cells.text}="")', lambda value: value is None)


def number(cells: CellFormula) -> CellFormula:
    """Return where a number stands."""
    return _each(cells, f"ISNUMBER({cells.text})", _is_number)


def no_number(cells: CellFormula) -> CellFormula:
    """Return where a text, or TRUE or FALSE, stands."""
    formula = f'(ISTEXT({cells.text})*({cells.text}<>"")+ISLOGICAL({cells.text}))'
    return _each(cells, formula, lambda value: isinstance(value, str | bool))


def a_text(cells: CellFormula) -> CellFormula:
    """Return where a text stands."""
    formula = f'(ISTEXT({cells.text})*({cells.text}<>""))'
    return _each(cells, formula, lambda value: isinstance(value, str))


def year_like(cells: CellFormula) -> CellFormula:
    """Return where the first four characters are a number, as in 2027/28."""
    formula = f"ISNUMBER(VALUE(LEFT({cells.text},4)))"
    return _each(cells, formula, lambda value: str(value)[:4].isdecimal())


def amounts_to(cells: CellFormula, value: float) -> CellFormula:
    """Return where a certain number stands."""
    formula = f"(ISNUMBER({cells.text})*({cells.text}={value}))"
    return _each(cells, formula, lambda cell: _is_number(cell) and cell == value)


def wrong(cells: CellFormula) -> CellFormula:
    """Return where an error such as #REF! stands."""
    return _each(cells, f"(ISERROR({cells.text})*1)", lambda _value: 0)


def broken(cells: CellFormula) -> CellFormula:
    """Return where a number stands that is not whole, whatever its decimal mark."""
    cell = cells.text
    return _each(
        cells,
        f'(ISNUMBER({cell})*(ISNUMBER(FIND(".",{cell}))+ISNUMBER(FIND(",",{cell}))))',
        lambda value: _is_number(value) and value != int(value),
    )


def says(cells: CellFormula, words: Iterable[str]) -> CellFormula:
    """Return where one of some words stands, without regard to case."""
    wanted = sorted(str(word) for word in words)
    formula = "+".join(f'({cells.text}="{word}")' for word in wanted)
    keys = {word.casefold() for word in wanted}
    return _each(cells, f"({formula})", lambda value: _read(value).casefold() in keys)


def begins(cells: CellFormula, word: str) -> CellFormula:
    """Return where a text begins with a word."""
    formula = f'(LEFT({cells.text},{len(word)})="{word}")'
    return _each(cells, formula, lambda value: _read(value).casefold().startswith(word.casefold()))


def holds(cells: CellFormula, marks: Iterable[str]) -> CellFormula:
    """Return where any of some characters stands, leaving spaces at both ends aside."""
    wanted = tuple(marks)
    parts = (f"ISNUMBER(FIND({_quoted(mark)},TRIM({cells.text})))" for mark in wanted)
    return _each(
        cells,
        f"(({'+'.join(parts)})>0)",
        lambda value: any(mark in _read(value).strip() for mark in wanted),
    )


def longer(cells: CellFormula, most: int) -> CellFormula:
    """Return where a text has more characters than fit."""
    return _each(cells, f"(LEN({cells.text})>{most})", lambda value: len(_read(value)) > most)


def _read(value: Any) -> str:
    """Return a cell as a text, of a blank one none."""
    return "" if value is None else str(value)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


# --- how cells compare --------------------------------------------------------------------------


def below(cells: CellFormula, other: CellFormula | float) -> CellFormula:
    """Return where a number is smaller than another one."""
    return _compared(cells, other, "<")


def above(cells: CellFormula, other: CellFormula | float) -> CellFormula:
    """Return where a number is larger than another one."""
    return _compared(cells, other, ">")


def _compared(cells: CellFormula, other: CellFormula | float, sign: str) -> CellFormula:
    than = other if isinstance(other, CellFormula) else one(f"{other}", other)
    compared = np.vectorize(
        lambda a, b: _is_number(a) and _is_number(b) and (a < b if sign == "<" else a > b),
        otypes=[bool],
    )
    both = number(cells) if not isinstance(other, CellFormula) else number(cells) & number(than)
    formula = f"({both.text}*({cells.text}{sign}{than.text}))"
    return CellFormula(formula, _stretched(compared, cells.values, than.values), cells.ones)


def _stretched(function: Callable[..., Any], one_: Values, other: Values) -> Values:
    first, second = np.broadcast_arrays(one_, other)
    if not first.size:
        return np.zeros(first.shape)
    found: Values = function(first, second)
    return found


def otherwise(cells: CellFormula, instead: CellFormula | float) -> CellFormula:
    """Return the cells, where they are blank something else."""
    than = instead if isinstance(instead, CellFormula) else one(f"{instead}", instead)
    values = _stretched(
        np.vectorize(lambda a, b: b if a is None else a, otypes=[object]), cells.values, than.values
    )
    return CellFormula(f'IF({cells.text}="",{than.text},{cells.text})', values)


def over(counts: CellFormula, least: int) -> CellFormula:
    """Return where a count is larger than a number."""
    return CellFormula(f"({counts.text}>{least})", _numbers(counts) > least, counts.ones)


def none(counts: CellFormula) -> CellFormula:
    """Return where a count is 0."""
    return CellFormula(f"({counts.text}=0)", _numbers(counts) == 0)


def same(one_: CellFormula, other: CellFormula) -> CellFormula:
    """Return where two counts, or two texts, are the same."""
    equal = np.vectorize(lambda a, b: _key([a]) == _key([b]), otypes=[bool])
    return CellFormula(f"({one_.text}={other.text})", _stretched(equal, one_.values, other.values))


# --- how often a value stands elsewhere ---------------------------------------------------------


def times(cells: CellFormula, among: CellFormula) -> CellFormula:
    """Return how often what stands in each cell stands in an area."""
    return alike((cells, among))


def alike(*pairs: tuple[CellFormula, CellFormula]) -> CellFormula:
    """Return in how many rows of some columns stands what stands in each row of others.

    The columns that are looked through come second in each pair.
    """
    parts = ",".join(f'{among.text},{cells.text}&""' for cells, among in pairs)
    name = "COUNTIF" if len(pairs) == 1 else "COUNTIFS"
    rows = [_key(row) for row in zip(*(_flat(among) for _cells, among in pairs), strict=True)]
    shape = pairs[0][0].values.shape
    wanted = zip(*(_flat(cells) for cells, _among in pairs), strict=True)
    counts = np.array([rows.count(_key(row)) for row in wanted], dtype=float)
    return CellFormula(f"{name}({parts})", counts.reshape(shape))


def together(cells: CellFormula, among: CellFormula, other: CellFormula, word: str) -> CellFormula:
    """Return in how many rows of an area stands the value of a cell, and a word beside it."""
    fixed = one(_quoted(word), word)
    formula = f'COUNTIFS({among.text},{cells.text}&"",{other.text},{fixed.text})'
    rows = [_key(row) for row in zip(_flat(among), _flat(other), strict=True)]
    counts = np.array([rows.count(_key((value, word))) for value in _flat(cells)], dtype=float)
    return CellFormula(formula, counts.reshape(cells.values.shape))


def beside(cells: CellFormula, among: CellFormula, other: CellFormula) -> CellFormula:
    """Return in how many rows of an area stands the value of a cell, and anything beside it."""
    formula = f'COUNTIFS({among.text},{cells.text}&"",{other.text},"<>")'
    rows = [_key([a]) for a, b in zip(_flat(among), _flat(other), strict=True) if b is not None]
    counts = np.array([rows.count(_key([value])) for value in _flat(cells)], dtype=float)
    return CellFormula(formula, counts.reshape(cells.values.shape))


def belongs(option: CellFormula, owner: CellFormula) -> CellFormula:
    """Return where a name begins with another one and a dot."""
    formula = f'(LEFT({option.text},LEN({owner.text})+1)={owner.text}&".")'
    starts = np.vectorize(lambda a, b: key(str(a)).startswith(f"{key(str(b))}."), otypes=[bool])
    return CellFormula(formula, _stretched(starts, option.values, owner.values))


def named(word: str, among: CellFormula) -> CellFormula:
    """Return how often a word stands in an area."""
    return times(one(_quoted(word), word), among)


def _flat(cells: CellFormula) -> list[Any]:
    return list(cells.values.reshape(-1))


def _key(values: Sequence[Any]) -> tuple[str, ...]:
    return tuple("" if value is None else key(_shown(value)) for value in values)


def _shown(value: Any) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def joined(word: str, cells: CellFormula) -> CellFormula:
    """Return a word with what stands in each cell after it."""
    formula = f'"{word}"&{cells.text}'
    return _each(cells, formula, lambda value: f"{word}{'' if value is None else value}")


def after(cells: CellFormula, word: str) -> CellFormula:
    """Return what stands in each cell after the characters of a word."""
    formula = f"TRIM(MID({cells.text},{len(word) + 1},99))"
    return _each(cells, formula, lambda value: str(value or "")[len(word) :].strip())


# --- lists in one cell --------------------------------------------------------------------------


def items(cells: CellFormula) -> CellFormula:
    """Return how many things each cell lists."""
    tidy = _tidy(cells.text)
    formula = (
        f'(({cells.text}<>"")*(LEN({tidy})-LEN(SUBSTITUTE({tidy},";",""))+1-(RIGHT({tidy})=";")))'
    )
    return _each(cells, formula, lambda value: len(_listed(value)))


def listed(cells: CellFormula, name: str, names: Iterable[str]) -> CellFormula:
    """Return which names of a defined list each cell lists: a column for every name."""
    turned = f"TRANSPOSE({name})"
    formula = f'(ISNUMBER(SEARCH(";"&{turned}&";",";"&{_tidy(cells.text)}&";"))*({turned}<>""))'
    keys = [key(word) for word in names]
    values = np.array(
        [[wanted in map(key, _listed(value)) for wanted in keys] for value in _flat(cells)],
        dtype=object,
    )
    return CellFormula(formula, values.reshape(len(_flat(cells)), len(keys)), f"ROW({name})^0")


def _tidy(text: str) -> str:
    return f'SUBSTITUTE(SUBSTITUTE(TRIM({text}),"; ",";")," ;",";")'


def _listed(value: Any) -> list[str]:
    return [word for word in re.split(r"\s*;\s*", str(value or "").strip()) if word]


# --- calendar years as headings -----------------------------------------------------------------


def _whole(cells: CellFormula) -> tuple[str, int]:
    """Return a setting as a whole number, 0 where it is none: as a formula, and now."""
    value = cells.values[0, 0]
    return f"INT(N({cells.text}))", int(value) if _is_number(value) else 0


def last_year(first: CellFormula, years: CellFormula) -> CellFormula:
    """Return the last year of a plan."""
    (begin, begin_now), (many, many_now) = _whole(first), _whole(years)
    return one(f"({begin}+{many}-1)", begin_now + many_now - 1)


def years_missing(heads: CellFormula, first: CellFormula, years: CellFormula) -> CellFormula:
    """Return how many years of a plan have no heading."""
    (begin, begin_now), (many, many_now) = _whole(first), _whole(years)
    rows = f"ROW($1:${CROSSED})"
    matches = f'({heads.text}&""=({begin}+{rows}-1)&"")*1'
    counted = f"MMULT({matches},TRANSPOSE(COLUMN({heads.text})^0))"
    formula = f"IF({begin}=0,0,SUM(({rows}<={many})*({counted}=0)))"
    texts = {str(head) for head in _flat(heads)}
    wanted = range(begin_now, begin_now + min(many_now, CROSSED)) if begin_now else range(0)
    return one(formula, sum(str(year) not in texts for year in wanted))


def in_plan(heads: CellFormula, first: CellFormula, years: CellFormula) -> CellFormula:
    """Return which headings are years of the plan."""
    (begin, begin_now), (many, many_now) = _whole(first), _whole(years)
    value = f'IFERROR(VALUE({heads.text}&""),-1)'
    formula = f"(({value}>={begin})*({value}<{begin}+{many}))"
    calendar = range(begin_now, begin_now + many_now)
    return _each(heads, formula, lambda head: str(head).isdecimal() and int(head) in calendar)
