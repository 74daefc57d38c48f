"""Costs that are probably counted twice, or that are income by their sign."""

from collections.abc import Iterator

from choosebattles.case.bounds import plain
from choosebattles.case.checks.shared_sentences import at, open_options
from choosebattles.case.facts import Facts
from choosebattles.case.investment import Option
from choosebattles.errors import Fault
from choosebattles.translation import _


def running_cost_counted_twice(case: Facts) -> Iterator[Fault]:
    """Yield cost years in which the option runs already, and which equal its running cost."""
    for option in open_options(case):
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
    for option in open_options(case):
        if option.running_cost < 0 and option.revenue_to is None:
            yield at(option, "running_cost").fault(
                "CB-C37",
                _("{amount}, while Revenue to is empty").format(amount=plain(option.running_cost)),
                _("a cost of 0 or more, or an income with its fund under Revenue to"),
                _("It was read as income of {fund}. Leave the sign out if it is a cost.").format(
                    fund=case.funds[0].id
                ),
            )
