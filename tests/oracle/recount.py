"""Says of one plan whether it is allowed and what it is worth, by plain loops in exact numbers."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from oracle.facts import Facts, Fund, Limit, Option, Rule, Service, Shock, thousandths
from oracle.money import Item, Payments, Purse

Plan = frozenset[tuple[str, int]]
ZERO = Fraction(0)
ONE = Fraction(1)
CLOSE = Fraction(1, 10**9)


@dataclass(frozen=True)
class Account:
    """What one plan comes to; money in millions, years from the first year."""

    plan: Plan
    faults: tuple[str, ...]
    payments: Payments | None
    indices: dict[str, Fraction]
    yearly: dict[str, tuple[Fraction, ...]]
    objective: Fraction
    total_cost: Fraction
    needs: tuple[Fraction, ...]

    @property
    def allowed(self) -> bool:
        """Whether the plan breaks nothing."""
        return not self.faults


class Clerk:
    """Recounts plans of one case."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.years = range(facts.years)
        self.options = {option.id: option for option in facts.options}
        self.accrual = self._accrual()
        self.purse = Purse(facts.funds, self.accrual)
        self.layers = {layer.id: layer for layer in facts.layers}
        self.weights = {criterion.id: criterion.weight for criterion in facts.criteria}
        self.objective_of = {criterion.id: criterion.objective for criterion in facts.criteria}
        self.payers = {
            (option.id, part): tuple(f for f in facts.funds if self._may_pay(f, option, part))
            for option in facts.options
            for part in ("build", "running")
        }
        self._parts: dict[tuple[str, int], tuple[tuple[int, ...], tuple[int, ...]]] = {}
        self._worths: dict[tuple[str, int], dict[str, Fraction]] = {}
        self.ideals = {objective.id: self._ideal(objective.id) for objective in facts.objectives}
        self.scale = (
            max(self.ideals.values()) if facts.points_for_100 is None else facts.points_for_100
        )
        self.shares = {
            objective.id: self._share(objective.id, objective.share)
            for objective in facts.objectives
        }
        standing = frozenset(self.standing())
        self.before = self._indices(self.taken(standing), None)[0]

    # What a plan is.

    def standing(self) -> Iterator[tuple[str, int]]:
        """Ongoing options, which are part of every plan."""
        for option in self.facts.options:
            if option.decision == "ongoing":
                yield option.id, self.facts.first_year + option.earliest

    def plan(self, pairs: Iterable[tuple[str, int]]) -> Plan:
        """A plan from ids in any case and calendar years; ongoing options are added."""
        return frozenset((name.casefold(), year) for name, year in pairs) | frozenset(
            self.standing()
        )

    def recount(self, pairs: Iterable[tuple[str, int]]) -> Account:
        """Recount one plan, allowed or not."""
        plan = self.plan(pairs)
        taken = self.taken(plan)
        faults = list(self._faults(taken))
        payments = self._pay(taken)
        if payments is None:
            faults.append("money: no way to pay")
        return self._account(plan, faults, payments)

    def allowed(self, pairs: Iterable[tuple[str, int]]) -> Account | None:
        """Recount one plan if it is allowed; stops at the first fault."""
        plan = self.plan(pairs)
        taken = self.taken(plan)
        if any(self._faults(taken)):
            return None
        payments = self._pay(taken)
        account = None if payments is None else self._account(plan, [], payments)
        return account if account and account.allowed else None

    def _faults(self, taken: list[tuple[Option, int]]) -> Iterator[str]:
        yield from self._structure(taken)
        yield from self._rules(taken)
        yield from self._limits(taken)
        yield from self._people(taken)
        yield from self._must_hold(taken)

    def _account(self, plan: Plan, faults: list[str], payments: Payments | None) -> Account:
        taken = self.taken(plan)
        indices, yearly = self._indices(taken, payments)
        needs = tuple(
            Fraction(sum(self.need(option, start, t) for option, start in taken), 1000)
            for t in self.years
        )
        return Account(
            plan,
            (*faults, *(self._floors(indices) if payments else ())),
            payments,
            indices,
            yearly,
            sum(
                (objective.weight * indices[objective.id] for objective in self.facts.objectives),
                ZERO,
            ),
            sum(needs, ZERO),
            needs,
        )

    def taken(self, plan: Plan) -> list[tuple[Option, int]]:
        """Options of a plan with their starts, counted from the first year."""
        first = self.facts.first_year
        return [(self.options[name], year - first) for name, year in sorted(plan)]

    def _accrual(self) -> tuple[Fraction, ...]:
        if self.facts.final_year_only:
            return tuple(ONE if t == self.years[-1] else ZERO for t in self.years)
        raw = [1 / (1 + self.facts.discount) ** t for t in self.years]
        return tuple(each / sum(raw) for each in raw)

    # What an option needs and earns, in whole thousandths.

    def growth(self, t: int) -> Fraction:
        """Prices of a year relative to the first."""
        return (1 + self.facts.growth) ** t

    def build(self, option: Option, start: int, t: int) -> int:
        """Cost of building in a year."""
        j = t - start
        typed = option.costs[j] if 0 <= j < len(option.costs) else 0
        return thousandths(self.growth(t) * typed / 1000)

    def run(self, option: Option, start: int, t: int) -> int:
        """Cost of running in a year."""
        typed = max(0, option.running) if option.operates(start, t) else 0
        return thousandths(self.growth(t) * typed / 1000)

    def income(self, option: Option, start: int, t: int) -> int:
        """Income in a year, after the haircut, rounded down."""
        typed = max(0, -option.running) if option.operates(start, t) else 0
        if 0 <= t - start < len(option.income):
            typed += option.income[t - start]
        return (self.growth(t) * typed * (1 - self.facts.haircut)).__floor__()

    def parts(self, option: Option, start: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Build and run needs in each year of the case."""
        known = self._parts.get((option.id, start))
        if known is None:
            known = (
                tuple(self.build(option, start, t) for t in self.years),
                tuple(self.run(option, start, t) for t in self.years),
            )
            self._parts[option.id, start] = known
        return known

    def need(self, option: Option, start: int, t: int) -> int:
        """All that an option costs in a year."""
        build, run = self.parts(option, start)
        return build[t] + run[t]

    def later(self, option: Option, start: int) -> int:
        """Build cost that falls due after the last year."""
        end = start + len(option.costs)
        return sum(self.build(option, start, t) for t in range(self.facts.years, end))

    # Scopes and ids.

    @staticmethod
    def in_scope(option: Option, scope: tuple[str, ...]) -> bool:
        """Whether an option is in a union of ids, pillars, layers, owners and exposures."""
        if not scope:
            return True
        for item in scope:
            word, colon, name = (part.strip() for part in item.partition(":"))
            if not colon:
                inside = item in (option.id, option.investment)
            elif word == "exposure":
                inside = name in option.exposures
            else:
                named = {"pillar": option.pillar, "layer": option.layer, "owner": option.owner}
                inside = named[word] == name
            if inside:
                return True
        return False

    def _may_pay(self, fund: Fund, option: Option, part: str) -> bool:
        return part in fund.parts and self.in_scope(option, fund.eligible)

    @staticmethod
    def _named(taken: list[tuple[Option, int]], name: str) -> list[tuple[Option, int]]:
        return [(o, s) for o, s in taken if name in (o.id, o.investment)]

    def _operates(self, taken: list[tuple[Option, int]], name: str, t: int) -> bool:
        return any(option.operates(start, t) for option, start in self._named(taken, name))

    # What binds.

    def _structure(self, taken: list[tuple[Option, int]]) -> Iterator[str]:
        investments = [option.investment for option, _ in taken]
        for name in sorted(set(investments)):
            if investments.count(name) > 1:
                yield f"options: {name} is taken more than once"
        for option, start in taken:
            if start not in option.starts():
                yield f"start: {option.id} may not start in year {start}"
        chosen = {option.id for option, _ in taken}
        for name in dict.fromkeys(option.investment for option in self.facts.options):
            must = {
                option.id
                for option in self.facts.options
                if option.investment == name and option.decision == "must"
            }
            if must and not must & chosen:
                yield f"must: {name} is not taken"

    def _rules(self, taken: list[tuple[Option, int]]) -> Iterator[str]:
        for rule in self.facts.rules:
            if rule.kind in ("requires all", "requires any"):
                kept = all(
                    self._prerequisites(rule, taken, start)
                    for name in rule.ids
                    for option, start in self._named(taken, name)
                    if option.decision != "ongoing"
                )
            else:
                kept = self._selection(rule, taken)
            if not kept:
                yield f"rule: {rule.kind} {'; '.join(rule.ids)}"

    def _prerequisites(self, rule: Rule, taken: list[tuple[Option, int]], year: int) -> bool:
        if rule.started:
            met = [any(s <= year for _, s in self._named(taken, name)) for name in rule.needs]
        else:
            met = [self._operates(taken, name, year) for name in rule.needs]
        return all(met) if rule.kind == "requires all" else any(met)

    def _selection(self, rule: Rule, taken: list[tuple[Option, int]]) -> bool:
        count = sum(bool(self._named(taken, name)) for name in rule.ids)
        there = [bool(self._named(taken, name)) for name in rule.needs]
        against = any(there)
        kept = {
            "excludes": not (count and against) if rule.needs else count <= 1,
            "at most": count <= rule.number,
            "at least": count >= rule.number,
            "exactly": count == rule.number,
            "together": count in (0, len(rule.ids)),
            "if then all": count < rule.number or all(there),
            "if then any": count < rule.number or any(there),
            "if then none": count < rule.number or not any(there),
            "synergy": True,
        }
        return kept[rule.kind]

    def _limits(self, taken: list[tuple[Option, int]]) -> Iterator[str]:
        for limit in self.facts.limits:
            least, most = limit.minimum, limit.maximum
            if limit.metric == "cost share":
                total = sum((self._cost(pair) for pair in taken), ZERO)
                least = None if least is None else least * total
                most = None if most is None else most * total
            inside = [(o, s) for o, s in taken if self.in_scope(o, limit.scope)]
            for amount in self.measure(limit, inside):
                if least is not None and amount < least:
                    yield f"limit: {limit.metric} {'; '.join(limit.scope)} below the minimum"
                if most is not None and amount > most:
                    yield f"limit: {limit.metric} {'; '.join(limit.scope)} above the maximum"

    def _cost(self, pair: tuple[Option, int]) -> Fraction:
        return Fraction(sum(self.need(*pair, t) for t in self.years), 1000)

    def measure(self, limit: Limit, inside: list[tuple[Option, int]]) -> list[Fraction]:
        """The numbers that a limit bounds, of the options in its scope."""
        last = self.years[-1]
        new = [start for option, start in inside if option.decision != "ongoing"]
        if limit.metric == "count":
            found = [len(inside)]
        elif limit.metric == "starts in a year":
            found = [new.count(t) for t in self.years]
        elif limit.metric in ("cost", "cost share"):
            return [sum((self._cost(pair) for pair in inside), ZERO)]
        elif limit.metric == "cost in a year":
            return [Fraction(sum(self.need(*p, t) for p in inside), 1000) for t in self.years]
        elif limit.metric == "running cost":
            return [Fraction(sum(self.parts(*p)[1][t] for p in inside), 1000) for t in self.years]
        elif limit.metric == "later cost":
            return [Fraction(sum(self.later(*pair) for pair in inside), 1000)]
        else:
            assert limit.metric == "points", limit.metric
            return [
                sum(
                    (o.scores.get(limit.criterion, ZERO) for o, s in inside if o.operates(s, last)),
                    ZERO,
                )
            ]
        return [Fraction(number) for number in found]

    def _people(self, taken: list[tuple[Option, int]]) -> Iterator[str]:
        for skill in self.facts.skills:
            for t in self.years:
                if self.people_short(taken, skill.id, t) > skill.supply[t]:
                    yield f"people: {skill.id} short in year {t}"

    def people_short(self, taken: list[tuple[Option, int]], skill: str, t: int) -> Fraction:
        """People asked for in a year, less those trained: what the supply must give."""
        retention = {each.id: each.retention for each in self.facts.skills}[skill]
        short = ZERO
        for option, start in taken:
            if start <= t < start + max(1, option.build_years):
                short += option.build_staff.get(skill, ZERO)
            if option.operates(start, t):
                short += option.run_staff.get(skill, ZERO)
            for tau in range(t):
                if option.operates(start, tau):
                    short -= option.trains.get(skill, ZERO) * retention ** (t - 1 - tau)
        return short

    def _must_hold(self, taken: list[tuple[Option, int]]) -> Iterator[str]:
        for service in self.facts.services:
            if service.floor is None:
                continue
            for shock in self.facts.shocks:
                if service.against and shock.id not in service.against:
                    continue
                held = self.continuity(taken, service, shock, self.years[-1])
                if held < service.floor:
                    yield f"must hold: {service.id} against {shock.id}"

    def _floors(self, indices: dict[str, Fraction]) -> Iterator[str]:
        for objective in self.facts.objectives:
            if objective.floor is not None and indices[objective.id] < objective.floor - CLOSE:
                yield f"floor: {objective.id}"

    # Money.

    def reserve(self, taken: list[tuple[Option, int]], t: int) -> Fraction:
        """The contingency to be held in a year, in millions."""
        amount = self.facts.contingency_amount
        if self.facts.contingency == "flat":
            return amount * sum(self.need(o, s, t) for o, s in taken) / 1000
        if self.facts.contingency == "budgeted":
            extras = sorted((o.overrun * self.need(o, s, t) / 1000 for o, s in taken), reverse=True)
            held = ZERO
            for rank, extra in enumerate(extras):
                held += extra * min(ONE, max(ZERO, amount - rank))
            return held
        return ZERO

    def received(self, taken: list[tuple[Option, int]]) -> dict[tuple[str, int], int]:
        """Income and savings paid into each fund each year, in thousandths."""
        found: dict[tuple[str, int], int] = {}
        for t in self.years:
            for option, start in taken:
                if option.running < 0 or option.income:
                    place = option.revenue_to, t
                    found[place] = found.get(place, 0) + self.income(option, start, t)
            for rule in self.facts.rules:
                if rule.kind == "synergy" and rule.saving and self._joined(rule, taken, t):
                    place = rule.saving_to, t
                    saving = thousandths(self.growth(t) * rule.saving / 1000)
                    found[place] = found.get(place, 0) + saving
        return found

    def _pay(self, taken: list[tuple[Option, int]]) -> Payments | None:
        items = [
            Item(option.id, part, needs, self.payers[option.id, part])
            for option, start in taken
            for part, needs in zip(("build", "running"), self.parts(option, start), strict=True)
            if any(needs)
        ]
        reserve = [self.reserve(taken, t) for t in self.years]
        return self.purse.pay(items, self.received(taken), reserve)

    # Worth.

    def _worth(self, option: Option, start: int) -> dict[str, Fraction]:
        """Points of one option for each objective in any year of operation."""
        known = self._worths.get((option.id, start))
        if known is None:
            late = 0 if option.decision == "ongoing" else start - option.earliest
            factor = (1 - option.decay) ** late
            known = dict.fromkeys((objective.id for objective in self.facts.objectives), ZERO)
            for criterion in self.facts.criteria:
                score = option.scores.get(criterion.id, ZERO)
                kept = score * factor if score > 0 else score
                known[criterion.objective] += criterion.weight * kept
            self._worths[option.id, start] = known
        return known

    def bend(self, layer: str, points: Fraction) -> Fraction:
        """Credit for the points of a layer: less for each above the full-credit amount."""
        found = self.layers.get(layer) if layer else None
        if found is None or found.full is None:
            return points
        return min(points, found.full + found.rate * (points - found.full))

    def _joined(self, rule: Rule, taken: list[tuple[Option, int]], t: int) -> bool:
        return sum(self._operates(taken, name, t) for name in rule.ids) >= rule.number

    def criteria_worth(self, taken: list[tuple[Option, int]], objective: str, t: int) -> Fraction:
        """Points of the criteria part in a year, before the price of dependence."""
        points: dict[str, Fraction] = {}
        for option, start in taken:
            if option.operates(start, t):
                worth = self._worth(option, start)[objective]
                points[option.layer] = points.get(option.layer, ZERO) + worth
        total = sum((self.bend(layer, amount) for layer, amount in points.items()), ZERO)
        for rule in self.facts.rules:
            if (
                rule.kind == "synergy"
                and rule.criterion
                and self.objective_of[rule.criterion] == objective
                and self._joined(rule, taken, t)
            ):
                total += self.weights[rule.criterion] * rule.bonus
        return total

    def _ideal(self, objective: str) -> Fraction:
        best: dict[tuple[str, str], Fraction] = {}
        for option in self.facts.options:
            place = option.layer, option.investment
            worth = sum(
                (
                    criterion.weight * option.scores.get(criterion.id, ZERO)
                    for criterion in self.facts.criteria
                    if criterion.objective == objective
                ),
                ZERO,
            )
            best[place] = max(best.get(place, ZERO), worth)
        points: dict[str, Fraction] = {}
        for (layer, _), worth in best.items():
            points[layer] = points.get(layer, ZERO) + worth
        total = sum((self.bend(layer, amount) for layer, amount in points.items()), ZERO)
        return total + sum(
            (
                self.weights[rule.criterion] * max(ZERO, rule.bonus)
                for rule in self.facts.rules
                if rule.kind == "synergy"
                and rule.criterion
                and self.objective_of[rule.criterion] == objective
            ),
            ZERO,
        )

    def _share(self, objective: str, typed: Fraction) -> Fraction:
        criteria = any(criterion.objective == objective for criterion in self.facts.criteria)
        shocks = any(z.objective == objective and z.likelihood > 0 for z in self.facts.shocks)
        continuity = shocks and bool(self.facts.services)
        assert criteria or continuity, f"{objective} has neither criteria nor shocks"
        if criteria and continuity:
            return typed
        return ONE if continuity else ZERO

    # Continuity.

    def cover(self, taken: list[tuple[Option, int]], layer: str, shock: Shock, t: int) -> Fraction:
        """The share of a layer that works in a year under a shock."""
        total = ZERO
        for provider in self.facts.providers:
            if provider.layer == layer:
                total += provider.coverage * _left(provider.exposures, shock)
        for option, start in taken:
            if option.operates(start, t):
                total += option.covers.get(layer, ZERO) * _left(option.exposures, shock)
        return min(ONE, total)

    def continuity(
        self, taken: list[tuple[Option, int]], service: Service, shock: Shock, t: int
    ) -> Fraction:
        """The share of a service that works in a year under a shock."""
        return min(self.cover(taken, layer, shock, t) for layer in service.needs)

    def continuity_part(self, taken: list[tuple[Option, int]], objective: str, t: int) -> Fraction:
        """Mean and tail of how well the services stand the shocks of an objective."""
        shocks = [z for z in self.facts.shocks if z.objective == objective and z.likelihood > 0]
        everything = sum((z.likelihood for z in shocks), ZERO)
        weights = sum((v.weight for v in self.facts.services), ZERO)
        outcomes = sorted(
            (
                100
                * sum(
                    (v.weight * self.continuity(taken, v, z, t) for v in self.facts.services), ZERO
                )
                / weights,
                z.likelihood / everything,
            )
            for z in shocks
        )
        mean = sum((k * chance for k, chance in outcomes), ZERO)
        tail = self.facts.tail_weight
        return (1 - tail) * mean + tail * worst_share(outcomes, self.facts.tail)

    # Indices.

    def _indices(
        self, taken: list[tuple[Option, int]], payments: Payments | None
    ) -> tuple[dict[str, Fraction], dict[str, tuple[Fraction, ...]]]:
        owed = self._owed(payments)
        yearly = {}
        for objective in self.facts.objectives:
            share = self.shares[objective.id]
            line = []
            for t in self.years:
                total = ZERO
                if share < 1 and self.scale:
                    worth = self.criteria_worth(taken, objective.id, t)
                    if objective.id == "autonomy":
                        worth -= owed[t]
                    total += (1 - share) * 100 * worth / self.scale
                if share > 0:
                    total += share * self.continuity_part(taken, objective.id, t)
                line.append(total)
            yearly[objective.id] = tuple(line)
        indices = {
            name: sum((a * g for a, g in zip(self.accrual, line, strict=True)), ZERO)
            for name, line in yearly.items()
        }
        return indices, yearly

    def _owed(self, payments: Payments | None) -> list[Fraction]:
        """Points of dependence in each year: all that was spent up to it."""
        price = {fund.id: fund.dependence for fund in self.facts.funds}
        owed = [ZERO for _ in self.years]
        if payments and any(price.values()):
            for (_, _, fund, year), money in payments.paid.items():
                for t in self.years[year:]:
                    owed[t] += price[fund] * money
        return owed


def _left(exposures: frozenset[str], shock: Shock) -> Fraction:
    return 1 - shock.severity if exposures & shock.hits else ONE


def worst_share(outcomes: list[tuple[Fraction, Fraction]], tail: Fraction) -> Fraction:
    """Mean of the worst outcomes whose chances add up to `tail`; the worst one if it is 0."""
    ranked = sorted(outcomes)
    if tail == 0:
        return ranked[0][0]
    left = tail
    total = ZERO
    for value, chance in ranked:
        part = min(left, chance)
        total += part * value
        left -= part
    return total / tail


def recount(facts: Facts, pairs: Iterable[tuple[str, int]]) -> Account:
    """Recount one plan of a case; ids in any case, calendar years."""
    return Clerk(facts).recount(pairs)
