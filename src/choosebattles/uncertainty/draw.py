r"""Draws of what is uncertain: the same draw of a number has the same value in every study.

Every number has a random stream of its own, spawned from the seed (NumPy's ``SeedSequence``), of
which draw *i* takes the *i*-th number, so that neither the count of draws nor another range
changes it. A number is the inverse of its distribution at a uniform :math:`u`.

Costs may share a part :math:`\rho` of what is uncertain of them (a one-factor Gaussian copula):
:math:`u = \Phi(\sqrt\rho\, z_0 + \sqrt{1-\rho}\, z)`; each keeps its own distribution. Or the sheet
Correlations says which numbers go together, costs or not.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, lru_cache
from math import sqrt
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from scipy.special import ndtr, ndtri

from choosebattles.arguments import check_number, refused
from choosebattles.case.bounds import NumberBounds, plain
from choosebattles.case.case import Case
from choosebattles.case.decision_model import Objective
from choosebattles.case.evidence import Shape
from choosebattles.case.facts import Facts
from choosebattles.case.numbers import QUANTITIES
from choosebattles.case.parameter import decimal_of
from choosebattles.case.units import Id
from choosebattles.errors import Fault, InputError
from choosebattles.translation import _
from choosebattles.uncertainty.altered_case import Parameter, check_value, find_parameter, number
from choosebattles.uncertainty.correlation import (
    UNDRAWN,
    CorrelatedGroup,
    correlated_groups,
    wrong_correlations,
)
from choosebattles.uncertainty.distribution import (
    EDGE,
    OUTER,
    REACH,
    UNBOUNDED,
    quantile,
    rounded,
)
from choosebattles.uncertainty.ranges import (
    Frozen,
    Uncertain,
    drawable,
    outside,
    typed_ranges,
)
from choosebattles.uncertainty.weight_draws import Weights, check_possible, draw_weights, intervals
from choosebattles.workbook.reader import as_case

CHUNK = 64
"""Numbers of a random stream that are made at a time."""

ENDLESS = frozenset({Shape.NORMAL, Shape.LOGNORMAL})
"""Shapes whose draws go beyond low and high."""

WEIGHTS = "weights"
COMMON = "costs in common"

USUAL_COMMON = 0.5
"""What costs share of what is uncertain of them, unless Correlations says what goes together."""


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
    correlated: tuple[CorrelatedGroup, ...] = ()

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Return the names of what is drawn by itself: ranges, what costs share, weights."""
        shared = (COMMON,) if self.common and any(range_.costly for range_ in self.ranges) else ()
        drawn = (WEIGHTS,) if self.weights is not Weights.FIXED else ()
        return (*(range_.name for range_ in self.ranges), *shared, *drawn)

    @cached_property
    def ends(self) -> Mapping[str, tuple[float, float]]:
        """Return low and high of every number that is drawn, by its plain name, and of weights.

        Of distributions without ends, as of normal ones, the points below which 5 and 95 out of 100
        draws lie.
        """
        found = {
            parameter.name: (float(low), float(high))
            for row in self.ranges
            for parameter, low, high in zip(row.parameters, row.low, row.high, strict=True)
        }
        if self.weights is not Weights.FIXED:
            typed = intervals(self.objectives) if self.weights is Weights.INTERVALS else {}
            for objective in self.objectives:
                found[f"weight.{objective.id}"] = typed.get(objective.id, (0.0, 1.0))
        return found

    @cached_property
    def drawn_with(self) -> Mapping[str, str]:
        """Return, by the names of ``ends``, under which of ``names`` each is drawn."""
        found = {parameter.name: row.name for row in self.ranges for parameter in row.parameters}
        return {name: found.get(name, WEIGHTS) for name in self.ends}

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
        together = self._together(share)
        numbers: dict[Parameter, Decimal] = {}
        for range_ in self.ranges:
            below = together.get(range_.name)
            if below is None:
                below = share(range_.name)
            if range_.costly and self.common:
                own = sqrt(1 - self.common) * float(ndtri(below))
                below = float(ndtr(sqrt(self.common) * shared + own))
            for place, parameter in enumerate(range_.parameters):
                ends = range_.low[place], range_.likely[place], range_.high[place]
                shape = range_.distribution or self.shape
                numbers[parameter] = quantile(shape, below, *ends, bounds_of_parameter(parameter))
        seeds = np.random.SeedSequence(self.seed, spawn_key=stream)
        random = np.random.Generator(np.random.PCG64(seeds))
        return Draw(numbers, draw_weights(self.objectives, self.weights, random))

    def _together(self, share: Callable[[str], float]) -> dict[str, float]:
        """Return the shares of ranges that go together, by name."""
        found: dict[str, float] = {}
        for group in self.correlated:
            normal = [float(ndtri(min(max(share(name), EDGE), 1 - EDGE))) for name in group.names]
            for name, row in zip(group.names, group.factor, strict=True):
                found[name] = float(ndtr(sum(a * b for a, b in zip(row, normal, strict=True))))
        return found


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


def bounds_of_parameter(parameter: Parameter) -> NumberBounds:
    """Return what a number may be at all."""
    return UNBOUNDED if parameter.found is None else parameter.found.number.bounds


def what_varies(
    case: Case | Path | str,
    *,
    spreads: Sequence[Spread] = (),
    weights: Weights | None = None,
    shape: Shape = Shape.PERT,
    common: float | None = None,
    seed: int = 1,
    distributions: Mapping[str, Any] | None = None,
) -> Uncertainty:
    """Return what is uncertain of a case: the sheets Ranges and Correlations, spreads, and weights.

    Parameters
    ----------
    case
        The case.
    spreads
        Ranges for numbers that have none on the sheet.
    weights
        Which weights are drawn: within their intervals where any is typed, unless said otherwise.
    shape
        How likely what lies between is, where a row of Ranges does not say it; not a list.
    common
        The share of what is uncertain of costs that all costs share, 0 to 1. None: a half, or
        nothing where the sheet Correlations says what goes together.
    seed
        Another seed gives other draws.
    distributions
        Distributions of SciPy with their parameters, by the plain name of the number, as in
        ``{"cost.CLOUD.L": scipy.stats.gamma(4, scale=2)}``; for those numbers they stand instead
        of Ranges, and are cut where the number itself ends.

    Raises
    ------
    InputError
        Where a likely value lies outside its range, a range makes no sense for the case, no
        weights lie within the intervals, correlations cannot be together, or nothing at all is
        uncertain.
    """
    case = as_case(case)
    common = _in_common(case, common)
    if shape is Shape.LIST:
        raise refused("shape", shape.value, _("a shape that low and high make"))
    check_number("seed", seed, whole=True)
    objectives = case.model.objectives
    if weights is None:
        weights = Weights.INTERVALS if intervals(objectives) else Weights.FIXED
    if weights is Weights.INTERVALS:
        check_possible(objectives)
    ranges = tuple(_ranges(case, spreads, distributions or {}))
    if faults := [fault for range_ in ranges for fault in outside(case, range_)]:
        raise InputError(faults)
    for range_ in ranges:
        _see_it_positive(range_, shape)
        for parameter, end in _extremes(range_, shape):
            check_value(case, parameter, end)
    if wrong := wrong_correlations(case, ranges):
        raise InputError(wrong)
    if not ranges and weights is Weights.FIXED:
        expected = _("ranges, intervals of weights, or --spread")
        advice = _("Fill the sheet Ranges, or try --spread score=20% --spread cost=-10%..40%.")
        found = _("nothing that is uncertain")
        raise InputError([Fault("", "Ranges", "", "", "CB-R21", found, expected, advice)])
    groups = correlated_groups(case, ranges)
    return Uncertainty(ranges, objectives, weights, shape, common, seed, groups)


def _see_it_positive(range_: Uncertain, shape: Shape) -> None:
    """See that a lognormal range has no low value of 0 or less."""
    if (range_.distribution or shape) is not Shape.LOGNORMAL:
        return
    for parameter, low, high in zip(range_.parameters, range_.low, range_.high, strict=True):
        if low <= 0 and low != high:
            found = _("low {low}, and a lognormal distribution").format(low=plain(low))
            advice = _("Give it another one under Distribution on Ranges, or another --shape.")
            expected = _("low above 0")
            raise InputError(
                [Fault("", "Ranges", "", parameter.name, "CB-L51", found, expected, advice)]
            )


def _extremes(range_: Uncertain, shape: Shape) -> Iterator[tuple[Parameter, Decimal]]:
    """Yield the ends of every number of a range: low and high, or as far as draws come."""
    endless = isinstance(range_.distribution, Frozen) or (range_.distribution or shape) in ENDLESS
    for parameter, low, likely, high in zip(
        range_.parameters, range_.low, range_.likely, range_.high, strict=True
    ):
        yield parameter, low
        yield parameter, high
        if endless:
            bounds = bounds_of_parameter(parameter)
            for share in (REACH, 1 - REACH):
                yield (
                    parameter,
                    quantile(range_.distribution or shape, share, low, likely, high, bounds),
                )


def _in_common(case: Case, common: float | None) -> float:
    """Return what costs share of what is uncertain of them."""
    if common is None:
        return 0.0 if case.correlations else USUAL_COMMON
    check_number("common", common, 0, 1)
    if case.correlations and common:
        found = _("correlations, and a share of costs in common (--common-cost)")
        expected = _("one of the two")
        advice = _("Leave --common-cost out: the sheet says which costs go together.")
        place = case.correlations[0].at("correlation")
        raise InputError([place.fault(UNDRAWN, found, expected, advice)])
    return common


def _ranges(
    case: Case, spreads: Sequence[Spread], distributions: Mapping[str, Any]
) -> Iterator[Uncertain]:
    own = tuple(_given(case, name, scipy) for name, scipy in distributions.items())
    yield from own
    taken = {parameter.name for row in own for parameter in row.parameters}
    for row in typed_ranges(case):
        kept = [n for n, parameter in enumerate(row.parameters) if parameter.name not in taken]
        if len(kept) == len(row.parameters):
            yield row
        elif kept:
            yield _part(row, kept)
        taken |= {parameter.name for parameter in row.parameters}
    owners = {investment.id for investment in case.investments} - case.options.keys()
    for spread in spreads:
        found = drawable(case, spread.quantity)
        for member in dict.fromkeys(member for member, _name in found):
            quantity = f"{spread.quantity}: {member}" if member else spread.quantity
            for (its, name), drawn in found.items():
                parameters = tuple(it for it in drawn if it.name not in taken and number(case, it))
                if its == member and name not in owners and parameters:
                    yield _spreading(case, f"{quantity} {name}", parameters, spread)


def _given(case: Case, name: str, scipy: Any) -> Uncertain:
    """Return the range of a number that has a distribution of SciPy."""
    parameter, distribution = find_parameter(case, name), Frozen(name, scipy)
    if parameter.found is None or not parameter.found.number.drawn:
        expected = _("a number that may be drawn: {words}").format(words=", ".join(QUANTITIES))
        raise refused("distributions", name, expected)
    likely = number(case, parameter)
    bounds = bounds_of_parameter(parameter)
    low, high = (
        quantile(distribution, share, likely, likely, likely, bounds)
        for share in (OUTER, 1 - OUTER)
    )
    costly = parameter.found.number.with_costs
    return Uncertain(parameter.name, (parameter,), (likely,), (low,), (high,), costly, distribution)


def _part(row: Uncertain, kept: Sequence[int]) -> Uncertain:
    """Return a range of some of its numbers alone."""

    def some(values: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(values[n] for n in kept)

    return replace(
        row,
        parameters=some(row.parameters),
        likely=some(row.likely),
        low=some(row.low),
        high=some(row.high),
    )


def _spreading(
    case: Case, name: str, parameters: tuple[Parameter, ...], spread: Spread
) -> Uncertain:
    likely = tuple(number(case, each) for each in parameters)
    size = [Decimal(1) if spread.points else abs(each) for each in likely]
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
