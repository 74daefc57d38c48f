r"""Competitors of a plan: plans that may be worth more within the intervals.

With the plan *p* fixed, by how much another plan *q* may be worth more is linear in the starts of
*q* at each corner of the weights, so one search for each corner finds the largest: the *possible
regret* of *p*. Further searches, each among the sets of options not found yet, list all
competitors. (The definition of competitors is that of Lourenco, Morton and Bana e Costa, 2012,
doi:10.1016/j.dss.2012.08.001, without their condition on cost, which is a choice here.)

The *robustness radius* is the largest share of all intervals, around the likely numbers, within
which there is no competitor. From a competitor one follows how far the intervals must shrink
until it is none, and asks again there; shares only fall, and when no competitor is found at one,
it is the radius.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from choosebattles.audit.recount import Recount, recount
from choosebattles.case.plan import Choice, Plan
from choosebattles.case.units import Id
from choosebattles.errors import AuditError
from choosebattles.solving.audited_plan import confirmed
from choosebattles.solving.outcome import Stop
from choosebattles.solving.resolver_question import Reply, SolverQuestion
from choosebattles.solving.tolerances import EQUAL_PLAN, SAME_COST, size
from choosebattles.translation import _
from choosebattles.uncertainty.robustness_scores import ScoreRanges, columns
from choosebattles.uncertainty.robustness_weights import Corner, WeightRange
from choosebattles.uncertainty.robustness_within_time import RobustAsking
from choosebattles.vocabulary import Linear, Row, RowName

HALVINGS = 60
"""Halvings of an interval of shares in search of where a competitor becomes one."""

ROUNDS = 100
"""Shares at which competitors are looked for, at most."""


@dataclass(frozen=True)
class Competitor:
    """A plan that may be worth more than the proposed one.

    ``regret`` is by how many points at most; ``weights`` and ``scores`` (by option and criterion,
    of options on which the two differ) are where.
    """

    plan: Plan
    recount: Recount
    regret: float
    weights: Corner
    scores: Mapping[tuple[Id, Id], float]

    @property
    def taken(self) -> frozenset[Id]:
        """Return the options that it takes."""
        return self.plan.taken


@dataclass(frozen=True)
class Rivalry:
    """What may be better than a plan within the intervals.

    ``competitors`` come with the largest regret first, one for each set of options; ``complete``
    says that there are no others: proved. ``regret`` is the least and the most that the possible
    regret can be (None: nothing is proved). ``radius`` is the share of all intervals within which
    there is no competitor, ``radius_proved`` whether that is proved; otherwise the radius is no
    larger. ``beaten`` says that a plan is worth more even as things stand.
    """

    competitors: tuple[Competitor, ...] = ()
    complete: bool = False
    regret: tuple[float, float | None] = (0.0, None)
    radius: float | None = None
    radius_proved: bool = False
    beaten: bool = False


@dataclass
class Rivals:
    """Looks for competitors of one plan.

    Parameters
    ----------
    asking
        Answers the questions, within one time.
    plan, counted
        The plan and its recount.
    weights, scores
        What is in question.
    most
        Sets of options that are listed for each corner of the weights, at most.
    gap
        Relative gap at which a search for a competitor may stop.
    dearer
        Whether competitors may cost more than the plan.
    """

    asking: RobustAsking
    plan: Plan
    counted: Recount
    weights: WeightRange
    scores: ScoreRanges
    most: int
    gap: float
    dearer: bool
    found: dict[frozenset[Id], Competitor] = field(default_factory=dict)
    bounds: dict[int, float | None] = field(default_factory=dict)
    closed: set[int] = field(default_factory=set)
    radius: float | None = None
    radius_proved: bool = False

    def __post_init__(self) -> None:
        self._mine = columns(self.plan.choices)
        self._equal = EQUAL_PLAN * self.counted.unit
        self._rows: dict[int, list[Row]] = {n: [] for n in range(len(self.weights.corners))}

    def result(self) -> Rivalry:
        """Return what is known."""
        ranked = sorted(self.found.values(), key=lambda rival: (-rival.regret, sorted(rival.taken)))
        low = max((rival.regret for rival in ranked), default=0.0)
        known = [self.bounds.get(n) for n in range(len(self.weights.corners))]
        high = None if None in known else max(low, *(bound for bound in known if bound is not None))
        if high is not None and high - low <= 2 * self._equal:
            high = low
        return Rivalry(
            tuple(ranked),
            len(self.closed) == len(self.weights.corners),
            (low, high),
            self.radius,
            self.radius_proved,
            any(self.at(rival, 0.0)[0] > self._equal for rival in ranked),
        )

    def look(self) -> None:
        """Find the possible regret, the radius, and then the other competitors.

        Raises
        ------
        Stopped
            Where time or Ctrl-C ended the search.
        """
        corners = range(len(self.weights.corners))
        for corner in corners:
            self._next(corner, first=True)
        self._shrink()
        for corner in corners:
            while corner not in self.closed and len(self._rows[corner]) < self.most:
                self._next(corner)

    def _next(self, corner: int, *, first: bool = False) -> None:
        weights = self.weights.scaled(1.0)[corner]
        reply = self._ask(weights, 1.0, self._rows[corner])
        if first:
            self.bounds[corner] = reply.bound
        if reply.choices is None:
            if reply.stop is Stop.INFEASIBLE:
                self.closed.add(corner)
            return
        rival = self._competitor(reply.choices)
        if rival.regret <= self._equal:
            if reply.bound is not None and reply.bound <= 3 * self._equal:
                self.closed.add(corner)
            else:
                self._rows[corner].append(self._other(rival.taken, corner))
            return
        known = self.found.get(rival.taken)
        if known is None or known.regret < rival.regret:
            self.found[rival.taken] = rival
        self._rows[corner].append(self._other(rival.taken, corner))
        self.asking.tell(len(self.found))

    def _other(self, taken: frozenset[Id], corner: int) -> Row:
        return Row(
            RowName("competitor", (str(corner), str(len(self._rows[corner])))),
            self.asking.differences(taken) >= 1,
        )

    def _ask(self, weights: Mapping[Id, float], share: float, rows: list[Row]) -> Reply:
        limits = list(rows)
        if not self.dearer:
            cost = float(self.counted.total_cost * 1000)
            limits.append(
                Row(RowName("competitor", ("cost",)), self.asking.q.total_cost <= cost + SAME_COST)
            )
        goal = self._goal(weights, share)
        return self.asking.ask(
            SolverQuestion(goal=goal, rows=tuple(limits), gap=self.gap, unit=self.counted.unit)
        )

    def _goal(self, weights: Mapping[Id, float], share: float) -> Linear:
        """Return by how much a plan may be worth more, over the starts of that plan."""
        q = self.asking.q
        terms: dict[str, float] = {}
        constant = -sum(
            weight * float(self.counted.after.indices[name]) for name, weight in weights.items()
        )
        for effect in self.scores.effects:
            weight, mine = weights[effect.objective], self._mine.get(effect.option)
            without = weight * effect.most(None, mine, share)[0]
            constant += without
            for start in effect.added:
                more = weight * effect.most(start, mine, share)[0] - without
                terms[start] = terms.get(start, 0.0) + more
        worth = (weight * q.index(name) for name, weight in weights.items())
        return q.total((*worth, Linear(terms, constant)))

    def _competitor(self, choices: tuple[Choice, ...]) -> Competitor:
        """Return a plan with the most that it may gain, recounted where it gains that."""
        plan, counted = confirmed(self.asking.case, choices)
        claimed, corner = self.at(Competitor(plan, counted, 0.0, {}, {}), 1.0)
        weights = self.weights.corners[corner]
        theirs = columns(choices)
        scores = {
            (effect.option, effect.criterion): effect.most(
                theirs.get(effect.option), self._mine.get(effect.option), 1.0
            )[1]
            for effect in self.scores.effects
            if theirs.get(effect.option) != self._mine.get(effect.option)
        }
        regret = self._recounted(plan, weights, scores)
        found = Competitor(plan, counted, float(regret), weights, scores)
        if abs(claimed - found.regret) > EQUAL_PLAN * size(claimed, self.counted.unit):
            raise AuditError(_("The recount does not confirm what a competitor may gain."))
        return found

    def _recounted(
        self, plan: Plan, weights: Corner, scores: Mapping[tuple[Id, Id], float]
    ) -> Fraction:
        """Return by how much a plan is worth more at these scores, recounted by the audit."""
        case = self.scores.case(self.asking.case, scores)
        theirs = recount(case, plan).after.indices
        mine = recount(case, self.plan).after.indices
        gains = (weight * (theirs[name] - mine[name]) for name, weight in weights.items())
        return sum(gains, Fraction(0))

    def _gain(self, rival: Competitor, weights: Mapping[Id, float], share: float) -> float:
        theirs = columns(rival.plan.choices)
        gain = sum(
            weight * float(rival.recount.after.indices[name] - self.counted.after.indices[name])
            for name, weight in weights.items()
        )
        return gain + sum(
            weights[effect.objective]
            * effect.most(theirs.get(effect.option), self._mine.get(effect.option), share)[0]
            for effect in self.scores.effects
        )

    def at(self, rival: Competitor, share: float) -> tuple[float, int]:
        """Return by how much a plan may be worth more within a share of all intervals, and where."""
        corners = self.weights.scaled(share)
        return max((self._gain(rival, corner, share), n) for n, corner in enumerate(corners))

    def _shrink(self) -> None:
        """Find the largest share of all intervals without a competitor.

        Where time or Ctrl-C ends the search, the share so far is too large or right.
        """
        if not self.found:
            self.radius = 1.0 if len(self.closed) == len(self.weights.corners) else None
            self.radius_proved = self.radius is not None
            return
        self.radius = min(self._until(rival) for rival in self.found.values())
        for _round in range(ROUNDS):
            if self.radius <= 0:
                self.radius_proved = True
                return
            rival = self._within(self.radius)
            if rival is None:
                return
            self.radius = min(self.radius, self._until(rival))

    def _within(self, share: float) -> Competitor | None:
        """Return a competitor within a share of the intervals; None where there is none."""
        proved = True
        for corner, weights in enumerate(self.weights.scaled(share)):
            reply = self._ask(weights, share, [])
            proved &= reply.bound is not None and reply.bound <= 4 * self._equal
            if reply.choices is None:
                continue
            plan, counted = confirmed(self.asking.case, reply.choices)
            rival = Competitor(plan, counted, 0.0, self.weights.corners[corner], {})
            if self.at(rival, share)[0] > 2 * self._equal:
                return rival
        self.radius_proved = proved
        return None

    def _until(self, rival: Competitor) -> float:
        """Return the share of the intervals up to which a plan is no competitor."""
        low, high = 0.0, 1.0
        if self.at(rival, low)[0] > self._equal:
            return 0.0
        for _halving in range(HALVINGS):
            middle = (low + high) / 2
            if self.at(rival, middle)[0] > self._equal:
                high = middle
            else:
                low = middle
        return low
