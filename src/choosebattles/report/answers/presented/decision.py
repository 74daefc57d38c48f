"""A section on the whole answer: a sentence and the numbers to be seen first."""

from choosebattles.report.answers.presented.amounts import said
from choosebattles.report.document import (
    PRESENTED,
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
from choosebattles.report.view_model import Answer, Story
from choosebattles.translation import _

INDICES = 4
"""Indices that are seen first."""


def decision(story: Story, answer: Answer) -> Section:
    """Return the whole answer: a sentence and the numbers."""
    sentences = (*story.proof, *(text for text in story.sentences if text not in answer.left))
    return Section(
        _("The decision"),
        (
            Figures(_figures(story, answer)),
            Sentences(sentences, manner=Manner.LIST),
            index_table("PresentedIndices", answer, TEXT),
        ),
        message=story.headline,
        sources=(
            _("Cost: results workbook, sheet Plan, sum of the column Total."),
            _("Money in all funds: sheet Spending, sum of the column Amount."),
            _("Indices: sheet Summary, table of indices, columns Before, After and Possible."),
        ),
        on=PRESENTED,
    )


def _figures(story: Story, answer: Answer) -> tuple[Figure, ...]:
    available = sum(row.amount for row in answer.spending)
    figures = [
        Figure(
            _("Cost, {unit}").format(unit=story.unit),
            said(answer.total_cost),
            _("of {there} in all funds{prices}").format(
                there=said(available), prices=story.each_year
            ),
        )
    ]
    for index in answer.indices[:INDICES]:
        text = _("from {before}, of a possible {possible}")
        says = text.format(before=points(index.before), possible=points(index.possible))
        figures.append(Figure(index.objective, points(index.after), says))
    if len(answer.indices) > 1:
        proved = _("proved") if story.proven else _("not proved to be the best")
        says = _("from {before}; {proved}").format(before=points(answer.before), proved=proved)
        figures.append(Figure(_("Objective (weighted sum)"), points(answer.objective), says))
    return tuple(figures)


def index_table(name: str, answer: Answer, on: Media) -> Table:
    """Return every index before the plan, after it and at its ideal."""
    rows: list[tuple[str, float, float, float | None]] = [
        (index.objective, index.before, index.after, index.possible) for index in answer.indices
    ]
    if len(rows) > 1:
        rows.append((_("Objective (weighted sum)"), answer.before, answer.objective, None))
    columns = (
        Column(_("Index"), Kind.NAME, 40),
        Column(_("Before"), Kind.POINTS, 20),
        Column(_("After"), Kind.POINTS, 20),
        Column(_("Possible"), Kind.POINTS, 20),
    )
    return Table(name, columns, rows, on=on)
