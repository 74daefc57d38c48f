"""The words of ``vocabulary.py`` as expressions over all options and start years.

Nothing here is shared with ``audit/ledger.py``, which says the same in numbers: a slip in one
of the two is seen by the other.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache

from choosebattles.case.decision_model import Accrual, ContingencyKind
from choosebattles.case.facts import Facts
from choosebattles.case.fund import Fund
from choosebattles.case.investment import Option
from choosebattles.case.rule import Rule
from choosebattles.case.service import Service
from choosebattles.case.shock import Shock
from choosebattles.case.units import Id, Share
from choosebattles.formulation.inflation import growth, inflated
from choosebattles.formulation.start_variables import (
    ProgramColumn,
    Start,
    build_years,
    possible_starts,
)
from choosebattles.objectives import measures
from choosebattles.vocabulary import (
    SAY,
    THOUSANDTHS,
    Coefficient,
    Linear,
    LinearConstraint,
    Measure,
    Row,
    RowName,
)

DEFINING = ("together", "credit", "cover", "continuity", "reserve")
"""Words with columns of their own and rows that define them."""

Names = tuple[str | int, ...]
"""What a word is said of: ids and years."""


class Expressions:
    r"""Expressions of a case; columns and the rows that define them gather as they are asked for.

    :math:`x_{os} \in \{0, 1\}` says that option *o* starts in year *s*; it is the only decision
    that is whole. ``columns`` and ``rows`` hold what was declared so far, by name.

    Parameters
    ----------
    case
        The case that is spoken of.
    before, changed
        Expressions of a case of the same shape, and which of its numbers are others now: what
        reads none of them is not said anew, and what it declared is not declared again.
    """

    def __init__(
        self,
        case: Facts,
        before: "Expressions | None" = None,
        changed: frozenset[str] = frozenset(),
    ) -> None:
        self.case = case
        self.columns: dict[str, ProgramColumn] = {}
        self.rows: dict[RowName, Row] = {}
        self.measures = tuple(measures(case))
        self._values: dict[str, dict[Names, Linear]] = {word: {} for word in SAY}
        self._worths: dict[Measure, dict[Names, Linear]] = {
            measure: {} for measure in self.measures
        }
        if before is not None:
            self._keep(before, changed)
        if before is None or "timing" in changed:
            self.starts = {option.id: self._starts(option) for option in case.options.values()}
            self._running = {
                name: tuple(
                    tuple(start.column for start in starts if start.runs(year))
                    for year in self.horizon
                )
                for name, starts in self.starts.items()
            }

    def _keep(self, before: "Expressions", changed: frozenset[str]) -> None:
        self.starts, self._running = before.starts, before._running  # noqa: SLF001 - its own kind
        if not {"timing", "delay"} & changed:
            self._kept = before._kept  # noqa: SLF001 - its own kind
        for word, values in before._values.items():  # noqa: SLF001 - its own kind
            if not SAY[word] & changed:
                self._values[word] = dict(values)
        for measure, worths in before._worths.items():  # noqa: SLF001 - its own kind
            if not measure.reads & changed:
                self._worths[measure] = dict(worths)

    def again(self, before: "Expressions", changed: frozenset[str]) -> None:
        """Declare anew what was declared before by words that read what changed."""
        for word in DEFINING:
            if SAY[word] & changed:
                for names in before._values[word]:  # noqa: SLF001 - its own kind
                    self._say(word, *names)

    def columns_of(self, *words: str) -> frozenset[str]:
        """Return the columns of words that have columns of their own."""
        values = (sum_ for word in words for sum_ in self._values[word].values())
        return frozenset(column for sum_ in values for column in sum_.terms)

    def _say(self, word: str, *names: str | int) -> Linear:
        """Return what a word says of names, worked out the first time it is asked."""
        values = self._values[word]
        if names not in values:
            values[names] = getattr(self, f"_{word}")(*names)
        return values[names]

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
        self, name: str, low: float | None = 0, high: float | None = None, *, integer: bool = False
    ) -> Linear:
        """Return the column of that name, declared the first time it is asked for."""
        if name not in self.columns:
            self.columns[name] = ProgramColumn(name, low, high, integer)
        return Linear.owning({name: 1})

    def _define(self, name: RowName, constraint: LinearConstraint) -> None:
        self.rows.setdefault(name, Row(name, constraint))

    def _dated(self, word: str, what: str, year: int) -> str:
        return f"{word}[{what},{self.case.first_year + year}]"

    def _row(self, word: str, *keys: str, year: int) -> RowName:
        return RowName(word, keys, self.case.first_year + year)

    # Selection

    def _starts(self, option: Option) -> tuple[Start, ...]:
        starts = possible_starts(self.case, option)
        for start in starts:
            self.column(start.column, 0, 1, integer=True)
        return starts

    def _starts_of(self, name: Id) -> Iterator[Start]:
        for option in self.case.options_of(name):
            yield from self.starts[option.id]

    def take(self, name: Id) -> Linear:
        """Return the sum of all starts."""
        return Linear.owning({start.column: 1 for start in self._starts_of(name)})

    def starting(self, name: Id, year: int) -> Linear:
        """Return the starts in the year; what is ongoing starts in no year."""
        return Linear.owning(
            {
                start.column: 1
                for start in self._starts_of(name)
                if start.year == year and not start.ongoing
            }
        )

    def started(self, name: Id, year: int) -> Linear:
        """Return the starts up to the year."""
        return Linear.owning(
            {start.column: 1 for start in self._starts_of(name) if start.year <= year}
        )

    def operating(self, name: Id, year: int) -> Linear:
        r"""Return :math:`op_{ot} = \sum_{s + b \le t < s + b + n} x_{os}`."""
        options = self.case.options_of(name)
        columns = (column for option in options for column in self._running[option.id][year])
        return Linear.owning(dict.fromkeys(columns, 1))

    # Money, in thousandths

    def build(self, option: Option, year: int) -> Linear:
        """Return the build cost that falls due in the year."""
        return self._say("build", option.id, year)

    def _build(self, option: Id, year: int) -> Linear:
        cost = self.case.options[option].cost
        return Linear.owning(
            {
                start.column: inflated(cost[year - start.year], self.case, year)
                for start in self.starts[option]
                if 0 <= year - start.year < len(cost)
            }
        )

    def run(self, option: Option, year: int) -> Linear:
        """Return the running cost in the year."""
        return self._say("run", option.id, year)

    def _run(self, option: Id, year: int) -> Linear:
        amount = inflated(max(Decimal(0), self.case.options[option].running_cost), self.case, year)
        return Linear.owning(dict.fromkeys(self._running[option][year], amount))

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
        kept = (1 - Fraction(self.case.revenue_haircut)) * growth(self.case, year) * THOUSANDTHS
        terms: dict[str, Coefficient] = {}
        for option in self.case.options.values():
            if option.earns and (option.revenue_to or self.case.funds[0].id) == fund.id:
                for start in self.starts[option.id]:
                    runs = option.running_cost < 0 and start.runs(year)
                    typed = 0 <= year - start.year < len(option.income)
                    earned = Fraction(-option.running_cost) if runs else Fraction(0)
                    if typed:
                        earned += Fraction(option.income[year - start.year])
                    if runs or typed:
                        terms[start.column] = kept * earned // 1
        return Linear.owning(terms)

    def _savings(self, fund: Fund, year: int) -> Linear:
        return self.total(
            inflated(rule.saving, self.case, year) * self.together(rule, year)
            for rule in self.case.synergies
            if rule.saving and (rule.saving_to or self.case.funds[0].id) == fund.id
        )

    def paid(self, fund: Fund, year: int) -> Linear:
        """Return what the fund pays in the year."""
        return self.column(self._dated("paid", fund.id, year))

    def held(self, fund: Fund, year: int) -> Linear:
        """Return what a general fund holds as contingency in the year."""
        general = {payer.id for payer in self.case.general_funds}
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
        return self._say("reserve", year)

    def _reserve(self, year: int) -> Linear:
        model = self.case.model
        amount = Fraction(model.contingency_amount)
        every = tuple(self.case.options.values())
        match model.contingency:
            case ContingencyKind.NONE:
                return Linear()
            case ContingencyKind.FLAT:
                return amount * self.total(self.need(option, year) for option in every)
            case ContingencyKind.BUDGETED:
                common = self.column(self._dated("reserve", "in common", year))
                return amount * common + self.total(
                    self._own_overrun(option, common, year) for option in every if option.overrun
                )

    def _own_overrun(self, option: Option, common: Linear, year: int) -> Linear:
        name = self._dated("reserve", option.id, year)
        own = self.column(name)
        overrun = Fraction(option.overrun) * self.need(option, year)
        self._define(self._row("reserve", option.id, year=year), common + own >= overrun)
        return own

    # People

    def staff(self, skill: Id, year: int) -> Linear:
        """Return people at work in the year: building, and running what operates."""
        terms: dict[str, Coefficient] = {}
        for option, building, running, busy in self._staff[skill]:
            for start in self.starts[option]:
                number = building if 0 <= year - start.year < busy else 0
                terms[start.column] = number + running if start.runs(year) else number
        return Linear.owning(terms)

    @cached_property
    def _staff(self) -> Mapping[Id, list[tuple[Id, Fraction, Fraction, int]]]:
        """Return, by skill, the options that need it: building, running, for how long built."""
        found: dict[Id, list[tuple[Id, Fraction, Fraction, int]]] = defaultdict(list)
        for option in self.case.options.values():
            for skill in {*option.build_staff, *option.run_staff}:
                building = Fraction(option.build_staff.get(skill, 0))
                running = Fraction(option.run_staff.get(skill, 0))
                if building or running:
                    busy = max(1, build_years(option))
                    found[skill].append((option.id, building, running, busy))
        return found

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
            total = sum(Fraction(criterion.weight) for criterion in group)
            shares |= {criterion.id: Fraction(criterion.weight) / total for criterion in group}
        return shares

    def weight(self, criterion: Id) -> Fraction:
        """Return the weight of a criterion within its objective."""
        return self._weights[criterion]

    def scored(self, criterion: Id, option: Option) -> Linear:
        """Return the score, as typed, if the option operates in the final year."""
        return Fraction(option.score.get(criterion, 0)) * self.operating(option.id, self.last)

    def points(self, objective: Id, layer: str, year: int) -> Linear:
        """Return weighted scores of what operates in the year, after delay loss."""
        worth = self._worth[objective]
        return Linear.owning(
            {
                column: worth[column]
                for option in self._layered[layer]
                for column in self._running[option.id][year]
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
        found: dict[Id, dict[str, float]] = {}
        for objective, criteria in self.case.criteria_of.items():
            weights = [(criterion.id, float(self.weight(criterion.id))) for criterion in criteria]
            worth = found[objective] = {}
            for option in self.case.options.values():
                typed = [
                    share * float(option.score.get(criterion, 0)) for criterion, share in weights
                ]
                good = sum(points for points in typed if points > 0)
                bad = sum(points for points in typed if points < 0)
                for column, kept in self._kept[option.id]:
                    worth[column] = good * kept + bad
        return found

    @cached_property
    def _kept(self) -> dict[Id, list[tuple[str, float]]]:
        """Return, by option and start, what delay leaves of positive scores."""
        found: dict[Id, list[tuple[str, float]]] = {}
        for option in self.case.options.values():
            left = 1 - float(option.delay_loss)
            early = (option.earliest_start or self.case.first_year) - self.case.first_year
            found[option.id] = [
                (start.column, 1.0 if start.ongoing else left ** (start.year - early))
                for start in self.starts[option.id]
            ]
        return found

    def _scores(self, objective: Id, option: Option) -> Fraction:
        """Return the weighted sum of the scores as typed."""
        return sum(
            (
                self.weight(criterion.id) * Fraction(option.score.get(criterion.id, 0))
                for criterion in self.case.criteria_of[objective]
            ),
            Fraction(0),
        )

    def credit(self, objective: Id, layer: str, year: int) -> Linear:
        r"""Return :math:`f_l(p)`: a column below both of its lines where the layer is bent."""
        return self._say("credit", objective, layer, year)

    def _credit(self, objective: Id, layer: str, year: int) -> Linear:
        points = self.points(objective, layer, year)
        bend = next((row for row in self.case.layers if row.id == layer), None)
        if not layer or bend is None or bend.full_credit is None:
            return points
        name = self._dated("credit", f"{objective},{layer}", year)
        credited = self.column(name, low=None)
        full, rate = Fraction(bend.full_credit), Fraction(bend.rate_after)
        full_row = self._row("credit", objective, layer, "full", year=year)
        after_row = self._row("credit", objective, layer, "after", year=year)
        self._define(full_row, credited <= points)
        self._define(after_row, credited <= rate * points + (1 - rate) * full)
        return credited

    def together(self, synergy: Rule, year: int) -> Linear:
        """Return the column that is 1 while enough members of the synergy operate."""
        return self._say("together", self.case.name_of(synergy), year)

    def _together(self, rule: str, year: int) -> Linear:
        synergy = self._synergies[rule]
        name = self._dated("together", rule, year)
        members = synergy.investments
        enough = synergy.enough
        integer = enough < len(members)
        reached = self.column(name, 0, 1, integer=integer)
        operating = self.total(self.operating(member, year) for member in members)
        if synergy.bonus > 0 or synergy.saving:
            if integer:
                self._define(
                    self._row("together", rule, "at most", year=year), enough * reached <= operating
                )
            else:
                for member in members:
                    self._define(
                        self._row("together", rule, member, year=year),
                        reached <= self.operating(member, year),
                    )
        if synergy.bonus < 0:
            hurting = (len(members) - enough + 1) * reached >= operating - (enough - 1)
            self._define(self._row("together", rule, "at least", year=year), hurting)
        return reached

    @cached_property
    def _synergies(self) -> Mapping[str, Rule]:
        return {self.case.name_of(rule): rule for rule in self.case.synergies}

    def cover(self, layer: str, shock: Shock, year: int) -> Linear:
        """Return the column that stays below 1 and below what is left of the coverage.

        Shocks that hit nothing on the layer share one column.
        """
        return self._say("cover", layer, self._under(layer, shock.id), year)

    def _cover(self, layer: str, under: str, year: int) -> Linear:
        name = self._dated("cover", f"{layer},{under}", year)
        covered = self.column(name, 0, 1)
        today, options = self._left(layer, under)
        short = dict(covered.terms)  # covered, less what is there: one sum, of many in a case
        for option, left in options.items():
            short |= dict.fromkeys(self._running[option][year], -left)
        self._define(self._row("cover", layer, under, year=year), Linear.owning(short, -today) <= 0)
        return covered

    def _left(self, layer: str, under: str) -> tuple[float, dict[Id, float]]:
        """Return what a shock leaves of today's coverage of a layer and of every option's."""
        key = (layer, under)
        if key not in self._remains:
            shock = self._shocks.get(under)
            today, options = 0.0, dict[Id, float]()
            for option, share, exposures in self._supplies.get(layer, ()):
                left = _left(share, shock, exposures)
                if option:
                    options[option] = options.get(option, 0.0) + left
                else:
                    today += left
            self._remains[key] = today, options
        return self._remains[key]

    @cached_property
    def _remains(self) -> dict[tuple[str, str], tuple[float, dict[Id, float]]]:
        return {}

    @cached_property
    def _shocks(self) -> Mapping[Id, Shock]:
        return {shock.id: shock for shock in self.case.shocks}

    @cached_property
    def _supplies(self) -> dict[str, list[tuple[Id, Share, frozenset[str]]]]:
        """Return who covers each layer: an option, or nobody's option for today's providers."""
        found: dict[str, list[tuple[Id, Share, frozenset[str]]]] = defaultdict(list)
        for provider in self.case.providers:
            found[provider.layer].append(("", provider.coverage, frozenset(provider.exposures)))
        for option in self.case.options.values():
            for cover in option.covers:
                found[cover.layer].append((option.id, cover.share, frozenset(option.exposures)))
        return found

    def _under(self, layer: str, shock: Id) -> str:
        """Return the shock's id, or nothing where it hits nobody on the layer."""
        return shock if shock in self._hitting.get(layer, ()) else ""

    @cached_property
    def _hitting(self) -> Mapping[str, frozenset[Id]]:
        """Return the shocks that hit anybody on each layer."""
        return {
            layer: frozenset(
                shock.id
                for shock in self.case.shocks
                if any(_hit(shock, exposures) for _, _, exposures in supplies)
            )
            for layer, supplies in self._supplies.items()
        }

    def continuity(self, service: Service, shock: Shock, year: int) -> Linear:
        """Return the column that stays below the cover of each layer that the service needs."""
        under = max(self._under(layer, shock.id) for layer in service.needs)
        return self._say("continuity", service.id, under, year)

    def _continuity(self, service: Id, under: str, year: int) -> Linear:
        name = self._dated("continuity", f"{service},{under}", year)
        kept = self.column(name, 0, 1)
        for layer in self._needs[service]:
            covered = self._say("cover", layer, self._under(layer, under), year)
            self._define(self._row("continuity", service, under, layer, year=year), kept <= covered)
        return kept

    @cached_property
    def _needs(self) -> Mapping[Id, tuple[str, ...]]:
        return {service.id: service.needs for service in self.case.services}

    # Indices

    @cached_property
    def accrual(self) -> dict[int, Fraction]:
        """Return the weight of every year that counts; they add up to 1."""
        rate = 1 + Fraction(self.case.model.discount_rate)
        raw = {year: 1 / rate**year for year in self.accruing}
        total = sum(raw.values())
        return {year: weight / total for year, weight in raw.items()}

    @cached_property
    def scale(self) -> Fraction:
        """Return P: the points that make 100."""
        if self.case.points_for_100 is not None:
            return Fraction(self.case.points_for_100)
        return max(self._ideal(objective.id) for objective in self.case.model.objectives)

    def _ideal(self, objective: Id) -> Fraction:
        points = dict.fromkeys(self.case.layer_names, Fraction(0))
        for investment in self.case.investments:
            worth = (self._scores(objective, option) for option in investment.options)
            points[investment.layer] += max(Fraction(0), *worth)
        bonuses = sum(
            (
                self.weight(rule.criterion) * Fraction(rule.bonus)
                for rule in self.case.synergies
                if rule.bonus > 0
                and rule.criterion
                in {criterion.id for criterion in self.case.criteria_of[objective]}
            ),
            Fraction(0),
        )
        return bonuses + sum(
            (self._bent(layer, amount) for layer, amount in points.items()), Fraction(0)
        )

    def _bent(self, layer: str, points: Fraction) -> Fraction:
        for bend in self.case.layers:
            if bend.id == layer and bend.full_credit is not None:
                full = Fraction(bend.full_credit)
                return min(points, full + Fraction(bend.rate_after) * (points - full))
        return points

    def share_of_continuity(self, objective: Id) -> Fraction:
        """Return the weight of continuity in an index: given where it has both parts."""
        likely = any(shock.likelihood for shock in self.case.shocks_of[objective])
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
            float(weight) * factor[measure.part] * self._measured(measure, objective, year)
            for year, weight in self.accrual.items()
            for measure in self.measures
        )

    def _measured(self, measure: Measure, objective: Id, year: int) -> Linear:
        worths = self._worths[measure]
        if (objective, year) not in worths:
            worths[objective, year] = measure.worth(self, objective, year)
        return worths[objective, year]

    @cached_property
    def objective(self) -> Linear:
        """Return the weighted sum of the indices."""
        total = sum(Fraction(objective.weight) for objective in self.case.model.objectives)
        return self.total(
            float(Fraction(objective.weight) / total) * self.index(objective.id)
            for objective in self.case.model.objectives
        )

    @cached_property
    def total_cost(self) -> Linear:
        """Return all needs of all years, in thousandths."""
        every = self.case.options.values()
        return self.total(self.need(option, year) for option in every for year in self.horizon)


def _hit(shock: Shock, exposures: frozenset[str]) -> bool:
    return not exposures.isdisjoint(shock.hits)


def _left(coverage: Share, shock: Shock | None, exposures: frozenset[str]) -> float:
    if shock is None or not _hit(shock, exposures):
        return float(coverage)
    return _after(coverage, shock.severity)


@lru_cache(maxsize=65536)
def _after(coverage: Share, severity: Share) -> float:
    """Return what a shock of a severity leaves of a coverage."""
    return float(Fraction(coverage) * (1 - Fraction(severity)))
