"""Writes a workbook from rows given as dictionaries, headers in row 1, as anybody might."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from openpyxl import Workbook

Rows = Iterable[Mapping[Any, Any]]


def settings(**values: Any) -> list[dict[str, Any]]:
    """Rows of Settings; ``first_year=2027`` is the setting First year."""
    typed = {"first_year": 2027, "years": 1} | values
    return [
        {"Setting": name.replace("_", " ").capitalize(), "Value": value}
        for name, value in typed.items()
    ]


def sheets(**changed: Rows) -> dict[str, Rows]:
    """The sheets of a small good workbook, one year and one fund, with some replaced."""
    return {
        "Settings": settings(),
        "Funds": [{"Fund": "STATE", 2027: 100}],
        "Investments": [
            {"Investment": "CLOUD", "Title": "Government cloud", "Cost year 1": 60}
            | {"Score: autonomy": 30, "Score: resilience": 20},
            {"Investment": "CSIRT", "Title": "Incident team", "Cost year 1": 40}
            | {"Score: autonomy": 10, "Score: resilience": 50},
        ],
        **changed,
    }


def fill(book: Workbook, contents: Mapping[str, Rows]) -> Workbook:
    """Put sheets into a workbook."""
    book.remove(book.active)
    for name, rows in contents.items():
        sheet = book.create_sheet(name)
        headers = list(dict.fromkeys(header for row in rows for header in row))
        sheet.append(headers)
        for row in rows:
            sheet.append([row.get(header) for header in headers])
    return book


def write(path: Path, contents: Mapping[str, Rows]) -> Path:
    """Write sheets as a workbook; return its path."""
    path.parent.mkdir(exist_ok=True)
    book = fill(Workbook(), contents)
    book.save(path)
    book.close()
    return path
