"""Slips in what is told: sentences, tables, charts and files."""

from slips.slip import Slip

SLIPS: tuple[Slip, ...] = ()
