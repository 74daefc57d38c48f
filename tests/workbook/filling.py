"""Fills a template as a clerk does: types values below headings, and saves."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

Typed = Mapping[str, Iterable[Mapping[str, Any]]]

LETTER: Typed = {
    "Settings": [{"Currency": "EUR", "Country": "Illyria", "Prices": "2027 prices, VAT included"}],
    "Funds": [
        {"Fund": "STATE", "Title": "State budget", "2027": 6, "2028": 6, "2029": 5, "2030": 5}
        | {"2031": 5},
        {"Fund": "DONOR", "Title": "Growth plan", "2027": 3, "2028": 2, "2029": 0, "2030": 0}
        | {"2031": 0, "Pays at most": 0.85, "Pays": "build"},
    ],
    "Investments": [
        {
            "Investment": f"P{number:02}",
            "Title": f"Project {number}",
            "Owner": "Digital agency",
            "Cost year 1": 0.5 * number,
            "Running cost": 0.1 * number + 0.1,
            "Score: autonomy": 5 * number % 17,
            "Score: resilience": 7 * number % 19,
        }
        for number in range(1, 11)
    ],
    "Criteria": [
        {"Criterion": each, "Objective": each, "0 means": "none", "50 means": "half"}
        | {"100 means": "all"}
        for each in ("autonomy", "resilience")
    ],
    "Limits": [{"Metric": "count", "Maximum": 8}],
}
"""A budget letter and ten projects."""


def fill_in(template: Path, typed: Typed, target: Path) -> Path:
    """Type values into a template, rows one below the other, and save it elsewhere."""
    book = load_workbook(template)
    for name, rows in typed.items():
        sheet = book[name]
        if name == "Settings":
            labels = {str(cell.value): cell.row for cell in sheet["A"]}
            for row in rows:
                for label, value in row.items():
                    sheet.cell(labels[label], 2).value = value
            continue
        first = next(iter(next(iter(rows))))
        head = next(cell.row for cell in sheet["A"] if cell.value == first)
        columns = {str(cell.value): cell.column for cell in sheet[head]}
        for number, row in enumerate(rows, start=head + 1):
            for heading, value in row.items():
                sheet.cell(number, columns[heading]).value = value
    book.save(target)
    book.close()
    return target
