"""Several files as parts of one case, as ministries send them."""

from pathlib import Path
from typing import Any

import pytest

from choosebattles.workbook.reader import read, read_case
from choosebattles.workbook.template import write_template
from cli.conftest import Run
from workbook.filling import LETTER, fill_in
from workbook.sheets import Rows, settings, sheets, write

pytest_plugins = ("cli.conftest",)

FINANCE = ("Settings", "Funds", "Limits")
DIGITAL = ("Investments", "Criteria")


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """One template filled by two ministries, and by one alone."""
    folder: Path = tmp_path_factory.mktemp("letters")
    write_template(folder / "empty.xlsx", range(2027, 2032))
    parts = {"finance": FINANCE, "digital": DIGITAL, "whole": (*FINANCE, *DIGITAL)}
    return tuple(  # type: ignore[return-value]
        fill_in(
            folder / "empty.xlsx",
            {sheet: LETTER[sheet] for sheet in names},
            folder / f"{name}.xlsx",
        )
        for name, names in parts.items()
    )


def test_two_ministries_fill_one_case(letters: tuple[Path, Path, Path]) -> None:
    finance, digital, whole = letters

    for order in ((finance, digital), (digital, finance)):
        reading = read(order)
        assert [str(fault) for fault in (*reading.faults, *reading.warnings)] == []
        assert reading.case is not None
        assert reading.case.currency == "EUR"
        assert reading.case.model_copy(update={"name": "whole.xlsx"}) == read_case(whole)


def test_the_command_takes_several_files(
    letters: tuple[Path, Path, Path], run: Run, here: Path
) -> None:
    finance, digital, _whole = letters

    told = run("check", finance, digital)
    assert told.exit_code == 0
    assert told.stdout.endswith(f"Ready to solve: choosebattles solve {finance} {digital}\n")
    solved = run("solve", finance, digital, "-o", here / "results.xlsx")
    assert solved.exit_code == 0
    assert (here / "results.xlsx").exists()


def test_a_missing_part_is_told(letters: tuple[Path, Path, Path], run: Run) -> None:
    told = run("check", letters[1])

    assert told.exit_code == 2
    assert "CB-L38 Funds: found no fund" in told.stdout


DIFFERENT: list[tuple[str, list[dict[Any, Any]], list[dict[Any, Any]], str]] = [
    (
        "Funds",
        [{"Fund": "STATE", 2027: 100}],
        [{2027: 99, "Fund": "STATE"}],
        "CB-S14 Funds!A2 (2027): found 99, while Funds!B2 of one.xlsx holds 100",
    ),
    (
        "Funds",
        [{"Fund": "STATE", 2027: 100}],
        [{"Fund": "STATE", 2027: 100}, {"Fund": "DONOR", 2027: 1}],
        "CB-S14 Funds!A3 (Fund): found 'DONOR', while Funds!A3 of one.xlsx holds an empty cell",
    ),
    (
        "Funds",
        [{"Fund": "STATE", 2027: 100}, {"Fund": "DONOR", 2027: 1}],
        [{"Fund": "STATE", 2027: 100}],
        "CB-S14 Funds!A3 (Fund): found an empty cell, while Funds!A3 of one.xlsx holds 'DONOR'",
    ),
    (
        "Funds",
        [{"Fund": "STATE", 2027: 100}],
        [{"Fund": "STATE", 2027: 100, "Carry over": 0.5}],
        "CB-S14 Funds!C2 (Carry over): found 0.5, while Funds!A2 of one.xlsx holds an empty cell",
    ),
    (
        "Settings",
        settings(currency="EUR"),
        settings(currency="ALL"),
        "CB-S14 Settings!B4 (Currency): found 'ALL', while Settings!B4 of one.xlsx holds 'EUR'",
    ),
]


@pytest.mark.parametrize(("sheet", "first", "second", "message"), DIFFERENT)
def test_the_first_cells_that_differ_are_named(
    tmp_path: Path, sheet: str, first: Rows, second: Rows, message: str
) -> None:
    one = write(tmp_path / "one.xlsx", sheets(**{sheet: first}))
    two = write(tmp_path / "two.xlsx", {sheet: second})

    (fault,) = read([one, two]).faults

    assert str(fault).startswith(message)
    assert fault.file == "two.xlsx"
    assert str(fault).endswith(
        f"Delete the sheet {sheet} from one of the files, or make them the same."
    )


def test_the_command_names_both_files(run: Run, here: Path) -> None:
    write(here / "one.xlsx", sheets())
    write(here / "two.xlsx", {"Funds": [{"Fund": "STATE", 2027: 99}]})

    told = run("check", "one.xlsx", "two.xlsx")

    assert told.exit_code == 2
    assert told.stdout.startswith("two.xlsx: 1 cell needs a correction\n")
    assert "Funds!B2 of one.xlsx holds 100" in told.stdout


def test_identical_sheets_are_fine(tmp_path: Path) -> None:
    one = write(tmp_path / "one.xlsx", sheets())
    two = write(tmp_path / "two.xlsx", sheets(Funds=[{2027: 100.0, "Fund": "STATE"}]))

    assert read([one, two]).faults == ()


def test_a_blank_setting_gives_way_to_a_typed_one(tmp_path: Path) -> None:
    one = write(tmp_path / "one.xlsx", sheets(Settings=settings(currency=None, country="Illyria")))
    two = write(tmp_path / "two.xlsx", {"Settings": settings(currency="EUR", country=None)})
    three = write(tmp_path / "three.xlsx", {"Settings": settings(prices="2027", years=1)})

    case = read_case(one, two, three)

    assert (case.currency, case.country, case.prices) == ("EUR", "Illyria", "2027")
    assert case.at("currency").file == "two.xlsx"
    assert case.at("prices").file == "three.xlsx"
