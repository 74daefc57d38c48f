"""Which figure to research first: what it is worth to know it before deciding."""

from collections.abc import Iterator
from typing import Any

from choosebattles.report.answers.simulation.causes import known_name
from choosebattles.report.answers.simulation.sentences import named
from choosebattles.report.document import (
    FILES,
    Block,
    Cells,
    Chart,
    Column,
    Form,
    Kind,
    Row,
    Section,
    Sentences,
    Series,
    Table,
)
from choosebattles.report.number_wording import (
    millions,
    money_digits,
    points,
    points_above,
    rounded_down,
    rounded_up,
)
from choosebattles.translation import _, listed, several
from choosebattles.uncertainty.draw import WEIGHTS
from choosebattles.uncertainty.gain_in_money import GainInMoney
from choosebattles.uncertainty.information_value import (
    POINTLESS,
    InformationValue,
    Interval,
    Observed,
    ValueOfInformation,
)
from choosebattles.uncertainty.simulate import Simulation

NAMED = 3
"""Figures that a sentence names."""

PER_FIGURE = 10
"""Draws for each figure below which the figures named may stand out by chance."""

BRIEF = 8
"""Rows on the screen."""

ROWS = 30
"""Rows in files, of inputs and of groups."""

BARS = 10
"""Bars of the chart."""


def information_name(value: InformationValue) -> str:
    """Return what may be found out, as its user would say it."""
    match value.kind:
        case Observed.QUANTITY:
            return _("every {quantity}").format(quantity=value.name)
        case Observed.OWNER:
            return _("all of {id}").format(id=value.name)
        case _:
            return known_name(value.name)


def worth_it(values: tuple[InformationValue, ...]) -> list[InformationValue]:
    """Return what is worth finding out at all, that which is worth most first."""
    return [value for value in values if value.points[1] >= POINTLESS]


def information_sentences(found: Simulation, worth: ValueOfInformation) -> Iterator[str]:
    """Yield which figure to find out first, and how far that is known."""
    if worth.everything is None:
        return
    yield _gain(worth.everything)
    if worth.everything[1] >= POINTLESS:
        yield from _first(worth)
    if worth.money is not None:
        yield from _in_money(found, worth.money)
    yield _average(found, worth)
    yield _lower(worth)


def _gain(everything: Interval) -> str:
    low, gained, high = everything
    if gained < POINTLESS:
        return _(
            "Knowing every figure before deciding would gain nothing: of the plans compared, one is "
            "best, or as good as the best, however they turn out."
        )
    return _(
        "Knowing every figure before deciding would gain {gained} points on average ({low} to {high})."
    ).format(gained=points(gained, 2), low=points(low, 2), high=points(high, 2))


def _first(worth: ValueOfInformation) -> Iterator[str]:
    """Yield which figures to find out first; weights are agreed on, not found out."""
    useful = worth_it(worth.inputs)
    first = [value for value in useful if value.name != WEIGHTS][:NAMED]
    names = [
        _("{name} ({points} points)").format(
            name=information_name(value), points=points(value.points[1], 2)
        )
        for value in first
    ]
    if first:
        yield _("Find out first: {names}.").format(names=listed(names))
        if worth.draws < PER_FIGURE * len(worth.inputs):
            text = _(
                "Of {figures} figures in {draws} draws some stand out by chance: look again with more "
                "--draws before a study is paid for."
            )
            yield text.format(figures=len(worth.inputs), draws=worth.draws)
    else:
        yield _("No single figure changes the choice often enough to be worth finding out alone.")
    for value in useful:
        if value.name == WEIGHTS:
            text = _("Agreeing on the weights of the objectives first gains {points} points.")
            yield text.format(points=points(value.points[1], 2))


def _in_money(found: Simulation, money: GainInMoney) -> Iterator[str]:
    """Yield how much money would gain as much, where anything is proved of it."""
    low, high = (
        None if amount is None else millions(found.case, outwards(amount, money_digits(amount)))
        for amount, outwards in (
            (float(money.low) or None, rounded_down),
            (None if money.high is None else float(money.high), rounded_up),
        )
    )
    if low is not None and high is not None:
        text = _("{low} to {high} a year more in {fund} would gain as much as knowing everything.")
    elif high is not None:
        text = _("{high} a year more in {fund}, or less, would gain as much as knowing everything.")
    elif low is not None:
        text = _("Even {low} a year more in {fund} would gain less than knowing everything.")
    else:
        return
    yield text.format(low=low, high=high, fund=money.fund)


def _average(found: Simulation, worth: ValueOfInformation) -> str:
    if worth.base is None:
        text = _("Without knowing more, doing nothing is best on average: {points} points.")
        return text.format(points=points(worth.mean, 2))
    name = named(found, worth.base)
    return _(
        "Without knowing more, {plan} is best on average: {points} points, a draw in which it cannot "
        "be carried out counted as doing nothing."
    ).format(plan=name, points=points(worth.mean, 2))


def _lower(worth: ValueOfInformation) -> str:
    compared = several(
        "These are lower estimates from {plans} plan in {draws:,} draws",
        "These are lower estimates from {plans} plans in {draws:,} draws",
        worth.plans,
    ).format(plans=worth.plans, draws=worth.draws)
    if worth.at_most is None:
        return _("{compared}; from and to hold 19 times out of 20.").format(compared=compared)
    return _(
        "{compared}; from and to hold 19 times out of 20. Whichever plans there are, no knowledge "
        "gains more than {most} points."
    ).format(compared=compared, most=points_above(worth.at_most))


def on_screen(worth: ValueOfInformation) -> Table:
    """Return the few rows that the terminal shows."""
    columns = (
        Column(_("worth finding out"), Kind.NAME),
        Column(_("gains points"), Kind.FIGURES),
        Column(_("from"), Kind.FIGURES),
        Column(_("to"), Kind.FIGURES),
    )
    chosen = [*worth_it(worth.inputs)[:BRIEF], *worth_it(worth.groups)[:NAMED]]
    rows = []
    for value in chosen:
        low, gained, high = (points(end, 2) for end in value.points)
        rows.append((information_name(value), gained, low, high))
    return Table("", columns, rows)


def section(found: Simulation, worth: ValueOfInformation) -> Section:
    """Return what is worth finding out, single figures first and then what goes together."""
    texts = tuple(information_sentences(found, worth))
    columns = (
        Column(_("What is found out"), Kind.NAME, 34),
        Column(_("Figures"), Kind.COUNT, 9),
        Column(_("Gains points"), Kind.NUMBER, 12),
        Column(_("From"), Kind.NUMBER, 10),
        Column(_("To"), Kind.NUMBER, 10),
    )
    everything = [] if worth.everything is None else [_row(_("everything"), None, worth.everything)]
    rows: list[Row] = [
        *everything,
        *(
            _row(information_name(value), len(value.inputs), value.points)
            for values in (worth.inputs, worth.groups)
            for value in [some for some in values if some.points[2] >= POINTLESS][:ROWS]
        ),
    ]
    blocks: list[Block] = [Sentences(texts), Table("Information", columns, rows)]
    return Section(
        _("Worth finding out"),
        (*blocks, *_chart(worth)),
        title=_("Which figure to research first"),
        leads=(
            _(
                "Points that the decision gains on average if the figure is known before it is taken. "
                "A figure on which no choice depends gains nothing, however uncertain it is."
            ),
        ),
        message=" ".join(texts[:2]),
        on=FILES,
    )


def _row(name: str, figures: int | None, interval: Interval) -> Row:
    low, gained, high = (round(end, 3) for end in interval)
    return name, figures, gained, low, high


def _chart(worth: ValueOfInformation) -> Iterator[Block]:
    """Yield the figures that are worth most as bars."""
    count = len(worth_it(worth.inputs)[:BARS])
    if count < 2:
        return
    title = _("Which figure to research first")
    yield Chart(
        Form.BARS,
        title,
        _("points gained"),
        title,
        (Series(gain := _("Gains points"), Cells("Information", gain, 1, count)),),
        categories=Cells("Information", _("What is found out"), 1, count),
        size=(560, 130 + 22 * count),
    )


def information_as_json(found: Simulation, worth: ValueOfInformation) -> dict[str, Any]:
    """Return the same as a tree of plain values; points, unrounded."""
    return {
        "draws": worth.draws,
        "plans": worth.plans,
        "best_on_average": {
            "plan": None if worth.base is None else named(found, worth.base),
            "objective": worth.mean,
        },
        "everything": _points_as_json(worth.everything),
        "no_more_than": worth.at_most,
        "in_money": None if worth.money is None else _money_as_json(worth.money),
        "inputs": [_as_json(value) for value in worth.inputs],
        "groups": [_as_json(value) for value in worth.groups],
    }


def _as_json(value: InformationValue) -> dict[str, Any]:
    return {
        "kind": value.kind.value,
        "name": value.name,
        "inputs": list(value.inputs),
        **(_points_as_json(value.points) or {}),
    }


def _money_as_json(money: GainInMoney) -> dict[str, Any]:
    return {
        "fund": money.fund,
        "low": float(money.low),
        "high": None if money.high is None else float(money.high),
        "solves": money.solves,
    }


def _points_as_json(interval: Interval | None) -> dict[str, float] | None:
    return None if interval is None else dict(zip(("low", "found", "high"), interval, strict=True))
