"""The words of ``terms.py`` as expressions over all options and start years.

Nothing here is shared with ``audit/ledger.py``, which says the same in numbers: a slip in one
of the two is seen by the other.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property
from math import floor

from choosebattles.case.decision_model import Accrual, ContingencyKind
from choosebattles.case.facts import Facts
from choosebattles.case.fund import Fund
from choosebattles.case.investment import Decision, Option
from choosebattles.case.rule import Rule, RuleKind
from choosebattles.case.service import Service
from choosebattles.case.shock import Shock
from choosebattles.case.units import Id, Share
from choosebattles.objectives import measures
from choosebattles.terms import THOUSANDTHS, Demand, Linear, Row

_ONE = Linear(constant=1)


@dataclass(frozen=True)
class Column:
    """A variable of the program: its bounds, and whether it is a whole number."""

    name: str
    low: float | None
    high: float | None
    whole: bool


@dataclass(frozen=True)
class Start:
    """The decision to start an option in a year (counted from 0; ongoing ones may be earlier)."""

    option: Option
    year: int
    column: str


class Expressions:
    r"""Expressions of a case; columns and the rows that define them gather as they are asked for.

    :math:`x_{os} \in \{0, 1\}` says that option *o* starts in year *s*; it is the only decision
    that is whole. ``columns`` and ``rows`` hold what was declared so far, by name.
    """

    def __init__(self, case: Facts) -> None:
        self.case = case
        self.columns: dict[str, Column] = {}
        self.rows: dict[str, Row] = {}
        self.measures = tuple(measures(case))
        self.starts = {each.id: self._starts(each) for each in case.options.values()}
        for name in ("credit", "cover", "continuity", "together", "index", "operating", "reserve"):
            setattr(self, name, cache(getattr(self, name)))

    # Years and sums

    @property
    def horizon(self) -> range:
        """Return years 0 to H - 1."""
        return range(self.case.years)

    @property
    def last(self) -> int:
        """Return the final year."""
        return self.case.years - 1

    @property
    def accruing(self) -> tuple[int, ...]:
        """Return the years that count."""
        over_time = self.case.model.accrual is Accrual.OVER_TIME
        return tuple(self.horizon) if over_time else (self.last,)

    def total(self, parts: Iterable[Linear]) -> Linear:
        """Return the sum of the parts."""
        return Linear.total(parts)

    # Columns

    def column(
        self, name: str, low: float | None = 0, high: float | None = None, *, whole: bool = False
    ) -> Linear:
        """Return the column of that name, declared the first time it is asked for."""
        self.columns.setdefault(name, Column(name, low, high, whole))
        return Linear({name: 1})

    def _define(self, name: str, demand: Demand) -> None:
        self.rows.setdefault(name, Row(name, demand))

    def _dated(self, word: str, what: str, year: int) -> str:
        return f"{word}[{what},{self.case.first_year + year}]"

    # Selection

    def _starts(self, option: Option) -> tuple[Start, ...]:
        return tuple(
            Start(option, year, self._declared(option, year)) for year in self._start_years(option)
        )

    def _start_years(self, option: Option) -> Iterable[int]:
        first, final = 0, self.last - max(_build_years(option), _last_cost(option))
        if option.earliest_start is not None:
            first = option.earliest_start - self.case.first_year
        if option.decision is Decision.ONGOING:
            return (first,)
        if option.latest_start is not None:
            final = option.latest_start - self.case.first_year
        return range(first, min(final, self.last) + 1)

    def _declared(self, option: Option, year: int) -> str:
        name = self._dated("start", option.id, year)
        self.column(name, 0, 1, whole=True)
        return name

    def _each_start(self, name: Id) -> Iterator[Start]:
        for option in self.case.options_of(name):
            yield from self.starts[option.id]

    def take(self, name: Id) -> Linear:
        """Return the sum of all starts."""
        return Linear({each.column: 1 for each in self._each_start(name)})

    def starting(self, name: Id, year: int) -> Linear:
        """Return the starts in the year; what is ongoing starts in no year."""
        return Linear(
            {
                each.column: 1
                for each in self._each_start(name)
                if each.year == year and each.option.decision is not Decision.ONGOING
            }
        )

    def started(self, name: Id, year: int) -> Linear:
        """Return the starts up to the year."""
        return Linear({each.column: 1 for each in self._each_start(name) if each.year <= year})

    def operating(self, name: Id, year: int) -> Linear:
        r"""Return :math:`op_{ot} = \sum_{s + b \le t < s + b + n} x_{os}`."""
        return Linear({each.column: 1 for each in self._each_start(name) if _runs(each, year)})

    # Money, in thousandths

    @cached_property
    def _growth(self) -> Fraction:
        return 1 + Fraction(self.case.cost_growth)

    def _grown(self, amount: Fraction, year: int) -> int:
        return _half_up(self._growth**year * amount * THOUSANDTHS)

    def build(self, option: Option, year: int) -> Linear:
        """Return the build cost that falls due in the year."""
        return Linear(
            {
                each.column: self._grown(Fraction(option.cost[year - each.year]), year)
                for each in self.starts[option.id]
                if 0 <= year - each.year < len(option.cost)
            }
        )

    def run(self, option: Option, year: int) -> Linear:
        """Return the running cost in the year."""
        amount = self._grown(max(Fraction(0), Fraction(option.running_cost)), year)
        return amount * self.operating(option.id, year)

    def need(self, option: Option, year: int) -> Linear:
        """Return build plus running cost in the year."""
        return self.build(option, year) + self.run(option, year)

    def later(self, option: Option) -> Linear:
        """Return the build cost that falls due after the last year."""
        after = range(self.case.years, self.case.years + len(option.cost))
        return self.total(self.build(option, year) for year in after)

    def income(self, fund: Fund, year: int) -> Linear:
        """Return income of options, after the haircut, and savings of synergies."""
        return self.total((self._revenue(fund, year), self._savings(fund, year)))

    def _revenue(self, fund: Fund, year: int) -> Linear:
        kept = (1 - Fraction(self.case.revenue_haircut)) * self._growth**year * THOUSANDTHS
        return self.total(
            floor(kept * -Fraction(option.running_cost)) * self.operating(option.id, year)
            for option in self.case.options.values()
            if option.running_cost < 0 and (option.revenue_to or self.case.funds[0].id) == fund.id
        )

    def _savings(self, fund: Fund, year: int) -> Linear:
        return self.total(
            self._grown(Fraction(rule.saving), year) * self.together(rule, year)
            for rule in self.case.rules
            if rule.kind is RuleKind.SYNERGY
            and rule.saving
            and (rule.saving_to or self.case.funds[0].id) == fund.id
        )

    def paid(self, fund: Fund, year: int) -> Linear:
        """Return what the fund pays in the year."""
        return self.column(self._dated("paid", fund.id, year))

    def held(self, fund: Fund, year: int) -> Linear:
        """Return what a general fund holds as contingency in the year."""
        general = {each.id for each in self.case.general_funds}
        if self.case.model.contingency is ContingencyKind.NONE or fund.id not in general:
            return Linear()
        return self.column(self._dated("held", fund.id, year))

    def aside(self, fund: Fund, year: int) -> Linear:
        """Return what the fund sets aside in the year; nothing in the last."""
        if year == self.last:
            return Linear()
        return self.column(self._dated("aside", fund.id, year))

    def reserve(self, year: int) -> Linear:
        """Return the contingency to be held: a share of all needs, or the worst overruns."""
        model = self.case.model
        amount = Fraction(model.contingency_amount)
        every = tuple(self.case.options.values())
        match model.contingency:
            case ContingencyKind.NONE:
                return Linear()
            case ContingencyKind.FLAT:
                return amount * self.total(self.need(each, year) for each in every)
            case ContingencyKind.BUDGETED:
                common = self.column(self._dated("reserve", "in common", year))
                return amount * common + self.total(
                    self._own_overrun(each, common, year) for each in every if each.overrun
                )

    def _own_overrun(self, option: Option, common: Linear, year: int) -> Linear:
        name = self._dated("reserve", option.id, year)
        own = self.column(name)
        overrun = Fraction(option.overrun) * self.need(option, year)
        self._define(name, common + own >= overrun)
        return own

    # People

    def staff(self, skill: Id, year: int) -> Linear:
        """Return people at work in the year: building, and running what operates."""
        parts: list[Linear] = []
        for option in self.case.options.values():
            building = Fraction(option.build_staff.get(skill, 0))
            running = Fraction(option.run_staff.get(skill, 0))
            for each in self.starts[option.id] if building or running else ():
                busy = 0 <= year - each.year < max(1, _build_years(option))
                number = building * busy + running * _runs(each, year)
                parts.append(Linear({each.column: number}))
        return self.total(parts)

    def trained(self, skill: Id, year: int) -> Linear:
        r"""Return :math:`\sum_{0 \le \tau < t} yield \cdot retention^{t - 1 - \tau}`."""
        retention = next(Fraction(k.retention) for k in self.case.skills if k.id == skill)
        return self.total(
            Fraction(option.trains[skill])
            * retention ** (year - 1 - tau)
            * self.operating(option.id, tau)
            for option in self.case.options.values()
            if option.trains.get(skill)
            for tau in range(year)
        )

    # Worth

    @cached_property
    def _weights(self) -> dict[Id, Fraction]:
        shares: dict[Id, Fraction] = {}
        for group in self.case.criteria_of.values():
            whole = sum(Fraction(each.weight) for each in group)
            shares |= {each.id: Fraction(each.weight) / whole for each in group}
        return shares

    def weight(self, criterion: Id) -> Fraction:
        """Return the weight of a criterion within its objective."""
        return self._weights[criterion]

    def scored(self, criterion: Id, option: Option) -> Linear:
        """Return the score, as typed, if the option operates in the final year."""
        return Fraction(option.score.get(criterion, 0)) * self.operating(option.id, self.last)

    def points(self, objective: Id, layer: str, year: int) -> Linear:
        """Return weighted scores of what operates in the year, after delay loss."""
        return Linear(
            {
                each.column: self._worth[objective][each.column]
                for option in self._layered[layer]
                for each in self.starts[option.id]
                if _runs(each, year)
            }
        )

    @cached_property
    def _layered(self) -> dict[str, list[Option]]:
        found: dict[str, list[Option]] = defaultdict(list)
        for owner in self.case.investments:
            found[owner.layer].extend(owner.options)
        return found

    @cached_property
    def _worth(self) -> dict[Id, dict[str, float]]:
        """Return, by objective and start, the weighted scores while it operates."""
        found: dict[Id, dict[str, float]] = defaultdict(dict)
        for objective in self.case.model.objectives:
            for option in self.case.options.values():
                good, bad = self._scores(objective.id, option)
                for each in self.starts[option.id]:
                    found[objective.id][each.column] = float(good * self._kept(each) + bad)
        return found

    def _scores(self, objective: Id, option: Option) -> tuple[Fraction, Fraction]:
        good = bad = Fraction(0)
        for criterion in self.case.criteria_of[objective]:
            score = self.weight(criterion.id) * Fraction(option.score.get(criterion.id, 0))
            good, bad = (good + score, bad) if score > 0 else (good, bad + score)
        return good, bad

    def _kept(self, start: Start) -> Fraction:
        option = start.option
        if option.decision is Decision.ONGOING:
            return Fraction(1)
        waited = self.case.first_year + start.year - (option.earliest_start or self.case.first_year)
        return (1 - Fraction(option.delay_loss)) ** waited

    def credit(self, objective: Id, layer: str, year: int) -> Linear:
        r"""Return :math:`f_l(p)`: a column below both of its lines where the layer is bent."""
        points = self.points(objective, layer, year)
        bend = next((each for each in self.case.layers if each.id == layer), None)
        if not layer or bend is None or bend.full_credit is None:
            return points
        name = self._dated("credit", f"{objective},{layer}", year)
        credited = self.column(name, low=None)
        full, rate = Fraction(bend.full_credit), Fraction(bend.rate_after)
        self._define(f"{name}:full", credited <= points)
        self._define(f"{name}:after", credited <= rate * points + (1 - rate) * full)
        return credited

    def together(self, synergy: Rule, year: int) -> Linear:
        """Return the column that is 1 while enough members of the synergy operate."""
        name = self._dated("together", self.case.name_of(synergy), year)
        members = synergy.investments
        enough = synergy.number or len(members)
        whole = enough < len(members)
        reached = self.column(name, 0, 1, whole=whole)
        there = self.total(self.operating(each, year) for each in members)
        if synergy.bonus > 0 or synergy.saving:
            if whole:
                self._define(f"{name}:at most", enough * reached <= there)
            else:
                for each in members:
                    self._define(f"{name}:{each}", reached <= self.operating(each, year))
        if synergy.bonus < 0:
            hurting = (len(members) - enough + 1) * reached >= there - (enough - 1)
            self._define(f"{name}:at least", hurting)
        return reached

    def cover(self, layer: str, shock: Shock, year: int) -> Linear:
        """Return the column that stays below 1 and below what is left of the coverage.

        Shocks that hit nothing on the layer share one column.
        """
        name = self._dated("cover", f"{layer},{self._under(layer, shock)}", year)
        covered = self.column(name, 0, 1)
        parts = [
            _left(share, shock, exposures) * (self.operating(option, year) if option else _ONE)
            for option, share, exposures in self._supplies.get(layer, ())
        ]
        self._define(name, covered <= self.total(parts))
        return covered

    @cached_property
    def _supplies(self) -> dict[str, list[tuple[Id, Share, frozenset[str]]]]:
        """Return who covers each layer: an option, or nobody's option for today's providers."""
        found: dict[str, list[tuple[Id, Share, frozenset[str]]]] = defaultdict(list)
        for each in self.case.providers:
            found[each.layer].append(("", each.coverage, frozenset(each.exposures)))
        for option in self.case.options.values():
            for cover in option.covers:
                found[cover.layer].append((option.id, cover.share, frozenset(option.exposures)))
        return found

    def _under(self, layer: str, shock: Shock) -> str:
        """Return the shock's id, or nothing where it hits nobody on the layer."""
        hits = self._supplies.get(layer, ())
        return shock.id if any(_hit(shock, exposures) for _, _, exposures in hits) else ""

    def continuity(self, service: Service, shock: Shock, year: int) -> Linear:
        """Return the column that stays below the cover of each layer that the service needs."""
        under = max(self._under(layer, shock) for layer in service.needs)
        name = self._dated("continuity", f"{service.id},{under}", year)
        kept = self.column(name, 0, 1)
        for layer in service.needs:
            self._define(f"{name}:{layer}", kept <= self.cover(layer, shock, year))
        return kept

    # Indices

    @cached_property
    def accrual(self) -> dict[int, Fraction]:
        """Return the weight of every year that counts; they add up to 1."""
        rate = 1 + Fraction(self.case.model.discount_rate)
        raw = {year: 1 / rate**year for year in self.accruing}
        whole = sum(raw.values())
        return {year: weight / whole for year, weight in raw.items()}

    @cached_property
    def scale(self) -> Fraction:
        """Return P: the points that make 100."""
        if self.case.points_for_100 is not None:
            return Fraction(self.case.points_for_100)
        return max(self._ideal(each.id) for each in self.case.model.objectives)

    def _ideal(self, objective: Id) -> Fraction:
        points = dict.fromkeys(self.case.layer_names, Fraction(0))
        for investment in self.case.investments:
            worth = (sum(self._scores(objective, each)) for each in investment.options)
            points[investment.layer] += max(Fraction(0), *worth)
        bonuses = sum(
            (
                self.weight(rule.criterion) * Fraction(rule.bonus)
                for rule in self.case.rules
                if rule.kind is RuleKind.SYNERGY
                and rule.bonus > 0
                and rule.criterion in {each.id for each in self.case.criteria_of[objective]}
            ),
            Fraction(0),
        )
        return bonuses + sum(
            (self._bent(layer, amount) for layer, amount in points.items()), Fraction(0)
        )

    def _bent(self, layer: str, points: Fraction) -> Fraction:
        for each in self.case.layers:
            if each.id == layer and each.full_credit is not None:
                full = Fraction(each.full_credit)
                return min(points, full + Fraction(each.rate_after) * (points - full))
        return points

    def share_of_continuity(self, objective: Id) -> Fraction:
        """Return the weight of continuity in an index: given where it has both parts."""
        likely = any(each.likelihood for each in self.case.shocks_of[objective])
        if not (self.case.services and likely):
            return Fraction(0)
        if not self.case.criteria_of[objective]:
            return Fraction(1)
        given = self.case.objective(objective).continuity_share
        return Fraction(1, 2) if given is None else Fraction(given)

    def index(self, objective: Id) -> Linear:
        r"""Return :math:`G = \sum_t a_t [(1 - \mu) M_t + \mu C_t]` with :math:`M = 100 worth / P`."""
        share = self.share_of_continuity(objective)
        per_point = Fraction(100) / self.scale if self.scale else Fraction(0)
        factor = {"criteria": float((1 - share) * per_point), "continuity": float(share)}
        return self.total(
            float(weight) * factor[each.part] * each.worth(self, objective, year)
            for year, weight in self.accrual.items()
            for each in self.measures
            if factor[each.part]
        )

    @cached_property
    def objective(self) -> Linear:
        """Return the weighted sum of the indices."""
        whole = sum(Fraction(each.weight) for each in self.case.model.objectives)
        return self.total(
            float(Fraction(each.weight) / whole) * self.index(each.id)
            for each in self.case.model.objectives
        )

    @cached_property
    def total_cost(self) -> Linear:
        """Return all needs of all years, in thousandths."""
        every = self.case.options.values()
        return self.total(self.need(each, year) for each in every for year in self.horizon)


def _last_cost(option: Option) -> int:
    return max((year for year, amount in enumerate(option.cost) if amount), default=0)


def _build_years(option: Option) -> int:
    return _last_cost(option) if option.build_years is None else option.build_years


def _runs(start: Start, year: int) -> bool:
    first = start.year + _build_years(start.option)
    return first <= year and (start.option.lifetime is None or year < first + start.option.lifetime)


def _half_up(number: Fraction) -> int:
    return floor(number + Fraction(1, 2))


def _hit(shock: Shock, exposures: frozenset[str]) -> bool:
    return not exposures.isdisjoint(shock.hits)


def _left(coverage: Share, shock: Shock, exposures: frozenset[str]) -> float:
    share = Fraction(coverage)
    return float(share * (1 - Fraction(shock.severity)) if _hit(shock, exposures) else share)
