"""Who pays, who receives, and who holds a reserve."""

from collections.abc import Iterator

from choosebattles.case.bounds import FUNDS_AT_MOST
from choosebattles.case.checks.shared_sentences import at
from choosebattles.case.decision_model import AUTONOMY, ContingencyKind
from choosebattles.case.facts import Facts
from choosebattles.case.fund import Fund, Pays
from choosebattles.case.place import Place
from choosebattles.errors import Fault
from choosebattles.translation import _


def nothing_to_spend_on(case: Facts) -> Iterator[Fault]:
    """Yield a case without any fund or without any investment."""
    if not case.funds:
        yield Place(case.name, "Funds").fault(
            "CB-L38", _("no fund"), _("at least one row"), _("Fill in who pays.")
        )
    if not case.investments:
        yield Place(case.name, "Investments").fault(
            "CB-L38", _("no investment"), _("at least one row"), _("Fill in what may be done.")
        )


def too_many_funds(case: Facts) -> Iterator[Fault]:
    """Yield the first fund beyond those that can be held apart."""
    for fund in case.funds[FUNDS_AT_MOST : FUNDS_AT_MOST + 1]:
        yield at(fund, "id").fault(
            "CB-L37",
            _("{number} funds").format(number=len(case.funds)),
            _("at most {number}").format(number=FUNDS_AT_MOST),
            _("Join funds that may pay for the same things into one row."),
        )


def income_to_nobody(case: Facts) -> Iterator[Fault]:
    """Yield options with an income, of which nobody knows where it goes."""
    if len(case.funds) < 2:
        return
    for option in (candidate for owner in case.investments for candidate in owner.options):
        if option.earns and option.revenue_to is None:
            yield at(option, "revenue_to").fault(
                "CB-L17",
                _("an income (a negative running cost) and no fund to receive it")
                if option.running_cost < 0
                else _("an income by year and no fund to receive it"),
                _("a fund under Revenue to, as there are several"),
                _("Name the fund."),
            )


def is_general(fund: Fund) -> bool:
    """Say whether a fund may pay for everything, in full and in both parts."""
    return not fund.eligible and fund.pays_at_most == 1 and fund.pays is Pays.BOTH


def contingency_held_by_nobody(case: Facts) -> Iterator[Fault]:
    """Yield a contingency that no fund may hold."""
    model = case.model
    if model.contingency is ContingencyKind.NONE or model.contingency_amount <= 0:
        return
    if not any(is_general(fund) for fund in case.funds):
        yield at(model, "contingency").fault(
            "CB-L15",
            _("a contingency and no fund that may hold it"),
            _("a fund with Eligible blank that pays 100% of build and running costs"),
            _("Add such a fund, or set the contingency to none."),
        )


def dependence_without_autonomy(case: Facts) -> Iterator[Fault]:
    """Yield funds whose dependence has no autonomy to be a price of."""
    scored = {criterion.objective for criterion in case.model.criteria}
    if AUTONOMY in scored and any(objective.id == AUTONOMY for objective in case.model.objectives):
        return
    for fund in case.funds:
        if fund.dependence > 0:
            yield at(fund, "dependence").fault(
                "CB-L33",
                _("a dependence above 0, and no objective autonomy with criteria"),
                _("an objective autonomy that has a criterion, or dependence 0"),
                _("Add a criterion of autonomy, or leave the cell blank."),
            )
