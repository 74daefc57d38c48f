"""Scores: that there are some, what 0, 50 and 100 mean, and how many points make an index of 100."""

from collections.abc import Iterator
from decimal import Decimal

from choosebattles.case.bounds import plain
from choosebattles.case.checks.shared_sentences import at, open_options
from choosebattles.case.decision_model import Criterion
from choosebattles.case.facts import Facts
from choosebattles.errors import Fault
from choosebattles.translation import _

SHOWN = 1000
"""An index shows a tenth of a point, a thousandth of 100."""


def unscored(case: Facts) -> Iterator[Fault]:
    """Yield options that cost money, have no score typed and serve nothing: never worth taking."""
    served = {name for rule in case.rules for name in (*rule.investments, *rule.needs)}
    for option in open_options(case):
        costs = any(option.cost) or option.running_cost > 0
        serves = option.covers or option.trains
        owner = case.investment_of[option.id].id
        if costs and not option.score and not serves and not served & {owner, option.id}:
            yield at(option, "score").fault(
                "CB-L49",
                _("no score of {option}").format(option=option.id),
                _("a score on a criterion"),
                _("Blank counts as 0, so that it is never worth its cost. Type its scores."),
            )


def without_meaning(case: Facts) -> Iterator[Fault]:
    """Yield criteria of which nobody says in words what 0, 50 and 100 mean."""
    mute = [criterion for criterion in case.model.criteria if not _explained(criterion)]
    if mute:
        yield at(mute[0], "anchor_0").fault(
            "CB-C21",
            _("no words for what 0, 50 and 100 mean on {names}").format(
                names=", ".join(criterion.id for criterion in mute)
            ),
            _("a sentence for each under 0 means, 50 means and 100 means"),
            _("They are printed in the results; scores mean little without them."),
        )


def _explained(criterion: Criterion) -> bool:
    return bool(criterion.anchor_0 and criterion.anchor_50 and criterion.anchor_100)


def points_without_size(case: Facts) -> Iterator[Fault]:
    """Yield Points for 100 so large that everything together does not show in an index."""
    points = case.points_for_100
    if not points:
        return
    most = max((_points(case, goal) for goal in case.criteria_of), default=Decimal(0))
    if 0 < most < points / SHOWN:
        yield at(case, "points_for_100").fault(
            "CB-L61",
            _("{points}, while the scores of everything add up to {most}").format(
                points=plain(points), most=plain(round(most, 6).normalize())
            ),
            _("a number of the size of what the scores add up to"),
            _("Every index shows as 0.0. Leave it blank if 100 is to be everything worth having."),
        )


def _points(case: Facts, goal: str) -> Decimal:
    """Return the weighted points of all options on an objective, harm counted like use."""
    weights = {criterion.id: criterion.weight for criterion in case.criteria_of[goal]}
    whole = sum(weights.values(), Decimal(0)) or Decimal(1)
    return (
        sum(
            (
                abs(sum((w * option.score.get(c, 0) for c, w in weights.items()), Decimal(0)))
                for option in case.options.values()
            ),
            Decimal(0),
        )
        / whole
    )


def points_for_100(case: Facts) -> Iterator[Fault]:
    """Yield a case in which one more row would move a floor or a continuity part."""
    if case.points_for_100 is not None:
        return
    floors = [goal.id for goal in case.model.objectives if goal.floor is not None]
    shocks = {shock.objective for shock in case.shocks if shock.likelihood > 0 and case.services}
    mixed = [goal.id for goal in case.model.objectives if goal.id in shocks]
    if floors or mixed:
        yield at(case, "points_for_100").fault(
            "CB-L25",
            _("no Points for 100, while {names} has a floor or a continuity part").format(
                names=(floors or mixed)[0]
            ),
            _("a number under Settings, Points for 100"),
            _("Type it: otherwise one more row with high scores moves both."),
        )
