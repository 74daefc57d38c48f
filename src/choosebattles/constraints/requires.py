"""What must be there before something else may start."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from choosebattles.case.investment import Option
from choosebattles.case.rule import RuleKind, When
from choosebattles.case.units import Id
from choosebattles.demand import RuleUnit
from choosebattles.formula_sentences import (
    EitherPhrase,
    FixedWords,
    Phrase,
    Test,
    if_several,
    items,
    sentence,
)
from choosebattles.translation import _, listed
from choosebattles.vocabulary import Ledger, Linear, Quantities, Row, RowName, Violation, reading


def _reads_as(between: str, all_of_them: str) -> Phrase:
    return sentence(
        items("Investments"),
        if_several("Investments", _(" each need "), _(" needs ")),
        items("Needs", between),
        if_several("Needs", all_of_them, ""),
        EitherPhrase(
            Test("When", str(When.STARTED)),
            FixedWords(_(" started by the year it starts")),
            FixedWords(_(" operating before it starts")),
        ),
    )


@dataclass(frozen=True)
class Requires(RuleUnit):
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

    reads: ClassVar[frozenset[str]] = reading(of=("starting", "started", "operating"))
    kinds: ClassVar[Mapping[RuleKind, Phrase]] = {
        RuleKind.REQUIRES_ALL: _reads_as(", ", _(" (all of them)")),
        RuleKind.REQUIRES_ANY: _reads_as(_(" or "), ""),
    }

    def rows(self, q: Quantities) -> Iterator[Row]:
        """Yield a row for each investment of the list, group of needs and start year."""
        for name in self.rule.investments:
            for group in self._groups():
                for t in q.horizon:
                    row = RowName("requires", (self.name, name, group[0]), q.case.first_year + t)
                    fulfilled = q.total(self._there(q, need, t) for need in group)
                    yield Row(row, self._asking(q, name, group, t) <= fulfilled, (self.rule.at(),))

    def violations(self, ledger: Ledger) -> Iterator[Violation]:
        """Yield every start that does not find what it needs."""
        for name in self.rule.investments:
            for group in self._groups():
                for t in ledger.horizon:
                    if ledger.starting(name, t) and not any(
                        self._fulfilled(ledger, need, t) for need in group
                    ):
                        text = _("{investment} starts in {year} without {needs} {when}").format(
                            investment=name,
                            year=ledger.case.first_year + t,
                            needs=", ".join(group),
                            when=self.rule.when,
                        )
                        row = RowName("requires", (self.name, name, group[0]))
                        yield Violation(row, text, asked_by=(self.rule.at(),))

    def sentence(self) -> str:
        """Return the demand as its user would say it."""
        text = (
            _("{names}: requires any of {needs}")
            if self._any
            else _("{names}: requires all of {needs}")
        )
        rule = self.rule
        return text.format(names=", ".join(rule.investments), needs=", ".join(rule.needs))

    def shuts_out(self, ledger: Ledger, option: Option) -> str:
        """Return the prerequisites of an option that are not in the plan."""
        own = {option.id, ledger.case.investment_of[option.id].id}
        if not own & {*self.rule.investments}:
            return ""
        missing = [need for need in self.rule.needs if not ledger.take(need)]
        if self._any:
            none = len(missing) == len(self.rule.needs)
            return self.lacks(_(" or ").join(missing)) if none else ""
        return self.lacks(listed(missing)) if missing else ""

    @property
    def _any(self) -> bool:
        return self.rule.kind is RuleKind.REQUIRES_ANY

    def _groups(self) -> tuple[tuple[Id, ...], ...]:
        return (self.rule.needs,) if self._any else tuple((need,) for need in self.rule.needs)

    def _there(self, q: Quantities, need: Id, t: int) -> Linear:
        if self.rule.when is When.STARTED:
            return q.started(need, t)
        return q.operating(need, t)

    def _asking(self, q: Quantities, name: Id, group: tuple[Id, ...], t: int) -> Linear:
        for_ever = all(
            option.lifetime is None for need in group for option in q.case.options_of(need)
        )
        if self.rule.when is When.STARTED or for_ever:
            return q.total(q.starting(name, s) for s in range(t + 1))
        return q.starting(name, t)

    def _fulfilled(self, ledger: Ledger, need: Id, t: int) -> bool:
        if self.rule.when is When.STARTED:
            return bool(ledger.started(need, t))
        return bool(ledger.operating(need, t))
