"""What follows once enough of a list is taken."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from choosebattles.case.investment import Option
from choosebattles.case.rule import RuleKind
from choosebattles.case.units import Id
from choosebattles.demand import RuleUnit
from choosebattles.formula_sentences import Phrase, cell, filled, if_several, items, sentence
from choosebattles.translation import _, listed, several
from choosebattles.vocabulary import Ledger, Linear, Quantities, Row, RowName, Violation, reading


def _reads_as(*then: str | Phrase) -> Phrase:
    return sentence(
        _("Once "),
        filled(
            "Number",
            sentence(cell("Number"), _(" of ")),
            if_several("Investments", _("all of "), ""),
        ),
        items("Investments"),
        if_several("Investments", _(" are taken, "), _(" is taken, ")),
        *then,
    )


@dataclass(frozen=True)
class IfThen(RuleUnit):
    r"""Once enough of the list are taken, all, any or none of Needs are, at any time.

    With *k* the Number, or the length *n* of the list *L* where it is blank:

    .. math::

        \sum_{i \in L} z_i - (k - 1) \le (n - k + 1) \cdot
        \begin{cases}
            z_j, \quad j \in N & \text{(all)} \\
            \sum_{j \in N} z_j & \text{(any)} \\
            1 - z_j, \quad j \in N & \text{(none)}
        \end{cases}

    where :math:`z_i \in \{0, 1\}` says that *i* is taken, at any time in the horizon.
    """

    reads: ClassVar[frozenset[str]] = reading("number", of=("take",))
    raises: ClassVar[tuple[int, ...]] = (1,)
    kinds: ClassVar[Mapping[RuleKind, Phrase]] = {
        RuleKind.IF_THEN_ALL: _reads_as(
            if_several("Needs", _("all of "), ""), items("Needs"), _(" must be taken too")
        ),
        RuleKind.IF_THEN_ANY: _reads_as(
            if_several("Needs", _("at least one of "), ""), items("Needs"), _(" must be taken too")
        ),
        RuleKind.IF_THEN_NONE: _reads_as(
            if_several("Needs", _("none of "), ""),
            items("Needs"),
            if_several("Needs", _(" may be taken"), _(" may not be taken")),
        ),
    }

    def rows(self, q: Quantities) -> Iterator[Row]:
        """Yield one row for each of Needs, or one for any of them."""
        enough, length = self.rule.enough, len(self.rule.investments)
        taken = q.total(q.take(name) for name in self.rule.investments)
        for keys, met in self._met(q):
            name = RowName("if_then", (self.name, *keys))
            due = taken - (enough - 1) <= (length - enough + 1) * met
            yield Row(name, due, (self.rule.at(),))

    def _met(self, q: Quantities) -> Iterator[tuple[tuple[Id, ...], Linear]]:
        """Yield what is 1 where a part of what follows holds, or more, with its keys."""
        if self.rule.kind is RuleKind.IF_THEN_ANY:
            yield (), q.total(q.take(need) for need in self.rule.needs)
            return
        for need in self.rule.needs:
            none = self.rule.kind is RuleKind.IF_THEN_NONE
            yield (need,), 1 - q.take(need) if none else q.take(need)

    def violations(self, ledger: Ledger) -> Iterator[Violation]:
        """Yield what does not follow though enough of the list are taken."""
        taken = [name for name in self.rule.investments if ledger.take(name)]
        if len(taken) < self.rule.enough:
            return
        present = [need for need in self.rule.needs if ledger.take(need)]
        missing = [need for need in self.rule.needs if need not in present]
        wrong, text = {
            RuleKind.IF_THEN_ALL: (missing, _("{taken} in the plan: {wrong} must be taken too")),
            RuleKind.IF_THEN_ANY: (
                [] if present else missing,
                _("{taken} in the plan: at least one of {wrong} must be taken too"),
            ),
            RuleKind.IF_THEN_NONE: (present, _("{taken} in the plan: {wrong} may not be taken")),
        }[self.rule.kind]
        if wrong:
            text = text.format(taken=", ".join(taken), wrong=", ".join(wrong))
            off = Fraction(len(taken) - self.rule.enough + 1)
            yield Violation(RowName("if_then", (self.name,)), text, off, (self.rule.at(),))

    def sentence(self) -> str:
        """Return the demand as its user would say it."""
        rule = self.rule
        names, needs = ", ".join(rule.investments), ", ".join(rule.needs)
        if len(rule.investments) == 1:
            once = _("once {names} is taken")
        elif rule.enough == len(rule.investments):
            once = _("once all of {names} are taken")
        else:
            once = _("once {number} of {names} are taken")
        one, many = {
            RuleKind.IF_THEN_ALL: ("{needs} must be taken too", "all of {needs} must be taken too"),
            RuleKind.IF_THEN_ANY: (
                "{needs} must be taken too",
                "at least one of {needs} must be taken too",
            ),
            RuleKind.IF_THEN_NONE: ("{needs} may not be taken", "none of {needs} may be taken"),
        }[rule.kind]
        return _("{once}, {then}").format(
            once=once.format(number=rule.enough, names=names),
            then=several(one, many, len(rule.needs)).format(needs=needs),
        )

    def shuts_out(self, ledger: Ledger, option: Option) -> str:
        """Return what an option would call for that is not there, or what there is against it."""
        rule, own = self.rule, {option.id, ledger.case.investment_of[option.id].id}
        taken = [name for name in rule.investments if ledger.take(name)]
        present = [need for need in rule.needs if ledger.take(need)]
        missing = [need for need in rule.needs if need not in present]
        if own & {*rule.investments} and len({*taken, *own & {*rule.investments}}) >= rule.enough:
            if rule.kind is RuleKind.IF_THEN_NONE:
                return self.bars(listed(present)) if present else ""
            if rule.kind is RuleKind.IF_THEN_ANY:
                return "" if present else self.lacks(_(" or ").join(missing))
            return self.lacks(listed(missing)) if missing else ""
        forbidden = rule.kind is RuleKind.IF_THEN_NONE and own & {*rule.needs}
        return self.bars(listed(taken)) if forbidden and len(taken) >= rule.enough else ""
