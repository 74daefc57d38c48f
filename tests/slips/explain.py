"""Slips in what is explained: why, alternatives, the own plan, comparisons, less money."""

from slips.slip import Slip

WHY = "tests/explain/test_why.py"
RIVALS = "tests/explain/test_alternatives.py"
OWN = "tests/explain/test_own_plan.py"
LESS = "tests/explain/test_budget_path.py"
COMPARED = "tests/explain/test_comparison.py"
MODELS = "tests/explain/test_comparison_models.py"

SLIPS = (
    # Why
    Slip(
        "a price is at least what one other plan makes it",
        "explain/why.py",
        "low, high = self.best.low - item.other.high, self.best.high - item.other.low",
        "low, high = self.best.low - item.other.low, self.best.high - item.other.low",
        f"{WHY}::test_stopped_by_hand_everything_lies_between_proved_bounds",
    ),
    Slip(
        "a search that was stopped has an exact answer",
        "explain/why.py",
        "if reply.stop is Stop.OPTIMAL:\n        return Interval(low, low)",
        "if reply.value is not None:\n        return Interval(low, low)",
        f"{WHY}::test_a_search_stopped_early_leaves_a_price_open",
    ),
    Slip(
        "proofs are searched before every price has two ends",
        "explain/why.py",
        "for step in (self._bound_price, self._exchange, self._bound_price):",
        "for step in (self._bound_price,):",
        f"{WHY}::test_before_any_search_every_price_lies_between_two_ends",
    ),
    Slip(
        "a price with one end counts as one between two",
        "explain/why_answer.py",
        "return self.low == self.high or (math.isfinite(self.low) and math.isfinite(self.high))",
        "return self.low == self.high or math.isfinite(self.low) or math.isfinite(self.high)",
        f"{WHY}::test_what_only_one_end_is_known_of_is_counted",
    ),
    Slip(
        "a plan with the other decision is shown unchecked",
        "explain/why.py",
        "check(self.case, choices)",
        "self._report_progress()",
        f"{WHY}::test_no_plan_is_shown_that_the_audit_refuses",
    ),
    Slip(
        "a demand's price is counted the wrong way round",
        "explain/why.py",
        "low, high = item.other.low - self.best.high, item.other.high - self.best.low",
        "low, high = self.best.low - item.other.high, self.best.high - item.other.low",
        f"{WHY}::test_decisions_of_the_user_have_prices",
    ),
    Slip(
        "what the user decided stands in the way of its own price",
        "explain/why.py",
        "if option.decision is Decision.NEVER and not taken:",
        "if option.decision is Decision.NEVER and taken:",
        f"{WHY}::test_decisions_of_the_user_have_prices",
    ),
    Slip(
        "an interval is widened by what is learnt later",
        "explain/why_answer.py",
        "Interval(max(self.low, other.low), min(self.high, other.high)).ordered",
        "Interval(min(self.low, other.low), max(self.high, other.high)).ordered",
        WHY,
    ),
    Slip(
        "scores may rise beyond the end of their scale",
        "explain/switching_values.py",
        "else SCALE_END - max(scores)",
        "else SCALE_END - min(scores)",
        f"{WHY}::test_no_score_may_leave_its_scale_for_a_decision_to_flip",
    ),
    Slip(
        "scores may fall below the end of their scale",
        "explain/switching_values.py",
        "end = min(scores) + SCALE_END if",
        "end = max(scores) + SCALE_END if",
        f"{WHY}::test_no_score_may_leave_its_scale_for_a_decision_to_flip",
    ),
    Slip(
        "a switching cost is rounded in favour of the plan",
        "explain/switching_values.py",
        "terms[start] = terms.get(start, 0.0) - cost + sign * harder",
        "terms[start] = terms.get(start, 0.0) - cost - sign * harder",
        f"{WHY}::test_at_a_switching_value_the_decision_flips",
    ),
    # Alternatives
    Slip(
        "all plans as good as the best are those within the loss",
        "explain/alternatives.py",
        "known(reply.bound) < self._least - PROOF",
        "known(reply.bound) < self._best.value - PROOF",
        f"{RIVALS}::test_rivals_are_those_of_every_plan_tried",
    ),
    Slip(
        "none is further away though the search was stopped",
        "explain/alternatives.py",
        "self.none_further = not at_most",
        "self.none_further = True",
        f"{RIVALS}::test_a_search_that_left_a_gap_does_not_say_that_none_is_further",
    ),
    Slip(
        "a plan is called most different without a proof",
        "explain/alternatives.py",
        "at_most = len(self.case.options)\n",
        "at_most = number\n",
        f"{RIVALS}::test_a_search_that_left_a_gap_says_how_different_plans_may_be",
    ),
    Slip(
        "the set left over is forgotten in the bound of all others",
        "explain/alternatives.py",
        "others = max([others, *(known(found.bound) for found in beyond)])",
        "others = min([others, *(known(found.bound) for found in beyond)])",
        f"{RIVALS}::test_with_a_gap_every_claim_still_holds",
    ),
    # The own plan
    Slip(
        "an own plan is the best though the search was stopped",
        "explain/own_plan.py",
        "if own.keeps and proves(reply.bound, own.value, own.recount.unit):",
        "if own.keeps and proves(reply.value, own.value, own.recount.unit):",
        f"{OWN}::test_a_search_that_left_a_gap_calls_no_plan_the_best",
    ),
    Slip(
        "half a million less is no cheaper",
        "explain/own_plan.py",
        "if own.keeps and known(high) < HALF_A_THOUSANDTH:",
        "if own.keeps and known(high) < 1000 * HALF_A_THOUSANDTH:",
        f"{OWN}::test_a_cheaper_plan_may_cost_little_less",
    ),
    Slip(
        "the best of the cheaper plans may be dear",
        "explain/own_plan.py",
        "rows=(as_good, affordable), gap",
        "rows=(as_good,), gap",
        f"{OWN}::test_of_cheaper_plans_the_one_worth_most",
    ),
    Slip(
        "the firmest demands give way first",
        "explain/typed_options.py",
        "key=lambda demand: demand.firmness, reverse=True)",
        "key=lambda demand: demand.firmness)",
        OWN,
    ),
    Slip(
        "money that lacks is rounded down",
        "explain/typed_options.py",
        "missing = math.ceil(",
        "missing = math.floor(",
        OWN,
    ),
    # Less money
    Slip(
        "the best plan of a budget is taken for its bound",
        "explain/budget_path.py",
        "return best if outcome.bound is None else max(best, outcome.bound)",
        "return best",
        f"{LESS}::test_a_wide_gap_gives_bounds_that_hold",
    ),
    Slip(
        "what leaves and returns is told the wrong way round",
        "explain/budget_path.py",
        "plans[number + 1].change, plans[number].change))",
        "plans[number].change, plans[number + 1].change))",
        f"{LESS}::test_what_leaves_and_returns",
    ),
    Slip(
        "what comes back with more money is what enters",
        "explain/budget_path.py",
        "back = enters if solved.change < 0 else leaves",
        "back = enters",
        f"{LESS}::test_what_more_money_drops_and_takes_instead",
    ),
    # Comparisons
    Slip(
        "a change that was not undone brings nothing back",
        "explain/comparison.py",
        "return True if self.undone and every and settled else None",
        "return True if self.undone and every else None",
        f"{COMPARED}::test_what_is_open_is_not_called_joint",
    ),
    Slip(
        "what a change is worth is proved by the plan found",
        "explain/comparison.py",
        "return after.objective - max(bound, value), max(after.bound, after.objective) - value",
        "return after.objective - value, max(after.bound, after.objective) - value",
        f"{COMPARED}::test_what_is_said_of_moves_is_so",
    ),
    Slip(
        "a tie is a proof",
        "explain/comparison_proof.py",
        "if reply.bound is not None and reply.bound < least:",
        "if reply.bound is not None and reply.bound < value + 1:",
        f"{COMPARED}::test_a_tie_moves_nothing",
    ),
    Slip(
        "an undone case forgets the ranges",
        "explain/comparison_inputs.py",
        '*("ranges", "correlations", "sources", "sweeps"),',
        '*("correlations", "sources", "sweeps"),',
        f"{COMPARED}::test_rows_of_every_sheet_are_compared_and_undone",
    ),
    Slip(
        "what the options of an investment share is not compared",
        "explain/comparison_inputs.py",
        "if pair.before and pair.after:",
        "if pair.before is pair.after:",
        f"{COMPARED}::test_what_the_options_of_an_investment_share_is_compared",
    ),
    Slip(
        "a later cost is undone a year too early",
        "explain/comparison_inputs.py",
        "restored = {rest[0]: change.before}",
        "restored = {max(0, int(rest[0]) - 1): change.before}",
        f"{COMPARED}::test_all_undone_is_the_earlier_case",
    ),
    Slip(
        "a plan of another strategy breaks a limit unseen",
        "explain/comparison_models.py",
        "if not counted.passed:",
        "if not counted.passed and not plan.choices:",
        f"{MODELS}::test_a_plan_that_breaks_a_limit_of_the_other_strategy",
    ),
    Slip(
        "what following another strategy costs is exact in any case",
        "explain/comparison_models.py",
        "max(0.0, outcome.bound - value)",
        "max(0.0, outcome.objective - value)",
        f"{MODELS}::test_with_a_gap_the_cost_of_following_is_an_interval",
    ),
    Slip(
        "what one strategy takes is what all agree on",
        "explain/comparison_models.py",
        "if all(option in taken for taken in plans))",
        "if any(option in taken for taken in plans))",
        f"{MODELS}::test_what_agrees_is_the_finding_of_the_sheets",
    ),
    # The price of taking
    Slip(
        "the price of taking is at least what one plan makes it",
        "explain/price_of_left_out.py",
        "(other if reply.stop is Stop.OPTIMAL else reply.bound)",
        "other",
        "tests/explain/test_price_of_left_out.py",
    ),
    Slip(
        "what must not be taken has a price",
        "explain/price_of_left_out.py",
        "any(option.decision is Decision.OPEN for",
        "any(option.decision for",
        "tests/explain/test_price_of_left_out.py",
    ),
    Slip(
        "a price is exact though the plan is not proved",
        "explain/price_of_left_out.py",
        "(best if outcome.stop is Stop.OPTIMAL else outcome.bound)",
        "best",
        "tests/explain/test_price_of_left_out.py",
    ),
    Slip(
        "a plan that nothing is proved of is the best for sure",
        "explain/rivals.py",
        "math.inf if plan.bound is None else plan.bound",
        "plan.value if plan.bound is None else plan.bound",
        "tests/report/test_rivals.py",
    ),
    Slip(
        "a tie is worse by the solver's rounding",
        "explain/comparison_proof.py",
        "least = value - PROOF * size(value, ScoreScale(question.case or self.resolver.case).unit())",
        "least = value",
        "tests/explain/test_comparison.py",
    ),
)
