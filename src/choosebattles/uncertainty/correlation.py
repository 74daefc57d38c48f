r"""Which numbers are high or low together: rank correlations of draws, by a Gaussian copula.

Numbers of one group come from normal numbers with the correlations

.. math:: r = 2 \sin(\pi \rho / 6)

for which the ranks of what is drawn have the correlation :math:`\rho` that was typed, whatever the
distributions are (of lists, which repeat their values, somewhat less). Every number keeps its own
distribution and its own random stream, and a draw does not depend on how many there are, as it
would if ranks were put in order afterwards (Iman & Conover 1982).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import pi, sin

import numpy as np

from choosebattles.case.case import Case
from choosebattles.case.evidence import Correlation
from choosebattles.case.place import Place
from choosebattles.errors import Fault
from choosebattles.solving.tolerances import NEGATIVE_EIGENVALUE
from choosebattles.spelling import closest, key, quoted
from choosebattles.translation import _
from choosebattles.uncertainty.ranges import Uncertain

UNDRAWN = "CB-R23"
IMPOSSIBLE = "CB-R24"

STEPS = 100
"""Parts of 1 in which it is looked for how much of the correlations is possible."""


@dataclass(frozen=True)
class CorrelatedGroup:
    """Ranges that go together, by name, and what makes independent normal numbers go so."""

    names: tuple[str, ...]
    factor: tuple[tuple[float, ...], ...]
    """Lower triangular: the first range keeps the draws that it has alone."""


@dataclass(frozen=True)
class _Pair:
    first: str
    second: str
    correlation: float
    place: Place


def wrong_correlations(case: Case, ranges: Sequence[Uncertain]) -> list[Fault]:
    """Return pairs of numbers that are not drawn, and pairs that cannot be together.

    Parameters
    ----------
    case
        Facts and decision model.
    ranges
        What is drawn of it.
    """
    pairs, faults = _pairs(case, ranges)
    return faults or [fault for names in _groups(pairs) for fault in _impossible(names, pairs)]


def correlated_groups(case: Case, ranges: Sequence[Uncertain]) -> tuple[CorrelatedGroup, ...]:
    """Return the ranges that go together; ``wrong_correlations`` has found nothing."""
    pairs, _faults = _pairs(case, ranges)
    return tuple(
        CorrelatedGroup(names, tuple(map(tuple, _factor(_matrix(names, pairs)).tolist())))
        for names in _groups(pairs)
    )


def _pairs(case: Case, ranges: Sequence[Uncertain]) -> tuple[list[_Pair], list[Fault]]:
    """Return the pairs of ranges that the rows name, and what is wrong with the others."""
    rows = {
        key(parameter.name): range_.name for range_ in ranges for parameter in range_.parameters
    }
    pairs: list[_Pair] = []
    faults: list[Fault] = []
    seen: dict[frozenset[str], str] = {}
    for row in case.correlations:
        unknown = [
            _undrawn(row, field, name, rows)
            for field, name in (("first", row.first), ("second", row.second))
            if key(name) not in rows
        ]
        if unknown:
            faults += unknown
            continue
        first, second = rows[key(row.first)], rows[key(row.second)]
        both = frozenset((first, second))
        if len(both) == 1 or both in seen:
            faults.append(_needless(row, seen.get(both)))
        else:
            pairs.append(_Pair(first, second, float(row.correlation), row.at("correlation")))
        seen.setdefault(both, row.at("first").cell or _("another row"))
    return pairs, faults


def _undrawn(row: Correlation, field: str, name: str, rows: Mapping[str, str]) -> Fault:
    near = closest(name, rows)
    advice = (
        _("Did you mean {name}?").format(name=near)
        if near
        else _("Give it a row on Ranges, or a range by --spread.")
    )
    expected = _("the plain name of a number that has a range, such as cost.CLOUD.L")
    return row.at(field).fault(UNDRAWN, quoted(name), expected, advice)


def _needless(row: Correlation, other: str | None) -> Fault:
    if other is None:
        found = _("two numbers of one range, which are drawn together")
        expected = _("two numbers, each with a range of its own")
    else:
        found = _("the same pair as in {cell}").format(cell=other)
        expected = _("every pair once")
    return row.at("first").fault(UNDRAWN, found, expected, _("Delete the row."))


def _groups(pairs: Sequence[_Pair]) -> list[tuple[str, ...]]:
    """Return the ranges that pairs join, in the order in which they are named."""
    groups: list[list[str]] = []
    for pair in pairs:
        ends = (pair.first, pair.second)
        joined = [group for group in groups if any(name in group for name in ends)]
        names = [name for group in joined for name in group]
        names += [name for name in ends if name not in names]
        groups = [group for group in groups if group not in joined] + [names]
    return [tuple(group) for group in groups]


def _matrix(names: Sequence[str], pairs: Sequence[_Pair], part: float = 1.0) -> np.ndarray:
    """Return the correlations of the normal numbers behind ranges, of a part of those typed."""
    place = {name: n for n, name in enumerate(names)}
    found = np.eye(len(names))
    for pair in pairs:
        if pair.first in place and pair.second in place:
            one, two = place[pair.first], place[pair.second]
            found[one, two] = found[two, one] = 2 * sin(pi * part * pair.correlation / 6)
    return found


def _possible(matrix: np.ndarray) -> bool:
    return bool(np.linalg.eigvalsh(matrix)[0] >= -NEGATIVE_EIGENVALUE)


def _factor(matrix: np.ndarray) -> np.ndarray:
    """Return the lower triangular root of correlations, those of 1 brought just below it."""
    size = len(matrix)
    return np.asarray(
        np.linalg.cholesky(
            (matrix + 2 * NEGATIVE_EIGENVALUE * np.eye(size)) / (1 + 2 * NEGATIVE_EIGENVALUE)
        )
    )


def _impossible(names: Sequence[str], pairs: Sequence[_Pair]) -> Iterator[Fault]:
    """Yield what is to be corrected of a group: the fewest ranges that cannot be so together."""
    if _possible(_matrix(names, pairs)):
        return
    kept = list(names)
    for name in names:
        fewer = [other for other in kept if other != name]
        if not _possible(_matrix(fewer, pairs)):
            kept = fewer
    guilty = [pair for pair in pairs if pair.first in kept and pair.second in kept]
    part = next(
        n / STEPS for n in range(STEPS - 1, -1, -1) if _possible(_matrix(kept, guilty, n / STEPS))
    )
    cells = ", ".join(pair.place.cell or f"{pair.first} / {pair.second}" for pair in guilty)
    found = _("correlations that no numbers have together: {cells}").format(cells=cells)
    expected = _("numbers that agree: if two go with a third one, they go with each other")
    advice = _("Bring them nearer to 0; {part} times each of them is possible.").format(part=part)
    yield guilty[0].place.fault(IMPOSSIBLE, found, expected, advice)
