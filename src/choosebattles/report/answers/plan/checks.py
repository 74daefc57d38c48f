"""The checks that a results workbook makes of itself: live formulas with their saved values."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from choosebattles.errors import AuditError
from choosebattles.report.answers.plan.inputs import SCALE
from choosebattles.report.answers.plan.money import paid_by
from choosebattles.report.answers.plan.options import adds_to, score_of, weighted_sum
from choosebattles.report.answers.plan.services import shock_heads
from choosebattles.report.document import (
    WORKBOOK,
    Cells,
    Column,
    Formula,
    Kind,
    Section,
    Sentences,
    Table,
)
from choosebattles.report.plan_parts.services import ServiceRow, TogetherRow
from choosebattles.report.plan_parts.spending import SpendingRow
from choosebattles.report.view_model import Answer, Story
from choosebattles.translation import _

THOUSANDTH = 0.001
"""What a payment may be off, by fund and year."""
EXACT = 1e-6
OVER = 0.0011
"""Above this, a year counts as one in which more is used than is there."""
OK = "OK"
"""The word of a check that holds; the same in every language."""
LOOK = "LOOK"


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


def checks(story: Story, answer: Answer) -> Section:
    """Return every check, and the one cell that sums them up.

    Raises
    ------
    AuditError
        If one does not hold: nothing should be written then.
    """
    made = tuple(_checks(story, answer))
    rows = [
        (
            number,
            check.says,
            check.found,
            check.expected,
            check.allowed,
            Formula(f'IF(ABS(C{{row}}-D{{row}})<=E{{row}},"{OK}","{LOOK}")', OK),
        )
        for number, check in enumerate(made, 1)
    ]
    columns = (
        Column(_("No."), Kind.COUNT, 6),
        Column(_("Check"), Kind.TEXT, 66),
        Column(_("Found"), Kind.NUMBER, 15),
        Column(_("Expected"), Kind.NUMBER, 15),
        Column(_("May differ by"), Kind.NUMBER, 12),
        Column(_("Result"), Kind.NAME, 10),
    )
    rest = _("of {number} checks do not hold: look").format(number=len(made))
    wrong = sum(not check.holds for check in made)
    if wrong:
        sentence = _("The results do not add up ({master}), so nothing was written.")
        raise AuditError(sentence.format(master=f"{wrong} {rest}"))
    whole = _("All {number} checks OK").format(number=len(made))
    good = f'COUNTIF({{0}},"{OK}")'
    seal = Formula(
        f'IF({good}={len(made)},"{_quoted(whole)}",({len(made)}-{good})&" {_quoted(rest)}")',
        whole,
        (Cells("Checks", _("Result")),),
    )
    left_out = tuple(
        _("{index} is not added up again here: {reason}.").format(
            index=index.objective, reason=index.why_not
        )
        for index in answer.readditions
        if index.why_not
    )
    return Section(
        _("Checks"),
        (Table("Checks", columns, rows), Sentences(left_out)),
        leads=(
            _("These formulas add the workbook up again. A row that does not hold says LOOK."),
            seal,
        ),
        answers=_("Does the workbook add up?"),
        on=WORKBOOK,
    )


def _quoted(words: str) -> str:
    return words.replace('"', '""')


def _checks(story: Story, answer: Answer) -> Iterator[Check]:
    """Yield every check that the workbook can make."""
    yield from _options(answer)
    if answer.plan:
        yield from _costs(story, answer)
    yield from _funds(story, answer)
    yield from _years(answer)
    yield from _indices(story, answer)
    yield from _steps(answer)
    if answer.people:
        yield _people()
    if answer.services:
        yield from _services(answer)


def _sum(cells: Cells, numbers: Iterable[float]) -> Formula:
    return Formula("SUM({0})", math.fsum(numbers), (cells,))


def _none(text: str, *cells: Cells) -> Formula:
    """Return how many rows break a demand; the audit has seen to it that none does."""
    return Formula(f"SUMPRODUCT(({text})*1)", 0.0, cells)


def _options(answer: Answer) -> Iterator[Check]:
    taken = Formula(
        f'COUNTIF({{0}},"{_("yes")}")',
        float(sum(row.taken for row in answer.scores)),
        (Cells("Scores", _("Taken")),),
    )
    tables = [
        name for name, rows in (("Plan", answer.plan), ("NotChosen", answer.rejected)) if rows
    ]
    both = Formula(
        "+".join(f"COUNTA({{{n}}})" for n in range(len(tables))) or "0",
        float(len(answer.plan) + len(answer.rejected)),
        tuple(Cells(name, _("Option")) for name in tables),
    )
    every = Formula("COUNTA({0})", float(len(answer.scores)), (Cells("Scores", _("Option")),))
    yield Check(_("Options taken and not chosen are all options of the case"), both, every)
    yield Check(
        _("Options marked taken on Scores are those of Plan"), taken, float(len(answer.plan))
    )


def _costs(story: Story, answer: Answer) -> Iterator[Check]:
    rows = answer.plan
    planned = Cells("Spending", _("Planned"))
    total = _sum(Cells("Plan", _("Total")), (row.total for row in rows))
    spent = _sum(planned, (row.planned for row in answer.spending))
    slack = THOUSANDTH * len(story.funds)
    every = slack * len(story.years)
    yield Check(_("Cost of the plan is what all funds spend"), total, spent, every + EXACT)
    first, last = str(story.years[0]), str(story.years[-1])
    by_year = _sum(
        Cells("Plan", first, through=last), (row.cost[year] for row in rows for year in story.years)
    )
    yield Check(_("Costs of all years add up to the total"), by_year, total, EXACT * len(rows))
    for year in story.years:
        cost = _sum(Cells("Plan", str(year)), (row.cost[year] for row in rows))
        paid = Formula(
            f"SUMIFS({{0}},{{1}},{year})",
            math.fsum(row.planned for row in answer.spending if row.year == year),
            (planned, Cells("Spending", _("Year"))),
        )
        says = _("{year}: cost of the plan is what all funds spend").format(year=year)
        yield Check(says, cost, paid, slack + EXACT)


def _funds(story: Story, answer: Answer) -> Iterator[Check]:
    span = len(story.years)
    for number, (fund, _title) in enumerate(story.funds):
        first, last = number * span, (number + 1) * span - 1
        rows = answer.spending[first : last + 1]

        def column(title: str, first: int = first, last: int = last) -> Cells:
            return Cells("Spending", title, first, last)

        used = (_("Planned"), _("Held"), _("Set aside"))
        sources = (_("Amount"), _("Carried over"), _("Income"))
        available = column(_("Available"))
        yield Check(
            _("{fund}: years in which more is used than is available").format(fund=fund),
            _none(f"{{0}}+{{1}}+{{2}}-{{3}}>{OVER}", *map(column, used), available),
            0.0,
        )
        yield Check(
            _("{fund}: available is amount, carried over and income").format(fund=fund),
            Formula(
                "SUMPRODUCT(ABS({0}+{1}+{2}-{3}))",
                math.fsum(abs(r.amount + r.carried + r.income - r.available) for r in rows),
                (*map(column, sources), available),
            ),
            0.0,
            EXACT * span,
        )
        if answer.plan:
            yield _paid(answer, fund, column(_("Planned")), rows)


def _paid(answer: Answer, fund: str, planned: Cells, rows: Sequence[SpendingRow]) -> Check:
    return Check(
        _("{fund}: payments on Plan are what it spends").format(fund=fund),
        _sum(Cells("Plan", paid_by(fund)), (row.paid[fund] for row in answer.plan)),
        _sum(planned, (row.planned for row in rows)),
        THOUSANDTH + EXACT,
    )


def _years(answer: Answer) -> Iterator[Check]:
    for title, one, other in (
        (
            _("Planned"),
            (row.planned for row in answer.by_year),
            (row.planned for row in answer.spending),
        ),
        (
            _("Available"),
            (row.available for row in answer.by_year),
            (row.available for row in answer.spending),
        ),
    ):
        yield Check(
            _("{column}: Summary and Spending agree").format(column=title),
            _sum(Cells("MoneyByYear", title), one),
            _sum(Cells("Spending", title), other),
            EXACT * len(answer.spending),
        )
    if any(row.reserve for row in answer.by_year):
        short = _none(
            f"{{0}}-{{1}}>{OVER}",
            Cells("MoneyByYear", _("Reserve asked")),
            Cells("MoneyByYear", _("Held")),
        )
        yield Check(_("Years in which less is held than the reserve asks"), short, 0.0)


def _indices(story: Story, answer: Answer) -> Iterator[Check]:
    last = len(answer.indices) - 1
    yield Check(
        _("Objective is the weighted sum of the indices"),
        Formula(
            "SUMPRODUCT({0},{1})",
            math.fsum(index.weight * index.after for index in answer.indices),
            (
                Cells("Indices", _("Weight"), 0, last),
                Cells("Indices", _("After"), 0, last),
            ),
        ),
        Formula("{0}", answer.objective, (Cells.one("Indices", _("After"), last + 1),)),
    )
    for row, index in enumerate(answer.readditions):
        if not index.why_not:
            yield Check(
                _("{index}: weighted scores of what works, added up again").format(
                    index=index.objective
                ),
                _readded(story, answer, index.objective),
                Formula("{0}", answer.indices[row].after, (Cells.one("Indices", _("After"), row),)),
            )


def _readded(story: Story, answer: Answer, objective: str) -> Formula:
    terms: list[str] = []
    cells = [Cells.one("Inputs", _("Value"), SCALE), Cells("Scores", _("Works for"))]
    worth = 0.0
    for row, criterion in enumerate(story.criteria):
        if criterion.objective == objective:
            number = len(cells)
            cells.append(Cells.one("Criteria", _("Weight"), row))
            cells.append(Cells("Scores", score_of(criterion.id)))
            terms.append(f"{{{number}}}*SUMPRODUCT({{1}},{{{number + 1}}})")
            worth += criterion.weight * math.fsum(
                option.counts * option.score[criterion.id] for option in answer.scores
            )
    text = f"100/{{0}}*({'+'.join(terms)})"
    return Formula(text, 100 / answer.scale * worth, tuple(cells))


def _steps(answer: Answer) -> Iterator[Check]:
    """Yield that the steps of each index lead from before to after."""
    last = len(answer.steps) + 1
    for index in answer.indices:
        adds = (index.before, *(step.adds[index.objective] for step in answer.steps))
        yield _climbed(index.objective, adds_to(index.objective), adds, index.after, last)
    adds = (answer.before, *(step.objective for step in answer.steps))
    yield _climbed(weighted_sum(), weighted_sum(), adds, answer.objective, last)


def _climbed(name: str, column: str, adds: Sequence[float], after: float, last: int) -> Check:
    return Check(
        _("{index}: before and all contributions are after").format(index=name),
        _sum(Cells("Contributions", column, 0, last - 1), adds),
        Formula("{0}", after, (Cells.one("Contributions", column, last),)),
    )


def _people() -> Check:
    names = (_("Needed"), _("Supply"), _("Trained"))
    over = _none(f"{{0}}-{{1}}-{{2}}>{EXACT:f}", *(Cells("People", name) for name in names))
    return Check(_("Skills and years in which more people are needed than are there"), over, 0.0)


def _services(answer: Answer) -> Iterator[Check]:
    """Yield that changes are differences, and that what must hold does."""
    heads = shock_heads(answer.services)
    rows = len(answer.services) // len(heads) + bool(answer.together)
    when = Cells("Services", _("When"))
    for shock, head in zip({row.shock: None for row in answer.services}, heads, strict=True):
        gain = math.fsum(row.after - row.before for row in _under(answer, shock))
        cells = (Cells("Services", head), when)
        before, after, change = (
            f'SUMIFS({{0}},{{1}},"{word}")' for word in (_("before"), _("after"), _("change"))
        )
        yield Check(
            _("{shock}: change is after less before").format(shock=head),
            Formula(change, gain, cells),
            Formula(f"{after}-{before}", gain, cells),
            EXACT * rows,
        )
    services = list(dict.fromkeys(row.service for row in answer.services))
    for floor in answer.must_hold:
        line = 3 * services.index(floor.service) + 1
        floored = [
            Cells.one("Services", head, line)
            for head, row in zip(heads, _of(answer, floor.service), strict=True)
            if row.must_hold is not None
        ]
        least = ",".join(f"{{{n}}}" for n in range(len(floored)))
        yield Check(
            _("{service}: shocks under which it holds less than it must").format(
                service=floor.service
            ),
            Formula(f"IF(MIN({least})<{floor.least - EXACT:f},1,0)", 0.0, tuple(floored)),
            0.0,
        )


def _under(answer: Answer, shock: str) -> Iterator[ServiceRow | TogetherRow]:
    yield from (row for row in answer.services if row.shock == shock)
    yield from (row for row in answer.together if row.shock == shock)


def _of(answer: Answer, service: str) -> list[ServiceRow]:
    return [row for row in answer.services if row.service == service]
