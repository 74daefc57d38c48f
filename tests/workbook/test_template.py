from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings

from choosebattles.case.case import Case
from choosebattles.errors import InputError
from choosebattles.workbook.reader import read, read_case
from choosebattles.workbook.rows_from_facts import SheetPage
from choosebattles.workbook.template import write_case, write_template
from choosebattles.workbook.writing.book import write_book
from strategies import cases
from workbook.sheets import settings as setting_rows
from workbook.sheets import sheets, write


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(cases())
def test_a_case_written_and_read_is_the_same_case(case: Case) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "random.xlsx"
        write_case(case, path)

        assert read([path]).case == case


def test_zeros_and_late_costs_are_written(tmp_path: Path) -> None:
    years = {"Cost year 1": 3, "Cost year 2": 0, "Cost year 5": 7}
    first = {"Investment": "CLOUD", "Title": "Cloud", **years, "Running cost": 0}
    contents = sheets(
        Settings=setting_rows(years=6),
        Funds=[{"Fund": "STATE", 2027: 100} | dict.fromkeys(range(2028, 2033), 0)],
        Investments=[first | {"Score: autonomy": 0, "Score: resilience": 20}],
    )
    case = read_case(write(tmp_path / "in.xlsx", contents))
    write_case(case, tmp_path / "out.xlsx")

    again = read([tmp_path / "out.xlsx"])
    assert again.faults == ()
    assert again.case is not None
    assert list(map(int, again.case.options["CLOUD"].cost)) == [3, 0, 0, 0, 7]
    assert again.case.funds[0].amount[2032] == 0


def test_a_text_is_never_a_formula(tmp_path: Path) -> None:
    contents = sheets()
    first = dict(next(iter(contents["Investments"])))
    path = write(tmp_path / "in.xlsx", sheets(Investments=[first]))
    case = read_case(path)
    option = case.options["CLOUD"].model_copy(update={"title": "=1+1", "note": "@SUM(A1)"})
    owner = case.investments[0].model_copy(update={"options": (option,)})
    write_case(case.model_copy(update={"investments": (owner,)}), tmp_path / "out.xlsx")

    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    found = {c.value: c.data_type for row in book["Investments"].iter_rows() for c in row}
    book.close()
    assert found["=1+1"] == found["@SUM(A1)"] == "s"


@pytest.mark.parametrize("full", [False, True])
def test_an_empty_template_lacks_only_rows(tmp_path: Path, *, full: bool) -> None:
    path = tmp_path / "empty.xlsx"
    write_template(path, range(2027, 2032), full=full)

    reading = read([path])

    assert [str(fault) for fault in reading.faults] == [
        "CB-L38 Funds: found no fund; expected at least one row. Fill in who pays.",
        "CB-L38 Investments: found no investment; expected at least one row. Fill in what may be done.",
    ]
    assert [warning.code for warning in reading.warnings] == []


def test_a_workbook_that_cannot_be_read_back_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that cuts a file off, and says nothing, costs nobody the old file."""
    path = tmp_path / "plan.xlsx"
    write_template(path, range(2027, 2030))
    before = path.read_bytes()

    def cut_off(pages: Sequence[SheetPage], partial: Path, about: str = "") -> None:
        write_book(pages, partial, about)
        partial.write_bytes(partial.read_bytes()[:2000])

    monkeypatch.setattr("choosebattles.workbook.template.write_book", cut_off)

    with pytest.raises(InputError, match="CB-F07"):
        write_template(path, range(2027, 2031), overwrite=True)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["plan.xlsx"]
