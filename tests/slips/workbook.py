"""Slips in reading and writing workbooks."""

from slips.slip import Slip

SLIPS: tuple[Slip, ...] = ()
