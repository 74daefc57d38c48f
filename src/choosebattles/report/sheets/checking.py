"""The checks that a results workbook makes of itself: live formulas with their saved values."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from choosebattles.report.parts.services import ServiceRow, TogetherRow
from choosebattles.report.parts.spending import SpendingRow
from choosebattles.report.sheets.book import Book
from choosebattles.report.sheets.contributions import index_column, steps_name
from choosebattles.report.sheets.heat import shock_heads
from choosebattles.report.sheets.options import score_of
from choosebattles.report.sheets.page import Formula
from choosebattles.report.sheets.plan import paid_by
from choosebattles.report.sheets.rests_on import SCALE
from choosebattles.report.story import Answer
from choosebattles.words import _

THOUSANDTH = 0.001
"""What a payment may be off, by fund and year."""
EXACT = 1e-6
OVER = 0.0011
"""Above this, a year counts as one in which more is used than is there."""


@dataclass(frozen=True)
class Check:
    """Two numbers that must be equal within what is allowed."""

    says: str
    found: Formula
    expected: Formula | float
    allowed: float = EXACT

    @property
    def difference(self) -> float:
        """Return found less expected, as saved."""
        expected = self.expected
        other = expected.value if isinstance(expected, Formula) else expected
        return float(self.found.value) - float(other)

    @property
    def holds(self) -> bool:
        """Say whether the saved values agree."""
        return abs(self.difference) <= self.allowed


def checks(book: Book) -> Iterator[Check]:
    """Yield every check that the workbook can make."""
    yield from _options(book)
    if "plan" in book.areas:
        yield from _costs(book)
    yield from _funds(book)
    yield from _years(book)
    yield from _indices(book)
    yield from _steps(book)
    yield from _state(book)


def _steps(book: Book) -> Iterator[Check]:
    """Yield that the steps of each index lead from before to after."""
    answer, area = book.answer, book.areas["contributions"]
    whole = steps_name()
    levels = [
        (each.objective, index_column(each.objective), each.before, each.after)
        for each in answer.indices
    ]
    levels.append((whole, whole, answer.before, answer.objective))
    last = len(answer.steps) + 1
    for name, column, before, after in levels:
        adds = [each.objective if column == whole else each.adds[name] for each in answer.steps]
        yield Check(
            _("{index}: before and all contributions are after").format(index=name),
            _sum(area.column(column, 0, last - 1), (before, *adds)),
            Formula(area.cell(column, last), after),
        )


def _sum(cells: str, numbers: Iterable[float]) -> Formula:
    return Formula(f"SUM({cells})", math.fsum(numbers))


def _none(cells: str) -> Formula:
    """Return how many rows break a demand; the audit has seen to it that none does."""
    return Formula(f"SUMPRODUCT(({cells})*1)", 0.0)


def _options(book: Book) -> Iterator[Check]:
    answer = book.answer
    scores = book.areas["scores"]
    taken = Formula(
        f'COUNTIF({scores.column(_("Taken"))},"{_("yes")}")',
        float(sum(each.taken for each in answer.scores)),
    )
    counts = [book.areas[each] for each in ("plan", "rejected") if each in book.areas]
    both = "+".join(f"COUNTA({each.column(_('Option'))})" for each in counts)
    number = float(len(answer.plan) + len(answer.rejected))
    everything = Formula(f"COUNTA({scores.column(_('Option'))})", float(len(answer.scores)))
    yield Check(
        _("Options taken and not chosen are all options of the case"),
        Formula(both, number),
        everything,
    )
    yield Check(
        _("Options marked taken on Scores are those of Plan"), taken, float(len(answer.plan))
    )


def _costs(book: Book) -> Iterator[Check]:
    story, rows = book.story, book.answer.plan
    plan, spending = book.areas["plan"], book.areas["spending"]
    planned = spending.column(_("Planned"))
    total = _sum(plan.column(_("Total")), (each.total for each in rows))
    spent = _sum(planned, (each.planned for each in book.answer.spending))
    slack = THOUSANDTH * len(story.funds)
    every = slack * len(story.years)
    yield Check(_("Cost of the plan is what all funds spend"), total, spent, every + EXACT)
    first, last = str(story.years[0]), str(story.years[-1])
    by_year = _sum(
        plan.block(first, last), (each.cost[year] for each in rows for year in story.years)
    )
    yield Check(_("Costs of all years add up to the total"), by_year, total, EXACT * len(rows))
    for year in story.years:
        cost = _sum(plan.column(str(year)), (each.cost[year] for each in rows))
        paid = Formula(
            f"SUMIFS({planned},{spending.column(_('Year'))},{year})",
            math.fsum(each.planned for each in book.answer.spending if each.year == year),
        )
        says = _("{year}: cost of the plan is what all funds spend").format(year=year)
        yield Check(says, cost, paid, slack + EXACT)


def _funds(book: Book) -> Iterator[Check]:
    spending = book.areas["spending"]
    span = len(book.story.years)
    for number, (fund, _title) in enumerate(book.story.funds):
        first, last = number * span, (number + 1) * span - 1
        rows = book.answer.spending[first : last + 1]
        column = {title: spending.column(title, first, last) for title in spending.columns}
        used = "+".join(column[each] for each in (_("Planned"), _("Held"), _("Set aside")))
        there = "+".join(column[each] for each in (_("Amount"), _("Carried over"), _("Income")))
        yield Check(
            _("{fund}: years in which more is used than is available").format(fund=fund),
            _none(f"{used}-{column[_('Available')]}>{OVER}"),
            0.0,
        )
        yield Check(
            _("{fund}: available is amount, carried over and income").format(fund=fund),
            Formula(
                f"SUMPRODUCT(ABS({there}-{column[_('Available')]}))",
                math.fsum(abs(r.amount + r.carried + r.income - r.available) for r in rows),
            ),
            0.0,
            EXACT * span,
        )
        if "plan" in book.areas:
            yield _paid(book, fund, column[_("Planned")], rows)


def _paid(book: Book, fund: str, planned: str, rows: tuple[SpendingRow, ...]) -> Check:
    plan = book.areas["plan"]
    return Check(
        _("{fund}: payments on Plan are what it spends").format(fund=fund),
        _sum(plan.column(paid_by(fund)), (each.paid[fund] for each in book.answer.plan)),
        _sum(planned, (each.planned for each in rows)),
        THOUSANDTH + EXACT,
    )


def _years(book: Book) -> Iterator[Check]:
    years, spending = book.areas["years"], book.areas["spending"]
    for title, one, other in (
        (
            _("Planned"),
            (each.planned for each in book.answer.by_year),
            (each.planned for each in book.answer.spending),
        ),
        (
            _("Available"),
            (each.available for each in book.answer.by_year),
            (each.available for each in book.answer.spending),
        ),
    ):
        yield Check(
            _("{column}: Summary and Spending agree").format(column=title),
            _sum(years.column(title), one),
            _sum(spending.column(title), other),
            EXACT * len(book.answer.spending),
        )
    if any(each.reserve for each in book.answer.by_year):
        short = f"{years.column(_('Reserve asked'))}-{years.column(_('Held'))}>{OVER}"
        yield Check(_("Years in which less is held than the reserve asks"), _none(short), 0.0)


def _indices(book: Book) -> Iterator[Check]:
    answer = book.answer
    table = book.areas["indices"]
    last = len(answer.indices) - 1
    weights, after = table.column(_("Weight"), 0, last), table.column(_("After"), 0, last)
    yield Check(
        _("Objective is the weighted sum of the indices"),
        Formula(
            f"SUMPRODUCT({weights},{after})",
            math.fsum(each.weight * each.after for each in answer.indices),
        ),
        Formula(table.cell(_("After"), last + 1), answer.objective),
    )
    for row, each in enumerate(answer.readditions):
        if not each.why_not:
            yield Check(
                _("{index}: weighted scores of what works, added up again").format(
                    index=each.objective
                ),
                _readded(book, each.objective),
                Formula(table.cell(_("After"), row), answer.indices[row].after),
            )


def _readded(book: Book, objective: str) -> Formula:
    scores, criteria = book.areas["scores"], book.areas["criteria"]
    counts = scores.column(_("Works for"))
    terms, worth = [], 0.0
    for row, each in enumerate(book.story.criteria):
        if each.objective == objective:
            column = scores.column(score_of(each.id))
            terms.append(f"{criteria.cell(_('Weight'), row)}*SUMPRODUCT({counts},{column})")
            worth += each.weight * math.fsum(
                option.counts * option.score[each.id] for option in book.answer.scores
            )
    scale = book.areas["inputs"].cell(_("Value"), SCALE)
    return Formula(f"100/{scale}*({'+'.join(terms)})", 100 / book.answer.scale * worth)


def _state(book: Book) -> Iterator[Check]:
    if "people" in book.areas:
        people = book.areas["people"]
        there = f"{people.column(_('Supply'))}-{people.column(_('Trained'))}"
        over = _none(f"{people.column(_('Needed'))}-{there}>{EXACT:f}")
        yield Check(_("Skills and years in which more people are needed than are there"), over, 0.0)
    if "services" in book.areas:
        yield from _services(book)


def _services(book: Book) -> Iterator[Check]:
    """Yield that changes are differences, and that what must hold does."""
    table, answer = book.areas["services"], book.answer
    heads = shock_heads(answer.services)
    rows = len(answer.services) // len(heads) + bool(answer.together)
    when = table.column(_("When"))
    for shock, head in zip({each.shock: None for each in answer.services}, heads, strict=True):
        gain = math.fsum(each.after - each.before for each in _under(answer, shock))
        before, after, change = (
            f'SUMIFS({table.column(head)},{when},"{each}")'
            for each in (_("before"), _("after"), _("change"))
        )
        yield Check(
            _("{shock}: change is after less before").format(shock=head),
            Formula(change, gain),
            Formula(f"{after}-{before}", gain),
            EXACT * rows,
        )
    services = list(dict.fromkeys(each.service for each in answer.services))
    for floor in answer.must_hold:
        row = 3 * services.index(floor.service) + 1
        held = [
            (table.cell(head, row), each.after)
            for head, each in zip(heads, _of(answer, floor.service), strict=True)
            if each.must_hold is not None
        ]
        cells = ",".join(cell for cell, _after in held)
        yield Check(
            _("{service}: shocks under which it holds less than it must").format(
                service=floor.service
            ),
            Formula(f"IF(MIN({cells})<{floor.least - EXACT:f},1,0)", 0.0),
            0.0,
        )


def _under(answer: Answer, shock: str) -> Iterator[ServiceRow | TogetherRow]:
    yield from (each for each in answer.services if each.shock == shock)
    yield from (each for each in answer.together if each.shock == shock)


def _of(answer: Answer, service: str) -> list[ServiceRow]:
    return [each for each in answer.services if each.service == service]
