"""Slips in what is counted."""

from slips.slip import Slip

SLIPS = (
    # The measures
    Slip(
        "the tail is the best of it",
        "objectives/continuity.py",
        "worst = worst - q.total(",
        "worst = worst + q.total(",
        "tests/objectives/test_continuity.py",
    ),
    Slip(
        "the tail's border has the wrong sign",
        "objectives/continuity.py",
        "short = short - may * self._short(q, shock, t)",
        "short = short + may * self._short(q, shock, t)",
        "tests/objectives/test_continuity.py",
    ),
    Slip(
        "tail and mean are swapped",
        "objectives/continuity.py",
        "        return (1 - weight) * mean + weight * worst\n\n    def rows",
        "        return weight * mean + (1 - weight) * worst\n\n    def rows",
        "tests/objectives/test_continuity.py",
    ),
    Slip(
        "services weigh alike",
        "audit/ledger.py",
        "weights = [Fraction(service.weight) for service in self.case.services]",
        "weights = [Fraction(1) for service in self.case.services]",
        "tests/objectives/test_continuity.py",
    ),
    Slip(
        "a debt does not last",
        "objectives/dependence.py",
        "for t in range(year + 1)",
        "for t in range(year, year + 1)",
        "tests/objectives/test_dependence.py",
    ),
    Slip(
        "money from others is welcome",
        "objectives/dependence.py",
        "-Fraction(fund.dependence) / THOUSANDTHS * q.paid(fund, t)",
        "Fraction(fund.dependence) / THOUSANDTHS * q.paid(fund, t)",
        "tests/objectives/test_dependence.py",
    ),
    Slip(
        "a bonus has no weight",
        "objectives/synergy.py",
        "q.weight(criterion) * Fraction(rule.bonus) * q.together(rule, year)",
        "Fraction(rule.bonus) * q.together(rule, year)",
        "tests/objectives/test_synergy.py",
    ),
)
