"""Slips in the case: what is read, checked, restated and taken together."""

from slips.slip import Slip

CHECKED = "tests/case/test_checks.py"
DECIDED = "tests/case/test_forced_decisions.py"
NAMED = "tests/case/test_parameter.py"

SLIPS = (
    Slip(
        "blank means one",
        "case/rule.py",
        "return len(self.investments) if self.number is None else self.number",
        "return 1 if self.number is None else self.number",
        "tests/constraints/test_if_then.py",
    ),
    # Numbers
    Slip(
        "half a thousandth is rounded to the even one",
        "case/units.py",
        "quantize(THOUSANDTH, rounding=ROUND_HALF_UP)",
        "quantize(THOUSANDTH)",
        f"{NAMED}::test_budget_scales_every_fund_to_whole_thousandths",
    ),
    Slip(
        "the upper end of a scale is out of bounds",
        "case/bounds.py",
        "(self.high is None or value <= self.high)",
        "(self.high is None or value < self.high)",
        CHECKED,
    ),
    Slip(
        "a scaled profile loses what rounding leaves",
        "case/parameter.py",
        "shares[largest] += wanted - sum(shares, Decimal(0))",
        "shares[largest] += 0 * sum(shares, Decimal(0))",
        f"{NAMED}::test_the_largest_year_takes_what_rounding_leaves",
    ),
    Slip(
        "years after the start are counted from nothing",
        "case/parameter_names.py",
        "{str(n + 1): n for n in",
        "{str(n): n for n in",
        NAMED,
    ),
    Slip(
        "a typed scale is typed over",
        "case/parameter.py",
        "if scale is None or case.points_for_100 is not None:",
        "if scale is None:",
        f"{NAMED}::test_a_typed_scale_stays_as_typed",
    ),
    # Who and what is meant
    Slip(
        "the option of a scope is lost",
        "case/facts.py",
        "return item.name in (option.id, owner.id)",
        "return item.name == owner.id",
        "tests/constraints/test_limits.py",
    ),
    Slip(
        "a fund for the building pays the running costs",
        "case/facts.py",
        "if fund.pays in (Pays.BOTH, part) and",
        "if fund.pays in (Pays.BOTH, Pays.BUILD) and",
        "tests/constraints/test_money.py",
    ),
    Slip(
        "a fund that pays a part only holds the contingency",
        "case/facts.py",
        " and fund.pays is Pays.BOTH and fund.pays_at_most == 1",
        " and fund.pays is Pays.BOTH",
        "tests/constraints/test_contingency_reserve.py",
    ),
    # Decisions of a scenario
    Slip(
        "a must of an investment opens what was never to be",
        "case/forced_decisions.py",
        "if for_all is Decision.MUST and option.decision is Decision.NEVER:",
        "if for_all is Decision.NEVER and option.decision is Decision.NEVER:",
        DECIDED,
    ),
    Slip(
        "a must leaves another one beside it",
        "case/forced_decisions.py",
        "return Decision.OPEN if option.decision is Decision.MUST else option.decision",
        "return option.decision",
        f"{DECIDED}::test_another_option_is_a_must_no_more",
    ),
    # Checks, at their limits
    Slip(
        "what began in the first year is not under way",
        "case/checks/timing.py",
        "if start is None or start > case.first_year:",
        "if start is None or start >= case.first_year:",
        CHECKED,
    ),
    Slip(
        "the last cost is no reason to start sooner",
        "case/checks/timing.py",
        "latest = case.last_year - max(_building(option), _last_cost(option))",
        "latest = case.last_year - _building(option)",
        CHECKED,
    ),
    Slip(
        "a thousand times the others is no other unit",
        "case/checks/units.py",
        "amount.value >= FAR * medians[index]:",
        "amount.value > FAR * medians[index]:",
        CHECKED,
    ),
    Slip(
        "what is carried is a share of the year's own money",
        "case/checks/units.py",
        "fund.carry_at_most * fund.amount.get(year - 1, _ZERO))",
        "fund.carry_at_most * fund.amount.get(year, _ZERO))",
        CHECKED,
    ),
    Slip(
        "as many as are asked for are too few",
        "case/checks/contradictory_rules.py",
        "{Bounds.LEAST, Bounds.NUMBER} and left < number:",
        "{Bounds.LEAST, Bounds.NUMBER} and left <= number:",
        CHECKED,
    ),
    Slip(
        "as many as are allowed are too many",
        "case/checks/contradictory_rules.py",
        "{Bounds.MOST, Bounds.NUMBER} and len(taken) > number:",
        "{Bounds.MOST, Bounds.NUMBER} and len(taken) >= number:",
        CHECKED,
    ),
    Slip(
        "decisions that cost all the money cost too much",
        "case/checks/contradictory_rules.py",
        "if least > money:",
        "if least >= money:",
        CHECKED,
    ),
    Slip(
        "what must be taken costs nothing in the last year",
        "case/checks/contradictory_rules.py",
        "max(0, case.last_year - start + 1)",
        "max(0, case.last_year - start)",
        CHECKED,
    ),
    Slip(
        "a weight that is known exactly has no range",
        "case/checks/preferences.py",
        "if low > high:",
        "if low >= high:",
        CHECKED,
    ),
    Slip(
        "a range of one number is upside down",
        "case/checks/evidence.py",
        "if low is not None and high is not None and low > high:",
        "if low is not None and high is not None and low >= high:",
        CHECKED,
    ),
    Slip(
        "one option has one range",
        "case/checks/evidence.py",
        "name = (range_.id, range_.quantity)",
        'name = (range_.id, "")',
        CHECKED,
    ),
    Slip(
        "a provider supplies one layer",
        "case/checks/continuity.py",
        "name = (provider.id, provider.layer)",
        'name = (provider.id, "")',
        CHECKED,
    ),
    Slip(
        "a value of a list that is its high end is refused",
        "case/checks/evidence.py",
        "range_.high is not None and number > range_.high",
        "range_.high is not None and number >= range_.high",
        "tests/workbook/test_distributions.py",
    ),
    Slip(
        "what is under way needs what it would need to start",
        "case/checks/contradictory_rules.py",
        "return _timed(rule) and any(option.decision is Decision.ONGOING for option in options)",
        "return _timed(rule) and all(option.decision is Decision.ONGOING for option in options)",
        "tests/case/test_contradictory_rules.py::test_what_is_said_to_leave_no_plan_leaves_none",
    ),
    Slip(
        "what several shut out together each shuts out alone",
        "case/checks/contradictory_rules.py",
        "if rule.kind.declared.then is not Then.NONE or rule.enough > 1:",
        "if rule.kind.declared.then is not Then.NONE:",
        "tests/case/test_contradictory_rules.py::test_what_is_said_to_leave_no_plan_leaves_none",
    ),
)
