"""A section on the money: what is spent by year and fund, against what is there."""

from collections.abc import Iterator

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
    Section,
    Sentences,
    Series,
    Table,
)
from choosebattles.report.number_wording import rounded
from choosebattles.report.view_model import Answer, Story
from choosebattles.translation import _

FUNDS = 5
"""Funds that are drawn one by one; more are drawn together."""


def money(story: Story, answer: Answer) -> Section:
    """Return what is spent by year and fund, against what is there."""
    tight = min(answer.by_year, key=lambda row: (row.left, row.year))
    text = _("Least is left in {year}: {left} of {available} {unit}.")
    least = text.format(
        year=tight.year,
        left=rounded(tight.left, story.decimals),
        available=rounded(tight.available, story.decimals),
        unit=story.unit,
    )
    sentences = (*answer.left, *((least,) if len(answer.by_year) > 1 else ()))
    return Section(
        _("Money by year and fund"),
        (
            _stack(story, answer),
            _years(story, answer),
            Sentences(sentences, manner=Manner.LIST),
            _funds(story, answer),
        ),
        message=story.spending,
        sources=(
            _(
                "Planned, held, set aside and left: results workbook, sheet Spending, by fund and year."
            ),
            _("Money of the year, carried over and income: sheet Spending, column Available."),
            _("Cost of the plan: sheet Plan, sum of the column Total; it checks in sheet Checks."),
        ),
        on=PRESENTED,
    )


def _stack(story: Story, answer: Answer) -> Chart:
    return Chart(
        Form.STACK,
        _("What is available, and what becomes of it"),
        f"{story.unit}{story.each_year}",
        _(
            "A column for each year, as high as the money that is available: what each fund plans "
            "to pay, what is held, set aside and left."
        ),
        tuple(_parts(story, answer)),
        tuple(f"{year}" for year in story.years),
        number="#,##0.0",
        on=PRESENTED,
    )


def _parts(story: Story, answer: Answer) -> Iterator[Series]:
    """Yield what each fund plans to pay, and what of the money is not paid."""
    paid: dict[str, list[float]] = {name: [] for name, _title in story.funds}
    for row in answer.spending:
        paid[row.fund].append(row.planned)
    ranked = sorted(paid, key=lambda name: -sum(paid[name]))
    alone = list(paid)
    if len(paid) > FUNDS + 1:
        alone = [name for name in paid if name in ranked[:FUNDS]]
    for name in alone:
        yield Series(_("{fund}, planned").format(fund=name), tuple(paid[name]))
    others = [name for name in paid if name not in alone]
    if others:
        columns = zip(*(paid[name] for name in others), strict=True)
        text = _("{number} other funds, planned").format(number=len(others))
        yield Series(text, tuple(round(sum(amounts), 6) for amounts in columns))
    rest = (
        (_("held in reserve"), tuple(row.held for row in answer.by_year)),
        (_("set aside"), tuple(row.aside for row in answer.by_year)),
        (_("left"), tuple(row.left for row in answer.by_year)),
    )
    yield from (Series(name, amounts, role=Role.LEFT) for name, amounts in rest if any(amounts))


def _years(story: Story, answer: Answer) -> Table:
    rows = answer.by_year
    always = {_("Available"), _("Planned"), _("Left")}
    parts = {
        _("Available"): [row.available for row in rows],
        _("Planned"): [row.planned for row in rows],
        _("Held"): [row.held for row in rows],
        _("Set aside"): [row.aside for row in rows],
        _("Left"): [row.left for row in rows],
    }
    shown = {name: values for name, values in parts.items() if name in always or any(values)}
    columns = (
        Column(_("Year"), Kind.WHEN, 15),
        *(Column(name, Kind.MONEY, 85 / len(shown)) for name in shown),
    )
    cells = [
        (row.year, *amounts)
        for row, amounts in zip(rows, zip(*shown.values(), strict=True), strict=True)
    ]
    whole = _("results workbook, sheet Summary")
    return Table("MoneyByYear", columns, cells, note=story.money_note, whole=whole, on=SLIDES)


def _funds(story: Story, answer: Answer) -> Table:
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
    return Table("MoneyByFund", columns, rows, note=story.money_note, on=TEXT)
