"""What was not chosen, and the scores of every option."""

from choosebattles.report.sheets.book import Book
from choosebattles.report.sheets.looks import Kind
from choosebattles.report.sheets.page import Cell, Column, Page
from choosebattles.words import _


def score_of(criterion: str) -> str:
    """Return the head of the column of scores on a criterion."""
    return _("Score: {criterion}").format(criterion=criterion)


def adds_to(objective: str) -> str:
    """Return the head of the column of what options add to an index."""
    return _("Adds to {objective}").format(objective=objective)


def write_rejected(book: Book, page: Page) -> None:
    """Write the options that are not taken, those worth most for their money first."""
    line = _(
        "Worth is what its scores add to the objective while it works; cost is that within the "
        "years of the plan, started as early as it may, in prices of the first year."
    )
    cost = f"{_('Cost')}{book.story.first_year}"
    page.head(book.titled(_("Not chosen")), book.story.first_year_line, line)
    book.areas["rejected"] = page.table(
        [
            Column(_("Option"), Kind.NAME, 14),
            Column(_("Title"), Kind.TEXT, 38),
            Column(_("Owner"), Kind.TEXT, 20),
            Column(_("Pillar"), Kind.TEXT, 12),
            Column(_("Worth"), Kind.POINTS, 9),
            Column(cost, Kind.MONEY, 10),
            Column(_("Worth per million"), Kind.POINTS, 11),
            Column(_("Why not"), Kind.TEXT, 52),
        ],
        [
            (
                each.option,
                each.title,
                each.owner,
                each.pillar,
                each.worth,
                each.cost,
                each.per_million,
                each.reason,
            )
            for each in book.answer.rejected
        ],
        name="NotChosen",
        keep=2,
    )


def write_scores(book: Book, page: Page) -> None:
    """Write the scores of every option, and what the taken ones add to each index."""
    story, answer = book.story, book.answer
    line = _(
        "Works for: share of the plan's years in which it works, as the accrual weighs them. "
        "What it adds is before bends of layers and synergies."
    )
    cost = f"{_('Cost')}{story.first_year}"
    page.head(book.titled(_("Scores")), story.first_year_line, line)
    goals = [each.objective for each in answer.indices]
    columns = [
        Column(_("Option"), Kind.NAME, 14),
        Column(_("Title"), Kind.TEXT, 38),
        Column(_("Taken"), Kind.NAME, 8),
        Column(_("Works for"), Kind.SHARE, 9),
        *(Column(score_of(each.id), Kind.NUMBER, 12) for each in story.criteria),
        *(Column(adds_to(goal), Kind.POINTS, 12) for goal in goals),
        Column(cost, Kind.MONEY, 10),
        Column(_("Worth per million"), Kind.POINTS, 11),
        Column(_("Evidence"), Kind.NAME, 10),
    ]
    rows: list[list[Cell]] = [
        [
            each.option,
            each.title,
            _("yes") if each.taken else _("no"),
            each.counts,
            *(each.score[criterion.id] for criterion in story.criteria),
            *(each.adds[goal] for goal in goals),
            each.cost,
            each.per_million,
            each.evidence or _("none"),
        ]
        for each in answer.scores
    ]
    book.areas["scores"] = page.table(columns, rows, name="Scores", keep=2)
