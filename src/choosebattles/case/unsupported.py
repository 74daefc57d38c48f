"""What a sound case may hold that is not solved yet; each entry is struck off on its own."""

from collections.abc import Iterator

from choosebattles.case.decision_model import ContingencyKind, Method
from choosebattles.case.facts import Facts
from choosebattles.case.place import Fact, Place
from choosebattles.case.rule import RuleKind
from choosebattles.errors import Fault
from choosebattles.words import _


def _fault(place: Place, found: str, advice: str) -> Fault:
    return place.fault("CB-U01", found, _("what this version can solve"), advice)


def skills(case: Facts) -> Iterator[Fault]:
    """Yield the first skill: people are not counted yet."""
    for skill in case.skills[:1]:
        yield _fault(
            skill.at("id"),
            _("people of a skill, {name}").format(name=skill.id),
            _("Clear the sheet Skills and the columns of staff."),
        )


def staff(case: Facts) -> Iterator[Fault]:
    """Yield the first option that needs or trains people."""
    for option in case.options.values():
        for part in ("build_staff", "run_staff", "trains"):
            for name, number in getattr(option, part).items():
                if number:
                    yield _fault(
                        option.at(f"{part}[{name}]"),
                        _("people needed or trained by {option}").format(option=option.id),
                        _("Clear the columns of staff and training."),
                    )
                    return


def providers(case: Facts) -> Iterator[Fault]:
    """Yield the first of today's providers."""
    yield from _first(case.providers, _("a provider"), _("Clear the sheet Providers."))


def services(case: Facts) -> Iterator[Fault]:
    """Yield the first critical service."""
    yield from _first(case.services, _("a critical service"), _("Clear the sheet Services."))


def shocks(case: Facts) -> Iterator[Fault]:
    """Yield the first shock."""
    yield from _first(case.shocks, _("a shock"), _("Clear the sheet Shocks."))


def _first(facts: tuple[Fact, ...], found: str, advice: str) -> Iterator[Fault]:
    for fact in facts[:1]:
        yield _fault(fact.at("id"), found, advice)


def covers(case: Facts) -> Iterator[Fault]:
    """Yield the first option that covers a layer."""
    for option in case.options.values():
        if option.covers:
            yield _fault(
                option.at("covers"),
                _("a layer covered by {option}").format(option=option.id),
                _("Clear the column Covers."),
            )
            return


def bent_layers(case: Facts) -> Iterator[Fault]:
    """Yield layers on which points beyond an amount count less."""
    for layer in case.layers:
        if layer.full_credit is not None:
            yield _fault(
                layer.at("full_credit"),
                _("a layer, {name}, with full credit up to an amount").format(name=layer.id),
                _("Clear the cell."),
            )


def synergies(case: Facts) -> Iterator[Fault]:
    """Yield synergy rules."""
    for rule in case.rules:
        if rule.kind is RuleKind.SYNERGY:
            yield _fault(rule.at("kind"), _("a synergy"), _("Clear the row."))


def contingency(case: Facts) -> Iterator[Fault]:
    """Yield a contingency other than none."""
    model = case.model
    if model.contingency is not ContingencyKind.NONE and model.contingency_amount > 0:
        yield _fault(
            model.at("contingency"),
            _("a contingency, {kind}").format(kind=model.contingency),
            _("Set the contingency to none."),
        )


def dependence(case: Facts) -> Iterator[Fault]:
    """Yield funds with a price of dependence."""
    for fund in case.funds:
        if fund.dependence > 0:
            yield _fault(
                fund.at("dependence"),
                _("a dependence above 0 for {fund}").format(fund=fund.id),
                _("Clear the cell."),
            )


def methods(case: Facts) -> Iterator[Fault]:
    """Yield a method other than weighted."""
    if case.model.method is not Method.WEIGHTED:
        yield _fault(
            case.model.at("method"),
            _("the method {method}").format(method=case.model.method),
            _("Set the method to weighted."),
        )


NOT_YET = (
    skills,
    staff,
    providers,
    services,
    shocks,
    covers,
    bent_layers,
    synergies,
    contingency,
    dependence,
    methods,
)
"""What is not solved yet, one function each."""


def unsupported(case: Facts) -> Iterator[Fault]:
    """Yield everything in a case that is not solved yet, each with its cell."""
    for part in NOT_YET:
        yield from part(case)
