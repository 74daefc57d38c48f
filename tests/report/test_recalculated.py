"""Every formula of a results workbook carries the value that a spreadsheet computes for it."""

import math
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from xlsxwriter import Workbook

from choosebattles.report.results_workbook import write_results
from report.outcomes import PROVENANCE, illyria, outcome, shaken
from report.spreadsheet import Spreadsheet

OFFICE = shutil.which("soffice")

ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"
 xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
"""Settings of an office that recalculates whatever it loads."""


@pytest.fixture(scope="module", params=["illyria", "shaken"])
def written(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    world = {"illyria": illyria, "shaken": shaken}[request.param]()
    path: Path = tmp_path_factory.mktemp(request.param) / "results.xlsx"
    write_results(outcome(world), path, provenance=PROVENANCE)
    return path


def same(one: Any, other: Any) -> bool:
    if isinstance(one, int | float) and isinstance(other, int | float):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
    return bool(one == other)


def saved(path: Path) -> dict[tuple[str, str], Any]:
    values = load_workbook(path, data_only=True)
    return {
        (sheet, cell): values[sheet][cell].value for sheet, cell in Spreadsheet(path).formulas()
    }


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the settings of an office that serves these tests alone."""
    folder: Path = tmp_path_factory.mktemp("profile")
    (folder / "user").mkdir()
    (folder / "user" / "registrymodifications.xcu").write_text(ALWAYS, encoding="utf-8")
    return folder


def recalculated(path: Path, folder: Path, profile: Path) -> Path:
    """Return the workbook as LibreOffice saves it, every formula computed anew."""
    command = [str(OFFICE), f"-env:UserInstallation={profile.as_uri()}", "--headless"]
    command += ["--convert-to", "xlsx", "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=3600)
    return folder / path.name


def test_every_formula_has_its_value_saved(written: Path) -> None:
    values = saved(written)

    assert len(values) > 50
    assert not [place for place, value in values.items() if value is None]


def test_saved_values_are_those_of_arithmetic(written: Path) -> None:
    sheet = Spreadsheet(written)

    wrong = {at: v for at, v in saved(written).items() if not same(v, sheet.value(*at))}

    assert wrong == {}


def test_a_changed_number_is_noticed(written: Path, tmp_path: Path) -> None:
    # The checks are live: a million more on Plan in 2026, and both sums over that year say LOOK.
    book = load_workbook(written)
    plan = book["Plan"]
    place = next(c.coordinate for c in plan[6] if c.column_letter == "J")
    plan[place].value += 1
    book.save(tmp_path / "changed.xlsx")

    says = Spreadsheet(tmp_path / "changed.xlsx").value("Contents", "A3")

    assert says.endswith("checks do not hold: look")
    assert says.startswith("2 of ")


def test_saved_values_are_those_of_libreoffice(
    written: Path, profile: Path, tmp_path: Path
) -> None:
    # Where there is no LibreOffice the small spreadsheet above stands in for it.
    there = recalculated(written, tmp_path, profile) if OFFICE else None
    computed = load_workbook(there, data_only=True) if there else None
    small = Spreadsheet(written)

    for (sheet, cell), value in saved(written).items():
        found = computed[sheet][cell].value if computed else small.value(sheet, cell)
        assert same(value, found), f"{sheet}!{cell}: saved {value}, computed {found}"


def test_libreoffice_really_computes(profile: Path, tmp_path: Path) -> None:
    # A file whose saved value is wrong on purpose comes back right, or the test above is blind.
    changed = tmp_path / "changed.xlsx"
    with Workbook(changed) as book:
        book.add_worksheet("Sums").write_formula("A1", "=SUM('Sums'!$B$1:$B$2)", None, 5)
        book.get_worksheet_by_name("Sums").write_column("B1", [1, 1])

    assert saved(changed) == {("Sums", "A1"): 5}
    assert Spreadsheet(changed).value("Sums", "A1") == 2
    if OFFICE:
        computed = load_workbook(recalculated(changed, tmp_path / "out", profile), data_only=True)
        assert computed["Sums"]["A1"].value == 2
