"""The rivals of a plan: what each is worth, what it takes instead, and what is proved."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from choosebattles.audit.recount import Recount
from choosebattles.case.case import Case
from choosebattles.case.decision_model import Method
from choosebattles.case.plan import Plan
from choosebattles.case.units import Id, Year
from choosebattles.errors import AuditError
from choosebattles.explain.found_alternatives import Alternative, Alternatives, Class, Different
from choosebattles.report.document import (
    FILES,
    SCREEN,
    Block,
    Cell,
    Column,
    Decimals,
    Document,
    Kind,
    Section,
    Sentences,
    Shown,
    Table,
)
from choosebattles.report.json import SCHEMA, choices_as_json
from choosebattles.report.number_wording import (
    decimals,
    millions,
    millions_alike,
    money,
    plain,
    points,
    points_above,
)
from choosebattles.report.plan_parts.amount_headings import each_year, unit_each_year
from choosebattles.report.plan_parts.charts import worth_against_cost
from choosebattles.report.plan_parts.conflict import nothing_possible
from choosebattles.report.plan_parts.evidence import is_illustrative
from choosebattles.report.plan_parts.intervals import digits_for, span
from choosebattles.report.plan_parts.plan_changes import changed, cost_change
from choosebattles.report.plan_parts.start_marks import mark
from choosebattles.solving.outcome import Stop
from choosebattles.spelling import short_title
from choosebattles.translation import _, listed, several


@dataclass(frozen=True)
class RivalRow:
    """A plan beside the best one.

    ``name`` is its number, or a letter where it is listed because it differs most; ``rank`` is
    the same for plans worth the same; ``most`` is what its options are worth at most, None where
    that is its value or not known.
    """

    name: str
    rank: int | None
    plan: Plan
    value: float
    most: float | None
    indices: tuple[float, ...]
    total_cost: float
    enters: tuple[Id, ...]
    leaves: tuple[Id, ...]
    sentence: str

    @property
    def options(self) -> int:
        """Return in how many options it differs from the best plan."""
        return len(self.enters) + len(self.leaves)


@dataclass(frozen=True)
class OptionRow:
    """An option, its class, and in which year each of the plans starts it, if it does."""

    option: Id
    title: str
    kind: Class
    starts: tuple[Year | None, ...]


def document(found: Alternatives) -> Document:
    """Return what is said of the rivals of a plan.

    Raises
    ------
    AuditError
        If the recount has not confirmed a plan.
    """
    counted = [plan.recount for plan in found.plans] + [plan.recount for plan in found.different]
    if not all(recount.passed for recount in counted):
        raise AuditError(_("A plan breaks what it must keep, so nothing was written."))
    rows = rival_rows(found)
    headline, *_others = sentences(found)
    return Document(
        _("Alternatives to the best plan"),
        (_on_screen(found, rows), _summary(found, rows), _plans(found, rows), _options(found)),
        country=found.case.country,
        illustrative=is_illustrative(found.case),
        headline=headline,
        decimals=Decimals(decimals(row.total_cost for row in rows)),
    )


def _on_screen(found: Alternatives, rows: Sequence[RivalRow]) -> Section:
    near = list(loss_sentences(found))
    headline, *others = (text for text in sentences(found) if text not in near)
    if not rows:
        return Section("", (Sentences((headline,)),), on=SCREEN)
    listed_plans = len(found.plans)
    classes = tuple(
        _("{kind} ({number}): {options}").format(kind=kind, number=len(ids), options=", ".join(ids))
        for kind in Class
        if (ids := found.ids(kind))
    )
    blocks = (
        Sentences((headline,)),
        _brief_table(found, rows[:listed_plans]),
        Sentences((*others, *near[:1])),
        _brief_table(found, rows[listed_plans:]),
        Sentences((*near[1:], *classes)),
    )
    return Section("", blocks, on=SCREEN)


def _brief_table(found: Alternatives, rows: Sequence[RivalRow]) -> Table:
    """Return plans as a table of the screen; what each takes instead stands last: it may be long."""
    costs = millions_alike(found.case, [row.total_cost for row in rows])
    columns = (
        Column(_("plan"), Kind.NAME),
        Column(_("objective"), Kind.FIGURES),
        *(Column(objective.id, Kind.FIGURES) for objective in found.case.model.objectives),
        Column(f"{_('cost')}{each_year(found.case)}", Kind.FIGURES),
        Column(_("in words"), Kind.TEXT),
    )
    cells = [
        (
            row.name,
            points(row.value, 2),
            *(points(index, 2) for index in row.indices),
            cost,
            row.sentence,
        )
        for row, cost in zip(rows, costs, strict=True)
    ]
    return Table("", columns, cells)


def rival_rows(found: Alternatives) -> list[RivalRow]:
    """Return the best sets of options, best first, and then the plans that differ most."""
    if not found.plans:
        return []
    best = found.plans[0]
    digits = _digits(found)
    rows = []
    for number, plan in enumerate(found.plans):
        row = _row(found, str(number + 1), plan.plan, plan.recount)
        sentence = _ranked(found, number, digits)
        rows.append(replace(row, rank=found.rank(number), most=_most(plan), sentence=sentence))
    for number, other in enumerate(found.different):
        sentence = _compared(found.case, best, other, digits)
        row = _row(found, letter(number), other.plan, other.recount)
        rows.append(replace(row, sentence=sentence))
    return rows


def letter(number: int) -> str:
    """Return the name of one of the plans that differ most: A, B, ... Z, A2, B2, ..."""
    again, place = divmod(number, 26)
    return chr(ord("A") + place) + (str(again + 1) if again else "")


def _row(found: Alternatives, name: str, plan: Plan, recount: Recount) -> RivalRow:
    best = found.plans[0].plan
    return RivalRow(
        name,
        None,
        plan,
        plain(recount.after.value),
        None,
        tuple(
            plain(recount.after.indices[objective.id]) for objective in found.case.model.objectives
        ),
        money(recount.total_cost),
        tuple(sorted(plan.taken - best.taken)),
        tuple(sorted(best.taken - plan.taken)),
        "",
    )


def _most(rival: Alternative) -> float | None:
    return None if rival.settled or rival.bound is None else rival.bound


def _ranked(found: Alternatives, number: int, digits: int) -> str:
    best, other = found.plans[0], found.plans[number]
    if number:
        return _compared(found.case, best, other, digits)
    text = _("The best: {value} points for {cost}.")
    if not found.sure:
        text = _("The best found: {value} points for {cost}.")
    return text.format(
        value=points(best.value, 2), cost=millions(found.case, best.recount.total_cost)
    )


def _digits(found: Alternatives) -> int:
    """Return the decimals that show every loss: one column, one number of digits."""
    best = found.plans[0]
    values = [*(plan.value for plan in found.plans), *(rival.value for rival in found.different)]
    return max(
        (digits_for(best.value - value) for value in values if not best.ties_with(value)), default=1
    )


def _compared(case: Case, best: Alternative, other: Alternative | Different, digits: int) -> str:
    """Return what a plan takes instead, what that loses and costs, in one sentence."""
    plan, recount = other.plan, other.recount
    enters, leaves = sorted(plan.taken - best.plan.taken), sorted(best.plan.taken - plan.taken)
    less = float(best.recount.after.value - recount.after.value)
    cost = float(recount.total_cost - best.recount.total_cost)
    return _("{change}: {worth}, {cost}.").format(
        change=changed(enters, leaves),
        worth=_("worth the same")
        if best.ties_with(float(recount.after.value))
        else _("{points} points less").format(points=points(less, digits)),
        cost=cost_change(case, cost),
    )


def option_rows(found: Alternatives) -> list[OptionRow]:
    """Return every option with its class and its start in every plan listed."""
    plans = [rival.plan for rival in found.plans] + [rival.plan for rival in found.different]
    return [
        OptionRow(
            name,
            short_title(found.case.options[name].title),
            kind,
            tuple(plan.starts.get(name) for plan in plans),
        )
        for name, kind in found.classes.items()
    ]


def class_words(kind: Class) -> str:
    """Return what a class says."""
    return {
        Class.MUST: _("must: in every plan within the loss"),
        Class.MAY: _("may: in some, not in all"),
        Class.NEVER: _("never: in no plan within the loss"),
        Class.NOT_SETTLED: _("not settled"),
    }[kind]


def sentences(found: Alternatives) -> Iterator[str]:
    """Yield what is said of the rivals as a whole; the first sentence is the headline."""
    if not found.plans:
        if found.stop is Stop.INFEASIBLE:
            yield nothing_possible()
        else:
            yield _("Stopped before the first plan was found.")
        return
    yield _headline(found)
    yield from _ties(found)
    if found.case.model.method is not Method.WEIGHTED:
        yield _(
            "Plans are ranked by the weighted sum of the indices, whatever the method of the case."
        )
    yield from loss_sentences(found)


def _headline(found: Alternatives) -> str:
    number = len(found.plans)
    if found.others == -math.inf:
        text = several(
            "There is {number} set of options that meets all demands, and no other: proved.",
            "There are {number} sets of options that meet all demands, and no others: proved.",
            number,
        )
        return text.format(number=number)
    if found.proven:
        text = several(
            "This is the best set of options: no other one is worth more, proved.",
            "These are the {number} best sets of options: no other one is worth more, proved.",
            number,
        )
        return text.format(number=number)
    if found.others is None:
        text = several(
            "{number} set of options was found; whether others are worth more is not known.",
            "{number} sets of options were found; whether others are worth more is not known.",
            number,
        )
        return text.format(number=number)
    text = several(
        "{number} good set of options; another one may be worth up to {others} points.",
        "{number} good sets of options; another one may be worth up to {others} points.",
        number,
    )
    sentence = text.format(number=number, others=points_above(found.others))
    if not found.sure:
        return sentence
    sure = several(
        "The first one is the best: proved.",
        "The first {sure} are the best: proved.",
        found.sure,
    )
    return f"{sentence} {sure.format(sure=found.sure)}"


def _ties(found: Alternatives) -> Iterator[str]:
    ranks = [found.rank(number) for number in range(len(found.plans))]
    for rank in sorted({rank for rank in ranks if ranks.count(rank) > 1}):
        text = _("{number} of them share rank {rank}: they are worth the same.")
        yield text.format(number=ranks.count(rank), rank=rank)
    if found.tied_next:
        yield _("At least one more is worth the same as the last one listed.")
    elif found.next_value is not None and found.proven and found.others is not None:
        last = found.plans[-1].value
        less = last - found.next_value
        digits = digits_for(less)
        worth = span(max(0.0, last - found.others), less, lambda loss: points(loss, digits), digits)
        text = _("The next best is worth {points} points less than the last one listed.")
        yield text.format(points=worth)


def loss_sentences(found: Alternatives) -> Iterator[str]:
    """Yield what all, some and no plans within the loss take, and how unlike they can be."""
    if found.least is None:
        return
    counts = {kind: len(found.ids(kind)) for kind in Class}
    text = (
        _(
            "Plans worth at least {least} points, {loss} below the best; options in all of them: "
            "{must}, in some: {may}, in none: {never}, not settled yet: {open} (the search was "
            "stopped)."
        )
        if counts[Class.NOT_SETTLED]
        else _(
            "Plans worth at least {least} points, {loss} below the best; options in all of them: "
            "{must}, in some: {may}, in none: {never} (proved)."
        )
    )
    yield text.format(
        least=points(found.least, 2),
        loss=points(found.loss, digits_for(found.loss)),
        must=counts[Class.MUST],
        may=counts[Class.MAY],
        never=counts[Class.NEVER],
        open=counts[Class.NOT_SETTLED],
    )
    yield from _unlike(found)


def _unlike(found: Alternatives) -> Iterator[str]:
    for number, rival in enumerate(found.different):
        name = letter(number)
        yield (
            _closed(name, rival, _before(number))
            if rival.options == rival.at_most
            else _open(name, rival, _before(number))
        )
    if found.none_further:
        yield _("There is no further plan as good as that: proved.")


def _before(number: int) -> str:
    """Return the plans from which a plan differs, in words: ``the best and from plan A``."""
    names = [letter(earlier) for earlier in range(number)]
    if not names:
        return _("the best")
    text = several("the best and from plan {names}", "the best and from plans {names}", len(names))
    return text.format(names=listed(names))


def _closed(name: str, rival: Different, before: str) -> str:
    text = several(
        "None of them differs from {before} in more than {number} option (plan {name}).",
        "None of them differs from {before} in more than {number} options (plan {name}).",
        rival.options,
    )
    return text.format(name=name, number=rival.options, before=before)


def _open(name: str, rival: Different, before: str) -> str:
    text = several(
        "Plan {name} differs from {before} in {number} option{more}; none of them differs in more "
        "than {most}.",
        "Plan {name} differs from {before} in {number} options{more}; none of them differs in more "
        "than {most}.",
        rival.options,
    )
    more = "" if before == _("the best") else _(" or more")
    return text.format(
        name=name, number=rival.options, most=rival.at_most, before=before, more=more
    )


def _summary(found: Alternatives, rows: Sequence[RivalRow]) -> Section:
    headline, *others = sentences(found)
    objective = _("Objective (weighted sum)")
    cost = _("Total cost ({unit})").format(unit=unit_each_year(found.case))
    bounded = any(row.most is not None for row in rows)
    marks = _("Numbers: the best sets of options.")
    if found.different:
        marks = _(
            "Numbers: the best sets of options. Letters: near the best, and as different as can be."
        )
    table = Table(
        "Summary",
        (
            Column(_("Plan"), Kind.NAME, 7),
            Column(_("Rank"), Kind.COUNT, 7),
            Column(objective, Kind.INDEX, 13),
            *([Column(_("At most"), Kind.INDEX, 11)] if bounded else []),
            Column(cost, Kind.MONEY, 12),
            Column(_("Options that differ"), Kind.COUNT, 11),
            Column(_("In words"), Kind.TEXT, 95),
        ),
        [
            (
                *(_numbered(row), row.rank, row.value),
                *([row.most] if bounded else []),
                *(row.total_cost, row.options, row.sentence),
            )
            for row in rows
        ],
        filtered=False,
    )
    both = _("An option that enters and one that leaves count as two that differ.")
    blocks: tuple[Block, ...] = (table, Sentences((*others, marks, both) if rows else ()))
    if len(rows) > 1:
        names = [row.name for row in rows]
        blocks = (*blocks, worth_against_cost("Summary", names, objective, cost, "0.00"))
    return Section(
        _("Summary"),
        blocks,
        title=_("Alternatives to the best plan"),
        leads=(headline,),
        message=headline,
        on=FILES,
    )


def _numbered(row: RivalRow) -> int | str:
    return row.name if row.rank is None else int(row.name)


def _plans(found: Alternatives, rows: Sequence[RivalRow]) -> Section:
    lead = _(
        "A column for each plan: from when it takes an option, and what enters or leaves against "
        "plan 1."
    )
    table = Table(
        "Alternatives",
        (
            Column(_("Option"), Kind.NAME, 16),
            Column(_("Title"), Kind.TEXT, 40),
            Column(_("Class"), Kind.NAME, 11),
            *(Column(_("Plan {name}").format(name=row.name), Kind.NAME, 14) for row in rows),
        ),
        [*_measures(found, rows), *_starts(found)] if rows else [],
        keep=2,
        filtered=False,
    )
    return Section(
        _("Alternatives"),
        (table,),
        title=_("Alternatives, option by option"),
        leads=(lead,),
        on=FILES,
    )


def _measures(found: Alternatives, rows: Sequence[RivalRow]) -> Iterator[list[Cell]]:
    """Yield what every plan is worth and costs."""

    def row(title: str, numbers: Iterable[float], kind: Kind) -> list[Cell]:
        return [title, None, None, *(Shown(number, kind) for number in numbers)]

    yield row(_("Objective"), (plan.value for plan in rows), Kind.INDEX)
    for place, objective in enumerate(found.case.model.objectives):
        yield row(objective.id, (plan.indices[place] for plan in rows), Kind.INDEX)
    yield row(_("Total cost"), (plan.total_cost for plan in rows), Kind.MONEY)


def _starts(found: Alternatives) -> Iterator[list[Cell]]:
    for row in option_rows(found):
        first = row.starts[0]
        yield [
            row.option,
            row.title,
            str(row.kind),
            *(mark(start, first, base=not number) for number, start in enumerate(row.starts)),
        ]


def _options(found: Alternatives) -> Section:
    rows = option_rows(found)
    counts = "; ".join(
        _("{kind}: {number}").format(kind=kind, number=len(found.ids(kind)))
        for kind in Class
        if found.ids(kind)
    )
    lead = _("Plans worth at least {least} points; options by class: {counts}.").format(
        least=f"{found.least:.2f}" if found.least is not None else "", counts=counts
    )
    table = Table(
        "Options",
        (
            Column(_("Option"), Kind.NAME, 16),
            Column(_("Title"), Kind.TEXT, 46),
            Column(_("Class"), Kind.NAME, 34),
            Column(_("In plan 1"), Kind.NAME, 10),
            Column(_("Plans listed that take it"), Kind.COUNT, 14),
        ),
        [_option(row) for row in sorted(rows, key=lambda row: list(Class).index(row.kind))],
    )
    return Section(
        _("Options"),
        (table,),
        title=_("Which options the plans within the loss take"),
        leads=(lead if rows else _("There is no plan."),),
        on=FILES,
    )


def _option(row: OptionRow) -> list[Cell]:
    return [
        row.option,
        row.title,
        class_words(row.kind),
        _("yes") if row.starts[0] is not None else _("no"),
        sum(start is not None for start in row.starts),
    ]


def as_json(found: Alternatives) -> dict[str, Any]:
    """Return rivals as a tree of plain values; money in millions, unrounded."""
    rows = rival_rows(found)
    others = found.others
    return {
        "schema": SCHEMA,
        "case": found.case.name,
        "stop": str(found.stop),
        "proven": found.proven,
        "plans": [
            {
                **_row_as_json(row, plan.recount),
                "rank": row.rank,
                "bound": plan.bound if plan.bound is None else max(plan.bound, plan.value),
            }
            for row, plan in zip(rows, found.plans, strict=False)
        ],
        "others_at_most": None if others is None or math.isinf(others) else others,
        "no_others": others == -math.inf,
        "next_objective": found.next_value,
        "loss": found.loss,
        "least": found.least,
        "different": [
            {
                **_row_as_json(row, rival.recount),
                "differs_in": rival.options,
                "at_most": rival.at_most,
            }
            for row, rival in zip(rows[len(found.plans) :], found.different, strict=True)
        ],
        "no_further": found.none_further,
        "classes": {name: str(kind) for name, kind in found.classes.items()},
        "gap": found.gap,
        "seconds": found.seconds,
    }


def _row_as_json(row: RivalRow, recount: Recount) -> dict[str, Any]:
    return {
        "name": row.name,
        "objective": float(recount.after.value),
        "indices": {name: float(index) for name, index in recount.after.indices.items()},
        "total_cost": float(recount.total_cost),
        "enters": list(row.enters),
        "leaves": list(row.leaves),
        "chosen": choices_as_json(row.plan.choices),
        "sentence": row.sentence,
    }
