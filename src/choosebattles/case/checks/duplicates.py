"""What probably stands there twice: one title on two investments, rows that say the same."""

from collections.abc import Iterator
from typing import Any

from choosebattles.case.checks.shared_sentences import at, open_options
from choosebattles.case.facts import Facts
from choosebattles.case.investment import Option
from choosebattles.errors import Fault
from choosebattles.spelling import key, quoted
from choosebattles.translation import _


def one_title_on_two(case: Facts) -> Iterator[Fault]:
    """Yield titles that stand on options of two investments: one thing may be there twice."""
    first: dict[str, Option] = {}
    for option in open_options(case):
        if not option.title:
            continue
        other = first.setdefault(key(option.title), option)
        if case.investment_of[other.id] is not case.investment_of[option.id]:
            yield at(option, "title").fault(
                "CB-C33",
                _("the title {title} of {other} on {option} too").format(
                    title=quoted(option.title), other=other.id, option=option.id
                ),
                _("one title for each investment"),
                _("Delete one of the two if it is the same thing; otherwise rename it."),
            )


def identical_rows(case: Facts) -> Iterator[Fault]:
    """Yield options that say the same as another one in every number."""
    first: dict[tuple[Any, ...], Option] = {}
    for option in case.options.values():
        other = first.setdefault(_said(case, option), option)
        if other is not option:
            yield at(option, "id").fault(
                "CB-L13",
                _("{option}, whose numbers are those of {other}").format(
                    option=option.id, other=other.id
                ),
                _("rows that differ"),
                _("Delete one of them if it is the same thing."),
            )


def _said(case: Facts, option: Option) -> tuple[Any, ...]:
    owner = case.investment_of[option.id]
    left_out = {"origin", "id", "title", "note", "source", "evidence", "budget_line", "own_plan"}
    facts = option.model_dump(exclude=left_out)
    return owner.owner, owner.pillar, owner.layer, repr(sorted(facts.items()))
