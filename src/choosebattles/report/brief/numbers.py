"""Chapters of numbers: the money, the indices, the services."""

from collections.abc import Sequence

from choosebattles.report.brief.plan import amount, index_grid, index_message
from choosebattles.report.brief.shapes import Chapter, Grid, Stack, Topic, Waterfalls
from choosebattles.report.parts.keeps import keeps, leading
from choosebattles.report.parts.services import ServiceRow
from choosebattles.report.parts.waterfall import Climb, shortened, signed
from choosebattles.report.story import Answer, Story
from choosebattles.report.wording import percent, points, rounded, whole_percent
from choosebattles.words import _

FUNDS = 5
"""Funds that are drawn one by one; more are drawn together."""
YEARS = 8
"""Years that a slide's table of money has room for."""
STEPS = 9
"""Steps of a waterfall on a slide that it has to itself."""
STEPS_OF_TWO = 8
"""The same where two stand beside each other."""
SERVICES = 10
SHOCKS = 8
"""Services and shocks that a slide has room for."""


def money(story: Story, answer: Answer) -> Chapter:
    """Return what is spent by year and fund, against what is there."""
    tight = min(answer.by_year, key=lambda each: (each.left, each.year))
    text = _("Least is left in {year}: {left} of {available} {unit}.")
    least = text.format(
        year=tight.year,
        left=rounded(tight.left, story.decimals),
        available=rounded(tight.available, story.decimals),
        unit=story.unit,
    )
    by_fund = _("Money of the year, carried over and income: sheet Spending, column Available.")
    return Chapter(
        Topic.MONEY,
        _("Money by year and fund"),
        story.spending,
        (*answer.left, *((least,) if len(answer.by_year) > 1 else ())),
        short=_years(story, answer),
        whole=_funds(story, answer),
        picture=_stack(story, answer),
        sources=(
            _(
                "Planned, held, set aside and left: results workbook, sheet Spending, by fund and year."
            ),
            by_fund,
            _("Cost of the plan: sheet Plan, sum of the column Total; it checks in sheet Checks."),
        ),
    )


def _stack(story: Story, answer: Answer) -> Stack:
    years = tuple(f"{each}" for each in story.years)
    paid: dict[str, list[float]] = {name: [] for name, _title in story.funds}
    for row in answer.spending:
        paid[row.fund].append(row.planned)
    ranked = sorted(paid, key=lambda name: -sum(paid[name]))
    alone = [name for name in paid if name in ranked[:FUNDS]]
    if len(paid) == FUNDS + 1:
        alone = list(paid)
    others = [name for name in paid if name not in alone]
    parts = [(_("{fund}, planned").format(fund=name), tuple(paid[name])) for name in alone]
    if others:
        columns = zip(*(paid[name] for name in others), strict=True)
        name = _("{number} other funds, planned").format(number=len(others))
        parts.append((name, tuple(round(sum(each), 6) for each in columns)))
    held, aside, left = _("held in reserve"), _("set aside"), _("left")
    rest = (
        (held, tuple(each.held for each in answer.by_year)),
        (aside, tuple(each.aside for each in answer.by_year)),
        (left, tuple(each.left for each in answer.by_year)),
    )
    parts += [each for each in rest if any(each[1])]
    says = _(
        "A column for each year, as high as the money that is available: what each fund plans to "
        "pay, what is held, set aside and left."
    )
    title = _("What is available, and what becomes of it")
    return Stack(
        title,
        f"{story.unit}{story.each_year}",
        years,
        tuple(parts),
        frozenset({held, aside, left}),
        says,
    )


def _years(story: Story, answer: Answer) -> Grid:
    rows = answer.by_year
    more = ""
    if len(rows) > YEARS:
        more = _("{number} more years: results workbook, sheet Summary.").format(
            number=len(rows) - YEARS
        )
    parts = [
        (_("Planned"), [each.planned for each in rows]),
        (_("Held"), [each.held for each in rows]),
        (_("Set aside"), [each.aside for each in rows]),
        (_("Left"), [each.left for each in rows]),
    ]
    always = {_("Planned"), _("Left")}
    shown = [
        (_("Available"), [each.available for each in rows]),
        *((name, values) for name, values in parts if name in always or any(values)),
    ]
    cells = zip(*([amount(story, it) for it in values] for _name, values in shown), strict=True)
    return Grid(
        (_("Year"), *(name for name, _values in shown)),
        tuple((f"{each.year}", *row) for each, row in list(zip(rows, cells, strict=True))[:YEARS]),
        (0.15, *(0.85 / len(shown) for _each in shown)),
        frozenset(range(1, len(shown) + 1)),
        more=" ".join(each for each in (story.money_line if story.each_year else "", more) if each),
    )


def _funds(story: Story, answer: Answer) -> Grid:
    heads = (
        _("Fund"),
        _("Year"),
        _("Available"),
        _("Planned"),
        _("Held"),
        _("Set aside"),
        _("Left"),
    )
    return Grid(
        heads,
        tuple(
            (
                each.fund,
                f"{each.year}",
                *(
                    amount(story, it)
                    for it in (each.available, each.planned, each.held, each.aside, each.left)
                ),
            )
            for each in answer.spending
        ),
        (0.22, 0.1, 0.15, 0.15, 0.12, 0.13, 0.13),
        frozenset({2, 3, 4, 5, 6}),
        more=story.money_line if story.each_year else "",
    )


def indices(answer: Answer) -> Chapter:
    """Return what the plan makes of the indices, and what adds to them."""
    whole, *each = answer.climbs
    drawn = [whole] if len(each) > 2 else each
    most = STEPS if len(drawn) == 1 else STEPS_OF_TWO
    climbs = tuple(shortened(it, most) for it in drawn)
    moved = any(each.steps for each in answer.climbs)
    return Chapter(
        Topic.INDICES,
        _("What the plan changes"),
        index_message(answer),
        tuple(_most(whole)),
        short=index_grid(answer) if len(each) > 2 or not moved else None,
        whole=_steps(answer),
        picture=Waterfalls(climbs, _("points"), _climbing(climbs)) if moved else None,
        sources=(
            _("Indices: results workbook, sheet Summary, columns Before, After and Possible."),
            _("Steps: sheet Contributions; with the level before they add up to the level after."),
        ),
    )


def _most(whole: Climb) -> Sequence[str]:
    if not whole.steps:
        return (_("Nothing that is taken changes an index."),)
    name, change = max(whole.steps, key=lambda step: step[1])
    text = _("The largest step of the weighted sum: {step} points.")
    return (text.format(step=signed(name, change)),)


def _climbing(climbs: Sequence[Climb]) -> str:
    text = _("{title}: from {before} to {after}, by {steps}.")
    said = []
    for each in climbs:
        steps = ", ".join(signed(*step) for step in each.steps) or _("nothing")
        said.append(
            text.format(
                title=each.title,
                before=points(each.before),
                after=points(each.after),
                steps=steps,
            )
        )
    return " ".join(said)


def _steps(answer: Answer) -> Grid:
    names = [each.objective for each in answer.indices]
    share = min(0.14, 0.5 / (len(names) + 1))
    rows = [
        (
            each.option,
            each.says,
            *(_signed(each.adds[name]) for name in names),
            _signed(each.objective),
        )
        for each in answer.steps
    ]
    before = (_("Before"), "", *(points(each.before) for each in answer.indices))
    after = (_("After"), "", *(points(each.after) for each in answer.indices))
    return Grid(
        (_("Option"), _("What it is"), *names, _("Weighted sum")),
        (
            (*before, points(answer.before)),
            *rows,
            (*after, points(answer.objective)),
        ),
        (0.15, 0.85 - share * (len(names) + 1), *(share for _each in range(len(names) + 1))),
        frozenset(range(2, len(names) + 3)),
    )


def _signed(change: float) -> str:
    return signed("", change).strip() if abs(change) > 1e-9 else ""


def services(answer: Answer) -> Chapter | None:
    """Return what goes on working in each shock; None where the case has no services or shocks."""
    if not answer.services:
        return None
    by_service: dict[str, list[ServiceRow]] = {}
    for row in answer.services:
        by_service.setdefault(row.service, []).append(row)
    shocks = len(next(iter(by_service.values())))
    ranked = sorted(by_service, key=lambda name: -by_service[name][0].weight)
    kept = [name for name in by_service if name in ranked[:SERVICES]]
    hardest = sorted(range(shocks), key=lambda n: _together(answer, n))
    shown = sorted(hardest[:SHOCKS])
    left = []
    if len(by_service) > len(kept):
        left.append(_("{number} services").format(number=len(by_service) - len(kept)))
    if shocks > len(shown):
        left.append(_("{number} shocks").format(number=shocks - len(shown)))
    more = ""
    if left:
        text = _("{left} more: results workbook, sheet Services.")
        more = text.format(left=_(" and ").join(left))
    message = leading(answer.services)
    rest = [each for each in keeps(answer.services) if each != message]
    legend = _("Each cell: what remains in the last year, before the plan and after it.")
    return Chapter(
        Topic.SERVICES,
        _("What keeps working in a shock"),
        message,
        (*rest, *(each.sentence for each in answer.must_hold)),
        short=_map([by_service[name] for name in kept], shown, f"{legend} {more}".strip()),
        whole=_map(list(by_service.values()), range(shocks), legend),
        sources=(
            _("Shares before and after: results workbook, sheet Services, rows before and after."),
            _("Floors of services: workbook of the case, sheet Services, column Must hold."),
        ),
    )


def _together(answer: Answer, shock: int) -> float:
    """Return what remains of all services before the plan, or of the first one without weights."""
    if answer.together:
        return answer.together[shock].before
    return answer.services[shock].before


def _map(rows: Sequence[Sequence[ServiceRow]], shown: Sequence[int], more: str) -> Grid:
    first = 0.22 if len(shown) <= SHOCKS else 0.16
    share = (1 - first) / max(1, len(shown))
    heads = [rows[0][n].shock_title for n in shown]
    return Grid(
        (_("Service"), *heads),
        tuple((each[0].title, *(_kept(each[n]) for n in shown)) for each in rows),
        (first, *(share for _n in shown)),
        frozenset(),
        tuple((None, *(each[n].after for n in shown)) for each in rows),
        more,
    )


def _kept(row: ServiceRow) -> str:
    if abs(row.after - row.before) < 0.005:
        return whole_percent(row.after)
    before, after = percent(row.before), whole_percent(row.after)
    return _("{before} → {after}").format(before=before.removesuffix(" %"), after=after)
