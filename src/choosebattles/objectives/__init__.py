"""One file for each measure of worth; ``measures`` lists them."""

from collections.abc import Iterator

from choosebattles.case.facts import Facts
from choosebattles.objectives.continuity import Continuity
from choosebattles.objectives.criteria import Criteria
from choosebattles.objectives.dependence import Dependence
from choosebattles.objectives.synergy import Synergy
from choosebattles.vocabulary import Measure


def measures(case: Facts) -> Iterator[Measure]:
    """Yield every measure of worth that the case has."""
    yield Criteria()
    yield Synergy()
    yield Dependence()
    if case.services and case.shocks:
        yield Continuity()
