"""Sections where there is no plan: that there is none, why, and what can be tried."""

from collections.abc import Iterator

from choosebattles.report.document import (
    PRESENTED,
    Column,
    Kind,
    Manner,
    Section,
    Sentences,
    Table,
)
from choosebattles.report.view_model import Story
from choosebattles.translation import _


def nothing(story: Story) -> Iterator[Section]:
    """Yield that there is no plan, then why and what would make one possible."""
    yield Section(
        _("The answer"),
        (Sentences(story.proof, manner=Manner.LIST),),
        message=story.headline,
        sources=(_("Results workbook, sheet Summary."),),
        on=PRESENTED,
    )
    if not story.conflict and not story.advice:
        return
    message, *rest = story.conflict or (_("Any of these demands may have to give way."),)
    columns = (
        Column(_("What is asked"), Kind.TEXT, 36),
        Column(_("Cell"), Kind.NAME, 16),
        Column(_("Value"), Kind.NAME, 14),
        Column(_("What would be enough"), Kind.TEXT, 34),
    )
    rows = [(row.what, row.cell, row.value, row.repair) for row in story.conflict_rows]
    whole = _("results workbook, sheet Conflict")
    yield Section(
        _("Conflict"),
        (
            Sentences((*rest, *story.advice), manner=Manner.LIST),
            Table("WhyNothingFits", columns, rows, whole=whole),
        ),
        title=_("Why nothing fits, and what can give way"),
        message=message,
        sources=(_("Results workbook, sheet Conflict."),),
        on=PRESENTED,
    )
