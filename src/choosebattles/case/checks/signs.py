"""Signs, titles and sums that may say another thing than was meant."""

from collections.abc import Iterator
from decimal import Decimal

from choosebattles.case.bounds import plain
from choosebattles.case.checks.shared_sentences import at
from choosebattles.case.facts import Facts
from choosebattles.case.investment import Decision, Option
from choosebattles.errors import Fault
from choosebattles.spelling import key, quoted
from choosebattles.translation import _

STEEP = Decimal("0.2")
"""From this on a yearly growth or discount is doubted: prices of states grow by a few percent."""


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


def one_title_on_two(case: Facts) -> Iterator[Fault]:
    """Yield titles that stand on options of two investments: one thing may be there twice."""
    first: dict[str, Option] = {}
    for option in _open_options(case):
        if not option.title:
            continue
        other = first.setdefault(key(option.title), option)
        if case.investment_of[other.id] is not case.investment_of[option.id]:
            yield at(option, "title").fault(
                "CB-C33",
                _("the title {title} of {other} on {option} too").format(
                    title=quoted(option.title), other=other.id, option=option.id
                ),
                _("one title for each investment"),
                _("Delete one of the two if it is the same thing; otherwise rename it."),
            )


def unscored(case: Facts) -> Iterator[Fault]:
    """Yield options that cost money, have no score typed and serve nothing: never worth taking."""
    served = {name for rule in case.rules for name in (*rule.investments, *rule.needs)}
    for option in _open_options(case):
        costs = any(option.cost) or option.running_cost > 0
        serves = option.covers or option.trains
        owner = case.investment_of[option.id].id
        if costs and not option.score and not serves and not served & {owner, option.id}:
            yield at(option, "score").fault(
                "CB-L49",
                _("no score of {option}").format(option=option.id),
                _("a score on a criterion"),
                _("Blank counts as 0, so that it is never worth its cost. Type its scores."),
            )


def running_cost_counted_twice(case: Facts) -> Iterator[Fault]:
    """Yield cost years in which the option runs already, and which equal its running cost."""
    for option in _open_options(case):
        for year in _years_in_operation(option):
            if option.cost[year] and option.cost[year] == option.running_cost:
                yield at(option, f"cost[{year}]").fault(
                    "CB-C36",
                    _("{amount}, which is the running cost too").format(
                        amount=plain(option.running_cost)
                    ),
                    _("the cost of building alone"),
                    _("Is it counted twice? The running cost is paid in each year of operation."),
                )


def _years_in_operation(option: Option) -> range:
    """Return the cost years, from the second on, in which the option is no longer being built.

    Where nobody says how long it is built, those that all equal the running cost up to the end.
    """
    if option.build_years is not None:
        return range(max(1, option.build_years), len(option.cost))
    end = max((year + 1 for year, cost in enumerate(option.cost) if cost), default=0)
    start = end
    while start > 1 and option.cost[start - 1] == option.running_cost:
        start -= 1
    return range(start, end)


def income_by_sign(case: Facts) -> Iterator[Fault]:
    """Yield running costs below zero of which nobody says who receives them."""
    for option in _open_options(case):
        if option.running_cost < 0 and option.revenue_to is None:
            yield at(option, "running_cost").fault(
                "CB-C37",
                _("{amount}, while Revenue to is empty").format(amount=plain(option.running_cost)),
                _("a cost of 0 or more, or an income with its fund under Revenue to"),
                _("It was read as income of {fund}. Leave the sign out if it is a cost.").format(
                    fund=case.funds[0].id
                ),
            )


def _open_options(case: Facts) -> Iterator[Option]:
    """Yield the options that a plan may hold."""
    return (option for option in case.options.values() if option.decision is not Decision.NEVER)
