"""Choose the right battles: strategic portfolio optimisation for small states.

Three lines are enough::

    from choosebattles import read_case, solve

    outcome = solve(read_case("albania.xlsx"))

The names below are loaded on first use, so that asking for one does not load the rest.
"""

import importlib

PUBLIC = {
    "AuditError": "choosebattles.errors",
    "Axis": "choosebattles.uncertainty.design",
    "Case": "choosebattles.case.case",
    "ChooseBattlesError": "choosebattles.errors",
    "Draws": "choosebattles.uncertainty.robust",
    "Explanation": "choosebattles.explain.why_answer",
    "Fault": "choosebattles.errors",
    "Frontier": "choosebattles.frontier.shape",
    "InputError": "choosebattles.errors",
    "Limits": "choosebattles.uncertainty.robust",
    "Options": "choosebattles.solving.options",
    "Outcome": "choosebattles.solving.outcome",
    "OutputError": "choosebattles.errors",
    "Plan": "choosebattles.case.plan",
    "Recount": "choosebattles.audit.recount",
    "Simulation": "choosebattles.uncertainty.simulate",
    "Robustness": "choosebattles.uncertainty.robust",
    "SolverError": "choosebattles.errors",
    "Spread": "choosebattles.uncertainty.draw",
    "Stop": "choosebattles.solving.outcome",
    "StudyOptions": "choosebattles.uncertainty.sweep",
    "Sweep": "choosebattles.uncertainty.sweep",
    "SweepPlan": "choosebattles.uncertainty.design",
    "Uncertainty": "choosebattles.uncertainty.draw",
    "Weights": "choosebattles.uncertainty.draw",
    "alternatives": "choosebattles.explain.alternatives",
    "budget_path": "choosebattles.explain.budget_path",
    "compare": "choosebattles.explain.comparison",
    "compare_models": "choosebattles.explain.comparison_models",
    "estimate": "choosebattles.uncertainty.estimate",
    "explain_plan": "choosebattles.explain.why",
    "least_regret": "choosebattles.uncertainty.least_regret",
    "own_plan": "choosebattles.explain.own_plan",
    "read_case": "choosebattles.workbook.reader",
    "recount": "choosebattles.audit.recount",
    "robustness": "choosebattles.uncertainty.robust",
    "sensitivity": "choosebattles.uncertainty.sensitivity",
    "simulate": "choosebattles.uncertainty.simulate",
    "solve": "choosebattles.solving.method",
    "sweep": "choosebattles.uncertainty.sweep",
    "trace": "choosebattles.frontier.trace",
    "what_varies": "choosebattles.uncertainty.draw",
    "write_explanation": "choosebattles.report.why",
    "write_results": "choosebattles.report.xlsx",
}
"""Every public name and the module that defines it."""

__version__ = "0.1.0"
__all__ = sorted(PUBLIC)  # noqa: PLE0605 - one table serves both


def __getattr__(name: str) -> object:
    """Load a public name when it is first asked for (PEP 562)."""
    if name not in PUBLIC:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    value = getattr(importlib.import_module(PUBLIC[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Return the public names."""
    return [*__all__, "__version__"]
