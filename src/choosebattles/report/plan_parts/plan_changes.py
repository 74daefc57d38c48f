"""What one plan takes and costs beside another, in words."""

from choosebattles.case.case import Case
from choosebattles.case.units import Id
from choosebattles.report.number_wording import millions
from choosebattles.translation import _, listed

CENT = 0.0005
"""Millions below which two costs are the same: they are whole thousandths."""


def changed(enters: list[Id], leaves: list[Id]) -> str:
    """Return what a plan takes and what it does without, beside another one."""
    if enters and leaves:
        text = _("Takes {enters} instead of {leaves}")
        return text.format(enters=listed(enters), leaves=listed(leaves))
    if enters:
        return _("Takes {enters} as well").format(enters=listed(enters))
    if leaves:
        return _("Does without {leaves}").format(leaves=listed(leaves))
    return _("Takes the same options")


def cost_change(case: Case, more: float) -> str:
    """Return how much more or less a plan costs."""
    if abs(more) < CENT:
        return _("at the same cost")
    text = _("for {amount} more") if more > 0 else _("for {amount} less")
    return text.format(amount=millions(case, abs(more)))
