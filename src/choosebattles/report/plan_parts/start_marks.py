"""Marks of an option in a table of plans: words, so that colour is not needed."""

from choosebattles.case.units import Year
from choosebattles.translation import _


def mark(start: Year | None, first: Year | None, *, base: bool) -> str | None:
    """Return when a plan starts an option, and whether that enters or leaves.

    Parameters
    ----------
    start
        The year in which the plan starts it; None where it does not.
    first
        The same of the plan that it is compared with.
    base
        Whether the plan is that one itself.
    """
    if start is None:
        return None if base or first is None else _("leaves")
    if base or first is not None:
        return _("from {year}").format(year=start)
    return _("enters {year}").format(year=start)
