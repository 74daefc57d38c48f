from choosebattles.audit.exposure import Loss as Loss
from choosebattles.audit.recount import Recount as Recount
from choosebattles.audit.recount import recount as recount
from choosebattles.case.case import Case as Case
from choosebattles.case.decision_model import Criterion as Criterion
from choosebattles.case.decision_model import DecisionModel as DecisionModel
from choosebattles.case.decision_model import Objective as Objective
from choosebattles.case.fund import Fund as Fund
from choosebattles.case.investment import Cover as Cover
from choosebattles.case.investment import Decision as Decision
from choosebattles.case.investment import Investment as Investment
from choosebattles.case.investment import Option as Option
from choosebattles.case.limit import Limit as Limit
from choosebattles.case.limit import Metric as Metric
from choosebattles.case.limit import ScopeItem as ScopeItem
from choosebattles.case.limit import ScopeKind as ScopeKind
from choosebattles.case.parameter import budget as budget
from choosebattles.case.parameter import names as names
from choosebattles.case.parameter import replaced as replaced
from choosebattles.case.parameter import value as value
from choosebattles.case.plan import Choice as Choice
from choosebattles.case.plan import Plan as Plan
from choosebattles.case.provider import Provider as Provider
from choosebattles.case.rule import Rule as Rule
from choosebattles.case.rule import RuleKind as RuleKind
from choosebattles.case.service import Service as Service
from choosebattles.case.shock import Shock as Shock
from choosebattles.case.skill import Skill as Skill
from choosebattles.errors import AuditError as AuditError
from choosebattles.errors import ChooseBattlesError as ChooseBattlesError
from choosebattles.errors import DoubtWarning as DoubtWarning
from choosebattles.errors import Fault as Fault
from choosebattles.errors import InputError as InputError
from choosebattles.errors import OutputError as OutputError
from choosebattles.errors import SolverError as SolverError
from choosebattles.explain.alternatives import alternatives as alternatives
from choosebattles.explain.budget_path import budget_path as budget_path
from choosebattles.explain.comparison import compare as compare
from choosebattles.explain.comparison_models import compare_models as compare_models
from choosebattles.explain.own_plan import own_plan as own_plan
from choosebattles.explain.why import explain_plan as explain_plan
from choosebattles.explain.why_answer import Explanation as Explanation
from choosebattles.frontier.points import Frontier as Frontier
from choosebattles.frontier.trace import trace as trace
from choosebattles.report.results_workbook import write_explanation as write_explanation
from choosebattles.report.results_workbook import write_results as write_results
from choosebattles.solving.options import Options as Options
from choosebattles.solving.outcome import Outcome as Outcome
from choosebattles.solving.outcome import Stop as Stop
from choosebattles.solving.solve import solve as solve
from choosebattles.uncertainty.draw import Spread as Spread
from choosebattles.uncertainty.draw import Uncertainty as Uncertainty
from choosebattles.uncertainty.draw import what_varies as what_varies
from choosebattles.uncertainty.estimate import estimate as estimate
from choosebattles.uncertainty.estimate import estimate_sweep as estimate_sweep
from choosebattles.uncertainty.information_value import value_of_information as value_of_information
from choosebattles.uncertainty.least_regret import least_regret as least_regret
from choosebattles.uncertainty.robustness import Draws as Draws
from choosebattles.uncertainty.robustness import Limits as Limits
from choosebattles.uncertainty.robustness import Robustness as Robustness
from choosebattles.uncertainty.robustness import robustness as robustness
from choosebattles.uncertainty.sensitivity import sensitivity as sensitivity
from choosebattles.uncertainty.simulate import Simulation as Simulation
from choosebattles.uncertainty.simulate import simulate as simulate
from choosebattles.uncertainty.study_options import StudyOptions as StudyOptions
from choosebattles.uncertainty.sweep import Sweep as Sweep
from choosebattles.uncertainty.sweep import sweep as sweep
from choosebattles.uncertainty.sweep_design import Axis as Axis
from choosebattles.uncertainty.sweep_design import SweepPlan as SweepPlan
from choosebattles.uncertainty.weight_draws import Weights as Weights
from choosebattles.workbook.reader import read_case as read_case
from choosebattles.workbook.template import write_case as write_case

__all__ = [
    "AuditError",
    "Axis",
    "Case",
    "Choice",
    "ChooseBattlesError",
    "Cover",
    "Criterion",
    "Decision",
    "DecisionModel",
    "DoubtWarning",
    "Draws",
    "Explanation",
    "Fault",
    "Frontier",
    "Fund",
    "InputError",
    "Investment",
    "Limit",
    "Limits",
    "Loss",
    "Metric",
    "Objective",
    "Option",
    "Options",
    "Outcome",
    "OutputError",
    "Plan",
    "Provider",
    "Recount",
    "Robustness",
    "Rule",
    "RuleKind",
    "ScopeItem",
    "ScopeKind",
    "Service",
    "Shock",
    "Simulation",
    "Skill",
    "SolverError",
    "Spread",
    "Stop",
    "StudyOptions",
    "Sweep",
    "SweepPlan",
    "Uncertainty",
    "Weights",
    "alternatives",
    "budget",
    "budget_path",
    "compare",
    "compare_models",
    "estimate",
    "explain_plan",
    "least_regret",
    "names",
    "own_plan",
    "read_case",
    "recount",
    "replaced",
    "robustness",
    "sensitivity",
    "simulate",
    "solve",
    "sweep",
    "trace",
    "value",
    "value_of_information",
    "what_varies",
    "write_case",
    "write_explanation",
    "write_results",
]
PUBLIC: dict[str, str]
__version__: str
