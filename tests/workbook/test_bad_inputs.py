"""Every kind of fault that a workbook may arrive with: how it comes about, and what is answered."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.chart import BarChart

from choosebattles.error_codes import CODES
from choosebattles.errors import Fault
from choosebattles.workbook.reader import read
from workbook.hostile import HOSTILE, ODD
from workbook.sheets import Rows, fill, settings, sheets, write

Contents = dict[str, Rows]

ROW = {
    "Investment": "CLOUD",
    "Title": "Government cloud",
    "Cost year 1": 60,
    "Score: autonomy": 30,
    "Score: resilience": 20,
}
OTHER = ROW | {"Investment": "CSIRT", "Title": "Incident team", "Cost year 1": 40}
OTHER |= {"Score: autonomy": 10, "Score: resilience": 50}


def one(cell: str, value: Any) -> Contents:
    """One cell of Investments changed or added."""
    return sheets(Investments=[ROW | {cell: value}, OTHER])


def cost(value: Any) -> Contents:
    return one("Cost year 1", value)


def both(first: dict[str, Any], second: dict[str, Any], **changed: Rows) -> Contents:
    return sheets(Investments=[ROW | first, OTHER | second], **changed)


def rule(*rows: str) -> Contents:
    """Rules as ``requires all CLOUD > CSIRT``."""
    kinds = ("requires all", "excludes")
    found = []
    for row in rows:
        kind = next(each for each in kinds if row.startswith(each))
        names, _arrow, needs = row.removeprefix(kind).partition(">")
        found.append({"Rule": kind, "Investments": names.strip(), "Needs": needs.strip() or None})
    return both({}, {}, Rules=found)


def many(**last: Any) -> Contents:
    rows = [
        ROW | {"Investment": f"P{n}", "Cost year 1": n, "Score: autonomy": n} for n in range(1, 7)
    ]
    return sheets(Investments=[*rows, ROW | {"Investment": "LAST"} | last])


FOUND: list[tuple[str, Contents, str]] = [
    # --- sheets and columns ---
    ("a missing sheet", {n: r for n, r in sheets().items() if n != "Funds"}, "CB-S01"),
    ("a sheet misspelt", {**sheets(Funds=[]), "Fonds": sheets()["Funds"]}, "CB-S24"),
    ("a sheet renamed", {**sheets(), "Caps": [{"Metric": "count", "Maximum": 1}]}, "CB-S24"),
    ("two sheets alike", {**sheets(), "funds ": sheets()["Funds"]}, "CB-S02"),
    ("a heading renamed", sheets(Funds=[{"Fond": "STATE", 2027: 100}]), "CB-S05"),
    ("a heading with a unit", one("Running cost (EUR m)", 1), "CB-S20"),
    ("a heading in thousands", one("Running cost (kEUR)", 1), "CB-S21"),
    ("a heading beside another", one("Cost year 1 (2)", 1), "CB-S22"),
    ("a calendar year over costs", one("2027", 1), "CB-S23"),
    ("a budget year", sheets(Funds=[{"Fund": "STATE", "2027/28": 1, "2026/27": 5}]), "CB-S28"),
    ("a heading twice", sheets(Funds=[{"Fund": "STATE", 2027: 100, "2027": 5}]), "CB-S06"),
    ("no headings", sheets(Funds=[{"a": "STATE", "b": 1}]), "CB-S07"),
    ("a column of one's own", one("Minister's note", "x"), "CB-S08"),
    ("a heading in Cyrillic", one("Co\u0441t year 2", 1), "CB-S05"),
    ("a year is missing", sheets(Settings=settings(years=2)), "CB-S09"),
    ("a year too many", sheets(Funds=[{"Fund": "STATE", 2027: 100, 2031: 5}]), "CB-S09"),
    (
        "a setting misspelt",
        sheets(Settings=[*settings(), {"Setting": "Discount", "Value": 1}]),
        "CB-S16",
    ),
    (
        "a setting renamed",
        sheets(Settings=[*settings(), {"Setting": "Vitet", "Value": 1}]),
        "CB-S25",
    ),
    (
        "a setting of one's own",
        sheets(Settings=[*settings(), {"Setting": "x", "Value": 1}]),
        "CB-S26",
    ),
    (
        "a confirmation of nothing",
        sheets(Settings=[*settings(), {"Setting": "Confirmed: CB-C09 Funds!B2", "Value": "yes"}]),
        "CB-S17",
    ),
    ("no project", sheets(Investments=[dict.fromkeys(ROW)]), "CB-L38"),
    ("no fund", sheets(Funds=[{"Fund": None, 2027: None}]), "CB-L38"),
    # --- numbers as people type them ---
    ("a decimal comma", cost("12,5"), "CB-C12"),
    ("a continental number", cost("1.234,56"), "CB-C12"),
    ("a number with a space", cost("1 234,56"), "CB-C12"),
    ("a number with a hard space", cost("1\u00a0234,56"), "CB-C12"),
    ("a number with a narrow space", cost("1\u202f234,56"), "CB-C12"),
    ("a Swiss number", cost("1'234.56"), "CB-C12"),
    ("two readings, comma", cost("1,234"), "CB-C02"),
    ("two readings, point", cost("1.234"), "CB-C02"),
    ("a currency before", cost("\u20ac5"), "CB-C03"),
    ("a unit behind", cost("5m"), "CB-C03"),
    ("a currency behind", cost("12 EUR"), "CB-C03"),
    ("a percentage of money", cost("5%"), "CB-C03"),
    ("brackets", one("Running cost", "(0.5)"), "CB-C04"),
    ("brackets where income makes no sense", cost("(500)"), "CB-C08"),
    ("words", cost("about ten"), "CB-C01"),
    ("a dash", cost("-"), "CB-C01"),
    ("not applicable", cost("n/a"), "CB-C01"),
    ("a letter O", cost("1O0"), "CB-C01"),
    ("full-width digits", cost("\uff15"), "CB-C01"),
    ("Arabic digits", cost("\u0663"), "CB-C01"),
    ("an error of Excel", cost("#REF!"), "CB-C05"),
    ("an error in a text", one("Title", "#NAME?"), "CB-C05"),
    ("a formula never calculated", cost("=1+1"), "CB-C06"),
    ("not a number", cost("nan"), "CB-C07"),
    ("infinity", cost("inf"), "CB-C07"),
    ("a negative cost", cost(-5), "CB-C08"),
    ("a score beyond the scale", one("Score: autonomy", 101), "CB-C08"),
    ("percent without its sign", one("Overrun", 40), "CB-C08"),
    ("sixteen digits", cost(10**15), "CB-C09"),
    ("a thousand times the median", many(**{"Cost year 1": 4_500_000}), "CB-C09"),
    (
        "funds in single units",
        many()
        | {"Settings": settings(years=3)}
        | {"Funds": [{"Fund": "STATE", 2027: 9e6, 2028: 9e6, 2029: 9e6}]},
        "CB-L45",
    ),
    ("two digits", one("Earliest start", "27"), "CB-C10"),
    ("a day in place of a year", one("Earliest start", "03/04/27"), "CB-C10"),
    ("a date in a number", cost(date(1900, 1, 14)), "CB-C11"),
    ("a date in a text", one("Title", date(2027, 4, 3)), "CB-C11"),
    ("a date in a year", one("Earliest start", date(2027, 1, 1)), "CB-C11"),
    ("TRUE", cost(True), "CB-C12"),
    (
        "a required cell blank",
        sheets(Funds=[{"Fund": "STATE", "Title": "x", 2027: None}]),
        "CB-C13",
    ),
    ("no cost at all", cost(None), "CB-C13"),
    ("not in the list", one("Decision", "mst"), "CB-C14"),
    ("a listed word in Cyrillic", one("Decision", "\u043cust"), "CB-C14"),
    ("invisible characters", one("Title", "a\u200bb"), "CB-C15"),
    ("a long title", one("Title", "x" * 501), "CB-C16"),
    ("a formula as text", one("Title", "@SUM"), "CB-C17"),
    ("a tiny residue", cost(1e-300), "CB-C19"),
    ("more than thousandths", cost(1.23456), "CB-C20"),
    ("criteria that nobody explains", sheets(), "CB-C21"),
    # --- what rows say together ---
    ("an id twice", sheets(Funds=[{"Fund": "S", 2027: 1}, {"Fund": "s", 2027: 1}]), "CB-L01"),
    ("an option twice", both({"Option": "S"}, {"Investment": "CLOUD", "Option": "s"}), "CB-L01"),
    ("a project twice", both({}, {"Investment": "CLOUD "}), "CB-L23"),
    ("an id in Cyrillic", both({}, {"Investment": "\u0421LOUD"}), "CB-L02"),
    ("an id in full width", both({}, {"Investment": "\uff23LOUD"}), "CB-L02"),
    ("a dot in an id", both({}, {"Investment": "A.B"}), "CB-L02"),
    ("no id", both({}, {"Investment": None}), "CB-L03"),
    ("an unknown id", rule("requires all CLOUD > P099"), "CB-L04"),
    ("a reference in Cyrillic", rule("requires all CSIRT > \u0421LOUD"), "CB-L04"),
    ("itself", rule("requires all CLOUD > CLOUD"), "CB-L05"),
    ("a circle", rule("requires all CLOUD > CSIRT", "requires all CSIRT > CLOUD"), "CB-L05"),
    ("needed and excluded", rule("requires all CLOUD > CSIRT", "excludes CLOUD; CSIRT"), "CB-L06"),
    (
        "decided beyond the money",
        both({"Decision": "must", "Reason": "law"}, {}, Funds=[{"Fund": "STATE", 2027: 10}]),
        "CB-L07",
    ),
    (
        "decided against a rule",
        {
            **rule("requires all CLOUD > CSIRT"),
            "Investments": [
                ROW | {"Decision": "must", "Reason": "law"},
                OTHER | {"Decision": "never", "Reason": "law"},
            ],
        },
        "CB-L07",
    ),
    (
        "nobody may pay",
        sheets(Funds=[{"Fund": "STATE", 2027: 100, "Eligible": "CSIRT"}]),
        "CB-L08",
    ),
    ("a fund without money", sheets(Funds=[{"Fund": "STATE", 2027: 0}]), "CB-L09"),
    ("a fund below zero", sheets(Funds=[{"Fund": "STATE", 2027: -1}]), "CB-C08"),
    (
        "weights that are all 0",
        sheets(Objectives=[{"Objective": o, "Weight": 0} for o in ("autonomy", "resilience")]),
        "CB-L10",
    ),
    ("scores that are all equal", both({}, {"Score: autonomy": 30}), "CB-L10"),
    (
        "a share above 100%",
        sheets(Shocks=[{"Shock": "S", "Objective": "autonomy", "Severity": 1.5}]),
        "CB-C08",
    ),
    (
        "a shock that hits nothing",
        sheets(
            Shocks=[{"Shock": "S", "Objective": "autonomy", "Hits": "law:US"}],
            Services=[{"Service": "ID", "Needs": "hosting"}],
            Providers=[{"Provider": "P", "Layer": "hosting"}],
        ),
        "CB-L11",
    ),
    (
        "tags with a comma",
        both({"Exposures": "law:US, vendor:AWS"}, {"Exposures": "law:US"}),
        "CB-S30",
    ),
    (
        "ids with a comma",
        sheets(Funds=[{"Fund": "S", 2027: 9, "Eligible": "CLOUD, CSIRT"}]),
        "CB-S31",
    ),
    ("identical rows", sheets(Investments=[ROW, ROW | {"Investment": "TWIN"}]), "CB-L13"),
    ("amounts far apart", both({"Cost year 1": 0.001}, {"Cost year 1": 9e6}), "CB-L14"),
    ("a decision without a reason", one("Decision", "never"), "CB-L16"),
    (
        "a confirmation that nobody can read",
        sheets(Settings=[*settings(), {"Setting": "Confirmed: Funds", "Value": "meant"}]),
        "CB-S17",
    ),
    # 0.0004 is lost on each of two amounts: more than a thousandth of the 0.5 that there is.
    (
        "roundings of which much is lost",
        both(
            {"Cost year 1": 0.1004}, {"Cost year 1": 0.2004}, Funds=[{"Fund": "STATE", 2027: 0.5}]
        ),
        "CB-C22",
    ),
]


def answered(path: Path) -> list[Fault]:
    reading = read([path])
    return [*reading.faults, *reading.warnings]


@pytest.mark.parametrize(
    ("contents", "code"), [each[1:] for each in FOUND], ids=[e[0] for e in FOUND]
)
def test_a_fault_is_answered_with_its_code(tmp_path: Path, contents: Contents, code: str) -> None:
    told = answered(write(tmp_path / "plan.xlsx", contents))

    assert code in [each.code for each in told]
    for each in told:
        assert each.code in CODES
        # A sheet that is missing stands in no file.
        assert each.file == "plan.xlsx" or each.sheet in {"Criteria", "Objectives"}
        assert each.where
        assert each.found
        assert each.expected


def charted(book: Workbook) -> None:
    """A chart sheet that has the name of a table."""
    book.remove(book["Investments"])
    chart = book.create_chartsheet("Investments")
    chart.add_chart(BarChart())


def pictured(book: Workbook) -> None:
    book["Funds"].add_chart(BarChart(), "H9")


def merged(book: Workbook) -> None:
    book["Investments"].merge_cells("B2:B3")


def hidden(book: Workbook) -> None:
    book["Investments"].row_dimensions[3].hidden = True


def hidden_sheet(book: Workbook) -> None:
    book["Funds"].sheet_state = "hidden"


def very_hidden_sheet(book: Workbook) -> None:
    book["Funds"].sheet_state = "veryHidden"


def gapped(book: Workbook) -> None:
    book["Investments"].insert_rows(3)


def beside(book: Workbook) -> None:
    book["Investments"]["K3"] = "a remark"


def inserted(book: Workbook) -> None:
    book["Investments"].insert_rows(1, 12)


def below(book: Workbook) -> None:
    """A row far below the others is looked at like them."""
    book["Investments"]["A240"] = "LAB"


DONE: list[tuple[Callable[[Workbook], None], str]] = [
    (charted, "CB-S03"),
    (inserted, "CB-S07"),
    (merged, "CB-S10"),
    (hidden, "CB-S11"),
    (hidden_sheet, "CB-C42"),
    (very_hidden_sheet, "CB-C42"),
    (gapped, "CB-S12"),
    (beside, "CB-S13"),
    (below, "CB-S27"),
    (pictured, "CB-W03"),
]


@pytest.mark.parametrize(("change", "code"), DONE, ids=[each.__name__ for each, _code in DONE])
def test_what_was_done_to_a_sheet_is_told(
    tmp_path: Path, change: Callable[[Workbook], None], code: str
) -> None:
    book = fill(Workbook(), sheets())
    change(book)
    book.save(tmp_path / "plan.xlsx")
    book.close()

    assert code in [each.code for each in answered(tmp_path / "plan.xlsx")]


FILES: list[tuple[str, bytes | None, str]] = [
    ("nothere.xlsx", None, "CB-F22"),
    ("macros.xlsm", ODD["macros"](), "CB-W01"),
    ("links.xlsx", ODD["links"](), "CB-W02"),
    ("unknown sheets.xlsx", ODD["macros"](), "CB-S15"),
]


@pytest.mark.parametrize(("name", "content", "code"), FILES, ids=[each[2] for each in FILES])
def test_what_comes_with_a_file_is_told(
    tmp_path: Path, name: str, content: bytes | None, code: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)

    assert code in [each.code for each in answered(tmp_path / name)]


ELSEWHERE = {"CB-F23", "CB-F24", "CB-F25", "CB-S14"}
"""What no single file shows: memory, permissions, models and parts of one case have own tests."""

DOUBTED = {f"CB-C{number}" for number in range(30, 43)}
"""What cells show beside their values, and signs: ``test_signs.py`` has files of each kind."""


def test_every_kind_of_fault_of_files_sheets_and_cells_has_its_file() -> None:
    shown = {code for code, _make in HOSTILE.values()} | {code for *_made, code in FOUND}
    shown |= {code for _change, code in DONE} | {code for *_file, code in FILES}

    wanted = {code for code in CODES if code[3] in "FWSC"} - ELSEWHERE - DOUBTED
    assert wanted - shown == set()


WORDS = [
    (
        rule("requires all CSIRT > \u0421LOUD"),
        "CB-L04 Rules!C2 (Needs): found '\u0421LOUD', in which '\u0421' is Cyrillic; expected the id of an investment or option. Did you mean CLOUD?",
    ),
    (
        one("Decision", "\u043cust"),
        "CB-C14 Investments!F2 (Decision): found '\u043cust', in which '\u043c' is Cyrillic; expected one of: open, must, never, ongoing. Did you mean must?",
    ),
    (
        one("Earliest start", "03/04/27"),
        "CB-C10 Investments!F2 (Earliest start): found '03/04/27'; expected a year such as 2027 or 2027/28. Type the year with four digits.",
    ),
    (
        both({}, {"Investment": "CLOUD"}),
        "CB-L23 Investments!A2 (Investment): found no option name on one of 2 rows of CLOUD; expected a name for each, such as L. Name the option; if the rows are different things, give each an id of its own.",
    ),
    (
        sheets(Funds=[{"Fund": "STATE", 2027: 1, "Budget 2028": 5}]),
        "CB-S08 Funds!C1: found the heading 'Budget 2028'; expected a heading of sheet Funds. It is not used. Did you mean 2028?",
    ),
    (
        many(**{"Cost year 1": 4_500_000}),
        "CB-C09 Investments!C8 (Cost year 1): found 4500000; expected an amount in millions, of the size of the others (median 3.5). Is it in thousands or in single units of the currency instead of millions?",
    ),
    (
        many()
        | {"Settings": settings(years=3)}
        | {"Funds": [{"Fund": "STATE", 2027: 9e6, 2028: 9e6, 2029: 9e6}]},
        "CB-L45 Funds!B2 (2027): found 27000000 of money in all, while everything costs 81 to build and to run for a year; expected costs and funds in millions both. Are funds in thousands or in single units instead of millions?",
    ),
    (
        sheets(Funds=[{"Fund": "STATE", 2027: 100, "2027": 5}]),
        "CB-S06 Funds!C1: found the heading '2027', as in B1; expected each heading once. Rename or delete one of the two columns.",
    ),
]


@pytest.mark.parametrize(("contents", "message"), WORDS)
def test_what_looks_right_is_told_word_for_word(
    tmp_path: Path, contents: Contents, message: str
) -> None:
    assert message in [str(each) for each in answered(write(tmp_path / "plan.xlsx", contents))]
