"""No fewer than a number of a list."""

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
class AtLeast(RuleUnit):
    r"""At least a number of the listed investments or options are taken.

    .. math:: \sum_{i \in L} z_i \ge k

    where :math:`z_i \in \{0, 1\}` says that *i* is taken, at any time in the horizon.
    """

    reads: ClassVar[frozenset[str]] = reading("number", of=("take",))
    raises: ClassVar[tuple[int, ...]] = (-1,)
    kinds: ClassVar[Mapping[RuleKind, Phrase]] = {
        RuleKind.AT_LEAST: sentence(
            _("At least "), cell("Number"), _(" of "), items("Investments"), _(" must be taken")
        )
    }

    def rows(self, q: Quantities) -> Iterator[Row]:
        """Yield the one row of the rule."""
        taken = q.total(q.take(name) for name in self.rule.investments)
        yield Row(RowName("at_least", (self.name,)), taken >= self.rule.enough, (self.rule.at(),))

    def violations(self, ledger: Ledger) -> Iterator[Violation]:
        """Yield by how many the plan misses the number."""
        taken = [name for name in self.rule.investments if ledger.take(name)]
        if len(taken) < self.rule.enough:
            text = _("{taken} of {listed} are taken; at least {number} must be").format(
                taken=len(taken), listed=", ".join(self.rule.investments), number=self.rule.enough
            )
            off = Fraction(self.rule.enough - len(taken))
            yield Violation(RowName("at_least", (self.name,)), text, off, (self.rule.at(),))

    def sentence(self) -> str:
        """Return the demand as its user would say it."""
        return _("at least {number} of {names}").format(
            number=self.rule.number, names=", ".join(self.rule.investments)
        )
