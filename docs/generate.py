"""Write the pages that are made from the code: ``python docs/generate.py``."""

from collections.abc import Iterator
from pathlib import Path

from choosebattles.case.bounds import Bounds
from choosebattles.catalogue import CODES, Weight
from choosebattles.workbook.column import Column, Setting, Sheet
from choosebattles.workbook.layout import SETTINGS_SHEET, SHEETS
from choosebattles.workbook.settings import SETTINGS

HERE = Path(__file__).parent

FAMILIES = {
    "F": "The file",
    "W": "What the file carries besides its cells",
    "S": "Sheets and columns",
    "C": "Single cells",
    "L": "What rows say together",
    "U": "What cannot be solved yet",
    "O": "Files that are written",
    "R": "What was asked for beside the files",
}


def workbook() -> str:
    """Return the page on sheets and columns."""
    return "\n".join(_workbook()) + "\n"


def errors() -> str:
    """Return the page on the codes of messages."""
    return "\n".join(_errors()) + "\n"


PAGES = {"workbook.md": workbook, "errors.md": errors}
"""Every page that is made from the code."""


def _workbook() -> Iterator[str]:
    yield from (
        "# The workbook",
        "",
        "Made from the code by `make docs`; change `workbook/layout.py`, not this page.",
        "",
        "`choosebattles new mine.xlsx` writes an empty workbook with the sheets of a simple case,",
        "`--full` one with every sheet. Sheets and columns may stand in any order; rows above the",
        "headings, blank rows and further sheets do no harm. Only Settings, Funds and Investments",
        "must be there. Names are compared without case; lists are separated by `;`. Money is in",
        "millions of one currency, in whole thousandths. A cell that is left blank means what its",
        "column says below, and nothing else.",
        "",
        "A template shows the columns that are needed first and the others in a band that can be folded.",
        "Yellow cells are to be filled, white ones may stay blank, grey ones calculate themselves: the",
        "column *Reads as* of Rules and Limits puts each row into a sentence. The sheets Start here, Lists",
        "and Checks help whoever fills it in; nothing is read from them.",
        "",
        "Type into Funds what may be spent on these decisions: each year's own money, after",
        "everything that is promised to things without a row here. Type costs in prices of the",
        "first year and under one VAT rule; cost year 1 is the year in which an investment starts,",
        "whichever that is. A running cost is that of a full year, without people who are on the",
        "payroll anyway.",
        "",
        "An investment *operates* from the end of its build years until its lifetime is over; a",
        "prerequisite must operate in the year in which what needs it starts, and nothing is asked",
        "of it afterwards. People who were trained count from the year after. Whoever builds and",
        "runs in the same year needs both teams.",
    )
    for sheet in SHEETS:
        yield ""
        yield f"## {sheet.name}"
        yield ""
        yield sheet.help + (" *Must be there.*" if sheet.required else "")
        yield ""
        if sheet is SETTINGS_SHEET:
            yield from _settings(sheet)
        else:
            yield from _columns(sheet)


def _settings(sheet: Sheet) -> Iterator[str]:
    for column in sheet.columns:
        yield f"- **{column.header}**: {column.help}"
    yield ""
    yield "| Setting | Holds | If blank | Meaning |"
    yield "|---|---|---|---|"
    for each in SETTINGS:
        blank = "must be filled" if each.required else each.default or "nothing"
        yield _row(each.label, _holds(each, each.bounds), blank, each.help)


def _columns(sheet: Sheet) -> Iterator[str]:
    yield "| Column | Holds | If blank | Meaning |"
    yield "|---|---|---|---|"
    for column in sheet.columns:
        header = column.header.format("...") if column.family else column.header
        if column.family:
            header = f"{header} (one for {column.family})"
        blank = "must be filled" if column.required else column.default or "nothing"
        yield _row(header, _holds(column, sheet.bounds(column)), blank, column.help)


def _holds(each: Column | Setting, bounds: Bounds) -> str:
    if each.choices:
        return ", ".join(each.choices)
    held = str(each.kind)
    unit = getattr(each, "unit", "")
    limited = each.kind.numeric and (bounds.low is not None or bounds.high is not None)
    parts = [held, unit if unit and unit not in held else "", str(bounds) if limited else ""]
    return ", ".join(part for part in parts if part)


def _row(*cells: str) -> str:
    escaped = (" ".join(each.split()).replace("|", "\\|") for each in cells)
    return f"| {' | '.join(escaped)} |"


def _errors() -> Iterator[str]:
    yield from (
        "# Codes of messages",
        "",
        "Made from the code by `make docs`; change `catalogue.py`, not this page.",
        "",
        "Every message names a place, what was found there, what was expected and what to do; its",
        "code stays the same when the words get better. `choosebattles explain-error CB-C08` shows",
        "one of the entries below.",
    )
    family = ""
    for code, entry in CODES.items():
        letter = code.removeprefix("CB-")[0]
        if letter != family:
            family = letter
            yield ""
            yield f"## {FAMILIES[family]}"
        yield ""
        yield f"### {code} {entry.title}"
        yield ""
        kind = "" if entry.weight is Weight.ERROR else f" ({entry.weight})"
        yield f"{entry.meaning} **What to do:** {entry.remedy}{kind}"


def main() -> None:
    """Write every page."""
    for name, text in PAGES.items():
        (HERE / name).write_text(text(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
