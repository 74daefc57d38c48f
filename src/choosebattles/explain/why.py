r"""Why something is in the plan or not, and what every demand of the user's costs.

With :math:`V` the best value, :math:`V_{+o}` that of plans with *o* and :math:`V_{-o}` that of
plans without, the price of what is taken is :math:`V - V_{-o}`, of what is not :math:`V - V_{+o}`,
of a demand the best value without it less :math:`V`. Each is an interval from proved bounds: at
first from relaxations and changes of the plan, for all; then searches narrow them in rounds, each
longer than the one before, the closest decisions first.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from choosebattles.arguments import check_number
from choosebattles.case.case import Case
from choosebattles.case.investment import Decision, Option
from choosebattles.case.number_path import fields
from choosebattles.case.plan import Choice
from choosebattles.case.units import Id
from choosebattles.demand import DemandKind, Relaxable
from choosebattles.errors import Fault, InputError
from choosebattles.explain.switching_values import SwitchingValues, SwitchQuestion
from choosebattles.explain.why_answer import (
    UNKNOWN,
    Explanation,
    Interval,
    Price,
    PriceUnit,
    Why,
    change,
)
from choosebattles.explain.why_price_measure import Aim, aim_of
from choosebattles.solving.audited_plan import check
from choosebattles.solving.conflict import clash
from choosebattles.solving.demands import demands
from choosebattles.solving.options import Options
from choosebattles.solving.outcome import Clash, GoalUnit, Outcome, Stop
from choosebattles.solving.resolver import Resolver
from choosebattles.solving.resolver_question import Reply, SolverQuestion
from choosebattles.solving.search_limits import SearchLimits, Stopwatch, WorkBudget
from choosebattles.solving.solve import solve
from choosebattles.solving.tolerances import ONE_NUMBER, TWICE_PROOF, size
from choosebattles.spelling import closest
from choosebattles.translation import _
from choosebattles.vocabulary import Linear, Row, RowName
from choosebattles.workbook.reader import as_case

EVERY = 1.0
"""Seconds at least between two tellings of how far it is."""

PATIENCE = 1.0
"""Units of work that one question may take in the first round of searches."""

LONGER = 4.0
"""How many times as much it may take in each next round."""

ROUNDS = 14
"""Rounds of searches, at most; in the last one a question may take years."""

THOROUGH = 64.0
"""Units of work for one question from which on a search has had its chance."""

ROUGH = 0.01
"""The gap of a first plan near the best one."""

QUICK = 0.5
"""Units of work, at most, of the search for that plan."""

PLAN_SHARE = 0.5
"""The share of the user's time that the plan itself may take."""

REASON_WORK = 5.0
"""Units of work, at most, in which the demands are sought that shut something out."""

PRICED = (
    DemandKind.MUST,
    DemandKind.NEVER,
    DemandKind.LIMIT,
    DemandKind.FLOOR,
    DemandKind.MUST_HOLD,
    DemandKind.RULE,
)
"""The demands whose prices are shown: what the user decided, not what there is."""


@dataclass(frozen=True)
class Explained:
    """How far an explanation is: prices that are one number, or lie between two; of how many."""

    exact: int
    between: int
    asked: int
    seconds: float


Watcher = Callable[[Explained], None]
"""Called with the progress."""


class _ExplanationStopped(Exception):  # noqa: N818 - no error: the time is over, or somebody pressed Ctrl-C
    def __init__(self, stop: Stop) -> None:
        super().__init__(stop)
        self.stop = stop


def explain_plan(
    case: Case | Path | str,
    ids: Iterable[Id] | None = None,
    *,
    gap: float = 0.0,
    time_limit: float | None = None,
    work_limit: float | None = None,
    outcome: Outcome | None = None,
    watch: Watcher | None = None,
) -> Explanation:
    """Return why options are in the best plan or not, and at what price.

    Parameters
    ----------
    case
        Facts and decision model.
    ids
        Options and investments to explain; None for every option and every demand.
    gap
        Relative gap of each search, 0 for full proof: prices are as exact as that.
    time_limit
        Seconds after which what is known is returned; half of it is the most for the plan.
    work_limit
        Units of work after which what is known is returned, the plan itself apart. A processor
        of today does about one a second; unlike time, they are the same on every machine.
    outcome
        The answer to the case, where it is there already.
    watch
        Told of progress.

    Returns
    -------
    Explanation
        With no whys where there is no plan; its outcome then holds the conflict.

    Raises
    ------
    InputError
        Where the case has no option and no investment of an id.
    SolverError
        Where the solver fails.
    AuditError
        Where the independent recount does not confirm a plan.
    """
    case = as_case(case)
    check_number("gap", gap)
    check_number("time_limit", time_limit, unit=_("seconds"), none=True)
    check_number("work_limit", work_limit, none=True)
    names = None if ids is None else tuple(_known_id(case, name) for name in ids)
    clock = Stopwatch(time_limit)
    if outcome is None:
        most = None if time_limit is None else PLAN_SHARE * time_limit
        outcome = solve(case, Options(gap=gap, time_limit=most, ties=False))
    aim = aim_of(outcome) if outcome.plan is not None else None
    if aim is None:
        return _nothing(outcome, clock.seconds)
    budget = WorkBudget(work_limit)
    search = _ExplanationSearch(case, outcome, aim, names, gap, clock, budget, watch)
    stop = outcome.stop
    if stop is not Stop.INTERRUPTED:
        stop = search.run()
    return search.explanation(stop)


def _known_id(case: Case, name: Id) -> Id:
    known = (*(investment.id for investment in case.investments), *case.options)
    for same in known:
        if same.casefold() == name.casefold():
            return same
    near = closest(name, known)
    advice = _("Did you mean {name}?").format(name=near) if near else ""
    expected = _("an option or an investment of this case")
    raise InputError([Fault("", "", "", name, "CB-R05", _("no such id"), expected, advice)])


def _nothing(outcome: Outcome, seconds: float) -> Explanation:
    goal = _("the weighted sum of the indices")
    return Explanation(
        outcome, PriceUnit.OBJECTIVE, goal, GoalUnit.POINTS, (), (), outcome.stop, seconds
    )


@dataclass
class _Item:
    """An option or investment while it is explained."""

    id: Id
    options: tuple[Option, ...]
    taken: bool
    free: frozenset[RowName]
    """Rows of decisions typed for it."""
    other: Interval = UNKNOWN
    """The best value where it is decided the other way."""
    instead: tuple[Choice, ...] | None = None
    refilled: Interval | None = None
    factor: Interval | None = None
    additions: dict[Id, Interval] = field(default_factory=dict)
    shut: Clash | None = None
    done: set[str] = field(default_factory=set)
    """Switching values that are found."""
    shapes: dict[tuple[float, ...], tuple[tuple[Interval, Stop], float]] = field(
        default_factory=dict
    )
    """Additions found, by what they do at each start relative to the most, with that most."""
    settled: bool = False


@dataclass
class _PricedDemand:
    """A demand while it is priced; ``other`` is the best value without it."""

    group: Relaxable
    other: Interval = UNKNOWN
    instead: tuple[Choice, ...] | None = None
    settled: bool = False


_Step = Callable[[_Item | _PricedDemand, float], None]


class _ExplanationSearch:
    """A plan while it is explained."""

    def __init__(
        self,
        case: Case,
        outcome: Outcome,
        aim: Aim,
        ids: tuple[Id, ...] | None,
        gap: float,
        clock: Stopwatch,
        budget: WorkBudget,
        watch: Watcher | None,
    ) -> None:
        assert outcome.plan is not None, "only plans are explained"
        self.case, self.outcome, self.aim = case, outcome, aim
        self.plan = outcome.plan.choices
        self.best = aim.best
        self._gap, self._clock, self._budget, self._watch = gap, clock, budget, watch
        self._told = Stopwatch()
        self._resolver = Resolver(case)
        self._resolver.add_answer(case, self.plan, None)
        q = self._resolver.expressions()
        self._goal: Linear = aim.expression(q)
        self._rows: tuple[Row, ...] = aim.rows(q)
        self._switching = SwitchingValues(case, self._resolver.program, aim)
        names = tuple(case.options) if ids is None else ids
        self.items = [self._item(name) for name in names]
        self.demands = [] if ids is not None else [_PricedDemand(group) for group in self._priced()]
        self.searches = 0
        self._cut_short = False
        self._reasoning = 0.0
        self._checked: set[tuple[Choice, ...]] = set()

    @property
    def _items_and_demands(self) -> tuple[_Item | _PricedDemand, ...]:
        return (*self.items, *self.demands)

    # What is asked

    def _item(self, name: Id) -> _Item:
        options = tuple(self.case.options_of(name))
        taken = any(option.id in self.outcome.plan.taken for option in options)  # type: ignore[union-attr]
        return _Item(name, options, taken, frozenset(self._typed(options, taken=taken)))

    def _typed(self, options: tuple[Option, ...], *, taken: bool) -> Iterator[RowName]:
        """Yield the rows of what was decided on it, which stand in the way of the other decision."""
        for option in options:
            if option.decision is Decision.ONGOING and taken:
                yield RowName("locked", (option.id, option.decision))
            if option.decision is Decision.NEVER and not taken:
                yield RowName("locked", (option.id, option.decision))
        owner = self.case.investment_of[options[0].id]
        must = [option for option in owner.options if option.decision is Decision.MUST]
        if taken and must and (len(options) == len(owner.options) or must == list(options)):
            yield RowName("locked", (owner.id, Decision.MUST))

    def _priced(self) -> list[Relaxable]:
        _program, groups = demands(self.case, self._resolver.program)
        return [group for kind in PRICED for group in groups if group.kind is kind]

    def _question(self, item: _Item | _PricedDemand) -> SolverQuestion:
        if isinstance(item, _PricedDemand):
            question = SolverQuestion(without=frozenset(item.group.rows))
        elif item.taken:
            question = SolverQuestion(without=item.free, leave=frozenset({item.id}))
        else:
            question = SolverQuestion(without=item.free, take=frozenset({item.id}))
        return replace(question, goal=self._goal, rows=self._rows, gap=self._gap, unit=self.aim.one)

    # The run

    def run(self) -> Stop:
        """Bound everything, then narrow it, until all is settled or a limit is met."""
        try:
            for step in (self._bound_price, self._exchange, self._bound_price):
                for item in self._items_and_demands:
                    step(item)
                    self._report_progress()
            for option in self._closest_first():
                self._bound_switching_values(option)
            return self._rounds()
        except _ExplanationStopped as stopped:
            return stopped.stop
        except KeyboardInterrupt:
            return Stop.INTERRUPTED

    def _rounds(self) -> Stop:
        """Narrow everything in rounds, each with more patience than the one before.

        A round that changes nothing, though no search ran out of its patience, is the last: what
        it leaves open, the next one would.
        """
        patience = PATIENCE
        for _round in range(ROUNDS):
            before, self._cut_short = self._known_values(), False
            self._search_best(LONGER * patience)
            for step, items in self._steps():
                for item in items:
                    self._mark_settled(item)
                    if not item.settled:
                        step(item, patience)
                        self._mark_settled(item)
                        self._report_progress()
            stop = self._done(patience)
            if stop is not None:
                return stop
            if self._known_values() == before and not self._cut_short:
                break
            patience *= LONGER
        return Stop.FAILED

    def _closest_first(self) -> list[_Item]:
        """Return the options, first those that least would decide otherwise."""
        return sorted(self.items, key=lambda item: abs(self.price(item).high))

    def _known_values(self) -> tuple[object, ...]:
        """Return all that is known, to be compared with what is known later."""
        items = (
            (item.other, item.refilled, item.factor, dict(item.additions), set(item.done))
            for item in self.items
        )
        return (self.best, *items, *(demand.other for demand in self.demands))

    def _done(self, patience: float) -> Stop | None:
        """Return why nothing more is asked after a round; None where something is."""
        if all(item.settled for item in self._items_and_demands):
            return Stop.OPTIMAL
        if all(self._all_found(item) for item in self._items_and_demands):
            return self.outcome.stop
        if self._gap > 0 and self._unlimited and patience >= THOROUGH:
            return Stop.GAP
        return None

    def _steps(self) -> Iterator[tuple[_Step, Sequence[_Item | _PricedDemand]]]:
        """Yield what is done to which, in the order in which it is asked most."""
        rules = [demand for demand in self.demands if demand.group.kind is DemandKind.RULE]
        options = self._closest_first()
        yield self._search_price, options
        yield self._search_price, [demand for demand in self.demands if demand not in rules]
        yield self._replace_item, options
        yield self._search_switching_values, options
        yield self._search_price, rules

    def _report_progress(self) -> None:
        """Tell how far it is, once a second at most: all prices are made for it."""
        if self._watch is not None and self._told.seconds >= EVERY:
            self._told = Stopwatch()
            prices = [
                *(self.price(item) for item in self.items),
                *(self._demand_price(demand) for demand in self.demands),
            ]
            exact = sum(price.exact for price in prices)
            between = sum(price.bounded for price in prices) - exact
            self._watch(Explained(exact, between, len(prices), self._clock.seconds))

    @property
    def _unlimited(self) -> bool:
        return self._clock.left is None and self._budget.limit is None

    def _check_limits(self) -> None:
        self._budget.done = self._resolver.work + self._switching.work + self._reasoning
        if self._clock.over:
            raise _ExplanationStopped(Stop.TIME_LIMIT)
        if self._budget.over:
            raise _ExplanationStopped(Stop.WORK_LIMIT)

    def _limits(self, patience: float = math.inf) -> SearchLimits:
        """Return the limits of one question, which may take so much work."""
        self._check_limits()
        work = self._budget.within(patience)
        return SearchLimits(self._clock.left, None if work == math.inf else work)

    # At first known plans and relaxations

    def _bound_price(self, item: _Item | _PricedDemand) -> None:
        """Bound a price by known plans and one relaxation."""
        self._check_limits()
        if isinstance(item, _PricedDemand):
            # The plan is allowed without any demand.
            low = max(item.other.low, self.best.low)
            item.other = Interval(low, max(low, item.other.high))
            item.instead = item.instead or self.plan
        if not _impossible(item.other):
            self._add_reply(item, self._resolver.relaxed_bound(self._question(item)))

    def _exchange(self, item: _Item | _PricedDemand) -> None:
        """Find a first plan with the other decision, by small changes of the best one."""
        if _impossible(item.other) or item.other.low > -math.inf:
            return
        question = replace(self._question(item), gap=max(self._gap, ROUGH))
        self.searches += 1
        reply = self._resolver.exchange(replace(question, **self._limits(QUICK)._asdict()))
        self._check_stop(reply.stop)
        self._add_reply(item, reply)

    def _columns(self, choices: Iterable[Choice]) -> Iterator[tuple[Id, str]]:
        starts = self._resolver.expressions().starts
        for choice in choices:
            for start in starts[choice.option]:
                if self.case.first_year + start.year == choice.start:
                    yield choice.option, start.column

    # Later on searches

    def _search_best(self, patience: float) -> None:
        """Search for what the best plan is worth, where the answer left that open."""
        if self._narrow_enough(self.best, 0.0):
            return
        question = SolverQuestion(
            goal=self._goal, rows=self._rows, gap=self._gap, unit=self.aim.one
        )
        found = _interval(self._ask(replace(question, **self._limits(patience)._asdict())))
        self.best = found.within(self.best)

    def _replace_item(self, item: _Item | _PricedDemand, patience: float) -> None:
        """Choose what replaces a taken item, with everything else as it is."""
        if isinstance(item, _PricedDemand) or self._replaced(item):
            return
        own = {option.id for option in item.options}
        kept = [column for option, column in self._columns(self.plan) if option not in own]
        rest = self._resolver.expressions().total(Linear({column: 1}) for column in kept)
        rows = (
            (*self._rows, Row(RowName("explain", ("kept",)), rest >= len(kept)))
            if kept
            else self._rows
        )
        question = replace(self._question(item), rows=rows, **self._limits(patience)._asdict())
        reply = self._ask(question)
        found = _interval(reply)
        known = UNKNOWN if item.refilled is None else item.refilled
        item.refilled = found if _impossible(found) else found.within(known)
        if reply.choices is not None and reply.value is not None and reply.value > item.other.low:
            item.other = Interval(reply.value, max(reply.value, item.other.high))
            item.instead = reply.choices

    def _replaced(self, item: _Item) -> bool:
        """Say whether it is known what replaces an item that the plan takes."""
        if not item.taken:
            return True
        known = item.refilled
        return known is not None and (
            _impossible(known) or self._narrow_enough(known, self._priced_at(item))
        )

    def _search_price(self, item: _Item | _PricedDemand, patience: float) -> None:
        """Search for what an item's other decision, or a demand's absence, is worth."""
        if self._searched(item):
            return
        question = replace(self._question(item), **self._limits(patience)._asdict())
        self._add_reply(item, self._ask(question))
        if isinstance(item, _Item) and _impossible(item.other):
            item.shut = self._reasons(item)
            item.done.add("shut")

    def _search_switching_values(self, item: _Item | _PricedDemand, patience: float) -> None:
        """Search for the switching values of an item whose price is there."""
        if isinstance(item, _PricedDemand) or not self._has_switches(item):
            return
        if not self._searched(item) and patience < THOROUGH:
            return
        item.shapes.clear()
        question, price = self._switch_question(item)
        if item.factor is not None and "factor" not in item.done:
            found, stop = self._switching.factor(question, self._limits(patience))
            item.factor = found.within(item.factor)
            self._mark_done(item, "factor", stop)
        for objective in item.additions:
            if objective not in item.done:
                found, stop = self._search_addition(item, question, objective, price, patience)
                item.additions[objective] = found
                self._mark_done(item, objective, stop)

    def _mark_done(self, item: _Item, number: str, stop: Stop) -> None:
        found = item.factor if number == "factor" else item.additions[number]
        assert found is not None, "asked for"
        # Sizes have no lower end only where they have no upper one either.
        bounded = number != "factor" or found.low > -math.inf or found.high == -math.inf
        if stop in (Stop.OPTIMAL, Stop.GAP, Stop.INFEASIBLE) and bounded and self._searched(item):
            item.done.add(number)
        self._check_stop(stop)

    def _bound_switching_values(self, item: _Item) -> None:
        self._check_limits()
        if _impossible(item.other):
            return
        question, price = self._switch_question(item)
        if self._switching.has_costs(item.options):
            item.factor = self._switching.factor(question, None)[0]
        for objective in self._switching.objectives():
            points = self._switching.points(item.options, objective)
            if points is None:
                found = self._switching.addition(question, objective, None)[0]
            else:
                found = self._switching.by_price(question, points, price)
            item.additions[objective] = self._signed(question, objective, found)

    def _search_addition(
        self, item: _Item, question: SwitchQuestion, objective: Id, price: Interval, patience: float
    ) -> tuple[Interval, Stop]:
        """Search for an addition to scores; where it changes the goal alone, once for all."""
        points = self._switching.points(item.options, objective)
        if points is None or (points and max(points.values()) > 0 and not min(points.values())):
            found, stop = self._switching.addition(question, objective, self._limits(patience))
            return self._signed(question, objective, found), stop
        found, stop = self._switching.by_price(question, points, price), Stop.OPTIMAL
        most = self._switching.room(question, objective)
        if not (found.exact or found.low > most or found.low == math.inf):
            largest = max(points.values())
            shape = tuple(round(gain / largest, 9) for gain in points.values())
            if shape not in item.shapes:
                item.shapes[shape] = (
                    self._newton_addition(item, question, points, price, patience),
                    largest,
                )
            (one, stop), before = item.shapes[shape]
            times = before / largest
            found = Interval(one.low * times, one.high * times).within(found)
        return self._signed(question, objective, found), stop

    def _newton_addition(
        self,
        item: _Item,
        switch_question: SwitchQuestion,
        points: dict[str, float],
        price: Interval,
        patience: float,
    ) -> tuple[Interval, Stop]:
        r"""Follow the best plan with the item as its scores change, from step to step.

        What it is worth is the largest of straight lines in the change, one for each start. From
        a start of slope *d* the next change to try is where its line meets the best plan without
        the item; where no other line is above, that is the answer (Newton's method).
        """
        sign = -1 if switch_question.wanted else 1
        least = min(points.values())
        quick = self._switching.by_price(switch_question, points, price)
        at, known = (quick.low if switch_question.wanted else quick.high), quick
        without = switch_question.without
        for _step in range(len(points) + 2):
            more = Linear({column: sign * at * gain for column, gain in points.items()})
            question = SolverQuestion(
                goal=self._resolver.expressions().total((self._goal, more)),
                rows=self._rows,
                without=item.free,
                take=frozenset({item.id}),
                gap=self._gap,
                unit=self.aim.one,
            )
            reply = self._ask(replace(question, **self._limits(patience)._asdict()))
            if reply.bound is None or reply.value is None or reply.choices is None:
                return known, reply.stop
            over = max(0.0, reply.bound - without.low) / least
            if switch_question.wanted:
                known = Interval(max(known.low, at), min(known.high, at + over)).ordered
            else:
                known = Interval(max(known.low, at - over), min(known.high, at)).ordered
            column = next(c for o, c in self._columns(reply.choices) if c in points)
            line = reply.value - sign * at * points[column]
            crossing = sign * (without.high - line) / points[column]
            if sign * (at - crossing) <= ONE_NUMBER * max(1.0, abs(at)):
                return known, reply.stop
            at = max(0.0, crossing)
        return known, Stop.OPTIMAL

    def _signed(self, question: SwitchQuestion, objective: Id, found: Interval) -> Interval:
        """Return an interval with its sign; what leaves the scale is infinite."""
        room = self._switching.room(question, objective)
        low = math.inf if found.low > room else found.low
        high = math.inf if found.high > room else found.high
        return Interval(-high, -low) if question.wanted else Interval(low, high)

    def _switch_question(self, item: _Item) -> tuple[SwitchQuestion, Interval]:
        """Return what its switching values are asked of, and what its decision is worth more."""
        price = self.price(item)
        with_it, without = self.best, item.other
        known = self.plan
        if not item.taken:
            with_it, without = item.other, self.best
            known = item.instead or ()
        wanted = item.taken == (price.low + price.high >= 0)
        worth = Interval(with_it.low - without.high, with_it.high - without.low)
        if not wanted:
            worth = Interval(-worth.high, -worth.low)
        question = SwitchQuestion(item.options, without, tuple(item.free), known or None, wanted)
        return question, worth

    def _ask(self, question: SolverQuestion) -> Reply:
        self.searches += 1
        reply = self._resolver.ask(question)
        self._check_stop(reply.stop)
        return reply

    def _check_stop(self, stop: Stop) -> None:
        if stop is Stop.INTERRUPTED:
            raise _ExplanationStopped(stop)
        self._cut_short |= stop in (Stop.TIME_LIMIT, Stop.WORK_LIMIT)
        self._check_limits()

    def _add_reply(self, item: _Item | _PricedDemand, reply: Reply) -> None:
        """Add what a reply proves of an item; a plan that is shown is recounted first."""
        found = _interval(reply)
        if reply.choices is not None and found.low > item.other.low:
            item.instead = reply.choices
        item.other = found.within(item.other) if not _impossible(found) else found
        if not item.free if isinstance(item, _Item) else False:
            self.best = replace(self.best, low=max(self.best.low, item.other.low))

    def _reasons(self, item: _Item) -> Clash | None:
        decision = Decision.NEVER if item.taken else Decision.MUST
        changed = self.case
        if any(option.decision is Decision.MUST for option in item.options):
            changed = _decided(changed, self._siblings(item), Decision.OPEN)
        changed = _decided(changed, item.options, decision)
        limits = self._limits(REASON_WORK)
        budget = WorkBudget(limits.work_limit)
        found = clash(changed, Options(time_limit=limits.time_limit), budget)
        self._reasoning += budget.done
        return None if found is None else _without_decision(found, item.options)

    def _siblings(self, item: _Item) -> Iterator[Option]:
        for option in self.case.investment_of[item.options[0].id].options:
            if option.decision is Decision.MUST:
                yield option

    # What is known

    def price(self, item: _Item) -> Interval:
        """Return what the best plan is worth more than the best with the other decision."""
        if _impossible(item.other):
            return Interval(math.inf, math.inf)
        low, high = self.best.low - item.other.high, self.best.high - item.other.low
        return Interval(low if item.free else max(0.0, low), high)

    def _demand_price(self, item: _PricedDemand) -> Interval:
        low, high = item.other.low - self.best.high, item.other.high - self.best.low
        return Interval(max(0.0, low), max(0.0, high))

    def _searched(self, item: _Item | _PricedDemand) -> bool:
        """Say whether what the other decision is worth is as narrow as its price is shown."""
        if _impossible(item.other):
            return not isinstance(item, _Item) or "shut" in item.done
        return self._narrow_enough(item.other, self._priced_at(item))

    def _priced_at(self, item: _Item | _PricedDemand) -> float:
        price = self.price(item) if isinstance(item, _Item) else self._demand_price(item)
        return price.low if math.isfinite(price.low) else 0.0

    def _narrow_enough(self, found: Interval, shown: float) -> bool:
        """Say whether an interval is as narrow as was asked for, next to the number that is shown.

        The gap that was asked counts in shares of what is maximised; what is shown of it is a
        difference, and much smaller.
        """
        if found.low == found.high:
            return True
        if not (math.isfinite(found.low) and math.isfinite(found.high)):
            return False
        one = self.aim.one
        room = max(self._gap * size(self.best.low, one), ONE_NUMBER * size(shown, one))
        return found.high - found.low <= room

    def _all_found(self, item: _Item | _PricedDemand) -> bool:
        """Say whether all that is asked of an item is found, whatever the plan itself leaves open."""
        known = self._searched(item)
        if isinstance(item, _Item):
            known &= self._replaced(item)
        if isinstance(item, _Item) and self._has_switches(item):
            factor = item.factor is None or "factor" in item.done
            known &= factor and item.additions.keys() <= item.done
        return known

    def _has_switches(self, item: _Item) -> bool:
        """Say whether there is a price, so that something could outweigh it."""
        price = self.price(item)
        if _impossible(item.other):
            return False
        return max(abs(price.low), abs(price.high)) > TWICE_PROOF * size(
            self.best.low, self.aim.one
        )

    def _mark_settled(self, item: _Item | _PricedDemand) -> None:
        item.settled = self._all_found(item) and self._narrow_enough(
            self.best, self._priced_at(item)
        )

    # The end

    def explanation(self, stop: Stop) -> Explanation:
        """Return what is known."""
        return Explanation(
            self.outcome,
            self.aim.counted,
            self.aim.goal,
            self.aim.unit,
            tuple(self._why(item) for item in self.items),
            tuple(self._price(demand) for demand in self.demands),
            stop,
            self._clock.seconds,
        )

    def _why(self, item: _Item) -> Why:
        has_switches = self._has_switches(item)
        refilled = None
        if item.refilled is not None:
            low = self.best.low - item.refilled.high
            refilled = Interval(
                low if item.free else max(0.0, low), self.best.high - item.refilled.low
            )
        instead = None
        if item.instead is not None and not _impossible(item.other):
            self._check_plan(item, item.instead)
            instead = change(self.plan, item.instead)
        return Why(
            item.id,
            tuple(option.id for option in item.options),
            item.taken,
            self.price(item),
            instead,
            refilled,
            item.factor if has_switches else None,
            dict(item.additions) if has_switches else {},
            item.shut,
            item.settled,
        )

    def _check_plan(self, item: _Item, choices: tuple[Choice, ...]) -> None:
        """Let the audit check a plan that is shown, once for all items that it is shown of."""
        if item.free:
            check(_decided(self.case, item.options, Decision.OPEN), choices)
        elif choices not in self._checked:
            check(self.case, choices)
            self._checked.add(choices)

    def _price(self, item: _PricedDemand) -> Price:
        instead = None if item.instead is None else change(self.plan, item.instead)
        kind = item.group.kind.name.lower()
        return Price(item.group.demand, kind, self._demand_price(item), instead, item.settled)


def _interval(reply: Reply) -> Interval:
    if reply.stop is Stop.INFEASIBLE:
        return Interval(-math.inf, -math.inf)
    low = -math.inf if reply.value is None else reply.value
    if reply.stop is Stop.OPTIMAL:
        return Interval(low, low)
    return Interval(low, math.inf if reply.bound is None else max(low, reply.bound))


def _impossible(found: Interval) -> bool:
    return found.high == -math.inf


def _decided(case: Case, options: Iterable[Option], decision: Decision) -> Case:
    """Return the case with a decision on options, without a check."""
    names = {option.id for option in options}
    owners = tuple(
        owner.model_copy(
            update={
                "options": tuple(
                    option.model_copy(update={"decision": decision})
                    if option.id in names
                    else option
                    for option in owner.options
                )
            }
        )
        for owner in case.investments
    )
    return Case.model_construct(**{**fields(case), "investments": owners})


def _without_decision(found: Clash, options: Iterable[Option]) -> Clash:
    """Return a clash without the decision that was only supposed."""
    own = {option.at("decision") for option in options}
    kept = tuple(
        demand for demand in found.demands if not (demand.places and {*demand.places} <= own)
    )
    return replace(found, demands=kept)
