"""Slips in the search, its bounds and its promises."""

from slips.slip import Slip

SLIPS = (
    # The solvers
    Slip(
        "a gap is called optimal",
        "solving/tolerances.py",
        "PROOF = 1e-6",
        "PROOF = 1e-3",
        "tests/solving/test_method.py",
    ),
    Slip(
        "objectives are taken by the smallest weight",
        "solving/method.py",
        "key=lambda objective: objective.weight, reverse=True)",
        "key=lambda objective: objective.weight)",
        "tests/solving/test_method.py",
    ),
    Slip(
        "a kept index gives way by no tolerance",
        "solving/method.py",
        "least = best - (float(case.model.tolerance) + ROUNDING) * size(best, unit)",
        "least = best - ROUNDING * size(best, unit)",
        "tests/solving/test_method.py",
    ),
    Slip(
        "gains are counted from nothing",
        "solving/method.py",
        "more = 1 / gain * (q.index(objective.id) - before[objective.id])",
        "more = 1 / gain * q.index(objective.id)",
        "tests/solving/test_method.py",
    ),
    Slip(
        "of plans worth the same any is taken",
        "solving/method.py",
        "        run.best = found\n    if cheapest",
        "        pass\n    if cheapest",
        "tests/solving/test_method.py",
    ),
    Slip(
        "extra rows stay",
        "solving/highs_model.py",
        "            self._highs.deleteRows(len(gone), gone)\n",
        "            del gone\n",
        "tests/solving/test_highs_solver.py",
    ),
    Slip(
        "the constant of a goal is forgotten",
        "solving/highs_solver.py",
        "model.set_objective(model.costs(goal), float(goal.constant))",
        "model.set_objective(model.costs(goal), 0.0)",
        "tests/solving/test_highs_solver.py",
    ),
    Slip(
        "a start is taken for the plan that was found",
        "solving/highs_model.py",
        "status in _ENDED and not self._holds_its_best()",
        "False",
        "tests/solving/test_highs_solver.py",
    ),
    Slip(
        "HiGHS takes as many threads as it likes",
        "solving/highs_model.py",
        '    solver.setOptionValue("presolve_rule_off", ENUMERATION)\n    solver.setOptionValue("threads", 1)',
        '    solver.setOptionValue("presolve_rule_off", ENUMERATION)',
        "tests/solving/test_highs_solver.py",
    ),
    Slip(
        "enumeration is on",
        "solving/highs_model.py",
        '    solver.setOptionValue("presolve_rule_off", ENUMERATION)\n',
        "",
        "tests/solving/test_highs_solver.py",
    ),
    Slip(
        "money with a price comes first",
        "solving/payments.py",
        "return float(Fraction(flow.fund.dependence) * lasting)",
        "return -float(Fraction(flow.fund.dependence) * lasting)",
        "tests/solving/test_payments.py",
    ),
    Slip(
        "a debt costs alike whenever it is made",
        "solving/payments.py",
        "lasting = sum(self.ledger.scale.accrual[flow.year :])",
        "lasting = 1",
        "tests/solving/test_payments.py",
    ),
    # What more would be worth, and what must give way
    Slip(
        "one more of something is worth what the plan's own gap leaves open",
        "solving/binding.py",
        "low, high = max(0.0, reply.value - bound), max",
        "low, high = max(0.0, reply.value - outcome.objective), max",
        "tests/solving/test_binding.py",
    ),
    Slip(
        "a repair takes a step more than it must",
        "demand.py",
        "first = max(1, math.ceil(off * 10**digits - ROUNDING))",
        "first = max(1, math.ceil(off * 10**digits - ROUNDING)) + 1",
        "tests/solving/test_conflict.py",
    ),
)
