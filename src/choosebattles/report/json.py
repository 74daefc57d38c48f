"""An answer as JSON: the interface for scripts, schema 1."""

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, Unpack

from choosebattles.audit.recount import Recount, recount
from choosebattles.case.plan import Choice, Plan
from choosebattles.errors import Fault
from choosebattles.execution.overwriting import JSON_MARK, Guard
from choosebattles.execution.safe_write import Written, write_bytes
from choosebattles.report.plan_parts.proof import unfinished
from choosebattles.solving.outcome import Conflict, Outcome, Stage
from choosebattles.translation import _

SCHEMA = 1


def as_json(outcome: Outcome, notices: Sequence[str] = ()) -> dict[str, Any]:
    """Return an answer as a tree of plain values.

    Money is in millions, unrounded; shares are fractions of 1; every fund and every year is
    there. What is not known, as the objective where there is no plan, is None.

    Parameters
    ----------
    outcome
        The answer.
    notices
        What was odd about the case, and harmless or confirmed.
    """
    case = outcome.case
    found = outcome.recount
    counted = found or recount(case, Plan(()))
    return {
        "schema": SCHEMA,
        "case": case.name,
        "edition": {
            "version": case.version,
            "date": case.date,
            "approved_by": case.approved_by,
        },
        "stop": str(outcome.stop),
        "proven": outcome.proven,
        "objective": _number(outcome.objective),
        "bound": _number(outcome.bound),
        "gap": _number(outcome.gap),
        "scale": float(counted.scale),
        "indices": _floats(found.after.indices) if found else None,
        "before": _floats(counted.before.indices),
        "chosen": choices_as_json((outcome.plan or Plan(())).choices),
        "spending": {
            fund.id: {
                str(year): float(found.spending[fund.id][year]) if found else 0.0
                for year in case.calendar
            }
            for fund in case.funds
        },
        "total_cost": float(found.total_cost) if found else None,
        "violations": [
            {"name": violation.name, "text": violation.text, "amount": float(violation.amount)}
            for violation in (found.violations if found else ())
        ],
        "stages": [_stage(stage) for stage in outcome.stages],
        "warnings": list(notices),
        "unfinished": list(unfinished(outcome)),
        "solver": outcome.solver,
        "seconds": outcome.seconds,
        "conflict": list(_conflict(outcome.conflict)),
        "repairs": [
            {"changes": list(repair.changes), "least": repair.least}
            for repair in (outcome.conflict.repairs if outcome.conflict else ())
        ],
    }


def choices_as_json(choices: Iterable[Choice]) -> list[dict[str, Any]]:
    """Return options that are taken, with their start years."""
    return [
        {"investment": choice.investment, "option": choice.option, "start": choice.start}
        for choice in choices
    ]


def plan_as_json(plan: Plan, recount: Recount) -> dict[str, Any]:
    """Return what a plan takes, is worth and costs, unrounded."""
    return {
        "objective": float(recount.after.value),
        "indices": _floats(recount.after.indices),
        "total_cost": float(recount.total_cost),
        "chosen": choices_as_json(plan.choices),
    }


def write_json(tree: Mapping[str, Any], path: Path, **guard: Unpack[Guard]) -> Written:
    """Write a tree of plain values to a file, so that a failure harms no earlier one.

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    text = json.dumps({**tree, **JSON_MARK}, indent=2, ensure_ascii=False) + "\n"
    refusal = _("The answer was not kept, because it read back differently.")
    return write_bytes(text.encode(), path, refusal, **guard)


def errors_as_json(faults: Sequence[Fault]) -> dict[str, Any]:
    """Return what is to be corrected as a tree of plain values."""
    return {"schema": SCHEMA, "errors": faults_as_json(faults)}


def faults_as_json(faults: Sequence[Fault]) -> list[dict[str, str]]:
    """Return faults, doubts or notices, each with its code and place, as plain values."""
    return [
        {
            "code": fault.code,
            "file": fault.file,
            "sheet": fault.sheet,
            "cell": fault.cell,
            "message": fault.message,
        }
        for fault in faults
    ]


def _conflict(conflict: Conflict | None) -> Iterator[dict[str, Any]]:
    for number, clash in enumerate(conflict.clashes if conflict else (), start=1):
        for demand in clash.demands:
            for place in demand.places:
                yield {
                    "set": number,
                    "sheet": place.sheet,
                    "cell": place.cell,
                    "what": demand.what,
                    "minimal": clash.minimal,
                }


def _stage(stage: Stage) -> dict[str, Any]:
    return {
        "goal": stage.goal,
        "stop": str(stage.stop),
        "value": _number(stage.value),
        "bound": _number(stage.bound),
        "seconds": stage.seconds,
    }


def _number(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None


def _floats(numbers: Mapping[str, Fraction]) -> dict[str, float]:
    return {name: float(number) for name, number in numbers.items()}
