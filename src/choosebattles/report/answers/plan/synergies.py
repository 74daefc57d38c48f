"""The synergies that the plan reaches."""

from choosebattles.report.document import (
    WORKBOOK,
    Column,
    Kind,
    Section,
    Table,
)
from choosebattles.report.view_model import Answer
from choosebattles.translation import _


def synergies(answer: Answer) -> Section:
    """Return the synergies that are reached."""
    columns = (
        Column(_("Rule"), Kind.NAME, 14),
        Column(_("Investments"), Kind.TEXT, 70),
        Column(_("Years"), Kind.NAME, 16),
    )
    rows = [(row.rule, row.members, row.years) for row in answer.synergies]
    return Section(
        _("Synergies"),
        (Table("Synergies", columns, rows),),
        leads=(_("Synergies that the plan reaches, and when."),),
        answers=_("Which synergies does the plan reach?"),
        on=WORKBOOK,
    )
