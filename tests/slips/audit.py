"""Slips in the recount of a plan."""

from slips.slip import Slip

SLIPS = (
    # The audit
    Slip(
        "the audit rounds money down",
        "audit/option_by_year.py",
        "return Fraction(floor(amount + Fraction(1, 2)))",
        "return Fraction(floor(amount))",
        "tests/audit tests/formulation tests/constraints/test_money.py",
    ),
    Slip(
        "the audit lets a lifetime last a year too long",
        "audit/option_by_year.py",
        "age < self.option.lifetime)",
        "age <= self.option.lifetime)",
        "tests/audit",
    ),
    Slip(
        "the audit builds without people in the year of work",
        "audit/option_by_year.py",
        "return self.start <= year < max(self.start + 1, self.first_operating)",
        "return self.start <= year < self.first_operating",
        "tests/audit",
    ),
    Slip(
        "the audit lets harm fade",
        "audit/option_by_year.py",
        "return typed * self.delay if typed > 0 else typed",
        "return typed * self.delay",
        "tests/audit tests/formulation",
    ),
    Slip(
        "the audit sums layers that a service needs",
        "audit/ledger.py",
        "self._continuity[key] = min(",
        "self._continuity[key] = max(",
        "tests/audit tests/objectives/test_continuity.py",
    ),
    Slip(
        "the audit keeps the retention of a year too many",
        "audit/ledger.py",
        "stay ** (year - 1 - earlier)",
        "stay ** (year - earlier)",
        "tests/audit tests/formulation",
    ),
    Slip(
        "the audit carries over all that is set aside",
        "audit/ledger.py",
        "Fraction(fund.carry_over) * self.aside(fund, year - 1) if year else ZERO",
        "self.aside(fund, year - 1) if year else ZERO",
        "tests/audit/test_ledger.py",
    ),
    Slip(
        "what is held as contingency is left",
        "audit/ledger.py",
        "                - self.held(fund, year)\n",
        "",
        "tests/audit/test_ledger.py",
    ),
    Slip(
        "what is set aside already may be set aside once more",
        "audit/ledger.py",
        "min(saved, most - self.aside(fund, t - 1))",
        "min(saved, most)",
        "tests/audit/test_ledger.py",
    ),
    Slip(
        "tolerances are those of a point",
        "audit/points_and_weights.py",
        "return min(1.0, moves * float(self.scaled(Fraction(1)))) or 1.0",
        "return 1.0",
        "tests/property/test_exactness.py::test_points_for_100_never_change_what_is_proved_best",
    ),
    Slip(
        "today's loss of a service is that of its weakest layer now",
        "audit/exposure.py",
        "max(loss.before for loss in needed),",
        "most.before,",
        "tests/audit/test_exposure.py",
    ),
    Slip(
        "a service is exposed as its weakest layer is",
        "audit/exposure.py",
        "any(loss.exposed for loss in needed),",
        "most.exposed,",
        "tests/audit/test_exposure.py",
    ),
)
