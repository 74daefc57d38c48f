"""What is already decided: must, never, ongoing."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from choosebattles.case.investment import Decision, Investment, Option
from choosebattles.terms import Ledger, Quantities, Row, RowName, Violation, reading
from choosebattles.words import _


def _decided(investment: Investment, decision: Decision) -> tuple[Option, ...]:
    return tuple(each for each in investment.options if each.decision is decision)


@dataclass(frozen=True)
class Locked:
    r"""Decisions that were taken before: one of the must rows, every ongoing, no never.

    .. math::

        \sum_{o \text{ must}} y_o = 1, \qquad y_o = 1 \; (o \text{ ongoing}), \qquad
        y_o = 0 \; (o \text{ never})

    where :math:`y_o = \sum_s x_{os}` says that option *o* is taken.
    """

    investment: Investment
    reads: ClassVar[frozenset[str]] = reading(of=("take",))

    def rows(self, q: Quantities) -> Iterator[Row]:
        """Yield one row for the must rows together and one for each other decided row."""
        must = _decided(self.investment, Decision.MUST)
        if must:
            taken = q.total(q.take(each.id) for each in must)
            places = tuple(each.at("decision") for each in must)
            yield Row(RowName("locked", (self.investment.id, Decision.MUST)), taken == 1, places)
        for decision, value in ((Decision.ONGOING, 1), (Decision.NEVER, 0)):
            for each in _decided(self.investment, decision):
                name = RowName("locked", (each.id, decision))
                yield Row(name, q.take(each.id) == value, (each.at("decision"),))

    def violations(self, ledger: Ledger) -> Iterator[Violation]:
        """Yield one violation for each decision that the plan goes against."""
        for each in self.investment.options:
            taken = bool(ledger.take(each.id))
            if each.decision is Decision.NEVER and taken:
                yield self._broken(each, _("{option} is taken, against the decision never"))
            if each.decision is Decision.ONGOING and not taken:
                yield self._broken(each, _("{option} is ongoing, and is missing"))
        must = _decided(self.investment, Decision.MUST)
        if must and not any(ledger.take(each.id) for each in must):
            text = (
                _("{option} must be taken, and is not")
                if len(must) == 1
                else _("one of {options} must be taken, and none is")
            )
            yield self._broken(must[0], text, must)

    def _broken(self, option: Option, text: str, every: tuple[Option, ...] = ()) -> Violation:
        name = RowName("locked", (option.id, option.decision))
        told = text.format(option=option.id, options=", ".join(each.id for each in every))
        return Violation(name, told, asked_by=tuple(e.at("decision") for e in every or (option,)))
