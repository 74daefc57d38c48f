"""How a run ends whose answer is one search."""

from choosebattles.run.ending import End
from choosebattles.solving.outcome import Stop

ENDS = {
    Stop.OPTIMAL: End.DONE,
    Stop.GAP: End.DONE,
    Stop.INFEASIBLE: End.NO_PLAN,
    Stop.TIME_LIMIT: End.STOPPED,
    Stop.INTERRUPTED: End.STOPPED,
    Stop.FAILED: End.STOPPED,
}
"""How a run ends whose answer is one search, by why that stopped."""
