"""What a benchmark found, as one row of the table of ``docs/performance.md``."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One goal and what was measured.

    ``met`` says whether what must be was reached, ``None`` where nothing must be.
    """

    goal: str
    must: str
    moonshot: str
    measured: str
    how: str
    met: bool | None

    def row(self) -> str:
        """Return the row of a table in Markdown."""
        told = {True: "yes", False: "no", None: ""}[self.met]
        cells = (self.goal, self.must, self.moonshot, self.measured, told, self.how)
        return f"| {' | '.join(cells)} |"


HEAD = """| goal | must | moonshot | measured | met | how |
|---|---|---|---|---|---|"""
