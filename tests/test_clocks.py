"""What is computed never depends on the clock: who may read one, and that a fast one changes nothing."""

import ast
import types
from collections.abc import Iterator
from pathlib import Path

import pytest

import choosebattles
from choosebattles.solving import search_limits
from choosebattles.solving.highs_model import HighsModel
from choosebattles.solving.options import Options
from golden.record import RECORDINGS, Recording, record

PACKAGE = Path(choosebattles.__file__).parent
FILES = {file.relative_to(PACKAGE).as_posix(): file for file in sorted(PACKAGE.rglob("*.py"))}

CLOCKS = {
    "cli/progress.py": "tells progress",
    "cli/study_progress.py": "tells progress, and how long a study will take",
    "execution/run_pieces.py": "tells progress, and keeps to the user's own time limit",
    "execution/safe_write.py": "waits for a file that another program holds; clears away old remains",
    "execution/task.py": "tells how long workers were at it",
    "report/answers/plan/document.py": "dates a document",
    "report/outputs/slides/deck.py": "dates slides",
    "report/outputs/word.py": "dates a document",
    "report/outputs/workbook/writer.py": "dates a workbook",
    "run/run.py": "dates an answer",
    "solving/highs_model.py": "counts the user's own time limit from where HiGHS's clock stands",
    "solving/search_limits.py": "the one clock of all searches: time to be told, and the user's own limit",
    "uncertainty/estimate.py": "its answer is how long something will take",
    "uncertainty/least_regret.py": "keeps to the user's own time limit",
    "uncertainty/nominal_plan.py": "tells how long the plan of a study took",
    "uncertainty/robustness_within_time.py": "keeps to the user's own time limit",
    "workbook/template.py": "the first year of a new workbook is the next one",
    "workbook/xml_parts.py": "refuses a file that is made to be read for ever",
}
"""Who may read a clock, and why that decides nothing of an answer."""

SECONDS = {"time_limit", "per_solve", "seconds"}
"""How seconds are called when they are handed on."""

TYPED = {
    "uncertainty/least_regret.py": "the user's --least-regret, or a minute where Python says nothing",
}
"""Who may have a number of seconds of its own for a search, and why."""

PROGRESS = {
    "explain/why.py": "now and then progress is told",
    "frontier/trace.py": "now and then what is found so far is kept in a file",
    "solving/highs_model.py": "now and then progress is told",
}
"""Who may compare seconds that went by, and why."""


def nodes(name: str) -> Iterator[ast.AST]:
    yield from ast.walk(ast.parse(FILES[name].read_text("utf-8"), name))


def reads_a_clock(name: str) -> bool:
    for node in nodes(name):
        if isinstance(node, ast.Import) and any(it.name == "time" for it in node.names):
            return True
        if isinstance(node, ast.ImportFrom) and node.module == "time":
            return True
        if isinstance(node, ast.Attribute) and node.attr == "getRunTime":
            return True
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id in ("datetime", "date")
            and node.attr in ("now", "today")
        ):
            return True
    return False


def own_number(value: ast.expr | None) -> bool:
    """Say whether an expression is a number that stands in the code, by itself or by its name."""
    for node in ast.walk(value) if value is not None else ():
        if isinstance(node, ast.Constant) and type(node.value) in (int, float) and node.value:
            return True
        if isinstance(node, ast.Name) and node.id.isupper():
            return True
    return False


def hands_on_own_seconds(name: str) -> bool:
    for node in nodes(name):
        if isinstance(node, ast.Call):
            given = [it.value for it in node.keywords if it.arg in SECONDS]
            if any(own_number(value) for value in given):
                return True
        if isinstance(node, ast.arguments):
            named = [*node.posonlyargs, *node.args]
            defaults = [*zip(named[len(named) - len(node.defaults) :], node.defaults, strict=True)]
            defaults += [
                (one, value)
                for one, value in zip(node.kwonlyargs, node.kw_defaults, strict=True)
                if value is not None
            ]
            if any(one.arg in SECONDS and own_number(value) for one, value in defaults):
                return True
        if (
            isinstance(node, ast.AnnAssign)
            and isinstance(node.target, ast.Name)
            and node.target.id in SECONDS
            and own_number(node.value)
        ):
            return True
    return False


def compares_seconds(name: str) -> bool:
    return any(
        isinstance(part, ast.Attribute) and part.attr == "seconds"
        for node in nodes(name)
        if isinstance(node, ast.Compare)
        for part in ast.walk(node)
    )


def test_only_those_read_a_clock_that_decide_nothing_by_it() -> None:
    assert {name for name in FILES if reads_a_clock(name)} == set(CLOCKS)


def test_nobody_sets_a_search_a_time_but_its_user() -> None:
    assert {name for name in FILES if hands_on_own_seconds(name)} == set(TYPED)


def test_what_went_by_is_compared_for_progress_alone() -> None:
    assert {name for name in FILES if compares_seconds(name)} == set(PROGRESS)


class Rushing(types.ModuleType):
    """A clock on which minutes go by between any two looks at it."""

    def __init__(self) -> None:
        super().__init__("time")
        self._now = 0.0

    def monotonic(self) -> float:
        """Return a moment that is minutes after the one before."""
        self._now += 600.0
        return self._now


COMMANDS = ("solve", "explain", "alternatives", "frontier", "own", "budget_path", "report")
FURTHER = ("own-plan/compare", "own-plan/robustness")


@pytest.mark.parametrize(
    "recording",
    [
        each
        for each in RECORDINGS
        if (each.case in ("full", "infeasible") and each.name in COMMANDS)
        or f"{each.case}/{each.name}" in FURTHER
    ],
    ids=lambda recording: f"{recording.case}/{recording.name}",
)
def test_a_clock_that_rushes_changes_no_answer(
    recording: Recording, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = HighsModel.run

    def timeless(self: HighsModel, options: Options, **more: object) -> object:
        assert options.time_limit is None, "HiGHS has a clock of its own"
        return run(self, options, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(HighsModel, "run", timeless)
    monkeypatch.setattr(search_limits, "time", Rushing())

    assert record(recording, tmp_path) == recording.path.read_text(encoding="utf-8")
