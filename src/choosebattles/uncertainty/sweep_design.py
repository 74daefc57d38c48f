"""Which values a sweep takes: a grid, one number at a time, a Latin hypercube, a Sobol sequence.

Latin hypercubes (McKay, Beckman & Conover 1979) and scrambled Sobol sequences come from
``scipy.stats.qmc``. A Sobol sequence is even at powers of 2 alone, so as many points are taken.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from itertools import accumulate
from math import ceil, log2, prod

import numpy as np
import scipy

from choosebattles.arguments import check_number
from choosebattles.case.case import Case
from choosebattles.case.evidence import SweepAs
from choosebattles.case.facts import Facts
from choosebattles.case.parameter import decimal_of
from choosebattles.errors import Fault, InputError
from choosebattles.translation import _
from choosebattles.uncertainty.altered_case import (
    BUDGET,
    Parameter,
    check_value,
    find_parameter,
    number,
)

UNCLEAR = "CB-R21"

MOST = 1_000_000
"""Points of a sweep, at most."""

DIGITS = 9
"""Digits of a value between two ends."""


class Design(StrEnum):
    """How several numbers are varied together."""

    ONE = "one-at-a-time"
    GRID = "grid"
    LATIN = "latin"
    SOBOL = "sobol"


@dataclass(frozen=True)
class Axis:
    """A number to be varied: from, to, in how many steps; as values, or times what it is.

    ``values`` stands for the three where single values are named.
    """

    name: str
    start: Decimal = Decimal(0)
    stop: Decimal = Decimal(0)
    steps: int = 11
    kind: SweepAs = SweepAs.VALUE
    values: tuple[Decimal, ...] = ()

    def __post_init__(self) -> None:
        """Take floats too, as the decimals that they are typed as; refuse what is no number.

        Raises
        ------
        InputError
            For anything but finite numbers, and for steps that cannot be counted.
        """
        check_number("steps", self.steps, whole=True)
        object.__setattr__(self, "start", decimal_of("start", self.start))
        object.__setattr__(self, "stop", decimal_of("stop", self.stop))
        values = tuple(decimal_of("values", value) for value in self.values)
        object.__setattr__(self, "values", values)


@dataclass(frozen=True)
class SweepPlan:
    """What a sweep varies, and how; ``points`` and ``seed`` are of Latin and Sobol designs.

    Of a Sobol design the points are the next power of 2.
    """

    axes: tuple[Axis, ...]
    design: Design = Design.ONE
    points: int = 128
    seed: int = 1

    def __post_init__(self) -> None:
        """Refuse what cannot be counted.

        Raises
        ------
        InputError
            For points or a seed that are no whole numbers.
        """
        object.__setattr__(self, "axes", tuple(self.axes))
        check_number("points", self.points, whole=True)
        check_number("seed", self.seed, whole=True)

    @property
    def count(self) -> int:
        """Return how many points it has, a value that is named twice counted twice; lays out none."""
        steps = [len(axis.values) or max(1, axis.steps) for axis in self.axes]
        match self.design:
            case Design.GRID:
                return prod(steps)
            case Design.ONE:
                return sum(steps)
            case Design.LATIN:
                return self.points
            case Design.SOBOL:
                return 1 << ceil(log2(max(1, self.points)))


Point = tuple[Decimal | None, ...]
"""A value for each number that is varied; None where it stays as it is."""


@dataclass(frozen=True)
class Points:
    """The points of a plan, each made when it is asked for.

    Of Latin and Sobol designs their places in the unit cube are kept.
    """

    plan: SweepPlan
    values: tuple[tuple[Decimal, ...], ...]
    """The values of each number that is varied; of Latin and Sobol designs the ends count alone."""

    def __len__(self) -> int:
        """Return how many there are."""
        match self.plan.design:
            case Design.GRID:
                return prod(map(len, self.values))
            case Design.ONE:
                return sum(map(len, self.values))
            case _:
                return self.plan.count

    def __getitem__(self, place: int) -> Point:
        """Return one of them, by its number from 0; of a grid the last number varies first."""
        if not 0 <= place < len(self):
            raise IndexError(place)
        match self.plan.design:
            case Design.GRID:
                found: list[Decimal] = []
                for column in reversed(self.values):
                    place, step = divmod(place, len(column))
                    found.append(column[step])
                return tuple(reversed(found))
            case Design.ONE:
                ends = list(accumulate(map(len, self.values)))
                varied = next(n for n, end in enumerate(ends) if place < end)
                value = self.values[varied][place - ends[varied]]
                return tuple(value if n == varied else None for n in range(len(self.values)))
            case _:
                shares = zip(self._ends, self._cube[place], strict=True)
                return tuple(_between(*ends, float(share)) for ends, share in shares)

    def __iter__(self) -> Iterator[Point]:
        """Yield all, in their order."""
        return (self[place] for place in range(len(self)))

    @cached_property
    def _ends(self) -> tuple[tuple[Decimal, Decimal], ...]:
        return tuple((min(column), max(column)) for column in self.values)

    @cached_property
    def _cube(self) -> np.ndarray:
        """Return points of the unit cube."""
        dimensions, random = len(self.values), np.random.default_rng(self.plan.seed)
        if self.plan.design is Design.LATIN:
            return np.asarray(
                scipy.stats.qmc.LatinHypercube(dimensions, seed=random).random(self.plan.points)
            )
        power = ceil(log2(self.plan.points))
        return np.asarray(scipy.stats.qmc.Sobol(dimensions, seed=random).random_base2(power))

    @property
    def digest(self) -> str:
        """Return what tells these points from others."""
        found = sha256(repr((self.plan.design.value, self.values)).encode())
        if self.plan.design in (Design.LATIN, Design.SOBOL):
            found.update(self._cube.tobytes())
        return found.hexdigest()[:16]


@dataclass(frozen=True)
class LaidOutPlan:
    """A plan laid out for a case: the numbers, what they are in it, and every point."""

    parameters: tuple[Parameter, ...]
    now: tuple[Decimal, ...]
    points: Points


def lay_out(case: Case, plan: SweepPlan) -> LaidOutPlan:
    """Return every point of a plan, once its ends are known to make sense.

    Raises
    ------
    InputError
        Where there is no such number, or the case makes no sense with one of its values.
    """
    if not plan.axes:
        raise unclear("--parameter", _("nothing to vary"), _("at least one number"))
    parameters = tuple(find_parameter(case, axis.name) for axis in plan.axes)
    for parameter in parameters:
        if parameters.count(parameter) > 1:
            raise unclear(parameter.name, _("the same number twice"), _("every number once"))
    check_size(plan)
    values = [
        _values(case, axis, parameter)
        for axis, parameter in zip(plan.axes, parameters, strict=True)
    ]
    for parameter, taken in zip(parameters, values, strict=True):
        for end in sorted({min(taken), max(taken)}):
            _sensible(case, parameter, end)
    return LaidOutPlan(
        parameters,
        tuple(number(case, parameter) for parameter in parameters),
        Points(plan, tuple(values)),
    )


def check_size(plan: SweepPlan) -> None:
    """See that a plan has no more steps and points than are ever laid out; it may come from afar.

    Raises
    ------
    InputError
        Where it has.
    """
    steps = [len(axis.values) or max(1, axis.steps) for axis in plan.axes]
    if sum(steps) > MOST:
        most = max(plan.axes, key=lambda axis: len(axis.values) or axis.steps)
        found = _("{number} steps").format(number=f"{sum(steps):,}")
        expected = _("at most {number} in all").format(number=f"{MOST:,}")
        raise unclear(most.name, found, expected)
    count = plan.points if plan.design in (Design.LATIN, Design.SOBOL) else plan.count
    if not 1 <= count <= MOST:
        expected = _("1 to {number} points").format(number=f"{MOST:,}")
        raise unclear("--points", f"{count:,}", expected)


def _sensible(case: Case, parameter: Parameter, end: Decimal) -> None:
    """See that an end of a range makes sense; said once, of the number typed.

    Raises
    ------
    InputError
        Where it does not.
    """
    try:
        check_value(case, parameter, end)
    except InputError as error:
        first, *others = error.faults
        alike = (first.code, first.where, first.expected)
        if any((other.code, other.where, other.expected) != alike for other in others):
            raise
        number = first.found if not others else f"{end.normalize():f}"
        raise InputError([replace(first, found=number)]) from None


def _values(case: Facts, axis: Axis, parameter: Parameter) -> tuple[Decimal, ...]:
    now = number(case, parameter)
    times = axis.kind is SweepAs.TIMES or parameter.name == BUDGET
    if axis.kind is SweepAs.TIMES and parameter.name != BUDGET and not now:
        found = _("times a number that is 0 or blank")
        raise unclear(axis.name, found, _("values, such as 10..20"))
    taken = axis.values or tuple(_steps(axis))
    return tuple(dict.fromkeys(value * now if times else value for value in taken))


def _steps(axis: Axis) -> Iterator[Decimal]:
    if axis.steps < 1:
        raise unclear(axis.name, str(axis.steps), _("1 step or more"))
    if axis.steps == 1:
        yield axis.start
    for step in range(axis.steps if axis.steps > 1 else 0):
        yield _between(axis.start, axis.stop, step / (axis.steps - 1))


def _between(low: Decimal, high: Decimal, share: float) -> Decimal:
    if share in (0, 1):
        return high if share else low
    return Decimal(format(float(low) + share * float(high - low), f".{DIGITS}g"))


def unclear(where: str, found: str, expected: str, advice: str = "") -> InputError:
    """Return the error for a plan that cannot be read."""
    return InputError([Fault("", "", "", where, UNCLEAR, found, expected, advice)])
