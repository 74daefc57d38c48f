"""The copy with every fault marked."""

import zipfile
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from choosebattles.errors import Fault, OutputError
from choosebattles.workbook.annotated_copy import Marks, write_annotated
from choosebattles.workbook.reader import read
from workbook.hostile import HOSTILE
from workbook.office import saved_by_office
from workbook.sheets import Rows, settings, sheets, write

ROW = {"Investment": "CLOUD", "Title": '=HYPERLINK("http://x")', "Cost year 1": -5, "Overrun": 0.4}
ROW |= {"Score: autonomy": 30, "Score: resilience": 500}
DAY = datetime(1950, 1, 1)  # noqa: DTZ001 (a spreadsheet has no time zones)
MESSY: dict[str, Rows] = sheets(
    Settings=settings(currency="EUR", discount_rate=0.04),
    Investments=[ROW, {"Title": "@SUM(A1)", "Cost year 1": "5m", "Overrun": "12,5%"}],
    Rules=[{"Rule": "requires all", "Investments": "CLUOD", "Needs": "CLOUD", "Note": "+1"}],
    Mine=[{"free": "text", "day": date(2027, 4, 3), "yes": True}],
)


def annotated(folder: Path, *paths: Path) -> tuple[Any, list[Fault]]:
    reading = read(paths)
    marks = Marks(reading.faults, reading.doubts, reading.notices)
    write_annotated(paths, marks, folder / "marked.xlsx")
    told = [*reading.faults, *reading.doubts, *reading.notices]
    return openpyxl.load_workbook(folder / "marked.xlsx"), told


@pytest.fixture
def messy(tmp_path: Path) -> Path:
    """A workbook with texts that look like formulas, as a person types them."""
    path = write(tmp_path / "messy.xlsx", MESSY)
    book = openpyxl.load_workbook(path)
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    cell.data_type = "s"
    book.save(path)
    book.close()
    return path


def test_every_fault_is_red_framed_and_noted(tmp_path: Path, messy: Path) -> None:
    book, told = annotated(tmp_path, messy)

    wrong = [each for each in read([messy]).faults if each.cell]
    assert {each.code for each in wrong} >= {"CB-C08", "CB-C03", "CB-L03", "CB-L04"}
    for fault in wrong:
        cell = book[fault.sheet][fault.cell]
        assert cell.fill.start_color.rgb == "FFF8CFCF", fault
        assert cell.border.left.style == cell.border.top.style == "thick"
        assert f"{fault.code}: {fault.message}" in cell.comment.text
    unmarked = book["Investments"]["A2"]
    assert unmarked.comment is None
    assert unmarked.fill.fill_type is None
    assert len(told) > len(wrong)


def test_the_first_sheet_lists_every_fault_with_a_link(tmp_path: Path, messy: Path) -> None:
    book, told = annotated(tmp_path, messy)

    first = book.worksheets[0]
    assert first.title == "To correct"
    rows = [row for row in first.iter_rows(min_row=6) if row[1].value]
    assert [(row[0].value, row[1].value) for row in rows] == [(f.where, f.code) for f in told]
    for row, fault in zip(rows, told, strict=True):
        link = row[0].hyperlink
        if fault.sheet in book.sheetnames:
            assert link.location == f"'{fault.sheet}'!{fault.cell or 'A1'}"
        else:
            assert link is None
        assert row[3].value == fault.found


def test_a_doubt_is_orange_with_its_sentence_and_how_it_is_confirmed(tmp_path: Path) -> None:
    # 0.5 was typed for half a percent; the title has a space that nobody sees: a notice.
    row = {"Investment": "CLOUD", "Title": "Government\u200b cloud", "Cost year 1": 60}
    contents = sheets(
        Settings=settings(cost_growth=0.5),
        Investments=[row | {"Score: autonomy": 5, "Score: resilience": 5}],
    )
    path = write(tmp_path / "plan.xlsx", contents)

    book, told = annotated(tmp_path, path)

    steep, unseen = book["Settings"]["B4"], book["Investments"]["B2"]
    assert steep.fill.start_color.rgb == "FFFFE3B3"
    assert steep.border.left.style == "thick"
    assert unseen.fill.start_color.rgb == "FFE3ECF5"
    assert unseen.border.left.style == "thin"
    doubt = next(each for each in told if each.code == "CB-C31")
    assert steep.comment.text == (
        f"CB-C31: {doubt.message} If it is meant, add a row to Settings, with the reason as its "
        "value: Confirmed: CB-C31 Settings!B4"
    )
    first = book.worksheets[0]
    assert first["A2"].value == "0 things to correct, 1 doubt, 2 notices"
    assert [cell.value for cell in first[6]][:3] == ["Settings!B4 (Cost growth)", "CB-C31", "doubt"]
    assert [cell.value for cell in first["C"]][5:] == ["doubt", "notice", "notice"]


def test_the_values_are_those_that_were_read(tmp_path: Path, messy: Path) -> None:
    book, _told = annotated(tmp_path, messy)
    before = openpyxl.load_workbook(messy)

    for sheet in before:
        for row in sheet.iter_rows():
            for cell in row:
                copied = book[sheet.title][cell.coordinate]
                assert copied.value == cell.value, (sheet.title, cell.coordinate)
                assert copied.data_type != "f"
    assert book["Investments"]["D2"].number_format == "0.##%"
    assert book["Settings"]["B5"].number_format == "0.##%"


def test_user_text_is_never_a_formula(tmp_path: Path, messy: Path) -> None:
    annotated(tmp_path, messy)

    with zipfile.ZipFile(tmp_path / "marked.xlsx") as archive:
        parts = [archive.read(each) for each in archive.namelist() if "worksheets/" in each]
    assert not any(b"<f>" in part or b"<f " in part for part in parts)
    with zipfile.ZipFile(tmp_path / "marked.xlsx") as archive:
        assert not any("externalLink" in each for each in archive.namelist())


def test_the_copy_reads_as_the_file_did(tmp_path: Path, messy: Path) -> None:
    annotated(tmp_path, messy)

    again = read([saved_by_office(tmp_path / "marked.xlsx", tmp_path)])
    told = [(fault.code, fault.where) for fault in again.faults]
    assert told == [(fault.code, fault.where) for fault in read([messy]).faults]
    assert not any(warning.sheet == "To correct" for warning in again.warnings)


def test_nothing_that_was_read_is_overwritten(messy: Path) -> None:
    before = messy.read_bytes()

    with pytest.raises(OutputError, match="CB-O03"):
        write_annotated([messy], Marks(), messy)

    assert messy.read_bytes() == before


def test_sheets_of_several_files_stand_side_by_side(tmp_path: Path) -> None:
    one = write(tmp_path / "one.xlsx", sheets())
    two = write(tmp_path / "two.xlsx", {"Funds": [{"Fund": "STATE", 2027: 99}]})

    book, _told = annotated(tmp_path, one, two)

    assert book.sheetnames == ["To correct", "Settings", "Funds", "Investments", "Funds (2)"]
    assert book["Funds (2)"]["B2"].comment.text.startswith("CB-S14: found 99, while Funds!B2")
    assert book["Funds"]["B2"].comment is None


def test_a_formula_that_was_never_calculated_stays_blank(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", sheets(Funds=[{"Fund": "STATE", 2027: "=1+1"}]))

    book, _told = annotated(tmp_path, path)

    assert book["Funds"]["B2"].value is None
    assert "CB-C06" in book["Funds"]["B2"].comment.text


@pytest.mark.parametrize(
    "value",
    [1e300, -1e-300, DAY, timedelta(days=400), "a_x0001_b", "a\nb", "x" * 9000],
)
def test_odd_values_are_copied(tmp_path: Path, value: Any) -> None:
    path = write(tmp_path / "a.xlsx", sheets(Mine=[{"free": value}]))

    book, _told = annotated(tmp_path, path)

    assert book["Mine"]["A2"].value is not None


@pytest.mark.parametrize("name", ["empty", "cut off", "doctype", "value in the last cell"])
def test_a_file_that_cannot_be_opened_is_listed(tmp_path: Path, name: str) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(HOSTILE[name][1]())

    book, told = annotated(tmp_path, path)

    assert book.sheetnames == ["To correct"]
    assert [row[1].value for row in book["To correct"].iter_rows(min_row=6)] == [
        each.code for each in told
    ]


def test_a_cell_with_a_fault_and_a_notice_is_red_and_says_both(tmp_path: Path) -> None:
    path = write(tmp_path / "plan.xlsx", sheets())
    notice = Fault("plan.xlsx", "Funds", "B2", "2027", "CB-C12", "the text 100", "a number", "")
    fault = Fault("plan.xlsx", "Funds", "B2", "2027", "CB-C08", "100", "90 or less", "")
    write_annotated([path], Marks(faults=(fault,), notices=(notice,)), tmp_path / "marked.xlsx")

    book = openpyxl.load_workbook(tmp_path / "marked.xlsx")
    cell = book["Funds"]["B2"]
    assert cell.fill.start_color.rgb == "FFF8CFCF"
    assert [line[:6] for line in cell.comment.text.splitlines()] == ["CB-C08", "CB-C12"]
    book.close()


def test_a_text_that_looks_like_a_formula_stays_a_text_when_it_is_edited(
    tmp_path: Path, messy: Path
) -> None:
    book, _told = annotated(tmp_path, messy)

    assert book["Investments"]["B2"].quotePrefix
    assert not book["Investments"]["B1"].quotePrefix
