"""Slips in the case: what is read, checked, restated and taken together."""

from slips.slip import Slip

SLIPS = (
    Slip(
        "blank means one",
        "case/rule.py",
        "return len(self.investments) if self.number is None else self.number",
        "return 1 if self.number is None else self.number",
        "tests/constraints/test_if_then.py",
    ),
)
