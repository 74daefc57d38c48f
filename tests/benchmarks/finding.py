"""What a benchmark found, as one row of the table of ``docs/performance.md``."""

from dataclasses import dataclass


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

    def row(self) -> str:
        """Return the row of a table in Markdown; of what was not measured, a line of a list."""
        if not self.measured:
            return f"- {self.goal} (must {self.must}, at best {self.moonshot}): {self.how}."
        told = {True: "yes", False: "no", None: ""}[self.met]
        cells = (self.goal, self.must, self.moonshot, self.measured, told, self.how)
        return f"| {' | '.join(cells)} |"


HEAD = """| goal | must | moonshot | measured | met | how |
|---|---|---|---|---|---|"""
