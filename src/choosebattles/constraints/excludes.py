"""What cannot go together."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from choosebattles.case.investment import Option
from choosebattles.case.rule import RuleKind
from choosebattles.demand import RuleUnit
from choosebattles.formula_sentences import Phrase, filled, if_several, items, sentence
from choosebattles.translation import _, listed
from choosebattles.vocabulary import Ledger, Quantities, Row, RowName, Violation, reading


@dataclass(frozen=True)
class Excludes(RuleUnit):
    r"""At most one of a list; or none of it together with any of the second list.

    .. math::

        \sum_{i \in L} z_i \le 1 \quad \text{(Needs blank)}, \qquad
        z_i + z_j \le 1 \quad (i \in L, j \in N) \quad \text{(Needs filled)}
    """

    reads: ClassVar[frozenset[str]] = reading(of=("take",))
    kinds: ClassVar[Mapping[RuleKind, Phrase]] = {
        RuleKind.EXCLUDES: filled(
            "Needs",
            sentence(
                if_several("Investments", _("None of "), ""),
                items("Investments"),
                if_several("Investments", _(" may be taken with "), _(" may not be taken with ")),
                if_several("Needs", _("any of "), ""),
                items("Needs"),
            ),
            sentence(_("Only one of "), items("Investments"), _(" may be taken")),
        )
    }

    def rows(self, q: Quantities) -> Iterator[Row]:
        """Yield one row for the list, or one for each pair of the two lists."""
        place = (self.rule.at(),)
        if not self.rule.needs:
            taken = q.total(q.take(name) for name in self.rule.investments)
            yield Row(RowName("excludes", (self.name,)), taken <= 1, place)
        for name in self.rule.investments:
            for other in self.rule.needs:
                both = q.take(name) + q.take(other)
                yield Row(RowName("excludes", (self.name, name, other)), both <= 1, place)

    def violations(self, ledger: Ledger) -> Iterator[Violation]:
        """Yield what was taken together and may not be."""
        taken = [name for name in self.rule.investments if ledger.take(name)]
        others = [name for name in self.rule.needs if ledger.take(name)]
        if (taken and others) or (not self.rule.needs and len(taken) > 1):
            text = _("{taken} are taken together; the rule excludes that").format(
                taken=", ".join(taken + others)
            )
            name = RowName("excludes", (self.name,))
            yield Violation(name, text, asked_by=(self.rule.at(),))

    def sentence(self) -> str:
        """Return the demand as its user would say it."""
        names, needs = ", ".join(self.rule.investments), ", ".join(self.rule.needs)
        text = _("{names}: excludes {needs}") if needs else _("{names}: only one of them")
        return text.format(names=names, needs=needs)

    def shuts_out(self, ledger: Ledger, option: Option) -> str:
        """Return what is in the plan and may not be together with an option."""
        rule, own = self.rule, {option.id, ledger.case.investment_of[option.id].id}
        others = rule.investments if own & {*rule.needs} else ()
        if own & {*rule.investments}:
            others = rule.needs or tuple(name for name in rule.investments if name not in own)
        present = [name for name in others if ledger.take(name)]
        return self.bars(listed(present)) if present else ""
