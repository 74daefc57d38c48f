"""Rows of investments: their options, and what is decided about them."""

from collections.abc import Iterator

from choosebattles.case.checks.shared_sentences import at
from choosebattles.case.facts import Facts
from choosebattles.case.investment import Decision
from choosebattles.errors import Fault
from choosebattles.spelling import key, quoted
from choosebattles.translation import _


def unnamed_options(case: Facts) -> Iterator[Fault]:
    """Yield options without a name where there are several, and names of other investments."""
    for owner in case.investments:
        if not owner.options:
            yield at(owner).fault("CB-L23", _("no option"), _("at least one option"), "")
        for option in owner.options:
            if option.id == owner.id:
                if len(owner.options) > 1:
                    yield at(option, "id").fault(
                        "CB-L23",
                        _("no option name on one of {number} rows of {name}").format(
                            number=len(owner.options), name=owner.id
                        ),
                        _("a name for each, such as L"),
                        _(
                            "Name the option; if the rows are different things, give each an id of its own."
                        ),
                    )
            elif key(option.id.rpartition(".")[0]) != key(owner.id):
                yield at(option, "id").fault(
                    "CB-L23",
                    quoted(option.id),
                    _("an option of {name}").format(name=owner.id),
                    _("Type the option's own name only, such as L."),
                )


def decisions_without_reason(case: Facts) -> Iterator[Fault]:
    """Yield decisions other than open that nobody gives a reason for."""
    for option in (candidate for owner in case.investments for candidate in owner.options):
        if option.decision is not Decision.OPEN and not option.reason:
            yield at(option, "reason").fault(
                "CB-L16",
                _("no reason for the decision {decision}").format(decision=option.decision),
                _("a reason for every decision but open"),
                _("Say who decided it and why."),
            )


def ongoing_twice(case: Facts) -> Iterator[Fault]:
    """Yield investments of which two options are ongoing."""
    for owner in case.investments:
        ongoing = [option for option in owner.options if option.decision is Decision.ONGOING]
        for option in ongoing[1:]:
            yield at(option, "decision").fault(
                "CB-L19",
                _("a second ongoing option of {name}").format(name=owner.id),
                _("at most one option of an investment"),
                _("Make two investments of them if both are under way."),
            )
