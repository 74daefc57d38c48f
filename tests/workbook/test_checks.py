"""The sheet Checks of a template against ``choosebattles check``: it never says ready too early."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from choosebattles.error_codes import CELLS, LOGIC, STRUCTURE, Weight
from choosebattles.spelling import key
from choosebattles.workbook.layout import SHEETS
from choosebattles.workbook.reader import read
from choosebattles.workbook.rows_from_facts import Members, SheetPage, heads, settings_page
from choosebattles.workbook.template import write_template
from choosebattles.workbook.writing.book import write_book
from choosebattles.workbook.writing.live_checks import ONLY_CHECK, CheckedNumber, problem_counts
from choosebattles.workbook.writing.placement import ColumnCells, place_pages
from workbook.filling import LETTER, fill_in
from workbook.office import OFFICE, saved_by_office
from workbook.sheets import write

YEARS = range(2027, 2030)
MEMBERS = Members(years=YEARS, criteria=("technical", "calm"), skills=("cloud",))

Contents = dict[str, list[dict[str, Any]]]

SCORES = {"Score: technical": 20, "Score: calm": 10}
GOOD: Contents = {
    "Settings": [
        {"Setting": "First year", "Value": 2027},
        {"Setting": "Years", "Value": 3},
        {"Setting": "Points for 100", "Value": 100},
    ],
    "Objectives": [
        {"Objective": "autonomy", "Weight": 2, "Weight low": 1, "Weight high": 3},
        {"Objective": "resilience", "Weight": 1},
    ],
    "Criteria": [
        {"Criterion": "technical", "Title": "Technical", "Objective": "autonomy", "Weight": 1}
        | {"0 means": "a", "50 means": "b", "100 means": "c"},
        {"Criterion": "calm", "Objective": "resilience"}
        | {"0 means": "a", "50 means": "b", "100 means": "c"},
    ],
    "Funds": [
        {"Fund": "STATE", "Title": "State", "2027": 10, "2028": 10, "2029": 0}
        | {"Carry over": 0.5, "Dependence": 0.1},
        {"Fund": "DONOR", "2027": 3, "2028": 2, "2029": 1, "Pays": "build"}
        | {"Pays at most": 0.85, "Eligible": "CLOUD; CSIRT"},
    ],
    "Investments": [
        {"Investment": "CLOUD", "Option": "S", "Title": "Small", "Cost year 1": 2}
        | SCORES
        | {"Owner": "Agency", "Layer": "hosting", "Covers": "hosting: 40%"},
        {"Investment": "CLOUD", "Option": "L", "Title": "Large", "Cost year 1": 4}
        | SCORES
        | {"Running cost": 0.5, "Build staff: cloud": 2, "Build years": 1},
        {"Investment": "CSIRT", "Title": "Team", "Running cost": 0.3}
        | SCORES
        | {"Earliest start": 2028, "Latest start": 2029, "Own plan": 2028},
        {"Investment": "EID", "Title": "Card", "Cost year 1": 1, "Running cost": -0.1}
        | SCORES
        | {"Revenue to": "STATE", "Own plan": "yes", "Source": "LAW"},
        {"Investment": "OLD", "Title": "Old net", "Running cost": 0.2}
        | SCORES
        | {"Decision": "ongoing", "Reason": "law", "Earliest start": 2024},
    ],
    "Rules": [
        {"Rule": "requires all", "Investments": "EID", "Needs": "CLOUD"},
        {"Rule": "at most", "Investments": "CLOUD; CSIRT; EID", "Number": 2},
        {"Rule": "synergy", "Investments": "CSIRT; EID", "Bonus": 3, "Criterion": "calm"}
        | {"Saving per year": 0.1, "Saving to": "STATE"},
    ],
    "Limits": [
        {"Metric": "cost share", "Scope": "CLOUD.L; CSIRT", "Maximum": 0.6},
        {"Metric": "points: technical", "Minimum": 0, "Maximum": 100},
    ],
    "Skills": [{"Skill": "cloud", "2027": 5, "2028": 5, "2029": 5, "Retention": 0.9}],
    "Layers": [{"Layer": "hosting", "Full credit up to": 60, "Rate after": 0.5}],
    "Providers": [{"Provider": "NDC", "Layer": "hosting", "Coverage": 0.4}],
    "Services": [
        {"Service": "IDCARD", "Weight": 1, "Needs": "hosting", "Must hold": 0, "Against": "OUTAGE"}
    ],
    "Shocks": [{"Shock": "OUTAGE", "Objective": "resilience", "Severity": 0.8, "Likelihood": 1}],
    "Ranges": [{"Id": "CLOUD.L", "Quantity": "cost", "Low": 3, "High": 6}],
    "Correlations": [{"First": "cost.CLOUD.L", "Second": "cost.EID", "Correlation": 0.5}],
    "Sources": [{"Source": "LAW", "Text": "Law", "Grade": "A"}],
    "Sweeps": [
        {"Name": "money", "Parameter": "fund.STATE", "From": 1, "To": 2, "Steps": 3, "As": "times"}
    ],
    "Story": [{"Title": "Less money?", "Change": "fund.STATE=20; never=CLOUD"}],
}

Edits = Sequence[tuple[str, int, str, Any]]

FAULTS: Mapping[str, Edits] = {
    "no first year": [("Settings", 0, "Value", None)],
    "years as a text": [("Settings", 1, "Value", "three")],
    "too many years": [("Settings", 1, "Value", 31)],
    "half a year": [("Settings", 1, "Value", 2.5)],
    "points below nothing": [("Settings", 2, "Value", -1)],
    "an unknown method": [("Settings", 2, "Setting", "Method"), ("Settings", 2, "Value", "best")],
    "a growth of 300 %": [("Settings", 2, "Setting", "Cost growth"), ("Settings", 2, "Value", 3)],
    "more years than columns": [("Settings", 1, "Value", 4)],
    "one after the other, by equal weights": [
        ("Settings", 2, "Setting", "Method"),
        ("Settings", 2, "Value", "lexicographic"),
        ("Objectives", 0, "Weight", None),
        ("Objectives", 0, "Weight low", None),
    ],
    "a flat reserve above all": [
        *[("Settings", 2, "Setting", "Contingency"), ("Settings", 2, "Value", "flat")],
        *[("Settings", 3, "Setting", "Contingency amount"), ("Settings", 3, "Value", 2)],
    ],
    "a reserve that nobody holds": [
        *[("Settings", 2, "Setting", "Contingency"), ("Settings", 2, "Value", "flat")],
        *[("Settings", 3, "Setting", "Contingency amount"), ("Settings", 3, "Value", 0.1)],
        ("Funds", 0, "Pays at most", 0.9),
    ],
    "an objective twice": [("Objectives", 1, "Objective", "Autonomy")],
    "an objective without an id": [("Objectives", 1, "Objective", None)],
    "a negative weight": [("Objectives", 1, "Weight", -1)],
    "a weight in words": [("Objectives", 1, "Weight", "much")],
    "all weights 0": [
        *[("Objectives", 0, "Weight", 0), ("Objectives", 0, "Weight low", 0)],
        ("Objectives", 1, "Weight", 0),
    ],
    "lowest above highest": [("Objectives", 0, "Weight low", 4)],
    "lowest above the weight": [("Objectives", 1, "Weight low", 2)],
    "an objective that nothing measures": [("Objectives", 2, "Objective", "growth")],
    "an objective of no row": [("Criteria", 0, "Objective", "autonmy")],
    "a criterion without scores": [
        ("Criteria", 2, "Criterion", "legal"),
        ("Criteria", 2, "Objective", "autonomy"),
    ],
    "weights of one objective all 0": [("Criteria", 0, "Weight", 0)],
    "a criterion without objective": [("Criteria", 0, "Objective", None)],
    "a title as long as a page": [("Criteria", 0, "Title", "x" * 3000)],
    "no fund": [("Funds", 0, "*", None), ("Funds", 1, "*", None)],
    "a year left blank": [("Funds", 0, "2028", None)],
    "an amount in words": [("Funds", 0, "2028", "ten")],
    "true for an amount": [("Funds", 0, "2028", True)],
    "an amount with its unit": [("Funds", 0, "2028", "5m")],
    "an amount with two readings": [("Funds", 0, "2028", "1,234")],
    "an amount of 17 digits": [("Funds", 0, "2028", 1e16)],
    "a fund named like everything": [("Funds", 1, "Fund", "ALL")],
    "a negative amount": [("Funds", 0, "2028", -1)],
    "a fund twice": [("Funds", 1, "Fund", "state")],
    "a space in an id": [("Funds", 1, "Fund", "EU grant")],
    "a dot in an id": [("Funds", 1, "Fund", "EU.grant")],
    "the id of the example": [("Funds", 1, "Fund", "EXAMPLE")],
    "half of 1000 %": [("Funds", 0, "Carry over", 50)],
    "a word that pays": [("Funds", 1, "Pays", "building")],
    "eligible, but not there": [("Funds", 1, "Eligible", "CLOUD; CSRT")],
    "eligible twice": [("Funds", 1, "Eligible", "CLOUD; CSIRT; CLOUD")],
    "dependence, no autonomy": [
        ("Objectives", 0, "Objective", "growth"),
        ("Criteria", 0, "Objective", "growth"),
    ],
    "nine funds": [
        edit
        for row in range(2, 9)
        for edit in [
            ("Funds", row, "Fund", f"F{row}"),
            *(("Funds", row, str(year), 1) for year in YEARS),
        ]
    ],
    "no investment": [("Investments", row, "*", None) for row in range(5)],
    "an option without its investment": [("Investments", 0, "Investment", None)],
    "no title": [("Investments", 0, "Title", None)],
    "no cost": [("Investments", 0, "Cost year 1", None)],
    "a score above 100": [("Investments", 0, "Score: calm", 101)],
    "a score in words": [("Investments", 0, "Score: calm", "high")],
    "a negative cost": [("Investments", 0, "Cost year 1", -2)],
    "an investment twice": [("Investments", 3, "Investment", "csirt")],
    "an option twice": [("Investments", 1, "Option", "CLOUD.s")],
    "an option without a name": [("Investments", 1, "Option", None)],
    "an option of another": [("Investments", 1, "Option", "CSIRT.L")],
    "two owners of one thing": [("Investments", 1, "Owner", "Ministry")],
    "decided without a reason": [("Investments", 4, "Reason", None)],
    "an unknown decision": [("Investments", 4, "Decision", "perhaps")],
    "ongoing since nobody knows": [("Investments", 4, "Earliest start", None)],
    "ongoing from next year on": [("Investments", 4, "Earliest start", 2028)],
    "ongoing twice": [
        edit
        for row in (0, 1)
        for edit in (
            ("Investments", row, "Decision", "ongoing"),
            ("Investments", row, "Reason", "law"),
            ("Investments", row, "Earliest start", 2025),
        )
    ],
    "a start after the plan": [("Investments", 2, "Latest start", 2031)],
    "a start before the plan": [("Investments", 2, "Earliest start", 2020)],
    "latest before earliest": [("Investments", 2, "Latest start", 2027)],
    "a start in words": [("Investments", 2, "Latest start", "soon")],
    "half a year of building": [("Investments", 1, "Build years", 0.5)],
    "a life of 0": [("Investments", 1, "Lifetime", 0)],
    "income to nobody": [("Investments", 3, "Revenue to", None)],
    "income by year to nobody": [("Investments", 0, "Income year 1", 1)],
    "income to a stranger": [("Investments", 3, "Revenue to", "STAT")],
    "perhaps in our own plan": [("Investments", 2, "Own plan", "perhaps")],
    "staff in words": [("Investments", 1, "Build staff: cloud", "two")],
    "staff below nothing": [("Investments", 1, "Build staff: cloud", -2)],
    "a rule that is none": [("Rules", 0, "Rule", "requires")],
    "a rule about a stranger": [("Rules", 0, "Investments", "EIDD")],
    "a rule about nothing": [("Rules", 0, "Investments", None)],
    "needs nothing": [("Rules", 0, "Needs", None)],
    "needs a stranger": [("Rules", 0, "Needs", "CLOUD; POWER")],
    "needs itself": [("Rules", 0, "Needs", "CLOUD; EID")],
    "at most how many": [("Rules", 1, "Number", None)],
    "at most four of three": [("Rules", 1, "Number", 4)],
    "synergy of none": [("Rules", 2, "Number", 0)],
    "a bonus on nothing": [("Rules", 2, "Criterion", None)],
    "a bonus on a stranger": [("Rules", 2, "Criterion", "quiet")],
    "a negative saving": [("Rules", 2, "Saving per year", -1)],
    "a saving to a stranger": [("Rules", 2, "Saving to", "EU")],
    "a priority of 0": [("Rules", 0, "Priority", 0)],
    "a limit without bounds": [("Limits", 0, "Maximum", None)],
    "a share of 60": [("Limits", 0, "Maximum", 60)],
    "a limit on a stranger": [("Limits", 0, "Scope", "CLOUD.M")],
    "points of nothing": [("Limits", 1, "Metric", "points:")],
    "points of a stranger": [("Limits", 1, "Metric", "points: legal")],
    "a metric that is none": [("Limits", 0, "Metric", "costs of all")],
    "no metric": [("Limits", 0, "Metric", None)],
    "people left blank": [("Skills", 0, "2029", None)],
    "more than all stay": [("Skills", 0, "Retention", 1.5)],
    "a skill of no row": [("Skills", 0, "Skill", "clouds")],
    "a rate above all": [("Layers", 0, "Rate after", 2)],
    "a provider without a layer": [("Providers", 0, "Layer", None)],
    "a provider twice": [
        *[("Providers", 1, "Provider", "NDC"), ("Providers", 1, "Layer", "hosting")],
    ],
    "a service that needs nothing": [("Services", 0, "Needs", None)],
    "a service against a stranger": [("Services", 0, "Against", "FLOOD")],
    "services without weight": [("Services", 0, "Weight", 0)],
    "a shock of no objective": [("Shocks", 0, "Objective", "calm")],
    "a shock without objective": [("Shocks", 0, "Objective", None)],
    "low above high": [("Ranges", 0, "Low", 7)],
    "a range of a stranger": [("Ranges", 0, "Id", "CLOUD.M")],
    "a range of something else": [("Ranges", 0, "Quantity", "price")],
    "a range twice": [
        ("Ranges", 1, heading, value)
        for heading, value in (("Id", "CLOUD.L"), ("Quantity", "cost"), ("Low", 1), ("High", 2))
    ],
    "a range without a low end": [("Ranges", 0, "Low", None)],
    "a range without a high end": [("Ranges", 0, "High", None)],
    "a distribution that is none": [("Ranges", 0, "Distribution", "gaussian")],
    "a list without values": [("Ranges", 0, "Distribution", "list")],
    "values of no list": [("Ranges", 0, "Values", "3; 4")],
    "shares of no list": [("Ranges", 0, "Shares", "50%; 50%")],
    "a lognormal number that may be 0": [
        *[("Ranges", 0, "Distribution", "lognormal"), ("Ranges", 0, "Low", 0)],
    ],
    "a correlation above 1": [("Correlations", 0, "Correlation", 1.2)],
    "a correlation of nothing": [("Correlations", 0, "Correlation", None)],
    "a correlation with nothing": [("Correlations", 0, "Second", None)],
    "a source twice": [("Sources", 1, "Source", "LAW")],
    "a grade that is none": [("Sources", 0, "Grade", "E")],
    "no step": [("Sweeps", 0, "Steps", 0)],
    "half a step": [("Sweeps", 0, "Steps", 2.5)],
    "a sweep twice": [
        ("Sweeps", 1, heading, value)
        for heading, value in (
            *(("Name", "money"), ("Parameter", "fund.STATE"), ("From", 1), ("To", 2)),
            ("Steps", 2),
        )
    ],
}
"""Faults of cells, each in an otherwise good workbook, that ``check`` refuses."""


def with_edits(edits: Edits) -> Contents:
    """A good workbook with some cells changed; a star clears a row."""
    contents = deepcopy(GOOD)
    for sheet, row, heading, value in edits:
        rows = contents[sheet]
        rows.extend({} for _each in range(row + 1 - len(rows)))
        if heading == "*":
            rows[row] = {}
        else:
            rows[row][heading] = value
    return contents


def pages(contents: Contents) -> list[SheetPage]:
    """The sheets of a template that hold these rows."""
    first = settings_page(years=YEARS)
    typed = {key(row["Setting"]): row.get("Value") for row in contents["Settings"]}
    rows = tuple((label, typed.get(key(str(label)))) for label, _value in first.rows)
    found = [SheetPage(first.sheet, first.heads, rows)]
    for sheet in SHEETS[1:]:
        columns = heads(sheet, MEMBERS)
        cells = [tuple(row.get(column.text) for column in columns) for row in contents[sheet.name]]
        while cells and not any(cell is not None for cell in cells[-1]):
            cells.pop()
        found.append(SheetPage(sheet, columns, tuple(cells)))
    return found


def to_look_at(contents: Contents) -> list[CheckedNumber]:
    """What Checks counts, by the same definitions that make its formulas."""
    plan = place_pages(pages(contents))
    rows = plan["Investments"].page.rows
    ids = tuple(
        None if owner is None else (f"{owner}.{str(short).rpartition('.')[2]}" if short else owner)
        for owner, short, *_rest in rows
    )
    return [thing for thing in problem_counts(plan, ColumnCells("ids", ids)) if thing.value]


def plain(contents: Contents) -> dict[str, list[dict[str, Any]]]:
    """The same with a heading for every column, whether anything stands below or not."""
    return {
        name: [dict.fromkeys(head.text for head in heads(sheet, MEMBERS)) | row for row in rows]
        if (sheet := next(each for each in SHEETS if each.name == name)).name != "Settings"
        else rows
        for name, rows in contents.items()
    }


def test_a_good_workbook_is_ready_and_is_accepted(tmp_path: Path) -> None:
    reading = read([write(tmp_path / "good.xlsx", plain(GOOD))])

    assert [str(fault) for fault in reading.faults] == []
    assert to_look_at(GOOD) == []


@pytest.mark.parametrize("name", FAULTS)
def test_what_check_refuses_is_never_ready(name: str, tmp_path: Path) -> None:
    contents = with_edits(FAULTS[name])

    assert read([write(tmp_path / "bad.xlsx", plain(contents))]).faults
    assert to_look_at(contents)


BY_OTHER_TESTS = {"CB-S01", "CB-S06", "CB-S07", "CB-C05"}
"""Refusals of sheets, headings and errors, which a page cannot hold: seen, by the tests below."""

BY_CHECK_ALONE = {
    *("CB-S02", "CB-S03", "CB-S10", "CB-S14", "CB-S17", "CB-S21", "CB-S24", "CB-S27"),
    *("CB-C06", "CB-C07", "CB-C10", "CB-C11", "CB-C18", "CB-C30"),
    *("CB-L26", "CB-L31", "CB-L40", "CB-L48"),
}
"""Refusals that no formula sees: of the file, of formats, and those that the sheet names."""


def test_every_refusal_is_counted_or_named(tmp_path: Path) -> None:
    """A new code has its fault here, or is one of those that only check sees."""
    counted = {
        fault.code
        for edits in FAULTS.values()
        for fault in read([write(tmp_path / "bad.xlsx", plain(with_edits(edits)))]).faults
    }
    refusals = {
        code
        for code, entry in {**STRUCTURE, **CELLS, **LOGIC}.items()
        if entry.weight is Weight.ERROR
    }

    assert refusals - counted == refusals & (BY_OTHER_TESTS | BY_CHECK_ALONE)


def apart(faults: Mapping[str, Edits]) -> list[Edits]:
    """The faults in few workbooks, none of which touches a row that another one does."""
    groups: list[tuple[set[tuple[str, int]], list[tuple[str, int, str, Any]]]] = []
    for edits in faults.values():
        rows = {(sheet, row) for sheet, row, _heading, _value in edits}
        if any(heading == "*" or value is True for _sheet, _row, heading, value in edits):
            continue  # A page has no blank row, and no cell that is true.
        group = next((each for each in groups if not each[0] & rows), None)
        if group is None:
            group = (set(), [])
            groups.append(group)
        group[0].update(rows)
        group[1].extend(edits)
    return [edits for _rows, edits in groups]


def counts(path: Path) -> dict[str, Any]:
    """What stands on Checks beside each label, and its answer."""
    book = load_workbook(path, data_only=True)
    rows = [[cell.value for cell in row[:2]] for row in book["Checks"].iter_rows()]
    answer = book["Checks"]["A2"].value
    book.close()
    numbers = {str(label): rounded(value) for label, value in rows if value is not None}
    return numbers | {"": answer}


def rounded(value: Any) -> Any:
    return round(value, 9) if isinstance(value, float) else value


@pytest.mark.parametrize(
    ("edits", "answer"),
    [
        ([], "Ready: yes"),
        (FAULTS["a year left blank"], "Ready: no, 1 thing to look at"),
        (FAULTS["half a year"], "Ready: no, 2 things to look at"),
    ],
)
def test_the_answer_stands_there_before_anything_is_calculated(
    edits: Edits, answer: str, tmp_path: Path
) -> None:
    """On Checks, and on every sheet to be filled in."""
    path = tmp_path / "plan.xlsx"
    write_book(pages(with_edits(edits)), path)

    book = load_workbook(path, data_only=True)
    answers = {sheet.title: sheet["A2"].value for sheet in book if sheet.title != "Lists"}
    book.close()
    assert set(answers.values()) == {answer}, answers


@pytest.mark.parametrize("number", range(3))
def test_a_spreadsheet_counts_the_same(number: int, tmp_path: Path) -> None:
    """Of the many faults of one workbook every formula counts what this program counts."""
    path = tmp_path / "many.xlsx"
    write_book(pages(with_edits(apart(FAULTS)[number])), path)
    told = counts(path)

    assert told[""].startswith("Ready: no, ")
    assert counts(saved_by_office(path, tmp_path)) == told


def test_columns_that_were_added_are_counted_too(tmp_path: Path) -> None:
    """A clerk adds headings on the right; the template's formulas look at them as well."""
    template = tmp_path / "template.xlsx"
    write_template(template, YEARS)
    typed = {name: list(rows) for name, rows in LETTER.items() if name != "Limits"}
    typed["Funds"] = [
        {k: v for k, v in row.items() if k not in {"2030", "2031"}} for row in typed["Funds"]
    ]
    path = fill_in(template, typed, tmp_path / "filled.xlsx")
    book = load_workbook(path)
    there = book["Investments"]
    head = next(cell.row for cell in there["A"] if cell.value == "Investment")
    free = len([cell for cell in there[head] if cell.value]) + 1
    for number, (heading, value) in enumerate(
        [
            ("Score: calm", 300),
            ("Cost year 4", "two"),
            ("Cost year 1", 1),
            ("Build staff: cloud", 2),
            ("Minister's note", "seen"),
        ]
    ):
        there.cell(head, free + number).value = heading
        there.cell(head + 1, free + number).value = value
    there.cell(head, 3).value = "Name"
    book.save(path)
    book.close()
    codes = {fault.code for fault in read([path]).faults}
    assert {"CB-C01", "CB-S06", "CB-S05"} <= codes
    if OFFICE is None:
        return
    told = counts(saved_by_office(path, tmp_path))
    odd = {label: value for label, value in told.items() if value not in {0, None}}
    for label in (
        "Investments: numbers under Score: ... that are not -100 to 100",
        "Investments: texts in place of numbers under Cost year ...",
        "Investments: columns of people whose skill no row of Skills defines",
        "Investments: headings that must be there and are not",
    ):
        assert odd[label] == 1
    assert odd["Investments: headings that stand twice"] == 2
    assert told[""].startswith("Ready: no")


def test_a_sheet_that_was_deleted_is_never_ready(tmp_path: Path) -> None:
    template = tmp_path / "template.xlsx"
    write_template(template, range(2027, 2032))
    path = fill_in(template, LETTER, tmp_path / "filled.xlsx")
    book = load_workbook(path)
    del book["Funds"]
    book.save(path)
    book.close()

    assert "CB-S01" in {fault.code for fault in read([path]).faults}
    if OFFICE is not None:
        assert counts(saved_by_office(path, tmp_path))[""].startswith("Ready: no")


def test_what_only_check_sees_is_named(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path, YEARS)

    told = {str(cell.value) for row in load_workbook(path)["Checks"].iter_rows() for cell in row}
    assert {f"- {each}" for each in ONLY_CHECK} <= told
