from choosebattles.audit.recount import Recount as Recount
from choosebattles.audit.recount import recount as recount
from choosebattles.case.case import Case as Case
from choosebattles.case.plan import Plan as Plan
from choosebattles.errors import AuditError as AuditError
from choosebattles.errors import ChooseBattlesError as ChooseBattlesError
from choosebattles.errors import Fault as Fault
from choosebattles.errors import InputError as InputError
from choosebattles.errors import OutputError as OutputError
from choosebattles.errors import SolverError as SolverError
from choosebattles.explain.alternatives import alternatives as alternatives
from choosebattles.explain.own_plan import own_plan as own_plan
from choosebattles.frontier.shape import Frontier as Frontier
from choosebattles.frontier.trace import trace as trace
from choosebattles.report.xlsx import write_results as write_results
from choosebattles.solving.method import solve as solve
from choosebattles.solving.options import Options as Options
from choosebattles.solving.outcome import Outcome as Outcome
from choosebattles.solving.outcome import Stop as Stop
from choosebattles.uncertainty.design import Axis as Axis
from choosebattles.uncertainty.design import SweepPlan as SweepPlan
from choosebattles.uncertainty.sweep import StudyOptions as StudyOptions
from choosebattles.uncertainty.sweep import Sweep as Sweep
from choosebattles.uncertainty.sweep import sweep as sweep
from choosebattles.workbook.reader import read_case as read_case

__all__ = [
    "AuditError",
    "Axis",
    "Case",
    "ChooseBattlesError",
    "Fault",
    "Frontier",
    "InputError",
    "Options",
    "Outcome",
    "OutputError",
    "Plan",
    "Recount",
    "SolverError",
    "Stop",
    "StudyOptions",
    "Sweep",
    "SweepPlan",
    "alternatives",
    "own_plan",
    "read_case",
    "recount",
    "solve",
    "sweep",
    "trace",
    "write_results",
]
PUBLIC: dict[str, str]
__version__: str
