"""Rows that add up others: left out, refused or doubted, since their numbers would count twice."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import isclose
from pathlib import Path

from openpyxl.formula.tokenizer import Token, Tokenizer, TokenizerError
from openpyxl.utils.cell import range_boundaries

from choosebattles.case.place import Place
from choosebattles.spelling import key, quoted, unaccented
from choosebattles.translation import _
from choosebattles.workbook.cell_reading import Read, blank
from choosebattles.workbook.findings import Findings
from choosebattles.workbook.heading_row import Heading, SheetTable
from choosebattles.workbook.inspection import SheetFacts
from choosebattles.workbook.typed_numbers import number
from choosebattles.workbook.unit_words import YEARS, without_units

AMOUNTS = {
    "Funds": ("amount",),
    "Skills": ("supply",),
    "Investments": ("cost", "running_cost", "income"),
}
"""The sheets whose rows may add up others, and the columns in which they would."""

NAMES = ("id", "investment", "title")
"""The columns in which the word for a total may stand."""

LONGEST = 60
"""A longer text is no word for a total."""

ROUNDED = 1e-3
"""By which share a total that is named so may be off: it was rounded, or typed by hand."""

DIFFERENT = 2
"""How many different amounts make a nameless row a sum: one alone is soon a coincidence."""

SEVERAL = 2
"""How many rows a nameless sum adds up: the copy of one row is none."""


def without_totals(table: SheetTable, facts: SheetFacts, findings: Findings) -> SheetTable:
    """Return a table without the rows that surely add up others; doubt those that may.

    The totals row of an Excel table is left out with a notice. A row that is named as a total is
    a fault if its amounts are sums of other rows or if it has no scores where other rows have,
    else a doubt; so is a row without such a name whose amounts or formulas add up rows above.

    Parameters
    ----------
    table
        A table as it was found.
    facts
        What was seen of its sheet.
    findings
        Where all of it is told.
    """
    table = _without_excel_totals(table, facts, findings)
    if table.sheet.name not in AMOUNTS:
        return table
    return _SumSearch(
        table, {key(excel_table.name) for excel_table in facts.tables}, findings
    ).rest()


def is_total_word(text: str) -> bool:
    """Say whether a text, less punctuation, years and units, is a word for a total.

    Parameters
    ----------
    text
        An id or a title, such as ``TOTAL 2027`` or ``Shuma (mln EUR)``.
    """
    text = text.replace("\u2211", "\u03a3")
    if len(text) > LONGEST or _beginnings().isdisjoint(
        _LETTERS.findall(unaccented(text).casefold())
    ):
        return False
    bare = YEARS.sub("", text)
    if any(character.isdecimal() for character in bare):
        return False
    return not _words().isdisjoint({_letters(bare), _letters(" ".join(without_units(bare)))})


_LETTERS = re.compile(r"[^\W\d_]+")


@cache
def _words() -> frozenset[str]:
    """Return the words for a total in all languages, as they are compared."""
    return frozenset(map(_letters, _typed_words()))


@cache
def _beginnings() -> frozenset[str]:
    """Return with what words for a total begin: most texts hold none of these."""
    return frozenset(_LETTERS.findall(unaccented(word).casefold())[0] for word in _typed_words())


def _typed_words() -> Iterator[str]:
    file = Path(__file__).with_name("total_words.toml")
    read: dict[str, list[str]] = tomllib.loads(file.read_text(encoding="utf-8"))
    for words in read.values():
        yield from words


def _letters(text: str) -> str:
    """Return the letters alone, with the marks that are parts of them: Sub-total is Subtotal."""
    plain = unaccented(text).casefold()
    return "".join(character for character in plain if unicodedata.category(character)[0] in "LM")


def _without_excel_totals(table: SheetTable, facts: SheetFacts, findings: Findings) -> SheetTable:
    """Leave out the totals rows of Excel tables."""
    columns = {head.index + 1 for head in table.headings}
    left_out = set()
    for excel_table in facts.tables:
        left, top, right, bottom = excel_table.totals
        if not columns & set(range(left, right + 1)):
            continue
        for row, _values in table.rows:
            if top <= row <= bottom:
                left_out.add(row)
                findings.warn(
                    table.grid.place(row, left - 1),
                    "CB-L43",
                    _("the totals row of an Excel table"),
                    _("rows of data"),
                    _("It was left out."),
                )
    if not left_out:
        return table
    return replace(
        table, rows=tuple((row, values) for row, values in table.rows if row not in left_out)
    )


@dataclass
class _Sum:
    """The sums of some rows, column by column, and how many rows they are."""

    amounts: list[float]
    rows: int = 0

    def add(self, amounts: Sequence[float | None]) -> None:
        """Add one more row."""
        self.rows += 1
        for index, amount in enumerate(amounts):
            self.amounts[index] += amount or 0.0

    def less(self, amounts: Sequence[float | None]) -> "_Sum":
        """Return the sums without one of the rows."""
        rest = [amount - (own or 0.0) for amount, own in zip(self.amounts, amounts, strict=True)]
        return _Sum(rest, self.rows - 1)

    def equals(self, amounts: Sequence[float | None], off: float) -> bool:
        """Say whether every amount of a row is the sum, and there is one that is not 0."""
        for amount, total in zip(amounts, self.amounts, strict=True):
            if amount is not None and not isclose(amount, total, rel_tol=off, abs_tol=off * 1e-3):
                return False
        return any(amounts)


@dataclass
class _SumSearch:
    """Goes through the rows of one table from the top."""

    table: SheetTable
    own_tables: set[str]
    findings: Findings

    def __post_init__(self) -> None:
        sheet = self.table.sheet
        self.heads = self._headings(AMOUNTS[sheet.name])
        self.names = self._headings(
            [column.name for column in sheet.columns if column.name in NAMES]
        )
        self.scores = self._headings(
            [column.name for column in sheet.columns if column.name == "score"]
        )
        self.scored = any(self._has_scores(values) for _row, values in self.table.rows)
        empty = [0.0] * len(self.heads)
        self.all, self.above, self.start, self.block = (_Sum(list(empty)) for _sum in range(4))

    def _headings(self, columns: Iterable[str]) -> list[Heading]:
        return [
            head for column in columns for head in self.table.of(self.table.sheet.column(column))
        ]

    def rest(self) -> SheetTable:
        """Return the table without the rows that are faults."""
        amounts = {row: self._amounts(values) for row, values in self.table.rows}
        for amount in amounts.values():
            self.all.add(amount)
        kept = []
        for row, values in self.table.rows:
            mine = amounts[row]
            word = next(self._total_words(values), None)
            sums = self._adds_up(row, mine, named=word is not None)
            scoreless = self.scored and not self._has_scores(values)
            nobody = all(blank(_value(values, head)) for head in self.names)
            if word is not None:
                self._note_named(row, word, values, sums=sums, scoreless=scoreless)
            elif sums:
                self._note_nameless(row, nobody=nobody)
            self.above.add(mine)
            if sums or (word is not None and scoreless):
                self.block = _Sum([0.0] * len(self.heads))
            else:
                self.start.add(mine)
                self.block.add(mine)
            if not (sums and nobody) and (word is None or not (sums or scoreless)):
                kept.append((row, values))
        return self.table if len(kept) == len(amounts) else replace(self.table, rows=tuple(kept))

    def _amounts(self, values: Sequence[object]) -> list[float | None]:
        return [_amount(_value(values, head)) for head in self.heads]

    def _has_scores(self, values: Sequence[object]) -> bool:
        return any(not blank(_value(values, head)) for head in self.scores)

    def _total_words(self, values: Sequence[object]) -> Iterator[Heading]:
        for head in self.names:
            text = _value(values, head)
            if isinstance(text, str) and is_total_word(text):
                yield head

    def _adds_up(self, row: int, mine: Sequence[float | None], *, named: bool) -> bool:
        """Say whether the amounts of a row are sums of rows, by their values or formulas."""
        if named:
            others = (self.block, self.start, self.above, self.all.less(mine))
            by_value = any(other.rows and other.equals(mine, ROUNDED) for other in others)
        else:
            by_value = len({amount for amount in mine if amount}) >= DIFFERENT and any(
                other.rows >= SEVERAL and other.equals(mine, 1e-9)
                for other in (self.block, self.start, self.above)
            )
        return by_value or self._adds_by_formula(row)

    def _adds_by_formula(self, row: int) -> bool:
        """Say whether the amounts of a row have formulas, and all of these add cells above."""
        grid = self.table.grid
        typed = [head for head in self.heads if (row, head.index) in grid.formulas]
        if not typed or not all(
            _ADDS.search(grid.formulas[row, head.index].text) for head in typed
        ):
            return False
        return all(self._adds_above(row, head, grid.formula(row, head.index)) for head in typed)

    def _adds_above(self, row: int, head: Heading, formula: str) -> bool:
        try:
            tokens = Tokenizer(formula).items
        except TokenizerError:
            return False
        cells = sum(
            self._cells_above(row, head, token.value)
            for token in tokens
            if token.type == Token.OPERAND and token.subtype == Token.RANGE
        )
        return cells >= SEVERAL and any(_is_addition(token) for token in tokens)

    def _cells_above(self, row: int, head: Heading, reference: str) -> int:
        """Return how many cells above, in the same column of the table, a reference names."""
        sheet, mark, cells = reference.rpartition("!")
        if mark and key(sheet.strip("'")) != key(self.table.grid.title):
            return 0
        if "[" in cells:
            name = cells.partition("[")[0]
            same_row = "@" in cells or "this row" in cells.lower()
            whole_column = not same_row and (not name or key(name) in self.own_tables)
            return SEVERAL if whole_column else 0
        try:
            left, top, right, bottom = range_boundaries(cells.replace("$", ""))
        except (ValueError, TypeError):
            return 0
        if None in {left, top, right, bottom} or not left <= head.index + 1 <= right:
            return 0
        first, last = max(top, self.table.header_row + 1), min(bottom, row - 1)
        return max(0, int(last - first + 1))

    def _place(self, row: int, head: Heading) -> Place:
        return self.table.grid.place(row, head.index, head.text)

    def _note_named(
        self, row: int, head: Heading, values: Sequence[object], *, sums: bool, scoreless: bool
    ) -> None:
        name = quoted(str(_value(values, head)))
        expected = _("rows that are no totals on sheet {sheet}").format(sheet=self.table.sheet.name)
        place = self._place(row, head)
        if sums:
            found = _("{name}, a row whose amounts are the sums of other rows").format(name=name)
            advice = _("Delete the row: its numbers would count twice.")
            self.findings.fault(place, "CB-L40", found, expected, advice)
        elif scoreless:
            found = _("{name}, a word for a total, on a row without scores").format(name=name)
            advice = _("Delete the row, or type its scores if it is an investment.")
            self.findings.fault(place, "CB-L40", found, expected, advice)
        else:
            found = _("{name}, a word for a total").format(name=name)
            advice = _("It was read like any other row. Delete it if it adds up others.")
            self.findings.warn(place, "CB-L41", found, expected, advice)

    def _note_nameless(self, row: int, *, nobody: bool) -> None:
        head = next(iter(self.names), self.heads[0])
        if nobody:
            self.findings.fault(
                self._place(row, head),
                "CB-L40",
                _("a row without a name whose amounts are the sums of other rows"),
                _("rows that are no totals on sheet {sheet}").format(sheet=self.table.sheet.name),
                _("Delete the row: its numbers would count twice."),
            )
            return
        self.findings.warn(
            self._place(row, head),
            "CB-L42",
            _("a row whose amounts add up rows above it"),
            _("rows that are no totals on sheet {sheet}").format(sheet=self.table.sheet.name),
            _("It was read like any other row. Delete it if it is a total: it counts twice."),
        )


_ADDS = re.compile(r"SUM|SUBTOTAL|AGGREGATE|\+", re.IGNORECASE)
"""What a formula that adds cells cannot do without."""

_ADDING = re.compile(r"(?:_xlfn\.)?(?:D?SUM\w*|SUBTOTAL|AGGREGATE)\(", re.IGNORECASE)


def _is_addition(token: Token) -> bool:
    if token.type == Token.FUNC and token.subtype == Token.OPEN:
        return bool(_ADDING.fullmatch(token.value))
    return bool(token.type == Token.OP_IN and token.value == "+")


def _value(values: Sequence[object], head: Heading) -> object:
    return values[head.index] if head.index < len(values) else None


def _amount(value: object) -> float | None:
    """Return the number in a cell, ``None`` where there is none."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, str) and not blank(value):
        read = number(value)
        return float(read.value) if isinstance(read, Read) else None
    return None
