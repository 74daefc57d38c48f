"""What is typed and changes nothing."""

from collections.abc import Iterator

from choosebattles.case.checks.shared_sentences import at
from choosebattles.case.facts import Facts
from choosebattles.case.rule import FORBIDDEN, REQUIRED, When
from choosebattles.errors import Fault
from choosebattles.spelling import closest, quoted
from choosebattles.translation import _

_WEIGHED = _("something that makes a difference")


def criteria(case: Facts) -> Iterator[Fault]:
    """Yield criteria of weight 0, and those on which all options score the same."""
    for criterion in case.model.criteria:
        scores = {option.score.get(criterion.id, 0) for option in case.options.values()}
        if criterion.weight == 0:
            found = _("a weight of 0 for the criterion {name}").format(name=criterion.id)
            yield at(criterion, "weight").fault("CB-L10", found, _WEIGHED, _("It is not used."))
        elif len(scores) == 1 and len(case.options) > 1:
            found = _("the same score for all options on {name}").format(name=criterion.id)
            advice = _("It does not tell options apart.")
            yield at(criterion, "id").fault("CB-L10", found, _WEIGHED, advice)
    for goal in case.model.objectives:
        if goal.weight == 0:
            found = _("a weight of 0 for the objective {name}").format(name=goal.id)
            yield at(goal, "weight").fault("CB-L10", found, _WEIGHED, _("It is not used."))


def funds(case: Facts) -> Iterator[Fault]:
    """Yield funds without any money, and funds that may pay for nothing."""
    receiving = {option.revenue_to for option in case.options.values() if option.earns}
    receiving |= {rule.saving_to for rule in case.rules if rule.saving}
    income = bool(receiving)
    for fund in case.funds:
        receives = fund.id in receiving or (income and None in receiving)
        if not any(fund.amount.values()) and not receives:
            found = _("no money in any year for {name}").format(name=fund.id)
            yield at(fund, "id").fault("CB-L09", found, _WEIGHED, _("It pays for nothing."))
        if not case.in_scope(fund.eligible):
            found = _("a fund, {name}, for which no option is eligible").format(name=fund.id)
            yield at(fund, "eligible").fault("CB-L39", found, _WEIGHED, _("It pays for nothing."))
        if fund.carry_at_most is not None and not fund.carry_over:
            found = _("a share under Carry at most, while {name} carries nothing over")
            expected = _("an empty cell, or a share under Carry over")
            yield at(fund, "carry_at_most").fault(
                "CB-L39", found.format(name=fund.id), expected, _("It is not used.")
            )


def rule_cells(case: Facts) -> Iterator[Fault]:
    """Yield cells of rules that their kind does not read, and synergies of nothing."""
    for rule in case.rules:
        reads = rule.kind.declared
        worth = reads.worth is not FORBIDDEN
        read = {
            "number": rule.number is None or reads.number is not FORBIDDEN,
            "needs": not rule.needs or reads.needs is not FORBIDDEN,
            "when": rule.when is When.OPERATING or reads.when is not FORBIDDEN,
            "bonus": not rule.bonus or worth,
            "saving": not rule.saving or worth,
        }
        for part, used in read.items():
            if not used:
                yield at(rule, part).fault(
                    "CB-L39",
                    _("a value under {part}").format(part=part.capitalize()),
                    _("an empty cell, for the rule {rule}").format(rule=rule.kind),
                    _("It is not used."),
                )
        if reads.worth is REQUIRED and not rule.bonus and not rule.saving:
            found = _("a synergy without a bonus and without a saving")
            yield at(rule, "bonus").fault("CB-L39", found, _WEIGHED, _("It changes nothing."))


def people(case: Facts) -> Iterator[Fault]:
    """Yield skills that no option needs."""
    for skill in case.skills:
        needed = any(
            option.build_staff.get(skill.id) or option.run_staff.get(skill.id)
            for option in case.options.values()
        )
        if not needed:
            found = _("a skill, {name}, that no option needs").format(name=skill.id)
            yield at(skill, "id").fault("CB-L39", found, _WEIGHED, _("It changes nothing."))


def layers(case: Facts) -> Iterator[Fault]:
    """Yield rows of Layers that no investment, provider or service names."""
    named = {investment.layer for investment in case.investments} | {
        provider.layer for provider in case.providers
    }
    named |= {layer for service in case.services for layer in service.needs}
    named |= {cover.layer for option in case.options.values() for cover in option.covers}
    for layer in case.layers:
        if layer.id not in named:
            near = closest(layer.id, sorted(named))
            advice = (
                _("Did you mean {name}?").format(name=near) if near else _("It changes nothing.")
            )
            found = _("a layer, {name}, that no other sheet names").format(name=quoted(layer.id))
            yield at(layer, "id").fault("CB-L39", found, _WEIGHED, advice)


def shocks(case: Facts) -> Iterator[Fault]:
    """Yield shocks that hit nothing, and shocks or floors without what they would act on."""
    exposed = {tag for provider in case.providers for tag in provider.exposures}
    exposed |= {tag for option in case.options.values() for tag in option.exposures}
    for shock in case.shocks:
        if not case.services:
            found = _("a shock, {name}, and no service that it could interrupt")
            yield at(shock, "id").fault(
                "CB-L39", found.format(name=shock.id), _WEIGHED, _("It changes nothing.")
            )
        for tag in shock.hits:
            if tag not in exposed:
                near = closest(tag, sorted(exposed))
                yield at(shock, "hits").fault(
                    "CB-L11",
                    _("the exposure {tag}, which no provider and no option has").format(
                        tag=quoted(tag)
                    ),
                    _("an exposure of a provider or an option"),
                    _("Did you mean {name}?").format(name=near) if near else _("It hits nothing."),
                )
        if not shock.hits:
            found = _("a shock, {name}, that hits nothing").format(name=shock.id)
            yield at(shock, "hits").fault("CB-L11", found, _WEIGHED, _("It changes nothing."))
    for service in case.services:
        if not case.shocks:
            found = _("a service, {name}, and no shock that could interrupt it")
            yield at(service, "id").fault(
                "CB-L39", found.format(name=service.id), _WEIGHED, _("It changes nothing.")
            )
