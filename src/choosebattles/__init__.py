"""Choose the right battles: strategic portfolio optimisation for small states.

Two lines are enough::

    from choosebattles import solve

    outcome = solve("albania.xlsx")

The names below are loaded on first use, so that asking for one does not load the rest.
"""

import importlib

PUBLIC = {
    "AuditError": "choosebattles.errors",
    "Axis": "choosebattles.uncertainty.sweep_design",
    "Case": "choosebattles.case.case",
    "Choice": "choosebattles.case.plan",
    "ChooseBattlesError": "choosebattles.errors",
    "Cover": "choosebattles.case.investment",
    "Criterion": "choosebattles.case.decision_model",
    "Decision": "choosebattles.case.investment",
    "DecisionModel": "choosebattles.case.decision_model",
    "DoubtWarning": "choosebattles.errors",
    "Draws": "choosebattles.uncertainty.robustness",
    "Explanation": "choosebattles.explain.why_answer",
    "Fault": "choosebattles.errors",
    "Frontier": "choosebattles.frontier.points",
    "Fund": "choosebattles.case.fund",
    "InputError": "choosebattles.errors",
    "Investment": "choosebattles.case.investment",
    "Limit": "choosebattles.case.limit",
    "Limits": "choosebattles.uncertainty.robustness",
    "Loss": "choosebattles.audit.exposure",
    "Metric": "choosebattles.case.limit",
    "Objective": "choosebattles.case.decision_model",
    "Option": "choosebattles.case.investment",
    "Options": "choosebattles.solving.options",
    "Outcome": "choosebattles.solving.outcome",
    "OutputError": "choosebattles.errors",
    "Plan": "choosebattles.case.plan",
    "Provider": "choosebattles.case.provider",
    "Recount": "choosebattles.audit.recount",
    "Robustness": "choosebattles.uncertainty.robustness",
    "Rule": "choosebattles.case.rule",
    "RuleKind": "choosebattles.case.rule",
    "ScopeItem": "choosebattles.case.limit",
    "ScopeKind": "choosebattles.case.limit",
    "Service": "choosebattles.case.service",
    "Shock": "choosebattles.case.shock",
    "Simulation": "choosebattles.uncertainty.simulate",
    "Skill": "choosebattles.case.skill",
    "SolverError": "choosebattles.errors",
    "Spread": "choosebattles.uncertainty.draw",
    "Stop": "choosebattles.solving.outcome",
    "StudyOptions": "choosebattles.uncertainty.study_options",
    "Sweep": "choosebattles.uncertainty.sweep",
    "SweepPlan": "choosebattles.uncertainty.sweep_design",
    "Uncertainty": "choosebattles.uncertainty.draw",
    "Weights": "choosebattles.uncertainty.weight_draws",
    "alternatives": "choosebattles.explain.alternatives",
    "budget": "choosebattles.case.parameter",
    "budget_path": "choosebattles.explain.budget_path",
    "compare": "choosebattles.explain.comparison",
    "compare_models": "choosebattles.explain.comparison_models",
    "estimate": "choosebattles.uncertainty.estimate",
    "estimate_sweep": "choosebattles.uncertainty.estimate",
    "explain_plan": "choosebattles.explain.why",
    "least_regret": "choosebattles.uncertainty.least_regret",
    "names": "choosebattles.case.parameter",
    "own_plan": "choosebattles.explain.own_plan",
    "read_case": "choosebattles.workbook.reader",
    "recount": "choosebattles.audit.recount",
    "replaced": "choosebattles.case.parameter",
    "robustness": "choosebattles.uncertainty.robustness",
    "sensitivity": "choosebattles.uncertainty.sensitivity",
    "simulate": "choosebattles.uncertainty.simulate",
    "solve": "choosebattles.solving.solve",
    "sweep": "choosebattles.uncertainty.sweep",
    "trace": "choosebattles.frontier.trace",
    "value": "choosebattles.case.parameter",
    "value_of_information": "choosebattles.uncertainty.information_value",
    "what_varies": "choosebattles.uncertainty.draw",
    "write_case": "choosebattles.workbook.template",
    "write_explanation": "choosebattles.report.results_workbook",
    "write_results": "choosebattles.report.results_workbook",
}
"""Every public name and the module that defines it."""

__version__ = "0.2.0.dev0"
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
