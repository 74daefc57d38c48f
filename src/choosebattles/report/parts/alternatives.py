"""The rivals of a plan in words: what each is worth, what it takes instead, and what is proved."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from choosebattles.audit.recount import Recount
from choosebattles.case.case import Case
from choosebattles.case.decision_model import Method
from choosebattles.case.plan import Plan
from choosebattles.case.units import Id, Year
from choosebattles.explain.rivals import Alternative, Alternatives, Class, Different
from choosebattles.report.parts.conflict import nothing_possible
from choosebattles.report.parts.spans import digits_for, span
from choosebattles.report.wording import listed, millions, money, plain, points, points_above
from choosebattles.solving.outcome import Stop
from choosebattles.spelling import short_title
from choosebattles.words import _, several

CENT = 0.0005
"""Millions below which two costs are the same: they are whole thousandths."""


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


def rival_rows(found: Alternatives) -> list[RivalRow]:
    """Return the best sets of options, best first, and then the plans that differ most."""
    if not found.plans:
        return []
    best = found.plans[0]
    digits = _digits(found)
    rows = []
    for number, each in enumerate(found.plans):
        row = _row(found, str(number + 1), each.plan, each.recount)
        told = _ranked(found, number, digits)
        rows.append(replace(row, rank=found.rank(number), most=_most(each), sentence=told))
    for number, other in enumerate(found.different):
        told = _compared(found.case, best, other, digits)
        row = _row(found, letter(number), other.plan, other.recount)
        rows.append(replace(row, sentence=told))
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
        tuple(plain(recount.after.indices[each.id]) for each in found.case.model.objectives),
        money(recount.total_cost),
        tuple(sorted(plan.taken - best.taken)),
        tuple(sorted(best.taken - plan.taken)),
        "",
    )


def _most(each: Alternative) -> float | None:
    return None if each.settled or each.bound is None else each.bound


def _ranked(found: Alternatives, number: int, digits: int) -> str:
    best, each = found.plans[0], found.plans[number]
    if number:
        return _compared(found.case, best, each, digits)
    text = _("The best: {value} points for {cost}.")
    if not found.sure:
        text = _("The best found: {value} points for {cost}.")
    return text.format(
        value=points(best.value, 2), cost=millions(found.case, best.recount.total_cost)
    )


def _digits(found: Alternatives) -> int:
    """Return the decimals that show every loss: one column, one number of digits."""
    best = found.plans[0]
    values = [*(each.value for each in found.plans), *(each.value for each in found.different)]
    return max((digits_for(best.value - it) for it in values if not best.ties_with(it)), default=1)


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


def changed(enters: list[Id], leaves: list[Id]) -> str:
    """Return what a plan takes and what it does without, beside another one."""
    if enters and leaves:
        text = _("Takes {enters} instead of {leaves}")
        return text.format(enters=listed(enters), leaves=listed(leaves))
    if enters:
        return _("Takes {enters} as well").format(enters=listed(enters))
    if leaves:
        return _("Does without {leaves}").format(leaves=listed(leaves))
    return _("Takes the same options")


def cost_change(case: Case, more: float) -> str:
    """Return how much more or less a plan costs."""
    if abs(more) < CENT:
        return _("at the same cost")
    text = _("for {amount} more") if more > 0 else _("for {amount} less")
    return text.format(amount=millions(case, abs(more)))


def option_rows(found: Alternatives) -> list[OptionRow]:
    """Return every option with its class and its start in every plan listed."""
    plans = [each.plan for each in found.plans] + [each.plan for each in found.different]
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
    told = text.format(number=number, others=points_above(found.others))
    if not found.sure:
        return told
    sure = several(
        "The first one is the best: proved.",
        "The first {sure} are the best: proved.",
        found.sure,
    )
    return f"{told} {sure.format(sure=found.sure)}"


def _ties(found: Alternatives) -> Iterator[str]:
    ranks = [found.rank(number) for number in range(len(found.plans))]
    for rank in sorted({each for each in ranks if ranks.count(each) > 1}):
        text = _("{number} of them share rank {rank}: they are worth the same.")
        yield text.format(number=ranks.count(rank), rank=rank)
    if found.tied_next:
        yield _("At least one more is worth the same as the last one listed.")
    elif found.next_value is not None and found.proven and found.others is not None:
        last = found.plans[-1].value
        less = last - found.next_value
        digits = digits_for(less)
        worth = span(max(0.0, last - found.others), less, lambda each: points(each, digits), digits)
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
    for number, each in enumerate(found.different):
        name = letter(number)
        yield (
            _closed(name, each, _before(number))
            if each.options == each.at_most
            else _open(name, each, _before(number))
        )
    if found.none_further:
        yield _("There is no further plan as good as that: proved.")


def _before(number: int) -> str:
    """Return the plans from which a plan differs, in words: ``the best and from plan A``."""
    names = [letter(each) for each in range(number)]
    if not names:
        return _("the best")
    text = several("the best and from plan {names}", "the best and from plans {names}", len(names))
    return text.format(names=listed(names))


def _closed(name: str, each: Different, before: str) -> str:
    text = several(
        "None of them differs from {before} in more than {number} option (plan {name}).",
        "None of them differs from {before} in more than {number} options (plan {name}).",
        each.options,
    )
    return text.format(name=name, number=each.options, before=before)


def _open(name: str, each: Different, before: str) -> str:
    text = several(
        "Plan {name} differs from {before} in {number} option{more}; none of them differs in more "
        "than {most}.",
        "Plan {name} differs from {before} in {number} options{more}; none of them differs in more "
        "than {most}.",
        each.options,
    )
    more = "" if before == _("the best") else _(" or more")
    return text.format(name=name, number=each.options, most=each.at_most, before=before, more=more)
