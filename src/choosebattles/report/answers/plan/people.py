"""The people that the plan needs: every skill in every year."""

from choosebattles.report.document import (
    WORKBOOK,
    Column,
    Kind,
    Section,
    Table,
)
from choosebattles.report.view_model import Answer
from choosebattles.translation import _


def people(answer: Answer) -> Section:
    """Return every skill in every year."""
    titles = (
        _("Building"),
        _("Running"),
        _("Needed"),
        _("Supply"),
        _("Trained"),
        _("Left"),
    )
    columns = (
        Column(_("Skill"), Kind.NAME, 14),
        Column(_("Title"), Kind.TEXT, 46),
        Column(_("Year"), Kind.YEAR, 8),
        *(Column(title, Kind.PEOPLE, 11) for title in titles),
    )
    rows = [
        (
            row.skill,
            row.title,
            row.year,
            row.building,
            row.running,
            row.needed,
            row.supply,
            row.trained,
            row.left,
        )
        for row in answer.people
    ]
    line = _("People of each skill and year: at work, in the supply, and trained by the plan.")
    return Section(
        _("People"),
        (Table("People", columns, rows, keep=3),),
        leads=(line,),
        answers=_("Are there people enough to build and run it?"),
        on=WORKBOOK,
    )
