"""What a benchmark found, as one row of the table of ``docs/performance.md``."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.clock import ratio


@dataclass(frozen=True)
class Finding:
    """One goal and what was measured.

    ``met`` says whether what must be was reached, ``None`` where nothing must be. Where nothing
    was measured, ``measured`` is empty and ``how`` says why.
    """

    goal: str
    must: str
    moonshot: str
    measured: str
    how: str
    met: bool | None

    @classmethod
    def missing(cls, goal: str, must: str, moonshot: str, why: str) -> "Finding":
        """Return a goal that was not measured, and why."""
        return cls(goal, must, moonshot, "", why, None)

    @classmethod
    def faster(
        cls, goal: str, must: float, moonshot: float, times: Sequence[float], how: str
    ) -> "Finding":
        """Return how many times as fast as its peer the product is; its median must reach."""
        met = statistics.median(times) >= must
        return cls(goal, f"{must:g}x", f"{moonshot:g}x", ratio(times), how, met)

    @classmethod
    def within(cls, goal: str, must: float, moonshot: float, seconds: float, how: str) -> "Finding":
        """Return the CPU seconds that something took."""
        measured = f"{seconds:.3g} s CPU"
        return cls(goal, f"{must:g} s", f"{moonshot:g} s", measured, how, seconds <= must)

    def row(self) -> str:
        """Return the row of a table in Markdown; of what was not measured, a line of a list."""
        if not self.measured:
            return f"- {self.goal} (must {self.must}, at best {self.moonshot}): {self.how}."
        answer = {True: "yes", False: "no", None: ""}[self.met]
        cells = (self.goal, self.must, self.moonshot, self.measured, answer, self.how)
        return f"| {' | '.join(cells)} |"


HEAD = """| goal | must | moonshot | measured | met | how |
|---|---|---|---|---|---|"""
