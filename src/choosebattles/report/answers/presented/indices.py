"""A section on what the plan makes of the indices, and what adds to them."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from choosebattles.report.answers.presented.amounts import steady
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
from choosebattles.report.plan_parts.waterfall import NOTHING, Climb, StepRow
from choosebattles.report.view_model import Answer
from choosebattles.translation import _, capitalised

STEPS = 12
"""Steps of a waterfall up to which each investment has one of its own."""
STEPS_OF_TWO = 9
"""The same where two stand beside each other."""
DRAWN = 2
"""Indices that are drawn; of more, their weighted sum is, beside a table."""

Group = Callable[[StepRow], str]


def indices(answer: Answer) -> Section:
    """Return what the plan makes of the indices, and what adds to them."""
    many = len(answer.indices) > DRAWN
    most = STEPS_OF_TWO if len(answer.indices) == DRAWN else STEPS
    group = _group(answer, most)
    whole, *others = (_grouped(climb, name, answer.steps, group) for climb, name in _climbs(answer))
    drawn = [whole] if many else others
    moved = bool(whole.steps) or any(climb.steps for climb in others)
    blocks: list[Block] = [_chart(climb) for climb in drawn] if moved else []
    if many or not moved:
        blocks.append(index_table("SlideIndices", answer, SLIDES))
    return Section(
        _("What the plan changes"),
        (*blocks, Sentences(answer.lowering, manner=Manner.LIST), _steps(answer)),
        message=_message(answer, whole),
        sources=(
            _("Indices: results workbook, sheet Summary, columns Before, After and Possible."),
            _("Steps: sheet Contributions; with the level before they add up to the level after."),
        ),
        on=PRESENTED,
    )


def _climbs(answer: Answer) -> Iterator[tuple[Climb, str | None]]:
    """Yield the waterfall of the weighted sum, then of each index with its name."""
    whole, *others = answer.climbs
    yield whole, None
    yield from zip(others, (index.objective for index in answer.indices), strict=True)


def _group(answer: Answer, most: int) -> Group:
    """Return what steps stand together: none, those of a pillar, or those of a start year."""
    rows = {row.option: row for row in answer.plan}
    pillars = {rows[step.option].pillar for step in answer.steps if step.option in rows}
    if len(answer.steps) <= most:
        return lambda step: step.title if step.option else ""
    if 1 < len(pillars) <= most:
        return lambda step: rows[step.option].pillar or _("no pillar") if step.option else ""
    text = _("started in {year}")
    return lambda step: text.format(year=rows[step.option].start) if step.option else ""


def _grouped(climb: Climb, goal: str | None, steps: Sequence[StepRow], group: Group) -> Climb:
    """Return a waterfall in which the steps of a group are one, named with their number."""
    sums: dict[str, float] = {}
    count: Counter[str] = Counter()
    for step in steps:
        change = step.objective if goal is None else step.adds[goal]
        if abs(change) > NOTHING:
            name = group(step) or step.title
            sums[name] = sums.get(name, 0.0) + change
            count[name] += 1
    named = (
        (f"{steady(name)} ({count[name]})" if count[name] > 1 else steady(name), change)
        for name, change in sums.items()
    )
    return replace(climb, steps=tuple(sorted(named, key=lambda step: -step[1])))


def _message(answer: Answer, whole: Climb) -> str:
    if not whole.steps:
        return _("Nothing that is taken changes the weighted sum of the indices.")
    name = (
        answer.indices[0].objective
        if len(answer.indices) == 1
        else _("the weighted sum of the {number} indices").format(number=len(answer.indices))
    )
    change = whole.after - whole.before
    text = (
        _("{name} stays at {after}; the largest step is {step}.")
        if abs(change) <= NOTHING
        else _("{name} rises from {before} to {after}; the largest step is {step}.")
        if change > 0
        else _("{name} falls from {before} to {after}; the largest step is {step}.")
    )
    step, size = max(whole.steps, key=lambda each: abs(each[1]))
    return text.format(
        name=capitalised(name),
        before=points(whole.before),
        after=points(whole.after),
        step=signed(f"{step},", size),
    )


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
