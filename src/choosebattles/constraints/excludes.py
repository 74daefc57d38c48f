"""What cannot go together."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from choosebattles.case.rule import Rule
from choosebattles.terms import Ledger, Quantities, Row, RowName, Violation, reading
from choosebattles.words import _


@dataclass(frozen=True)
class Excludes:
    r"""At most one of a list; or none of it together with any of the second list.

    .. math::

        \sum_{i \in L} z_i \le 1 \quad \text{(Needs blank)}, \qquad
        z_i + z_j \le 1 \quad (i \in L, j \in N) \quad \text{(Needs filled)}
    """

    rule: Rule
    name: str
    reads: ClassVar[frozenset[str]] = reading(of=("take",))

    def rows(self, q: Quantities) -> Iterator[Row]:
        """Yield one row for the list, or one for each pair of the two lists."""
        if not self.rule.needs:
            taken = q.total(q.take(each) for each in self.rule.investments)
            yield Row(RowName("excludes", (self.name,)), taken <= 1, (self.rule.at(),))
        for each in self.rule.investments:
            for other in self.rule.needs:
                both = q.take(each) + q.take(other)
                yield Row(
                    RowName("excludes", (self.name, each, other)), both <= 1, (self.rule.at(),)
                )

    def violations(self, ledger: Ledger) -> Iterator[Violation]:
        """Yield what was taken together and may not be."""
        taken = [each for each in self.rule.investments if ledger.take(each)]
        others = [each for each in self.rule.needs if ledger.take(each)]
        if (taken and others) or (not self.rule.needs and len(taken) > 1):
            text = _("{taken} are taken together; the rule excludes that").format(
                taken=", ".join(taken + others)
            )
            yield Violation(RowName("excludes", (self.name,)), text, asked_by=(self.rule.at(),))
