"""All slips, layer by layer."""

from slips import (
    audit,
    case,
    constraints,
    explain,
    formulation,
    frontier,
    objectives,
    page,
    report,
    solving,
    uncertainty,
    workbook,
)
from slips.slip import Slip

SLIPS: tuple[Slip, ...] = (
    *case.SLIPS,
    *workbook.SLIPS,
    *formulation.SLIPS,
    *constraints.SLIPS,
    *objectives.SLIPS,
    *solving.SLIPS,
    *audit.SLIPS,
    *frontier.SLIPS,
    *explain.SLIPS,
    *uncertainty.SLIPS,
    *report.SLIPS,
    *page.SLIPS,
)
