"""All of a list or none of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from choosebattles.case.rule import Rule
from choosebattles.terms import Ledger, Quantities, Row, RowName, Violation, reading
from choosebattles.words import _


@dataclass(frozen=True)
class Together:
    r"""The listed investments or options are taken all or not at all.

    .. math:: z_i = z_{i'} \qquad \text{for the first } i' \text{ and every other } i \text{ of the list}
    """

    rule: Rule
    name: str
    reads: ClassVar[frozenset[str]] = reading(of=("take",))

    def rows(self, q: Quantities) -> Iterator[Row]:
        """Yield one row for each of the list but the first."""
        first, *others = self.rule.investments
        for each in others:
            same = q.take(each) == q.take(first)
            yield Row(RowName("together", (self.name, each)), same, (self.rule.at(),))

    def violations(self, ledger: Ledger) -> Iterator[Violation]:
        """Yield how many are missing where some are taken."""
        missing = [each for each in self.rule.investments if not ledger.take(each)]
        if 0 < len(missing) < len(self.rule.investments):
            text = _("{missing} are not taken though others of the list are").format(
                missing=", ".join(missing)
            )
            yield Violation(
                RowName("together", (self.name,)), text, Fraction(len(missing)), (self.rule.at(),)
            )
