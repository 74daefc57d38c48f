"""Sections on what is taken and when: bars by pillar, with owners and costs."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from choosebattles.report.answers.presented.amounts import (
    amount,
    brief,
    called,
    named,
    steady,
)
from choosebattles.report.document import (
    PRESENTED,
    SLIDES,
    TEXT,
    Column,
    Kind,
    Manner,
    Media,
    Section,
    Sentences,
    Table,
    Timeline,
    TimelineBar,
)
from choosebattles.report.plan_parts.chosen_options import PlanRow
from choosebattles.report.view_model import Answer, Story
from choosebattles.translation import _, several

ROWS = 20
"""Rows of a timeline on a slide, of two at most."""
PAYERS = 50
"""Letters of who pays beyond which that column is broad."""


def timeline(story: Story, answer: Answer) -> Iterator[Section]:
    """Yield what is taken and when: for a slide or two, and whole with who pays for documents."""
    plan, name = answer.plan, _("Priorities and timeline")
    if not plan:
        yield Section(name, (), message=answer.nothing_taken or _("Nothing is taken."), on=TEXT)
        return
    sources = (
        _("Start years and costs: results workbook, sheet Plan, columns Start and Total."),
        _(
            "Every start year and cost was counted again by the audit, which shares nothing with "
            "the solver."
        ),
    )
    starts, works = _starts(plan), _works(plan)
    parts = _parts(_bars(story, plan, 2 * ROWS))
    dear = Sentences(tuple(_dearest(story, plan)), manner=Manner.LIST, on=TEXT)
    told = Sentences((works,), manner=Manner.LIST, on=TEXT if len(parts) > 1 else PRESENTED)
    yield Section(
        name,
        (
            _drawn(story, "Timeline1", parts[0], SLIDES),
            _drawn(story, "TimelineWhole", _bars(story, plan, len(plan)), TEXT),
            told,
            dear,
            _payers(story, answer),
        ),
        message=starts,
        sources=sources,
        on=PRESENTED,
    )
    for number, bars in enumerate(parts[1:], 2):
        drawn = _drawn(story, f"Timeline{number}", bars, SLIDES)
        yield Section(name, (drawn,), message=works, sources=sources, on=SLIDES)


def starts_nothing(number: int) -> str:
    """Return that a plan starts nothing; ``number`` investments are under way."""
    text = several(
        "The plan starts nothing new; {number} investment is under way already.",
        "The plan starts nothing new; {number} investments are under way already.",
        number,
    )
    return text.format(number=number)


def _starts(plan: Sequence[PlanRow]) -> str:
    """Return how many investments start in the first year of any, and when the last one does."""
    new = [row.start for row in plan if not row.ongoing]
    under_way = len(plan) - len(new)
    if not new:
        return starts_nothing(under_way)
    first, last = min(new), max(new)
    at_once = new.count(first)
    if first == last:
        text = several(
            "The one investment starts in {first}",
            "All {all} investments start in {first}",
            len(new),
        )
    else:
        text = several(
            "{number} of {all} investments starts in {first}, the last in {last}",
            "{number} of {all} investments start in {first}, the last in {last}",
            at_once,
        )
    text = text.format(number=at_once, all=len(new), first=first, last=last)
    if under_way:
        more = several(
            "{text}; {number} is under way already",
            "{text}; {number} are under way already",
            under_way,
        )
        text = more.format(text=text, number=under_way)
    return f"{text}."


def _works(plan: Sequence[PlanRow]) -> str:
    """Return by when half of the plan works, and from when on all of it has begun to."""
    begun = sorted(row.operates_from for row in plan)
    half, last = begun[(len(begun) - 1) // 2], begun[-1]
    by_then = sum(year <= half for year in begun)
    if by_then == len(begun):
        text = (
            _("All of it works from {half} on.")
            if begun[0] == half
            else _("All of it has begun to work by {half}.")
        )
        return text.format(half=half)
    text = several(
        "By {half} {number} of {all} investments has begun to work, the last begins in {last}.",
        "By {half} {number} of {all} investments have begun to work, the last begins in {last}.",
        by_then,
    )
    return text.format(number=by_then, all=len(begun), half=half, last=last)


def _dearest(story: Story, plan: Sequence[PlanRow]) -> Iterator[str]:
    dear = sorted((row for row in plan if row.total > 0), key=lambda row: -row.total)[:3]
    if dear:
        options = named([f"{called(row)} {brief(row.total)}" for row in dear])
        text = several(
            "It costs, in {unit}: {options}.",
            "Most money, in {unit}, goes to: {options}.",
            len(dear),
        )
        yield text.format(unit=f"{story.unit}{story.each_year}", options=options)


def _drawn(story: Story, name: str, bars: Sequence[TimelineBar], on: Media) -> Timeline:
    says = _(
        "A bar for each investment: the years in which it is built, then those in which it works."
    )
    note = _("Costs over all years in {unit}{prices}.")
    note = note.format(unit=story.unit, prices=story.each_year)
    return Timeline(name, story.years, tuple(bars), _("Cost"), says, note, on=on)


def _bars(story: Story, plan: Sequence[PlanRow], most: int) -> list[TimelineBar]:
    """Return a bar for each investment by pillar, the pillar with most money first.

    Where there are more than ``most``, the cheapest ones of the fullest pillars stand together.
    """
    pillars: dict[str, list[PlanRow]] = {}
    many = len({row.pillar for row in plan}) > most // 2
    for row in plan:
        pillars.setdefault("" if many else row.pillar, []).append(row)
    together: dict[str, list[PlanRow]] = {name: [] for name in pillars}
    alone = {name: sorted(rows, key=lambda row: -row.total) for name, rows in pillars.items()}
    while sum(len(alone[name]) + bool(together[name]) for name in alone) > most:
        fullest = max(alone, key=lambda name: len(alone[name]))
        together[fullest].append(alone[fullest].pop())
    bars: list[TimelineBar] = []
    for name in sorted(pillars, key=lambda name: -sum(row.total for row in pillars[name])):
        rows = sorted(alone[name], key=lambda row: (row.start, row.operates_from, -row.total))
        bars += [_bar(story, name, row) for row in rows]
        if together[name]:
            bars.append(_rest(name, together[name]))
    return bars


def _bar(story: Story, pillar: str, row: PlanRow) -> TimelineBar:
    first, last = story.years[0], story.years[-1]
    until = last if row.operates_until is None else min(last, row.operates_until)
    builds = (max(first, row.start), min(last, row.operates_from - 1))
    works = (max(first, row.operates_from), until)
    return TimelineBar(
        called(row),
        steady(pillar),
        steady(row.owner.strip()),
        brief(row.total),
        _("under way") if row.ongoing else row.start,
        builds if builds[0] <= builds[1] else None,
        works if works[0] <= works[1] else None,
    )


def _rest(pillar: str, rows: Sequence[PlanRow]) -> TimelineBar:
    first, last = min(row.start for row in rows), max(row.start for row in rows)
    owners = {row.owner for row in rows}
    return TimelineBar(
        _("{number} more").format(number=len(rows)),
        steady(pillar),
        owners.pop() if len(owners) == 1 else "",
        brief(sum(row.total for row in rows)),
        f"{first}" if first == last else _("{first} to {last}").format(first=first, last=last),
        together=True,
    )


def _parts(bars: Sequence[TimelineBar]) -> list[list[TimelineBar]]:
    """Return the bars of each slide: a pillar is divided only where it does not fit."""
    if len(bars) <= ROWS:
        return [list(bars)]
    ends = [0]
    for _pillar, group in groupby(bars, key=lambda bar: bar.group):
        ends.append(ends[-1] + len(list(group)))
    fitting = [end for end in ends if end <= ROWS and len(bars) - end <= ROWS]
    middle = min(fitting or [(len(bars) + 1) // 2], key=lambda end: abs(2 * end - len(bars)))
    return [list(bars[:middle]), list(bars[middle:])]


def _payers(story: Story, answer: Answer) -> Table:
    titles = dict(story.funds)
    rows = [
        (
            row.option,
            called(row),
            row.owner,
            row.total,
            ", ".join(
                f"{steady(titles[name] or name)} {amount(story, paid)}"
                for name, paid in row.paid.items()
                if paid
            ),
        )
        for row in answer.plan
    ]
    many = max(len(row[-1]) for row in rows) > PAYERS
    title, owner, payers = (26, 16, 36) if many else (36, 18, 24)
    columns = (
        Column(_("Option"), Kind.NAME, 12),
        Column(_("What it is"), Kind.TEXT, title),
        Column(_("Owner"), Kind.TEXT, owner),
        Column(f"{_('Cost')}{story.each_year}", Kind.MONEY, 10),
        Column(_("Paid by"), Kind.TEXT, payers),
    )
    return Table("Owners", columns, rows, _("Who pays"), note=story.money_note, on=TEXT)
