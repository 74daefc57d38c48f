"""Version, date and who approved the workbook stand on everything that is made of it."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from choosebattles.case.case import Case
from choosebattles.explain.comparison_inputs import Differences
from choosebattles.report.answers.plan.document import document
from choosebattles.report.json import as_json
from choosebattles.report.provenance import Provenance
from choosebattles.report.results_workbook import write_results
from choosebattles.report.view_model import tell
from choosebattles.solving.options import Options
from choosebattles.solving.solve import solve
from choosebattles.workbook.reader import read_case
from workbook.sheets import settings, sheets, write

WHOLE = "Workbook version 3, of 2026-11-30, approved by Council of Ministers, no. 415"


def typed(tmp_path: Path, **values: Any) -> Case:
    return read_case(write(tmp_path / "in.xlsx", sheets(Settings=settings(**values))))


@pytest.fixture
def approved(tmp_path: Path) -> Case:
    return typed(
        tmp_path,
        version=3,
        date=datetime(2026, 11, 30, tzinfo=None),  # noqa: DTZ001 (a spreadsheet has no zones)
        approved_by="Council of Ministers, no. 415",
    )


def test_a_date_and_a_number_are_read_as_they_are_meant(approved: Case, tmp_path: Path) -> None:
    assert (approved.version, approved.date) == ("3", "2026-11-30")
    assert typed(tmp_path, date="end of November").date == "end of November"


def test_every_result_says_it(approved: Case, tmp_path: Path) -> None:
    outcome = solve(approved, Options(gap=0))
    story = tell(outcome)
    presented = document(outcome, story, Provenance(), made=date(2026, 12, 1))
    path = tmp_path / "results.xlsx"
    write_results(outcome, path, made=datetime(2026, 12, 1, tzinfo=UTC))

    assert story.edition == WHOLE
    assert WHOLE in presented.subtitle
    assert WHOLE in presented.origin
    assert as_json(outcome)["edition"] == {
        "version": "3",
        "date": "2026-11-30",
        "approved_by": "Council of Ministers, no. 415",
    }
    book = load_workbook(path)
    inputs = {str(row[1].value): row[2].value for row in book["Inputs"].iter_rows() if len(row) > 2}
    assert book["Summary"]["A2"].value == f"Money in million. {WHOLE}."
    assert (inputs["Version"], inputs["Date"]) == ("3", "2026-11-30")
    assert inputs["Approved by"] == "Council of Ministers, no. 415"
    book.close()


def test_nothing_is_said_where_nothing_was_typed(tmp_path: Path) -> None:
    outcome = solve(typed(tmp_path), Options(gap=0))

    assert tell(outcome).edition == ""
    assert (
        "Workbook"
        not in document(outcome, tell(outcome), Provenance(), made=date(2026, 1, 1)).origin
    )


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"version": "2b"}, "Workbook version 2b"),
        ({"date": "May"}, "Workbook of May"),
        ({"approved_by": "the minister"}, "Workbook approved by the minister"),
    ],
)
def test_one_of_them_alone_is_a_sentence(tmp_path: Path, values: dict[str, str], said: str) -> None:
    assert tell(solve(typed(tmp_path, **values), Options(gap=0))).edition == said


def test_two_versions_differ_by_what_no_plan_depends_on(approved: Case, tmp_path: Path) -> None:
    (change, *_others) = Differences.of(typed(tmp_path, version=2), approved).changes

    assert (change.header, change.before, change.after) == ("Version", "2", "3")
    assert not change.matters
