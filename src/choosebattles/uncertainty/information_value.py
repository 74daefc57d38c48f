r"""What it is worth to know an uncertain figure before deciding: value of information.

Of the plans *D* that a simulation found and followed, and doing nothing, each has a worth
:math:`v_d` in every draw; a plan that cannot be carried out in a draw is worth there what doing
nothing is. Whoever decides now takes the plan that is best on average. Whoever knew everything
would take the best one of each draw: the expected value of perfect information is

.. math:: EVPI = E[\max_{d \in D} v_d] - \max_{d \in D} E[v_d].

Whoever knew the inputs *x* alone would take the plan that is best on average of all that is then
still open:

.. math:: EVPPI(x) = E_x[\max_{d \in D} E[v_d \mid x]] - \max_{d \in D} E[v_d].

The inner expectations are regressions of differences from the plan that is best on average, on
splines of *x* with a ridge by generalised cross-validation (after Strong, Oakley & Brennan 2014,
doi:10.1177/0272989X13505910). They are cross-fitted: the plan of a draw is chosen by a regression
on other draws, and credited with what it is worth in that draw, so that an input that tells
nothing gains nothing by chance. Both are lower estimates: *D* has not all plans, and no regression is
perfect. What no choice of plans exceeds follows from the bounds of the answers.

Intervals, 19 times out of 20, are bootstrapped over the draws.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby

import numpy as np

from choosebattles.audit.recount import under_way
from choosebattles.case.case import Case
from choosebattles.execution.executor import choose_executor
from choosebattles.execution.progress import Watcher
from choosebattles.execution.run_pieces import Ending, run
from choosebattles.execution.task import OneStage, Row, Untaught
from choosebattles.notebook_display import Tabular
from choosebattles.solving.tolerances import NO_DIRECTION, NO_VARIATION
from choosebattles.translation import _
from choosebattles.uncertainty.altered_case import altered
from choosebattles.uncertainty.draw import WEIGHTS, Uncertainty
from choosebattles.uncertainty.gain_in_money import GainInMoney, gain_in_money
from choosebattles.uncertainty.ranges import Uncertain
from choosebattles.uncertainty.recount_in_each_case import Recounting
from choosebattles.uncertainty.regret import FollowedPlan
from choosebattles.uncertainty.simulate import Simulation, name_of, study_of

FEWEST = 20
"""Draws without which nothing is said."""

FOLDS = 5
"""Parts of the draws; the plan of a draw is chosen by what the other parts say."""

POINTLESS = 0.005
"""Points below which nothing is said to be worth finding out."""

KNOTS = 7
"""Bends of the curve that is laid through the draws, over one input."""

PER_TERM = 8
"""Draws for each term of a regression on several inputs, at least, as long as they are not linear."""

RIDGES = np.append(10.0 ** np.arange(-4.0, 5.0), np.inf)
"""Ridges to choose from, as multiples of the mean square of the terms; the last is a constant."""

RESAMPLES = 500
"""Times that the draws are drawn again for the intervals."""

AT_A_TIME = 2_000_000
"""Numbers of one array that are in memory at a time."""

SURE = 0.95
"""How often the intervals hold the truth."""

SEEDED = 0xE591
"""Tells the random stream of the intervals from those of the draws."""

Interval = tuple[float, float, float]
"""Low, found and high, in points."""


class Observed(StrEnum):
    """What may be found out together."""

    INPUT = "input"
    """One range, or all weights of the objectives."""
    QUANTITY = "quantity"
    """All ranges of a quantity: costs, scores."""
    OWNER = "owner"
    """All ranges of an investment, shock, provider or fund."""


@dataclass(frozen=True)
class Observable:
    """Inputs that are found out together: their ranges, and a column of numbers drawn for each.

    ``columns`` has the shape (draws, columns).
    """

    kind: Observed
    name: str
    inputs: tuple[str, ...]
    columns: np.ndarray


@dataclass(frozen=True)
class InformationValue:
    """What it is worth to know some inputs before deciding: low, found and high, in points."""

    kind: Observed
    name: str
    inputs: tuple[str, ...]
    """The ranges."""
    points: Interval


@dataclass(frozen=True, repr=False)
class ValueOfInformation(Tabular):
    """What it is worth to know everything, single inputs, and groups of them, before deciding.

    ``everything`` is None where too few draws are done, or no plan was followed. ``at_most`` is what
    no knowledge is worth more than, whichever plans there are; None where the bound of a draw is not
    known. ``money`` is what would gain as much as knowing everything. ``base`` is the plan that is best on average (None: doing nothing), worth ``mean`` points;
    ``plans`` were compared, doing nothing among them where it is possible.
    """

    draws: int
    plans: int
    base: FollowedPlan | None
    mean: float
    everything: Interval | None
    at_most: float | None
    money: GainInMoney | None
    inputs: tuple[InformationValue, ...]
    """The input that is worth most first."""
    groups: tuple[InformationValue, ...]
    """All numbers of one quantity, or of one investment; the group that is worth most first."""
    ending: Ending = field(default=Ending.DONE)

    @property
    def summary(self) -> str:
        """Return what knowing everything is worth."""
        if self.everything is None:
            return _("Value of information: not known")
        return _(
            "Value of information: {points:.3f} points, of {plans} plans in {draws:,} draws"
        ).format(points=self.everything[1], plans=self.plans, draws=self.draws)

    @property
    def arrays(self) -> dict[str, np.ndarray]:
        """Return one array for each column, a row for each input and group.

        ``kind`` and ``name``; ``low``, ``found`` and ``high`` in points.
        """
        rows = (*self.inputs, *self.groups)
        low, found, high = zip(*(row.points for row in rows), strict=True) if rows else ((), (), ())
        return {
            "kind": np.array([row.kind.value for row in rows]),
            "name": np.array([row.name for row in rows]),
            "low": np.array(low),
            "found": np.array(found),
            "high": np.array(high),
        }


def _in_money(found: Simulation, points: float) -> GainInMoney | None:
    """Return the money that would gain so many points, where these are worth a word."""
    if points < POINTLESS:
        return None
    options = found.options
    return gain_in_money(found.case, found.nominal, points, options.gap, options.limits)


@dataclass(frozen=True)
class NothingTask(OneStage):
    """Doing nothing new, recounted in every draw, as numbered pieces of work."""

    name: str
    case: Case
    uncertainty: Uncertainty

    def make_worker(self) -> "NothingWorker":
        """Return what recounts it in a draw."""
        return NothingWorker(self)


class NothingWorker(Untaught):
    """Recounts doing nothing new in draws."""

    def __init__(self, task: NothingTask) -> None:
        self._task = task
        self._recounting = Recounting()

    def do(self, piece: int) -> Row:
        """Return what doing nothing new is worth in a draw, and whether it can be done there."""
        case = altered(self._task.case, self._task.uncertainty.draw(piece).all(self._task.case))
        choices = under_way(case).choices
        counted = self._recounting.recount_if_allowed(case, choices)
        if counted is None:
            worth = self._recounting.worth_regardless(case, choices)
        else:
            worth = counted.value
        return {"number": piece, "holds": counted is not None, "value": worth}


def value_of_information(found: Simulation, *, watch: Watcher | None = None) -> ValueOfInformation:
    """Return what it is worth to know uncertain figures before deciding.

    Parameters
    ----------
    found
        A simulation that is done; the plans that it followed are compared (more of them with
        ``candidates``), and doing nothing is recounted in every draw.
    watch
        Told of progress.

    Raises
    ------
    InputError
        Where the study is one of something else.
    """
    if found.ending is not Ending.DONE or not found.followed or len(found.rows) < FEWEST:
        return _unknown(found, found.ending)
    with study_of(found) as study:
        task = NothingTask(f"{name_of(found)} nothing", found.case, found.uncertainty)
        who = choose_executor(found.options.workers, found.options.cluster)
        try:
            ending = run(task, len(found.rows), study, who, part="nothing", watch=watch)
        except KeyboardInterrupt:
            ending = Ending.INTERRUPTED
        rows = list(study.rows(len(found.rows), "nothing"))
    if ending is not Ending.DONE or len(rows) < len(found.rows):
        return _unknown(found, ending)
    nothing = np.array([row["value"] for row in rows], dtype=float)
    possible = any(row["holds"] for row in rows)
    columns = [np.where(plan.holds, plan.values, nothing) for plan in found.followed]
    values = np.column_stack([*columns, *([nothing] if possible else [])])
    inputs, groups = observables(found)
    seed = found.uncertainty.seed
    everything, *worth = values_of_information(values, (*inputs, *groups), seed)
    best = int(values.mean(axis=0).argmax())
    mean = float(values[:, best].mean())
    return ValueOfInformation(
        len(rows),
        values.shape[1],
        found.followed[best] if best < len(found.followed) else None,
        mean,
        everything,
        _at_most(found, nothing, mean),
        _in_money(found, everything[1]),
        _ranked(inputs, worth[: len(inputs)]),
        _ranked(groups, worth[len(inputs) :]),
    )


def _unknown(found: Simulation, ending: Ending) -> ValueOfInformation:
    return ValueOfInformation(len(found.rows), 0, None, 0.0, None, None, None, (), (), ending)


def _at_most(found: Simulation, nothing: np.ndarray, mean: float) -> float | None:
    """Return what no knowledge is worth more than: the bound of every draw, less the best mean."""
    most = np.array([row["stop"] == "infeasible" for row in found.rows])
    best = np.where(most, nothing, np.fmax(found.most, nothing))
    known = most | ~np.isnan(found.most)
    return max(0.0, float(best.mean()) - mean) if known.all() else None


def observables(found: Simulation) -> tuple[list[Observable], list[Observable]]:
    """Return what may be found out: single ranges and weights, and groups of ranges.

    A group has all numbers of a quantity, or all those of an investment, shock, provider or fund.
    """
    drawn = found.inputs
    columns = {
        row.name: column
        for row in found.uncertainty.ranges
        if (column := _moving([drawn[parameter.name] for parameter in row.parameters])) is not None
    }
    inputs = [
        Observable(Observed.INPUT, name, (name,), column[:, None])
        for name, column in columns.items()
    ]
    if WEIGHTS in found.uncertainty.names:
        weights = [column for name, column in drawn.items() if name.startswith("weight.")]
        inputs.append(Observable(Observed.INPUT, WEIGHTS, (WEIGHTS,), np.column_stack(weights)))
    groups: dict[tuple[Observed, str], list[str]] = {}
    for row in found.uncertainty.ranges:
        for group in _groups_of(found.case, row) if row.name in columns else ():
            groups.setdefault(group, []).append(row.name)
    return inputs, [
        Observable(*group, tuple(names), np.column_stack([columns[name] for name in names]))
        for group, names in groups.items()
        if len(names) > 1
    ]


def _moving(columns: Sequence[np.ndarray]) -> np.ndarray | None:
    """Return the first column that varies: numbers of one range rise and fall together."""
    return next((column for column in columns if np.ptp(column) > 0), None)


def _groups_of(case: Case, row: Uncertain) -> Iterator[tuple[Observed, str]]:
    """Yield the quantity of a range, and whose numbers it holds."""
    named = row.parameters[0].found
    if named is not None:
        yield Observed.QUANTITY, named.number.drawn
        owner = case.investment_of.get(named.row)
        yield Observed.OWNER, named.row if owner is None else owner.id


def _ranked(
    observed: Sequence[Observable], worth: Sequence[Interval]
) -> tuple[InformationValue, ...]:
    rows = [
        InformationValue(known.kind, known.name, known.inputs, points)
        for known, points in zip(observed, worth, strict=True)
    ]
    return tuple(sorted(rows, key=lambda row: (-row.points[1], -row.points[2], row.name)))


# --- from arrays alone --------------------------------------------------------------------------


def values_of_information(
    values: np.ndarray, observed: Sequence[Observable], seed: int
) -> list[Interval]:
    """Return what it is worth to know everything, and then each of some inputs and groups.

    Parameters
    ----------
    values
        What each plan is worth in each draw, in points; shape (draws, plans).
    observed
        What may be found out.
    seed
        Of the resamples.
    """
    base = int(values.mean(axis=0).argmax())
    differences = values - values[:, [base]]
    best = differences.max(axis=1)
    return _intervals(np.column_stack([best, *_decided(differences, observed)]), differences, seed)


def _decided(differences: np.ndarray, observed: Sequence[Observable]) -> Iterator[np.ndarray]:
    """Yield what the plan chosen by what is observed of each draw is worth more than the base plan."""
    draws = np.arange(len(differences))
    for chosen in _chosen(differences, observed):
        yield differences[draws, chosen]


def _chosen(differences: np.ndarray, observed: Sequence[Observable]) -> Iterator[np.ndarray]:
    """Yield the plan that is expected to be best in each draw, once something is observed."""
    if np.ptp(differences) < NO_VARIATION:
        yield from (np.zeros(len(differences), dtype=int) for _known in observed)
        return
    step = max(1, AT_A_TIME // (len(differences) * (KNOTS + differences.shape[1])))
    for single, alike in groupby(observed, key=lambda known: known.columns.shape[1] == 1):
        if not single:
            yield from (expected(known.columns, differences).argmax(axis=1) for known in alike)
            continue
        columns = np.column_stack([known.columns for known in alike])
        for first in range(0, columns.shape[1], step):
            some = columns[:, first : first + step]
            yield from expected_by_each(some, differences).argmax(axis=2)


def expected_by_each(columns: np.ndarray, outcomes: np.ndarray) -> np.ndarray:
    """Return what regressions on the draws of other folds expect of each draw by each input alone.

    Parameters
    ----------
    columns, outcomes
        Shapes (draws, inputs) and (draws, outcomes); what is returned has the shape (inputs, draws,
        outcomes).
    """
    x = curves(columns)
    found = np.empty((len(x), *outcomes.shape))
    for own in _folds(len(outcomes)):
        found[:, own] = _regressed(x, outcomes, own)[:, own]
    return found


def expected(columns: np.ndarray, outcomes: np.ndarray) -> np.ndarray:
    """Return what regressions on the draws of other folds expect of each draw by all its inputs.

    What several inputs say together is bent once more: whether a plan can be paid for is a step
    over the sum of its costs, which no sum of curves over single costs is.

    Parameters
    ----------
    columns, outcomes
        Shapes (draws, inputs) and (draws, outcomes).
    """
    draws, count = columns.shape
    bent = curves(columns, min(KNOTS, max(0, draws // (PER_TERM * count) - 1)))
    x = np.moveaxis(bent, 1, 0).reshape(1, draws, -1)
    found = np.empty_like(outcomes)
    for own in _folds(draws):
        together = _regressed(x, outcomes, own)[0]
        found[own] = _regressed(curves(together), outcomes.T[:, :, None], own)[:, own, 0].T
    return found


def _folds(draws: int) -> Iterator[np.ndarray]:
    """Yield the draws of every fold."""
    fold = np.arange(draws) % FOLDS
    return (fold == part for part in range(FOLDS))


def curves(columns: np.ndarray, bends: int = KNOTS) -> np.ndarray:
    """Return a straight line and bends over each input, standardised; shape (inputs, draws, terms).

    A term that does not vary is 0, as where an input takes few values.
    """
    shares = np.arange(1, bends + 1) / (bends + 1)
    knots = np.quantile(columns, shares, axis=0).T[:, None, :]
    line = columns.T[:, :, None]
    every = np.concatenate([line, np.maximum(line - knots, 0)], axis=2)
    every -= every.mean(axis=1, keepdims=True)
    width = every.std(axis=1, keepdims=True)
    moves = width > NO_DIRECTION * np.maximum(1.0, np.abs(line).max(axis=1, keepdims=True))
    return np.asarray(np.divide(every, width, out=np.zeros_like(every), where=moves))


def _regressed(x: np.ndarray, y: np.ndarray, own: np.ndarray) -> np.ndarray:
    """Return what ridge regressions on all draws but some say of every draw.

    Each outcome has the ridge of least generalised cross-validated error; terms that say the same
    share their slope.

    Parameters
    ----------
    x
        Terms; shape (regressions, draws, terms).
    y
        Outcomes, the same for all regressions or of each; shape (draws, outcomes) or (regressions,
        draws, outcomes).
    own
        Which draws are left out.
    """
    others = ~own
    count = int(others.sum())
    known, wanted = x[:, others], y[..., others, :]
    middle, level = known.mean(axis=1, keepdims=True), wanted.mean(axis=-2, keepdims=True)
    known, wanted = known - middle, wanted - level
    size, turn = np.linalg.eigh(known.transpose(0, 2, 1) @ known)
    kept = size > NO_DIRECTION * np.maximum(size[:, -1:], 1.0)
    root = np.sqrt(np.divide(1.0, size, out=np.zeros_like(size), where=kept))[:, :, None]
    along = root * ((known @ turn).transpose(0, 2, 1) @ wanted)  # (regressions, terms, outcomes)
    size = np.where(kept, size, 0.0)[:, None, :]
    shrunk = size / (size + RIDGES[:, None] * count)  # (regressions, ridges, terms)
    free = count - 1 - shrunk.sum(axis=2, keepdims=True)
    left = (wanted**2).sum(axis=-2, keepdims=True) - (shrunk * (2 - shrunk)) @ along**2
    error = np.where(free > 0, np.maximum(left, 0) / np.maximum(free, 1) ** 2, np.inf)
    chosen = np.take_along_axis(shrunk, error.argmin(axis=1)[:, :, None], axis=1)
    slopes = turn @ (root * chosen.transpose(0, 2, 1) * along)
    return np.asarray((x - middle) @ slopes + level)


def _intervals(gains: np.ndarray, differences: np.ndarray, seed: int) -> list[Interval]:
    """Return the mean of every column, less that of the best plan, with its interval.

    Parameters
    ----------
    gains
        Shape (draws, figures): what is gained over the base plan.
    differences
        Shape (draws, plans): the same of each plan; in a resample another one may be the best.
    seed
        Of the resamples.
    """
    draws = len(gains)
    seeds = np.random.SeedSequence(seed, spawn_key=(SEEDED,))
    random = np.random.default_rng(seeds)
    again = []
    step = max(1, AT_A_TIME // draws)
    for first in range(0, RESAMPLES, step):
        size = min(step, RESAMPLES - first)
        counts = random.multinomial(draws, np.full(draws, 1 / draws), size=size) / draws
        again.append(counts @ gains - (counts @ differences).max(axis=1)[:, None])
    low, high = np.quantile(np.concatenate(again), ((1 - SURE) / 2, (1 + SURE) / 2), axis=0)
    point = gains.mean(axis=0)
    ends = np.maximum(0, [np.minimum(low, point), point, np.maximum(high, point)])
    return [(float(a), float(b), float(c)) for a, b, c in ends.T]
