"""A section on what is left out and why, with the price of taking it where that is known."""

import math
from collections.abc import Iterator, Sequence

from choosebattles.case.case import Case
from choosebattles.case.investment import Decision
from choosebattles.explain.price_of_left_out import Prices
from choosebattles.report.answers.presented.amounts import called
from choosebattles.report.document import (
    PRESENTED,
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


def left_out(story: Story, answer: Answer, case: Case, prices: Prices) -> Section:
    """Return what is left out and why, with the price of taking it where that was asked for."""
    taken = {row.investment for row in answer.plan}
    rows = [row for row in answer.rejected if row.investment not in taken]
    sentences = tuple(_sentences(story, rows, len(answer.rejected) - len(rows), prices))
    return Section(
        _("Left out"),
        (Sentences(sentences, manner=Manner.LIST), _table(story, rows, prices)),
        title=_("What is left out, and why"),
        message=_left(case, {row.investment for row in rows}, rows),
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
        on=PRESENTED,
    )


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
    if not rows:
        yield _("More is only possible with what the workbook does not have yet.")


def _left(case: Case, names: set[str], rows: Sequence[RejectedRow]) -> str:
    investments = len(case.investments)
    if not rows:
        text = several(
            "The one investment of the workbook is taken.",
            "No investment is left out: all {all} are taken.",
            investments,
        )
        return text.format(all=investments)
    never = [row for row in rows if case.options[row.option].decision is Decision.NEVER]
    best = next((row for row in rows if row not in never), None)
    if best is not None and best.worth <= 0:
        text = several(
            "{number} of {all} investments is left out: by its scores it is worth nothing, or less.",
            "{number} of {all} investments are left out: by their scores they are worth nothing, or "
            "less.",
            len(names),
        )
        return text.format(number=len(names), all=investments)
    if best is None:
        text = several(
            "{number} of {all} investments is left out, as it is marked never.",
            "{number} of {all} investments are left out, as they are marked never.",
            len(names),
        )
        return text.format(number=len(names), all=investments)
    text = several(
        "{number} of {all} investments is left out: {best}.",
        "{number} of {all} investments are left out; the first by worth for money is {best}.",
        len(names),
    )
    if never and len(names) > 1:
        text = _(
            "{number} of {all} investments are left out; the first by worth for money that is not "
            "marked never is {best}."
        )
    return text.format(number=len(names), all=investments, best=called(best))


def _table(story: Story, rows: Sequence[RejectedRow], prices: Prices) -> Table:
    cost = _("Cost, {unit}").format(unit=story.unit)
    if story.first_year:
        cost = f"{_('Cost')}{story.first_year}"
    best = max((abs(row.per_million or 0.0) for row in rows), default=0.0)
    digits = max(2, digits_for(best)) if best else 2
    columns = (
        Column(_("Option"), Kind.NAME, 12),
        Column(_("What it is"), Kind.TEXT, 26 if prices else 30),
        Column(cost, Kind.MONEY, 9),
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
    return Table("LeftOut", columns, cells, whole=_("results workbook, sheet Not chosen"))


def _price(price: tuple[float, float] | None) -> str:
    if price is None:
        return _("not known")
    if math.isinf(price[0]):
        return _("cannot be taken: proved")
    return price_between(*price)
