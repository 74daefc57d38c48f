"""What a user can try when there is no plan: the demands of this case that may give way."""

from collections.abc import Iterable, Iterator

from choosebattles.case.case import Case
from choosebattles.case.decision_model import ContingencyKind
from choosebattles.case.investment import Decision
from choosebattles.case.place import Fact
from choosebattles.case.rule import Bounds
from choosebattles.solving.outcome import Outcome, Stop
from choosebattles.translation import _, listed

FEW = 6
"""How many places are named before the rest is counted."""


def advice(outcome: Outcome) -> tuple[str, ...]:
    """Return what to try; nothing where there is a plan or where repairs are known."""
    if outcome.plan is not None or (outcome.conflict and outcome.conflict.repairs):
        return ()
    if outcome.stop is not Stop.INFEASIBLE:
        return (
            _("Give it more time (--time-limit), or ask for less proof (--gap 1%)."),
            _("Try another solver (--solver)."),
        )
    return tuple(_demands(outcome.case))


def _demands(case: Case) -> Iterator[str]:
    options = case.options.values()
    must = [option for option in options if option.decision is Decision.MUST]
    ongoing = [option for option in options if option.decision is Decision.ONGOING]
    fixed = {Bounds.LEAST, Bounds.NUMBER}
    asking = [rule for rule in case.rules if rule.kind.declared.bounds in fixed]
    least = [limit for limit in case.model.limits if limit.minimum is not None]
    holds = [service for service in case.services if service.must_hold is not None]
    floors = [objective for objective in case.model.objectives if objective.floor is not None]
    ways = (
        (must, _("Make investments open that are marked must: {places}.")),
        (ongoing, _("See whether what is under way fits the money: {places}.")),
        (least, _("Lower or drop a minimum: {places}.")),
        (asking, _("Relax a rule that asks for a number: {places}.")),
        (holds, _("Lower what a service must hold: {places}.")),
        (floors, _("Lower the floor of an index: {places}.")),
    )
    for facts, sentence in ways:
        if facts:
            yield sentence.format(places=_places(facts))
    if case.model.contingency is not ContingencyKind.NONE:
        yield _("Hold less in reserve: Settings, Contingency amount.")
    yield _("Raise a fund in its tightest year, or let it carry money over: Funds.")
    yield _("Try a larger budget to see whether money is the cause: --budget 120%.")


def _places(facts: Iterable[Fact]) -> str:
    names = [str(fact.at()) or getattr(fact, "id", "") for fact in facts]
    if len(names) > FEW:
        more = _("{number} more").format(number=len(names) - FEW)
        return listed((*names[:FEW], more))
    return listed(names)
