"""Rows that add up others: left out, refused, doubted, or rightly left alone."""

from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st

from choosebattles.workbook.reader import Reading, read
from choosebattles.workbook.total_rows import _typed_words, is_total_word
from workbook.sheets import Rows, settings, sheets, write

YEARS = 2027, 2028


def funds(*rows: tuple[Any, ...]) -> list[dict[Any, Any]]:
    return [{"Fund": name, **dict(zip(YEARS, amounts, strict=True))} for name, *amounts in rows]


def investments(*rows: tuple[Any, ...]) -> list[dict[str, Any]]:
    heads = "Investment", "Title", "Cost year 1", "Running cost", "Score: autonomy"
    return [dict(zip((*heads, "Score: resilience"), row, strict=True)) for row in rows]


A, B = ("A", "Alpha", 14, 0.5, 30, 10), ("B", "Beta", 9, 0.2, 20, 40)


def reading(folder: Path, **changed: Rows) -> Reading:
    contents = sheets(Settings=settings(years=2), Funds=funds(("STATE", 20, 10), ("EU", 6, 3)))
    return read(
        [write(folder / "plan.xlsx", contents | {"Investments": investments(A, B)} | changed)]
    )


def codes(reading: Reading) -> tuple[list[str], list[str]]:
    """Faults and doubts of a reading, each with its cell."""
    return tuple(  # type: ignore[return-value]
        [f"{each.code} {each.cell_in_sheet}" for each in found]
        for found in (reading.faults, reading.doubts)
    )


WORDS = sorted(set(_typed_words()))
DRESSED = (
    "{}",
    "{}:",
    "{} 2027",
    "{} 2027/28",
    "{} 2027-2031",
    "{} (mln EUR)",
    "{}, kEUR",
    "* {} *",
)


@trying(deadline=None)
@given(st.sampled_from(WORDS), st.sampled_from(DRESSED), st.sampled_from("lns"))
def test_a_word_for_a_total_is_known_however_it_is_dressed(
    word: str, dress: str, case: str
) -> None:
    typed = {"l": word.lower(), "n": word, "s": word.replace(" ", "-")}[case]

    assert is_total_word(dress.format(typed))


@pytest.mark.parametrize(
    "word",
    ["TOTAL", "GJITHSEJ", "SOUS-TOTAL", "ZWISCHENSUMME", "TOTALE", "УКУПНО", "ВКУПНО", "ИТОГО"],
)
def test_capitals_are_the_same_words(word: str) -> None:
    assert is_total_word(word)
    assert is_total_word(word.lower())


@trying(deadline=None)
@given(st.sampled_from(WORDS), st.sampled_from(["digital transformation", "B", "7", "system"]))
def test_a_word_for_a_total_with_more_behind_it_is_a_name(word: str, more: str) -> None:
    assert not is_total_word(f"{word} {more}") or is_total_word(more)


@pytest.mark.parametrize(
    "name",
    [
        "Total digital transformation",
        "Summer school",
        "Sum of us",
        "TOTAL1",
        "CLOUD",
        "Sumatra",
        "2027",
    ],
)
def test_other_names_are_no_totals(name: str) -> None:
    assert not is_total_word(name)


@pytest.mark.parametrize("name", ["TOTAL", "Gjithsej", "Somme", "SUMME-2027", "Totale", "Ukupno"])
@pytest.mark.parametrize("amounts", [(26, 13), (26, None), (26.004, 13)])
def test_a_named_total_of_funds_is_an_error(
    tmp_path: Path, name: str, amounts: tuple[Any, Any]
) -> None:
    rows = funds(("STATE", 20, 10), ("EU", 6, 3), (name, *amounts))

    faults, _doubts = codes(reading(tmp_path, Funds=rows))

    assert faults == ["CB-L40 Funds!A4"]


def test_a_fund_called_total_that_is_no_sum_is_a_doubt(tmp_path: Path) -> None:
    # 20 + 6 = 26 and 10 + 3 = 13; 26.5 is 2 % off, too much to be rounded.
    rows = funds(("STATE", 20, 10), ("EU", 6, 3), ("TOTAL", 26.5, 13))

    assert codes(reading(tmp_path, Funds=rows)) == ([], ["CB-L41 Funds!A4"])


def test_a_total_on_top_of_its_parts_is_an_error(tmp_path: Path) -> None:
    rows = funds(("TOTAL", 26, 13), ("STATE", 20, 10), ("EU", 6, 3))

    assert codes(reading(tmp_path, Funds=rows)) == (["CB-L40 Funds!A2"], [])


def test_a_total_that_only_its_title_names_is_an_error(tmp_path: Path) -> None:
    rows = investments(A, B, ("PROG", "Shuma, mln EUR", 23, 0.7, 0, 0))

    assert codes(reading(tmp_path, Investments=rows)) == (["CB-L40 Investments!B4"], [])


def test_a_named_total_without_scores_is_one_error_and_says_so(tmp_path: Path) -> None:
    rows = investments(A, B, ("Ukupno", None, 99, 0.1, None, None))

    (fault,) = reading(tmp_path, Investments=rows).faults

    assert str(fault) == (
        "CB-L40 Investments!A4 (Investment): found 'Ukupno', a word for a total, on a row without "
        "scores; expected rows that are no totals on sheet Investments. Delete the row, or type "
        "its scores if it is an investment."
    )


def test_a_system_called_suma_is_a_doubt_that_can_be_confirmed(tmp_path: Path) -> None:
    rows = investments(A, B, ("SUMA", "Tax system", 5, 0.1, 30, 20))
    meant = {"Setting": "Confirmed: CB-L41 Investments!A4", "Value": "the tax system"}

    assert codes(reading(tmp_path, Investments=rows)) == ([], ["CB-L41 Investments!A4"])
    typed = [*settings(years=2), meant]
    assert codes(reading(tmp_path, Investments=rows, Settings=typed)) == ([], [])


def test_people_are_added_up_too(tmp_path: Path) -> None:
    rows = [
        {"Skill": name, 2027: first, 2028: second}
        for name, first, second in [("IT", 5, 6), ("LAW", 2, 2), ("GESAMT", 7, 8)]
    ]

    assert "CB-L40 Skills!A4" in codes(reading(tmp_path, Skills=rows))[0]


def test_nameless_sums_are_doubts_after_each_other(tmp_path: Path) -> None:
    # X = A + B; Y = C + D since then; Z = A + B + C + D, the sums themselves left out.
    rows = funds(
        *(("A", 1, 2), ("B", 3, 5), ("X", 4, 7), ("C", 2, 2), ("D", 9, 1)),
        *(("Y", 11, 3), ("Z", 15, 10)),
    )

    faults, doubts = codes(reading(tmp_path, Funds=rows))

    assert faults == []
    assert doubts == ["CB-L42 Funds!A4", "CB-L42 Funds!A7", "CB-L42 Funds!A8"]


@pytest.mark.parametrize(
    "rows",
    [
        [("A", 1, 2), ("B", 3, 5), ("C", 7, 7), ("D", 4, 7)],
        [("A", 5, 5), ("B", 5, 5), ("C", 10, 10)],
        [("A", 5, 4), ("B", 5, 4)],
        [("A", 1, 2), ("B", 3, 5), ("C", 4, 7.5)],
        [("A", 1, 2), ("B", 3, 5), ("C", 4, 0)],
    ],
    ids=["two others by chance", "one amount alone", "a copy", "nearly", "only in one year"],
)
def test_what_equals_others_by_chance_is_left_alone(
    tmp_path: Path, rows: list[tuple[Any, ...]]
) -> None:
    scaled = [(name, *(10 * amount for amount in amounts)) for name, *amounts in rows]

    assert codes(reading(tmp_path, Funds=funds(*scaled))) == ([], [])


@trying(deadline=None, max_examples=30)
@given(st.lists(st.tuples(st.integers(1, 40), st.integers(1, 40)), min_size=2, max_size=6))
def test_the_sum_of_all_rows_is_always_a_doubt(
    tmp_path_factory: pytest.TempPathFactory, amounts: list[tuple[int, int]]
) -> None:
    first, second = (sum(column) for column in zip(*amounts, strict=True))
    if first == second:
        second, amounts = second + 1, [(amounts[0][0], amounts[0][1] + 1), *amounts[1:]]
    rows = [(f"F{n}", *amount) for n, amount in enumerate(amounts)]

    found = reading(tmp_path_factory.mktemp("sum"), Funds=funds(*rows, ("REST", first, second)))

    assert f"CB-L42 Funds!A{len(rows) + 2}" in codes(found)[1]


FORMULAS = [
    ("=SUM(B2:B3)", True),
    ("=SUBTOTAL(9,B2:B3)", True),
    ("=B2+B3", True),
    ("=SUM($B$2:$B$3)*1.2", True),
    ("=SUM(Funds!B2:B3)", True),
    ("=SUM(Money[2027])", True),
    ("=B2*1.1", False),
    ("=B2+5", False),
    ("=B2-B3", False),
    ("=SUM(Detail!B2:B3)", False),
    ("=AVERAGE(B2:B3)", False),
    ("=SUM(Other[2027])", False),
]


def calculated(folder: Path, formula: str, value: float = 17) -> Reading:
    """A case whose third fund has a formula in its first year."""
    path = folder / "plan.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets(Settings=settings(years=2)).items():
            sheet = book.add_worksheet(name)
            table = funds(("STATE", 20, 10), ("EU", 6, 3), ("REST", None, None))
            typed = table if name == "Funds" else list(rows)
            heads = list(typed[0])
            sheet.write_row(0, 0, map(str, heads))
            for number, row in enumerate(typed, start=1):
                sheet.write_row(number, 0, [row[head] for head in heads])
            if name == "Funds":
                sheet.add_table(
                    "A1:C3", {"name": "Money", "columns": [{"header": str(h)} for h in heads]}
                )
                sheet.write_formula("B4", formula, None, value)
                sheet.write_number("C4", 40)
        book.add_worksheet("Detail")
    return read([path])


@pytest.mark.parametrize(("formula", "adds"), FORMULAS)
def test_a_formula_that_adds_cells_above_is_a_doubt(
    tmp_path: Path, formula: str, adds: bool
) -> None:
    found = calculated(tmp_path, formula)

    assert found.faults == ()
    assert [doubt.code for doubt in found.doubts] == ["CB-L42"] * adds


def test_the_totals_row_of_an_excel_table_is_left_out_with_a_notice(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets().items():
            sheet, typed = book.add_worksheet(name), list(rows)
            heads = list(typed[0])
            sheet.write_row(0, 0, map(str, heads))
            for number, row in enumerate(typed, start=1):
                sheet.write_row(number, 0, list(row.values()))
            if name == "Funds":
                columns = [
                    {"header": "Fund", "total_string": "Gesamtes"},
                    {"header": "2027", "total_function": "sum", "total_value": 100},
                ]
                sheet.add_table("A1:B3", {"total_row": True, "columns": columns})
                # Beside the data stands a table whose totals are no business of the funds.
                sheet.write_column("E1", ["Rate", 1, 1])
                totals = {"total_row": True, "columns": [{"header": "Rate"}]}
                sheet.add_table("E1:E2", totals)

    found = read([path])

    assert found.faults == ()
    assert [str(notice) for notice in found.notices if notice.code == "CB-L43"] == [
        "CB-L43 Funds!A3: found the totals row of an Excel table; expected rows of data. It was left out."
    ]
    assert found.totals.rows["Funds"] == 1


@pytest.mark.parametrize("name", ["ALL", "all", "None"])
def test_no_id_may_be_a_word_for_everything(tmp_path: Path, name: str) -> None:
    rows = investments((name, *A[1:]), B)

    assert codes(reading(tmp_path, Investments=rows)) == (["CB-L44 Investments!A2"], [])


def test_all_means_everything_where_a_scope_is_asked_for(tmp_path: Path) -> None:
    rows = [{**fund, "Eligible": "All"} for fund in funds(("STATE", 20, 10), ("EU", 6, 3))]
    found = reading(
        tmp_path,
        Funds=rows,
        Limits=[{"Metric": "count", "Scope": "all", "Maximum": 1}],
        Layers=[{"Layer": "hosting"}],
        Providers=[{"Provider": "P", "Layer": "hosting", "Exposures": "law"}],
        Shocks=[{"Shock": "S", "Objective": "autonomy", "Hits": "law", "Likelihood": 0.1}],
        Services=[{"Service": "ID", "Needs": "hosting", "Must hold": 0, "Against": "ALL"}],
    )

    assert found.faults == ()
    assert found.case is not None
    assert found.case.funds[0].eligible == found.case.model.limits[0].scope == ()
    assert found.case.services[0].against == ()
