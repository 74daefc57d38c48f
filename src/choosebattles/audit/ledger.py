"""The words of demands and measures as exact numbers of one plan, by plain loops."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import floor, lcm

from choosebattles.audit.inflation import growth
from choosebattles.audit.option_by_year import ZERO, Taken, half_up, thousandths
from choosebattles.audit.points_and_weights import ScoreScale
from choosebattles.case.decision_model import ContingencyKind
from choosebattles.case.facts import Facts
from choosebattles.case.fund import Fund
from choosebattles.case.investment import Option
from choosebattles.case.plan import Choice, Plan
from choosebattles.case.rule import Rule
from choosebattles.case.service import Service
from choosebattles.case.shock import Shock
from choosebattles.case.units import Id, Money, Year
from choosebattles.objectives import measures
from choosebattles.vocabulary import Measure

ONE = Fraction(1)


class PlanLedger:
    """What one plan does in every year, recounted from the case and the plan alone.

    Years count from 0, money is in whole thousandths of a million, everything is exact. An
    option that the case does not have is left out, and of an option named twice the first
    start counts; ``unsound`` speaks of both. Another ``scale`` may be given to weigh a plan of
    this case as another case does.
    """

    def __init__(self, case: Facts, plan: Plan, scale: ScoreScale | None = None) -> None:
        self.case = case
        self.plan = plan
        self.scale = scale or ScoreScale(case)
        self.taken: Mapping[Id, Taken] = _taken(case, plan)
        self._points: dict[tuple[Id, str, int], Fraction] = {}
        self._supplies: dict[tuple[str, Id], tuple[tuple[Id | None, Fraction], ...]] = {}
        self._cover: dict[tuple[str, Id, frozenset[Id]], Fraction] = {}
        self._continuity: dict[tuple[Id, Id, frozenset[Id]], Fraction] = {}
        self._kept: dict[tuple[Id, frozenset[Id]], Fraction] = {}
        self._parts: dict[tuple[str, Id, int], Fraction] = {}

    def lend_covers(self, other: "PlanLedger", *, continuity: bool = False) -> None:
        """Hand on covers to a ledger of the same plan.

        Its case must have the same providers, shocks and services. With ``continuity`` the continuity part too: likelihoods, weights of services and the
        tail are then the same as well.
        """
        lent = {
            "_supplies": self._supplies,
            "_cover": self._cover,
            "_continuity": self._continuity,
        }
        parts = {key: part for key, part in self._parts.items() if key[0] == "continuity"}
        other.__dict__ |= lent | ({"_parts": parts} if continuity else {})

    def beside(self, choice: Choice) -> "PlanLedger":
        """Return the ledger of the same plan with one option more, which nobody pays for.

        Whatever the option does not touch is not counted again.
        """
        plan = Plan((*self.plan.choices, choice), self.plan.payments)
        other = PlanLedger(self.case, plan, self.scale)
        added = other.taken[choice.option]
        layer = self.case.investment_of[choice.option].layer
        new = choice.option not in self.taken
        working = {year for year in self.horizon if new and added.operates(year)}
        covers = bool(added.option.covers)
        if not covers:
            self.lend_covers(other)
        more = {
            goal: self.total(w * added.score(criterion) for criterion, w in weights.items())
            for goal, weights in self.scale.criterion_weight.items()
        }
        # What an option is worth follows from nothing beside it.
        other._worth = self._worth | {(goal, choice.option): worth for goal, worth in more.items()}
        other._points = {
            key: point + more[key[0]] if key[1] == layer and key[2] in working else point
            for key, point in self._points.items()
        }
        other._parts = {
            key: part
            for key, part in self._parts.items()
            if key[2] not in working or (key[0] == "continuity" and not covers)
        }
        other.__dict__ |= {"_payments": self._payments, "_paid": self._paid}
        return other

    @property
    def horizon(self) -> range:
        """Return years 0 to H - 1."""
        return range(self.case.years)

    @property
    def accruing(self) -> tuple[int, ...]:
        """Return the years that count: all, or the final one."""
        return tuple(year for year in self.horizon if self.scale.accrual[year])

    @property
    def last(self) -> int:
        """Return the final year, H - 1."""
        return self.case.years - 1

    def total(self, parts: Iterable[Fraction]) -> Fraction:
        """Return the sum of the parts, over one denominator: that is quicker than one by one."""
        numbers = tuple(parts)
        denominator = lcm(*(number.denominator for number in numbers))
        parts_of_it = (number.numerator * (denominator // number.denominator) for number in numbers)
        return Fraction(sum(parts_of_it), denominator)

    # Which options are taken and when

    def take(self, name: Id) -> Fraction:
        """Return how many options of the name are taken: 0 or 1 in a sound plan."""
        return Fraction(len(self._taken_of(name)))

    def starting(self, name: Id, year: int) -> Fraction:
        """Return 1 if it starts in the year; what is ongoing starts in no year."""
        return _count(taken.start == year and not taken.ongoing for taken in self._taken_of(name))

    def started(self, name: Id, year: int) -> Fraction:
        """Return 1 if it has started by the year."""
        return _count(taken.start <= year for taken in self._taken_of(name))

    def operating(self, name: Id, year: int) -> Fraction:
        """Return 1 if it operates in the year."""
        return _count(taken.operates(year) for taken in self._taken_of(name))

    def _taken_of(self, name: Id) -> list[Taken]:
        return [
            self.taken[option.id]
            for option in self.case.options_of(name)
            if option.id in self.taken
        ]

    # Money

    def build(self, option: Option, year: int) -> Fraction:
        """Return the build cost that falls due in the year."""
        return self._build.get((option.id, year), ZERO)

    def run(self, option: Option, year: int) -> Fraction:
        """Return the running cost in the year; income is none."""
        return self._run.get((option.id, year), ZERO)

    def need(self, option: Option, year: int) -> Fraction:
        """Return build plus running cost in the year."""
        return self.build(option, year) + self.run(option, year)

    def later(self, option: Option) -> Fraction:
        """Return the build cost that falls due after the last year."""
        if option.id not in self.taken:
            return ZERO
        return self.total(self.taken[option.id].commitments.values())

    def income(self, fund: Fund, year: int) -> Fraction:
        """Return income of options and savings of synergies paid into the fund."""
        return self._income[fund.id, year]

    def paid(self, fund: Fund, year: int) -> Fraction:
        """Return what the fund pays in the year."""
        return self._paid[fund.id, year]

    def payments(self, option: Option, part: str, fund: Fund, year: int) -> Fraction:
        """Return what the fund pays for one part of the option in the year."""
        return self._payments[option.id, part, fund.id, year]

    def held(self, fund: Fund, year: int) -> Fraction:
        """Return what the fund holds as contingency in the year."""
        return self._of_fund(self.plan.payments.held, fund, year)

    def aside(self, fund: Fund, year: int) -> Fraction:
        """Return what the fund sets aside in the year for the next."""
        return self._of_fund(self.plan.payments.aside, fund, year)

    def carried(self, fund: Fund, year: int) -> Fraction:
        """Return what of the money set aside the year before is still there."""
        return Fraction(fund.carry_over) * self.aside(fund, year - 1) if year else ZERO

    def available(self, fund: Fund, year: int) -> Fraction:
        """Return what the fund has in the year: its amount, what is carried over, its income."""
        return self._amount(fund, year) + self.carried(fund, year) + self.income(fund, year)

    def left(self, fund: Fund, year: int) -> Fraction:
        """Return what lapses in the year, neither paid nor held nor set aside; never below 0."""
        return self._left[fund.id, year]

    def lost(self, fund: Fund, year: int) -> Fraction:
        """Return what of the money set aside the year before is there no more."""
        return self.aside(fund, year - 1) - self.carried(fund, year) if year else ZERO

    def most_left(self, fund: Fund, year: int) -> Fraction:
        """Return what would be left in the year if all that may be were set aside before.

        Paid and held are as in the plan; what is set aside besides shrinks to the share that the
        fund carries over.
        """
        saved = ZERO
        for t in range(year + 1):
            if t and fund.carry_at_most is not None:
                most = Fraction(fund.carry_at_most) * self._amount(fund, t - 1)
                saved = min(saved, most - self.aside(fund, t - 1))
            saved = Fraction(fund.carry_over) * saved + self.left(fund, t)
        return saved

    def reserve(self, year: int) -> Fraction:
        r"""Return the contingency that must be held in the year.

        Flat: a share of all needs. Budgeted: what the :math:`\Gamma` options with the largest
        overruns may overrun together, of a fractional :math:`\Gamma` that fraction of the next.
        """
        amount = Fraction(self.case.model.contingency_amount)
        options = [taken.option for taken in self.taken.values()]
        match self.case.model.contingency:
            case ContingencyKind.NONE:
                return ZERO
            case ContingencyKind.FLAT:
                return amount * self.total(self.need(option, year) for option in options)
            case ContingencyKind.BUDGETED:
                overruns = (
                    Fraction(option.overrun) * self.need(option, year) for option in options
                )
                return _largest(overruns, amount)

    @cached_property
    def _build(self) -> dict[tuple[Id, int], Fraction]:
        return {
            (name, year): taken.build(year)
            for name, taken in self.taken.items()
            for year in self.horizon
        }

    @cached_property
    def _run(self) -> dict[tuple[Id, int], Fraction]:
        return {
            (name, year): taken.run(year)
            for name, taken in self.taken.items()
            for year in self.horizon
        }

    @cached_property
    def _income(self) -> Mapping[tuple[Id, int], Fraction]:
        return {
            (fund.id, year): self._earned(fund, year) + self._saved(fund, year)
            for fund in self.case.funds
            for year in self.horizon
        }

    def _earned(self, fund: Fund, year: int) -> Fraction:
        return self.total(
            taken.income(year) for taken in self.taken.values() if self._earns_for(taken) == fund.id
        )

    def _saved(self, fund: Fund, year: int) -> Fraction:
        return self.total(
            self.together(rule, year) * half_up(growth(self.case, year) * thousandths(rule.saving))
            for rule in self.case.synergies
            if rule.saving and (rule.saving_to or self._first_fund) == fund.id
        )

    @cached_property
    def _left(self) -> Mapping[tuple[Id, int], Fraction]:
        return {
            (fund.id, year): max(
                ZERO,
                self.available(fund, year)
                - self.paid(fund, year)
                - self.held(fund, year)
                - self.aside(fund, year),
            )
            for fund in self.case.funds
            for year in self.horizon
        }

    @cached_property
    def _paid(self) -> defaultdict[tuple[Id, int], Fraction]:
        sums: defaultdict[tuple[Id, int], Fraction] = defaultdict(Fraction)
        for (_option, _part, fund, year), amount in self._payments.items():
            sums[fund, year] += amount
        return sums

    @cached_property
    def _payments(self) -> defaultdict[tuple[Id, str, Id, int], Fraction]:
        sums: defaultdict[tuple[Id, str, Id, int], Fraction] = defaultdict(Fraction)
        for payment in self.plan.payments.paid:
            year = payment.year - self.case.first_year
            sums[payment.option, payment.part, payment.fund, year] += thousandths(payment.amount)
        return sums

    def _amount(self, fund: Fund, year: int) -> Fraction:
        return thousandths(fund.amount[self.case.first_year + year])

    def _of_fund(self, amounts: Mapping[tuple[Id, Year], Money], fund: Fund, year: int) -> Fraction:
        return thousandths(amounts.get((fund.id, self.case.first_year + year), Decimal(0)))

    def _earns_for(self, taken: Taken) -> Id:
        return taken.option.revenue_to or self._first_fund

    @property
    def _first_fund(self) -> Id:
        return self.case.funds[0].id

    # People

    def building(self, skill: Id, year: int) -> Fraction:
        """Return people of the skill at work building in the year."""
        return self.total(
            Fraction(taken.option.build_staff.get(skill, 0))
            for taken in self.taken.values()
            if taken.is_built(year)
        )

    def running(self, skill: Id, year: int) -> Fraction:
        """Return people of the skill at work running in the year."""
        return self.total(
            Fraction(taken.option.run_staff.get(skill, 0))
            for taken in self.taken.values()
            if taken.operates(year)
        )

    def staff(self, skill: Id, year: int) -> Fraction:
        """Return people of the skill at work in the year, building and running."""
        return self.building(skill, year) + self.running(skill, year)

    def trained(self, skill: Id, year: int) -> Fraction:
        r"""Return trained people of the skill who can work in the year.

        .. math:: \sum_{0 \le \tau < t} \mathit{yield} \cdot \mathit{retention}^{t - 1 - \tau}

        over training options and their operating years :math:`\tau`; those who graduated before
        the first year are in the supply.
        """
        stay = Fraction(next(listed.retention for listed in self.case.skills if listed.id == skill))
        return self.total(
            Fraction(taken.option.trains[skill]) * stay ** (year - 1 - earlier)
            for taken in self.taken.values()
            if skill in taken.option.trains
            for earlier in range(year)
            if taken.operates(earlier)
        )

    # Worth

    def weight(self, criterion: Id) -> Fraction:
        """Return the weight of a criterion within its objective; an objective's add up to 1."""
        return self.scale.weight[criterion]

    def scored(self, criterion: Id, option: Option) -> Fraction:
        """Return the score as typed, if the option operates in the final year."""
        typed = Fraction(option.score.get(criterion, 0))
        return typed * self.operating(option.id, self.last)

    def points(self, objective: Id, layer: str, year: int) -> Fraction:
        """Return weighted scores of what operates, with delay loss, before the layer's bend."""
        key = (objective, layer, year)
        if key not in self._points:
            self._points[key] = self.total(
                self.worth(objective, name)
                for name, taken in self.taken.items()
                if self.case.investment_of[name].layer == layer and taken.operates(year)
            )
        return self._points[key]

    def worth(self, objective: Id, option: Id) -> Fraction:
        """Return the weighted scores of an option taken, with delay loss, in a year it operates."""
        return self._worth[objective, option]

    @cached_property
    def _worth(self) -> dict[tuple[Id, Id], Fraction]:
        return {
            (goal, name): self.total(w * taken.score(criterion) for criterion, w in weights.items())
            for goal, weights in self.scale.criterion_weight.items()
            for name, taken in self.taken.items()
        }

    def credit(self, objective: Id, layer: str, year: int) -> Fraction:
        """Return the points of the layer with its bend."""
        return self.scale.credit(layer, self.points(objective, layer, year))

    def together(self, synergy: Rule, year: int) -> Fraction:
        """Return 1 if as many members of the synergy operate as it asks; blank asks for all."""
        operating = _count(
            self.operating(investment, year) >= 1 for investment in synergy.investments
        )
        needed = len(synergy.investments) if synergy.number is None else synergy.number
        return Fraction(operating >= needed)

    def cover(self, layer: str, shock: Shock, year: int) -> Fraction:
        r"""Return the covered share of the layer under the shock.

        .. math:: \min\Big(1, \sum_j \mathit{coverage}(j, l)\,
            (1 - \mathit{severity}\,[\mathit{exposures}(j) \cap \mathit{hits} \ne \emptyset])\,
            \mathit{op}[j, t]\Big)
        """
        key = (layer, shock.id, self._coverers[year])
        if key not in self._cover:
            left = (
                share
                for option, share in self._supply(layer, shock)
                if option is None or self.taken[option].operates(year)
            )
            self._cover[key] = min(ONE, self.total(left))
        return self._cover[key]

    def continuity(self, service: Service, shock: Shock, year: int) -> Fraction:
        """Return the least cover of the layers that the service needs."""
        key = (service.id, shock.id, self._coverers[year])
        if key not in self._continuity:
            self._continuity[key] = min(self.cover(layer, shock, year) for layer in service.needs)
        return self._continuity[key]

    def kept(self, shock: Shock, year: int) -> Fraction:
        """Return the mean continuity of the services under the shock by weight, from 0 to 1."""
        key = (shock.id, self._coverers[year])
        if key not in self._kept:
            weights = [Fraction(service.weight) for service in self.case.services]
            self._kept[key] = self.total(
                weight * self.continuity(service, shock, year)
                for weight, service in zip(weights, self.case.services, strict=True)
            ) / self.total(weights)
        return self._kept[key]

    def criteria_part(self, objective: Id, year: int) -> Fraction:
        """Return M: 100 times the worth of the objective's criteria, by the points for 100."""
        return self.scale.scaled(self._sum("criteria", objective, year))

    def continuity_part(self, objective: Id, year: int) -> Fraction:
        """Return C: what services keep under the shocks that test the objective, 0 to 100."""
        return self._sum("continuity", objective, year)

    def yearly(self, objective: Id, year: int) -> Fraction:
        r"""Return the index in the year: :math:`(1 - \mu_g) M + \mu_g C`."""
        share = self.scale.continuity_share(objective)
        criteria = self.criteria_part(objective, year) if share < 1 else ZERO
        continuity = self.continuity_part(objective, year) if share > 0 else ZERO
        return (1 - share) * criteria + share * continuity

    def index(self, objective: Id) -> Fraction:
        """Return the index of the objective, accrued over the years."""
        return self._indices[objective]

    @cached_property
    def _indices(self) -> Mapping[Id, Fraction]:
        weights = tuple(zip(self.scale.accrual, self.horizon, strict=True))
        return {
            goal.id: self.total(weight * self.yearly(goal.id, year) for weight, year in weights)
            for goal in self.case.model.objectives
        }

    @cached_property
    def value(self) -> Fraction:
        """Return the weighted sum of the indices."""
        weights = self.scale.objective_weight.items()
        return self.total(weight * self.index(goal) for goal, weight in weights)

    @cached_property
    def _measures(self) -> tuple[Measure, ...]:
        return tuple(measures(self.case))

    def _sum(self, part: str, objective: Id, year: int) -> Fraction:
        key = (part, objective, year)
        if key not in self._parts:
            self._parts[key] = self.total(
                measure.amount(self, objective, year)
                for measure in self._measures
                if measure.part == part
            )
        return self._parts[key]

    @cached_property
    def _coverers(self) -> tuple[frozenset[Id], ...]:
        """Return, for each year, the operating options that cover any layer.

        Years with the same ones have the same covers, which are counted once.
        """
        covering = [(name, taken) for name, taken in self.taken.items() if taken.option.covers]
        return tuple(
            frozenset(name for name, taken in covering if taken.operates(year))
            for year in self.horizon
        )

    def _supply(self, layer: str, shock: Shock) -> tuple[tuple[Id | None, Fraction], ...]:
        """Return what the shock leaves of each supply of the layer, today's without an option."""
        key = (layer, shock.id)
        if key not in self._supplies:
            hits = frozenset(shock.hits)
            severity = Fraction(shock.severity)
            self._supplies[key] = tuple(
                (option, share if hits.isdisjoint(exposures) else share * (1 - severity))
                for option, share, exposures in self._suppliers.get(layer, ())
            )
        return self._supplies[key]

    @cached_property
    def _suppliers(self) -> Mapping[str, list[tuple[Id | None, Fraction, tuple[str, ...]]]]:
        found: defaultdict[str, list[tuple[Id | None, Fraction, tuple[str, ...]]]]
        found = defaultdict(list)
        for provider in self.case.providers:
            found[provider.layer].append((None, Fraction(provider.coverage), provider.exposures))
        for name, taken in self.taken.items():
            for cover in taken.option.covers:
                supply = (name, Fraction(cover.share), taken.option.exposures)
                found[cover.layer].append(supply)
        return found


def _taken(case: Facts, plan: Plan) -> dict[Id, Taken]:
    taken: dict[Id, Taken] = {}
    for choice in plan.choices:
        option = case.options.get(choice.option)
        if option is not None:
            taken.setdefault(option.id, Taken(case, option, choice.start - case.first_year))
    return taken


def _count(facts: Iterable[bool]) -> Fraction:
    return Fraction(sum(facts))


def _largest(amounts: Iterable[Fraction], number: Fraction) -> Fraction:
    """Return the sum of that number of the largest, the last one in part."""
    ordered = sorted(amounts, reverse=True)
    full = floor(number)
    parts = (part * (number - full) for part in ordered[full : full + 1])
    return sum(parts, sum(ordered[:full], ZERO))
