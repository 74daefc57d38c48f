"""Slips in the live page, as a browser sees them."""

from slips.slip import Slip

SLIPS: tuple[Slip, ...] = ()
