"""How much money is left, of which fund, and why it buys nothing; and why a plan takes nothing."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from choosebattles.case.decision_model import Method
from choosebattles.case.fund import Fund
from choosebattles.case.investment import Decision, Option
from choosebattles.report.number_wording import figure, money, money_told, rounded, unit
from choosebattles.report.plan_parts.costs import needs
from choosebattles.report.plan_parts.start_years import possible_starts
from choosebattles.report.plan_parts.why_left_out import Bar, Reason, Reasons
from choosebattles.solving.outcome import Outcome
from choosebattles.spelling import short_title
from choosebattles.translation import _, listed, several
from choosebattles.vocabulary import THOUSANDTHS

SEEN = Fraction(1, 20)
"""Millions below which nothing is seen in one decimal."""
LEAST = Fraction(1, 2)
"""Thousandths of a million below which nothing is left that could be told."""

Told = Sequence[tuple[Option, Reason]]
"""The options that are left out, with why."""


@dataclass(frozen=True)
class FundUse:
    """What becomes of the money of a fund over all years, in millions.

    ``money`` is all that it gets, income too; ``why`` says why some is not spent, ``shut`` that
    it may pay for nothing that is left out, though something is.
    """

    fund: str
    title: str
    money: float
    spent: float
    left: float
    why: str
    shut: bool


def fund_uses(reasons: Reasons, left_out: Told) -> Iterator[FundUse]:
    """Yield what becomes of the money of each fund, and why some of it is not spent."""
    case, ledger = reasons.case, reasons.ledger
    for fund in case.funds:
        left, lost, held, income, spent = (
            sum((count(fund, t) for t in ledger.horizon), Fraction(0))
            for count in (ledger.left, ledger.lost, ledger.held, ledger.income, ledger.paid)
        )
        payable = [reason for option, reason in left_out if reasons.may_pay(fund, option)]
        parts = []
        if left >= LEAST:
            parts.append(_why_left(reasons, payable, left_out))
        if held >= LEAST:
            parts.append(_("{held} is held in reserve.").format(held=_about(reasons, held)))
        if lost >= LEAST:
            text = _("{lost} is lost as it is carried over to a later year.")
            parts.append(text.format(lost=_about(reasons, lost)))
        yield FundUse(
            fund.id,
            short_title(fund.title) or fund.id,
            money(sum(map(Fraction, fund.amount.values()), income / THOUSANDTHS)),
            money(spent / THOUSANDTHS),
            money(left / THOUSANDTHS),
            " ".join(parts) or _("All of it is used."),
            bool(left_out) and not payable,
        )


def _about(reasons: Reasons, thousandths: Fraction) -> str:
    """Return an amount in one decimal, or two digits where that would show nothing of it."""
    amount = thousandths / THOUSANDTHS
    shown = rounded(amount, 1) if amount >= SEEN else figure(amount)
    return f"{shown} {unit(reasons.case)}"


def _why_left(reasons: Reasons, payable: Sequence[Reason], left_out: Told) -> str:
    if not left_out:
        return _("Nothing is left out that it could pay for.")
    if not payable:
        return _("Its terms let it pay for nothing that is left out.")
    text = several(
        "It may pay for {number} option that is left out: {why}.",
        "It may pay for {number} options that are left out: {why}.",
        len(payable),
    )
    why = counted(Counter(reason.bar for reason in payable), reasons.outcome)
    return text.format(number=len(payable), why=why)


def left_sentences(reasons: Reasons, left_out: Told) -> Iterator[str]:
    """Yield what is left of each fund, and what becomes of the options that it may pay."""
    left = {fund.id: sum(reasons.left[fund.id], Fraction(0)) for fund in reasons.case.funds}
    some = [fund for fund in reasons.case.funds if left[fund.id] >= LEAST]
    if not some:
        yield _("No money is left.")
        return
    amounts = [sum(left.values(), Fraction(0)), *(left[fund.id] for fund in some)]
    whole, *shown = money_told(reasons.case, [amount / THOUSANDTHS for amount in amounts])
    if len(some) == 1:
        yield _("{amount} of {fund} is left, and lapses.").format(amount=whole, fund=some[0].id)
    else:
        parts = [
            _("{amount} of {fund}").format(amount=amount, fund=fund.id)
            for amount, fund in zip(shown, some, strict=True)
        ]
        text = _("{amount} is left, and lapses: {parts}.")
        yield text.format(amount=whole, parts=listed(parts))
    lost = sum(
        reasons.ledger.lost(fund, t) for fund in reasons.case.funds for t in reasons.ledger.horizon
    )
    if lost >= LEAST:
        (amount,) = money_told(reasons.case, [lost / THOUSANDTHS])
        yield _("{amount} is lost as it is carried over to a later year.").format(amount=amount)
    yield from _unused(reasons, some, left_out)


def _unused(reasons: Reasons, some: Sequence[Fund], left_out: Told) -> Iterator[str]:
    """Yield why what is left of some funds buys nothing, funds of one answer together."""
    if not left_out:
        yield _("Nothing is left out that it could pay for.")
        return
    alike: dict[tuple[tuple[Bar, int], ...], list[str]] = {}
    for fund in some:
        payable = [reason for option, reason in left_out if reasons.may_pay(fund, option)]
        key = tuple(sorted(Counter(reason.bar for reason in payable).items()))
        alike.setdefault(key, []).append(fund.id)
    for bars, funds in alike.items():
        number = sum(count for _bar, count in bars)
        if not number:
            text = _("{funds} may pay nothing of what is left out.")
            yield text.format(funds=listed(funds))
            continue
        text = several(
            "{number} option is left out that {funds} may pay for: {why}.",
            "{number} options are left out that {funds} may pay for: {why}.",
            number,
        )
        why = counted(Counter(dict(bars)), reasons.outcome)
        yield text.format(number=number, funds=listed(funds), why=why)


def counted(bars: Counter[Bar], outcome: Outcome) -> str:
    """Return how many options are left out for which kind of reason.

    Parameters
    ----------
    bars
        How many options each kind of reason keeps out.
    outcome
        The answer: what fits is ruled out where it is proved, by worth or by the method.
    """
    if not outcome.proven:
        fitting = _("{number} that the search, which ended early, does not rule out")
    elif outcome.case.model.method is Method.WEIGHTED:
        fitting = _("{number} with which no plan is worth more")
    else:
        fitting = _("{number} that by the method of this case do not count for what they cost")
    texts = {
        _("{number} marked never"): (Bar.NEVER,),
        _("{number} as another option of the same investment is taken"): (Bar.OTHER,),
        _("{number} that cannot be built in time"): (Bar.LATE,),
        _("{number} that would lower the objective"): (Bar.HARM,),
        _("{number} that would add nothing to the objective"): (Bar.NOTHING,),
        _("{number} that a rule or a limit stands against"): (Bar.DEMAND,),
        _("{number} that people are missing for"): (Bar.PEOPLE,),
        _("{number} that the money left, by fund and year, cannot pay for"): (
            Bar.MONEY,
            Bar.ELSEWHERE,
            Bar.PAYER,
        ),
        fitting: (Bar.FITS, Bar.OUTBID),
    }
    parts = [
        text.format(number=number)
        for text, kinds in texts.items()
        if (number := sum(bars[kind] for kind in kinds))
    ]
    return listed(parts)


def nothing_taken(reasons: Reasons, left_out: Told) -> str:
    """Return why a plan takes nothing, or nothing new; empty where it takes something."""
    case = reasons.case
    new = [
        name for name in reasons.plan.taken if case.options[name].decision is not Decision.ONGOING
    ]
    if new or not left_out:
        return ""
    taken = _("Nothing new is taken") if reasons.plan.taken else _("Nothing is taken")
    cheapest = _cheapest(reasons, left_out)
    if cheapest is not None:
        option, cost, left = cheapest
        costs, has = money_told(case, [cost, left])
        text = _(
            "{taken}: the cheapest, {option}, costs at least {cost}, and all funds have {there}."
        )
        return text.format(taken=taken, option=option.id, cost=costs, there=has)
    bars = Counter(reason.bar for _option, reason in left_out)
    alone = {
        Bar.NEVER: _("{taken}: every option is marked never."),
        Bar.HARM: _("{taken}: every option would lower the objective."),
        Bar.NOTHING: _("{taken}: no option would add anything to the objective."),
        Bar.DEMAND: _("{taken}: a rule or a limit stands against every option."),
        Bar.PEOPLE: _("{taken}: people are missing for every option."),
    }
    if len(bars) == 1 and left_out[0][1].bar in alone:
        return alone[left_out[0][1].bar].format(taken=taken)
    text = several(
        "{taken}: the one option is left out: {why}.",
        "{taken}: of {number} options there are {why}.",
        len(left_out),
    )
    why = counted(bars, reasons.outcome)
    return text.format(taken=taken, number=len(left_out), why=why)


def _cheapest(reasons: Reasons, left_out: Told) -> tuple[Option, Fraction, Fraction] | None:
    """Return the cheapest option with its cost and all the money, where that is less."""
    case = reasons.case
    available = sum((Fraction(a) for fund in case.funds for a in fund.amount.values()), Fraction(0))
    costs = [
        (sum(needs(case, option, start).values(), Fraction(0)), number)
        for number, (option, _reason) in enumerate(left_out)
        for start in possible_starts(case, option)
    ]
    if not costs:
        return None
    cost, number = min(costs)
    return (left_out[number][0], cost, available) if cost > available else None
