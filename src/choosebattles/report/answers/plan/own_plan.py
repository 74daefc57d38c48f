"""The user's own plan beside the one found: what it is worth and breaks, and row by row."""

from choosebattles.report.document import WORKBOOK, Column, Kind, Manner, Section, Sentences, Table
from choosebattles.report.plan_parts.own_plan import OwnRow, OwnWorth, own_sentence
from choosebattles.translation import _


def worth(found: OwnWorth) -> Section:
    """Return every index and the cost of both plans, and what the own plan breaks."""
    titles = (_("Before"), _("Your plan"), _("This plan"), _("Difference"))
    columns = (
        Column(_("Measure"), Kind.NAME, 26),
        Column(_("Unit"), Kind.NAME, 14),
        *(Column(title, Kind.POINTS, 13) for title in titles),
    )
    rows = [
        (row.measure, row.unit, row.before, row.own, row.best, row.own - row.best)
        for row in found.measures
    ]
    kept = Sentences((_("It keeps to the money, the people and the rules."),))
    broken = Sentences(found.breaks, _("What your plan breaks"), Manner.LIST)
    return Section(
        _("Own plan"),
        (Table("OwnPlan", columns, rows, filtered=False), broken if found.breaks else kept),
        leads=(
            _("Both plans counted alike, in the same points; before is with nothing new."),
            found.assumed,
        ),
        answers=_("What is your own plan worth, what does it cost, what does it break?"),
        on=WORKBOOK,
    )


def by_row(rows: tuple[OwnRow, ...]) -> Section:
    """Return where both plans differ, investment by investment."""
    columns = (
        Column(_("Investment"), Kind.NAME, 15),
        Column(_("Title"), Kind.TEXT, 42),
        Column(_("Your option"), Kind.NAME, 15),
        Column(_("Your start"), Kind.YEAR, 10),
        Column(_("This plan's option"), Kind.NAME, 15),
        Column(_("This plan's start"), Kind.YEAR, 11),
        Column(_("Both compared"), Kind.TEXT, 24),
    )
    cells = [
        (
            row.investment,
            row.title,
            row.own,
            row.own_start,
            row.best,
            row.best_start,
            row.verdict,
        )
        for row in rows
    ]
    return Section(
        _("Own plan, by row"),
        (Table("OwnPlanRows", columns, cells, keep=2),),
        leads=(own_sentence(rows),),
        answers=_("Where do your own plan and this one differ?"),
        on=WORKBOOK,
    )
