"""Whether a file is safe to open: a corpus of odd and hostile files, and what is noted of good ones."""

import os
import subprocess
import sys
import warnings
from contextlib import suppress
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.reader.excel import ExcelReader

from choosebattles.errors import InputError
from choosebattles.workbook import inspection
from choosebattles.workbook.inspection import Inspection, LinkedBook, SheetFacts, inspect
from choosebattles.workbook.xml_parts import Allowance, TextsPart
from workbook.hostile import HOSTILE, MAIN, ODD, book, cell, parts, relations, workbook_xml, zipped
from workbook.hostile import entry as zip_entry

INPUTS = Path(__file__).parents[2] / "inputs"


def inspected(folder: Path, content: bytes) -> Inspection:
    """Write a file and inspect it."""
    path = folder / "plan.xlsx"
    path.write_bytes(content)
    return inspect(path)


def refusal(path: Path) -> str:
    """The sentence with which a file is refused, which has just one fault."""
    with pytest.raises(InputError) as caught:
        inspect(path)
    (fault,) = caught.value.faults
    return str(fault)


class Reader(ExcelReader):  # type: ignore[misc]
    """Opens an inspected file as it should be opened: chart sheets are never looked into."""

    def read_chartsheet(self, *_arguments: object) -> None:
        """Leave a chart sheet out."""


def values(inspection: Inspection, sheet: SheetFacts) -> list[tuple[object, ...]]:
    """Read a sheet as far as the inspection says, and no further."""
    reader = Reader(BytesIO(inspection.content), read_only=True, data_only=True, keep_links=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl tells what it does not know
        reader.read()
        rows = reader.wb[sheet.name].iter_rows(
            min_row=1,
            max_row=sheet.last_row,
            min_col=1,
            max_col=sheet.last_column,
            values_only=True,
        )
        return list(rows) if sheet.last_row else []


def noted(sheet: SheetFacts) -> list[tuple[object, ...]]:
    """Return the values that were noted, as the other reader lists them."""
    return [
        tuple(sheet.values.get(row, {}).get(column) for column in range(sheet.last_column))
        for row in range(1, sheet.last_row + 1)
    ]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_its_code(name: str, tmp_path: Path) -> None:
    code, make = HOSTILE[name]

    with pytest.raises(InputError) as caught:
        inspected(tmp_path, make())

    assert [fault.code for fault in caught.value.faults] == [code]
    for fault in caught.value.faults:
        assert fault.file == "plan.xlsx"
        assert fault.found
        assert fault.expected
        assert fault.advice.endswith((".", "?"))
        assert len(str(fault)) < 400


@pytest.mark.parametrize("name", ODD)
def test_an_odd_file_passes_and_can_be_read(name: str, tmp_path: Path) -> None:
    inspection = inspected(tmp_path, ODD[name]())

    (sheet,) = (each for each in inspection.sheets if each.name == "Projects")
    assert noted(sheet) == values(inspection, sheet)


@pytest.mark.parametrize("book", sorted(INPUTS.glob("*.xlsx")), ids=lambda path: path.stem)
def test_cells_hold_what_another_reader_says(book: Path) -> None:
    inspection = inspect(book)

    for sheet in inspection.sheets:
        if sheet.kind == "worksheet":
            assert noted(sheet) == values(inspection, sheet), sheet.name


@pytest.mark.parametrize("epoch", [False, True])
def test_numbers_are_dates_where_they_are_shown_as_dates(epoch: bool, tmp_path: Path) -> None:
    forms = ["0.0", "yyyy-mm-dd", "hh:mm", "[h]:mm:ss", "0.0;[Red]-0.0", '"day" 0', "d mmm;@"]
    with xlsxwriter.Workbook(tmp_path / "plan.xlsx", {"date_1904": epoch}) as workbook:
        sheet = workbook.add_worksheet("Projects")
        for row, number in enumerate([0, 0.5, 1, 59, 60, 61, 46_400.25, -1, 3e6, 1e300]):
            for column, form in enumerate(forms):
                sheet.write_number(row, column, number, workbook.add_format({"num_format": form}))

    inspection = inspect(tmp_path / "plan.xlsx")

    (facts,) = inspection.sheets
    assert noted(facts) == values(inspection, facts)
    # 46,400 days after 31 December 1899, or after 1 January 1904; Excel counts one that never was.
    day = noted(facts)[6][1]
    assert isinstance(day, datetime)
    assert day.date() == (date(2031, 1, 14) if epoch else date(2027, 1, 13))


def odd(name: str, folder: Path) -> SheetFacts:
    """The facts of the sheet Projects of an odd file."""
    return inspected(folder, ODD[name]()).sheet("Projects")


def test_formatting_does_not_move_the_end_of_a_sheet(tmp_path: Path) -> None:
    sheet = odd("far formatting", tmp_path)

    assert (sheet.last_row, sheet.last_column) == (1, 1)


def test_hidden_rows_and_columns_with_values_are_noted(tmp_path: Path) -> None:
    sheet = odd("hidden", tmp_path)

    assert sheet.hidden_rows == (2, 4)
    assert sheet.hidden_columns == (2, 3)
    assert sheet.filtered == "A1:D4"


def test_a_filter_of_a_view_that_is_not_shown_hides_nothing(tmp_path: Path) -> None:
    condition = '<filterColumn colId="0"><filters><filter val="a"/></filters></filterColumn>'
    view = f'<customSheetView guid="0"><autoFilter ref="A1:D4">{condition}</autoFilter>'
    content = book(after=f"<customSheetViews>{view}</customSheetView></customSheetViews>")

    assert inspected(tmp_path, content).sheet("Projects").filtered == ""


def test_merged_ranges_are_noted(tmp_path: Path) -> None:
    assert odd("merged", tmp_path).merged == ("C5:C7", "A1:XFD1")


def test_formulas_without_a_value_and_errors_are_noted(tmp_path: Path) -> None:
    sheet = odd("formulas", tmp_path)

    assert sheet.uncalculated == ("B1", "C1", "E1")
    assert sheet.errors == {"F1": "#REF!"}
    assert sheet.last_column == 6


def test_the_looks_and_formulas_of_cells_are_noted(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "plan.xlsx") as workbook:
        sheet = workbook.add_worksheet("Projects")
        sheet.write_row(0, 0, ["CLOUD", 2.5])
        sheet.write_number(1, 1, 3e6, workbook.add_format({"num_format": "0.0,,"}))
        sheet.write_number(2, 1, 0.5, workbook.add_format({"num_format": 9}))
        sheet.write_blank(3, 1, None, workbook.add_format({"num_format": "0.0,"}))
        sheet.write_formula("B5", "=SUM(B1:B3)", None, 3)

    facts = inspect(tmp_path / "plan.xlsx").sheet("Projects")

    assert {at: look.number_format for at, look in facts.looks.items()} == {
        (2, 1): "0.0,,",
        (3, 1): "0%",
    }
    assert {at: formula.text for at, formula in facts.formulas.items()} == {(5, 1): "SUM(B1:B3)"}


def test_a_shared_formula_is_told_for_every_cell_that_it_fills(tmp_path: Path) -> None:
    first = '<c r="A3"><f t="shared" ref="A3:B3" si="0">SUM(A$1:A2)</f><v>0</v></c>'
    row = f'<row r="3">{first}<c r="B3"><f t="shared" si="0"/><v>0</v></c></row>'

    facts = inspected(tmp_path, book(row)).sheet("Projects")

    assert facts.formulas[3, 0].at("A3") == "=SUM(A$1:A2)"
    assert facts.formulas[3, 1].at("B3") == "=SUM(B$1:B2)"


@pytest.mark.parametrize(
    ("spelt", "text"),
    [
        ("a_x0042_c", "aBc"),
        ("_x005F_x0041_", "_x0041_"),
        ("x005F_", "x005F_"),
        ("_xD83D__xDE00_", "\U0001f600"),
        ("_xD83D_", "\ufffd"),
        ("_xFFFE__xFFFF_", "\ufffd\ufffd"),
    ],
)
def test_characters_spelt_as_numbers_are_read(spelt: str, text: str, tmp_path: Path) -> None:
    texts = f'<sst xmlns="{MAIN}"><si><t>{spelt}</t></si></sst>'

    sheet = inspected(tmp_path, book(changed={"xl/sharedStrings.xml": texts})).sheet("Projects")

    assert sheet.values[1][0] == text


def test_the_workbook_is_the_one_that_the_file_points_at(tmp_path: Path) -> None:
    sheet = '<sheet name="Seen" sheetId="1" r:id="rId1"/>'
    changed: dict[str, str | bytes | None] = {
        "_rels/.rels": relations(("rId1", "officeDocument", "/xl/seen.xml")),
        "xl/seen.xml": workbook_xml(sheet),
        "xl/_rels/seen.xml.rels": relations(("rId1", "worksheet", "worksheets/sheet1.xml")),
    }

    (facts,) = inspected(tmp_path, book(changed=changed)).sheets

    assert facts.name == "Seen"


def test_places_that_are_left_out_are_counted(tmp_path: Path) -> None:
    inspection = inspected(tmp_path, ODD["places left out"]())

    sheet = inspection.sheet("Projects")
    assert (sheet.last_row, sheet.last_column) == (3, 2)
    assert noted(sheet) == [(None, 7), (None, None), (8, None)]


def test_a_chart_sheet_is_noted_as_such(tmp_path: Path) -> None:
    inspection = inspected(tmp_path, ODD["chart sheet"]())

    assert [(sheet.name, sheet.kind) for sheet in inspection.sheets] == [
        ("Projects", "worksheet"),
        ("Chart", "chartsheet"),
    ]


def test_what_belongs_to_the_file_is_noted(tmp_path: Path) -> None:
    assert inspected(tmp_path, ODD["date1904"]()).date1904
    assert inspected(tmp_path, ODD["macros"]()).macros
    pictures = inspected(tmp_path, ODD["picture of 60 000 by 60 000"]())
    assert (pictures.pictures, pictures.charts, pictures.embedded) == (1, 1, 1)
    assert odd("hidden sheet", tmp_path).state == "veryHidden"
    plain = inspected(tmp_path, book())
    assert not plain.date1904
    assert not plain.macros
    assert (plain.pictures, plain.charts, plain.embedded, plain.links) == (0, 0, 0, ())


def test_links_to_other_workbooks_are_noted_with_the_cells_that_use_them(tmp_path: Path) -> None:
    inspection = inspected(tmp_path, ODD["links"]())

    cells = ("Projects!A1", "Projects!B1", "Projects!B2")
    assert inspection.links == (LinkedBook("budget 2025.xlsx", cells),)


def test_the_faults_of_all_sheets_are_told_at_once(tmp_path: Path) -> None:
    rows = "".join(cell("<v>1,5</v>", place=f"A{row}") for row in range(1, 31))

    with pytest.raises(InputError) as caught:
        inspected(tmp_path, book(rows))

    assert len(caught.value.faults) == 20
    assert str(caught.value.faults[0]) == (
        "CB-C01 Projects!A1: found '1,5' stored as a number; expected a number. "
        "Retype the number in Excel and save the file."
    )


def test_a_file_that_openpyxl_wrote_passes(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.active.append(["CLOUD", 2.5, "=1+1", True])
    workbook.save(tmp_path / "plan.xlsx")

    (sheet,) = inspect(tmp_path / "plan.xlsx").sheets

    assert (sheet.last_row, sheet.last_column, sheet.uncalculated) == (1, 4, ("C1",))


def test_a_file_that_xlsxwriter_wrote_passes(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "plan.xlsx") as workbook:
        sheet = workbook.add_worksheet("Projects")
        sheet.write_row(0, 0, ["CLOUD", 2.5])
        sheet.write_formula("C1", "=1+1", None, 2)
        sheet.data_validation("B2:B9", {"validate": "list", "source": ["a", "b"]})
        sheet.write_comment("A1", "A note")

    inspection = inspect(tmp_path / "plan.xlsx")

    assert noted(inspection.sheet("Projects")) == [("CLOUD", 2.5, 2)]
    assert inspection.pictures == 0


def test_a_missing_file_is_told_with_its_neighbour(tmp_path: Path) -> None:
    (tmp_path / "plan_v2.xlsx").write_bytes(book())

    assert refusal(tmp_path / "plan_v3.xlsx") == (
        f"CB-F22 plan_v3.xlsx: found no such file in {tmp_path.resolve()}; "
        "expected an Excel workbook (.xlsx). Did you mean plan_v2.xlsx?"
    )
    assert "Did you mean plan_v2.xlsx?" in refusal(tmp_path / "plan_v2")
    assert "Check the name." in refusal(tmp_path / "zzz")
    assert "no such folder" in refusal(tmp_path / "nowhere" / "plan.xlsx")
    assert refusal(tmp_path / "plan\0.xlsx").startswith("CB-F22")


def test_a_folder_and_a_device_are_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path).startswith("CB-F22")
    assert refusal(Path(os.devnull)).startswith("CB-F22")


def test_a_channel_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    make = getattr(os, "mkfifo", None)
    if make is not None:
        make(tmp_path / "plan.xlsx")
        assert refusal(tmp_path / "plan.xlsx").startswith("CB-F22")


def test_a_file_that_may_not_be_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "plan.xlsx").write_bytes(book())

    def denied(*_arguments: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)

    assert refusal(tmp_path / "plan.xlsx").startswith(
        "CB-F23 plan.xlsx: found a file that cannot be read (Permission denied);"
    )


def test_the_marker_of_an_open_workbook_is_refused(tmp_path: Path) -> None:
    (tmp_path / "~$plan.xlsx").write_bytes(b"\x05Clerk" + bytes(159))

    assert refusal(tmp_path / "~$plan.xlsx").startswith("CB-F06 ~$plan.xlsx: found a marker")


def test_running_out_of_memory_or_time_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "plan.xlsx").write_bytes(book())

    def exhausted(_content: bytes) -> None:
        raise MemoryError

    with monkeypatch.context() as patched:
        patched.setattr(inspection, "archive_of", exhausted)
        assert refusal(tmp_path / "plan.xlsx").startswith("CB-F24")
    with monkeypatch.context() as patched:
        patched.setattr("choosebattles.workbook.xml_parts.SECONDS", -1)
        assert refusal(tmp_path / "plan.xlsx").startswith("CB-F24")


CHILD = """
import sys
from pathlib import Path
from choosebattles.errors import InputError
from choosebattles.workbook.inspection import inspect

for path in sorted(Path(sys.argv[1]).iterdir()):
    try:
        inspect(path)
    except InputError:
        pass
# The peak of this process alone: getrusage would count what its parent held before it, too.
status = Path("/proc/self/status")
lines = status.read_text().splitlines() if status.exists() else ["VmHWM: 0 kB"]
print(next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:")))
"""


def test_the_whole_corpus_takes_little_memory_and_never_hangs(tmp_path: Path) -> None:
    made = [make for _code, make in HOSTILE.values()] + list(ODD.values())
    for number, make in enumerate(made):
        (tmp_path / f"{number}.xlsx").write_bytes(make())

    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(tmp_path)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        timeout=3600,
        check=True,
    )

    assert int(done.stdout) < 300 << 20


def test_texts_take_no_more_memory_than_the_file_states() -> None:
    text = f"<si><t>{'a' * 999}\U0001f600</t></si>"
    content = f'<sst xmlns="{MAIN}">{text * 999}</sst>'.encode()
    part = TextsPart("xl/sharedStrings.xml", Allowance())

    part.read(BytesIO(content))

    assert len(part.texts) == 999
    assert sum(map(sys.getsizeof, part.texts)) < 1.1 * len(content)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_file_ends_in_an_inspection_or_in_faults(data: st.DataObject) -> None:
    """Bytes of the archive, or of the XML before it is packed, are turned over at random."""
    whole = parts(
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><f>1+1</f><v>2.5</v></c></row>',
        after='<mergeCells><mergeCell ref="C5:C7"/></mergeCells>',
    )
    inside = data.draw(st.booleans())
    name = data.draw(st.sampled_from(sorted(whole)))
    target = bytearray(str(whole[name]).encode() if inside else book())
    for _change in range(data.draw(st.integers(1, 4))):
        target[data.draw(st.integers(0, len(target) - 1))] = data.draw(st.integers(0, 255))
    content = bytes(target)
    if inside:
        content = zipped(
            zip_entry(each, content if each == name else raw) for each, raw in whole.items()
        )

    with TemporaryDirectory() as folder, suppress(InputError):
        inspected(Path(folder), content)
