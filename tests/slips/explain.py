"""Slips in what is explained: why, what binds, what to repair."""

from slips.slip import Slip

SLIPS: tuple[Slip, ...] = ()
