"""What every option adds, what was not chosen and why, and the scores behind it."""

from collections.abc import Sequence
from dataclasses import replace

from choosebattles.report.document import (
    WORKBOOK,
    Chart,
    Column,
    Kind,
    Row,
    Section,
    Table,
)
from choosebattles.report.plan_parts.charts import in_steps
from choosebattles.report.plan_parts.waterfall import Climb, StepRow, shortened
from choosebattles.report.view_model import Answer, Story
from choosebattles.translation import _

MOST = 40
"""Steps of a waterfall; what adds less is drawn as one."""
CHARTS = 7
"""Waterfalls at most: that of the weighted sum and those of the first indices."""
LETTER = 7
"""Pixels of a letter's width."""
NAMED, TITLED, NUMBER, LAST = 12, 52, 13, 16
"""Widths of the columns of contributions: name, title, each index, the weighted sum."""


def score_of(criterion: str) -> str:
    """Return the head of the column of scores on a criterion."""
    return _("Score: {criterion}").format(criterion=criterion)


def adds_to(objective: str) -> str:
    """Return the head of the column of what options add to an index."""
    return _("Adds to {objective}").format(objective=objective)


def weighted_sum() -> str:
    """Return the name of the weighted sum of the indices."""
    return _("Objective (weighted sum)")


def contributions(answer: Answer) -> Section:
    """Return a row for each step from before to after, and the same as waterfalls."""
    names = [index.objective for index in answer.indices]
    rows: list[Row] = [
        (_("Before"), None, *(index.before for index in answer.indices), answer.before),
        *(_step(step, names) for step in answer.steps),
        (_("After"), None, *(index.after for index in answer.indices), answer.objective),
    ]
    table = Table(
        "Contributions",
        (
            Column(_("Step"), Kind.NAME, NAMED),
            Column(_("What it is"), Kind.TEXT, TITLED),
            *(Column(adds_to(name), Kind.INDEX, NUMBER) for name in names),
            Column(weighted_sum(), Kind.INDEX, LAST),
        ),
        rows,
        keep=2,
        filtered=False,
    )
    width = LETTER * (NAMED + TITLED + NUMBER * len(names) + LAST)
    charts = (waterfall(shortened(climb, MOST), width) for climb in answer.climbs[:CHARTS])
    return Section(
        _("Contributions"),
        (table, *charts),
        leads=(
            _(
                "What each thing adds to an index, in points: its scores for as long as it works, "
                "then what services keep working, then all else."
            ),
            _("Before and all steps below it add up to After; that is one of the checks."),
        ),
        answers=_("What does each investment add to each index?"),
        on=WORKBOOK,
    )


def _step(step: StepRow, names: Sequence[str]) -> Row:
    return (step.option, step.says, *(step.adds[name] for name in names), step.objective)


def waterfall(climb: Climb, width: int) -> Chart:
    """Return the steps from one level to another as a chart."""
    text = _("{title}: from the level before, step by step, to the level after.")
    return replace(in_steps(climb, text.format(title=climb.title)), size=(width, 280))


def rejected(story: Story, answer: Answer) -> Section:
    """Return the options that are not taken, those worth most for their money first."""
    columns = (
        Column(_("Option"), Kind.NAME, 14),
        Column(_("Title"), Kind.TEXT, 38),
        Column(_("Owner"), Kind.TEXT, 20),
        Column(_("Pillar"), Kind.TEXT, 12),
        Column(_("Worth"), Kind.POINTS, 9),
        Column(f"{_('Cost')}{story.first_year}", Kind.MONEY, 10),
        Column(_("Worth per million"), Kind.POINTS, 11),
        Column(_("Why not"), Kind.TEXT, 52),
    )
    rows = [
        (
            row.option,
            row.title,
            row.owner,
            row.pillar,
            row.worth,
            row.cost,
            row.per_million,
            row.reason,
        )
        for row in answer.rejected
    ]
    line = _(
        "Worth is what its scores add to the objective while it works; cost is that within the "
        "years of the plan, started as early as it may, in prices of the first year."
    )
    return Section(
        _("Not chosen"),
        (Table("NotChosen", columns, rows, keep=2),),
        leads=(story.first_year_line, line),
        answers=_("Why is something not in the plan?"),
        on=WORKBOOK,
    )


def scores(story: Story, answer: Answer) -> Section:
    """Return the scores of every option, and what the taken ones add to each index."""
    goals = [index.objective for index in answer.indices]
    columns = (
        Column(_("Option"), Kind.NAME, 14),
        Column(_("Title"), Kind.TEXT, 38),
        Column(_("Taken"), Kind.NAME, 8),
        Column(_("Works for"), Kind.SHARE, 9),
        *(Column(score_of(criterion.id), Kind.NUMBER, 12) for criterion in story.criteria),
        *(Column(adds_to(goal), Kind.POINTS, 12) for goal in goals),
        Column(f"{_('Cost')}{story.first_year}", Kind.MONEY, 10),
        Column(_("Worth per million"), Kind.POINTS, 11),
        Column(_("Evidence"), Kind.NAME, 10),
    )
    rows = [
        (
            row.option,
            row.title,
            _("yes") if row.taken else _("no"),
            row.counts,
            *(row.score[criterion.id] for criterion in story.criteria),
            *(row.adds[goal] for goal in goals),
            row.cost,
            row.per_million,
            row.evidence or _("none"),
        )
        for row in answer.scores
    ]
    line = _(
        "Works for: share of the plan's years in which it works, as the accrual weighs them. "
        "What it adds is before bends of layers and synergies."
    )
    return Section(
        _("Scores"),
        (Table("Scores", columns, rows, keep=2),),
        leads=(story.first_year_line, line),
        answers=_("Which scores, costs and grades of evidence does it rest on?"),
        on=WORKBOOK,
    )
