"""What the answer rests on: what was read, what scores mean, where figures come from."""

from choosebattles.report.document import WORKBOOK, Column, Kind, Row, Section, Table
from choosebattles.report.view_model import Story
from choosebattles.translation import _

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
    lead = _("What was read and how it was solved: with the same files, the same answer.")
    return _sheet(
        _("Inputs"),
        Table("Inputs", columns, rows),
        lead,
        _("What was read, and how was it solved?"),
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
    lead = _("Weights are those within an objective, with a sum of 100 %.")
    return _sheet(
        _("Criteria"), Table("Criteria", columns, rows), lead, _("What do the scores mean?")
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
    lead = _("Grades: A official figure, B published estimate, C expert judgement, D illustrative.")
    return _sheet(
        _("Sources"), Table("Sources", columns, rows), lead, _("Where do the figures come from?")
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
    lead = _("Demands with the same number cannot all hold together.")
    return _sheet(
        _("Conflict"),
        Table("Conflict", columns, rows),
        lead,
        _("What cannot all hold, and what would make a plan possible?"),
    )


def _sheet(name: str, table: Table, lead: str, question: str) -> Section:
    return Section(name, (table,), leads=(lead,), answers=question, on=WORKBOOK)
