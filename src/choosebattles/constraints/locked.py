"""What is already decided: must, never, ongoing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from choosebattles.case.case import Case
from choosebattles.case.investment import Decision, Investment, Option
from choosebattles.case.number_path import replace_at
from choosebattles.case.units import Id
from choosebattles.demand import Change, Demand, DemandKind, Relaxable, Unit
from choosebattles.translation import _
from choosebattles.vocabulary import Ledger, Quantities, Row, RowName, Violation, reading


def _decided(investment: Investment, decision: Decision) -> tuple[Option, ...]:
    return tuple(option for option in investment.options if option.decision is decision)


@dataclass(frozen=True)
class Locked(Unit):
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
            taken = q.total(q.take(option.id) for option in must)
            places = tuple(option.at("decision") for option in must)
            yield Row(RowName("locked", (self.investment.id, Decision.MUST)), taken == 1, places)
        for decision, value in ((Decision.ONGOING, 1), (Decision.NEVER, 0)):
            for option in _decided(self.investment, decision):
                name = RowName("locked", (option.id, decision))
                yield Row(name, q.take(option.id) == value, (option.at("decision"),))

    def violations(self, ledger: Ledger) -> Iterator[Violation]:
        """Yield one violation for each decision that the plan goes against."""
        for option in self.investment.options:
            taken = bool(ledger.take(option.id))
            if option.decision is Decision.NEVER and taken:
                yield self._broken(option, _("{option} is taken, against the decision never"))
            if option.decision is Decision.ONGOING and not taken:
                yield self._broken(option, _("{option} is ongoing, and is missing"))
        must = _decided(self.investment, Decision.MUST)
        if must and not any(ledger.take(option.id) for option in must):
            text = (
                _("{option} must be taken, and is not")
                if len(must) == 1
                else _("one of {options} must be taken, and none is")
            )
            yield self._broken(must[0], text, must)

    def demands(self, case: Case, rows: Sequence[RowName]) -> Iterator[Relaxable]:  # noqa: ARG002 - by decision
        """Yield every decision, the must rows of an investment together; it is taken back."""
        must = _decided(self.investment, Decision.MUST)
        if must:
            yield self._decision(case, DemandKind.MUST, self.investment.id, must)
        for decision, kind in (
            (Decision.NEVER, DemandKind.NEVER),
            (Decision.ONGOING, DemandKind.ONGOING),
        ):
            for option in _decided(self.investment, decision):
                yield self._decision(case, kind, option.id, (option,))

    def _decision(
        self, case: Case, kind: DemandKind, name: Id, options: tuple[Option, ...]
    ) -> Relaxable:
        what, change = {
            DemandKind.MUST: (_("{options} must be taken"), _("release the must on {options}")),
            DemandKind.NEVER: (_("{options} must never be taken"), _("allow {options}")),
            DemandKind.ONGOING: (
                _("{options} is ongoing"),
                _("stop {options}, which is ongoing"),
            ),
        }[kind]
        decision = options[0].decision
        after = Decision.NEVER if decision is Decision.ONGOING else Decision.OPEN
        at = [owner.id for owner in case.investments].index(self.investment.id)
        places = [option.id for option in self.investment.options]
        names = _(" or ").join(option.id for option in options)

        def gives_way(now: Case, _off: float) -> Iterator[Change]:
            for option in options:
                path = ("investments", at, "options", places.index(option.id), "decision")
                now = replace_at(now, path, after)
            yield change.format(options=names), now

        cells = tuple(option.at("decision") for option in options)
        demand = Demand(what.format(options=names), str(decision), cells)
        return Relaxable(kind, demand, (RowName("locked", (name, decision)),), gives_way)

    def _broken(self, option: Option, text: str, every: tuple[Option, ...] = ()) -> Violation:
        name = RowName("locked", (option.id, option.decision))
        broken = text.format(option=option.id, options=", ".join(one.id for one in every))
        return Violation(name, broken, asked_by=tuple(e.at("decision") for e in every or (option,)))
