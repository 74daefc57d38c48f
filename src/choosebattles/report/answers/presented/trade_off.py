"""A section on what one objective costs the other: the proved frontier."""

from collections.abc import Sequence

from choosebattles.case.plan import Plan
from choosebattles.frontier.points import Frontier
from choosebattles.report.answers.presented.amounts import brief
from choosebattles.report.document import (
    PRESENTED,
    SLIDES,
    TEXT,
    Chart,
    Column,
    Form,
    Kind,
    Manner,
    Role,
    Row,
    Section,
    Sentences,
    Series,
    Table,
)
from choosebattles.report.number_wording import points
from choosebattles.report.plan_parts.frontier import (
    PointRow,
    named,
    own_point,
    point_rows,
    sentences,
)
from choosebattles.report.view_model import Answer, Story
from choosebattles.translation import _

POINTS = 10
"""Points in the table of a slide."""


def trade_off(
    story: Story, answer: Answer, frontier: Frontier, plan: Plan | None
) -> Section | None:
    """Return the frontier of two objectives beside a plan; None where nothing was found."""
    rows = point_rows(frontier)
    if not rows or len(frontier.measures) != 2:
        return None
    across, up = (named(measure) for measure in frontier.measures)
    headline, *others = sentences(frontier, plan)
    prices = (story.money_line,) if story.each_year else ()
    message = _message(across, up, rows, complete=frontier.complete)
    chart = Chart(
        Form.POINTS,
        _("{first} against {second}").format(first=across, second=up),
        up,
        message or headline,
        _series(answer, frontier, rows, plan),
        across=across,
        on=PRESENTED,
    )
    columns = (
        Column(_("Point"), Kind.NAME, 18),
        Column(across, Kind.POINTS, 26),
        Column(up, Kind.POINTS, 26),
        Column(_("Cost, {unit}").format(unit=story.unit), Kind.FIGURES, 30),
    )
    cells: list[Row] = [(f"{row.number}", *row.worth, brief(row.total_cost)) for row in rows]
    note = ""
    if len(cells) > POINTS:
        note = _("{number} more: choosebattles frontier.").format(number=len(cells) - POINTS)
    return Section(
        _("Trade-off"),
        (
            chart,
            Table("SlidePoints", columns, _spread(cells), note=note, on=SLIDES),
            Sentences(
                (*((headline,) if message else ()), *others, *prices), manner=Manner.LIST, on=TEXT
            ),
            Table("PresentedPoints", columns, cells, on=TEXT),
        ),
        title=_("What one objective costs the other"),
        message=message or headline,
        sources=(
            _("Points: choosebattles frontier, sheet Frontier; every one was counted again."),
        ),
        notes=(headline, *others),
        on=PRESENTED if frontier.complete and message else TEXT,
    )


def _series(
    answer: Answer, frontier: Frontier, rows: Sequence[PointRow], plan: Plan | None
) -> tuple[Series, ...]:
    levels = {index.objective: index.after for index in answer.indices}
    across, up = (levels[measure.name] for measure in frontier.measures)
    name = _("plans that no plan beats") if frontier.complete else _("plans found so far")
    series = [
        Series(name, tuple(row.worth[1] for row in rows), tuple(row.worth[0] for row in rows)),
        Series(_("the plan presented here"), (up,), (across,), Role.ALONE),
    ]
    own = own_point(frontier, plan)
    if own is not None:
        series.append(Series(_("own plan"), (own.worth[1],), (own.worth[0],), Role.ALONE))
    return tuple(series)


def _message(across: str, up: str, rows: Sequence[PointRow], *, complete: bool) -> str:
    """Return in a sentence what the most of the first costs the second; nothing for one point."""
    first, last = rows[0].worth, rows[-1].worth
    if len(rows) == 1:
        return ""
    text = _(
        "To raise {across} from {low} to {high}, {up} would have to go down from {most} to {least}."
    )
    if not complete:
        text = _(
            "As far as was searched, plans reach from {across} {low} with {up} {most} to {across} "
            "{high} with {up} {least}."
        )
    return text.format(
        across=across,
        low=points(first[0]),
        high=points(last[0]),
        up=up,
        most=points(first[1]),
        least=points(last[1]),
    )


def _spread(cells: Sequence[Row]) -> Sequence[Row]:
    """Return so many points as a slide has room for, from end to end."""
    if len(cells) <= POINTS:
        return cells
    places = [round(n * (len(cells) - 1) / (POINTS - 1)) for n in range(POINTS)]
    return [cells[n] for n in places]
