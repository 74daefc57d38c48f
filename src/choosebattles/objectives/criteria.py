"""Scores on criteria, layer by layer."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from choosebattles.case.units import Id
from choosebattles.vocabulary import Ledger, Linear, Quantities, Row, reading


@dataclass(frozen=True)
class Criteria:
    r"""What operates counts with its weighted scores; a layer may saturate.

    .. math::

        \sum_l f_l\Bigl(\sum_{c, o \in l, s} w_c \, score(o, c) \, x_{os}\,
        [o \text{ operates in } t]\Bigr), \qquad
        f_l(p) = \min(p,\; L + rate \, (p - L))

    A positive score loses its delay share for each year of waiting.
    """

    reads: ClassVar[frozenset[str]] = reading(of=("credit",))
    part: ClassVar[str] = "criteria"

    def worth(self, q: Quantities, objective: Id, year: int) -> Linear:
        """Return the credited points of all layers."""
        return q.total(q.credit(objective, layer, year) for layer in q.case.layer_names)

    def rows(self, q: Quantities) -> Iterator[Row]:
        """Yield nothing: the bend of a layer is a quantity with rows of its own."""
        yield from ()

    def amount(self, ledger: Ledger, objective: Id, year: int) -> Fraction:
        """Return the credited points of all layers, one layer after the other."""
        points = Fraction(0)
        for layer in ledger.case.layer_names:
            points += ledger.credit(objective, layer, year)
        return points
