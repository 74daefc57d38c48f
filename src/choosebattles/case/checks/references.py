"""Names that refer to something, and whether it exists."""

from collections.abc import Iterable, Iterator

from choosebattles.case.checks.shared_sentences import at, unknown
from choosebattles.case.facts import Facts
from choosebattles.case.limit import ScopeItem, ScopeKind
from choosebattles.case.place import Place
from choosebattles.errors import Fault
from choosebattles.spelling import Names
from choosebattles.translation import _


class _KnownIds:
    """The names that a case defines, by what they name."""

    def __init__(self, case: Facts) -> None:
        options = [option for owner in case.investments for option in owner.options]
        self.members = Names(
            name
            for owner in case.investments
            for name in (owner.id, *(option.id for option in owner.options))
        )
        self.objectives = Names(objective.id for objective in case.model.objectives)
        self.criteria = Names(criterion.id for criterion in case.model.criteria)
        self.funds = Names(fund.id for fund in case.funds)
        self.skills = Names(skill.id for skill in case.skills)
        self.shocks = Names(shock.id for shock in case.shocks)
        self.layers = _once(
            *(layer.id for layer in case.layers),
            *(investment.layer for investment in case.investments),
            *(cover.layer for option in options for cover in option.covers),
            *(provider.layer for provider in case.providers),
            *(layer for service in case.services for layer in service.needs),
        )
        self.pillars = _once(*(investment.pillar for investment in case.investments))
        self.owners = _once(*(investment.owner for investment in case.investments))
        self.exposures = _once(
            *(tag for option in options for tag in option.exposures),
            *(tag for provider in case.providers for tag in provider.exposures),
            *(tag for shock in case.shocks for tag in shock.hits),
        )

    def in_scope(self, kind: ScopeKind) -> tuple[Names, str]:
        """Return the names that an item of a scope may have, and what they are."""
        return {
            ScopeKind.ID: (self.members, _MEMBER),
            ScopeKind.PILLAR: (self.pillars, _("a pillar of Investments")),
            ScopeKind.LAYER: (self.layers, _("a layer that some sheet names")),
            ScopeKind.OWNER: (self.owners, _("an owner of Investments")),
            ScopeKind.EXPOSURE: (self.exposures, _("an exposure that some sheet names")),
        }[kind]


_MEMBER = _("the id of an investment or option")
_FUND = _("the id of a fund")
_CRITERION = _("the id of a criterion")
_OBJECTIVE = _("the id of an objective")
_SKILL = _("the id of a skill")
_SHOCK = _("the id of a shock")


def _once(*names: str) -> Names:
    return Names(name for name in names if name)


def unknown_names(case: Facts) -> Iterator[Fault]:
    """Yield names in rules, limits, funds and elsewhere that nothing defines."""
    known = _KnownIds(case)
    yield from _of_preferences(case, known)
    yield from _of_funds_and_rules(case, known)
    yield from _of_options(case, known)
    yield from _of_continuity(case, known)


def _of_preferences(case: Facts, known: _KnownIds) -> Iterator[Fault]:
    for criterion in case.model.criteria:
        yield from _one(
            at(criterion, "objective"), criterion.objective, _OBJECTIVE, known.objectives
        )
    for limit in case.model.limits:
        yield from _scope(at(limit, "scope"), limit.scope, known)
        yield from _one(at(limit, "criterion"), limit.criterion, _CRITERION, known.criteria)


def _of_funds_and_rules(case: Facts, known: _KnownIds) -> Iterator[Fault]:
    for fund in case.funds:
        yield from _scope(at(fund, "eligible"), fund.eligible, known)
    for rule in case.rules:
        yield from _several(at(rule, "investments"), rule.investments, _MEMBER, known.members)
        yield from _several(at(rule, "needs"), rule.needs, _MEMBER, known.members)
        yield from _one(at(rule, "criterion"), rule.criterion, _CRITERION, known.criteria)
        yield from _one(at(rule, "saving_to"), rule.saving_to, _FUND, known.funds)


def _of_options(case: Facts, known: _KnownIds) -> Iterator[Fault]:
    for option in (candidate for owner in case.investments for candidate in owner.options):
        yield from _one(at(option, "revenue_to"), option.revenue_to, _FUND, known.funds)
        for name, score in option.score.items():
            if score:
                yield from _one(at(option, f"score[{name}]"), name, _CRITERION, known.criteria)
        for part in ("build_staff", "run_staff", "trains"):
            for name, number in getattr(option, part).items():
                if number:
                    yield from _one(at(option, f"{part}[{name}]"), name, _SKILL, known.skills)


def _of_continuity(case: Facts, known: _KnownIds) -> Iterator[Fault]:
    for service in case.services:
        yield from _several(at(service, "against"), service.against, _SHOCK, known.shocks)
    for shock in case.shocks:
        yield from _one(at(shock, "objective"), shock.objective, _OBJECTIVE, known.objectives)


def _one(place: Place, name: str | None, kind: str, candidates: Names) -> Iterator[Fault]:
    if name is None or name in candidates:
        return
    # That there is no fund or investment at all is told by itself.
    if len(candidates) or kind not in {_FUND, _MEMBER}:
        yield unknown(place, name, kind, candidates)


def _several(place: Place, names: Iterable[str], kind: str, candidates: Names) -> Iterator[Fault]:
    for name in names:
        yield from _one(place, name, kind, candidates)


def _scope(place: Place, scope: Iterable[ScopeItem], known: _KnownIds) -> Iterator[Fault]:
    for item in scope:
        candidates, kind = known.in_scope(item.kind)
        yield from _one(place, item.name, kind, candidates)
