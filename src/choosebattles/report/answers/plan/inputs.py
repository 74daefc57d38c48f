"""What the answer rests on: what was read, what scores mean, where figures come from."""

from choosebattles.report.document import WORKBOOK, Column, Kind, Row, Section, Table
from choosebattles.report.story import Story
from choosebattles.words import _

SCALE = 0
"""Row of the points that make an index of 100."""


def inputs(story: Story) -> Section:
    """Return files, settings, control totals, solver, doubts, notices and notes."""
    rows: list[Row] = [(row.kind, row.name, row.value) for row in story.inputs]
    if story.answer is not None:
        scale = story.answer.scale
        rows.insert(SCALE, (_("Scale"), _("Points that make an index of 100"), scale))
    columns = (
        Column(_("Kind"), Kind.NAME, 16),
        Column(_("Name"), Kind.TEXT, 36),
        Column(_("Value"), Kind.TEXT, 84),
    )
    return Section(
        _("Inputs"),
        (Table("Inputs", columns, rows),),
        leads=(_("What was read and how it was solved: with the same files, the same answer."),),
        answers=_("What was read, and how was it solved?"),
        on=WORKBOOK,
    )


def criteria(story: Story) -> Section:
    """Return every criterion with its weight and what its scores mean."""
    columns = (
        Column(_("Criterion"), Kind.NAME, 16),
        Column(_("Title"), Kind.TEXT, 28),
        Column(_("Objective"), Kind.NAME, 14),
        Column(_("Weight"), Kind.SHARE, 9),
        Column(_("0 means"), Kind.TEXT, 30),
        Column(_("50 means"), Kind.TEXT, 30),
        Column(_("100 means"), Kind.TEXT, 30),
    )
    rows = [
        (
            row.id,
            row.title,
            row.objective,
            row.weight,
            row.anchor_0,
            row.anchor_50,
            row.anchor_100,
        )
        for row in story.criteria
    ]
    return Section(
        _("Criteria"),
        (Table("Criteria", columns, rows),),
        leads=(_("Weights are those within an objective, with a sum of 100 %."),),
        answers=_("What do the scores mean?"),
        on=WORKBOOK,
    )


def sources(story: Story) -> Section:
    """Return where figures come from."""
    columns = (
        Column(_("Source"), Kind.NAME, 14),
        Column(_("Text"), Kind.TEXT, 60),
        Column(_("Link"), Kind.TEXT, 50),
        Column(_("Year"), Kind.NAME, 8),
        Column(_("Grade"), Kind.NAME, 8),
    )
    rows = [(row.id, row.text, row.link, row.year, row.grade) for row in story.sources]
    return Section(
        _("Sources"),
        (Table("Sources", columns, rows),),
        leads=(
            _(
                "Grades: A official figure, B published estimate, C expert judgement, D illustrative."
            ),
        ),
        answers=_("Where do the figures come from?"),
        on=WORKBOOK,
    )


def conflict(story: Story) -> Section:
    """Return every demand of every conflict, with the change that would do."""
    columns = (
        Column(_("Conflict"), Kind.COUNT, 9),
        Column(_("What"), Kind.TEXT, 60),
        Column(_("Cell"), Kind.NAME, 20),
        Column(_("Value"), Kind.NAME, 14),
        Column(_("What would do"), Kind.TEXT, 60),
    )
    rows = [(row.number, row.what, row.cell, row.value, row.repair) for row in story.conflict_rows]
    return Section(
        _("Conflict"),
        (Table("Conflict", columns, rows),),
        leads=(_("Demands with the same number cannot all hold together."),),
        answers=_("What cannot all hold, and what would make a plan possible?"),
        on=WORKBOOK,
    )
