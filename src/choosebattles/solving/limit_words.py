"""What a limit demands, as a sentence about investments."""

from collections.abc import Iterable

from choosebattles.case.case import Case
from choosebattles.case.limit import Limit, Metric, ScopeItem, ScopeKind
from choosebattles.words import _, several


def limit_sentence(case: Case, limit: Limit, bound: str, *, least: bool) -> str:
    """Return what one side of a limit demands.

    Parameters
    ----------
    case
        The case whose limit it is; its currency and last year are told.
    limit
        What is measured, over which investments.
    bound
        The bound as it is shown: investments, millions, per cent, or points.
    least
        Whether the bound is the minimum.
    """
    who = _who(limit.scope)
    text = (_AT_LEAST if least else _AT_MOST)[limit.metric]
    count = several("{bound} investment", "{bound} investments", 1 if bound == "1" else 2)
    of = _(" of {who}").format(who=who) if limit.scope else ""
    unit = _("million {currency}").format(currency=case.currency) if case.currency else _("million")
    return _(text).format(
        bound=bound,
        count=count.format(bound=bound) + of,
        who=who,
        criterion=limit.criterion,
        money=f"{bound} {unit}",
        last=case.last_year,
    )


def _n(text: str) -> str:
    """Mark a sentence for translation where it stands in a table."""
    return text


_AT_LEAST = {
    Metric.COUNT: _n("at least {count} must be taken"),
    Metric.STARTS: _n("at least {count} must start in every year"),
    Metric.COST: _n("{who} must cost at least {money}"),
    Metric.COST_IN_A_YEAR: _n("{who} must cost at least {money} in every year"),
    Metric.COST_SHARE: _n("{who} must take at least {bound} % of all costs"),
    Metric.RUNNING_COST: _n("running {who} must cost at least {money} in every year"),
    Metric.LATER_COST: _n("building {who} must cost at least {money} after {last}"),
    Metric.POINTS: _n("the points of {who} on {criterion} must add up to at least {bound}"),
}

_AT_MOST = {
    Metric.COUNT: _n("no more than {count} may be taken"),
    Metric.STARTS: _n("no more than {count} may start in any year"),
    Metric.COST: _n("{who} may cost at most {money}"),
    Metric.COST_IN_A_YEAR: _n("{who} may cost at most {money} in any year"),
    Metric.COST_SHARE: _n("{who} may take at most {bound} % of all costs"),
    Metric.RUNNING_COST: _n("running {who} may cost at most {money} in any year"),
    Metric.LATER_COST: _n("building {who} may cost at most {money} after {last}"),
    Metric.POINTS: _n("the points of {who} on {criterion} may add up to at most {bound}"),
}


def _who(scope: tuple[ScopeItem, ...]) -> str:
    """Return whom a limit is about: all investments, or those that are named, by kind."""
    if not scope:
        return _("all investments")
    kinds = dict.fromkeys(each.kind for each in scope)
    return _listed(_kind(kind, [it.name for it in scope if it.kind is kind]) for kind in kinds)


def _kind(kind: ScopeKind, names: list[str]) -> str:
    one, many = {
        ScopeKind.ID: ("{names}", "{names}"),
        ScopeKind.PILLAR: ("the pillar {names}", "the pillars {names}"),
        ScopeKind.LAYER: ("the layer {names}", "the layers {names}"),
        ScopeKind.OWNER: ("the owner {names}", "the owners {names}"),
        ScopeKind.EXPOSURE: ("the exposure {names}", "the exposures {names}"),
    }[kind]
    return several(one, many, len(names)).format(names=_listed(names))


def _listed(items: Iterable[str]) -> str:
    *some, last = items
    return _("{some} and {last}").format(some=", ".join(some), last=last) if some else last
