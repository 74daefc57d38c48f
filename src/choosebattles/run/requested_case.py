"""What is asked: the case of the files given, under the model and with the numbers asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Self

from choosebattles.audit.points_and_weights import ScoreScale
from choosebattles.case.bounds import plain
from choosebattles.case.case import Case
from choosebattles.case.forced_decisions import decided
from choosebattles.case.parameter import budget as scaled_budget
from choosebattles.case.parameter import hold_scale, replaced, value
from choosebattles.errors import InputError
from choosebattles.run import typed_values
from choosebattles.run.scenario_file import Scenario, read_scenario
from choosebattles.translation import _
from choosebattles.workbook.decision_model_files import read_model
from choosebattles.workbook.decision_model_overlay import apply
from choosebattles.workbook.reader import Reading, read


@dataclass(frozen=True)
class Question:
    """A case to solve, what reading it left behind, and in which points it was changed."""

    case: Case
    reading: Reading
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Changes:
    """How the case is to differ from what the files say."""

    model: str | None = None
    budget: Decimal | None = None
    numbers: Sequence[tuple[str, Decimal]] = ()
    scenario: Path | None = None

    @classmethod
    def typed(
        cls,
        model: str | None = None,
        budget: str | None = None,
        changed: Sequence[str] | None = None,
        scenario: Path | None = None,
    ) -> Self:
        """Return the changes meant by what stands after --model, --budget, --set, --scenario."""
        return cls(
            model=model,
            budget=None if budget is None else typed_values.budget(budget),
            numbers=typed_values.assignments(changed or ()),
            scenario=scenario,
        )


def accepted(files: Sequence[Path], *, strict: bool = False) -> tuple[Case, Reading]:
    """Read the files of one case.

    Parameters
    ----------
    files
        Workbooks that are parts of one case.
    strict
        Whether doubts are faults.

    Raises
    ------
    InputError
        With every fault of all files.
    """
    reading = read(files).strictly() if strict else read(files)
    if reading.case is None:
        raise InputError(reading.faults)
    return reading.case, reading


def ask(files: Sequence[Path], changes: Changes, *, strict: bool = False) -> Question:
    """Read the files and change the case as asked.

    Raises
    ------
    InputError
        With every fault of all files, or of the changes.
    """
    case, reading = accepted(files, strict=strict)
    case, notes = under_model(case, changes.model)
    case, more = _changed(case, changes)
    if changes.scenario is not None:
        case, others = _under_scenario(case, read_scenario(changes.scenario), changes, files)
        more = (*more, *others)
    return Question(case, reading, (*notes, *more))


def under_model(case: Case, model: str | None) -> tuple[Case, tuple[str, ...]]:
    """Return the case under a decision model, if one is named, and what that replaced."""
    return (case, ()) if model is None else apply(case, read_model(model))


def _changed(case: Case, changes: Changes, option: str = "--set") -> tuple[Case, tuple[str, ...]]:
    notes = []
    scale = ScoreScale(case).points_for_100
    changed = case
    if changes.budget is not None:
        changed = scaled_budget(hold_scale(changed, scale), changes.budget)
        text = _("Every fund was set to {share} of what the workbook says.")
        notes.append(text.format(share=f"{plain(100 * changes.budget)} %"))
    for name, number in changes.numbers:
        with typed_values.typed_after(option):
            before = value(changed, name)
            changed = replaced(changed, name, number, scale=scale)
        text = _("{name} was set to {number}; it was {before}.")
        shown = _("blank") if before is None else plain(before)
        notes.append(text.format(name=name, number=plain(number), before=shown))
    if changed is not case and case.points_for_100 is None:
        text = _("Points for 100 were held at {points}, as without the changes.")
        notes.append(text.format(points=f"{float(scale):,.6g}"))
    return changed, tuple(notes)


def _under_scenario(
    case: Case, scenario: Scenario, changes: Changes, files: Sequence[Path]
) -> tuple[Case, tuple[str, ...]]:
    """Return the case as a scenario changes it, and what that changed."""
    if scenario.budget is not None and changes.budget is not None:
        expected = _("one budget; the scenario has another")
        raise typed_values.refused("--budget", f"{plain(100 * changes.budget)}%", expected)
    case, notes = _changed(
        case, Changes(budget=scenario.budget, numbers=scenario.numbers), "--scenario"
    )
    case = decided(case, scenario.must, scenario.never)
    more = [
        _("{id} must be taken, says the scenario.").format(id=option) for option in scenario.must
    ]
    more += [
        _("{id} is left out, says the scenario.").format(id=option) for option in scenario.never
    ]
    return case, (*scenario.notes(files), *notes, *more)
