"""The sentences that several checks share, and what they look through."""

import re
from collections.abc import Iterable, Iterator

from choosebattles.case.facts import Facts
from choosebattles.case.investment import Decision, Option
from choosebattles.case.place import Fact, Place
from choosebattles.errors import Fault
from choosebattles.spelling import Names, exposed
from choosebattles.translation import _


def at(fact: Fact, part: str = "") -> Place:
    """Return where a part stands; of a fact that no file holds, its kind and id."""
    place = fact.at(part)
    if place != Place():
        return place
    kind = re.sub("(?<=[a-z])(?=[A-Z])", " ", type(fact).__name__).lower()
    label = f"{kind} {getattr(fact, 'id', '')}".strip()
    return Place(column=f"{label}, {part}" if part else label)


def unknown(place: Place, name: str, kind: str, candidates: Iterable[str]) -> Fault:
    """Refuse a name that nothing defines, and say which one may be meant."""
    known = candidates if isinstance(candidates, Names) else Names(candidates)
    near = known.closest(name)
    advice = _("Did you mean {name}?").format(name=near) if near else _known(known)
    return place.fault("CB-L04", exposed(name), kind, advice)


def _known(names: Names) -> str:
    """Say which names there are, if they are few."""
    if not len(names):
        return _("There is none yet.")
    if len(names) > 8:
        return _("Check the spelling.")
    return _("There are: {names}.").format(names=", ".join(names))


def all_facts(case: Facts) -> Iterator[Fact]:
    """Yield every fact of a case, the case itself first."""
    yield case
    yield case.model
    yield from case.model.objectives
    yield from case.model.criteria
    yield from case.model.limits
    yield from case.funds
    for owner in case.investments:
        yield owner
        yield from owner.options
    yield from case.rules
    yield from case.skills
    yield from case.layers
    yield from case.providers
    yield from case.services
    yield from case.shocks
    yield from case.ranges
    yield from case.correlations
    yield from case.sources
    yield from case.sweeps


def open_options(case: Facts) -> Iterator[Option]:
    """Yield the options that a plan may hold."""
    return (option for option in case.options.values() if option.decision is not Decision.NEVER)
