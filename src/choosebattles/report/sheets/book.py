"""The workbook while it is being written: its pages, and where their tables stand."""

from dataclasses import dataclass, field

from choosebattles.report.sheets.page import Area, Page
from choosebattles.report.story import Answer, Story
from choosebattles.words import _


@dataclass
class Book:
    """What the sheets share.

    ``areas`` are the tables written so far, by the word that names them in code.
    """

    story: Story
    pages: dict[str, Page] = field(default_factory=dict)
    areas: dict[str, Area] = field(default_factory=dict)
    checks: int = 0
    """How many checks were written."""

    @property
    def answer(self) -> Answer:
        """Return what is there when a plan is."""
        assert self.story.answer is not None
        return self.story.answer

    def titled(self, what: str) -> str:
        """Return the title line of a sheet, which says if figures are illustrative."""
        title = f"{self.story.country}: {what}" if self.story.country else what
        if self.story.illustrative:
            return _("{title} (illustrative figures)").format(title=title)
        return title
