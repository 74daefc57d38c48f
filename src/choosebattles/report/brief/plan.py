"""Chapters on the plan itself: the decision, the timeline, what is left out."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence

from choosebattles.case.case import Case
from choosebattles.case.investment import Decision
from choosebattles.report.brief.prices import Prices
from choosebattles.report.brief.shapes import Chapter, Grid, Tile, Topic
from choosebattles.report.parts.between import price_between
from choosebattles.report.parts.chosen import PlanRow
from choosebattles.report.parts.headline import changes
from choosebattles.report.parts.rejected import RejectedRow
from choosebattles.report.parts.spans import digits_for
from choosebattles.report.story import Answer, Story
from choosebattles.report.wording import money_digits, points, rounded
from choosebattles.words import _, listed, several

ROWS = 16
"""Options on a slide of the timeline."""
SLIDES = 2
"""Slides of the timeline at most."""
LEFT = 9
"""Options on the slide of what is left out."""
TILES = 4
"""Indices that have a tile."""
WORDS = 8
"""Years up to which the cells of a timeline hold words; beyond, a letter."""
PAYERS = 50
"""Letters of who pays beyond which that column is broad."""
STARTS = 4
"""Start years that a sentence tells one by one."""


def amount(story: Story, value: float) -> str:
    """Return millions as they stand in a table, in the decimals of the whole answer."""
    return rounded(value, story.decimals)


def said(value: float) -> str:
    """Return millions as they stand in a sentence, without their unit."""
    return rounded(value, money_digits(value))


def called(row: PlanRow | RejectedRow) -> str:
    """Return what an option is called in a sentence: its title and its id, or the id alone."""
    if not row.title or row.title.casefold() == row.option.casefold():
        return row.option
    return _("{title} ({option})").format(title=row.title, option=row.option)


def decision(story: Story, answer: Answer) -> Chapter:
    """Return the whole answer: a sentence and the numbers."""
    there = sum(each.amount for each in answer.spending)
    proved = _("proved") if story.proven else _("not proved to be the best")
    tiles = [
        Tile(
            _("Cost, {unit}").format(unit=story.unit),
            said(answer.total_cost),
            _("of {there} in all funds{prices}").format(there=said(there), prices=story.each_year),
        )
    ]
    for each in answer.indices[:TILES]:
        text = _("from {before}, of a possible {possible}")
        says = text.format(before=points(each.before), possible=points(each.possible))
        tiles.append(Tile(each.objective, points(each.after), says))
    if len(answer.indices) > 1:
        says = _("from {before}; {proved}").format(before=points(answer.before), proved=proved)
        tiles.append(Tile(_("Objective (weighted sum)"), points(answer.objective), says))
    return Chapter(
        Topic.DECISION,
        _("The decision"),
        story.headline,
        (
            *story.doubted,
            *story.proof,
            *(it for it in story.sentences if it not in answer.left),
            *story.notes,
        ),
        tiles=tuple(tiles),
        whole=_indices(answer),
        sources=(
            _("Cost: results workbook, sheet Plan, sum of the column Total."),
            _("Money in all funds: sheet Spending, sum of the column Amount."),
            _("Indices: sheet Summary, table of indices, columns Before, After and Possible."),
        ),
    )


def _indices(answer: Answer) -> Grid:
    rows = [
        (each.objective, points(each.before), points(each.after), points(each.possible))
        for each in answer.indices
    ]
    if len(rows) > 1:
        whole = (_("Objective (weighted sum)"), points(answer.before), points(answer.objective), "")
        rows.append(whole)
    heads = (_("Index"), _("Before"), _("After"), _("Possible"))
    return Grid(heads, tuple(rows), (0.4, 0.2, 0.2, 0.2), frozenset({1, 2, 3}))


def index_grid(answer: Answer) -> Grid:
    """Return every index before the plan, after it and at its ideal."""
    return _indices(answer)


def index_message(answer: Answer) -> str:
    """Return in a sentence what the plan makes of the indices."""
    return _("The plan {changes}.").format(changes=changes(answer.indices))


def timeline(story: Story, answer: Answer) -> Iterator[Chapter]:
    """Yield what is taken and when: one slide or two, and the table of the document."""
    plan = answer.plan
    if not plan:
        message = answer.nothing_taken or _("Nothing is taken.")
        yield Chapter(Topic.TIMELINE, _("Priorities and timeline"), message, slide=False)
        return
    slides = [plan[n : n + ROWS] for n in range(0, min(len(plan), ROWS * SLIDES), ROWS)]
    rest = plan[ROWS * SLIDES :]
    sources = (
        _("Start years and costs: results workbook, sheet Plan, columns Start and Total."),
        _(
            "Every start year and cost was counted again by the audit, which shares nothing with "
            "the solver."
        ),
    )
    for number, rows in enumerate(slides):
        last = number == len(slides) - 1
        more = _rest(story, rest) if last and rest else ""
        yield Chapter(
            Topic.TIMELINE,
            _("Priorities and timeline"),
            _later(plan[ROWS * number :]) if number else _starts(plan),
            tuple(_priorities(story, answer)) if number == 0 else (),
            short=_bars(story, rows, more),
            whole=_owners(story, answer) if number == 0 else None,
            sources=sources,
            document=number == 0,
        )


def _starts(plan: Sequence[PlanRow]) -> str:
    new = [each for each in plan if not each.ongoing]
    under_way = len(plan) - len(new)
    if not new:
        text = several(
            "The plan starts nothing new; {number} investment is under way already.",
            "The plan starts nothing new; {number} investments are under way already.",
            under_way,
        )
        return text.format(number=under_way)
    years = sorted(Counter(each.start for each in new).items())
    told = years if len(years) <= STARTS else years[: STARTS - 1]
    parts = [_("{number} in {year}").format(number=number, year=year) for year, number in told[1:]]
    first_year, first = told[0]
    text = several(
        "{number} investment starts in {year}", "{number} investments start in {year}", first
    )
    said = [text.format(number=first, year=first_year), *parts]
    if len(told) < len(years):
        later = sum(number for _year, number in years[len(told) :])
        said.append(_("{number} from {year} on").format(number=later, year=years[len(told)][0]))
    if under_way:
        text = several("{number} is under way already", "{number} are under way already", under_way)
        said.append(text.format(number=under_way))
    return f"{listed(said)}."


def _later(rows: Sequence[PlanRow]) -> str:
    """Return how many more start, of all that the slides before do not show."""
    new = [each.start for each in rows if not each.ongoing]
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
    cost = said(sum(each.total for each in rest))
    return text.format(number=len(rest), cost=cost, unit=story.unit)


def _priorities(story: Story, answer: Answer) -> Iterator[str]:
    dear = sorted((each for each in answer.plan if each.total > 0), key=lambda each: -each.total)[
        :3
    ]
    told = listed([f"{called(each)} {said(each.total)}" for each in dear] or [""])
    text = several(
        "It costs, in {unit}: {options}.", "Most money, in {unit}, goes to: {options}.", len(dear)
    )
    if dear:
        yield text.format(unit=f"{story.unit}{story.each_year}", options=told)
    pillars = Counter(each.pillar for each in answer.plan if each.pillar)
    if len(pillars) > 1:
        told = listed(f"{name} ({number})" for name, number in pillars.most_common())
        yield _("By pillar: {pillars}.").format(pillars=told)


def _bars(story: Story, rows: Sequence[PlanRow], more: str) -> Grid:
    words = len(story.years) <= WORDS
    builds, runs = (_("builds"), _("runs")) if words else (_("b"), _("r"))
    heads = [f"{year}" if words else f"{year % 100:02d}" for year in story.years]
    text = _("b: builds; r: runs; years {first} to {last} by their last two digits.")
    legend = "" if words else text.format(first=story.years[0], last=story.years[-1])
    cells = [tuple(_state(each, year, builds, runs) for year in story.years) for each in rows]
    shade = {builds: 0.35, runs: 1.0}
    blank: tuple[float | None, ...] = (None,)
    share = min(0.11, 0.45 / len(story.years))
    title = 0.76 - share * len(story.years)
    return Grid(
        (_("Option"), _("What it is"), *heads, f"{_('Cost')}{story.each_year}"),
        tuple(
            (each.option, each.title, *states, amount(story, each.total))
            for each, states in zip(rows, cells, strict=True)
        ),
        (0.14, title, *(share for _year in story.years), 0.10),
        frozenset({2 + len(story.years)}),
        tuple((*blank, *blank, *(shade.get(it) for it in states), *blank) for states in cells),
        " ".join(each for each in (more, legend) if each),
    )


def _state(row: PlanRow, year: int, builds: str, runs: str) -> str:
    if row.start <= year < row.operates_from:
        return builds
    ended = row.operates_until is not None and year > row.operates_until
    return runs if year >= row.operates_from and not ended else ""


def _owners(story: Story, answer: Answer) -> Grid:
    funds = [name for name, _title in story.funds]
    cost = f"{_('Cost')}{story.each_year}"
    heads = (_("Option"), _("What it is"), _("Owner"), _("From"), _("Works from"), cost)
    rows = tuple(
        (
            each.option,
            each.title,
            each.owner,
            _("under way") if each.ongoing else f"{each.start}",
            f"{each.operates_from}",
            amount(story, each.total),
            ", ".join(
                f"{name} {amount(story, each.paid[name])}" for name in funds if each.paid[name]
            ),
        )
        for each in answer.plan
    )
    many = max(len(row[-1]) for row in rows) > PAYERS
    shares = (0.22, 0.12, 0.08, 0.08, 0.08, 0.30) if many else (0.31, 0.15, 0.08, 0.08, 0.08, 0.18)
    return Grid((*heads, _("Paid by")), rows, (0.12, *shares), frozenset({5}))


def left_out(story: Story, answer: Answer, case: Case, prices: Prices) -> Chapter:
    """Return what is left out and why, with the price of taking it where that was asked for."""
    taken = {each.investment for each in answer.plan}
    rows = [each for each in answer.rejected if each.investment not in taken]
    others = len(answer.rejected) - len(rows)
    names = {each.investment for each in rows}
    sentences = []
    if others:
        text = several(
            "{number} other option of an investment that is taken: results workbook, sheet Not chosen.",
            "{number} other options of investments that are taken: results workbook, sheet Not chosen.",
            others,
        )
        sentences.append(text.format(number=others))
    if prices:
        sentences.append(
            _(
                "The price of taking it: by how many points the objective would be lower if it had "
                "to be taken, all else chosen anew."
            )
        )
    if rows and story.first_year:
        sentences.append(story.first_year_line)
    if not rows:
        sentences.append(_("More is only possible with what the workbook does not have yet."))
    shown = rows[:LEFT]
    more = ""
    if len(rows) > LEFT:
        text = _("{number} more: results workbook, sheet Not chosen.")
        more = text.format(number=len(rows) - LEFT)
    return Chapter(
        Topic.LEFT_OUT,
        _("What is left out, and why"),
        _left(case, names, rows),
        tuple(sentences),
        short=_rejected(story, shown, prices, more) if rows else None,
        whole=_rejected(story, rows, prices) if rows else None,
        sources=(
            _("Costs, points per million and reasons: results workbook, sheet Not chosen."),
            _(
                "Points per million are what the scores would add to the objective, divided by the "
                "cost; each reason is counted again from the whole plan."
            ),
            *(
                (_("Prices: proved bounds, each from a search with the investment taken."),)
                if prices
                else ()
            ),
        ),
    )


def _left(case: Case, names: set[str], rows: Sequence[RejectedRow]) -> str:
    investments = len(case.investments)
    if not rows:
        text = several(
            "The one investment of the workbook is taken.",
            "No investment is left out: all {all} are taken.",
            investments,
        )
        return text.format(all=investments)
    never = [each for each in rows if case.options[each.option].decision is Decision.NEVER]
    best = next((each for each in rows if each not in never), None)
    if best is not None and best.worth <= 0:
        text = several(
            "{number} of {all} investments is left out: by its scores it is worth nothing, or less.",
            "{number} of {all} investments are left out: by their scores they are worth nothing, or "
            "less.",
            len(names),
        )
        return text.format(number=len(names), all=investments)
    if best is None:
        text = several(
            "{number} of {all} investments is left out, as it is marked never.",
            "{number} of {all} investments are left out, as they are marked never.",
            len(names),
        )
        return text.format(number=len(names), all=investments)
    text = several(
        "{number} of {all} investments is left out: {best}.",
        "{number} of {all} investments are left out; the first by worth for money is {best}.",
        len(names),
    )
    if never and len(names) > 1:
        text = _(
            "{number} of {all} investments are left out; the first by worth for money that is not "
            "marked never is {best}."
        )
    return text.format(number=len(names), all=investments, best=called(best))


def _rejected(story: Story, rows: Sequence[RejectedRow], prices: Prices, more: str = "") -> Grid:
    heads = (
        _("Option"),
        _("What it is"),
        f"{_('Cost')}{story.first_year}"
        if story.first_year
        else _("Cost, {unit}").format(unit=story.unit),
        _("Points a million"),
    )
    best = max((abs(each.per_million or 0.0) for each in rows), default=0.0)
    digits = max(2, digits_for(best)) if best else 2
    cells = [
        (
            each.option,
            each.title,
            amount(story, each.cost),
            "" if each.per_million is None else points(each.per_million, digits),
        )
        for each in rows
    ]
    if not prices:
        return Grid(
            (*heads, _("Why not")),
            tuple((*cell, each.reason) for cell, each in zip(cells, rows, strict=True)),
            (0.12, 0.30, 0.09, 0.09, 0.40),
            frozenset({2, 3}),
            more=more,
        )
    return Grid(
        (*heads, _("Price of taking it"), _("Why not")),
        tuple(
            (*cell, _price(prices.get(each.investment)), each.reason)
            for cell, each in zip(cells, rows, strict=True)
        ),
        (0.12, 0.26, 0.09, 0.09, 0.16, 0.28),
        frozenset({2, 3}),
        more=more,
    )


def _price(price: tuple[float, float] | None) -> str:
    if price is None:
        return _("not known")
    if math.isinf(price[0]):
        return _("cannot be taken: proved")
    return price_between(*price)
