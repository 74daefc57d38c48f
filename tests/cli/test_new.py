"""``choosebattles new``."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from choosebattles.shipped_files import shipped
from choosebattles.workbook.reader import read
from cli.conftest import Run


def test_a_template_asks_to_be_filled(run: Run, here: Path) -> None:
    told = run("new", "mine.xlsx", "--years", "2027-2029")

    assert told.exit_code == 0
    assert told.stdout == (
        "Written: mine.xlsx. Fill in the sheets, then: choosebattles check mine.xlsx\n"
        "This is the short form. What needs what, people, services, shocks and sources have sheets "
        "of their own: choosebattles new FILE.xlsx --full writes them all.\n"
    )
    reading = read([here / "mine.xlsx"])
    assert {fault.code for fault in reading.faults} == {"CB-L38"}


def test_the_full_template_has_more_sheets(run: Run, here: Path) -> None:
    run("new", "simple.xlsx")
    run("new", "full.xlsx", "--full")

    simple, full = (read([here / name]).totals.rows for name in ("simple.xlsx", "full.xlsx"))
    assert set(simple) < set(full)


def test_the_first_sheet_says_which_sheets_are_not_there(run: Run, here: Path) -> None:
    run("new", "simple.xlsx")
    run("new", "full.xlsx", "--full")

    simple, full = (words(here / name) for name in ("simple.xlsx", "full.xlsx"))
    assert "Not in this workbook: Objectives (what is to be raised" in simple
    assert "Rules (what needs, excludes or helps what)" in simple
    assert "choosebattles new FILE.xlsx --full" in simple
    assert "Not in this workbook" not in full


def words(path: Path) -> str:
    """Return what stands on the first sheet."""
    book = load_workbook(path, read_only=True)
    try:
        rows = book["Start here"].iter_rows(values_only=True)
        return "\n".join(str(cell) for row in rows for cell in row if cell is not None)
    finally:
        book.close()


def test_an_example_is_copied(run: Run, here: Path) -> None:
    told = run("new", "mine.xlsx", "--example", "albania")

    assert told.exit_code == 0
    assert told.stdout == "Written: mine.xlsx. Next: choosebattles solve mine.xlsx\n"
    example = shipped("inputs") / "albania.xlsx"
    assert (here / "mine.xlsx").read_bytes() == example.read_bytes()


def test_an_unknown_example_is_refused(run: Run, here: Path) -> None:
    told = run("new", here / "mine.xlsx", "--example", "albanai")

    assert told.exit_code == 2
    assert "CB-R05 --example: found albanai; expected one of: albania" in told.stderr
    assert "Did you mean albania?" in told.stderr


def test_nothing_is_overwritten(run: Run, small: Path) -> None:
    before = small.read_bytes()

    told = run("new", small.name)

    assert told.exit_code == 2
    assert "CB-O05 FILE small.xlsx cannot be written: it is there already" in told.stderr
    assert small.read_bytes() == before


@pytest.mark.parametrize("years", ["2031-2027", "2027", "soon", "2000-2100"])
def test_odd_years_are_refused(run: Run, here: Path, years: str) -> None:
    told = run("new", here / "mine.xlsx", "--years", years)

    assert told.exit_code == 2
    assert "expected first and last year, at most 30 years, such as 2027-2031" in told.stderr


def test_a_model_fills_in_its_criteria(run: Run, here: Path) -> None:
    told = run("new", "mine.xlsx", "--model", "balanced", "--years", "2027-2029")

    assert told.exit_code == 0
    totals = read([here / "mine.xlsx"]).totals
    assert totals.rows["Criteria"] > 2
    assert totals.rows["Objectives"] == 3


def test_what_a_model_asks_of_services_is_told(run: Run, here: Path) -> None:
    path = here / "own.toml"
    text = (shipped("models") / "balanced.toml").read_text("utf-8")
    path.write_text(text + '[[must_hold]]\nservice = "HEALTH"\nfloor = 0.8\n', "utf-8")

    told = run("new", "mine.xlsx", "--model", path)

    assert told.exit_code == 0
    assert "The model also asks that services hold (HEALTH 80%)" in told.stdout


def test_an_unknown_model_is_refused(run: Run, here: Path) -> None:
    told = run("new", here / "mine.xlsx", "--model", "balance")

    assert told.exit_code == 2
    assert "Did you mean balanced?" in told.stderr
    assert not (here / "mine.xlsx").exists()


def test_an_example_is_no_template(run: Run, here: Path) -> None:
    told = run("new", here / "mine.xlsx", "--example", "albania", "--full")

    assert told.exit_code == 2
    assert "expected either an example or a template" in told.stderr
