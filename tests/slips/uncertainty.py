"""Slips in studies: sweeps, draws, robustness."""

from slips.slip import Slip

SLIPS: tuple[Slip, ...] = ()
