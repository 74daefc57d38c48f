"""What makes a plan no answer to a case at all, whatever its demands."""

from collections import Counter
from collections.abc import Iterator

from choosebattles.audit.option_by_year import build_years, last_cost_year
from choosebattles.case.facts import Facts
from choosebattles.case.fund import Pays
from choosebattles.case.investment import Decision, Option
from choosebattles.case.plan import Choice, Payment, Plan
from choosebattles.case.units import Id, Year
from choosebattles.translation import _
from choosebattles.vocabulary import RowName, Violation


def unsound(case: Facts, plan: Plan) -> Iterator[Violation]:
    """Yield what the plan says that cannot be said of the case.

    Options that do not exist or are taken twice, starts outside the allowed years, and payments
    of unknown funds, for what is not taken, or outside the years of the case.
    """
    for name, times in Counter(choice.option for choice in plan.choices).items():
        if times > 1:
            yield _fault(name, _("{id} is taken {times} times").format(id=name, times=times))
    for choice in plan.choices:
        yield from _choice(case, choice)
    for payment in plan.payments.paid:
        yield from _payment(case, plan, payment)
    for fund, year in (*plan.payments.aside, *plan.payments.held):
        yield from _fund_and_year(case, fund, year)


def allowed_starts(case: Facts, option: Option) -> range:
    """Return the calendar years in which the option may start.

    What is ongoing started at its typed earliest start. Of others, blank earliest is the first
    year; blank latest is the last start whose building and cost years end within the years of
    the case, first year + H - 1 - max(b, J). None starts outside the years of the case.
    """
    earliest = case.first_year if option.earliest_start is None else option.earliest_start
    if option.decision is Decision.ONGOING:
        return range(earliest, earliest + 1)
    latest = option.latest_start
    if latest is None:
        latest = case.last_year - max(build_years(option), last_cost_year(option))
    return range(max(earliest, case.first_year), min(latest, case.last_year) + 1)


def _choice(case: Facts, choice: Choice) -> Iterator[Violation]:
    option = case.options.get(choice.option)
    if option is None:
        yield _fault(choice.option, _("{id} is no option of the case").format(id=choice.option))
        return
    if case.investment_of[option.id].id != choice.investment:
        text = _("{id} is no option of {investment}")
        yield _fault(option.id, text.format(id=option.id, investment=choice.investment))
    if choice.start not in allowed_starts(case, option):
        text = _("{id} starts in {year}, which is not among its allowed years")
        yield _fault(option.id, text.format(id=option.id, year=choice.start), option)


def _payment(case: Facts, plan: Plan, payment: Payment) -> Iterator[Violation]:
    yield from _fund_and_year(case, payment.fund, payment.year)
    if payment.option not in plan.taken:
        text = _("{fund} pays for {id}, which is not taken")
        yield _fault(payment.option, text.format(fund=payment.fund, id=payment.option))
    if payment.part not in (Pays.BUILD, Pays.RUNNING):
        text = _("{fund} pays for {part} of {id}; costs have a build and a running part")
        found = text.format(fund=payment.fund, part=payment.part, id=payment.option)
        yield _fault(payment.option, found)


def _fund_and_year(case: Facts, fund: Id, year: Year) -> Iterator[Violation]:
    if fund not in {listed.id for listed in case.funds}:
        yield _fault(fund, _("{fund} is no fund of the case").format(fund=fund))
    if year not in case.calendar:
        text = _("{fund} has money in {year}, outside the years of the case")
        yield _fault(fund, text.format(fund=fund, year=year))


def _fault(about: Id, text: str, option: Option | None = None) -> Violation:
    asked_by = () if option is None else (option.at("earliest_start"), option.at("latest_start"))
    return Violation(RowName("plan", (about,)), text, asked_by=asked_by)
