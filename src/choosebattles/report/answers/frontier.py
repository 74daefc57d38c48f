"""A frontier as a document and as JSON: its points, what changes between them, which options stay."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from choosebattles.case.plan import Choice
from choosebattles.case.units import Id
from choosebattles.errors import AuditError
from choosebattles.frontier.points import Frontier, Point
from choosebattles.frontier.traded_measure import TradedMeasure
from choosebattles.report.document import (
    FILES,
    SCREEN,
    WORKBOOK,
    Block,
    Cell,
    Chart,
    Column,
    Decimals,
    Document,
    Form,
    Kind,
    Numbers,
    Role,
    Row,
    Section,
    Sentences,
    Series,
    Table,
)
from choosebattles.report.json import SCHEMA, choices_as_json
from choosebattles.report.number_wording import decimals, millions_alike, plain, points
from choosebattles.report.plan_parts.amount_headings import each_year, unit_each_year
from choosebattles.report.plan_parts.evidence import is_illustrative
from choosebattles.report.plan_parts.frontier import (
    ChangeRow,
    PointRow,
    amount,
    change_rows,
    named,
    own_point,
    point_rows,
    sentences,
    step_sentences,
)
from choosebattles.report.plan_parts.two_plans import starts_moved
from choosebattles.spelling import short_title
from choosebattles.translation import _, listed, several

BANDS = 4
"""Bands of the third measure in the chart, at most."""


def document(found: Frontier) -> Document:
    """Return what is said of a frontier.

    Parameters
    ----------
    found
        What was traced; it may have no points.

    Raises
    ------
    AuditError
        If the recount has not confirmed a plan.
    """
    if not all(point.recount.passed for point in found.points):
        raise AuditError(_("A plan breaks what it must keep, so nothing was written."))
    headline, *others = sentences(found)
    return Document(
        _title(found),
        (_on_screen(found), *_sections(found)),
        country=found.case.country,
        illustrative=is_illustrative(found.case),
        headline=headline,
        proof=others[0] if others else "",
        decimals=Decimals(decimals(plain(point.recount.total_cost) for point in found.points)),
    )


def _title(found: Frontier) -> str:
    names = [named(measure) for measure in found.measures]
    return _("Trade-off: {names}").format(names=_(" against ").join(names))


def _is_flat(found: Frontier) -> bool:
    """Say whether two measures are traded off, so that points lie one after the other."""
    return len(found.measures) == 2


def _sections(found: Frontier) -> Iterator[Section]:
    yield _points(found)
    yield _changes(found) if _is_flat(found) else _options(found)
    if any(point.plans for point in found.points):
        yield _plans(found)


# --- screen -------------------------------------------------------------------------------------


def _on_screen(found: Frontier) -> Section:
    first, *others = sentences(found)
    blocks: list[Block] = [Sentences((first,))]
    if found.points:
        blocks.append(_points_briefly(found))
    blocks.append(Sentences((*_plan_lines(found), *others)))
    return Section("", tuple(blocks), on=SCREEN)


def _points_briefly(found: Frontier) -> Table:
    """Return the points as a table of the screen; what changes stands last: it may be long."""
    case, points_ = found.case, point_rows(found)
    with_cost, gains = not found.trades_cost, any(row.gain for row in points_)
    columns = (
        Column(_("point"), Kind.NAME),
        *(Column(named(measure), Kind.FIGURES) for measure in found.measures),
        *([Column(f"{_('cost')}{each_year(case)}", Kind.FIGURES)] if with_cost else []),
        *([Column(_("points per further million"), Kind.FIGURES)] if gains else []),
        Column(_("best for some weights"), Kind.FIGURES),
        *([Column(_("what changes from the point before"), Kind.TEXT)] if _is_flat(found) else []),
    )
    costs = millions_alike(case, [row.total_cost for row in points_])
    changes = ["", *(_change(row) for row in change_rows(found))]
    rows = [
        (
            str(row.number),
            *(
                amount(case, measure, value, 2)
                for measure, value in zip(found.measures, row.worth, strict=True)
            ),
            *([cost] if with_cost else []),
            *(["" if row.gain is None else points(row.gain, 2)] if gains else []),
            _("yes") if row.supported else _("no"),
            *([change] if _is_flat(found) else []),
        )
        for row, cost, change in zip(points_, costs, changes, strict=True)
    ]
    return Table("", columns, rows)


def _change(row: ChangeRow) -> str:
    parts = []
    if row.enters:
        parts.append(_("enters: {options}").format(options=row.entering))
    if row.leaves:
        parts.append(_("leaves: {options}").format(options=", ".join(row.leaves)))
    if row.moves:
        parts.append(_("moves: {options}").format(options=starts_moved(row.moves)))
    return "; ".join(parts)


def _plan_lines(found: Frontier) -> Iterator[str]:
    for number, point in enumerate(found.points, 1):
        if point.plans:
            known = _("all of them: proved") if point.all_plans else _("there may be more")
            text = _("Point {number}, sets of options ({known}):")
            yield text.format(number=number, known=known)
            for choices in point.plans:
                yield f"  {_taken(choices)}"


def _taken(choices: Iterable[Choice]) -> str:
    return ", ".join(sorted(choice.option for choice in choices))


# --- files --------------------------------------------------------------------------------------


def _points(found: Frontier) -> Section:
    texts = list(sentences(found))
    rows = point_rows(found)
    blocks: tuple[Block, ...] = ()
    if rows:
        table = Table("Frontier", _columns(found), [_cells(found, row) for row in rows])
        blocks = (table, Sentences((*texts[2:], *_notes(found))), _chart(found, rows, texts[0]))
    return Section(
        _("Frontier"),
        blocks,
        title=_title(found),
        leads=tuple(texts[:2]),
        message=texts[0],
        on=FILES,
    )


def _columns(found: Frontier) -> tuple[Column, ...]:
    gains = found.trades_cost and _is_flat(found)
    return (
        Column(_("Point"), Kind.COUNT, 8),
        *(Column(_heading(measure), _kind(measure), 13) for measure in found.measures),
        *([] if found.trades_cost else [Column(_("Total cost"), Kind.MONEY, 13)]),
        Column(_("Best for some weights"), Kind.TEXT, 16),
        *([Column(_("Offers the most"), Kind.TEXT, 11)] if _is_flat(found) else []),
        *([Column(_("Points per further million"), Kind.POINTS, 13)] if gains else []),
        Column(_("Options"), Kind.TEXT, 70),
    )


def _cells(found: Frontier, row: PointRow) -> list[Cell]:
    gains = found.trades_cost and _is_flat(found)
    return [
        row.number,
        *row.worth,
        *([] if found.trades_cost else [row.total_cost]),
        _("yes") if row.supported else _("no"),
        *([_("yes") if row.knee else None] if _is_flat(found) else []),
        *([row.gain] if gains else []),
        ", ".join(row.options),
    ]


def _notes(found: Frontier) -> Iterator[str]:
    yield _(
        "Best for some weights: there are weights under which no other point listed is better (a "
        "supported point). Money in {unit}."
    ).format(unit=unit_each_year(found.case))
    if _is_flat(found):
        yield _("In the chart: circles are best for some weights, light squares for none.")
    else:
        third = named(found.measures[2])
        yield _("In the chart: marks differ by the band of {third}.").format(third=third)


def _heading(measure: TradedMeasure) -> str:
    if measure.is_cost:
        return _("Total cost")
    if measure.index:
        return _("Index: {objective}").format(objective=measure.name)
    return _("Objective (weighted sum)")


def _kind(measure: TradedMeasure) -> Kind:
    return Kind.MONEY if measure.is_cost else Kind.POINTS


def _axis(found: Frontier, measure: TradedMeasure) -> str:
    if not measure.is_cost:
        return _heading(measure)
    return _("Total cost, {unit}").format(unit=unit_each_year(found.case))


def _chart(found: Frontier, rows: Sequence[PointRow], says: str) -> Chart:
    """Return the points, with the own plan beside them, drawn from cells of their own.

    They are no cells of the table, so that sorting or filtering leaves the chart as it is. The
    cost never stands upwards.
    """
    up = 0 if found.measures[1].is_cost else 1
    across = tuple(row.worth[1 - up] for row in rows)
    heights = tuple(row.worth[up] for row in rows)
    marked = _by_weights(found, rows, up) if _is_flat(found) else _by_band(found, rows, up)
    series = [Series(name, numbers, across, role) for name, numbers, role in marked]
    if _is_flat(found):
        series.insert(0, Series(_heading(found.measures[up]), heights, across, Role.JOINED))
    own = own_point(found)
    if own is not None:
        place = (own.worth[up],), (own.worth[1 - up],)
        series.append(Series(_("Own plan"), *place, Role.ALONE))
    return Chart(
        Form.POINTS,
        _title(found),
        _axis(found, found.measures[up]),
        says,
        tuple(series),
        across=_axis(found, found.measures[1 - up]),
        number="0.0",
        size=(720, 420),
    )


Marked = tuple[str, Numbers, Role]
"""A series of points that share a mark: its name, how high each lies, what it is."""


def _by_weights(found: Frontier, rows: Sequence[PointRow], up: int) -> Iterator[Marked]:
    index = _heading(found.measures[up])
    titles = {
        True: (_("{index}, best for some weights").format(index=index), Role.MAIN),
        False: (_("{index}, best for none").format(index=index), Role.LIGHT),
    }
    for supported, (title, role) in titles.items():
        heights = (row.worth[up] if row.supported is supported else None for row in rows)
        yield title, tuple(heights), role


def _by_band(found: Frontier, rows: Sequence[PointRow], up: int) -> Iterator[Marked]:
    """Yield the points of each band of the third measure; the bands are equally wide."""
    third = [row.worth[2] for row in rows]
    low, high = min(third), max(third)
    number = min(BANDS, len({*third}))
    edges = [low + (high - low) * band / number for band in range(number)] + [high]
    for band, (start, stop) in enumerate(pairwise(edges), 1):
        digits = 1 if stop < 100 else 0
        title = _("{name} {low} to {high}").format(
            name=named(found.measures[2]), low=points(start, digits), high=points(stop, digits)
        )
        heights = (
            row.worth[up]
            if start <= row.worth[2] and (row.worth[2] < stop or band == number)
            else None
            for row in rows
        )
        yield title, tuple(heights), Role.MAIN


def _changes(found: Frontier) -> Section:
    changes = change_rows(found)
    columns = (
        Column(_("To point"), Kind.COUNT, 10),
        *(
            Column(_("Change: {objective}").format(objective=named(measure)), _kind(measure), 13)
            for measure in found.measures
        ),
        *([] if found.trades_cost else [Column(_("Change of cost"), Kind.MONEY, 12)]),
        Column(_("Kind"), Kind.TEXT, 26),
        Column(_("Enters"), Kind.TEXT, 40),
        Column(_("Leaves"), Kind.TEXT, 40),
        Column(_("Starts in another year"), Kind.TEXT, 34),
    )
    rows: list[Row] = [
        (
            row.number,
            *row.worth,
            *([] if found.trades_cost else [row.cost]),
            row.words,
            row.entering,
            ", ".join(row.leaves),
            starts_moved(row.moves),
        )
        for row in changes
    ]
    return Section(
        _("What changes"),
        (Table("Changes", columns, rows),),
        title=_("What changes from point to point"),
        leads=(_("Each row says how the plan of a point differs from that of the point before."),),
        message=next(step_sentences(changes), ""),
        on=FILES if rows else WORKBOOK,
    )


def _options(found: Frontier) -> Section:
    total = len(found.points)
    counts = option_counts(found)
    always = [name for name, number in counts if number == total]
    message = _("No option is in all plans listed.")
    if always:
        text = several(
            "{options} is in all plans listed.", "{options} are in all plans listed.", len(always)
        )
        message = text.format(options=listed(always))
    columns = (
        Column(_("Option"), Kind.NAME, 14),
        Column(_("What it is"), Kind.TEXT, 50),
        Column(_("Points"), Kind.COUNT, 10),
        Column(_("Of all"), Kind.COUNT, 10),
    )
    rows = [
        (name, short_title(found.case.options[name].title), number, total)
        for name, number in counts
    ]
    return Section(
        _("Options"),
        (Table("Options", columns, rows if total else ()),),
        title=_("Options of the points"),
        leads=(_("In how many of the points each option is taken, by the plan listed for each."),),
        message=message if total else "",
        on=FILES if total else WORKBOOK,
    )


def option_counts(found: Frontier) -> list[tuple[Id, int]]:
    """Return in how many of the points each option is taken, the most first."""
    counts = dict.fromkeys(found.case.options, 0)
    for point in found.points:
        for name in point.plan.taken:
            counts[name] += 1
    return sorted(counts.items(), key=lambda pair: -pair[1])


def _plans(found: Frontier) -> Section:
    columns = (
        Column(_("Point"), Kind.COUNT, 8),
        Column(_("Plan"), Kind.COUNT, 8),
        Column(_("All listed"), Kind.TEXT, 22),
        Column(_("Options"), Kind.TEXT, 100),
    )
    rows = [
        (
            number,
            place,
            _("yes: proved") if point.all_plans else _("there may be more"),
            _taken(choices),
        )
        for number, point in enumerate(found.points, 1)
        for place, choices in enumerate(point.plans, 1)
    ]
    every = all(point.all_plans for point in found.points)
    return Section(
        _("All plans"),
        (Table("Plans", columns, rows),),
        title=_("All plans of each point"),
        leads=(_("Every set of options that reaches a point, one row each; the cheapest first."),),
        message=_("Every set of options that reaches a point is listed: proved.") if every else "",
        on=FILES,
    )


# --- JSON ---------------------------------------------------------------------------------------


def as_json(found: Frontier) -> dict[str, Any]:
    """Return a frontier as a tree of plain values; money in millions, unrounded.

    What was traded off is said where it is not two objectives; all plans of a point where they
    were asked for.
    """
    special = len(found.measures) > 2 or any(not measure.index for measure in found.measures)
    return {
        "schema": SCHEMA,
        "complete": found.complete,
        "resolution": found.resolution,
        **({"measures": list(found.objectives)} if special else {}),
        **({"cost_resolution": found.cost_resolution} if found.trades_cost else {}),
        "points": [
            {
                "indices": {
                    name: float(index) for name, index in point.recount.after.indices.items()
                },
                **({"objective": float(point.recount.after.value)} if special else {}),
                "total_cost": float(point.recount.total_cost),
                "supported": point.supported,
                "chosen": choices_as_json(point.plan.choices),
                **_plans_as_json(point),
            }
            for point in found.points
        ],
    }


def _plans_as_json(point: Point) -> dict[str, Any]:
    if not point.plans:
        return {}
    return {
        "plans": [choices_as_json(choices) for choices in point.plans],
        "all_plans": point.all_plans,
    }
