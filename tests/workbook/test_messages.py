"""What a ministry sees when a workbook needs a correction, word for word."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from choosebattles.workbook.reader import read
from workbook.sheets import Rows, settings, sheets, write

ROW = {
    "Investment": "CLOUD",
    "Title": "Government cloud",
    "Cost year 1": 60,
    "Score: autonomy": 30,
    "Score: resilience": 20,
}


def cloud(**cells: Any) -> list[dict[str, Any]]:
    """One row of Investments with some cells changed or added."""
    return [ROW | {name.replace("_", " "): value for name, value in cells.items()}]


def costing(value: Any) -> dict[str, Rows]:
    return sheets(Investments=[ROW | {"Cost year 1": value}])


def told(tmp_path: Path, contents: dict[str, Rows]) -> tuple[list[str], list[str]]:
    """Faults and warnings, but for the one on criteria that nobody explains."""
    reading = read([write(tmp_path / "m.xlsx", contents)])
    warnings = [str(warning) for warning in reading.warnings if warning.code != "CB-C21"]
    return [str(fault) for fault in reading.faults], warnings


CELLS = [
    (
        costing("1,234"),
        "CB-C02 Investments!C2 (Cost year 1): found the text '1,234'; expected an amount in millions. It may be 1 234 or 1.234: type the number, without quotes.",
    ),
    (
        costing("5m"),
        "CB-C03 Investments!C2 (Cost year 1): found the text '5m'; expected an amount in millions. Type the number alone, without 'm'.",
    ),
    (
        costing("#REF!"),
        "CB-C05 Investments!C2 (Cost year 1): found #REF!: a cell it used was deleted; expected an amount in millions. Correct the formula or retype the value.",
    ),
    (
        costing("=1+1"),
        "CB-C06 Investments!C2 (Cost year 1): found a formula without a saved value; expected a value. Open the file in Excel or LibreOffice, recalculate and save it.",
    ),
    (
        costing(date(2027, 4, 3)),
        "CB-C11 Investments!C2 (Cost year 1): found a date, 2027-04-03; expected an amount in millions. Format the cell as a number and retype it.",
    ),
    (
        costing(True),
        "CB-C12 Investments!C2 (Cost year 1): found TRUE; expected an amount in millions. Type the number itself.",
    ),
    (
        sheets(Investments=cloud(Cost_year_1=-5), Settings=settings(currency="EUR")),
        "CB-C08 Investments!C2 (Cost year 1): found -5; expected 0 or more, in million EUR. Enter income under Running cost.",
    ),
    (
        sheets(Settings=[*settings(), {"Setting": "first year", "Value": 2030}]),
        "CB-L01 Settings!B4: found First year in rows 2 and 4; expected each setting once. Delete the row that is not meant.",
    ),
    (
        sheets(Investments=[ROW | {"Score: autonomy": 101}]),
        "CB-C08 Investments!D2 (Score: autonomy): found 101; expected -100 to 100. Type a number within these limits.",
    ),
    (
        sheets(Investments=cloud(Overrun=40)),
        "CB-C08 Investments!F2 (Overrun): found 4000%; expected 0% to 300%. If 40 percent is meant, type 40%.",
    ),
    (
        sheets(Investments=cloud(Covers="hosting: 40; data")),
        "CB-C08 Investments!F2 (Covers): found hosting: 4000%; expected 0% to 100%. If 40 percent is meant, type 40%.",
    ),
    (
        sheets(Investments=cloud(Decision="mst")),
        "CB-C14 Investments!F2 (Decision): found 'mst'; expected one of: open, must, never, ongoing. Did you mean must?",
    ),
    (
        sheets(Investments=cloud(Own_plan="maybe")),
        "CB-C14 Investments!F2 (Own plan): found 'maybe'; expected yes, or a start year such as 2028. Type yes or a year.",
    ),
    (
        sheets(Investments=cloud(Earliest_start="27")),
        "CB-C10 Investments!F2 (Earliest start): found '27'; expected a year such as 2027 or 2027/28. Type the year with four digits.",
    ),
    (
        sheets(Funds=[{"Fund": "STATE", 2027: None, "Title": "State budget"}]),
        "CB-C13 Funds!B2 (2027): found an empty cell; expected an amount in millions for 2027. Type 0 if there is none.",
    ),
    (
        sheets(Investments=[*cloud(), {"Title": "Something", "Cost year 1": 1}]),
        "CB-L03 Investments!A3 (Investment): found an empty cell; expected an id such as CLOUD. Type an id or clear the whole row.",
    ),
    (
        sheets(Investments=[*cloud(), ROW | {"Investment": "CSIRT", "Cost year 1": None}]),
        "CB-C13 Investments!C3 (Cost year 1): found no cost and no running cost; expected at least one of them. Type 0 if there is none.",
    ),
    (
        sheets(Investments=[*cloud(), *cloud(Investment="\u0421LOUD")]),
        "CB-L02 Investments!A3 (Investment): found the letter '\u0421' in '\u0421LOUD', which is Cyrillic and looks like Latin C; expected an id of letters, digits, _ and -, such as CLOUD. Retype the id with Latin letters.",
    ),
    (
        sheets(Rules=[{"Rule": "requires", "Investments": "CLOUD", "Needs": "CSIRT"}]),
        "CB-C14 Rules!A2 (Rule): found 'requires'; expected one of: requires all, requires any, excludes, at most, at least, exactly, together, if then all, if then any, if then none, synergy. Did you mean requires any?",
    ),
    (
        sheets(Rules=[{"Rule": "requires all", "Investments": "CLUOD", "Needs": "CSIRT"}]),
        "CB-L04 Rules!B2 (Investments): found 'CLUOD'; expected the id of an investment or option. Did you mean CLOUD?",
    ),
    (
        sheets(Limits=[{"Metric": "cots", "Maximum": 1}]),
        "CB-C14 Limits!A2 (Metric): found 'cots'; expected one of: count, starts in a year, cost, cost in a year, cost share, running cost, later cost, points. Did you mean cost?",
    ),
    (
        sheets(Limits=[{"Metric": "cost", "Scope": "piller: X", "Maximum": 1}]),
        "CB-C14 Limits!B2 (Scope): found 'piller: X'; expected an id, or one of these before a colon: pillar, layer, owner, exposure. Did you mean pillar: X?",
    ),
    (
        sheets(Limits=[{"Metric": "points", "Maximum": 1}]),
        "CB-L30 Limits!A2 (Metric): found points of no criterion; expected points and a criterion, such as points: technical. Name the criterion after a colon.",
    ),
    (
        sheets(Investments=[*cloud(Option="S", Pillar="a"), *cloud(Option="L", Pillar="b")]),
        "CB-L22 Investments!G3 (Pillar): found 'b'; expected 'a' as in G2, or an empty cell. It belongs to the whole investment CLOUD.",
    ),
    (
        sheets(Investments=[*cloud(Option="S"), *cloud(Option="cloud.s")]),
        "CB-L01 Investments!F3 (Option): found 'CLOUD.s', as in F2; expected each id once. Rename or delete one of the two.",
    ),
    (
        sheets(Investments=cloud(Option="CSIRT.S")),
        "CB-L23 Investments!F2 (Option): found 'CSIRT.S'; expected an option of CLOUD. Type the option's own name only, such as L.",
    ),
]


@pytest.mark.parametrize(("contents", "message"), CELLS)
def test_one_wrong_cell_is_one_message(
    tmp_path: Path, contents: dict[str, Rows], message: str
) -> None:
    assert told(tmp_path, contents)[0] == [message]


COLUMNS = [
    (
        sheets(Investments=[{"Titel" if n == "Title" else n: v for n, v in ROW.items()}]),
        "CB-S05 Investments!B1: found the heading 'Titel' and no column Title; expected the column Title. Rename the heading 'Titel' to Title, or to something that differs more.",
    ),
    (
        sheets(Investments=[{n.replace("resil", "resi"): v for n, v in ROW.items()}]),
        "CB-S05 Investments: found no column Score: resilience; expected a column of scores for every criterion. Rename the heading 'Score: resiience' to Score: resilience.",
    ),
    (
        sheets(Investments=[{n: v for n, v in ROW.items() if n != "Cost year 1"}]),
        "CB-S05 Investments: found no column Cost year 1 and no column Running cost; expected at least one of them. Add the column; type 0 where there is no cost.",
    ),
    (
        sheets(Investments=[ROW | {"score:  AUTONOMY": 1}]),
        "CB-S06 Investments!F1: found the heading 'score: AUTONOMY', as in D1; expected each heading once. Rename or delete one of the two columns.",
    ),
    (
        sheets(Funds=[{"a": 1, "b": 2}]),
        "CB-S07 Funds: found no row of headings; expected the headings Fund within the first ten rows. Type the headings in one row above the data.",
    ),
    (
        sheets(Funds=[{"Fund": "STATE", "Title": "x"}]),
        "CB-S09 Funds: found no column for 2027; expected a column for every year from 2027 to 2027. Add the column; type 0 where there is nothing.",
    ),
    (
        {name: rows for name, rows in sheets().items() if name != "Funds"} | {"Fuds": [{"a": 1}]},
        "CB-S01 Funds: found no sheet named Funds, or an empty one; expected the sheet Funds. Rename the sheet 'Fuds'.",
    ),
    (
        sheets(
            Settings=[{"Setting": "First year", "Value": 2027}, {"Setting": "Yeras", "Value": 1}]
        ),
        "CB-S25 Settings!A3: found a setting named 'Yeras'; expected Years. Rename it to Years, or delete the row.",
    ),
    (
        sheets(Settings=settings(years=2027)),
        "CB-C08 Settings!B3 (Years): found 2027; expected 1 to 30. Type a number within these limits.",
    ),
    (
        sheets(Settings=[*settings(), {"Setting": "years", "Value": 3}]),
        "CB-L01 Settings!B4: found Years in rows 3 and 4; expected each setting once. Delete the row that is not meant.",
    ),
    (
        sheets(Investments=[ROW | {"Build staff: dev": 2}]),
        "CB-L04 Investments!F1 (Build staff: dev): found 'Build staff: dev'; expected the id of a skill on sheet Skills. Add the skill to sheet Skills.",
    ),
]


@pytest.mark.parametrize(("contents", "message"), COLUMNS)
def test_one_wrong_heading_is_one_message(
    tmp_path: Path, contents: dict[str, Rows], message: str
) -> None:
    assert told(tmp_path, contents)[0] == [message]


ODD = [
    (
        costing("12,5"),
        "CB-C12 Investments!C2 (Cost year 1): found the text '12,5'; expected an amount in millions. It was read as 12.5. Turn it into a number to be safe.",
    ),
    (
        sheets(Investments=[ROW | {"Minister's note": "x"}]),
        "CB-S08 Investments!F1: found the heading 'Minister's note'; expected a heading of sheet Investments. It is not used.",
    ),
    (
        sheets(Investments=[ROW | {"Score: prestige": 1}]),
        "CB-S08 Investments!F1 (Score: prestige): found 'Score: prestige'; expected the id of a criterion. It is not used.",
    ),
    (
        sheets(Funds=[{"Fund": "STATE", 2027: 100, 2030: 5}]),
        "CB-S09 Funds!C1 (2030): found the year 2030; expected 2027 to 2027. It lies outside the plan and is not used.",
    ),
    (
        sheets(Investments=[ROW | {"Cost year 3": 1, "Latest start": 2027}]),
        "CB-S09 Investments: found no column Cost year 2; expected cost years without a gap. Its costs count as 0.",
    ),
    (
        sheets(Settings=[*settings(), {"Setting": "Discount", "Value": 0.1}]),
        "CB-S16 Settings!A4: found a setting named 'Discount'; expected the name of a setting. It is not used. Did you mean Discount rate?",
    ),
    (
        sheets(Rulez=[{"a": 1}]),
        "CB-S15 Rulez: found a sheet named 'Rulez'; expected the name of a sheet of the template. It is not used. Did you mean Rules?",
    ),
    (
        sheets(Investments=[ROW | {"Cost year 1": 1.23456, "Running cost": 0.0005}]),
        "CB-C20 m.xlsx: found 2 amounts with more than three decimals; expected whole thousandths of a million. They were rounded, half up; the most that one moved is 0.0005 million, all together 0.00094 million.",
    ),
]


@pytest.mark.parametrize(("contents", "message"), ODD)
def test_what_is_odd_is_read_and_told(
    tmp_path: Path, contents: dict[str, Rows], message: str
) -> None:
    assert told(tmp_path, contents) == ([], [message])


@pytest.mark.parametrize(("last", "guessed"), [("2028", True), ("2200", False)])
def test_years_that_settings_do_not_tell_are_those_of_the_funds(
    tmp_path: Path, last: str, guessed: bool
) -> None:
    """Amounts are checked then too; years far apart are a slip of the keyboard, and no plan."""
    contents = sheets(
        Settings=[{"Setting": "Currency", "Value": "EUR"}],
        Funds=[{"Fund": "STATE", "2027": "much", last: 5}],
    )

    faults = read([write(tmp_path / "plan.xlsx", contents)]).faults

    assert any(fault.cell_in_sheet == "Funds!B2" for fault in faults) == guessed
    assert not any(fault.code == "CB-S09" for fault in faults)
