"""An investment is taken in at most one of its options."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from choosebattles.case.case import Case
from choosebattles.case.investment import Investment
from choosebattles.demand import Relaxable, Unit
from choosebattles.translation import _
from choosebattles.vocabulary import Ledger, Quantities, Row, RowName, Violation, reading


@dataclass(frozen=True)
class Selection(Unit):
    r"""An investment is taken once, in one option, with one start year.

    .. math:: z_i = \sum_{o \in O(i)} \sum_{s \in S(o)} x_{os} \le 1
    """

    investment: Investment
    reads: ClassVar[frozenset[str]] = reading(of=("take",))

    def rows(self, q: Quantities) -> Iterator[Row]:
        """Yield one row."""
        name = RowName("selection", (self.investment.id,))
        yield Row(name, q.take(self.investment.id) <= 1, (self.investment.at(),))

    def violations(self, ledger: Ledger) -> Iterator[Violation]:
        """Yield one violation where several options are taken."""
        taken = [option.id for option in self.investment.options if ledger.take(option.id)]
        if len(taken) > 1:
            text = _("{options} are taken; of one investment only one option can be").format(
                options=", ".join(taken)
            )
            yield Violation(
                RowName("selection", (self.investment.id,)), text, asked_by=(self.investment.at(),)
            )

    def demands(self, case: Case, rows: Sequence[RowName]) -> Iterator[Relaxable]:  # noqa: ARG002
        """Yield nothing: it says what an option is, and always holds."""
        yield from ()
