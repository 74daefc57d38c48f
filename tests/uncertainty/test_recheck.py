"""A study file is not believed: what it says of plans is counted again."""

import json
import sqlite3
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from choosebattles.errors import InputError
from choosebattles.execution.study import Study
from choosebattles.uncertainty.design import Axis, SweepPlan
from choosebattles.uncertainty.draw import Spread, what_varies
from choosebattles.uncertainty.simulate import simulate
from choosebattles.uncertainty.sweep import StudyOptions, sweep
from worlds import case, fund, option

THREE = case(
    option("A", 60, 70), option("B", 50, 60), option("C", 40, 20), funds=(fund(2027, 100),)
)

PLAN = SweepPlan((Axis("fund.STATE", Decimal(40), Decimal(120), 9),))

Change = Callable[[dict[str, Any]], object]


def tampered(path: Path, change: Change) -> None:
    """Change a row with a plan in every block, with the checksum that belongs to it."""
    file = sqlite3.connect(path)
    identity = dict(file.execute("SELECT name, value FROM identity"))
    found = list(file.execute("SELECT part, number, size, rows, seconds FROM blocks"))
    file.close()
    with Study(identity, path) as study:
        for part, number, size, rows, seconds in found:
            tree = json.loads(rows)
            if part == "":
                change(next(each for each in tree if each["plan"]))
            block = (part, number, size, json.dumps(tree), seconds)
            study._file.execute(
                "INSERT OR REPLACE INTO blocks VALUES (?, ?, ?, ?, ?, ?)",
                (*block, study._sum(block)),
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


def test_a_bound_of_a_file_proves_nothing_of_other_points(tmp_path: Path) -> None:
    """What all points begin with is solved anew, not read."""
    options = StudyOptions(gap=0, workers=1, study=tmp_path / "s.sqlite")
    sweep(THREE, PLAN, options)
    file = sqlite3.connect(tmp_path / "s.sqlite")

    assert [key for (key,) in file.execute("SELECT key FROM notes")] == ["form"]
    file.close()
