"""Write the pages that are made from the code: ``python docs/generate.py``."""

import inspect
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from choosebattles import constraints, objectives
from choosebattles.case.bounds import NumberBounds
from choosebattles.case.decision_model import DecisionModel
from choosebattles.case.facts import Facts
from choosebattles.case.investment import Cover
from choosebattles.case.limit import Limit
from choosebattles.case.numbers import NOTHING, NUMBERS, SHAPE, CaseNumber, Family
from choosebattles.case.provider import Provider
from choosebattles.case.rule import Rule
from choosebattles.error_codes import CODES, Weight
from choosebattles.vocabulary import SAY
from choosebattles.workbook.column import ColumnLayout, Setting, SheetLayout
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


def numbers() -> str:
    """Return the page on the numbers of a case."""
    return "\n".join(_numbers()) + "\n"


PAGES = {"workbook.md": workbook, "numbers.md": numbers, "errors.md": errors}
"""Every page that is made from the code."""


def _workbook() -> Iterator[str]:
    yield from (
        "# The workbook",
        "",
        "Made from the code by `make docs`; change `workbook/layout.py` or `case/numbers.py`, not this page.",
        "",
        "`choosebattles new mine.xlsx` writes an empty workbook with the sheets of a simple case,",
        "`--full` one with every sheet. Sheets and columns may stand in any order; rows above the",
        "headings, blank rows and further sheets do no harm. Only Settings, Funds and Investments",
        "must be there. Names are compared without case; lists are separated by `;`. Money is in",
        "millions of one currency, in whole thousandths. A cell that is left blank means what its",
        "column says below, and nothing else.",
        "",
        "A template shows the columns that are needed first, the others on their right. Yellow cells are",
        "to be filled, white ones may stay blank, grey ones calculate themselves: the column *Reads as* of",
        "Rules and Limits puts each row into a sentence. A grey row above the headings, with the id",
        "EXAMPLE, shows how to fill in; it is not read, and no row may have that id. Headings and formulas",
        "are locked without a password; rows may be inserted, and a further column begins with its heading",
        "in the first free column on the right. Printed, a sheet goes on on further pages of A4 that repeat",
        "ids and headings. The sheets Start here, Lists and Checks help whoever fills it in; nothing is",
        "read from them. Checks counts whatever `choosebattles check` refuses and a formula can see, and",
        "names what only `check` sees.",
        "",
        "What was read may not be what was meant: a row struck through, a 1 that is 100 %, a running",
        "cost that stands among the cost years too. Such a *doubt* is printed by `check` and before",
        "every answer, and stands under the headline of every result. Correct its cell; or, where it is",
        "meant, add a row to Settings with the code and the cell of the message, and the reason as its",
        "value:",
        "",
        "| Setting | Value |",
        "|---|---|",
        "| Confirmed: CB-C31 Settings!B9 | Growth of building costs as in the decree of May |",
        "",
        "Several cells of one sheet may stand in one row (`Confirmed: CB-C34 Investments!A9, A12:A14`);",
        "a doubt about a whole sheet or file is confirmed without cells. The doubt is a notice then, with",
        "the reason; a row that confirms nothing is told. `--strict` takes every open doubt for an error.",
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


def _settings(sheet: SheetLayout) -> Iterator[str]:
    for column in sheet.columns:
        yield f"- **{column.header}**: {column.help}"
    yield ""
    yield "| Setting | Holds | If blank | Meaning |"
    yield "|---|---|---|---|"
    for setting in SETTINGS:
        blank = "must be filled" if setting.required else setting.default or "nothing"
        yield _row(setting.label, _holds(setting, setting.bounds), blank, setting.help)


def _columns(sheet: SheetLayout) -> Iterator[str]:
    yield "| Column | Holds | If blank | Meaning |"
    yield "|---|---|---|---|"
    for column in sheet.columns:
        header = column.header.format("...") if column.family else column.header
        if column.family:
            header = f"{header} (one for {column.family})"
        blank = "must be filled" if column.required else column.default or "nothing"
        yield _row(header, _holds(column, sheet.bounds(column)), blank, column.help)


def _holds(each: ColumnLayout | Setting, bounds: NumberBounds) -> str:
    if each.choices:
        return ", ".join(each.choices)
    held = str(each.kind)
    unit = getattr(each, "unit", "")
    limited = each.kind.numeric and (bounds.low is not None or bounds.high is not None)
    parts = [held, unit if unit and unit not in held else "", str(bounds) if limited else ""]
    return ", ".join(part for part in parts if part)


def _row(*cells: str) -> str:
    escaped = (" ".join(cell.split()).replace("|", "\\|") for cell in cells)
    return f"| {' | '.join(escaped)} |"


def _numbers() -> Iterator[str]:
    yield from (
        "# The numbers of a case",
        "",
        "Made from the code by `make docs`; change `case/numbers.py`, not this page.",
        "",
        "Every number by its name, as `--set`, `--parameter` and the sheet Sweeps take it:",
        "`fund.STATE.2028`, `cost.CLOUD.L`. In a name, words in capitals stand for ids; `L1` is the first",
        "row of Limits, `R3` the third of Rules; of a provider that fills one row the layer may be left",
        "out. Where a name stands for several years, its number is their sum, and another number scales",
        "all of them alike. *Drawn as* is what the sheet Ranges and `--spread` call it. *Read by* names the",
        "demands and measures of [the mathematics](decision-model.md) that a change concerns. A number",
        "without a name is changed in the workbook only.",
        "",
        "| Name | Sheet: column | Holds | If blank | Drawn as | Read by |",
        "|---|---|---|---|---|---|",
    )
    readers = dict(_readers())
    for number in NUMBERS:
        where, holds = _where(number)
        by = [word for word, reads in readers.items() if number.read in reads]
        silent = {NOTHING: "no row", SHAPE: "everything"}
        drawn = f"{number.drawn}: X" if number.drawn and number.by_member else number.drawn
        blank = number.blank or "must be filled"
        read = silent.get(number.read) or ", ".join(by) or "the weighted sum of the indices"
        yield _row(_names(number), where, holds, blank, drawn, read)


def _where(number: CaseNumber) -> tuple[str, str]:
    """Return the sheet and column of a number, and what its cells hold."""
    for sheet in SHEETS:
        for column in sheet.columns if sheet.fact is number.fact else ():
            if column.name == number.field:
                heading = column.header.format("...") if column.family else column.header
                return f"{sheet.name}: {heading}", _holds(column, number.bounds)
    for setting in SETTINGS:
        if (setting.owner, setting.name) == (number.fact, number.field):
            return f"Settings: {setting.label}", _holds(setting, number.bounds)
    return "Investments: Covers", f"a percentage, {number.bounds}"


def _names(number: CaseNumber) -> str:
    if not number.word:
        return ""
    row = NAMED.get(number.fact, number.fact.__name__.upper())
    name = ".".join(part for part in (number.word, row) if part)
    member = MEMBERS.get(number.family, "") if number.family else ""
    forms = [f"`{name}`"] if not number.by_member else []
    return ", ".join([*forms, f"`{name}.{member}`"] if member else forms)


NAMED = {
    Facts: "",
    DecisionModel: "",
    Cover: "OPTION.LAYER",
    Provider: "PROVIDER.LAYER",
    Limit: "L1",
    Rule: "R3",
}
"""What a name has after its word, where that is not the id of a row."""

MEMBERS = {
    Family.YEARS: "2028",
    Family.AFTER_START: "1",
    Family.CRITERIA: "CRITERION",
    Family.SKILLS: "SKILL",
}


def _readers() -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the word of every demand and measure with what it reads, and covers, which are neither."""
    for package in (constraints, objectives):
        for module in iter_modules(package.__path__, f"{package.__name__}."):
            own = import_module(module.name)
            for _name, unit in inspect.getmembers(own, inspect.isclass):
                if unit.__module__ == module.name and hasattr(unit, "reads"):
                    yield module.name.rpartition(".")[2].replace("_", " "), unit.reads
    yield "cover", SAY["cover"]


def _errors() -> Iterator[str]:
    yield from (
        "# Codes of messages",
        "",
        "Made from the code by `make docs`; change `error_codes.py`, not this page.",
        "",
        "Every message names a place, what was found there, what was expected and what to do; its",
        "code stays the same when the words get better. `choosebattles explain-error CB-C08` shows",
        "one of the entries below. Each begins with how much it matters:",
        "",
    )
    for each in Weight:
        yield f"- {each.sentence}"
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
        weight = str(entry.weight).capitalize()
        yield f"*{weight}.* {entry.meaning} **What to do:** {entry.remedy}"


def main() -> None:
    """Write every page."""
    for name, text in PAGES.items():
        (HERE / name).write_text(text(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
