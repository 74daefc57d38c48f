from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from choosebattles.case.evidence import Source
from choosebattles.case.investment import Decision
from choosebattles.case.plan import Plan
from choosebattles.errors import AuditError, OutputError
from choosebattles.report.results_workbook import write_results
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import Outcome
from choosebattles.solving.solve import solve
from choosebattles.vocabulary import RowName, Violation
from report.outcomes import PROVENANCE, chosen, illyria, no_plan, outcome, shaken
from small_cases import case, criterion, fund, investment, option

MADE = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
LEAST_FONT = 10
LONGEST_NAME = 31


def book_of(answer: Outcome, tmp_path: Path) -> Workbook:
    path = tmp_path / "results.xlsx"
    write_results(answer, path, provenance=PROVENANCE, made=MADE)
    return load_workbook(path)


@pytest.fixture
def book(tmp_path: Path) -> Workbook:
    return book_of(outcome(), tmp_path)


def table(sheet: Worksheet) -> list[dict[str, Any]]:
    (found,) = sheet.tables.values()
    head, *rows = sheet[found.ref]
    names = [cell.value for cell in head]
    return [dict(zip(names, [cell.value for cell in row], strict=True)) for row in rows]


def texts(book: Workbook) -> set[str]:
    return {
        str(cell.value)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def test_sheets_stand_in_the_order_of_questions(book: Workbook) -> None:
    assert book.sheetnames == [
        "Contents",
        "Summary",
        "Plan",
        "Contributions",
        "Spending",
        "Commitments",
        "Not chosen",
        "Own plan",
        "Own plan, by row",
        "People",
        "Scores",
        "Checks",
        "Inputs",
        "Criteria",
        "Sources",
    ]
    assert book.active.title == "Contents"


def test_services_and_synergies_have_sheets_where_there_are_any(tmp_path: Path) -> None:
    names = book_of(outcome(shaken()), tmp_path).sheetnames

    assert names[names.index("People") + 1 : names.index("Scores")] == [
        "Services",
        "Exposure",
        "Synergies",
    ]


def test_contents_lead_everywhere(book: Workbook) -> None:
    links = {cell.value: cell.hyperlink.location for (cell, _says) in book["Contents"]["A6:B19"]}

    assert list(links) == book.sheetnames[1:]
    assert links["Not chosen"] == "'Not chosen'!A1"
    assert book["Contents"]["A2"].value == (
        "Results of choosebattles, made on 2026-11-22 from illyria.xlsx."
    )


def test_every_title_says_that_figures_are_illustrative(book: Workbook) -> None:
    for sheet in book:
        assert sheet["A1"].value.startswith("Illyria: ")
        assert sheet["A1"].value.endswith("(illustrative figures)")


def test_real_figures_are_not_called_illustrative(tmp_path: Path) -> None:
    world = case(option("CLOUD", 60, 70, evidence="A"), country="Illyria")

    book = book_of(outcome(world, chosen(world, "CLOUD")), tmp_path)

    assert book["Plan"]["A1"].value == "Illyria: Plan"


def test_summary_begins_with_the_answer(book: Workbook) -> None:
    sheet = book["Summary"]

    assert sheet["A2"].value == "Money in million EUR; 2026 prices, VAT included."
    assert sheet["A4"].value.startswith("Doubt: CB-C09 Funds!B3 (2026)")
    assert sheet["A5"].value.startswith("With 15.5 million EUR over 2026-2030 the best plan")
    assert sheet["A7"].value.startswith("Proved: no plan")
    assert {found.name for found in sheet.tables.values()} == {
        "Indices",
        "MoneyByYear",
        "EvidenceGrades",
    }


def test_plan_says_who_pays(book: Workbook) -> None:
    (cloud,) = (row for row in table(book["Plan"]) if row["Option"] == "CLOUD.S")

    assert cloud["Budget line"] == "17.04.01"
    assert cloud["Owner"] == "Digital agency"
    assert [cloud[str(year)] for year in range(2026, 2031)] == [1.2, 1.0, 0.4, 0.4, 0.4]
    assert cloud["Total"] == 3.4
    assert cloud["Paid by STATE"] + cloud["Paid by DONOR"] == pytest.approx(3.4)


def test_master_check_is_on_the_first_sheets(tmp_path: Path) -> None:
    write_results(outcome(), tmp_path / "results.xlsx", made=MADE)
    values = load_workbook(tmp_path / "results.xlsx", data_only=True)
    formulas = load_workbook(tmp_path / "results.xlsx")

    assert values["Checks"]["A3"].value == "All 24 checks OK"
    for sheet in ("Contents", "Summary"):
        assert values[sheet]["A3"].value == "All 24 checks OK"
        assert formulas[sheet]["A3"].value == "='Checks'!$A$3"


def test_scores_are_added_up_again_where_that_makes_the_index(
    book: Workbook, tmp_path: Path
) -> None:
    says = [row["Check"] for row in table(book["Checks"])]
    assert "autonomy: weighted scores of what works, added up again" in says

    other = book_of(outcome(shaken()), tmp_path)["Checks"]
    words = {cell.value for row in other.iter_rows() for cell in row}
    assert (
        "autonomy is not added up again here: it rests on the continuity of services too."
    ) in words


def test_text_of_users_is_never_a_formula_or_a_link(tmp_path: Path) -> None:
    evil = (
        '=HYPERLINK("http://x.example","click")',
        "+cmd|' /C calc'!A0",
        "@SUM(1+1)",
        "-2+3",
        "http://x.example/track",
        "mailto:a@x.example",
        "{=1+1}",
        "</t></si><script>",
        "a\x01b",
    )
    world = case(
        *(
            investment(
                f"I{n}",
                option(f"I{n}", 1, 1, budget_line=each, own_plan=True, reason=each),
                owner=each,
                pillar=each,
            ).model_copy()
            for n, each in enumerate(evil)
        ),
        country=evil[0],
        currency=evil[0],
        prices=evil[4],
        funds=(fund(2027, 3, title=evil[0]),),
        criteria=(criterion("value", title=evil[0], anchor_0=evil[1], anchor_50=evil[2]),),
        sources=(Source(id="S", text=evil[0], link=evil[4]),),
    )
    held = chosen(world, "I0", "I1")

    book = book_of(outcome(world, held, notes=evil), tmp_path)

    ours = {("Contents", "A3"), ("Summary", "A3"), ("Checks", "A3")}
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    place = (sheet.title, cell.coordinate)
                    summed = cell.value.startswith(("=SUM(", "=SUMIFS("))
                    assert place in ours or place[0] == "Checks" or summed
                    assert "HYPERLINK" not in cell.value
                assert cell.hyperlink is None or cell.hyperlink.target is None
    assert table(book["Plan"])[0]["Owner"] == evil[0]
    assert table(book["Sources"])[0]["Link"] == evil[4]


def test_names_of_funds_never_clash_with_columns(tmp_path: Path) -> None:
    world = illyria(
        funds=(
            fund(2026, 3, 3, 3, 3, 3, id="Total", title="Total"),
            fund(2026, 3, 3, 3, 3, 3, id="2026", title="'quoted' \"twice\""),
        ),
    )

    book = book_of(outcome(world, chosen(world)), tmp_path)

    assert {"Total", "2026", "Paid by Total", "Paid by 2026"} <= set(table(book["Plan"])[0])


def test_a_plan_that_breaks_a_demand_is_not_written(tmp_path: Path) -> None:
    held = outcome()
    assert held.recount is not None
    wrong = replace(
        held.recount,
        violations=(Violation(RowName("money", (), 2026), "STATE pays 3; it has 2", Fraction(1)),),
    )
    path = tmp_path / "results.xlsx"

    with pytest.raises(AuditError) as caught:
        write_results(replace(held, recount=wrong), path)

    assert str(caught.value) == (
        "The plan breaks what it must keep, so nothing was written. STATE pays 3; it has 2."
    )
    with pytest.raises(AuditError, match="was not recounted"):
        write_results(replace(held, recount=None), path)
    assert list(tmp_path.iterdir()) == []


def test_a_workbook_that_does_not_add_up_is_not_written(tmp_path: Path) -> None:
    held = outcome()
    assert held.recount is not None
    wrong = replace(held.recount, after=replace(held.recount.after, value=Fraction(40)))
    path = tmp_path / "results.xlsx"
    path.write_bytes(b"the old results")

    with pytest.raises(AuditError) as caught:
        write_results(replace(held, recount=wrong), path, overwrite=True)

    assert str(caught.value) == (
        "The results do not add up (2 of 24 checks do not hold: look), so nothing was written."
    )
    assert path.read_bytes() == b"the old results"
    assert list(tmp_path.iterdir()) == [path]


def test_files_that_were_read_are_never_overwritten(tmp_path: Path) -> None:
    case_file = tmp_path / "illyria.xlsx"
    case_file.write_bytes(b"the ministry's figures")

    with pytest.raises(OutputError):
        write_results(outcome(), case_file, inputs=[case_file])

    assert case_file.read_bytes() == b"the ministry's figures"


def test_no_plan_is_a_workbook_too(tmp_path: Path) -> None:
    book = book_of(no_plan(), tmp_path)

    assert book.sheetnames == ["Contents", "Summary", "Inputs", "Criteria", "Sources"]
    words = texts(book)
    assert "With 15.5 million EUR over 2026-2030 no plan meets all demands at once." in words
    assert "What you can try" in words
    assert "- Make investments open that are marked must: Investments!A7." in words


def test_why_nothing_fits_is_a_sheet(tmp_path: Path) -> None:
    # CLOUD costs 2.4 and must be taken; the fund has 2.
    must = option("CLOUD", 2.4, 70, decision=Decision.MUST)
    found = solve(case(must, funds=(fund(2027, 2),)))

    book = book_of(found, tmp_path)

    assert book.sheetnames[:3] == ["Contents", "Summary", "Conflict"]
    assert "Why nothing fits" in texts(book)
    rows = table(book["Conflict"])
    assert [list(row.values()) for row in rows] == [
        [1, "CLOUD must be taken", "Investments!A2", "must", "release the must on CLOUD"],
        [
            1,
            "STATE has 2.0 million in 2027",
            "Funds!A2",
            "2.0",
            "raise STATE in 2027 by 0.4 million",
        ],
    ]


def test_a_plan_that_takes_nothing(tmp_path: Path) -> None:
    world = case(option("CLOUD", 60, 70))

    book = book_of(outcome(world, Plan(())), tmp_path)

    assert book["Plan"]["A5"].value == "The plan takes nothing."
    assert book["Summary"]["A5"].value == (
        "With 1,000,000.0 million in 2027 the best plan takes 0 of 1 investments and leaves "
        "autonomy at 0 (of a possible 70.0)."
    )


def test_zero_and_negative_decimals_of_the_case_are_shown(tmp_path: Path) -> None:
    # FIRST costs 0.0015 million: three decimals show its 0.002.
    world = case(option("FIRST", Decimal("0.0015"), 1))

    book = book_of(outcome(world, chosen(world, "FIRST")), tmp_path)

    (row,) = table(book["Plan"])
    assert row["Total"] == 0.002
    cell = next(c for c in book["Plan"][6] if c.value == 0.002)
    assert cell.number_format.startswith("#,##0.000;")


def test_every_sheet_prints_well_and_reads_well(book: Workbook) -> None:
    for sheet in book:
        assert len(sheet.title) < LONGEST_NAME
        assert sheet.page_setup.orientation == "landscape" or sheet.title != "Plan"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert "&P" in sheet.oddFooter.right.text
        sizes = {c.font.sz for row in sheet.iter_rows() for c in row if c.value is not None}
        assert min(sizes) >= LEAST_FONT
        if sheet.title != "Summary":
            assert sheet.freeze_panes is not None
            assert sheet.print_title_rows == "$5:$5"
            (area,) = (found.ref for found in sheet.tables.values())
            assert all(merged.isdisjoint(CellRange(area)) for merged in sheet.merged_cells.ranges)


def test_tables_of_summary_have_no_merged_cells(book: Workbook) -> None:
    sheet = book["Summary"]
    first = min(sheet[found.ref][0][0].row for found in sheet.tables.values())

    assert all(range_.max_row < first for range_ in sheet.merged_cells.ranges)


def test_charts_can_be_read_aloud(tmp_path: Path) -> None:
    path = tmp_path / "results.xlsx"
    write_results(outcome(), path, made=MADE)

    with ZipFile(path) as parts:
        names = parts.namelist()
        drawings = [
            parts.read(name).decode() for name in names if name.startswith("xl/drawings/drawing")
        ]

    # Two on Summary, one on Spending, three waterfalls on Contributions.
    assert sum(name.startswith("xl/charts/chart") for name in names) == 6
    assert sum(drawing.count('descr="') for drawing in drawings) == 6
    assert sum(drawing.count("<xdr:graphicFrame") for drawing in drawings) == 6


def test_contributions_lead_from_before_to_after(book: Workbook) -> None:
    before, *steps, after = table(book["Contributions"])

    # P = 160; autonomy weighs 3 of 5 and is 2/3 technical and 1/3 legal; CSIRT has 10 technical,
    # LAW 25 legal and so on: what each adds is 100/160 of its weighted scores.
    law = next(step for step in steps if step["Step"] == "LAW")
    assert law["Adds to autonomy"] == pytest.approx(100 / 160 * 25 / 3)
    assert law["Objective (weighted sum)"] == pytest.approx(0.6 * 100 / 160 * 25 / 3)
    for column in ("Adds to autonomy", "Adds to resilience", "Objective (weighted sum)"):
        added = sum(step[column] for step in (before, *steps))
        assert added == pytest.approx(after[column])


def test_cells_of_the_waterfalls_are_no_part_of_the_table(book: Workbook) -> None:
    sheet = book["Contributions"]
    (found,) = sheet.tables.values()
    last = sheet[found.ref][0][-1].column

    heading = next(cell for cell in sheet[4] if cell.value is not None)
    assert heading.value == "Cells of the chart"
    assert heading.column > last + 1
    # Each bar begins where the one before ends.
    rows = sheet.iter_rows(min_row=6, min_col=heading.column, max_col=heading.column + 3)
    bars = [[cell.value for cell in row] for row in rows]
    bars = [bar for bar in bars if bar[0]]
    for one, two in pairwise(bars[1:-1]):
        assert two[1] == pytest.approx(one[1] + (one[3] or 0))


def test_document_properties(book: Workbook) -> None:
    assert book.properties.title == "Illyria, 2026-2030: which battles to choose"
    assert book.properties.creator == "choosebattles"
    assert book.properties.created == MADE.replace(tzinfo=None)


def test_answers_of_the_solver_are_written(tmp_path: Path) -> None:
    found = solve(illyria(), Options(gap=0))
    none = solve(illyria(funds=(fund(2026, 0, 0, 0, 0, 0),)), Options(gap=0))

    book = book_of(found, tmp_path)
    nothing = book_of(none, tmp_path)

    assert found.proven
    assert found.plan is not None
    assert {row["Option"] for row in table(book["Plan"])} == found.plan.taken
    assert "Plan" not in nothing.sheetnames
    assert nothing["Summary"]["A5"].value == (
        "With 0.0 million EUR over 2026-2030 no plan meets all demands at once."
    )


def test_the_largest_case_is_written(tmp_path: Path) -> None:
    # 40 options over 30 years from 8 funds, with long titles.
    options = (option(f"I{n}", [0.1] * 3, n % 7, earliest_start=2027 + n % 25) for n in range(40))
    world = case(
        *(each.model_copy(update={"title": "title " * 50}) for each in options),
        years=30,
        funds=tuple(fund(2027, *[20] * 30, id=f"F{n}") for n in range(8)),
    )

    book = book_of(outcome(world, chosen(world, *(f"I{n}" for n in range(39)))), tmp_path)

    assert len(table(book["Plan"])) == 39
    assert len(table(book["Spending"])) == 240
