r"""Draws of what is uncertain: the same draw of a number has the same value in every study.

Every number has a random stream of its own, spawned from the seed (NumPy's ``SeedSequence``), of
which draw *i* takes the *i*-th number, so that neither the count of draws nor another range
changes it. With
:math:`u` uniform, a triangular number is the inverse of its distribution at *u*; a PERT number is
a beta distribution on low to high with shape parameters

.. math:: 1 + 4 \frac{likely - low}{high - low}, \qquad 1 + 4 \frac{high - likely}{high - low}.

Costs may share a part :math:`\rho` of what is uncertain of them (a one-factor Gaussian copula):
:math:`u = \Phi(\sqrt\rho\, z_0 + \sqrt{1-\rho}\, z)`; each keeps its own distribution.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property, lru_cache
from math import sqrt
from pathlib import Path
from zlib import crc32

import numpy as np
from scipy.special import betaincinv, ndtr, ndtri

from choosebattles.arguments import check_number
from choosebattles.case.case import Case
from choosebattles.case.decision_model import Objective
from choosebattles.case.facts import Facts
from choosebattles.case.numbers import QUANTITIES
from choosebattles.case.parameter import decimal_of
from choosebattles.case.units import Id
from choosebattles.errors import Fault, InputError
from choosebattles.solving.tolerances import FLOAT_SUM, SHARE_SUM
from choosebattles.uncertainty.change import Parameter, check_value, find_parameter, number
from choosebattles.uncertainty.ranges import OUTSIDE, Uncertain, drawable, outside, typed_ranges
from choosebattles.words import _
from choosebattles.workbook.reader import as_case

DECIMALS = 6
"""Decimals of a number drawn."""

TRIES = 100_000
"""How often weights are drawn until they lie within their intervals."""

CHUNK = 64
"""Numbers of a random stream that are made at a time."""

WEIGHTS = "weights"
COMMON = "costs in common"


class Shape(StrEnum):
    """How likely what lies between low, likely and high is."""

    PERT = "pert"
    TRIANGULAR = "triangular"


class Weights(StrEnum):
    """Which weights of the objectives are drawn."""

    FIXED = "fixed"
    INTERVALS = "intervals"
    """Within Weight low and Weight high, every one as likely as any other."""
    SIMPLEX = "simplex"
    """All weights there are, every one as likely as any other."""


@dataclass(frozen=True)
class Spread:
    """A range for every number of a quantity that has none on the sheet Ranges.

    From ``less`` below the likely value to ``more`` above it: shares of it or, with
    ``points``, the numbers themselves.
    """

    quantity: str
    less: Decimal
    more: Decimal
    points: bool = False

    def __post_init__(self) -> None:
        """Take floats too, as the decimals that they are typed as; refuse what is no number.

        Raises
        ------
        InputError
            For anything but finite numbers.
        """
        object.__setattr__(self, "less", decimal_of("less", self.less))
        object.__setattr__(self, "more", decimal_of("more", self.more))


@dataclass(frozen=True)
class Uncertainty:
    """Everything that is uncertain of a case, and how it is drawn."""

    ranges: tuple[Uncertain, ...]
    objectives: tuple[Objective, ...]
    weights: Weights
    shape: Shape
    common: float
    seed: int

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Return the names of what is drawn by itself: ranges, what costs share, weights."""
        shared = (COMMON,) if self.common and any(range_.costly for range_ in self.ranges) else ()
        drawn = (WEIGHTS,) if self.weights is not Weights.FIXED else ()
        return (*(range_.name for range_ in self.ranges), *shared, *drawn)

    def draw(self, draw: int) -> "Draw":
        """Return a draw by its number from 0."""
        chunk, within = divmod(draw, CHUNK)

        def share(name: str) -> float:
            return float(_uniforms(self.seed, _key(name), chunk)[within])

        return self.at(share, (0, _key(WEIGHTS), draw))

    def at(self, share: Callable[[str], float], stream: tuple[int, ...]) -> "Draw":
        """Return what every number is at a share of its distribution, and weights.

        Parameters
        ----------
        share
            By the name of what is drawn, more than 0 and less than 1.
        stream
            Tells the random stream from which weights are drawn from others.
        """
        shared = float(ndtri(share(COMMON))) if COMMON in self.names else 0.0
        numbers: dict[Parameter, Decimal] = {}
        for range_ in self.ranges:
            below = share(range_.name)
            if range_.costly and self.common:
                own = sqrt(1 - self.common) * float(ndtri(below))
                below = float(ndtr(sqrt(self.common) * shared + own))
            for place, parameter in enumerate(range_.parameters):
                ends = range_.low[place], range_.likely[place], range_.high[place]
                numbers[parameter] = quantile(self.shape, below, *ends)
        seeds = np.random.SeedSequence(self.seed, spawn_key=stream)
        random = np.random.Generator(np.random.PCG64(seeds))
        return Draw(numbers, draw_weights(self.objectives, self.weights, random))


def _key(name: str) -> int:
    """Return what tells the random stream of a name from others."""
    return crc32(name.casefold().encode())


@lru_cache(maxsize=8192)
def _uniforms(seed: int, key: int, chunk: int) -> np.ndarray:
    """Return a chunk of the random stream of a name."""
    seeds = np.random.SeedSequence(seed, spawn_key=(0, key))
    return np.random.Generator(np.random.PCG64(seeds).advance(CHUNK * chunk)).random(CHUNK)


@dataclass(frozen=True)
class Draw:
    """Numbers drawn, and weights of objectives that add up to 1 (none: as in the case)."""

    numbers: Mapping[Parameter, Decimal]
    weights: Mapping[Id, float]

    def all(self, case: Facts) -> dict[Parameter, Decimal]:
        """Return every number, weights too."""
        weights = {
            find_parameter(case, f"weight.{name}"): rounded(weight)
            for name, weight in self.weights.items()
        }
        return {**self.numbers, **weights}


def quantile(shape: Shape, share: float, low: Decimal, likely: Decimal, high: Decimal) -> Decimal:
    """Return the number below which a share of a distribution lies."""
    a, m, b = float(low), float(likely), float(high)
    if a == b:
        return likely
    if shape is Shape.PERT:
        first, second = 1 + 4 * (m - a) / (b - a), 1 + 4 * (b - m) / (b - a)
        return rounded(a + (b - a) * float(betaincinv(first, second, share)))
    if share < (m - a) / (b - a):
        return rounded(a + sqrt(share * (b - a) * (m - a)))
    return rounded(b - sqrt((1 - share) * (b - a) * (b - m)))


def rounded(value: float) -> Decimal:
    """Return a number drawn as the case holds it."""
    return Decimal(format(value, f".{DECIMALS}f")).normalize()


def draw_weights(
    objectives: Sequence[Objective], weights: Weights, random: np.random.Generator
) -> dict[Id, float]:
    """Return weights that add up to 1.

    Within intervals, every vector of weights is as likely as any other; objectives without an
    interval share what is left as their likely weights are. On the simplex, the gaps between
    sorted uniforms are taken.
    """
    if weights is Weights.FIXED:
        return {}
    names = [objective.id for objective in objectives]
    if weights is Weights.SIMPLEX:
        cuts = np.sort(random.random(len(names) - 1))
        return dict(zip(names, np.diff([0.0, *cuts, 1.0]).tolist(), strict=True))
    bounds = intervals(objectives)
    rest = [objective for objective in objectives if objective.id not in bounds]
    low = np.array([bound[0] for bound in bounds.values()])
    high = np.array([bound[1] for bound in bounds.values()])
    for _try in range(TRIES):
        found = low + (high - low) * random.random(len(low))
        if not rest:
            found[-1] = 1 - found[:-1].sum()
        if (
            low[-1] - FLOAT_SUM <= found[-1] <= high[-1] + FLOAT_SUM
            and found.sum() <= 1 + FLOAT_SUM
        ):
            break
    else:
        raise _no_weights(objectives[0])
    whole = float(sum(objective.weight for objective in rest))
    left = max(0.0, 1 - float(found.sum()))
    shared = {
        objective.id: left * (float(objective.weight) / whole if whole else 1 / len(rest))
        for objective in rest
    }
    typed = dict(zip(bounds, found.tolist(), strict=True))
    return {name: typed[name] if name in typed else shared[name] for name in names}


def intervals(objectives: Sequence[Objective]) -> dict[Id, tuple[float, float]]:
    """Return the intervals of weights that are typed, as shares of the sum of likely weights."""
    whole = float(sum(objective.weight for objective in objectives))
    return {
        objective.id: (
            float(objective.weight if objective.weight_low is None else objective.weight_low)
            / whole,
            float(objective.weight if objective.weight_high is None else objective.weight_high)
            / whole,
        )
        for objective in objectives
        if objective.weight_low is not None or objective.weight_high is not None
    }


def what_varies(
    case: Case | Path | str,
    *,
    spreads: Sequence[Spread] = (),
    weights: Weights | None = None,
    shape: Shape = Shape.PERT,
    common: float = 0.5,
    seed: int = 1,
) -> Uncertainty:
    """Return what is uncertain of a case: the sheet Ranges, spreads, and weights.

    Parameters
    ----------
    case
        The case.
    spreads
        Ranges for numbers that have none on the sheet.
    weights
        Which weights are drawn: within their intervals where any is typed, unless said otherwise.
    shape
        How likely what lies between is.
    common
        The share of what is uncertain of costs that all costs share, 0 to 1.
    seed
        Another seed gives other draws.

    Raises
    ------
    InputError
        Where a likely value lies outside its range, a range makes no sense for the case, no
        weights lie within the intervals, or nothing at all is uncertain.
    """
    case = as_case(case)
    check_number("common", common, 0, 1)
    check_number("seed", seed, whole=True)
    objectives = case.model.objectives
    if weights is None:
        weights = Weights.INTERVALS if intervals(objectives) else Weights.FIXED
    if weights is Weights.INTERVALS:
        _possible(objectives)
    ranges = tuple(_ranges(case, spreads))
    if faults := [fault for range_ in ranges for fault in outside(case, range_)]:
        raise InputError(faults)
    for range_ in ranges:
        for place, parameter in enumerate(range_.parameters):
            check_value(case, parameter, range_.low[place])
            check_value(case, parameter, range_.high[place])
    if not ranges and weights is Weights.FIXED:
        expected = _("ranges, intervals of weights, or --spread")
        advice = _("Fill the sheet Ranges, or try --spread score=20% --spread cost=-10%..40%.")
        found = _("nothing that is uncertain")
        raise InputError([Fault("", "Ranges", "", "", "CB-R21", found, expected, advice)])
    return Uncertainty(ranges, objectives, weights, shape, common, seed)


def _ranges(case: Case, spreads: Sequence[Spread]) -> Iterator[Uncertain]:
    typed = tuple(typed_ranges(case))
    yield from typed
    taken = {parameter.name for range_ in typed for parameter in range_.parameters}
    owners = {investment.id for investment in case.investments} - case.options.keys()
    for spread in spreads:
        found = drawable(case, spread.quantity)
        for member in dict.fromkeys(member for member, _name in found):
            quantity = f"{spread.quantity}: {member}" if member else spread.quantity
            for (its, name), drawn in found.items():
                parameters = tuple(it for it in drawn if it.name not in taken and number(case, it))
                if its == member and name not in owners and parameters:
                    yield _spreading(case, f"{quantity} {name}", parameters, spread)


def _spreading(
    case: Case, name: str, parameters: tuple[Parameter, ...], spread: Spread
) -> Uncertain:
    likely = tuple(number(case, parameter) for parameter in parameters)
    size = [Decimal(1) if spread.points else abs(value) for value in likely]
    of = QUANTITIES[spread.quantity][0]
    least, most = of.bounds.low, of.bounds.high
    low = [value - spread.less * by for value, by in zip(likely, size, strict=True)]
    high = [value + spread.more * by for value, by in zip(likely, size, strict=True)]
    return Uncertain(
        name,
        parameters,
        likely,
        tuple(value if least is None else max(least, value) for value in low),
        tuple(value if most is None else min(most, value) for value in high),
        of.with_costs,
    )


def _possible(objectives: Sequence[Objective]) -> None:
    bounds = intervals(objectives)
    least = sum(bound[0] for bound in bounds.values())
    most = sum(bound[1] for bound in bounds.values())
    if least > 1 + SHARE_SUM or (most < 1 - SHARE_SUM and len(bounds) == len(objectives)):
        raise _no_weights(objectives[0])


def _no_weights(first: Objective) -> InputError:
    expected = _("weights low and high that leave weights with the sum of the likely ones")
    found = _("intervals within which no weights add up")
    advice = _("Widen an interval, or try --weights simplex.")
    return InputError([first.at("weight_low").fault(OUTSIDE, found, expected, advice)])
