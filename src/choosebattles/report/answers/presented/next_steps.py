"""A section on who starts what, and when: what follows from the decision."""

from collections.abc import Sequence

from choosebattles.report.answers.presented.amounts import brief, called, named, steady
from choosebattles.report.document import (
    PRESENTED,
    Column,
    Kind,
    Row,
    Section,
    Table,
)
from choosebattles.report.plan_parts.chosen_options import PlanRow
from choosebattles.report.view_model import Answer, Story
from choosebattles.translation import _, several


def next_steps(story: Story, answer: Answer) -> Section | None:
    """Return who starts what in the first year, and what follows; None where nothing is new."""
    new = [row for row in answer.plan if not row.ongoing]
    if not new:
        return None
    first = min(row.start for row in new)
    owners: dict[str, list[PlanRow]] = {}
    for row in new:
        owners.setdefault(row.owner.strip(), []).append(row)

    def busy(owner: str) -> tuple[int, float]:
        now = [row for row in owners[owner] if row.start == first]
        return -len(now), -sum(row.total for row in owners[owner])

    columns: tuple[Column, ...] = (
        Column(_("Owner"), Kind.TEXT, 18),
        Column(_("Starts in {year}").format(year=first), Kind.TEXT, 38),
        Column(_("Cost in {year}").format(year=first), Kind.FIGURES, 9),
        Column(_("Starts later"), Kind.TEXT, 35),
    )
    rows: list[Row] = [_of_owner(owner, owners[owner], first) for owner in sorted(owners, key=busy)]
    if not any(row[-1] for row in rows):
        columns, rows = columns[:-1], [row[:-1] for row in rows]
    note = _("Costs in {unit}{prices}.").format(unit=story.unit, prices=story.each_year)
    whole = _("results workbook, sheet Plan")
    return Section(
        _("Next steps"),
        (Table("NextSteps", columns, rows, note=note, whole=whole),),
        message=_message([row for row in new if row.start == first], first),
        sources=(_("Owners, start years and costs: results workbook, sheet Plan."),),
        on=PRESENTED,
    )


def _of_owner(owner: str, rows: Sequence[PlanRow], first: int) -> Row:
    now = sorted((row for row in rows if row.start == first), key=lambda row: -row.total)
    later = sorted((row for row in rows if row.start > first), key=lambda row: row.start)
    return (
        steady(owner) or _("no owner named"),
        named([called(row) for row in now]) if now else "",
        brief(sum(row.cost[first] for row in now)) if now else "",
        named([f"{called(row)} ({row.start})" for row in later], 3) if later else "",
    )


def _message(now: Sequence[PlanRow], first: int) -> str:
    owners = {row.owner.strip() for row in now} - {""}
    without = sum(not row.owner.strip() for row in now)
    text = several(
        "{number} investment starts in {year}", "{number} investments start in {year}", len(now)
    ).format(number=len(now), year=first)
    if owners:
        led = several("{text} under {owners} owner", "{text} under {owners} owners", len(owners))
        text = led.format(text=text, owners=len(owners))
    if without:
        lacking = several(
            "{text}; an owner must be named for {number}",
            "{text}; an owner must be named for {number}",
            without,
        )
        text = lacking.format(text=text, number=without)
    return f"{text}."
