"""How a run ends whose answer is one search."""

from choosebattles.run.exit_code import ExitCode
from choosebattles.solving.outcome import Stop

EXIT_CODE_OF_STOP = {
    Stop.OPTIMAL: ExitCode.DONE,
    Stop.GAP: ExitCode.DONE,
    Stop.INFEASIBLE: ExitCode.NO_PLAN,
    Stop.TIME_LIMIT: ExitCode.STOPPED,
    Stop.WORK_LIMIT: ExitCode.STOPPED,
    Stop.INTERRUPTED: ExitCode.STOPPED,
    Stop.FAILED: ExitCode.STOPPED,
}
"""How a run ends whose answer is one search, by why that stopped."""
