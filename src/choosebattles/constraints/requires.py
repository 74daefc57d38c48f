"""What must be there before something else may start."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from choosebattles.case.rule import Rule, RuleKind, When
from choosebattles.case.units import Id
from choosebattles.terms import Ledger, Linear, Quantities, Row, RowName, Violation, reading
from choosebattles.words import _


@dataclass(frozen=True)
class Requires:
    r"""Whatever starts finds its prerequisites operating, or at least started.

    For every start year *s* of an investment *A* of the list, with *B* each of Needs (requires
    all) or the sum over Needs (requires any):

    .. math::

        x_A(s) \le op_B(s) \quad \text{(operating)}, \qquad
        \sum_{s' \le s} x_A(s') \le \sum_{s' \le s} x_B(s') \quad \text{(started)}

    Where no *B* has a lifetime, the cumulative form
    :math:`\sum_{s' \le s} x_A(s') \le op_B(s)` says the same and its relaxation is tighter.
    What is ongoing has no prerequisites of its own. After the start nothing is asked.
    """

    rule: Rule
    name: str
    reads: ClassVar[frozenset[str]] = reading(of=("starting", "started", "operating"))

    def rows(self, q: Quantities) -> Iterator[Row]:
        """Yield a row for each investment of the list, group of needs and start year."""
        for each in self.rule.investments:
            for group in self._groups():
                for t in q.horizon:
                    name = RowName("requires", (self.name, each, group[0]), q.case.first_year + t)
                    there = q.total(self._there(q, need, t) for need in group)
                    yield Row(name, self._asking(q, each, group, t) <= there, (self.rule.at(),))

    def violations(self, ledger: Ledger) -> Iterator[Violation]:
        """Yield every start that does not find what it needs."""
        for each in self.rule.investments:
            for group in self._groups():
                for t in ledger.horizon:
                    if ledger.starting(each, t) and not any(
                        self._fulfilled(ledger, need, t) for need in group
                    ):
                        text = _("{investment} starts in {year} without {needs} {when}").format(
                            investment=each,
                            year=ledger.case.first_year + t,
                            needs=", ".join(group),
                            when=self.rule.when,
                        )
                        name = RowName(
                            "requires", (self.name, each, group[0]), ledger.case.first_year + t
                        )
                        yield Violation(name, text, asked_by=(self.rule.at(),))

    def _groups(self) -> tuple[tuple[Id, ...], ...]:
        if self.rule.kind is RuleKind.REQUIRES_ANY:
            return (self.rule.needs,)
        return tuple((each,) for each in self.rule.needs)

    def _there(self, q: Quantities, need: Id, t: int) -> Linear:
        if self.rule.when is When.STARTED:
            return q.started(need, t)
        return q.operating(need, t)

    def _asking(self, q: Quantities, each: Id, group: tuple[Id, ...], t: int) -> Linear:
        for_ever = all(
            option.lifetime is None for need in group for option in q.case.options_of(need)
        )
        if self.rule.when is When.STARTED or for_ever:
            return q.total(q.starting(each, s) for s in range(t + 1))
        return q.starting(each, t)

    def _fulfilled(self, ledger: Ledger, need: Id, t: int) -> bool:
        if self.rule.when is When.STARTED:
            return bool(ledger.started(need, t))
        return bool(ledger.operating(need, t))
