"""Sections on what is taken and when."""

from collections import Counter
from collections.abc import Iterator, Sequence

from choosebattles.report.answers.presented.amounts import amount, called, said
from choosebattles.report.document import (
    PRESENTED,
    SLIDES,
    TEXT,
    Cell,
    Column,
    Kind,
    Manner,
    Section,
    Sentences,
    Shown,
    Table,
    Tone,
)
from choosebattles.report.plan_parts.chosen_options import PlanRow
from choosebattles.report.view_model import Answer, Story
from choosebattles.translation import _, listed, several

ROWS = 16
"""Options on a slide of the timeline."""
PAGES = 2
"""Slides of the timeline at most."""
WORDS = 8
"""Years up to which the cells of a timeline hold words; beyond, a letter."""
PAYERS = 50
"""Letters of who pays beyond which that column is broad."""
STARTS = 4
"""Start years that a sentence tells one by one."""


def timeline(story: Story, answer: Answer) -> Iterator[Section]:
    """Yield what is taken and when: for a slide or two, and a table with owners for documents."""
    plan, name = answer.plan, _("Priorities and timeline")
    if not plan:
        yield Section(name, (), message=answer.nothing_taken or _("Nothing is taken."), on=TEXT)
        return
    slides = [plan[n : n + ROWS] for n in range(0, min(len(plan), ROWS * PAGES), ROWS)]
    rest = plan[ROWS * PAGES :]
    sources = (
        _("Start years and costs: results workbook, sheet Plan, columns Start and Total."),
        _(
            "Every start year and cost was counted again by the audit, which shares nothing with "
            "the solver."
        ),
    )
    for number, rows in enumerate(slides):
        last = number == len(slides) - 1
        bars = _bars(
            f"Timeline{number + 1}", story, rows, _rest(story, rest) if last and rest else ""
        )
        if number:
            message = _later(plan[ROWS * number :])
            yield Section(name, (bars,), message=message, sources=sources, on=SLIDES)
            continue
        sentences = Sentences(tuple(_priorities(story, answer)), manner=Manner.LIST)
        blocks = (bars, sentences, _owners(story, answer))
        yield Section(name, blocks, message=_starts(plan), sources=sources, on=PRESENTED)


def _starts(plan: Sequence[PlanRow]) -> str:
    new = [row for row in plan if not row.ongoing]
    under_way = len(plan) - len(new)
    if not new:
        text = several(
            "The plan starts nothing new; {number} investment is under way already.",
            "The plan starts nothing new; {number} investments are under way already.",
            under_way,
        )
        return text.format(number=under_way)
    years = sorted(Counter(row.start for row in new).items())
    shown = years if len(years) <= STARTS else years[: STARTS - 1]
    parts = [_("{number} in {year}").format(number=number, year=year) for year, number in shown[1:]]
    first_year, first = shown[0]
    text = several(
        "{number} investment starts in {year}", "{number} investments start in {year}", first
    )
    clauses = [text.format(number=first, year=first_year), *parts]
    if len(shown) < len(years):
        later = sum(number for _year, number in years[len(shown) :])
        clauses.append(_("{number} from {year} on").format(number=later, year=years[len(shown)][0]))
    if under_way:
        text = several("{number} is under way already", "{number} are under way already", under_way)
        clauses.append(text.format(number=under_way))
    return f"{listed(clauses)}."


def _later(rows: Sequence[PlanRow]) -> str:
    """Return how many more start, of all that the slides before do not show."""
    new = [row.start for row in rows if not row.ongoing]
    if not new:
        text = several(
            "{number} more investment is under way already.",
            "{number} more investments are under way already.",
            len(rows),
        )
        return text.format(number=len(rows))
    text = several(
        "{number} more investment starts in {first}.",
        "{number} more investments start from {first} on, the last of them in {last}.",
        len(new),
    )
    return text.format(number=len(new), first=min(new), last=max(new))


def _rest(story: Story, rest: Sequence[PlanRow]) -> str:
    text = several(
        "{number} more, together {cost} {unit}: results workbook, sheet Plan.",
        "{number} more, together {cost} {unit}: results workbook, sheet Plan.",
        len(rest),
    )
    cost = said(sum(row.total for row in rest))
    return text.format(number=len(rest), cost=cost, unit=story.unit)


def _priorities(story: Story, answer: Answer) -> Iterator[str]:
    dear = sorted((row for row in answer.plan if row.total > 0), key=lambda row: -row.total)[:3]
    options = listed([f"{called(row)} {said(row.total)}" for row in dear] or [""])
    text = several(
        "It costs, in {unit}: {options}.", "Most money, in {unit}, goes to: {options}.", len(dear)
    )
    if dear:
        yield text.format(unit=f"{story.unit}{story.each_year}", options=options)
    pillars = Counter(row.pillar for row in answer.plan if row.pillar)
    if len(pillars) > 1:
        counts = listed(f"{name} ({number})" for name, number in pillars.most_common())
        yield _("By pillar: {pillars}.").format(pillars=counts)


def _bars(name: str, story: Story, rows: Sequence[PlanRow], note: str) -> Table:
    words = len(story.years) <= WORDS
    builds, runs = (_("builds"), _("runs")) if words else (_("b"), _("r"))
    heads = [f"{year}" if words else f"{year % 100:02d}" for year in story.years]
    text = _("b: builds; r: runs; years {first} to {last} by their last two digits.")
    legend = "" if words else text.format(first=story.years[0], last=story.years[-1])
    shade = {builds: 0.35, runs: 1.0}
    share = min(11, 45 / len(story.years))

    def cell(row: PlanRow, year: int) -> Cell:
        state = _state(row, year, builds, runs)
        return Shown(state, Kind.NAME, Tone.KEPT, shade[state]) if state else None

    columns = (
        Column(_("Option"), Kind.NAME, 14),
        Column(_("What it is"), Kind.TEXT, 76 - share * len(story.years)),
        *(Column(head, Kind.NAME, share) for head in heads),
        Column(f"{_('Cost')}{story.each_year}", Kind.MONEY, 10),
    )
    cells = [
        (row.option, row.title, *(cell(row, year) for year in story.years), row.total)
        for row in rows
    ]
    whole = _("results workbook, sheet Plan")
    return Table(
        name, columns, cells, note=" ".join(filter(None, (note, legend))), whole=whole, on=SLIDES
    )


def _state(row: PlanRow, year: int, builds: str, runs: str) -> str:
    if row.start <= year < row.operates_from:
        return builds
    ended = row.operates_until is not None and year > row.operates_until
    return runs if year >= row.operates_from and not ended else ""


def _owners(story: Story, answer: Answer) -> Table:
    funds = [name for name, _title in story.funds]
    rows = [
        (
            row.option,
            row.title,
            row.owner,
            _("under way") if row.ongoing else row.start,
            row.operates_from,
            row.total,
            ", ".join(
                f"{name} {amount(story, row.paid[name])}" for name in funds if row.paid[name]
            ),
        )
        for row in answer.plan
    ]
    many = max(len(row[-1]) for row in rows) > PAYERS
    title, owner, payers = (22, 12, 30) if many else (31, 15, 18)
    columns = (
        Column(_("Option"), Kind.NAME, 12),
        Column(_("What it is"), Kind.TEXT, title),
        Column(_("Owner"), Kind.TEXT, owner),
        Column(_("From"), Kind.WHEN, 8),
        Column(_("Works from"), Kind.WHEN, 8),
        Column(f"{_('Cost')}{story.each_year}", Kind.MONEY, 8),
        Column(_("Paid by"), Kind.TEXT, payers),
    )
    return Table("Owners", columns, rows, on=TEXT)
