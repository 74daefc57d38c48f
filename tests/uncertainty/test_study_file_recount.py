"""A study file is not believed: what it says of plans is counted again."""

import json
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from choosebattles.errors import InputError
from choosebattles.execution.study import Study
from choosebattles.uncertainty import nominal_plan
from choosebattles.uncertainty.draw import Spread, what_varies
from choosebattles.uncertainty.simulate import simulate
from choosebattles.uncertainty.study_options import StudyOptions
from choosebattles.uncertainty.sweep import sweep
from choosebattles.uncertainty.sweep_design import Axis, SweepPlan
from small_cases import case, fund, option

THREE = case(
    option("A", 60, 70), option("B", 50, 60), option("C", 40, 20), funds=(fund(2027, 100),)
)

PLAN = SweepPlan((Axis("fund.STATE", Decimal(40), Decimal(120), 9),))

Change = Callable[[dict[str, Any]], object]


def tampered(path: Path, change: Change, part: str = "") -> None:
    """Change the first row with a plan, with the checksum that belongs to it."""
    file = sqlite3.connect(path)
    identity = dict(file.execute("SELECT name, value FROM identity"))
    query = "SELECT number, row, seconds FROM pieces WHERE part = ? ORDER BY number"
    found = [
        (number, json.loads(row), seconds) for number, row, seconds in file.execute(query, [part])
    ]
    file.close()
    number, row, seconds = next(piece for piece in found if piece[1]["plan"])
    change(row)
    piece = (part, number, json.dumps(row), seconds)
    with Study(identity, path) as study:
        study._file.execute(
            "INSERT OR REPLACE INTO pieces VALUES (?, ?, ?, ?, ?)", (*piece, study._sum(piece))
        )


CHANGES: dict[str, Change] = {
    "a value": lambda row: row.update(value=1000.0),
    "a bound below": lambda row: row.update(bound=0.0),
    "a cost": lambda row: row.update(cost=0.5),
    "another plan": lambda row: row.update(plan=[]),
    "an unknown option": lambda row: row.update(plan=[["X", "X", 2027]]),
    "no stop": lambda row: row.update(stop="proved"),
    "no index": lambda row: row.update(indices={}),
    "texts": lambda row: row.update(value="much"),
    "no number": lambda row: row.pop("number", None),
    "a number of nothing": lambda row: row.update(number=-99),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_sweep_that_says_what_is_not_so_is_refused(tmp_path: Path, change: Change) -> None:
    options = StudyOptions(gap=0, workers=1, study=tmp_path / "s.sqlite")
    first = sweep(THREE, PLAN, options)
    again = sweep(THREE, PLAN, options)
    assert (first.steps, first.taken_over, again.taken_over) == (again.steps, 0, 9)

    tampered(tmp_path / "s.sqlite", change)

    with pytest.raises(InputError, match=r"CB-R20 .* that a recount does not confirm"):
        sweep(THREE, PLAN, options)


def test_a_simulation_that_says_what_is_not_so_is_refused(tmp_path: Path) -> None:
    options = StudyOptions(gap=0, workers=1, study=tmp_path / "s.sqlite")
    uncertain = what_varies(THREE, spreads=[Spread("cost", Decimal("0.1"), Decimal("0.2"))])
    first, again = (simulate(THREE, uncertain, 8, options) for _time in range(2))
    assert (first.rows, first.taken_over, again.taken_over) == (again.rows, 0, 8)

    tampered(tmp_path / "s.sqlite", CHANGES["a value"])

    with pytest.raises(InputError, match=r"CB-R20 .* that a recount does not confirm"):
        simulate(THREE, uncertain, 8, options)


@pytest.mark.parametrize(
    "name", ["a value", "another plan", "an unknown option", "no stop", "texts"]
)
def test_what_all_answers_begin_with_is_counted_again(tmp_path: Path, name: str) -> None:
    options = StudyOptions(gap=0, workers=1, study=tmp_path / "s.sqlite")
    sweep(THREE, PLAN, options)

    tampered(tmp_path / "s.sqlite", CHANGES[name], "as it stands")

    with pytest.raises(InputError, match=r"CB-R20 .* that a recount does not confirm"):
        sweep(THREE, PLAN, options)


def test_what_all_answers_begin_with_is_solved_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = StudyOptions(gap=0, workers=1, study=tmp_path / "s.sqlite")
    first = sweep(THREE, PLAN, replace(options, time_limit=0))
    monkeypatch.setattr(nominal_plan, "solve", None)

    again = sweep(THREE, PLAN, options)

    assert again.nominal == first.nominal
    assert len(again.steps) == 9
