"""What is worth more, or less, because several are there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from choosebattles.case.facts import Facts
from choosebattles.case.rule import Rule, RuleKind
from choosebattles.case.units import Id
from choosebattles.formula_sentences import FixedWords, Phrase, cell, filled, items, sentence
from choosebattles.translation import _
from choosebattles.vocabulary import Ledger, Linear, Quantities, Row, reading


@dataclass(frozen=True)
class Synergy:
    r"""While at least *k* of its *n* members operate, a synergy adds its bonus.

    .. math:: w_c \cdot bonus \cdot w_{St}

    with *c* the criterion that it names and :math:`w_{St} \in \{0, 1\}` the word ``together``.
    """

    kinds: ClassVar[Mapping[RuleKind, Phrase]] = {
        RuleKind.SYNERGY: sentence(
            _("While "),
            filled("Number", sentence(cell("Number"), _(" of ")), _("all of ")),
            items("Investments"),
            _(" operate:"),
            filled(
                "Bonus", sentence(" ", cell("Bonus"), _(" points a year on "), cell("Criterion"))
            ),
            filled(
                "Saving per year",
                sentence(
                    filled("Bonus", FixedWords(_(" and"))),
                    " ",
                    cell("Saving per year"),
                    _(" million a year saved"),
                    filled("Saving to", sentence(_(" for "), cell("Saving to"))),
                ),
            ),
        )
    }
    reads: ClassVar[frozenset[str]] = reading("bonus", of=("weight", "together"))
    part: ClassVar[str] = "criteria"

    def worth(self, q: Quantities, objective: Id, year: int) -> Linear:
        """Return the weighted bonuses of the synergies on criteria of the objective."""
        return q.total(
            q.weight(criterion) * Fraction(rule.bonus) * q.together(rule, year)
            for rule, criterion in _scoring(q.case, objective)
        )

    def rows(self, q: Quantities) -> Iterator[Row]:
        """Yield nothing: ``together`` is a quantity with rows of its own."""
        yield from ()

    def amount(self, ledger: Ledger, objective: Id, year: int) -> Fraction:
        """Return the weighted bonuses of the synergies that are reached."""
        points = Fraction(0)
        for rule, criterion in _scoring(ledger.case, objective):
            if ledger.together(rule, year):
                points += ledger.weight(criterion) * Fraction(rule.bonus)
        return points


def _scoring(case: Facts, objective: Id) -> Iterator[tuple[Rule, Id]]:
    own = {criterion.id for criterion in case.criteria_of[objective]}
    for rule in case.synergies:
        if rule.criterion in own:
            yield rule, rule.criterion
