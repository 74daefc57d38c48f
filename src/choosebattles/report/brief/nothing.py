"""Chapters where there is no plan: that there is none, why, and what can be tried."""

from collections.abc import Iterator

from choosebattles.report.brief.shapes import Chapter, Grid, Topic
from choosebattles.report.story import Story
from choosebattles.words import _

ROWS = 7
"""Demands on a slide."""


def nothing(story: Story) -> Iterator[Chapter]:
    """Yield that there is no plan, then why and what would make one possible."""
    yield Chapter(
        Topic.DECISION,
        _("The answer"),
        story.headline,
        (*story.doubted, *story.proof, *story.notes),
        sources=(_("Results workbook, sheet Summary."),),
    )
    if not story.conflict and not story.advice:
        return
    message, *rest = story.conflict or (_("Any of these demands may have to give way."),)
    rows = tuple((each.what, each.cell, each.value, each.repair) for each in story.conflict_rows)
    heads = (_("What is asked"), _("Cell"), _("Value"), _("What would be enough"))
    widths = (0.36, 0.16, 0.14, 0.34)
    more = ""
    if len(rows) > ROWS:
        text = _("{number} more: results workbook, sheet Conflict.")
        more = text.format(number=len(rows) - ROWS)
    yield Chapter(
        Topic.CONFLICT,
        _("Why nothing fits, and what can give way"),
        message,
        (*rest, *story.advice),
        short=Grid(heads, rows[:ROWS], widths, more=more) if rows else None,
        whole=Grid(heads, rows, widths) if rows else None,
        sources=(_("Results workbook, sheet Conflict."),),
    )
