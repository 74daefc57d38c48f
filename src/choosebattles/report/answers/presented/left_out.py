"""A section on what is left out and why, with the price of taking it where that is known."""

import math
from collections.abc import Iterator, Sequence

from choosebattles.case.case import Case
from choosebattles.explain.price_of_left_out import Prices
from choosebattles.report.answers.presented.amounts import brief, called
from choosebattles.report.document import (
    PRESENTED,
    SLIDES,
    TEXT,
    Column,
    Kind,
    Manner,
    Row,
    Section,
    Sentences,
    Table,
)
from choosebattles.report.number_wording import points
from choosebattles.report.plan_parts.intervals import digits_for, price_between
from choosebattles.report.plan_parts.left_out import RejectedRow
from choosebattles.report.view_model import Answer, Story
from choosebattles.translation import _, several

ROWS = 12
"""Options in the table of a slide."""


def left_out(story: Story, answer: Answer, case: Case, prices: Prices) -> Section:
    """Return what is left out and why, the dearest first."""
    rows = dearest_first(answer)
    sentences = tuple(_sentences(story, rows, len(answer.rejected) - len(rows), prices))
    return Section(
        _("Left out"),
        (
            _on_slide(story, rows, prices),
            Sentences(sentences, manner=Manner.LIST),
            _whole(story, rows, prices),
        ),
        title=_("What is left out, and why"),
        message=left_message(story, case, rows),
        sources=(
            _("Costs, points per million and reasons: results workbook, sheet Not chosen."),
            _(
                "Points per million are what the scores would add to the objective, divided by the "
                "cost; each reason is counted again from the whole plan."
            ),
            *(
                (_("Prices: proved bounds, each from a search with the investment taken."),)
                if prices
                else ()
            ),
        ),
        on=PRESENTED if rows else TEXT,
    )


def dearest_first(answer: Answer) -> list[RejectedRow]:
    """Return the options of investments that are left out, the dearest first."""
    taken = {row.investment for row in answer.plan}
    rows = [row for row in answer.rejected if row.investment not in taken]
    return sorted(rows, key=lambda row: -row.cost)


def _sentences(
    story: Story, rows: Sequence[RejectedRow], others: int, prices: Prices
) -> Iterator[str]:
    if others:
        text = several(
            "{number} other option of an investment that is taken: results workbook, sheet Not chosen.",
            "{number} other options of investments that are taken: results workbook, sheet Not chosen.",
            others,
        )
        yield text.format(number=others)
    if prices:
        yield _(
            "The price of taking it: by how many points the objective would be lower if it had to "
            "be taken, all else chosen anew."
        )
    if rows and story.first_year:
        yield story.first_year_line


def left_message(story: Story, case: Case, rows: Sequence[RejectedRow]) -> str:
    """Return how many investments are left out, and which of them is the dearest."""
    investments, out = len(case.investments), len({row.investment for row in rows})
    if not rows:
        text = several(
            "The one investment of the workbook is taken.",
            "No investment is left out: all {all} are taken.",
            investments,
        )
        return text.format(all=investments)
    dearest = rows[0]
    text = several(
        "{number} of {all} investments is left out: {dearest}, which would cost {cost} {unit}.",
        "{number} of {all} investments are left out; the dearest is {dearest}, which would cost "
        "{cost} {unit}.",
        out,
    )
    return text.format(
        number=out,
        all=investments,
        dearest=called(dearest),
        cost=brief(dearest.cost),
        unit=f"{story.unit}{story.first_year}",
    )


def _on_slide(story: Story, rows: Sequence[RejectedRow], prices: Prices) -> Table:
    columns = (
        Column(_("What it is"), Kind.TEXT, 32),
        Column(_cost(story), Kind.FIGURES, 13),
        *([Column(_("Price of taking it"), Kind.NAME, 18)] if prices else []),
        Column(_("Why it is left out"), Kind.TEXT, 40 if prices else 58),
    )
    cells: list[Row] = [
        (
            called(row),
            brief(row.cost),
            *([_price(prices.get(row.investment))] if prices else []),
            row.brief,
        )
        for row in rows
    ]
    note = ""
    if len(rows) > ROWS:
        text = _(
            "{number} more, each of {cost} {unit} or less: results workbook, sheet Not chosen."
        )
        note = text.format(number=len(rows) - ROWS, cost=brief(rows[ROWS].cost), unit=story.unit)
    whole = _("results workbook, sheet Not chosen")
    return Table("LeftOutFirst", columns, cells[:ROWS], note=note, whole=whole, on=SLIDES)


def _whole(story: Story, rows: Sequence[RejectedRow], prices: Prices) -> Table:
    best = max((abs(row.per_million or 0.0) for row in rows), default=0.0)
    digits = max(2, digits_for(best)) if best else 2
    columns = (
        Column(_("Option"), Kind.NAME, 12),
        Column(_("What it is"), Kind.TEXT, 26 if prices else 30),
        Column(_cost(story), Kind.MONEY, 9),
        Column(_("Points a million"), Kind.FIGURES, 9),
        *([Column(_("Price of taking it"), Kind.NAME, 16)] if prices else []),
        Column(_("Why not"), Kind.TEXT, 28 if prices else 40),
    )
    cells: list[Row] = [
        (
            row.option,
            row.title,
            row.cost,
            "" if row.per_million is None else points(row.per_million, digits),
            *([_price(prices.get(row.investment))] if prices else []),
            row.reason,
        )
        for row in rows
    ]
    whole = _("results workbook, sheet Not chosen")
    return Table("LeftOut", columns, cells, whole=whole, on=TEXT)


def _cost(story: Story) -> str:
    if story.first_year:
        return f"{_('Cost')}{story.first_year}"
    return _("Cost, {unit}").format(unit=story.unit)


def _price(price: tuple[float, float] | None) -> str:
    if price is None:
        return _("not known")
    if math.isinf(price[0]):
        return _("cannot be taken: proved")
    return price_between(*price)
