"""Headings, sheets and settings that are nearly known: read, refused, doubted, or the user's own."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from choosebattles.workbook.reader import Reading, read
from workbook.sheets import Rows, settings, sheets, write

ROW: dict[str, Any] = {
    "Investment": "CLOUD",
    "Title": "Government cloud",
    "Cost year 1": 60,
    "Score: autonomy": 30,
    "Score: resilience": 20,
}
OTHER = ROW | {"Investment": "CSIRT", "Title": "Incident team", "Cost year 1": 40}
OTHER |= {"Score: autonomy": 10, "Score: resilience": 50}


def reading(folder: Path, **changed: Rows) -> Reading:
    contents = sheets(Settings=settings(currency="EUR"), **changed)
    return read([write(folder / "plan.xlsx", contents)])


def renamed(old: str, new: str) -> list[dict[str, Any]]:
    return [{new if name == old else name: each[name] for name in each} for each in (ROW, OTHER)]


def beside(heading: str, value: Any = "text") -> list[dict[str, Any]]:
    return [ROW | {heading: value}, OTHER]


def codes(found: Reading) -> tuple[set[str], set[str], set[str]]:
    """The codes of faults, doubts and notices, but for criteria that nobody explains."""
    parts = (found.faults, found.doubts, found.notices)
    faults, doubts, notices = ({each.code for each in part} for part in parts)
    return faults, doubts, notices - {"CB-C21"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Cost year 1", "Cost year 1 (EUR m)"),
        ("Cost year 1", "Cost year 1 (M\u20ac)"),
        ("Cost year 1", "Cost year 1, Mio. EUR"),
        ("Cost year 1", "Cost year 1 en millions d'euros"),
        ("Cost year 1", "Cost year 1 [milion\u00eb euro]"),
        ("Cost year 1", "Cost year 1 (\u043c\u043b\u043d \u0435\u0432\u0440\u0430)"),
        ("Cost year 1", "Cost year 1 v2"),
        ("Cost year 1", "Cost year 1 (2027)"),
        ("Cost year 1", "Cost year 1 (mln. eur)"),
        ("Cost year 1", "Cost year 1 (\u0443 милионима евра)"),
        ("Score: autonomy", "Score: autonomy (points)"),
        ("Score: autonomy", "Score: autonomy (0-100)"),
        ("Score: autonomy", "Score: autonomy (0 bis 100)"),
        ("Score: autonomy", "Score: autonomy /100"),
    ],
)
def test_a_unit_that_the_column_has_anyway_is_left_out(tmp_path: Path, old: str, new: str) -> None:
    plain = reading(tmp_path)
    found = reading(tmp_path, Investments=renamed(old, new))

    assert codes(found) == (set(), set(), {"CB-S20"})
    assert found.case is not None
    assert plain.case is not None
    assert [investment.options[0].cost for investment in found.case.investments] == [
        investment.options[0].cost for investment in plain.case.investments
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Cost year 1", "Cost year 1 (kEUR)"),
        ("Cost year 1", "Cost year 1 ('000 EUR)"),
        ("Cost year 1", "Cost year 1 in thousand EUR"),
        ("Cost year 1", "Cost year 1 (mij\u00eb euro)"),
        ("Cost year 1", "Cost year 1 (Mrd. EUR)"),
        ("Cost year 1", "Cost year 1 (USD m)"),
        ("Cost year 1", "Cost year 1 (mln lek\u00eb)"),
        ("Cost year 1", "Cost year 1 (EUR)"),
        ("Cost year 1", "Cost year 1 per month"),
        ("Cost year 1", "Cost year 1 (par mois)"),
        ("Score: autonomy", "Score: autonomy (0-10)"),
    ],
)
def test_another_unit_is_one_error(tmp_path: Path, old: str, new: str) -> None:
    found = reading(tmp_path, Investments=renamed(old, new))

    assert [fault.code for fault in found.faults] == ["CB-S21"]
    assert found.faults[0].cell in {"C1", "D1"}


@pytest.mark.parametrize(
    "new",
    [
        "Kosto viti 1",
        "Co\u00fbt ann\u00e9e 1",
        "Kosten Jahr 1",
        "Costo anno 1",
        "Costo a\u00f1o 1",
        "Custo ano 1",
        "Tro\u0161ak godina 1",
        "\u0422\u0440\u043e\u0448\u043e\u043a \u0433\u043e\u0434\u0438\u043d\u0430 1",
        "Cost yaer 1",
        "Cost_year_1",
        "Cost year 1 (2)",
        "Cost year 1 (2019)",
    ],
)
def test_a_near_name_of_a_column_that_is_absent_is_renamed(tmp_path: Path, new: str) -> None:
    found = reading(tmp_path, Investments=renamed("Cost year 1", new))

    assert [fault.code for fault in found.faults] == ["CB-S05"]
    assert found.faults[0].advice.startswith(f"Rename the heading '{new}' to Cost year 1")


def test_a_near_name_beside_the_known_one_is_a_doubt(tmp_path: Path) -> None:
    found = reading(tmp_path, Investments=beside("Cost year 1 (2)", 5))

    assert codes(found)[:2] == (set(), {"CB-S22"})


@pytest.mark.parametrize(
    "heading",
    [
        "Budget code",
        "Cost year 1 comment",
        "Decision date",
        "Division",
        "Location",
        "Notes",
        "Owners",
        "Priority group",
        "Project",
        "Roles",
        "Title (EN)",
    ],
)
def test_a_column_of_ones_own_is_no_doubt(tmp_path: Path, heading: str) -> None:
    found = reading(tmp_path, Investments=beside(heading))

    assert codes(found) == (set(), set(), {"CB-S08"})


def test_an_exact_heading_wins(tmp_path: Path) -> None:
    found = reading(tmp_path, Investments=beside("Cost year 1 (EUR m)", 5))

    assert found.case is not None
    assert found.case.investments[0].options[0].cost == (Decimal(60),)


@pytest.mark.parametrize("heading", ["2027", "2027/28", "Cost 2027", "Kosto 2027", "2027 (EUR m)"])
def test_a_calendar_year_is_no_cost_year(tmp_path: Path, heading: str) -> None:
    (fault,) = reading(tmp_path, Investments=renamed("Cost year 1", heading)).faults

    assert fault.code == "CB-S23"
    assert "costs go by year after the start" in fault.expected


def test_a_calendar_year_outside_the_plan_beside_cost_years_is_a_doubt(tmp_path: Path) -> None:
    found = reading(tmp_path, Investments=beside("Cost 2025", 5))

    assert codes(found)[:2] == (set(), {"CB-S23"})


def test_no_cost_at_all_is_an_error_that_names_what_to_rename(tmp_path: Path) -> None:
    (fault,) = reading(tmp_path, Investments=renamed("Cost year 1", "Cost")).faults

    assert fault.advice == "Rename the heading 'Cost' to Cost year 1."


def test_amounts_that_look_like_years_are_no_headings(tmp_path: Path) -> None:
    funds = [{"Fund": "STATE", 2027: 2000, 2028: 2028}, {"Fund": "EU", 2027: 2500, 2028: 2027}]
    contents = sheets(Settings=settings(years=2), Funds=funds)

    assert read([write(tmp_path / "plan.xlsx", contents)]).case is not None


@pytest.mark.parametrize(
    ("rows", "cell"),
    [
        ([{"Fund": "Source: Ministry of Finance"}], "A3"),
        ([{"Fund": "Note:", "Title": "provisional"}], "A3"),
        ([{"Fund": "Fund", "Title": "Title", 2027: 2027}, {"Fund": "EU", 2027: 5}], "A3"),
    ],
)
def test_a_note_or_a_second_block_is_one_sentence(
    tmp_path: Path, rows: list[dict[Any, Any]], cell: str
) -> None:
    first = {"Fund": "STATE", "Title": "State budget", 2027: 100}
    (fault,) = reading(tmp_path, Funds=[first, *rows]).faults

    assert (fault.code, fault.cell) == ("CB-S27", cell)


def test_a_sub_heading_is_one_sentence(tmp_path: Path) -> None:
    rows = [dict.fromkeys(ROW) | {"Investment": "Infrastructure"}, ROW, OTHER]
    (fault,) = reading(tmp_path, Investments=rows).faults

    assert (fault.code, fault.cell) == ("CB-S27", "A2")


def test_a_budget_year_before_the_plan_names_the_first_year(tmp_path: Path) -> None:
    contents = sheets(
        Settings=settings(years=2), Funds=[{"Fund": "STATE", "2026/27": 5, "2027/28": 6}]
    )
    (fault,) = read([write(tmp_path / "plan.xlsx", contents)]).faults

    assert fault.advice == "If the plan begins with 2026/27, type First year 2026."


@pytest.mark.parametrize(
    ("name", "rows", "meant"),
    [
        ("Limit", [{"Metric": "count", "Maximum": 1}], "Limits"),
        ("Fonde", [{"Fondi": "X", "2027": 5}], "Funds"),
        ("Funds 2027", [{"a": 1}], "Funds"),
        ("Funds (2)", [{"Fund": "A", 2027: 1}], "Funds"),
        ("Archive", [{"Investment": "A", "Title": "x"}], "Investments"),
        ("R\u00e8gles", [{"R\u00e8gle": "excludes", "Investments": "CLOUD; CSIRT"}], "Rules"),
    ],
)
def test_a_sheet_that_is_nearly_a_known_one_is_renamed_or_deleted(
    tmp_path: Path, name: str, rows: list[dict[Any, Any]], meant: str
) -> None:
    (fault,) = reading(tmp_path, **{name: rows}).faults

    assert (fault.code, fault.sheet) == ("CB-S24", name)
    assert fault.advice == f"Rename it to {meant}, or delete it."


@pytest.mark.parametrize("name", ["Roles", "Notes", "Location", "Projekte"])
def test_a_sheet_of_ones_own_is_no_doubt(tmp_path: Path, name: str) -> None:
    found = reading(tmp_path, **{name: [{"Name": "Ana", "City": "Tirana"}]})

    assert codes(found) == (set(), set(), {"CB-S15"})


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Discont rate", ({"CB-S25"}, set())),
        ("Norma e skontimit", ({"CB-S25"}, set())),
        ("Country", (set(), set())),
        ("Years (2)", (set(), {"CB-S25"})),
        ("Prepared by", (set(), set())),
    ],
)
def test_a_misspelt_setting_is_renamed(
    tmp_path: Path, label: str, kind: tuple[set[str], set[str]]
) -> None:
    contents = sheets(Settings=[*settings(), {"Setting": label, "Value": 1}])

    assert codes(read([write(tmp_path / "plan.xlsx", contents)]))[:2] == kind


@pytest.mark.parametrize(
    ("cell", "typed", "kind"),
    [
        ("Covers", "hosting: 40%, data: 100%", ({"CB-S30"}, set())),
        ("Covers", "hosting: 40,5%", (set(), set())),
        ("Exposures", "law:US, vendor:AWS", (set(), {"CB-S30"})),
    ],
)
def test_a_list_with_commas(
    tmp_path: Path, cell: str, typed: str, kind: tuple[set[str], set[str]]
) -> None:
    found = reading(tmp_path, Investments=beside(cell, typed))

    assert tuple(codes(found)[index] & {"CB-S30"} for index in (0, 1)) == kind


@pytest.mark.parametrize("mark", [", ", ",", "\n"])
def test_ids_between_commas_or_line_breaks_are_read(tmp_path: Path, mark: str) -> None:
    rule = {"Rule": "excludes", "Investments": f"CLOUD{mark}CSIRT"}
    found = reading(tmp_path, Investments=[ROW, OTHER], Rules=[rule])

    assert codes(found)[0] == set()
    assert "CB-S31" in codes(found)[2]
    assert found.case is not None
    assert found.case.rules[0].investments == ("CLOUD", "CSIRT")


def test_an_unknown_name_among_commas_is_not_split(tmp_path: Path) -> None:
    rule = {"Rule": "excludes", "Investments": "CLOUD, CSIRTT"}
    found = reading(tmp_path, Investments=[ROW, OTHER], Rules=[rule])

    assert "CB-L04" in codes(found)[0]


@pytest.mark.parametrize(("owner", "doubted"), [("Interior", True), ("Transport, Energy", False)])
def test_an_owner_of_two_names_is_doubted_where_nobody_else_has_it(
    tmp_path: Path, owner: str, *, doubted: bool
) -> None:
    owners = ("Transport, Energy", "Transport", "Energy", owner)
    rows = [ROW | {"Investment": f"I{n}", "Owner": name} for n, name in enumerate(owners)]
    found = reading(tmp_path, Investments=rows)

    assert ("CB-S30" in codes(found)[1]) is doubted


def test_an_owner_with_a_comma_is_one_name_where_it_is_one(tmp_path: Path) -> None:
    owned = [ROW | {"Owner": "Transport, Energy"}, OTHER | {"Owner": "Transport"}]
    limit = {"Metric": "count", "Scope": "owner: Transport, Energy", "Maximum": 1}
    found = reading(tmp_path, Investments=owned, Limits=[limit])

    assert found.case is not None
    assert found.case.model.limits[0].scope[0].name == "Transport, Energy"


def test_a_tag_with_a_comma_is_one_name_where_two_rows_have_it(tmp_path: Path) -> None:
    tag = "region: north, south"
    found = reading(
        tmp_path,
        Investments=[ROW | {"Exposures": tag}, OTHER | {"Exposures": f"{tag}; south"}],
    )

    assert found.case is not None
    assert [option.exposures for option in found.case.options.values()] == [(tag,), (tag, "south")]


def test_a_title_of_500_characters_is_read(tmp_path: Path) -> None:
    title = "Government cloud " * 29
    found = reading(tmp_path, Investments=[ROW | {"Title": title.strip()}, OTHER])

    assert found.case is not None
    assert found.case.investments[0].options[0].title == title.strip()


def test_staff_of_a_skill_that_is_not_there_is_never_left_out(tmp_path: Path) -> None:
    skills = [{"Skill": "cloud", 2027: 5}]
    found = reading(tmp_path, Skills=skills, Investments=beside("Build staff: cloud engineers", 2))

    assert "CB-L04" in codes(found)[0]


def test_a_column_with_a_unit_counts_where_two_files_differ(tmp_path: Path) -> None:
    whole = sheets(Settings=settings(currency="EUR"))
    one = write(
        tmp_path / "a.xlsx", whole | {"Investments": renamed("Cost year 1", "Cost year 1 v2")}
    )
    other = [each | {"Cost year 1": 7} for each in (ROW, OTHER)]
    two = write(tmp_path / "b.xlsx", {"Investments": other})

    assert "CB-S14" in [fault.code for fault in read([one, two]).faults]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        *(("Cost year 1", each) for each in ("Capex", "Cost", "Capital cost", "CAPEX (M\u20ac)")),
        *(("Cost year 1", each) for each in ("Kosto kapitale", "Investitionskosten")),
        *(("Cost year 1", each) for each in ("Year 1", "Viti 1", "Jahr 1", "Y1", "1", "Cost Y1")),
        ("Cost year 1", "\u0422\u0440\u043e\u0448\u043e\u043a"),
        ("Cost year 1", "\u0413\u043e\u0434\u0438\u043d\u0430 1"),
        *(("Running cost", each) for each in ("Maintenance", "Recurrent cost", "Wartung")),
        *(("Running cost", each) for each in ("Mir\u00ebmbajtja", "Operating costs")),
    ],
)
def test_numbers_under_a_heading_that_names_costs_are_not_left_out(
    tmp_path: Path, old: str, new: str
) -> None:
    rows = [each | {"Running cost": 2} for each in (ROW, OTHER)]
    rows = [{new if name == old else name: row[name] for name in row} for row in rows]
    found = reading(tmp_path, Investments=rows)

    (fault,) = found.faults
    assert fault.code == "CB-S05"
    assert fault.advice.startswith(f"Rename the heading '{new}' to {old},")
    assert found.doubts == ()


@pytest.mark.parametrize("new", ["Year 2", "Cost Y2", "Viti 2"])
def test_a_later_cost_year_by_another_name_is_not_left_out(tmp_path: Path, new: str) -> None:
    found = reading(tmp_path, Investments=[ROW | {new: 5}, OTHER])

    assert [fault.advice.partition(",")[0] for fault in found.faults] == [
        f"Rename the heading '{new}' to Cost year 2"
    ]


@pytest.mark.parametrize("heading", ["Budget code", "Rank", "No.", "Old cost", "Users per year"])
def test_other_numbers_are_the_users_own(tmp_path: Path, heading: str) -> None:
    found = reading(tmp_path, Investments=beside(heading, 101))

    assert codes(found) == (set(), set(), {"CB-S08"})


def test_an_own_column_of_texts_about_costs_is_the_users_own(tmp_path: Path) -> None:
    rows = [
        {"Running cost" if name == "Cost year 1" else name: each[name] for name in each}
        | {"Cost estimate by": "agency", "Cost": "see annex"}
        for each in (ROW, OTHER)
    ]

    assert reading(tmp_path, Investments=rows).faults == ()
