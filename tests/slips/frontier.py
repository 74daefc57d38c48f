"""Slips in the frontier, its bounds and what it promises."""

from slips.slip import Slip

SLIPS: tuple[Slip, ...] = ()
