"""The answer on one page, for who reads nothing else, and as the terminal tells it."""

from collections.abc import Iterator

from choosebattles.case.case import Case
from choosebattles.report.answers.plan.options import weighted_sum
from choosebattles.report.document import (
    SCREEN,
    WORKBOOK,
    Block,
    Cells,
    Chart,
    Column,
    Form,
    Formula,
    Kind,
    Manner,
    Role,
    Section,
    Sentences,
    Series,
    Table,
)
from choosebattles.report.number_wording import millions_alike, points
from choosebattles.report.plan_parts.amount_headings import each_year
from choosebattles.report.view_model import Answer, Story
from choosebattles.spelling import TERMINAL_WIDTH, short_title
from choosebattles.translation import _

FIRST, OTHERS = 27, 11.5
"""Widths of the first column and of the others, in letters."""


def summary(story: Story, seal: Formula | None) -> Section:
    """Return headline, sentences, tables of indices, money and evidence, and two charts."""
    about = f"{story.money_line} {story.edition}." if story.edition else story.money_line
    return Section(
        _("Summary"),
        tuple(_blocks(story)),
        leads=(about,) if seal is None else (about, seal),
        message=story.headline,
        answers=_("What does the plan bring, what does it cost, and is it proved to be best?"),
        on=WORKBOOK,
    )


def _blocks(story: Story) -> Iterator[Block]:
    yield Sentences((story.headline,), manner=Manner.HEADLINE)
    yield Sentences((*story.proof, *story.sentences, *story.notes))
    yield Sentences(story.keeps, _("What keeps working, and what could be lost"))
    yield Sentences(story.binding, _("What binds"))
    if story.answer is None:
        yield Sentences(story.conflict, _("Why nothing fits"))
        yield Sentences(story.advice, _("What you can try"), Manner.LIST)
        return
    yield _indices(story.answer)
    yield _years(story.answer)
    yield _evidence(story.answer)
    yield from _charts(story, story.answer)


def _indices(answer: Answer) -> Table:
    titles = (_("Before"), _("After"), _("Change"), _("Possible"))
    possible = sum(index.weight * index.possible for index in answer.indices)
    gain = answer.objective - answer.before
    return Table(
        "Indices",
        (
            Column(_("Index"), Kind.NAME, FIRST),
            Column(_("Weight"), Kind.SHARE, OTHERS),
            *(Column(title, Kind.POINTS, OTHERS) for title in titles),
        ),
        [
            *(
                (
                    index.objective,
                    index.weight,
                    index.before,
                    index.after,
                    index.after - index.before,
                    index.possible,
                )
                for index in answer.indices
            ),
            (weighted_sum(), 1.0, answer.before, answer.objective, gain, possible),
        ],
        title=_("What it changes (possible: with everything worth having)"),
    )


def _years(answer: Answer) -> Table:
    titles = (
        _("Available"),
        _("Planned"),
        _("Reserve asked"),
        _("Held"),
        _("Set aside"),
        _("Left"),
    )
    return Table(
        "MoneyByYear",
        (
            Column(_("Year"), Kind.WHEN, FIRST),
            *(Column(title, Kind.MONEY, OTHERS) for title in titles),
        ),
        [
            (row.year, row.available, row.planned, row.reserve, row.held, row.aside, row.left)
            for row in answer.by_year
        ],
        title=_("Money by year"),
    )


def _evidence(answer: Answer) -> Table:
    return Table(
        "EvidenceGrades",
        (
            Column(_("Evidence"), Kind.NAME, FIRST),
            Column(_("Grade"), Kind.NAME, OTHERS),
            Column(_("Options"), Kind.COUNT, OTHERS),
            Column(_("Share of value"), Kind.SHARE, OTHERS),
        ),
        [(row.meaning, row.grade or _("none"), row.options, row.share) for row in answer.evidence],
        title=_("What the figures rest on"),
    )


def _charts(story: Story, answer: Answer) -> Iterator[Chart]:
    last = len(answer.indices) - 1
    yield Chart(
        Form.COLUMNS,
        _("Indices"),
        _("points"),
        story.headline,
        tuple(
            Series(title, Cells("Indices", title, 0, last))
            for title in (_("Before"), _("After"), _("Possible"))
        ),
        categories=Cells("Indices", _("Index"), 0, last),
        size=(540, 250),
        beside=True,
    )
    parts = [_("Planned")]
    parts += [_("Held")] if any(row.held for row in answer.by_year) else []
    parts += [_("Set aside")] if any(row.aside for row in answer.by_year) else []
    available = Cells("MoneyByYear", _("Available"))
    yield Chart(
        Form.STACK,
        _("Money planned and available"),
        story.unit,
        _("Money planned, held and set aside in each year, against what is available."),
        (
            *(Series(part, Cells("MoneyByYear", part)) for part in parts),
            Series(_("Available"), available, role=Role.CEILING),
        ),
        categories=Cells("MoneyByYear", _("Year")),
        number="#,##0.0",
        size=(540, 290),
        beside=True,
    )


def on_screen(case: Case, story: Story) -> Section:
    """Return the answer in words: headline, indices, proof, money, what to try."""
    blocks: list[Block] = [Sentences((story.headline,))]
    if story.answer is not None:
        blocks += [_levels(story.answer), _chosen(case, story.answer)]
    sentences = (
        *story.proof,
        *story.conflict,
        *story.sentences,
        *story.keeps,
        *story.binding,
        *story.notes,
    )
    blocks += [Sentences(sentences), Sentences(story.advice, _("What you can try:"), Manner.LIST)]
    return Section("", tuple(blocks), on=SCREEN)


def _levels(answer: Answer) -> Table:
    titles = (_("before"), _("after"), _("of a possible"))
    return Table(
        "",
        (Column(_("index"), Kind.NAME), *(Column(title, Kind.FIGURES) for title in titles)),
        [
            (index.objective, *map(points, (index.before, index.after, index.possible)))
            for index in answer.indices
        ],
    )


def _chosen(case: Case, answer: Answer) -> Table:
    rows = sorted(answer.plan, key=lambda row: (row.start, row.option))
    costs = millions_alike(case, [row.total for row in rows])
    return Table(
        "",
        (
            Column(_("from"), Kind.NAME),
            Column(_("option"), Kind.NAME),
            Column(_("what it is"), Kind.TEXT),
            Column(f"{_('cost')}{each_year(case)}", Kind.FIGURES),
        ),
        [
            (str(row.start), row.option, short_title(row.title, TERMINAL_WIDTH), cost)
            for row, cost in zip(rows, costs, strict=True)
        ],
    )
