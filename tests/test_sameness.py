"""The same answer every time, bit for bit: whatever was asked before, in any process, under load.

Studies have tests of their own, for workers and for a study that was killed.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

import choosebattles as cb
from benchmarks.generator import generate
from choosebattles.report.answers.alternatives import as_json as alternatives_as_json
from choosebattles.report.answers.budget_path import as_json as path_as_json
from choosebattles.report.answers.comparison import as_json as comparison_as_json
from choosebattles.report.answers.comparison_of_models import as_json as strategies_as_json
from choosebattles.report.answers.frontier import as_json as frontier_as_json
from choosebattles.report.answers.own import as_json as own_as_json
from choosebattles.report.answers.robustness.document import as_json as robustness_as_json
from choosebattles.report.answers.why.document import as_json as why_as_json
from choosebattles.report.json import as_json
from golden.record import HERE
from uncertainty.same import but_for_times

OPTIONS = cb.Options(gap=0.03, binding=1.0)
"""Answers within 3 % are seldom the only ones: whatever a search begins with shows in them."""


def made() -> cb.Case:
    return generate("tiny", 7)


def weights(case: cb.Case) -> dict[str, tuple[float, float]]:
    return {case.model.objectives[0].id: (0.3, 0.7)}


QUESTIONS: Mapping[str, Callable[[cb.Case], dict[str, Any]]] = {
    "solve": lambda case: as_json(cb.solve(case, OPTIONS)),
    "frontier": lambda case: frontier_as_json(cb.trace(case, resolution=2.0)),
    "explain": lambda case: why_as_json(cb.explain_plan(case, gap=0.03, work_limit=0.5)),
    "alternatives": lambda case: alternatives_as_json(cb.alternatives(case, count=2, gap=0.03)),
    "own": lambda case: own_as_json(cb.own_plan(case, {case.investments[0].options[0].id: None})),
    "budget-path": lambda case: path_as_json(cb.budget_path(case, [-0.2], OPTIONS)),
    "compare": lambda case: comparison_as_json(
        cb.compare(case, cb.budget(case, 0.9), OPTIONS, why=False)
    ),
    "compare models": lambda case: strategies_as_json(cb.compare_models(case, [], OPTIONS)),
    "robustness": lambda case: robustness_as_json(cb.robustness(case, weights=weights(case))),
}


def answer(name: str, case: cb.Case) -> str:
    return json.dumps(but_for_times(QUESTIONS[name](case)), sort_keys=True)


def test_what_was_asked_before_of_the_same_case_makes_no_difference() -> None:
    """Once each of a case of its own, then all of one case the other way round."""
    one = made()
    backwards = {name: answer(name, one) for name in [*QUESTIONS][::-1]}

    for name in QUESTIONS:
        assert answer(name, made()) == backwards[name], name


RECORDED = (
    "full/solve",
    "income/explain",
    "full/frontier",
    "several-files/alternatives",
    "own-plan/compare",
    "own-plan/report",
    "several-files/report",
    "one-year/report",
    "own-plan/robustness",
    "full/sweep",
    "full/simulate",
)
"""Commands and the files that they write, of every ending."""


@contextmanager
def busy(number: int) -> Iterator[None]:
    """Keep processors busy beside what is tested."""
    idle = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _each in range(number)]
    try:
        yield
    finally:
        for process in idle:
            process.kill()
            process.wait()


@dataclass
class Again:
    """A new process that makes recordings, with an order of sets of its own."""

    names: tuple[str, ...]
    seed: int
    process: "subprocess.Popen[str]" = field(init=False)

    def __post_init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "golden.again", *self.names],
            cwd=Path(__file__).parent,
            env=os.environ | {"PYTHONHASHSEED": str(self.seed)},
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def texts(self) -> dict[str, str]:
        said, _none = self.process.communicate()
        assert self.process.returncode == 0
        found: dict[str, str] = json.loads(said)
        return found


@pytest.fixture(scope="module")
def in_two_processes() -> tuple[dict[str, str], dict[str, str]]:
    """Return what two processes say and write, one asked the other way round, on busy processors."""
    with busy(1):
        both = Again(RECORDED, 1), Again(RECORDED[::-1], 4711)
        return both[0].texts(), both[1].texts()


@pytest.mark.parametrize("name", RECORDED)
def test_every_file_is_the_same_in_any_process_under_load(
    name: str, in_two_processes: tuple[dict[str, str], dict[str, str]]
) -> None:
    kept = (HERE / f"{name}.txt").read_text(encoding="utf-8")

    assert [said[name] == kept for said in in_two_processes] == [True, True]
