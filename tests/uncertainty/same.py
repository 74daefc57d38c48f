"""Studies of which every answer has several good plans, in a module that other processes can import.

Answers within 3 % are seldom the only ones: whatever a search begins with shows in what it finds.
"""

import json
import os
import signal
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from benchmarks.generator import generate
from choosebattles.execution.progress import Pace
from choosebattles.report.answers.robustness import document as robust
from choosebattles.report.answers.simulation import document as draws
from choosebattles.report.answers.sweep import document as sweeps
from choosebattles.uncertainty.draw import Spread, what_varies
from choosebattles.uncertainty.robustness import Draws, Limits, robustness
from choosebattles.uncertainty.simulate import simulate
from choosebattles.uncertainty.study_options import StudyOptions
from choosebattles.uncertainty.sweep import sweep
from choosebattles.uncertainty.sweep_design import Axis, SweepPlan
from choosebattles.uncertainty.weight_draws import Weights

CASE = generate("tiny", 7)
OPTIONS = StudyOptions(gap=0.03, workers=1)
SPREADS = (Spread("score", Decimal("0.2"), Decimal("0.2")),)

Watch = Callable[[Pace], None]


def budgets(options: StudyOptions, watch: Watch | None = None) -> dict[str, Any]:
    """Return the answer of a sweep over budgets."""
    plan = SweepPlan((Axis("budget", Decimal("0.6"), Decimal("1.3"), 11),))
    return sweeps.as_json(sweep(CASE, plan, options, watch=watch))


def scores(options: StudyOptions, watch: Watch | None = None) -> dict[str, Any]:
    """Return the answer of a simulation in which scores are uncertain."""
    uncertain = what_varies(CASE, spreads=SPREADS, weights=Weights.FIXED)
    return draws.as_json(simulate(CASE, uncertain, 18, options, watch=watch))


def intervals(options: StudyOptions, watch: Watch | None = None) -> dict[str, Any]:
    """Return how robust the best plan is, with draws."""
    goals = CASE.model.objectives
    found = robustness(
        CASE,
        weights={goals[0].id: (Decimal("0.3"), Decimal("0.7"))},
        spreads=(Spread("score", Decimal("0.05"), Decimal("0.05")),),
        draws=Draws(8, options, watch),
        limits=Limits(gap=0.01),
    )
    return robust.as_json(found)


STUDIES = {"sweep": budgets, "simulate": scores, "robustness": intervals}


def answer(name: str, options: StudyOptions, watch: Watch | None = None) -> str:
    """Return the answer of a study as JSON, but for times."""
    return json.dumps(but_for_times(STUDIES[name](options, watch)), sort_keys=True)


TIMES = {"seconds", "worked", "taken_over", "worker_seconds"}


def but_for_times(tree: Any) -> Any:
    """Return the JSON of an answer without what a clock said."""
    if isinstance(tree, dict):
        return {key: but_for_times(part) for key, part in tree.items() if key not in TIMES}
    return [but_for_times(part) for part in tree] if isinstance(tree, list) else tree


def killed_after(name: str, pieces: int, path: Path) -> None:
    """Begin a study in a file, and kill this process in the middle of it: no handler can run."""

    def watch(pace: Pace) -> None:
        if pace.done == pieces:
            os.kill(os.getpid(), signal.SIGKILL)

    answer(name, replace(OPTIONS, study=path), watch)
