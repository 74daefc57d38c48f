"""A section on the decision that is asked for, and what the country gets for it."""

from collections.abc import Iterator

from choosebattles.report.answers.presented.amounts import brief, named, steady
from choosebattles.report.answers.presented.left_out import dearest_first, left_message
from choosebattles.report.answers.presented.services import in_full
from choosebattles.report.answers.presented.timeline import starts_nothing
from choosebattles.report.answers.presented.trust import COUNTED
from choosebattles.report.document import (
    PRESENTED,
    SLIDES,
    TEXT,
    Column,
    Figure,
    Figures,
    Kind,
    Manner,
    Media,
    Section,
    Sentences,
    Table,
)
from choosebattles.report.number_wording import points
from choosebattles.report.plan_parts.indices import IndexRow
from choosebattles.report.view_model import Answer, Story
from choosebattles.solving.outcome import Outcome, Stop
from choosebattles.translation import _, several

FIGURES = 3
"""Numbers that are seen first."""


def decision(outcome: Outcome, story: Story, answer: Answer) -> Section:
    """Return what is to be decided, what the country gets, and what must be known before."""
    asked, known = tuple(_asked(story, answer)), tuple(_known(outcome, story, answer))
    sentences = (*story.proof, *(text for text in story.sentences if text not in answer.left))
    return Section(
        _("The decision"),
        (
            Figures(tuple(_figures(story, answer))),
            Sentences(asked, _("What is asked for"), Manner.LIST),
            Sentences(known, _("To know before deciding"), Manner.LIST, on=SLIDES),
            Sentences((story.headline, *sentences), _("The whole answer"), Manner.LIST, on=TEXT),
            index_table("PresentedIndices", answer, TEXT),
        ),
        message=_message(outcome, story, answer),
        sources=(
            _("Cost: results workbook, sheet Plan, sum of the column Total."),
            _("Money in all funds: sheet Spending, sum of the column Amount."),
            _("Indices: sheet Summary, table of indices, columns Before, After and Possible."),
        ),
        notes=(*story.proof, COUNTED),
        on=PRESENTED,
    )


def _message(outcome: Outcome, story: Story, answer: Answer) -> str:
    if not answer.plan:
        return answer.nothing_taken or _("Nothing is taken.")
    new = sum(not row.ongoing for row in answer.plan)
    if not new:
        return answer.nothing_taken or starts_nothing(len(answer.plan))
    asked = several(
        "Approve {number} of {all} investments",
        "Approve {number} of {all} investments",
        len(outcome.case.investments),
    ).format(number=new, all=len(outcome.case.investments))
    if new < len(answer.plan):
        text = _("{asked} and go on with {number} that are under way")
        asked = text.format(asked=asked, number=len(answer.plan) - new)
    gets = in_full(answer.services, story.years[-1])
    return f"{asked} {_price(story, answer)}{f': {gets}' if gets else ''}."


def _price(story: Story, answer: Answer) -> str:
    """Return what it costs, of what there is with income."""
    there = sum(fund.money for fund in answer.funds)
    text = (
        _("for {cost} of {there} {unit}{prices}, income included")
        if answer.income
        else _("for {cost} of {there} {unit}{prices}")
    )
    return text.format(
        cost=brief(answer.total_cost),
        there=brief(there),
        unit=story.unit,
        prices=story.each_year,
    )


def _figures(story: Story, answer: Answer) -> Iterator[Figure]:
    """Yield the indices; where there are many, their sum and those that change most."""
    seen = _seen(answer)
    if len(seen) < len(answer.indices):
        says = _("today {before}").format(before=points(answer.before))
        yield Figure(_("Weighted sum of all indices"), points(answer.objective), says)
    for index in seen:
        text = _("today {before}, at most {possible} possible")
        says = text.format(before=points(index.before), possible=points(index.possible))
        levels = (index.before, index.after, index.possible)
        within = min(levels) >= 0 and max(levels) <= 100
        yield Figure(index.objective, points(index.after), says, levels if within else None)
    rest = [
        Figure(
            _("Money left, {unit}").format(unit=story.unit),
            brief(sum(fund.left for fund in answer.funds)),
            _("of {money} in all funds, income included").format(
                money=brief(sum(fund.money for fund in answer.funds))
            )
            if answer.income
            else _("of {money} in all funds").format(
                money=brief(sum(fund.money for fund in answer.funds))
            ),
        ),
        Figure(
            _("Running cost a year after {year}").format(year=story.years[-1]),
            brief(sum(commitment.running for commitment in answer.commitments)),
            f"{story.unit}{story.last_year}",
        ),
    ]
    yield from rest[: max(0, FIGURES - len(answer.indices))]


def _seen(answer: Answer) -> list[IndexRow]:
    if len(answer.indices) <= FIGURES:
        return list(answer.indices)
    return sorted(answer.indices, key=lambda index: -abs(index.after - index.before))[: FIGURES - 1]


def _asked(story: Story, answer: Answer) -> Iterator[str]:
    """Yield what follows from the decision: money of the first year, starts, running costs."""
    first = answer.by_year[0]
    if first.planned:
        text = _("Release {cost} {unit} in {year}.")
        yield text.format(cost=brief(first.planned), unit=story.unit, year=first.year)
    starting = [row for row in answer.plan if not row.ongoing and row.start == story.years[0]]
    if starting:
        owners = sorted({steady(row.owner.strip()) for row in starting} - {""})
        text = several(
            "Have {number} investment started in {year}",
            "Have {number} investments started in {year}",
            len(starting),
        ).format(number=len(starting), year=story.years[0])
        without = sum(not row.owner.strip() for row in starting)
        if owners:
            text = _("{text} by {owners}").format(text=text, owners=named(owners, 3))
        if without:
            text = several(
                "{text}; {number} has no owner yet", "{text}; {number} have no owner yet", without
            ).format(text=text, number=without)
        yield f"{text}."
    running = sum(commitment.running for commitment in answer.commitments)
    if running:
        text = _("Accept running costs of {cost} {unit} a year after {year}{prices}.")
        yield text.format(
            cost=brief(running), unit=story.unit, year=story.years[-1], prices=story.last_year
        )


def _known(outcome: Outcome, story: Story, answer: Answer) -> Iterator[str]:
    """Yield what stands against deciding at once: an unfinished search, weak figures, less."""
    if not story.proven and outcome.stop is not Stop.GAP:
        yield story.proof[0]
    others = [index for index in answer.indices if index not in _seen(answer)]
    if others:
        text = _("The other indices: {indices}.")
        parts = (
            _("{index} from {before} to {after}").format(
                index=index.objective, before=points(index.before), after=points(index.after)
            )
            for index in others
        )
        yield text.format(indices="; ".join(parts))
    lower = [index.objective for index in answer.indices if index.after < index.before - 1e-9]
    if lower:
        yield _("Lower than today: {indices}.").format(indices=named(lower))
    if rows := dearest_first(answer):
        yield left_message(story, outcome.case, rows)
    if story.rests_on:
        yield story.rests_on
    if answer.own_worth is not None:
        yield answer.own_worth.sentence


def index_table(name: str, answer: Answer, on: Media) -> Table:
    """Return every index before the plan, after it and at its ideal."""
    rows: list[tuple[str, float, float, float | None]] = [
        (index.objective, index.before, index.after, index.possible) for index in answer.indices
    ]
    if len(rows) > 1:
        rows.append((_("Weighted sum"), answer.before, answer.objective, None))
    columns = (
        Column(_("Index"), Kind.NAME, 40),
        Column(_("Today"), Kind.POINTS, 20),
        Column(_("With the plan"), Kind.POINTS, 20),
        Column(_("Possible"), Kind.POINTS, 20),
    )
    return Table(name, columns, rows, on=on)
