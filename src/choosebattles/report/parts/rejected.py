"""What the plan leaves out, what it would be worth for its money, and the first reason why."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate

from choosebattles.audit.recount import Recount
from choosebattles.audit.scale import Scale
from choosebattles.case.case import Case
from choosebattles.case.fund import Fund
from choosebattles.case.investment import Decision, Option
from choosebattles.case.plan import Plan
from choosebattles.case.rule import RuleKind
from choosebattles.case.units import Id, Year
from choosebattles.report.parts.spending import SpendingRow
from choosebattles.report.parts.timing import earliest, needs, starts
from choosebattles.report.parts.worth import worth_by_scores
from choosebattles.report.wording import listed, money, plain
from choosebattles.spelling import short_title
from choosebattles.words import _

ROUNDING = 0.001


@dataclass(frozen=True)
class RejectedRow:
    """An option that is not taken.

    ``cost`` is what it would cost within the years of the case, started as early as it may, in
    prices of the first year; ``worth`` what its scores would add to the objective while it
    works; ``per_million`` is None where it costs nothing.
    """

    investment: str
    option: str
    title: str
    owner: str
    pillar: str
    cost: float
    worth: float
    per_million: float | None
    reason: str


def cost_within(case: Case, option: Option) -> Fraction:
    """Return what an option costs within the years of a case, started as early as it may."""
    return cost_from(case, option, earliest(case, option))


def cost_from(case: Case, option: Option, start: Year) -> Fraction:
    """Return what an option costs within the years of a case from a start, in first-year prices."""
    prices = case.model_copy(update={"cost_growth": Decimal(0)})
    return sum(needs(prices, option, start).values(), Fraction(0))


def per_million(worth: Fraction, cost: Fraction) -> float | None:
    """Return worth for each million, where it costs anything."""
    return plain(worth / cost) if cost > 0 else None


def rejected_rows(
    case: Case,
    plan: Plan,
    recount: Recount,
    spending: tuple[SpendingRow, ...],
    *,
    proven: bool,
) -> tuple[RejectedRow, ...]:
    """Return the options that are not taken, those worth most for their money first."""
    scale = Scale(case)
    rows = []
    for option in case.options.values():
        if option.id in plan.taken:
            continue
        owner = case.investment_of[option.id]
        cost, worth = cost_within(case, option), worth_by_scores(scale, recount, option)
        reason = next(reasons(case, plan, option, spending), _last_reason(proven=proven))
        rows.append(
            RejectedRow(
                owner.id,
                option.id,
                short_title(option.title),
                owner.owner,
                owner.pillar,
                money(cost),
                plain(worth),
                per_million(worth, cost),
                reason,
            )
        )
    return tuple(sorted(rows, key=_by_worth))


def _by_worth(row: RejectedRow) -> float:
    return float("-inf") if row.per_million is None else -row.per_million


def _last_reason(*, proven: bool) -> str:
    if proven:
        return _("Other investments are worth more for the money and people they need.")
    return _("The best plan found prefers other investments; that is not proved to be best.")


def reasons(
    case: Case, plan: Plan, option: Option, spending: tuple[SpendingRow, ...]
) -> Iterator[str]:
    """Yield why an option is not taken, most decisive first; nothing if it was merely outbid."""
    if option.decision is Decision.NEVER:
        reason = option.reason.rstrip(". ") or _("no reason given")
        yield _("Marked never: {reason}.").format(reason=reason)
    siblings = {each.id for each in case.investment_of[option.id].options} & plan.taken
    if siblings:
        yield _("Another option of the same investment is taken: {option}.").format(
            option=min(siblings)
        )
    yield from _prerequisites(case, plan, option)
    yield from _exclusions(case, plan, option)
    yield from _unaffordable(case, option, spending)


def _taken(case: Case, plan: Plan, name: Id) -> frozenset[Id]:
    return frozenset(each.id for each in case.options_of(name)) & plan.taken


def _names(case: Case, option: Option) -> set[Id]:
    return {option.id, case.investment_of[option.id].id}


def _prerequisites(case: Case, plan: Plan, option: Option) -> Iterator[str]:
    for rule in case.rules:
        if not _names(case, option) & set(rule.investments):
            continue
        missing = [each for each in rule.needs if not _taken(case, plan, each)]
        if rule.kind is RuleKind.REQUIRES_ALL and missing:
            yield _("A prerequisite is not taken: {names}.").format(names=listed(missing))
        if rule.kind is RuleKind.REQUIRES_ANY and len(missing) == len(rule.needs):
            yield _("None of its prerequisites is taken: {names}.").format(names=listed(missing))


def _exclusions(case: Case, plan: Plan, option: Option) -> Iterator[str]:
    own = _names(case, option)
    for rule in case.rules:
        if rule.kind is not RuleKind.EXCLUDES:
            continue
        if own & set(rule.investments):
            others = rule.needs or tuple(each for each in rule.investments if each not in own)
        elif own & set(rule.needs):
            others = rule.investments
        else:
            continue
        taken = [each for each in others if _taken(case, plan, each)]
        if taken:
            yield _("Excluded by {names}, which the plan takes.").format(names=listed(taken))


def _unaffordable(case: Case, option: Option, spending: tuple[SpendingRow, ...]) -> Iterator[str]:
    """Yield that what is left cannot pay, whenever it starts; income may pay for anything."""
    if option.running_cost < 0:
        return
    payers = [each for each in case.funds if _may_pay(case, each, option)]
    needs_of = [needs(case, option, start) for start in starts(case, option)]
    if not any(_suffices(payers, need, 1.0, spending) for need in needs_of):
        yield _("It costs more than is left.")
        return
    for fund in payers:
        others = sum(float(each.pays_at_most) for each in payers if each.id != fund.id)
        share = max(0.0, 1 - others)
        if not any(_suffices([fund], need, share, spending) for need in needs_of):
            yield _("It needs more from {fund} than is left.").format(fund=fund.id)


def _suffices(
    funds: Sequence[Fund],
    need: Mapping[Year, Fraction],
    share: float,
    spending: tuple[SpendingRow, ...],
) -> bool:
    """Say whether what funds have left could pay a share of a need, at best."""
    names = {each.id for each in funds}
    left = dict.fromkeys(need, 0.0)
    for row in spending:
        left[row.year] += row.left if row.fund in names else 0.0
    asked: Iterable[float] = [share * float(each) for each in need.values()]
    there: Iterable[float] = left.values()
    if any(each.carry_over > 0 for each in funds):
        # Money that carries over may be saved up: then only sums from the first year can fail.
        asked, there = accumulate(asked), accumulate(there)
    return all(one <= other + ROUNDING for one, other in zip(asked, there, strict=True))


def _may_pay(case: Case, fund: Fund, option: Option) -> bool:
    if not fund.eligible:
        return True
    return option.id in {each.id for each in case.in_scope(fund.eligible)}
