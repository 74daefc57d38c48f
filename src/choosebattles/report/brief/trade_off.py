"""A chapter on what one objective costs the other: the proved frontier."""

from collections.abc import Sequence

from choosebattles.case.plan import Plan
from choosebattles.frontier.shape import Frontier
from choosebattles.report.brief.shapes import Chapter, Cloud, Grid, Topic
from choosebattles.report.parts.frontier import PointRow, named, own_point, point_rows, sentences
from choosebattles.report.story import Answer, Story
from choosebattles.report.wording import points, rounded
from choosebattles.words import _

POINTS = 10
"""Points in the table of a slide."""


def trade_off(
    story: Story, answer: Answer, frontier: Frontier, plan: Plan | None
) -> Chapter | None:
    """Return the frontier of two objectives beside a plan; None where nothing was found."""
    rows = point_rows(frontier)
    if not rows or len(frontier.measures) != 2:
        return None
    across, up = (named(each) for each in frontier.measures)
    told = tuple(sentences(frontier, plan))
    prices = (story.money_line,) if story.each_year else ()
    held = {each.objective: each.after for each in answer.indices}
    here = tuple(held[each.name] for each in frontier.measures)
    named_points = _("plans that no plan beats") if frontier.complete else _("plans found so far")
    series = [
        (named_points, tuple((each.worth[0], each.worth[1]) for each in rows)),
        (_("the plan presented here"), ((here[0], here[1]),)),
    ]
    own = own_point(frontier, plan)
    if own is not None:
        series.append((_("own plan"), ((own.worth[0], own.worth[1]),)))
    cells = tuple(
        (
            f"{each.number}",
            *(points(value) for value in each.worth),
            rounded(each.total_cost, story.decimals),
        )
        for each in rows
    )
    heads = (
        _("Point"),
        across,
        up,
        _("Cost, {unit}").format(unit=story.unit),
    )
    widths, right = (0.18, 0.26, 0.26, 0.30), frozenset({1, 2, 3})
    more = ""
    if len(cells) > POINTS:
        more = _("{number} more: choosebattles frontier.").format(number=len(cells) - POINTS)
    message = _message(across, up, rows, complete=frontier.complete)
    return Chapter(
        Topic.TRADE_OFF,
        _("What one objective costs the other"),
        message or told[0],
        (*(told if message else told[1:]), *prices),
        short=Grid(heads, _spread(cells), widths, right, more=more),
        whole=Grid(heads, cells, widths, right),
        picture=Cloud(
            _("{first} against {second}").format(first=across, second=up),
            across,
            up,
            tuple(series),
            message or told[0],
        ),
        sources=(
            _("Points: choosebattles frontier, sheet Frontier; every one was counted again."),
            *told[1:3],
        ),
    )


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


def _spread(cells: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    """Return so many points as a slide has room for, from end to end."""
    if len(cells) <= POINTS:
        return cells
    places = [round(n * (len(cells) - 1) / (POINTS - 1)) for n in range(POINTS)]
    return tuple(cells[n] for n in places)
