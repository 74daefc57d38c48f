"""All of a list or none of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from choosebattles.case.rule import RuleKind
from choosebattles.demand import RuleUnit
from choosebattles.formula_sentences import Phrase, items, sentence
from choosebattles.translation import _
from choosebattles.vocabulary import Ledger, Quantities, Row, RowName, Violation, reading


@dataclass(frozen=True)
class Together(RuleUnit):
    r"""The listed investments or options are taken all or not at all.

    .. math:: z_i = z_{i'} \qquad \text{for the first } i' \text{ and every other } i \text{ of the list}
    """

    reads: ClassVar[frozenset[str]] = reading(of=("take",))
    kinds: ClassVar[Mapping[RuleKind, Phrase]] = {
        RuleKind.TOGETHER: sentence(items("Investments"), _(": all are taken, or none"))
    }

    def rows(self, q: Quantities) -> Iterator[Row]:
        """Yield one row for each of the list but the first."""
        first, *others = self.rule.investments
        for name in others:
            same = q.take(name) == q.take(first)
            yield Row(RowName("together", (self.name, name)), same, (self.rule.at(),))

    def violations(self, ledger: Ledger) -> Iterator[Violation]:
        """Yield how many are missing where some are taken."""
        missing = [name for name in self.rule.investments if not ledger.take(name)]
        if 0 < len(missing) < len(self.rule.investments):
            text = _("{missing} are not taken though others of the list are").format(
                missing=", ".join(missing)
            )
            off = Fraction(len(missing))
            yield Violation(RowName("together", (self.name,)), text, off, (self.rule.at(),))

    def sentence(self) -> str:
        """Return the demand as its user would say it."""
        return _("{names}: all or none").format(names=", ".join(self.rule.investments))
