"""A section on what the plan makes of the indices, and what adds to them."""

from dataclasses import replace

from choosebattles.report.answers.presented.decision import index_table
from choosebattles.report.document import (
    PRESENTED,
    SLIDES,
    TEXT,
    Block,
    Chart,
    Column,
    Kind,
    Manner,
    Section,
    Sentences,
    Table,
)
from choosebattles.report.number_wording import points, signed
from choosebattles.report.plan_parts.charts import in_steps
from choosebattles.report.plan_parts.headline import changes
from choosebattles.report.plan_parts.waterfall import NOTHING, Climb, shortened
from choosebattles.report.view_model import Answer
from choosebattles.translation import _

STEPS = 9
"""Steps of a waterfall on a slide that it has to itself."""
STEPS_OF_TWO = 8
"""The same where two stand beside each other."""


def indices(answer: Answer) -> Section:
    """Return what the plan makes of the indices, and what adds to them."""
    whole, *others = answer.climbs
    drawn = [whole] if len(others) > 2 else others
    most = STEPS if len(drawn) == 1 else STEPS_OF_TWO
    moved = any(climb.steps for climb in answer.climbs)
    blocks: list[Block] = [_chart(shortened(climb, most)) for climb in drawn] if moved else []
    if len(others) > 2 or not moved:
        blocks.append(index_table("SlideIndices", answer, SLIDES))
    return Section(
        _("What the plan changes"),
        (*blocks, Sentences((_most(whole),), manner=Manner.LIST), _steps(answer)),
        message=_("The plan {changes}.").format(changes=changes(answer.indices)),
        sources=(
            _("Indices: results workbook, sheet Summary, columns Before, After and Possible."),
            _("Steps: sheet Contributions; with the level before they add up to the level after."),
        ),
        on=PRESENTED,
    )


def _most(whole: Climb) -> str:
    if not whole.steps:
        return _("Nothing that is taken changes an index.")
    name, change = max(whole.steps, key=lambda step: abs(step[1]))
    text = _("The largest step of the weighted sum: {step} points.")
    return text.format(step=signed(name, change))


def _chart(climb: Climb) -> Chart:
    text = _("{title}: from {before} to {after}, by {steps}.")
    says = text.format(
        title=climb.title,
        before=points(climb.before),
        after=points(climb.after),
        steps=", ".join(signed(*step) for step in climb.steps) or _("nothing"),
    )
    return replace(in_steps(climb, says), on=PRESENTED)


def _steps(answer: Answer) -> Table:
    names = [index.objective for index in answer.indices]
    share = min(14.0, 50 / (len(names) + 1))
    columns = (
        Column(_("Option"), Kind.NAME, 15),
        Column(_("What it is"), Kind.TEXT, 85 - share * (len(names) + 1)),
        *(Column(name, Kind.FIGURES, share) for name in names),
        Column(_("Weighted sum"), Kind.FIGURES, share),
    )
    before = (*(index.before for index in answer.indices), answer.before)
    after = (*(index.after for index in answer.indices), answer.objective)
    rows = [
        (
            row.option,
            row.says,
            *(_signed(change) for change in (*(row.adds[name] for name in names), row.objective)),
        )
        for row in answer.steps
    ]
    levels = [
        (name, None, *(points(level) for level in them))
        for name, them in ((_("Before"), before), (_("After"), after))
    ]
    return Table("Steps", columns, [levels[0], *rows, levels[1]], on=TEXT)


def _signed(change: float) -> str:
    return signed("", change).strip() if abs(change) > NOTHING else ""
