"""Limits: each bounds something, by a number that its metric can have."""

from collections.abc import Iterator

from choosebattles.case.bounds import SHARE, plain
from choosebattles.case.checks.shared_sentences import at
from choosebattles.case.facts import Facts
from choosebattles.case.limit import Measured
from choosebattles.errors import Fault
from choosebattles.translation import _


def without_bounds(case: Facts) -> Iterator[Fault]:
    """Yield limits with neither a minimum nor a maximum."""
    for limit in case.model.limits:
        if limit.minimum is None and limit.maximum is None:
            yield at(limit, "minimum").fault(
                "CB-L29",
                _("no minimum and no maximum"),
                _("at least one of them"),
                _("Type one of them, or clear the row."),
            )


def points_of_nothing(case: Facts) -> Iterator[Fault]:
    """Yield limits on points that do not say of which criterion."""
    for limit in case.model.limits:
        if limit.metric.declared.of_criterion and limit.criterion is None:
            yield at(limit, "metric").fault(
                "CB-L30",
                _("points of no criterion"),
                _("points and a criterion, such as points: technical"),
                _("Name the criterion after a colon."),
            )


def shares(case: Facts) -> Iterator[Fault]:
    """Yield cost shares that are no shares."""
    for limit in case.model.limits:
        if limit.metric.declared.unit is not Measured.SHARE:
            continue
        for part in ("minimum", "maximum"):
            value = getattr(limit, part)
            if value is not None and not SHARE.holds(value):
                yield at(limit, part).fault(
                    "CB-C08",
                    SHARE.show(value),
                    _("a cost share, {bounds}").format(bounds=SHARE),
                    _("Type a percentage such as 40%."),
                )


def minimum_above_maximum(case: Facts) -> Iterator[Fault]:
    """Yield limits that nothing can keep."""
    for limit in case.model.limits:
        low, high = limit.minimum, limit.maximum
        if low is not None and high is not None and low > high:
            yield at(limit, "minimum").fault(
                "CB-L36",
                _("a minimum {low} above the maximum, {high}").format(
                    low=plain(low), high=plain(high)
                ),
                _("a minimum that is not above the maximum"),
                _("No plan can keep this limit."),
            )
