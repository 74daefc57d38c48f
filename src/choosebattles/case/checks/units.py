"""Amounts, rates and scores that are probably in another unit, or too far apart to compute with."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from choosebattles.case.bounds import plain
from choosebattles.case.checks.shared_sentences import at
from choosebattles.case.facts import Facts
from choosebattles.case.fund import Fund
from choosebattles.case.investment import Decision, Option
from choosebattles.case.place import Fact, Place
from choosebattles.errors import Fault
from choosebattles.translation import _

STEEP = Decimal("0.2")
"""From this on a yearly growth or discount is doubted: prices of states grow by a few percent."""

WIDE = Decimal(10) ** 9
"""Between the smallest and the largest amount of a case: solvers work with 15 digits."""

FAR = 1000
"""How many times the median of the others an amount must be to look like another unit."""

APART = 100
"""How many times the costs all money must be, or the reverse, to be in another unit."""

ENOUGH = 3
"""Below this many amounts a median says little."""

TEN, FIFTY = 10, 50
"""Scores that end at the first are on another scale than scores beyond the second."""

_ZERO = Decimal(0)


@dataclass(frozen=True)
class _Amount:
    """An amount, whose it is, and which part of that."""

    owner: Fact
    part: str
    value: Decimal

    @property
    def place(self) -> Place:
        """Return where it stands."""
        return at(self.owner, self.part)


def size(case: Facts) -> Iterator[Fault]:
    """Yield cells, funds and options that are a thousand times the others of their kind."""
    for amount, middle in _outsized(case):
        whole = amount.part == "id"
        found = _("{amount} in all") if whole else "{amount}"
        yield _fault(amount, found.format(amount=plain(amount.value)), middle)


def _outsized(case: Facts) -> Iterator[tuple[_Amount, Decimal]]:
    """Yield the amounts far above the others of their kind; a whole only if no cell of it is."""
    options, funds = tuple(case.options.values()), case.funds
    outsized_owners: set[int] = set()
    for cells in (
        _amounts(funds),
        _by_year(options, "cost"),
        _by_year(options, "income"),
        _running(options),
    ):
        for amount, middle in _far(cells):
            outsized_owners.add(id(amount.owner))
            yield amount, middle
    for wholes in (_fund_totals(funds), _option_totals(options)):
        for amount, middle in _far(wholes):
            if id(amount.owner) not in outsized_owners:
                yield amount, middle


def _fault(amount: _Amount, found: str, middle: Decimal) -> Fault:
    expected = _("an amount in millions, of the size of the others (median {median})")
    return amount.place.fault(
        "CB-C09",
        found,
        expected.format(median=plain(middle)),
        _("Is it in thousands or in single units of the currency instead of millions?"),
    )


def _amounts(funds: Sequence[Fund]) -> list[_Amount]:
    return [
        _Amount(fund, f"amount[{year}]", amount)
        for fund in funds
        for year, amount in fund.amount.items()
        if amount
    ]


def _by_year(options: Sequence[Option], field: str) -> list[_Amount]:
    """Return the amounts of the years after the start: costs, or income."""
    return [
        _Amount(option, f"{field}[{year}]", amount)
        for option in options
        for year, amount in enumerate(getattr(option, field))
        if amount
    ]


def _running(options: Sequence[Option]) -> list[_Amount]:
    return [
        _Amount(option, "running_cost", abs(option.running_cost))
        for option in options
        if option.running_cost
    ]


def _fund_totals(funds: Sequence[Fund]) -> list[_Amount]:
    totals = [_Amount(fund, "id", sum(fund.amount.values(), _ZERO)) for fund in funds]
    return [total for total in totals if total.value]


def _option_totals(options: Sequence[Option]) -> list[_Amount]:
    totals = [
        _Amount(option, "id", _built(option) + abs(option.running_cost)) for option in options
    ]
    return [total for total in totals if total.value]


def _built(option: Option) -> Decimal:
    return sum(option.cost, _ZERO)


def _far(amounts: Sequence[_Amount]) -> Iterator[tuple[_Amount, Decimal]]:
    """Yield the amounts that are far above the others, each with the median of the others."""
    if len(amounts) < ENOUGH:
        return
    order = sorted(range(len(amounts)), key=lambda index: amounts[index].value)
    values = [amounts[index].value for index in order]
    medians: dict[int, Decimal] = {}
    for rank, index in enumerate(order):
        if values[rank] >= FAR * values[0]:
            medians[index] = _median_without(values, rank)
    for index, amount in enumerate(amounts):
        if index in medians and amount.value >= FAR * medians[index]:
            yield amount, medians[index]


def _median_without(values: Sequence[Decimal], left_out: int) -> Decimal:
    """Return the median of sorted values without one of them."""
    middle, odd = divmod(len(values) - 1, 2)
    at_middle = values[middle + (middle >= left_out)]
    if odd:
        return at_middle
    before = middle - 1
    return (values[before + (before >= left_out)] + at_middle) / 2


def costs_and_money(case: Facts) -> Iterator[Fault]:
    """Yield costs and funds that can hardly be in one unit.

    Nothing that may be started fits into the money of any year, or all money is a hundred times
    what everything costs to build and to run for a year, or the reverse. What is far above the
    others of its kind is told by itself and not counted then.
    """
    starts = [
        _Amount(option, "cost[0]", option.cost[0])
        for option in case.options.values()
        if option.decision is Decision.OPEN and option.cost and option.cost[0] > 0
    ]
    most = _most_in_a_year(case)
    cheapest = min(starts, key=lambda start: start.value, default=None)
    if cheapest is not None and len(starts) > 1 and cheapest.value > most:
        yield cheapest.place.fault(
            "CB-L45",
            _(
                "{cost}, the least that anything costs in its first year, above all money of any year, {money}"
            ).format(cost=plain(cheapest.value), money=plain(most)),
            _("costs and funds in millions both"),
            _("Are costs in thousands or in single units of the currency instead of millions?"),
        )
        return
    yield from _far_apart(case)


def _most_in_a_year(case: Facts) -> Decimal:
    """Return the money of the largest year with what may be carried into it."""
    most, carried = _ZERO, dict.fromkeys(range(len(case.funds)), _ZERO)
    for year in range(case.first_year, case.first_year + case.years):
        for index, fund in enumerate(case.funds):
            kept = carried[index]
            if fund.carry_at_most is not None:
                kept = min(kept, fund.carry_at_most * fund.amount.get(year - 1, _ZERO))
            carried[index] = fund.amount.get(year, _ZERO) + fund.carry_over * kept
        most = max(most, sum(carried.values(), _ZERO))
    return most


def _far_apart(case: Facts) -> Iterator[Fault]:
    outsized = {id(amount.owner) for amount, _middle in _outsized(case)}
    options = [option for option in case.options.values() if id(option) not in outsized]
    funds = [fund for fund in case.funds if id(fund) not in outsized]
    costs, amounts = _by_year(options, "cost") + _running(options), _amounts(funds)
    if not costs or not amounts:
        return
    cost = sum((_built(option) + max(option.running_cost, _ZERO) for option in options), _ZERO)
    money = sum((amount.value for amount in amounts), _ZERO)
    most = _(
        "{money} of money in all, while everything costs {cost} to build and to run for a year"
    )
    if cost and money >= APART * cost:
        place = max(amounts, key=lambda amount: amount.value).place
        found, advice = most, _("Are funds in thousands or in single units instead of millions?")
    elif cost >= APART * money:
        place = max(costs, key=lambda amount: amount.value).place
        found = _("{cost} to build and run everything for a year, while all money is {money}")
        advice = _("Are costs in thousands or in single units instead of millions?")
    else:
        return
    yield place.fault(
        "CB-L45",
        found.format(money=plain(money), cost=plain(cost)),
        _("costs and funds in millions both"),
        advice,
    )


def score_scales(case: Facts) -> Iterator[Fault]:
    """Yield criteria whose scores end at 10, beside others whose scores go beyond 50."""
    largest: dict[str, tuple[Decimal, Option]] = {}
    for option in case.options.values():
        for name, score in option.score.items():
            if score and (name not in largest or abs(score) > largest[name][0]):
                largest[name] = abs(score), option
    beyond = [name for name, (most, _option) in largest.items() if most > FIFTY]
    for name, (most, best) in largest.items():
        if beyond and most <= TEN:
            yield at(best, f"score[{name}]").fault(
                "CB-L46",
                _(
                    "{most}, the largest score on {name}, while those on {other} reach {beyond}"
                ).format(
                    most=plain(most),
                    name=name,
                    other=beyond[0],
                    beyond=plain(largest[beyond[0]][0]),
                ),
                _("scores on one scale, from 0 to 100"),
                _("Are the scores on {name} from 0 to 10?").format(name=name),
            )


def _every_cost(case: Facts) -> list[tuple[Place, Decimal]]:
    found = []
    for option in case.options.values():
        for field in ("cost", "income"):
            amounts = enumerate(getattr(option, field))
            found += [(at(option, f"{field}[{j}]"), amount) for j, amount in amounts if amount]
        if option.running_cost:
            found.append((at(option, "running_cost"), abs(option.running_cost)))
    return found


def _every_amount(case: Facts) -> list[tuple[Place, Decimal]]:
    return [
        (at(fund, f"amount[{year}]"), amount)
        for fund in case.funds
        for year, amount in fund.amount.items()
        if amount
    ]


def scale(case: Facts) -> Iterator[Fault]:
    """Yield a case whose amounts differ by a factor that solvers cannot hold exactly."""
    found = _every_cost(case) + _every_amount(case)
    if not found:
        return
    place, least = min(found, key=lambda pair: pair[1])
    most = max(amount for _place, amount in found)
    if most > WIDE * least:
        yield place.fault(
            "CB-L14",
            _("{least}, while the largest amount is {most}").format(
                least=plain(least), most=plain(most)
            ),
            _("amounts within a factor of a thousand million"),
            _("Every answer is recounted exactly; still, check the units."),
        )


def steep_rates(case: Facts) -> Iterator[Fault]:
    """Yield a cost growth or discount that is probably typed without its percent sign."""
    for fact, part, rate in (
        (case, "cost_growth", case.cost_growth),
        (case.model, "discount_rate", case.model.discount_rate),
    ):
        if abs(rate) >= STEEP:
            yield at(fact, part).fault(
                "CB-C31",
                _("{rate} % a year").format(rate=plain(100 * rate)),
                _("less than {most} % a year").format(most=plain(100 * STEEP)),
                _("It was read as {rate} %; for {typed} % type {typed}%.").format(
                    rate=plain(100 * rate), typed=plain(rate)
                ),
            )
