"""A section on the money: what is spent by year and fund, what is left, and why."""

from collections.abc import Iterator

from choosebattles.report.answers.presented.amounts import brief, steady
from choosebattles.report.document import (
    PRESENTED,
    TEXT,
    Chart,
    Column,
    Form,
    Kind,
    Manner,
    Role,
    Section,
    Sentences,
    Series,
    Table,
)
from choosebattles.report.number_wording import rounded
from choosebattles.report.view_model import Answer, Story
from choosebattles.translation import _, listed, several

FUNDS = 5
"""Funds that are drawn one by one; more are drawn together."""
SHOWN = 0.05
"""Millions below which nothing is seen in one decimal."""
NAMED = 2
"""Funds that a title names."""


def money(story: Story, answer: Answer) -> Section:
    """Return what is spent by year and fund, what is left of each fund, and why."""
    tight = min(answer.by_year, key=lambda row: (row.left, row.year))
    text = _("Least is left in {year}: {left} of {available} {unit}.")
    least = text.format(
        year=tight.year,
        left=rounded(tight.left, story.decimals),
        available=rounded(tight.available, story.decimals),
        unit=story.unit,
    )
    sentences = (story.spending, *answer.left, *((least,) if len(answer.by_year) > 1 else ()))
    return Section(
        _("Money by year and fund"),
        (
            _stack(story, answer),
            _funds(story, answer),
            Sentences(
                tuple(f"{steady(fund.title)}: {fund.why}" for fund in answer.funds),
                manner=Manner.LIST,
            ),
            Sentences(sentences, manner=Manner.LIST, on=TEXT),
            _years(story, answer),
        ),
        message=_message(story, answer),
        sources=(
            _(
                "Planned, held, set aside and left: results workbook, sheet Spending, by fund and year."
            ),
            _("Money of the year, carried over and income: sheet Spending, column Available."),
            _("Cost of the plan: sheet Plan, sum of the column Total; it checks in sheet Checks."),
        ),
        notes=(story.spending, *answer.left),
        on=PRESENTED,
    )


def _message(story: Story, answer: Answer) -> str:
    there = sum(fund.money for fund in answer.funds)
    text = (
        _("The plan spends {cost} of {there} {unit}, income included{prices}")
        if answer.income
        else _("The plan spends {cost} of {there} {unit}{prices}")
    )
    spends = text.format(
        cost=brief(answer.total_cost),
        there=brief(there),
        unit=story.unit,
        prices=story.each_year,
    )
    left = sorted(
        (fund for fund in answer.funds if fund.left >= SHOWN), key=lambda fund: -fund.left
    )
    if not left:
        return f"{spends}."
    parts = [
        _("{left} of {fund}").format(left=brief(fund.left), fund=steady(fund.title))
        for fund in left[:NAMED]
    ]
    if len(left) > NAMED:
        text = several(
            "{left} of {number} more fund", "{left} of {number} more funds", len(left) - NAMED
        )
        rest = sum(fund.left for fund in left[NAMED:])
        parts.append(text.format(left=brief(rest), number=len(left) - NAMED))
    text = several("{spends}; {parts} is left", "{spends}; {parts} are left", len(parts))
    if len(left) == 1 and left[0].shut:
        text = _("{spends}; {parts} is left, as its terms let it pay for nothing that is left out")
    return f"{text.format(spends=spends, parts=listed(parts))}."


def _stack(story: Story, answer: Answer) -> Chart:
    return Chart(
        Form.STACK,
        _("What is available in each year, and what becomes of it"),
        f"{story.unit}{story.each_year}",
        _(
            "A column for each year, as high as the money that is available: what each fund plans "
            "to pay, what is held, set aside for the next year, and left."
        ),
        tuple(_parts(story, answer)),
        tuple(f"{year}" for year in story.years),
        number="#,##0.0",
        on=PRESENTED,
    )


def _parts(story: Story, answer: Answer) -> Iterator[Series]:
    """Yield what each fund plans to pay, and what of the money is not paid."""
    titles = {name: steady(title or name) for name, title in story.funds}
    if len(set(titles.values())) < len(titles):
        titles = {name: name for name in titles}
    paid: dict[str, list[float]] = {name: [] for name in titles}
    for row in answer.spending:
        paid[row.fund].append(row.planned)
    ranked = sorted(paid, key=lambda name: -sum(paid[name]))
    alone = list(paid)
    if len(paid) > FUNDS + 1:
        alone = [name for name in paid if name in ranked[:FUNDS]]
    for name in alone:
        yield Series(_("{fund}, planned").format(fund=titles[name]), tuple(paid[name]))
    others = [name for name in paid if name not in alone]
    if others:
        columns = zip(*(paid[name] for name in others), strict=True)
        text = _("{number} other funds, planned").format(number=len(others))
        yield Series(text, tuple(round(sum(amounts), 6) for amounts in columns))
    rest = (
        (_("held in reserve"), tuple(row.held for row in answer.by_year)),
        (_("set aside for the next year"), tuple(row.aside for row in answer.by_year)),
        (_("left"), tuple(row.left for row in answer.by_year)),
    )
    yield from (Series(name, amounts, role=Role.LEFT) for name, amounts in rest if any(amounts))


def _funds(story: Story, answer: Answer) -> Table:
    """Return what becomes of the money of each fund over all years."""
    columns = (
        Column(_("Fund"), Kind.NAME, 46),
        Column(_("Money"), Kind.FIGURES, 18),
        Column(_("Spent"), Kind.FIGURES, 18),
        Column(_("Left"), Kind.FIGURES, 18),
    )
    rows = [
        (steady(fund.title), brief(fund.money), brief(fund.spent), brief(fund.left))
        for fund in answer.funds
    ]
    whole = _("results workbook, sheet Spending")
    return Table("MoneyByFund", columns, rows, note=story.money_note, whole=whole, on=PRESENTED)


def _years(story: Story, answer: Answer) -> Table:
    columns = (
        Column(_("Fund"), Kind.NAME, 22),
        Column(_("Year"), Kind.WHEN, 10),
        Column(_("Available"), Kind.MONEY, 15),
        Column(_("Planned"), Kind.MONEY, 15),
        Column(_("Held"), Kind.MONEY, 12),
        Column(_("Set aside"), Kind.MONEY, 13),
        Column(_("Left"), Kind.MONEY, 13),
    )
    rows = [
        (row.fund, row.year, row.available, row.planned, row.held, row.aside, row.left)
        for row in answer.spending
    ]
    title = _("By fund and year")
    return Table("MoneyByYear", columns, rows, title, note=story.money_note, on=TEXT)
