"""A spreadsheet in small: just the functions that results use, computed apart from them."""

import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

Values = list[Any]

_AREA = re.compile(r"'((?:[^']|'')+)'!\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?")
_LOCAL = re.compile(r"(?<![A-Za-z$'!\"])([A-Z]{1,2})(\d+)(?![\d(])")


class Cells:
    """Numbers of an area, with the arithmetic that array formulas have."""

    def __init__(self, values: Values) -> None:
        self.values = values

    def _with(self, other: Any, rule: Any) -> "Cells":
        others = other.values if isinstance(other, Cells) else [other] * len(self.values)
        pairs = zip(self.values, others, strict=True)
        return Cells([rule(one or 0, two or 0) for one, two in pairs])

    def __add__(self, other: Any) -> "Cells":
        return self._with(other, lambda one, two: one + two)

    def __sub__(self, other: Any) -> "Cells":
        return self._with(other, lambda one, two: one - two)

    def __mul__(self, other: Any) -> "Cells":
        return self._with(other, lambda one, two: one * two)

    def __gt__(self, other: Any) -> "Cells":
        return self._with(other, lambda one, two: int(one > two))


class Text(str):
    """A text that can be joined to a number with ``&``."""

    __slots__ = ()

    def __rand__(self, other: float) -> str:
        return f"{other:g}{self}"


def _sum_product(*areas: Cells) -> float:
    return math.fsum(math.prod(row) for row in zip(*(area.values for area in areas), strict=True))


def _sum_ifs(numbers: Cells, keys: Cells, key: Any) -> float:
    pairs = zip(numbers.values, keys.values, strict=True)
    return math.fsum(number for number, found in pairs if found == key)


FUNCTIONS: dict[str, Any] = {
    "SUM": lambda area: math.fsum(area.values),
    "SUMPRODUCT": _sum_product,
    "SUMIFS": _sum_ifs,
    "MIN": min,
    "COUNTA": lambda area: sum(value is not None for value in area.values),
    "COUNTIF": lambda area, key: sum(value == key for value in area.values),
    "ABS": lambda it: (
        Cells([abs(value) for value in it.values]) if isinstance(it, Cells) else abs(it)
    ),
    "IF": lambda test, yes, no: yes if test else no,
}


class Spreadsheet:
    """The formulas of a workbook, evaluated from its typed cells alone."""

    def __init__(self, path: Path) -> None:
        self.book = load_workbook(path)

    def formulas(self) -> Iterator[tuple[str, str]]:
        """Yield sheet and cell of every formula."""
        for sheet in self.book:
            for row in sheet.iter_rows():
                yield from ((sheet.title, c.coordinate) for c in row if c.data_type == "f")

    def value(self, sheet: str, cell: str) -> Any:
        """Return what a cell says, computed if it is a formula."""
        found = self.book[sheet][cell]
        return self._computed(sheet, found.value) if found.data_type == "f" else found.value

    def _computed(self, sheet: str, formula: str) -> Any:
        areas: list[Any] = []

        def outside(match: re.Match[str]) -> str:
            name, column, row, other, last = match.groups()
            name = name.replace("''", "'")
            if other is None:
                areas.append(self.value(name, f"{column}{row}"))
            else:
                block = self.book[name][f"{column}{row}:{other}{last}"]
                areas.append(Cells([self.value(name, c.coordinate) for r in block for c in r]))
            return f"_areas[{len(areas) - 1}]"

        def inside(match: re.Match[str]) -> str:
            areas.append(self.value(sheet, match[0]))
            return f"_areas[{len(areas) - 1}]"

        texts: list[Text] = []

        def text(match: re.Match[str]) -> str:
            texts.append(Text(match[0][1:-1].replace('""', '"')))
            return f"_texts({len(texts) - 1})"

        code = re.sub(r'"(?:[^"]|"")*"', text, formula.removeprefix("="))
        code = _LOCAL.sub(inside, _AREA.sub(outside, code))
        code = re.sub(r"(?<![<>=])=(?!=)", "==", code)
        return eval(code, FUNCTIONS | {"_areas": areas, "_texts": texts.__getitem__})
