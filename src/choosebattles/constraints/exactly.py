"""Just a number of a list."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from choosebattles.case.rule import Rule
from choosebattles.terms import Ledger, Quantities, Row, RowName, Violation, reading
from choosebattles.words import _


@dataclass(frozen=True)
class Exactly:
    r"""Just a number of the listed investments or options are taken.

    .. math:: \sum_{i \in L} z_i = k

    where :math:`z_i \in \{0, 1\}` says that *i* is taken, at any time in the horizon.
    """

    rule: Rule
    name: str
    reads: ClassVar[frozenset[str]] = reading("number", of=("take",))

    def rows(self, q: Quantities) -> Iterator[Row]:
        """Yield the one row of the rule."""
        taken = q.total(q.take(each) for each in self.rule.investments)
        yield Row(RowName("exactly", (self.name,)), taken == self._number, (self.rule.at(),))

    def violations(self, ledger: Ledger) -> Iterator[Violation]:
        """Yield by how many the plan misses the number."""
        taken = [each for each in self.rule.investments if ledger.take(each)]
        if len(taken) != self._number:
            text = _("{taken} of {listed} are taken; exactly {number} may be").format(
                taken=len(taken), listed=", ".join(self.rule.investments), number=self._number
            )
            off = Fraction(abs(len(taken) - self._number))
            yield Violation(RowName("exactly", (self.name,)), text, off, (self.rule.at(),))

    @property
    def _number(self) -> int:
        assert self.rule.number is not None, "checked with the case"
        return self.rule.number
