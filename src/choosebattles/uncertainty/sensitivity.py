r"""How much of the spread of an answer each uncertain input causes: Sobol indices.

Of the variance of an answer :math:`y`, input *i* alone causes the share
:math:`S_i = Var(E[y \mid x_i]) / Var(y)`; with all that it does together with others it is part of
the share :math:`T_i = E[Var(y \mid x_{\sim i})] / Var(y)`. Two independent designs A and B are
evaluated, and for every input *i* design A with the input from B: *n* (inputs + 2) answers for *n*
base draws. A and B are the halves of one scrambled Sobol sequence, put through the inverse of
every distribution; weights, which have none, are drawn anew for B. Indices are those of
``scipy.stats.sobol_indices`` (Saltelli and others, 2010, doi:10.1016/j.cpc.2009.09.018); their
intervals, 19 times out of 20, are bootstrapped over the base draws.

What costs share is an input of its own, and so are the weights, all together; whatever changes
nothing that was recounted never is. Ranges that the
sheet Correlations joins count together: what one of them causes cannot be told from the others.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, cached_property
from hashlib import sha256
from itertools import islice

import numpy as np
import scipy

from choosebattles.case.case import Case
from choosebattles.errors import Fault, InputError
from choosebattles.execution.executor import Executor, choose_executor
from choosebattles.execution.progress import Watcher
from choosebattles.execution.run_pieces import Ending, run
from choosebattles.execution.study import Study
from choosebattles.execution.task import Row, in_stages
from choosebattles.notebook_display import Tabular
from choosebattles.solving.search_limits import SearchLimits
from choosebattles.solving.tolerances import NO_SPREAD, NO_VARIATION
from choosebattles.translation import _
from choosebattles.uncertainty.altered_case import altered
from choosebattles.uncertainty.draw import WEIGHTS, Draw, Uncertainty
from choosebattles.uncertainty.nominal_plan import Nominal, write_choices
from choosebattles.uncertainty.piece_solver import PieceSolver
from choosebattles.uncertainty.recount_in_each_case import Recounting
from choosebattles.uncertainty.simulate import Choices, Simulation, name_of, study_of

LEAST, MOST = 16, 8_192
"""Base draws."""

FEWEST = 16
"""Complete base draws without which nothing is said."""

TRIED, PLANS = 8, 4
"""Base draws, and plans, in which it is looked whether an input changes anything."""

RESAMPLES = 200
"""Times that the base draws are drawn again for the intervals."""

SURE = 0.95
"""How often the intervals hold the truth."""

NEAREST = 2.0**-32
"""How near to 0 and 1 a share of a distribution may come: at the ends some have no number."""

SEEDED = 0x50B01
"""Tells the random stream of the designs from those of the draws."""

Groups = tuple[tuple[str, ...], ...]
"""Inputs that are taken from B together, by name."""


class SpreadOf(StrEnum):
    """Of what the spread is explained."""

    WORTH = "worth"
    """What the plan as things stand is worth, whether or not it can be carried out."""
    HOLDS = "holds"
    """Whether that plan can be carried out, 1 or 0."""
    BEST = "best"
    """What the best plan of a draw is worth."""


@dataclass(frozen=True)
class Index:
    """The part of one input, or of several together, in the spread: low, found and high.

    ``alone`` is the first-order index, ``together`` the total one; shares of 1.
    """

    inputs: tuple[str, ...]
    alone: tuple[float, float, float]
    together: tuple[float, float, float]


@dataclass(frozen=True)
class Causes:
    """What causes the spread of an outcome, the input with the largest part first.

    ``base`` base draws were used and ``left_out`` not, because one of their answers is missing.
    ``spread`` is the standard deviation, in points (of ``HOLDS``, in shares). What ``floor`` or less
    of the spread is may come from the gap of the answers alone.
    """

    outcome: SpreadOf
    base: int
    left_out: int
    spread: float
    floor: float
    indices: tuple[Index, ...]


@dataclass(frozen=True, repr=False)
class Sensitivity(Tabular):
    """What causes the spread: of the plan's worth, of whether it holds, of the best worth.

    An outcome that does not vary, or of which too few base draws are complete, has no causes;
    ``constant`` names those that do not vary. ``before_dependence`` says that the plan's worth is
    told without the price of money from others, because the plan cannot be paid for in some draws.
    """

    base: int
    causes: tuple[Causes, ...]
    constant: tuple[SpreadOf, ...]
    answers: int
    """Best plans that were searched for."""
    before_dependence: bool
    ending: Ending
    worked: float = field(compare=False)

    @property
    def summary(self) -> str:
        """Return from how many draws causes are told, and of what."""
        return _("Causes of the spread, from {base:,} base draws: {outcomes}").format(
            base=self.base, outcomes=", ".join(cause.outcome for cause in self.causes)
        )

    @property
    def arrays(self) -> dict[str, np.ndarray]:
        """Return the causes as one array for each column, a row for each outcome and input.

        ``outcome``, ``inputs``; ``alone`` and ``together``, shares of the variance as found.
        """
        rows = [(cause, index) for cause in self.causes for index in cause.indices]
        return {
            "outcome": np.array([cause.outcome.value for cause, _each in rows]),
            "inputs": np.array(["; ".join(index.inputs) for _cause, index in rows]),
            "alone": np.array([index.alone[1] for _cause, index in rows]),
            "together": np.array([index.together[1] for _cause, index in rows]),
        }

    def of(self, outcome: SpreadOf) -> Causes | None:
        """Return what causes the spread of an outcome; None where it is not known."""
        return next((cause for cause in self.causes if cause.outcome is outcome), None)


@dataclass(frozen=True)
class Designed:
    """The draws of both designs and of their mixtures, as numbered pieces.

    Base draw *j* is pieces *j* (groups + 2) and on: all from A, all from B, then all from A but one
    group. Its numbers do not depend on how many base draws there are.
    """

    uncertainty: Uncertainty
    groups: Groups
    base: int

    @property
    def pieces_of_draw(self) -> int:
        """Return how many pieces a base draw has."""
        return len(self.groups) + 2

    @property
    def count(self) -> int:
        """Return how many pieces there are."""
        return self.base * self.pieces_of_draw

    def draw(self, piece: int) -> Draw:
        """Return what a piece draws."""
        number, place = divmod(piece, self.pieces_of_draw)
        changed = frozenset(self.groups[place - 2]) if place >= 2 else frozenset[str]()

        def from_b(name: str) -> bool:
            return place == 1 or name in changed

        def share(name: str) -> float:
            half = len(self._names) if from_b(name) else 0
            return float(self._points[number, half + self._names[name]])

        return self.uncertainty.at(share, (int(from_b(WEIGHTS)), SEEDED, number))

    @cached_property
    def _names(self) -> dict[str, int]:
        names = (name for name in self.uncertainty.names if name != WEIGHTS)
        return {name: place for place, name in enumerate(names)}

    @cached_property
    def _points(self) -> np.ndarray:
        if not self._names:
            return np.zeros((self.base, 0))
        seeds = np.random.SeedSequence(self.uncertainty.seed, spawn_key=(SEEDED,))
        sequence = scipy.stats.qmc.Sobol(2 * len(self._names), seed=np.random.default_rng(seeds))
        points = sequence.random_base2(max(0, (self.base - 1).bit_length()))
        return np.asarray(np.clip(points, NEAREST, 1 - NEAREST))


@dataclass(frozen=True)
class PlanPieces:
    """A plan recounted in every piece of a design."""

    name: str
    case: Case
    plan: Choices
    design: Designed

    def stages(self, count: int) -> list[Sequence[int]]:
        """Return the pieces in one stage: to count them nothing need be known of others."""
        return [range(count)]

    def make_worker(self) -> "PlanPiecesWorker":
        """Return what recounts the plan in a piece."""
        return PlanPiecesWorker(self)


class PlanPiecesWorker:
    """Recounts a plan in the pieces of a design."""

    def __init__(self, task: PlanPieces) -> None:
        self._task = task
        self._dependent = any(fund.dependence for fund in task.case.funds)
        self._recounting = Recounting()

    def learn(self, rows: Sequence[Row]) -> None:
        """Take nothing: there are no stages before."""

    def do(self, piece: int) -> Row:
        """Return what the plan is worth in a piece, and what it is worth even if it breaks demands."""
        task = self._task
        case = altered(task.case, task.design.draw(piece).all(task.case))
        counted = self._recounting.recount_if_allowed(case, task.plan)
        value = None if counted is None else counted.value
        anyway = value
        if value is None or self._dependent:
            anyway = self._recounting.worth_regardless(case, task.plan)
        return {"number": piece, "value": value, "anyway": anyway}


@dataclass(frozen=True)
class BestPieces:
    """The best plan of every piece of a design."""

    name: str
    case: Case
    nominal: Nominal
    design: Designed
    gap: float
    limits: SearchLimits

    def stages(self, count: int) -> list[Sequence[int]]:
        """Return the pieces by stages: all but the first ones know of the same pieces."""
        return in_stages(range(count))

    def make_worker(self) -> "BestPiecesWorker":
        """Return what answers pieces, each from the same start."""
        return BestPiecesWorker(self)

    def case_of(self, piece: int) -> Case:
        """Return the case of a piece, by its number."""
        return altered(self.case, self.design.draw(piece).all(self.case))


class BestPiecesWorker:
    """Answers the pieces of a design."""

    def __init__(self, task: BestPieces) -> None:
        self._case_of = task.case_of
        self._solver = PieceSolver(task.case, task.nominal, task.case_of, task.gap, task.limits)

    def learn(self, rows: Sequence[Row]) -> None:
        """Take what came of other pieces."""
        self._solver.learn(rows)

    def do(self, piece: int) -> Row:
        """Return the answer to a piece."""
        found = self._solver.begin().row(piece, self._case_of(piece))
        return {key: found[key] for key in ("number", "stop", "value", "bound", "plan")}


def sensitivity(
    found: Simulation,
    base: int = 128,
    *,
    inputs: int = 8,
    best: bool = True,
    watch: Callable[[SpreadOf], Watcher | None] | None = None,
) -> Sensitivity:
    """Return how much of the spread each uncertain input causes.

    Parameters
    ----------
    found
        A simulation that is done; its case, plan, ranges, seed, gap, workers and study file are
        used. What is done is kept in the study beside the draws.
    base
        Base draws, a power of 2 from 16 to 8,192. More of them leave the first ones as they are.
    inputs
        How many ranges have an index of their own: those that go most with the answers of the
        simulation, of those that change what a plan found is worth when nothing else changes. The
        others count together, so that the plan is recounted *base* times (inputs + 5) at most.
    best
        Whether as many best plans are searched for, too.
    watch
        Returns whom to tell of progress, for each outcome that takes its time.

    Raises
    ------
    InputError
        Where the number of base draws is no power of 2, or the study is one of something else.
    """
    check_base(base)
    names = found.uncertainty.names
    if 2 * len(names) > scipy.stats.qmc.Sobol.MAXDIM:
        raise _refused("--indices", f"{len(names):,}", _("at most 10,000 inputs"))
    groups = _groups(found, inputs)
    with study_of(found) as study:
        running = _IndexRun(
            found, base, study, choose_executor(found.options.workers, found.options.cluster)
        )
        try:
            if found.nominal.choices is not None:
                running.plan(groups, watch and watch(SpreadOf.WORTH))
            if best and running.ending is Ending.DONE:
                running.best(groups, watch and watch(SpreadOf.BEST))
        except KeyboardInterrupt:
            running.ending = Ending.INTERRUPTED
        return running.result()


def check_base(base: int) -> None:
    """Check a number of base draws.

    Raises
    ------
    InputError
        Where it is no power of 2, or too small or large.
    """
    if not LEAST <= base <= MOST or base & (base - 1):
        expected = _("a power of 2 from {least} to {most:,}, such as 128")
        raise _refused("--indices", str(base), expected.format(least=LEAST, most=MOST))


def pieces_at_most(base: int, inputs: int) -> int:
    """Return how many draws indices take, at most: of two designs, and of each input exchanged.

    Inputs are the ranges with an index of their own, the other ranges, what costs share, and weights.
    """
    return base * (inputs + 5)


class _IndexRun:
    """Runs the designs of a study, and works out what they say."""

    def __init__(self, found: Simulation, base: int, study: Study, who: Executor) -> None:
        self._found = found
        self._base = base
        self._study = study
        self._who = who
        self._causes: list[Causes] = []
        self._constant: list[SpreadOf] = []
        self._answers = 0
        self._before_dependence = False
        self.ending = Ending.DONE

    def result(self) -> Sensitivity:
        return Sensitivity(
            self._base,
            tuple(self._causes),
            tuple(self._constant),
            self._answers,
            self._before_dependence,
            self.ending,
            self._study.seconds,
        )

    def plan(self, groups: Groups, watch: Watcher | None) -> None:
        """Recount the plan as things stand in every piece."""
        found, choices = self._found, self._found.nominal.choices
        assert choices is not None
        design = Designed(found.uncertainty, groups, self._base)
        part = _part("plan", groups, write_choices(choices))
        task = PlanPieces(self._name(part), found.case, choices, design)
        rows = self._rows(task, part, design, watch)
        if rows is None:
            return
        value = _array(row["value"] for row in rows)
        holds = ~np.isnan(value)
        self._before_dependence = not holds.all() and any(e.dependence for e in found.case.funds)
        worth = value if holds.all() else _array(row["anyway"] for row in rows)
        self._explain(SpreadOf.WORTH, design, worth)
        self._explain(SpreadOf.HOLDS, design, holds.astype(float))

    def best(self, groups: Groups, watch: Watcher | None) -> None:
        """Find the best plan of every piece."""
        found = self._found
        design = Designed(found.uncertainty, groups, self._base)
        part = _part("best", groups, [])
        task = BestPieces(
            self._name(part),
            found.case,
            found.nominal,
            design,
            found.options.gap,
            found.options.limits,
        )
        rows = self._rows(task, part, design, watch)
        if rows is None:
            return
        self._answers = len(rows)
        sure = np.array([row["stop"] in ("optimal", "gap") for row in rows], dtype=bool)
        value = np.where(sure, _array(row["value"] for row in rows), np.nan)
        bound = np.where(sure, _array(row["bound"] for row in rows), np.nan)
        self._explain(SpreadOf.BEST, design, value, bound - value)

    def _name(self, part: str) -> str:
        return f"{name_of(self._found)} {part} {self._base}"

    def _rows(
        self, task: PlanPieces | BestPieces, part: str, design: Designed, watch: Watcher | None
    ) -> list[Row] | None:
        limit = self._found.options.time_limit
        self.ending = run(
            task, design.count, self._study, self._who, part=part, time_limit=limit, watch=watch
        )
        rows = list(self._study.rows(design.count, part))
        return rows if len(rows) == design.count else None

    def _explain(
        self, outcome: SpreadOf, design: Designed, values: np.ndarray, off: np.ndarray | None = None
    ) -> None:
        by_base = values.reshape(design.base, design.pieces_of_draw)
        complete = np.flatnonzero(~np.isnan(by_base).any(axis=1))
        if len(complete) < FEWEST:
            return
        used = complete[: 1 << (len(complete).bit_length() - 1)]
        table = by_base[used]
        if np.ptp(table) < NO_VARIATION:
            self._constant.append(outcome)
            return
        spread = float(table[:, :2].std())
        if spread < NO_SPREAD:
            return
        floor = 0.0
        if off is not None:
            widths = off.reshape(by_base.shape)[used]
            most = np.maximum(widths[:, :1], widths[:, 2:])
            floor = float((most**2).mean(axis=0).max() / (2 * spread**2))
        rows = tuple(_indices(design.groups, table, self._found.uncertainty.seed))
        left_out = design.base - len(used)
        self._causes.append(Causes(outcome, len(used), left_out, spread, floor, rows))


def _indices(groups: Groups, table: np.ndarray, seed: int) -> Iterator[Index]:
    """Yield the indices of every group, the largest part first."""
    point = _sobol(table)
    random = np.random.default_rng(seed)
    size = len(table)
    again = np.array(
        [_sobol(table[random.integers(size, size=size)]) for _time in range(RESAMPLES)]
    )
    low, high = np.quantile(again, ((1 - SURE) / 2, (1 + SURE) / 2), axis=0)
    ends = np.clip([np.minimum(low, point), point, np.maximum(high, point)], 0, 1)
    # what an input does alone is part of what it does with others
    ends[0, 1] = np.maximum(ends[0, 1], np.minimum(ends[0, 0], ends[1, 1]))
    order = sorted(range(len(groups)), key=lambda place: (-point[1, place], groups[place]))
    for place in order:
        alone, together = (tuple(ends[:, kind, place].tolist()) for kind in (0, 1))
        yield Index(groups[place], alone, together)


def _sobol(table: np.ndarray) -> np.ndarray:
    """Return first-order and total indices of every group, from answers by base draw.

    SciPy wants two groups at least: one that changes nothing is added and left out again.
    """
    a, b = table[:, 0], table[:, 1]
    if np.ptp(np.concatenate([a, b])) == 0:
        return np.zeros((2, table.shape[1] - 2))
    mixed = np.vstack([table[:, 2:].T, a])
    answers = {"f_A": a[np.newaxis], "f_B": b[np.newaxis], "f_AB": mixed[:, np.newaxis]}
    found = scipy.stats.sobol_indices(func=answers, n=len(table))
    return np.array([found.first_order[:-1], found.total_order[:-1]])


def _groups(found: Simulation, inputs: int) -> Groups:
    """Return the live ranges that go most with the answer, one by one, and the others together."""
    answers = (
        np.where(found.sure, found.value, np.nan),
        found.promised,
        (~np.isnan(found.promised)).astype(float),
    )
    strength = {
        row.name: max(
            _goes_with(found.inputs[parameter.name], answer)
            for parameter in row.parameters
            for answer in answers
        )
        for row in found.uncertainty.ranges
    }
    joined = [group.names for group in found.uncertainty.correlated]
    single = strength.keys() - {name for names in joined for name in names}
    ranked = sorted(
        [*joined, *((name,) for name in single)],
        key=lambda names: (-max(strength[name] for name in names), names),
    )
    shared = tuple((name,) for name in found.uncertainty.names if name not in strength)
    own = [*_live(found, shared), *islice(_live(found, tuple(ranked)), inputs)]
    left = (names for names in (*shared, *ranked) if names not in own)
    others = tuple(sorted(name for names in left for name in names))
    return (*own, *((others,) if others else ()))


def _live(found: Simulation, groups: Groups) -> Iterator[tuple[str, ...]]:
    """Yield the groups that change what a plan is worth, or whether it holds, when they alone change.

    Chance never makes a group live that no plan recounted depends on, as it may make two columns
    of draws go together.
    """
    plans = [plan.choices for plan in found.followed] or [
        choices for choices in (found.nominal.choices,) if choices is not None
    ]
    design = Designed(found.uncertainty, groups, TRIED)
    recounting = Recounting()

    @cache
    def worth(piece: int, plan: Choices) -> tuple[bool, float]:
        case = altered(found.case, design.draw(piece).all(found.case))
        holding = recounting.recount_if_allowed(case, plan)
        return (
            (False, recounting.worth_regardless(case, plan))
            if holding is None
            else (True, holding.value)
        )

    for place, names in enumerate(groups):
        changed = (
            worth(number * design.pieces_of_draw, plan)
            != worth(number * design.pieces_of_draw + 2 + place, plan)
            for number in range(TRIED)
            for plan in plans[:PLANS]
        )
        if any(changed):
            yield names


def _goes_with(column: np.ndarray, answer: np.ndarray) -> float:
    known = ~np.isnan(answer)
    if known.sum() < 3 or np.ptp(column[known]) == 0 or np.ptp(answer[known]) < NO_SPREAD:
        return 0.0
    return abs(float(scipy.stats.spearmanr(column[known], answer[known]).statistic))


def _part(kind: str, groups: Groups, plan: Sequence[object]) -> str:
    """Return the name of a part of a study."""
    digest = sha256(repr((groups, plan)).encode()).hexdigest()[:16]
    return f"indices {kind} {digest}"


def _array(values: Iterator[float | None]) -> np.ndarray:
    return np.array([np.nan if value is None else value for value in values], dtype=float)


def _refused(where: str, found: str, expected: str) -> InputError:
    return InputError([Fault("", "", "", where, "CB-R04", found, expected, "")])
