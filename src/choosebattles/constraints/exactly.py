"""Just a number of a list."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from choosebattles.case.rule import RuleKind
from choosebattles.demand import RuleUnit
from choosebattles.formula_sentences import Phrase, cell, items, sentence
from choosebattles.translation import _
from choosebattles.vocabulary import Ledger, Quantities, Row, RowName, Violation, reading


@dataclass(frozen=True)
class Exactly(RuleUnit):
    r"""Just a number of the listed investments or options are taken.

    .. math:: \sum_{i \in L} z_i = k

    where :math:`z_i \in \{0, 1\}` says that *i* is taken, at any time in the horizon.
    """

    reads: ClassVar[frozenset[str]] = reading("number", of=("take",))
    raises: ClassVar[tuple[int, ...]] = (-1, 1)
    kinds: ClassVar[Mapping[RuleKind, Phrase]] = {
        RuleKind.EXACTLY: sentence(
            _("Exactly "), cell("Number"), _(" of "), items("Investments"), _(" must be taken")
        )
    }

    def rows(self, q: Quantities) -> Iterator[Row]:
        """Yield the one row of the rule."""
        taken = q.total(q.take(name) for name in self.rule.investments)
        yield Row(RowName("exactly", (self.name,)), taken == self.rule.enough, (self.rule.at(),))

    def violations(self, ledger: Ledger) -> Iterator[Violation]:
        """Yield by how many the plan misses the number."""
        taken = [name for name in self.rule.investments if ledger.take(name)]
        if len(taken) != self.rule.enough:
            text = _("{taken} of {listed} are taken; exactly {number} may be").format(
                taken=len(taken), listed=", ".join(self.rule.investments), number=self.rule.enough
            )
            off = Fraction(abs(len(taken) - self.rule.enough))
            yield Violation(RowName("exactly", (self.name,)), text, off, (self.rule.at(),))

    def sentence(self) -> str:
        """Return the demand as its user would say it."""
        return _("exactly {number} of {names}").format(
            number=self.rule.number, names=", ".join(self.rule.investments)
        )
