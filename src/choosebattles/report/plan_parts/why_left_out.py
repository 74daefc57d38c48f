"""Why an option is not in a plan: what stands against adding it, recounted from the whole answer.

Every sentence is a claim about the plan and the option alone, so that anybody can count it again:
the option is added to the plan, in every year in which it may start, and whatever then breaks, or
is worth less, is told.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from itertools import chain, combinations

from choosebattles.audit.ledger import PlanLedger
from choosebattles.audit.option_by_year import Taken, half_up
from choosebattles.audit.recount import recount
from choosebattles.case.case import Case
from choosebattles.case.decision_model import AUTONOMY, ContingencyKind, Method
from choosebattles.case.fund import Fund, Pays
from choosebattles.case.investment import Decision, Option
from choosebattles.case.limit import Measured
from choosebattles.case.plan import Choice, Plan
from choosebattles.case.units import Id, Year
from choosebattles.constraints import units
from choosebattles.constraints.floors import Floor
from choosebattles.constraints.limits import Limited
from choosebattles.constraints.people import People
from choosebattles.demand import RuleUnit, Unit
from choosebattles.report.number_wording import at_least, at_most, figure, money_told
from choosebattles.report.plan_parts.start_years import possible_starts
from choosebattles.solving.outcome import Outcome
from choosebattles.solving.payments import pay
from choosebattles.spelling import short_title
from choosebattles.translation import _, capitalised, listed
from choosebattles.vocabulary import THOUSANDTHS, RowName, Violation

ROUNDING = Fraction(1)
"""Thousandths of a million that a fund may be off in a year."""

FEW_FUNDS = 5
"""Funds up to which every set of them is tried; of more, each alone and all together."""

TRIALS = 10
"""Options of an answer for which it is tried who could pay."""

NOTHING = Fraction(1, 10**9)
"""Points that are none."""


class Bar(StrEnum):
    """What stands against an option."""

    NEVER = "marked never"
    OTHER = "another option of the same investment is taken"
    LATE = "cannot be built in time"
    HARM = "lowers the objective"
    NOTHING = "adds nothing to the objective"
    DEMAND = "a demand of the workbook"
    PEOPLE = "people are missing"
    PAYER = "no fund may pay it"
    ELSEWHERE = "money is left of funds that may not pay it"
    MONEY = "costs more than is left"
    FITS = "fits, and is within the gap"
    OUTBID = "others are worth more"


@dataclass(frozen=True)
class Reason:
    """Why an option is left out: of what kind the reason is, and in a sentence.

    ``brief`` is the same without cells and amounts; empty where the sentence has none.
    """

    bar: Bar
    sentence: str
    brief: str = ""


@dataclass(frozen=True)
class _Obstacle:
    """What stands against an option that starts in a year, as a clause; ``what`` is missed."""

    bar: Bar
    clause: str
    what: str = ""

    @property
    def brief(self) -> str:
        """Return the clause without cells and amounts."""
        return {
            Bar.MONEY: _("the money left cannot pay for it"),
            Bar.ELSEWHERE: _("what is left is of funds that may not pay it"),
            Bar.PAYER: _("no fund may pay it"),
        }.get(self.bar, self.what or self.clause)


class Reasons:
    """The reasons of one answer.

    Parameters
    ----------
    outcome
        The answer, with a plan.
    """

    def __init__(self, outcome: Outcome) -> None:
        assert outcome.plan is not None, "only what a plan leaves out has reasons"
        self.outcome = outcome
        self.case: Case = outcome.case
        self.plan: Plan = outcome.plan
        self.ledger = PlanLedger(self.case, self.plan)
        self.value = self.ledger.value  # so that ledgers beside it need not count it again
        self._trials = 0

    def of(self, option: Option) -> Reason:
        """Return why an option is left out: the most decisive reason."""
        decided = self._decided(option)
        if decided is not None:
            return decided
        starts = possible_starts(self.case, option)
        if not starts:
            text = _("It cannot be started and built within the years of the plan.")
            return Reason(Bar.LATE, text)
        return self._worthless(option, starts) or self._standing_against(option, starts)

    def _decided(self, option: Option) -> Reason | None:
        if option.decision is Decision.NEVER:
            reason = option.reason.rstrip(". ") or _("no reason given")
            return Reason(Bar.NEVER, _("Marked never: {reason}.").format(reason=reason))
        own = {sibling.id for sibling in self.case.investment_of[option.id].options}
        siblings = own & self.plan.taken
        if siblings:
            text = _("Another option of the same investment is taken: {option}.")
            return Reason(Bar.OTHER, text.format(option=min(siblings)))
        return None

    # Worth

    def effect(self, option: Option, start: Year) -> Mapping[Id, Fraction]:
        """Return by how much an option, added to the plan, changes each index."""
        beside = self._beside(option, start)
        return {
            goal.id: beside.index(goal.id) - self.ledger.index(goal.id)
            for goal in self.case.model.objectives
        }

    def gain(self, option: Option, start: Year) -> Fraction:
        """Return by how much an option, added to the plan, changes the objective."""
        weights = self.ledger.scale.objective_weight
        return sum(
            (weights[g] * points for g, points in self.effect(option, start).items()), Fraction(0)
        )

    def _surely_raises(self, option: Option, start: Year) -> bool:
        """Say whether scores alone raise what the method asks for; services only add to it.

        It is quick where counting what services keep in every shock is not.
        """
        scale, beside = self.ledger.scale, self._beside(option, start)
        raised = {
            goal.id: (1 - scale.continuity_share(goal.id))
            * sum(
                weight * (beside.criteria_part(goal.id, t) - self.ledger.criteria_part(goal.id, t))
                for weight, t in zip(scale.accrual, self.ledger.horizon, strict=True)
                if weight
            )
            for goal in self.case.model.objectives
        }
        if self.case.model.method is not Method.WEIGHTED:
            return any(change > NOTHING for change in raised.values())
        return sum(scale.objective_weight[g] * points for g, points in raised.items()) > NOTHING

    def _adding_nothing(self, option: Option, start: Year) -> _Obstacle | None:
        """Return that an option started in a year lowers what is asked for, or adds nothing to it."""
        if self._surely_raises(option, start):
            return None
        weighted = self.case.model.method is Method.WEIGHTED
        changes = {"": self.gain(option, start)} if weighted else self.effect(option, start)
        if any(change > NOTHING for change in changes.values()):
            return None
        lowered = [goal for goal, change in changes.items() if change < -NOTHING]
        if weighted and lowered:
            return _Obstacle(Bar.HARM, _("it would lower the objective"))
        if weighted:
            return _Obstacle(Bar.NOTHING, _("it would add nothing to the objective"))
        if lowered:
            text = _("it would lower {objectives} and raise nothing")
            return _Obstacle(Bar.HARM, text.format(objectives=listed(lowered)))
        return _Obstacle(Bar.NOTHING, _("it would add nothing to any objective"))

    def _beside(self, option: Option, start: Year) -> PlanLedger:
        return self.ledger.beside(Choice(self.case.investment_of[option.id].id, option.id, start))

    def _worthless(self, option: Option, starts: Sequence[Year]) -> Reason | None:
        """Return that an option lowers the objective, or adds nothing, whenever it starts."""
        if self._may_pay_off(option) or self._surely_raises(option, starts[0]):
            return None
        if self.case.model.method is not Method.WEIGHTED:
            return self._worthless_everywhere(option, starts)
        gains = []
        for start in starts:
            gains.append(self.gain(option, start))
            if gains[-1] > NOTHING:
                return None
        best = max(gains)
        if best >= -NOTHING:
            return Reason(Bar.NOTHING, _("It would add nothing to the objective."))
        points = at_least(float(-best))
        exact = min(gains) == best and abs(points + float(best)) < float(NOTHING)
        text = (
            _("It would lower the objective by {points} points.")
            if exact
            else _("It would lower the objective by at least {points} points.")
        )
        return Reason(Bar.HARM, text.format(points=figure(points)))

    def _worthless_everywhere(self, option: Option, starts: Sequence[Year]) -> Reason | None:
        """Return the same where objectives are not added up: no index gains."""
        lowered: dict[Id, None] = {}
        for start in starts:
            changes = self.effect(option, start)
            if any(change > NOTHING for change in changes.values()):
                return None
            lowered |= {goal: None for goal, change in changes.items() if change < -NOTHING}
        if not lowered:
            return Reason(Bar.NOTHING, _("It would add nothing to any objective."))
        text = _("It would lower {objectives} and raise nothing.")
        return Reason(Bar.HARM, text.format(objectives=listed(lowered)))

    def _may_pay_off(self, option: Option) -> bool:
        """Say whether its money could spare the use of a fund that costs autonomy."""
        dependent = any(fund.dependence for fund in self.case.funds)
        measured = any(goal.id == AUTONOMY for goal in self.case.model.objectives)
        return dependent and measured and self._earns(option)

    def _earns(self, option: Option) -> bool:
        return option.earns or any(
            rule.saving and self._names(option) & set(rule.investments)
            for rule in self.case.synergies
        )

    def _names(self, option: Option) -> set[Id]:
        return {option.id, self.case.investment_of[option.id].id}

    # What stands against it

    def _standing_against(self, option: Option, starts: Sequence[Year]) -> Reason:
        missing = next(ruled_out(self.ledger, option, self._ruling(option)), None)
        if missing is not None:
            return _reason_by_kind({starts[0]: _Obstacle(Bar.DEMAND, missing)})
        costly = self._costs_too_much(option, starts)
        found: dict[Year, _Obstacle] = {}
        for start in starts:
            obstacle = costly or self._demanded(option, start)
            if obstacle is None:
                obstacle = self._unpayable(option, start)
            if obstacle is None:
                obstacle = self._adding_nothing(option, start)
            if obstacle is None:
                return self._fitting(option, start)
            found[start] = obstacle
        reason = _reason_by_kind(found)
        if self.case.cost_growth and reason.bar in (Bar.MONEY, Bar.ELSEWHERE):
            text = _("{sentence} Amounts are money of each year.")
            return replace(reason, sentence=text.format(sentence=reason.sentence))
        return reason

    def _demanded(self, option: Option, start: Year) -> _Obstacle | None:
        """Return the demand that an option started in a year would break, money aside."""
        asking = self._asking(option)
        if not asking:
            return None
        beside = self._beside(option, start)
        for unit in asking:
            for violation in unit.violations(beside):
                if violation.name not in self._broken:
                    return _broken(unit, violation)
        return None

    @cached_property
    def _broken(self) -> frozenset[RowName]:
        """Return the names of demands that are broken without any option more."""
        counted = self.outcome.recount
        return (
            frozenset(violation.name for violation in counted.violations)
            if counted
            else frozenset()
        )

    def _ruling(self, option: Option) -> Iterable[RuleUnit]:
        """Return the rules that name an option or its investment, each once."""
        ruling = self._demands[0]
        own = dict.fromkeys((option.id, self.case.investment_of[option.id].id))
        return dict.fromkeys(chain.from_iterable(ruling.get(name, ()) for name in own))

    def _asking(self, option: Option) -> list[Unit]:
        """Return the demands that an option more can break, money aside."""
        _ruling, limits, people, floors = self._demands
        harm = min(option.score.values(), default=0) < 0 or any(
            rule.bonus < 0 and self._names(option) & set(rule.investments)
            for rule in self.case.synergies
        )
        return [
            *self._ruling(option),
            *(
                unit
                for unit, scope in limits
                if option.id in scope or unit.limit.metric.declared.unit is Measured.SHARE
            ),
            *(floors if harm else ()),
            *(
                unit
                for unit in people
                if unit.skill.id in option.build_staff or unit.skill.id in option.run_staff
            ),
        ]

    @cached_property
    def _demands(
        self,
    ) -> tuple[
        Mapping[Id, list[RuleUnit]],
        list[tuple[Limited, frozenset[Id]]],
        list[People],
        list[Floor],
    ]:
        """Return demands by the ids they name, limits with their scopes, people, floors."""
        ruling: dict[Id, list[RuleUnit]] = defaultdict(list)
        limits: list[tuple[Limited, frozenset[Id]]] = []
        people: list[People] = []
        floors: list[Floor] = []
        for unit in units(self.case):
            if isinstance(unit, RuleUnit):
                for name in dict.fromkeys((*unit.rule.investments, *unit.rule.needs)):
                    ruling[name].append(unit)
            elif isinstance(unit, Limited):
                scope = self.case.in_scope(unit.limit.scope)
                limits.append((unit, frozenset(option.id for option in scope)))
            elif isinstance(unit, People):
                people.append(unit)
            elif isinstance(unit, Floor):
                floors.append(unit)
        return ruling, limits, people, floors

    # Money, in thousandths

    @cached_property
    def left(self) -> Mapping[Id, tuple[Fraction, ...]]:
        """Return what is left of each fund in each year of the case, in thousandths."""
        return {
            fund.id: tuple(self.ledger.left(fund, t) for t in self.ledger.horizon)
            for fund in self.case.funds
        }

    def may_pay(self, fund: Fund, option: Option) -> bool:
        """Say whether a fund may pay any part of an option."""
        return any(fund in self.case.payers(option, part) for part in (Pays.BUILD, Pays.RUNNING))

    def _with_income(self, option: Option, start: Year) -> PlanLedger:
        """Return the ledger with what an option more would bring in, and not what it costs."""
        return self._beside(option, start) if self._earns(option) else self.ledger

    def _costs_too_much(self, option: Option, starts: Sequence[Year]) -> _Obstacle | None:
        """Return that no fund may pay, or that all there is, is less than the least it costs."""
        sums = {start: self._sums(option, start) for start in starts}
        least = min(sums, key=lambda start: sums[start][0] - sum(sums[start][1].values()))
        cost, earned = sums[least]
        if min(built_and_run for built_and_run, _earned in sums.values()) <= 0:
            return None
        payers = [fund.id for fund in self.case.funds if self.may_pay(fund, option)]
        if not payers:
            return _Obstacle(Bar.PAYER, _("no fund may pay it"))
        others = [fund.id for fund in self.case.funds if fund.id not in payers]
        every = sum(chain.from_iterable(self.left.values()), Fraction(0))
        income = sum(earned.values(), Fraction(0))
        room = ROUNDING * len(self.case.funds) * self.case.years
        if cost > every + income + room:
            return self._dear(least, cost, every, income, starts)
        theirs = sum(chain.from_iterable(self.left[payer] for payer in payers), Fraction(0))
        shut = [other for other in others if sum(self.left[other]) > ROUNDING]
        gets = {
            start: sum(income[payer] for payer in payers) for start, (_cost, income) in sums.items()
        }
        if not shut or any(sums[start][0] <= theirs + gets[start] + room for start in starts):
            return None
        rest = sum(chain.from_iterable(self.left[fund] for fund in shut), Fraction(0))
        least = min(starts, key=lambda start: sums[start][0] - gets[start])
        costs, has, more, brings = self._amounts(
            sums[least][0], theirs, rest, Fraction(gets[least])
        )
        text = _("costs {cost}") if len(starts) == 1 else _("costs at least {cost}")
        if gets[least]:
            text = _("costs {cost} and earns {income} if it starts in {start}")
        needs = text.format(cost=costs, income=brings, start=least)
        text = (
            _("it {costs}, and the {rest} left are of {others}, which may not pay it")
            if theirs <= ROUNDING
            else _(
                "it {costs}; {left} is left of {payers}, and {others}, with {rest} left, may not "
                "pay it"
            )
        )
        clause = text.format(
            costs=needs, left=has, payers=listed(payers), others=listed(shut), rest=more
        )
        return _Obstacle(Bar.ELSEWHERE, clause)

    def _sums(self, option: Option, start: Year) -> tuple[Fraction, Mapping[Id, Fraction]]:
        """Return what it costs within the years of the case, and what it brings each fund."""
        taken_ = Taken(self.case, option, start - self.case.first_year)
        cost = sum((taken_.build(t) + taken_.run(t) for t in self.ledger.horizon), Fraction(0))
        with_income = self._with_income(option, start)
        return cost, {
            fund.id: sum(
                (
                    with_income.income(fund, t) - self.ledger.income(fund, t)
                    for t in self.ledger.horizon
                ),
                Fraction(0),
            )
            for fund in self.case.funds
        }

    def _dear(
        self,
        start: Year,
        cost: Fraction,
        left: Fraction,
        earned: Fraction,
        starts: Sequence[Year],
    ) -> _Obstacle:
        costs, has, gets = self._amounts(cost, left, earned)
        if earned:
            text = _("it costs {cost} and earns {income} if it starts in {start}; {left} is left")
        elif len(starts) == 1:
            text = _("it costs {cost}, and {left} is left")
        else:
            text = _("it costs at least {cost}, and {left} is left")
        clause = text.format(cost=costs, left=has, income=gets, start=start)
        return _Obstacle(Bar.MONEY, clause)

    def _unpayable(self, option: Option, start: Year) -> _Obstacle | None:
        """Return in which year the money left, of the funds that may pay it, is not enough."""
        taken_ = Taken(self.case, option, start - self.case.first_year)
        due = {
            Pays.BUILD: [taken_.build(t) for t in self.ledger.horizon],
            Pays.RUNNING: [taken_.run(t) for t in self.ledger.horizon],
        }
        for part, says in (
            (Pays.BUILD, _("no fund may pay for building it")),
            (Pays.RUNNING, _("no fund may pay for running it")),
        ):
            if any(due[part]) and not self.case.payers(option, part):
                return _Obstacle(Bar.PAYER, says)
        with_income = self._with_income(option, start)
        for chosen in self._sets(option):
            short = self._short(option, due, chosen, with_income)
            if short is not None:
                return short
        return self._reserved(option, start, due, with_income)

    def _sets(self, option: Option) -> Iterator[tuple[Fund, ...]]:
        """Yield sets of funds that may have to pay: all of them first."""
        payers = [fund for fund in self.case.funds if self.may_pay(fund, option)]
        sizes = range(len(payers), 0, -1) if len(payers) <= FEW_FUNDS else (len(payers), 1)
        for size in sizes:
            yield from combinations(payers, size)

    def _short(
        self,
        option: Option,
        due: Mapping[Pays, Sequence[Fraction]],
        chosen: tuple[Fund, ...],
        with_income: PlanLedger,
    ) -> _Obstacle | None:
        """Return in which year a set of funds has less left than it alone must pay."""
        share = {part: self._share(option, part, chosen) for part in due}
        needs = [sum(share[part] * due[part][t] for part in due) for t in self.ledger.horizon]
        room = ROUNDING * len(chosen)
        needed, available = Fraction(0), Fraction(0)
        for t in self.ledger.horizon:
            has = sum((with_income.most_left(fund, t) for fund in chosen), Fraction(0))
            needed += needs[t]
            available += sum(with_income.left(fund, t) for fund in chosen)
            if needs[t] > has + room:
                return self._lacking(option, chosen, t, needs[t], has, upto=False)
            if needed > available + room * (t + 1):
                return self._lacking(option, chosen, t, needed, available, upto=True)
        return None

    def _share(self, option: Option, part: Pays, chosen: tuple[Fund, ...]) -> Fraction:
        """Return the share of a part that a set of funds must pay, as the others may not."""
        others = [fund for fund in self.case.payers(option, part) if fund not in chosen]
        rest = sum((Fraction(fund.pays_at_most) for fund in others), Fraction(0))
        return max(Fraction(0), 1 - rest)

    def _lacking(
        self,
        option: Option,
        chosen: tuple[Fund, ...],
        t: int,
        needed: Fraction | int,
        available: Fraction,
        *,
        upto: bool,
    ) -> _Obstacle:
        payers = [fund for fund in self.case.funds if self.may_pay(fund, option)]
        everyone = len(payers) == len(chosen)
        needs, has = self._amounts(Fraction(needed), available)
        now = sum(self.left[fund.id][t] for fund in chosen)
        left = (
            _("{left} is left") if upto or available == now else _("at most {left} could be there")
        )
        if everyone and len(payers) == len(self.case.funds):
            text = (
                _("by {year} it needs {needs}, and {left} until then")
                if upto
                else _("in {year} it needs {needs}, and {left}")
            )
        elif everyone:
            text = (
                _("by {year} it needs {needs}, and {left} until then of {funds}, which may pay it")
                if upto
                else _("in {year} it needs {needs}, and {left} of {funds}, which may pay it")
            )
        else:
            text = (
                _("by {year} {funds} must pay {needs} of it, and {left} of that until then")
                if upto
                else _("in {year} {funds} must pay {needs} of it, and {left} of that")
            )
        names = listed(fund.id for fund in chosen)
        clause = text.format(
            year=self.case.first_year + t, needs=needs, left=left.format(left=has), funds=names
        )
        return _Obstacle(Bar.MONEY, clause)

    def _reserved(
        self,
        option: Option,
        start: Year,
        due: Mapping[Pays, Sequence[Fraction]],
        with_income: PlanLedger,
    ) -> _Obstacle | None:
        """Return in which year the reserve that it asks for besides is more than is left."""
        if self.case.model.contingency is ContingencyKind.NONE:
            return None
        beside = self._beside(option, start)
        for t in self.ledger.horizon:
            kept = sum((self.ledger.held(fund, t) for fund in self.case.funds), Fraction(0))
            more = max(Fraction(0), beside.reserve(t) - kept)
            cost = sum((due[part][t] for part in due), Fraction(0))
            has = sum((with_income.most_left(fund, t) for fund in self.case.funds), Fraction(0))
            if more and cost + more > has + ROUNDING * len(self.case.funds):
                needs, reserve, left = self._amounts(cost, more, has)
                text = _(
                    "in {year} it needs {needs} and {reserve} more held in reserve, and {left} is left"
                )
                clause = text.format(
                    year=self.case.first_year + t, needs=needs, reserve=reserve, left=left
                )
                return _Obstacle(Bar.MONEY, clause)
        return None

    def _amounts(self, *thousandths: Fraction) -> list[str]:
        whole = (
            half_up(thousandth) for thousandth in thousandths
        )  # a thousandth is the least that is told
        return money_told(self.case, [amount / THOUSANDTHS for amount in whole])

    # What nothing stands against

    def _fitting(self, option: Option, start: Year) -> Reason:
        """Return why an option is left out that nothing seems to stand against in a year."""
        if self._trials >= TRIALS:
            return Reason(Bar.OUTBID, _last_reason(proven=self.outcome.proven))
        self._trials += 1
        more = Choice(self.case.investment_of[option.id].id, option.id, start)
        choices = (*self.plan.choices, more)
        payments = pay(self.case, choices)
        broken = () if payments is None else recount(self.case, Plan(choices, payments)).violations
        if broken:  # what the payments themselves break, as the price of a fund in autonomy does
            return _reason_by_kind({start: _broken(None, broken[0])})
        if payments is None:
            text = _(
                "The money left cannot pay it: it is there in other years, or of other funds, than "
                "it needs."
            )
            return Reason(Bar.MONEY, text)
        if self.case.model.method is not Method.WEIGHTED:
            text = _(
                "It would fit in {start}; by the method of this case, what it adds does not count "
                "for more than what it costs."
            )
            return Reason(Bar.FITS, text.format(start=start))
        text = (
            _(
                "It would fit in {start} and add at most {points} points: too little for the proof "
                "to tell apart."
            )
            if self.outcome.proven
            else _(
                "It would fit in {start} and add at most {points} points: the search stopped before "
                "a better plan was ruled out."
            )
        )
        points = figure(at_most(float(self.gain(option, start))))
        return Reason(Bar.FITS, text.format(start=start, points=points))


def _last_reason(*, proven: bool) -> str:
    if proven:
        return _("No plan with it is worth more: proved.")
    return _("The best plan found prefers other investments; that is not proved to be best.")


def _broken(unit: Unit | None, violation: Violation) -> _Obstacle:
    cell = ", ".join(dict.fromkeys(str(place) for place in violation.asked_by if str(place)))
    if isinstance(unit, People):
        at = f" ({cell})" if cell else ""
        what = _("people of skill {skill} are missing").format(
            skill=short_title(unit.skill.title) or unit.skill.id
        )
        return _Obstacle(Bar.PEOPLE, f"{violation.text}{at}", what)
    what = violation.text
    if isinstance(unit, Limited):
        scope = f" ({'; '.join(map(str, unit.limit.scope))})" if unit.limit.scope else ""
        measure = violation.text.partition(f"{scope}: ")[0]
        what = _("the limit on {measure} stands against it").format(measure=measure)
    text = _("it would break {cell}: {what}") if cell else _("it would break a demand: {what}")
    return _Obstacle(Bar.DEMAND, text.format(cell=cell, what=violation.text), what)


def _reason_by_kind(found: Mapping[Year, _Obstacle]) -> Reason:
    """Return what stands against an option in each year of its start, one year for each kind.

    Where a start fits and is not worth it, that is the reason: another start need not fit.
    """
    first, *_rest = found.values()
    if all(obstacle == first for obstacle in found.values()):
        return Reason(first.bar, f"{capitalised(first.clause)}.", f"{capitalised(first.brief)}.")
    kinds: dict[Bar, tuple[Year, _Obstacle]] = {}
    for start, obstacle in found.items():
        kinds.setdefault(obstacle.bar, (start, obstacle))
    worthless = next((kind for kind in kinds if kind in (Bar.HARM, Bar.NOTHING)), None)
    clauses = [
        _("As the plan stands, no start fits.")
        if worthless is None
        else _("As the plan stands, no start both fits and raises anything.")
    ]
    for start, obstacle in kinds.values():
        clauses.append(
            _("Started in {start}: {clause}.").format(start=start, clause=obstacle.clause)
        )
    briefs = "; ".join(dict.fromkeys(obstacle.brief for _start, obstacle in kinds.values()))
    text = (
        _("No start fits: {obstacles}.")
        if worthless is None
        else _("No start both fits and raises anything: {obstacles}.")
    )
    return Reason(worthless or first.bar, " ".join(clauses), text.format(obstacles=briefs))


def ruled_out(ledger: PlanLedger, option: Option, rules: Iterable[RuleUnit]) -> Iterator[str]:
    """Yield, as clauses, the rules that shut an option out of a plan whenever it starts."""
    return filter(None, (rule.shuts_out(ledger, option) for rule in rules))
